/* Never returns. */
#include "hostile.h"

static void act(struct uptake_call *call, uint64_t i)
{
    (void)call, (void)i;
    for (volatile uint64_t turns = 0;; turns++)
        ;
}

HOSTILE("infinite-loop", "process", "never returns")
