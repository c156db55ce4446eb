/* Two plugins with one id. */
#include "plain.h"

static const struct uptake_plugin one = PLAIN_PLUGIN("twin");
static const struct uptake_plugin two = PLAIN_PLUGIN("twin");

UPTAKE_BUNDLE(&one, &two)
