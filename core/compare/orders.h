/* Statistics of two orders that need no more than how many pairs go together. Functions of statistics.c's rows. */
#ifndef UPTAKE_COMPARE_ORDERS_H
#define UPTAKE_COMPARE_ORDERS_H

#include "compare/statistics.h"

int orders_tau_b(const struct pair *pair, struct figures *figures, struct uptake_error *error);
int orders_spearman(const struct pair *pair, struct figures *figures, struct uptake_error *error);
int orders_gamma(const struct pair *pair, struct figures *figures, struct uptake_error *error);
int orders_somers_d(const struct pair *pair, struct figures *figures, struct uptake_error *error);
int orders_kemeny(const struct pair *pair, struct figures *figures, struct uptake_error *error);
int orders_frobenius(const struct pair *pair, struct figures *figures, struct uptake_error *error);

#endif
