/*
 * What a run wants kept, as paths: "support[resource=time].provided", "/adopters[].region", "custom.cost",
 * "support[]". Each list on the way becomes a table (one a distinct filter), each leaf a column.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "model/schema_internal.h"

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
    if (walk->request->place.file)
        return error_at(walk->error, walk->request->place, "'%s': %s", walk->request->path, what);
    return error_add(walk->error, EXIT_INPUT, "%s reads '%s': %s", walk->request->wanted_by,
                     walk->request->path, what);
}

/* --- Tables ------------------------------------------------------------------------------------ */

static struct growing_table *table_of(const struct schema_list *list,
                                      const struct growing_table *parent, const char *filter_text)
{
    for (struct growing_table *table = list->tables; table; table = table->next_of_list)
        if (table->parent == parent && !table->hidden &&
            strcmp(table->filter_text, filter_text) == 0)
            return table;
    return NULL;
}

/* The innovations' evidence, whose rows stand behind the top level's. */
static struct schema_list *evidence_inside(const struct schema *schema)
{
    struct schema_list *list = schema->lists;
    while (list && strcmp(list->path, "evidence[]") != 0)
        list = list->next;
    return list;
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
        if (field && !schema_add_column(walk->schema, table, field, false))
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
    table = path ? schema_add_table(walk->schema, list, parent, path, filter_text) : NULL;
    if (!table || table_own_columns(walk, table) != 0)
        return NULL;
    if (strcmp(list->path, "/evidence[]") == 0) {
        struct schema_list *inside = evidence_inside(walk->schema);
        table->also =
            inside ? schema_add_table(walk->schema, inside, NULL, path, filter_text) : NULL;
        if (!table->also)
            return NULL;
        table->also->hidden = true;
    }
    return table;
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
    bool number = request->type == UPTAKE_NUMBER;
    struct vocabulary_row row = {
        .path = request->path,
        .type = request->type,
        .unit = request->unit ? request->unit : "",
        .min = number && !isnan(request->min) ? request->min : -UPTAKE_NO_LIMIT,
        .max = number && !isnan(request->max) ? request->max : UPTAKE_NO_LIMIT,
        .choices = request->choices,
        .doc = "declared by a plugin"};
    struct schema_list *inside = walk->table->also ? evidence_inside(walk->schema) : NULL;
    if (!copy || (inside && !schema_field(&inside->map, key, bytes) &&
                  !schema_add_value(walk->schema, inside, &inside->map, copy, &row)))
        return NULL;
    return schema_add_value(walk->schema, walk->list, walk->map, copy, &row);
}

static bool may_declare(const struct walk *walk, const char *key, size_t bytes)
{
    uint32_t type = walk->request->type;
    char hint[96];
    bool plain = type == UPTAKE_NUMBER || type == UPTAKE_TEXT || type == UPTAKE_FLAG ||
                 type == UPTAKE_DATE || (type == UPTAKE_CHOICE && walk->request->choices);
    return plain && walk->list && !walk->list->scalars &&
           (walk->map->lenient || *schema_hint(walk->map, key, bytes, hint) == 0);
}

static const char *type_name(uint32_t type)
{
    static const char *const names[] = {"",       "a number", "a choice", "a text", "a reference",
                                        "a date", "a flag",   "a list"};
    return type < sizeof names / sizeof *names ? names[type] : "something else";
}

static int check_field(const struct walk *walk, const struct schema_field *field)
{
    const struct model_request *request = walk->request;
    char what[256];
    if (request->type && field->row.type != request->type) {
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
    return 0;
}

/* A read's own range narrows the field, or, where it is of some rows only, what the table takes of it. */
static void narrow(const struct model_request *request, struct growing_table *table,
                   struct schema_field *field)
{
    bool lower =
        request->type == UPTAKE_NUMBER && request->min > field->row.min; /* NaN: no limit */
    bool upper = request->type == UPTAKE_NUMBER && request->max < field->row.max;
    bool some = false;
    for (const struct growing_table *of = table; of; of = of->parent)
        some |= *of->filter_text != 0;
    struct growing_column *column = schema_column(table, field);
    if ((!lower && !upper) || !column)
        return;
    if (!some) {
        field->row.min = lower ? request->min : field->row.min;
        field->row.max = upper ? request->max : field->row.max;
        field->wanted_by = request->wanted_by;
        return;
    }
    if (!column->wanted_by) {
        column->min = -UPTAKE_NO_LIMIT;
        column->max = UPTAKE_NO_LIMIT;
    }
    column->min = lower ? fmax(column->min, request->min) : column->min;
    column->max = upper ? fmin(column->max, request->max) : column->max;
    column->wanted_by = request->wanted_by;
}

static int no_column(const struct walk *walk, const struct growing_table *table)
{
    return table->n_columns == FIELD_ROOM
               ? refuse(walk, "more columns of one list than can be kept")
               : error_memory(walk->error);
}

/* A request that takes what is there: so it learns what that is. */
static void take_type(struct model_request *request, const struct schema_field *field)
{
    if (request->type)
        return;
    request->type = field->row.type;
    request->unit = field->row.unit;
    request->choices = field->row.choices;
    if (field->row.form == FORM_CONSTRUCT)
        request->choices =
            strcmp(field->key, "domain") == 0 ? construct_domains() : construct_names();
}

static int settle_leaf(struct walk *walk, struct model_request *request, struct schema_field *field)
{
    if (field->row.form == FORM_RATINGS || field->row.form == FORM_TREE)
        return refuse(walk, "it cannot be read; read what it is made into");
    if (check_field(walk, field) != 0)
        return -1;
    take_type(request, field);
    struct growing_table *table = walk->table;
    struct growing_column *column = schema_add_column(walk->schema, table, field, request->doubt);
    if (!column)
        return no_column(walk, table);
    narrow(request, table, field);
    struct schema_field *other = table->also ? field_named(table->also->list, field->key) : NULL;
    if (table->also && (!other || other->row.type != field->row.type))
        return refuse(walk, "the innovations' own evidence lacks it");
    if (other && !schema_add_column(walk->schema, table->also, other, request->doubt))
        return no_column(walk, table->also);
    if (other)
        narrow(request, table->also, other);
    if (field->row.target == TARGET_SAME_LIST &&
        !schema_add_column(walk->schema, table, field_named(table->list, "id"), false))
        return no_column(walk, table);
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
    if (field->shape == SHAPE_TOP)
        return refuse(walk, "it is the file's own, and no plugin's to read");
    if (field->shape != SHAPE_VALUE)
        return refuse(walk, "it is a group of fields; name one of them");
    return settle_leaf(walk, request, field);
}

static int list_itself(struct walk *walk, struct model_request *request)
{
    bool scalars = walk->list && walk->list->scalars;
    if (request->type == UPTAKE_LIST || (!request->type && !scalars)) {
        request->type = UPTAKE_LIST;
        walk->table->wants_why = true;
        request->table = walk->table->index;
        request->column = UINT32_MAX;
        return 0;
    }
    if (!scalars)
        return refuse(walk, "it is a list of rows; name one of their fields");
    return settle_leaf(walk, request, &walk->list->map.fields[0]);
}

/* Steps into a list: "support[resource=time]". *path ends behind the bracket and its point. */
static int step_list(struct walk *walk, const char *key, size_t bytes, const char **path)
{
    struct schema_field *field = schema_field(walk->map, key, bytes);
    if (!field)
        return unknown_step(walk, key, bytes);
    if (field->shape != SHAPE_LIST)
        return refuse(walk, "a '[' stands behind what is no list");
    const char *open = key + bytes;
    const char *close = strchr(open, ']');
    if (!close)
        return refuse(walk, "a '[' has no ']'");
    const char *filter = arena_text(walk->schema->arena, open + 1, (size_t)(close - open - 1));
    if (!filter)
        return error_memory(walk->error);
    if (close[1] != 0 && (close[1] != '.' || close[2] == 0))
        return refuse(walk, "expected a '.' and a field behind the ']'");
    walk->done = (size_t)(close + 1 - walk->request->path);
    walk->table = table_for(walk, field->list, filter);
    if (!walk->table)
        return error_memory(walk->error);
    if (walk->request->place.file) {
        walk->table->asked_at = walk->request->place;
        walk->table->wants_why = true;
    }
    walk->list = field->list;
    walk->map = &field->list->map;
    *path = close + 1 + (close[1] == '.');
    return 0;
}

/* Steps into a mapping: "commissioning.payback"; under `custom` into any. */
static int step_map(struct walk *walk, const char *key, size_t bytes)
{
    struct schema_field *field = schema_field(walk->map, key, bytes);
    if (!field && walk->map->lenient) {
        field = schema_add_map(walk->schema, walk->map, key, bytes);
        if (!field)
            return error_memory(walk->error);
        field->map->lenient = true;
    }
    if (!field)
        return unknown_step(walk, key, bytes);
    if (field->shape == SHAPE_LIST)
        return refuse(walk, "a list on the way has no [] behind it");
    if (field->shape != SHAPE_MAP && field->shape != SHAPE_CUSTOM)
        return refuse(walk, "a single value on the way has no fields");
    walk->map = field->map;
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
            return leaf(walk, request, path, bytes);
        } else {
            if (step_map(walk, path, bytes) != 0)
                return -1;
            path += bytes + 1;
        }
    }
}

int schema_requests(struct schema *schema, struct pool *pool, struct model_request *requests,
                    size_t n_requests, struct uptake_error *error)
{
    struct model_request none = {.path = "", .wanted_by = "uptake"};
    struct walk walk = {.schema = schema, .pool = pool, .request = &none, .error = error};
    struct growing_table *root = schema_add_table(schema, schema->lists, NULL, "", "");
    if (!root || !schema_add_column(schema, root, field_named(schema->lists, "id"), false) ||
        !schema_add_column(schema, root, field_named(schema->lists, "name"), false))
        return error_memory(error);
    int failed = 0;
    for (size_t k = 0; k < n_requests; k++) {
        walk.request = &requests[k];
        failed |= requests[k].type == UPTAKE_VERDICT ? schema_pairs(schema, &requests[k], error)
                                                     : walk_path(&walk, &requests[k]);
    }
    return failed;
}
