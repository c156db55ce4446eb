/* Shapley values: see shapley.h. */
#include "compare/shapley.h"

/* s! (n - s - 1)!/n! = 1/(n (n - 1 choose s)). */
static double weight_of(unsigned players, unsigned size)
{
    double chosen = 1;
    for (unsigned k = 0; k < size; k++)
        chosen = chosen * (players - 1 - k) / (k + 1);
    return 1 / (players * chosen);
}

/* Marginal contributions are added up size by size, so that the weights do not blur them. */
static double share_of(const double *value, size_t stride, unsigned players, unsigned player)
{
    double sums[SHAPLEY_MOST] = {0}, share = 0;
    size_t bit = (size_t)1 << player;
    for (size_t s = 0; s < (size_t)1 << players; s++)
        if (!(s & bit))
            sums[__builtin_popcountll(s)] += value[(s | bit) * stride] - value[s * stride];
    for (unsigned size = 0; size < players; size++)
        share += sums[size] * weight_of(players, size);
    return share;
}

void shapley_values(const double *value, size_t stride, unsigned players, double *share)
{
    for (unsigned player = 0; player < players; player++)
        share[player] = share_of(value, stride, players, player);
}
