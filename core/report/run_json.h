/* Pieces of a run's JSON that other documents hold too. */
#ifndef UPTAKE_REPORT_RUN_JSON_H
#define UPTAKE_REPORT_RUN_JSON_H

#include "report/json.h"
#include "report/view.h"

/* "run": {...} */
void run_json_head(struct json *json, const struct view *view);
/* One innovation on a line of its own. */
void run_json_innovation(struct json *json, const struct view *view, uint64_t i);
/* A row of a table that plugins wrote into. */
void run_json_row(struct json *json, const struct view *view, const struct view_table *table,
                  struct view_place place, uint64_t row);
/* An innovation's "measures", "merged", "ranges", "basis" and "status". */
void run_json_values(struct json *json, const struct view *view, uint64_t innovation);

#endif
