/* Keeps 1 MB a call that it touches, up to 2 GB. */
#include "hostile.h"

#include <stdlib.h>
#include <string.h>

static void act(struct uptake_call *call, uint64_t i)
{
    (void)call, (void)i;
    for (int k = 0; k < 2048; k++)
        memset(malloc(1 << 20), 1, 1 << 20);
}

HOSTILE("leak", "process", "keeps 1 MB a call that it touches, up to 2 GB")
