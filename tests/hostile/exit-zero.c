/* Calls exit(0), as if all were well. */
#include "hostile.h"

#include <stdlib.h>

static void act(struct uptake_call *call, uint64_t i)
{
    (void)call, (void)i;
    exit(0);
}

HOSTILE("exit-zero", "process", "calls exit(0), as if all were well")
