/* Exact Shapley values: how much each of a few players brings, over all orders in which they might come. */
#ifndef UPTAKE_COMPARE_SHAPLEY_H
#define UPTAKE_COMPARE_SHAPLEY_H

#include <stddef.h>

enum { SHAPLEY_MOST = 10 };

/*
 * value: what each coalition is worth, by its bits: 2^players of them, stride apart; share: of each player. They add up to
 * value of all less value of none. A value that is not a number makes every share none.
 *
 * share_i = sum over S without i of s! (n - s - 1)!/n! (v(S and i) - v(S)): Shapley, L. S. (1953), A value for n-person
 * games, Contributions to the Theory of Games II, Annals of Mathematics Studies 28.
 */
void shapley_values(const double *value, size_t stride, unsigned players, double *share);

#endif
