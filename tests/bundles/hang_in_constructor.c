/* Never comes back from being loaded; stops itself, too, which is not an end. */
#include <signal.h>
#include <unistd.h>

#include "plain.h"

__attribute__((constructor)) static void hang(void)
{
    for (;;)
        raise(SIGSTOP);
}

static const struct uptake_plugin plugin = PLAIN_PLUGIN("hang");

UPTAKE_BUNDLE(&plugin)
