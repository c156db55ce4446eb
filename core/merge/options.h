/* A method's parameters as a spec gives them. */
#ifndef UPTAKE_MERGE_OPTIONS_H
#define UPTAKE_MERGE_OPTIONS_H

#include "base/arena.h"
#include "merge/merge.h"
#include "spec/spec.h"

/*
 * Reads the parameters beside a merge's method. An unknown method is not its business: merge_check says so.
 * Owns: the arena. Fails with: a parameter that the method does not take, an unknown word (nearest names).
 */
int options_read(const struct spec_merge *spec, struct merge_options *options, struct arena *arena,
                 struct uptake_error *error);

/* The same of a measure: ideal, value function, preference and its thresholds. Owns: the arena. */
int options_read_measure(const struct spec_merge *spec, const struct spec_measure *from,
                         struct merge_measure *measure, struct arena *arena,
                         struct uptake_error *error);

/* The weights of a merge. Owns: the arena. Fails with: judgements in pairs that are no numbers. */
int options_read_weights(const struct spec_merge *spec, struct merge_weighting *weighting,
                         struct arena *arena, struct uptake_error *error);

#endif
