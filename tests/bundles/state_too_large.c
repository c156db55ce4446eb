/* Asks for more state than there may be; with no innovations it crashes. */
#include <stdlib.h>

#include "plain.h"

static size_t state_size(const struct uptake_counts *counts, const void *params)
{
    (void)params;
    if (counts->innovations == 0)
        abort();
    return SIZE_MAX;
}

static const struct uptake_plugin plugin = {sizeof(struct uptake_plugin),
                                            "state-too-large",
                                            "1.0",
                                            1,
                                            0,
                                            "Large",
                                            "",
                                            "",
                                            UPTAKE_ROWS(plain_reads),
                                            UPTAKE_NO_ROWS,
                                            UPTAKE_ROWS(plain_writes),
                                            0,
                                            0,
                                            state_size,
                                            plain_process,
                                            NULL,
                                            NULL,
                                            NULL};

UPTAKE_BUNDLE(&plugin)
