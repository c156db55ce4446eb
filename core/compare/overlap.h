/* Statistics of the first places: what two orders have in common at the top. Functions of statistics.c's rows. */
#ifndef UPTAKE_COMPARE_OVERLAP_H
#define UPTAKE_COMPARE_OVERLAP_H

#include "compare/statistics.h"

int overlap_top_k(const struct pair *pair, struct figures *figures, struct uptake_error *error);
int overlap_jaccard(const struct pair *pair, struct figures *figures, struct uptake_error *error);
int overlap_average(const struct pair *pair, struct figures *figures, struct uptake_error *error);
int overlap_rbo_w(const struct pair *pair, struct figures *figures, struct uptake_error *error);
int overlap_rbo_a(const struct pair *pair, struct figures *figures, struct uptake_error *error);
int overlap_rbo_b(const struct pair *pair, struct figures *figures, struct uptake_error *error);

#endif
