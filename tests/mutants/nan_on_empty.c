/* empty-lists: a mean over no rows */
#define EMPTY(call, i)                                                                             \
    (uptake_output(call, SHARE)[i] = uptake_output(call, GAP)[i] / uptake_output(call, GAP)[i])
#include "base.h"
