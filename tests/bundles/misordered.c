/* The enum of the reads and their array are in different order. */
#include "plain.h"

enum { FIRST, SECOND };

static const struct uptake_read reads[] = {
    UPTAKE_READ_TEXT(SECOND, "name", "its name"),
    UPTAKE_READ_TEXT(FIRST, "summary", "its summary"),
};

static const struct uptake_plugin plugin = {sizeof(struct uptake_plugin),
                                            "misordered",
                                            "1.0",
                                            1,
                                            0,
                                            "Misordered",
                                            "",
                                            "",
                                            UPTAKE_ROWS(reads),
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
