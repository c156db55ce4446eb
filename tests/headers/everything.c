/* The whole of plugin.h, and what helps beside it, in C: nothing is included before it. */
#include "uptake/plugin.h"
#include "uptake/plugin.h" /* twice does no harm */

#include <assert.h>

#include "uptake/calendar.h"
#include "uptake/members.h"

#include "abi.inc"
#include "everything.inc"
