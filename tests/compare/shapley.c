/* Shapley values. Expected: all orders counted with exact fractions by Python's itertools.permutations; and by hand. */
#include <criterion/criterion.h>
#include <math.h>

#include "compare/shapley.h"

TestSuite(shapley, .timeout = 60);

static const struct {
    unsigned players;
    double value[16], share[4];
} cases[] = {
    {1, {2, 5}, {3}},
    /* Additive: each brings its own. */
    {2, {10, 13, 8, 11}, {3, -2}},
    /* Alone 1 and 2, together 7: the 4 that only both bring is halved. */
    {2, {0, 1, 2, 7}, {3, 4}},
    {3, {1, 5, 2, 7, 0, 3, 3, 11}, {16.0 / 3, 23.0 / 6, 5.0 / 6}},
    {4,
     {0, 3, -1, 4, 2, 7, 5, 1, 6, -2, 8, 3, 9, 4, -5, 11},
     {15.0 / 4, 3.0 / 4, 11.0 / 4, 15.0 / 4}},
};

Test(shapley, against_all_orders)
{
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        double share[SHAPLEY_MOST];
        shapley_values(cases[k].value, 1, cases[k].players, share);
        for (unsigned p = 0; p < cases[k].players; p++)
            cr_expect(fabs(share[p] - cases[k].share[p]) < 1e-14, "case %zu, player %u: %.17g", k,
                      p, share[p]);
    }
}

/* Efficiency, and a player that changes nothing gets nothing. */
Test(shapley, ten_players)
{
    static double value[2 << SHAPLEY_MOST];
    double share[SHAPLEY_MOST], sum = 0;
    for (unsigned s = 0; s < 1u << SHAPLEY_MOST; s++) /* the last player is no matter */
        value[2 * s] = sin((double)(s & 511) * 12.9898) * 43.5;
    shapley_values(value, 2, SHAPLEY_MOST, share);
    for (unsigned p = 0; p < SHAPLEY_MOST; p++)
        sum += share[p];
    cr_expect(fabs(sum - (value[2 * 511] - value[0])) < 1e-12, "%.17g", sum);
    cr_expect(share[9] == 0);
}

Test(shapley, none_where_a_value_is_none)
{
    const double value[] = {0, 1, NAN, 3};
    double share[2];
    shapley_values(value, 1, 2, share);
    cr_expect(isnan(share[0]) && isnan(share[1]));
}
