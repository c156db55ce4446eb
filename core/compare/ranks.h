/* Statistics of two rankings without ties. Functions of statistics.c's rows. */
#ifndef UPTAKE_COMPARE_RANKS_H
#define UPTAKE_COMPARE_RANKS_H

#include "compare/statistics.h"

int ranks_rw(const struct pair *pair, struct figures *figures, struct uptake_error *error);
int ranks_ws(const struct pair *pair, struct figures *figures, struct uptake_error *error);
int ranks_drastic(const struct pair *pair, struct figures *figures, struct uptake_error *error);
int ranks_weight_similarity(const struct pair *pair, struct figures *figures,
                            struct uptake_error *error);

#endif
