/* constants: the entry tells another story every time */
#define OWN_ENTRY
#include "base.h"
UPTAKE_EXPORT const struct uptake_bundle *uptake_bundle_1(void);
UPTAKE_EXPORT const struct uptake_bundle *uptake_bundle_1(void)
{
    static struct uptake_plugin copy;
    static const struct uptake_plugin *const plugins[] = {&copy};
    static const struct uptake_bundle bundle = {sizeof bundle, UPTAKE_ABI_MAJOR, UPTAKE_ABI_MINOR,
                                                UPTAKE_ROWS(plugins)};
    static uint32_t asked;
    copy = plugin;
    copy.revision = 1 + asked++ % 2;
    return &bundle;
}
