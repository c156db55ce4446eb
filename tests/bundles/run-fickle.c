/* A plugin that says of itself that the same input may give another answer. */
#include "uptake/plugin.h"

enum { ONE };

static const struct uptake_write writes[] = {
    UPTAKE_WRITE_NUMBER(ONE, "one", "", 0, 1, UPTAKE_HIGHER, 0, "x")};

static int process(struct uptake_call *call)
{
    for (uint64_t i = 0; i < call->count; i++)
        uptake_output(call, ONE)[i] = 1;
    return 0;
}

static const struct uptake_plugin fickle = {sizeof fickle,
                                            "run-fickle",
                                            "1.0",
                                            1,
                                            UPTAKE_NOT_REPEATABLE,
                                            "Fickle",
                                            "A plugin.",
                                            "A source.",
                                            UPTAKE_NO_ROWS,
                                            UPTAKE_NO_ROWS,
                                            UPTAKE_ROWS(writes),
                                            0,
                                            0,
                                            NULL,
                                            process,
                                            NULL,
                                            NULL,
                                            NULL};

UPTAKE_BUNDLE(&fickle)
