/* uptake explain: one innovation of a run, with its reasons. */
#include "cli/cli.h"
#include "cli/destination.h"
#include "cli/pipeline.h"
#include "cli/progress.h"
#include "cli/run_line.h"

static const struct cli_option options[] = {
    {RUN_FORMAT, "format", 'f', "FORMAT",
     "table (the default), json or markdown; without it the ending of the output's name decides"},
    {RUN_OUTPUT, "output", 'o', "PATH",
     "writes to a file, which appears only when it is whole; - is standard output"},
    RUN_LINE_SET,
    RUN_LINE_ONLY,
    RUN_LINE_WHERE,
    RUN_LINE_JOBS,
    RUN_LINE_IN_PROCESS,
    RUN_LINE_CONTAINMENT,
};

static const char *const examples[] = {
    "uptake explain configs/against-the-odds.yaml dafne",
    "why DAFNE has its places, and what would narrow them",
    "uptake explain SPEC dafne -o dafne.md",
    "the same as markdown, for Word, Teams or a wiki",
    "uptake explain SPEC dafne --set merge.balanced.missing=worst",
    "with another rule for what is missing",
    NULL};

struct explained {
    const struct result *result;
    uint64_t innovation;
};

static int write_explained(const void *what, struct destination *destination,
                           struct uptake_error *error)
{
    const struct explained *explained = what;
    const struct report_style style = destination_style(destination);
    if (destination->format == AS_JSON)
        return report_explain_json(explained->result, explained->innovation, &destination->out,
                                   error);
    return report_explain(explained->result, explained->innovation, &style, &destination->out,
                          error);
}

static const struct destination_writer writer = {write_explained, NULL};

static int explain(const struct spec *spec, const struct run_options *run,
                   struct destination *destination, struct uptake_error *error)
{
    struct pipeline pipeline = {0};
    struct explained explained = {&pipeline.result, UINT64_MAX};
    struct progress progress;
    struct run_options told = *run;
    told.progress = progress_start(&progress);
    int code, failed = pipeline_run(spec, &told, &pipeline, error);
    if (failed == 0) {
        explained.innovation = pipeline_find(&pipeline, run->wanted);
        failed = pipeline_explain(&pipeline, explained.innovation, error) != 0 ||
                 pipeline_sources(&pipeline, &told, explained.innovation, 0, error) != 0;
    }
    progress_end(&progress);
    if (failed == 0) {
        run_line_failures(&pipeline.result);
        code = destination_write(destination, &writer, &explained, run_exit_code(&pipeline.result),
                                 error);
    } else {
        destination_drop(destination);
        code = error->exit_code;
    }
    pipeline_finish(&pipeline);
    return code;
}

/* No table of many rows: what is asked for as CSV is the run's. */
static int check_format(const struct cli_line *line, const struct destination *destination,
                        struct uptake_error *error)
{
    return destination->format == AS_CSV
               ? cli_misuse(line->command, error,
                            "an explanation is no CSV table: use `uptake run` with --innovation")
               : 0;
}

static int run(const struct cli_line *line, struct uptake_error *error)
{
    static const char *const formats[] = {"table", "json", "csv", "markdown", NULL};
    static struct destination destination;
    struct run_options asked = {0};
    struct spec spec = {0};
    struct where where = {0};
    struct arena arena = {0};
    int code;
    if (run_line_options(line, &asked, error) != 0 ||
        destination_choose(line, formats, &destination, error) != 0 ||
        check_format(line, &destination, error) != 0 ||
        run_line_spec(line, &arena, &spec, error) != 0 ||
        run_line_where(line, &spec, &arena, &where, &asked, error) != 0 ||
        destination_open(&destination, error) != 0) {
        code = error->exit_code;
    } else {
        asked.wanted = line->arguments[1];
        asked.baseline_only = true;
        code = explain(&spec, &asked, &destination, error);
    }
    where_finish(&where);
    arena_finish(&arena);
    return code;
}

const struct cli_command cmd_explain = {
    .name = "explain",
    .arguments = "SPEC ID",
    .least = 2,
    .most = 2,
    .summary = "runs a spec and says why one innovation stands where it stands",
    .detail =
        "All innovations are run, and one is explained: its place in each merge and the parts "
        "of its score, what finding out each measure would do to that place, what was found, "
        "on what basis, and what is not known.",
    .options = options,
    .n_options = sizeof options / sizeof *options,
    .examples = examples,
    .run = run,
};
