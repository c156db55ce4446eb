/* Writes to whatever memory lies within 1 GiB of its output. */
#include "hostile.h"

#include <setjmp.h>
#include <signal.h>

static sigjmp_buf next;

static void go_on(int number)
{
    siglongjmp(next, number);
}

/* Its own memory lies there, too: it may not survive this. */
static void act(struct uptake_call *call, uint64_t i)
{
    volatile char *middle = (volatile char *)uptake_output(call, HOSTILE_SCORE);
    signal(SIGSEGV, go_on);
    signal(SIGBUS, go_on);
    for (volatile int64_t away = (int64_t)1 << 16; away < (int64_t)1 << 30; away += 1 << 16)
        for (volatile int side = -1; side <= 1; side += 2)
            if (sigsetjmp(next, 1) == 0)
                middle[side * away] = (char)(0x5a + (int)i * 0);
}

HOSTILE("write-other-results", "process",
        "writes to whatever memory lies within 1 GiB of its output")
