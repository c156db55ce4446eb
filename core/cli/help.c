/* Help, printed from the rows of commands and options. */
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "cli/cli.h"
#include "report/prose.h"

enum { LEFT = 28 };

/* A left part, and its meaning beside it, or below it where there is no room. */
static void put_row(struct report_out *out, const struct report_style *style, const char *left,
                    const char *right)
{
    bool below = 2 + text_width(left, strlen(left)) + 2 > LEFT;
    prose_item(out, style, (struct prose_label){left, TONE_PLAIN, 2, LEFT}, below ? "" : right);
    if (below)
        prose_line(out, style, LEFT, right);
}

/* "-o, --output PATH" */
static void put_option(struct report_out *out, const struct report_style *style,
                       const struct cli_option *option)
{
    char left[80];
    char letter[] = {'-', option->letter, ',', ' ', '\0'};
    snprintf(left, sizeof left, "%s--%s%s%s", option->letter ? letter : "    ", option->name,
             option->argument ? " " : "", option->argument ? option->argument : "");
    put_row(out, style, left, option->doc);
}

static void put_examples(const struct cli_command *command, const struct report_style *style,
                         struct report_out *out)
{
    prose_heading(out, style, "Examples");
    for (const char *const *example = command->examples; *example; example += 2) {
        out_spaces(out, 2);
        out_text(out, example[0]);
        out_char(out, '\n');
        prose_line(out, style, 6, example[1]);
    }
}

void help_command(const struct cli_command *command, struct report_out *out)
{
    struct report_style style = terminal_style(false);
    out_text(out, "uptake ");
    out_text(out, command->name);
    if (command->arguments[0]) {
        out_char(out, ' ');
        out_text(out, command->arguments);
    }
    out_text(out, ": ");
    out_text(out, command->summary);
    out_text(out, "\n\n");
    prose_line(out, &style, 0, command->detail);
    prose_heading(out, &style, "Options");
    for (size_t k = 0; k < command->n_options; k++)
        put_option(out, &style, &command->options[k]);
    put_option(out, &style, &cli_help);
    put_examples(command, &style, out);
}

/* --- All commands ------------------------------------------------------------------------------ */

static const struct {
    const char *code, *means;
} exits[] = {
    {"0", "all is well"},
    {"1", "a comparison or a conformance check failed"},
    {"2", "the command line, the spec or the model is wrong; nothing was run"},
    {"3",
     "the run finished, but a plugin failed on some innovation; what succeeded is in the output"},
    {"4", "the machine failed (disk full, no memory); nothing half-written is left"},
};

void help_overview(const struct cli_command *const *commands, size_t count, struct report_out *out)
{
    struct report_style style = terminal_style(false);
    prose_line(
        out, &style, 0,
        "uptake: why does an innovation not spread, what would move it, and how sure are we? It "
        "runs "
        "analyses over a model of innovations in health care, merges what they find, and says what "
        "it rests on.");
    prose_heading(out, &style, "Commands");
    for (size_t k = 0; k < count; k++) {
        char left[80];
        snprintf(left, sizeof left, "%s %s", commands[k]->name, commands[k]->arguments);
        put_row(out, &style, left, commands[k]->summary);
    }
    put_row(out, &style, "help COMMAND", "says what a command does, with examples");
    put_row(out, &style, "--version", "the version, and that of the plugin interface");
    prose_heading(out, &style, "Exit codes");
    for (size_t k = 0; k < sizeof exits / sizeof *exits; k++)
        put_row(out, &style, exits[k].code, exits[k].means);
}
