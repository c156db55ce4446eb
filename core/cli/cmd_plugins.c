/* uptake plugins: what is installed. */
#include <string.h>

#include "cli/cli.h"
#include "plugin/cache.h"
#include "plugin/plugin.h"

enum { FORMAT = 1, RESCAN };

static const struct cli_option options[] = {
    {FORMAT, "format", 'f', "FORMAT", "table (the default) or json"},
    {RESCAN, "rescan", 0, NULL,
     "looks into every bundle again instead of remembering what was found before"},
};

static const char *const examples[] = {"uptake plugins", "every plugin that a spec can use",
                                       "UPTAKE_PLUGIN_PATH=~/plugins uptake plugins",
                                       "those of a folder of your own, too", NULL};

static int write_list(const struct plugin_bundle *bundles, size_t n_bundles, bool json,
                      struct uptake_error *error)
{
    static struct report_out out;
    struct report_style style = terminal_style(false);
    terminal_open(&out);
    if (json)
        report_plugins_json(bundles, n_bundles, &out);
    else if (report_plugins(bundles, n_bundles, &style, &out, error) != 0)
        return error->exit_code;
    return terminal_close(&out, EXIT_OK, error);
}

static int run(const struct cli_line *line, struct uptake_error *error)
{
    static const char *const formats[] = {"table", "json", NULL};
    int format = cli_choice(line, FORMAT, "format", formats, error);
    const struct plugin_bundle *bundles = NULL;
    struct plugin_search search = {0};
    struct arena arena = {0};
    size_t n_bundles = 0;
    int code = EXIT_INPUT;
    if (cli_has(line, RESCAN))
        cache_renew();
    if (format >= 0 && plugin_list(&search, &arena, &bundles, &n_bundles, error) == 0)
        code = write_list(bundles, n_bundles, format == 1, error);
    else
        code = error->exit_code;
    arena_finish(&arena);
    return code;
}

const struct cli_command cmd_plugins = {
    .name = "plugins",
    .arguments = "",
    .least = 0,
    .most = 0,
    .summary = "lists the plugins that are installed",
    .detail = "Looks in UPTAKE_PLUGIN_PATH (folders, separated by colons), beside the program, and "
              "in the installed "
              "folder. A bundle that cannot be described is named with the reason.",
    .options = options,
    .n_options = sizeof options / sizeof *options,
    .examples = examples,
    .run = run,
};
