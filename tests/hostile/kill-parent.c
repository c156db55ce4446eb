/* Sends SIGTERM to its parent. */
#include "hostile.h"

#include <signal.h>
#include <unistd.h>

static void act(struct uptake_call *call, uint64_t i)
{
    (void)call, (void)i;
    kill(getppid(), SIGTERM);
}

HOSTILE("kill-parent", "no-landlock", "sends SIGTERM to its parent")
