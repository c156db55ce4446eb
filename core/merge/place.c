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

/* Keys of every innovation, the smaller the better, and the ranked ones sorted by the better end.
 * Where no score has bounds, there is one key, of the score. */
struct placing {
    double *worse;  /* [n] */
    double *better; /* [n], or NULL */
    double *score;  /* [n], or NULL */
    uint32_t *by_better;
    size_t ranked;
};

static void placing_finish(struct placing *placing)
{
    rank_free(&placing->worse);
    rank_free(&placing->better);
    rank_free(&placing->score);
    rank_free(&placing->by_better);
}

static double *keys_of(const double *score, const struct merge_result *result, double eps,
                       struct uptake_error *error)
{
    double sign = result->method->better > 0 ? -1 : 1;
    double *key = rank_alloc(result->n, sizeof *key, error);
    for (size_t i = 0; key && i < result->n; i++)
        key[i] = rank_quantise(sign * score[i], eps);
    return key;
}

static bool has_bounds(const struct merge_result *result)
{
    size_t bytes = result->n * sizeof(double);
    return memcmp(result->score_low, result->score, bytes) != 0 ||
           memcmp(result->score_high, result->score, bytes) != 0;
}

static int placing_init(struct placing *placing, const struct merge_result *result, double eps,
                        struct uptake_error *error)
{
    bool up = result->method->better > 0;
    const double *worse = up ? result->score_low : result->score_high;
    const double *better = up ? result->score_high : result->score_low;
    placing->worse = keys_of(worse, result, eps, error);
    if (!placing->worse || !has_bounds(result))
        return placing->worse ? 0 : -1;
    placing->better = keys_of(better, result, eps, error);
    placing->score = placing->better ? keys_of(result->score, result, eps, error) : NULL;
    placing->by_better = placing->score ? rank_alloc(result->n, sizeof(uint32_t), error) : NULL;
    return placing->by_better ? 0 : -1;
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
    if (rank_order(placing->worse, order, placing->ranked, error))
        return -1;
    for (size_t first = 0, end; first < placing->ranked; first = end) {
        end = rank_run_end(placing->worse, order, first, placing->ranked);
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
    uint32_t *order = result->order;
    if (rank_order(placing->worse, order, placing->ranked, error))
        return -1;
    for (size_t first = 0, end; first < placing->ranked; first = end) {
        end = rank_run_end(placing->worse, order, first, placing->ranked);
        if (rank_order(placing->score, order + first, end - first, error))
            return -1;
        for (size_t tie = first, tie_end; tie < end; tie = tie_end) {
            tie_end = rank_run_end(placing->score, order, tie, end);
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
    if (rank_order(placing->better, by_better, n, error))
        return -1;
    for (size_t at = 0, ahead = 0; at < n; at++) {
        while (ahead < n && placing->worse[by_worse[ahead]] < placing->better[by_better[at]])
            ahead++;
        result->rank_low[by_better[at]] = (uint32_t)ahead + 1;
    }
    for (size_t at = 0, level = 0; at < n; at++) {
        while (level < n && placing->better[by_better[level]] <= placing->worse[by_worse[at]])
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
    split(&placing, result);
    order_by_id(request, result->order + placing.ranked, result->n - placing.ranked);
    if (!placing.better)
        return rank_exact(request, &placing, result, error);
    return rank_rows(request, &placing, result, error) || rank_ranges(&placing, result, error) ? -1
                                                                                               : 0;
}
