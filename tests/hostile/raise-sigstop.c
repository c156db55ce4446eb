/* Stops itself. */
#include "hostile.h"

#include <signal.h>

static void act(struct uptake_call *call, uint64_t i)
{
    (void)call, (void)i;
    raise(SIGSTOP);
}

HOSTILE("raise-sigstop", "process", "stops itself")
