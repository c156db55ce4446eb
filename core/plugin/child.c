/*
 * A child that loads a bundle: see child.h.
 *
 * The answer lies in an anonymous mapping that only these two share, so that a bundle which prints, closes files or
 * leaves processes behind cannot get into it by accident. The child forks from the host as it stands (no exec): what it
 * inherits beyond memory is taken away before the bundle is loaded. The host copies the answer before it looks at it.
 */
#include "plugin/child.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/pidfd.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "plugin/sandbox.h"

enum stage { LOADING = 1, ASKING, ANSWERED, NOT_LOADED, REFUSED };

/* What both sides see. */
struct reply {
    uint32_t stage;
    uint64_t bytes;
    struct sandbox_denial denied;
    unsigned char data[];
};

#define REPLY_ROOM (CHILD_REPLY_BYTES - sizeof(struct reply))

/* How a child ended. */
struct ending {
    bool in_time;
    bool known; /* false: somebody else reaped it (SIGCHLD was ignored) */
    int status;
};

/* --- In the child ------------------------------------------------------------------------------ */

static void enter_stage(struct reply *reply, enum stage stage)
{
    __atomic_store_n(&reply->stage, (uint32_t)stage, __ATOMIC_RELEASE);
}

/* A constructor that calls exit must not run the host's own handlers. */
static void leave_early(void)
{
    _exit(0);
}

static void default_signals(void)
{
    struct sigaction action = {.sa_handler = SIG_DFL};
    sigset_t none;
    for (int signal = 1; signal <= SIGRTMAX; signal++)
        sigaction(signal, &action, NULL);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

/* Nothing stays open but /dev/null as the three standard files: a constructor may print. Closing comes first, so
 * that a host without a free descriptor can scan. */
static void drop_files(void)
{
    closefrom(0);
    if (open("/dev/null", O_RDWR) != 0 || dup2(0, 1) != 1 || dup2(0, 2) != 2)
        _exit(1);
}

/* A constructor cannot take the machine's memory. Sanitizers reserve more than any limit allows. */
static void limit_memory(void)
{
    unsigned long long pages = 0;
    FILE *file = fopen("/proc/self/statm", "re");
    if (!file)
        return;
#ifndef UPTAKE_SANITIZED
    if (fscanf(file, "%llu", &pages) == 1) {
        rlim_t most = pages * (rlim_t)sysconf(_SC_PAGESIZE) + CHILD_MEMORY;
        const struct rlimit limit = {most, most};
        setrlimit(RLIMIT_AS, &limit);
    }
#else
    (void)pages;
#endif
    fclose(file);
}

/* The one place where a scanner's child gives up rights, before any code of the bundle runs. */
static void confine(const char *bundle, struct reply *reply, pid_t host)
{
    const struct rlimit no_core = {0, 0};
    setrlimit(RLIMIT_CORE, &no_core);
    limit_memory();
    prctl(PR_SET_DUMPABLE, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != host || sandbox_enter(bundle, &reply->denied) != 0)
        _exit(1);
}

_Noreturn static void run_child(const struct child_task *task, struct reply *reply, pid_t host)
{
    const struct uptake_bundle *bundle;
    struct bytes_out out = {.data = reply->data, .room = REPLY_ROOM};
    struct uptake_error error = {0};
    setpgid(0, 0);
    default_signals();
    drop_files();
    if (atexit(leave_early) != 0 || at_quick_exit(leave_early) != 0)
        _exit(1);
    confine(task->path, reply, host);
    enter_stage(reply, LOADING);
    int failed = bundle_load(task->path, &bundle, &error);
    if (!failed && sandbox_seal() != 0)
        _exit(1);
    if (!failed) {
        enter_stage(reply, ASKING);
        failed = task->ask(bundle, task->context, &out, &error);
    }
    if (failed) {
        out.used = strnlen(error.text[0], ERROR_BYTES);
        memcpy(reply->data, error.text[0], out.used);
    }
    reply->bytes = out.used;
    enter_stage(reply, !failed ? ANSWERED : reply->stage == ASKING ? REFUSED : NOT_LOADED);
    _exit(0);
}

/* --- In the host ------------------------------------------------------------------------------- */

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

/* 1: ended, and not yet reaped; 0: runs, or is stopped; -1: there is no such child. */
static int has_ended(pid_t child)
{
    siginfo_t info = {0};
    if (waitid(P_PID, (id_t)child, &info, WEXITED | WNOHANG | WNOWAIT) != 0)
        return errno == ECHILD ? -1 : 0;
    return info.si_pid == child;
}

/* As has_ended, at the end or when the time is over. Without a pidfd it looks every 5 ms. */
static int wait_until(pid_t child, double deadline)
{
    int handle = pidfd_open(child, 0);
    struct pollfd poll_for = {.fd = handle, .events = POLLIN};
    int ended;
    while ((ended = has_ended(child)) == 0) {
        double left = ceil((deadline - now()) * 1000);
        if (left <= 0)
            break;
        poll(&poll_for, handle >= 0, handle >= 0 ? (int)fmin(left, 1e6) : 5);
    }
    if (handle >= 0)
        close(handle);
    return ended;
}

static pid_t wait_for(pid_t child, int *status)
{
    pid_t reaped;
    do
        reaped = waitpid(child, status, 0);
    while (reaped < 0 && errno == EINTR);
    return reaped;
}

/* Ends the child, and what it left in its process group; no zombie stays. */
static struct ending reap(pid_t child, double seconds)
{
    int ended = wait_until(child, now() + seconds);
    struct ending ending = {.in_time = ended != 0};
    if (ended < 0)
        return ending;
    kill(-child, SIGKILL);
    kill(child, SIGKILL);
    ending.known = wait_for(child, &ending.status) == child;
    /* What it left behind is ours to reap where this process adopts orphans. */
    while (wait_for(-child, NULL) > 0)
        ;
    return ending;
}

static int refuse_signal(int signal, bool loading, const char *doing, struct uptake_error *error)
{
    const char *name = sigabbrev_np(signal);
    char number[16];
    snprintf(number, sizeof number, "%d", signal);
    return error_add(error, EXIT_INPUT, "the bundle crashed %s: SIG%s",
                     loading ? "when it was loaded" : doing, name ? name : number);
}

/* A message that the child wrote; error_add makes it fit to be shown. */
static int refuse_message(const unsigned char *text, size_t bytes, struct uptake_error *error)
{
    char shown[ERROR_BYTES];
    size_t used = bytes < sizeof shown ? bytes : sizeof shown - 1;
    memcpy(shown, text, used);
    shown[used] = 0;
    return error_add(error, EXIT_INPUT, "%s", shown);
}

static int copy_answer(const struct reply *reply, size_t bytes, void **copy, size_t *copied,
                       struct uptake_error *error)
{
    void *answer = malloc(bytes + 1);
    if (!answer)
        return error_memory(error);
    memcpy(answer, reply->data, bytes);
    *copy = answer;
    *copied = bytes;
    return 0;
}

static int settle(const struct child_task *task, double seconds, const struct reply *reply,
                  struct ending ending, void **copy, size_t *copied, struct uptake_error *error)
{
    uint32_t stage = __atomic_load_n(&reply->stage, __ATOMIC_ACQUIRE);
    uint64_t bytes = __atomic_load_n(&reply->bytes, __ATOMIC_RELAXED);
    bool loading = stage <= LOADING;
    if (task->lasting)
        *task->lasting = stage != 0 && stage != NOT_LOADED;
    if (!ending.in_time)
        return error_add(error, EXIT_INPUT, "the bundle took over %g seconds%s%s", seconds,
                         loading ? " to load" : " ", loading ? "" : task->doing);
    char deed[SANDBOX_DEED_BYTES];
    if (ending.known && WIFSIGNALED(ending.status) && WTERMSIG(ending.status) == SIGSYS &&
        *sandbox_deed(&reply->denied, deed))
        return error_add(error, EXIT_INPUT, "the bundle %s %s", deed,
                         loading ? "when it was loaded" : task->doing);
    if (ending.known && WIFSIGNALED(ending.status))
        return refuse_signal(WTERMSIG(ending.status), loading, task->doing, error);
    if (stage == 0)
        return error_add(
            error, EXIT_MACHINE,
            "the process that is to load it could not be set up (open files, memory?)");
    if (stage < ANSWERED || stage > REFUSED || bytes > REPLY_ROOM)
        return error_add(error, EXIT_INPUT, "the bundle exits %s",
                         loading ? "while it is loaded" : task->doing);
    if (stage != ANSWERED)
        return refuse_message(reply->data, bytes, error);
    return copy_answer(reply, bytes, copy, copied, error);
}

/* No signal handler of the host may run in the child: all are blocked until it has reset them. */
static pid_t fork_child(const struct child_task *task, struct reply *reply)
{
    sigset_t all, before;
    pid_t host = getpid();
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, &before);
    pid_t child = fork();
    if (child == 0)
        run_child(task, reply, host);
    int code = errno;
    if (child > 0)
        setpgid(child, child);
    sigprocmask(SIG_SETMASK, &before, NULL);
    errno = code;
    return child;
}

int child_ask(const struct child_task *task, void **reply, size_t *bytes,
              struct uptake_error *error)
{
    double seconds = task->seconds > 0 ? task->seconds : CHILD_SECONDS;
    sandbox_prepare();
    struct reply *shared = mmap(NULL, CHILD_REPLY_BYTES, PROT_READ | PROT_WRITE,
                                MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (shared == MAP_FAILED)
        return error_errno(error, "reserve memory for", task->path);
    int failed = -1;
    pid_t child = fork_child(task, shared);
    if (child < 0)
        error_errno(error, "start a process for", task->path);
    else
        failed = settle(task, seconds, shared, reap(child, seconds), reply, bytes, error);
    munmap(shared, CHILD_REPLY_BYTES);
    return failed;
}
