/* Making a worker process: what it keeps, what it gives up. */
#ifndef UPTAKE_RUN_CHILD_H
#define UPTAKE_RUN_CHILD_H

#include <sys/types.h>

#include "run/share.h"

/* Forks; the child calls body(share, data) with only the share's own memory shared, every descriptor closed but its
 * log, and leaves by _exit: 0 where body answers 0. memory: bytes it may grow by. */
pid_t child_fork(const struct share *share, int (*body)(const struct share *share, const void *data), const void *data,
                 uint64_t memory);

/* Kills a child's whole process group, and reaps the child. */
void child_kill(pid_t pid);

/* Kills and reaps whatever descendants are left that were handed to this process (double forks). */
void child_sweep(void);

#endif
