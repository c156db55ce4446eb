/* Asks its parent to trace it. */
#include "hostile.h"

#include <sys/ptrace.h>

static void act(struct uptake_call *call, uint64_t i)
{
    (void)call, (void)i;
    ptrace(PTRACE_TRACEME, 0, NULL, NULL);
}

HOSTILE("ptrace-traceme", "no-landlock", "asks its parent to trace it")
