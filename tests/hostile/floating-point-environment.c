/* Rounds upwards and lets division by zero trap. */
#include "hostile.h"

#include <fenv.h>

static void act(struct uptake_call *call, uint64_t i)
{
    (void)call, (void)i;
    fesetround(FE_UPWARD);
    feenableexcept(FE_DIVBYZERO | FE_INVALID);
}

HOSTILE("floating-point-environment", "process", "rounds upwards and lets division by zero trap")
