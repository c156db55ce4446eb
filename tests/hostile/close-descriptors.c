/* Closes every descriptor. */
#include "hostile.h"

#include <unistd.h>

static void act(struct uptake_call *call, uint64_t i)
{
    (void)call, (void)i;
    for (int file = 0; file < 4096; file++)
        close(file);
}

HOSTILE("close-descriptors", "process", "closes every descriptor")
