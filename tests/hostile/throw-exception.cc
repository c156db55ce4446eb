// Lets an exception out of process.
#include <stdexcept>

#include "hostile.h"

static void act(struct uptake_call *call, uint64_t i)
{
    (void)call, (void)i;
    throw std::runtime_error("not caught");
}

HOSTILE("throw-exception", "process", "lets an exception out of process")
