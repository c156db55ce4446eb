/*
 * SQLite as records need it: rows by one statement read back as they were given, one by one or by the hundred thousand; and
 * a source that stops, a table that is not there, an older and a newer format end as they should.
 */
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/database.h"

TestSuite(database, .timeout = 120);

enum { IDENTITY = 0x74657374, ROWS = 100000 };
static char path[] = "/tmp/uptake-database-XXXXXX";

struct source {
    uint64_t row, count;
    char text[32];
};

/* A number that is whole every fourth time, a count, a text or none, and a column that is always empty. */
static bool next(void *data, struct database_value *values)
{
    struct source *source = data;
    if (source->row == source->count)
        return false;
    snprintf(source->text, sizeof source->text, "text %d", (int)source->row);
    values[0] = value_count(source->row);
    values[1] = value_number((double)source->row / 4);
    values[2] = value_text(source->row % 3 ? source->text : NULL);
    source->row++;
    return true;
}

static struct database *create(int *file)
{
    struct database *database = NULL;
    char head[96];
    *file = mkstemp(path);
    cr_assert(*file >= 0);
    cr_assert(database_create(&database, *file, path, NULL) == 0);
    snprintf(head, sizeof head, "PRAGMA application_id = %d; PRAGMA user_version = 3", IDENTITY);
    database_run(database, head);
    database_run(database, "CREATE TABLE t(a INTEGER, b REAL, c TEXT, d)");
    return database;
}

Test(database, rows_read_back)
{
    struct source source = {0, ROWS, ""}, more = {7, 9, ""};
    struct uptake_error error = {0};
    int file;
    if (!database_available())
        cr_skip_test("without SQLite");
    struct database *database = create(&file);
    database_fill(database, "t", 4, next, &source);
    database_fill(database, "t", 4, next, &more);
    cr_assert(database_close(database, &error) == 0, "%s", error.text[0]);
    close(file);
    cr_assert(database_open(&database, path, IDENTITY, 3, "a test", &error) == 0);
    struct statement *row = statement_open(database, "SELECT a, b, c, d FROM t ORDER BY rowid");
    uint64_t wrong = 0, rows = 0;
    char text[32];
    while (statement_next(row)) {
        uint64_t k = rows < ROWS ? rows : rows - ROWS + 7;
        const char *found = statement_text(row, 2, NULL);
        snprintf(text, sizeof text, "text %d", (int)k);
        wrong += statement_count(row, 0, UINT64_MAX >> 1) != k ||
                 statement_number(row, 1) != (double)k / 4 ||
                 (k % 3 ? !found || strcmp(found, text) != 0 : found != NULL) ||
                 !statement_is_null(row, 3);
        rows++;
    }
    statement_close(row);
    cr_expect(database_close(database, &error) == 0 && rows == ROWS + 2 && wrong == 0);
    unlink(path);
}

Test(database, what_cannot_be_filled)
{
    struct source source = {0, 3, ""}, after = {0, 3, ""};
    struct uptake_error error = {0};
    int file;
    if (!database_available())
        cr_skip_test("without SQLite");
    struct database *database = create(&file);
    database_fill(database, "nowhere", 4, next, &source);
    cr_expect(database_failed(database));
    database_fill(database, "t", 4, next, &after);
    cr_expect(after.row == 0, "nothing is asked for after a failure");
    cr_expect(database_close(database, &error) == -1);
    cr_expect(strstr(error.text[0], "no such table"), "%s", error.text[0]);
    close(file);
    unlink(path);
}

Test(database, other_formats)
{
    static const struct {
        int32_t version;
        const char *says;
    } cases[] = {{4, "this uptake reads version 4. An older uptake made it: run its spec again"},
                 {2, "this uptake reads version 2. A newer uptake made it"}};
    int file;
    if (!database_available())
        cr_skip_test("without SQLite");
    struct database *database = create(&file);
    cr_assert(database_close(database, NULL) == 0);
    close(file);
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        struct uptake_error error = {0};
        cr_expect(database_open(&database, path, IDENTITY, cases[k].version, "a test", &error) ==
                  -1);
        cr_expect(strstr(error.text[0], cases[k].says), "%s", error.text[0]);
    }
    unlink(path);
}
