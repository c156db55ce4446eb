/*
 * A worker's work: load the bundle, then the phases of the task, unit by unit. A unit of update is a cell, of process a
 * batch; finish is one unit. The same function runs in the host under --in-process.
 */
#include <fenv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "run/caller.h"

struct work {
    struct caller caller;
    const struct share *share;
    const struct task *task;
    struct control *control;
    bool stepping;
};

static int fail(struct work *work, const char *what)
{
    snprintf(work->control->failure, sizeof work->control->failure, "%s", what);
    return -1;
}

/* A plugin's answer: 0, or a failure with its own words, or none. */
static int answered(struct work *work, int answer, const char *where)
{
    struct caller *caller = &work->caller;
    if (answer == 0 && !caller->failed)
        return 0;
    if (!caller->failed)
        snprintf(caller->failure, 256, "%s returned %d and said no reason", where, answer);
    caller->failed = false;
    return -1;
}

static void watch_before(struct work *work, enum phase phase)
{
    const struct watch *watch = work->share->watch;
    if (watch && watch->before)
        watch->before(watch->data, &work->caller, phase);
}

static int watch_after(struct work *work, enum phase phase, int answer)
{
    const struct watch *watch = work->share->watch;
    if (watch && watch->after)
        watch->after(watch->data, &work->caller, phase);
    return answer;
}

static void before_call(struct work *work)
{
    fesetenv(FE_DFL_ENV); /* a bundle linked with -ffast-math changes it when it is loaded */
    work->caller.failed = false;
    atomic_fetch_add(&work->control->beat, 1);
}

/* --- One stretch of innovations ---------------------------------------------------------------- */

static int call_update(struct work *work, uint64_t first, uint64_t count, uint64_t cell)
{
    if (caller_batch(&work->caller, first, count, share_cell(work->share, cell), false) != 0)
        return fail(work, "out of memory");
    watch_before(work, PHASE_UPDATE);
    before_call(work);
    int answer = work->caller.code->update(&work->caller.call);
    return answered(work, watch_after(work, PHASE_UPDATE, answer), "update");
}

static int call_process(struct work *work, uint64_t first, uint64_t count)
{
    struct caller *caller = &work->caller;
    uint64_t log = caller->log.used;
    if (caller_batch(caller, first, count, share_cell(work->share, 0), false) != 0)
        return fail(work, "out of memory");
    caller_clear(caller);
    watch_before(work, PHASE_PROCESS);
    before_call(work);
    int answer = watch_after(work, PHASE_PROCESS, caller->code->process(&caller->call));
    if (answered(work, answer, "process") == 0) {
        caller_settle(caller);
        caller_keep(caller);
        return 0;
    }
    log_rewind(&caller->log, log);
    caller_clear(caller);
    return -1;
}

typedef int stretch_function(struct work *work, uint64_t first, uint64_t count, uint64_t cell);

static int process_stretch(struct work *work, uint64_t first, uint64_t count, uint64_t cell)
{
    (void)cell;
    if (count == 1 || work->stepping) {
        if (call_process(work, first, count) != 0)
            caller_fail_one(&work->caller);
        return 0;
    }
    if (call_process(work, first, count) == 0)
        return 0;
    for (uint64_t i = first; i < first + count; i++) /* it said no: whose fault is it? */
        if (call_process(work, i, 1) != 0)
            caller_fail_one(&work->caller);
    return 0;
}

static bool is_failed(const struct work *work, uint64_t innovation)
{
    return work->share->failed && work->share->failed[innovation];
}

/* A batch, around the innovations that no worker shall touch again. */
static int around_failed(struct work *work, uint64_t first, uint64_t count, uint64_t cell,
                         stretch_function *stretch)
{
    uint64_t end = first + count;
    while (first < end) {
        uint64_t to = first;
        while (to < end && !is_failed(work, to))
            to++;
        if (to > first && stretch(work, first, to - first, cell) != 0)
            return -1;
        first = to + 1;
    }
    return 0;
}

/* What the log holds by now is to stay. */
static void commit(struct work *work)
{
    atomic_store(&work->control->committed, work->caller.log.used);
    atomic_store(&work->control->dropped, work->caller.log.dropped);
}

static int step(struct work *work, uint64_t first, uint64_t count, uint64_t cell, int64_t from,
                stretch_function *stretch)
{
    work->stepping = true;
    for (uint64_t i = first; i < first + count; i++) {
        if ((int64_t)i < from || is_failed(work, i))
            continue;
        atomic_store(&work->control->at, i);
        if (stretch(work, i, 1, cell) != 0)
            return -1;
        commit(work); /* the next one may be the worker's last */
    }
    work->stepping = false;
    atomic_store(&work->control->at, UINT64_MAX);
    return 0;
}

/* --- Units ------------------------------------------------------------------------------------- */

static int unit_update(struct work *work, uint64_t cell, int64_t step_at)
{
    const struct grid *grid = &work->share->grid;
    uint64_t first, count;
    if (work->share->state_bytes)
        memset(share_cell(work->share, cell), 0, work->share->state_bytes);
    for (uint64_t k = 0; k < grid->batches_in_cell; k++) {
        grid_batch(grid, cell, k, &first, &count);
        if (count == 0)
            break;
        int failed = step_at == NO_STEP ? around_failed(work, first, count, cell, call_update)
                                        : step(work, first, count, cell, 0, call_update);
        if (failed)
            return -1; /* the page has its words already */
    }
    return 0;
}

/* Cells combine as a binary counter over their index, so the order of sums depends on the grid alone. */
static int combine_cells(struct work *work)
{
    const struct share *share = work->share;
    for (uint64_t width = 1; width < share->grid.cells; width *= 2)
        for (uint64_t cell = 0; cell + width < share->grid.cells; cell += 2 * width) {
            before_call(work);
            int answer = work->caller.code->combine(
                share_cell(share, cell), share_cell(share, cell + width), share->of->params);
            if (answered(work, answer, "combine") != 0)
                return -1; /* the page has its words already */
        }
    return 0;
}

static int unit_finish(struct work *work, uint64_t unit, int64_t step_at)
{
    (void)unit;
    (void)step_at;
    struct caller *caller = &work->caller;
    if (combine_cells(work) != 0)
        return -1;
    if (caller_batch(caller, 0, 0, share_cell(work->share, 0), true) != 0)
        return fail(work, "out of memory");
    caller_clear(caller);
    watch_before(work, PHASE_FINISH);
    before_call(work);
    int answer = watch_after(work, PHASE_FINISH, caller->code->finish(&caller->call));
    return answered(work, answer, "finish");
}

static int unit_process(struct work *work, uint64_t unit, int64_t step_at)
{
    const struct grid *grid = &work->share->grid;
    uint64_t first, count, cell = unit / grid->batches_in_cell;
    grid_batch(grid, cell, unit % grid->batches_in_cell, &first, &count);
    caller_unit(&work->caller, unit, first, count);
    if (step_at == NO_STEP)
        return around_failed(work, first, count, cell, process_stretch);
    return step(work, first, count, cell, step_at, process_stretch);
}

static const struct {
    int (*unit)(struct work *work, uint64_t unit, int64_t step_at);
} phases[PHASE_COUNT] = {[PHASE_UPDATE] = {unit_update},
                         [PHASE_FINISH] = {unit_finish},
                         [PHASE_PROCESS] = {unit_process}};

static uint64_t units_of(const struct share *share, enum phase phase)
{
    if (phase == PHASE_FINISH)
        return 1;
    return share->grid.cells * (phase == PHASE_PROCESS ? share->grid.batches_in_cell : 1);
}

static int run_phase(struct work *work, enum phase phase)
{
    const struct task *task = work->task;
    bool resumed = phase == task->from;
    uint64_t unit = resumed ? task->unit : task->slot;
    if (phase == PHASE_FINISH && !resumed)
        unit = 0;
    atomic_store(&work->control->phase, phase);
    for (; unit < units_of(work->share, phase); unit += task->stride) {
        int64_t step_at = resumed && unit == task->unit ? task->step_at : NO_STEP;
        atomic_store(&work->control->unit, unit);
        if (phases[phase].unit(work, unit, step_at) != 0)
            return -1;
        commit(work);
    }
    return 0;
}

/* --- The task ---------------------------------------------------------------------------------- */

static const struct uptake_plugin *load(const struct share *share, char failure[256])
{
    struct uptake_error *error = calloc(1, sizeof *error);
    const struct uptake_bundle *bundle = NULL;
    const struct uptake_plugin *code = NULL;
    if (!error)
        return NULL;
    if (plugin_load(share->of->plugin, &bundle, error) == 0)
        code = plugin_code(bundle, share->of->plugin, error);
    if (!code)
        snprintf(failure, 256, "%.250s", error->text[0]);
    free(error);
    if (code && sandbox_seal() != 0) {
        snprintf(failure, 256, "its sandbox could not be closed");
        return NULL;
    }
    return code;
}

static int run_phases(struct work *work)
{
    const struct task *task = work->task;
    for (unsigned phase = task->from; phase <= task->to; phase++) {
        if (phase != PHASE_PROCESS && !work->share->of->plugin->has_state)
            continue;
        work->caller.mute = phase == PHASE_UPDATE;
        if (phase == PHASE_PROCESS && share_seal_state(work->share) != 0)
            return fail(work, "its state could not be protected");
        if (run_phase(work, (enum phase)phase) != 0)
            return -1;
    }
    return 0;
}

static int run_task(struct work *work)
{
    const struct share *share = work->share;
    struct control *control = work->control;
    const struct uptake_plugin *code = load(share, control->failure);
    if (!code)
        return -1;
    atomic_store(&control->loaded, 1);
    if (caller_open(&work->caller, share, code, work->task->slot, work->task->log_used,
                    control->failure) != 0)
        return fail(work, "out of memory");
    if (run_phases(work) != 0)
        return -1;
    atomic_store(&control->done, 1);
    return 0;
}

int worker_run(const struct share *share, const struct task *task)
{
    struct work *work = calloc(1, sizeof *work);
    struct control *control = share_control(share, task->slot);
    fenv_t environment;
    if (!work)
        return -1;
    work->share = share;
    work->task = task;
    work->control = control;
    atomic_store(&control->at, UINT64_MAX);
    atomic_store(&control->committed, task->log_used);
    atomic_store(&control->phase, task->from);
    atomic_store(&control->unit, task->unit);
    fegetenv(&environment);
    int failed = run_task(work);
    fesetenv(&environment); /* in the host, what the plugin left of it must not go on */
    if (work->caller.share)
        caller_close(&work->caller);
    free(work);
    return failed;
}

int worker_state_size(const struct share *share, const struct uptake_bundle *loaded,
                      uint64_t *bytes, char failure[256])
{
    const struct plugin *plugin = share->of->plugin;
    uint64_t rows[1024];
    struct uptake_counts counts = {sizeof counts, share->model->innovations, rows, plugin->n_reads};
    for (size_t k = 0; k < plugin->n_reads && k < sizeof rows / sizeof *rows; k++)
        rows[k] =
            share->of->reads[k].provider != SIZE_MAX
                ? share->model->innovations
                : share->model->tables[share->plan->requests[share->of->reads[k].request].table]
                      .rows;
    struct uptake_error *error = calloc(1, sizeof *error);
    const struct uptake_plugin *code = error ? plugin_code(loaded, plugin, error) : NULL;
    if (code)
        *bytes = code->state_size(&counts, share->of->params);
    else
        snprintf(failure, 256, "%.250s", error ? error->text[0] : "out of memory");
    free(error);
    return code ? 0 : -1;
}
