/* bounds: the lower bound is halfway to the score */
#define LOW(call, i, x) (((x) + mean(call, i, 0)) / 2)
#include "merge_base.h"
