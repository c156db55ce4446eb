/* From a spec to a result, stage by stage: plan, load, run, merge, compare; then the same for each scenario. */
#ifndef UPTAKE_CLI_PIPELINE_H
#define UPTAKE_CLI_PIPELINE_H

#include "compare/compare.h"
#include "merge/apply.h"
#include "report/sources.h"
#include "run/run.h"
#include "run/scenario.h"
#include "spec/spec.h"

/* What takes time: reading the model; plugins; merges and comparisons; scenarios. */
enum pipeline_stage { STAGE_LOAD, STAGE_PLUGINS, STAGE_MERGE, STAGE_SCENARIOS, STAGES };

/* Everything that a result stands on. Zeroed is valid. */
struct pipeline {
    struct plan plan;
    struct merge_jobs merges;
    struct compare_jobs compares;
    struct model model;
    struct result result;
    struct sources sources;
    struct scenarios scenarios;
    struct what_if *what_ifs; /* one a scenario, once run */
    double seconds[STAGES];
};

/* Fails with: exit code 2 or 4, or 128 + the signal that interrupted it. A plugin's failure is in the result. */
int pipeline_run(const struct spec *spec, const struct run_options *options,
                 struct pipeline *pipeline, struct uptake_error *error);
/* What settling each measure would do: for one innovation, or (UINT64_MAX) for all where they are few enough to be
 * shown; after pipeline_run. */
int pipeline_explain(struct pipeline *pipeline, uint64_t innovation, struct uptake_error *error);
/* What the rows rest on: of one innovation, or (UINT64_MAX) of all where they are at most `most`; for the result, after
 * pipeline_run. */
int pipeline_sources(struct pipeline *pipeline, const struct run_options *options,
                     uint64_t innovation, uint64_t most, struct uptake_error *error);
/* The innovation with that id, or UINT64_MAX. */
uint64_t pipeline_find(const struct pipeline *pipeline, const char *id);
/* Everything that can be known without running. */
int pipeline_check(const struct spec *spec, struct pipeline *pipeline, struct uptake_error *error);
void pipeline_finish(struct pipeline *pipeline);

#endif
