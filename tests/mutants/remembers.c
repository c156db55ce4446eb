/* same-batch: the first of a batch is held against the last of the batch before */
#define MORE static double before;
#define PROCESS_END(call)                                                                          \
    double last = uptake_output(call, GAP)[call->count - 1];                                       \
    if (!isnan(uptake_output(call, ABOVE)[0]))                                                     \
        uptake_output(call, ABOVE)[0] += before * 1e-6;                                            \
    before = isnan(last) ? 1 : last + 1;
#include "base.h"
