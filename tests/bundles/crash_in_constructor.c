/* Dies of SIGSEGV when it is loaded. */
#include <signal.h>

#include "plain.h"

__attribute__((constructor)) static void crash(void)
{
    raise(SIGSEGV);
}

static const struct uptake_plugin plugin = PLAIN_PLUGIN("crash");

UPTAKE_BUNDLE(&plugin)
