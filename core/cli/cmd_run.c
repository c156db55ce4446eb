/* uptake run: reads a spec, runs it, writes what was found. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/number.h"
#include "base/text.h"
#include "cli/cli.h"
#include "cli/pipeline.h"
#include "spec/spec.h"

enum { FORMAT = 1, OUTPUT, JOBS, SET, ONLY, INNOVATION, IN_PROCESS, CONTAINMENT };

enum { JOBS_MOST = 1024, MESSAGES_SHOWN = 10 };

static const struct cli_option options[] = {
    {FORMAT, "format", 'f', "FORMAT",
     "table (the default), json, csv or markdown; without it the ending of the output's name "
     "decides"},
    {OUTPUT, "output", 'o', "PATH",
     "writes to a file, which appears only when it is whole; a path that ends in / (or is a "
     "folder) takes "
     "one CSV file a table; - is standard output"},
    {SET, "set", 's', "KEY=VALUE",
     "changes one value of the spec, such as merge.balanced.missing=worst; repeatable"},
    {ONLY, "only", 0, "NAME", "runs one plugin of the spec, by its name there"},
    {INNOVATION, "innovation", 'i', "ID", "looks at one innovation of the model"},
    {JOBS, "jobs", 'j', "N", "how many workers compute at once; all processors by default"},
    {IN_PROCESS, "in-process", 0, NULL,
     "runs plugins in this very process, for debuggers and profilers: a crash ends it"},
    {CONTAINMENT, "containment", 0, "LEVEL",
     "best (the default) or full: how firmly plugins are held"},
};

static const char *const examples[] = {
    "uptake run configs/against-the-odds.yaml",
    "the ten case studies, as a table",
    "uptake run SPEC --format json -o result.json",
    "everything that was found, for a script",
    "uptake run SPEC -o result.md",
    "the table as markdown, for Word, Teams or a wiki",
    "uptake run SPEC -o tables/",
    "one CSV file a table, for R or a spreadsheet",
    "uptake run SPEC --set merge.balanced.missing=worst --innovation dafne",
    "one innovation, with another rule for what is missing",
    NULL};

/* --- Where the result goes --------------------------------------------------------------------- */

enum format { AS_TABLE, AS_JSON, AS_CSV, AS_MARKDOWN };

/* folder: one CSV file a table; made beforehand, so that a wrong path costs no run. */
struct destination {
    enum format format;
    const char *path; /* NULL: standard output */
    bool folder;
    bool made;
    struct report_out out;
};

static bool is_folder(const char *path)
{
    struct stat there;
    size_t bytes = strlen(path);
    return (bytes > 0 && path[bytes - 1] == '/') ||
           (stat(path, &there) == 0 && S_ISDIR(there.st_mode));
}

static bool ends_in(const char *path, const char *ending)
{
    size_t bytes = strlen(path), wanted = strlen(ending);
    return bytes > wanted && strcmp(path + bytes - wanted, ending) == 0;
}

static enum format format_of(const char *path)
{
    return !path                                      ? AS_TABLE
           : is_folder(path) || ends_in(path, ".csv") ? AS_CSV
           : ends_in(path, ".json")                   ? AS_JSON
           : ends_in(path, ".md")                     ? AS_MARKDOWN
                                                      : AS_TABLE;
}

static int choose(const struct cli_line *line, struct destination *destination,
                  struct uptake_error *error)
{
    static const char *const formats[] = {"table", "json", "csv", "markdown", NULL};
    const char *path = cli_value(line, OUTPUT);
    int format = cli_choice(line, FORMAT, "format", formats, error);
    destination->path = path && strcmp(path, "-") != 0 ? path : NULL;
    destination->folder = destination->path && is_folder(destination->path);
    destination->format =
        cli_has(line, FORMAT) ? (enum format)format : format_of(destination->path);
    if (format < 0)
        return -1;
    if (path && ends_in(path, ".db"))
        return cli_misuse(line->command, error, "a record (%s) is not available in this version",
                          path);
    if (destination->folder && destination->format != AS_CSV)
        return cli_misuse(line->command, error, "%s is a folder: only --format csv writes one",
                          path);
    return 0;
}

static int open_folder(struct destination *destination, struct uptake_error *error)
{
    destination->made = mkdir(destination->path, 0777) == 0;
    if (!destination->made && errno != EEXIST)
        return error_errno(error, "make the folder", destination->path);
    return access(destination->path, W_OK | X_OK) == 0
               ? 0
               : error_errno(error, "write into", destination->path);
}

static int destination_open(struct destination *destination, struct uptake_error *error)
{
    if (destination->folder)
        return open_folder(destination, error);
    if (destination->path)
        return out_create(&destination->out, destination->path, error);
    terminal_open(&destination->out);
    return 0;
}

/* Nothing came of it. */
static void destination_drop(struct destination *destination)
{
    if (destination->folder && destination->made)
        rmdir(destination->path);
    else if (!destination->folder && destination->path)
        out_abandon(&destination->out);
}

static int write_result(const struct result *result, struct destination *destination,
                        struct uptake_error *error)
{
    struct report_style style = terminal_style(destination->path != NULL);
    switch (destination->format) {
    case AS_JSON: return report_json(result, &destination->out, error);
    case AS_CSV: return report_csv(result, &destination->out, error);
    case AS_MARKDOWN: return report_table(result, &report_markdown, &destination->out, error);
    default: return report_table(result, &style, &destination->out, error);
    }
}

/* Answers the exit code. */
static int destination_write(const struct result *result, struct destination *destination, int code,
                             struct uptake_error *error)
{
    if (destination->folder) {
        if (report_csv_folder(result, destination->path, error) == 0)
            return code;
        destination_drop(destination);
        return error->exit_code;
    }
    if (write_result(result, destination, error) != 0) {
        destination_drop(destination);
        return error->exit_code;
    }
    return terminal_close(&destination->out, code, error);
}

/* --- What is asked ----------------------------------------------------------------------------- */

static int read_jobs(const struct cli_line *line, int *jobs, struct uptake_error *error)
{
    const char *given = cli_value(line, JOBS);
    char quoted[72];
    double x = 0;
    *jobs = terminal_jobs();
    if (!given)
        return 0;
    if (!number_parse(given, strlen(given), &x) || x < 1 || x > JOBS_MOST || x != (double)(int)x)
        return cli_misuse(line->command, error,
                          "--jobs must be a whole number from 1 to %d, but found '%s'", JOBS_MOST,
                          text_quote(quoted, given, strlen(given)));
    *jobs = (int)x;
    return 0;
}

static int read_options(const struct cli_line *line, struct run_options *run,
                        struct uptake_error *error)
{
    static const char *const containments[] = {"best", "full", NULL};
    int containment = cli_choice(line, CONTAINMENT, "containment", containments, error);
    if (containment < 0 || read_jobs(line, &run->jobs, error) != 0)
        return -1;
    run->in_process = cli_has(line, IN_PROCESS);
    run->only = cli_value(line, ONLY);
    run->innovation = cli_value(line, INNOVATION);
    if (containment == 1)
        return cli_misuse(
            line->command, error,
            "--containment full is refused: this version contains crashes and hangs only "
            "(level \"process\")");
    return 0;
}

static int read_spec(const struct cli_line *line, struct arena *arena, struct spec *spec,
                     struct uptake_error *error)
{
    struct spec_set *sets = arena_array(arena, line->n_values + 1, sizeof *sets);
    size_t count = 0;
    if (!sets)
        return error_memory(error);
    for (size_t k = 0; k < line->n_values; k++)
        if (line->values[k].id == SET)
            sets[count++].text = line->values[k].text;
    if (spec_read(line->arguments[0], sets, count, arena, spec, error) != 0)
        return -1;
    if (spec->not_yet)
        return error_at(error, spec->not_yet_place, "%s is not available in this version",
                        spec->not_yet);
    return 0;
}

/* --- What failed ------------------------------------------------------------------------------- */

static const char *outcome(enum plugin_status status)
{
    return status == PLUGIN_STOPPED  ? "stopped"
           : status == PLUGIN_FAILED ? "failed"
                                     : "failed in part";
}

static void say_failures(const struct result_plugin *plugin)
{
    if (plugin->failed == 0 && plugin->status == PLUGIN_OK && plugin->n_messages == 0)
        return;
    terminal_say("plugin %s (%s %s): %s; assessed %" PRIu64 ", not assessed %" PRIu64
                 ", failed %" PRIu64,
                 plugin->name, plugin->plugin->id, plugin->plugin->version, outcome(plugin->status),
                 plugin->ok, plugin->skipped, plugin->failed);
    for (size_t k = 0; k < plugin->n_messages && k < MESSAGES_SHOWN; k++)
        terminal_say("  %s", plugin->messages[k]);
    if (plugin->n_messages > MESSAGES_SHOWN)
        terminal_say("  ... and %zu more", plugin->n_messages - MESSAGES_SHOWN);
}

static void say_all(const struct result *result)
{
    if (result->containment_note)
        terminal_say("%s", result->containment_note);
    for (size_t p = 0; p < result->n_plugins; p++)
        say_failures(&result->plugins[p]);
}

/* --- The command ------------------------------------------------------------------------------- */

static int run_spec(const struct spec *spec, const struct run_options *run,
                    struct destination *destination, struct uptake_error *error)
{
    struct pipeline pipeline = {0};
    int code;
    if (pipeline_run(spec, run, &pipeline, error) == 0) {
        say_all(&pipeline.result);
        code = destination_write(&pipeline.result, destination, run_exit_code(&pipeline.result),
                                 error);
    } else {
        destination_drop(destination);
        code = error->exit_code;
    }
    pipeline_finish(&pipeline);
    return code;
}

static int run(const struct cli_line *line, struct uptake_error *error)
{
    static struct destination destination;
    struct run_options options_given = {0};
    struct spec spec = {0};
    struct arena arena = {0};
    int code = EXIT_OK;
    if (read_options(line, &options_given, error) != 0 || choose(line, &destination, error) != 0 ||
        read_spec(line, &arena, &spec, error) != 0 || destination_open(&destination, error) != 0)
        code = error->exit_code;
    else
        code = run_spec(&spec, &options_given, &destination, error);
    arena_finish(&arena);
    return code;
}

const struct cli_command cmd_run = {
    .name = "run",
    .arguments = "SPEC",
    .least = 1,
    .most = 1,
    .summary = "runs a spec and says what was found",
    .detail = "Loads the model, runs the plugins, merges their measures. What could not be "
              "assessed is said, never "
              "counted as nothing. Results go to standard output, messages to standard error.",
    .options = options,
    .n_options = sizeof options / sizeof *options,
    .examples = examples,
    .run = run,
};
