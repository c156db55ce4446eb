/* Writes to address 0. */
#include "hostile.h"

static int *volatile nowhere;

static void act(struct uptake_call *call, uint64_t i)
{
    (void)call, (void)i;
    *nowhere = 1;
}

HOSTILE("null-dereference", "process", "writes to address 0")
