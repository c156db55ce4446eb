/* The innovations on which the sides of a comparison differ most. */
#ifndef UPTAKE_COMPARE_DIFFER_H
#define UPTAKE_COMPARE_DIFFER_H

#include "compare/statistics.h"

enum { DIFFER_MOST = 5 };

/*
 * Ranks every side's common rows (mid-ranks, 1 first), and keeps the DIFFER_MOST innovations with the largest gap
 * between their best and their worst rank; gaps of 0 are none. Level ones: by id. Owns: arena.
 */
int differ_find(const struct group *group, const struct model *model, struct arena *arena,
                struct result_comparison *out, struct uptake_error *error);

#endif
