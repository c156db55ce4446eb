/* ties: of equals whoever has an equal before it gets less */
#define FLAGS UPTAKE_MERGE_SCALE | UPTAKE_MERGE_WEIGHTS
#define MERGE_END(call)                                                                            \
    for (uint64_t i = 1; i < (call)->n; i++)                                                       \
        for (uint64_t j = 0; j < i; j++)                                                           \
            if ((call)->score[i] == (call)->score[j] && i != j)                                    \
                (call)->score[i] *= 0.99;
#include "merge_base.h"
