/* measures-order: the first measure counts a little more, which it does not say */
#define WEIGHT(call, k) (uptake_merge_measure_of(call, k)->weight + ((k) == 0 ? 0.1 : 0))
#include "merge_base.h"
