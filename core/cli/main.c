/* uptake: the table of commands, and what every one of them has in common. */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "cli/cli.h"
#include "uptake/plugin.h"

static const struct cli_command cmd_help;

static const struct cli_command *const commands[] = {
    &cmd_run,  &cmd_explain, &cmd_check,   &cmd_plugins, &cmd_describe, &cmd_new,
    &cmd_lock, &cmd_schema,  &cmd_compare, &cmd_rerun,   &cmd_help};

enum { COMMANDS = sizeof commands / sizeof *commands };

#ifdef UPTAKE_SANITIZED
/* A plugin's crash is what a worker is for: it must end as a signal, not as the sanitizer's exit. */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
    return "handle_segv=0:handle_sigbus=0:handle_abort=0:handle_sigfpe=0:handle_sigill=0";
}
#endif

/* --- Finding a command ------------------------------------------------------------------------- */

static const struct cli_command *find(const char *name)
{
    for (size_t k = 0; k < COMMANDS; k++)
        if (strcmp(commands[k]->name, name) == 0)
            return commands[k];
    return NULL;
}

static int unknown_command(const char *name, struct uptake_error *error)
{
    struct nearest nearest;
    char quoted[72], hint[96];
    nearest_start(&nearest, name, strlen(name));
    for (size_t k = 0; k < COMMANDS; k++)
        nearest_offer(&nearest, commands[k]->name);
    error_add(error, EXIT_INPUT, "uptake: there is no command '%s'%s (try 'uptake --help')",
              text_quote(quoted, name, strlen(name)), nearest_hint(&nearest, hint));
    return EXIT_INPUT;
}

static void say_missing(void)
{
    char names[256] = "";
    for (size_t k = 0, used = 0; k < COMMANDS && used < sizeof names; k++) {
        const char *between = k == 0 ? "" : k + 1 == COMMANDS ? " or " : ", ";
        used +=
            (size_t)snprintf(names + used, sizeof names - used, "%s%s", between, commands[k]->name);
    }
    terminal_say("uptake: a command is missing: %s (try 'uptake --help')", names);
}

/* --- Help and version -------------------------------------------------------------------------- */

static int print_help(const struct cli_command *command, struct uptake_error *error)
{
    static struct report_out out;
    const struct report_style style = terminal_style(false);
    terminal_open(&out);
    if (command)
        help_command(command, &style, &out);
    else
        help_overview(commands, COMMANDS, &style, &out);
    return terminal_close(&out, EXIT_OK, error);
}

enum { HELP_FORMAT = 1 };

static const struct cli_option help_options[] = {
    {HELP_FORMAT, "format", 'f', "FORMAT",
     "text (the default), or every command as a page of markdown, or as the manual page, man"},
};

static const char *const help_examples[] = {
    "uptake help run", "one command: its options, and examples",
    "uptake help --format man > uptake.1", "the manual page, for `man -l uptake.1`", NULL};

static int run_help(const struct cli_line *line, struct uptake_error *error)
{
    static const char *const formats[] = {"text", "markdown", "man", NULL};
    static struct report_out out;
    const char *name = line->n_arguments > 0 ? line->arguments[0] : NULL;
    int format = cli_choice(line, HELP_FORMAT, "format", formats, error);
    if (format < 0)
        return EXIT_INPUT;
    if (name && !find(name))
        return unknown_command(name, error);
    if (format == 0)
        return print_help(name ? find(name) : NULL, error);
    if (name) {
        cli_misuse(line->command, error, "as %s there is all of the command line only, not '%s'",
                   formats[format], name);
        return EXIT_INPUT;
    }
    terminal_open(&out);
    (format == 1 ? help_page : help_manual)(commands, COMMANDS, &out);
    return terminal_close(&out, EXIT_OK, error);
}

static const struct cli_command cmd_help = {
    .name = "help",
    .arguments = "[COMMAND]",
    .least = 0,
    .most = 1,
    .summary = "says what a command does, with examples",
    .detail = "Without COMMAND: all commands, exit codes and the environment, in short.",
    .options = help_options,
    .n_options = sizeof help_options / sizeof *help_options,
    .examples = help_examples,
    .run = run_help,
};

static int print_version(struct uptake_error *error)
{
    static struct report_out out;
    terminal_open(&out);
    out_text(&out, "uptake " UPTAKE_VERSION " (plugin interface ");
    out_count(&out, UPTAKE_ABI_MAJOR);
    out_char(&out, '.');
    out_count(&out, UPTAKE_ABI_MINOR);
    out_text(&out, ")\n");
    return terminal_close(&out, EXIT_OK, error);
}

/* --- Running a command ------------------------------------------------------------------------- */

static int run(const struct cli_command *command, size_t n_words, char **words,
               struct uptake_error *error)
{
    struct cli_line line;
    int code = EXIT_INPUT;
    if (cli_read(command, words, n_words, &line, error) != 0)
        code = error->exit_code;
    else if (cli_has(&line, CLI_HELP))
        code = print_help(command, error);
    else
        code = command->run(&line, error);
    arena_finish(&line.arena);
    return code;
}

static int dispatch(size_t n_words, char **words, struct uptake_error *error)
{
    bool help = strcmp(words[0], "--help") == 0 || strcmp(words[0], "-h") == 0;
    const struct cli_command *command = help ? &cmd_help : find(words[0]);
    if (strcmp(words[0], "--version") == 0)
        return print_version(error);
    return command ? run(command, n_words - 1, words + 1, error) : unknown_command(words[0], error);
}

/* A closed standard descriptor must not be given to the next file that is opened. What stands in for it can only be
 * used the other way round, so that writing to a closed output still fails. */
static void hold_standard_descriptors(void)
{
    for (int fd = 0; fd <= 2; fd++)
        if (fcntl(fd, F_GETFD) == -1 && open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY) != fd)
            _exit(EXIT_MACHINE);
}

int main(int argc, char **argv)
{
    static struct uptake_error error;
    hold_standard_descriptors();
    signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is a write that fails */
    if (argc < 2) {
        say_missing();
        return EXIT_INPUT;
    }
    int code = dispatch((size_t)argc - 1, argv + 1, &error);
    terminal_messages(&error);
    return code;
}
