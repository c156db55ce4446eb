/*
 * A lock: which plugins and which files of the model a run stood on, by their content, so that a later run can be held to
 * the same. It lies beside the spec as YAML that a person can read and a version control can compare.
 */
#ifndef UPTAKE_RUN_LOCK_H
#define UPTAKE_RUN_LOCK_H

#include "base/hash.h"
#include "model/model.h"
#include "run/plan.h"

struct lock_plugin {
    const char *name; /* in the spec */
    const char *use;  /* the plugin's id */
    const char *version;
    uint64_t revision;
    uint64_t abi;
    const char *sha256; /* of its bundle */
};

struct lock_file {
    const char *path; /* from the spec's folder, where it lies below it */
    const char *sha256;
};

struct lock {
    struct lock_plugin *plugins;
    size_t n_plugins;
    struct lock_file *files;
    size_t n_files;
};

/* Beside the spec: "runs/demo.yaml" -> "runs/demo.lock". NULL: no memory. */
const char *lock_path(const struct spec *spec, struct arena *arena);
/* What there is now. Every content is read anew, whatever any cache says. */
int lock_take(const struct plan *plan, const struct model *model, struct arena *arena,
              struct lock *lock, struct uptake_error *error);
/* Fails with: there is none; it is no lock. */
int lock_read(const char *path, struct arena *arena, struct lock *lock, struct uptake_error *error);
/* Fails with: every difference, what was locked and what was found. */
int lock_compare(const char *path, const struct lock *locked, const struct lock *found, bool whole,
                 struct uptake_error *error);
/* The three together, for a run that is to be held to its lock. */
int lock_hold(const struct plan *plan, const struct model *model, struct uptake_error *error);

#endif
