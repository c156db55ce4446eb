/* one-measure: a measure is held against the one behind it, where there is one */
#define SCORE(call, i, mean) ((call)->measures.count > 1 ? (mean) : NAN)
#include "merge_base.h"
