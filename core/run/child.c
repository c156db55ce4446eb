/*
 * A worker process: see child.h. It is forked, never executed: the frozen model is inherited as it
 * is. It shares with the host only its own plugin's mapping; all others are excluded from forks.
 */
#include "run/child.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { LOG_BYTES = 65536 };

#if defined(__SANITIZE_ADDRESS__) || defined(UPTAKE_SANITIZED)
enum { LIMIT_ADDRESSES = 0 };
#else
enum { LIMIT_ADDRESSES = 1 };
#endif

static void default_signals(void)
{
    sigset_t none;
    for (int signal_number = 1; signal_number < NSIG; signal_number++)
        signal(signal_number, SIG_DFL);
    signal(SIGXFSZ, SIG_IGN); /* what has no room is not written: nobody dies of it */
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

/* Of the log: less where the user's limit of files (ulimit -f) is less. */
static off_t log_bytes(void)
{
    struct rlimit limit;
    bool less = getrlimit(RLIMIT_FSIZE, &limit) == 0 && limit.rlim_cur < LOG_BYTES;
    return less ? (off_t)limit.rlim_cur : LOG_BYTES;
}

/* What the plugin prints goes to a memory file of fixed size, and nowhere else. Closing comes first, so that a host without
 * a free descriptor has workers all the same. */
static int own_descriptors(void)
{
    if (close_range(3, ~0u, 0) != 0)
        return -1;
    int log = memfd_create("uptake-worker", MFD_ALLOW_SEALING);
    if (log < 0 || ftruncate(log, log_bytes()) != 0 ||
        fcntl(log, F_ADD_SEALS, F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_SEAL) != 0)
        return -1;
    for (int descriptor = 0; descriptor < 3; descriptor++)
        if (dup2(log, descriptor) < 0)
            return -1;
    return close_range(3, ~0u, 0);
}

static uint64_t address_space(void)
{
    unsigned long long pages = 0;
    FILE *file = fopen("/proc/self/statm", "re");
    if (!file)
        return 0;
    if (fscanf(file, "%llu", &pages) != 1)
        pages = 0;
    fclose(file);
    return pages * 4096;
}

static void limit(__rlimit_resource_t what, uint64_t value)
{
    struct rlimit rlimit = {value, value};
    setrlimit(what, &rlimit);
}

static void limits(uint64_t memory)
{
    uint64_t used = address_space();
    limit(RLIMIT_CORE, 0);
    if (LIMIT_ADDRESSES && memory && used)
        limit(RLIMIT_AS, used + memory);
}

enum { UNREADY = 128 }; /* and errno */

void child_unready(void)
{
    _exit(UNREADY + (errno > 0 && errno < 127 ? errno : 0));
}

int child_refuse(const siginfo_t *info, struct uptake_error *error)
{
    if (info->si_code != CLD_EXITED)
        return error_add(error, EXIT_MACHINE, "a worker was ended by SIG%s before it was set up",
                         sigabbrev_np(info->si_status) ? sigabbrev_np(info->si_status) : "?");
    int code = info->si_status > UNREADY ? info->si_status - UNREADY : 0;
    return error_add(error, EXIT_MACHINE,
                     "a worker could not be set up%s%s (limits of open files or of memory?)",
                     code ? ": " : "", code ? strerror(code) : "");
}

/* exit() in a plugin must not run what the host registered for its own end. */
static void leave_at_once(int status, void *none)
{
    (void)none;
    _exit(status);
}

static _Noreturn void child_main(const struct share *share,
                                 int (*body)(const struct share *, const void *), const void *data,
                                 uint64_t memory, pid_t host)
{
    setpgid(0, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != host)
        _exit(1);
    default_signals();
    limits(memory);
    if (own_descriptors() != 0 || on_exit(leave_at_once, NULL) != 0)
        child_unready();
    _exit(body(share, data) == 0 ? 0 : 1);
}

pid_t child_fork(const struct share *share,
                 int (*body)(const struct share *share, const void *data), const void *data,
                 uint64_t memory)
{
    sigset_t all, before;
    pid_t host = getpid();
    sigfillset(&all);
    if (share->map && madvise(share->map, share->map_bytes, MADV_DOFORK) != 0)
        return -1;
    sigprocmask(SIG_SETMASK, &all, &before);
    pid_t pid = fork();
    if (pid == 0)
        child_main(share, body, data, memory, host);
    int code = errno;
    sigprocmask(SIG_SETMASK, &before, NULL);
    if (pid > 0)
        setpgid(pid, pid); /* whoever comes first */
    if (share->map)
        madvise(share->map, share->map_bytes, MADV_DONTFORK);
    errno = code;
    return pid;
}

double child_kill(pid_t pid)
{
    struct rusage usage = {0};
    kill(-pid, SIGKILL);
    kill(pid, SIGKILL);
    while (wait4(pid, NULL, 0, &usage) < 0 && errno == EINTR)
        ;
    return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) +
           (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

/* --- What is left behind ---------------------------------------------------------------------- */

void child_list(struct child_set *set)
{
    char path[64];
    int pid;
    *set = (struct child_set){0};
    snprintf(path, sizeof path, "/proc/self/task/%d/children", (int)getpid());
    FILE *file = fopen(path, "re");
    if (!file)
        return;
    while (!set->full && fscanf(file, "%d", &pid) == 1) {
        set->full = set->count == CHILD_SET_MAX;
        if (!set->full)
            set->pids[set->count++] = pid;
    }
    fclose(file);
}

static bool holds(const struct child_set *set, pid_t pid)
{
    for (size_t k = 0; k < set->count; k++)
        if (set->pids[k] == pid)
            return true;
    return false;
}

/* The supervisor has no workers left when it asks. What is killed may have had children, which
 * come here in turn. */
void child_sweep(const struct child_set *others)
{
    for (int round = 0; round < 1024 && !others->full; round++) {
        struct child_set found;
        size_t killed = 0;
        child_list(&found);
        for (size_t k = 0; k < found.count; k++)
            if (!holds(others, found.pids[k]))
                killed += kill(found.pids[k], SIGKILL) == 0;
        for (size_t k = 0; k < found.count && killed; k++)
            if (!holds(others, found.pids[k]))
                while (waitpid(found.pids[k], NULL, __WALL) < 0 && errno == EINTR)
                    ;
        if (!killed)
            return;
    }
}
