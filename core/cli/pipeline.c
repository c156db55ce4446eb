/* The pipeline: see pipeline.h. */
#include "cli/pipeline.h"

#include "compare/headlines.h"

static int prepare(const struct spec *spec, const struct run_options *options, bool check,
                   struct pipeline *pipeline, struct uptake_error *error)
{
    if (plan_build(spec, options->only, &pipeline->plan, error) != 0 ||
        merge_resolve(spec, &pipeline->plan, &pipeline->merges, error) != 0 ||
        run_load(&pipeline->plan, options, check, &pipeline->model, error) != 0)
        return -1;
    return merge_check_all(&pipeline->plan, &pipeline->model, &pipeline->merges, error);
}

int pipeline_run(const struct spec *spec, const struct run_options *options,
                 struct pipeline *pipeline, struct uptake_error *error)
{
    if (prepare(spec, options, false, pipeline, error) != 0 ||
        run_execute(&pipeline->plan, &pipeline->model, options, &pipeline->result, error) != 0 ||
        merge_apply(&pipeline->plan, &pipeline->merges, &pipeline->result, error) != 0)
        return -1;
    return headlines_compare(&pipeline->result, error);
}

int pipeline_check(const struct spec *spec, struct pipeline *pipeline, struct uptake_error *error)
{
    static const struct run_options options = {0};
    return prepare(spec, &options, true, pipeline, error);
}

void pipeline_finish(struct pipeline *pipeline)
{
    result_finish(&pipeline->result);
    merge_jobs_finish(&pipeline->merges);
    model_finish(&pipeline->model);
    plan_finish(&pipeline->plan);
}
