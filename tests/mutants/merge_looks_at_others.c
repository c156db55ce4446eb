/* monotone: a score is a share of the best, though it says that it rests on its own values */
#define FLAGS UPTAKE_MERGE_WEIGHTS | UPTAKE_MERGE_SCALE | UPTAKE_MERGE_MONOTONE
#define MERGE_END(call)                                                                            \
    double best = 0;                                                                               \
    for (uint64_t i = 0; i < (call)->n; i++)                                                       \
        best = fmax(best, (call)->score[i]);                                                       \
    for (uint64_t i = 0; i < (call)->n && best > 0; i++)                                           \
        (call)->score[i] /= best;
#include "merge_base.h"
