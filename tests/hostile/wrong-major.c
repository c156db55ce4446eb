/* Built for another major number of the ABI. */
#include "uptake/plugin.h"

UPTAKE_EXPORT const struct uptake_bundle *uptake_bundle_9(void);
UPTAKE_EXPORT const struct uptake_bundle *uptake_bundle_9(void)
{
    return NULL;
}
