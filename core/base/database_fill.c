/*
 * Rows by the million: see database_fill in database.h. The source is shown to SQLite as a table of its own, so that one
 * statement copies it whole; that takes half of what a statement a row takes, and nothing is kept of it.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/database_internal.h"

#ifdef UPTAKE_SQLITE

struct feed {
    int columns;
    database_next *next;
    void *data;
    struct database_value *values; /* of the row that stands */
    bool more;
    int64_t row;
};

struct feed_table {
    sqlite3_vtab base;
    struct feed *feed;
};

static int feed_declare(sqlite3 *handle, int columns)
{
    size_t room = (size_t)columns * 8 + 32, used;
    char *sql = malloc(room);
    if (!sql)
        return SQLITE_NOMEM;
    used = (size_t)snprintf(sql, room, "CREATE TABLE feed(");
    for (int k = 0; k < columns; k++)
        used += (size_t)snprintf(sql + used, room - used, "%sc%d", k ? "," : "", k);
    snprintf(sql + used, room - used, ")");
    int code = sqlite3_declare_vtab(handle, sql);
    free(sql);
    return code;
}

static int feed_connect(sqlite3 *handle, void *feed, int argc, const char *const *argv,
                        sqlite3_vtab **made, char **message)
{
    (void)argc, (void)argv, (void)message;
    struct feed_table *table = calloc(1, sizeof *table);
    int code = table ? feed_declare(handle, ((struct feed *)feed)->columns) : SQLITE_NOMEM;
    if (code != SQLITE_OK) {
        free(table);
        return code;
    }
    table->feed = feed;
    *made = &table->base;
    return SQLITE_OK;
}

static int feed_disconnect(sqlite3_vtab *table)
{
    free(table);
    return SQLITE_OK;
}

static int feed_plan(sqlite3_vtab *table, sqlite3_index_info *info)
{
    (void)table;
    info->estimatedCost = 1e6;
    return SQLITE_OK;
}

static int feed_open(sqlite3_vtab *table, sqlite3_vtab_cursor **cursor)
{
    (void)table;
    *cursor = calloc(1, sizeof **cursor);
    return *cursor ? SQLITE_OK : SQLITE_NOMEM;
}

static int feed_close(sqlite3_vtab_cursor *cursor)
{
    free(cursor);
    return SQLITE_OK;
}

static struct feed *feed_of(sqlite3_vtab_cursor *cursor)
{
    return ((struct feed_table *)(void *)cursor->pVtab)->feed;
}

static int feed_next(sqlite3_vtab_cursor *cursor)
{
    struct feed *feed = feed_of(cursor);
    feed->more = feed->next(feed->data, feed->values);
    feed->row++;
    return SQLITE_OK;
}

static int feed_first(sqlite3_vtab_cursor *cursor, int number, const char *text, int argc,
                      sqlite3_value **argv)
{
    (void)number, (void)text, (void)argc, (void)argv;
    return feed_next(cursor);
}

static int feed_end(sqlite3_vtab_cursor *cursor)
{
    return !feed_of(cursor)->more;
}

static int feed_row(sqlite3_vtab_cursor *cursor, sqlite3_int64 *row)
{
    *row = feed_of(cursor)->row;
    return SQLITE_OK;
}

static int feed_column(sqlite3_vtab_cursor *cursor, sqlite3_context *into, int column)
{
    const struct database_value *value = &feed_of(cursor)->values[column];
    switch (value->kind) {
    case DATABASE_COUNT: sqlite3_result_int64(into, value->count); break;
    case DATABASE_NUMBER: sqlite3_result_double(into, value->number); break;
    case DATABASE_TEXT: sqlite3_result_text(into, value->text, value->bytes, SQLITE_STATIC); break;
    default: break; /* NULL */
    }
    return SQLITE_OK;
}

void database_fill(struct database *database, const char *table, int columns, database_next *next,
                   void *data)
{
    static const sqlite3_module module = {.xConnect = feed_connect,
                                          .xBestIndex = feed_plan,
                                          .xDisconnect = feed_disconnect,
                                          .xOpen = feed_open,
                                          .xClose = feed_close,
                                          .xFilter = feed_first,
                                          .xNext = feed_next,
                                          .xEof = feed_end,
                                          .xColumn = feed_column,
                                          .xRowid = feed_row};
    struct feed feed = {.columns = columns, .next = next, .data = data};
    char sql[128];
    if (database->failed)
        return;
    feed.values = calloc((size_t)columns, sizeof *feed.values);
    int code = feed.values ? sqlite3_create_module(database->handle, "feed", &module, &feed)
                           : SQLITE_NOMEM;
    if (code == SQLITE_OK) {
        snprintf(sql, sizeof sql, "INSERT INTO \"%s\" SELECT * FROM feed", table);
        database_run(database, sql);
        sqlite3_create_module(database->handle, "feed", NULL, NULL);
    } else {
        database_fail(database, code & 0xff);
    }
    free(feed.values);
}

#endif
