/* Rankings: ranks 1 to n of the common innovations, 1 the best. These statistics have no meaning for ties, and say so. */
#include "compare/ranks.h"

#include <math.h>

#include "merge/rank.h"

typedef double sum_of(const double *a, const double *b, size_t n);

static const char *reason_of(const struct pair *pair)
{
    if (pair->n < 2)
        return "n_lt_2";
    return pair->agreement.tied_a || pair->agreement.tied_b ? "ties" : NULL;
}

static int ranked(const struct pair *pair, const char *name, sum_of *statistic,
                  struct figures *figures, struct uptake_error *error)
{
    const char *reason = reason_of(pair);
    if (reason) {
        figures_undefined(figures, name, reason);
        return 0;
    }
    RANK_SCRATCH double *a = rank_alloc(pair->n, sizeof *a, error);
    RANK_SCRATCH double *b = a ? rank_alloc(pair->n, sizeof *b, error) : NULL;
    if (!b || rank_mid(pair->x, pair->n, pair->a->better < 0 ? -1 : 1, pair->eps, a, error) != 0 ||
        rank_mid(pair->y, pair->n, pair->b->better < 0 ? -1 : 1, pair->eps, b, error) != 0)
        return -1;
    figures_add(figures, name, statistic(a, b, pair->n));
    return 0;
}

static double rw(const double *a, const double *b, size_t count)
{
    double n = (double)count, sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += (a[i] - b[i]) * (a[i] - b[i]) * ((n - a[i] + 1) + (n - b[i] + 1));
    return 1 - 6 * sum / (n * n * n * n + n * n * n - n * n - n);
}

static double ws(const double *a, const double *b, size_t count)
{
    double n = (double)count, sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += exp2(-a[i]) * fabs(a[i] - b[i]) / fmax(a[i] - 1, n - a[i]);
    return 1 - sum;
}

/* The weights of all places, 2^-1 to 2^-n, sum to 1 - 2^-n. */
static double drastic(const double *a, const double *b, size_t count)
{
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += a[i] != b[i] ? exp2(-a[i]) : 0;
    return sum / (1 - exp2(-(double)count));
}

int ranks_rw(const struct pair *pair, struct figures *figures, struct uptake_error *error)
{
    return ranked(pair, "rw", rw, figures, error);
}

int ranks_ws(const struct pair *pair, struct figures *figures, struct uptake_error *error)
{
    return ranked(pair, "ws", ws, figures, error);
}

int ranks_drastic(const struct pair *pair, struct figures *figures, struct uptake_error *error)
{
    return ranked(pair, "drastic_ws_distance", drastic, figures, error);
}

/* --- Weights ----------------------------------------------------------------------------------- */

/* Not below 0, and 1 in all. */
static bool are_weights(const double *w, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        if (w[i] < 0)
            return false;
        sum += w[i];
    }
    return fabs(sum - 1) < 1e-9;
}

int ranks_weight_similarity(const struct pair *pair, struct figures *figures,
                            struct uptake_error *error)
{
    (void)error;
    double apart = 0, least = 1;
    const char *reason = pair->n < 2 ? "n_lt_2" : NULL;
    if (!reason && (!are_weights(pair->x, pair->n) || !are_weights(pair->y, pair->n)))
        reason = "not_weights";
    for (size_t i = 0; i < pair->n; i++) {
        apart += fabs(pair->x[i] - pair->y[i]);
        least = fmin(least, pair->x[i]);
    }
    figures_either(figures, "weight_similarity.wsc", reason ? 0 : 1 - apart / (2 * (1 - least)),
                   reason);
    figures_either(figures, "weight_similarity.wsc2", 1 - apart / 2, reason);
    return 0;
}
