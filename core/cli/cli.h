/*
 * The command line: one table of commands (main.c), one file a command, and options as rows that one parser
 * reads and the help is printed from. Results go to standard output, messages to standard error; this folder is the
 * only one that prints.
 */
#ifndef UPTAKE_CLI_CLI_H
#define UPTAKE_CLI_CLI_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"
#include "report/out.h"
#include "report/report.h"

/* --- Commands and options as rows -------------------------------------------------------------- */

/* id: of the option within its command, from 1. argument: NULL: takes none. */
struct cli_option {
    int id;
    const char *name; /* without the hyphens */
    char letter;      /* 0: none */
    const char *argument;
    const char *doc;
};

/* Understood by every command. */
enum { CLI_HELP = 1000 };
extern const struct cli_option cli_help;

struct cli_line;

/* most: SIZE_MAX: any number. examples: NULL-terminated pairs of a command line and what it does. run answers an exit
 * code; messages are in the error, which main prints. */
struct cli_command {
    const char *name;
    const char *arguments; /* "SPEC", "FILE..." */
    size_t least, most;
    const char *summary; /* a line for the overview */
    const char *detail;
    const struct cli_option *options;
    size_t n_options;
    const char *const *examples;
    int (*run)(const struct cli_line *line, struct uptake_error *error);
};

extern const struct cli_command cmd_run, cmd_check, cmd_plugins, cmd_describe, cmd_new, cmd_explain,
    cmd_lock, cmd_schema, cmd_compare, cmd_rerun;

/* --- A line that was read ---------------------------------------------------------------------- */

struct cli_value {
    int id;
    const char *text; /* "" where the option takes none */
};

struct cli_line {
    const struct cli_command *command;
    const char **arguments;
    size_t n_arguments;
    struct cli_value *values;
    size_t n_values;
    struct arena arena; /* of the command, freed by main */
};

/* words: what follows the command's name. Fails with: exit code 2, and the nearest option. */
int cli_read(const struct cli_command *command, char **words, size_t n_words, struct cli_line *line,
             struct uptake_error *error);
/* The last value given, or NULL. */
const char *cli_value(const struct cli_line *line, int id);
bool cli_has(const struct cli_line *line, int id);
/* One of the words, by index; without the option the first. -1: it is none of them. */
int cli_choice(const struct cli_line *line, int id, const char *option, const char *const *words,
               struct uptake_error *error);
/* A message of the command line itself: "uptake run: ...; try 'uptake run --help'". */
__attribute__((format(printf, 3, 4))) int
cli_misuse(const struct cli_command *command, struct uptake_error *error, const char *format, ...);

/* --- Help -------------------------------------------------------------------------------------- */

struct help_row {
    const char *name, *means;
};
/* NULL-terminated. */
extern const struct help_row help_exits[], help_environment[], help_files[];
extern const char help_purpose[];

void help_overview(const struct cli_command *const *commands, size_t count,
                   const struct report_style *style, struct report_out *out);
void help_command(const struct cli_command *command, const struct report_style *style,
                  struct report_out *out);
/* Everything of the command line, as one page of markdown; and as uptake(1), with groff's man macros. */
void help_page(const struct cli_command *const *commands, size_t count, struct report_out *out);
void help_manual(const struct cli_command *const *commands, size_t count, struct report_out *out);

/* --- The world outside ------------------------------------------------------------------------- */

/* How to set text for standard output, or for a file. */
struct report_style terminal_style(bool to_file);
/* Processors that this process may use. */
int terminal_jobs(void);
/* Every message on a line of its own, on standard error. */
void terminal_messages(const struct uptake_error *error);
__attribute__((format(printf, 1, 2))) void terminal_say(const char *format, ...);
/* Standard output, for a command that writes nowhere else. */
void terminal_open(struct report_out *out);
/* Ends the output and answers the exit code: `code`, or 4 when it could not be written. A closed pipe ends the
 * process as SIGPIPE does. */
int terminal_close(struct report_out *out, int code, struct uptake_error *error);

#endif
