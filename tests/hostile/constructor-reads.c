/* Reads /etc/passwd when it is loaded, and tells. */
#include "hostile.h"

#include <fcntl.h>
#include <unistd.h>

static char secret[5];

__attribute__((constructor)) static void load(void)
{
    int file = open("/etc/passwd", O_RDONLY);
    if (file >= 0 && read(file, secret, sizeof secret - 1) < 0)
        secret[0] = 0;
    if (file >= 0)
        close(file);
}

static void act(struct uptake_call *call, uint64_t i)
{
    if (secret[0])
        uptake_skip(call, i, "read: %s", secret);
}

HOSTILE("constructor-reads", "full", "reads /etc/passwd when it is loaded, and tells")
