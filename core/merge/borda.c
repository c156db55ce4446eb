/*
 * Borda points with ties, gaps and bounds, exactly, in one sort a measure (three where it has
 * bounds).
 *
 *   (1) Among c candidates of whom r have a value, points are c + 1 - rho, rho the mid-rank from
 *       the best. Seen pair by pair: 1, and 1 for each other below me, half for each that ties with
 *       me, and, with r < c, 1 for each without a value.
 *   (2) Missing, `neutral`: the mean of the points that are left, (c - r + 1)/2 (Aslam & Montague
 *       2001). `renormalise`: the measure does not count. `worst`: filled before, at the declared
 *       worst end.
 *   (3) `bounds`: a pair of which one is wholly unknown counts half for the score, so that the
 *       missing get the mid-rank (c + 1)/2. My best points: my high against every other's low; my
 *       worst: my low against every other's high. Measures are independent of each other, so the
 *       sums are the exact ends of the score.
 *   (4) Score: the weighted mean of the points. Only candidates have one.
 */
#include <math.h>

#include "merge/cell.h"
#include "merge/rank.h"
#include "merge/score.h"

/* One measure's cells and points, by candidate. */
struct work {
    uint32_t *row;   /* candidate -> innovation */
    double *cells;   /* three columns of n; then of c, packed */
    double *points;  /* [c] */
    double *present; /* [c]: weight that counted so far */
    uint32_t *order; /* [c] */
    uint32_t *other; /* [c] */
    size_t c;
};

static void work_finish(struct work *work)
{
    rank_free(&work->row);
    rank_free(&work->cells);
    rank_free(&work->points);
    rank_free(&work->present);
    rank_free(&work->order);
    rank_free(&work->other);
}

static int work_init(struct work *work, const struct grid *grid, struct uptake_error *error)
{
    size_t c = grid->candidates;
    work->row = rank_alloc(c, sizeof *work->row, error);
    work->cells = work->row ? rank_alloc(grid->n, 3 * sizeof *work->cells, error) : NULL;
    work->points = work->cells ? rank_alloc(c, sizeof *work->points, error) : NULL;
    work->present = work->points ? rank_alloc(c, sizeof *work->present, error) : NULL;
    work->order = work->present ? rank_alloc(c, sizeof *work->order, error) : NULL;
    work->other = work->order ? rank_alloc(c, sizeof *work->other, error) : NULL;
    if (!work->other)
        return -1;
    for (size_t i = 0; i < grid->n; i++)
        if (grid->standing[i] == MERGE_RANKED)
            work->row[work->c++] = (uint32_t)i;
    for (size_t j = 0; j < c; j++)
        work->present[j] = 0;
    return 0;
}

static struct cell_block cells_at(const struct work *work, const struct grid *grid)
{
    return (struct cell_block){work->cells, work->cells + grid->n, work->cells + 2 * grid->n};
}

/* Reads a measure and keeps the candidates' cells, at the front of each column. */
static struct cell_block read_candidates(const struct work *work, const struct grid *grid,
                                         const struct grid_column *column)
{
    struct cell_block cells = cells_at(work, grid);
    cell_read(column, 0, grid->n, cells);
    for (size_t j = 0; j < work->c; j++) {
        cells.value[j] = cells.value[work->row[j]];
        if (column->bounded) {
            cells.low[j] = cells.low[work->row[j]];
            cells.high[j] = cells.high[work->row[j]];
        }
    }
    return cells;
}

static void quantise(double *x, size_t n, double eps)
{
    for (size_t j = 0; j < n; j++)
        x[j] = rank_quantise(x[j], eps);
}

/* Points for the score itself; NaN where the measure does not count. */
static int points_of_values(struct work *work, const double *value, enum merge_rule rule,
                            struct uptake_error *error)
{
    size_t r = 0;
    for (size_t j = 0; j < work->c; j++)
        if (!isnan(value[j]))
            work->order[r++] = (uint32_t)j;
    if (rank_order(value, work->order, r, error))
        return -1;
    double left = (double)(work->c - r);
    double shift = rule == MERGE_BOUNDS ? left / 2 : left;
    double gap = rule == MERGE_BOUNDS ? ((double)work->c + 1) / 2 : (left + 1) / 2;
    for (size_t j = 0; j < work->c; j++)
        work->points[j] = rule == MERGE_RENORMALISE ? (double)NAN : gap;
    for (size_t first = 0, end; first < r; first = end) {
        end = rank_run_end(value, work->order, first, r);
        for (size_t at = first; at < end; at++)
            work->points[work->order[at]] = shift + ((double)first + 1 + (double)end) / 2;
    }
    return 0;
}

/*
 * Points of each candidate's `mine` against every other's `theirs`: both are sorted, and two
 * fingers run along `theirs`, one behind what is below, one behind what is at most equal. self: a
 * candidate's own `theirs` is below its `mine` (1), or equal (1/2), or above (0); it is taken off
 * again.
 */
static void points_against(struct work *work, const double *mine, const double *theirs,
                           const uint32_t *my_order, const uint32_t *their_order)
{
    size_t below = 0;
    size_t upto = 0;
    for (size_t at = 0; at < work->c; at++) {
        uint32_t j = my_order[at];
        while (below < work->c && theirs[their_order[below]] < mine[j])
            below++;
        while (upto < work->c && theirs[their_order[upto]] <= mine[j])
            upto++;
        double self = theirs[j] < mine[j] ? 1 : 0;
        if (theirs[j] == mine[j])
            self = 0.5;
        work->points[j] = 1 + ((double)below + (double)upto) / 2 - self;
    }
}

static void order_all(uint32_t *order, size_t n)
{
    for (size_t j = 0; j < n; j++)
        order[j] = (uint32_t)j;
}

static void add(const struct work *work, double weight, double *score)
{
    for (size_t j = 0; j < work->c; j++)
        score[work->row[j]] += isnan(work->points[j]) ? 0 : weight * work->points[j];
}

static int add_bounds(struct work *work, struct cell_block cells, double weight,
                      const struct score_columns *scores, struct uptake_error *error)
{
    order_all(work->order, work->c);
    order_all(work->other, work->c);
    if (rank_order(cells.low, work->order, work->c, error) ||
        rank_order(cells.high, work->other, work->c, error))
        return -1;
    points_against(work, cells.high, cells.low, work->other, work->order);
    add(work, weight, scores->high);
    points_against(work, cells.low, cells.high, work->order, work->other);
    add(work, weight, scores->low);
    return 0;
}

static void write_parts(const struct work *work, const struct grid *grid,
                        const struct grid_column *column)
{
    for (size_t j = 0; j < work->c; j++) {
        double value = work->points[j];
        bool there = !isnan(value);
        double share = there ? column->weight / grid->weight_sum : 0;
        score_part(grid, column, work->row[j], value, share, there ? share * value : 0);
    }
}

static int score_measure(struct work *work, const struct grid *grid,
                         const struct grid_column *column, const struct score_columns *scores,
                         struct uptake_error *error)
{
    struct cell_block cells = read_candidates(work, grid, column);
    quantise(cells.value, work->c, column->measure->eps);
    if (points_of_values(work, cells.value, grid->rule, error))
        return -1;
    for (size_t j = 0; j < work->c; j++)
        work->present[j] += isnan(work->points[j]) ? 0 : column->weight;
    add(work, column->weight, scores->score);
    write_parts(work, grid, column);
    if (!grid->bounded)
        return 0;
    if (!column->bounded) {
        add(work, column->weight, scores->low);
        add(work, column->weight, scores->high);
        return 0;
    }
    quantise(cells.low, work->c, column->measure->eps);
    quantise(cells.high, work->c, column->measure->eps);
    return add_bounds(work, cells, column->weight, scores, error);
}

/* Sums become means; what is no candidate has no score. */
static void divide(const struct work *work, const struct grid *grid, double *score)
{
    for (size_t j = 0; j < work->c; j++)
        score[work->row[j]] /= work->present[j]; /* 0 / 0: nothing present, no score */
    for (size_t i = 0; i < grid->n; i++)
        if (grid->standing[i] != MERGE_RANKED)
            score[i] = (double)NAN;
}

/* Parts were written with shares of all weights; `renormalise` divides by what is present. */
static void divide_parts(const struct work *work, const struct grid *grid)
{
    const struct merge_parts *parts = &grid->request->parts;
    for (size_t k = 0; k < grid->n_columns; k++) {
        size_t start = grid->columns[k].index * grid->n;
        for (size_t j = 0; j < work->c; j++) {
            double factor = work->present[j] > 0 ? grid->weight_sum / work->present[j] : 0;
            if (parts->weight)
                parts->weight[start + work->row[j]] *= factor;
            if (parts->contribution)
                parts->contribution[start + work->row[j]] *= factor;
        }
    }
}

int borda_score(const struct grid *grid, const struct score_columns *scores,
                struct uptake_error *error)
{
    __attribute__((cleanup(work_finish))) struct work work = {0};
    if (work_init(&work, grid, error))
        return -1;
    for (size_t i = 0; i < grid->n; i++)
        scores->score[i] = scores->low[i] = scores->high[i] = 0;
    for (size_t k = 0; k < grid->n_columns; k++)
        if (score_measure(&work, grid, &grid->columns[k], scores, error))
            return -1;
    divide(&work, grid, scores->score);
    divide(&work, grid, scores->low);
    divide(&work, grid, scores->high);
    if (grid->rule == MERGE_RENORMALISE)
        divide_parts(&work, grid);
    if (!grid->bounded)
        for (size_t i = 0; i < grid->n; i++)
            scores->low[i] = scores->high[i] = scores->score[i];
    return 0;
}
