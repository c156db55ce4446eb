/* What is not known of one innovation: measures that are missing, findings that name a gap, and what would settle them. */
#include <math.h>
#include <string.h>

#include "report/explain.h"
#include "report/figure.h"
#include "report/findings.h"

static size_t put_missing(const struct table *table, const struct result_plugin *plugin, uint64_t i)
{
    char text[UPTAKE_TEXT_BYTES + 32];
    if (plugin->states[i] == RESULT_OK)
        return 0;
    result_status_text(plugin, i, text);
    prose_line(table->out, table->style, 2, texts_make(table->texts, "%s: %s", plugin->name, text));
    return 1;
}

static size_t put_gaps(const struct table *table, uint64_t i)
{
    struct findings gaps = findings_of(table->result, table->texts, i, UPTAKE_NOT_KNOWN);
    for (size_t k = 0; k < gaps.count; k++) {
        const struct finding *gap = &gaps.list[k];
        prose_line(table->out, table->style, 2,
                   texts_make(table->texts, "%s: %s", gap->names, gap->text));
        if (gap->because)
            prose_line(table->out, table->style, 6,
                       texts_make(table->texts, "because: %s", gap->because));
    }
    return gaps.count;
}

static bool said_before(const struct result *result, size_t merge, const struct result_part *part)
{
    for (size_t m = 0; m < merge; m++)
        for (size_t k = 0; k < result->merges[m].n_parts; k++) {
            const struct result_part *other = &result->merges[m].parts[k];
            if (other->innovation == part->innovation && other->measure &&
                strcmp(other->measure, part->measure) == 0)
                return true;
        }
    return false;
}

/* Fields of the model that are measures themselves: no plugin speaks of them. */
static size_t put_fields(const struct table *table, size_t merge, uint64_t i)
{
    const struct result_merged *merged = &table->result->merges[merge];
    size_t count = 0;
    for (size_t k = 0; k < merged->n_parts; k++) {
        const struct result_part *part = &merged->parts[k];
        if (part->innovation != i || !part->measure || part->plugin != SIZE_MAX ||
            !isnan(part->value) || said_before(table->result, merge, part))
            continue;
        int why = uptake_why(part->value);
        prose_line(
            table->out, table->style, 2,
            texts_make(table->texts, "%s: %s", part->measure,
                       why == UPTAKE_LEFT_OUT ? "left out: nobody looked" : view_missing(why)));
        count++;
    }
    return count;
}

void explain_unknown(const struct table *table, uint64_t innovation)
{
    size_t count = 0;
    prose_heading(table->out, table->style, "What is not known of it");
    for (size_t p = 0; p < table->result->n_plugins; p++)
        count += put_missing(table, &table->result->plugins[p], innovation);
    count += put_gaps(table, innovation);
    for (size_t m = 0; m < table->result->n_merges; m++)
        count += put_fields(table, m, innovation);
    if (count == 0)
        prose_line(table->out, table->style, 2, "No plugin names a gap.");
    prose_line(
        table->out, table->style, 0,
        "`uptake check --missing` lists each field that is unknown or left out, and where it "
        "goes in the model.");
}
