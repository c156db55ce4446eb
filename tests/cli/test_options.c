/* The parser of options, and the help that is printed from the same rows. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"

enum { FORMAT = 1, OUTPUT, FLAG };

static const struct cli_option options[] = {
    {FORMAT, "format", 'f', "FORMAT", "how"},
    {OUTPUT, "output", 'o', "PATH", "where"},
    {FLAG, "in-process", 0, NULL, "here"},
};

static int run_nothing(const struct cli_line *line, struct uptake_error *error)
{
    (void)line;
    (void)error;
    return 0;
}

static const char *const no_examples[] = {NULL};

static const struct cli_command command = {.name = "try",
                                           .arguments = "SPEC",
                                           .least = 1,
                                           .most = 1,
                                           .summary = "tries",
                                           .detail = "It tries.",
                                           .options = options,
                                           .n_options = sizeof options / sizeof *options,
                                           .examples = no_examples,
                                           .run = run_nothing};

enum { WORDS = 6 };

static int read_words(const char *const words[WORDS], struct cli_line *line,
                      struct uptake_error *error)
{
    size_t count = 0;
    while (count < WORDS && words[count])
        count++;
    return cli_read(&command, (char **)(uintptr_t)words, count, line, error);
}

Test(cli_options, what_can_be_written)
{
    static const struct {
        const char *words[WORDS];
        const char *format, *output, *argument;
        bool flag;
    } cases[] = {
        {{"a.yaml"}, NULL, NULL, "a.yaml", false},
        {{"--format", "json", "a.yaml"}, "json", NULL, "a.yaml", false},
        {{"--format=json", "a.yaml"}, "json", NULL, "a.yaml", false},
        {{"--format=", "a.yaml"}, "", NULL, "a.yaml", false},
        {{"a.yaml", "-f", "json"}, "json", NULL, "a.yaml", false},
        {{"a.yaml", "-fjson"}, "json", NULL, "a.yaml", false},
        {{"-f", "csv", "-f", "json", "a.yaml"}, "json", NULL, "a.yaml", false},
        {{"-o", "-", "a.yaml"}, NULL, "-", "a.yaml", false},
        {{"--in-process", "a.yaml"}, NULL, NULL, "a.yaml", true},
        {{"--", "--format"}, NULL, NULL, "--format", false},
        {{"-"}, NULL, NULL, "-", false},
    };
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        struct uptake_error error = {0};
        struct cli_line line;
        cr_assert_eq(read_words(cases[k].words, &line, &error), 0, "case %zu: %s", k,
                     error.text[0]);
        const char *format = cli_value(&line, FORMAT), *output = cli_value(&line, OUTPUT);
        cr_expect(format ? cases[k].format && strcmp(format, cases[k].format) == 0
                         : !cases[k].format);
        cr_expect(output ? cases[k].output && strcmp(output, cases[k].output) == 0
                         : !cases[k].output);
        cr_expect_str_eq(line.arguments[0], cases[k].argument);
        cr_expect_eq(cli_has(&line, FLAG), cases[k].flag);
        arena_finish(&line.arena);
    }
}

Test(cli_options, what_cannot)
{
    static const struct {
        const char *words[WORDS];
        const char *message;
    } cases[] = {
        {{"--fromat", "json", "a"}, "there is no option --fromat; did you mean --format?"},
        {{"--qqqqqqqq", "a"}, "there is no option --qqqqqqqq"},
        {{"-z", "a"}, "there is no option -z"},
        {{"a", "--format"}, "--format needs a value: --format FORMAT"},
        {{"--in-process=yes", "a"}, "--in-process takes no value"},
        {{NULL}, "SPEC is missing"},
        {{"a", "b"}, "nothing more is expected, but found 'b'"},
    };
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        struct uptake_error error = {0};
        struct cli_line line;
        char expected[256];
        snprintf(expected, sizeof expected, "uptake try: %s (try 'uptake try --help')",
                 cases[k].message);
        cr_expect_eq(read_words(cases[k].words, &line, &error), -1);
        cr_expect_eq(error.exit_code, EXIT_INPUT);
        cr_expect_str_eq(error.text[0], expected);
        arena_finish(&line.arena);
    }
}

Test(cli_options, help_needs_no_argument)
{
    struct uptake_error error = {0};
    struct cli_line line;
    cr_expect_eq(read_words((const char *const[WORDS]){"-h"}, &line, &error), 0);
    cr_expect(cli_has(&line, CLI_HELP));
    arena_finish(&line.arena);
}

Test(cli_options, choices)
{
    static const char *const words[] = {"table", "json", "csv", NULL};
    static const struct {
        const char *words[WORDS];
        int expected;
        const char *message;
    } cases[] = {
        {{"a"}, 0, NULL},
        {{"a", "-f", "csv"}, 2, NULL},
        {{"a", "-f", "jsn"},
         -1,
         "uptake try: --format must be table, json or csv, but found 'jsn'; did you mean 'json'? "
         "(try "
         "'uptake try --help')"},
    };
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        struct uptake_error error = {0};
        struct cli_line line;
        cr_assert_eq(read_words(cases[k].words, &line, &error), 0);
        cr_expect_eq(cli_choice(&line, FORMAT, "format", words, &error), cases[k].expected);
        if (cases[k].message)
            cr_expect_str_eq(error.text[0], cases[k].message);
        arena_finish(&line.arena);
    }
}
