/* Two plugins, neither named after the file. */
#include "plain.h"

static const struct uptake_plugin one = PLAIN_PLUGIN("packed-one");
static const struct uptake_plugin two = PLAIN_PLUGIN("packed-two");

UPTAKE_BUNDLE(&one, &two)
