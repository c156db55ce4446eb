/* Writes to every descriptor that it may have inherited. */
#include "hostile.h"

#include <unistd.h>

static void act(struct uptake_call *call, uint64_t i)
{
    (void)call, (void)i;
    for (int file = 0; file < 4096; file++)
        if (write(file, "x", 1) < 0)
            continue;
}

HOSTILE("write-every-descriptor", "process",
        "writes to every descriptor that it may have inherited")
