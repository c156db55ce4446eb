/* Answers a number that is none. */
#include "hostile.h"

static void act(struct uptake_call *call, uint64_t i)
{
    uptake_output(call, HOSTILE_SCORE)[i] = (double)NAN;
}

HOSTILE("nan-output", "process", "answers a number that is none")
