/* Merge plugins that do what they must not, each in one way; and two that keep their word. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "uptake/plugin.h"

static const double *values(struct uptake_merge_call *call)
{
    return uptake_merge_measure_of(call, 0)->values;
}

/* The first measure is the score. */
static int first(struct uptake_merge_call *call)
{
    memcpy(call->score, values(call), call->n * sizeof(double));
    return 0;
}

static int crash(struct uptake_merge_call *call)
{
    (void)call;
    raise(SIGSEGV);
    return 0;
}

static int hang(struct uptake_merge_call *call)
{
    for (volatile int forever = 1; forever;)
        (void)call;
    return 0;
}

static int leave(struct uptake_merge_call *call)
{
    (void)call;
    exit(0);
}

static int open_file(struct uptake_merge_call *call)
{
    (void)call;
    return open("/etc/passwd", O_RDONLY) < 0;
}

static int nan_score(struct uptake_merge_call *call)
{
    first(call);
    call->score[1] = (double)NAN;
    return 0;
}

static int infinite(struct uptake_merge_call *call)
{
    first(call);
    call->score[1] = (double)INFINITY;
    return 0;
}

static int outside(struct uptake_merge_call *call)
{
    first(call);
    call->score[1] = 1.5;
    return 0;
}

static int silent(struct uptake_merge_call *call)
{
    (void)call;
    return 0;
}

static int beyond(struct uptake_merge_call *call)
{
    first(call);
    ((volatile double *)call->score)[call->n] = 1;
    return 0;
}

static int before(struct uptake_merge_call *call)
{
    first(call);
    ((volatile double *)call->score)[-512] = 1;
    return 0;
}

static int into_values(struct uptake_merge_call *call)
{
    first(call);
    ((volatile double *)(uintptr_t)values(call))[0] = 1;
    return 0;
}

/* Says that it is monotone, and falls where values of the second measure rise. */
static int falls(struct uptake_merge_call *call)
{
    for (uint64_t i = 0; i < call->n; i++)
        call->score[i] = 1 - uptake_merge_measure_of(call, 1)->values[i];
    return 0;
}

static int turned_bounds(struct uptake_merge_call *call)
{
    first(call);
    for (uint64_t i = 0; i < call->n; i++) {
        call->low[i] = 1;
        call->high[i] = 0;
    }
    return 0;
}

static int unbounded(struct uptake_merge_call *call)
{
    return first(call);
}

static int nan_parts(struct uptake_merge_call *call)
{
    return first(call);
}

static int gives_up(struct uptake_merge_call *call)
{
    return uptake_merge_fail(call, "it has %d reasons", 3);
}

static int answers(struct uptake_merge_call *call)
{
    (void)call;
    return 7;
}

static int stops(struct uptake_merge_call *call)
{
    (void)call;
    return raise(SIGSTOP);
}

/* 1 less the value, of which less is better: the same order as the second measure's. */
static int lower(struct uptake_merge_call *call)
{
    return falls(call);
}

/* The mean of the bounds, its own bounds, and a part of it for each measure; says what is missing as 0. */
static int bounded(struct uptake_merge_call *call)
{
    for (uint64_t i = 0; i < call->n; i++) {
        call->score[i] = call->low[i] = call->high[i] = 0;
        for (uint32_t k = 0; k < call->measures.count; k++) {
            const struct uptake_merge_measure *measure = uptake_merge_measure_of(call, k);
            double value = isnan(measure->values[i]) ? 0 : measure->values[i];
            double part = measure->weight * value;
            call->parts[k * call->n + i] = part;
            call->score[i] += part;
            call->low[i] += measure->weight * (isnan(measure->low[i]) ? 0 : measure->low[i]);
            call->high[i] += measure->weight * (isnan(measure->high[i]) ? 0 : measure->high[i]);
        }
    }
    return 0;
}

#define MERGE(name, flags, better, function)                                                       \
    static const struct uptake_merge_plugin function##_plugin = {                                  \
        sizeof(struct uptake_merge_plugin),                                                        \
        name,                                                                                      \
        "6.6.6",                                                                                   \
        1,                                                                                         \
        flags,                                                                                     \
        better,                                                                                    \
        "Hostile",                                                                                 \
        "It is.",                                                                                  \
        "A source.",                                                                               \
        UPTAKE_NO_ROWS,                                                                            \
        0,                                                                                         \
        0,                                                                                         \
        1,                                                                                         \
        function};
#define USUAL (UPTAKE_MERGE_SCALE | UPTAKE_MERGE_MONOTONE)

MERGE("merge-first", USUAL, UPTAKE_HIGHER, first)
MERGE("merge-crash", USUAL, UPTAKE_HIGHER, crash)
MERGE("merge-hang", USUAL, UPTAKE_HIGHER, hang)
MERGE("merge-exit", USUAL, UPTAKE_HIGHER, leave)
MERGE("merge-open", USUAL, UPTAKE_HIGHER, open_file)
MERGE("merge-nan", USUAL, UPTAKE_HIGHER, nan_score)
MERGE("merge-infinite", USUAL, UPTAKE_HIGHER, infinite)
MERGE("merge-outside", USUAL, UPTAKE_HIGHER, outside)
MERGE("merge-silent", USUAL, UPTAKE_HIGHER, silent)
MERGE("merge-beyond", USUAL, UPTAKE_HIGHER, beyond)
MERGE("merge-before", USUAL, UPTAKE_HIGHER, before)
MERGE("merge-into-values", USUAL, UPTAKE_HIGHER, into_values)
MERGE("merge-falls", USUAL, UPTAKE_HIGHER, falls)
MERGE("merge-turned", UPTAKE_MERGE_SCALE | UPTAKE_MERGE_BOUNDS, UPTAKE_HIGHER, turned_bounds)
MERGE("merge-nan-parts", USUAL | UPTAKE_MERGE_PARTS, UPTAKE_HIGHER, nan_parts)
MERGE("merge-fails", USUAL, UPTAKE_HIGHER, gives_up)
MERGE("merge-answers", USUAL, UPTAKE_HIGHER, answers)
MERGE("merge-stops", USUAL, UPTAKE_HIGHER, stops)
MERGE("merge-lower", USUAL, UPTAKE_LOWER, lower)
MERGE("merge-unbounded", UPTAKE_MERGE_SCALE, UPTAKE_HIGHER, unbounded)
MERGE("merge-bounded",
      UPTAKE_MERGE_WEIGHTS | UPTAKE_MERGE_SCALE | UPTAKE_MERGE_BOUNDS | UPTAKE_MERGE_GAPS |
          UPTAKE_MERGE_PARTS,
      UPTAKE_HIGHER, bounded)

UPTAKE_MERGE_BUNDLE(&first_plugin, &crash_plugin, &hang_plugin, &leave_plugin, &open_file_plugin,
                    &nan_score_plugin, &infinite_plugin, &outside_plugin, &silent_plugin,
                    &beyond_plugin, &before_plugin, &into_values_plugin, &falls_plugin,
                    &turned_bounds_plugin, &nan_parts_plugin, &gives_up_plugin, &answers_plugin,
                    &stops_plugin, &lower_plugin, &unbounded_plugin, &bounded_plugin)
