/* What a scenario does to an innovation, measure by measure: shared by the readable section, JSON and CSV. */
#ifndef UPTAKE_REPORT_WHATIF_H
#define UPTAKE_REPORT_WHATIF_H

#include "report/json.h"
#include "report/view.h"

/* One measure of an innovation without the scenario and with it: value, bounds, choice or text are the same. */
bool whatif_same_measure(const struct view_measure *without, const struct view_measure *with,
                         uint64_t innovation);
/* One merge: score and ranks, with their ranges. */
bool whatif_same_merge(const struct result_merged *without, const struct result_merged *with,
                       uint64_t innovation);
/* What came of a change, in one sentence. */
const char *whatif_outcome(struct texts *texts, const struct result_change *change);
/* What another date leaves out. */
const char *whatif_left_out(struct texts *texts, const struct result *without,
                            const struct result *with);
/* The plugin was run again: what it found is not the baseline's. */
bool whatif_is_rerun(const struct result *without, const struct result *with, size_t plugin);

/* "scenarios": {NAME: {...}} of the view's run. Fails with: out of memory. */
int whatif_json(struct json *json, const struct view *without, struct uptake_error *error);

#endif
