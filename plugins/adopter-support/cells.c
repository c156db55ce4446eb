/*
 * The rows of an innovation to cells, (4): sums of what is needed and provided, and the least and the
 * greatest share that the rows' ranges allow. Rows are read again for each pass rather than kept.
 */
#include "support.h"

enum { PASSES_MAX = 16 };

static void others_add(struct grid *grid, const struct row *row)
{
    grid->others++;
    grid->others_short += row->known && row_gap(row) > 0;
    grid->others_surely += row->have.high < row->need.low;
    grid->others_perhaps += row->have.low < row->need.high;
}

static struct cell *cell_of(struct grid *grid, const struct row *row, int64_t at)
{
    if (grid->place[row->cell] == 0) {
        grid->cells[grid->n] = (struct cell){.id = row->cell, .row = at};
        grid->place[row->cell] = (uint8_t)++grid->n;
    }
    return &grid->cells[grid->place[row->cell] - 1];
}

/* Best and high. A need that is met only raises the share, one that is not lowers it: so the share is
 * greatest where each need is as near as may be to the most that is provided. */
static void cell_add(struct cell *cell, const struct row *row, double times, int64_t at)
{
    double top = fmin(fmax(row->have.high, row->need.low), row->need.high);
    double gap = row->known ? row_gap(row) : 0;
    if (gap > cell->worst) {
        cell->worst = gap;
        cell->row = at;
    }
    cell->ended |= row->ended;
    cell->times += times;
    cell->top_need += times * top;
    cell->top_have += times * fmin(row->have.high, top);
    cell->short_low += times * fmax(0, row->need.low - row->have.high);
    cell->short_high += times * fmax(0, row->need.high - row->have.low);
    if (row->known) {
        cell->known = true;
        cell->need += times * row->need.best;
        cell->have += times * fmin(row->have.best, row->need.best);
    }
}

/* Low. The least share has every need at one of its ends: the one that lowers have - low * need, for the
 * low found so far (Dinkelbach 1967); each pass gets closer from above. */
static void cell_lower(struct cell *cell, const struct row *row, double times)
{
    double few = row->need.low, many = row->need.high, have = row->have.low;
    double with_few = fmin(have, few) - cell->low * few;
    double with_many = fmin(have, many) - cell->low * many;
    double need = with_many <= with_few ? many : few;
    cell->pass_need += times * need;
    cell->pass_have += times * fmin(have, need);
}

/* True: it came down. */
static bool cell_pass(struct cell *cell)
{
    double low = cell->pass_need > 0 ? cell->pass_have / cell->pass_need : cell->low;
    bool lower = low < cell->low;
    cell->low = lower ? low : cell->low;
    cell->pass_need = cell->pass_have = 0;
    return lower;
}

static double times_of(const struct grid *grid, const struct row *row)
{
    return row->adopter < 0 ? grid->times[row->pair] : 1;
}

static bool lower_all(const struct uptake_call *call, uint64_t i, struct grid *grid)
{
    const int64_t *support = uptake_list(call, SUPPORT);
    bool lower = false;
    struct row row;
    for (int64_t at = support[i]; at < support[i + 1]; at++)
        if (support_row_read(call, at, &row) && !row.others)
            cell_lower(cell_of(grid, &row, at), &row, times_of(grid, &row));
    for (int c = 0; c < grid->n; c++)
        lower |= cell_pass(&grid->cells[c]);
    return lower;
}

static void cell_settle(struct cell *cell)
{
    /* A sum beyond the largest double is no known share. */
    cell->known = cell->known && cell->need < UPTAKE_NO_LIMIT;
    cell->best = cell->known ? share(cell->have, cell->need) : 1;
    cell->high = cell->top_need < UPTAKE_NO_LIMIT ? share(cell->top_have, cell->top_need) : 1;
    cell->high = cell->known ? fmax(cell->high, cell->best) : cell->high;
    cell->low = cell->best;
}

void support_grid_read(const struct uptake_call *call, uint64_t i, struct grid *grid)
{
    const int64_t *support = uptake_list(call, SUPPORT);
    struct row row;
    grid->n = 0;
    grid->others = grid->others_short = grid->others_surely = grid->others_perhaps = 0;
    memset(grid->place, 0, sizeof grid->place);
    support_times_count(call, i, grid->times);
    for (int64_t at = support[i]; at < support[i + 1]; at++) {
        if (!support_row_read(call, at, &row))
            continue;
        if (row.known && row.unit != MET_UNIT)
            uptake_output(call, GAP)[at] = row_gap(&row);
        if (row.others)
            others_add(grid, &row);
        else
            cell_add(cell_of(grid, &row, at), &row, times_of(grid, &row), at);
    }
    for (int c = 0; c < grid->n; c++)
        cell_settle(&grid->cells[c]);
    for (int pass = 0; pass < PASSES_MAX && lower_all(call, i, grid); pass++)
        ;
}
