/*
 * Filters of a table: "resource=time, needed>=2" read once, and then held against each row in the
 * making.
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "model/load.h"
#include "model/schema_internal.h"

/* --- Reading ---------------------------------------------------------------------------------- */

static const struct {
    const char *sign;
    enum filter_op op;
} filter_signs[] = {{"<=", FILTER_AT_MOST}, {">=", FILTER_AT_LEAST}, {"!=", FILTER_IS_NOT},
                    {"<", FILTER_BELOW},    {">", FILTER_ABOVE},     {"=", FILTER_IS}};

__attribute__((format(printf, 3, 4))) static int
refuse(const struct growing_table *table, struct uptake_error *error, const char *format, ...)
{
    char text[400];
    va_list values;
    va_start(values, format);
    vsnprintf(text, sizeof text, format, values);
    va_end(values);
    return table->asked_at.file ? error_at(error, table->asked_at, "'%s': %s", table->path, text)
                                : error_add(error, EXIT_INPUT, "'%s': %s", table->path, text);
}

static bool is_word(const char *text, size_t bytes, const char *word)
{
    return strlen(word) == bytes && memcmp(text, word, bytes) == 0;
}

/* One of several words: its code. */
static int filter_word(const struct growing_table *table, struct row_filter *filter,
                       const char *const *choices, const char *value, size_t bytes,
                       struct uptake_error *error)
{
    struct nearest nearest;
    char quoted[72], hint[96];
    nearest_start(&nearest, value, bytes);
    for (int k = 0; choices[k]; k++) {
        if (is_word(value, bytes, choices[k])) {
            filter->code = k;
            return 0;
        }
        nearest_offer(&nearest, choices[k]);
    }
    return refuse(table, error, "'%s' has no choice '%s'%s", filter->field->key,
                  text_quote(quoted, value, bytes), nearest_hint(&nearest, hint));
}

static int filter_value(const struct growing_table *table, struct row_filter *filter,
                        struct pool *pool, const char *value, size_t bytes,
                        struct uptake_error *error)
{
    const struct vocabulary_row *row = &filter->field->row;
    char quoted[72];
    if (row->type == UPTAKE_NUMBER) {
        if (number_parse(value, bytes, &filter->number))
            return 0;
        return refuse(table, error, "expected a number, found '%s'",
                      text_quote(quoted, value, bytes));
    }
    if (row->type == UPTAKE_CHOICE && row->form == FORM_CONSTRUCT) {
        filter->names =
            strcmp(filter->field->key, "domain") == 0 ? construct_domains() : construct_names();
        return filter_word(table, filter, filter->names, value, bytes, error);
    }
    if (row->type == UPTAKE_CHOICE && row->choices)
        return filter_word(table, filter, row->choices, value, bytes, error);
    if (row->type == UPTAKE_FLAG && is_word(value, bytes, "true")) {
        filter->code = 1;
        return 0;
    }
    if (row->type == UPTAKE_FLAG && is_word(value, bytes, "false"))
        return 0;
    if (row->type == UPTAKE_FLAG)
        return refuse(table, error, "expected true or false, found '%s'",
                      text_quote(quoted, value, bytes));
    if (row->type == UPTAKE_TEXT || row->type == UPTAKE_REF) {
        filter->code = pool_add(pool, value, bytes);
        filter->field->kept = true;
        return filter->code < 0 ? error_memory(error) : 0;
    }
    return refuse(table, error, "'%s' cannot be filtered by", filter->field->key);
}

static int filter_bind(struct growing_table *table, struct pool *pool, const char *text,
                       size_t bytes, struct uptake_error *error)
{
    if (table->n_filters == sizeof table->filters / sizeof *table->filters)
        return refuse(table, error, "more than 4 conditions");
    size_t key = strcspn(text, "<>!=");
    size_t sign = 0;
    while (sign < 6 && (key >= bytes || strncmp(text + key, filter_signs[sign].sign,
                                                strlen(filter_signs[sign].sign)) != 0))
        sign++;
    if (sign == 6)
        return refuse(table, error, "expected FIELD=VALUE between the brackets");
    struct schema_field *field = schema_field(&table->list->map, text, key);
    char hint[96], quoted[72];
    if (!field || field->shape != SHAPE_VALUE)
        return refuse(table, error, "%s has no field '%s'%s", table->list->path,
                      text_quote(quoted, text, key),
                      schema_hint(&table->list->map, text, key, hint));
    struct row_filter *filter = &table->filters[table->n_filters++];
    filter->field = field;
    filter->op = filter_signs[sign].op;
    if (field->row.type != UPTAKE_NUMBER && filter->op != FILTER_IS && filter->op != FILTER_IS_NOT)
        return refuse(table, error, "'%s' is not a number; only = and != can filter it",
                      field->key);
    size_t skip = key + strlen(filter_signs[sign].sign);
    return filter_value(table, filter, pool, text + skip, bytes - skip, error);
}

int schema_filter(struct growing_table *table, struct pool *pool, struct uptake_error *error)
{
    const char *text = table->filter_text;
    while (*text) {
        text += strspn(text, ", ");
        size_t bytes = strcspn(text, ",");
        size_t end = bytes;
        while (end && text[end - 1] == ' ')
            end--;
        if (end && filter_bind(table, pool, text, end, error) != 0)
            return -1;
        text += bytes;
    }
    return 0;
}

int schema_filters(struct schema *schema, struct pool *pool, struct uptake_error *error)
{
    int failed = 0;
    for (uint32_t t = 0; t < schema->n_tables; t++)
        failed |= schema_filter(schema->tables[t], pool, error);
    return failed;
}

/* --- Rows ------------------------------------------------------------------------------------- */

static bool compare(enum filter_op op, double difference)
{
    switch (op) {
    case FILTER_IS: return difference == 0;
    case FILTER_IS_NOT: return difference != 0;
    case FILTER_AT_MOST: return difference <= 0;
    case FILTER_AT_LEAST: return difference >= 0;
    case FILTER_BELOW: return difference < 0;
    default: return difference > 0;
    }
}

/* 0: the value is the filter's; numbers also say which is larger. */
static double differs(const struct row_filter *filter, const struct cell *cell)
{
    if (filter->field->row.type == UPTAKE_NUMBER)
        return cell->is.number.best - filter->number;
    if (filter->names)
        return cell->is.code < 0 ||
               strcmp(filter->names[cell->is.code], filter->names[filter->code]) != 0;
    return (double)(cell->is.code - filter->code);
}

bool filter_takes(const struct growing_table *table)
{
    for (uint32_t k = 0; k < table->n_filters; k++) {
        const struct row_filter *filter = &table->filters[k];
        const struct cell *cell = row_value(table->list, (int)filter->field->slot);
        if (!cell)
            return false;
        if (!compare(filter->op, differs(filter, cell)))
            return false;
    }
    return true;
}
