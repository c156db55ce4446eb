/*
 * The loader: events follow the schema's tree, one small function a shape. Files are read one after the other,
 * the model's own first, then what it includes; an error's place is asked for twice only where it must be.
 */
#include <dirent.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/text.h"
#include "model/load.h"

static int bind_map(struct loader *loader, struct schema_list *list, struct schema_map *map);
static int bind_list(struct loader *loader, struct schema_list *list, const struct yaml_event *event);

static int next(struct loader *loader, struct yaml_event *event)
{
    return loader->stop || yaml_next(loader->yaml, event, loader->error) != 0 ? -1 : 0;
}

static int skip(struct loader *loader, const struct yaml_event *event)
{
    return yaml_skip(loader->yaml, event, loader->error);
}

/* --- Special forms ----------------------------------------------------------------------------- */

static void keep_construct(struct rating *rating, const struct yaml_event *event)
{
    size_t bytes = event->bytes < CONSTRUCT_BYTES ? event->bytes : CONSTRUCT_BYTES - 1;
    memcpy(rating->text, event->text, bytes);
    rating->text[bytes] = 0;
    rating->bytes = bytes;
    rating->place = event->place;
}

static int bind_construct(struct loader *loader, const struct yaml_event *event)
{
    if (event->kind == YAML_SCALAR && event->bytes && value_reason(event) == UPTAKE_PRESENT) {
        keep_construct(&loader->construct, event);
        return 0;
    }
    error_at(loader->error, event->place, "construct: expected the name of a construct");
    return skip(loader, event);
}

static int bind_ratings(struct loader *loader, const struct schema_field *field,
                        const struct yaml_event *event)
{
    if (event->kind != YAML_MAP) {
        error_at(loader->error, event->place, "ratings: expected {construct: value, ...}");
        return skip(loader, event);
    }
    for (;;) {
        struct yaml_event key, value;
        struct rating rating;
        memset(&rating, 0, sizeof rating);
        if (next(loader, &key) != 0)
            return -1;
        if (key.kind == YAML_MAP_END)
            return 0;
        keep_construct(&rating, &key);
        const struct rating *before = (const struct rating *)(const void *)loader->ratings.data;
        for (size_t k = 0; k < loader->ratings.bytes / sizeof rating; k++)
            if (strcmp(before[k].text, rating.text) == 0)
                error_at(loader->error, key.place, "'%s' stands twice", rating.text);
        if (next(loader, &value) != 0 || value_into(loader, field, &rating.value, &value) != 0)
            return -1;
        if (buffer_append(&loader->ratings, &rating, sizeof rating) != 0)
            return error_memory(loader->error);
    }
}

/* A rule's conditions: read for shape; a later version evaluates them. */
static int check_conditions(struct loader *loader, const struct schema_field *field,
                            const struct tree *tree)
{
    static const char *const keys[] = {"field", "at_least", "above",  "at_most",       "is",
                                       "in",    "exists",   "within_months", NULL};
    if (tree->kind != YAML_LIST)
        return error_at(loader->error, tree->place, "%s: expected a list of conditions", field->key), 0;
    for (size_t k = 0; k < tree->count; k++) {
        const struct tree *condition = &tree->values[k];
        if (!tree_get(condition, "field")) {
            error_at(loader->error, condition->place, "%s: a condition needs 'field'", field->key);
            continue;
        }
        for (size_t c = 0; c < condition->count; c++) {
            struct nearest nearest;
            char hint[96];
            size_t known = 0;
            nearest_start(&nearest, condition->keys[c].text, condition->keys[c].bytes);
            while (keys[known] && strcmp(keys[known], condition->keys[c].text) != 0)
                nearest_offer(&nearest, keys[known++]);
            if (!keys[known])
                error_at(loader->error, condition->keys[c].place, "'%.60s' is not known here%s",
                         condition->keys[c].text, nearest_hint(&nearest, hint));
        }
    }
    return 0;
}

static int bind_conditions(struct loader *loader, const struct schema_field *field,
                           const struct yaml_event *event)
{
    struct tree tree;
    struct arena arena = {0};
    int failed = tree_read(loader->yaml, event, &arena, &tree, loader->error);
    if (!failed)
        check_conditions(loader, field, &tree);
    arena_finish(&arena);
    return failed;
}

/* --- Fields ------------------------------------------------------------------------------------ */

static int bind_value(struct loader *loader, struct schema_list *list, struct schema_field *field,
                      const struct yaml_event *event)
{
    if (field->row.form == FORM_CONSTRUCT)
        return bind_construct(loader, event);
    if (field->row.form == FORM_RATINGS)
        return bind_ratings(loader, field, event);
    if (field->row.form == FORM_TREE)
        return bind_conditions(loader, field, event);
    return value_bind(loader, list, field, event);
}

static int bind_inner_map(struct loader *loader, struct schema_list *list, struct schema_field *field,
                          const struct yaml_event *event)
{
    if (event->kind == YAML_MAP)
        return bind_map(loader, list, field->map);
    if (event->kind != YAML_SCALAR || value_reason(event) == UPTAKE_PRESENT)
        error_at(loader->error, event->place, "%s: expected a mapping of its fields", field->key);
    return skip(loader, event);
}

static int bind_field(struct loader *loader, struct schema_list *list, struct schema_field *field,
                      const struct yaml_event *event)
{
    switch (field->shape) {
    case SHAPE_VALUE: return bind_value(loader, list, field, event);
    case SHAPE_LIST: return bind_list(loader, field->list, event);
    default: return bind_inner_map(loader, list, field, event);
    }
}

/* A user's own fields: read over, but a key may not stand twice. */
static int skip_custom(struct loader *loader, const struct yaml_event *event)
{
    struct tree tree;
    struct arena arena = {0};
    int failed = tree_read(loader->yaml, event, &arena, &tree, loader->error);
    arena_finish(&arena);
    return failed;
}

static int unknown_key(struct loader *loader, const struct schema_map *map, const struct yaml_event *key)
{
    char quoted[72], hint[96];
    if (!map->lenient)
        error_at(loader->error, key->place, "unknown field '%s' in %s%s",
                 text_quote(quoted, key->text, key->bytes), *map->path ? map->path : "an innovation",
                 schema_hint(map, key->text, key->bytes, hint));
    struct yaml_event value;
    if (next(loader, &value) != 0)
        return -1;
    return map->lenient ? skip_custom(loader, &value) : skip(loader, &value);
}

static int bind_map(struct loader *loader, struct schema_list *list, struct schema_map *map)
{
    for (;;) {
        struct yaml_event key, value;
        if (next(loader, &key) != 0)
            return -1;
        if (key.kind == YAML_MAP_END)
            return 0;
        struct schema_field *field = schema_field(map, key.text, key.bytes);
        if (!field) {
            if (unknown_key(loader, map, &key) != 0)
                return -1;
            continue;
        }
        if (field->stamp == list->stamp)
            error_at(loader->error, key.place, "'%s' stands twice in one row", field->key);
        if (field->row.flags & FIELD_DERIVED)
            error_at(loader->error, key.place, "'%s' is worked out by uptake; remove it", field->key);
        field->stamp = list->stamp;
        if (next(loader, &value) != 0 || bind_field(loader, list, field, &value) != 0)
            return -1;
    }
}

/* --- Lists ------------------------------------------------------------------------------------- */

static void innovation_begin(struct loader *loader)
{
    loader->evidence_rows = 0;
    for (uint32_t t = 0; t < loader->schema.n_tables; t++)
        loader->schema.tables[t]->mark = loader->schema.tables[t]->rows;
}

static int innovation_end(struct loader *loader)
{
    if (refs_innovation(loader) != 0)
        return -1;
    loader->evidence_before += loader->evidence_rows;
    loader->innovation++;
    return 0;
}

static int bind_row(struct loader *loader, struct schema_list *list, const struct yaml_event *item)
{
    bool innovation = list == loader->schema.lists;
    if (!list->scalars && item->kind != YAML_MAP) {
        error_at(loader->error, item->place, "%s: expected a row of fields, such as {%s: ...}",
                 innovation ? "innovations" : list->key, list->map.fields[0].key);
        return skip(loader, item);
    }
    struct place place = item->place;
    row_begin(loader, list, place);
    if (innovation)
        innovation_begin(loader);
    if (list->roles.ratings >= 0) {
        loader->ratings.bytes = 0;
        loader->construct.bytes = 0;
    }
    int failed = list->scalars ? value_bind(loader, list, &list->map.fields[0], item)
                               : bind_map(loader, list, &list->map);
    if (failed || row_end(loader, list, place) != 0)
        return -1;
    if (innovation && innovation_end(loader) != 0)
        return -1;
    if (error_full(loader->error))
        loader->stop = true;
    return 0;
}

static int bind_list_word(struct loader *loader, struct schema_list *list,
                          const struct yaml_event *event)
{
    int why = event->kind == YAML_SCALAR ? value_reason(event) : UPTAKE_PRESENT;
    if (why != UPTAKE_PRESENT) {
        list->why = (int8_t)why;
        return 0;
    }
    bool row = event->kind == YAML_MAP && !list->scalars;
    error_at(loader->error, event->place, "%s: expected a list%s", *list->key ? list->key : "innovations",
             row ? "; begin each row with '- '" : ", such as [a, b]");
    return skip(loader, event);
}

static int bind_list(struct loader *loader, struct schema_list *list, const struct yaml_event *event)
{
    if (event->kind != YAML_LIST)
        return bind_list_word(loader, list, event);
    bool any = false;
    for (;;) {
        struct yaml_event item;
        if (next(loader, &item) != 0)
            return -1;
        if (item.kind == YAML_LIST_END)
            break;
        any = true;
        if (bind_row(loader, list, &item) != 0)
            return -1;
    }
    list->why = any ? UPTAKE_PRESENT : UPTAKE_NONE;
    return list->roles.follows >= 0 ? refs_follows(loader, list) : 0;
}

/* --- The file's own keys ----------------------------------------------------------------------- */

static int top_uptake(struct loader *loader, const struct yaml_event *event)
{
    char quoted[72];
    if (event->kind != YAML_SCALAR || strcmp(event->text, "1") != 0)
        error_at(loader->error, event->place, "uptake: found '%s'; this version reads format 1",
                 event->kind == YAML_SCALAR ? text_quote(quoted, event->text, event->bytes) : "a collection");
    return skip(loader, event);
}

static int top_text(struct loader *loader, const struct yaml_event *event)
{
    if (event->kind != YAML_SCALAR)
        error_at(loader->error, event->place, "expected a text");
    else if (!loader->title && event->bytes)
        loader->title = arena_text(loader->arena, event->text, event->bytes);
    return skip(loader, event);
}

static int top_note(struct loader *loader, const struct yaml_event *event)
{
    if (event->kind != YAML_SCALAR)
        error_at(loader->error, event->place, "note: expected a text");
    return skip(loader, event);
}

static int include_add(struct loader *loader, const struct yaml_event *event)
{
    if (event->kind != YAML_SCALAR || event->bytes == 0) {
        error_at(loader->error, event->place, "include: expected a file or a folder");
        return skip(loader, event);
    }
    char *folder = arena_text(loader->arena, loader->file, strlen(loader->file));
    if (!folder)
        return error_memory(loader->error);
    const char *path = event->text[0] == '/' ? arena_text(loader->arena, event->text, event->bytes)
                                             : arena_format(loader->arena, "%s/%s", dirname(folder), event->text);
    if (!path || buffer_append(&loader->includes, &path, sizeof path) != 0)
        return error_memory(loader->error);
    return 0;
}

static int top_include(struct loader *loader, const struct yaml_event *event)
{
    if (event->kind != YAML_LIST)
        return include_add(loader, event);
    for (;;) {
        struct yaml_event item;
        if (next(loader, &item) != 0)
            return -1;
        if (item.kind == YAML_LIST_END)
            return 0;
        if (include_add(loader, &item) != 0)
            return -1;
    }
}

static const char *const table_keys[] = {
    "into",   "csv",     "sqlite",     "query",   "innovation", "constants",  "columns", "where", "spread",
    "values", "periods", "missing", "suppressed", "rounded", "duplicates", "delimiter", "header",  "note",  NULL};

static void check_table(struct loader *loader, const struct tree *table)
{
    const struct tree *into = tree_get(table, "into");
    if (!into || into->kind != YAML_SCALAR)
        error_at(loader->error, table->place, "tables: a table needs 'into', a list or adopters");
    bool csv = tree_get(table, "csv"), sqlite = tree_get(table, "sqlite");
    if (csv == sqlite)
        error_at(loader->error, table->place, "tables: a table needs either 'csv', or 'sqlite' with 'query'");
    for (size_t k = 0; k < table->count; k++) {
        struct nearest nearest;
        char hint[96];
        size_t known = 0;
        nearest_start(&nearest, table->keys[k].text, table->keys[k].bytes);
        while (table_keys[known] && strcmp(table_keys[known], table->keys[k].text) != 0)
            nearest_offer(&nearest, table_keys[known++]);
        if (!table_keys[known])
            error_at(loader->error, table->keys[k].place, "unknown field '%.60s' in a table%s",
                     table->keys[k].text, nearest_hint(&nearest, hint));
    }
}

static int top_tables(struct loader *loader, const struct yaml_event *event)
{
    struct tree tree;
    struct arena arena = {0};
    if (!loader->options->check_only)
        error_at(loader->error, event->place,
                 "tables: not available in this version (check accepts them, run cannot read them yet)");
    int failed = tree_read(loader->yaml, event, &arena, &tree, loader->error);
    if (!failed && tree.kind != YAML_LIST)
        error_at(loader->error, event->place, "tables: expected a list of tables");
    for (size_t k = 0; !failed && tree.kind == YAML_LIST && k < tree.count; k++) {
        if (tree.values[k].kind == YAML_MAP)
            check_table(loader, &tree.values[k]);
        else
            error_at(loader->error, tree.values[k].place, "tables: expected {into: ..., csv: ...}");
    }
    arena_finish(&arena);
    return failed;
}

static const struct {
    const char *key;
    int (*bind)(struct loader *loader, const struct yaml_event *event);
} top_keys[] = {{"uptake", top_uptake},
                {"title", top_text},
                {"note", top_note},
                {"include", top_include},
                {"tables", top_tables}};

static int bind_top(struct loader *loader, struct schema_field *field, const struct yaml_event *event)
{
    if (field->shape == SHAPE_LIST) {
        if (strcmp(field->list->path, "/rules[]") == 0 && !loader->options->check_only &&
            event->kind == YAML_LIST)
            error_at(loader->error, event->place,
                     "rules: not available in this version (check accepts them, run cannot use them yet)");
        return bind_list(loader, field->list, event);
    }
    for (size_t k = 0; k < sizeof top_keys / sizeof *top_keys; k++)
        if (strcmp(top_keys[k].key, field->key) == 0)
            return top_keys[k].bind(loader, event);
    return skip(loader, event);
}

static int bind_file(struct loader *loader)
{
    struct yaml_event event, key;
    uint64_t stamp = ++loader->schema.stamps;
    bool format = false;
    if (next(loader, &event) != 0)
        return -1;
    struct place whole = {loader->file, 0, 0};
    if (event.kind == YAML_END)
        return error_at(loader->error, whole, "is empty; expected at least 'uptake: 1' and 'innovations:'");
    if (event.kind != YAML_MAP)
        return error_at(loader->error, event.place,
                        "expected a model: 'uptake: 1' and 'innovations:' at the top");
    for (;;) {
        if (next(loader, &key) != 0)
            return -1;
        if (key.kind == YAML_MAP_END)
            break;
        struct schema_field *field = schema_field(&loader->schema.top, key.text, key.bytes);
        if (!field) {
            if (unknown_key(loader, &loader->schema.top, &key) != 0)
                return -1;
            continue;
        }
        if (field->stamp == stamp)
            error_at(loader->error, key.place, "'%s' stands twice at the top", field->key);
        field->stamp = stamp;
        format |= strcmp(field->key, "uptake") == 0;
        if (next(loader, &event) != 0 || bind_top(loader, field, &event) != 0)
            return -1;
    }
    if (!format)
        error_at(loader->error, whole, "'uptake: 1' is missing (the format's number)");
    return next(loader, &event);
}

/* --- Files ------------------------------------------------------------------------------------- */

struct file_seen {
    dev_t device;
    ino_t inode;
};

static int seen_before(struct loader *loader, const char *path, bool *seen)
{
    struct stat about;
    *seen = false;
    if (stat(path, &about) != 0)
        return 0; /* opening it says why */
    const struct file_seen *files = (const struct file_seen *)(const void *)loader->files.data;
    for (size_t k = 0; k < loader->files.bytes / sizeof *files; k++)
        *seen |= files[k].device == about.st_dev && files[k].inode == about.st_ino;
    struct file_seen file = {about.st_dev, about.st_ino};
    return buffer_append(&loader->files, &file, sizeof file) == 0 ? 0 : error_memory(loader->error);
}

static int load_file(struct loader *loader, const char *path, const char *name)
{
    bool seen;
    if (seen_before(loader, path, &seen) != 0)
        return -1;
    if (seen)
        return error_add(loader->error, EXIT_INPUT, "%s: included twice", name);
    loader->file = name;
    if (yaml_open(&loader->yaml, path, name, loader->error) != 0)
        return -1;
    int failed = bind_file(loader);
    yaml_close(loader->yaml);
    loader->yaml = NULL;
    return failed;
}

static int is_yaml(const struct dirent *entry)
{
    const char *dot = strrchr(entry->d_name, '.');
    return dot && entry->d_name[0] != '.' && (strcmp(dot, ".yaml") == 0 || strcmp(dot, ".yml") == 0);
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static int load_folder(struct loader *loader, const char *path)
{
    struct dirent **entries = NULL;
    int count = scandir(path, &entries, is_yaml, by_name);
    if (count < 0)
        return error_errno(loader->error, "read the folder", path);
    int failed = 0;
    for (int k = 0; k < count; k++) {
        const char *name = failed ? NULL : arena_format(loader->arena, "%s/%s", path, entries[k]->d_name);
        if (!failed)
            failed = name ? load_file(loader, name, name) : error_memory(loader->error);
        free(entries[k]);
    }
    free(entries);
    return failed;
}

static int load_includes(struct loader *loader)
{
    for (size_t done = 0; done < loader->includes.bytes; done += sizeof(char *)) {
        const char *path;
        struct stat about;
        memcpy(&path, loader->includes.data + done, sizeof path);
        bool folder = stat(path, &about) == 0 && S_ISDIR(about.st_mode);
        if ((folder ? load_folder(loader, path) : load_file(loader, path, path)) != 0)
            return -1;
    }
    return 0;
}

static int load_files(struct loader *loader)
{
    loader->files.bytes = loader->includes.bytes = loader->pendings.bytes = 0;
    loader->innovation = loader->evidence_before = 0;
    refs_forget(loader);
    if (load_file(loader, loader->options->path, loader->options->name) != 0)
        return -1;
    return load_includes(loader);
}

/* --- The whole --------------------------------------------------------------------------------- */

/* Once more, now that every id is known: for the places of what dangles. Nothing is kept. */
static int load_again(struct loader *loader)
{
    loader->second = true;
    for (struct schema_list *list = loader->schema.lists; list; list = list->next)
        list->tables = NULL;
    schema_finish(&loader->schema);
    if (load_files(loader) == 0)
        refs_finish(loader);
    if (loader->error->count == 0)
        error_add(loader->error, EXIT_INPUT, "%s: changed while it was read", loader->options->name);
    return -1;
}

static int innovation_missing(struct loader *loader)
{
    struct nearest nearest;
    char hint[96];
    const char *wanted = loader->options->innovation;
    if (!wanted)
        return error_add(loader->error, EXIT_INPUT, "%s: has no innovations", loader->options->name);
    nearest_start(&nearest, wanted, strlen(wanted));
    for (size_t k = 0; k < loader->innovations.count; k++)
        if (loader->innovations.rows[k])
            nearest_offer(&nearest, pool_text(&loader->pool, (int32_t)k));
    return error_add(loader->error, EXIT_INPUT, "%s: has no innovation '%.60s'%s", loader->options->name,
                     wanted, nearest_hint(&nearest, hint));
}

static int start_offsets(struct loader *loader)
{
    int64_t zero = 0;
    for (uint32_t t = 0; t < loader->schema.n_tables; t++)
        if (loader->schema.tables[t]->parent &&
            buffer_append(&loader->schema.tables[t]->offsets, &zero, sizeof zero) != 0)
            return error_memory(loader->error);
    return 0;
}

static int load(struct loader *loader)
{
    loader->schema.arena = loader->arena;
    if (schema_build(&loader->schema, &loader->pool, loader->options->requests,
                     loader->options->n_requests, loader->error) != 0 ||
        start_offsets(loader) != 0)
        return -1;
    if (load_files(loader) != 0)
        return -1;
    int left = refs_finish(loader);
    if (left < 0 || loader->error->count)
        return -1;
    if (left > 0)
        return load_again(loader);
    if (loader->schema.tables[0]->rows == 0)
        return innovation_missing(loader);
    return model_freeze(loader, loader->model);
}

int model_load(const struct model_options *options, struct model *model, struct uptake_error *error)
{
    *model = (struct model){0};
    struct loader loader = {.options = options, .model = model, .error = error, .arena = &model->arena};
    int failed = load(&loader);
    if (loader.yaml)
        yaml_close(loader.yaml);
    refs_free(&loader);
    schema_finish(&loader.schema);
    pool_finish(&loader.pool);
    if (failed && error->count == 0)
        error_memory(error);
    if (failed)
        model_finish(model);
    return failed ? -1 : 0;
}
