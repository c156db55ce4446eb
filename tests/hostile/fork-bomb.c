/* Starts 64 children, which end by themselves after 20 s. */
#include "hostile.h"

#include <unistd.h>

static void act(struct uptake_call *call, uint64_t i)
{
    (void)call, (void)i;
    for (int k = 0; k < 64; k++)
        if (fork() == 0) {
            sleep(20);
            _exit(0);
        }
}

HOSTILE("fork-bomb", "no-landlock", "starts 64 children, which end by themselves after 20 s")
