/* speed: every innovation looks at all */
#define MORE static volatile double turned;
#define PROCESS_BEGIN(call)                                                                        \
    for (uint64_t k = 0; k < call->count * call->innovations; k++)                                 \
        turned = sqrt(turned + (double)k);
#include "base.h"
