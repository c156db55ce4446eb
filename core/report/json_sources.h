#ifndef UPTAKE_REPORT_JSON_SOURCES_H
#define UPTAKE_REPORT_JSON_SOURCES_H

#include "report/json.h"
#include "report/sources.h"

/* "sources": one object a source and innovation, with the rows that name it; null where they were not read. */
void json_sources(struct json *json, const struct result *result);

#endif
