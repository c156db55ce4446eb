/* Gives a million findings for one innovation. */
#include "hostile.h"

static void act(struct uptake_call *call, uint64_t i)
{
    for (int k = 0; k < 1000000; k++)
        uptake_note(call, UPTAKE_INNOVATION, i, UPTAKE_HELPS, "finding %d", k);
}

HOSTILE("million-findings", "process", "gives a million findings for one innovation")
