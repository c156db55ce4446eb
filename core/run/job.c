/* Opening a job: see job.h. */
#include "run/job.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>

#include "base/date.h"
#include "run/once.h"

/* --- The size of a state, asked in a child ------------------------------------------------------ */

struct question {
    const struct share *share;
    uint64_t *bytes; /* in memory that the child shares */
};

static int body(const struct uptake_bundle *loaded, void *data, char *why)
{
    const struct question *question = data;
    return worker_state_size(question->share, loaded, question->bytes, why);
}

/* 1: it has no good answer, failure says why. */
static int ask_size(const struct share *share, const struct supervision *how, bool in_process,
                    uint64_t *bytes, char failure[256], struct uptake_error *error)
{
    static const size_t sections[] = {sizeof *bytes};
    char why[ONCE_WHY_BYTES] = "";
    struct question question = {.share = share};
    struct once once = {.plugin = share->of->plugin,
                        .seconds = how->seconds,
                        .memory = how->memory,
                        .in_process = in_process,
                        .body = body,
                        .data = &question};
    int failed = once_open(&once, sections, 1, error);
    if (!failed) {
        question.bytes = once_section(&once, sizeof *bytes);
        failed = once_run(&once, why, error);
        *bytes = *question.bytes;
    }
    once_close(&once);
    if (!failed && *bytes > (uint64_t)1 << 30) {
        snprintf(why, sizeof why, "it says over 1 GiB");
        failed = 1;
    }
    snprintf(failure, 256, "%.255s", why);
    return failed;
}

/* --- Opening ------------------------------------------------------------------------------------ */

/* It cannot even begin. */
__attribute__((format(printf, 2, 3))) static void refuse_job(struct job *job, const char *format,
                                                             ...)
{
    va_list values;
    va_start(values, format);
    vsnprintf(job->whole, sizeof job->whole, format, values);
    va_end(values);
    job->over = job->started = job->stopped = job->failed_whole = true;
}

static int state_bytes(struct job *job, const struct supervision *how, size_t *bytes,
                       struct uptake_error *error)
{
    const struct plugin *plugin = job->share.of->plugin;
    uint64_t asked = plugin->state_bytes;
    char failure[256] = "";
    int answer = 0;
    if (plugin->state_size_asked)
        answer = ask_size(&job->share, how, job->in_process, &asked, failure, error);
    if (answer > 0)
        refuse_job(job, "could not say how large its state is: %s", failure);
    else if (asked > how->memory / job->share.grid.cells)
        refuse_job(job,
                   "its statistics need %" PRIu64 " MiB in each of %" PRIu64
                   " parts, more than limits: memory allows",
                   asked >> 20, job->share.grid.cells);
    *bytes = job->over ? 0 : asked;
    return answer < 0 ? -1 : 0;
}

int job_open(struct job *job, const struct plan *plan, size_t p, const struct model *model,
             unsigned workers, const struct supervision *how, const struct run_options *options,
             struct result *result, struct uptake_error *error)
{
    const struct spec *spec = plan->spec;
    job->arena = &result->arena;
    job->share = (struct share){.plan = plan,
                                .of = &plan->plugins[p],
                                .model = model,
                                .provided = job->share.provided,
                                .grid = options->cut ? grid_cut(model->innovations, options->cut)
                                                     : grid_of(model->innovations),
                                .watch = options->watch,
                                .as_of_given = spec->as_of_given,
                                .as_of = spec->as_of_given ? spec->as_of : date_today()};
    uint64_t batches = job->share.grid.cells * job->share.grid.batches_in_cell;
    job->workers = workers < batches ? workers : (unsigned)batches;
    job->cutoff = job->batch_dependent = UINT64_MAX;
    size_t bytes;
    if (state_bytes(job, how, &bytes, error) != 0)
        return -1;
    return share_open(&job->share, bytes, job->workers, job->arena, error);
}
