/* Replaying mixtures of two recorded runs: see why_replay.c. */
#ifndef UPTAKE_CLI_WHY_REPLAY_H
#define UPTAKE_CLI_WHY_REPLAY_H

#include <signal.h>

#include "base/hash.h"
#include "cli/unpack.h"
#include "cli/why.h"

/* A file of the model: as both runs had it, and where a mixture of the two is written. */
struct why_text {
    struct tree trees[2];
    bool mixed; /* the two differ */
    char path[UNPACK_PATH];
};

/* group: NULL where both runs had the same one. */
struct why_bundle {
    const char *id, *group;
    const char *paths[2]; /* NULL: that run had none */
};

/* What a plugin answered to the same inputs, by their hash: numbers of innovations alone. */
struct why_known {
    char key[HASH_HEX];
    struct result_plugin result;
    const struct why_known *next;
};

/* The model as it was loaded last, with the plan that asked for it. */
struct why_world {
    bool loaded;
    unsigned made;
    struct spec spec;
    struct plan plan;
    struct model model;
    struct arena arena;
};

struct why_replay {
    const struct record *records[2];
    const struct run_options *run;
    struct attribution *to;
    struct run_options options;
    struct unpacked files[2];
    struct tree specs[2];
    struct why_text *texts;
    size_t n_texts;
    struct why_bundle *bundles;
    size_t n_bundles;
    const char **plugin_path;
    size_t n_plugin_path;
    const struct why_known *known;
    struct why_world world;
    unsigned reloading; /* players that change what is loaded */
    sigset_t mask;      /* as it was: what ends a run is held back between mixtures */
    bool held;
};

/* Unpacks both, and finds every edit. From here to why_replay_close a signal that ends a run waits for the next mixture, so
 * that no folder is left behind. 1: it cannot be done, to->trouble says why. -1: the machine, an interrupt. */
int why_replay_open(struct why_replay *replay, struct uptake_error *error);
/*
 * Runs with the edits of the players in `made` made. result: valid until the next call of take returns. 1: it cannot be
 * done, *trouble (of to->arena) says why. -1: the machine, an interrupt.
 */
struct why_taker {
    void (*take)(void *user, unsigned made, const struct result *result);
    void *user;
};
int why_replay_run(struct why_replay *replay, unsigned made, const struct why_taker *taker,
                   const char **trouble, struct uptake_error *error);
/* The players are others now: nothing is loaded for them. */
void why_replay_forget(struct why_replay *replay);
/* Joins players that are no valid run one without the other. why_bind.c */
int why_bind(struct why_replay *replay, struct uptake_error *error);
void why_replay_close(struct why_replay *replay);

#endif
