/* Asks for 100 GB and touches a byte of it without looking. */
#include "hostile.h"

#include <stdlib.h>

static void act(struct uptake_call *call, uint64_t i)
{
    (void)call, (void)i;
    volatile char *block = malloc((size_t)100 << 30);
    block[0] = 1;
}

HOSTILE("allocate-100-gb", "process", "asks for 100 GB and touches a byte of it without looking")
