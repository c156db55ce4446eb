/* Reads /etc/passwd. */
#include "hostile.h"

#include <fcntl.h>
#include <unistd.h>

static void act(struct uptake_call *call, uint64_t i)
{
    (void)call, (void)i;
    int file = open("/etc/passwd", O_RDONLY);
    if (file >= 0)
        close(file);
}

HOSTILE("open-passwd", "no-landlock", "reads /etc/passwd")
