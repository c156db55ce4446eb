/* Statistics of the first places: what two orders have in common at the top. Functions of statistics.c's rows. */
#ifndef UPTAKE_COMPARE_OVERLAP_H
#define UPTAKE_COMPARE_OVERLAP_H

#include "compare/statistics.h"

int overlap_top_k(const struct pair *pair, struct figures *figures, struct uptake_error *error);

#endif
