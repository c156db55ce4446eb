/* Says that it has two billion reads. */
#include "hostile.h"

static void act(struct uptake_call *call, uint64_t i)
{
    (void)call, (void)i;
}

static const struct uptake_plugin liar = {sizeof(struct uptake_plugin),
                                          "hostile-lies-about-counts",
                                          "6.6.6",
                                          1,
                                          0,
                                          "Hostile",
                                          "",
                                          "A source.",
                                          {hostile_reads, (size_t)2 << 30, sizeof *hostile_reads},
                                          UPTAKE_NO_ROWS,
                                          UPTAKE_ROWS(hostile_writes),
                                          0,
                                          0,
                                          NULL,
                                          hostile_process,
                                          NULL,
                                          NULL,
                                          NULL};

UPTAKE_BUNDLE(&liar)
