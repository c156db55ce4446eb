/* SQLite files, made and opened: see database.h. Statements are in database_statement.c, rows by the million in database_fill.c. */
#include "base/database.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/database_internal.h"

#ifdef UPTAKE_SQLITE

enum { PATH_ROOM = 64, HEAD_BYTES = 100, TEXT_MOST = 64 << 20 };

bool database_available(void)
{
    return true;
}

const char *database_version(void)
{
    return sqlite3_libversion();
}

bool database_failed(const struct database *database)
{
    return database->failed;
}

uint64_t database_bytes(const struct database *database)
{
    return database->bytes;
}

/* --- Failures ---------------------------------------------------------------------------------- */

void database_refuse(struct database *database, const char *format, ...)
{
    char text[ERROR_BYTES - 128];
    va_list values;
    if (database->failed)
        return;
    va_start(values, format);
    vsnprintf(text, sizeof text, format, values);
    va_end(values);
    database->failed = true;
    error_add(&database->error, EXIT_INPUT, "%s: %s", database->name, text);
}

static bool of_machine(int code)
{
    return code == SQLITE_NOMEM || code == SQLITE_FULL || code == SQLITE_IOERR;
}

void database_fail(struct database *database, int code)
{
    if (database->failed)
        return;
    if (!database->writing && !of_machine(code)) {
        database_refuse(database, "the file is damaged (%s)", sqlite3_errmsg(database->handle));
        return;
    }
    database->failed = true;
    error_add(&database->error, EXIT_MACHINE, "cannot %s %s: %s",
              database->writing ? "write" : "read", database->name,
              code == SQLITE_FULL ? "no room is left on the disk"
                                  : sqlite3_errmsg(database->handle));
}

void database_memory(struct database *database)
{
    if (!database->failed)
        error_memory(&database->error);
    database->failed = true;
}

/* --- Opening ----------------------------------------------------------------------------------- */

void database_run(struct database *database, const char *sql)
{
    int code = database->failed ? SQLITE_OK : sqlite3_exec(database->handle, sql, NULL, NULL, NULL);
    if (code != SQLITE_OK)
        database_fail(database, code & 0xff);
}

/* The path of an open file is taken as it stands: SQLite would follow it to a name that the file may not have. */
static int same_name(sqlite3_vfs *vfs, const char *name, int room, char *out)
{
    (void)vfs;
    return snprintf(out, (size_t)room, "%s", name) < room ? SQLITE_OK : SQLITE_CANTOPEN;
}

/* SQLite follows no link, which is what the path of an open file is. */
static int open_followed(const char *path, int flags, int mode)
{
    static const char descriptors[] = "/proc/self/fd/";
    bool of_descriptor = strncmp(path, descriptors, sizeof descriptors - 1) == 0;
    return open(path, of_descriptor ? flags & ~O_NOFOLLOW : flags, mode);
}

static const char *by_descriptor(void)
{
    static const char name[] = "uptake-descriptor";
    static sqlite3_vfs vfs;
    if (!sqlite3_vfs_find(name)) {
        sqlite3_vfs *usual = sqlite3_vfs_find(NULL);
        if (!usual)
            return NULL;
        vfs = *usual;
        vfs.zName = name;
        vfs.xFullPathname = same_name;
        if (usual->iVersion < 3 || !usual->xSetSystemCall ||
            usual->xSetSystemCall(usual, "open", (sqlite3_syscall_ptr)open_followed) != SQLITE_OK)
            return NULL;
        sqlite3_vfs_register(&vfs, 0);
    }
    return name;
}

static int open_file(struct database *database, int file, const char *mode, int flags,
                     struct uptake_error *error)
{
    char path[PATH_ROOM];
    snprintf(path, sizeof path, "file:/proc/self/fd/%d?%s", file, mode);
    int code = sqlite3_open_v2(path, &database->handle,
                               flags | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, by_descriptor());
    if (code == SQLITE_OK)
        return 0;
    return error_add(error, EXIT_MACHINE, "cannot open %s: %s", database->name,
                     sqlite3_errstr(code));
}

/* After a failure too. */
static void drop(struct database *database)
{
    sqlite3_close(database->handle);
    if (database->file >= 0)
        close(database->file);
    free(database);
}

int database_create(struct database **created, int file, const char *name,
                    struct uptake_error *error)
{
    struct database *database = calloc(1, sizeof *database);
    if (!database)
        return error_memory(error);
    database->name = name;
    database->file = -1;
    database->writing = true;
    if (open_file(database, file, "mode=rw", SQLITE_OPEN_READWRITE, error) != 0) {
        drop(database);
        return -1;
    }
    database_run(database, "PRAGMA page_size = 4096; PRAGMA journal_mode = OFF;"
                           "PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;"
                           "PRAGMA cache_size = -32768; PRAGMA temp_store = MEMORY; BEGIN;");
    *created = database;
    return 0;
}

static uint32_t big_endian(const unsigned char *bytes)
{
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

/* What the first bytes say, before SQLite looks at any. */
static int check_head(int file, const char *path, int32_t identity, int32_t version,
                      const char *what, struct uptake_error *error)
{
    unsigned char head[HEAD_BYTES];
    ssize_t got = pread(file, head, sizeof head, 0);
    if (got < 0)
        return error_errno(error, "read", path);
    if (got < HEAD_BYTES || memcmp(head, "SQLite format 3", 16) != 0)
        return error_add(error, EXIT_INPUT, "%s: it is not %s (no SQLite database)", path, what);
    if (big_endian(head + 68) != (uint32_t)identity)
        return error_add(error, EXIT_INPUT, "%s: it is a SQLite database, but not %s", path, what);
    uint32_t found = big_endian(head + 60);
    if (found != (uint32_t)version)
        return error_add(error, EXIT_INPUT,
                         "%s: its format has version %" PRIu32
                         "; this uptake reads version %" PRId32 ". %s uptake made it%s",
                         path, found, version, found < (uint32_t)version ? "An older" : "A newer",
                         found < (uint32_t)version ? ": run its spec again" : "");
    return 0;
}

static void harden(struct database *database)
{
    sqlite3 *handle = database->handle;
    sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
    sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, TEXT_MOST);
    sqlite3_limit(handle, SQLITE_LIMIT_SQL_LENGTH, 200000);
    sqlite3_limit(handle, SQLITE_LIMIT_COLUMN, 2000);
    sqlite3_limit(handle, SQLITE_LIMIT_EXPR_DEPTH, 20);
    sqlite3_limit(handle, SQLITE_LIMIT_VDBE_OP, 25000);
    sqlite3_limit(handle, SQLITE_LIMIT_ATTACHED, 0);
    database_run(database, "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;"
                           "PRAGMA mmap_size = 0; PRAGMA query_only = ON;");
}

static int open_checked(struct database *database, int32_t identity, int32_t version,
                        const char *what, struct uptake_error *error)
{
    struct stat about;
    database->file = open(database->name, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (database->file < 0 || fstat(database->file, &about) != 0)
        return error_errno(error, "open", database->name);
    if (!S_ISREG(about.st_mode))
        return error_add(error, EXIT_INPUT, "%s: it is not %s (no plain file)", database->name,
                         what);
    database->bytes = (uint64_t)about.st_size;
    if (check_head(database->file, database->name, identity, version, what, error) != 0)
        return -1;
    return open_file(database, database->file, "mode=ro&immutable=1", SQLITE_OPEN_READONLY, error);
}

int database_open(struct database **opened, const char *path, int32_t identity, int32_t version,
                  const char *what, struct uptake_error *error)
{
    struct database *database = calloc(1, sizeof *database);
    if (!database)
        return error_memory(error);
    database->name = path;
    database->file = -1;
    if (open_checked(database, identity, version, what, error) != 0) {
        drop(database);
        return -1;
    }
    harden(database);
    if (database->failed)
        return database_close(database, error);
    *opened = database;
    return 0;
}

int database_close(struct database *database, struct uptake_error *error)
{
    if (!database)
        return 0;
    if (database->writing)
        database_run(database, "COMMIT");
    int failed = database->failed
                     ? error_add(error, database->error.exit_code, "%s", database->error.text[0])
                     : 0;
    drop(database);
    return failed;
}

#endif
