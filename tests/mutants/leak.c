/* memory: a byte a batch is never given back */
#define MORE static void *volatile leaked;
#define PROCESS_BEGIN(call) leaked = malloc(1);
#include "base.h"
