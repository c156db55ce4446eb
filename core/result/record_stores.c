/*
 * Where a record's values stand: a table for the innovations, one for the portfolio and one for each list, with a column for
 * what each plugin wrote beside its rows. So a million values take a row each thousand rather than a row each, and a
 * data frame is one SELECT; the views `measures` and `list_values` show them one by one.
 */
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "result/record_internal.h"

/* Writes of one table; SQLite has room for 2000 columns. */
enum { STORE_WRITES = 600 };

/* Tables of the model, and behind them the portfolio. */
static size_t slot_of(const struct model *model, uint32_t table)
{
    return table == MODEL_NO_TABLE ? model->n_tables : table;
}

static size_t parts_of(size_t writes)
{
    return writes == 0 ? 1 : (writes + STORE_WRITES - 1) / STORE_WRITES;
}

static void store_name(struct record_store *store)
{
    char list[16] = "portfolio", part[16] = "";
    if (store->table != MODEL_NO_TABLE)
        snprintf(list, sizeof list, "%" PRIu32, store->table);
    if (store->part)
        snprintf(part, sizeof part, "_%" PRIu32, store->part);
    snprintf(store->name, sizeof store->name, "rows_%s%s", list, part);
}

static int width(const struct record_write *writes, size_t count)
{
    int columns = 0;
    for (size_t k = 0; k < count; k++)
        columns += writes[k].column->low && writes[k].column->high ? 3 : 1;
    return columns;
}

static void open_parts(struct record_stores *stores, uint32_t table, struct record_write *writes,
                       size_t count)
{
    for (size_t part = 0; part < parts_of(count); part++) {
        struct record_store *store = &stores->all[stores->count++];
        size_t from = part * STORE_WRITES;
        *store = (struct record_store){
            .table = table,
            .part = (uint32_t)part,
            .writes = writes + from,
            .n_writes = count - from < STORE_WRITES ? count - from : STORE_WRITES,
            .head = table != 0 && table != MODEL_NO_TABLE && part == 0 ? 5 : 1};
        store->columns = store->head + width(store->writes, store->n_writes);
        store_name(store);
    }
}

int record_stores_build(const struct result *result, const bool *lists, struct arena *arena,
                        struct record_stores *stores)
{
    const struct model *model = result->model;
    size_t n = model->n_tables, total = 0, parts = 0;
    size_t *ends = arena_array(arena, n + 2, sizeof *ends);
    if (!ends)
        return -1;
    for (size_t p = 0; p < result->n_plugins; p++)
        for (size_t w = 0; w < result->plugins[p].n_columns; w++, total++)
            ends[slot_of(model, result->plugins[p].columns[w].table) + 1]++;
    for (size_t t = 0; t <= n; t++) {
        parts += parts_of(ends[t + 1]);
        ends[t + 1] += ends[t];
    }
    struct record_write *writes = arena_array(arena, total + 1, sizeof *writes);
    *stores = (struct record_stores){.all = arena_array(arena, parts, sizeof *stores->all)};
    if (!writes || !stores->all)
        return -1;
    uint64_t number = 0;
    for (size_t p = 0; p < result->n_plugins; p++)
        for (size_t w = 0; w < result->plugins[p].n_columns; w++) {
            struct result_column *column = &result->plugins[p].columns[w];
            writes[ends[slot_of(model, column->table)]++] =
                (struct record_write){number++, &result->plugins[p], column};
        }
    for (size_t t = 0, from = 0; t <= n; from = ends[t++])
        if (ends[t] > from || t == 0 || (t < n && lists[t]))
            open_parts(stores, t == n ? MODEL_NO_TABLE : (uint32_t)t, writes + from,
                       ends[t] - from);
    return 0;
}

uint64_t record_store_rows(const struct model *model, const struct record_store *store)
{
    return store->table == MODEL_NO_TABLE ? 1 : model->tables[store->table].rows;
}

/* --- Its SQL ----------------------------------------------------------------------------------- */

void record_say(struct record_sql *sql, const char *format, ...)
{
    char text[1200];
    va_list values;
    va_start(values, format);
    int bytes = vsnprintf(text, sizeof text, format, values);
    va_end(values);
    sql->failed = sql->failed || bytes < 0 || (size_t)bytes >= sizeof text ||
                  buffer_append(&sql->text, text, (size_t)bytes + 1) != 0;
    sql->text.bytes -= !sql->failed; /* its NUL is written over */
}

void record_say_open(struct record_sql *sql)
{
    sql->text.bytes = 0;
    sql->failed = false;
}

void record_store_sql(const struct record_store *store, struct record_sql *sql)
{
    static const char *const types[] = {"REAL", "INTEGER", "TEXT"};
    const char *head = store->table == 0  ? "innovation INTEGER PRIMARY KEY"
                       : store->head == 1 ? "row INTEGER"
                                          : "row INTEGER, parent_row INTEGER, basis INTEGER, "
                                            "because TEXT, rule TEXT";
    record_say_open(sql);
    record_say(sql, "CREATE TABLE %s(%s", store->name, head);
    for (size_t k = 0; k < store->n_writes; k++) {
        const struct result_column *column = store->writes[k].column;
        uint64_t w = store->writes[k].number;
        uint32_t type = column->write->type - UPTAKE_NUMBER;
        record_say(sql, ", c%" PRIu64 " %s", w, types[type < 3 ? type : 0]);
        if (column->low && column->high)
            record_say(sql, ", c%" PRIu64 "_low REAL, c%" PRIu64 "_high REAL", w, w);
    }
    record_say(sql, ")");
}
