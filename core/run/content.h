/*
 * What one plugin's answers hang on, as one hash: its bundle and version, its parameters, the date, and every value that it
 * is handed. Two runs with the same hash give the same answers, whatever else their models hold.
 */
#ifndef UPTAKE_RUN_CONTENT_H
#define UPTAKE_RUN_CONTENT_H

#include "base/hash.h"
#include "run/plan.h"

struct content_key {
    unsigned char bytes[HASH_BYTES];
};

/* Fills keys, one a plugin of the plan; the model is loaded for it and whole. Fails with: no memory. */
int content_keys(const struct plan *plan, const struct model *model, struct content_key *keys,
                 struct uptake_error *error);

#endif
