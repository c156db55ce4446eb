/* --where: which adopters a run is about, found by a first look at the model. */
#ifndef UPTAKE_RUN_WHERE_H
#define UPTAKE_RUN_WHERE_H

#include "base/arena.h"
#include "base/error.h"
#include "model/model.h"
#include "spec/spec.h"

/* text: the conditions as given: "region=London, type=trust". all: adopters in the model. */
struct where {
    const char *text;
    struct model_adopters kept;
    uint64_t all;
    struct arena arena;
};

/*
 * Finds the adopters that meet every condition, each FIELD=VALUE (or !=, and of numbers <, <=, >, >=). Fails with:
 * unknown fields and values, with the nearest; adopters that none is left of. where_finish frees it in either case.
 */
int where_find(const struct spec *spec, const char *const *conditions, size_t count,
               struct where *where, struct uptake_error *error);
void where_finish(struct where *where);

#endif
