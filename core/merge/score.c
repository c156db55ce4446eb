/* Scoring row by row: see score.h. Blocks are small enough that all their cells stay in cache. */
#include "merge/score.h"

#include <math.h>
#include <string.h>

#include "merge/cell.h"
#include "merge/ends.h"
#include "merge/rank.h"

/* The cells of one block, and the columns as a method sees them: a low that cannot differ from the
 * value is the value's own column. */
struct cells {
    double *memory; /* n_columns * 3 * SCORE_BLOCK */
    const double **value;
    const double **low;
    const double **high;
    double *row; /* 2 * n_columns: of one innovation */
    const struct grid_column **column;
};

static void cells_finish(struct cells *cells)
{
    rank_free(&cells->memory);
    rank_free(&cells->value);
    rank_free(&cells->row);
    rank_free(&cells->column);
}

static struct cell_block cells_of(const struct cells *cells, size_t k)
{
    const size_t block = SCORE_BLOCK;
    double *start = cells->memory + k * 3 * block;
    return (struct cell_block){start, start + block, start + 2 * block};
}

static int cells_init(struct cells *cells, const struct grid *grid, struct uptake_error *error)
{
    size_t n = grid->n_columns;
    cells->memory = rank_alloc(n, sizeof(double[3][SCORE_BLOCK]), error);
    cells->value = cells->memory ? rank_alloc(n, 3 * sizeof *cells->value, error) : NULL;
    cells->row = cells->value ? rank_alloc(n, sizeof(double[2]), error) : NULL;
    cells->column = cells->row ? rank_alloc(n, sizeof *cells->column, error) : NULL;
    if (!cells->column)
        return -1;
    cells->low = cells->value + n;
    cells->high = cells->low + n;
    for (size_t k = 0; k < n; k++) {
        struct cell_block at = cells_of(cells, k);
        cells->value[k] = at.value;
        cells->low[k] = grid->columns[k].bounded ? at.low : at.value;
        cells->high[k] = grid->columns[k].bounded ? at.high : at.value;
    }
    return 0;
}

void score_part(const struct grid *grid, const struct grid_column *column, size_t i, double value,
                double share, double contribution)
{
    const struct merge_parts *parts = &grid->request->parts;
    size_t at = column->index * grid->n + i;
    if (parts->value)
        parts->value[at] = value;
    if (parts->weight)
        parts->weight[at] = share;
    if (parts->contribution)
        parts->contribution[at] = contribution;
}

/* Weight that counts in row r: of what is there. */
static double weight_of_row(const struct grid *grid, const double *const *z, size_t r)
{
    double sum = 0;
    for (size_t k = 0; k < grid->n_columns; k++)
        sum += isnan(z[k][r]) ? 0 : grid->columns[k].weight;
    return sum;
}

static void write_parts(const struct score_block *block, const double *const *z, size_t first,
                        const double *score)
{
    const struct grid *grid = block->grid;
    for (size_t r = 0; r < block->count; r++) {
        double sum = weight_of_row(grid, z, r);
        for (size_t k = 0; k < grid->n_columns; k++) {
            const struct grid_column *column = &grid->columns[k];
            bool there = !isnan(z[k][r]);
            double share = there ? column->weight / sum : 0;
            double contribution = !grid->method->contribution ? (double)NAN
                                  : there ? grid->method->contribution(z[k][r], share, score[r])
                                          : 0;
            score_part(grid, column, first + r, z[k][r], share, contribution);
        }
    }
}

/* What is present of row r goes into the row; answers the sum of its weights. */
static double gather(const struct score_block *block, const double *const *z, size_t r,
                     struct score_row *row)
{
    const struct grid *grid = block->grid;
    double sum = 0;
    row->count = 0;
    for (size_t k = 0; k < grid->n_columns; k++) {
        if (isnan(z[k][r]))
            continue;
        row->z[row->count] = z[k][r];
        row->weight[row->count] = grid->columns[k].weight;
        row->column[row->count++] = &grid->columns[k];
        sum += grid->columns[k].weight;
    }
    return sum;
}

/* A method that scores one innovation, over a block. */
static void score_ones(const struct score_block *block, const struct cells *cells,
                       const double *const *z, double *score)
{
    double extra[MERGE_EXTRAS];
    struct score_row row = {.grid = block->grid,
                            .z = cells->row,
                            .weight = cells->row + block->grid->n_columns,
                            .column = cells->column,
                            .extra = block->extra ? extra : NULL};
    for (size_t r = 0; r < block->count; r++) {
        double sum = gather(block, z, r, &row);
        row.i = block->first + r;
        for (size_t k = 0; k < row.count; k++)
            row.weight[k] /= sum;
        for (size_t e = 0; e < MERGE_EXTRAS; e++)
            extra[e] = (double)NAN;
        score[r] = row.count ? block->grid->method->one(&row) : (double)NAN;
        for (size_t e = 0; block->extra && e < MERGE_EXTRAS; e++)
            if (block->extra[e])
                block->extra[e][r] = extra[e];
    }
}

static void call(const struct score_block *block, const struct cells *cells, const double *const *z,
                 double *score)
{
    if (block->grid->method->rows)
        block->grid->method->rows(block, z, score);
    else
        score_ones(block, cells, z, score);
}

static void score_block(const struct score_block *block, const struct cells *cells, size_t first,
                        const struct score_columns *scores)
{
    const struct grid *grid = block->grid;
    const struct merge_parts *parts = &grid->request->parts;
    double *extra[MERGE_EXTRAS];
    struct score_block with_extra = *block;
    for (size_t e = 0; e < MERGE_EXTRAS; e++)
        extra[e] = scores->extra[e] ? scores->extra[e] + first : NULL;
    with_extra.extra = extra;
    for (size_t k = 0; k < grid->n_columns; k++)
        cell_read(&grid->columns[k], first, block->count, cells_of(cells, k));
    call(&with_extra, cells, cells->value, scores->score + first);
    if (grid->bounded) {
        bool up = grid->method->better > 0;
        call(block, cells, up ? cells->low : cells->high, scores->low + first);
        call(block, cells, up ? cells->high : cells->low, scores->high + first);
    }
    if (parts->value || parts->weight || parts->contribution)
        write_parts(block, cells->value, first, scores->score + first);
}

void score_figure(const struct score_columns *scores, const char *name, double value)
{
    struct merge_result *result = scores->result;
    if (result->n_figures < MERGE_FIGURES)
        result->figures[result->n_figures++] = (struct merge_figure){name, value, false};
}

void score_flag(const struct score_columns *scores, const char *name, bool value)
{
    struct merge_result *result = scores->result;
    score_figure(scores, name, value);
    result->figures[result->n_figures - 1].flag = true;
}

void score_alike(const struct score_columns *scores)
{
    scores->result->score_low = scores->result->score_high = scores->result->score;
}

/* Under these rules what has no rank has no score either. */
static void clear_unranked(const struct grid *grid, const struct score_columns *scores)
{
    if (grid->rule != MERGE_DROP && grid->rule != MERGE_RENORMALISE)
        return;
    for (size_t i = 0; i < grid->n; i++)
        if (grid->standing[i] != MERGE_RANKED)
            scores->result->score[i] = scores->result->score_low[i] =
                scores->result->score_high[i] = (double)NAN;
}

int score_by_rows(const struct grid *grid, const struct score_columns *scores,
                  struct uptake_error *error)
{
    __attribute__((cleanup(cells_finish))) struct cells cells = {0};
    if (cells_init(&cells, grid, error))
        return -1;
    bool gaps = grid->rule == MERGE_RENORMALISE || grid->rule == MERGE_DROP;
    for (size_t first = 0; first < grid->n; first += SCORE_BLOCK) {
        size_t left = grid->n - first;
        struct score_block block = {grid, first, left < SCORE_BLOCK ? left : SCORE_BLOCK, gaps,
                                    NULL};
        score_block(&block, &cells, first, scores);
    }
    if (grid->bounded && grid->method->needs & MERGE_BY_ENDS && ends_bound(grid, scores, error))
        return -1;
    if (!grid->bounded)
        score_alike(scores);
    clear_unranked(grid, scores);
    return 0;
}
