/* Two versions of a plugin compared, for people: what they declare, what changed on the model, what the search found. */
#include <inttypes.h>
#include <string.h>

#include "report/prose.h"
#include "report/runs.h"

static void put_declared(const struct runs_table *table, const struct versions_report *report)
{
    prose_heading(table->out, table->style, "What they declare");
    if (report->declared.count == 0)
        prose_line(table->out, table->style, 0,
                   "The same version, revision, reads, parameters and writes.");
    table_runs_changes(table, report->declared.rows, report->declared.count);
}

/* The revision says whether results are others: the figure that caches and locks go by. */
static void put_revision(const struct runs_table *table, const struct versions_report *report)
{
    const struct versions *versions = report->versions;
    uint32_t a = versions->sides[0].plugin->revision, b = versions->sides[1].plugin->revision;
    bool differ = versions_weigh(&versions->runs) == VERSIONS_RESULTS ||
                  versions->search.found == VERSIONS_RESULTS;
    if (differ && a == b)
        prose_line(table->out, table->style, 0,
                   texts_make(table->texts,
                              "Results differ, though both declare revision %" PRIu32
                              ": a change of results raises the revision.",
                              a));
    else if (!differ && a != b && versions->search.done)
        prose_line(table->out, table->style, 0,
                   texts_make(table->texts,
                              "The revision went from %" PRIu32 " to %" PRIu32
                              ", but no difference of results was found.",
                              a, b));
}

static void put_found(const struct runs_table *table, const struct versions_report *report)
{
    const struct versions_search *search = &report->versions->search;
    prose_line(table->out, table->style, 0,
               texts_make(table->texts,
                          "They differ%s on model %" PRIu64 " of seed %" PRIu64
                          ". The smallest that still shows it:",
                          search->found == VERSIONS_WORDS ? " in words alone" : "", search->number,
                          report->ask->seed));
    prose_code(table->out, table->style, "yaml", search->model);
    prose_line(table->out, table->style, 0, search->what);
    prose_line(table->out, table->style, 0,
               report->keep ? "To see it again:"
                            : "To see it again, with the model in a file (--keep writes it):");
    prose_code(table->out, table->style, "sh", texts_make(table->texts, "%s\n", report->command));
}

static void put_search(const struct runs_table *table, const struct versions_report *report)
{
    const struct versions_search *search = &report->versions->search;
    if (!search->done)
        return;
    prose_heading(table->out, table->style, "Search for a model on which they differ");
    if (search->trouble)
        prose_line(table->out, table->style, 0,
                   texts_make(table->texts, "No model could be made up: %s", search->trouble));
    else if (search->found == VERSIONS_SAME)
        prose_line(table->out, table->style, 0,
                   texts_make(table->texts,
                              "None found: they agree on all of %" PRIu64
                              " made-up models (seed %" PRIu64 ", %g s).",
                              search->models, report->ask->seed, report->ask->seconds));
    else
        put_found(table, report);
}

int report_versions(const struct versions_report *report, const struct runs_verdict *verdict,
                    const struct report_style *style, struct report_out *out,
                    struct uptake_error *error)
{
    struct texts texts = {0};
    const struct runs_table table = {&report->versions->runs, style, out, &texts};
    table_runs_head(&table);
    put_revision(&table, report);
    put_declared(&table, report);
    table_runs_values(&table);
    table_runs_statistics(&table);
    table_runs_lists(&table);
    table_runs_findings(&table);
    put_search(&table, report);
    table_runs_verdict(&table, verdict);
    bool failed = texts.failed;
    arena_finish(&texts.arena);
    return failed ? error_memory(error) : 0;
}
