/*
 * What a model does not say, field by field: looked for and not found, left out, withheld; and where each would be
 * written. For a spec: of the fields that its plugins and merges read; for a model alone: of every field that
 * somebody filled in somewhere in it.
 */
#ifndef UPTAKE_CHECK_MISSING_H
#define UPTAKE_CHECK_MISSING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "merge/apply.h"
#include "model/model.h"
#include "run/plan.h"

/* Places kept of one field; the rest are counted. */
enum { MISSING_PLACES = 1000 };

/* why: enum uptake_missing. path: where it would be written: "innovations[id=dafne].support[resource=skills,
 * phase=set_up].provided". innovation: its id; NULL: of the portfolio. */
struct missing_place {
    const char *innovation;
    const char *path;
    int why;
};

/* path: "support[].provided"; a list that is not there: "support[]". readers: names in the spec, NULL-terminated. */
struct missing_field {
    const char *path;
    uint32_t type; /* enum uptake_type; UPTAKE_LIST: the list itself */
    const char *unit;
    const char **readers;
    size_t n_readers;
    uint64_t unknown, left_out, suppressed;
    uint64_t innovations; /* that lack it */
    struct missing_place *places;
    size_t n_places;
};

/* Most useful first: by readers and innovations. */
struct missing {
    uint64_t innovations; /* in the model */
    uint64_t values;      /* missing, of all fields */
    bool of_spec;
    struct missing_field *fields;
    size_t n_fields;
    struct arena arena;
};

/* Fails with: what loading the model fails with. missing_finish frees what there is in either case. */
int missing_of_model(const char *path, struct missing *missing, struct uptake_error *error);
int missing_of_spec(const struct plan *plan, const struct merge_jobs *merges,
                    struct missing *missing, struct uptake_error *error);
void missing_finish(struct missing *missing);

#endif
