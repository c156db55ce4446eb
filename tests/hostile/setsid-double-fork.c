/* Leaves its session by a double fork; the grandchild ends after 20 s. */
#include "hostile.h"

#include <unistd.h>

static void act(struct uptake_call *call, uint64_t i)
{
    (void)call, (void)i;
    if (fork() == 0) {
        setsid();
        if (fork() == 0)
            sleep(20);
        _exit(0);
    }
}

HOSTILE("setsid-double-fork", "no-landlock",
        "leaves its session by a double fork; the grandchild ends after 20 s")
