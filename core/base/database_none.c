/* What stands for SQLite in an uptake that was built without it: opening and creating say so, the rest is never reached. */
#include "base/database.h"

#ifndef UPTAKE_SQLITE

static int absent(const char *name, struct uptake_error *error)
{
    return error_add(error, EXIT_INPUT,
                     "%s: this uptake was built without SQLite, so it neither writes nor reads "
                     "records; install libsqlite3-dev and build it again",
                     name);
}

bool database_available(void)
{
    return false;
}

const char *database_version(void)
{
    return "";
}

int database_create(struct database **created, int file, const char *name,
                    struct uptake_error *error)
{
    (void)created;
    (void)file;
    return absent(name, error);
}

int database_open(struct database **opened, const char *path, int32_t identity, int32_t version,
                  const char *what, struct uptake_error *error)
{
    (void)opened;
    (void)identity;
    (void)version;
    (void)what;
    return absent(path, error);
}

void database_run(struct database *database, const char *sql)
{
    (void)database;
    (void)sql;
}

void database_refuse(struct database *database, const char *format, ...)
{
    (void)database;
    (void)format;
}

void database_memory(struct database *database)
{
    (void)database;
}

uint64_t database_bytes(const struct database *database)
{
    (void)database;
    return 0;
}

bool database_failed(const struct database *database)
{
    (void)database;
    return true;
}

int database_close(struct database *database, struct uptake_error *error)
{
    (void)database;
    (void)error;
    return 0;
}

struct statement *statement_open(struct database *database, const char *sql)
{
    (void)database;
    (void)sql;
    return 0;
}

void statement_close(struct statement *statement)
{
    (void)statement;
}

void statement_put(struct statement *statement, const struct database_value *values, int count)
{
    (void)statement;
    (void)values;
    (void)count;
}

void statement_bind(struct statement *statement, const struct database_value *values, int count)
{
    statement_put(statement, values, count);
}

void database_fill(struct database *database, const char *table, int columns, database_next *next,
                   void *data)
{
    (void)database;
    (void)table;
    (void)columns;
    (void)next;
    (void)data;
}

void statement_refuse(struct statement *statement, int column, const char *expected)
{
    (void)statement;
    (void)column;
    (void)expected;
}

bool statement_next(struct statement *statement)
{
    (void)statement;
    return false;
}

uint64_t statement_count(struct statement *statement, int column, uint64_t most)
{
    (void)statement;
    (void)column;
    (void)most;
    return 0;
}

uint64_t statement_count_or_none(struct statement *statement, int column, uint64_t most)
{
    return statement_count(statement, column, most);
}

double statement_number(struct statement *statement, int column)
{
    (void)statement;
    (void)column;
    return 0;
}

const char *statement_text(struct statement *statement, int column, uint64_t *bytes)
{
    (void)statement;
    (void)column;
    (void)bytes;
    return 0;
}

bool statement_is_null(struct statement *statement, int column)
{
    (void)statement;
    (void)column;
    return true;
}

bool statement_is_text(struct statement *statement, int column)
{
    (void)statement;
    (void)column;
    return false;
}

#endif
