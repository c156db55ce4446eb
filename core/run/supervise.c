/* The supervisor: see supervise.h. One loop, no threads; what a worker says of itself is checked before it is used. */
#include "run/supervise.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "run/child.h"

/* --- Time and signals -------------------------------------------------------------------------- */

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static volatile sig_atomic_t interrupt;

static void on_signal(int signal_number)
{
    interrupt = signal_number;
}

int supervise_interrupted(void)
{
    return interrupt;
}

static const int ending[] = {SIGINT, SIGTERM, SIGHUP};
enum { N_ENDING = sizeof ending / sizeof *ending };

struct signals {
    struct sigaction before[N_ENDING];
    sigset_t mask; /* outside the loop's waits the signals are held back */
};

static void signals_take(struct signals *signals)
{
    struct sigaction action = {.sa_handler = on_signal};
    sigset_t held;
    sigemptyset(&held);
    sigemptyset(&action.sa_mask);
    for (int k = 0; k < N_ENDING; k++) {
        sigaction(ending[k], NULL, &signals->before[k]);
        if (signals->before[k].sa_handler != SIG_IGN)
            sigaction(ending[k], &action, NULL);
        sigaddset(&held, ending[k]);
    }
    sigprocmask(SIG_BLOCK, &held, &signals->mask);
}

static void signals_give_back(const struct signals *signals)
{
    sigprocmask(SIG_SETMASK, &signals->mask, NULL); /* what was held back arrives now, and is noted */
    for (int k = 0; k < N_ENDING; k++)
        sigaction(ending[k], &signals->before[k], NULL);
}

/* --- Messages ---------------------------------------------------------------------------------- */

__attribute__((format(printf, 2, 3))) static void say(struct job *job, const char *format, ...)
{
    char text[512];
    va_list values;
    va_start(values, format);
    vsnprintf(text, sizeof text, format, values);
    va_end(values);
    if (job->n_messages == job->room_messages) {
        size_t room = job->room_messages ? job->room_messages * 2 : 16;
        const char **grown = arena_array(job->arena, room, sizeof(char *));
        if (!grown)
            return;
        if (job->n_messages)
            memcpy(grown, job->messages, job->n_messages * sizeof(char *));
        job->messages = grown;
        job->room_messages = room;
    }
    const char *kept = arena_text(job->arena, text, strlen(text));
    if (kept)
        job->messages[job->n_messages++] = kept;
}

static const struct plugin *plugin_of(const struct job *job)
{
    return job->share.of->plugin;
}

/* --- Starting ---------------------------------------------------------------------------------- */

static int worker_body(const struct share *share, const void *task)
{
    return worker_run(share, task);
}

static void control_reset(struct job *job, struct slot *slot)
{
    struct control *control = share_control(&job->share, slot->task.slot);
    memset(control, 0, sizeof *control);
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

static uint64_t units_of(const struct job *job, enum phase phase)
{
    const struct grid *grid = &job->share.grid;
    if (phase == PHASE_FINISH)
        return 1;
    return grid->cells * (phase == PHASE_PROCESS ? grid->batches_in_cell : 1);
}

static int phase_start(struct job *job, const struct supervision *how, struct uptake_error *error)
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
        slot->retried = slot->last_death = UINT64_MAX;
        slot->finished = s >= units_of(job, job->phase);
        if (!slot->finished && slot_start(job, slot, how, error) != 0)
            return -1;
    }
    job->started = true;
    return 0;
}

/* --- Ending ------------------------------------------------------------------------------------ */

static void slot_gone(struct slot *slot)
{
    if (slot->pidfd > 0)
        close(slot->pidfd);
    slot->pidfd = 0;
    slot->pid = 0;
}

static void job_kill(struct job *job)
{
    for (unsigned s = 0; s < job->workers; s++)
        if (job->slots[s].pid) {
            child_kill(job->slots[s].pid);
            slot_gone(&job->slots[s]);
        }
}

static void job_stop(struct job *job, bool whole, const char *why)
{
    job_kill(job);
    job->over = true;
    job->stopped = true;
    job->failed_whole = whole;
    snprintf(job->whole, sizeof job->whole, "%s", why);
    say(job, "plugin %s %s: %s", plugin_of(job)->id, plugin_of(job)->version, why);
}

/* --- Deaths ------------------------------------------------------------------------------------ */

static uint8_t cause_index(struct job *job, const char *cause)
{
    for (unsigned k = 0; k < job->n_causes; k++)
        if (strcmp(job->causes[k], cause) == 0)
            return (uint8_t)(k + 1);
    if (job->n_causes == CAUSES_MAX)
        return CAUSES_MAX;
    const char *kept = arena_text(job->arena, cause, strlen(cause));
    job->causes[job->n_causes++] = kept ? kept : "crashed";
    return (uint8_t)job->n_causes;
}

static int mark_failed(struct job *job, uint64_t innovation, const char *cause)
{
    const struct model *model = job->share.model;
    if (!job->failed)
        job->failed = calloc(model->innovations, 1);
    if (!job->failed)
        return -1;
    job->share.failed = job->failed;
    job->failed[innovation] = cause_index(job, cause);
    say(job, "plugin %s %s failed on innovation %s: %s", plugin_of(job)->id, plugin_of(job)->version,
        model_text(model, model->ids[innovation]), cause);
    return 0;
}

/* The innovations of a unit. */
static void unit_range(const struct job *job, enum phase phase, uint64_t unit, uint64_t *first, uint64_t *end)
{
    const struct grid *grid = &job->share.grid;
    uint64_t count;
    if (phase == PHASE_PROCESS) {
        grid_batch(grid, unit / grid->batches_in_cell, unit % grid->batches_in_cell, first, &count);
        *end = *first + count;
    } else {
        *first = unit * grid->cell;
        *end = *first + grid->cell < grid->innovations ? *first + grid->cell : grid->innovations;
    }
}

/* Where a worker says it was. False: it cannot have been there; its page was overwritten. */
static bool where(const struct job *job, const struct slot *slot, enum phase *phase, uint64_t *unit)
{
    const struct control *control = share_control(&job->share, slot->task.slot);
    uint32_t said = atomic_load(&control->phase);
    *unit = atomic_load(&control->unit);
    *phase = (enum phase)said;
    uint64_t committed = atomic_load(&control->committed);
    return said >= (uint32_t)slot->task.from && said <= (uint32_t)slot->task.to && *unit < units_of(job, *phase) &&
           committed >= slot->committed && committed <= job->share.log_room && committed % 8 == 0;
}

static void death_stepping(struct job *job, struct slot *slot, enum phase phase, uint64_t unit,
                           const char *cause)
{
    uint64_t first, end, at = atomic_load(&share_control(&job->share, slot->task.slot)->at);
    unit_range(job, phase, unit, &first, &end);
    if (at < first || at >= end || (job->failed && job->failed[at])) {
        job_stop(job, true, "it overwrote the memory that tells where it is");
        return;
    }
    bool progress = slot->last_death == UINT64_MAX || at > slot->last_death + 1;
    slot->without_progress = progress ? 1 : slot->without_progress + 1;
    slot->last_death = at;
    slot->step_deaths++;
    if (mark_failed(job, at, cause) != 0) {
        job_stop(job, true, "out of memory");
        return;
    }
    slot->task.step_at = phase == PHASE_PROCESS ? (int64_t)at + 1 : 0;
}

static void settle_step(struct job *job, struct slot *slot)
{
    if (slot->stepped && slot->step_deaths == 0 && !job->batch_dependent) {
        job->batch_dependent = true;
        say(job,
            "plugin %s %s failed on a batch of innovations but not on any of them alone: what it answers depends on "
            "how the work is cut",
            plugin_of(job)->id, plugin_of(job)->version);
    }
    slot->stepped = false;
    slot->step_deaths = 0;
}

/* What is to be done next about a unit that killed its worker. */
static void death_in_unit(struct job *job, struct slot *slot, enum phase phase, uint64_t unit,
                          const char *cause)
{
    bool same = phase == slot->task.from && unit == slot->task.unit;
    bool stepping = same && slot->task.step_at != NO_STEP;
    if (!stepping)
        settle_step(job, slot);
    if (phase == PHASE_FINISH && same && slot->retried == unit) {
        char why[320];
        snprintf(why, sizeof why, "failed when it put its statistics together: %.200s", cause);
        job_stop(job, true, why);
        return;
    }
    if (stepping) {
        death_stepping(job, slot, phase, unit, cause);
    } else if (same && slot->retried == unit && phase != PHASE_FINISH) {
        slot->task.step_at = 0;
        slot->stepped = true;
        slot->step_deaths = 0;
    } else {
        slot->task.step_at = NO_STEP;
        slot->retried = unit;
    }
    slot->task.from = phase;
    slot->task.unit = unit;
}

static void death(struct job *job, struct slot *slot, const char *cause, const struct supervision *how,
                  struct uptake_error *error)
{
    struct control *control = share_control(&job->share, slot->task.slot);
    enum phase phase;
    uint64_t unit;
    char why[320];
    job->deaths++;
    if (!atomic_load(&control->loaded)) {
        snprintf(why, sizeof why, "cannot be loaded: %.250s", cause);
        job_stop(job, true, why);
        return;
    }
    if (!where(job, slot, &phase, &unit)) {
        job_stop(job, true, "it overwrote the memory that tells where it is");
        return;
    }
    slot->committed = atomic_load(&control->committed);
    slot->dropped += atomic_load(&control->dropped);
    death_in_unit(job, slot, phase, unit, cause);
    if (job->over)
        return;
    if (slot->without_progress >= DEATHS_WITHOUT_PROGRESS || job->deaths >= DEATHS_MAX) {
        snprintf(why, sizeof why, "stopped after %u crashes", job->deaths);
        job_stop(job, phase != PHASE_PROCESS, why);
        return;
    }
    if (slot_start(job, slot, how, error) != 0)
        job_stop(job, true, "no new worker could be started");
}

/* --- Watching ---------------------------------------------------------------------------------- */

static const char *cause_of_end(const struct job *job, const struct slot *slot, const siginfo_t *info,
                                char text[300])
{
    struct control *control = share_control(&job->share, slot->task.slot);
    control->failure[sizeof control->failure - 1] = 0;
    if (info->si_code == CLD_EXITED && info->si_status == 1 && control->failure[0])
        snprintf(text, 300, "%s", control->failure);
    else if (info->si_code == CLD_EXITED)
        snprintf(text, 300, "it ended its process with exit(%d)", info->si_status);
    else
        snprintf(text, 300, "SIG%s", sigabbrev_np(info->si_status) ? sigabbrev_np(info->si_status) : "?");
    for (char *at = text; *at; at++)
        if ((unsigned char)*at < 0x20 || (unsigned char)*at >= 0x7f)
            *at = '?';
    return text;
}

static void slot_finished(struct job *job, struct slot *slot)
{
    const struct control *control = share_control(&job->share, slot->task.slot);
    uint64_t committed = atomic_load(&control->committed);
    settle_step(job, slot);
    if (committed < slot->committed || committed > job->share.log_room || committed % 8) {
        job_stop(job, true, "it overwrote the memory that tells where it is");
        return;
    }
    slot->committed = committed;
    slot->dropped += atomic_load(&control->dropped);
    slot->finished = true;
}

/* A worker has ended or stopped. */
static void slot_ended(struct job *job, struct slot *slot, const siginfo_t *info,
                       const struct supervision *how, struct uptake_error *error)
{
    char text[300];
    struct rusage usage = {0};
    pid_t pid = slot->pid;
    kill(-pid, SIGKILL); /* whatever it left behind in its group */
    while (wait4(pid, NULL, 0, &usage) < 0 && errno == EINTR)
        ;
    slot_gone(slot);
    job->cpu += (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
                (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
    const struct control *control = share_control(&job->share, slot->task.slot);
    if (info->si_code == CLD_EXITED && info->si_status == 0 && atomic_load(&control->done))
        slot_finished(job, slot);
    else
        death(job, slot, cause_of_end(job, slot, info, text), how, error);
}

static double cpu_of(pid_t pid)
{
    clockid_t clock;
    struct timespec time;
    if (clock_getcpuclockid(pid, &clock) != 0 || clock_gettime(clock, &time) != 0)
        return 0;
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void check_total(struct job *job, const struct supervision *how)
{
    double cpu = job->cpu;
    char why[128];
    for (unsigned s = 0; s < job->workers; s++)
        if (job->slots[s].pid)
            cpu += cpu_of(job->slots[s].pid);
    if (cpu <= how->total)
        return;
    snprintf(why, sizeof why, "stopped: it used more than %g s of processor time (limits: total)", how->total);
    job_stop(job, job->phase != PHASE_PROCESS && job->workers > 1, why);
}

static void slot_hangs(struct job *job, struct slot *slot, const struct supervision *how,
                       struct uptake_error *error)
{
    char cause[128];
    child_kill(slot->pid);
    slot_gone(slot);
    snprintf(cause, sizeof cause, "took longer than %g s (limits: seconds)", how->seconds);
    death(job, slot, cause, how, error);
}

static void slot_watch(struct job *job, struct slot *slot, const struct supervision *how,
                       struct uptake_error *error)
{
    siginfo_t info = {0};
    if (waitid(P_PID, (id_t)slot->pid, &info, WEXITED | WSTOPPED | WNOHANG | WNOWAIT) == 0 && info.si_pid) {
        if (info.si_code == CLD_STOPPED || info.si_code == CLD_TRAPPED) {
            child_kill(slot->pid);
            slot_gone(slot);
            death(job, slot, "it stopped itself", how, error);
        } else {
            slot_ended(job, slot, &info, how, error);
        }
        return;
    }
    uint64_t beat = atomic_load(&share_control(&job->share, slot->task.slot)->beat);
    if (beat != slot->beat) {
        slot->beat = beat;
        slot->beat_at = now();
    } else if (now() - slot->beat_at > how->seconds) {
        slot_hangs(job, slot, how, error);
    }
}

/* --- A job's way ------------------------------------------------------------------------------- */

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
    if (job->workers == 1 || job->phase == PHASE_PROCESS) {
        job->over = true;
        return 0;
    }
    job->phase = (enum phase)(job->phase + 1);
    return phase_start(job, how, error);
}

static int job_start(struct job *job, const struct supervision *how, struct uptake_error *error)
{
    job->phase = plugin_of(job)->has_state ? PHASE_UPDATE : PHASE_PROCESS;
    return phase_start(job, how, error);
}

/* In the host itself: the same work, with no one to survive a crash. */
static void run_in_process(struct job *job, const struct supervision *how, struct uptake_error *error)
{
    while (!job->over) {
        struct slot *slot = &job->slots[0];
        const struct control *control = share_control(&job->share, 0);
        if (worker_run(&job->share, &slot->task) == 0)
            slot_finished(job, slot);
        else
            death(job, slot, control->failure[0] ? control->failure : "failed", how, error);
        if (slot->finished)
            job->over = true;
    }
}

static unsigned running(const struct job *jobs, size_t n_jobs)
{
    unsigned count = 0;
    for (size_t j = 0; j < n_jobs; j++)
        if (jobs[j].started && !jobs[j].over)
            count += jobs[j].workers;
    return count;
}

static int start_waiting(struct job *jobs, size_t n_jobs, const struct supervision *how,
                         struct uptake_error *error)
{
    for (size_t j = 0; j < n_jobs; j++) {
        unsigned busy = running(jobs, n_jobs);
        if (jobs[j].started || (busy && busy + jobs[j].workers > how->slots))
            continue;
        if (job_start(&jobs[j], how, error) != 0)
            return -1;
        if (jobs[j].in_process)
            run_in_process(&jobs[j], how, error);
    }
    return 0;
}

/* Waits until a worker ends, or a moment passes. */
static void wait_a_moment(const struct job *jobs, size_t n_jobs, const struct supervision *how)
{
    struct pollfd polls[256];
    nfds_t count = 0;
    sigset_t none;
    double step = how->seconds / 4 < 0.05 ? how->seconds / 4 : 0.05;
    for (size_t j = 0; j < n_jobs; j++)
        for (unsigned s = 0; s < jobs[j].workers && count < 256; s++)
            if (jobs[j].slots[s].pid && jobs[j].slots[s].pidfd > 0)
                polls[count++] = (struct pollfd){.fd = jobs[j].slots[s].pidfd, .events = POLLIN};
    struct timespec moment = {(time_t)step, (long)((step - (double)(time_t)step) * 1e9)};
    sigemptyset(&none);
    ppoll(polls, count, &moment, &none);
}

static bool all_over(const struct job *jobs, size_t n_jobs)
{
    for (size_t j = 0; j < n_jobs; j++)
        if (!jobs[j].over)
            return false;
    return true;
}

static int watch(struct job *jobs, size_t n_jobs, const struct supervision *how, struct uptake_error *error)
{
    while (!all_over(jobs, n_jobs)) {
        if (start_waiting(jobs, n_jobs, how, error) != 0)
            return -1;
        if (running(jobs, n_jobs))
            wait_a_moment(jobs, n_jobs, how);
        if (interrupt)
            return error_add(error, 128 + interrupt, "interrupted by SIG%s", sigabbrev_np(interrupt));
        for (size_t j = 0; j < n_jobs; j++) {
            struct job *job = &jobs[j];
            for (unsigned s = 0; s < job->workers && !job->over; s++)
                if (job->slots[s].pid)
                    slot_watch(job, &job->slots[s], how, error);
            if (job->started && !job->over)
                check_total(job, how);
            if (job->started && job_advance(job, how, error) != 0)
                return -1;
        }
    }
    return 0;
}

int supervise(struct job *jobs, size_t n_jobs, const struct supervision *how, struct uptake_error *error)
{
    struct signals signals;
    interrupt = 0;
    if (n_jobs == 0)
        return 0;
    if (jobs[0].in_process) /* nothing to reap: a signal does what it always does */
        return start_waiting(jobs, n_jobs, how, error);
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    signals_take(&signals);
    int failed = watch(jobs, n_jobs, how, error);
    for (size_t j = 0; j < n_jobs; j++)
        job_kill(&jobs[j]);
    child_sweep();
    signals_give_back(&signals);
    if (!failed && interrupt)
        failed = error_add(error, 128 + interrupt, "interrupted by SIG%s", sigabbrev_np(interrupt));
    return failed;
}

/* --- The size of a state ----------------------------------------------------------------------- */

struct size_answer {
    _Atomic uint32_t answered;
    uint64_t bytes;
    char failure[256];
};

static int size_body(const struct share *share, const void *data)
{
    struct size_answer *answer = *(struct size_answer *const *)data;
    if (worker_state_size(share, &answer->bytes, answer->failure) != 0)
        return -1;
    atomic_store(&answer->answered, 1);
    return 0;
}

static void size_wait(pid_t pid, const struct supervision *how)
{
    double start = now();
    siginfo_t info = {0};
    while (now() - start < how->seconds &&
           !(waitid(P_PID, (id_t)pid, &info, WEXITED | WSTOPPED | WNOHANG | WNOWAIT) == 0 && info.si_pid))
        poll(NULL, 0, 1);
    child_kill(pid);
}

int supervise_state_size(const struct share *share, const struct supervision *how, bool in_process, uint64_t *bytes,
                         char failure[256], struct uptake_error *error)
{
    struct size_answer *answer =
        mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (answer == MAP_FAILED)
        return error_memory(error);
    if (in_process) {
        size_body(share, &answer);
    } else {
        pid_t pid = child_fork(share, size_body, &answer, how->memory);
        if (pid < 0) {
            munmap(answer, 4096);
            return error_errno(error, "start", "a worker");
        }
        size_wait(pid, how);
    }
    bool good = atomic_load(&answer->answered) && answer->bytes <= (uint64_t)1 << 30;
    *bytes = answer->bytes;
    answer->failure[255] = 0;
    if (!good)
        snprintf(failure, 256, "%.200s",
                 answer->failure[0] ? answer->failure : "gave no size for its state, or one over 1 GiB");
    munmap(answer, 4096);
    return good ? 0 : 1;
}
