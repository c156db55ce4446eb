/* Agreement of several sides at once. Functions of statistics.c's rows. */
#ifndef UPTAKE_COMPARE_CONCORDANCE_H
#define UPTAKE_COMPARE_CONCORDANCE_H

#include "compare/statistics.h"

int concordance_w(const struct group *group, struct figures *figures, struct uptake_error *error);
int icc_forms(const struct group *group, struct figures *figures, struct uptake_error *error);
int alpha_levels(const struct group *group, struct figures *figures, struct uptake_error *error);

#endif
