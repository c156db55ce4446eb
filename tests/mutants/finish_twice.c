/* finish-repeatable: every second finish is a little off */
#define MORE static int finished;
#define FINISH_END(state)                                                                          \
    if (finished++ % 2)                                                                            \
        state->sum *= 1.000001;
#include "base.h"
