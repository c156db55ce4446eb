/*
 * Methods that come from a bundle (struct uptake_merge_plugin): found by name beside the built-in ones, run in a child
 * of their own, believed only once checked.
 */
#ifndef UPTAKE_MERGE_FOREIGN_H
#define UPTAKE_MERGE_FOREIGN_H

#include "base/arena.h"
#include "merge/merge.h"
#include "plugin/plugin.h"
#include "spec/spec.h"

/* One merge's method of a bundle, ready to be called. */
struct foreign {
    const struct plugin_merge *plugin;
    struct merge_method method; /* as the host's own are described */
    void *params;
    double seconds;
    uint64_t memory;
    bool in_process;
};

/* What is installed; looked for once, when the first method is not built in. */
struct foreign_shelf {
    const struct plugin_bundle *bundles;
    size_t n_bundles;
    bool looked;
};

/*
 * *foreign: NULL where the method is built in (which goes before a plugin of the same name). Owns: the arena.
 * Fails with: no such method (the nearest of both kinds; bundles that could not be described), parameters that it does
 * not have, `with:` beside a built-in method.
 */
int foreign_find(const struct spec *spec, const struct spec_merge *merge,
                 struct foreign_shelf *shelf, struct arena *arena, struct foreign **foreign,
                 struct uptake_error *error);

/*
 * struct merge_method.whole of such a method. Where the plugin fails, nobody has a score or a rank, and grid->failure
 * says why. Fails with: a missing or doubtful value under `bounds` where it knows no bounds; the machine; an interrupt.
 */
int foreign_score(const struct grid *grid, const struct score_columns *scores,
                  struct uptake_error *error);

#endif
