/* Calls _exit. */
#include "hostile.h"

#include <unistd.h>

static void act(struct uptake_call *call, uint64_t i)
{
    (void)call, (void)i;
    _exit(7);
}

HOSTILE("exit-at-once", "process", "calls _exit")
