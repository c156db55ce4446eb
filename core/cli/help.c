/* Help, printed from the rows of commands and options: on a terminal, or as a page of markdown. */
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

/* "-o, --output PATH"; in markdown, where nothing is aligned, without the room for a letter. */
static void put_option(struct report_out *out, const struct report_style *style,
                       const struct cli_option *option)
{
    char left[80];
    const char *none = style->markdown ? "" : "    ";
    char letter[] = {'-', option->letter, ',', ' ', '\0'};
    snprintf(left, sizeof left, "%s--%s%s%s", option->letter ? letter : none, option->name,
             option->argument ? " " : "", option->argument ? option->argument : "");
    put_row(out, style, left, option->doc);
}

static void put_examples(const struct cli_command *command, const struct report_style *style,
                         struct report_out *out)
{
    char line[200];
    for (const char *const *example = command->examples; *example; example += 2) {
        snprintf(line, sizeof line, style->markdown ? "`%s`" : "%s", example[0]);
        prose_item(out, style, (struct prose_label){line, TONE_PLAIN, 2, 6}, "");
        prose_line(out, style, 6, example[1]);
    }
}

/* What follows a command's first line. */
static void put_body(const struct cli_command *command, const struct report_style *style,
                     struct report_out *out,
                     void (*head)(struct report_out *, const struct report_style *, const char *))
{
    prose_line(out, style, 0, command->detail);
    head(out, style, "Options");
    for (size_t k = 0; k < command->n_options; k++)
        put_option(out, style, &command->options[k]);
    put_option(out, style, &cli_help);
    head(out, style, "Examples");
    put_examples(command, style, out);
}

/* "uptake run SPEC" */
static const char *usage_of(const struct cli_command *command, char text[120])
{
    snprintf(text, 120, "uptake %s%s%s", command->name, command->arguments[0] ? " " : "",
             command->arguments);
    return text;
}

void help_command(const struct cli_command *command, const struct report_style *style,
                  struct report_out *out)
{
    char usage[120], first[400];
    snprintf(first, sizeof first, "%s: %s", usage_of(command, usage), command->summary);
    prose_title(out, style, first);
    prose_gap(out, style);
    put_body(command, style, out, prose_heading);
}

/* --- All commands ------------------------------------------------------------------------------ */

const char help_purpose[] =
    "uptake: why does an innovation not spread, what would move it, and how sure are we? It runs "
    "analyses over a model of innovations in health care, merges what they find, and says what it "
    "rests on.";

const struct help_row help_exits[] = {
    {"0", "all is well; also where a plugin crashed on a batch but on none of its innovations "
          "alone: all of "
          "them have results, and a message says that these depend on how the work is cut"},
    {"1", "a comparison or a conformance check failed"},
    {"2", "the command line, the spec or the model is wrong; nothing was run"},
    {"3",
     "the run finished, but a plugin failed on some innovation; what succeeded is in the output"},
    {"4", "the machine failed (disk full, no memory); nothing half-written is left"},
    {NULL, NULL},
};

const struct help_row help_environment[] = {
    {"UPTAKE_PLUGIN_PATH",
     "folders to look for plugins in, parted by colons, before those of the spec and the installed "
     "ones"},
    {"COLUMNS", "how wide text is set; without it the terminal's own width, or 100"},
    {"NO_COLOR", "no colours, where it is not empty"},
    {"XDG_CACHE_HOME",
     "where what is known of bundles is kept, in the folder uptake; without it ~/.cache"},
    {"LD_LIBRARY_PATH", "folders from which a bundle may load libraries, beside the system's own"},
    {NULL, NULL},
};

const struct help_row help_files[] = {
    {"PREFIX/lib/uptake/plugins/*.so", "the plugins that were installed with the program"},
    {"PREFIX/include/uptake/plugin.h",
     "the one header that a plugin needs; calendar.h (months) and members.h (how many innovations, "
     "and which) beside it are of help to some"},
    {"~/.cache/uptake/", "what is known of bundles; may be deleted at any time"},
    {NULL, NULL},
};

static void put_rows(struct report_out *out, const struct report_style *style, const char *heading,
                     const struct help_row *rows)
{
    prose_heading(out, style, heading);
    for (; rows->name; rows++)
        put_row(out, style, rows->name, rows->means);
}

void help_overview(const struct cli_command *const *commands, size_t count,
                   const struct report_style *style, struct report_out *out)
{
    char usage[120];
    prose_line(out, style, 0, help_purpose);
    prose_heading(out, style, "Commands");
    for (size_t k = 0; k < count; k++)
        put_row(out, style, usage_of(commands[k], usage) + strlen("uptake "), commands[k]->summary);
    put_row(out, style, "--version", "the version, and that of the plugin interface");
    put_rows(out, style, "Exit codes", help_exits);
    put_rows(out, style, "Environment", help_environment);
}

void help_page(const struct cli_command *const *commands, size_t count, struct report_out *out)
{
    char usage[120];
    const struct report_style *style = &report_markdown;
    prose_title(out, style, "The command line");
    prose_line(out, style, 0, help_purpose);
    for (size_t k = 0; k < count; k++) {
        prose_heading(out, style, usage_of(commands[k], usage));
        prose_line(out, style, 0, commands[k]->summary);
        put_body(commands[k], style, out, prose_subheading);
    }
    put_rows(out, style, "Exit codes", help_exits);
    put_rows(out, style, "Environment", help_environment);
    put_rows(out, style, "Files", help_files);
}
