/* Becomes another program. */
#include "hostile.h"

#include <unistd.h>

static void act(struct uptake_call *call, uint64_t i)
{
    (void)call, (void)i;
    execl("/bin/true", "true", (char *)NULL);
}

HOSTILE("execute", "no-landlock", "becomes another program")
