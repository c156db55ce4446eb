/*
 * A scenario's changes against the schema: paths, and what may be set, before any row is read. The grammar is that of
 * reads, with the innovations' own condition in front: "innovations[id=dafne].support[resource=money].provided".
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "model/load.h"
#include "model/schema_internal.h"

/* Where a path has got to. filter: of the last list; "" none. */
struct walk {
    struct loader *loader;
    struct change *change;
    struct schema_list *list;
    struct schema_map *map;
    const char *filter;
};

static int refuse(const struct walk *walk, const char *what)
{
    char quoted[72];
    const struct spec_change *spec = walk->change->spec;
    return error_at(walk->loader->error, spec->place, "'%s': %s",
                    text_quote(quoted, spec->path, strlen(spec->path)), what);
}

static int unknown_step(const struct walk *walk, const char *key, size_t bytes)
{
    char quoted[72], hint[96], what[256];
    snprintf(what, sizeof what, "there is no '%s'%s%s%s", text_quote(quoted, key, bytes),
             *walk->map->path ? " in " : "", walk->map->path,
             schema_hint(walk->map, key, bytes, hint));
    return refuse(walk, what);
}

/* --- Conditions -------------------------------------------------------------------------------- */

/* Rows of a list that hold to a condition; its faults get the path's place. */
static int bind_filter(const struct walk *walk, struct schema_list *list, const char *filter,
                       struct growing_table *rows)
{
    const struct spec_change *spec = walk->change->spec;
    struct uptake_error *found = calloc(1, sizeof *found);
    if (!found)
        return error_memory(walk->loader->error);
    *rows = (struct growing_table){.path = spec->path, .list = list, .filter_text = filter};
    int failed = schema_filter(rows, &walk->loader->pool, found);
    for (uint32_t k = 0; k < found->count; k++)
        error_at(walk->loader->error, spec->place, "%s", found->text[k]);
    free(found);
    return failed;
}

/* --- Steps ------------------------------------------------------------------------------------- */

static int leave_list(const struct walk *walk)
{
    if (!walk->list || *walk->filter == 0)
        return 0;
    if (walk->list != walk->loader->schema.lists)
        return refuse(walk, "only the innovations and the last list can have a condition");
    walk->loader->changes.owners->any = true;
    return bind_filter(walk, walk->list, walk->filter, &walk->change->owner);
}

static int step_list(struct walk *walk, const char *key, size_t bytes, const char **path)
{
    struct schema_field *field = schema_field(walk->map, key, bytes);
    const char *open = key + bytes;
    const char *close = strchr(open, ']');
    if (!field)
        return unknown_step(walk, key, bytes);
    if (field->shape != SHAPE_LIST)
        return refuse(walk, "a '[' stands behind what is no list");
    if (!close)
        return refuse(walk, "a '[' has no ']'");
    if (close[1] != '.' || close[2] == 0)
        return refuse(walk, "expected a '.' and a field behind the ']'");
    const char *filter = arena_text(walk->loader->arena, open + 1, (size_t)(close - open - 1));
    if (!filter)
        return error_memory(walk->loader->error);
    if (leave_list(walk) != 0)
        return -1;
    walk->list = field->list;
    walk->map = &field->list->map;
    walk->filter = filter;
    *path = close + 2;
    return 0;
}

/* 1: under `custom`, where nothing in the run reads it. */
static int step_map(struct walk *walk, const char *key, size_t bytes)
{
    struct schema_field *field = schema_field(walk->map, key, bytes);
    if (!field && walk->map->lenient)
        return 1;
    if (!field)
        return unknown_step(walk, key, bytes);
    if (field->shape == SHAPE_LIST)
        return refuse(walk, "a list on the way has no [] behind it");
    if (field->shape != SHAPE_MAP && field->shape != SHAPE_CUSTOM)
        return refuse(walk, "a single value on the way has no fields");
    walk->map = field->map;
    return 0;
}

/* --- What may be changed ----------------------------------------------------------------------- */

static const char *why_fixed(const struct schema_field *field)
{
    if (field->row.flags & FIELD_ID)
        return "it is an id, which names its row; a scenario cannot change it";
    if (field->row.flags & FIELD_DERIVED)
        return "it is worked out by uptake; a scenario cannot change it";
    if (field->row.form == FORM_RATINGS)
        return "ratings become judgements; change judgements[construct=...].value instead";
    if (field->row.form == FORM_TREE || field->row.form == FORM_CONSTRUCT)
        return "a scenario cannot change it";
    if (field->row.type == UPTAKE_REF)
        return "it refers to another row; a scenario cannot change that";
    return NULL;
}

static int bind_scale(const struct walk *walk)
{
    if (walk->change->field->row.type == UPTAKE_NUMBER)
        return 0;
    return refuse(walk, "it is not a number; only a number can be scaled; use value");
}

static int bind_close(const struct walk *walk)
{
    struct schema_field *field = walk->change->field;
    struct schema_field *needed = schema_field(walk->map, "needed", strlen("needed"));
    if (strcmp(field->key, "provided") != 0 || field->row.type != UPTAKE_NUMBER || !needed ||
        needed->shape != SHAPE_VALUE || needed->row.type != UPTAKE_NUMBER)
        return refuse(walk, "close is for `provided` beside `needed`; use value or scale");
    walk->change->needed = (int)needed->slot;
    return 0;
}

static size_t count_events(const struct tree *tree)
{
    size_t count = tree->kind == YAML_SCALAR ? 1 : 2;
    for (size_t k = 0; k < tree->count; k++)
        count += count_events(&tree->values[k]) +
                 (tree->kind == YAML_MAP ? count_events(&tree->keys[k]) : 0);
    return count;
}

static struct yaml_event *put_events(const struct tree *tree, struct yaml_event *at)
{
    *at++ = (struct yaml_event){tree->kind, tree->plain, tree->place, tree->text, tree->bytes};
    for (size_t k = 0; k < tree->count; k++) {
        if (tree->kind == YAML_MAP)
            at = put_events(&tree->keys[k], at);
        at = put_events(&tree->values[k], at);
    }
    if (tree->kind != YAML_SCALAR)
        *at++ = (struct yaml_event){.kind = tree->kind == YAML_MAP ? YAML_MAP_END : YAML_LIST_END,
                                    .place = tree->place};
    return at;
}

/* The value, read as the model's own would be. */
static int bind_value(const struct walk *walk)
{
    struct loader *loader = walk->loader;
    const struct tree *value = walk->change->spec->value;
    size_t count = count_events(value);
    struct yaml_event *events = arena_array(loader->arena, count, sizeof *events);
    if (!events)
        return error_memory(loader->error);
    put_events(value, events);
    uint64_t before = value_messages(loader);
    loader->changes.playing = events;
    loader->changes.n_playing = count;
    loader->changes.at = 1;
    int failed = value_into(loader, walk->change->field, &walk->change->value, &events[0]);
    loader->changes.playing = NULL;
    return failed || value_messages(loader) != before ? -1 : 0;
}

static int bind_leaf(struct walk *walk, const char *key, size_t bytes)
{
    struct change *change = walk->change;
    struct schema_field *field = schema_field(walk->map, key, bytes);
    if (!field && walk->map->lenient)
        return 0;
    if (!field)
        return unknown_step(walk, key, bytes);
    if (field->shape == SHAPE_LIST)
        return refuse(walk, "it is a list; put [] behind it, and a field of its rows");
    if (field->shape != SHAPE_VALUE)
        return refuse(walk, "it is not a field of a row; name one");
    const char *why = why_fixed(field);
    if (why)
        return refuse(walk, why);
    change->field = field;
    int failed = bind_filter(walk, walk->list, walk->filter, &change->rows);
    switch (change->spec->kind) {
    case CHANGE_VALUE: return bind_value(walk) | failed;
    case CHANGE_SCALE: return bind_scale(walk) | failed;
    default: return bind_close(walk) | failed;
    }
}

static int bind_one(struct loader *loader, struct change *change)
{
    const char *path = change->spec->path;
    bool top = *path == '/' || strncmp(path, "innovations[", strlen("innovations[")) == 0;
    struct walk walk = {loader, change, top ? NULL : loader->schema.lists,
                        top ? &loader->schema.top : &loader->schema.lists->map, ""};
    path += *path == '/';
    for (;;) {
        size_t bytes = strcspn(path, ".[");
        int failed = 0;
        if (bytes == 0)
            return refuse(&walk, "an empty name in the path");
        if (path[bytes] == 0)
            return bind_leaf(&walk, path, bytes);
        if (path[bytes] == '[') {
            failed = step_list(&walk, path, bytes, &path);
        } else {
            failed = step_map(&walk, path, bytes);
            path += bytes + 1;
        }
        if (failed)
            return failed < 0 ? -1 : 0;
    }
}

/* --- What is touched --------------------------------------------------------------------------- */

static bool inside(const struct schema_list *list, const struct schema_list *outer)
{
    while (list && list != outer)
        list = list->parent;
    return list != NULL;
}

/* Whether a table's rows are chosen by the field, at any level. */
static bool chosen_by(const struct growing_table *table, const struct schema_field *field)
{
    for (; table; table = table->parent)
        for (uint32_t k = 0; k < table->n_filters; k++)
            if (table->filters[k].field == field)
                return true;
    return false;
}

/* The date of a row decides whether it stands at all, or what of it is known yet. */
static bool moves_rows(const struct loader *loader, const struct change *change)
{
    return loader->options->as_of_given && change->field->row.type == UPTAKE_DATE;
}

static bool touches(const struct loader *loader, const struct change *change,
                    const struct growing_table *table, const struct model_request *request)
{
    const struct schema_list *list = change->rows.list;
    if (chosen_by(table, change->field) ||
        (moves_rows(loader, change) && inside(table->list, list)))
        return true;
    return table->list == list && request->column != UINT32_MAX &&
           table->columns[request->column].slot == change->field->slot;
}

static void mark(const struct loader *loader, struct change *change, struct model_changed *changed)
{
    changed->unread = true;
    for (size_t k = 0; change->field && k < loader->options->n_requests; k++) {
        struct model_request *request = &loader->options->requests[k];
        if (!touches(loader, change, loader->schema.tables[request->table], request))
            continue;
        request->touched = true;
        changed->unread = false;
    }
}

/* --- All of them ------------------------------------------------------------------------------- */

int change_bind(struct loader *loader)
{
    const struct model_options *options = loader->options;
    struct changes *changes = &loader->changes;
    int failed = 0;
    for (size_t k = 0; k < options->n_requests; k++)
        options->requests[k].touched = false;
    if (options->n_changes == 0)
        return 0;
    changes->all = arena_array(loader->arena, options->n_changes, sizeof *changes->all);
    changes->before = arena_array(loader->arena, options->n_changes, sizeof *changes->before);
    if (!changes->all || !changes->before)
        return error_memory(loader->error);
    for (size_t k = 0; k < options->n_changes; k++) {
        struct change *change = &changes->all[changes->count++];
        *change = (struct change){.spec = &options->changes[k], .needed = -1};
        options->changed[k] = (struct model_changed){.unread = false};
        failed |= bind_one(loader, change);
    }
    for (size_t k = 0; k < changes->count && !failed; k++)
        mark(loader, &changes->all[k], &options->changed[k]);
    for (size_t k = changes->count; k-- > 0 && !failed;)
        if (changes->all[k].field) {
            changes->all[k].next = changes->all[k].rows.list->changes;
            changes->all[k].rows.list->changes = &changes->all[k];
        }
    return failed ? -1 : 0;
}
