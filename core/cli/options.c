/* The one parser of options: --long, --long VALUE, --long=VALUE, -l, -lVALUE; "--" ends them. See cli.h. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "cli/cli.h"

const struct cli_option cli_help = {CLI_HELP, "help", 'h', NULL, "says what this command does"};

int cli_misuse(const struct cli_command *command, struct uptake_error *error, const char *format,
               ...)
{
    char text[ERROR_BYTES];
    va_list values;
    va_start(values, format);
    vsnprintf(text, sizeof text, format, values);
    va_end(values);
    return error_add(error, EXIT_INPUT, "uptake %s: %s (try 'uptake %s --help')", command->name,
                     text, command->name);
}

/* --- Finding an option ------------------------------------------------------------------------- */

static const struct cli_option *find_in(const struct cli_option *options, size_t count,
                                        const char *name, size_t bytes, char letter)
{
    for (size_t k = 0; k < count; k++) {
        bool named =
            name && strlen(options[k].name) == bytes && memcmp(options[k].name, name, bytes) == 0;
        if (named || (letter && options[k].letter == letter))
            return &options[k];
    }
    return NULL;
}

static const struct cli_option *find(const struct cli_command *command, const char *name,
                                     size_t bytes, char letter)
{
    const struct cli_option *own =
        find_in(command->options, command->n_options, name, bytes, letter);
    return own ? own : find_in(&cli_help, 1, name, bytes, letter);
}

static int unknown_option(const struct cli_command *command, const char *name, size_t bytes,
                          struct uptake_error *error)
{
    struct nearest nearest;
    char quoted[72];
    nearest_start(&nearest, name, bytes);
    for (size_t k = 0; k < command->n_options; k++)
        nearest_offer(&nearest, command->options[k].name);
    nearest_offer(&nearest, cli_help.name);
    const char *best = nearest_best(&nearest);
    return cli_misuse(command, error, "there is no option --%s%s%s%s",
                      text_quote(quoted, name, bytes), best ? "; did you mean --" : "",
                      best ? best : "", best ? "?" : "");
}

/* --- Reading ----------------------------------------------------------------------------------- */

/* The words still to be read. */
struct reader {
    struct cli_line *line;
    char **words;
    size_t count;
    size_t next;
    struct uptake_error *error;
};

/* value: what stands in the same word, or NULL. */
static int take(struct reader *reader, const struct cli_option *option, const char *value)
{
    if (!option->argument && value)
        return cli_misuse(reader->line->command, reader->error, "--%s takes no value",
                          option->name);
    if (option->argument && !value) {
        if (reader->next == reader->count)
            return cli_misuse(reader->line->command, reader->error, "--%s needs a value: --%s %s",
                              option->name, option->name, option->argument);
        value = reader->words[reader->next++];
    }
    reader->line->values[reader->line->n_values++] =
        (struct cli_value){option->id, value ? value : ""};
    return 0;
}

static int read_long(struct reader *reader, const char *word)
{
    size_t bytes = strcspn(word, "=");
    const struct cli_option *option = find(reader->line->command, word, bytes, 0);
    if (!option)
        return unknown_option(reader->line->command, word, bytes, reader->error);
    return take(reader, option, word[bytes] ? word + bytes + 1 : NULL);
}

static int read_letter(struct reader *reader, const char *word)
{
    const struct cli_option *option = find(reader->line->command, NULL, 0, word[0]);
    char quoted[72];
    if (!option)
        return cli_misuse(reader->line->command, reader->error, "there is no option -%s",
                          text_quote(quoted, word, strlen(word)));
    return take(reader, option, word[1] ? word + 1 : NULL);
}

static int read_words(struct reader *reader)
{
    bool options = true;
    while (reader->next < reader->count) {
        const char *word = reader->words[reader->next++];
        int failed = 0;
        if (options && strcmp(word, "--") == 0)
            options = false;
        else if (options && strncmp(word, "--", 2) == 0)
            failed = read_long(reader, word + 2);
        else if (options && word[0] == '-' && word[1])
            failed = read_letter(reader, word + 1);
        else
            reader->line->arguments[reader->line->n_arguments++] = word;
        if (failed != 0)
            return -1;
    }
    return 0;
}

/* "SPEC ID" behind its first word: "ID". */
static const char *after_words(const char *words, size_t count)
{
    for (; count > 0 && *words; count--) {
        words += strcspn(words, " ");
        words += strspn(words, " ");
    }
    return words;
}

static int check_count(const struct cli_line *line, struct uptake_error *error)
{
    const struct cli_command *command = line->command;
    char quoted[72];
    if (cli_has(line, CLI_HELP))
        return 0;
    if (line->n_arguments < command->least)
        return cli_misuse(command, error, "%s is missing",
                          after_words(command->arguments, line->n_arguments));
    if (line->n_arguments > command->most) {
        const char *extra = line->arguments[command->most];
        return cli_misuse(command, error, "nothing more is expected, but found '%s'",
                          text_quote(quoted, extra, strlen(extra)));
    }
    return 0;
}

int cli_read(const struct cli_command *command, char **words, size_t n_words, struct cli_line *line,
             struct uptake_error *error)
{
    *line = (struct cli_line){.command = command};
    line->arguments = arena_array(&line->arena, n_words + 1, sizeof *line->arguments);
    line->values = arena_array(&line->arena, n_words + 1, sizeof *line->values);
    if (!line->arguments || !line->values)
        return error_memory(error);
    struct reader reader = {line, words, n_words, 0, error};
    return read_words(&reader) == 0 ? check_count(line, error) : -1;
}

/* --- Asking ------------------------------------------------------------------------------------ */

const char *cli_value(const struct cli_line *line, int id)
{
    for (size_t k = line->n_values; k > 0; k--)
        if (line->values[k - 1].id == id)
            return line->values[k - 1].text;
    return NULL;
}

bool cli_has(const struct cli_line *line, int id)
{
    return cli_value(line, id) != NULL;
}

/* "table, json or csv" */
static void list_words(char *text, size_t room, const char *const *words)
{
    size_t used = 0;
    text[0] = '\0';
    for (size_t k = 0; words[k] && used < room; k++) {
        const char *between = k == 0 ? "" : words[k + 1] ? ", " : " or ";
        int bytes = snprintf(text + used, room - used, "%s%s", between, words[k]);
        used += bytes > 0 ? (size_t)bytes : 0;
    }
}

int cli_choice(const struct cli_line *line, int id, const char *option, const char *const *words,
               struct uptake_error *error)
{
    const char *given = cli_value(line, id);
    char quoted[72], hint[96], list[200];
    struct nearest nearest;
    if (!given)
        return 0;
    nearest_start(&nearest, given, strlen(given));
    for (int k = 0; words[k]; k++) {
        if (strcmp(words[k], given) == 0)
            return k;
        nearest_offer(&nearest, words[k]);
    }
    list_words(list, sizeof list, words);
    return cli_misuse(line->command, error, "--%s must be %s, but found '%s'%s", option, list,
                      text_quote(quoted, given, strlen(given)), nearest_hint(&nearest, hint));
}
