/* uptake compare: two records of runs against each other, or two versions of a plugin. */
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "cli/cli.h"
#include "cli/compare_versions.h"
#include "cli/destination.h"
#include "cli/progress.h"
#include "cli/run_line.h"
#include "cli/why.h"
#include "compare/runs.h"
#include "compare/shapley.h"
#include "report/runs.h"

enum { FAIL_IF = 100, ATOL, RTOL, TOP_K, RBO_P, WHY, GROUPS };

static const struct cli_option options[] = {
    RUN_LINE_FORMAT("json, csv or markdown"),
    RUN_LINE_OUTPUT,
    {FAIL_IF, "fail-if", 0, "CONDITION",
     "exit code 1 where it holds: figures and numbers compared with < <= > >= == !=, joined by "
     "not, "
     "and, or (which bind in this order) and parentheses. Figures: tau_b, rbo, rank_moves, moved, "
     "top_k_changes, scores_changed, values_changed, largest_difference, added, removed, "
     "findings_added, findings_removed, blocks_added, statuses_changed, inputs_changed, "
     "list_values_changed, reasons_changed; of two versions also declared_changed, search_found"},
    {ATOL, "atol", 0, "X", "numbers that differ by no more are equal (0)"},
    {RTOL, "rtol", 0, "X", "or by no more than this share of the larger (0)"},
    {TOP_K, "top-k", 0, "N", "how many first places are looked at (3)"},
    {RBO_P, "rbo-p", 0, "P", "persistence of the rank-biased overlap, above 0 and below 1 (0.9)"},
    {WHY, "why", 0, NULL,
     "runs both again, and every mixture of what differs between them (fields of the model, "
     "parameters, versions of plugins, weights, the date): how far each of it moved each score and "
     "place. Like rerun it runs the recorded bundles: only of records that you would rerun"},
    {GROUPS, "groups", 0, "N",
     "of --why: at most that many causes are told apart, 1 to 10 (10); the rest is joined"},
    {VERSIONS_PLUGINS, "plugins", 0, NULL,
     "compares two versions of a plugin: the arguments are their bundles"},
    {VERSIONS_MODEL, "model", 0, "FILE", "of two versions: the model that both run on"},
    {VERSIONS_WITH, "with", 0, "PARAMETER=VALUE",
     "of two versions: tunes both, such as weights.time=4; repeatable"},
    {VERSIONS_PLUGIN, "plugin", 0, "ID",
     "of two versions: which plugin, where bundles hold several"},
    {VERSIONS_AS_OF, "as-of", 0, "DATE", "of two versions: what began later is left out"},
    {VERSIONS_SECONDS, "seconds", 0, "S",
     "of two versions: how long to search made-up models for one on which they differ, and at most "
     "as long again to make it small (10; 0: not); of --why: how long it may take (300)"},
    {VERSIONS_SEED, "seed", 0, "N", "of two versions: the seed of these models (1)"},
    {VERSIONS_KEEP, "keep", 0, "FILE", "of two versions: writes the smallest such model, as YAML"},
    RUN_LINE_JOBS,
    RUN_LINE_IN_PROCESS,
    RUN_LINE_CONTAINMENT,
};

static const char *const examples[] = {
    "uptake compare before.db after.db",
    "what went in, ranks, measures and findings: what changed between two runs",
    "uptake compare before.db after.db --fail-if 'tau_b < 0.9 or rank_moves > 2'",
    "for a script: exit code 1 where the order is another",
    "uptake compare before.db after.db --rtol 1e-12 -o changes.csv",
    "every score, rank and value that changed beyond rounding, as a table",
    "uptake compare before.db after.db --why",
    "how much of each move is due to which edit, parameter, plugin version, weight or date",
    "uptake compare --plugins old.so new.so --model model.yaml --keep differs.yaml",
    "two versions of a plugin on a model, and the smallest made-up model on which they differ",
    NULL};

/* --- What is asked ----------------------------------------------------------------------------- */

static int read_number(const struct cli_line *line, int id, const char *name, double least,
                       double most, double *x, struct uptake_error *error)
{
    const char *given = cli_value(line, id);
    char quoted[72];
    if (!given || (number_parse(given, strlen(given), x) && *x >= least && *x <= most))
        return 0;
    return cli_misuse(line->command, error, "--%s must be a number from %g to %g, but found '%s'",
                      name, least, most, text_quote(quoted, given, strlen(given)));
}

static int read_options(const struct cli_line *line, struct runs_options *asked,
                        struct uptake_error *error)
{
    double top_k = 3;
    *asked = (struct runs_options){.rbo_p = 0.9};
    if (read_number(line, ATOL, "atol", 0, 1e300, &asked->atol, error) != 0 ||
        read_number(line, RTOL, "rtol", 0, 1, &asked->rtol, error) != 0 ||
        read_number(line, TOP_K, "top-k", 1, 1e9, &top_k, error) != 0 ||
        read_number(line, RBO_P, "rbo-p", 0.001, 0.999, &asked->rbo_p, error) != 0)
        return -1;
    asked->top_k = (uint64_t)top_k;
    if ((double)asked->top_k != top_k)
        return cli_misuse(line->command, error, "--top-k must be a whole number");
    return 0;
}

static int check_condition(const struct cli_line *line, struct uptake_error *error)
{
    size_t count;
    const struct expression_name *names = runs_names(&count);
    const char *condition = cli_value(line, FAIL_IF);
    return condition ? expression_check(condition, names, count, error) : 0;
}

/* --- The comparison ---------------------------------------------------------------------------- */

struct compared {
    struct record a, b;
    struct runs runs;
    struct attribution why;
    struct runs_verdict verdict;
};

static int write_compared(const void *what, struct destination *destination,
                          struct uptake_error *error)
{
    const struct compared *compared = what;
    const struct report_style style = destination_style(destination);
    switch (destination->format) {
    case AS_JSON:
        report_runs_json(&compared->runs, &compared->verdict, &destination->out);
        return 0;
    case AS_CSV:
        report_runs_csv(&compared->runs, compared->verdict.why, &destination->out);
        return 0;
    default:
        return report_runs(&compared->runs, &compared->verdict, &style, &destination->out, error);
    }
}

static const struct destination_writer writer = {write_compared, NULL};

static int judge(const struct runs *runs, struct runs_verdict *verdict, struct uptake_error *error)
{
    size_t count;
    const struct expression_name *names = runs_names(&count);
    return verdict->condition ? expression_holds(verdict->condition, names, runs->figures, count,
                                                 &verdict->holds, error)
                              : 0;
}

/* What differs between the two, and what of the moves is whose. */
static int attribute(const struct cli_line *line, struct compared *compared,
                     struct uptake_error *error)
{
    double groups = SHAPLEY_MOST;
    struct run_options run = {0};
    struct progress progress;
    struct why_ask ask = {.runs = &compared->runs, .seconds = 300, .run = &run};
    if (!cli_has(line, WHY))
        return 0;
    if (read_number(line, GROUPS, "groups", 1, SHAPLEY_MOST, &groups, error) != 0 ||
        read_number(line, VERSIONS_SECONDS, "seconds", 0, 1e6, &ask.seconds, error) != 0 ||
        run_line_options(line, &run, error) != 0)
        return -1;
    ask.players = (unsigned)groups;
    run.progress = progress_start(&progress);
    int failed = why_attribute(&ask, &compared->why, error);
    progress_end(&progress);
    compared->verdict.why = &compared->why;
    return failed;
}

static int compare(const struct cli_line *line, struct runs_options asked,
                   struct destination *destination, struct uptake_error *error)
{
    struct compared compared = {.verdict = {.condition = cli_value(line, FAIL_IF)}};
    int code;
    if (record_read(line->arguments[0], &compared.a, error) != 0 ||
        record_read(line->arguments[1], &compared.b, error) != 0 ||
        runs_compare(&compared.a, &compared.b, asked, &compared.runs, error) != 0 ||
        attribute(line, &compared, error) != 0 ||
        judge(&compared.runs, &compared.verdict, error) != 0 ||
        destination_open(destination, error) != 0)
        code = error->exit_code;
    else
        code = destination_write(destination, &writer, &compared,
                                 compared.verdict.holds ? EXIT_DIFFERS : EXIT_OK, error);
    why_finish(&compared.why);
    runs_finish(&compared.runs);
    record_finish(&compared.a);
    record_finish(&compared.b);
    return code;
}

/* An option that says nothing here is a mistake. */
static int check_together(const struct cli_line *line, struct uptake_error *error)
{
    if (cli_has(line, WHY) && cli_has(line, VERSIONS_PLUGINS))
        return cli_misuse(line->command, error,
                          "--why is about two records, --plugins about two versions of a plugin: "
                          "give one of them");
    if (cli_has(line, GROUPS) && !cli_has(line, WHY))
        return cli_misuse(line->command, error, "--groups is about --why: give --why, too");
    return 0;
}

static int run(const struct cli_line *line, struct uptake_error *error)
{
    static struct destination destination;
    struct runs_options asked;
    if (destination_choose(line, DESTINATION_READ | DESTINATION_CSV, &destination, error) != 0 ||
        read_options(line, &asked, error) != 0 || check_condition(line, error) != 0)
        return error->exit_code;
    if (destination.folder)
        return cli_misuse(line->command, error, "%s is a folder: a comparison is one file",
                          destination.path),
               error->exit_code;
    if (check_together(line, error) != 0)
        return error->exit_code;
    if (!cli_has(line, VERSIONS_PLUGINS))
        return compare_versions_only(line, cli_has(line, WHY), error) != 0
                   ? error->exit_code
                   : compare(line, asked, &destination, error);
    const struct versions_task task = {asked, cli_value(line, FAIL_IF), judge};
    return compare_versions(line, &task, &destination, error);
}

const struct cli_command cmd_compare = {
    .name = "compare",
    .arguments = "BEFORE AFTER",
    .least = 2,
    .most = 2,
    .summary = "compares two records of runs, or two versions of a plugin: what changed, and why",
    .detail =
        "BEFORE and AFTER are records of runs (.db), or with --plugins bundles (.so). "
        "Innovations are matched by id, measures, merges and plugins by name. Numbers are equal "
        "where |x - y| <= atol + rtol max(|x|, |y|); words and findings letter by letter. Exit "
        "code 0: compared; 1: --fail-if holds; 2: they cannot be compared.",
    .options = options,
    .n_options = sizeof options / sizeof *options,
    .examples = examples,
    .run = run,
};
