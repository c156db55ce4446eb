/* Two versions of a plugin: see versions.h. */
#include "check/versions.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"

/* --- Which plugin ------------------------------------------------------------------------------ */

static const struct plugin *plugin_of(const struct plugin_bundle *bundle, const char *id)
{
    for (size_t k = 0; k < bundle->n_plugins; k++)
        if (strcmp(bundle->plugins[k].id, id) == 0)
            return &bundle->plugins[k];
    return NULL;
}

static int no_such(const struct plugin_bundle *bundle, const char *id, struct uptake_error *error)
{
    struct nearest nearest;
    char quoted[72], hint[96];
    nearest_start(&nearest, id, strlen(id));
    for (size_t k = 0; k < bundle->n_plugins; k++)
        nearest_offer(&nearest, bundle->plugins[k].id);
    return error_add(error, EXIT_INPUT, "%s: it has no plugin '%s'%s", bundle->path,
                     text_quote(quoted, id, strlen(id)), nearest_hint(&nearest, hint));
}

/* The only id that stands in both; or, where each has one plugin, these two, whatever they are called. */
static int pick_common(struct versions *versions, struct uptake_error *error)
{
    const struct plugin_bundle *a = &versions->sides[0].bundle, *b = &versions->sides[1].bundle;
    size_t common = 0;
    for (size_t k = 0; k < a->n_plugins; k++)
        if (plugin_of(b, a->plugins[k].id) && common++ == 0)
            versions->name = a->plugins[k].id;
    if (common > 1)
        return error_add(error, EXIT_INPUT,
                         "%s and %s have %zu plugins in common: choose one with --plugin ID",
                         a->path, b->path, common);
    if (common == 0 && (a->n_plugins != 1 || b->n_plugins != 1))
        return error_add(error, EXIT_INPUT, "%s and %s have no plugin in common", a->path, b->path);
    if (common == 0)
        versions->name = b->plugins[0].id;
    versions->sides[0].plugin = common ? plugin_of(a, versions->name) : &a->plugins[0];
    versions->sides[1].plugin = plugin_of(b, versions->name);
    return 0;
}

static int pick(const struct versions_ask *ask, struct versions *versions,
                struct uptake_error *error)
{
    if (!ask->id)
        return pick_common(versions, error);
    versions->name = ask->id;
    for (int k = 0; k < 2; k++) {
        struct version *side = &versions->sides[k];
        side->plugin = plugin_of(&side->bundle, ask->id);
        if (!side->plugin)
            return no_such(&side->bundle, ask->id, error);
    }
    return 0;
}

static int open_version(const char *path, struct version *side, struct arena *arena,
                        struct uptake_error *error)
{
    *side = (struct version){.path = path};
    side->hash = side->sha256;
    return plugin_scan(path, 0, arena, &side->bundle, error) != 0
               ? -1
               : hash_file(path, side->sha256, error);
}

/* --- One model --------------------------------------------------------------------------------- */

/* Messages of a plan do not say whose they are. */
static int plan(const struct versions_ask *ask, const char *name, struct version *side,
                struct uptake_error *error)
{
    struct uptake_error *found = calloc(1, sizeof *found);
    if (!found)
        return error_memory(error);
    int failed = trial_plan(&side->trial, side->plugin, ask->with, found);
    for (uint32_t k = 0; failed && k < found->count; k++)
        error_add(error, found->exit_code, "%s: %.500s", side->path, found->text[k]);
    free(found);
    side->trial.use.name = name;
    return failed;
}

static int load(const struct versions_ask *ask, const struct trial_model *model,
                struct version *side, struct uptake_error *error)
{
    struct spec *spec = &side->trial.spec;
    if (model)
        return trial_load(&side->trial, model, error);
    spec->model = spec->model_text = ask->model;
    spec->as_of_given = ask->as_of_given;
    spec->as_of = ask->as_of;
    return run_load(&side->trial.plan, ask->run, false, &side->trial.model, error);
}

static int run_side(const struct versions_ask *ask, const char *name,
                    const struct trial_model *model, struct version *side,
                    struct uptake_error *error)
{
    if (plan(ask, name, side, error) != 0 || load(ask, model, side, error) != 0 ||
        trial_run(&side->trial, ask->run, error) != 0)
        return -1;
    side->record = (struct record){.path = side->path,
                                   .result = side->trial.result,
                                   .model = side->trial.model,
                                   .hashes = &side->hash};
    return 0;
}

int versions_both(const struct versions_ask *ask, const char *name, const struct trial_model *model,
                  struct version sides[2], struct runs *runs, struct uptake_error *error)
{
    if (run_side(ask, name, model, &sides[0], error) != 0 ||
        run_side(ask, name, model, &sides[1], error) != 0)
        return -1;
    return runs_compare(&sides[0].record, &sides[1].record, ask->options, runs, error);
}

/* --- All of it --------------------------------------------------------------------------------- */

int versions_compare(const struct versions_ask *ask, struct versions *versions,
                     struct uptake_error *error)
{
    *versions = (struct versions){0};
    for (int k = 0; k < 2; k++)
        if (open_version(ask->paths[k], &versions->sides[k], &versions->arena, error) != 0)
            return -1;
    if (pick(ask, versions, error) != 0 ||
        versions_both(ask, versions->name, NULL, versions->sides, &versions->runs, error) != 0)
        return -1;
    return ask->seconds > 0 ? versions_look(ask, versions, error) : 0;
}

void versions_finish(struct versions *versions)
{
    runs_finish(&versions->runs);
    for (int k = 0; k < 2; k++)
        trial_finish(&versions->sides[k].trial);
    arena_finish(&versions->arena);
    *versions = (struct versions){0};
}
