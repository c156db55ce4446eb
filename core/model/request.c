/*
 * What a run wants kept, as paths: "support[resource=time].provided", "/adopters[].region", "custom.cost",
 * "support[]". Each list on the way becomes a table (one a distinct filter), each leaf a column.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "model/schema_internal.h"

enum { FIELD_ROOM = 64 };

/* Where a path has got to. */
struct walk {
    struct schema *schema;
    struct pool *pool;
    const struct model_request *request;
    struct uptake_error *error;
    struct schema_list *list;
    struct schema_map *map;
    struct growing_table *table;
    size_t done; /* bytes of the path walked, for the tables' paths */
};

static int refuse(const struct walk *walk, const char *what)
{
    return error_add(walk->error, EXIT_INPUT, "%s reads '%s': %s", walk->request->wanted_by,
                     walk->request->path, what);
}

/* --- Tables ------------------------------------------------------------------------------------ */

static struct growing_table *table_of(const struct schema_list *list, const struct growing_table *parent,
                                      const char *filter_text)
{
    for (struct growing_table *table = list->tables; table; table = table->next_of_list)
        if (table->parent == parent && !table->hidden && strcmp(table->filter_text, filter_text) == 0)
            return table;
    return NULL;
}

static struct growing_table *table_add(struct walk *walk, struct schema_list *list,
                                       struct growing_table *parent, const char *path,
                                       const char *filter_text)
{
    struct schema *schema = walk->schema;
    struct growing_table *table = arena_alloc(schema->arena, sizeof *table);
    if (schema->n_tables == schema->room_tables) {
        uint32_t room = schema->room_tables ? schema->room_tables * 2 : 8;
        struct growing_table **tables = arena_array(schema->arena, room, sizeof(struct growing_table *));
        if (!tables)
            return NULL;
        if (schema->n_tables)
            memcpy(tables, schema->tables, schema->n_tables * sizeof(struct growing_table *));
        schema->tables = tables;
        schema->room_tables = room;
    }
    if (!table)
        return NULL;
    table->path = path;
    table->list = list;
    table->parent = parent;
    table->filter_text = filter_text;
    table->next_of_list = list->tables;
    list->tables = table;
    if (parent) {
        table->sibling = parent->children;
        parent->children = table;
    }
    table->index = schema->n_tables;
    schema->tables[schema->n_tables++] = table;
    return table;
}

/* A column of a field, made where there is none yet. */
static struct growing_column *column_of(struct walk *walk, struct growing_table *table,
                                        struct schema_field *field, bool doubt)
{
    field->kept = true;
    for (uint32_t c = 0; c < table->n_columns; c++)
        if (table->columns[c].slot == field->slot) {
            table->columns[c].doubt |= doubt;
            return &table->columns[c];
        }
    if (!table->columns) {
        table->columns = arena_array(walk->schema->arena, FIELD_ROOM, sizeof *table->columns);
        if (!table->columns)
            return NULL;
    }
    if (table->n_columns == FIELD_ROOM)
        return NULL;
    struct growing_column *column = &table->columns[table->n_columns++];
    *column = (struct growing_column){.list = table->list,
                                      .slot = field->slot,
                                      .type = field->row.type,
                                      .doubt = doubt,
                                      .target = field->row.target};
    return column;
}

static struct schema_field *field_named(struct schema_list *list, const char *key)
{
    struct schema_field *field = schema_field(&list->map, key, strlen(key));
    return field && field->shape == SHAPE_VALUE ? field : NULL;
}

/* What the host itself wants of every table: because, and ids where rows are referred to. */
static int table_own_columns(struct walk *walk, struct growing_table *table)
{
    static const char *const own[] = {"because", NULL};
    for (size_t k = 0; own[k]; k++) {
        struct schema_field *field = field_named(table->list, own[k]);
        if (field && !column_of(walk, table, field, false))
            return -1;
    }
    return 0;
}

/* The table of a list on the way; the top level's evidence takes the innovations' rows along. */
static struct growing_table *table_for(struct walk *walk, struct schema_list *list,
                                       const char *filter_text)
{
    struct growing_table *parent = list->parent ? walk->table : NULL;
    struct growing_table *table = table_of(list, parent, filter_text);
    if (table)
        return table;
    const char *path = arena_text(walk->schema->arena, walk->request->path, walk->done);
    table = path ? table_add(walk, list, parent, path, filter_text) : NULL;
    if (!table || table_own_columns(walk, table) != 0)
        return NULL;
    if (strcmp(list->path, "/evidence[]") == 0) {
        for (struct schema_list *other = walk->schema->lists; other; other = other->next)
            if (strcmp(other->path, "evidence[]") == 0)
                table->also = table_add(walk, other, NULL, path, filter_text);
        if (!table->also)
            return NULL;
        table->also->hidden = true;
    }
    return table;
}

/* --- Filters ----------------------------------------------------------------------------------- */

static const struct {
    const char *sign;
    enum filter_op op;
} filter_signs[] = {{"<=", FILTER_AT_MOST}, {">=", FILTER_AT_LEAST}, {"!=", FILTER_IS_NOT},
                    {"<", FILTER_BELOW},    {">", FILTER_ABOVE},     {"=", FILTER_IS}};

static int filter_value(struct row_filter *filter, struct pool *pool, const char *value, size_t bytes,
                        struct uptake_error *error, const char *path)
{
    const struct vocabulary_row *row = &filter->field->row;
    char quoted[72];
    if (row->type == UPTAKE_NUMBER) {
        if (number_parse(value, bytes, &filter->number))
            return 0;
        return error_add(error, EXIT_INPUT, "'%s': expected a number, found '%s'", path,
                         text_quote(quoted, value, bytes));
    }
    if (row->type == UPTAKE_CHOICE && row->choices) {
        struct nearest nearest;
        char hint[96];
        nearest_start(&nearest, value, bytes);
        for (int k = 0; row->choices[k]; k++) {
            if (strlen(row->choices[k]) == bytes && memcmp(row->choices[k], value, bytes) == 0) {
                filter->code = k;
                return 0;
            }
            nearest_offer(&nearest, row->choices[k]);
        }
        return error_add(error, EXIT_INPUT, "'%s': '%s' has no choice '%s'%s", path, filter->field->key,
                         text_quote(quoted, value, bytes), nearest_hint(&nearest, hint));
    }
    if (row->type == UPTAKE_FLAG) {
        filter->code = bytes == 4 && memcmp(value, "true", 4) == 0;
        return 0;
    }
    if (row->type == UPTAKE_TEXT || row->type == UPTAKE_REF) {
        filter->code = pool_add(pool, value, bytes);
        filter->field->kept = true;
        return filter->code < 0 ? error_memory(error) : 0;
    }
    return error_add(error, EXIT_INPUT, "'%s': '%s' cannot be filtered by", path, filter->field->key);
}

static int filter_bind(struct growing_table *table, struct pool *pool, const char *text, size_t bytes,
                       struct uptake_error *error)
{
    if (table->n_filters == sizeof table->filters / sizeof *table->filters)
        return error_add(error, EXIT_INPUT, "'%s': more than 4 conditions", table->path);
    size_t key = strcspn(text, "<>!=");
    size_t sign = 0;
    while (sign < 6 && (key >= bytes || strncmp(text + key, filter_signs[sign].sign,
                                                strlen(filter_signs[sign].sign)) != 0))
        sign++;
    if (sign == 6)
        return error_add(error, EXIT_INPUT, "'%s': expected FIELD=VALUE between the brackets", table->path);
    struct schema_field *field = schema_field(&table->list->map, text, key);
    char hint[96], quoted[72];
    if (!field || field->shape != SHAPE_VALUE)
        return error_add(error, EXIT_INPUT, "'%s': %s has no field '%s'%s", table->path,
                         table->list->path, text_quote(quoted, text, key),
                         schema_hint(&table->list->map, text, key, hint));
    struct row_filter *filter = &table->filters[table->n_filters++];
    filter->field = field;
    filter->op = filter_signs[sign].op;
    size_t skip = key + strlen(filter_signs[sign].sign);
    return filter_value(filter, pool, text + skip, bytes - skip, error, table->path);
}

int schema_filters(struct schema *schema, struct pool *pool, struct uptake_error *error)
{
    for (uint32_t t = 0; t < schema->n_tables; t++) {
        const char *text = schema->tables[t]->filter_text;
        while (*text) {
            text += strspn(text, ", ");
            size_t bytes = strcspn(text, ",");
            size_t end = bytes;
            while (end && text[end - 1] == ' ')
                end--;
            if (end && filter_bind(schema->tables[t], pool, text, end, error) != 0)
                return -1;
            text += bytes;
        }
    }
    return 0;
}

/* --- Paths ------------------------------------------------------------------------------------- */

static int unknown_step(const struct walk *walk, const char *key, size_t bytes)
{
    char quoted[72], hint[96], what[256];
    snprintf(what, sizeof what, "there is no '%s'%s%s%s", text_quote(quoted, key, bytes),
             *walk->map->path ? " in " : "", walk->map->path,
             schema_hint(walk->map, key, bytes, hint));
    return refuse(walk, what);
}

/* A field that a plugin declares beyond the vocabulary, or a user's own under custom. */
static struct schema_field *declare(struct walk *walk, const char *key, size_t bytes)
{
    const struct model_request *request = walk->request;
    const char *copy = arena_text(walk->schema->arena, key, bytes);
    bool bounded = request->type == UPTAKE_NUMBER && !isnan(request->min);
    struct vocabulary_row row = {.path = request->path,
                                 .type = request->type,
                                 .unit = request->unit ? request->unit : "",
                                 .min = bounded ? request->min : -UPTAKE_NO_LIMIT,
                                 .max = bounded ? request->max : UPTAKE_NO_LIMIT,
                                 .choices = request->choices,
                                 .doc = "declared by a plugin"};
    return copy ? schema_add_value(walk->schema, walk->list, walk->map, copy, &row) : NULL;
}

static bool may_declare(const struct walk *walk, const char *key, size_t bytes)
{
    uint32_t type = walk->request->type;
    char hint[96];
    bool plain = type == UPTAKE_NUMBER || type == UPTAKE_TEXT || type == UPTAKE_FLAG ||
                 type == UPTAKE_DATE || (type == UPTAKE_CHOICE && walk->request->choices);
    return plain && walk->list &&
           (walk->map->lenient || *schema_hint(walk->map, key, bytes, hint) == 0);
}

static const char *type_name(uint32_t type)
{
    static const char *const names[] = {"",     "a number", "a choice", "a text",
                                        "a reference", "a date",   "a flag",   "a list"};
    return type < sizeof names / sizeof *names ? names[type] : "something else";
}

static int narrow(const struct walk *walk, struct schema_field *field)
{
    const struct model_request *request = walk->request;
    char what[256];
    if (field->row.type != request->type) {
        snprintf(what, sizeof what, "it is %s, not %s", type_name(field->row.type),
                 type_name(request->type));
        return refuse(walk, what);
    }
    if (request->type != UPTAKE_NUMBER)
        return 0;
    if (request->unit && *request->unit && strcmp(field->row.unit, "row") != 0 &&
        *field->row.unit && strcmp(field->row.unit, request->unit) != 0) {
        snprintf(what, sizeof what, "its unit is %.60s, not %.60s", field->row.unit, request->unit);
        return refuse(walk, what);
    }
    if (!isnan(request->min) && request->min > field->row.min) {
        field->row.min = request->min;
        field->wanted_by = request->wanted_by;
    }
    if (!isnan(request->max) && request->max < field->row.max) {
        field->row.max = request->max;
        field->wanted_by = request->wanted_by;
    }
    return 0;
}

static int settle_leaf(struct walk *walk, struct model_request *request, struct schema_field *field)
{
    if (field->row.form == FORM_RATINGS || field->row.form == FORM_TREE)
        return refuse(walk, "it cannot be read; read what it is made into");
    if (narrow(walk, field) != 0)
        return -1;
    struct growing_table *table = walk->table;
    struct growing_column *column = column_of(walk, table, field, request->doubt);
    if (!column)
        return refuse(walk, "more columns of one list than can be kept");
    if (table->also && !column_of(walk, table->also, field_named(table->also->list, field->key),
                                  request->doubt))
        return error_memory(walk->error);
    if (field->row.target == TARGET_SAME_LIST &&
        !column_of(walk, table, field_named(table->list, "id"), false))
        return error_memory(walk->error);
    request->table = table->index;
    request->column = (uint32_t)(column - table->columns);
    return 0;
}

static int leaf(struct walk *walk, struct model_request *request, const char *key, size_t bytes)
{
    struct schema_field *field = schema_field(walk->map, key, bytes);
    if (!field && may_declare(walk, key, bytes)) {
        field = declare(walk, key, bytes);
        if (!field)
            return error_memory(walk->error);
    }
    if (!field)
        return unknown_step(walk, key, bytes);
    if (field->shape == SHAPE_LIST)
        return refuse(walk, "it is a list; put [] behind it");
    if (field->shape != SHAPE_VALUE)
        return refuse(walk, "it is a group of fields; name one of them");
    return settle_leaf(walk, request, field);
}

static int list_itself(struct walk *walk, struct model_request *request)
{
    if (request->type == UPTAKE_LIST) {
        walk->table->wants_why = true;
        request->table = walk->table->index;
        request->column = UINT32_MAX;
        return 0;
    }
    if (!walk->list->scalars)
        return refuse(walk, "it is a list of rows; name one of their fields");
    return settle_leaf(walk, request, &walk->list->map.fields[0]);
}

/* Steps into a list: "support[resource=time]". *path ends behind the bracket and its point. */
static int step_list(struct walk *walk, const char *key, size_t bytes, const char **path)
{
    struct schema_field *field = schema_field(walk->map, key, bytes);
    if (!field || field->shape != SHAPE_LIST)
        return unknown_step(walk, key, bytes);
    const char *open = key + bytes;
    const char *close = strchr(open, ']');
    if (!close)
        return refuse(walk, "a '[' has no ']'");
    const char *filter = arena_text(walk->schema->arena, open + 1, (size_t)(close - open - 1));
    if (!filter)
        return error_memory(walk->error);
    walk->done = (size_t)(close + 1 - walk->request->path);
    walk->table = table_for(walk, field->list, filter);
    if (!walk->table)
        return error_memory(walk->error);
    walk->list = field->list;
    walk->map = &field->list->map;
    *path = close + 1 + (close[1] == '.');
    return 0;
}

static int walk_path(struct walk *walk, struct model_request *request)
{
    const char *path = request->path;
    walk->list = walk->schema->lists;
    walk->map = &walk->list->map;
    walk->table = walk->schema->tables[0];
    if (*path == '/') {
        path++;
        walk->list = NULL;
        walk->map = &walk->schema->top;
    }
    for (;;) {
        size_t bytes = strcspn(path, ".[");
        if (bytes == 0)
            return refuse(walk, "an empty name in the path");
        if (path[bytes] == '[') {
            if (step_list(walk, path, bytes, &path) != 0)
                return -1;
            if (*path == 0)
                return list_itself(walk, request);
        } else if (path[bytes] == 0) {
            return walk->list ? leaf(walk, request, path, bytes) : unknown_step(walk, path, bytes);
        } else {
            struct schema_field *field = schema_field(walk->map, path, bytes);
            if (!field || (field->shape != SHAPE_MAP && field->shape != SHAPE_CUSTOM))
                return unknown_step(walk, path, bytes);
            walk->map = field->map;
            path += bytes + 1;
        }
    }
}

int schema_requests(struct schema *schema, struct pool *pool, struct model_request *requests,
                    size_t n_requests, struct uptake_error *error)
{
    struct model_request none = {.path = "", .wanted_by = "uptake"};
    struct walk walk = {.schema = schema, .pool = pool, .request = &none, .error = error};
    struct growing_table *root = table_add(&walk, schema->lists, NULL, "", "");
    if (!root || !column_of(&walk, root, field_named(schema->lists, "id"), false) ||
        !column_of(&walk, root, field_named(schema->lists, "name"), false))
        return error_memory(error);
    int failed = 0;
    for (size_t k = 0; k < n_requests; k++) {
        walk.request = &requests[k];
        failed |= walk_path(&walk, &requests[k]);
    }
    return failed;
}
