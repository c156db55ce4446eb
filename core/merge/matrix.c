/* The matrix of the candidates: see matrix.h. */
#include "merge/matrix.h"

#include <math.h>
#include <string.h>

#include "merge/cell.h"
#include "merge/rank.h"

/* Cells that scoring each innovation again may read: about ten seconds. */
static const double EACH_MOST = 4e9;

/* --- Opening ----------------------------------------------------------------------------------- */

void matrix_close(struct matrix *matrix)
{
    if (matrix->low != matrix->value)
        rank_free(&matrix->low);
    if (matrix->high != matrix->value)
        rank_free(&matrix->high);
    rank_free(&matrix->value);
    rank_free(&matrix->weight);
    rank_free(&matrix->row);
}

static int allocate(struct matrix *m, struct uptake_error *error)
{
    size_t cells = m->n * m->k;
    m->row = rank_alloc(m->n, sizeof *m->row, error);
    m->weight = m->row ? rank_alloc(m->k, sizeof *m->weight, error) : NULL;
    m->value = m->weight ? rank_alloc(cells, sizeof *m->value, error) : NULL;
    m->low = m->high = m->value;
    if (!m->value)
        return -1;
    if (!m->bounded)
        return 0;
    m->low = rank_alloc(cells, sizeof *m->low, error);
    m->high = m->low ? rank_alloc(cells, sizeof *m->high, error) : NULL;
    return m->high ? 0 : -1;
}

/* One measure, block by block; candidates only. */
static void read_column(struct matrix *m, size_t k)
{
    const struct grid *grid = m->grid;
    const struct grid_column *column = &grid->columns[k];
    double value[SCORE_BLOCK], low[SCORE_BLOCK], high[SCORE_BLOCK];
    double eps = grid->method->needs & MERGE_NEEDS_SCALE ? 0 : column->measure->eps;
    size_t at = k * m->n;
    for (size_t first = 0; first < grid->n; first += SCORE_BLOCK) {
        size_t left = grid->n - first, count = left < SCORE_BLOCK ? left : SCORE_BLOCK;
        cell_read(column, first, count, (struct cell_block){value, low, high});
        for (size_t r = 0; r < count; r++) {
            if (grid->standing[first + r] != MERGE_RANKED)
                continue;
            m->value[at] = rank_quantise(value[r], eps);
            if (m->bounded) {
                m->low[at] = column->bounded ? rank_quantise(low[r], eps) : m->value[at];
                m->high[at] = column->bounded ? rank_quantise(high[r], eps) : m->value[at];
            }
            at++;
        }
    }
}

int matrix_open(struct matrix *matrix, const struct grid *grid, bool pairs,
                struct uptake_error *error)
{
    *matrix = (struct matrix){
        .grid = grid, .n = grid->candidates, .k = grid->n_columns, .bounded = grid->bounded};
    if (pairs && matrix->n > MATRIX_PAIRS_MOST)
        return grid_refuse(
            grid->request, NULL, error,
            "method %s looks at every pair of innovations; found %zu of them, expected "
            "at most %zu",
            grid->method->name, matrix->n, MATRIX_PAIRS_MOST);
    if (allocate(matrix, error))
        return -1;
    for (size_t i = 0, j = 0; i < grid->n; i++)
        if (grid->standing[i] == MERGE_RANKED)
            matrix->row[j++] = (uint32_t)i;
    for (size_t k = 0; k < matrix->k; k++) {
        matrix->weight[k] = grid->columns[k].weight / grid->weight_sum;
        read_column(matrix, k);
    }
    return 0;
}

void matrix_ends(const struct matrix *matrix, const double *z, size_t k, double *least,
                 double *most)
{
    *least = (double)INFINITY;
    *most = -(double)INFINITY;
    for (size_t j = 0; j < matrix->n; j++) {
        *least = fmin(*least, z[k * matrix->n + j]);
        *most = fmax(*most, z[k * matrix->n + j]);
    }
}

/* --- Writing ----------------------------------------------------------------------------------- */

/* From candidates to innovations; what is no candidate has no score. */
static void put(const struct matrix *m, const double *from, double *to)
{
    for (size_t i = 0; i < m->grid->n; i++)
        to[i] = (double)NAN;
    for (size_t j = 0; j < m->n; j++)
        to[m->row[j]] = from[j];
}

void matrix_scores(const struct matrix *matrix, const double *score,
                   const struct score_columns *scores)
{
    put(matrix, score, scores->score);
    memcpy(scores->low, scores->score, matrix->grid->n * sizeof(double));
    memcpy(scores->high, scores->score, matrix->grid->n * sizeof(double));
}

static void put_extras(const struct matrix *m, double *memory, const struct score_columns *scores)
{
    for (size_t e = 0; e < MERGE_EXTRAS; e++)
        if (scores->extra[e])
            put(m, memory + e * m->n, scores->extra[e]);
}

static void point_extras(const struct matrix *m, double *memory, const struct score_columns *scores,
                         double *extra[MERGE_EXTRAS])
{
    for (size_t e = 0; e < MERGE_EXTRAS; e++)
        extra[e] = scores->extra[e] ? memory + e * m->n : NULL;
}

/* The score never lies outside of its own bounds. */
static void widen(const struct matrix *m, const struct score_columns *scores)
{
    for (size_t j = 0; j < m->n; j++) {
        uint32_t i = m->row[j];
        double a = scores->low[i], b = scores->high[i], score = scores->score[i];
        scores->low[i] = fmin(score, fmin(a, b));
        scores->high[i] = fmax(score, fmax(a, b));
    }
}

void matrix_parts(const struct matrix *matrix, const double *contribution)
{
    for (size_t k = 0; k < matrix->k; k++)
        for (size_t j = 0; j < matrix->n; j++) {
            size_t at = k * matrix->n + j;
            score_part(matrix->grid, &matrix->grid->columns[k], matrix->row[j], matrix->value[at],
                       matrix->weight[k], contribution ? contribution[at] : (double)NAN);
        }
}

/* --- Each innovation against all others -------------------------------------------------------- */

/* `range` follows what is there: in a scenario too, the best is 1 and the worst 0. */
static void rescale(const struct matrix *m, double *z)
{
    for (size_t k = 0; m->grid->normalise == MERGE_RANGE && k < m->k; k++) {
        double least, most;
        matrix_ends(m, z, k, &least, &most);
        for (size_t j = k * m->n; j < (k + 1) * m->n; j++)
            z[j] = most > least ? (z[j] - least) / (most - least) : 0.5;
    }
}

/* All at `others` but candidate j, who is at `mine`. Answers its score; NaN and an error in failed. */
static double score_one(const struct matrix *m, matrix_all all, const double *mine,
                        const double *others, size_t j, double *z, double *score, int *failed,
                        struct uptake_error *error)
{
    memcpy(z, others, m->n * m->k * sizeof *z);
    for (size_t k = 0; k < m->k; k++)
        z[k * m->n + j] = mine[k * m->n + j];
    rescale(m, z);
    *failed |= all(m, z, score, NULL, error);
    return score[j];
}

static int bound_each(const struct matrix *m, matrix_all all, const struct score_columns *scores,
                      struct uptake_error *error)
{
    double cells = 2 * (double)m->n * (double)m->n * (double)m->k;
    if (cells > EACH_MOST)
        return grid_refuse(
            m->grid->request, NULL, error,
            "with method %s, what is missing is found by scoring all %zu innovations "
            "again for each of them, which takes too long; set another rule than "
            "`missing: bounds`, such as `worst`",
            m->grid->method->name, m->n);
    RANK_SCRATCH double *z = rank_alloc(m->n * m->k, sizeof *z, error);
    RANK_SCRATCH double *score = z ? rank_alloc(m->n, sizeof *score, error) : NULL;
    int failed = !score;
    for (size_t j = 0; j < m->n && !failed; j++) {
        uint32_t i = m->row[j];
        scores->high[i] = score_one(m, all, m->high, m->low, j, z, score, &failed, error);
        scores->low[i] = score_one(m, all, m->low, m->high, j, z, score, &failed, error);
    }
    scores->result->not_a_bound = true;
    widen(m, scores);
    return failed ? -1 : 0;
}

int matrix_each(const struct matrix *matrix, matrix_all all, const struct score_columns *scores,
                struct uptake_error *error)
{
    double *extra[MERGE_EXTRAS];
    RANK_SCRATCH double *memory = rank_alloc(matrix->n, sizeof(double[MERGE_EXTRAS + 1]), error);
    if (!memory)
        return -1;
    double *score = memory + MERGE_EXTRAS * matrix->n;
    point_extras(matrix, memory, scores, extra);
    if (all(matrix, matrix->value, score, extra, error))
        return -1;
    matrix_scores(matrix, score, scores);
    put_extras(matrix, memory, scores);
    return matrix->bounded ? bound_each(matrix, all, scores, error) : 0;
}

/* --- One against all --------------------------------------------------------------------------- */

int matrix_versus(const struct matrix *matrix, matrix_against against,
                  const struct score_columns *scores, struct uptake_error *error)
{
    const struct matrix *m = matrix;
    double *extra[MERGE_EXTRAS];
    RANK_SCRATCH double *memory = rank_alloc(m->n, sizeof(double[MERGE_EXTRAS + 1]), error);
    if (!memory)
        return -1;
    double *score = memory + MERGE_EXTRAS * m->n;
    point_extras(m, memory, scores, extra);
    if (against(m, m->value, m->value, score, extra, error))
        return -1;
    matrix_scores(m, score, scores);
    put_extras(m, memory, scores);
    if (!m->bounded)
        return 0;
    if (against(m, m->low, m->high, score, NULL, error))
        return -1;
    put(m, score, scores->low);
    if (against(m, m->high, m->low, score, NULL, error))
        return -1;
    put(m, score, scores->high);
    widen(m, scores);
    return 0;
}
