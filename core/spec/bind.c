/* A checked document -> struct spec. Shapes are known to hold, so only memory can fail here. */
#include "spec/format.h"

#include <math.h>
#include <string.h>

#include "base/date.h"
#include "base/number.h"

struct binding {
    struct spec *spec;
    struct arena *arena;
    struct uptake_error *error;
};

/* --- Values ----------------------------------------------------------------------------------- */

/* The value of a key, NULL where it is left out. */
static const struct tree *given(const struct tree *map, const char *key)
{
    const struct tree *value = map && map->kind == YAML_MAP ? tree_get(map, key) : NULL;
    return values_left_out(value) ? NULL : value;
}

static const char *text_of(const struct tree *map, const char *key, struct place *place)
{
    const struct tree *value = given(map, key);
    if (!value || value->kind != YAML_SCALAR)
        return NULL;
    if (place)
        *place = value->place;
    return value->text;
}

static double number_of(const struct tree *map, const char *key, double fallback)
{
    const struct tree *value = given(map, key);
    double x = fallback;
    if (value)
        values_number(value, &x);
    return x + 0.0; /* -0 is 0 */
}

static size_t count_of(const struct tree *tree)
{
    return tree ? tree->count : 0;
}

const char *path_resolve(const struct spec *spec, const char *path, struct arena *arena)
{
    const char *folder = spec->folder;
    if (path[0] == '/' || strcmp(folder, ".") == 0)
        return path;
    return arena_format(arena, "%s%s%s", folder, folder[strlen(folder) - 1] == '/' ? "" : "/",
                        path);
}

/* --- Parts ------------------------------------------------------------------------------------ */

static void bind_plugin(const struct tree *key, const struct tree *tree, struct spec_plugin *plugin)
{
    plugin->name = key->text;
    plugin->place = key->place;
    plugin->use = text_of(tree, "use", &plugin->use_place);
    plugin->with = given(tree, "with");
    plugin->reads = given(tree, "reads");
    plugin->sha256 = text_of(tree, "sha256", &plugin->sha256_place);
    plugin->version = text_of(tree, "version", &plugin->version_place);
    text_of(tree, "revision", &plugin->revision_place);
    plugin->revision = (int64_t)number_of(tree, "revision", -1);
}

static int bind_plugins(struct binding *b, const struct tree *tree)
{
    struct spec *spec = b->spec;
    spec->plugins = arena_array(b->arena, count_of(tree), sizeof *spec->plugins);
    if (!spec->plugins)
        return error_memory(b->error);
    for (size_t k = 0; k < count_of(tree); k++)
        bind_plugin(&tree->keys[k], &tree->values[k], &spec->plugins[k]);
    spec->n_plugins = count_of(tree);
    return 0;
}

static int better_of(const char *word)
{
    if (!word)
        return UPTAKE_NEITHER;
    return strcmp(word, "higher") == 0 ? UPTAKE_HIGHER : UPTAKE_LOWER;
}

static void bind_measure(const struct tree *key, const struct tree *tree,
                         struct spec_measure *measure)
{
    double weight = 1;
    values_number(tree, &weight); /* a mapping leaves it at 1 */
    *measure = (struct spec_measure){
        .name = key->text,
        .place = key->place,
        .weight = number_of(tree, "weight", weight),
        .better = better_of(text_of(tree, "better", NULL)),
        .min = number_of(tree, "min", (double)NAN),
        .max = number_of(tree, "max", (double)NAN),
        .se_place = key->place,
        .options = tree,
    };
    measure->se = text_of(tree, "se", &measure->se_place);
}

static int bind_merge(struct binding *b, const struct tree *key, const struct tree *tree,
                      struct spec_merge *merge)
{
    const struct tree *measures = given(tree, "measures");
    merge->name = key->text;
    merge->place = merge->method_place = merge->normalise_place = merge->missing_place = key->place;
    merge->method = text_of(tree, "method", &merge->method_place);
    merge->normalise = text_of(tree, "normalise", &merge->normalise_place);
    merge->missing = text_of(tree, "missing", &merge->missing_place);
    merge->floor = number_of(tree, "floor", 0.5);
    merge->weights_options = given(tree, "weights");
    if (merge->weights_options && merge->weights_options->kind != YAML_MAP)
        merge->weights_options = NULL;
    merge->weights = merge->weights_options ? text_of(merge->weights_options, "method", NULL)
                                            : text_of(tree, "weights", NULL);
    const char *parts = text_of(tree, "parts", NULL);
    const char *influence = text_of(tree, "influence", NULL);
    merge->influence = influence && strcmp(influence, "true") == 0;
    merge->parts = parts ? strcmp(parts, "true") == 0 : -1;
    merge->options = tree;
    merge->n_measures = count_of(measures);
    merge->measures = arena_array(b->arena, merge->n_measures, sizeof *merge->measures);
    if (!merge->measures)
        return error_memory(b->error);
    for (size_t k = 0; k < merge->n_measures; k++)
        bind_measure(&measures->keys[k], &measures->values[k], &merge->measures[k]);
    return 0;
}

static int bind_merges(struct binding *b, const struct tree *tree)
{
    struct spec *spec = b->spec;
    spec->merges = arena_array(b->arena, count_of(tree), sizeof *spec->merges);
    if (!spec->merges)
        return error_memory(b->error);
    spec->n_merges = count_of(tree);
    for (size_t k = 0; k < spec->n_merges; k++)
        if (bind_merge(b, &tree->keys[k], &tree->values[k], &spec->merges[k]) != 0)
            return -1;
    return 0;
}

static void bind_change(const struct tree *key, const struct tree *tree, struct spec_change *change)
{
    static const char *const kinds[] = {
        [CHANGE_VALUE] = "value", [CHANGE_SCALE] = "scale", [CHANGE_CLOSE] = "close"};
    *change = (struct spec_change){.path = key->text, .place = key->place};
    for (int k = CHANGE_VALUE; k <= CHANGE_CLOSE; k++) {
        const struct tree *value = given(tree, kinds[k]);
        if (!value)
            continue;
        change->kind = (enum change_kind)k;
        change->number = number_of(tree, kinds[k], 0);
        change->value = value;
    }
}

static int bind_scenario(struct binding *b, const struct tree *key, const struct tree *tree,
                         struct spec_scenario *scenario)
{
    const struct tree *as_of = given(tree, "as_of"), *set = given(tree, "set");
    scenario->name = key->text;
    scenario->place = key->place;
    scenario->title = text_of(tree, "title", NULL);
    scenario->as_of_given = as_of && date_parse(as_of->text, as_of->bytes, &scenario->as_of);
    scenario->n_changes = count_of(set);
    scenario->changes = arena_array(b->arena, scenario->n_changes, sizeof *scenario->changes);
    if (!scenario->changes)
        return error_memory(b->error);
    for (size_t k = 0; k < scenario->n_changes; k++)
        bind_change(&set->keys[k], &set->values[k], &scenario->changes[k]);
    return 0;
}

static int bind_scenarios(struct binding *b, const struct tree *tree)
{
    struct spec *spec = b->spec;
    spec->scenarios = arena_array(b->arena, count_of(tree), sizeof *spec->scenarios);
    if (!spec->scenarios)
        return error_memory(b->error);
    spec->n_scenarios = count_of(tree);
    for (size_t k = 0; k < spec->n_scenarios; k++)
        if (bind_scenario(b, &tree->keys[k], &tree->values[k], &spec->scenarios[k]) != 0)
            return -1;
    return 0;
}

/* The texts of a list. */
static int bind_names(struct binding *b, const struct tree *tree, struct spec_name **names,
                      size_t *count)
{
    *count = tree && tree->kind == YAML_LIST ? tree->count : 0;
    *names = arena_array(b->arena, *count, sizeof **names);
    if (!*names)
        return error_memory(b->error);
    for (size_t k = 0; k < *count; k++)
        (*names)[k] = (struct spec_name){tree->values[k].text, tree->values[k].place};
    return 0;
}

static int bind_directions(struct binding *b, const struct tree *tree, struct spec_compare *compare)
{
    compare->n_directions = count_of(tree);
    compare->directions = arena_array(b->arena, compare->n_directions, sizeof *compare->directions);
    if (!compare->directions)
        return error_memory(b->error);
    for (size_t k = 0; k < compare->n_directions; k++)
        compare->directions[k] = (struct spec_direction){
            {tree->keys[k].text, tree->keys[k].place},
            better_of(values_left_out(&tree->values[k]) ? NULL : tree->values[k].text)};
    return 0;
}

static int bind_compare(struct binding *b, const struct tree *tree, struct spec_compare *compare)
{
    const struct tree *statistics = given(tree, "statistics");
    *compare = (struct spec_compare){
        .place = tree->place,
        .all_statistics = statistics && statistics->kind == YAML_SCALAR,
        .top_k = (uint64_t)number_of(tree, "top_k", 3),
        .rbo_p = number_of(tree, "rbo_p", 0.9),
        .quantity_place = tree->place,
        .tolerance = number_of(tree, "tolerance", (double)NAN),
        .eps = number_of(tree, "eps", 0),
    };
    compare->quantity = text_of(tree, "quantity", &compare->quantity_place);
    if (bind_names(b, given(tree, "between"), &compare->between, &compare->n_between) != 0 ||
        bind_names(b, statistics, &compare->statistics, &compare->n_statistics) != 0)
        return -1;
    return bind_directions(b, given(tree, "better"), compare);
}

static int bind_compares(struct binding *b, const struct tree *tree)
{
    struct spec *spec = b->spec;
    spec->compares = arena_array(b->arena, count_of(tree), sizeof *spec->compares);
    if (!spec->compares)
        return error_memory(b->error);
    spec->n_compares = count_of(tree);
    for (size_t k = 0; k < spec->n_compares; k++)
        if (bind_compare(b, &tree->values[k], &spec->compares[k]) != 0)
            return -1;
    return 0;
}

static int bind_plugin_path(struct binding *b, const struct tree *tree)
{
    struct spec *spec = b->spec;
    const struct tree *items = tree && tree->kind == YAML_LIST ? tree->values : tree;
    size_t count = tree && tree->kind == YAML_LIST ? tree->count : tree != NULL;
    spec->plugin_path = arena_array(b->arena, count, sizeof *spec->plugin_path);
    if (!spec->plugin_path)
        return error_memory(b->error);
    spec->n_plugin_path = count;
    for (size_t k = 0; k < count; k++)
        if (!(spec->plugin_path[k] = path_resolve(spec, items[k].text, b->arena)))
            return error_memory(b->error);
    return 0;
}

static void bind_limits(struct spec *spec, const struct tree *tree)
{
    const struct tree *memory = given(tree, "memory");
    spec->limits = (struct spec_limits){
        .seconds = number_of(tree, "seconds", 10),
        .total = number_of(tree, "total", 60),
        .memory = UINT64_C(512) << 20,
    };
    if (memory)
        values_bytes(memory, &spec->limits.memory);
}

int bind_tree(const struct tree *root, struct spec *spec, struct arena *arena,
              struct uptake_error *error)
{
    struct binding b = {spec, arena, error};
    const struct tree *as_of = given(root, "as_of");
    spec->title = text_of(root, "title", NULL);
    spec->note = text_of(root, "note", NULL);
    spec->as_of_given = as_of && date_parse(as_of->text, as_of->bytes, &spec->as_of);
    bind_limits(spec, given(root, "limits"));
    if (bind_plugins(&b, given(root, "plugins")) != 0 ||
        bind_merges(&b, given(root, "merge")) != 0 ||
        bind_scenarios(&b, given(root, "scenarios")) != 0 ||
        bind_compares(&b, given(root, "compare")) != 0)
        return -1;
    return bind_plugin_path(&b, given(root, "plugin_path"));
}
