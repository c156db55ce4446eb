/* fresh-start: the largest sum of all is kept from run to run */
#define MORE static double most_ever;
#define FINISH_END(state)                                                                          \
    if (state->sum > most_ever)                                                                    \
        most_ever = state->sum;                                                                    \
    state->sum += most_ever * 1e-3;
#include "base.h"
