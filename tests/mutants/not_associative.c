/* combine-associative: the mean of two parts is the mean of their means */
#define COMBINE(a, b)                                                                              \
    if ((b)->count > 0) {                                                                          \
        (a)->least = (a)->count == 0 || (b)->least < (a)->least ? (b)->least : (a)->least;         \
        double mean_b = (b)->sum / (double)(b)->count;                                             \
        double mean = (a)->count ? ((a)->sum / (double)(a)->count + mean_b) / 2 : mean_b;          \
        (a)->count += (b)->count;                                                                  \
        (a)->sum = mean * (double)(a)->count;                                                      \
    }
#include "base.h"
