/*
 * The plan: a spec held against the descriptors of the plugins it uses. It settles everything that can be known
 * before the model is read: parameters, what to keep of the model, who runs before whom.
 */
#ifndef UPTAKE_RUN_PLAN_H
#define UPTAKE_RUN_PLAN_H

#include "base/arena.h"
#include "base/error.h"
#include "model/model.h"
#include "plugin/plugin.h"
#include "spec/spec.h"

/* Where a read's column comes from. provider: another plugin of the plan, by quantity; SIZE_MAX: the model. */
struct plan_read {
    size_t request; /* index into the plan's requests */
    size_t provider;
    size_t write; /* of the provider */
};

struct plan_plugin {
    const struct spec_plugin *spec;
    const struct plugin *plugin;
    void *params;          /* the plugin's own struct, filled */
    const char *with_text; /* what the spec tunes, in one line; NULL: nothing */
    struct plan_read *reads;
    unsigned wave; /* 0: needs nobody; else after those of lower waves */
};

struct plan {
    const struct spec *spec;
    struct plan_plugin *plugins;
    size_t n_plugins;
    struct model_request *requests;
    size_t n_requests;
    size_t room_requests;
    struct arena arena;
};

/* Fails with: every message that can be given at once, each with its place in the spec. */
int plan_build(const struct spec *spec, const char *only, struct plan *plan,
               struct uptake_error *error);
/* One more thing to keep of the model; its index, or SIZE_MAX when memory is out. */
size_t plan_request(struct plan *plan, const struct model_request *request);
/* What one plugin reads of the model, as requests; for a plan that is made by hand (core/check). */
int plan_reads(struct plan *plan, struct plan_plugin *of, struct uptake_error *error);
/* The plugin with that name in the spec, or SIZE_MAX; a write by name, or SIZE_MAX. */
size_t plan_plugin_find(const struct plan *plan, const char *name, size_t bytes);
size_t plan_write_find(const struct plugin *plugin, const char *name);
void plan_finish(struct plan *plan);

/* Fills a plugin's struct of parameters: defaults, then what `with:` says. with may be NULL. */
int params_bind(const struct plugin *plugin, const struct tree *with, struct arena *arena,
                void **params, struct uptake_error *error);

#endif
