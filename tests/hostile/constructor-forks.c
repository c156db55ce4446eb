/* Starts a child when it is loaded, which ends after 20 s. */
#include "hostile.h"

#include <unistd.h>

__attribute__((constructor)) static void load(void)
{
    if (fork() == 0) {
        sleep(20);
        _exit(0);
    }
}

static void act(struct uptake_call *call, uint64_t i)
{
    (void)call, (void)i;
}

HOSTILE("constructor-forks", "no-landlock",
        "starts a child when it is loaded, which ends after 20 s")
