/* missing: what is not known is handed on */
#define UNKNOWN(call, i) ((void)0)
#include "base.h"
