/*
 * SQLite, as much of it as records need: the one place that names it. Where uptake is built without it, opening and
 * creating fail, and say so.
 *
 * The first failure of a database sticks: from then on nothing is written and no row comes, and database_close says it
 * once. So what writes or reads thousands of rows need not ask after each.
 */
#ifndef UPTAKE_BASE_DATABASE_H
#define UPTAKE_BASE_DATABASE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"

struct database;
struct statement;

/* False: this uptake was built without SQLite. */
bool database_available(void);
/* SQLite's version; "" without it. */
const char *database_version(void);

/*
 * A new database in an empty file that is open as `file` (which may have no name yet): no journal beside it, written by
 * one transaction that database_close ends. name: for messages; borrowed.
 */
int database_create(struct database **created, int file, const char *name,
                    struct uptake_error *error);

/*
 * One that is there, of a stranger perhaps: for reading only, as it is (no lock, no journal is looked at), no extension, no
 * trusted schema; a page that is not well formed is found when a row of it is read. identity: its application_id; version: its user_version. what: "a record of a run".
 * Fails with: exit code 2: no such file, no database, another's, another version, damaged.
 */
int database_open(struct database **opened, const char *path, int32_t identity, int32_t version,
                  const char *what, struct uptake_error *error);

/* Statements that answer nothing. */
void database_run(struct database *database, const char *sql);
/* Of what was opened: what is not as a reader expects it. Sticks. */
__attribute__((format(printf, 2, 3))) void database_refuse(struct database *database,
                                                           const char *format, ...);
/* Sticks, too. */
void database_memory(struct database *database);
bool database_failed(const struct database *database);
/* Of the file. */
uint64_t database_bytes(const struct database *database);
/* Commits what was created, closes, frees. NULL: nothing happens. Fails with: the first failure. */
int database_close(struct database *database, struct uptake_error *error);

/* --- Statements -------------------------------------------------------------------------------- */

/* Never NULL but where memory is out or the SQL is wrong; everything below takes NULL. */
struct statement *statement_open(struct database *database, const char *sql);
void statement_close(struct statement *statement);

/* kind 0: NULL. */
struct database_value {
    enum { DATABASE_NULL, DATABASE_COUNT, DATABASE_NUMBER, DATABASE_TEXT } kind;
    int32_t bytes; /* of a text; -1: up to its NUL */
    union {
        int64_t count;
        double number;
        const char *text;
    };
};

static inline struct database_value value_null(void)
{
    return (struct database_value){.kind = DATABASE_NULL};
}
static inline struct database_value value_count(uint64_t x)
{
    return (struct database_value){.kind = DATABASE_COUNT, .count = (int64_t)x};
}
/* condition: else NULL. */
static inline struct database_value value_count_if(bool condition, uint64_t x)
{
    return condition ? value_count(x) : value_null();
}
/* A NaN is NULL. */
static inline struct database_value value_number(double x)
{
    return (struct database_value){.kind = x == x ? DATABASE_NUMBER : DATABASE_NULL, .number = x};
}
/* NULL is NULL. Borrowed until the row is put. */
static inline struct database_value value_text(const char *text)
{
    return (struct database_value){
        .kind = text ? DATABASE_TEXT : DATABASE_NULL, .bytes = -1, .text = text};
}

/* Binds values 1..count, as many as the statement has, and runs it once. */
void statement_put(struct statement *statement, const struct database_value *values, int count);
#define STATEMENT_PUT(statement, ...)                                                              \
    statement_put(statement, (const struct database_value[]){__VA_ARGS__},                         \
                  (int)(sizeof((const struct database_value[]){__VA_ARGS__}) /                     \
                        sizeof(struct database_value)))

/* Binds them for rows to come. */
void statement_bind(struct statement *statement, const struct database_value *values, int count);
#define STATEMENT_BIND(statement, ...)                                                             \
    statement_bind(statement, (const struct database_value[]){__VA_ARGS__},                        \
                   (int)(sizeof((const struct database_value[]){__VA_ARGS__}) /                    \
                         sizeof(struct database_value)))

/*
 * Fills a table from its first row on, by one statement for all of them. next: puts the values of the next row, one a
 * column, which are NULL before its first call and stay as they are between calls; false: there is none. Texts are
 * borrowed until the next call. table: a plain name.
 */
typedef bool database_next(void *data, struct database_value *values);
void database_fill(struct database *database, const char *table, int columns, database_next *next,
                   void *data);

/* The next row; false: there is none, or the database failed. */
bool statement_next(struct statement *statement);
/* Columns from 0. Each refuses, with the column's name, what is of another type or outside; answers a safe value then. */
uint64_t statement_count(struct statement *statement, int column, uint64_t most);
/* NULL: UINT64_MAX. */
uint64_t statement_count_or_none(struct statement *statement, int column, uint64_t most);
double statement_number(struct statement *statement, int column); /* NULL: NaN */
/* NULL: NULL. UTF-8 without NUL, valid until the next row. bytes: may be NULL. */
const char *statement_text(struct statement *statement, int column, uint64_t *bytes);
/* The row's column is not what was expected. */
void statement_refuse(struct statement *statement, int column, const char *expected);
bool statement_is_null(struct statement *statement, int column);
bool statement_is_text(struct statement *statement, int column);

#endif
