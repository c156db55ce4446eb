/* The plan: see plan.h. */
#include "run/plan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "run/pin.h"

/* --- Looking up -------------------------------------------------------------------------------- */

size_t plan_plugin_find(const struct plan *plan, const char *name, size_t bytes)
{
    for (size_t k = 0; k < plan->n_plugins; k++)
        if (strlen(plan->plugins[k].spec->name) == bytes &&
            memcmp(plan->plugins[k].spec->name, name, bytes) == 0)
            return k;
    return SIZE_MAX;
}

size_t plan_write_find(const struct plugin *plugin, const char *name)
{
    for (size_t k = 0; k < plugin->n_writes; k++)
        if (strcmp(plugin->writes[k].name, name) == 0)
            return k;
    return SIZE_MAX;
}

size_t plan_request(struct plan *plan, const struct model_request *request)
{
    if (plan->n_requests == plan->room_requests) {
        size_t room = plan->room_requests ? plan->room_requests * 2 : 32;
        struct model_request *grown = arena_array(&plan->arena, room, sizeof *grown);
        if (!grown)
            return SIZE_MAX;
        if (plan->n_requests)
            memcpy(grown, plan->requests, plan->n_requests * sizeof *grown);
        plan->requests = grown;
        plan->room_requests = room;
    }
    plan->requests[plan->n_requests] = *request;
    return plan->n_requests++;
}

/* --- What `with:` says, in one line ------------------------------------------------------------ */

static const char *with_text(struct arena *arena, const struct tree *with)
{
    char line[200];
    if (!with || with->count == 0)
        return NULL;
    tree_line(with, true, line, sizeof line);
    return arena_text(arena, line, strlen(line));
}

/* --- Reads ------------------------------------------------------------------------------------- */

static int request_of(struct plan *plan, struct plan_plugin *of, size_t index,
                      struct uptake_error *error)
{
    const struct uptake_read *read = &of->plugin->reads[index];
    struct model_request request = {.path = read->path,
                                    .type = read->type,
                                    .doubt = (read->flags & UPTAKE_DOUBT) != 0,
                                    .min = read->min,
                                    .max = read->max,
                                    .unit = read->unit,
                                    .choices = read->choices};
    request.wanted_by = arena_format(&plan->arena, "plugin %s", of->plugin->id);
    of->reads[index].provider = SIZE_MAX;
    of->reads[index].request = request.wanted_by ? plan_request(plan, &request) : SIZE_MAX;
    return of->reads[index].request == SIZE_MAX ? error_memory(error) : 0;
}

/* --- Providers: what one plugin reads of another, by quantity ---------------------------------- */

struct candidates {
    size_t count;
    size_t plugin, write; /* the last one */
    char names[160];
};

static void candidates_add(struct candidates *candidates, const struct plan *plan, size_t p,
                           size_t w)
{
    size_t used = strlen(candidates->names);
    snprintf(candidates->names + used, sizeof candidates->names - used, "%s%s", used ? ", " : "",
             plan->plugins[p].spec->name);
    candidates->count++;
    candidates->plugin = p;
    candidates->write = w;
}

/* A plugin that refines an answer does not read its own, unless the spec says so: then it is a circle. */
static void candidates_find(struct candidates *candidates, const struct plan *plan,
                            const struct plan_plugin *of, const char *quantity, const char *chosen)
{
    *candidates = (struct candidates){0};
    for (size_t p = 0; p < plan->n_plugins; p++)
        for (size_t w = 0; w < plan->plugins[p].plugin->n_writes; w++) {
            const struct uptake_write *write = &plan->plugins[p].plugin->writes[w];
            if (write->type == UPTAKE_NUMBER && *write->entity == 0 && *write->quantity &&
                strcmp(write->quantity, quantity) == 0 && (chosen || &plan->plugins[p] != of) &&
                (!chosen || strcmp(plan->plugins[p].spec->name, chosen) == 0))
                candidates_add(candidates, plan, p, w);
        }
}

static int provider_of(struct plan *plan, struct plan_plugin *of, size_t index,
                       struct uptake_error *error)
{
    const char *quantity = of->plugin->reads[index].path + 1;
    const struct tree *chosen = of->spec->reads ? tree_get(of->spec->reads, quantity) : NULL;
    struct place place = chosen ? chosen->place : of->spec->use_place;
    struct candidates found;
    candidates_find(&found, plan, of, quantity,
                    chosen && chosen->kind == YAML_SCALAR ? chosen->text : NULL);
    if (found.count == 0 && chosen)
        return error_at(error, place, "'%.60s' does not write '%.60s'",
                        chosen->kind == YAML_SCALAR ? chosen->text : "this", quantity);
    if (found.count == 0)
        return error_at(error, place, "%s reads '@%.60s', which no plugin of this spec writes%s",
                        of->plugin->id, quantity,
                        plan->n_plugins < plan->spec->n_plugins ? " among those that --only keeps"
                                                                : "");
    if (found.count > 1)
        return error_at(error, place,
                        "%s reads '@%.60s', which %s write; choose with reads: {%.60s: NAME}",
                        of->plugin->id, quantity, found.names, quantity);
    of->reads[index] = (struct plan_read){SIZE_MAX, found.plugin, found.write};
    return 0;
}

static bool wave_of(struct plan *plan, struct plan_plugin *of)
{
    unsigned wave = of->wave;
    for (size_t k = 0; k < of->plugin->n_reads; k++)
        if (of->reads[k].provider != SIZE_MAX && plan->plugins[of->reads[k].provider].wave >= wave)
            wave = plan->plugins[of->reads[k].provider].wave + 1;
    bool moved = wave != of->wave;
    of->wave = wave;
    return moved;
}

static int order(struct plan *plan, struct uptake_error *error)
{
    bool moved = true;
    for (size_t round = 0; moved; round++) {
        moved = false;
        for (size_t p = 0; p < plan->n_plugins; p++)
            if (wave_of(plan, &plan->plugins[p])) {
                moved = true;
                if (round > plan->n_plugins)
                    return error_at(error, plan->plugins[p].spec->place,
                                    "'%s' reads, by way of others, what it writes itself: a circle",
                                    plan->plugins[p].spec->name);
            }
    }
    return 0;
}

/* --- Building ---------------------------------------------------------------------------------- */

/* The plugin of the bundle that was named. */
static int take_bundle(const struct spec_plugin *use, struct arena *arena,
                       const struct plugin **plugin, struct uptake_error *error)
{
    struct plugin_bundle bundle = {0};
    if (plugin_scan(use->bundle, 0, arena, &bundle, error) != 0)
        return -1;
    for (size_t k = 0; k < bundle.n_plugins; k++)
        if (strcmp(bundle.plugins[k].id, use->use) == 0) {
            *plugin = &bundle.plugins[k];
            return 0;
        }
    return error_add(error, EXIT_INPUT, "%s: it has no plugin '%.60s'", use->bundle, use->use);
}

static int plan_one(struct plan *plan, const struct spec_plugin *use,
                    const struct plugin_search *search, struct uptake_error *error)
{
    struct plan_plugin *of = &plan->plugins[plan->n_plugins];
    struct uptake_error *found = calloc(1, sizeof *found);
    if (!found)
        return error_memory(error);
    int failed = use->bundle ? take_bundle(use, &plan->arena, &of->plugin, found)
                             : plugin_find(search, use->use, &plan->arena, &of->plugin, found);
    for (uint32_t k = 0; k < found->count; k++)
        error_at(error, use->use_place, "%s", found->text[k]);
    if (failed && error && found->exit_code == EXIT_MACHINE)
        error->exit_code = EXIT_MACHINE; /* the spec is not what is wrong */
    free(found);
    if (failed)
        return -1;
    of->spec = use;
    plan->n_plugins++;
    of->reads = arena_array(&plan->arena, of->plugin->n_reads, sizeof *of->reads);
    of->with_text = with_text(&plan->arena, use->with);
    if (!of->reads)
        return error_memory(error);
    failed = pin_check(use, of->plugin, error);
    failed |= params_bind(of->plugin, use->with, &plan->arena, &of->params, error);
    for (size_t k = 0; k < of->plugin->n_reads; k++) {
        of->reads[k].provider = SIZE_MAX;
        if (of->plugin->reads[k].path[0] != '@')
            failed |= request_of(plan, of, k, error);
    }
    return failed;
}

static int only_unknown(const struct spec *spec, const char *only, struct uptake_error *error)
{
    struct nearest nearest;
    char hint[96];
    nearest_start(&nearest, only, strlen(only));
    for (size_t k = 0; k < spec->n_plugins; k++)
        nearest_offer(&nearest, spec->plugins[k].name);
    return error_add(error, EXIT_INPUT, "--only: the spec has no plugin '%.60s'%s", only,
                     nearest_hint(&nearest, hint));
}

int plan_build(const struct spec *spec, const char *only, struct plan *plan,
               struct uptake_error *error)
{
    *plan = (struct plan){.spec = spec};
    plan->plugins = arena_array(&plan->arena, spec->n_plugins, sizeof *plan->plugins);
    if (!plan->plugins)
        return error_memory(error);
    struct plugin_search search = {spec->plugin_path, spec->n_plugin_path, 0};
    int failed = 0;
    for (size_t k = 0; k < spec->n_plugins; k++)
        if (!only || strcmp(spec->plugins[k].name, only) == 0)
            failed |= plan_one(plan, &spec->plugins[k], &search, error);
    if (only && plan->n_plugins == 0 && !failed)
        failed = only_unknown(spec, only, error);
    for (size_t p = 0; p < plan->n_plugins && !failed; p++)
        for (size_t k = 0; k < plan->plugins[p].plugin->n_reads; k++)
            if (plan->plugins[p].plugin->reads[k].path[0] == '@')
                failed |= provider_of(plan, &plan->plugins[p], k, error);
    return failed ? -1 : order(plan, error);
}

void plan_finish(struct plan *plan)
{
    arena_finish(&plan->arena);
    *plan = (struct plan){0};
}

int plan_reads(struct plan *plan, struct plan_plugin *of, struct uptake_error *error)
{
    int failed = 0;
    for (size_t k = 0; k < of->plugin->n_reads; k++)
        if (of->plugin->reads[k].path[0] != '@')
            failed |= request_of(plan, of, k, error);
    return failed;
}
