/*
 * Descriptors in the host: a description's bytes as checked plugins.
 *
 * The bytes come from a process that ran a stranger's code, so nothing in them is believed: every count is bounded
 * before it is allocated, every text is UTF-8 that a terminal may be shown.
 */
#include "base/text.h"
#include "plugin/describe.h"

struct reading {
    struct bytes_in in;
    struct arena *arena;
    struct uptake_error *error;
    struct spot spot;
};

/* --- Parts ------------------------------------------------------------------------------------- */

static int take_text(struct reading *r, uint32_t bytes, size_t limit, const char *what,
                     const char **text)
{
    if (!r->in.bad && bytes > limit)
        return spot_refuse(&r->spot, r->error, "its %s takes %u bytes, expected at most %zu", what,
                           bytes, limit);
    const char *start = bytes_take(&r->in, bytes);
    if (!start)
        return -1;
    if (!text_is_utf8(start, bytes))
        return spot_refuse(&r->spot, r->error, "its %s is not UTF-8", what);
    if (!name_is_printable(start, bytes, limit == TEXT_BYTES))
        return spot_refuse(&r->spot, r->error, "its %s holds a control character", what);
    *text = arena_text(r->arena, start, bytes);
    return *text ? 0 : error_memory(r->error);
}

static int get_text(struct reading *r, size_t limit, const char *what, const char **text)
{
    return take_text(r, bytes_get_u32(&r->in), limit, what, text);
}

static int get_text_or_null(struct reading *r, size_t limit, const char *what, const char **text)
{
    uint32_t bytes = bytes_get_u32(&r->in);
    *text = NULL;
    return bytes == BYTES_NULL ? 0 : take_text(r, bytes, limit, what, text);
}

/* A count, and room for so many elements and one. */
static int get_count(struct reading *r, size_t limit, size_t size, const char *what, size_t *count,
                     void **room)
{
    uint32_t found = bytes_get_u32(&r->in);
    if (found > limit)
        return spot_refuse(&r->spot, r->error, "it has %u %s, expected at most %zu", found, what,
                           limit);
    *count = found;
    *room = arena_array(r->arena, found + (size_t)1, size);
    return *room ? 0 : error_memory(r->error);
}

static int get_choices(struct reading *r, const char *const **choices)
{
    struct bytes_in before = r->in;
    size_t count;
    void *room;
    *choices = NULL;
    if (bytes_get_u32(&r->in) == BYTES_NULL)
        return 0;
    r->in = before;
    if (get_count(r, CHOICES_MAX, sizeof(const char *), "choices", &count, &room) != 0)
        return -1;
    const char **texts = room;
    for (size_t k = 0; k < count; k++)
        if (get_text(r, CHOICE_BYTES, "choice", &texts[k]) != 0)
            return -1;
    *choices = texts;
    return 0;
}

/* --- Rows -------------------------------------------------------------------------------------- */

static int get_read(struct reading *r, void *row)
{
    struct uptake_read *read = row;
    read->index = bytes_get_u32(&r->in);
    read->type = bytes_get_u32(&r->in);
    read->flags = bytes_get_u32(&r->in);
    read->min = bytes_get_double(&r->in);
    read->max = bytes_get_double(&r->in);
    if (get_text(r, PATH_BYTES, "path", &read->path) != 0)
        return -1;
    r->spot.name = read->path;
    if (get_text(r, UNIT_BYTES, "unit", &read->unit) != 0 || get_choices(r, &read->choices) != 0)
        return -1;
    return get_text(r, TEXT_BYTES, "doc", &read->doc);
}

static int get_param(struct reading *r, void *row)
{
    struct uptake_param *param = row;
    param->type = bytes_get_u32(&r->in);
    param->flags = bytes_get_u32(&r->in);
    param->offset = bytes_get_u64(&r->in);
    param->bytes = bytes_get_u64(&r->in);
    param->number = bytes_get_double(&r->in);
    param->min = bytes_get_double(&r->in);
    param->max = bytes_get_double(&r->in);
    if (get_text(r, NAME_BYTES, "name", &param->name) != 0)
        return -1;
    r->spot.name = param->name;
    if (get_text_or_null(r, TEXT_BYTES, "default", &param->text) != 0 ||
        get_text(r, UNIT_BYTES, "unit", &param->unit) != 0 || get_choices(r, &param->choices) != 0)
        return -1;
    return get_text(r, TEXT_BYTES, "doc", &param->doc);
}

static int get_rests_on(struct reading *r, struct uptake_rows *rests_on)
{
    size_t count;
    void *room;
    if (get_count(r, ROWS_MAX, sizeof(uint32_t), "reads that it rests on", &count, &room) != 0)
        return -1;
    uint32_t *reads = room;
    for (size_t k = 0; k < count; k++)
        reads[k] = bytes_get_u32(&r->in);
    if (count)
        *rests_on = (struct uptake_rows){reads, count, sizeof *reads};
    return 0;
}

static int get_write(struct reading *r, void *row)
{
    struct uptake_write *write = row;
    write->index = bytes_get_u32(&r->in);
    write->type = bytes_get_u32(&r->in);
    write->flags = bytes_get_u32(&r->in);
    bytes_get(&r->in, &write->better, sizeof write->better);
    write->min = bytes_get_double(&r->in);
    write->max = bytes_get_double(&r->in);
    write->tolerance = bytes_get_double(&r->in);
    if (get_text(r, NAME_BYTES, "name", &write->name) != 0)
        return -1;
    r->spot.name = write->name;
    if (get_text(r, PATH_BYTES, "entity", &write->entity) != 0 ||
        get_text(r, UNIT_BYTES, "unit", &write->unit) != 0 ||
        get_text(r, NAME_BYTES, "quantity", &write->quantity) != 0 ||
        get_choices(r, &write->choices) != 0 || get_rests_on(r, &write->rests_on) != 0)
        return -1;
    return get_text(r, TEXT_BYTES, "doc", &write->doc);
}

static int get_rows(struct reading *r, size_t size, const char *kind, const char *kinds,
                    int (*get)(struct reading *, void *), size_t *count, void **rows)
{
    if (get_count(r, ROWS_MAX, size, kinds, count, rows) != 0)
        return -1;
    r->spot.kind = kind;
    for (size_t k = 0; k < *count; k++) {
        r->spot.row = k;
        r->spot.name = NULL;
        if (get(r, (char *)*rows + k * size) != 0)
            return -1;
    }
    r->spot.kind = NULL;
    return 0;
}

/* --- Plugins ----------------------------------------------------------------------------------- */

static int get_texts(struct reading *r, struct plugin *plugin)
{
    if (get_text(r, ID_BYTES, "id", &plugin->id) != 0)
        return -1;
    r->spot.id = plugin->id;
    if (get_text(r, NAME_BYTES, "version", &plugin->version) != 0 ||
        get_text(r, TEXT_BYTES, "title", &plugin->title) != 0 ||
        get_text(r, TEXT_BYTES, "summary", &plugin->summary) != 0)
        return -1;
    return get_text(r, TEXT_BYTES, "source", &plugin->source);
}

static int get_all_rows(struct reading *r, struct plugin *plugin)
{
    void *reads, *params, *writes;
    if (get_rows(r, sizeof(struct uptake_read), "read", "reads", get_read, &plugin->n_reads,
                 &reads) != 0 ||
        get_rows(r, sizeof(struct uptake_param), "param", "params", get_param, &plugin->n_params,
                 &params) != 0 ||
        get_rows(r, sizeof(struct uptake_write), "write", "writes", get_write, &plugin->n_writes,
                 &writes) != 0)
        return -1;
    plugin->reads = reads;
    plugin->params = params;
    plugin->writes = writes;
    return 0;
}

static int get_plugin(struct reading *r, struct plugin *plugin)
{
    if (get_texts(r, plugin) != 0)
        return -1;
    plugin->revision = bytes_get_u32(&r->in);
    plugin->properties = bytes_get_u32(&r->in);
    unsigned functions = bytes_get_u32(&r->in);
    plugin->params_bytes = bytes_get_u64(&r->in);
    plugin->state_bytes = bytes_get_u64(&r->in);
    plugin->state_size_asked = (functions & HAS_STATE_SIZE) != 0;
    plugin->has_state = (functions & HAS_WHOLE_STATE) == HAS_WHOLE_STATE;
    if (get_all_rows(r, plugin) != 0 || r->in.bad)
        return -1;
    return plugin_check(plugin, r->spot.plugin, functions, r->arena, r->error);
}

static int get_merge(struct reading *r, struct plugin_merge *merge)
{
    struct plugin *plugin = &merge->plugin;
    void *params;
    if (get_texts(r, plugin) != 0)
        return -1;
    plugin->revision = bytes_get_u32(&r->in);
    merge->flags = bytes_get_u32(&r->in);
    bytes_get(&r->in, &merge->better, sizeof merge->better);
    unsigned functions = bytes_get_u32(&r->in);
    plugin->params_bytes = bytes_get_u64(&r->in);
    merge->min = bytes_get_double(&r->in);
    merge->max = bytes_get_double(&r->in);
    if (get_rows(r, sizeof(struct uptake_param), "param", "params", get_param, &plugin->n_params,
                 &params) != 0 ||
        r->in.bad)
        return -1;
    plugin->params = params;
    return plugin_merge_check(merge, r->spot.plugin, functions, r->arena, r->error);
}

/* Of both kinds together: an id names one thing. */
static int check_ids(struct reading *r, const struct plugin_bundle *bundle)
{
    bool failed = false;
    size_t count = 0;
    const char **ids =
        arena_array(r->arena, bundle->n_plugins + bundle->n_merges, sizeof(const char *));
    for (size_t k = 0; ids && k < bundle->n_plugins; k++)
        ids[count++] = bundle->plugins[k].id;
    for (size_t k = 0; ids && k < bundle->n_merges; k++)
        ids[count++] = bundle->merges[k].plugin.id;
    const char *same = ids ? check_twice(ids, count, r->arena, &failed) : NULL;
    if (!ids || failed)
        return error_memory(r->error);
    return same ? spot_refuse(&r->spot, r->error, "it holds two plugins with the id '%s'", same)
                : 0;
}

static void place(struct plugin *plugin, const struct plugin_bundle *bundle, size_t position)
{
    plugin->bundle = bundle->path;
    plugin->file = bundle->file;
    plugin->warning = bundle->warning;
    plugin->position = (uint32_t)position;
}

static int get_plugins(struct reading *r, struct plugin_bundle *bundle)
{
    size_t count;
    void *room;
    if (get_count(r, PLUGINS_MAX, sizeof(struct plugin), "plugins", &count, &room) != 0)
        return -1;
    struct plugin *plugins = room;
    for (size_t k = 0; k < count && !r->in.bad; k++) {
        r->spot = (struct spot){.plugin = k + 1};
        place(&plugins[k], bundle, k);
        if (get_plugin(r, &plugins[k]) != 0)
            return -1;
    }
    r->spot = (struct spot){0};
    bundle->plugins = plugins;
    bundle->n_plugins = count;
    return r->in.bad ? -1 : 0;
}

static int get_merges(struct reading *r, struct plugin_bundle *bundle)
{
    size_t count;
    void *room;
    if (get_count(r, PLUGINS_MAX, sizeof(struct plugin_merge), "merge plugins", &count, &room) != 0)
        return -1;
    struct plugin_merge *merges = room;
    for (size_t k = 0; k < count && !r->in.bad; k++) {
        r->spot = (struct spot){.merge = true, .plugin = k + 1};
        place(&merges[k].plugin, bundle, k);
        if (get_merge(r, &merges[k]) != 0)
            return -1;
    }
    r->spot = (struct spot){0};
    bundle->merges = merges;
    bundle->n_merges = count;
    return r->in.bad ? -1 : 0;
}

static int get_bundle(struct reading *r, struct plugin_bundle *bundle)
{
    if (get_plugins(r, bundle) != 0 || get_merges(r, bundle) != 0)
        return -1;
    if (bundle->n_plugins + bundle->n_merges == 0)
        return spot_refuse(&r->spot, r->error, "it holds no plugin");
    if (r->in.at != r->in.bytes)
        return spot_refuse(&r->spot, r->error, "its description goes on behind its end");
    return check_ids(r, bundle);
}

int descriptor_read(const void *bytes, size_t count, struct arena *arena,
                    struct plugin_bundle *bundle, struct uptake_error *error)
{
    struct reading r = {.in = {.data = bytes, .bytes = count}, .arena = arena, .error = error};
    struct plugin_bundle found = *bundle;
    if (get_bundle(&r, &found) == 0) {
        *bundle = found;
        return 0;
    }
    r.spot = (struct spot){0};
    if (r.in.bad)
        spot_refuse(&r.spot, error, "its description ends too early, after %zu bytes", count);
    return -1;
}
