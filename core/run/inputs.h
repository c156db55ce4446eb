/*
 * What a plugin's answers rest on, each with its hash: the bundle, parameters, the columns that it reads, other plugins'
 * measures. With the same inputs it gives the same answers, so they are provenance and the key of what was computed before.
 */
#ifndef UPTAKE_RUN_INPUTS_H
#define UPTAKE_RUN_INPUTS_H

#include "base/hash.h"
#include "result/result.h"
#include "run/plan.h"

/* Columns are hashed once, whoever reads them. */
struct inputs_column {
    uint32_t table, column; /* column UINT32_MAX: the list itself */
    const char *sha256;
};

/* Zeroed is valid and empty; it lives as long as the result. */
struct inputs {
    struct inputs_column *columns;
    size_t n_columns, room_columns;
    const char *program, *machine, *as_of, *innovations; /* of all plugins; NULL: not yet */
};

/* The kinds of inputs, with the words for a change of one: "the bundle", "parameter weights". */
struct inputs_kind {
    const char *name;
    const char *words;
    bool named; /* the input's name follows */
};
const struct inputs_kind *inputs_kinds(size_t *count);

/*
 * Fills result->plugins[p].inputs. Other plugins of lower waves are through; the model still has what the plugin reads.
 * Fails with: the bundle cannot be read; out of memory.
 */
int inputs_take(struct inputs *inputs, const struct plan *plan, const struct model *model, size_t p,
                struct result *result, struct uptake_error *error);

#endif
