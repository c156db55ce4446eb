/* order: the first innovation of the portfolio counts a little more */
#define PROCESS_END(call)                                                                          \
    if (call->first == 0 && call->count && !isnan(uptake_output(call, ABOVE)[0]))                  \
        uptake_output(call, ABOVE)[0] += 1e-3;
#include "base.h"
