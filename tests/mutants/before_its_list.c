/* read-bounds: the row before the first is read, and not used */
#define MORE static volatile double seen;
#define PROCESS_END(call) seen = uptake_numbers(call, NEEDED)[uptake_list(call, NEEDED)[0] - 1];
#include "base.h"
