/* read-bounds: a rule past the innovation's is read, and not used */
#define MORE static volatile int8_t seen;
#define PROCESS_END(call) seen = uptake_flags(call, RULES)[uptake_list(call, RULES)[call->count]];
#include "base.h"
