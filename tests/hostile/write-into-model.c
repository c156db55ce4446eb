/* Changes what it reads. */
#include "hostile.h"

static void act(struct uptake_call *call, uint64_t i)
{
    ((volatile double *)(uintptr_t)uptake_numbers(call, HOSTILE_PAYBACK))[i] = 1;
}

HOSTILE("write-into-model", "process", "changes what it reads")
