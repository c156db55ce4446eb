/* constant: values are divided by the spread of the first measure */
#define SCORE(call, i, mean) ((mean) + 0 * (1 / spread(call)))
#include <uptake/plugin.h>
static double spread(const struct uptake_merge_call *call)
{
    const double *x = ((const struct uptake_merge_measure *)call->measures.rows)->values;
    double low = 1, high = 0;
    for (uint64_t i = 0; i < call->n; i++) {
        low = fmin(low, x[i]);
        high = fmax(high, x[i]);
    }
    return call->n == 1 ? 1 : high - low;
}
#include "merge_base.h"
