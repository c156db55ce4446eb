/*
 * Why an innovation stands where it stands: the parts of its score, and what settling each missing or doubtful
 * measure would do to its range of ranks. Found by merging again with that one value filled in.
 */
#ifndef UPTAKE_MERGE_EXPLAIN_H
#define UPTAKE_MERGE_EXPLAIN_H

#include "merge/apply.h"

/*
 * Fills result->merges[].parts for some innovations: a row for each measure of the merge, and one for all of them together, by innovation.
 * Costs three merges of the whole for each value that could be settled. Owns: the result's arena.
 */
int merge_explain(const struct plan *plan, const struct merge_jobs *jobs, struct result *result,
                  const uint64_t *innovations, size_t count, struct uptake_error *error);

#endif
