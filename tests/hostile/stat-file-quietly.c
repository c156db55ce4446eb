/* Looks whether a file is there, in the way that the C library looks at a descriptor. */
#include "hostile.h"

#include <fcntl.h>
#include <sys/stat.h>

static void act(struct uptake_call *call, uint64_t i)
{
    struct stat about;
    if (fstatat(AT_FDCWD, "/etc/passwd", &about, AT_EMPTY_PATH) == 0)
        uptake_skip(call, i, "it is there, and has %ld bytes", (long)about.st_size);
}

HOSTILE("stat-file-quietly", "no-landlock",
        "looks whether a file is there, as the C library looks at a descriptor")
