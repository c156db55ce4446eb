/* Wants a function that nobody has. */
#include "plain.h"

int missing_function(void);

static int process(struct uptake_call *call)
{
    (void)call;
    return missing_function();
}

static const struct uptake_plugin plugin = {sizeof(struct uptake_plugin),
                                            "undefined",
                                            "1.0",
                                            1,
                                            0,
                                            "Undefined",
                                            "",
                                            "",
                                            UPTAKE_ROWS(plain_reads),
                                            UPTAKE_NO_ROWS,
                                            UPTAKE_ROWS(plain_writes),
                                            0,
                                            0,
                                            NULL,
                                            process,
                                            NULL,
                                            NULL,
                                            NULL};

UPTAKE_BUNDLE(&plugin)
