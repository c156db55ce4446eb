/* The whole of plugin.h in C: nothing is included before it. */
#include "uptake/plugin.h"
#include "uptake/plugin.h" /* twice does no harm */

#include <assert.h>

#include "abi.inc"
#include "everything.inc"
