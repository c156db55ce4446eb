/* Jumps out of process to nowhere. */
#include "hostile.h"

#include <setjmp.h>

static void act(struct uptake_call *call, uint64_t i)
{
    (void)call, (void)i;
    static jmp_buf nowhere;
    longjmp(nowhere, 1);
}

HOSTILE("longjmp-out", "process", "jumps out of process to nowhere")
