/*
 * Intraclass correlations, the six forms of McGraw and Wong (1996), by their names: (1,1) one-way, (A,1) two-way
 * absolute agreement, (C,1) two-way consistency; k: of the mean of the k sides. In Shrout and Fleiss's names these are
 * ICC(1,1), ICC(2,1), ICC(3,1). Intervals at 95%. Values are centred before squares are summed.
 */
#include <math.h>

#include "base/distribution.h"
#include "compare/concordance.h"

#define LEVEL 0.975 /* of each end of a 95% interval */

/* Mean squares between innovations, between sides, within innovations, and of what is left. */
struct squares {
    double between, sides, within, left;
    double n, k;
};

static double value_at(const struct group *group, size_t row, size_t side)
{
    return group->sides[side].value[group->common[row]];
}

static double grand_mean(const struct group *group)
{
    double first = value_at(group, 0, 0), sum = 0;
    for (size_t s = 0; s < group->n_sides; s++)
        for (size_t i = 0; i < group->n; i++)
            sum += value_at(group, i, s) - first;
    return first + sum / ((double)group->n * (double)group->n_sides);
}

static double column_mean(const struct group *group, size_t side, double centre)
{
    double sum = 0;
    for (size_t i = 0; i < group->n; i++)
        sum += value_at(group, i, side) - centre;
    return sum / (double)group->n;
}

static double row_mean(const struct group *group, size_t row, double centre)
{
    double sum = 0;
    for (size_t s = 0; s < group->n_sides; s++)
        sum += value_at(group, row, s) - centre;
    return sum / (double)group->n_sides;
}

static struct squares squares_of(const struct group *group)
{
    double n = (double)group->n, k = (double)group->n_sides, centre = grand_mean(group);
    double between = 0, sides = 0, within = 0;
    for (size_t i = 0; i < group->n; i++) {
        double mean = row_mean(group, i, centre);
        between += mean * mean;
        for (size_t s = 0; s < group->n_sides; s++) {
            double off = value_at(group, i, s) - centre - mean;
            within += off * off;
        }
    }
    for (size_t s = 0; s < group->n_sides; s++) {
        double mean = column_mean(group, s, centre);
        sides += mean * mean;
    }
    double left = fmax(0, within - n * sides);
    if (left < 1e-14 * within) /* what is left of rounding */
        left = 0;
    return (struct squares){.between = between * k / (n - 1),
                            .sides = sides * n / (k - 1),
                            .within = within / (n * (k - 1)),
                            .left = left / ((n - 1) * (k - 1)),
                            .n = n,
                            .k = k};
}

/* --- One form ---------------------------------------------------------------------------------- */

struct form {
    double value, low, high;
    const char *reason; /* why there is no value */
};

static const char *interval_reason(double error, double between)
{
    return error > 0 ? between > 0 ? NULL : "zero_variance" : "perfect_agreement";
}

/* One-way and consistency: from F = between/error on n - 1 and df degrees of freedom. */
static void put_simple(struct figures *figures, const struct squares *q, double error, double df,
                       const char *const names[6])
{
    double f = q->between / error, df1 = q->n - 1;
    const char *reason = interval_reason(error, q->between);
    double below = reason ? 0 : f / distribution_f_quantile(LEVEL, df1, df);
    double above = reason ? 0 : f * distribution_f_quantile(LEVEL, df, df1);
    double sum = q->between + (q->k - 1) * error;
    const char *none = sum > 0 ? NULL : "zero_variance";
    figures_either(figures, names[0], (q->between - error) / sum, none);
    figures_either(figures, names[1], (below - 1) / (below + q->k - 1), reason);
    figures_either(figures, names[2], (above - 1) / (above + q->k - 1), reason);
    const char *mean_none = q->between > 0 ? NULL : "zero_variance";
    figures_either(figures, names[3], (q->between - error) / q->between, mean_none);
    figures_either(figures, names[4], 1 - 1 / below, reason);
    figures_either(figures, names[5], 1 - 1 / above, reason);
}

/* Satterthwaite's degrees of freedom of a sides + b left. */
static double degrees(const struct squares *q, double icc)
{
    double a = q->k * icc / (q->n * (1 - icc)), b = 1 + a * (q->n - 1);
    double top = a * q->sides + b * q->left;
    double one = a * q->sides, two = b * q->left;
    return top * top / (one * one / (q->k - 1) + two * two / ((q->n - 1) * (q->k - 1)));
}

static void put_absolute(struct figures *figures, const struct squares *q)
{
    double n = q->n, k = q->k, spread = k * q->sides + (k * n - k - n) * q->left;
    double sum = q->between + (k - 1) * q->left + k * (q->sides - q->left) / n;
    double mean_sum = q->between + (q->sides - q->left) / n;
    double icc = (q->between - q->left) / sum;
    const char *none = sum > 0 ? NULL : "zero_variance";
    const char *reason = interval_reason(q->left + q->sides, q->between);
    double v = reason ? 1 : degrees(q, icc);
    if (!reason && !(isfinite(v) && v > 0))
        reason = "perfect_agreement";
    double below = reason ? 1 : distribution_f_quantile(LEVEL, n - 1, v);
    double above = reason ? 1 : distribution_f_quantile(LEVEL, v, n - 1);
    double low = n * (q->between - below * q->left) / (below * spread + n * q->between);
    double high = n * (above * q->between - q->left) / (spread + n * above * q->between);
    figures_either(figures, "icc.A,1.value", icc, none);
    figures_either(figures, "icc.A,1.low", low, reason);
    figures_either(figures, "icc.A,1.high", high, reason);
    figures_either(figures, "icc.A,k.value", (q->between - q->left) / mean_sum,
                   mean_sum > 0 ? NULL : "zero_variance");
    /* Spearman and Brown: the interval of the mean of k from that of one. */
    figures_either(figures, "icc.A,k.low", k * low / (1 + (k - 1) * low), reason);
    figures_either(figures, "icc.A,k.high", k * high / (1 + (k - 1) * high), reason);
}

static void undefined(struct figures *figures, const char *reason)
{
    static const char *const names[] = {
        "icc.1,1.value", "icc.1,1.low",   "icc.1,1.high",  "icc.1,k.value", "icc.1,k.low",
        "icc.1,k.high",  "icc.A,1.value", "icc.A,1.low",   "icc.A,1.high",  "icc.A,k.value",
        "icc.A,k.low",   "icc.A,k.high",  "icc.C,1.value", "icc.C,1.low",   "icc.C,1.high",
        "icc.C,k.value", "icc.C,k.low",   "icc.C,k.high"};
    for (size_t k = 0; k < sizeof names / sizeof *names; k++)
        figures_undefined(figures, names[k], reason);
}

int icc_forms(const struct group *group, struct figures *figures, struct uptake_error *error)
{
    static const char *const one_way[] = {"icc.1,1.value", "icc.1,1.low", "icc.1,1.high",
                                          "icc.1,k.value", "icc.1,k.low", "icc.1,k.high"};
    static const char *const consistent[] = {"icc.C,1.value", "icc.C,1.low", "icc.C,1.high",
                                             "icc.C,k.value", "icc.C,k.low", "icc.C,k.high"};
    (void)error;
    if (group->n < 2) {
        undefined(figures, "n_lt_2");
        return 0;
    }
    struct squares q = squares_of(group);
    put_simple(figures, &q, q.within, q.n * (q.k - 1), one_way);
    put_absolute(figures, &q);
    put_simple(figures, &q, q.left, (q.n - 1) * (q.k - 1), consistent);
    return 0;
}
