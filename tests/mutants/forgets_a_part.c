/* combine-whole: the least of the later part is forgotten */
#define COMBINE(a, b)                                                                              \
    if ((b)->count > 0) {                                                                          \
        (a)->least = (a)->count == 0 ? (b)->least : (a)->least;                                    \
        (a)->sum += (b)->sum;                                                                      \
        (a)->count += (b)->count;                                                                  \
    }
#include "base.h"
