/* Writes before the first row of its output. */
#include "hostile.h"

static void act(struct uptake_call *call, uint64_t i)
{
    (void)i;
    ((volatile double *)uptake_output(call, HOSTILE_SCORE))[-(int64_t)call->first - 1] = 1;
}

HOSTILE("write-before-output", "process", "writes before the first row of its output")
