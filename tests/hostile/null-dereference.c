/* Writes to address 0. */
#include "hostile.h"

static void act(struct uptake_call *call, uint64_t i)
{
    (void)i;
    *(volatile int *)(uintptr_t)(call->first * 0) = 1;
}

HOSTILE("null-dereference", "process", "writes to address 0")
