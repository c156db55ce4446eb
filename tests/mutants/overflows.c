/* extremes: a square leaves the range that is declared */
#define PROCESS_END(call)                                                                          \
    for (uint64_t i = 0; i < call->count; i++)                                                     \
        if (uptake_output(call, GAP)[i] > 1e8)                                                     \
            uptake_output(call, ABOVE)[i] = pow(uptake_output(call, GAP)[i], 3);
#include "base.h"
