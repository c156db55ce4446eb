/* Calls itself until its stack is full. */
#include "hostile.h"

static volatile uint64_t sink;

static uint64_t deeper(uint64_t depth)
{
    volatile char frame[4096];
    frame[depth % sizeof frame] = 1;
    return depth > (uint64_t)1 << 40 ? 0 : deeper(depth + 1) + (uint64_t)frame[0];
}

static void act(struct uptake_call *call, uint64_t i)
{
    (void)call;
    sink = deeper(i);
}

HOSTILE("infinite-recursion", "process", "calls itself until its stack is full")
