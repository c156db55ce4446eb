/* Making a worker process: what it keeps, what it gives up; and ending it with all that it left
 * behind. */
#ifndef UPTAKE_RUN_CHILD_H
#define UPTAKE_RUN_CHILD_H

#include <signal.h>
#include <sys/types.h>

#include "base/error.h"
#include "run/share.h"

/* Forks; the child calls body(share, data) with only the share's own memory shared, every
 * descriptor closed but its log, and leaves by _exit: 0 where body answers 0. memory: bytes it
 * may grow by. */
pid_t child_fork(const struct share *share,
                 int (*body)(const struct share *share, const void *data), const void *data,
                 uint64_t memory);

/* In the child, before any code of a bundle runs: it could not be set up. errno says why. */
_Noreturn void child_unready(void);
/* In the host: what a child that was never ready ended of. The machine's fault, or the user's limits; never the bundle's. */
int child_refuse(const siginfo_t *info, struct uptake_error *error);

/* Kills a child's whole process group and reaps the child. Answers the processor time that it
 * took. */
double child_kill(pid_t pid);

/* Children of this process. full: there were more. */
enum { CHILD_SET_MAX = 1024 };
struct child_set {
    pid_t pids[CHILD_SET_MAX];
    size_t count;
    bool full;
};
void child_list(struct child_set *set);

/* Kills and reaps whatever descendants were handed to this process (double forks); leaves the
 * others alone. */
void child_sweep(const struct child_set *others);

#endif
