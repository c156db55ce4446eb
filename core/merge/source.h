/*
 * Where a measure's column is: a plugin's write, or a field of the model. Names are resolved before the model is
 * read, so that a misspelt one costs nothing.
 */
#ifndef UPTAKE_MERGE_SOURCE_H
#define UPTAKE_MERGE_SOURCE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "model/model.h"
#include "run/plan.h"

struct merge_source {
    size_t plugin; /* of the plan; SIZE_MAX: a field */
    size_t write;
    size_t request; /* of the plan; a field's */
};

/* A measure as a spec names it: "barriers.openness", "field:custom.cost". */
struct source_name {
    const char *key; /* of the spec, for messages: "measures" */
    const char *name;
    struct place place;
    const char *wanted_by; /* for messages about a field: "the merge" */
};

/*
 * Asks the plan to keep a field. *absent becomes true where the plugin is in the spec but does not run (--only).
 * Fails with: an unknown plugin or write (the nearest name), what is no number of an innovation.
 */
int source_resolve(struct plan *plan, const struct source_name *name, struct merge_source *source,
                   bool *absent, struct uptake_error *error);

/* Whether the spec has a plugin of that name, whether it runs or not. */
bool source_in_spec(const struct spec *spec, const char *name, size_t bytes);

/* The column of a source that is a field, once the model is loaded. */
const struct model_column *source_field(const struct plan *plan, const struct model *model,
                                        const struct merge_source *source);

#endif
