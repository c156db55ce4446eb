/* A plugin that is as small as can be and has nothing wrong with it; what is odd stands in the bundles. */
#ifndef BUNDLES_PLAIN_H
#define BUNDLES_PLAIN_H

#include "uptake/plugin.h"

enum { PAYBACK, N_READS };
enum { SCORE, N_WRITES };

static const struct uptake_read plain_reads[] = {
    UPTAKE_READ_NUMBER(PAYBACK, "commissioning.payback", "months", 0, UPTAKE_NO_LIMIT, "payback")};
static const struct uptake_write plain_writes[] = {
    UPTAKE_WRITE_NUMBER(SCORE, "score", "months", 0, UPTAKE_NO_LIMIT, UPTAKE_LOWER, 0, "payback")};

static inline int plain_process(struct uptake_call *call)
{
    for (uint64_t i = 0; i < call->count; i++)
        uptake_output(call, SCORE)[i] = uptake_numbers(call, PAYBACK)[i];
    return 0;
}

#define PLAIN_PLUGIN(id)                                                                           \
    {                                                                                              \
        sizeof(struct uptake_plugin), id, "1.0", 1, 0, "Plain", "A plugin.", "A source.",          \
            UPTAKE_ROWS(plain_reads), UPTAKE_NO_ROWS, UPTAKE_ROWS(plain_writes), 0, 0, NULL,       \
            plain_process, NULL, NULL, NULL                                                        \
    }

#endif
