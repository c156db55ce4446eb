/*
 * PROMETHEE II: Brans, J.-P. and Vincke, P. (1985), Management Science 31(6). Net flow: how much an innovation is
 * preferred to all others, on average, less how much they are preferred to it. With the usual preference, in which every
 * difference counts in full, flows are counted along the sorted column; the other five look at each pair.
 */
#include <math.h>
#include <string.h>

#include "merge/matrix.h"
#include "merge/methods.h"
#include "merge/rank.h"

/* How far a difference d above 0 counts, from 0 to 1. */
static double preference(const struct merge_measure *measure, double d)
{
    double q = measure->indifferent, p = measure->preferred, s = measure->inflection;
    if (!(d > 0))
        return 0;
    switch ((enum merge_preference)measure->preference) {
    case MERGE_USUAL: return 1;
    case MERGE_U_SHAPE: return d > q;
    case MERGE_V_SHAPE: return d >= p ? 1 : d / p;
    case MERGE_LEVEL: return d > p ? 1 : d > q ? 0.5 : 0;
    case MERGE_V_SHAPE_2: return d >= p ? 1 : d > q ? (d - q) / (p - q) : 0;
    case MERGE_GAUSSIAN: return -expm1(-d * d / (2 * s * s));
    }
    return 0;
}

struct flows {
    double *plus, *minus; /* of one measure */
};

static void flows_of_pairs(const struct matrix *m, size_t k, const double *mine,
                           const double *theirs, struct flows flows)
{
    const struct merge_measure *measure = m->grid->columns[k].measure;
    for (size_t i = 0; i < m->n; i++) {
        flows.plus[i] = flows.minus[i] = 0;
        for (size_t j = 0; j < m->n; j++) {
            double d = i == j ? 0 : mine[i] - theirs[j];
            flows.plus[i] += preference(measure, d);
            flows.minus[i] += preference(measure, -d);
        }
    }
}

/* Others below, and others above. */
static int flows_of_ranks(const struct matrix *m, const double *mine, const double *theirs,
                          struct flows flows, struct uptake_error *error)
{
    RANK_SCRATCH uint32_t *order = rank_alloc(m->n, sizeof(uint32_t[2]), error);
    if (!order)
        return -1;
    uint32_t *other = order + m->n;
    for (size_t j = 0; j < m->n; j++)
        order[j] = other[j] = (uint32_t)j;
    if (rank_order(mine, order, m->n, error) || rank_order(theirs, other, m->n, error))
        return -1;
    for (size_t at = 0, below = 0, upto = 0; at < m->n; at++) {
        uint32_t j = order[at];
        while (below < m->n && theirs[other[below]] < mine[j])
            below++;
        while (upto < m->n && theirs[other[upto]] <= mine[j])
            upto++;
        flows.plus[j] = (double)below - (theirs[j] < mine[j] ? 1 : 0);
        flows.minus[j] = (double)(m->n - upto) - (theirs[j] > mine[j] ? 1 : 0);
    }
    return 0;
}

/* contribution: NULL, or each measure's net flow, [k * n]. */
static int flow(const struct matrix *m, const double *mine, const double *theirs, double *plus,
                double *minus, double *contribution, struct uptake_error *error)
{
    /* Divided once, at the end: counts of whole weights tie where they should. */
    double others = (m->n > 1 ? (double)m->n - 1 : 1) * m->grid->weight_sum;
    RANK_SCRATCH double *of = rank_alloc(m->n, sizeof(double[2]), error);
    if (!of)
        return -1;
    struct flows flows = {of, of + m->n};
    for (size_t j = 0; j < m->n; j++)
        plus[j] = minus[j] = 0;
    for (size_t k = 0; k < m->k; k++) {
        size_t at = k * m->n;
        if (m->grid->columns[k].measure->preference != MERGE_USUAL)
            flows_of_pairs(m, k, mine + at, theirs + at, flows);
        else if (flows_of_ranks(m, mine + at, theirs + at, flows, error))
            return -1;
        double weight = m->grid->columns[k].weight;
        for (size_t j = 0; j < m->n; j++) {
            plus[j] += weight * flows.plus[j];
            minus[j] += weight * flows.minus[j];
            if (contribution)
                contribution[at + j] = weight * (flows.plus[j] - flows.minus[j]) / others;
        }
    }
    for (size_t j = 0; j < m->n; j++) {
        plus[j] /= others;
        minus[j] /= others;
    }
    return 0;
}

static int promethee_against(const struct matrix *m, const double *mine, const double *theirs,
                             double *score, double *const *extra, struct uptake_error *error)
{
    RANK_SCRATCH double *plus = rank_alloc(m->n, sizeof(double[2]), error);
    if (!plus || flow(m, mine, theirs, plus, plus + m->n, NULL, error))
        return -1;
    for (size_t j = 0; j < m->n; j++) {
        score[j] = plus[j] - plus[m->n + j];
        if (extra) {
            extra[0][j] = plus[j];
            extra[1][j] = plus[m->n + j];
        }
    }
    return 0;
}

/* Thresholds that the preference of a measure works by. */
static int check_preference(const struct grid *grid, const struct merge_measure *measure,
                            struct uptake_error *error)
{
    double q = measure->indifferent, p = measure->preferred;
    const char *needs = NULL;
    switch ((enum merge_preference)measure->preference) {
    case MERGE_USUAL:
    case MERGE_U_SHAPE: break;
    case MERGE_V_SHAPE: needs = p > 0 ? NULL : "`preferred` above 0"; break;
    case MERGE_LEVEL: needs = p >= q ? NULL : "`preferred` of at least `indifferent`"; break;
    case MERGE_V_SHAPE_2: needs = p > q ? NULL : "`preferred` above `indifferent`"; break;
    case MERGE_GAUSSIAN: needs = measure->inflection > 0 ? NULL : "`inflection` above 0"; break;
    }
    return needs ? grid_refuse(grid->request, measure, error, "its preference needs %s", needs) : 0;
}

int promethee_score(const struct grid *grid, const struct score_columns *scores,
                    struct uptake_error *error)
{
    MATRIX_OPEN matrix = {0};
    bool pairs = false;
    int failed = 0;
    for (size_t k = 0; k < grid->n_columns; k++) {
        failed |= check_preference(grid, grid->columns[k].measure, error);
        pairs = pairs || grid->columns[k].measure->preference != MERGE_USUAL;
    }
    if (failed || matrix_open(&matrix, grid, pairs, error) ||
        matrix_versus(&matrix, promethee_against, scores, error))
        return -1;
    size_t cells = matrix.n * matrix.k;
    RANK_SCRATCH double *contribution =
        rank_alloc(cells + 2 * matrix.n, sizeof *contribution, error);
    if (!contribution || flow(&matrix, matrix.value, matrix.value, contribution + cells,
                              contribution + cells + matrix.n, contribution, error))
        return -1;
    matrix_parts(&matrix, contribution);
    return 0;
}
