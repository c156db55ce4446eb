/* Between schema.c (the vocabulary as a tree) and request.c (tables hung on it). */
#ifndef UPTAKE_MODEL_SCHEMA_INTERNAL_H
#define UPTAKE_MODEL_SCHEMA_INTERNAL_H

#include "model/schema.h"

enum { FIELD_ROOM = 64 }; /* columns of a table */

struct schema_field *schema_add_field(struct schema *schema, struct schema_map *map,
                                      const char *key, size_t bytes);
/* A mapping, or what has that name already. */
struct schema_field *schema_add_map(struct schema *schema, struct schema_map *map, const char *key,
                                    size_t bytes);
struct schema_field *schema_add_value(struct schema *schema, struct schema_list *list,
                                      struct schema_map *map, const char *key,
                                      const struct vocabulary_row *row);
/* A table of a list; its parent's children, and the list's tables, gain it. */
struct growing_table *schema_add_table(struct schema *schema, struct schema_list *list,
                                       struct growing_table *parent, const char *path,
                                       const char *filter_text);
/* The column of a field; NULL: the table has none. */
struct growing_column *schema_column(struct growing_table *table, const struct schema_field *field);
/* A column of a field, made where there is none yet. NULL: no memory, or no further room in the table. */
struct growing_column *schema_add_column(struct schema *schema, struct growing_table *table,
                                         struct schema_field *field, bool doubt);
/* The pair list of innovations and rules, which no file can fill: see MODEL_PAIRS. */
int schema_pairs(struct schema *schema, struct model_request *request, struct uptake_error *error);
/* Tables and columns of the requests; fields that a plugin declares beyond the vocabulary. */
int schema_requests(struct schema *schema, struct pool *pool, struct model_request *requests,
                    size_t n_requests, struct uptake_error *error);
/* One table's filter, read. */
int schema_filter(struct growing_table *table, struct pool *pool, struct uptake_error *error);
/* The tables' filters, once slots are settled. */
int schema_filters(struct schema *schema, struct pool *pool, struct uptake_error *error);

#endif
