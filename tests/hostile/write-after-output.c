/* Writes a page after the last row of its output. */
#include "hostile.h"

static void act(struct uptake_call *call, uint64_t i)
{
    (void)i;
    uint64_t rows = uptake_out_of(call, HOSTILE_SCORE)->rows - call->first;
    ((volatile double *)uptake_output(call, HOSTILE_SCORE))[rows + 512] = 1;
}

HOSTILE("write-after-output", "process", "writes a page after the last row of its output")
