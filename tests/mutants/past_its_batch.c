/* write-bounds: a row behind the batch is written, which the next batch overwrites */
#define PROCESS_BEGIN(call) uptake_output(call, SHARE)[call->count] = 0;
#include "base.h"
