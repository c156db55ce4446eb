/* Two runs compared, for people: what was compared, in a sentence; what went in; ranks; values; findings; the verdict. */
#include <inttypes.h>

#include "report/prose.h"
#include "report/runs.h"

void table_runs_head(const struct runs_table *table)
{
    const struct runs *runs = table->runs;
    uint64_t both = runs->n_rows - runs->added - runs->removed;
    prose_title(table->out, table->style,
                texts_make(table->texts, "%s and %s compared", runs->a->path, runs->b->path));
    prose_line(table->out, table->style, 0,
               texts_make(table->texts,
                          "%" PRIu64 " innovations are in both; %" PRIu64
                          " only in the second, %" PRIu64 " only in the first.",
                          both, runs->added, runs->removed));
    if (runs_same(runs))
        prose_line(table->out, table->style, 0,
                   runs->n_inputs == 0
                       ? "Nothing changed: inputs and results are the same."
                       : "Every value, rank, finding and status is the same, though what went in "
                         "is not.");
    if (runs->options.atol > 0 || runs->options.rtol > 0)
        prose_line(table->out, table->style, 0,
                   texts_make(table->texts,
                              "Numbers count as equal where they differ by at most %g, or %g of "
                              "the larger.",
                              runs->options.atol, runs->options.rtol));
}

void table_runs_verdict(const struct runs_table *table, const struct runs_verdict *verdict)
{
    if (!verdict->condition)
        return;
    prose_heading(table->out, table->style, "Verdict");
    prose_line(table->out, table->style, 0,
               texts_make(table->texts, "%s: %s (exit code %d)", verdict->condition,
                          verdict->holds ? "it holds" : "it does not hold",
                          verdict->holds ? EXIT_DIFFERS : EXIT_OK));
}

int report_runs(const struct runs *runs, const struct runs_verdict *verdict,
                const struct report_style *style, struct report_out *out,
                struct uptake_error *error)
{
    struct texts texts = {0};
    const struct runs_table table = {runs, style, out, &texts};
    table_runs_head(&table);
    table_runs_inputs(&table);
    table_runs_ranks(&table);
    if (verdict->why)
        table_runs_why(&table, verdict->why);
    table_runs_values(&table);
    table_runs_statistics(&table);
    table_runs_lists(&table);
    table_runs_findings(&table);
    table_runs_verdict(&table, verdict);
    bool failed = texts.failed;
    arena_finish(&texts.arena);
    return failed ? error_memory(error) : 0;
}
