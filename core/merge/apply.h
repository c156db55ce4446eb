/*
 * A spec's merges over a run: names are resolved before the model is read, columns are merged when the plugins are
 * through.
 */
#ifndef UPTAKE_MERGE_APPLY_H
#define UPTAKE_MERGE_APPLY_H

#include "merge/foreign.h"
#include "merge/merge.h"
#include "merge/source.h"
#include "result/result.h"
#include "run/plan.h"

struct merge_job {
    const struct spec_merge *spec;
    struct merge_source *sources;    /* one a measure */
    struct merge_source *se_sources; /* one a measure; of those that have `se` */
    struct merge_options options;
    struct merge_weighting weighting;
    struct merge_measure *templates; /* one a measure: what the method wants to know of it */
    struct foreign *foreign;         /* its method, where it is a plugin's; NULL: built in */
};

struct merge_jobs {
    struct merge_job *jobs; /* those whose plugins all run (--only may leave some out) */
    size_t n_jobs;
    struct merge_result *results; /* one a job, once applied */
};

/* Resolves every measure's name, and asks the plan to keep the fields that are measures. Owns: the plan's arena. Fails
 * with: unknown plugins and writes (nearest names), measures that are no number of an innovation. */
int merge_resolve(const struct spec *spec, struct plan *plan, struct merge_jobs *jobs,
                  struct uptake_error *error);

/* Plugins' methods run in the host itself from here on. */
void merge_in_process(const struct merge_jobs *jobs);

/* What can be said of the merges with the model at hand, before anything runs. */
int merge_check_all(const struct plan *plan, const struct model *model,
                    const struct merge_jobs *jobs, struct uptake_error *error);

/* Merges; fills result->merges, which borrows jobs->results. */
int merge_apply(const struct plan *plan, struct merge_jobs *jobs, struct result *result,
                struct uptake_error *error);

void merge_jobs_finish(struct merge_jobs *jobs);

#endif
