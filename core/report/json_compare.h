/* Comparisons as JSON: "comparisons" of a run. */
#ifndef UPTAKE_REPORT_JSON_COMPARE_H
#define UPTAKE_REPORT_JSON_COMPARE_H

#include "report/json.h"
#include "result/result.h"

/* The list, key and all. A figure that is undefined is null, with its reason beside it as "NAME_reason". */
void json_comparisons(struct json *json, const struct result *result);

/* Figures as pairs of an object that is open: "rbo.ext" and "rbo.min" become one object "rbo". */
void json_figures(struct json *json, const struct result_figure *figures, size_t count);

#endif
