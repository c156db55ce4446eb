/* uptake run: reads a spec, runs it, writes what was found. */
#include "cli/cli.h"
#include "cli/destination.h"
#include "cli/pipeline.h"
#include "cli/progress.h"
#include "cli/recording.h"
#include "cli/reusing.h"
#include "cli/run_line.h"

static const struct cli_option options[] = {
    RUN_LINE_FORMAT("json, csv, markdown or record (an SQLite file)"),
    {RUN_OUTPUT, "output", 'o', "PATH",
     RUN_LINE_FILE "a path that ends in / (or is a "
                   "folder) takes "
                   "one CSV file a table; - is standard output"},
    RUN_LINE_SET,
    RUN_LINE_ONLY,
    {RUN_INNOVATION, "innovation", 'i', "ID", "looks at one innovation of the model"},
    RUN_LINE_WHERE,
    RUN_LINE_JOBS,
    RUN_LINE_IN_PROCESS,
    RUN_LINE_CONTAINMENT,
    {RUN_LOCKED, "locked", 0, NULL,
     "runs only if plugins and files are those that `uptake lock` wrote down"},
    {RUN_REUSE, "reuse", 0, "RUN.db",
     "takes the answers of plugins from this record where they rest on the same (bundle, "
     "parameters, "
     "columns, date); without it from the record that -o names, if there is one"},
    {RUN_FRESH, "fresh", 0, NULL, "computes everything, whatever record is there"},
    {RUN_WHY, "why", 0, NULL,
     "says of each plugin whether its answers were taken from a record, and what forced it to run"},
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
    "uptake run SPEC -o run.db",
    "the record: inputs, versions, results, for later comparison, sqlite3, pandas or R",
    "uptake run SPEC -o run.db --why",
    "again, after a change: only what rests on the change is computed, and why",
    "uptake run SPEC --set merge.balanced.missing=worst --innovation dafne",
    "one innovation, with another rule for what is missing",
    NULL};

static int write_result(const void *what, struct destination *destination,
                        struct uptake_error *error)
{
    const struct recording *recording = what;
    const struct result *result = &recording->pipeline->result;
    const struct report_style style = destination_style(destination);
    switch (destination->format) {
    case AS_RECORD: return recording_write(recording, &destination->out, error);
    case AS_JSON: return report_json(result, &destination->out, error);
    case AS_CSV: return report_csv(result, &destination->out, error);
    default: return report_table(result, &style, &destination->out, error);
    }
}

static int write_folder(const void *what, const char *path, struct uptake_error *error)
{
    const struct recording *recording = what;
    return report_csv_folder(&recording->pipeline->result, path, error);
}

static const struct destination_writer writer = {write_result, write_folder};

/* What the output shows beside the result itself. */
static int prepare_output(struct pipeline *pipeline, const struct run_options *run,
                          const struct destination *destination, struct uptake_error *error)
{
    bool readable = destination->format == AS_TABLE || destination->format == AS_MARKDOWN;
    if (destination->format == AS_CSV && !destination->folder)
        return 0;
    if (pipeline_sources(pipeline, run, UINT64_MAX, readable ? TABLE_MOST : SOURCES_MOST, error) !=
        0)
        return -1;
    return destination->folder ? 0 : pipeline_explain(pipeline, UINT64_MAX, error);
}

static int run_spec(const struct cli_line *line, const struct spec *spec,
                    const struct run_options *run, struct destination *destination,
                    struct uptake_error *error)
{
    struct pipeline pipeline = {0};
    const struct recording recording = {line, spec, &pipeline};
    struct progress progress;
    struct reusing reusing;
    struct run_options told = *run;
    if (reusing_open(line, destination, &told, &reusing, error) != 0) {
        destination_drop(destination);
        return error->exit_code;
    }
    told.progress = progress_start(&progress);
    int code, failed = pipeline_run(spec, &told, &pipeline, error) != 0 ||
                       prepare_output(&pipeline, &told, destination, error) != 0;
    progress_end(&progress);
    if (!failed) {
        reusing_say(&reusing, &pipeline.result);
        run_line_failures(&pipeline.result);
        code = destination_write(destination, &writer, &recording, run_exit_code(&pipeline.result),
                                 error);
    } else {
        destination_drop(destination);
        code = error->exit_code;
    }
    pipeline_finish(&pipeline);
    reusing_close(&reusing);
    return code;
}

static int run(const struct cli_line *line, struct uptake_error *error)
{
    static struct destination destination;
    struct run_options options_given = {0};
    struct spec spec = {0};
    struct where where = {0};
    struct arena arena = {0};
    int code = EXIT_OK;
    if (run_line_options(line, &options_given, error) != 0 ||
        destination_choose(line, DESTINATION_READ | DESTINATION_CSV | DESTINATION_RECORD,
                           &destination, error) != 0 ||
        run_line_spec(line, &arena, &spec, error) != 0 ||
        run_line_where(line, &spec, &arena, &where, &options_given, error) != 0 ||
        destination_open(&destination, error) != 0)
        code = error->exit_code;
    else
        code = run_spec(line, &spec, &options_given, &destination, error);
    where_finish(&where);
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
