/* system-calls: a file is looked for */
#include <fcntl.h>
#include <unistd.h>
#define PROCESS_BEGIN(call)                                                                        \
    int file = open("/dev/null", O_RDONLY);                                                        \
    if (file >= 0)                                                                                 \
        close(file);
#include "base.h"
