/*
 * One file of a model from its first key to its last: the format's number, the title, what else to
 * read, and the part that this version only checks for shape (tables). Lists go to load.c.
 */
#include "model/load.h"

#include <errno.h>
#include <libgen.h>
#include <string.h>
#include <sys/stat.h>

#include "base/text.h"

/* --- The file's own keys ---------------------------------------------------------------------- */

static int top_uptake(struct loader *loader, const struct yaml_event *event)
{
    char quoted[72];
    if (event->kind != YAML_SCALAR)
        error_at(loader->error, event->place, "uptake: expected the number of the format, 1");
    else if (strcmp(event->text, "1") != 0)
        error_at(loader->error, event->place, "uptake: found '%s'; this version reads format 1",
                 text_quote(quoted, event->text, event->bytes));
    return load_skip(loader, event);
}

static int top_text(struct loader *loader, const struct yaml_event *event)
{
    if (event->kind != YAML_SCALAR)
        error_at(loader->error, event->place, "title: expected a text");
    else if (!loader->title && value_reason(event) == UPTAKE_PRESENT)
        loader->title = arena_text(loader->arena, event->text, event->bytes);
    return load_skip(loader, event);
}

static int top_note(struct loader *loader, const struct yaml_event *event)
{
    if (event->kind != YAML_SCALAR)
        error_at(loader->error, event->place, "note: expected a text");
    return load_skip(loader, event);
}

/* Beside the file that names it. */
static const char *beside(struct loader *loader, const char *file, const char *named)
{
    if (named[0] == '/')
        return arena_text(loader->arena, named, strlen(named));
    char *copy = arena_text(loader->arena, file, strlen(file));
    if (!copy)
        return NULL;
    const char *folder = dirname(copy);
    return strcmp(folder, ".") == 0 && file[0] != '.'
               ? arena_text(loader->arena, named, strlen(named))
               : arena_format(loader->arena, "%s/%s", folder, named);
}

static int include_add(struct loader *loader, const struct yaml_event *event)
{
    if (event->kind != YAML_SCALAR || event->bytes == 0) {
        error_at(loader->error, event->place, "include: expected a file or a folder");
        return load_skip(loader, event);
    }
    struct include include = {beside(loader, loader->path, event->text),
                              beside(loader, loader->file, event->text), event->place};
    struct stat about;
    if (!include.path || !include.name)
        return error_memory(loader->error);
    if (stat(include.path, &about) != 0) {
        error_at(loader->error, event->place, "include: cannot open '%.200s': %s", include.name,
                 strerror(errno));
        return 0;
    }
    if (buffer_append(&loader->includes, &include, sizeof include) != 0)
        return error_memory(loader->error);
    return 0;
}

static int top_include(struct loader *loader, const struct yaml_event *event)
{
    if (event->kind == YAML_SCALAR && value_reason(event) == UPTAKE_LEFT_OUT)
        return 0;
    if (event->kind != YAML_LIST)
        return include_add(loader, event);
    for (;;) {
        struct yaml_event item;
        if (load_next(loader, &item) != 0)
            return -1;
        if (item.kind == YAML_LIST_END)
            return 0;
        if (include_add(loader, &item) != 0)
            return -1;
    }
}

/* --- Tables: checked for shape ---------------------------------------------------------------- */

static const char *const table_keys[] = {
    "into",       "csv",       "sqlite", "query",   "innovation", "constants",  "columns",
    "where",      "spread",    "values", "periods", "missing",    "suppressed", "rounded",
    "duplicates", "delimiter", "header", "note",    NULL};

static void check_key(struct loader *loader, const char *const *known, const struct tree *key,
                      const char *where)
{
    char quoted[72], hint[96];
    struct nearest nearest;
    nearest_start(&nearest, key->text, key->bytes);
    for (; *known && strcmp(*known, key->text) != 0; known++)
        nearest_offer(&nearest, *known);
    if (!*known)
        error_at(loader->error, key->place, "unknown field '%s' in %s%s",
                 text_quote(quoted, key->text, key->bytes), where, nearest_hint(&nearest, hint));
}

/* "measurements", "adopters": a list of rows, of the innovations or of the portfolio. */
static void check_into(struct loader *loader, const struct tree *into)
{
    char quoted[72], hint[96];
    struct nearest nearest;
    nearest_start(&nearest, into->text, into->bytes);
    for (const struct schema_list *list = loader->schema.lists->next; list; list = list->next) {
        bool outer = !list->parent || list->parent == loader->schema.lists;
        if (list->scalars || !outer)
            continue;
        if (strcmp(list->key, into->text) == 0)
            return;
        nearest_offer(&nearest, list->key);
    }
    error_at(loader->error, into->place, "tables: there is no list '%s'%s",
             text_quote(quoted, into->text, into->bytes), nearest_hint(&nearest, hint));
}

static void check_table(struct loader *loader, const struct tree *table)
{
    const struct tree *into = tree_get(table, "into");
    if (!into || into->kind != YAML_SCALAR)
        error_at(loader->error, table->place, "tables: a table needs 'into', a list or adopters");
    else
        check_into(loader, into);
    bool csv = tree_get(table, "csv"), sqlite = tree_get(table, "sqlite");
    if (csv == sqlite)
        error_at(loader->error, table->place,
                 "tables: a table needs either 'csv', or 'sqlite' with 'query'");
    for (size_t k = 0; k < table->count; k++)
        check_key(loader, table_keys, &table->keys[k], "a table");
}

static int top_tables(struct loader *loader, const struct yaml_event *event)
{
    struct tree tree;
    struct arena arena = {0};
    if (event->kind == YAML_SCALAR && value_reason(event) != UPTAKE_PRESENT)
        return 0;
    if (!loader->options->check_only)
        error_at(
            loader->error, event->place,
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

/* --- A whole file ----------------------------------------------------------------------------- */

static const struct {
    const char *key;
    int (*bind)(struct loader *loader, const struct yaml_event *event);
} top_keys[] = {{"uptake", top_uptake},
                {"title", top_text},
                {"note", top_note},
                {"include", top_include},
                {"tables", top_tables}};

static int bind_top(struct loader *loader, struct schema_field *field,
                    const struct yaml_event *event)
{
    if (field->shape == SHAPE_LIST)
        return load_list(loader, field->list, event);
    for (size_t k = 0; k < sizeof top_keys / sizeof *top_keys; k++)
        if (strcmp(top_keys[k].key, field->key) == 0)
            return top_keys[k].bind(loader, event);
    return load_skip(loader, event);
}

/* Of the reading for rules alone: what else is wrong is the whole reading's to say. */
static int bind_rules_only(struct loader *loader, const struct yaml_event *key)
{
    struct yaml_event event;
    const struct schema_field *field = schema_field(&loader->schema.top, key->text, key->bytes);
    bool rules = field && field->shape == SHAPE_LIST && strcmp(field->key, "rules") == 0;
    bool include = field && strcmp(field->key, "include") == 0;
    if (load_next(loader, &event) != 0)
        return -1;
    return rules     ? load_list(loader, field->list, &event)
           : include ? top_include(loader, &event)
                     : load_skip(loader, &event);
}

static int bind_key(struct loader *loader, const struct yaml_event *key, uint64_t stamp)
{
    struct yaml_event event;
    struct schema_field *field = schema_field(&loader->schema.top, key->text, key->bytes);
    if (!field)
        return load_unknown(loader, &loader->schema.top, key);
    if (field->stamp == stamp)
        error_at(loader->error, key->place, "'%s' stands twice at the top", field->key);
    field->stamp = stamp;
    return load_next(loader, &event) == 0 ? bind_top(loader, field, &event) : -1;
}

int top_read(struct loader *loader)
{
    struct yaml_event event, key;
    uint64_t stamp = ++loader->schema.stamps;
    bool format = false;
    if (load_next(loader, &event) != 0)
        return -1;
    struct place whole = {loader->file, 0, 0};
    if (event.kind == YAML_END)
        return error_at(loader->error, whole,
                        "is empty; expected at least 'uptake: 1' and 'innovations:'");
    if (event.kind != YAML_MAP)
        return error_at(loader->error, event.place,
                        "expected a model: 'uptake: 1' and 'innovations:' at the top");
    for (;;) {
        if (load_next(loader, &key) != 0)
            return -1;
        if (key.kind == YAML_MAP_END)
            break;
        format |= strcmp(key.text, "uptake") == 0;
        if (loader->rules_only ? bind_rules_only(loader, &key) : bind_key(loader, &key, stamp))
            return -1;
    }
    if (!format && !loader->rules_only)
        error_at(loader->error, whole, "'uptake: 1' is missing (the format's number)");
    return load_next(loader, &event);
}
