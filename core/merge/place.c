/*
 * Placing: see place.h, and rule (4) of merge.h. Everything is two sorts: by the worse end of the
 * score and by the better end; ranges of ranks come from running along both.
 */
#include "merge/place.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "merge/rank.h"
#include "merge/sort.h"

enum { AHEAD = 32 };

/* What innovations are ordered by, the smaller the better. bounded: else one key, of the score, is all. */
struct placing {
    struct sort_by worse, better, score;
    bool bounded;
    uint32_t *top;       /* [n] */
    uint32_t *by_better; /* [n]; NULL: not bounded */
    size_t ranked;
    double rounding; /* keys no further apart are level */
};

static void placing_finish(struct placing *placing)
{
    rank_free(&placing->top);
    rank_free(&placing->by_better);
}

static bool same(const double *a, const double *b, size_t n)
{
    return a == b || memcmp(a, b, n * sizeof *a) == 0;
}

static int placing_init(struct placing *placing, const struct merge_result *result, double eps,
                        struct uptake_error *error)
{
    bool up = result->method->better > 0;
    const double *worse = up ? result->score_low : result->score_high;
    const double *better = up ? result->score_high : result->score_low;
    double sign = up ? -1 : 1;
    placing->worse = (struct sort_by){worse, sign, eps};
    placing->better = (struct sort_by){better, sign, eps};
    placing->score = (struct sort_by){result->score, sign, eps};
    placing->bounded =
        !same(worse, result->score, result->n) || !same(better, result->score, result->n);
    placing->top = rank_alloc(result->n, sizeof *placing->top, error);
    if (placing->top && placing->bounded)
        placing->by_better = rank_alloc(result->n, sizeof *placing->by_better, error);
    return placing->top && (placing->by_better || !placing->bounded) ? 0 : -1;
}

/* A NaN is larger than nothing. */
static double largest_of(const double *x, size_t n, double largest)
{
    for (size_t i = 0; i < n; i++)
        largest = fabs(x[i]) > largest ? fabs(x[i]) : largest;
    return largest;
}

/*
 * How far rounding alone can part two sums that are equal: each of K products of a weight and a normalised value carries a
 * few roundings, the sum K more, so 4(K + 2) units of 2^-53 of the largest score are more than both sides can be off.
 * Where terms cancel (negative values) rounding may part them further: then fewer ties are found, never too many.
 * Source: Higham, N. J. (2002), Accuracy and Stability of Numerical Algorithms, sections 3.1 and 4.2.
 */
static double rounding_of(const struct merge_request *request, const struct merge_result *result)
{
    double largest = 0;
    if (request->eps > 0 || !(result->method->needs & MERGE_SUMS))
        return 0;
    largest = largest_of(result->score_low, result->n, largest);
    if (result->score_high != result->score_low)
        largest = largest_of(result->score_high, result->n, largest);
    double bound = ldexp(4.0 * ((double)request->n_measures + 2) * largest, -53);
    return isfinite(bound) ? bound : 0;
}

/* One past the last place of the level run that begins at `first`: each within rounding of the one before it. */
static size_t level_end(const struct placing *placing, const struct sort_by *by,
                        const uint32_t *order, size_t first, size_t n)
{
    if (!(placing->rounding > 0))
        return sort_end(by, order, placing->top, first, n);
    size_t end = first + 1;
    if (first + AHEAD < n) /* values lie anywhere in memory */
        __builtin_prefetch(&by->value[order[first + AHEAD]]);
    while (end < n && sort_key(by, order[end]) - sort_key(by, order[end - 1]) <= placing->rounding)
        end++;
    return end;
}

/* The result's own ranks, which are filled later, are room enough to sort in. */
static int sort(const struct placing *placing, const struct sort_by *by, uint32_t *order,
                const struct merge_result *result, struct uptake_error *error)
{
    struct sort_room room = {placing->top, result->rank_low, result->rank_high};
    return sort_rows(by, order, placing->ranked, &room, error);
}

/* Ranked ones to the front of order, the others to its end; both in order of rows. */
static void split(struct placing *placing, struct merge_result *result)
{
    for (size_t i = 0; i < result->n; i++) {
        if (result->standing[i] == MERGE_RANKED && isnan(result->score[i]))
            result->standing[i] = MERGE_NOTHING;
        if (result->standing[i] == MERGE_RANKED)
            result->order[placing->ranked++] = (uint32_t)i;
    }
    size_t at = placing->ranked;
    for (size_t i = 0; i < result->n; i++)
        if (result->standing[i] != MERGE_RANKED)
            result->order[at++] = (uint32_t)i;
    result->ranked = placing->ranked;
}

/* --- Ids -------------------------------------------------------------------------------------- */

static int id_compare(const void *a, const void *b, void *context)
{
    const struct merge_request *request = context;
    uint32_t i = *(const uint32_t *)a;
    uint32_t j = *(const uint32_t *)b;
    int by_id = strcmp(request->id(request->ids, i), request->id(request->ids, j));
    if (by_id)
        return by_id;
    return i < j ? -1 : i > j;
}

/* Tied rows, which stand in order of rows: often that is the order of ids already. */
static void order_by_id(const struct merge_request *request, uint32_t *order, size_t n)
{
    if (!request->id || n < 2)
        return;
    struct merge_request context = *request;
    for (size_t at = 1; at < n; at++) {
        if (id_compare(&order[at - 1], &order[at], &context) > 0) {
            qsort_r(order, n, sizeof *order, id_compare, &context);
            return;
        }
    }
}

/* --- Ranks ------------------------------------------------------------------------------------ */

/* The rows first..end-1 of the order are level: they share a rank and stand by id. */
static void rank_ties(const struct merge_request *request, struct merge_result *result,
                      size_t first, size_t end)
{
    for (size_t at = first; at < end; at++)
        result->rank[result->order[at]] = (uint32_t)first + 1;
    order_by_id(request, result->order + first, end - first);
}

/* No bounds: a rank is a range only where rows tie. */
static int rank_exact(const struct merge_request *request, const struct placing *placing,
                      struct merge_result *result, struct uptake_error *error)
{
    uint32_t *order = result->order;
    if (sort(placing, &placing->worse, order, result, error))
        return -1;
    for (size_t first = 0, end; first < placing->ranked; first = end) {
        end = level_end(placing, &placing->worse, order, first, placing->ranked);
        for (size_t at = first; at < end; at++) {
            result->rank_low[order[at]] = (uint32_t)first + 1;
            result->rank_high[order[at]] = (uint32_t)end;
        }
        rank_ties(request, result, first, end);
    }
    return 0;
}

/* The order by worse end, then score; rows equal in both share a rank. */
static int rank_rows(const struct merge_request *request, const struct placing *placing,
                     struct merge_result *result, struct uptake_error *error)
{
    uint32_t *order = result->order, *top = placing->top;
    if (sort(placing, &placing->worse, order, result, error))
        return -1;
    for (size_t first = 0, end; first < placing->ranked; first = end) {
        end = level_end(placing, &placing->worse, order, first, placing->ranked);
        if (sort_rows(&placing->score, order + first, end - first,
                      &(struct sort_room){.top = top + first}, error))
            return -1;
        for (size_t tie = first, tie_end; tie < end; tie = tie_end) {
            tie_end = level_end(placing, &placing->score, order, tie, end);
            rank_ties(request, result, tie, tie_end);
        }
    }
    return 0;
}

static int rank_ranges(const struct placing *placing, struct merge_result *result,
                       struct uptake_error *error)
{
    const uint32_t *by_worse = result->order;
    uint32_t *by_better = placing->by_better;
    size_t n = placing->ranked;
    memcpy(by_better, by_worse, n * sizeof *by_better);
    if (sort(placing, &placing->better, by_better, result, error))
        return -1;
    for (size_t at = 0, ahead = 0; at < n; at++) {
        while (ahead < n && sort_key(&placing->worse, by_worse[ahead]) <
                                sort_key(&placing->better, by_better[at]) - placing->rounding)
            ahead++;
        result->rank_low[by_better[at]] = (uint32_t)ahead + 1;
    }
    for (size_t at = 0, level = 0; at < n; at++) {
        while (level < n && sort_key(&placing->better, by_better[level]) <=
                                sort_key(&placing->worse, by_worse[at]) + placing->rounding)
            level++;
        result->rank_high[by_worse[at]] = (uint32_t)level;
    }
    return 0;
}

int place_rank(const struct merge_request *request, struct merge_result *result,
               struct uptake_error *error)
{
    __attribute__((cleanup(placing_finish))) struct placing placing = {0};
    if (result->n == 0)
        return 0;
    if (placing_init(&placing, result, request->eps, error))
        return -1;
    placing.rounding = rounding_of(request, result);
    split(&placing, result);
    order_by_id(request, result->order + placing.ranked, result->n - placing.ranked);
    if (placing.bounded
            ? rank_rows(request, &placing, result, error) || rank_ranges(&placing, result, error)
            : rank_exact(request, &placing, result, error))
        return -1;
    for (size_t at = placing.ranked; at < result->n; at++)
        result->rank_low[result->order[at]] = result->rank_high[result->order[at]] = 0;
    return 0;
}
