/* The supervisor: see supervise.h. One loop, no threads; what a worker says of itself is checked
 * before it is used. */
#include "run/supervise.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "run/custody.h"
#include "run/death.h"
#include "run/run.h"
#include "run/slot.h"

/* --- A job's way ------------------------------------------------------------------------------ */

static bool all_finished(const struct job *job)
{
    for (unsigned s = 0; s < job->workers; s++)
        if (!job->slots[s].finished)
            return false;
    return true;
}

static int job_advance(struct job *job, const struct supervision *how, struct uptake_error *error)
{
    if (job->over || !all_finished(job))
        return 0;
    if (job->workers == 1 || job->phase == PHASE_PROCESS || job->failed_whole) {
        job->over = true;
        job->stopped = job->cutoff != UINT64_MAX;
        return 0;
    }
    job->phase = (enum phase)(job->phase + 1);
    return slots_start(job, how, error);
}

static int job_start(struct job *job, const struct supervision *how, struct uptake_error *error)
{
    job->phase = job->share.of->plugin->has_state ? PHASE_UPDATE : PHASE_PROCESS;
    return slots_start(job, how, error);
}

static unsigned running(struct job *const *jobs, size_t n_jobs)
{
    unsigned count = 0;
    for (size_t j = 0; j < n_jobs; j++)
        if (jobs[j]->started && !jobs[j]->over)
            count += jobs[j]->workers;
    return count;
}

static int start_waiting(struct job *const *jobs, size_t n_jobs, const struct supervision *how,
                         struct uptake_error *error)
{
    for (size_t j = 0; j < n_jobs; j++) {
        unsigned busy = running(jobs, n_jobs);
        if (jobs[j]->started || (busy && busy + jobs[j]->workers > how->slots))
            continue;
        if (job_start(jobs[j], how, error) != 0)
            return -1;
    }
    return 0;
}

/* Waits until a worker ends, a signal comes, or a moment passes: for what only a look can tell. */
static void wait_a_moment(struct job *const *jobs, size_t n_jobs, const struct supervision *how,
                          const sigset_t *mask)
{
    struct pollfd polls[256];
    nfds_t count = 0;
    double step = how->seconds / 4 < 0.05 ? how->seconds / 4 : 0.05;
    for (size_t j = 0; j < n_jobs; j++)
        for (unsigned s = 0; s < jobs[j]->workers && count < 256; s++)
            if (jobs[j]->slots[s].pid && jobs[j]->slots[s].pidfd > 0)
                polls[count++] = (struct pollfd){.fd = jobs[j]->slots[s].pidfd, .events = POLLIN};
    struct timespec moment = {(time_t)step, (long)((step - (double)(time_t)step) * 1e9)};
    ppoll(polls, count, &moment, mask);
}

static bool all_over(struct job *const *jobs, size_t n_jobs)
{
    for (size_t j = 0; j < n_jobs; j++)
        if (!jobs[j]->over)
            return false;
    return true;
}

static int job_look(struct job *job, const struct supervision *how, struct uptake_error *error)
{
    if (!job->started || job->over)
        return 0;
    for (unsigned s = 0; s < job->workers && !job->over; s++)
        if (job->slots[s].pid && slot_watch(job, &job->slots[s], how, error) != 0)
            return -1;
    if (!job->over && !all_finished(job))
        job_check_total(job, how);
    return job_advance(job, how, error);
}

/* The share of innovations done by the plugins that are under way, and the first of these. */
static void tell(struct job *const *jobs, size_t n_jobs, const struct run_progress *progress)
{
    const struct job *first = NULL;
    uint64_t done = 0, all = 0;
    for (size_t j = 0; j < n_jobs; j++) {
        const struct share *share = &jobs[j]->share;
        all += share->grid.innovations;
        if (jobs[j]->over)
            done += share->grid.innovations;
        else
            for (uint64_t i = 0; i < share->grid.innovations; i++)
                done += share->states[i] != 0;
        if (!first && jobs[j]->started && !jobs[j]->over)
            first = jobs[j];
    }
    if (first && all > 0)
        progress->show(progress->user, "running", first->share.of->spec->name,
                       (double)done / (double)all);
}

static int watch(struct job *const *jobs, size_t n_jobs, const struct supervision *how,
                 const sigset_t *mask, struct uptake_error *error)
{
    while (!all_over(jobs, n_jobs)) {
        if (start_waiting(jobs, n_jobs, how, error) != 0)
            return -1;
        if (running(jobs, n_jobs))
            wait_a_moment(jobs, n_jobs, how, mask);
        if (how->progress)
            tell(jobs, n_jobs, how->progress);
        if (custody_interrupted())
            return -1;
        for (size_t j = 0; j < n_jobs; j++)
            if (job_look(jobs[j], how, error) != 0)
                return -1;
    }
    return 0;
}

/* --- In the host itself ----------------------------------------------------------------------- */

/* The same work, with no one to survive a crash. */
static void run_job(struct job *job, const struct supervision *how)
{
    struct slot *slot = &job->slots[0];
    siginfo_t info = {.si_code = CLD_EXITED, .si_status = 1};
    char text[CAUSE_BYTES];
    while (!job->over && !slot->finished) {
        if (worker_run(&job->share, &slot->task) == 0) {
            slot_finished(job, slot);
        } else {
            death_cause(job, slot, &info, text);
            slot_died(job, slot, text, how);
        }
    }
    job->stopped |= job->cutoff != UINT64_MAX;
    job->over = true;
}

static int run_all(struct job *const *jobs, size_t n_jobs, const struct supervision *how,
                   struct uptake_error *error)
{
    int failed = 0;
    int output = dup(STDOUT_FILENO); /* a plugin's prints are no part of the result */
    if (output >= 0)
        dup2(STDERR_FILENO, STDOUT_FILENO);
    for (size_t j = 0; j < n_jobs && !failed; j++) {
        if (!jobs[j]->over)
            failed = job_start(jobs[j], how, error);
        if (!jobs[j]->over && !failed)
            run_job(jobs[j], how);
    }
    fflush(NULL);
    if (output >= 0) {
        dup2(output, STDOUT_FILENO);
        close(output);
    }
    return failed;
}

/* --- All of them ------------------------------------------------------------------------------ */

static int run_workers(struct job *const *jobs, size_t n_jobs, const struct supervision *how,
                       struct uptake_error *error)
{
    struct custody custody;
    custody_take(&custody);
    int failed = watch(jobs, n_jobs, how, &custody.mask, error);
    for (size_t j = 0; j < n_jobs; j++)
        job_kill(jobs[j]);
    custody_give_back(&custody);
    int interrupt = custody_interrupted();
    if (!interrupt)
        return failed;
    return error_add(error, 128 + interrupt, "interrupted by SIG%s", sigabbrev_np(interrupt));
}

int supervise(struct job *const *jobs, size_t n_jobs, const struct supervision *how,
              struct uptake_error *error)
{
    if (all_over(jobs, n_jobs))
        return 0;
    /* In the host there is nothing to reap: a signal does what it always does. */
    return jobs[0]->in_process ? run_all(jobs, n_jobs, how, error)
                               : run_workers(jobs, n_jobs, how, error);
}
