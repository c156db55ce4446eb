/* Takes all the memory that it is given when it is loaded, up to 4 GB. */
#include "hostile.h"

#include <stdlib.h>

static size_t taken;

__attribute__((constructor)) static void load(void)
{
    for (int k = 0; k < 4096; k++) {
        char *block = malloc(1 << 20);
        if (!block)
            abort();
        memset(block, 1, 1 << 20);
        taken += 1 << 20;
    }
}

static void act(struct uptake_call *call, uint64_t i)
{
    (void)call, (void)i;
}

HOSTILE("constructor-grows", "process", "takes memory when it is loaded, up to 4 GB")
