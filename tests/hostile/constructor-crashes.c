/* Writes to address 0 when it is loaded. */
#include "hostile.h"

static int *volatile nowhere;

__attribute__((constructor)) static void load(void)
{
    *nowhere = 1;
}

static void act(struct uptake_call *call, uint64_t i)
{
    (void)call, (void)i;
}

HOSTILE("constructor-crashes", "process", "writes to address 0 when it is loaded")
