/*
 * What an order hangs on: the merge without each measure, without each of the first innovations, and how far each
 * weight may move before the first, or the first three, change.
 */
#ifndef UPTAKE_COMPARE_INFLUENCE_H
#define UPTAKE_COMPARE_INFLUENCE_H

#include "merge/apply.h"

enum { INFLUENCE_TOP = 3, INFLUENCE_REVERSALS = 5 };

/*
 * Fills result->merges[].influence and reversals of the merges whose spec asks for it. Costs a merge for each measure
 * and for each of the first INFLUENCE_REVERSALS innovations. Owns: the result's arena. Fails with: out of memory.
 */
int influence_apply(const struct plan *plan, const struct merge_jobs *jobs, struct result *result,
                    struct uptake_error *error);

#endif
