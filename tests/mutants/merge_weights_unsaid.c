/* weights: they count, and it does not say so */
#define FLAGS UPTAKE_MERGE_SCALE | UPTAKE_MERGE_BOUNDS | UPTAKE_MERGE_GAPS
#include "merge_base.h"
