/* A text that is NULL. */
#include "plain.h"

static const struct uptake_plugin plugin = {sizeof(struct uptake_plugin),
                                            "null-strings",
                                            "1.0",
                                            1,
                                            0,
                                            NULL,
                                            "",
                                            "",
                                            UPTAKE_ROWS(plain_reads),
                                            UPTAKE_NO_ROWS,
                                            UPTAKE_ROWS(plain_writes),
                                            0,
                                            0,
                                            NULL,
                                            plain_process,
                                            NULL,
                                            NULL,
                                            NULL};

UPTAKE_BUNDLE(&plugin)
