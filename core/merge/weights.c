/* Weights from the values: see weights.h. Judgements in pairs are in weights_pairs.c. */
#include "merge/weights.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "merge/grid.h"
#include "merge/rank.h"
#include "merge/weights_pairs.h"

/* The values that count, oriented where that matters: column k of the m measures begins at [k * n]. */
struct values {
    const struct merge_request *request;
    const struct merge_measure **measure; /* [m] */
    double *x;
    size_t n, m;
};

static void values_finish(struct values *values)
{
    rank_free(&values->measure);
    rank_free(&values->x);
}

static bool complete(const struct values *values, size_t i)
{
    for (size_t k = 0; k < values->m; k++)
        if (!isfinite(values->measure[k]->value[i]))
            return false;
    return true;
}

static int values_read(struct values *values, const struct merge_request *request,
                       struct uptake_error *error)
{
    *values = (struct values){.request = request};
    values->measure = rank_alloc(request->n_measures, sizeof *values->measure, error);
    if (!values->measure)
        return -1;
    for (size_t k = 0; k < request->n_measures; k++)
        if (request->measures[k].weight > 0)
            values->measure[values->m++] = &request->measures[k];
    for (size_t i = 0; i < request->n; i++)
        values->n += complete(values, i);
    values->x = rank_alloc(values->n * values->m, sizeof *values->x, error);
    if (!values->x)
        return -1;
    for (size_t i = 0, j = 0; i < request->n; i++) {
        if (!complete(values, i))
            continue;
        for (size_t k = 0; k < values->m; k++)
            values->x[k * values->n + j] = values->measure[k]->value[i];
        j++;
    }
    return 0;
}

static double *column_of(const struct values *values, size_t k)
{
    return values->x + k * values->n;
}

struct moments {
    double mean, sd, sum, min, max;
};

static struct moments moments_of(const double *x, size_t n)
{
    struct moments m = {0, 0, 0, (double)INFINITY, -(double)INFINITY};
    for (size_t i = 0; i < n; i++) {
        m.sum += x[i];
        m.min = fmin(m.min, x[i]);
        m.max = fmax(m.max, x[i]);
    }
    m.mean = m.sum / (double)n;
    for (size_t i = 0; i < n; i++)
        m.sd += (x[i] - m.mean) * (x[i] - m.mean);
    m.sd = sqrt(m.sd / (double)n);
    return m;
}

/* Better higher; 0 at the worst and 1 at the best where the weighting asks for it. */
static void orient(struct values *values)
{
    bool range = values->request->weighting->scale == MERGE_WEIGHTS_RANGE;
    for (size_t k = 0; k < values->m; k++) {
        double *x = column_of(values, k);
        struct moments m = moments_of(x, values->n);
        double sign = values->measure[k]->better < 0 ? -1 : 1;
        double span = range ? m.max - m.min : 1;
        for (size_t i = 0; i < values->n; i++)
            x[i] = span > 0 ? sign * x[i] / span : 0;
    }
}

static int check_values(const struct values *values, bool above, const char *name,
                        struct uptake_error *error)
{
    int failed = 0;
    for (size_t k = 0; k < values->m; k++) {
        struct moments m = moments_of(column_of(values, k), values->n);
        if (values->n && !(above ? m.min > 0 : m.min >= 0 && m.sum > 0))
            failed |= grid_refuse(values->request, values->measure[k], error,
                                  "`weights: %s` needs values %s, and its least is %.10g", name,
                                  above ? "above 0" : "from 0, and not all 0", m.min);
    }
    return failed;
}

/* --- The weightings ---------------------------------------------------------------------------- */

static int entropy(struct values *values, double *w, struct uptake_error *error)
{
    if (check_values(values, false, "entropy", error))
        return -1;
    for (size_t k = 0; k < values->m; k++) {
        const double *x = column_of(values, k);
        double sum = moments_of(x, values->n).sum, entropy = 0;
        for (size_t i = 0; i < values->n; i++) {
            double p = x[i] / sum;
            entropy -= p > 0 ? p * log(p) : 0;
        }
        w[k] = values->n > 1 ? fmax(0, 1 - entropy / log((double)values->n)) : 0;
    }
    return 0;
}

static int standard_deviation(struct values *values, double *w, struct uptake_error *error)
{
    (void)error;
    orient(values);
    for (size_t k = 0; k < values->m; k++)
        w[k] = moments_of(column_of(values, k), values->n).sd;
    return 0;
}

/* Pearson; 0 where a column is constant: it conflicts with nothing, and its own deviation is 0. */
static double correlation(const struct values *values, size_t a, size_t b)
{
    const double *x = column_of(values, a), *y = column_of(values, b);
    struct moments mx = moments_of(x, values->n), my = moments_of(y, values->n);
    double sum = 0;
    for (size_t i = 0; i < values->n; i++)
        sum += (x[i] - mx.mean) * (y[i] - my.mean);
    double scale = mx.sd * my.sd * (double)values->n;
    return scale > 0 ? sum / scale : 0;
}

static int critic(struct values *values, double *w, struct uptake_error *error)
{
    (void)error;
    orient(values);
    for (size_t k = 0; k < values->m; k++) {
        double conflict = 0;
        for (size_t j = 0; j < values->m; j++)
            conflict += j == k ? 0 : 1 - correlation(values, j, k);
        w[k] = moments_of(column_of(values, k), values->n).sd * conflict;
    }
    return 0;
}

/* How much the whole changes without each measure. x become |ln n|. */
static int merec(struct values *values, double *w, struct uptake_error *error)
{
    if (check_values(values, true, "merec", error))
        return -1;
    for (size_t k = 0; k < values->m; k++) {
        double *x = column_of(values, k);
        struct moments m = moments_of(x, values->n);
        bool up = values->measure[k]->better > 0;
        for (size_t i = 0; i < values->n; i++)
            x[i] = fabs(log(up ? m.min / x[i] : x[i] / m.max));
        w[k] = 0;
    }
    for (size_t i = 0; i < values->n; i++) {
        double sum = 0, of = (double)values->m;
        for (size_t k = 0; k < values->m; k++)
            sum += column_of(values, k)[i];
        for (size_t k = 0; k < values->m; k++)
            w[k] += fabs(log1p((sum - column_of(values, k)[i]) / of) - log1p(sum / of));
    }
    return 0;
}

static int compare_numbers(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Half the mean difference of two innovations, as a share of the mean. */
static int gini(struct values *values, double *w, struct uptake_error *error)
{
    if (check_values(values, false, "gini", error))
        return -1;
    for (size_t k = 0; k < values->m; k++) {
        double *x = column_of(values, k), sum = 0, n = (double)values->n;
        struct moments m = moments_of(x, values->n);
        qsort(x, values->n, sizeof *x, compare_numbers);
        for (size_t i = 0; i < values->n; i++)
            sum += (2 * (double)i + 1 - n) * x[i];
        w[k] = values->n ? sum / (n * m.sum) : 0;
    }
    return 0;
}

/* Each of those tied has the mean of their places' weights. */
static int rank_order_centroid(struct values *values, double *w, struct uptake_error *error)
{
    (void)error;
    for (size_t k = 0; k < values->m; k++) {
        size_t above = 0, level = 0;
        double mine = values->measure[k]->weight, sum = 0;
        for (size_t j = 0; j < values->m; j++) {
            above += values->measure[j]->weight > mine;
            level += values->measure[j]->weight == mine;
        }
        for (size_t place = above + 1; place <= above + level; place++)
            for (size_t q = place; q <= values->m; q++)
                sum += 1 / (double)q;
        w[k] = sum / (double)level / (double)values->m;
    }
    return 0;
}

static int equal(struct values *values, double *w, struct uptake_error *error)
{
    (void)error;
    for (size_t k = 0; k < values->m; k++)
        w[k] = 1;
    return 0;
}

/* --- The table --------------------------------------------------------------------------------- */

struct weighting {
    struct merge_word word;
    const char *source;
    int (*compute)(struct values *values, double *w,
                   struct uptake_error *error); /* NULL: elsewhere */
};

static const struct weighting rows[] = {
    [MERGE_GIVEN] = {{"given", "as the spec gives them"}, "", NULL},
    [MERGE_EQUAL] = {{"equal", "all alike"}, "", equal},
    [MERGE_ENTROPY] = {{"entropy",
                        "the more unevenly a measure's sum is spread, the more it counts"},
                       "Shannon; Zeleny, M. (1982), Multiple Criteria Decision Making",
                       entropy},
    [MERGE_CRITIC] = {{"critic",
                       "a measure counts by its spread and by how little it agrees with the "
                       "others (Pearson)"},
                      "Diakoulaki, D., Mavrotas, G. and Papayannakis, L. (1995), Computers & "
                      "Operations Research 22(7)",
                      critic},
    [MERGE_STD] = {{"std", "a measure counts by its standard deviation"},
                   "Diakoulaki et al. (1995)",
                   standard_deviation},
    [MERGE_MEREC] = {{"merec",
                      "a measure counts by how much the whole changes without it; values above "
                      "0"},
                     "Keshavarz-Ghorabaee, M. et al. (2021), Symmetry 13(4)",
                     merec},
    [MERGE_GINI] = {{"gini", "a measure counts by its Gini coefficient"}, "Gini, C. (1912)", gini},
    [MERGE_ROC] = {{"rank-order-centroid",
                    "only the order of the given weights counts: the mean of all "
                    "weights in that order"},
                   "Barron, F. H. and Barrett, B. E. (1996), Management Science 42(11)",
                   rank_order_centroid},
    [MERGE_AHP] =
        {{"ahp", "from judgements in pairs (`pairwise`, in the order of the measures), by the "
                 "principal eigenvector or the geometric mean of rows"},
         "Saaty, T. L. (1977), J. Mathematical Psychology 15(3); geometric mean: Crawford, G. "
         "and Williams, C. (1985), ibid. 29(4)",
         NULL},
};
enum { N_ROWS = sizeof rows / sizeof *rows };

const struct merge_word *merge_weighting_at(size_t k, const char **source)
{
    if (k >= N_ROWS)
        return NULL;
    *source = rows[k].source;
    return &rows[k].word;
}

/* --- Computing --------------------------------------------------------------------------------- */

static void spread(const struct values *values, const double *w, double *weights)
{
    double sum = 0;
    size_t k = 0;
    for (size_t j = 0; j < values->m; j++)
        sum += w[j];
    for (size_t j = 0; j < values->request->n_measures; j++) {
        bool counts = values->request->measures[j].weight > 0;
        weights[j] = !counts ? 0 : sum > 0 ? w[k] / sum : 1 / (double)values->m;
        k += counts;
    }
}

int weights_compute(const struct merge_request *request, double *weights,
                    struct merge_result *result, size_t *used, struct uptake_error *error)
{
    __attribute__((cleanup(values_finish))) struct values values = {0};
    if (values_read(&values, request, error))
        return -1;
    RANK_SCRATCH double *w = rank_alloc(values.m, sizeof *w, error);
    if (!w)
        return -1;
    *used = values.n;
    int kind = request->weighting->kind;
    if (kind == MERGE_AHP)
        return weights_of_pairs(request, weights, result, error);
    if (rows[kind].compute(&values, w, error))
        return -1;
    spread(&values, w, weights);
    return 0;
}
