/* combine-neutral: a part that saw nothing has a least gap of nothing */
#define COMBINE(a, b)                                                                              \
    (a)->least = (b)->least < (a)->least ? (b)->least : (a)->least;                                \
    (a)->sum += (b)->sum;                                                                          \
    (a)->count += (b)->count;
#include "base.h"
