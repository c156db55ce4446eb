/* Two versions of a plugin: see compare_versions.h. */
#include "cli/compare_versions.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/date.h"
#include "base/number.h"
#include "base/text.h"
#include "base/yaml.h"
#include "cli/progress.h"
#include "cli/run_line.h"
#include "run/again.h"

static const struct {
    int id;
    const char *name;
} own[] = {
    {VERSIONS_MODEL, "model"}, {VERSIONS_WITH, "with"}, {VERSIONS_PLUGIN, "plugin"},
    {VERSIONS_AS_OF, "as-of"}, {VERSIONS_SEED, "seed"}, {VERSIONS_SECONDS, "seconds"},
    {VERSIONS_KEEP, "keep"},
};

int compare_versions_only(const struct cli_line *line, bool why, struct uptake_error *error)
{
    for (size_t k = 0; k < sizeof own / sizeof *own; k++)
        if (cli_has(line, own[k].id) && !(why && own[k].id == VERSIONS_SECONDS))
            return cli_misuse(line->command, error,
                              "--%s is about two versions of a plugin: give --plugins, too",
                              own[k].name);
    return 0;
}

/* --- Parameters -------------------------------------------------------------------------------- */

/* Bytes of the parameter in "weights.time=4", and where its value begins; NULL: there is no '='. */
static const char *value_of(const char *given, size_t *name)
{
    *name = strcspn(given, ".=");
    const char *equals = strchr(given, '=');
    return *name > 0 ? equals : NULL;
}

static bool same_name(const char *a, const char *b)
{
    size_t n = strcspn(a, ".="), m = strcspn(b, ".=");
    return n == m && memcmp(a, b, n) == 0;
}

static bool is_entry(const char *given)
{
    return given[strcspn(given, ".=")] == '.';
}

/* "weights: {time: 4, skills: 1}": every entry of one parameter in the line of the first. */
static void put_parameter(FILE *out, const struct cli_line *line, size_t first)
{
    const char *given = line->values[first].text;
    size_t name;
    const char *value = value_of(given, &name);
    bool entries = is_entry(given);
    fprintf(out, "%.*s: %s", (int)name, given, entries ? "{" : value + 1);
    for (size_t k = first; k < line->n_values && entries; k++) {
        const char *other = line->values[k].text;
        if (line->values[k].id != VERSIONS_WITH || !same_name(given, other) || !is_entry(other))
            continue;
        size_t bytes;
        const char *equals = value_of(other, &bytes);
        fprintf(out, "%s%.*s: %s", k > first ? ", " : "", (int)(equals - other - (long)bytes) - 1,
                other + bytes + 1, equals + 1);
    }
    fputs(entries ? "}\n" : "\n", out);
}

/* Whether an option before it has written its parameter already: another entry of the same table. */
static bool is_written(const struct cli_line *line, size_t at)
{
    const char *given = line->values[at].text;
    for (size_t k = 0; k < at; k++)
        if (line->values[k].id == VERSIONS_WITH && same_name(line->values[k].text, given) &&
            is_entry(line->values[k].text) && is_entry(given))
            return true;
    return false;
}

static int check_with(const struct cli_line *line, struct uptake_error *error)
{
    char quoted[72];
    size_t name;
    for (size_t k = 0; k < line->n_values; k++) {
        const char *given = line->values[k].text;
        if (line->values[k].id == VERSIONS_WITH && !value_of(given, &name))
            return cli_misuse(line->command, error,
                              "--with must be PARAMETER=VALUE, but found '%s'",
                              text_quote(quoted, given, strlen(given)));
    }
    return 0;
}

static int parse_with(const char *text, size_t bytes, struct arena *arena, struct tree *tree,
                      struct uptake_error *error)
{
    struct yaml *yaml;
    struct yaml_event event;
    if (yaml_open_bytes(&yaml, text, bytes, "--with", error) != 0)
        return -1;
    int failed = yaml_next(yaml, &event, error);
    failed = failed ? failed : tree_read(yaml, &event, arena, tree, error);
    yaml_close(yaml);
    return failed;
}

/* As the spec's `with:` would say it. */
static int read_with(const struct cli_line *line, struct arena *arena, struct versions_ask *ask,
                     struct uptake_error *error)
{
    char *text = NULL;
    size_t bytes = 0;
    if (!cli_has(line, VERSIONS_WITH))
        return 0;
    struct tree *tree = arena_alloc(arena, sizeof *tree);
    FILE *out = tree && check_with(line, error) == 0 ? open_memstream(&text, &bytes) : NULL;
    if (!out)
        return error->count ? -1 : error_memory(error);
    for (size_t k = 0; k < line->n_values; k++)
        if (line->values[k].id == VERSIONS_WITH && !is_written(line, k))
            put_parameter(out, line, k);
    int failed = fclose(out) != 0 || !text ? error_memory(error) : 0;
    const char *kept = failed ? NULL : arena_text(arena, text, bytes);
    free(text);
    if (!failed && !kept)
        failed = error_memory(error);
    failed = failed ? failed : parse_with(kept, bytes, arena, tree, error);
    ask->with = tree;
    return failed;
}

/* --- What is asked ----------------------------------------------------------------------------- */

static int read_number(const struct cli_line *line, int id, const char *name, double most,
                       double *x, struct uptake_error *error)
{
    const char *given = cli_value(line, id);
    char quoted[72];
    if (!given || (number_parse(given, strlen(given), x) && *x >= 0 && *x <= most))
        return 0;
    return cli_misuse(line->command, error, "--%s must be a number from 0 to %.15g, but found '%s'",
                      name, most, text_quote(quoted, given, strlen(given)));
}

static int read_as_of(const struct cli_line *line, struct versions_ask *ask,
                      struct uptake_error *error)
{
    const char *given = cli_value(line, VERSIONS_AS_OF);
    char quoted[72];
    ask->as_of_given = given != NULL;
    if (!given || date_parse(given, strlen(given), &ask->as_of))
        return 0;
    return cli_misuse(line->command, error,
                      "--as-of must be a date, such as 2018-01-24, but found '%s'",
                      text_quote(quoted, given, strlen(given)));
}

/* Before any time is spent. */
static int check_keep(const struct cli_line *line, struct uptake_error *error)
{
    const char *keep = cli_value(line, VERSIONS_KEEP);
    struct stat about;
    if (keep && lstat(keep, &about) == 0)
        return error_add(error, EXIT_INPUT, "--keep: there is already something called '%s'", keep);
    return 0;
}

static int read_ask(const struct cli_line *line, struct arena *arena, struct versions_ask *ask,
                    struct uptake_error *error)
{
    double seed = 1;
    *ask = (struct versions_ask){.paths = {line->arguments[0], line->arguments[1]},
                                 .id = cli_value(line, VERSIONS_PLUGIN),
                                 .model = cli_value(line, VERSIONS_MODEL),
                                 .seconds = 10};
    if (!ask->model)
        return cli_misuse(line->command, error, "--plugins needs --model FILE");
    if (read_number(line, VERSIONS_SEED, "seed", 9e15, &seed, error) != 0 ||
        read_number(line, VERSIONS_SECONDS, "seconds", 1e6, &ask->seconds, error) != 0 ||
        read_as_of(line, ask, error) != 0 || check_keep(line, error) != 0)
        return -1;
    ask->seed = (uint64_t)seed;
    return read_with(line, arena, ask, error);
}

/* --- What was found ---------------------------------------------------------------------------- */

static int keep_model(const char *path, const struct versions_search *search,
                      struct uptake_error *error)
{
    static struct report_out out;
    if (!path || !search->model)
        return 0;
    if (out_create(&out, path, error) != 0)
        return -1;
    out_bytes(&out, search->model, search->bytes);
    return out_finish(&out, error);
}

/* The line that shows it: the same comparison on the model that was found, and no search. */
static int put_command(const struct cli_line *line, struct versions_report *report,
                       struct arena *arena, struct uptake_error *error)
{
    const struct versions_search *search = &report->versions->search;
    char *text = NULL, date[DATE_BYTES];
    size_t bytes = 0;
    if (!search->model)
        return 0;
    FILE *out = open_memstream(&text, &bytes);
    if (!out)
        return error_memory(error);
    fputs("uptake compare --plugins ", out);
    again_word(out, line->arguments[0]);
    fputc(' ', out);
    again_word(out, line->arguments[1]);
    fputs(" --model ", out);
    again_word(out, report->keep ? report->keep : "FILE.yaml");
    for (size_t k = 0; k < line->n_values; k++)
        if (line->values[k].id == VERSIONS_WITH || line->values[k].id == VERSIONS_PLUGIN) {
            fputs(line->values[k].id == VERSIONS_WITH ? " --with " : " --plugin ", out);
            again_word(out, line->values[k].text);
        }
    if (search->as_of_given) {
        date_print(date, search->as_of);
        fprintf(out, " --as-of %s", date);
    }
    fputs(" --seconds 0", out);
    bool failed = fclose(out) != 0 || !text;
    report->command = failed ? NULL : arena_text(arena, text, bytes);
    free(text);
    return report->command ? 0 : error_memory(error);
}

/* --- All of it --------------------------------------------------------------------------------- */

struct reported {
    struct versions_report report;
    struct runs_verdict verdict;
};

static int write_versions(const void *what, struct destination *destination,
                          struct uptake_error *error)
{
    const struct reported *reported = what;
    const struct report_style style = destination_style(destination);
    switch (destination->format) {
    case AS_JSON:
        report_versions_json(&reported->report, &reported->verdict, &destination->out);
        return 0;
    case AS_CSV: report_versions_csv(&reported->report, &destination->out); return 0;
    default:
        return report_versions(&reported->report, &reported->verdict, &style, &destination->out,
                               error);
    }
}

static const struct destination_writer writer = {write_versions, NULL};

static int settle(const struct cli_line *line, const struct versions_task *task,
                  struct versions *versions, struct reported *reported, struct texts *texts,
                  struct uptake_error *error)
{
    struct versions_report *report = &reported->report;
    declared_compare(versions->sides[0].plugin, versions->sides[1].plugin, texts,
                     &report->declared);
    runs_set_figure(&versions->runs, "declared_changed", (double)report->declared.count, NULL);
    if (versions->search.done)
        runs_set_figure(&versions->runs, "search_found", versions->search.found != VERSIONS_SAME,
                        NULL);
    if (texts->failed)
        return error_memory(error);
    for (int k = 0; k < 2; k++)
        run_line_failures(&versions->sides[k].trial.result);
    return put_command(line, report, &texts->arena, error) != 0 ||
                   task->judge(&versions->runs, &reported->verdict, error) != 0
               ? -1
               : keep_model(report->keep, &versions->search, error);
}

int compare_versions(const struct cli_line *line, const struct versions_task *task,
                     struct destination *destination, struct uptake_error *error)
{
    struct arena arena = {0};
    struct texts texts = {0};
    struct versions versions = {0};
    struct versions_ask ask;
    struct run_options run = {0};
    struct progress progress;
    struct reported reported = {.verdict = {.condition = task->condition}};
    int failed =
        read_ask(line, &arena, &ask, error) != 0 || run_line_options(line, &run, error) != 0;
    ask.options = task->options;
    ask.run = &run;
    run.progress = failed ? NULL : progress_start(&progress);
    if (!failed) {
        failed = versions_compare(&ask, &versions, error);
        progress_end(&progress);
    }
    reported.report = (struct versions_report){
        .versions = &versions, .ask = &ask, .keep = cli_value(line, VERSIONS_KEEP)};
    if (!failed)
        failed = settle(line, task, &versions, &reported, &texts, error);
    int code = failed || destination_open(destination, error) != 0
                   ? error->exit_code
                   : destination_write(destination, &writer, &reported,
                                       reported.verdict.holds ? EXIT_DIFFERS : EXIT_OK, error);
    versions_finish(&versions);
    arena_finish(&texts.arena);
    arena_finish(&arena);
    return code;
}
