/* Masks and ignores signals, then never returns. */
#include "hostile.h"

#include <signal.h>

static void act(struct uptake_call *call, uint64_t i)
{
    (void)call, (void)i;
    sigset_t all;
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, NULL);
    signal(SIGTERM, SIG_IGN);
    for (volatile uint64_t turns = 0;; turns++)
        ;
}

HOSTILE("mask-and-hang", "process", "masks and ignores signals, then never returns")
