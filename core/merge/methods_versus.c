/* Methods in which each innovation meets each other one; what each does is said in its row of methods.c. */
#include <math.h>
#include <string.h>

#include "merge/matrix.h"
#include "merge/methods.h"
#include "merge/rank.h"

/* --- Ranks against others ---------------------------------------------------------------------- */

/* Of each candidate among all others: how many are above it, level with it, and unknown. NaN: has no rank. */
struct standing {
    double above, level, unknown;
};

/* Answers how many have a value; they stand in order, least first. */
static size_t order_known(const double *x, size_t n, uint32_t *order, struct uptake_error *error,
                          int *failed)
{
    size_t known = 0;
    for (size_t j = 0; j < n; j++)
        if (!isnan(x[j]))
            order[known++] = (uint32_t)j;
    *failed |= rank_order(x, order, known, error);
    return known;
}

/* Two fingers run along `theirs`: one behind what is below mine, one behind what is at most level. Oneself is left out. */
static int stand(const double *mine, const double *theirs, size_t n, struct standing *of,
                 struct uptake_error *error)
{
    int failed = 0;
    RANK_SCRATCH uint32_t *order = rank_alloc(n, sizeof(uint32_t[2]), error);
    if (!order)
        return -1;
    uint32_t *by_theirs = order + n;
    size_t known = order_known(mine, n, order, error, &failed);
    size_t others = order_known(theirs, n, by_theirs, error, &failed);
    for (size_t j = 0; j < n; j++)
        of[j] = (struct standing){(double)NAN, (double)NAN, (double)NAN};
    for (size_t at = 0, below = 0, upto = 0; at < known && !failed; at++) {
        uint32_t j = order[at];
        while (below < others && theirs[by_theirs[below]] < mine[j])
            below++;
        while (upto < others && theirs[by_theirs[upto]] <= mine[j])
            upto++;
        bool self_above = theirs[j] > mine[j], self_level = theirs[j] == mine[j];
        of[j].above = (double)(others - upto) - (self_above ? 1 : 0);
        of[j].level = (double)(upto - below) - (self_level ? 1 : 0);
        of[j].unknown = (double)(n - others);
    }
    return failed ? -1 : 0;
}

/* --- reciprocal-rank --------------------------------------------------------------------------- */

/*
 * Under `bounds` a pair of which one is unknown counts half, as in borda: the unknown has the middle rank. Under other
 * rules ranks are among what is present, and what is not adds 0. Weights are 1 on average: equal ones give the
 * published score.
 */
static int reciprocal_against(const struct matrix *m, const double *mine, const double *theirs,
                              double *score, double *const *extra, struct uptake_error *error)
{
    bool bounds = m->grid->rule == MERGE_BOUNDS, spread = m->grid->rule == MERGE_RENORMALISE;
    RANK_SCRATCH struct standing *of = rank_alloc(m->n, sizeof *of, error);
    RANK_SCRATCH double *present = of ? rank_alloc(m->n, sizeof *present, error) : NULL;
    if (!present)
        return -1;
    (void)extra;
    for (size_t j = 0; j < m->n; j++)
        score[j] = present[j] = 0;
    for (size_t k = 0; k < m->k; k++) {
        if (stand(mine + k * m->n, theirs + k * m->n, m->n, of, error))
            return -1;
        for (size_t j = 0; j < m->n; j++) {
            bool known = !isnan(of[j].above);
            double rank =
                !known ? ((double)m->n + 1) / 2
                       : 1 + of[j].above + of[j].level / 2 + (bounds ? of[j].unknown / 2 : 0);
            bool counts = known || bounds;
            score[j] += counts ? m->weight[k] / (m->grid->options->k + rank) : 0;
            present[j] += counts ? m->weight[k] : 0;
        }
    }
    for (size_t j = 0; j < m->n; j++)
        score[j] *= (double)m->k / (spread ? present[j] : 1); /* 0 / 0: nothing is present */
    return 0;
}

static int whole_versus(const struct grid *grid, bool pairs, matrix_against against,
                        const struct score_columns *scores, struct uptake_error *error)
{
    MATRIX_OPEN matrix = {0};
    if (matrix_open(&matrix, grid, pairs, error) || matrix_versus(&matrix, against, scores, error))
        return -1;
    matrix_parts(&matrix, NULL);
    return 0;
}

int reciprocal_score(const struct grid *grid, const struct score_columns *scores,
                     struct uptake_error *error)
{
    return whole_versus(grid, false, reciprocal_against, scores, error);
}

/* --- copeland ---------------------------------------------------------------------------------- */

/* The weight of the measures that put i above j less that of those that put j above i. A gap says nothing. */
static double margin(const struct matrix *m, const double *mine, const double *theirs, size_t i,
                     size_t j)
{
    double sum = 0;
    for (size_t k = 0; k < m->k; k++) {
        double a = mine[k * m->n + i], b = theirs[k * m->n + j];
        sum += a > b ? m->weight[k] : a < b ? -m->weight[k] : 0;
    }
    return fabs(sum) > 1e-12 ? sum : 0; /* shares are rounded */
}

static int copeland_against(const struct matrix *m, const double *mine, const double *theirs,
                            double *score, double *const *extra, struct uptake_error *error)
{
    (void)error;
    for (size_t i = 0; i < m->n; i++) {
        double wins = 0, losses = 0;
        for (size_t j = 0; j < m->n; j++) {
            double by = i == j ? 0 : margin(m, mine, theirs, i, j);
            wins += by > 0;
            losses += by < 0;
        }
        score[i] = wins - losses;
        if (extra) {
            extra[0][i] = wins;
            extra[1][i] = losses;
        }
    }
    return 0;
}

int copeland_score(const struct grid *grid, const struct score_columns *scores,
                   struct uptake_error *error)
{
    return whole_versus(grid, true, copeland_against, scores, error);
}

/* --- pareto ------------------------------------------------------------------------------------ */

static bool dominates(const struct matrix *m, const double *a, size_t i, const double *b, size_t j)
{
    bool better = false;
    for (size_t k = 0; k < m->k; k++) {
        double x = a[k * m->n + i], y = b[k * m->n + j];
        if (!(x >= y))
            return false;
        better = better || x > y;
    }
    return better;
}

/* From the largest sum to the least: who dominates stands before whom it dominates. */
static int order_by_sum(const struct matrix *m, const double *z, uint32_t *order, double *sum,
                        struct uptake_error *error)
{
    for (size_t j = 0; j < m->n; j++) {
        order[j] = (uint32_t)j;
        sum[j] = 0;
    }
    for (size_t k = 0; k < m->k; k++) { /* ranks, so that no large value swallows a small one */
        RANK_SCRATCH uint32_t *level = rank_alloc(m->n, sizeof *level, error);
        RANK_SCRATCH uint32_t *by = level ? rank_alloc(m->n, sizeof *by, error) : NULL;
        size_t count;
        if (!by)
            return -1;
        for (size_t j = 0; j < m->n; j++)
            by[j] = (uint32_t)j;
        if (m->n && rank_levels(z + k * m->n, by, m->n, level, &count, error))
            return -1;
        for (size_t at = 0; at < m->n; at++)
            sum[by[at]] -= level[at];
    }
    return rank_order(sum, order, m->n, error);
}

/* A front is one more than the last front of those who dominate. */
static int pareto_against(const struct matrix *m, const double *mine, const double *theirs,
                          double *score, double *const *extra, struct uptake_error *error)
{
    RANK_SCRATCH uint32_t *order = rank_alloc(m->n, sizeof *order, error);
    RANK_SCRATCH double *sum = order ? rank_alloc(m->n, sizeof(double[2]), error) : NULL;
    if (!sum || order_by_sum(m, theirs, order, sum, error))
        return -1;
    (void)extra;
    double *front = sum + m->n;
    for (size_t at = 0; at < m->n; at++) {
        uint32_t j = order[at];
        front[j] = 1;
        for (size_t before = 0; before < at; before++)
            if (front[order[before]] >= front[j] && dominates(m, theirs, order[before], theirs, j))
                front[j] = front[order[before]] + 1;
    }
    for (size_t j = 0; j < m->n; j++) {
        score[j] = 1;
        for (size_t i = 0; i < m->n; i++)
            if (i != j && front[i] >= score[j] && dominates(m, theirs, i, mine, j))
                score[j] = front[i] + 1;
    }
    return 0;
}

int pareto_score(const struct grid *grid, const struct score_columns *scores,
                 struct uptake_error *error)
{
    scores->result->not_a_bound = grid->bounded;
    return whole_versus(grid, true, pareto_against, scores, error);
}
