/*
 * Krippendorff's alpha = 1 - A/E over the innovations that at least two sides have: A the disagreement within an
 * innovation, E that of all n values taken together. No V x V matrix of coincidences is made: for the interval level
 * both are sums of squares, the ordinal level is the interval level of the values' mid-ranks (its metric is the squared
 * difference of mid-ranks), the nominal level needs counts, and the ratio level goes over pairs of distinct values.
 * O(n log n) time and O(n) memory, but for the ratio level's V^2/2 steps.
 * Krippendorff, K. (2011), Computing Krippendorff's alpha-reliability; (2019), Content Analysis, chapter 12.
 */
#include <math.h>

#include "compare/concordance.h"
#include "merge/rank.h"

enum { RATIO_MOST = 20000 }; /* distinct values */

/* The pairable values, innovation by innovation. */
struct values {
    double *x;
    uint32_t *order; /* by x */
    uint32_t *level; /* of a value: 0, 1, ... from the least */
    uint32_t *ends;  /* of a unit: one past its last value */
    size_t n, n_units, n_levels;
};

static void values_finish(struct values *values)
{
    rank_free(&values->x);
    rank_free(&values->order);
    rank_free(&values->level);
    rank_free(&values->ends);
}

static size_t values_of(const struct group *group, size_t i)
{
    size_t m = 0;
    for (size_t s = 0; s < group->n_sides; s++)
        m += (size_t)!isnan(group->sides[s].value[i]);
    return m;
}

static int gather(const struct group *group, struct values *values, struct uptake_error *error)
{
    size_t room = 0;
    for (size_t i = 0; i < group->rows; i++)
        room += values_of(group, i);
    if (room > UINT32_MAX)
        return error_add(error, EXIT_INPUT, "%zu values are more than alpha can take (%u)", room,
                         UINT32_MAX);
    values->x = rank_alloc(room, sizeof *values->x, error);
    values->order = values->x ? rank_alloc(room, sizeof *values->order, error) : NULL;
    values->level = values->order ? rank_alloc(room, sizeof *values->level, error) : NULL;
    values->ends = values->level ? rank_alloc(group->rows, sizeof *values->ends, error) : NULL;
    if (!values->ends)
        return -1;
    for (size_t i = 0; i < group->rows; i++) {
        if (values_of(group, i) < 2)
            continue;
        for (size_t s = 0; s < group->n_sides; s++)
            if (!isnan(group->sides[s].value[i])) {
                values->order[values->n] = (uint32_t)values->n;
                values->x[values->n++] = rank_quantise(group->sides[s].value[i], group->eps);
            }
        values->ends[values->n_units++] = (uint32_t)values->n;
    }
    return rank_order(values->x, values->order, values->n, error);
}

static void set_levels(struct values *values)
{
    for (size_t first = 0, end; first < values->n; first = end, values->n_levels++) {
        end = rank_run_end(values->x, values->order, first, values->n);
        for (size_t at = first; at < end; at++)
            values->level[values->order[at]] = (uint32_t)values->n_levels;
    }
}

/* --- Interval and ordinal ---------------------------------------------------------------------- */

/* The sum of squares about their mean. */
static double spread(const double *x, size_t n)
{
    double mean = 0, squares = 0, rest = 0;
    if (n == 0)
        return 0;
    for (size_t k = 0; k < n; k++)
        mean += (x[k] - x[0]) / (double)n;
    mean += x[0];
    for (size_t k = 0; k < n; k++) {
        squares += (x[k] - mean) * (x[k] - mean);
        rest += x[k] - mean;
    }
    return fmax(0, squares - rest * rest / (double)n);
}

/* A = sum over units of 2 m SS_u/(m - 1)/n; E = 2 n SS/(n (n - 1)). */
static void add_squares(const struct values *values, const double *x, const char *name,
                        struct figures *figures)
{
    double within = 0, n = (double)values->n, all = spread(x, values->n);
    for (size_t u = 0, first = 0; u < values->n_units; first = values->ends[u++]) {
        double m = (double)(values->ends[u] - first);
        within += m * spread(x + first, values->ends[u] - first) / (m - 1);
    }
    bool none = values->n_levels < 2 || !(all > 0);
    figures_either(figures, name, none ? 0 : 1 - within / n / (all / (n - 1)),
                   none ? "zero_expected_disagreement" : NULL);
}

/* --- Nominal ----------------------------------------------------------------------------------- */

static void insert_sorted(uint32_t *x, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        uint32_t value = x[i];
        size_t at = i;
        for (; at > 0 && x[at - 1] > value; at--)
            x[at] = x[at - 1];
        x[at] = value;
    }
}

/* Sum of squared counts of equal neighbours. */
static double squared_runs(const uint32_t *x, size_t n)
{
    double sum = 0;
    for (size_t first = 0, end; first < n; first = end) {
        for (end = first + 1; end < n && x[end] == x[first];)
            end++;
        sum += (double)(end - first) * (double)(end - first);
    }
    return sum;
}

/* Sorts each unit's levels: the last level to be computed. */
static void add_nominal(struct values *values, struct figures *figures)
{
    double apart = 0, n = (double)values->n, same = 0;
    for (size_t first = 0, end; first < values->n; first = end) {
        end = rank_run_end(values->x, values->order, first, values->n);
        same += (double)(end - first) * (double)(end - first);
    }
    for (size_t u = 0, first = 0; u < values->n_units; first = values->ends[u++]) {
        size_t m = values->ends[u] - first;
        insert_sorted(values->level + first, m);
        apart += ((double)m * (double)m - squared_runs(values->level + first, m)) / (double)(m - 1);
    }
    bool none = values->n_levels < 2;
    figures_either(figures, "krippendorff_alpha.nominal",
                   none ? 0 : 1 - apart / n / ((n * n - same) / (n * (n - 1))),
                   none ? "zero_expected_disagreement" : NULL);
}

/* --- Ratio ------------------------------------------------------------------------------------- */

static double ratio_metric(double a, double b)
{
    double sum = a + b, part = sum > 0 ? (a - b) / sum : 0;
    return part * part;
}

static double ratio_within(const struct values *values)
{
    double within = 0;
    for (size_t u = 0, first = 0; u < values->n_units; first = values->ends[u++]) {
        double sum = 0;
        for (size_t a = first; a < values->ends[u]; a++)
            for (size_t b = first; b < a; b++)
                sum += ratio_metric(values->x[a], values->x[b]);
        within += 2 * sum / (double)(values->ends[u] - first - 1);
    }
    return within;
}

/* distinct, counts: n_levels each. */
static double ratio_all(const struct values *values, double *distinct, double *counts)
{
    size_t v = 0;
    double all = 0;
    for (size_t first = 0, end; first < values->n; first = end, v++) {
        end = rank_run_end(values->x, values->order, first, values->n);
        distinct[v] = values->x[values->order[first]];
        counts[v] = (double)(end - first);
    }
    for (size_t a = 1; a < v; a++) {
        double sum = 0;
        for (size_t b = 0; b < a; b++) { /* distinct[a] > 0: the values rise from 0 or more */
            double part = (distinct[a] - distinct[b]) / (distinct[a] + distinct[b]);
            sum += counts[b] * part * part;
        }
        all += counts[a] * sum;
    }
    return 2 * all;
}

static int add_ratio(const struct values *values, struct figures *figures,
                     struct uptake_error *error)
{
    double n = (double)values->n;
    const char *reason = values->n_levels < 2              ? "zero_expected_disagreement"
                         : values->x[values->order[0]] < 0 ? "negative_values"
                         : values->n_levels > RATIO_MOST   ? "too_many_values"
                                                           : NULL;
    double alpha = 0;
    if (!reason) {
        RANK_SCRATCH double *distinct = rank_alloc(values->n_levels, 2 * sizeof *distinct, error);
        if (!distinct)
            return -1;
        double all = ratio_all(values, distinct, distinct + values->n_levels);
        alpha = 1 - ratio_within(values) / n / (all / (n * (n - 1)));
    }
    figures_either(figures, "krippendorff_alpha.ratio", alpha, reason);
    return 0;
}

/* --- All levels -------------------------------------------------------------------------------- */

int alpha_levels(const struct group *group, struct figures *figures, struct uptake_error *error)
{
    __attribute__((cleanup(values_finish))) struct values values = {0};
    if (gather(group, &values, error) != 0)
        return -1;
    set_levels(&values);
    RANK_SCRATCH double *ranks = rank_alloc(values.n, sizeof *ranks, error);
    if (!ranks)
        return -1;
    for (size_t first = 0, end; first < values.n; first = end) {
        end = rank_run_end(values.x, values.order, first, values.n);
        for (size_t at = first; at < end; at++)
            ranks[values.order[at]] = ((double)first + 1 + (double)end) / 2;
    }
    add_squares(&values, ranks, "krippendorff_alpha.ordinal", figures);
    add_squares(&values, values.x, "krippendorff_alpha.interval", figures);
    if (add_ratio(&values, figures, error) != 0)
        return -1;
    add_nominal(&values, figures);
    return 0;
}
