/* monotone: beyond 0.9 a mean is too good to be true */
#define FLAGS UPTAKE_MERGE_WEIGHTS | UPTAKE_MERGE_SCALE | UPTAKE_MERGE_MONOTONE
#define SCORE(call, i, mean) ((mean) > 0.7 ? 0.1 : (mean))
#include "merge_base.h"
