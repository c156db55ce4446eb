/* An array of reads that leads nowhere. */
#include "plain.h"

static const struct uptake_plugin plugin = {sizeof(struct uptake_plugin),
                                            "wild",
                                            "1.0",
                                            1,
                                            0,
                                            "Wild",
                                            "",
                                            "",
                                            {(const void *)16, 3, sizeof(struct uptake_read)},
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
