/* zero-rows: a share of the portfolio's adopters, of which there are none */
#define PROCESS_END(call)                                                                          \
    for (uint64_t i = 0; i < call->count; i++)                                                     \
        uptake_output(call, SHARE)[i] /= (double)uptake_row_count(call, SIZE);
#include "base.h"
