/* The pipeline: see pipeline.h. */
#include "cli/pipeline.h"

#include <string.h>
#include <time.h>

#include "base/text.h"
#include "compare/headlines.h"
#include "compare/influence.h"
#include "merge/explain.h"
#include "run/lock.h"

/* Innovations of which each is explained in a run: every one costs merges of the whole. */
enum { EXPLAIN_MOST = 30 };

/* What a scenario's result stands on, beside its model. */
struct what_if {
    struct merge_jobs merges;
    struct result result;
};

static int prepare(const struct spec *spec, const struct run_options *options, bool check,
                   struct pipeline *pipeline, struct uptake_error *error)
{
    if (plan_build(spec, options->only, &pipeline->plan, error) != 0 ||
        merge_resolve(spec, &pipeline->plan, &pipeline->merges, error) != 0)
        return -1;
    if (options->in_process)
        merge_in_process(&pipeline->merges);
    if (compare_resolve(spec, &pipeline->merges, &pipeline->plan, &pipeline->compares, error) !=
            0 ||
        run_load(&pipeline->plan, options, check, &pipeline->model, error) != 0 ||
        merge_check_all(&pipeline->plan, &pipeline->model, &pipeline->merges, error) != 0)
        return -1;
    if (options->locked && lock_hold(&pipeline->plan, &pipeline->model, error) != 0)
        return -1;
    if (options->baseline_only)
        return 0;
    return scenarios_load(&pipeline->plan, options, check, &pipeline->model, &pipeline->scenarios,
                          error);
}

static int run_scenario(const struct run_options *options, struct pipeline *pipeline, size_t k,
                        struct uptake_error *error)
{
    struct what_if *what_if = &pipeline->what_ifs[k];
    struct scenario *scenario = &pipeline->scenarios.all[k];
    what_if->merges = (struct merge_jobs){pipeline->merges.jobs, pipeline->merges.n_jobs, NULL};
    if (scenario_run(scenario, options, &pipeline->result, &what_if->result, error) != 0 ||
        merge_apply(&scenario->plan, &what_if->merges, &what_if->result, error) != 0)
        return -1;
    return scenario_describe(scenario, &what_if->result, &pipeline->result.arena,
                             &pipeline->result.scenarios[pipeline->result.n_scenarios++], error);
}

static int run_scenarios(const struct run_options *options, struct pipeline *pipeline,
                         struct uptake_error *error)
{
    size_t count = pipeline->scenarios.count;
    struct arena *arena = &pipeline->scenarios.arena;
    pipeline->what_ifs = arena_array(arena, count, sizeof *pipeline->what_ifs);
    pipeline->result.scenarios =
        arena_array(&pipeline->result.arena, count, sizeof *pipeline->result.scenarios);
    if (!pipeline->what_ifs || !pipeline->result.scenarios)
        return error_memory(error);
    for (size_t k = 0; k < count; k++)
        if (run_scenario(options, pipeline, k, error) != 0)
            return -1;
    return 0;
}

uint64_t pipeline_find(const struct pipeline *pipeline, const char *id)
{
    const struct model *model = &pipeline->model;
    for (uint64_t i = 0; i < model->innovations; i++)
        if (strcmp(model_text(model, model->ids[i]), id) == 0)
            return i;
    return UINT64_MAX;
}

/* Before anything runs. */
static int check_wanted(const struct pipeline *pipeline, const char *id, struct uptake_error *error)
{
    const struct model *model = &pipeline->model;
    struct nearest nearest;
    char quoted[72], hint[96];
    if (!id || pipeline_find(pipeline, id) != UINT64_MAX)
        return 0;
    nearest_start(&nearest, id, strlen(id));
    for (uint64_t i = 0; i < model->innovations; i++)
        nearest_offer(&nearest, model_text(model, model->ids[i]));
    return error_add(error, EXIT_INPUT, "%s: has no innovation '%s'%s",
                     pipeline->plan.spec->model_text, text_quote(quoted, id, strlen(id)),
                     nearest_hint(&nearest, hint));
}

/* What the result says of --where; its texts are the command's. */
static void describe_where(const struct where *where, struct result *result)
{
    if (!where)
        return;
    result->where = where->text;
    result->where_kept = where->kept.count;
    result->where_all = where->all;
}

static double clock_now(void)
{
    struct timespec now = {0, 0};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

/* The stage took the time since the one before. */
static void stamp(struct pipeline *pipeline, enum pipeline_stage stage, double *since)
{
    double now = clock_now();
    pipeline->seconds[stage] = now - *since;
    *since = now;
}

static int work(const struct run_options *options, struct pipeline *pipeline, double *since,
                struct uptake_error *error)
{
    if (run_execute(&pipeline->plan, &pipeline->model, options, &pipeline->result, error) != 0)
        return -1;
    stamp(pipeline, STAGE_PLUGINS, since);
    if (merge_apply(&pipeline->plan, &pipeline->merges, &pipeline->result, error) != 0 ||
        influence_apply(&pipeline->plan, &pipeline->merges, &pipeline->result, error) != 0 ||
        compare_apply(&pipeline->plan, &pipeline->compares, &pipeline->result, error) != 0)
        return -1;
    describe_where(options->where, &pipeline->result);
    if (headlines_compare(&pipeline->result, error) != 0)
        return -1;
    stamp(pipeline, STAGE_MERGE, since);
    return 0;
}

int pipeline_run(const struct spec *spec, const struct run_options *options,
                 struct pipeline *pipeline, struct uptake_error *error)
{
    double since = clock_now();
    if (prepare(spec, options, false, pipeline, error) != 0 ||
        check_wanted(pipeline, options->wanted, error) != 0)
        return -1;
    stamp(pipeline, STAGE_LOAD, &since);
    if (work(options, pipeline, &since, error) != 0 || run_scenarios(options, pipeline, error) != 0)
        return -1;
    stamp(pipeline, STAGE_SCENARIOS, &since);
    return 0;
}

int pipeline_check(const struct spec *spec, struct pipeline *pipeline, struct uptake_error *error)
{
    static const struct run_options options = {0};
    return prepare(spec, &options, true, pipeline, error);
}

int pipeline_explain(struct pipeline *pipeline, uint64_t innovation, struct uptake_error *error)
{
    uint64_t all[EXPLAIN_MOST], n = pipeline->model.innovations;
    bool one = innovation != UINT64_MAX;
    if (!one && (n < 2 || n > EXPLAIN_MOST))
        return 0;
    for (uint64_t i = 0; i < EXPLAIN_MOST; i++)
        all[i] = i;
    return merge_explain(&pipeline->plan, &pipeline->merges, &pipeline->result,
                         one ? &innovation : all, one ? 1 : (size_t)n, error);
}

int pipeline_sources(struct pipeline *pipeline, const struct run_options *options,
                     uint64_t innovation, uint64_t most, struct uptake_error *error)
{
    if (innovation == UINT64_MAX && pipeline->model.innovations > most)
        return 0;
    if (sources_read(&pipeline->result, &pipeline->plan, options, innovation, &pipeline->sources,
                     error) != 0)
        return -1;
    pipeline->result.sources = &pipeline->sources;
    return 0;
}

void pipeline_finish(struct pipeline *pipeline)
{
    for (size_t k = 0; pipeline->what_ifs && k < pipeline->scenarios.count; k++) {
        result_finish(&pipeline->what_ifs[k].result);
        merge_jobs_finish(&pipeline->what_ifs[k].merges);
    }
    sources_finish(&pipeline->sources);
    result_finish(&pipeline->result);
    merge_jobs_finish(&pipeline->merges);
    scenarios_finish(&pipeline->scenarios);
    model_finish(&pipeline->model);
    plan_finish(&pipeline->plan);
}
