/*
 * One plugin over one model that is held in memory: what the cases of a plugin and the conformance suite are made of.
 * It is an ordinary run (plan, load, run, collect) but for a plan that is made by hand: the bundle is named by its
 * path, and what another plugin would provide is read from the model, as custom.QUANTITY.
 */
#ifndef UPTAKE_CHECK_TRIAL_H
#define UPTAKE_CHECK_TRIAL_H

#include "run/run.h"

struct trial {
    struct spec spec;
    struct spec_plugin use;
    struct plan plan;
    struct model model;
    struct result result;
};

/* A model's text. name: as it is called in messages. */
struct trial_model {
    const char *text;
    size_t bytes;
    const char *name;
    bool as_of_given;
    struct uptake_period as_of;
};

/* with: parameters, or NULL. Fails with: a parameter that does not hold; a read that no model can have. */
int trial_plan(struct trial *trial, const struct plugin *plugin, const struct tree *with,
               struct uptake_error *error);
/* Fails with: what is wrong with the model. */
int trial_load(struct trial *trial, const struct trial_model *model, struct uptake_error *error);
/* As run_execute: a plugin's failure is in the result. */
int trial_run(struct trial *trial, const struct run_options *options, struct uptake_error *error);
/* Takes a zeroed one, and one that failed half-way. */
void trial_finish(struct trial *trial);

/* What the model calls another plugin's answer. */
const char *trial_quantity_path(struct arena *arena, const char *read_path);

#endif
