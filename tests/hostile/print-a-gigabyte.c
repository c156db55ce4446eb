/* Prints 1 GB to standard output and standard error. */
#include "hostile.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void act(struct uptake_call *call, uint64_t i)
{
    static char block[1 << 20];
    (void)call, (void)i;
    memset(block, 'x', sizeof block);
    for (int k = 0; k < 512; k++)
        for (int file = 1; file <= 2; file++)
            if (write(file, block, sizeof block) < 0)
                continue;
    for (int k = 0; k < 1024; k++)
        fwrite(block, 1, 1024, stdout);
}

HOSTILE("print-a-gigabyte", "process", "prints 1 GB to standard output and standard error")
