/* Right but for innovations whose payback is 13: there it never ends. */
#include "plain.h"

static int process(struct uptake_call *call)
{
    for (uint64_t i = 0; i < call->count; i++)
        if (uptake_numbers(call, PAYBACK)[i] == 13)
            for (volatile int again = 1; again;)
                ;
    return plain_process(call);
}

static const struct uptake_plugin plugin = {sizeof(struct uptake_plugin),
                                            "hang-on-13",
                                            "1.0",
                                            1,
                                            0,
                                            "Hang on 13",
                                            "Hangs on some innovations.",
                                            "A source.",
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
