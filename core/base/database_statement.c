/* Statements of SQLite: see database.h. Every column is checked where it is taken. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/database_internal.h"
#include "base/text.h"

#ifdef UPTAKE_SQLITE

struct statement *statement_open(struct database *database, const char *sql)
{
    struct statement *statement = database->failed ? NULL : calloc(1, sizeof *statement);
    if (!statement) {
        if (!database->failed)
            database_fail(database, SQLITE_NOMEM);
        return NULL;
    }
    statement->database = database;
    int code = sqlite3_prepare_v2(database->handle, sql, -1, &statement->handle, NULL);
    if (code == SQLITE_OK) {
        statement->values = sqlite3_bind_parameter_count(statement->handle);
        return statement;
    }
    database_fail(database, code & 0xff);
    free(statement);
    return NULL;
}

void statement_close(struct statement *statement)
{
    if (statement)
        sqlite3_finalize(statement->handle);
    free(statement);
}

static int bind(sqlite3_stmt *handle, int at, const struct database_value *value)
{
    switch (value->kind) {
    case DATABASE_COUNT: return sqlite3_bind_int64(handle, at, value->count);
    case DATABASE_NUMBER: return sqlite3_bind_double(handle, at, value->number);
    case DATABASE_TEXT:
        return sqlite3_bind_text(handle, at, value->text, value->bytes, SQLITE_STATIC);
    default: return sqlite3_bind_null(handle, at);
    }
}

static bool stands(const struct database_value *bound, const struct database_value *value)
{
    return bound->kind == value->kind &&
           (value->kind == DATABASE_NULL ||
            (value->kind == DATABASE_COUNT && bound->count == value->count));
}

static int bind_all(struct statement *statement, const struct database_value *values, int count)
{
    int code = SQLITE_OK;
    for (int k = 0; k < count && k < statement->values && code == SQLITE_OK; k++)
        if (k >= VALUES_MOST) {
            code = bind(statement->handle, k + 1, &values[k]);
        } else if (!stands(&statement->bound[k], &values[k])) {
            code = bind(statement->handle, k + 1, &values[k]);
            statement->bound[k] = values[k];
        }
    return code;
}

void statement_bind(struct statement *statement, const struct database_value *values, int count)
{
    int code = statement ? bind_all(statement, values, count) : SQLITE_OK;
    if (code != SQLITE_OK)
        database_fail(statement->database, code & 0xff);
}

void statement_put(struct statement *statement, const struct database_value *values, int count)
{
    if (!statement || statement->database->failed)
        return;
    int code = bind_all(statement, values, count);
    if (code == SQLITE_OK)
        code = sqlite3_step(statement->handle);
    if (code != SQLITE_DONE)
        database_fail(statement->database, code & 0xff);
    sqlite3_reset(statement->handle);
}

bool statement_next(struct statement *statement)
{
    if (!statement || statement->database->failed)
        return false;
    int code = sqlite3_step(statement->handle);
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        database_fail(statement->database, code & 0xff);
    return code == SQLITE_ROW;
}

void statement_refuse(struct statement *statement, int column, const char *expected)
{
    database_refuse(statement->database, "it is damaged: '%s' is not %s",
                    sqlite3_column_name(statement->handle, column), expected);
}

/* One look at a column. Nobody else has the database, so that its value may be read as it stands. */
static sqlite3_value *value_at(struct statement *statement, int column)
{
    return sqlite3_column_value(statement->handle, column);
}

static uint64_t count_of(struct statement *statement, int column, sqlite3_value *value,
                         uint64_t most)
{
    char expected[64];
    int64_t x = sqlite3_value_int64(value);
    if (sqlite3_value_type(value) == SQLITE_INTEGER && x >= 0 && (uint64_t)x <= most)
        return (uint64_t)x;
    snprintf(expected, sizeof expected, "a whole number from 0 to %" PRIu64, most);
    statement_refuse(statement, column, expected);
    return 0;
}

uint64_t statement_count(struct statement *statement, int column, uint64_t most)
{
    return count_of(statement, column, value_at(statement, column), most);
}

uint64_t statement_count_or_none(struct statement *statement, int column, uint64_t most)
{
    sqlite3_value *value = value_at(statement, column);
    return sqlite3_value_type(value) == SQLITE_NULL ? UINT64_MAX
                                                    : count_of(statement, column, value, most);
}

double statement_number(struct statement *statement, int column)
{
    sqlite3_value *value = value_at(statement, column);
    int type = sqlite3_value_type(value);
    if (type == SQLITE_FLOAT || type == SQLITE_INTEGER)
        return sqlite3_value_double(value);
    if (type != SQLITE_NULL)
        statement_refuse(statement, column, "a number");
    return __builtin_nan("");
}

const char *statement_text(struct statement *statement, int column, uint64_t *bytes)
{
    sqlite3_value *value = value_at(statement, column);
    int type = sqlite3_value_type(value);
    if (bytes)
        *bytes = 0;
    if (type == SQLITE_NULL)
        return NULL;
    const char *text = type == SQLITE_TEXT ? (const char *)sqlite3_value_text(value) : NULL;
    size_t count = text ? (size_t)sqlite3_value_bytes(value) : 0;
    if (!text || memchr(text, 0, count) || !text_is_utf8(text, count)) {
        statement_refuse(statement, column, "a text in UTF-8");
        return NULL;
    }
    if (bytes)
        *bytes = count;
    return text;
}

bool statement_is_null(struct statement *statement, int column)
{
    return sqlite3_value_type(value_at(statement, column)) == SQLITE_NULL;
}

bool statement_is_text(struct statement *statement, int column)
{
    return sqlite3_value_type(value_at(statement, column)) == SQLITE_TEXT;
}

#endif
