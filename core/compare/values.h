/* Statistics of agreement on values, where both sides speak of the same thing. Functions of statistics.c's rows. */
#ifndef UPTAKE_COMPARE_VALUES_H
#define UPTAKE_COMPARE_VALUES_H

#include "compare/statistics.h"

int values_bland_altman(const struct pair *pair, struct figures *figures,
                        struct uptake_error *error);
int values_ccc(const struct pair *pair, struct figures *figures, struct uptake_error *error);
int values_rmse(const struct pair *pair, struct figures *figures, struct uptake_error *error);
int values_mae(const struct pair *pair, struct figures *figures, struct uptake_error *error);
int values_max_difference(const struct pair *pair, struct figures *figures,
                          struct uptake_error *error);
int values_within_tolerance(const struct pair *pair, struct figures *figures,
                            struct uptake_error *error);

#endif
