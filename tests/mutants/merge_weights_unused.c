/* weights: they do not count, and it says that they do */
#define WEIGHT(call, k) 1.0
#include "merge_base.h"
