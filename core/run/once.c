/* One piece of work in a child: see once.h. Forked, never executed, so it inherits what its body needs. */
#include "run/once.h"

#include <fenv.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "run/child.h"
#include "run/custody.h"
#include "run/death.h"
#include "run/fault.h"

enum { PAGE = 4096 };

/* --- Memory ------------------------------------------------------------------------------------ */

static size_t whole_pages(size_t bytes)
{
    return (bytes + PAGE - 1) / PAGE * PAGE;
}

void *once_section(struct once *once, size_t bytes)
{
    struct once_memory *shared = &once->shared;
    size_t pages = whole_pages(bytes ? bytes : 1), end;
    char *start = shared->map + shared->used + PAGE;
    if (__builtin_add_overflow(shared->used + PAGE, pages, &end) || end > shared->bytes - PAGE ||
        mprotect(start, pages, PROT_READ | PROT_WRITE) != 0)
        return NULL;
    shared->used = end;
    return start + pages - (bytes + 7) / 8 * 8;
}

int once_seal(const void *section, size_t bytes)
{
    uintptr_t start = (uintptr_t)section / PAGE * PAGE;
    return bytes ? mprotect((void *)start, whole_pages(bytes), PROT_READ) : 0;
}

/* The first section is the control page. */
int once_open(struct once *once, const size_t *sections, size_t n_sections,
              struct uptake_error *error)
{
    size_t bytes = 3 * (size_t)PAGE;
    for (size_t k = 0; k < n_sections; k++)
        if (sections[k] > SIZE_MAX / 4 ||
            __builtin_add_overflow(bytes, PAGE + whole_pages(sections[k] ? sections[k] : 1),
                                   &bytes))
            return error_memory(error);
    void *map = mmap(NULL, bytes, PROT_NONE, MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (map == MAP_FAILED)
        return error_memory(error);
    once->shared = (struct once_memory){map, bytes, 0};
    if (!once_section(once, PAGE) || madvise(map, bytes, MADV_DONTFORK) != 0)
        return error_memory(error);
    return 0;
}

void once_close(struct once *once)
{
    if (once->shared.map)
        munmap(once->shared.map, once->shared.bytes);
    once->shared = (struct once_memory){0};
}

static struct control *control_of(const struct once *once)
{
    return (struct control *)(void *)(once->shared.map + PAGE);
}

/* --- In the child, or in the host -------------------------------------------------------------- */

static int work(const struct once *once)
{
    struct control *control = control_of(once);
    const struct uptake_bundle *loaded = NULL;
    struct uptake_error *error = calloc(1, sizeof *error);
    fenv_t environment;
    int failed = !error || plugin_load(once->plugin, &loaded, error) != 0;
    if (failed)
        snprintf(control->failure, sizeof control->failure, "%.250s",
                 error ? error->text[0] : "out of memory");
    free(error);
    if (!failed && sandbox_seal() != 0) {
        snprintf(control->failure, sizeof control->failure, "its sandbox could not be closed");
        failed = -1;
    }
    if (failed)
        return -1;
    fegetenv(&environment);
    fesetenv(FE_DFL_ENV); /* a bundle linked with -ffast-math changes it when it is loaded */
    failed = once->body(loaded, once->data, control->failure);
    fesetenv(&environment);
    atomic_store(&control->done, !failed);
    return failed;
}

static int work_in_child(const struct share *share, const void *data)
{
    const struct once *once = data;
    struct control *control = control_of(once);
    (void)share;
    fault_watch(&control->fault);
    if (sandbox_enter(once->plugin->bundle, &control->denied) != 0)
        child_unready();
    atomic_store(&control->ready, 1);
    return work(once);
}

/* --- In the host ------------------------------------------------------------------------------- */

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* How the child ended or stopped; si_pid 0: it has not, and its time is over. A stop wakes nobody, so it is looked for. */
static siginfo_t wait_for(pid_t pid, double seconds, const sigset_t *mask)
{
    const struct timespec moment = {0, 50000000};
    struct pollfd end = {.fd = (int)syscall(SYS_pidfd_open, pid, 0), .events = POLLIN};
    double until = now() + seconds;
    siginfo_t info = {0};
    while (!custody_interrupted()) {
        if (waitid(P_PID, (id_t)pid, &info, WEXITED | WSTOPPED | WNOHANG | WNOWAIT) == 0 &&
            info.si_pid)
            break;
        if (now() > until)
            break;
        ppoll(&end, end.fd >= 0, &moment, mask);
    }
    if (end.fd >= 0)
        close(end.fd);
    return info;
}

static struct share share_of(const struct once *once)
{
    return (struct share){.map = once->shared.map, .map_bytes = once->shared.bytes};
}

static int settle(const struct once *once, const siginfo_t *info, char why[ONCE_WHY_BYTES],
                  struct uptake_error *error)
{
    const struct control *control = control_of(once);
    const struct share share = share_of(once);
    if (info->si_pid != 0 && !atomic_load(&control->ready))
        return child_refuse(info, error);
    if (info->si_pid == 0)
        snprintf(why, ONCE_WHY_BYTES, "took longer than %g s (limits: seconds)", once->seconds);
    else if (info->si_code == CLD_STOPPED || info->si_code == CLD_TRAPPED)
        snprintf(why, ONCE_WHY_BYTES, "it stopped itself");
    else if (info->si_code == CLD_EXITED && info->si_status == 0 && atomic_load(&control->done))
        return 0;
    else
        death_words(control, &share, info, why);
    return 1;
}

static int run_child(const struct once *once, char why[ONCE_WHY_BYTES], struct uptake_error *error)
{
    const struct share share = share_of(once);
    struct custody custody;
    siginfo_t info = {0};
    sandbox_prepare();
    custody_take(&custody);
    pid_t pid = child_fork(&share, work_in_child, once, once->memory);
    int failed = pid < 0 ? error_errno(error, "start", "a worker") : 0;
    if (pid > 0) {
        info = wait_for(pid, once->seconds, &custody.mask);
        child_kill(pid);
    }
    custody_give_back(&custody);
    int interrupt = custody_interrupted();
    if (interrupt)
        return error_add(error, 128 + interrupt, "interrupted by SIG%s", sigabbrev_np(interrupt));
    return failed ? -1 : settle(once, &info, why, error);
}

/* What a plugin prints is no part of the result. */
static int run_here(const struct once *once, char why[ONCE_WHY_BYTES])
{
    const siginfo_t info = {.si_code = CLD_EXITED, .si_status = 1};
    const struct share share = share_of(once);
    int output = dup(STDOUT_FILENO);
    if (output >= 0)
        dup2(STDERR_FILENO, STDOUT_FILENO);
    int failed = work(once);
    fflush(NULL);
    if (output >= 0) {
        dup2(output, STDOUT_FILENO);
        close(output);
    }
    if (failed)
        death_words(control_of(once), &share, &info, why);
    return failed ? 1 : 0;
}

int once_run(struct once *once, char why[ONCE_WHY_BYTES], struct uptake_error *error)
{
    why[0] = 0;
    memset(control_of(once), 0, sizeof(struct control));
    return once->in_process ? run_here(once, why) : run_child(once, why, error);
}
