/* What a place rests on: see explain.h. */
#include "merge/explain.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "merge/columns.h"

/* One merge, open to be merged again. */
struct again {
    const struct merge_job *job;
    struct columns columns;
    struct merge_request request;
    struct merge_measure *settled; /* the measures with one column copied */
    double *copy;                  /* value, low and high of that one, n each */
    double *parts;                 /* value, weight and contribution, n_measures * n each */
};

static void again_close(struct again *again)
{
    columns_finish(&again->columns);
    free(again->settled);
    free(again->copy);
    free(again->parts);
}

static int again_open(struct again *again, const struct plan *plan, const struct merge_job *job,
                      const struct result *result)
{
    size_t count = job->spec->n_measures, n = result->model->innovations;
    *again = (struct again){.job = job};
    if (columns_open(&again->columns, plan, job, result->model, result) != 0)
        return -1;
    again->request = columns_request(job->spec, &again->columns, result->model);
    again->settled = calloc(count + 1, sizeof *again->settled);
    again->copy = calloc(3 * n + 1, sizeof *again->copy);
    again->parts = calloc(3 * count * n + 1, sizeof *again->parts);
    return again->settled && again->copy && again->parts ? 0 : -1;
}

/* --- As it is ---------------------------------------------------------------------------------- */

static struct result_part part_of(const struct again *again, uint64_t i, size_t k)
{
    const struct merge_measure *measure = &again->columns.measures[k];
    const struct merge_source *source = &again->job->sources[k];
    size_t n = again->request.n, block = again->request.n_measures * n, at = k * n + i;
    struct result_part part = {.innovation = i,
                               .measure = measure->name,
                               .plugin = source->plugin,
                               .write = source->write,
                               .value = measure->value[i],
                               .normalised = again->parts[at],
                               .weight = again->parts[block + at],
                               .contribution = again->parts[2 * block + at],
                               .places = (double)NAN,
                               .score = (double)NAN};
    bool missing = isnan(part.value);
    part.low = measure->low && !isnan(measure->low[i]) ? measure->low[i]
               : missing                               ? measure->min
                                                       : part.value;
    part.high = measure->high && !isnan(measure->high[i]) ? measure->high[i]
                : missing                                 ? measure->max
                                                          : part.value;
    part.low = fmax(part.low, measure->min); /* fmax: a limit that is not declared is a NaN */
    part.high = fmin(part.high, measure->max);
    return part;
}

static int merge_parts(struct again *again, struct merge_result *now, struct uptake_error *error)
{
    size_t block = again->request.n_measures * again->request.n;
    struct merge_request request = again->request;
    request.parts =
        (struct merge_parts){again->parts, again->parts + block, again->parts + 2 * block};
    return merge_run(&request, now, error);
}

/* --- As it would be ---------------------------------------------------------------------------- */

/* Places that an innovation may take beside one; who is not ranked may take any. */
static double places(const struct merge_result *merge, size_t i)
{
    return merge->rank[i] == 0 ? (double)merge->n - 1
                               : (double)merge->rank_high[i] - (double)merge->rank_low[i];
}

static double all_places(const struct merge_result *merge)
{
    double sum = 0;
    for (size_t i = 0; i < merge->n; i++)
        sum += places(merge, i);
    return sum;
}

static double score_width(const struct merge_result *merge, size_t i)
{
    double width = merge->score_high[i] - merge->score_low[i];
    return isnan(width) ? 0 : width;
}

/* One column is copied, so that a value in it can be another. */
static void copy_column(struct again *again, size_t k)
{
    size_t n = again->request.n;
    const struct merge_measure *from = &again->columns.measures[k];
    const double *const sources[] = {from->value, from->low ? from->low : from->value,
                                     from->high ? from->high : from->value};
    for (size_t s = 0; s < 3; s++)
        memcpy(again->copy + s * n, sources[s], n * sizeof *again->copy);
    memcpy(again->settled, again->columns.measures,
           again->request.n_measures * sizeof *again->settled);
    again->settled[k].value = again->copy;
    again->settled[k].low = from->low ? again->copy + n : NULL;
    again->settled[k].high = from->high ? again->copy + 2 * n : NULL;
}

static int merge_with(struct again *again, uint64_t i, double x, struct merge_result *then,
                      struct uptake_error *error)
{
    size_t n = again->request.n;
    struct merge_request request = again->request;
    request.measures = again->settled;
    for (size_t s = 0; s < 3; s++)
        again->copy[s * n + i] = x;
    return merge_run(&request, then, error);
}

/* Whether there is anything to settle, and between which finite ends. Where bounds do not enter only a missing
 * value can. */
static bool is_open(const struct merge_result *now, const struct result_part *part)
{
    bool missing = isnan(part->value);
    return isfinite(part->low) && isfinite(part->high) && part->low < part->high &&
           (missing || now->rule == MERGE_BOUNDS);
}

static int settle(struct again *again, const struct merge_result *now, size_t k,
                  struct result_part *part, struct uptake_error *error)
{
    bool up = again->columns.measures[k].better >= 0;
    double middle = isnan(part->value) ? part->low / 2 + part->high / 2 : part->value;
    const double at[] = {up ? part->low : part->high, up ? part->high : part->low, middle};
    uint64_t i = part->innovation;
    double all = all_places(now), own = score_width(now, i);
    part->places = part->score = 0;
    copy_column(again, k);
    for (size_t s = 0; s < 3; s++) {
        struct merge_result then = {0};
        if (merge_with(again, i, at[s], &then, error) != 0)
            return -1;
        if (s < 2) {
            part->rank_low[s] = then.rank_low[i];
            part->rank_high[s] = then.rank[i] ? then.rank_high[i] : 0;
        }
        part->places += (all - all_places(&then)) / 3;
        part->score += (own - score_width(&then, i)) / 3;
        merge_finish(&then);
    }
    return 0;
}

static int explain(struct again *again, struct result_part *parts, const uint64_t *innovations,
                   size_t count, struct uptake_error *error)
{
    struct merge_result now = {0};
    int failed = merge_parts(again, &now, error);
    for (size_t c = 0; c < count && !failed; c++)
        for (size_t k = 0; k < again->request.n_measures && !failed; k++) {
            struct result_part *part = &parts[c * again->request.n_measures + k];
            *part = part_of(again, innovations[c], k);
            if (again->columns.measures[k].weight > 0 && is_open(&now, part))
                failed = settle(again, &now, k, part, error);
        }
    merge_finish(&now);
    return failed;
}

int merge_explain(const struct plan *plan, const struct merge_jobs *jobs, struct result *result,
                  const uint64_t *innovations, size_t count, struct uptake_error *error)
{
    for (size_t m = 0; m < result->n_merges; m++) {
        struct again again;
        size_t n_parts = count * jobs->jobs[m].spec->n_measures;
        struct result_part *parts = arena_array(&result->arena, n_parts, sizeof *parts);
        bool open = parts && again_open(&again, plan, &jobs->jobs[m], result) == 0;
        int failed = open ? explain(&again, parts, innovations, count, error) : error_memory(error);
        if (parts)
            again_close(&again);
        if (failed)
            return -1;
        result->merges[m].parts = parts;
        result->merges[m].n_parts = n_parts;
    }
    return 0;
}
