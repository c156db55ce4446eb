/* Calls exit when it is loaded: the host's own handlers must not run. */
#include <stdlib.h>

#include "plain.h"

__attribute__((constructor)) static void leave(void)
{
    exit(0);
}

static const struct uptake_plugin plugin = PLAIN_PLUGIN("leaver");

UPTAKE_BUNDLE(&plugin)
