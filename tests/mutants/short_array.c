/* long-lists: more rows than it has room for */
#define PROCESS_BEGIN(call)                                                                        \
    for (uint64_t i = 0; i < call->count; i++)                                                     \
        if (uptake_list(call, NEEDED)[i + 1] - uptake_list(call, NEEDED)[i] > 500)                 \
            return uptake_fail(call, "more than 500 rows");
#include "base.h"
