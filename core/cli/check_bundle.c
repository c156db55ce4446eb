/* Checking a bundle: see check_bundle.h. */
#include "cli/check_bundle.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/number.h"
#include "base/text.h"
#include "check/cases.h"
#include "check/fuzz.h"
#include "check/suite.h"
#include "plugin/plugin.h"
#include "report/suite.h"

/* --- What is checked --------------------------------------------------------------------------- */

static bool is_folder(const char *path)
{
    struct stat about;
    return stat(path, &about) == 0 && S_ISDIR(about.st_mode);
}

bool check_is_bundle(const char *path)
{
    size_t bytes = strlen(path);
    return (bytes > 3 && strcmp(path + bytes - 3, ".so") == 0) || is_folder(path);
}

/* The bundle that belongs to a plugin's folder: where its build leaves it, else where plugins are found. */
static int find_bundle(const char *folder, struct arena *arena, const char **path,
                       struct uptake_error *error)
{
    char real[PATH_MAX];
    if (!realpath(folder, real))
        return error_errno(error, "look at", folder);
    const char *id = strrchr(real, '/') + 1;
    const char *folders[] = {arena_format(arena, "%s/build", real),
                             arena_format(arena, "%s/build/release", real),
                             arena_format(arena, "%s", real)};
    struct plugin_search search = {folders, sizeof folders / sizeof *folders, 0};
    const struct plugin *plugin = NULL;
    for (size_t k = 0; k < search.n_spec_folders; k++)
        if (!folders[k])
            return error_memory(error);
    if (plugin_find(&search, id, arena, &plugin, error) != 0)
        return -1;
    *path = plugin->bundle;
    return 0;
}

/* NULL: none. */
static const char *find_cases(const struct cli_line *line, const char *folder, struct arena *arena)
{
    struct stat about;
    const char *given = cli_value(line, CHECK_CASES);
    const char *beside = folder && !given ? arena_format(arena, "%s/cases.yaml", folder) : NULL;
    return given ? given : beside && stat(beside, &about) == 0 ? beside : NULL;
}

/* --- Checking ---------------------------------------------------------------------------------- */

static void put_count(struct report_out *out, size_t count, const char *one, const char *many)
{
    out_count(out, count);
    out_text(out, count == 1 ? one : many);
}

static void put_name(struct report_out *out, const struct plugin *plugin, bool first)
{
    out_text(out, first ? ": " : ", ");
    out_text(out, plugin->id);
    out_char(out, ' ');
    out_text(out, plugin->version);
}

static void put_bundle(struct report_out *out, const char *path, const struct plugin_bundle *bundle)
{
    out_visible(out, path, strlen(path));
    out_text(out, ": a bundle, with ");
    if (bundle->n_plugins > 0 || bundle->n_merges == 0)
        put_count(out, bundle->n_plugins, " plugin", " plugins");
    for (size_t k = 0; k < bundle->n_plugins; k++)
        put_name(out, &bundle->plugins[k], k == 0);
    if (bundle->n_plugins > 0 && bundle->n_merges > 0)
        out_text(out, "; and with ");
    if (bundle->n_merges > 0)
        put_count(out, bundle->n_merges, " merge plugin", " merge plugins");
    for (size_t k = 0; k < bundle->n_merges; k++)
        put_name(out, &bundle->merges[k].plugin, k == 0);
    out_char(out, '\n');
}

static int check_cases(const char *path, const struct plugin_bundle *bundle, struct report_out *out,
                       struct uptake_error *error)
{
    struct cases cases;
    if (cases_run(bundle->plugins, bundle->n_plugins, path, &cases, error) != 0)
        return -1;
    out_visible(out, path, strlen(path));
    out_text(out, ": ");
    put_count(out, cases.count, " case, ", " cases, ");
    if (cases.failed == 0) {
        out_text(out, cases.count == 1 ? "as expected\n" : "all as expected\n");
    } else {
        out_count(out, cases.failed);
        out_text(out, " not as expected\n");
    }
    return 0;
}

/* --- Conformance ------------------------------------------------------------------------------- */

struct wanted {
    struct suite_options suite;
    double fuzz; /* seconds; 0: not */
    bool json;
};

static int read_number(const struct cli_line *line, int id, const char *option, double least,
                       double most, double *x, struct uptake_error *error)
{
    const char *given = cli_value(line, id);
    char quoted[72];
    if (!given || (number_parse(given, strlen(given), x) && *x >= least && *x <= most))
        return 0;
    return cli_misuse(line->command, error,
                      "--%s must be a number from %.15g to %.15g, but found '%s'", option, least,
                      most, text_quote(quoted, given, strlen(given)));
}

static int read_wanted(const struct cli_line *line, struct wanted *wanted,
                       struct uptake_error *error)
{
    static const char *const formats[] = {"text", "json", NULL};
    double seed = 1;
    int format = cli_choice(line, CHECK_FORMAT, "format", formats, error);
    if (format < 0 || read_number(line, CHECK_SEED, "seed", 0, 9e15, &seed, error) != 0 ||
        read_number(line, CHECK_FUZZ, "fuzz", 0, 1e6, &wanted->fuzz, error) != 0)
        return -1;
    wanted->json = format == 1;
    wanted->suite = (struct suite_options){.seed = (uint64_t)seed,
                                           .only = cli_value(line, CHECK_ONLY),
                                           .in_process = cli_has(line, CHECK_IN_PROCESS)};
    return 0;
}

static int put_suite(const struct suite *suite, const struct wanted *wanted, struct report_out *out,
                     struct uptake_error *error)
{
    struct report_style style = terminal_style(false);
    if (suite->n_outcomes == 0) /* --only names a check of the other kind of plugin */
        return 0;
    if (suite->n_failed)
        error_add(error, EXIT_DIFFERS, "%s: %zu of its checks failed, or could not be looked at",
                  suite->plugin->bundle, suite->n_failed);
    if (!wanted->json)
        return report_suite(suite, &style, out, error);
    report_suite_json(suite, out);
    return 0;
}

/* Its analyses, then its methods of merging. */
static int check_plugins(const struct plugin_bundle *bundle, const struct wanted *wanted,
                         struct arena *arena, struct report_out *out, struct uptake_error *error)
{
    struct suite suite;
    for (size_t k = 0; k < bundle->n_plugins; k++)
        if (suite_run(&bundle->plugins[k], &wanted->suite, arena, &suite, error) != 0 ||
            put_suite(&suite, wanted, out, error) != 0)
            return -1;
    for (size_t k = 0; k < bundle->n_merges; k++)
        if (suite_run_merge(&bundle->merges[k], &wanted->suite, arena, &suite, error) != 0 ||
            put_suite(&suite, wanted, out, error) != 0)
            return -1;
    return 0;
}

/* Where the model that fails is kept: in the working folder, never over another file. */
static int keep_model(const struct plugin *plugin, const struct fuzz *fuzz, uint64_t seed,
                      struct arena *arena, const char **path, struct uptake_error *error)
{
    static struct report_out out;
    struct stat about;
    *path = arena_format(arena, "%s-fails-%llu.yaml", plugin->id, (unsigned long long)seed);
    if (!*path)
        return error_memory(error);
    if (lstat(*path, &about) == 0)
        return error_add(error, EXIT_INPUT, "there is already something called '%s' here", *path);
    if (out_create(&out, *path, error) != 0)
        return -1;
    out_bytes(&out, fuzz->model, fuzz->bytes);
    return out_finish(&out, error);
}

static int fuzz_plugin(const struct plugin *plugin, const struct wanted *wanted,
                       struct arena *arena, struct report_out *out, struct uptake_error *error)
{
    struct fuzz fuzz;
    const char *path = NULL;
    if (fuzz_run(plugin, wanted->suite.seed, wanted->fuzz, arena, &fuzz, error) != 0)
        return -1;
    out_text(out, plugin->id);
    out_text(out, ": ");
    put_count(out, fuzz.models, " random model", " random models");
    out_text(out, fuzz.found ? ", the last answered wrongly\n" : ", none answered wrongly\n");
    if (!fuzz.found)
        return 0;
    if (keep_model(plugin, &fuzz, wanted->suite.seed, arena, &path, error) != 0)
        return -1;
    return error_add(error, EXIT_DIFFERS, "%s: %s (the smallest model that shows it: %s)",
                     plugin->bundle, fuzz.text, path) == 0;
}

int check_bundle(const struct cli_line *line, const char *path, struct arena *arena,
                 struct report_out *out, struct uptake_error *error)
{
    const char *folder = is_folder(path) ? path : NULL, *file = path;
    struct plugin_bundle bundle = {0};
    struct wanted wanted = {0};
    if (read_wanted(line, &wanted, error) != 0)
        return -1;
    if (folder && find_bundle(folder, arena, &file, error) != 0)
        return -1;
    if (plugin_scan(file, 0, arena, &bundle, error) != 0)
        return -1;
    if (!wanted.json)
        put_bundle(out, file, &bundle);
    bool cases_only = wanted.suite.only && strcmp(wanted.suite.only, suite_only_cases) == 0;
    if (!cases_only && check_plugins(&bundle, &wanted, arena, out, error) != 0)
        return -1;
    for (size_t k = 0; k < bundle.n_plugins && wanted.fuzz > 0; k++)
        if (fuzz_plugin(&bundle.plugins[k], &wanted, arena, out, error) != 0)
            return -1;
    const char *cases =
        wanted.json || (wanted.suite.only && !cases_only) ? NULL : find_cases(line, folder, arena);
    return cases ? check_cases(cases, &bundle, out, error) : 0;
}
