/*
 * Kendall's W over the innovations that all sides have: W = 12 S/(m^2 (n^3 - n) - m sum T). Since n^3 - n - T_k is 12
 * times the squares of side k's mid-ranks about their mean, W = S/(m sum of those squares): no cubes, no loss.
 */
#include "compare/concordance.h"

#include <math.h>

#include "base/distribution.h"
#include "merge/rank.h"

/* Adds a side's centred mid-ranks to the sums; answers the sum of their squares, or NaN where memory is out. */
static double add_ranks(const struct group *group, size_t s, double *own, double *sums,
                        struct uptake_error *error)
{
    const struct result_side *side = &group->sides[s];
    double middle = ((double)group->n + 1) / 2, squares = 0;
    for (size_t k = 0; k < group->n; k++)
        own[k] = side->value[group->common[k]];
    if (rank_mid(own, group->n, side->better < 0 ? -1 : 1, group->eps, own, error) != 0)
        return (double)NAN;
    for (size_t k = 0; k < group->n; k++) {
        double off = own[k] - middle;
        sums[k] += off;
        squares += off * off;
    }
    return squares;
}

static void undefined(struct figures *figures, const char *reason)
{
    static const char *const names[] = {"kendall_w",         "kendall_w_chi2.value",
                                        "kendall_w_chi2.df", "kendall_w_chi2.p",
                                        "kendall_w_f.value", "kendall_w_f.p"};
    for (size_t k = 0; k < sizeof names / sizeof *names; k++)
        figures_undefined(figures, names[k], reason);
}

/* chi2 = m(n - 1)W; F = (m - 1)W/(1 - W) on n - 1 - 2/m and (m - 1) times that. */
static void add_tests(struct figures *figures, double w, double m, double n)
{
    double chi2 = m * (n - 1) * w;
    double df1 = n - 1 - 2 / m, df2 = (m - 1) * df1;
    const char *reason = !(w < 1) ? "perfect_agreement" : df1 > 0 ? NULL : "n_lt_3";
    double f = reason ? 0 : (m - 1) * w / (1 - w);
    figures_add(figures, "kendall_w_chi2.value", chi2);
    figures_add(figures, "kendall_w_chi2.df", n - 1);
    figures_add(figures, "kendall_w_chi2.p", distribution_chi2_upper(chi2, n - 1));
    figures_either(figures, "kendall_w_f.value", f, reason);
    figures_either(figures, "kendall_w_f.p", reason ? 0 : distribution_f_upper(f, df1, df2),
                   reason);
}

int concordance_w(const struct group *group, struct figures *figures, struct uptake_error *error)
{
    double squares = 0, sum = 0, m = (double)group->n_sides;
    if (group->n < 2) {
        undefined(figures, "n_lt_2");
        return 0;
    }
    RANK_SCRATCH double *own = rank_alloc(group->n, sizeof *own, error);
    RANK_SCRATCH double *sums = own ? rank_alloc(group->n, sizeof *sums, error) : NULL;
    if (!sums)
        return -1;
    for (size_t k = 0; k < group->n; k++)
        sums[k] = 0;
    for (size_t s = 0; s < group->n_sides; s++)
        squares += add_ranks(group, s, own, sums, error);
    if (isnan(squares))
        return -1;
    if (!(squares > 0)) {
        undefined(figures, "zero_variance");
        return 0;
    }
    for (size_t k = 0; k < group->n; k++)
        sum += sums[k] * sums[k];
    double w = fmin(1, sum / (m * squares));
    figures_add(figures, "kendall_w", w);
    add_tests(figures, w, m, (double)group->n);
    return 0;
}
