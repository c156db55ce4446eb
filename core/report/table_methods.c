/* How the orders were made, what was changed from a plugin's defaults, and whether the orders go together. */
#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "report/figure.h"
#include "report/sheet.h"
#include "report/table.h"

/* --- Merges and parameters --------------------------------------------------------------------- */

static void put_merge(const struct table *table, const struct result_merged *merged)
{
    prose_line(table->out, table->style, 2,
               texts_make(table->texts, "%s: method %s, normalised %s, missing values: %s.",
                          merged->name, merged->method, merged->normalise, merged->missing));
    for (size_t k = 0; k < merged->n_figures; k++) {
        const struct result_merge_figure *figure = &merged->figures[k];
        prose_line(table->out, table->style, 4,
                   texts_make(table->texts, "%s: %s", figure_words(table->texts, figure->name),
                              isnan(figure->value) ? "not known"
                              : !figure->flag
                                  ? figure_number(table->texts, figure->value,
                                                  figure->value == floor(figure->value) ? 0 : 4)
                              : figure->value > 0 ? "yes"
                                                  : "no"));
    }
    for (size_t k = 0; k < merged->n_notes; k++)
        prose_line(table->out, table->style, 4, merged->notes[k]);
}

static void put_merges(const struct table *table)
{
    if (table->result->n_merges == 0)
        return;
    prose_heading(table->out, table->style, "How the orders were made");
    for (size_t m = 0; m < table->result->n_merges; m++)
        put_merge(table, &table->result->merges[m]);
}

static bool has_departures(const struct result *result)
{
    for (size_t p = 0; p < result->n_plugins; p++)
        if (result->plugins[p].with_text)
            return true;
    return false;
}

static void put_departures(const struct table *table)
{
    if (!has_departures(table->result))
        return;
    prose_heading(table->out, table->style, "Set by this spec, not a plugin's default");
    for (size_t p = 0; p < table->result->n_plugins; p++) {
        const struct result_plugin *plugin = &table->result->plugins[p];
        if (plugin->with_text)
            prose_line(table->out, table->style, 2,
                       texts_make(table->texts, "%s (%s): %s", plugin->name, plugin->plugin->id,
                                  plugin->with_text));
    }
}

/* --- Agreement --------------------------------------------------------------------------------- */

enum { AGREEMENT_COLUMNS = 4 };

/* Why there is no coefficient. */
static const char *reason_of(struct texts *texts, const char *reason)
{
    static const struct {
        const char *reason, *words;
    } known[] = {
        {"n_lt_8", "no coefficient under 8 common innovations"},
        {"n_lt_2", "no coefficient under 2 common innovations"},
        {"zero_variance", "no coefficient: one side is the same for all"},
    };
    for (size_t k = 0; k < sizeof known / sizeof *known; k++)
        if (strcmp(known[k].reason, reason) == 0)
            return known[k].words;
    return figure_words(texts, reason);
}

static const char *coefficient(const struct table *table, double x)
{
    return isnan(x) ? "–" : figure_number(table->texts, x, 2);
}

static void fill_row(const struct table *table, const struct result_agreement *agreement,
                     const char **cells)
{
    cells[0] = texts_make(table->texts, "%s, %s", agreement->a, agreement->b);
    cells[1] = texts_make(table->texts, "%" PRIu64, agreement->n);
    cells[2] = coefficient(table, agreement->kendall_tau_b);
    cells[3] = coefficient(table, agreement->spearman);
}

/* Each reason once. */
static void put_reasons(const struct table *table)
{
    const struct result_agreement *all = table->result->agreements;
    for (size_t k = 0; k < table->result->n_agreements; k++) {
        bool said = !all[k].reason;
        for (size_t before = 0; before < k && !said; before++)
            said = all[before].reason && strcmp(all[before].reason, all[k].reason) == 0;
        if (!said)
            prose_line(table->out, table->style, 2,
                       texts_make(table->texts, "–: %s", reason_of(table->texts, all[k].reason)));
    }
}

static void put_agreements(const struct table *table)
{
    static const struct sheet_column columns[AGREEMENT_COLUMNS] = {
        {.above = "", .heading = "measures"},
        {.above = "", .heading = "innovations", .right = true},
        {.above = "", .heading = "Kendall's tau-b", .right = true},
        {.above = "", .heading = "Spearman's rho", .right = true},
    };
    const struct result *result = table->result;
    const char **cells =
        texts_array(table->texts, result->n_agreements * AGREEMENT_COLUMNS, sizeof *cells);
    if (result->n_agreements == 0 || !cells)
        return;
    for (size_t k = 0; k < result->n_agreements; k++)
        fill_row(table, &result->agreements[k], cells + k * AGREEMENT_COLUMNS);
    struct sheet sheet = {columns, AGREEMENT_COLUMNS, cells, result->n_agreements, 2};
    prose_heading(table->out, table->style, "Do the orders go together?");
    sheet_print(table->out, table->style, &sheet);
    put_reasons(table);
}

void table_methods(const struct table *table)
{
    put_merges(table);
    put_departures(table);
    put_agreements(table);
}
