/* batch-cut: the gap is held against the largest of the batch, not of the portfolio */
#define PROCESS_END(call)                                                                          \
    double largest = 1;                                                                            \
    for (uint64_t i = 0; i < call->count; i++)                                                     \
        largest = uptake_output(call, GAP)[i] > largest ? uptake_output(call, GAP)[i] : largest;   \
    for (uint64_t i = 0; i < call->count; i++)                                                     \
        uptake_output(call, SHARE)[i] = uptake_output(call, GAP)[i] / largest;
#include "base.h"
