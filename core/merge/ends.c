/*
 * Bounds by the ends of the columns: see ends.h. What the others' ends are without one innovation follows from the two
 * most extreme of each side, so that no innovation asks for a pass of its own.
 */
#include "merge/ends.h"

#include <math.h>
#include <string.h>

#include "merge/cell.h"
#include "merge/rank.h"

/* The two largest and the two least of a side, and whose the first ones are. */
struct side {
    double most, second_most;
    double least, second_least;
    size_t most_at, least_at;
};

/* One measure: others at their worst (low) and at their best (high). */
struct measure_ends {
    struct side low, high;
};

static void side_init(struct side *side)
{
    const double none = (double)INFINITY;
    *side = (struct side){-none, -none, none, none, SIZE_MAX, SIZE_MAX};
}

static void side_add(struct side *side, double z, size_t i)
{
    if (z > side->most) {
        side->second_most = side->most;
        side->most = z;
        side->most_at = i;
    } else if (z > side->second_most) {
        side->second_most = z;
    }
    if (z < side->least) {
        side->second_least = side->least;
        side->least = z;
        side->least_at = i;
    } else if (z < side->second_least) {
        side->second_least = z;
    }
}

/* A block of one measure, low and high in any case. */
struct block {
    double value[SCORE_BLOCK], low[SCORE_BLOCK], high[SCORE_BLOCK];
};

static void read_block(const struct grid_column *column, size_t first, size_t count,
                       struct block *block)
{
    struct cell_block cells = {block->value, block->low, block->high};
    cell_read(column, first, count, cells);
    if (!column->bounded) {
        memcpy(block->low, block->value, count * sizeof(double));
        memcpy(block->high, block->value, count * sizeof(double));
    }
}

static void scan_ends(const struct grid *grid, const struct grid_column *column,
                      struct measure_ends *ends)
{
    struct block block;
    side_init(&ends->low);
    side_init(&ends->high);
    for (size_t first = 0; first < grid->n; first += SCORE_BLOCK) {
        size_t left = grid->n - first, count = left < SCORE_BLOCK ? left : SCORE_BLOCK;
        read_block(column, first, count, &block);
        for (size_t r = 0; r < count; r++)
            if (grid->standing[first + r] == MERGE_RANKED) {
                side_add(&ends->low, block.low[r], first + r);
                side_add(&ends->high, block.high[r], first + r);
            }
    }
}

/* The ends of a column where innovation i has z and all others are as a side says. */
static void set_ends(struct grid_column *column, const struct side *others, size_t i, double z)
{
    double most = others->most_at == i ? others->second_most : others->most;
    double least = others->least_at == i ? others->second_least : others->least;
    column->best = column->constant ? 0.5 : fmax(most, z);
    column->worst = column->constant ? 0.5 : fmin(least, z);
}

/* What is needed to score one innovation again and again. */
struct again {
    struct grid grid; /* with columns of its own */
    struct measure_ends *ends;
    struct block *blocks; /* one a measure */
    double *z, *weight;   /* n_columns each */
    const double **at;    /* where rows() finds its z */
    const struct grid_column **column;
};

static void again_finish(struct again *again)
{
    rank_free(&again->grid.columns);
    rank_free(&again->ends);
    rank_free(&again->blocks);
    rank_free(&again->z);
    rank_free(&again->at);
    rank_free(&again->column);
}

static int again_init(struct again *again, const struct grid *grid, struct uptake_error *error)
{
    size_t n = grid->n_columns;
    again->grid = *grid;
    again->grid.columns = rank_alloc(n, sizeof *grid->columns, error);
    again->ends = again->grid.columns ? rank_alloc(n, sizeof *again->ends, error) : NULL;
    again->blocks = again->ends ? rank_alloc(n, sizeof *again->blocks, error) : NULL;
    again->z = again->blocks ? rank_alloc(n, sizeof(double[2]), error) : NULL;
    again->at = again->z ? rank_alloc(n, sizeof *again->at, error) : NULL;
    again->column = again->at ? rank_alloc(n, sizeof *again->column, error) : NULL;
    if (!again->column)
        return -1;
    again->weight = again->z + n;
    memcpy(again->grid.columns, grid->columns, n * sizeof *grid->columns);
    for (size_t k = 0; k < n; k++) {
        scan_ends(grid, &grid->columns[k], &again->ends[k]);
        again->at[k] = &again->z[k];
    }
    return 0;
}

static double score_again(struct again *again, size_t i)
{
    const struct grid *grid = &again->grid;
    struct score_block block = {grid, i, 1, false, NULL};
    struct score_row row = {grid, i, again->z, again->weight, again->column, grid->n_columns, NULL};
    double score;
    for (size_t k = 0; k < grid->n_columns; k++) {
        again->weight[k] = grid->columns[k].weight / grid->weight_sum;
        again->column[k] = &grid->columns[k];
    }
    if (grid->method->one)
        return grid->method->one(&row);
    grid->method->rows(&block, again->at, &score);
    return score;
}

static double score_at(struct again *again, size_t i, size_t r, bool best)
{
    for (size_t k = 0; k < again->grid.n_columns; k++) {
        again->z[k] = best ? again->blocks[k].high[r] : again->blocks[k].low[r];
        set_ends(&again->grid.columns[k], best ? &again->ends[k].low : &again->ends[k].high, i,
                 again->z[k]);
    }
    return score_again(again, i);
}

static void bound_one(struct again *again, size_t i, size_t r, const struct score_columns *scores)
{
    double best = score_at(again, i, r, true), worst = score_at(again, i, r, false);
    scores->low[i] = fmin(scores->score[i], fmin(best, worst));
    scores->high[i] = fmax(scores->score[i], fmax(best, worst));
}

int ends_bound(const struct grid *grid, const struct score_columns *scores,
               struct uptake_error *error)
{
    __attribute__((cleanup(again_finish))) struct again again = {.ends = NULL};
    if (again_init(&again, grid, error))
        return -1;
    for (size_t first = 0; first < grid->n; first += SCORE_BLOCK) {
        size_t left = grid->n - first, count = left < SCORE_BLOCK ? left : SCORE_BLOCK;
        for (size_t k = 0; k < grid->n_columns; k++)
            read_block(&grid->columns[k], first, count, &again.blocks[k]);
        for (size_t r = 0; r < count; r++)
            if (grid->standing[first + r] == MERGE_RANKED)
                bound_one(&again, first + r, r, scores);
    }
    scores->result->not_a_bound = true;
    return 0;
}
