/* Placing: from scores and their bounds to ranks, ranges of ranks and the order of listing. */
#ifndef UPTAKE_MERGE_PLACE_H
#define UPTAKE_MERGE_PLACE_H

#include "base/error.h"
#include "merge/merge.h"

/*
 * Fills rank, rank_low, rank_high, order and ranked of a result whose method, n, scores and
 * standing are set; where there is no score, the standing becomes MERGE_NOTHING. Fails with: out of
 * memory.
 */
int place_rank(const struct merge_request *request, struct merge_result *result,
               struct uptake_error *error);

#endif
