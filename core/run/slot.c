/* Workers: see slot.h. */
#include "run/slot.h"

#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "run/child.h"
#include "run/death.h"
#include "run/fault.h"

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* --- Starting --------------------------------------------------------------------------------- */

static int worker_body(const struct share *share, const void *task)
{
    const struct task *todo = task;
    struct control *control = share_control(share, todo->slot);
    fault_watch(&control->fault);
    if (sandbox_enter(share->of->plugin->bundle, &control->denied) != 0)
        child_unready();
    atomic_store(&control->ready, 1);
    return worker_run(share, todo);
}

static void control_reset(struct job *job, struct slot *slot)
{
    struct control *control = share_control(&job->share, slot->task.slot);
    memset(control, 0, sizeof *control);
    atomic_store(&control->at, UINT64_MAX);
    atomic_store(&control->committed, slot->committed);
    atomic_store(&control->phase, slot->task.from);
    atomic_store(&control->unit, slot->task.unit);
}

static int slot_start(struct job *job, struct slot *slot, const struct supervision *how,
                      struct uptake_error *error)
{
    control_reset(job, slot);
    slot->task.log_used = slot->committed;
    slot->beat = 0;
    slot->beat_at = now();
    if (job->in_process)
        return 0;
    slot->pid = child_fork(&job->share, worker_body, &slot->task, how->memory);
    if (slot->pid < 0) {
        slot->pid = 0;
        return error_errno(error, "start", "a worker");
    }
    slot->pidfd = (int)syscall(SYS_pidfd_open, slot->pid, 0);
    return 0;
}

int slots_start(struct job *job, const struct supervision *how, struct uptake_error *error)
{
    bool alone = job->workers == 1;
    for (unsigned s = 0; s < job->workers; s++) {
        struct slot *slot = &job->slots[s];
        slot->task = (struct task){.slot = s,
                                   .stride = job->workers,
                                   .from = job->phase,
                                   .to = alone ? PHASE_PROCESS : job->phase,
                                   .unit = job->phase == PHASE_FINISH ? 0 : s,
                                   .step_at = NO_STEP};
        slot->retried = UINT64_MAX;
        slot->finished = s >= job_units(job, job->phase);
        if (!slot->finished && slot_start(job, slot, how, error) != 0)
            return -1;
    }
    job->started = true;
    return 0;
}

/* --- Ending ----------------------------------------------------------------------------------- */

static void slot_gone(struct slot *slot)
{
    if (slot->pidfd > 0)
        close(slot->pidfd);
    slot->pidfd = 0;
    slot->pid = 0;
}

static void slot_kill(struct job *job, struct slot *slot)
{
    job->cpu += child_kill(slot->pid);
    slot_gone(slot);
}

void job_kill(struct job *job)
{
    for (unsigned s = 0; s < job->workers; s++)
        if (job->slots[s].pid) {
            slot_kill(job, &job->slots[s]);
            death_outside(job, &job->slots[s]);
        }
}

/* whole: nothing of it stands; else what was finished does. job->whole says why. */
static void job_stop(struct job *job, bool whole)
{
    job_kill(job);
    job->over = true;
    job->stopped = true;
    job->failed_whole = whole;
}

/* Where no worker can be started again, this plugin is lost, and the run goes on: its first workers did start. */
void slot_died(struct job *job, struct slot *slot, const char *cause, const struct supervision *how)
{
    struct uptake_error why = {0};
    switch (death_settle(job, slot, cause)) {
    case DEATH_WHOLE: job_stop(job, true); break;
    case DEATH_ENOUGH: slot->finished = true; break;
    case DEATH_AGAIN:
        if (slot_start(job, slot, how, &why) == 0)
            break;
        snprintf(job->whole, sizeof job->whole,
                 "no new worker could be started after %.100s: %.150s", cause, why.text[0]);
        job_stop(job, true);
    }
}

/* --- Watching --------------------------------------------------------------------------------- */

void slot_finished(struct job *job, struct slot *slot)
{
    if (!death_none(job, slot))
        job_stop(job, true);
}

static void slot_killed(struct job *job, struct slot *slot, const char *cause,
                        const struct supervision *how)
{
    slot_kill(job, slot);
    slot_died(job, slot, cause, how);
}

/* A worker has ended or stopped. -1: before it was set up, which is no fault of the plugin's. */
static int slot_ended(struct job *job, struct slot *slot, const siginfo_t *info,
                      const struct supervision *how, struct uptake_error *error)
{
    char text[CAUSE_BYTES];
    const struct control *control = share_control(&job->share, slot->task.slot);
    slot_kill(job, slot); /* whatever it left behind in its group */
    if (!atomic_load(&control->ready))
        return child_refuse(info, error);
    if (info->si_code == CLD_STOPPED || info->si_code == CLD_TRAPPED) {
        slot_died(job, slot, "it stopped itself", how);
    } else if (info->si_code == CLD_EXITED && info->si_status == 0 && atomic_load(&control->done)) {
        slot_finished(job, slot);
    } else {
        death_cause(job, slot, info, text);
        slot_died(job, slot, text, how);
    }
    return 0;
}

static double cpu_of(pid_t pid)
{
    clockid_t clock;
    struct timespec time;
    if (clock_getcpuclockid(pid, &clock) != 0 || clock_gettime(clock, &time) != 0)
        return 0;
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* Whether innovations are being assessed, so that a part of the job can stand. */
static bool assessing(const struct job *job)
{
    struct spot spot;
    if (job->workers > 1)
        return job->phase == PHASE_PROCESS;
    return spot_read(job, &job->slots[0], &spot) && spot.phase == PHASE_PROCESS;
}

void job_check_total(struct job *job, const struct supervision *how)
{
    double cpu = job->cpu;
    for (unsigned s = 0; s < job->workers; s++)
        if (job->slots[s].pid)
            cpu += cpu_of(job->slots[s].pid);
    if (cpu <= how->total)
        return;
    snprintf(job->whole, sizeof job->whole,
             "stopped: it used more than %g s of processor time (limits: total)", how->total);
    job_stop(job, !assessing(job));
}

/* More calls than a worker can have to make: it raises its beat itself. */
static uint64_t most_calls(const struct job *job)
{
    uint64_t units = job_units(job, PHASE_UPDATE) + job_units(job, PHASE_PROCESS);
    return 4 * (job->share.grid.innovations + units) + 64;
}

static void watch_beat(struct job *job, struct slot *slot, const struct supervision *how)
{
    char cause[128];
    uint64_t beat = atomic_load(&share_control(&job->share, slot->task.slot)->beat);
    if (beat > slot->beat && beat <= most_calls(job)) {
        slot->beat = beat;
        slot->beat_at = now();
    } else if (now() - slot->beat_at > how->seconds) {
        snprintf(cause, sizeof cause, "took longer than %g s (limits: seconds)", how->seconds);
        slot_killed(job, slot, cause, how);
    }
}

static bool past_cutoff(const struct job *job, const struct slot *slot)
{
    struct spot spot;
    return job->cutoff != UINT64_MAX && spot_read(job, slot, &spot) &&
           spot_first(job, &spot) >= job->cutoff;
}

int slot_watch(struct job *job, struct slot *slot, const struct supervision *how,
               struct uptake_error *error)
{
    siginfo_t info = {0};
    if (waitid(P_PID, (id_t)slot->pid, &info, WEXITED | WSTOPPED | WNOHANG | WNOWAIT) == 0 &&
        info.si_pid)
        return slot_ended(job, slot, &info, how, error);
    if (past_cutoff(job, slot)) {
        slot_kill(job, slot);
        death_outside(job, slot);
    } else {
        watch_beat(job, slot, how);
    }
    return 0;
}
