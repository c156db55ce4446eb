/* An honest method for which the order of measures counts, as it says. */
#define FLAGS UPTAKE_MERGE_SCALE | UPTAKE_MERGE_ORDERED
#define WEIGHT(call, k) 1.0 / (1 + (k))
#include "merge_base.h"
