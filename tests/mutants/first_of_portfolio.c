/* read-bounds: the portfolio's first adopter is read, also where there is none */
#define MORE static volatile double seen;
#define PROCESS_END(call) seen = uptake_numbers(call, SIZE)[0];
#include "base.h"
