/* parameters: at its greatest the scale leaves the range */
#define SCORE(call, i, mean) (((const struct params *)(call)->params)->scale > 1.9 ? 3.0 : (mean))
#include "merge_base.h"
