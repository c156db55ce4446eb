/* Tables, and columns in them, hung on the vocabulary's tree as requests ask for them. */
#include <string.h>

#include "model/schema_internal.h"

struct growing_table *schema_add_table(struct schema *schema, struct schema_list *list,
                                       struct growing_table *parent, const char *path,
                                       const char *filter_text)
{
    struct growing_table *table = arena_alloc(schema->arena, sizeof *table);
    if (schema->n_tables == schema->room_tables) {
        uint32_t room = schema->room_tables ? schema->room_tables * 2 : 8;
        struct growing_table **tables =
            arena_array(schema->arena, room, sizeof(struct growing_table *));
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

struct growing_column *schema_column(struct growing_table *table, const struct schema_field *field)
{
    for (uint32_t c = 0; c < table->n_columns; c++)
        if (table->columns[c].slot == field->slot)
            return &table->columns[c];
    return NULL;
}

struct growing_column *schema_add_column(struct schema *schema, struct growing_table *table,
                                         struct schema_field *field, bool doubt)
{
    field->kept = true;
    struct growing_column *known = schema_column(table, field);
    if (known) {
        known->doubt |= doubt;
        return known;
    }
    if (!table->columns) {
        table->columns = arena_array(schema->arena, FIELD_ROOM, sizeof *table->columns);
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
