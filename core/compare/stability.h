/* How far one weight may move, the others keeping their shares of the rest, before the first, or the first three, change. */
#ifndef UPTAKE_COMPARE_STABILITY_H
#define UPTAKE_COMPARE_STABILITY_H

#include "merge/merge.h"
#include "result/result.h"

/*
 * Fills first and top of each influence: the least and the largest share of the weight at which the first still is
 * first and the first three still are the first three (0 and 1: whatever the weight). Exact, in O(n) a measure, where
 * the score is a sum of contributions; else *reason says why there is none. Fails with: out of memory.
 */
int stability_measure(const struct merge_request *request, const struct merge_result *now,
                      struct result_influence *influence, const char **reason,
                      struct uptake_error *error);

#endif
