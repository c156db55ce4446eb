/* Looks whether a file is there. */
#include "hostile.h"

#include <sys/stat.h>

static void act(struct uptake_call *call, uint64_t i)
{
    struct stat about;
    uptake_skip(call, i, "looked: %d", stat("/etc/passwd", &about));
}

HOSTILE("stat-file", "no-landlock", "looks whether a file is there")
