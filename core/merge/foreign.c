/* Methods of bundles: see foreign.h. Finding them, and what can be said before one is called. */
#include "merge/foreign.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/yaml.h"
#include "merge/grid.h"
#include "run/plan.h"

static const struct merge_method *built_in(const char *name)
{
    size_t count;
    const struct merge_method *methods = merge_methods(&count);
    for (size_t k = 0; k < count; k++)
        if (strcmp(methods[k].name, name) == 0)
            return &methods[k];
    return NULL;
}

static int look(const struct spec *spec, struct foreign_shelf *shelf, struct arena *arena,
                struct uptake_error *error)
{
    const struct plugin_search search = {spec->plugin_path, spec->n_plugin_path, 0};
    if (shelf->looked)
        return 0;
    shelf->looked = true;
    return plugin_list(&search, arena, &shelf->bundles, &shelf->n_bundles, error);
}

/* Then a message for each bundle that might have held it. */
static int refuse_unknown(const struct spec_merge *merge, const struct foreign_shelf *shelf,
                          struct uptake_error *error)
{
    struct nearest nearest;
    char quoted[72], hint[96];
    size_t count;
    const struct merge_method *methods = merge_methods(&count);
    nearest_start(&nearest, merge->method, strlen(merge->method));
    for (size_t k = 0; k < count; k++)
        nearest_offer(&nearest, methods[k].name);
    for (size_t b = 0; b < shelf->n_bundles; b++)
        for (size_t k = 0; k < shelf->bundles[b].n_merges; k++)
            nearest_offer(&nearest, shelf->bundles[b].merges[k].plugin.id);
    error_at(error, merge->method_place, "merge %s: unknown method '%s'%s", merge->name,
             text_quote(quoted, merge->method, strlen(merge->method)),
             nearest_hint(&nearest, hint));
    for (size_t b = 0; b < shelf->n_bundles; b++)
        if (shelf->bundles[b].failure)
            error_at(error, merge->method_place, "%s: %s", shelf->bundles[b].path,
                     shelf->bundles[b].failure);
    return -1;
}

/* As the built-in ones are described; the host fills and normalises for it as it does for them. */
static struct merge_method method_of(const struct plugin_merge *plugin)
{
    bool scale = plugin->flags & UPTAKE_MERGE_SCALE;
    unsigned weights = plugin->flags & UPTAKE_MERGE_WEIGHTS ? MERGE_NEEDS_WEIGHTS : 0U;
    unsigned gaps = plugin->flags & UPTAKE_MERGE_GAPS ? 0U : MERGE_NEEDS_ALL;
    return (struct merge_method){.name = plugin->plugin.id,
                                 .needs = MERGE_NEEDS_SCALE | weights | gaps,
                                 .normalise = scale ? MERGE_DECLARED : MERGE_NONE,
                                 .better = plugin->better,
                                 .doc = plugin->plugin.summary,
                                 .source = plugin->plugin.source,
                                 .whole = foreign_score};
}

/* Parameters of built-in methods, which it would pass over in silence. */
static int refuse_options(const struct spec_merge *merge, struct uptake_error *error)
{
    static const char *const of_measures[] = {"ideal",     "preference", "indifferent",
                                              "preferred", "inflection", "value_function",
                                              "outside"};
    size_t count, failed = 0;
    const struct merge_option *options = merge_options(&count);
    for (size_t k = 0; k < count; k++)
        if (tree_get(merge->options, options[k].name))
            failed += error_at(error, merge->method_place,
                               "merge %s: method %s is a plugin's and has no `%s`: its parameters "
                               "stand under `with:`",
                               merge->name, merge->method, options[k].name) != 0;
    for (size_t m = 0; m < merge->n_measures; m++)
        for (size_t k = 0; k < sizeof of_measures / sizeof *of_measures; k++)
            if (tree_get(merge->measures[m].options, of_measures[k]))
                failed += error_at(error, merge->measures[m].place,
                                   "merge %s: method %s is a plugin's and has no `%s` of a measure",
                                   merge->name, merge->method, of_measures[k]) != 0;
    return failed ? -1 : 0;
}

static int open_foreign(const struct spec *spec, const struct spec_merge *merge,
                        const struct plugin_merge *plugin, const struct tree *with,
                        struct arena *arena, struct foreign **foreign, struct uptake_error *error)
{
    struct foreign *found = arena_alloc(arena, sizeof *found);
    if (!found)
        return error_memory(error);
    const struct foreign ready = {.plugin = plugin,
                                  .method = method_of(plugin),
                                  .seconds = spec->limits.seconds,
                                  .memory = spec->limits.memory};
    memcpy(found, &ready, sizeof ready); /* a method has constant members */
    *foreign = found;
    return params_bind(&plugin->plugin, with, arena, &found->params, error) |
           refuse_options(merge, error);
}

int foreign_find(const struct spec *spec, const struct spec_merge *merge,
                 struct foreign_shelf *shelf, struct arena *arena, struct foreign **foreign,
                 struct uptake_error *error)
{
    const struct tree *with = merge->options ? tree_get(merge->options, "with") : NULL;
    const struct plugin_merge *plugin = NULL;
    struct uptake_error *found;
    *foreign = NULL;
    if (!merge->method)
        return 0;
    if (built_in(merge->method) && with && !tree_is_null(with))
        return error_at(error, with->place,
                        "merge %s: method %s is built in: `with` is for methods of plugins",
                        merge->name, merge->method);
    if (built_in(merge->method))
        return 0;
    if (!(found = calloc(1, sizeof *found)))
        return error_memory(error);
    int failed =
        look(spec, shelf, arena, found) != 0 ||
        plugin_merge_find(shelf->bundles, shelf->n_bundles, merge->method, &plugin, found) != 0;
    for (uint32_t k = 0; k < found->count; k++)
        error_at(error, merge->method_place, "merge %s: %s", merge->name, found->text[k]);
    free(found);
    if (failed)
        return -1;
    return plugin ? open_foreign(spec, merge, plugin, with, arena, foreign, error)
                  : refuse_unknown(merge, shelf, error);
}
