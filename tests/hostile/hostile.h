/*
 * A plugin that is fine on every innovation but one, where it does its act. Each bundle of this folder is one act, and
 * names the containment level it needs: a machine that offers less skips it. Whatever an act does is bounded in itself,
 * so that it harms no machine even where nothing holds it: 64 children at most, all of which end by themselves; signals
 * to its own parent and group only; memory that is asked for, but not touched beyond 2 GiB.
 */
#ifndef TESTS_HOSTILE_H
#define TESTS_HOSTILE_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "uptake/plugin.h"

enum { HOSTILE_AT = 130 }; /* the innovation, by its place in the model */

enum { HOSTILE_PAYBACK };
enum { HOSTILE_SCORE };

static const struct uptake_read hostile_reads[] = {UPTAKE_READ_NUMBER(
    HOSTILE_PAYBACK, "commissioning.payback", "months", 0, UPTAKE_NO_LIMIT, "payback")};
static const struct uptake_write hostile_writes[] = {UPTAKE_WRITE_NUMBER(
    HOSTILE_SCORE, "score", "", 0, 1, UPTAKE_HIGHER, 0, "the last digit of its place")};

/* Innovation i of the batch, whose score is written already. */
static void act(struct uptake_call *call, uint64_t i);

static inline int hostile_process(struct uptake_call *call)
{
    for (uint64_t i = 0; i < call->count; i++) {
        uptake_output(call, HOSTILE_SCORE)[i] = (double)((call->first + i) % 10) / 10;
        if (call->first + i == HOSTILE_AT)
            act(call, i);
    }
    return 0;
}

/* needs: process, no-landlock or full. */
#define HOSTILE(id, needs, what)                                                                   \
    static const struct uptake_plugin hostile_plugin = {sizeof(struct uptake_plugin),              \
                                                        "hostile-" id,                             \
                                                        "6.6.6",                                   \
                                                        1,                                         \
                                                        0,                                         \
                                                        "Hostile",                                 \
                                                        "needs " needs ": " what,                  \
                                                        "A source.",                               \
                                                        UPTAKE_ROWS(hostile_reads),                \
                                                        UPTAKE_NO_ROWS,                            \
                                                        UPTAKE_ROWS(hostile_writes),               \
                                                        0,                                         \
                                                        0,                                         \
                                                        NULL,                                      \
                                                        hostile_process,                           \
                                                        NULL,                                      \
                                                        NULL,                                      \
                                                        NULL};                                     \
    UPTAKE_BUNDLE(&hostile_plugin)

#endif
