/* read-bounds: a row past the list is read, and not used */
#define MORE static volatile double seen;
#define PROCESS_END(call)                                                                          \
    seen = uptake_numbers(call, NEEDED)[uptake_list(call, NEEDED)[call->count]];
#include "base.h"
