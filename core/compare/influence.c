/* What an order hangs on: see influence.h. How far weights may move is in stability.c. */
#include "compare/influence.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "compare/agreement.h"
#include "compare/stability.h"
#include "merge/columns.h"
#include "merge/rank.h"

/* A merge that is open to be merged again, with weights as they came out. */
struct again {
    const struct merge_result *now;
    struct merge_request request;
    struct merge_measure *measures; /* a copy */
};

/* --- Without a measure ------------------------------------------------------------------------- */

static size_t top_of(const struct merge_result *merge, uint32_t *top)
{
    size_t count = merge->ranked < INFLUENCE_TOP ? merge->ranked : INFLUENCE_TOP;
    memcpy(top, merge->order, count * sizeof *top);
    return count;
}

static uint64_t top_changed(const struct merge_result *a, const struct merge_result *b)
{
    uint32_t x[INFLUENCE_TOP], y[INFLUENCE_TOP];
    size_t n = top_of(a, x), m = top_of(b, y), left = 0;
    for (size_t i = 0; i < n; i++) {
        bool stays = false;
        for (size_t j = 0; j < m; j++)
            stays = stays || x[i] == y[j];
        left += !stays;
    }
    return left;
}

/* The worse ends, by which rows are ordered; NaN where there is no rank. */
static double *ordered_by(const struct merge_result *merge, struct uptake_error *error)
{
    double *key = rank_alloc(merge->n, sizeof *key, error);
    for (size_t i = 0; key && i < merge->n; i++)
        key[i] = merge->rank[i] ? -(double)merge->rank[i] : (double)NAN;
    return key;
}

static int compare_merges(const struct merge_result *now, const struct merge_result *then,
                          struct result_influence *of, struct uptake_error *error)
{
    RANK_SCRATCH double *a = ordered_by(now, error);
    RANK_SCRATCH double *b = a ? ordered_by(then, error) : NULL;
    struct agreement agreement;
    if (!b)
        return -1;
    struct agreement_column x = {a, 1, 0}, y = {b, 1, 0};
    if (agreement_measure(&x, &y, now->n, &agreement, error) != 0)
        return -1;
    of->tau_b = agreement.kendall_tau_b;
    for (size_t i = 0; i < now->n; i++)
        if (now->rank[i] && then->rank[i])
            of->largest_move =
                fmax(of->largest_move, fabs((double)now->rank[i] - (double)then->rank[i]));
    of->top_changed = top_changed(now, then);
    return 0;
}

static int without_measure(struct again *again, size_t k, struct result_influence *of,
                           struct result *result, struct uptake_error *error)
{
    struct merge_result then = {0};
    struct uptake_error inner = {0};
    double weight = again->measures[k].weight;
    of->tau_b = (double)NAN;
    if (!(weight > 0)) {
        of->reason = "it has weight 0";
        return 0;
    }
    again->measures[k].weight = 0;
    int failed = merge_run(&again->request, &then, &inner);
    again->measures[k].weight = weight;
    if (failed) {
        of->reason = arena_text(&result->arena, inner.text[0], strlen(inner.text[0]));
        return of->reason ? 0 : error_memory(error);
    }
    failed = compare_merges(again->now, &then, of, error);
    merge_finish(&then);
    return failed;
}

/* --- Without an innovation --------------------------------------------------------------------- */

static const double *cut_column(const double *from, double **into, size_t n, size_t without)
{
    if (!from)
        return NULL;
    double *column = *into;
    memcpy(column, from, without * sizeof *column);
    memcpy(column + without, from + without + 1, (n - without - 1) * sizeof *column);
    *into += n - 1;
    return column;
}

/* Others whose place among the rest is another one. */
static uint64_t count_moved(const struct merge_result *now, const struct merge_result *then,
                            size_t without)
{
    uint64_t moved = 0;
    for (size_t i = 0; i < now->n; i++) {
        if (i == without || !now->rank[i])
            continue;
        uint32_t among_rest = now->rank[i] - (now->rank[without] < now->rank[i]);
        moved += then->rank[i - (i > without)] != among_rest;
    }
    return moved;
}

static int without_innovation(struct again *again, size_t without, struct result_reversal *of,
                              struct uptake_error *error)
{
    size_t n = again->request.n, count = again->request.n_measures;
    struct merge_request request = again->request;
    struct merge_result then = {0};
    RANK_SCRATCH double *memory = rank_alloc(4 * count * n, sizeof *memory, error);
    RANK_SCRATCH struct merge_measure *measures =
        memory ? rank_alloc(count, sizeof *measures, error) : NULL;
    double *into = memory;
    if (!measures)
        return -1;
    memcpy(measures, again->measures, count * sizeof *measures);
    for (size_t k = 0; k < count; k++) {
        measures[k].value = cut_column(measures[k].value, &into, n, without);
        measures[k].low = cut_column(measures[k].low, &into, n, without);
        measures[k].high = cut_column(measures[k].high, &into, n, without);
        measures[k].se = cut_column(measures[k].se, &into, n, without);
    }
    request.measures = measures;
    request.n = n - 1;
    request.id = NULL;
    *of = (struct result_reversal){.innovation = without};
    struct uptake_error inner = {0};
    if (merge_run(&request, &then, &inner) != 0)
        return 0; /* what it needs may have gone with it: nobody moved */
    of->moved = count_moved(again->now, &then, without);
    merge_finish(&then);
    return 0;
}

/* --- All of it --------------------------------------------------------------------------------- */

static int measure_all(struct again *again, struct result *result, struct result_merged *merged,
                       struct uptake_error *error)
{
    size_t count = again->request.n_measures, n = again->request.n;
    size_t firsts =
        again->now->ranked < INFLUENCE_REVERSALS ? again->now->ranked : INFLUENCE_REVERSALS;
    struct result_influence *influence = arena_array(&result->arena, count, sizeof *influence);
    struct result_reversal *reversals = arena_array(&result->arena, firsts, sizeof *reversals);
    if (!influence || !reversals)
        return error_memory(error);
    for (size_t k = 0; k < count; k++) {
        influence[k] = (struct result_influence){.measure = again->measures[k].name,
                                                 .weight = again->now->weights[k]};
        if (without_measure(again, k, &influence[k], result, error) != 0)
            return -1;
    }
    for (size_t k = 0; n > 1 && k < firsts; k++)
        if (without_innovation(again, again->now->order[k], &reversals[k], error) != 0)
            return -1;
    merged->influence = influence;
    merged->n_influence = count;
    merged->reversals = reversals;
    merged->n_reversals = n > 1 ? firsts : 0;
    return stability_measure(&again->request, again->now, influence, &merged->stability_reason,
                             error);
}

static int apply_one(const struct plan *plan, const struct merge_job *job,
                     const struct merge_result *now, struct result *result,
                     struct result_merged *merged, struct uptake_error *error)
{
    struct columns columns;
    int failed = columns_open(&columns, plan, job, result->model, result);
    size_t count = job->spec->n_measures;
    RANK_SCRATCH struct merge_measure *measures = rank_alloc(count, sizeof *measures, error);
    if (failed == 0 && measures) {
        struct again again = {.now = now, .measures = measures};
        again.request = columns_request(job, &columns, result->model);
        memcpy(measures, columns.measures, count * sizeof *measures);
        for (size_t k = 0; k < count; k++)
            measures[k].weight = now->weights[k];
        again.request.measures = measures;
        again.request.weighting = NULL; /* weights stay as they came out */
        failed = measure_all(&again, result, merged, error);
    } else {
        failed = error_memory(error);
    }
    columns_finish(&columns);
    return failed;
}

int influence_apply(const struct plan *plan, const struct merge_jobs *jobs, struct result *result,
                    struct uptake_error *error)
{
    for (size_t m = 0; m < jobs->n_jobs; m++)
        if (jobs->jobs[m].spec->influence && jobs->results[m].ranked > 0 &&
            apply_one(plan, &jobs->jobs[m], &jobs->results[m], result, &result->merges[m], error))
            return -1;
    return 0;
}
