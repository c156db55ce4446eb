/* descriptor: nobody is cited */
#define SOURCE ""
#include "base.h"
