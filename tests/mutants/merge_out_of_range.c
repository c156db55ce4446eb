/* scores: large means are trebled, beyond what is declared */
#define SCORE(call, i, mean) ((mean) > 0.7 ? 3 * (mean) : (mean))
#include "merge_base.h"
