/* The manual page uptake(1), in groff's man macros (groff_man(7)), from the rows that the help is printed from. */
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"

/* --- Text -------------------------------------------------------------------------------------- */

/*
 * A text on a line of its own, so that it reads as it stands. `code` is set bold; a hyphen that begins a word is an
 * option's, and must be copied as one.
 */
static void put_escaped(struct report_out *out, const char *text)
{
    static const struct {
        char c;
        const char *as;
    } escapes[] = {{'\\', "\\e"}, {'\'', "\\(aq"}, {'^', "\\(ha"}, {'~', "\\(ti"}};
    bool code = false;
    if (text[0] == '.')
        out_text(out, "\\&");
    for (const char *c = text; *c; c++) {
        const char *as = NULL;
        for (size_t k = 0; k < sizeof escapes / sizeof *escapes; k++)
            as = escapes[k].c == *c ? escapes[k].as : as;
        if (*c == '-' && (code || c == text || !strchr("abcdefghijklmnopqrstuvwxyz", c[-1])))
            as = "\\-";
        if (*c == '`')
            as = (code = !code) ? "\\fB" : "\\fR";
        if (as)
            out_text(out, as);
        else
            out_char(out, *c);
    }
}

static void put_line(struct report_out *out, const char *text)
{
    put_escaped(out, text);
    out_char(out, '\n');
}

static void put_heading(struct report_out *out, const char *macro, const char *text)
{
    out_text(out, macro);
    out_char(out, ' ');
    put_line(out, text);
}

/* A paragraph with a tag. */
static void put_tagged(struct report_out *out, const char *tag, const char *text)
{
    char bold[200];
    snprintf(bold, sizeof bold, "`%s`", tag);
    out_text(out, ".TP\n");
    put_line(out, bold);
    put_line(out, text);
}

/* --- Sections ---------------------------------------------------------------------------------- */

static void put_option(struct report_out *out, const struct cli_option *option)
{
    out_text(out, ".TP\n");
    if (option->letter) {
        const char letter[] = {'`', '-', option->letter, '`', '\0'};
        put_escaped(out, letter);
        out_text(out, ", ");
    }
    char name[80];
    snprintf(name, sizeof name, "`--%s`", option->name);
    put_escaped(out, name);
    if (option->argument) {
        out_text(out, " \\fI");
        put_escaped(out, option->argument);
        out_text(out, "\\fR");
    }
    out_char(out, '\n');
    put_line(out, option->doc);
}

static void put_command(struct report_out *out, const struct cli_command *command)
{
    char usage[120];
    snprintf(usage, sizeof usage, "uptake %s %s", command->name, command->arguments);
    put_heading(out, ".SS", usage);
    put_line(out, command->summary);
    out_text(out, ".PP\n");
    put_line(out, command->detail);
    for (size_t k = 0; k < command->n_options; k++)
        put_option(out, &command->options[k]);
}

static void put_rows(struct report_out *out, const char *heading, const struct help_row *rows)
{
    put_heading(out, ".SH", heading);
    for (; rows->name; rows++)
        put_tagged(out, rows->name, rows->means);
}

static void put_examples(struct report_out *out, const struct cli_command *const *commands,
                         size_t count)
{
    put_heading(out, ".SH", "EXAMPLES");
    for (size_t k = 0; k < count; k++)
        for (const char *const *example = commands[k]->examples; *example; example += 2)
            put_tagged(out, example[0], example[1]);
}

void help_manual(const struct cli_command *const *commands, size_t count, struct report_out *out)
{
    out_text(out, ".TH UPTAKE 1 \"\" \"uptake " UPTAKE_VERSION "\" \"User commands\"\n"
                  ".nh\n"
                  ".ad l\n"
                  ".SH NAME\n"
                  "uptake \\- runs, merges and compares analyses of why innovations spread\n"
                  ".SH SYNOPSIS\n"
                  ".B uptake\n"
                  ".I COMMAND\n"
                  "[\\fIOPTION\\fR ...] [\\fIARGUMENT\\fR ...]\n"
                  ".SH DESCRIPTION\n");
    put_line(out, help_purpose);
    out_text(out, ".PP\nResults go to standard output, messages to standard error.\n");
    put_heading(out, ".SH", "COMMANDS");
    for (size_t k = 0; k < count; k++)
        put_command(out, commands[k]);
    put_heading(out, ".SS", "Every command");
    put_option(out, &cli_help);
    put_rows(out, "EXIT STATUS", help_exits);
    put_rows(out, "ENVIRONMENT", help_environment);
    put_rows(out, "FILES", help_files);
    put_examples(out, commands, count);
}
