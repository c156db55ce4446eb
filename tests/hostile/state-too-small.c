/* Uses more state than it declared. */
#include "hostile.h"

static void act(struct uptake_call *call, uint64_t i)
{
    (void)call, (void)i;
}

static int update(struct uptake_call *call)
{
    memset(call->state, 1, 1 << 20);
    return 0;
}
static int combine(void *into, const void *from, const void *params)
{
    (void)into, (void)from, (void)params;
    return 0;
}
static int finish(struct uptake_call *call)
{
    (void)call;
    return 0;
}

static const struct uptake_plugin small = {sizeof(struct uptake_plugin),
                                           "hostile-state-too-small",
                                           "6.6.6",
                                           1,
                                           0,
                                           "Hostile",
                                           "needs process: uses more state than it declared",
                                           "A source.",
                                           UPTAKE_ROWS(hostile_reads),
                                           UPTAKE_NO_ROWS,
                                           UPTAKE_ROWS(hostile_writes),
                                           0,
                                           8,
                                           NULL,
                                           hostile_process,
                                           update,
                                           combine,
                                           finish};

UPTAKE_BUNDLE(&small)
