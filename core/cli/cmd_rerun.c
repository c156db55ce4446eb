/* uptake rerun: a record's run once more, from its own texts, and whether the same came out. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/destination.h"
#include "cli/pipeline.h"
#include "cli/recording.h"
#include "cli/run_line.h"
#include "cli/unpack.h"
#include "compare/identical.h"
#include "report/runs.h"

static const struct cli_option options[] = {
    RUN_LINE_FORMAT("json or markdown"),
    RUN_LINE_OUTPUT,
    RUN_LINE_JOBS,
    RUN_LINE_IN_PROCESS,
    RUN_LINE_CONTAINMENT,
};

static const char *const examples[] = {
    "uptake rerun run.db",
    "runs the recorded spec and model again, with the plugins that are installed now",
    "uptake rerun run.db --jobs 1 --format json",
    "the same for a script: exit code 0 same to the bit, 1 something differs", NULL};

/* The run again, and both as records. */
struct again {
    struct unpacked files;
    struct record before, after;
    struct runs runs;
    char path[UNPACK_PATH + 16];
    char where[128];
    bool same;
};

/* --- The line of the run that was recorded ----------------------------------------------------- */

static int option_id(const char *name)
{
    static const struct {
        const char *name;
        int id;
    } known[] = {
        {"set", RUN_SET}, {"only", RUN_ONLY}, {"innovation", RUN_INNOVATION}, {"where", RUN_WHERE}};
    for (size_t k = 0; k < sizeof known / sizeof *known; k++)
        if (strcmp(known[k].name, name) == 0)
            return known[k].id;
    return 0;
}

/* Its options, and those of this command that say how it is computed. */
static int line_of(const struct again *again, const struct cli_line *line, struct arena *arena,
                   const char **spec, struct cli_line *told, struct uptake_error *error)
{
    const struct record *record = &again->before;
    *told = (struct cli_line){.command = line->command, .arguments = spec, .n_arguments = 1};
    told->values = arena_array(arena, record->n_options + line->n_values + 1, sizeof *told->values);
    if (!told->values)
        return error_memory(error);
    for (size_t k = 0; k < record->n_options; k++)
        told->values[told->n_values++] =
            (struct cli_value){option_id(record->options[k].name), record->options[k].value};
    for (size_t k = 0; k < line->n_values; k++)
        if (line->values[k].id != RUN_FORMAT && line->values[k].id != RUN_OUTPUT)
            told->values[told->n_values++] = line->values[k];
    return 0;
}

/* --- Running ----------------------------------------------------------------------------------- */

/* Plugins are looked for where the spec said, not beside its copy. */
static void restore_paths(const struct again *again, struct spec *spec)
{
    for (size_t k = 0; k < spec->n_plugin_path; k++)
        spec->plugin_path[k] = unpack_original(&again->files, spec->plugin_path[k]);
}

static int save(struct again *again, const struct cli_line *told, const struct spec *spec,
                struct pipeline *pipeline, struct uptake_error *error)
{
    static struct report_out out;
    const struct recording recording = {told, spec, pipeline};
    snprintf(again->path, sizeof again->path, "%s/again.db", again->files.root);
    if (out_create(&out, again->path, error) != 0)
        return -1;
    int failed = recording_write(&recording, &out, error);
    if (failed)
        out_abandon(&out);
    return failed ? failed : out_finish(&out, error);
}

static int run_again(struct again *again, const struct cli_line *told, struct arena *arena,
                     struct uptake_error *error)
{
    struct run_options asked = {0};
    struct spec spec = {0};
    struct where where = {0};
    struct pipeline pipeline = {0};
    int failed = run_line_options(told, &asked, error);
    failed = failed ? failed : run_line_spec(told, arena, &spec, error);
    if (!failed)
        restore_paths(again, &spec);
    failed = failed ? failed : run_line_where(told, &spec, arena, &where, &asked, error);
    asked.baseline_only = true;
    if (!failed && pipeline_run(&spec, &asked, &pipeline, error) == 0) {
        run_line_failures(&pipeline.result);
        failed = save(again, told, &spec, &pipeline, error);
    } else {
        failed = -1;
    }
    pipeline_finish(&pipeline);
    where_finish(&where);
    return failed;
}

static int replay(struct again *again, const struct cli_line *line, struct arena *arena,
                  struct uptake_error *error)
{
    const struct runs_options strict = {.rbo_p = 0.9, .top_k = 3};
    struct cli_line told;
    const char *spec = again->files.spec;
    if (record_read(line->arguments[0], &again->before, error) != 0 ||
        unpack(&again->before, &again->files, error) != 0 ||
        line_of(again, line, arena, &spec, &told, error) != 0 ||
        run_again(again, &told, arena, error) != 0 ||
        record_read(again->path, &again->after, error) != 0 ||
        runs_compare(&again->before, &again->after, strict, &again->runs, error) != 0)
        return -1;
    again->after.path = "its rerun";
    again->same = results_identical(&again->before.result, &again->after.result, again->where);
    return 0;
}

/* --- Saying ------------------------------------------------------------------------------------ */

static int write_again(const void *what, struct destination *destination,
                       struct uptake_error *error)
{
    const struct again *again = what;
    const struct report_style style = destination_style(destination);
    const struct runs_verdict none = {0};
    const struct runs_replay replay = {again->same, again->where};
    if (destination->format == AS_JSON) {
        report_rerun_json(&again->runs, &replay, &destination->out);
        return 0;
    }
    report_rerun(&again->runs, &replay, &style, &destination->out);
    return again->same ? 0 : report_runs(&again->runs, &none, &style, &destination->out, error);
}

static const struct destination_writer writer = {write_again, NULL};

static int run(const struct cli_line *line, struct uptake_error *error)
{
    static struct destination destination;
    static struct again again;
    struct arena arena = {0};
    int code;
    if (destination_choose(line, DESTINATION_READ, &destination, error) != 0)
        return error->exit_code;
    if (replay(&again, line, &arena, error) != 0 || destination_open(&destination, error) != 0)
        code = error->exit_code;
    else
        code = destination_write(&destination, &writer, &again, again.same ? EXIT_OK : EXIT_DIFFERS,
                                 error);
    unpack_remove(&again.files);
    runs_finish(&again.runs);
    record_finish(&again.before);
    record_finish(&again.after);
    arena_finish(&arena);
    return code;
}

const struct cli_command cmd_rerun = {
    .name = "rerun",
    .arguments = "RUN.db",
    .least = 1,
    .most = 1,
    .summary = "runs a record again from its own texts, and says whether the same comes out",
    .detail =
        "The spec, the model and what it includes are taken from the record, the plugins from "
        "where the spec finds them now. Exit code 0: the same to the bit; 1: something differs, "
        "and what; 2: it cannot be run. Scenarios are left out. A record runs plugins as its spec "
        "does: rerun only what you would run.",
    .options = options,
    .n_options = sizeof options / sizeof *options,
    .examples = examples,
    .run = run,
};
