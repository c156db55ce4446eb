/* The compiled vocabulary: see schema.h. Rows become a tree here; requests become tables in request.c. */
#include "model/schema.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "model/schema_internal.h"

/* --- Fields ------------------------------------------------------------------------------------ */

static struct schema_field *field_slowly(struct schema_map *map, const char *key, size_t bytes)
{
    for (uint32_t k = 0; k < map->n_fields; k++)
        if (map->fields[k].key_bytes == bytes && memcmp(map->fields[k].key, key, bytes) == 0)
            return &map->fields[k];
    return NULL;
}

struct schema_field *schema_field(struct schema_map *map, const char *key, size_t bytes)
{
    if (!map->keys.slots)
        return field_slowly(map, key, bytes);
    int found = words_find(&map->keys, key, bytes);
    return found < 0 ? NULL : &map->fields[found];
}

const char *schema_hint(const struct schema_map *map, const char *key, size_t bytes, char text[96])
{
    struct nearest nearest;
    nearest_start(&nearest, key, bytes);
    for (uint32_t k = 0; k < map->n_fields; k++)
        if (!(map->fields[k].row.flags & FIELD_DERIVED))
            nearest_offer(&nearest, map->fields[k].key);
    return nearest_hint(&nearest, text);
}

struct schema_field *schema_add_field(struct schema *schema, struct schema_map *map,
                                      const char *key, size_t bytes)
{
    if (map->n_fields == map->room || !map->fields) {
        uint32_t room = map->room ? map->room * 2 : 8;
        struct schema_field *fields = arena_array(schema->arena, room, sizeof *fields);
        if (!fields)
            return NULL;
        if (map->n_fields && map->fields)
            memcpy(fields, map->fields, map->n_fields * sizeof *fields);
        map->fields = fields;
        map->room = room;
    }
    struct schema_field *field = &map->fields[map->n_fields];
    field->key = arena_text(schema->arena, key, bytes);
    field->key_bytes = bytes;
    field->label = field->key;
    if (!field->key)
        return NULL;
    map->n_fields++;
    return field;
}

static struct schema_list *add_list(struct schema *schema, struct schema_list *parent,
                                    const char *path, const char *key)
{
    struct schema_list *list = arena_alloc(schema->arena, sizeof *list);
    if (!list)
        return NULL;
    list->path = path;
    list->key = key;
    list->parent = parent;
    list->map.path = path;
    struct schema_list **end = &schema->lists;
    while (*end)
        end = &(*end)->next;
    *end = list;
    return list;
}

/* A step of a path: the key's bytes, and whether a list stands there. */
static size_t step(const char *path, bool *is_list, const char **rest)
{
    size_t bytes = strcspn(path, ".[");
    *is_list = path[bytes] == '[';
    *rest = path + bytes + (*is_list ? 2 : 0);
    if (**rest == '.')
        (*rest)++;
    return bytes;
}

static struct schema_field *enter_list(struct schema *schema, struct schema_list *parent,
                                       struct schema_map *map, const char *whole, const char *key,
                                       size_t bytes)
{
    struct schema_field *field = schema_field(map, key, bytes);
    if (field)
        return field;
    size_t until = (size_t)(key - whole) + bytes + 2;
    const char *path = arena_text(schema->arena, whole, until);
    field = path ? schema_add_field(schema, map, key, bytes) : NULL;
    if (!field)
        return NULL;
    field->shape = SHAPE_LIST;
    field->list = add_list(schema, parent, path, field->key);
    return field->list ? field : NULL;
}

struct schema_field *schema_add_map(struct schema *schema, struct schema_map *map, const char *key,
                                    size_t bytes)
{
    struct schema_field *field = schema_field(map, key, bytes);
    if (field)
        return field;
    field = schema_add_field(schema, map, key, bytes);
    struct schema_map *inner = field ? arena_alloc(schema->arena, sizeof *inner) : NULL;
    if (!inner)
        return NULL;
    inner->path = field->key;
    field->shape = SHAPE_MAP;
    field->map = inner;
    return field;
}

struct schema_field *schema_add_value(struct schema *schema, struct schema_list *list,
                                      struct schema_map *map, const char *key,
                                      const struct vocabulary_row *row)
{
    struct schema_field *field = list ? schema_add_field(schema, map, key, strlen(key)) : NULL;
    if (!field)
        return NULL;
    field->shape = SHAPE_VALUE;
    field->row = *row;
    field->slot = list->n_slots++;
    field->kept = row->flags & FIELD_COMPARED;
    return field;
}

static int add_row(struct schema *schema, const struct vocabulary_row *row)
{
    bool portfolio = row->path[0] == '/';
    struct schema_list *list = portfolio ? NULL : schema->lists;
    struct schema_map *map = portfolio ? &schema->top : &schema->lists->map;
    const char *path = row->path + portfolio;
    for (;;) {
        bool is_list;
        const char *rest;
        size_t bytes = step(path, &is_list, &rest);
        if (*rest == 0)
            return schema_add_value(schema, list, map, path, row) ? 0 : -1;
        struct schema_field *field = is_list ? enter_list(schema, list, map, row->path, path, bytes)
                                             : schema_add_map(schema, map, path, bytes);
        if (!field || (is_list ? !field->list : !field->map))
            return -1;
        list = is_list ? field->list : list;
        map = is_list ? &field->list->map : field->map;
        path = rest;
    }
}

/* --- What every list has ----------------------------------------------------------------------- */

static int add_notes(struct schema *schema, struct schema_list *list, struct schema_map *map)
{
    static const struct vocabulary_row note = {
        "note", UPTAKE_TEXT, 0, "", 0, 0, NULL, TARGET_NONE, FORM_PLAIN, "anything worth saying"};
    for (uint32_t k = 0; k < map->n_fields; k++)
        if (map->fields[k].shape == SHAPE_MAP && add_notes(schema, list, map->fields[k].map) != 0)
            return -1;
    return schema_add_value(schema, list, map, "note", &note) ? 0 : -1;
}

struct role_row {
    const char *key;
    size_t offset;
};
#define ROLE(key, member)                                                                          \
    {                                                                                              \
        key, offsetof(struct schema_roles, member)                                                 \
    }
static const struct role_row role_rows[] = {ROLE("id", id),
                                            ROLE("period", period),
                                            ROLE("date", reading),
                                            ROLE("basis", basis),
                                            ROLE("holds", holds),
                                            ROLE("framework", framework),
                                            ROLE("construct", construct),
                                            ROLE("domain", domain),
                                            ROLE("value", value),
                                            ROLE("ratings", ratings),
                                            ROLE("state", state),
                                            ROLE("resource", resource),
                                            ROLE("unit", unit),
                                            ROLE("needed", needed),
                                            ROLE("provided", provided),
                                            ROLE("met", met),
                                            ROLE("adopter", adopter),
                                            ROLE("adopted", adopted),
                                            ROLE("stopped", stopped),
                                            ROLE("status", status),
                                            ROLE("opened", opened),
                                            ROLE("closed", closed),
                                            ROLE("merged", merged),
                                            ROLE("metric", metric),
                                            ROLE("group", group),
                                            ROLE("level", level),
                                            ROLE("scale", scale),
                                            ROLE("because", because),
                                            ROLE("follows", follows),
                                            ROLE("starts", starts),
                                            ROLE("ends", ends)};

/* Of the vocabulary's fields only: one that a plugin declares may have such a name, and be something else. */
static void find_roles(struct schema_list *list)
{
    for (size_t k = 0; k < sizeof role_rows / sizeof *role_rows; k++) {
        int *role = (int *)(void *)((char *)&list->roles + role_rows[k].offset);
        *role = -1;
        for (uint32_t f = 0; f < list->map.n_fields; f++)
            if (list->map.fields[f].shape == SHAPE_VALUE &&
                strcmp(list->map.fields[f].key, role_rows[k].key) == 0)
                *role = (int)list->map.fields[f].slot;
    }
    for (uint32_t f = 0; f < list->map.n_fields; f++)
        if (list->map.fields[f].shape == SHAPE_LIST &&
            strcmp(list->map.fields[f].key, "evidence") == 0)
            list->evidence = list->map.fields[f].list;
}

static void index_slots(struct schema_list *list, struct schema_map *map)
{
    for (uint32_t k = 0; k < map->n_fields; k++) {
        struct schema_field *field = &map->fields[k];
        if (field->shape == SHAPE_VALUE) {
            list->by_slot[field->slot] = field;
            list->slot_flags[field->slot] = (uint16_t)field->row.flags;
            list->flags |= field->row.flags;
        } else if (field->shape == SHAPE_MAP || field->shape == SHAPE_CUSTOM)
            index_slots(list, field->map);
    }
}

/* What every row's end looks at, so that it looks at nothing else. */
static void gather_slots(struct schema_list *list)
{
    for (uint32_t slot = 0; slot < list->n_slots; slot++) {
        if (list->slot_flags[slot] & FIELD_REQUIRED)
            list->required[list->n_required++] = (uint16_t)slot;
        if (list->slot_flags[slot] & FIELD_DATED)
            list->dated[list->n_dated++] = (uint16_t)slot;
    }
}

static int find_choices(struct schema *schema, struct schema_field *field)
{
    size_t count = 0;
    if (field->shape != SHAPE_VALUE || !field->row.choices)
        return 0;
    while (field->row.choices[count])
        count++;
    return words_make(&field->choices, schema->arena, field->row.choices, count);
}

/* The tree is whole: its keys and choices get what makes looking them up quick. */
static int finish_map(struct schema *schema, struct schema_map *map)
{
    const char **keys = arena_array(schema->arena, map->n_fields + 1, sizeof(const char *));
    if (!keys)
        return -1;
    for (uint32_t k = 0; k < map->n_fields; k++) {
        struct schema_field *field = &map->fields[k];
        keys[k] = field->key;
        bool inner = field->shape == SHAPE_MAP || field->shape == SHAPE_CUSTOM;
        if (find_choices(schema, field) != 0 || (inner && finish_map(schema, field->map) != 0))
            return -1;
    }
    return words_make(&map->keys, schema->arena, keys, map->n_fields);
}

static int finish_lists(struct schema *schema)
{
    if (finish_map(schema, &schema->top) != 0)
        return -1;
    for (struct schema_list *list = schema->lists; list; list = list->next) {
        list->cells = arena_array(schema->arena, list->n_slots, sizeof *list->cells);
        list->by_slot = arena_array(schema->arena, list->n_slots, sizeof(struct schema_field *));
        list->slot_flags = arena_array(schema->arena, list->n_slots, sizeof *list->slot_flags);
        list->required = arena_array(schema->arena, list->n_slots, sizeof *list->required);
        list->dated = arena_array(schema->arena, list->n_slots, sizeof *list->dated);
        if (!list->cells || !list->by_slot || !list->slot_flags || !list->required ||
            !list->dated || finish_map(schema, &list->map) != 0)
            return -1;
        index_slots(list, &list->map);
        gather_slots(list);
        if (list->parent) {
            list->beside = list->parent->inner;
            list->parent->inner = list;
        }
    }
    return 0;
}

static int add_custom(struct schema *schema)
{
    struct schema_field *field = schema_add_map(schema, &schema->lists->map, "custom", 6);
    if (!field)
        return -1;
    field->shape = SHAPE_CUSTOM;
    field->map->lenient = true;
    return 0;
}

/* Keys of the file itself; load.c has a function for each. */
static int add_top(struct schema *schema)
{
    static const char *const keys[] = {"uptake", "title", "note", "include", "tables"};
    for (size_t k = 0; k < sizeof keys / sizeof *keys; k++) {
        struct schema_field *field =
            schema_add_field(schema, &schema->top, keys[k], strlen(keys[k]));
        if (!field)
            return -1;
        field->shape = SHAPE_TOP;
    }
    struct schema_field *field = schema_add_field(schema, &schema->top, "innovations", 11);
    if (!field)
        return -1;
    field->shape = SHAPE_LIST;
    field->list = schema->lists;
    return 0;
}

static int add_vocabulary(struct schema *schema)
{
    schema->lists = arena_alloc(schema->arena, sizeof *schema->lists);
    if (!schema->lists)
        return -1;
    schema->lists->path = schema->lists->key = schema->lists->map.path = "";
    schema->top.path = "the model";
    size_t count;
    const struct vocabulary_row *rows = vocabulary_rows(&count);
    for (size_t k = 0; k < count; k++)
        if (add_row(schema, &rows[k]) != 0)
            return -1;
    for (struct schema_list *list = schema->lists; list; list = list->next) {
        list->scalars = list->map.n_fields == 1 && strcmp(list->map.fields[0].key, "value") == 0;
        if (!list->scalars && add_notes(schema, list, &list->map) != 0)
            return -1;
        if (list->scalars)
            list->map.fields[0].label = list->key;
        find_roles(list);
    }
    return add_custom(schema) == 0 && add_top(schema) == 0 ? 0 : -1;
}

int schema_build(struct schema *schema, struct pool *pool, struct model_request *requests,
                 size_t n_requests, struct uptake_error *error)
{
    if (add_vocabulary(schema) != 0)
        return error_memory(error);
    int failed = schema_requests(schema, pool, requests, n_requests, error);
    if (finish_lists(schema) != 0)
        return error_memory(error);
    return schema_filters(schema, pool, error) != 0 ? -1 : failed;
}

static void table_finish(struct growing_table *table)
{
    buffer_finish(&table->offsets);
    buffer_finish(&table->why);
    buffer_finish(&table->basis);
    for (uint32_t c = 0; c < table->n_columns; c++) {
        buffer_finish(&table->columns[c].values);
        buffer_finish(&table->columns[c].doubts);
    }
}

void schema_finish(struct schema *schema)
{
    for (uint32_t k = 0; k < schema->n_tables; k++)
        table_finish(schema->tables[k]);
    schema->n_tables = 0;
}
