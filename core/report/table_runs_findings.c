/* Findings that one of two runs has and the other has not, those that block first; and statuses that are others. */
#include <inttypes.h>

#include "report/prose.h"
#include "report/runs.h"

enum { SHOWN = 30 };

static enum tone tone_of(int level)
{
    return level == UPTAKE_BLOCKS  ? TONE_BAD
           : level == UPTAKE_RISKS ? TONE_WARN
           : level == UPTAKE_HELPS ? TONE_GOOD
                                   : TONE_FAINT;
}

static void put_finding(const struct runs_table *table, const struct runs_finding *finding)
{
    const char *who =
        finding->row == SIZE_MAX ? "the portfolio" : table->runs->rows[finding->row].id;
    const struct prose_label label = {
        texts_make(table->texts, "%s %s:", finding->added ? "+" : "−", view_level(finding->level)),
        tone_of(finding->level), 2, 14};
    prose_item(table->out, table->style, label,
               texts_make(table->texts, "%s, %s: %s", who, finding->plugin, finding->text));
}

static void put_statuses(const struct runs_table *table)
{
    const struct runs *runs = table->runs;
    size_t shown = 0;
    for (; shown < runs->n_changes && shown < SHOWN; shown++) {
        const struct runs_status *change = &runs->changes[shown];
        const struct prose_label label = {
            texts_make(table->texts, "%s, %s:", runs->rows[change->row].id, change->plugin),
            TONE_STRONG, 2, 14};
        prose_item(table->out, table->style, label,
                   texts_make(table->texts, "%s → %s", change->a, change->b));
    }
    if (runs->statuses + runs->reasons > shown)
        prose_line(table->out, table->style, 2,
                   texts_make(table->texts, "and %" PRIu64 " more",
                              runs->statuses + runs->reasons - shown));
}

void table_runs_findings(const struct runs_table *table)
{
    const struct runs *runs = table->runs;
    size_t shown = 0;
    prose_heading(table->out, table->style, "Findings");
    prose_line(table->out, table->style, 0,
               texts_make(table->texts,
                          "%" PRIu64 " only after (+), %" PRIu64 " only before (−); %" PRIu64
                          " changes of ok, skipped or failed, %" PRIu64 " of the reason alone.",
                          runs->findings_added, runs->findings_removed, runs->statuses,
                          runs->reasons));
    for (int level = UPTAKE_BLOCKS; level <= UPTAKE_NOT_KNOWN; level++)
        for (size_t k = 0; k < runs->n_findings && shown < SHOWN; k++)
            if (runs->findings[k].level == level) {
                put_finding(table, &runs->findings[k]);
                shown++;
            }
    uint64_t all = runs->findings_added + runs->findings_removed;
    if (all > shown)
        prose_line(table->out, table->style, 2,
                   texts_make(table->texts, "and %" PRIu64 " more", all - shown));
    put_statuses(table);
}
