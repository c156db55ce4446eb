/* inputs-unwritten: the same value is written back to where it was read */
#define PROCESS_BEGIN(call)                                                                        \
    for (int64_t r = uptake_list(call, NEEDED)[0]; r < uptake_list(call, NEEDED)[call->count];     \
         r++)                                                                                      \
        *(volatile double *)(uintptr_t)&uptake_numbers(call, NEEDED)[r] =                          \
            uptake_numbers(call, NEEDED)[r];
#include "base.h"
