/* A run: see run.h. */
#include "run/run.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/date.h"
#include "run/collect.h"
#include "run/give_back.h"
#include "run/inputs.h"
#include "run/job.h"
#include "run/reuse.h"
#include "run/supervise.h"

enum { LARGE_MODEL = 8 << 20 }; /* bytes of its frozen memory */

/* What a result stands on, freed with it. */
struct keep {
    struct job *jobs;
    size_t n_jobs;
    struct provided **provided; /* a job's, by read */
    bool *through;              /* a job's: it needs the model no more */
    bool *stays; /* a job's: its result is that of a run before, and not ours to free */
    bool *taken; /* a job's: its result was taken from a record */
    struct inputs inputs;
};

static void release(struct result *result)
{
    struct keep *keep = result->keep;
    for (size_t p = 0; p < result->n_plugins; p++) {
        struct result_plugin *plugin = &result->plugins[p];
        if (!keep || !keep->stays[p])
            collect_drop(plugin);
    }
    for (size_t j = 0; keep && j < keep->n_jobs; j++) {
        share_close(&keep->jobs[j].share);
        free(keep->jobs[j].failed);
        const size_t n_reads = keep->jobs[j].share.of ? keep->jobs[j].share.of->plugin->n_reads : 0;
        for (size_t k = 0; keep->provided[j] && k < n_reads; k++)
            free((void *)(uintptr_t)keep->provided[j][k].values);
    }
}

/* --- Loading ----------------------------------------------------------------------------------- */

int run_load(struct plan *plan, const struct run_options *options, bool check, struct model *model,
             struct uptake_error *error)
{
    const struct spec *spec = plan->spec;
    if (options->progress)
        options->progress->show(options->progress->user, "reading", spec->model, (double)NAN);
    struct model_options load = {.path = spec->model,
                                 .name = spec->model,
                                 .as_of_given = spec->as_of_given,
                                 .as_of = spec->as_of,
                                 .check_only = check,
                                 .innovation = options->innovation,
                                 .adopters = options->where ? &options->where->kept : NULL,
                                 .requests = plan->requests,
                                 .n_requests = plan->n_requests,
                                 .changes = options->changes,
                                 .n_changes = options->n_changes,
                                 .changed = options->changed};
    return model_load(&load, model, error);
}

/* --- What one plugin reads of another ---------------------------------------------------------- */

static double *copy_measure(const struct result_column *from, uint64_t n)
{
    const double *parts[] = {from->values, from->low ? from->low : from->values,
                             from->high ? from->high : from->values};
    double *copy = malloc(3 * n * sizeof *copy + 1);
    for (size_t k = 0; copy && k < 3; k++)
        memcpy(copy + k * n, parts[k], n * sizeof *copy);
    return copy;
}

static int provide(const struct plan *plan, size_t p, const struct result *result,
                   struct keep *keep)
{
    const struct plan_plugin *of = &plan->plugins[p];
    uint64_t n = result->model->innovations;
    struct provided *provided = arena_array(&((struct result *)(uintptr_t)result)->arena,
                                            of->plugin->n_reads, sizeof *provided);
    if (!provided)
        return -1;
    keep->provided[p] = provided;
    keep->jobs[p].share.provided = provided;
    for (size_t k = 0; k < of->plugin->n_reads; k++) {
        if (of->reads[k].provider == SIZE_MAX)
            continue;
        double *copy =
            copy_measure(&result->plugins[of->reads[k].provider].columns[of->reads[k].write], n);
        if (!copy)
            return -1;
        provided[k] = (struct provided){copy, copy + n, copy + 2 * n};
    }
    return 0;
}

/* --- The run ----------------------------------------------------------------------------------- */

/* Plugins that work at the same time: all of a wave that have work, or one of them. */
struct stage {
    unsigned wave;
    size_t only; /* SIZE_MAX: all */
};

static bool in_stage(const struct plan *plan, const struct keep *keep, size_t p, struct stage stage)
{
    return plan->plugins[p].wave == stage.wave && !keep->stays[p] && !keep->taken[p] &&
           (stage.only == SIZE_MAX || stage.only == p);
}

static unsigned stage_size(const struct plan *plan, const struct keep *keep, struct stage stage)
{
    unsigned size = 0;
    for (size_t p = 0; p < plan->n_plugins; p++)
        size += in_stage(plan, keep, p, stage);
    return size;
}

/* Workers are shared out evenly among the plugins of a stage; who comes first gets what is over. */
static int open_stage(const struct plan *plan, const struct model *model, struct keep *keep,
                      struct stage stage, const struct supervision *how,
                      const struct run_options *options, struct result *result,
                      struct uptake_error *error)
{
    unsigned size = stage_size(plan, keep, stage), place = 0;
    for (size_t p = 0; p < plan->n_plugins; p++) {
        struct job *job = &keep->jobs[p];
        if (!in_stage(plan, keep, p, stage))
            continue;
        unsigned workers = how->slots / size + (place++ < how->slots % size);
        job->in_process = options->in_process;
        if (provide(plan, p, result, keep) != 0)
            return error_memory(error);
        if (job_open(job, plan, p, model, options->in_process || workers == 0 ? 1 : workers, how,
                     options, result, error) != 0)
            return -1;
    }
    return 0;
}

/* What only they read of the model goes back when they are through, before their results are indexed. */
static int work_stage(const struct plan *plan, struct model *model, struct keep *keep,
                      struct stage stage, const struct supervision *how,
                      const struct run_options *options, struct uptake_error *error)
{
    struct job **jobs = calloc(plan->n_plugins, sizeof *jobs);
    size_t count = 0;
    if (!jobs)
        return error_memory(error);
    for (size_t p = 0; p < plan->n_plugins; p++)
        if (in_stage(plan, keep, p, stage)) {
            jobs[count++] = &keep->jobs[p];
            keep->through[p] = true;
        }
    int failed = count ? supervise(jobs, count, how, error) : 0;
    free(jobs);
    return failed || options->keep_model ? failed
                                         : give_back_reads(plan, keep->through, model, error);
}

static int collect_stage(const struct plan *plan, struct keep *keep, struct stage stage,
                         struct result *result, struct uptake_error *error)
{
    for (size_t p = 0; p < plan->n_plugins; p++)
        if (in_stage(plan, keep, p, stage) &&
            collect(&keep->jobs[p], result, &result->plugins[p], error) != 0)
            return -1;
    return 0;
}

static void describe(const struct plan *plan, const struct model *model, struct result *result)
{
    const struct spec *spec = plan->spec;
    result->model = model;
    result->spec_path = spec->path;
    result->spec_title = spec->title;
    result->spec_note = spec->note;
    result->model_path = spec->model_text;
    result->as_of_given = spec->as_of_given;
    result->as_of = spec->as_of_given ? spec->as_of : date_today();
}

/* States how plugins are held, and says why where that is less than could be. */
static int contain(const struct run_options *options, struct result *result,
                   struct uptake_error *error)
{
    static const char *const notes[] = {
        [SANDBOX_PROCESS] = "crashes and hangs are contained, hostile code is not",
        [SANDBOX_NO_LANDLOCK] = "a bundle can read your files while it is loaded"};
    enum sandbox_level level = sandbox_level();
    const char *lacks = sandbox_lacks();
    result->containment = options->in_process ? "none" : sandbox_name(level);
    if (options->in_process)
        result->containment_note = "containment: none: plugins run in the host itself";
    else if (level != SANDBOX_FULL)
        result->containment_note =
            arena_format(&result->arena, "containment: %s: %s%s%s", result->containment,
                         notes[level], lacks ? "; " : "", lacks ? lacks : "");
    sandbox_prepare();
    return options->in_process || level == SANDBOX_FULL || result->containment_note
               ? 0
               : error_memory(error);
}

static unsigned slots_of(int jobs)
{
    long online = sysconf(_SC_NPROCESSORS_ONLN);
    long wanted = jobs > 0 ? jobs : online > 0 ? online : 1;
    return wanted > SLOTS_MAX ? SLOTS_MAX : (unsigned)wanted;
}

/* Whether something that the plugin reads is another than before. */
static bool reads_touched(const struct plan *plan, const struct keep *keep, size_t p)
{
    const struct plan_plugin *of = &plan->plugins[p];
    for (size_t k = 0; k < of->plugin->n_reads; k++) {
        const struct plan_read *read = &of->reads[k];
        if (of->plugin->reads[k].type == UPTAKE_VERDICT ||
            (read->provider == SIZE_MAX ? plan->requests[read->request].touched
                                        : !keep->stays[read->provider]))
            return true;
    }
    return false;
}

/* By waves: who reads another's answer comes after it. */
static void settle_stays(const struct plan *plan, struct keep *keep, unsigned waves,
                         const struct result *before, struct result *result)
{
    for (unsigned wave = 0; wave < waves; wave++)
        for (size_t p = 0; p < plan->n_plugins; p++)
            if (plan->plugins[p].wave == wave && !reads_touched(plan, keep, p)) {
                keep->stays[p] = keep->through[p] = true;
                result->plugins[p] = before->plugins[p];
            }
}

static unsigned count_waves(const struct plan *plan)
{
    unsigned waves = 0;
    for (size_t p = 0; p < plan->n_plugins; p++)
        waves = plan->plugins[p].wave >= waves ? plan->plugins[p].wave + 1 : waves;
    return waves;
}

static int open_result(const struct plan *plan, const struct model *model, struct result *result,
                       struct uptake_error *error)
{
    *result = (struct result){.release = release};
    describe(plan, model, result);
    struct keep *keep = arena_alloc(&result->arena, sizeof *keep);
    result->plugins = arena_array(&result->arena, plan->n_plugins, sizeof *result->plugins);
    if (!keep || !result->plugins)
        return error_memory(error);
    keep->jobs = arena_array(&result->arena, plan->n_plugins, sizeof *keep->jobs);
    keep->provided = arena_array(&result->arena, plan->n_plugins, sizeof(struct provided *));
    keep->stays = arena_array(&result->arena, plan->n_plugins, sizeof *keep->stays);
    keep->through = arena_array(&result->arena, plan->n_plugins, sizeof *keep->through);
    keep->taken = arena_array(&result->arena, plan->n_plugins, sizeof *keep->taken);
    if (!keep->jobs || !keep->provided || !keep->stays || !keep->through || !keep->taken)
        return error_memory(error);
    result->keep = keep;
    keep->n_jobs = result->n_plugins = plan->n_plugins;
    return 0;
}

static bool find_known(const struct plan *plan, size_t p, const struct run_options *options,
                       struct result *result)
{
    struct keep *keep = result->keep;
    struct result_plugin *of = &result->plugins[p];
    const struct result_plugin *known =
        options->known ? options->known->find(options->known->user, &plan->plugins[p], of->inputs,
                                              of->n_inputs)
                       : NULL;
    if (known) {
        *of = *known;
        keep->stays[p] = keep->through[p] = true;
    }
    return known != NULL;
}

/* What the plugins of a wave rest on, and those whose answers are there already. */
static int take_wave(const struct plan *plan, const struct model *model, unsigned wave,
                     const struct run_options *options, struct result *result,
                     struct uptake_error *error)
{
    struct keep *keep = result->keep;
    for (size_t p = 0; p < plan->n_plugins; p++) {
        if (!in_stage(plan, keep, p, (struct stage){wave, SIZE_MAX}))
            continue;
        if (inputs_take(&keep->inputs, plan, model, p, result, error) != 0)
            return -1;
        if (find_known(plan, p, options, result))
            continue;
        int taken = options->reuse
                        ? reuse_take(options->reuse, plan, p, model, &keep->jobs[p], result, error)
                        : 0;
        if (taken < 0)
            return -1;
        keep->taken[p] = keep->through[p] = taken > 0;
    }
    return 0;
}

/* Of a large model one plugin after the other is worked on by all workers, and its part of the model goes before the
 * next one's results come. */
static int work_wave(const struct plan *plan, struct model *model, unsigned wave,
                     const struct supervision *how, const struct run_options *options,
                     struct result *result, struct uptake_error *error)
{
    struct keep *keep = result->keep;
    bool large = model->bytes >= LARGE_MODEL;
    for (size_t p = 0; p < (large ? plan->n_plugins : 1); p++) {
        struct stage stage = {wave, large ? p : SIZE_MAX};
        if (stage_size(plan, keep, stage) == 0)
            continue;
        if (open_stage(plan, model, keep, stage, how, options, result, error) != 0 ||
            work_stage(plan, model, keep, stage, how, options, error) != 0 ||
            collect_stage(plan, keep, stage, result, error) != 0)
            return -1;
    }
    return 0;
}

static int work_waves(const struct plan *plan, struct model *model,
                      const struct run_options *options, unsigned waves, struct result *result,
                      struct uptake_error *error)
{
    const struct keep *keep = result->keep;
    const struct spec_limits *limits = &plan->spec->limits;
    struct supervision how = {limits->seconds, limits->total, limits->memory,
                              slots_of(options->jobs), options->progress};
    for (unsigned wave = 0; wave < waves; wave++)
        if ((options->inputs && take_wave(plan, model, wave, options, result, error) != 0) ||
            work_wave(plan, model, wave, &how, options, result, error) != 0)
            return -1;
    for (size_t p = 0; p < plan->n_plugins; p++)
        if (!keep->stays[p] && !keep->taken[p] &&
            collect_findings(&keep->jobs[p], result, &result->plugins[p], error) != 0)
            return -1;
    return 0;
}

int run_execute(const struct plan *plan, struct model *model, const struct run_options *options,
                struct result *result, struct uptake_error *error)
{
    return run_execute_again(plan, model, options, NULL, true, result, error);
}

int run_execute_again(const struct plan *plan, struct model *model,
                      const struct run_options *options, const struct result *before,
                      bool everything, struct result *result, struct uptake_error *error)
{
    unsigned waves = count_waves(plan);
    if (open_result(plan, model, result, error) != 0 || contain(options, result, error) != 0)
        return -1;
    if (!everything)
        settle_stays(plan, result->keep, waves, before, result);
    return work_waves(plan, model, options, waves, result, error);
}

int run_exit_code(const struct result *result)
{
    for (size_t p = 0; p < result->n_plugins; p++)
        if (result->plugins[p].failed || result->plugins[p].status != PLUGIN_OK)
            return EXIT_PARTIAL;
    for (size_t m = 0; m < result->n_merges; m++)
        if (result->merges[m].failure)
            return EXIT_PARTIAL;
    for (size_t k = 0; k < result->n_scenarios; k++)
        if (run_exit_code(result->scenarios[k].result) != EXIT_OK)
            return EXIT_PARTIAL;
    return EXIT_OK;
}
