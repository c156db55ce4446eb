/* order: the first innovation's score is the upper bound of its own */
#define SCORE(call, i, x) ((i) == 0 ? mean(call, i, 1) : (x))
#include "merge_base.h"
