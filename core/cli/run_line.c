/* What commands that run a spec share: see run_line.h. */
#include "cli/run_line.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "plugin/sandbox.h"

enum { JOBS_MOST = 1024, MESSAGES_SHOWN = 10 };

/* --- What is asked ----------------------------------------------------------------------------- */

static int read_jobs(const struct cli_line *line, int *jobs, struct uptake_error *error)
{
    const char *given = cli_value(line, RUN_JOBS);
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

/* How firmly plugins are held: no less than asked for, or nothing runs. */
static int hold(int containment, struct uptake_error *error)
{
    static const enum sandbox_level levels[] = {SANDBOX_FULL, SANDBOX_FULL, SANDBOX_NO_LANDLOCK,
                                                SANDBOX_PROCESS};
    enum sandbox_level level = levels[containment];
    sandbox_limit(level);
    if (containment == 0 || sandbox_offered() >= level)
        return 0;
    return error_add(error, EXIT_MACHINE,
                     "--containment %s is refused: %s, so this machine offers \"%s\" only",
                     sandbox_name(level), sandbox_lacks(), sandbox_name(sandbox_offered()));
}

int run_line_options(const struct cli_line *line, struct run_options *run,
                     struct uptake_error *error)
{
    static const char *const containments[] = {"best", "full", "no-landlock", "process", NULL};
    int containment = cli_choice(line, RUN_CONTAINMENT, "containment", containments, error);
    if (containment < 0 || read_jobs(line, &run->jobs, error) != 0)
        return -1;
    run->in_process = cli_has(line, RUN_IN_PROCESS);
    run->locked = cli_has(line, RUN_LOCKED);
    run->only = cli_value(line, RUN_ONLY);
    run->innovation = cli_value(line, RUN_INNOVATION);
    return hold(containment, error);
}

/* What of the line decides what is run; how it is run (--jobs, --containment) is not among it. */
static int keep_words(const struct cli_line *line, struct arena *arena, struct spec *spec,
                      struct uptake_error *error)
{
    static const struct {
        int id;
        const char *option;
    } kept[] = {{RUN_SET, "--set"}, {RUN_WHERE, "--where"}, {RUN_INNOVATION, "--innovation"}};
    struct spec_word *words = arena_array(arena, line->n_values + 1, sizeof *words);
    if (!words)
        return error_memory(error);
    spec->words = words;
    for (size_t k = 0; k < line->n_values; k++)
        for (size_t o = 0; o < sizeof kept / sizeof *kept; o++)
            if (line->values[k].id == kept[o].id)
                words[spec->n_words++] = (struct spec_word){kept[o].option, line->values[k].text};
    return 0;
}

int run_line_spec(const struct cli_line *line, struct arena *arena, struct spec *spec,
                  struct uptake_error *error)
{
    struct spec_set *sets = arena_array(arena, line->n_values + 1, sizeof *sets);
    size_t count = 0;
    if (!sets)
        return error_memory(error);
    for (size_t k = 0; k < line->n_values; k++)
        if (line->values[k].id == RUN_SET)
            sets[count++].text = line->values[k].text;
    if (spec_read(line->arguments[0], sets, count, arena, spec, error) != 0)
        return -1;
    if (spec->not_yet)
        return error_at(error, spec->not_yet_place, "%s is not available in this version",
                        spec->not_yet);
    return keep_words(line, arena, spec, error);
}

int run_line_where(const struct cli_line *line, const struct spec *spec, struct arena *arena,
                   struct where *where, struct run_options *run, struct uptake_error *error)
{
    const char **conditions = arena_array(arena, line->n_values + 1, sizeof *conditions);
    size_t count = 0;
    if (!conditions)
        return error_memory(error);
    for (size_t k = 0; k < line->n_values; k++)
        if (line->values[k].id == RUN_WHERE)
            conditions[count++] = line->values[k].text;
    if (count == 0)
        return 0;
    run->where = where;
    return where_find(spec, conditions, count, where, error);
}

/* --- What failed ------------------------------------------------------------------------------- */

static const char *outcome(const struct result_plugin *plugin)
{
    return plugin->status == PLUGIN_STOPPED  ? "stopped"
           : plugin->status == PLUGIN_FAILED ? "failed"
           : plugin->failed > 0              ? "failed in part"
                                             : "at fault, though it answered";
}

static void say_failures(const struct result_plugin *plugin, const char *where)
{
    if (plugin->failed == 0 && plugin->status == PLUGIN_OK && plugin->n_messages == 0)
        return;
    terminal_say("%splugin %s (%s %s): %s; assessed %" PRIu64 ", not assessed %" PRIu64
                 ", failed %" PRIu64,
                 where, plugin->name, plugin->plugin->id, plugin->plugin->version, outcome(plugin),
                 plugin->ok, plugin->skipped, plugin->failed);
    for (size_t k = 0; k < plugin->n_messages && k < MESSAGES_SHOWN; k++)
        terminal_say("  %s", plugin->messages[k]);
    if (plugin->n_messages > MESSAGES_SHOWN)
        terminal_say("  ... and %zu more", plugin->n_messages - MESSAGES_SHOWN);
}

static void say_merges(const struct result *result, const char *where)
{
    for (size_t m = 0; m < result->n_merges; m++)
        if (result->merges[m].failure)
            terminal_say("%smerge %s: %s", where, result->merges[m].name,
                         result->merges[m].failure);
}

/* A plugin that a scenario leaves alone has said it in the baseline. */
static void say_scenario(const struct result *baseline, const struct result_scenario *scenario)
{
    char where[96];
    snprintf(where, sizeof where, "scenario %.64s: ", scenario->name);
    for (size_t p = 0; p < scenario->result->n_plugins; p++)
        if (scenario->result->plugins[p].states != baseline->plugins[p].states)
            say_failures(&scenario->result->plugins[p], where);
    say_merges(scenario->result, where);
}

void run_line_failures(const struct result *result)
{
    if (result->containment_note)
        terminal_say("%s", result->containment_note);
    for (size_t p = 0; p < result->n_plugins; p++)
        say_failures(&result->plugins[p], "");
    say_merges(result, "");
    for (size_t k = 0; k < result->n_scenarios; k++)
        say_scenario(result, &result->scenarios[k]);
}
