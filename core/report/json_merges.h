/* Merges as JSON: what is said of each as a whole, and of each innovation's parts. */
#ifndef UPTAKE_REPORT_JSON_MERGES_H
#define UPTAKE_REPORT_JSON_MERGES_H

#include "report/json.h"
#include "result/result.h"

/* "merges": [...] */
void json_merges(struct json *json, const struct result *result);

/* "parts": {...} of innovation i. */
void json_merge_parts(struct json *json, const struct result_merged *merged, uint64_t i);

#endif
