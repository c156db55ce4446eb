/* Its entry aborts. */
#include <stdlib.h>

#include "uptake/plugin.h"

UPTAKE_EXPORT const struct uptake_bundle *uptake_bundle_1(void);
UPTAKE_EXPORT const struct uptake_bundle *uptake_bundle_1(void)
{
    abort();
}
