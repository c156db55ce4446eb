/*
 * A spec: what a run is to do, bound from YAML and checked for shape as a whole. What depends on the
 * plugins (the values under `with:`, the measures' names) is checked by core/run's plan.
 */
#ifndef UPTAKE_SPEC_SPEC_H
#define UPTAKE_SPEC_SPEC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/yaml.h"
#include "uptake/plugin.h"

struct spec_plugin {
    const char *name; /* letters, digits, '-' and '_'; unique */
    const char *use;  /* a plugin's id */
    struct place place;
    struct place use_place;
    const struct tree *with;  /* a mapping, or NULL */
    const struct tree *reads; /* {quantity: NAME}, or NULL */
    const char *sha256;       /* what is demanded of the bundle; NULL: nothing */
    const char *version;      /* a version or a range; NULL: any */
    int64_t revision;         /* -1: any */
    struct place sha256_place, version_place, revision_place;
    const char *bundle; /* to be used without looking; NULL: it is looked for. No key sets it. */
};

struct spec_measure {
    const char *name; /* "barriers.openness", "field:custom.cost" */
    struct place place;
    double weight;
    int better; /* enum uptake_better; UPTAKE_NEITHER: as the write declares */
    double min; /* NaN: as the write declares */
    double max;
    const char *se; /* a measure, or NULL */
    struct place se_place;
    const struct tree *options; /* what stands behind its name: what some methods want of it */
};

struct spec_merge {
    const char *name;
    struct place place;
    const char *method;
    struct place method_place;
    const char *normalise; /* NULL: the method's own */
    struct place normalise_place;
    const char *missing; /* NULL: bounds */
    struct place missing_place;
    double floor;
    const char *weights;                /* NULL: given */
    const struct tree *weights_options; /* a mapping, or NULL */
    int parts;                          /* 1 yes, 0 no, -1: not said */
    bool influence;
    struct spec_measure *measures;
    size_t n_measures;
    const struct tree *options; /* the whole mapping: a method's parameters are read from it */
};

/* One change of a scenario. */
enum change_kind { CHANGE_VALUE, CHANGE_SCALE, CHANGE_CLOSE };
struct spec_change {
    const char *path; /* "support[resource=time].provided" */
    struct place place;
    enum change_kind kind;
    double number;            /* a factor, or a share of the gap */
    const struct tree *value; /* what stands behind value, scale or close */
};

struct spec_scenario {
    const char *name;
    const char *title; /* NULL: none */
    struct place place;
    bool as_of_given;
    struct uptake_period as_of;
    struct spec_change *changes;
    size_t n_changes;
};

struct spec_name {
    const char *text;
    struct place place;
};

struct spec_direction {
    struct spec_name of; /* one of between */
    int better;
};

struct spec_compare {
    struct place place;
    struct spec_name *between;
    size_t n_between;
    bool all_statistics;
    struct spec_name *statistics; /* none and not all: the usual ones */
    size_t n_statistics;
    uint64_t top_k;
    double rbo_p;
    const char *quantity; /* NULL: as the measures declare */
    struct place quantity_place;
    double tolerance; /* NaN: as the measures declare */
    double eps;
    struct spec_direction *directions;
    size_t n_directions;
};

struct spec_limits {
    double seconds;  /* wall clock a batch */
    double total;    /* processor time a plugin */
    uint64_t memory; /* bytes a worker may grow by above the model */
};

/* A word of the command line that had a part in what is run: "--set" and "limits.seconds=2". */
struct spec_word {
    const char *option, *value;
};

struct spec {
    const char *path;
    const char *folder;     /* of the spec: relative paths start there */
    const char *title;      /* NULL: none */
    const char *note;       /* what a reader must know first; NULL: none */
    const char *model;      /* resolved path; NULL never */
    const char *model_text; /* as written */
    struct place model_place;
    bool as_of_given;
    struct uptake_period as_of;
    struct spec_plugin *plugins;
    size_t n_plugins;
    struct spec_merge *merges;
    size_t n_merges;
    struct spec_scenario *scenarios;
    size_t n_scenarios;
    struct spec_compare *compares;
    size_t n_compares;
    const char **plugin_path; /* resolved */
    size_t n_plugin_path;
    struct spec_limits limits;
    /* The first key of the format that this version cannot yet do, or NULL: run refuses it, check accepts its shape. */
    const char *not_yet;
    struct place not_yet_place;
    const struct spec_word *words; /* what it takes to run the same again, beside path */
    size_t n_words;
};

/* `--set key.path=value`; the value is YAML. */
struct spec_set {
    const char *text; /* as given on the command line */
};

/* Reads, applies the sets, binds. Owns: arena. Fails with: every message a place, up to 20 in one go. */
int spec_read(const char *path, const struct spec_set *sets, size_t n_sets, struct arena *arena,
              struct spec *spec, struct uptake_error *error);

/* The same in two steps, for who changes the tree in between: the file with its sets; and what it says. path: as it is
 * called in messages, and where relative paths begin. spec_tree answers 1 where only some set does not hold. */
int spec_tree(const char *path, const struct spec_set *sets, size_t n_sets, struct arena *arena,
              struct tree *root, struct uptake_error *error);
int spec_bind(const char *path, const struct tree *root, struct arena *arena, struct spec *spec,
              struct uptake_error *error);

/* Rows of the format: for help and docs. */
struct spec_key {
    const char *path; /* "merge.NAME.method"; capitals: a name of the user's choice; []: an item */
    const char *type;
    const char *fallback; /* what holds where it is left out; "required"; "": nothing */
    bool available;       /* in this version */
    const char *doc;
};
const struct spec_key *spec_keys(size_t *count);

#endif
