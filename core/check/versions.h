/*
 * Two versions of one plugin: both over the same model, each in a worker of its own, and their answers held against each
 * other; then over models that are made up, until one is found on which they differ. That one is made as small as it gets.
 */
#ifndef UPTAKE_CHECK_VERSIONS_H
#define UPTAKE_CHECK_VERSIONS_H

#include "base/hash.h"
#include "check/trial.h"
#include "compare/runs.h"

struct versions_ask {
    const char *paths[2]; /* of the bundles */
    const char *id;       /* of the plugin; NULL: the only one that both have */
    const char *model;    /* a file */
    const struct tree *with;
    bool as_of_given;
    struct uptake_period as_of;
    struct runs_options options;
    uint64_t seed;
    double
        seconds; /* of the search, and at most as long again to make small what it finds; 0: no search */
    const struct run_options *run;
};

struct version {
    const char *path;
    struct plugin_bundle bundle;
    const struct plugin *plugin;
    char sha256[HASH_HEX];
    const char *hash;
    struct trial trial;
    struct record record; /* the trial as a record; it owns nothing */
};

/* How much a difference weighs: texts of findings and reasons alone; or values, statuses, levels of findings. */
enum versions_weight { VERSIONS_SAME, VERSIONS_WORDS, VERSIONS_RESULTS };

struct versions_search {
    bool done;
    uint64_t models; /* tried */
    enum versions_weight found;
    uint64_t number;   /* of the model that showed it, from 1 */
    const char *model; /* the smallest, as YAML; NULL: none */
    size_t bytes;
    bool as_of_given;
    struct uptake_period as_of;
    const char *what;    /* one difference on it */
    const char *trouble; /* why no model could be made; NULL: some could */
};

struct versions {
    struct version sides[2];
    const char *name; /* of the plugin in both */
    struct runs runs;
    struct versions_search search;
    struct arena arena;
};

/* Fails with: bundles, a model or parameters that cannot be used (exit code 2), the machine, an interrupt. What a plugin
 * fails is in the results. */
int versions_compare(const struct versions_ask *ask, struct versions *versions,
                     struct uptake_error *error);
void versions_finish(struct versions *versions);

/* What differs, and how much it weighs; one difference in words (arena), where what is given. versions_search.c */
enum versions_weight versions_weigh(const struct runs *runs);
const char *versions_say(const struct runs *runs, struct arena *arena);
int versions_look(const struct versions_ask *ask, struct versions *versions,
                  struct uptake_error *error);
/* Both over one model that is held in memory (NULL: the file that is asked for). side: zeroed trials, finished by the caller. */
int versions_both(const struct versions_ask *ask, const char *name, const struct trial_model *model,
                  struct version sides[2], struct runs *runs, struct uptake_error *error);

#endif
