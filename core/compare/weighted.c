/*
 * Weighted tau (Vigna 2015): <x,y>/sqrt(<x,x><y,y>), <x,y> = the sum over pairs of sign(x_i - x_j) sign(y_i - y_j)
 * (1/(r_i + 1) + 1/(r_j + 1)), r = 0 at the best. It is the mean of two: r by (x, then y), and r by (y, then x). Rows
 * are put in the order of (x, y); one merge sort by y then finds every discordant pair, with both weights at once.
 */
#include "compare/weighted.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "merge/rank.h"

/* One row: its levels (0 the least), and 1/(r + 1) in the two orders. */
struct item {
    uint32_t x, y;
    double weight[2];
};

struct totals {
    double all[2], tied_x[2], tied_y[2], tied_both[2], apart[2];
};

/* Levels of values, from the least; answers how many through *count. order is scratch. */
static int level(const double *values, int better, double eps, size_t n, uint32_t *order,
                 uint32_t *levels, size_t *count, struct uptake_error *error)
{
    RANK_SCRATCH double *keys = rank_alloc(n, sizeof *keys, error);
    if (!keys)
        return -1;
    for (size_t i = 0; i < n; i++) {
        keys[i] = rank_quantise(better < 0 ? -values[i] : values[i], eps);
        order[i] = (uint32_t)i;
    }
    if (rank_order(keys, order, n, error) != 0)
        return -1;
    *count = 0;
    for (size_t first = 0, end; first < n; first = end, ++*count) {
        end = rank_run_end(keys, order, first, n);
        for (size_t at = first; at < end; at++)
            levels[order[at]] = (uint32_t)*count;
    }
    return 0;
}

/* A stable counting sort of `from` by level. starts: count + 1. */
static void order_by_level(const uint32_t *levels, size_t count, const uint32_t *from, uint32_t *to,
                           size_t n, uint32_t *starts)
{
    memset(starts, 0, (count + 1) * sizeof *starts);
    for (size_t i = 0; i < n; i++)
        starts[levels[i] + 1]++;
    for (size_t l = 0; l < count; l++)
        starts[l + 1] += starts[l];
    for (size_t at = 0; at < n; at++)
        to[starts[levels[from[at]]]++] = from[at];
}

/* (m - 1) times the sum of the weights of each run of rows that are alike. */
static void add_run(double sums[2], const struct item *items, size_t first, size_t end)
{
    for (int w = 0; w < 2; w++) {
        double sum = 0;
        for (size_t at = first; at < end; at++)
            sum += items[at].weight[w];
        sums[w] += (double)(end - first - 1) * sum;
    }
}

static void count_ties(const struct item *items, size_t n, struct totals *totals)
{
    for (size_t first = 0, end; first < n; first = end) {
        for (end = first + 1; end < n && items[end].x == items[first].x;)
            end++;
        add_run(totals->tied_x, items, first, end);
        for (size_t both = first, stop; both < end; both = stop) {
            for (stop = both + 1; stop < end && items[stop].y == items[both].y;)
                stop++;
            add_run(totals->tied_both, items, both, stop);
        }
    }
    add_run(totals->all, items, 0, n);
}

/* Merges two runs that are sorted by y; adds the weights of the pairs that are turned round. */
static void merge_runs(const struct item *left, size_t n_left, const struct item *right,
                       size_t n_right, struct item *to, double apart[2])
{
    double rest[2] = {0, 0};
    size_t i = 0, j = 0;
    for (size_t k = 0; k < n_left; k++) {
        rest[0] += left[k].weight[0];
        rest[1] += left[k].weight[1];
    }
    while (i < n_left && j < n_right) {
        if (right[j].y < left[i].y) {
            double left_over = (double)(n_left - i);
            apart[0] += rest[0] + left_over * right[j].weight[0];
            apart[1] += rest[1] + left_over * right[j].weight[1];
            *to++ = right[j++];
        } else {
            rest[0] -= left[i].weight[0];
            rest[1] -= left[i].weight[1];
            *to++ = left[i++];
        }
    }
    memcpy(to, left + i, (n_left - i) * sizeof *to);
    memcpy(to + (n_left - i), right + j, (n_right - j) * sizeof *to);
}

/* Sorts by y; answers where the items are then. */
static struct item *sort_by_y(struct item *from, struct item *to, size_t n, double apart[2])
{
    for (size_t run = 1; run < n; run *= 2) {
        for (size_t first = 0; first < n; first += 2 * run) {
            size_t n_left = n - first < run ? n - first : run;
            size_t rest = n - first - n_left;
            merge_runs(from + first, n_left, from + first + n_left, rest < run ? rest : run,
                       to + first, apart);
        }
        struct item *full = to;
        to = from;
        from = full;
    }
    return from;
}

static double tau_of(const struct totals *totals, int w)
{
    double untied_x = totals->all[w] - totals->tied_x[w];
    double untied_y = totals->all[w] - totals->tied_y[w];
    double apart = totals->tied_x[w] + totals->tied_y[w] - totals->tied_both[w];
    double together = totals->all[w] - apart - 2 * totals->apart[w];
    return fmax(-1, fmin(1, together / (sqrt(untied_x) * sqrt(untied_y))));
}

/* --- Putting it together ----------------------------------------------------------------------- */

struct work {
    uint32_t *x, *y; /* levels of a row */
    uint32_t *order, *sorted, *starts;
    struct item *items; /* 2 n: the second half is where runs are merged to */
};

static void work_finish(struct work *work)
{
    rank_free(&work->x);
    rank_free(&work->y);
    rank_free(&work->order);
    rank_free(&work->sorted);
    rank_free(&work->starts);
    rank_free(&work->items);
}

static int work_start(struct work *work, size_t n, struct uptake_error *error)
{
    work->x = rank_alloc(n, sizeof *work->x, error);
    work->y = work->x ? rank_alloc(n, sizeof *work->y, error) : NULL;
    work->order = work->y ? rank_alloc(n, sizeof *work->order, error) : NULL;
    work->sorted = work->order ? rank_alloc(n, sizeof *work->sorted, error) : NULL;
    work->starts = work->sorted ? rank_alloc(n + 1, sizeof *work->starts, error) : NULL;
    work->items = work->starts ? rank_alloc(n, 2 * sizeof *work->items, error) : NULL;
    return work->items ? 0 : -1;
}

/* 1/(r + 1) by (y, x), by row of x's order; then the rows in the order of (x, y). */
static int fill(struct work *work, const struct pair *pair, struct uptake_error *error)
{
    size_t n = pair->n, n_x, n_y;
    if (level(pair->y, pair->b->better, pair->eps, n, work->order, work->y, &n_y, error) != 0 ||
        level(pair->x, pair->a->better, pair->eps, n, work->sorted, work->x, &n_x, error) != 0)
        return -1;
    RANK_SCRATCH uint32_t *by_xy = rank_alloc(n, sizeof *by_xy, error);
    RANK_SCRATCH double *second = by_xy ? rank_alloc(n, sizeof *second, error) : NULL;
    if (!second)
        return -1;
    order_by_level(work->x, n_x, work->order, by_xy, n, work->starts);
    order_by_level(work->y, n_y, work->sorted, work->order, n, work->starts);
    for (size_t at = 0; at < n; at++)
        second[work->order[at]] = 1 / (double)(n - at);
    for (size_t at = 0; at < n; at++) {
        uint32_t row = by_xy[at];
        work->items[at] =
            (struct item){work->x[row], work->y[row], {1 / (double)(n - at), second[row]}};
    }
    return 0;
}

int weighted_tau(const struct pair *pair, struct figures *figures, struct uptake_error *error)
{
    __attribute__((cleanup(work_finish))) struct work work = {0};
    struct totals totals = {0};
    size_t n = pair->n;
    if (pair->agreement.reason != AGREEMENT_DEFINED) {
        figures_undefined(figures, "weighted_tau", agreement_reason_text(pair->agreement.reason));
        return 0;
    }
    if (work_start(&work, n, error) != 0 || fill(&work, pair, error) != 0)
        return -1;
    count_ties(work.items, n, &totals);
    struct item *by_y = sort_by_y(work.items, work.items + n, n, totals.apart);
    for (size_t first = 0, end; first < n; first = end) {
        for (end = first + 1; end < n && by_y[end].y == by_y[first].y;)
            end++;
        add_run(totals.tied_y, by_y, first, end);
    }
    figures_add(figures, "weighted_tau", (tau_of(&totals, 0) + tau_of(&totals, 1)) / 2);
    return 0;
}
