/* uptake: the table of commands, and what every one of them has in common. */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "cli/cli.h"
#include "uptake/plugin.h"

static const struct cli_command *const commands[] = {
    &cmd_run, &cmd_explain, &cmd_check, &cmd_plugins, &cmd_describe, &cmd_new, &cmd_lock};

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
    nearest_offer(&nearest, "help");
    error_add(error, EXIT_INPUT, "uptake: there is no command '%s'%s (try 'uptake --help')",
              text_quote(quoted, name, strlen(name)), nearest_hint(&nearest, hint));
    return EXIT_INPUT;
}

/* --- Help and version -------------------------------------------------------------------------- */

static int print_help(const struct cli_command *command, struct uptake_error *error)
{
    static struct report_out out;
    terminal_open(&out);
    if (command)
        help_command(command, &out);
    else
        help_overview(commands, COMMANDS, &out);
    return terminal_close(&out, EXIT_OK, error);
}

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

static int help(size_t n_words, char **words, struct uptake_error *error)
{
    const struct cli_command *command = n_words > 0 ? find(words[0]) : NULL;
    if (n_words > 0 && !command && strcmp(words[0], "help") != 0)
        return unknown_command(words[0], error);
    return print_help(command, error);
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
    const struct cli_command *command = find(words[0]);
    if (strcmp(words[0], "--help") == 0 || strcmp(words[0], "-h") == 0 ||
        strcmp(words[0], "help") == 0)
        return help(n_words - 1, words + 1, error);
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
    if (argc < 2) {
        terminal_say("uptake: a command is missing: run, explain, check, plugins, describe, new or "
                     "lock (try 'uptake --help')");
        return EXIT_INPUT;
    }
    int code = dispatch((size_t)argc - 1, argv + 1, &error);
    terminal_messages(&error);
    return code;
}
