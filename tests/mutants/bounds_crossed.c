/* doubt: the low end lies above the value where there is a range */
#define GAP_LOW(low, gap) ((low) < (gap) ? (gap)*1.5 : (low))
#include "base.h"
