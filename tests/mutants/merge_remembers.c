/* repeatable: the third call answers otherwise */
static int calls;
#define MERGE_END(call)                                                                            \
    if (++calls == 3)                                                                              \
        (call)->score[0] = (call)->low[0] = (call)->high[0] = 0;
#include "merge_base.h"
