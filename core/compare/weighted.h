/* Kendall's tau with weights that fall from the top. Function of statistics.c's row. */
#ifndef UPTAKE_COMPARE_WEIGHTED_H
#define UPTAKE_COMPARE_WEIGHTED_H

#include "compare/statistics.h"

int weighted_tau(const struct pair *pair, struct figures *figures, struct uptake_error *error);

#endif
