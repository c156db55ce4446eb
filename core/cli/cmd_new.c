/* uptake new: a folder with a plugin that builds, runs and passes its checks, to be changed from there. */
#include <ctype.h>
#include <string.h>

#include "base/text.h"
#include "cli/cli.h"
#include "cli/templates.h"

enum { LANG = 1 };

enum { ID_MOST = 63 };

static const struct cli_option options[] = {
    {LANG, "lang", 'l', "LANGUAGE", "c (the default), cpp or rust"},
};

static const char *const examples[] = {
    "uptake new plugin waiting-list", "a plugin in C, in the new folder waiting-list",
    "uptake new plugin waiting-list --lang rust", "the same in Rust, without a crate", NULL};

/* How a language's folder is built. */
static const char *const languages[] = {"c", "cpp", "rust", NULL};
static const char *const builds[] = {"cmake -B build && cmake --build build",
                                     "cmake -B build && cmake --build build",
                                     "cargo build --release --target-dir build"};

/* --- The id ------------------------------------------------------------------------------------ */

/* Words that a build system keeps for itself. */
static const char *const taken[] = {
    "all",          "clean",  "edit-cache", "help", "install",
    "package",      "plugin", "rebuild",    "test", "uptake",
    "spec",         "merges", "model",      "m",    "template-plugin",
    "package-help", NULL};

static bool is_plain(const char *id)
{
    for (const char *c = id; *c; c++)
        if (!islower((unsigned char)*c) && !isdigit((unsigned char)*c) && *c != '-')
            return false;
    return islower((unsigned char)id[0]) && id[strlen(id) - 1] != '-';
}

static int check_id(const struct cli_line *line, const char *id, struct uptake_error *error)
{
    char quoted[72];
    text_quote(quoted, id, strlen(id));
    if (!is_plain(id))
        return cli_misuse(
            line->command, error,
            "'%s' is no id: expected lower-case letters, digits and hyphens, a letter "
            "first, such as waiting-list",
            quoted);
    if (strlen(id) > ID_MOST)
        return cli_misuse(line->command, error, "the id '%s' has %zu bytes, at most %d are allowed",
                          quoted, strlen(id), ID_MOST);
    for (size_t k = 0; taken[k]; k++)
        if (strcmp(taken[k], id) == 0)
            return cli_misuse(line->command, error,
                              "'%s' means something else to build systems or to uptake: choose "
                              "another id",
                              quoted);
    return 0;
}

/* --- The command ------------------------------------------------------------------------------- */

static void put_line(struct report_out *out, const char *const *parts)
{
    out_text(out, "  ");
    for (size_t k = 0; parts[k]; k++)
        out_text(out, parts[k]);
    out_char(out, '\n');
}

static int say_next(const char *build, const char *id, struct uptake_error *error)
{
    static struct report_out out;
    terminal_open(&out);
    out_text(&out, id);
    out_text(&out, "/ is a plugin that answers a first question. Next:\n");
    put_line(&out, (const char *const[]){"cd ", id, NULL});
    put_line(&out, (const char *const[]){build, NULL});
    put_line(&out, (const char *const[]){"uptake check .", NULL});
    put_line(&out, (const char *const[]){"uptake run spec.yaml", NULL});
    out_text(&out, "Then change it: its README.md says where to begin.\n");
    return terminal_close(&out, EXIT_OK, error);
}

static int run(const struct cli_line *line, struct uptake_error *error)
{
    char quoted[72];
    const char *what = line->arguments[0], *id = line->arguments[1];
    int language = cli_choice(line, LANG, "lang", languages, error);
    if (language < 0)
        return EXIT_INPUT;
    if (strcmp(what, "plugin") != 0) {
        cli_misuse(line->command, error, "expected 'plugin', but found '%s'",
                   text_quote(quoted, what, strlen(what)));
        return EXIT_INPUT;
    }
    if (check_id(line, id, error) != 0 || templates_write(languages[language], id, error) != 0)
        return error->exit_code;
    return say_next(builds[language], id, error);
}

const struct cli_command cmd_new = {
    .name = "new",
    .arguments = "plugin ID",
    .least = 2,
    .most = 2,
    .summary = "writes the folder of a new plugin, which builds and runs as it is",
    .detail = "The folder ID gets the plugin's source, a build file, a README, a spec and a model. "
              "Nothing that is there is overwritten.",
    .options = options,
    .n_options = sizeof options / sizeof *options,
    .examples = examples,
    .run = run,
};
