/* Comparisons as JSON: "comparisons" of a run. */
#ifndef UPTAKE_REPORT_JSON_COMPARE_H
#define UPTAKE_REPORT_JSON_COMPARE_H

#include "report/json.h"
#include "result/result.h"

/* The list, key and all. A figure that is undefined is null, with its reason beside it as "NAME_reason". */
void json_comparisons(struct json *json, const struct result *result);

#endif
