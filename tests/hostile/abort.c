/* Calls abort. */
#include "hostile.h"

#include <stdlib.h>

static void act(struct uptake_call *call, uint64_t i)
{
    (void)call, (void)i;
    abort();
}

HOSTILE("abort", "process", "calls abort")
