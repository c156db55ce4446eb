/*
 * The first places. Each side's own list counts whole: an innovation that one side does not have stands in the other
 * side's list all the same, so lists may differ in length. Definitions: Corsi and Urbano (2024), SIGIR, which contains
 * those of Webber, Moffat and Zobel (2010) for lists without ties. Within a tied group at places t..b an innovation
 * contributes
 *     w: 1 from depth t on (ties are equality);
 *     a: (d - t + 1)/(b - t + 1) at depth d up to b, then 1 (the order is not known; the mean over all orders);
 *     b: as a, corrected for the ties' lack of information.
 * Both lists are walked down side by side, once: at each depth one group of each is open, so that the overlap X_d
 * follows from how many innovations are in which state in the two.
 */
#include "compare/overlap.h"

#include <math.h>
#include <stdbool.h>

#include "merge/rank.h"

/* --- Two lists, walked down together ----------------------------------------------------------- */

enum state { AHEAD, OPEN, PASSED, STATES };

/* One list: its rows by place. first..end - 1 is the open group. */
struct list {
    const uint32_t *place; /* a row: from 1; 0: it is not in the list */
    uint32_t *items;
    uint8_t *state; /* a row */
    size_t n;
    size_t first, end;
    double share; /* of an open one's contribution, variants a and b */
};

struct walk {
    struct list lists[2];            /* the shorter one first */
    uint64_t counts[STATES][STATES]; /* rows by state in the first and in the second list */
};

static void walk_finish(struct walk *walk)
{
    for (int k = 0; k < 2; k++) {
        rank_free(&walk->lists[k].items);
        rank_free(&walk->lists[k].state);
    }
}

/* Counting sort by place: places are at most the number of rows. */
static int list_start(struct list *list, const uint32_t *place, size_t rows,
                      struct uptake_error *error)
{
    list->place = place;
    list->items = rank_alloc(rows, sizeof *list->items, error);
    list->state = list->items ? rank_alloc(rows, sizeof *list->state, error) : NULL;
    RANK_SCRATCH uint32_t *starts =
        list->state ? rank_alloc(rows + 1, sizeof *starts, error) : NULL;
    if (!starts)
        return -1;
    for (size_t i = 0; i <= rows; i++)
        starts[i] = 0;
    for (size_t i = 0; i < rows; i++) {
        list->state[i] = AHEAD;
        list->n += place[i] > 0;
        if (place[i] > 0)
            starts[place[i]]++;
    }
    for (size_t p = 1, before = 0; p <= rows; p++) {
        size_t group = starts[p];
        starts[p] = (uint32_t)before;
        before += group;
    }
    for (size_t i = 0; i < rows; i++)
        if (place[i] > 0)
            list->items[starts[place[i]]++] = (uint32_t)i;
    return 0;
}

static int walk_start(struct walk *walk, const struct pair *pair, struct uptake_error *error)
{
    if (list_start(&walk->lists[0], pair->list_a, pair->rows, error) != 0 ||
        list_start(&walk->lists[1], pair->list_b, pair->rows, error) != 0)
        return -1;
    if (walk->lists[0].n > walk->lists[1].n) {
        struct list shorter = walk->lists[1];
        walk->lists[1] = walk->lists[0];
        walk->lists[0] = shorter;
    }
    return 0;
}

static void move(struct walk *walk, int which, size_t first, size_t end, uint8_t to)
{
    struct list *list = &walk->lists[which];
    for (size_t at = first; at < end; at++) {
        uint32_t row = list->items[at];
        uint8_t from = list->state[row], other = walk->lists[!which].state[row];
        list->state[row] = to;
        walk->counts[which == 0 ? from : other][which == 0 ? other : from]--;
        walk->counts[which == 0 ? to : other][which == 0 ? other : to]++;
    }
}

/* To depth d, from d - 1. */
static void step_list(struct walk *walk, int which, size_t d)
{
    struct list *list = &walk->lists[which];
    if (d > list->end) {
        move(walk, which, list->first, list->end, PASSED);
        list->first = list->end;
        while (list->end < list->n &&
               list->place[list->items[list->end]] == list->place[list->items[list->first]])
            list->end++;
        move(walk, which, list->first, list->end, OPEN);
    }
    list->share =
        list->end > list->first ? (double)(d - list->first) / (double)(list->end - list->first) : 1;
}

static void step(struct walk *walk, size_t d)
{
    step_list(walk, 0, d);
    step_list(walk, 1, d);
}

/* X_d */
static double overlap_at(const struct walk *walk, char ties)
{
    double s = ties == 'w' ? 1 : walk->lists[0].share, l = ties == 'w' ? 1 : walk->lists[1].share;
    return (double)walk->counts[PASSED][PASSED] + s * (double)walk->counts[OPEN][PASSED] +
           l * (double)walk->counts[PASSED][OPEN] + s * l * (double)walk->counts[OPEN][OPEN];
}

/* The size of a list at a depth, as the variant measures it; the shorter one is taken as going on below its end. */
static double size_at(const struct walk *walk, int which, size_t d, char ties)
{
    const struct list *list = &walk->lists[which];
    if (d > list->n)
        return (double)d;
    if (ties == 'w')
        return (double)list->end;
    if (ties == 'a')
        return (double)d;
    return (double)list->first + list->share * list->share * (double)(list->end - list->first);
}

/* A_d for an overlap of x. */
static double agreement_at(const struct walk *walk, size_t d, double x, char ties)
{
    double s = size_at(walk, 0, d, ties), l = size_at(walk, 1, d, ties);
    return ties == 'b' ? x / sqrt(s) / sqrt(l) : 2 * x / (s + l);
}

/* --- Rank-biased overlap ----------------------------------------------------------------------- */

struct rbo {
    double ext, min, max;
};

/* Below the end of the shorter list: what its unseen part may add. */
static void below(const struct walk *walk, size_t d, double last, char ties, double power,
                  struct rbo *sums)
{
    double seen = overlap_at(walk, ties), unseen = (double)(d - walk->lists[0].n);
    double passed = (double)walk->counts[AHEAD][PASSED], open = (double)walk->counts[AHEAD][OPEN];
    double share = ties == 'w' ? 1 : walk->lists[1].share;
    double mean = passed + open > 0 ? (passed + share * open) / (passed + open) : 0;
    double most = passed >= unseen ? unseen : passed + share * (unseen - passed);
    sums->min += power * agreement_at(walk, d, seen, ties);
    sums->max += power * agreement_at(walk, d, seen + most, ties);
    sums->ext += power * agreement_at(walk, d, seen + unseen * last * mean, ties);
}

/* Below the end of both lists, where nothing is seen. x: the overlap at the end; last: A_s. power: p^l. */
static void beyond(const struct walk *walk, double x, double last, double p, double power,
                   double logs, struct rbo *sums)
{
    double s = (double)walk->lists[0].n, l = (double)walk->lists[1].n, run = power;
    size_t both =
        walk->lists[0].n + walk->lists[1].n - (size_t)x; /* depth at which all is common */
    sums->min += x * (-log1p(-p) - logs);
    for (size_t d = walk->lists[1].n + 1; d <= both; d++) {
        run *= p;
        sums->max += (2 * (double)d - l - s + x) / (double)d * run;
    }
    sums->max += run * p / (1 - p);
    sums->ext += (x + (l - s) * last) / l * power * p / (1 - p);
}

static struct rbo rbo_of(struct walk *walk, double p, char ties)
{
    struct rbo sums = {0, 0, 0};
    double power = 1, last = 0, logs = 0;
    for (size_t d = 1; d <= walk->lists[1].n; d++) {
        step(walk, d);
        power *= p;
        logs += power / (double)d;
        if (d > walk->lists[0].n) {
            below(walk, d, last, ties, power, &sums);
            continue;
        }
        last = agreement_at(walk, d, overlap_at(walk, ties), ties);
        sums.ext += power * last;
        sums.min += power * last;
        sums.max += power * last;
    }
    beyond(walk, overlap_at(walk, 'w'), last, p, power, logs, &sums);
    double scale = (1 - p) / p;
    return (struct rbo){scale * sums.ext, scale * sums.min, scale * sums.max};
}

static int add_rbo(const struct pair *pair, char ties, const char *const names[3],
                   struct figures *figures, struct uptake_error *error)
{
    __attribute__((cleanup(walk_finish))) struct walk walk = {0};
    struct rbo rbo = {0, 0, 0};
    if (walk_start(&walk, pair, error) != 0)
        return -1;
    const char *reason = walk.lists[0].n == 0 ? "no_values" : NULL;
    if (!reason)
        rbo = rbo_of(&walk, pair->rbo_p, ties);
    figures_either(figures, names[0], fmin(1, fmax(0, rbo.ext)), reason);
    figures_either(figures, names[1], fmin(1, fmax(0, rbo.min)), reason);
    figures_either(figures, names[2], fmin(1, fmax(0, rbo.max)), reason);
    return 0;
}

int overlap_rbo_w(const struct pair *pair, struct figures *figures, struct uptake_error *error)
{
    static const char *const names[] = {"rbo.ext", "rbo.min", "rbo.max"};
    return add_rbo(pair, 'w', names, figures, error);
}

int overlap_rbo_a(const struct pair *pair, struct figures *figures, struct uptake_error *error)
{
    static const char *const names[] = {"rbo_a.ext", "rbo_a.min", "rbo_a.max"};
    return add_rbo(pair, 'a', names, figures, error);
}

int overlap_rbo_b(const struct pair *pair, struct figures *figures, struct uptake_error *error)
{
    static const char *const names[] = {"rbo_b.ext", "rbo_b.min", "rbo_b.max"};
    return add_rbo(pair, 'b', names, figures, error);
}

/* --- Down to depth k --------------------------------------------------------------------------- */

/* How many of each list, and of both, stand within the first k places. */
struct first {
    uint64_t a, b, both;
};

static struct first count_first(const struct pair *pair)
{
    struct first first = {0, 0, 0};
    for (size_t i = 0; i < pair->rows; i++) {
        bool in_a = pair->list_a[i] > 0 && pair->list_a[i] <= pair->top_k;
        bool in_b = pair->list_b[i] > 0 && pair->list_b[i] <= pair->top_k;
        first.a += in_a;
        first.b += in_b;
        first.both += in_a && in_b;
    }
    return first;
}

int overlap_top_k(const struct pair *pair, struct figures *figures, struct uptake_error *error)
{
    (void)error;
    struct first first = count_first(pair);
    const char *reason = first.a == 0 || first.b == 0 ? "no_values" : NULL;
    double sum = (double)first.a + (double)first.b;
    figures_either(figures, "top_k_overlap", 2 * (double)first.both / sum, reason);
    return 0;
}

int overlap_jaccard(const struct pair *pair, struct figures *figures, struct uptake_error *error)
{
    (void)error;
    struct first first = count_first(pair);
    const char *reason = first.a == 0 || first.b == 0 ? "no_values" : NULL;
    double either = (double)first.a + (double)first.b - (double)first.both;
    figures_either(figures, "top_k_jaccard", (double)first.both / either, reason);
    return 0;
}

/* The mean of A_1..A_k; k is at most the length of the longer list. */
int overlap_average(const struct pair *pair, struct figures *figures, struct uptake_error *error)
{
    __attribute__((cleanup(walk_finish))) struct walk walk = {0};
    double sum = 0;
    if (walk_start(&walk, pair, error) != 0)
        return -1;
    const char *reason = walk.lists[0].n == 0 ? "no_values" : NULL;
    size_t k = pair->top_k < walk.lists[1].n ? (size_t)pair->top_k : walk.lists[1].n;
    for (size_t d = 1; d <= k && !reason; d++) {
        step(&walk, d);
        double sizes = (double)walk.lists[0].end + (double)walk.lists[1].end;
        sum += 2 * overlap_at(&walk, 'w') / sizes;
    }
    figures_either(figures, "average_overlap", sum / (double)k, reason);
    return 0;
}
