/* SQLite as the files that name it share it: database.c, database_statement.c, database_fill.c. */
#ifndef UPTAKE_BASE_DATABASE_INTERNAL_H
#define UPTAKE_BASE_DATABASE_INTERNAL_H

#include "base/database.h"

#ifdef UPTAKE_SQLITE

#include <sqlite3.h>

enum { VALUES_MOST = 20 };

struct database {
    sqlite3 *handle;
    const char *name;
    int file; /* -1: the caller's */
    bool writing;
    bool failed;
    uint64_t bytes;
    struct uptake_error error;
};

struct statement {
    sqlite3_stmt *handle;
    struct database *database;
    int values; /* that it binds */
    /* As they are bound: what comes again (a column's number, an absence) is not bound again. */
    struct database_value bound[VALUES_MOST];
};

/* The first failure, by SQLite's code; it sticks. */
void database_fail(struct database *database, int code);

#endif

#endif
