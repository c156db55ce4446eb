/* Where a result goes: see destination.h. */
#include "cli/destination.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/database.h"
#include "cli/run_line.h"

/* --- What is asked ----------------------------------------------------------------------------- */

static bool is_folder(const char *path)
{
    struct stat there;
    size_t bytes = strlen(path);
    return (bytes > 0 && path[bytes - 1] == '/') ||
           (stat(path, &there) == 0 && S_ISDIR(there.st_mode));
}

static bool ends_in(const char *path, const char *ending)
{
    size_t bytes = strlen(path), wanted = strlen(ending);
    return bytes > wanted && strcmp(path + bytes - wanted, ending) == 0;
}

static enum format format_of(const char *path)
{
    return !path                                      ? AS_TABLE
           : is_folder(path) || ends_in(path, ".csv") ? AS_CSV
           : ends_in(path, ".json")                   ? AS_JSON
           : ends_in(path, ".md")                     ? AS_MARKDOWN
           : ends_in(path, ".db")                     ? AS_RECORD
                                                      : AS_TABLE;
}

/* Commands whose words end before "record" write none. */
static int check_record(const struct cli_line *line, const char *const *formats,
                        const struct destination *destination, struct uptake_error *error)
{
    size_t words = 0;
    while (formats[words])
        words++;
    if (words <= AS_RECORD)
        return cli_misuse(line->command, error, "a record (%s) is written by `uptake run` only",
                          destination->path);
    if (!destination->path)
        return cli_misuse(line->command, error,
                          "a record is a file, never standard output: give -o PATH.db");
    struct stat there;
    if (stat(destination->path, &there) == 0 && !S_ISREG(there.st_mode) && !destination->folder)
        return error_add(error, EXIT_INPUT, "%s: a record is written to a plain file only",
                         destination->path);
    if (!database_available())
        return cli_misuse(line->command, error,
                          "this uptake was built without SQLite, so it writes no records; install "
                          "libsqlite3-dev and build it again");
    return 0;
}

int destination_choose(const struct cli_line *line, const char *const *formats,
                       struct destination *destination, struct uptake_error *error)
{
    const char *path = cli_value(line, RUN_OUTPUT);
    int format = cli_choice(line, RUN_FORMAT, "format", formats, error);
    destination->path = path && strcmp(path, "-") != 0 ? path : NULL;
    destination->folder = destination->path && is_folder(destination->path);
    destination->format =
        cli_has(line, RUN_FORMAT) ? (enum format)format : format_of(destination->path);
    if (format < 0)
        return -1;
    if (destination->format == AS_RECORD && check_record(line, formats, destination, error) != 0)
        return -1;
    if (destination->folder && destination->format != AS_CSV)
        return cli_misuse(line->command, error, "%s is a folder: only --format csv writes one",
                          path);
    return 0;
}

/* --- Opening and closing ----------------------------------------------------------------------- */

static int open_folder(struct destination *destination, struct uptake_error *error)
{
    destination->made = mkdir(destination->path, 0777) == 0;
    if (!destination->made && errno != EEXIST)
        return error_errno(error, "make the folder", destination->path);
    return access(destination->path, W_OK | X_OK) == 0
               ? 0
               : error_errno(error, "write into", destination->path);
}

int destination_open(struct destination *destination, struct uptake_error *error)
{
    if (destination->folder)
        return open_folder(destination, error);
    if (destination->path)
        return out_create(&destination->out, destination->path, error);
    terminal_open(&destination->out);
    return 0;
}

void destination_drop(struct destination *destination)
{
    if (destination->folder && destination->made)
        rmdir(destination->path);
    else if (!destination->folder && destination->path)
        out_abandon(&destination->out);
}

struct report_style destination_style(const struct destination *destination)
{
    return destination->format == AS_MARKDOWN ? report_markdown
                                              : terminal_style(destination->path != NULL);
}

int destination_write(struct destination *destination, const struct destination_writer *writer,
                      const void *what, int code, struct uptake_error *error)
{
    int failed = destination->folder ? writer->folder(what, destination->path, error)
                                     : writer->write(what, destination, error);
    if (failed) {
        destination_drop(destination);
        return error->exit_code;
    }
    return destination->folder ? code : terminal_close(&destination->out, code, error);
}
