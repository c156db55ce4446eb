/* uptake explain: one innovation of a run, with its reasons. */
#include <string.h>

#include "base/text.h"
#include "cli/cli.h"
#include "cli/destination.h"
#include "cli/pipeline.h"
#include "cli/progress.h"
#include "cli/run_line.h"
#include "result/record_read.h"

static const struct cli_option options[] = {
    RUN_LINE_FORMAT("json or markdown"),
    RUN_LINE_OUTPUT,
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
    "uptake explain run.db dafne",
    "the same of a run that was recorded",
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

/* --- A record ---------------------------------------------------------------------------------- */

/* What a record holds was run as it was: nothing can be set any more. */
static int check_options(const struct cli_line *line, struct uptake_error *error)
{
    for (size_t k = 0; k < line->n_values; k++)
        if (line->values[k].id != RUN_FORMAT && line->values[k].id != RUN_OUTPUT)
            return cli_misuse(line->command, error,
                              "%s is a record of a run: only --format and --output can be given "
                              "beside it",
                              line->arguments[0]);
    return 0;
}

static int find_recorded(const struct record *record, const char *id, uint64_t *innovation,
                         struct uptake_error *error)
{
    struct nearest nearest;
    char quoted[72], hint[96];
    nearest_start(&nearest, id, strlen(id));
    for (*innovation = 0; *innovation < record->model.innovations; ++*innovation) {
        const char *there = model_text(&record->model, record->model.ids[*innovation]);
        if (strcmp(there, id) == 0)
            return 0;
        nearest_offer(&nearest, there);
    }
    return error_add(error, EXIT_INPUT, "%s: has no innovation '%s'%s", record->path,
                     text_quote(quoted, id, strlen(id)), nearest_hint(&nearest, hint));
}

static int explain_record(const struct cli_line *line, struct destination *destination,
                          struct uptake_error *error)
{
    struct record record = {0};
    struct sources sources = {0};
    struct explained explained = {&record.result, UINT64_MAX};
    int code;
    if (check_options(line, error) != 0 || record_read(line->arguments[0], &record, error) != 0 ||
        find_recorded(&record, line->arguments[1], &explained.innovation, error) != 0 ||
        sources_of_record(&record, &sources, error) != 0 ||
        destination_open(destination, error) != 0) {
        code = error->exit_code;
    } else {
        record.result.sources = record.n_sources ? &sources : NULL;
        code = destination_write(destination, &writer, &explained, EXIT_OK, error);
    }
    sources_finish(&sources);
    record_finish(&record);
    return code;
}

/* --- The command ------------------------------------------------------------------------------- */

static int run(const struct cli_line *line, struct uptake_error *error)
{
    static struct destination destination;
    struct run_options asked = {0};
    struct spec spec = {0};
    struct where where = {0};
    struct arena arena = {0};
    int code;
    if (destination_choose(line, DESTINATION_READ, &destination, error) != 0)
        return error->exit_code;
    if (record_is_one(line->arguments[0]))
        return explain_record(line, &destination, error);
    if (run_line_options(line, &asked, error) != 0 ||
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
    .arguments = "SPEC|RECORD ID",
    .least = 2,
    .most = 2,
    .summary = "runs a spec and says why one innovation stands where it stands",
    .detail =
        "All innovations are run, and one is explained: its place in each merge and the parts "
        "of its score, what finding out each measure would do to that place, what was found, "
        "on what basis, and what is not known. Of a record (uptake run -o PATH.db) nothing is run "
        "again: what is said is what it holds.",
    .options = options,
    .n_options = sizeof options / sizeof *options,
    .examples = examples,
    .run = run,
};
