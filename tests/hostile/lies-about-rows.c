/* Has a write, and no memory that it stands in. */
#include "hostile.h"

static void act(struct uptake_call *call, uint64_t i)
{
    (void)call, (void)i;
}

static const struct uptake_plugin liar = {sizeof(struct uptake_plugin),
                                          "hostile-lies-about-rows",
                                          "6.6.6",
                                          1,
                                          0,
                                          "Hostile",
                                          "",
                                          "A source.",
                                          UPTAKE_ROWS(hostile_reads),
                                          UPTAKE_NO_ROWS,
                                          {NULL, 1, sizeof *hostile_writes},
                                          0,
                                          0,
                                          NULL,
                                          hostile_process,
                                          NULL,
                                          NULL,
                                          NULL};

UPTAKE_BUNDLE(&liar)
