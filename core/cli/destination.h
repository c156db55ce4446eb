/* Where a result goes: standard output, a file that appears only when it is whole, a folder of CSV tables. */
#ifndef UPTAKE_CLI_DESTINATION_H
#define UPTAKE_CLI_DESTINATION_H

#include "cli/cli.h"

enum format { AS_TABLE, AS_JSON, AS_CSV, AS_MARKDOWN, AS_RECORD };

/* folder: one CSV file a table; made beforehand, so that a wrong path costs no run. */
struct destination {
    enum format format;
    const char *path; /* NULL: standard output */
    bool folder;
    bool made;
    struct report_out out;
};

static inline unsigned destination_bit(enum format format)
{
    return 1u << format;
}

/* Formats that several commands take. */
enum {
    DESTINATION_READ = 1u << AS_TABLE | 1u << AS_JSON | 1u << AS_MARKDOWN,
    DESTINATION_CSV = 1u << AS_CSV,
    DESTINATION_RECORD = 1u << AS_RECORD
};

/*
 * From --format, or the ending of --output. takes: a bit for each enum format that the command writes. Fails with: an ending
 * that stands for none of them, so that no text file is ever called result.docx.
 */
int destination_choose(const struct cli_line *line, unsigned takes, struct destination *destination,
                       struct uptake_error *error);
int destination_open(struct destination *destination, struct uptake_error *error);
/* Nothing came of it. */
void destination_drop(struct destination *destination);
/* How readable text is set there. */
struct report_style destination_style(const struct destination *destination);

/* write: puts the result into the output; folder: into the folder's path, NULL where the command has none. Answers the
 * exit code: `code`, or what went wrong. */
struct destination_writer {
    int (*write)(const void *what, struct destination *destination, struct uptake_error *error);
    int (*folder)(const void *what, const char *path, struct uptake_error *error);
};
int destination_write(struct destination *destination, const struct destination_writer *writer,
                      const void *what, int code, struct uptake_error *error);

#endif
