/* Bounds of methods that look at the ends of the columns (topsis, moora, aras): rule (6) of merge.h. */
#ifndef UPTAKE_MERGE_ENDS_H
#define UPTAKE_MERGE_ENDS_H

#include "merge/score.h"

/*
 * Writes low and high: each candidate at its worst with all others at their best, and the reverse; the ends of the
 * columns follow. O(n) a measure. Fails with: out of memory.
 */
int ends_bound(const struct grid *grid, const struct score_columns *scores,
               struct uptake_error *error);

#endif
