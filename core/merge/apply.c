/* A spec's merges over a run: see apply.h. */
#include "merge/apply.h"

#include <math.h>
#include <stdlib.h>

#include "merge/columns.h"
#include "merge/keep.h"
#include "merge/options.h"

/* --- Names ------------------------------------------------------------------------------------- */

static int resolve_one(struct plan *plan, const struct spec_merge *spec, struct merge_job *job,
                       struct foreign_shelf *shelf, bool *absent, struct uptake_error *error)
{
    int failed = foreign_find(plan->spec, spec, shelf, &plan->arena, &job->foreign, error);
    job->spec = spec;
    job->sources = arena_array(&plan->arena, spec->n_measures, sizeof *job->sources);
    job->se_sources = arena_array(&plan->arena, spec->n_measures, sizeof *job->se_sources);
    job->templates = arena_array(&plan->arena, spec->n_measures, sizeof *job->templates);
    if (!job->sources || !job->se_sources || !job->templates)
        return error_memory(error);
    failed |= options_read(spec, &job->options, &plan->arena, error);
    failed |= options_read_weights(spec, &job->weighting, &plan->arena, error);
    for (size_t k = 0; k < spec->n_measures; k++) {
        struct source_name name = {"measures", spec->measures[k].name, spec->measures[k].place,
                                   "the merge"};
        struct source_name se = {"se", spec->measures[k].se, spec->measures[k].se_place,
                                 "the merge"};
        failed |= source_resolve(plan, &name, &job->sources[k], absent, error);
        if (se.name)
            failed |= source_resolve(plan, &se, &job->se_sources[k], absent, error);
        failed |=
            options_read_measure(spec, &spec->measures[k], &job->templates[k], &plan->arena, error);
    }
    return failed;
}

int merge_resolve(const struct spec *spec, struct plan *plan, struct merge_jobs *jobs,
                  struct uptake_error *error)
{
    int failed = 0;
    struct foreign_shelf shelf = {0};
    *jobs = (struct merge_jobs){0};
    jobs->jobs = arena_array(&plan->arena, spec->n_merges, sizeof *jobs->jobs);
    if (!jobs->jobs)
        return error_memory(error);
    for (size_t m = 0; m < spec->n_merges; m++) {
        bool absent = false;
        failed |=
            resolve_one(plan, &spec->merges[m], &jobs->jobs[jobs->n_jobs], &shelf, &absent, error);
        jobs->n_jobs += !absent;
    }
    return failed ? -1 : 0;
}

void merge_in_process(const struct merge_jobs *jobs)
{
    for (size_t m = 0; m < jobs->n_jobs; m++)
        if (jobs->jobs[m].foreign)
            jobs->jobs[m].foreign->in_process = true;
}

/* --- Columns ----------------------------------------------------------------------------------- */

void columns_finish(struct columns *columns)
{
    for (size_t k = 0; k < columns->n_owned; k++)
        free(columns->owned[k]);
    free(columns->owned);
    free(columns->measures);
}

static double *own(struct columns *columns, uint64_t n)
{
    double *values = malloc(n * sizeof *values + 1);
    if (values)
        columns->owned[columns->n_owned++] = values;
    return values;
}

static int spread_field(struct columns *columns, const struct model_column *column, uint64_t n,
                        struct merge_measure *measure)
{
    measure->value = column->values;
    if (column->values && column->n_doubts == 0)
        return 0;
    double *value = own(columns, n), *low = own(columns, n), *high = own(columns, n);
    if (!value || !low || !high)
        return -1;
    for (uint64_t i = 0; i < n; i++) {
        value[i] = column->values ? ((const double *)column->values)[i]
                                  : uptake_missing_number(UPTAKE_LEFT_OUT);
        model_doubt_at(column, i, &low[i], &high[i]);
    }
    measure->value = value;
    measure->low = low;
    measure->high = high;
    return 0;
}

/* What the spec says of a measure, and where it says nothing, what its column declares. */
static void describe(const struct spec_measure *spec, int better, double min, double max,
                     double eps, struct merge_measure *measure)
{
    measure->name = spec->name;
    measure->place = spec->place;
    measure->weight = spec->weight;
    measure->better = spec->better ? spec->better : better;
    measure->min = isnan(spec->min) ? min : spec->min;
    measure->max = isnan(spec->max) ? max : spec->max;
    measure->eps = eps;
}

static void measure_of(const struct plan *plan, const struct model *model,
                       const struct merge_job *job, size_t k, struct merge_measure *measure)
{
    const struct merge_source *source = &job->sources[k];
    *measure = job->templates[k];
    if (source->plugin == SIZE_MAX) {
        const struct model_column *column = source_field(plan, model, source);
        describe(&job->spec->measures[k], UPTAKE_NEITHER, column->min, column->max, 0, measure);
    } else {
        const struct uptake_write *write =
            &plan->plugins[source->plugin].plugin->writes[source->write];
        describe(&job->spec->measures[k], write->better, write->min, write->max, 0, measure);
    }
}

/* Standard errors: best values only. */
static int spread_se(struct columns *columns, const struct plan *plan,
                     const struct merge_source *source, const struct model *model,
                     const struct result *result, struct merge_measure *measure)
{
    if (source->plugin != SIZE_MAX) {
        measure->se = result->plugins[source->plugin].columns[source->write].values;
        return 0;
    }
    measure->se = source_field(plan, model, source)->values;
    if (measure->se)
        return 0;
    double *none = own(columns, model->innovations);
    for (uint64_t i = 0; none && i < model->innovations; i++)
        none[i] = uptake_missing_number(UPTAKE_LEFT_OUT);
    measure->se = none;
    return none ? 0 : -1;
}

int columns_open(struct columns *columns, const struct plan *plan, const struct merge_job *job,
                 const struct model *model, const struct result *result)
{
    size_t count = job->spec->n_measures;
    *columns = (struct columns){.measures = calloc(count + 1, sizeof(struct merge_measure)),
                                .owned = calloc(4 * count + 1, sizeof(double *))};
    if (!columns->measures || !columns->owned)
        return -1;
    for (size_t k = 0; k < count; k++) {
        const struct merge_source *source = &job->sources[k];
        struct merge_measure *measure = &columns->measures[k];
        measure_of(plan, model, job, k, measure);
        if (!result)
            continue;
        if (source->plugin == SIZE_MAX) {
            if (spread_field(columns, source_field(plan, model, source), model->innovations,
                             measure) != 0)
                return -1;
        } else {
            const struct result_column *column =
                &result->plugins[source->plugin].columns[source->write];
            measure->value = column->values;
            measure->low = column->low;
            measure->high = column->high;
        }
        if (job->spec->measures[k].se &&
            spread_se(columns, plan, &job->se_sources[k], model, result, measure) != 0)
            return -1;
    }
    return 0;
}

static const char *id_of(const void *ids, size_t i)
{
    const struct model *model = ids;
    return model_text(model, model->ids[i]);
}

struct merge_request columns_request(const struct merge_job *job, const struct columns *columns,
                                     const struct model *model)
{
    const struct spec_merge *spec = job->spec;
    return (struct merge_request){.name = spec->name,
                                  .place = spec->place,
                                  .method = spec->method,
                                  .foreign = job->foreign,
                                  .method_place = spec->method_place,
                                  .normalise = spec->normalise,
                                  .normalise_place = spec->normalise_place,
                                  .missing = spec->missing,
                                  .missing_place = spec->missing_place,
                                  .floor = spec->floor,
                                  .options = &job->options,
                                  .weighting = &job->weighting,
                                  .measures = columns->measures,
                                  .n_measures = spec->n_measures,
                                  .n = model->innovations,
                                  .id = id_of,
                                  .ids = model};
}

/* --- Checking and merging ---------------------------------------------------------------------- */

int merge_check_all(const struct plan *plan, const struct model *model,
                    const struct merge_jobs *jobs, struct uptake_error *error)
{
    int failed = 0;
    for (size_t m = 0; m < jobs->n_jobs; m++) {
        struct columns columns;
        if (columns_open(&columns, plan, &jobs->jobs[m], model, NULL) == 0) {
            struct merge_request request = columns_request(&jobs->jobs[m], &columns, model);
            failed |= merge_check(&request, error);
        } else {
            failed = error_memory(error);
        }
        columns_finish(&columns);
    }
    return failed ? -1 : 0;
}

static int apply_one(const struct plan *plan, const struct merge_job *job,
                     struct merge_result *merge, struct result *result, struct uptake_error *error)
{
    struct columns columns;
    int failed = columns_open(&columns, plan, job, result->model, result);
    if (failed) {
        error_memory(error);
    } else {
        struct merge_request request = columns_request(job, &columns, result->model);
        failed = keep_parts(job->spec, &request, result, error) ||
                 merge_run(&request, merge, error) ||
                 keep_merge(merge, job->spec, &request, result, &result->merges[result->n_merges],
                            error);
    }
    columns_finish(&columns);
    return failed ? -1 : 0;
}

int merge_apply(const struct plan *plan, struct merge_jobs *jobs, struct result *result,
                struct uptake_error *error)
{
    jobs->results = calloc(jobs->n_jobs + 1, sizeof *jobs->results);
    result->merges = arena_array(&result->arena, jobs->n_jobs, sizeof *result->merges);
    if (!jobs->results || !result->merges)
        return error_memory(error);
    for (size_t m = 0; m < jobs->n_jobs; m++) {
        if (apply_one(plan, &jobs->jobs[m], &jobs->results[m], result, error) != 0)
            return -1;
        result->n_merges++;
    }
    return 0;
}

void merge_jobs_finish(struct merge_jobs *jobs)
{
    for (size_t m = 0; jobs->results && m < jobs->n_jobs; m++)
        merge_finish(&jobs->results[m]);
    free(jobs->results);
    *jobs = (struct merge_jobs){0};
}
