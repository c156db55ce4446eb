/* The honest method: every check passes. */
#include "merge_base.h"
