/*
 * Judgements in pairs: Saaty, T. L. (1977), A scaling method for priorities in hierarchical structures, J. Mathematical
 * Psychology 15(3). Weights are the principal right eigenvector (by power iteration: the matrix is positive, so it is
 * the only positive one), or the geometric means of the rows. Consistency index (lambda - n)/(n - 1); its ratio to that
 * of random judgements: Saaty, T. L. (1980), The Analytic Hierarchy Process, for n up to 15.
 */
#include "merge/weights_pairs.h"

#include <math.h>

#include "merge/grid.h"
#include "merge/rank.h"

static const double RANDOM_INDEX[] = {0,    0,    0,    0.58, 0.90, 1.12, 1.24, 1.32,
                                      1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59};
enum { N_RANDOM = sizeof RANDOM_INDEX / sizeof *RANDOM_INDEX, STEPS = 100000 };

static int check_pairs(const struct merge_request *request, struct uptake_error *error)
{
    size_t n = request->n_measures;
    const double *a = request->weighting->pairwise;
    if (!a || request->weighting->n_pairwise != n * n)
        return grid_refuse(
            request, NULL, error,
            "`weights: ahp` needs `pairwise`, %zu rows of %zu numbers, one for each "
            "measure in their order: how much more the row's counts than the column's",
            n, n);
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < n; j++) {
            if (!(a[i * n + j] > 0))
                return grid_refuse(
                    request, NULL, error,
                    "`pairwise`, row %zu, column %zu: found %g; expected a number above "
                    "0",
                    i + 1, j + 1, a[i * n + j]);
            if (fabs(a[i * n + j] * a[j * n + i] - 1) > 0.05)
                return grid_refuse(
                    request, NULL, error,
                    "`pairwise`, row %zu, column %zu: found %g, and %g the other way "
                    "round; expected one to be 1 divided by the other",
                    i + 1, j + 1, a[i * n + j], a[j * n + i]);
        }
    return 0;
}

static void normalise(double *w, size_t n)
{
    double sum = 0;
    for (size_t k = 0; k < n; k++)
        sum += w[k];
    for (size_t k = 0; k < n; k++)
        w[k] /= sum;
}

static void geometric_means(const double *a, double *w, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        double sum = 0;
        for (size_t j = 0; j < n; j++)
            sum += log(a[i * n + j]);
        w[i] = exp(sum / (double)n);
    }
    normalise(w, n);
}

static void multiply(const double *a, const double *w, double *out, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        out[i] = 0;
        for (size_t j = 0; j < n; j++)
            out[i] += a[i * n + j] * w[j];
    }
}

static void eigenvector(const double *a, double *w, double *next, size_t n)
{
    for (int step = 0; step < STEPS; step++) {
        double change = 0;
        multiply(a, w, next, n);
        normalise(next, n);
        for (size_t k = 0; k < n; k++) {
            change = fmax(change, fabs(next[k] - w[k]));
            w[k] = next[k];
        }
        if (change < 1e-16)
            break;
    }
}

static void put_figures(struct merge_result *result, double lambda, size_t n)
{
    double index = n > 1 ? (lambda - (double)n) / ((double)n - 1) : 0;
    double random = n < N_RANDOM ? RANDOM_INDEX[n] : (double)NAN;
    const struct merge_figure figures[] = {{"lambda_max", lambda, false},
                                           {"consistency_index", index, false},
                                           {"consistency_ratio",
                                            random > 0 ? index / random
                                            : n <= 2   ? 0
                                                       : (double)NAN,
                                            false}};
    for (size_t k = 0; k < 3 && result->n_figures < MERGE_FIGURES; k++)
        result->figures[result->n_figures++] = figures[k];
}

int weights_of_pairs(const struct merge_request *request, double *weights,
                     struct merge_result *result, struct uptake_error *error)
{
    size_t n = request->n_measures;
    const double *a = request->weighting->pairwise;
    if (check_pairs(request, error))
        return -1;
    RANK_SCRATCH double *next = rank_alloc(n, sizeof *next, error);
    if (!next)
        return -1;
    geometric_means(a, weights, n);
    if (request->weighting->by == MERGE_BY_EIGENVECTOR)
        eigenvector(a, weights, next, n);
    double lambda = 0;
    multiply(a, weights, next, n);
    for (size_t k = 0; k < n; k++)
        lambda += next[k] / weights[k] / (double)n;
    put_figures(result, lambda, n);
    return 0;
}
