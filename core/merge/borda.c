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
#include "merge/sort.h"

/* One measure at work, by candidate. What is not needed has no memory. */
struct work {
    const struct grid *grid;
    uint32_t *row;   /* candidate -> innovation; NULL: all are candidates */
    double *cells;   /* three columns of n; then of c, packed */
    double *present; /* [c]: weight that counted so far; NULL: all of it does */
    uint32_t *order; /* [c] */
    uint32_t *other; /* [c]; NULL: no measure has bounds */
    uint32_t *top;   /* [c] */
    size_t c;
};

static void work_finish(struct work *work)
{
    rank_free(&work->row);
    rank_free(&work->cells);
    rank_free(&work->present);
    rank_free(&work->order);
    rank_free(&work->other);
    rank_free(&work->top);
}

static uint32_t row_of(const struct work *work, uint32_t j)
{
    return work->row ? work->row[j] : j;
}

/* A measure can be sorted where it stands: everybody has a value, and is a candidate. */
static bool stands(const struct grid *grid, const struct grid_column *column)
{
    return grid->candidates == grid->n && !column->bounded && column->missing == 0 &&
           cell_is_plain(column);
}

static int work_init(struct work *work, const struct grid *grid, struct uptake_error *error)
{
    size_t c = work->c = grid->candidates, at = 0;
    bool copies = false, whole = true;
    work->grid = grid;
    for (size_t k = 0; k < grid->n_columns; k++)
        copies |= !stands(grid, &grid->columns[k]);
    if (c < grid->n)
        whole = (work->row = rank_alloc(c, sizeof *work->row, error));
    if (whole && copies)
        whole = (work->cells = rank_alloc(grid->n, 3 * sizeof *work->cells, error));
    if (whole && grid->rule == MERGE_RENORMALISE)
        whole = (work->present = rank_alloc(c, sizeof *work->present, error));
    if (whole && grid->bounded)
        whole = (work->other = rank_alloc(c, sizeof *work->other, error));
    if (!whole || !(work->order = rank_alloc(c, sizeof *work->order, error)) ||
        !(work->top = rank_alloc(c, sizeof *work->top, error)))
        return -1;
    for (size_t i = 0; work->row && i < grid->n; i++)
        if (grid->standing[i] == MERGE_RANKED)
            work->row[at++] = (uint32_t)i;
    for (size_t j = 0; work->present && j < c; j++)
        work->present[j] = 0;
    return 0;
}

static int order_by(const struct work *work, const struct sort_by *by, uint32_t *order, size_t n,
                    struct uptake_error *error)
{
    return sort_rows(by, order, n, &(struct sort_room){.top = work->top}, error);
}

/* --- Values ------------------------------------------------------------------------------------ */

/* Reads a measure and keeps the candidates' cells, at the front of each column. */
static struct cell_block read_candidates(const struct work *work, const struct grid_column *column)
{
    size_t n = work->grid->n;
    struct cell_block cells = {work->cells, work->cells + n, work->cells + 2 * n};
    double eps = column->measure->eps;
    cell_read(column, 0, n, cells);
    for (uint32_t j = 0; j < work->c; j++) {
        uint32_t i = row_of(work, j);
        cells.value[j] = rank_quantise(cells.value[i], eps);
        if (column->bounded) {
            cells.low[j] = rank_quantise(cells.low[i], eps);
            cells.high[j] = rank_quantise(cells.high[i], eps);
        }
    }
    return cells;
}

/* Scores that a measure's points are added to: low and high as well, where it has no bounds of its own. */
struct into {
    double *score[3];
    size_t count;
};

/* Points of a candidate; NaN: the measure does not count. */
static void give(const struct work *work, const struct grid_column *column, uint32_t j,
                 double points, const struct into *into)
{
    const struct merge_parts *parts = &work->grid->request->parts;
    bool there = !isnan(points);
    uint32_t i = row_of(work, j);
    for (size_t k = 0; there && k < into->count; k++)
        into->score[k][i] += column->weight * points;
    if (work->present)
        work->present[j] += there ? column->weight : 0;
    if (parts->value || parts->weight || parts->contribution) {
        double share = there ? column->weight / work->grid->weight_sum : 0;
        score_part(work->grid, column, i, points, share, there ? share * points : 0);
    }
}

/* by: keys of the candidates; NaN: missing. */
static int give_values(const struct work *work, const struct grid_column *column,
                       const struct sort_by *by, const struct into *into,
                       struct uptake_error *error)
{
    enum merge_rule rule = work->grid->rule;
    size_t r = 0;
    for (uint32_t j = 0; j < work->c; j++)
        if (!isnan(by->value[j]))
            work->order[r++] = j;
    if (order_by(work, by, work->order, r, error))
        return -1;
    double left = (double)(work->c - r);
    double shift = rule == MERGE_BOUNDS ? left / 2 : left;
    double gap = rule == MERGE_RENORMALISE ? (double)NAN
                 : rule == MERGE_BOUNDS    ? ((double)work->c + 1) / 2
                                           : (left + 1) / 2;
    for (uint32_t j = 0; r < work->c && j < work->c; j++)
        if (isnan(by->value[j]))
            give(work, column, j, gap, into);
    for (size_t first = 0, end; first < r; first = end) {
        end = sort_end(by, work->order, work->top, first, r);
        for (size_t at = first; at < end; at++)
            give(work, column, work->order[at], shift + ((double)first + 1 + (double)end) / 2,
                 into);
    }
    return 0;
}

/* --- Bounds ------------------------------------------------------------------------------------ */

/*
 * Points of each candidate's `mine` against every other's `theirs`: both are sorted, and two
 * fingers run along `theirs`, one behind what is below, one behind what is at most equal. self: a
 * candidate's own `theirs` is below its `mine` (1), or equal (1/2), or above (0); it is taken off
 * again.
 */
static void give_against(const struct work *work, double weight, const double *mine,
                         const double *theirs, const uint32_t *my_order,
                         const uint32_t *their_order, double *score)
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
        double points = 1 + ((double)below + (double)upto) / 2 - self;
        score[row_of(work, j)] += weight * points;
    }
}

static int give_bounds(const struct work *work, struct cell_block cells, double weight,
                       const struct score_columns *scores, struct uptake_error *error)
{
    const struct sort_by low = {cells.low, 1, 0}, high = {cells.high, 1, 0};
    for (uint32_t j = 0; j < work->c; j++)
        work->order[j] = work->other[j] = j;
    if (order_by(work, &low, work->order, work->c, error) ||
        order_by(work, &high, work->other, work->c, error))
        return -1;
    give_against(work, weight, cells.high, cells.low, work->other, work->order, scores->high);
    give_against(work, weight, cells.low, cells.high, work->order, work->other, scores->low);
    return 0;
}

/* --- The score --------------------------------------------------------------------------------- */

static int give_measure(const struct work *work, const struct grid_column *column,
                        const struct score_columns *scores, struct uptake_error *error)
{
    const struct grid *grid = work->grid;
    const struct into into = {{scores->score, scores->low, scores->high},
                              grid->bounded && !column->bounded ? 3 : 1};
    if (stands(grid, column)) {
        const struct sort_by by = {column->measure->value, column->sign, column->measure->eps};
        return give_values(work, column, &by, &into, error);
    }
    struct cell_block cells = read_candidates(work, column);
    const struct sort_by by = {cells.value, 1, 0};
    if (give_values(work, column, &by, &into, error))
        return -1;
    return column->bounded ? give_bounds(work, cells, column->weight, scores, error) : 0;
}

/* Sums become means; what is no candidate has no score. */
static void divide(const struct work *work, double *score)
{
    double whole = 0;
    for (size_t k = 0; k < work->grid->n_columns; k++)
        whole += work->grid->columns[k].weight;
    for (uint32_t j = 0; j < work->c; j++) /* 0 / 0: nothing present, no score */
        score[row_of(work, j)] /= work->present ? work->present[j] : whole;
    for (size_t i = 0; work->row && i < work->grid->n; i++)
        if (work->grid->standing[i] != MERGE_RANKED)
            score[i] = (double)NAN;
}

/* Parts were written with shares of all weights; `renormalise` divides by what is present. */
static void divide_parts(const struct work *work)
{
    const struct grid *grid = work->grid;
    const struct merge_parts *parts = &grid->request->parts;
    for (size_t k = 0; k < grid->n_columns; k++) {
        size_t start = grid->columns[k].index * grid->n;
        for (uint32_t j = 0; j < work->c; j++) {
            double factor = work->present[j] > 0 ? grid->weight_sum / work->present[j] : 0;
            if (parts->weight)
                parts->weight[start + row_of(work, j)] *= factor;
            if (parts->contribution)
                parts->contribution[start + row_of(work, j)] *= factor;
        }
    }
}

int borda_score(const struct grid *grid, const struct score_columns *scores,
                struct uptake_error *error)
{
    __attribute__((cleanup(work_finish))) struct work work = {0};
    double *const all[] = {scores->score, scores->low, scores->high};
    size_t count = grid->bounded ? 3 : 1;
    if (work_init(&work, grid, error))
        return -1;
    for (size_t s = 0; s < count; s++)
        for (size_t i = 0; i < grid->n; i++)
            all[s][i] = 0;
    for (size_t k = 0; k < grid->n_columns; k++)
        if (give_measure(&work, &grid->columns[k], scores, error))
            return -1;
    for (size_t s = 0; s < count; s++)
        divide(&work, all[s]);
    if (work.present)
        divide_parts(&work);
    if (!grid->bounded)
        score_alike(scores);
    return 0;
}
