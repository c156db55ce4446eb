/* one-row: a spread over one innovation is divided by nothing */
#define SCORE(call, i, mean) ((call)->n > 1 ? (mean) : (mean) / (double)((call)->n - 1))
#include "merge_base.h"
