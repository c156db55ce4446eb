/* Sends SIGTERM to its process group. */
#include "hostile.h"

#include <signal.h>

static void act(struct uptake_call *call, uint64_t i)
{
    (void)call, (void)i;
    kill(0, SIGTERM);
}

HOSTILE("kill-group", "no-landlock", "sends SIGTERM to its process group")
