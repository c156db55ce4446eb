/* Answers what it declared impossible. */
#include "hostile.h"

static void act(struct uptake_call *call, uint64_t i)
{
    uptake_output(call, HOSTILE_SCORE)[i] = 1.5;
}

HOSTILE("out-of-range-output", "process", "answers what it declared impossible")
