/* Never ends loading. */
#include "hostile.h"

__attribute__((constructor)) static void load(void)
{
    for (volatile uint64_t turns = 0;; turns++)
        ;
}

static void act(struct uptake_call *call, uint64_t i)
{
    (void)call, (void)i;
}

HOSTILE("constructor-hangs", "process", "never ends loading")
