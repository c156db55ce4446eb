/* Why a ranking changed, as JSON. */
#ifndef UPTAKE_REPORT_JSON_WHY_H
#define UPTAKE_REPORT_JSON_WHY_H

#include "compare/attribution.h"
#include "report/json.h"

/* The pair "attribution", key and all. */
void json_why(struct json *json, const struct attribution *why);

#endif
