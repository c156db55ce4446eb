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
    struct merge_measure *settled; /* the measures with copied columns */
    double *copy;                  /* value, low and high of each, n each */
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
    again->request = columns_request(job, &again->columns, result->model);
    again->settled = calloc(count + 1, sizeof *again->settled);
    again->copy = calloc(3 * count * n + 1, sizeof *again->copy);
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

/* The columns are copied, so that values in them can be others: three of a measure, n each. */
static double *copied(const struct again *again, size_t k, size_t which)
{
    return again->copy + (3 * k + which) * again->request.n;
}

static void copy_columns(struct again *again)
{
    size_t n = again->request.n;
    memcpy(again->settled, again->columns.measures,
           again->request.n_measures * sizeof *again->settled);
    for (size_t k = 0; k < again->request.n_measures; k++) {
        const struct merge_measure *from = &again->columns.measures[k];
        const double *const sources[] = {from->value, from->low, from->high};
        const double **const into[] = {&again->settled[k].value, &again->settled[k].low,
                                       &again->settled[k].high};
        for (size_t s = 0; s < 3; s++) {
            *into[s] = sources[s] ? copied(again, k, s) : NULL;
            if (sources[s])
                memcpy(copied(again, k, s), sources[s], n * sizeof *again->copy);
        }
    }
}

static void set_value(struct again *again, size_t k, uint64_t i, double value, double low,
                      double high)
{
    copied(again, k, 0)[i] = value;
    copied(again, k, 1)[i] = low;
    copied(again, k, 2)[i] = high;
}

/* Whether there is anything to settle, and between which finite ends. Where bounds do not enter only a missing
 * value can. */
static bool is_open(const struct merge_result *now, const struct result_part *part)
{
    bool missing = isnan(part->value);
    return part->weight > 0 && isfinite(part->low) && isfinite(part->high) &&
           part->low < part->high && (missing || now->rule == MERGE_BOUNDS);
}

/* Settles one measure, or every open one together, at its worst (0), best (1) or middle (2). */
static void set_part(struct again *again, size_t k, const struct result_part *part, size_t end)
{
    bool up = again->columns.measures[k].better >= 0;
    double middle = isnan(part->value) ? part->low / 2 + part->high / 2 : part->value;
    double x = end == 2 ? middle : (end == 0) == up ? part->low : part->high;
    set_value(again, k, part->innovation, x, x, x);
}

/* And takes it back. */
static void unset_part(struct again *again, size_t k, uint64_t i)
{
    const struct merge_measure *from = &again->columns.measures[k];
    set_value(again, k, i, from->value[i], from->low ? from->low[i] : 0,
              from->high ? from->high[i] : 0);
}

/* Measures first..end - 1 of the parts; what was found goes into `of`. */
static int settle(struct again *again, const struct merge_result *now,
                  const struct result_part *parts, size_t first, size_t last,
                  struct result_part *of, struct uptake_error *error)
{
    uint64_t i = of->innovation;
    double all = all_places(now), own = score_width(now, i);
    struct merge_request request = again->request;
    request.measures = again->settled;
    of->places = of->score = 0;
    for (size_t end = 0; end < 3; end++) {
        struct merge_result then = {0};
        for (size_t k = first; k < last; k++)
            if (is_open(now, &parts[k]))
                set_part(again, k, &parts[k], end);
        int failed = merge_run(&request, &then, error);
        bool none = *then.failure; /* a plugin's method that failed this time */
        for (size_t k = first; k < last; k++)
            unset_part(again, k, i);
        if (failed)
            return -1;
        if (none) {
            of->places = of->score = (double)NAN;
            merge_finish(&then);
            return 0;
        }
        if (end < 2) {
            of->rank_low[end] = then.rank_low[i];
            of->rank_high[end] = then.rank[i] ? then.rank_high[i] : 0;
        }
        of->places += (all - all_places(&then)) / 3;
        of->score += (own - score_width(&then, i)) / 3;
        merge_finish(&then);
    }
    return 0;
}

/* Each measure by itself, and all of them together where more than one is open. */
static int explain_one(struct again *again, const struct merge_result *now,
                       struct result_part *parts, uint64_t i, struct uptake_error *error)
{
    size_t count = again->request.n_measures, open = 0;
    for (size_t k = 0; k < count; k++)
        parts[k] = part_of(again, i, k);
    parts[count] = (struct result_part){.innovation = i,
                                        .plugin = SIZE_MAX,
                                        .value = (double)NAN,
                                        .low = (double)NAN,
                                        .high = (double)NAN,
                                        .normalised = (double)NAN,
                                        .contribution = (double)NAN,
                                        .places = (double)NAN,
                                        .score = (double)NAN};
    for (size_t k = 0; k < count; k++) {
        open += is_open(now, &parts[k]);
        if (is_open(now, &parts[k]) && settle(again, now, parts, k, k + 1, &parts[k], error) != 0)
            return -1;
    }
    return open > 1 ? settle(again, now, parts, 0, count, &parts[count], error) : 0;
}

static int explain(struct again *again, struct result_part *parts, const uint64_t *innovations,
                   size_t count, struct uptake_error *error)
{
    struct merge_result now = {0};
    int failed = merge_parts(again, &now, error);
    copy_columns(again);
    for (size_t c = 0; c < count && !failed; c++)
        failed = explain_one(again, &now, parts + c * (again->request.n_measures + 1),
                             innovations[c], error);
    merge_finish(&now);
    return failed;
}

int merge_explain(const struct plan *plan, const struct merge_jobs *jobs, struct result *result,
                  const uint64_t *innovations, size_t count, struct uptake_error *error)
{
    for (size_t m = 0; m < result->n_merges; m++) {
        struct again again;
        if (result->merges[m].failure) /* there is nothing to explain */
            continue;
        size_t n_parts = count * (jobs->jobs[m].spec->n_measures + 1);
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
