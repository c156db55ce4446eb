/*
 * How far weights may move: see stability.h. With share t of a measure, and the others keeping theirs of the rest, a
 * score is t u + (1 - t) r, u its value and r what the others make: two innovations cross where two lines do.
 */
#include "compare/stability.h"

#include <math.h>
#include <string.h>

#include "compare/influence.h"
#include "merge/rank.h"

struct stability {
    const struct merge_request *request;
    const struct merge_result *now;
    double *value; /* parts: [k * n + i] */
    double *weight;
    double *contribution;
    double *column; /* of values at their worse end, [k * n + i] */
};

static void stability_finish(struct stability *s)
{
    rank_free(&s->value);
    rank_free(&s->column);
}

/* By which end of what is not known rows are ordered. */
static double worse_end(const struct merge_measure *measure, size_t i)
{
    bool up = measure->better > 0;
    double x = measure->value[i];
    const double *side = up ? measure->low : measure->high;
    double limit = up ? measure->min : measure->max;
    double end = side && !isnan(side[i]) ? side[i] : isnan(x) ? limit : x;
    if (!isnan(x))
        end = up ? fmin(end, x) : fmax(end, x);
    return up ? fmax(end, measure->min) : fmin(end, measure->max);
}

/* The contributions to the scores that rows are ordered by. */
static int read_parts(struct stability *s, bool bounded, struct uptake_error *error)
{
    struct merge_request request = *s->request;
    size_t n = request.n, count = request.n_measures;
    struct merge_result again = {0};
    struct uptake_error inner = {0};
    s->value = rank_alloc(3 * count * n, sizeof *s->value, error);
    s->column = s->value ? rank_alloc(count * n, sizeof *s->column, error) : NULL;
    RANK_SCRATCH struct merge_measure *measures =
        s->column ? rank_alloc(count, sizeof *measures, error) : NULL;
    if (!measures)
        return -1;
    s->weight = s->value + count * n;
    s->contribution = s->weight + count * n;
    memcpy(measures, request.measures, count * sizeof *measures);
    for (size_t k = 0; bounded && k < count; k++) {
        for (size_t i = 0; i < n; i++)
            s->column[k * n + i] = worse_end(&measures[k], i);
        measures[k].value = s->column + k * n;
        measures[k].low = measures[k].high = NULL;
    }
    request.measures = measures;
    request.parts = (struct merge_parts){s->value, s->weight, s->contribution};
    if (merge_run(&request, &again, &inner) != 0)
        return 1;
    merge_finish(&again);
    return 0;
}

/* --- Where two cross --------------------------------------------------------------------------- */

static double score_sum(const struct stability *s, size_t i)
{
    double sum = 0;
    for (size_t k = 0; k < s->request->n_measures; k++)
        sum += s->contribution[k * s->now->n + i];
    return sum;
}

/* Narrows the range in which a stays at least level with b. */
static void cross(const struct stability *s, size_t k, size_t a, size_t b, double range[2])
{
    size_t n = s->now->n;
    double w = s->now->weights[k];
    double sign = s->now->method->better;
    double own = (s->contribution[k * n + a] - s->contribution[k * n + b]) / w * sign;
    double all = (score_sum(s, a) - score_sum(s, b)) * sign;
    double rest = w < 1 ? (all - w * own) / (1 - w) : 0;
    double slope = own - rest; /* the lead of a at t: rest + t * slope */
    if (slope == 0)
        return;
    double at = -rest / slope;
    if (slope > 0 && at <= w)
        range[0] = fmax(range[0], at);
    if (slope < 0 && at >= w)
        range[1] = fmin(range[1], at);
}

static void narrow(const struct stability *s, size_t k, size_t top, double range[2])
{
    const uint32_t *order = s->now->order;
    range[0] = 0;
    range[1] = 1;
    for (size_t a = 0; a < top && a < s->now->ranked; a++)
        for (size_t b = top; b < s->now->ranked; b++)
            cross(s, k, order[a], order[b], range);
}

/* --- Whether it can be said -------------------------------------------------------------------- */

/* Parts add up to the score (weighted-product: to its logarithm). */
static bool adds_up(const struct stability *s)
{
    for (size_t k = 0; k < s->request->n_measures; k++)
        for (size_t i = 0; i < s->now->n; i++) {
            size_t at = k * s->now->n + i;
            bool counts = s->now->weights[k] > 0 && s->now->rank[i];
            if (counts &&
                (!isfinite(s->contribution[at]) || fabs(s->weight[at] - s->now->weights[k]) > 1e-9))
                return false;
        }
    return true;
}

static bool is_bounded(const struct merge_result *now)
{
    for (size_t i = 0; i < now->n; i++)
        if (now->rank[i] && now->score_low[i] != now->score_high[i])
            return true;
    return false;
}

static const char *reason_against(const struct merge_result *now, bool bounded)
{
    static const char *const by_row[] = {"weighted-sum", "weighted-product", "spotis"};
    bool row = false;
    if (!now->method->contribution && !now->method->whole)
        return "the method's score is no sum of contributions";
    if (strcmp(now->method->name, "minimum") == 0)
        return "the method's score is no sum of contributions";
    for (size_t k = 0; k < 3; k++)
        row = row || strcmp(now->method->name, by_row[k]) == 0;
    return bounded && !row ? "what is missing enters by the order of the others" : NULL;
}

int stability_measure(const struct merge_request *request, const struct merge_result *now,
                      struct result_influence *influence, const char **reason,
                      struct uptake_error *error)
{
    __attribute__((cleanup(stability_finish))) struct stability s = {.request = request,
                                                                     .now = now};
    bool bounded = is_bounded(now);
    for (size_t k = 0; k < request->n_measures; k++)
        for (size_t end = 0; end < 2; end++)
            influence[k].first[end] = influence[k].top[end] = (double)NAN;
    *reason = reason_against(now, bounded);
    if (*reason)
        return 0;
    int failed = read_parts(&s, bounded, error);
    if (failed < 0)
        return -1;
    if (failed || !adds_up(&s)) {
        *reason = "the method's score is no sum of contributions with one weight for all";
        return 0;
    }
    for (size_t k = 0; k < request->n_measures; k++) {
        if (!(now->weights[k] > 0))
            continue;
        narrow(&s, k, 1, influence[k].first);
        narrow(&s, k, INFLUENCE_TOP, influence[k].top);
    }
    return 0;
}
