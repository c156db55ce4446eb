/* Asking a plugin, in a child, how large its state is. */
#include <poll.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "run/child.h"
#include "run/custody.h"
#include "run/supervise.h"

/* What both sides see. */
struct answer {
    _Atomic uint32_t answered;
    _Atomic uint64_t bytes;
    struct sandbox_denial denied;
    char failure[256];
};

static int body(const struct share *share, const void *data)
{
    struct answer *answer = *(struct answer *const *)data;
    uint64_t bytes;
    if (worker_state_size(share, &bytes, answer->failure) != 0)
        return -1;
    atomic_store(&answer->bytes, bytes);
    atomic_store(&answer->answered, 1);
    return 0;
}

static int body_in_child(const struct share *share, const void *data)
{
    struct answer *answer = *(struct answer *const *)data;
    return sandbox_enter(share->of->plugin->bundle, &answer->denied) == 0 ? body(share, data) : -1;
}

static void wait_for(pid_t pid, double seconds, const sigset_t *mask)
{
    struct timespec most = {(time_t)seconds, (long)((seconds - (double)(time_t)seconds) * 1e9)};
    struct pollfd end = {.fd = (int)syscall(SYS_pidfd_open, pid, 0), .events = POLLIN};
    if (end.fd >= 0) {
        ppoll(&end, 1, &most, mask);
        close(end.fd);
    }
    child_kill(pid);
}

static int ask(const struct share *share, const struct supervision *how, struct answer *answer,
               struct uptake_error *error)
{
    struct custody custody;
    custody_take(&custody);
    pid_t pid = child_fork(share, body_in_child, &answer, how->memory);
    int failed = pid < 0 ? error_errno(error, "start", "a worker") : 0;
    if (!failed)
        wait_for(pid, how->seconds, &custody.mask);
    custody_give_back(&custody);
    int interrupt = custody_interrupted();
    if (!interrupt)
        return failed;
    return error_add(error, 128 + interrupt, "interrupted by SIG%s", sigabbrev_np(interrupt));
}

int supervise_state_size(const struct share *share, const struct supervision *how, bool in_process,
                         uint64_t *bytes, char failure[256], struct uptake_error *error)
{
    struct answer *answer =
        mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (answer == MAP_FAILED)
        return error_memory(error);
    int failed = 0;
    if (in_process)
        body(share, &answer);
    else
        failed = ask(share, how, answer, error);
    *bytes = atomic_load(&answer->bytes);
    answer->failure[255] = 0;
    bool good = atomic_load(&answer->answered) && *bytes <= (uint64_t)1 << 30;
    char deed[SANDBOX_DEED_BYTES];
    if (!good)
        snprintf(failure, 256, "%.200s",
                 answer->failure[0] ? answer->failure
                 : *sandbox_deed(&answer->denied, deed)
                     ? deed
                     : "it gave no size for its state, or one over 1 GiB");
    munmap(answer, 4096);
    return failed ? -1 : good ? 0 : 1;
}
