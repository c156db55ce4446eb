/* The entry's name says ABI 1, what it answers ABI 7. */
#include "plain.h"

static const struct uptake_plugin plugin = PLAIN_PLUGIN("liar");

UPTAKE_EXPORT const struct uptake_bundle *uptake_bundle_1(void);
UPTAKE_EXPORT const struct uptake_bundle *uptake_bundle_1(void)
{
    static const struct uptake_plugin *const plugins[] = {&plugin};
    static const struct uptake_bundle bundle = {sizeof bundle, 7, 0, UPTAKE_ROWS(plugins),
                                                UPTAKE_NO_ROWS};
    return &bundle;
}
