/* Where a result goes: see destination.h. */
#include "cli/destination.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/database.h"
#include "base/text.h"
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

static const char *const format_words[] = {[AS_TABLE] = "table",
                                           [AS_JSON] = "json",
                                           [AS_CSV] = "csv",
                                           [AS_MARKDOWN] = "markdown",
                                           [AS_RECORD] = "record"};

enum { FORMATS = sizeof format_words / sizeof *format_words };

/* What the ending of an output's name stands for. A name without one takes the table. */
static const struct {
    const char *ending;
    enum format format;
} endings[] = {{".txt", AS_TABLE},
               {".md", AS_MARKDOWN},
               {".json", AS_JSON},
               {".csv", AS_CSV},
               {".db", AS_RECORD}};

enum { ENDINGS = sizeof endings / sizeof *endings };

/* Endings that people try, and what serves instead. */
static const struct {
    const char *ending, *advice;
} foreign[] = {
    {".docx", "; for Word write .md, and paste it or convert it with pandoc"},
    {".doc", "; for Word write .md, and paste it or convert it with pandoc"},
    {".odt", "; write .md, and paste it or convert it with pandoc"},
    {".pdf", "; write .md, and convert it with pandoc"},
    {".html", "; write .md, and convert it with pandoc"},
    {".htm", "; write .md, and convert it with pandoc"},
    {".xlsx", "; a spreadsheet opens CSV"},
    {".xls", "; a spreadsheet opens CSV"},
    {".ods", "; a spreadsheet opens CSV"},
    {".sqlite", "; a record is an SQLite file, whose name ends in .db"},
};

/* The last part of the name that begins with a point; NULL: none. */
static const char *ending_of(const char *path)
{
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    const char *dot = strrchr(name, '.');
    return dot && dot > name && dot[1] ? dot : NULL;
}

/* ".txt (table), .md (markdown), .json (json)" */
static void list_endings(unsigned takes, char *text, size_t room)
{
    size_t used = 0;
    text[0] = '\0';
    for (size_t k = 0; k < ENDINGS && used < room; k++)
        if (takes & destination_bit(endings[k].format))
            used += (size_t)snprintf(text + used, room - used, "%s%s (%s)", used ? ", " : "",
                                     endings[k].ending, format_words[endings[k].format]);
}

static int refuse_ending(const struct cli_line *line, unsigned takes, const char *path,
                         struct uptake_error *error)
{
    const char *ending = ending_of(path), *advice = "";
    char list[160], quoted[72];
    for (size_t k = 0; k < sizeof foreign / sizeof *foreign; k++)
        if (ends_in(path, foreign[k].ending))
            advice = foreign[k].advice;
    list_endings(takes, list, sizeof list);
    return cli_misuse(line->command, error,
                      "%s: there is no output for %s; expected %s%s; --format writes one of them "
                      "under any name%s",
                      path, text_quote(quoted, ending, strlen(ending)), list,
                      takes & destination_bit(AS_CSV) && takes & destination_bit(AS_RECORD)
                          ? ", or a folder that ends in / (csv)"
                          : "",
                      advice);
}

/* Answers enum format, or -1. */
static int format_of(const struct cli_line *line, unsigned takes, const char *path,
                     struct uptake_error *error)
{
    struct stat there;
    if (!path)
        return AS_TABLE;
    if (is_folder(path))
        return AS_CSV;
    for (size_t k = 0; k < ENDINGS; k++)
        if (ends_in(path, endings[k].ending) &&
            (takes & destination_bit(endings[k].format) || endings[k].format == AS_RECORD))
            return (int)endings[k].format;
    if (!ending_of(path) || (stat(path, &there) == 0 && !S_ISREG(there.st_mode)))
        return AS_TABLE;
    return refuse_ending(line, takes, path, error);
}

static int check_record(const struct cli_line *line, unsigned takes,
                        const struct destination *destination, struct uptake_error *error)
{
    if (!(takes & destination_bit(AS_RECORD)))
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

/* --format, one of those that the command takes; without it what the path says. Answers enum format, or -1. */
static int asked_format(const struct cli_line *line, unsigned takes, const char *path,
                        struct uptake_error *error)
{
    const char *words[FORMATS + 1] = {NULL};
    size_t count = 0;
    int of[FORMATS];
    for (int k = 0; k < FORMATS; k++)
        if (takes & destination_bit((enum format)k)) {
            of[count] = k;
            words[count++] = format_words[k];
        }
    int chosen = cli_choice(line, RUN_FORMAT, "format", words, error);
    if (chosen < 0)
        return -1;
    return cli_has(line, RUN_FORMAT) ? of[chosen] : format_of(line, takes, path, error);
}

int destination_choose(const struct cli_line *line, unsigned takes, struct destination *destination,
                       struct uptake_error *error)
{
    const char *path = cli_value(line, RUN_OUTPUT);
    destination->path = path && strcmp(path, "-") != 0 ? path : NULL;
    destination->folder = destination->path && is_folder(destination->path);
    int format = asked_format(line, takes, destination->path, error);
    if (format < 0)
        return -1;
    destination->format = (enum format)format;
    if (destination->format == AS_RECORD && check_record(line, takes, destination, error) != 0)
        return -1;
    if (destination->folder && !(takes & destination_bit(AS_CSV)))
        return cli_misuse(line->command, error, "%s is a folder: only `uptake run` writes one",
                          path);
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
