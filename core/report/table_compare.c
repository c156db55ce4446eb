/*
 * What the spec's `compare:` asked: how far orders and values go together, pair by pair, and the innovations on which
 * they differ most, with what each side found there.
 */
#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "compare/statistics.h"
#include "report/figure.h"
#include "report/sheet.h"
#include "report/table.h"

/* --- Figures ----------------------------------------------------------------------------------- */

static const char *name_of(const struct statistic *row)
{
    return row->shown ? row->shown : row->name;
}

/* A figure of values whose sides answer different questions: the verdicts say so. */
static bool is_barred(const struct result_figure *figure)
{
    return figure->reason && (strcmp(figure->reason, "different_quantity") == 0 ||
                              strcmp(figure->reason, "no_quantity") == 0);
}

static const struct result_figure *find(const struct result_figure *figures, size_t count,
                                        const char *name)
{
    for (size_t k = 0; k < count; k++)
        if (strcmp(figures[k].name, name) == 0)
            return &figures[k];
    return NULL;
}

static const char *number_of(const struct table *table, double x)
{
    return isnan(x) ? "–" : figure_number(table->texts, x, fabs(x) < 10 ? 2 : 1);
}

static const char *figure_text(const struct table *table, const struct statistic *row, double x)
{
    return row->flags & STATISTIC_COUNT && !isnan(x) ? figure_number(table->texts, x, 0)
                                                     : number_of(table, x);
}

/* --- Pairs ------------------------------------------------------------------------------------- */

/* Whether some pair has it: those of values are there only for pairs that answer one question. */
static bool is_there(const struct result_comparison *comparison, const char *name)
{
    for (size_t p = 0; p < comparison->n_pairs; p++) {
        const struct result_pair *pair = &comparison->pairs[p];
        const struct result_figure *figure = find(pair->figures, pair->n_figures, name);
        if (figure && !is_barred(figure))
            return true;
    }
    return false;
}

/* A pair's cells, n_columns apart from each other's first. */
static void put_column(const struct table *table, const struct result_comparison *comparison,
                       const struct statistic *row, const char **cells, size_t n_columns)
{
    for (size_t p = 0; p < comparison->n_pairs; p++) {
        const struct result_pair *pair = &comparison->pairs[p];
        const struct result_figure *figure = find(pair->figures, pair->n_figures, name_of(row));
        cells[p * n_columns] =
            figure && !is_barred(figure) ? figure_text(table, row, figure->value) : "";
    }
}

static void put_names(const struct table *table, const struct result_comparison *comparison,
                      const char **cells, size_t n_columns)
{
    for (size_t p = 0; p < comparison->n_pairs; p++) {
        const struct result_pair *pair = &comparison->pairs[p];
        cells[p * n_columns] = texts_make(table->texts, "%s, %s", comparison->sides[pair->a].name,
                                          comparison->sides[pair->b].name);
        cells[p * n_columns + 1] = texts_make(table->texts, "%" PRIu64, pair->n);
    }
}

/* The rows of the statistics that some pair has. */
static size_t rows_there(const struct result_comparison *comparison, const struct statistic **there)
{
    size_t count, n = 0;
    const struct statistic *rows = statistics_rows(&count);
    for (size_t k = 0; k < count; k++)
        if (rows[k].pair && is_there(comparison, name_of(&rows[k])))
            there[n++] = &rows[k];
    return n;
}

static void put_pairs(const struct table *table, const struct result_comparison *comparison)
{
    size_t count;
    statistics_rows(&count);
    const struct statistic **there = texts_array(table->texts, count, sizeof *there);
    struct sheet_column *columns = texts_array(table->texts, count + 2, sizeof *columns);
    const char **cells =
        texts_array(table->texts, (count + 2) * comparison->n_pairs, sizeof *cells);
    if (!there || !columns || !cells)
        return;
    size_t n = rows_there(comparison, there);
    columns[0] = (struct sheet_column){.above = "", .heading = "between"};
    columns[1] = (struct sheet_column){.above = "", .heading = "innovations", .right = true};
    put_names(table, comparison, cells, n + 2);
    for (size_t k = 0; k < n; k++) {
        columns[k + 2] =
            (struct sheet_column){.above = "", .heading = there[k]->heading, .right = true};
        put_column(table, comparison, there[k], cells + k + 2, n + 2);
    }
    sheet_print(table->out, table->style,
                &(struct sheet){columns, n + 2, cells, comparison->n_pairs, 2});
}

/* Each reason of a figure that is not there, once. */
static void put_reasons(const struct table *table, const struct result_comparison *comparison)
{
    const char *said[16];
    size_t n_said = 0;
    for (size_t p = 0; p < comparison->n_pairs; p++)
        for (size_t k = 0; k < comparison->pairs[p].n_figures; k++) {
            const struct result_figure *figure = &comparison->pairs[p].figures[k];
            const char *reason = is_barred(figure) ? NULL : figure->reason;
            size_t at = 0;
            while (reason && at < n_said && strcmp(said[at], reason) != 0)
                at++;
            if (!reason || at < n_said || n_said == sizeof said / sizeof *said)
                continue;
            said[n_said++] = reason;
            prose_line(
                table->out, table->style, 2,
                texts_make(table->texts, "–: no figure, because %s.", statistics_reason(reason)));
        }
}

/* --- Verdicts ---------------------------------------------------------------------------------- */

static const char *tolerance_of(const struct table *table, const struct result_side *side,
                                double tolerance)
{
    return texts_make(table->texts, " (tolerance %s%s%s)",
                      tolerance > 0 ? figure_number(table->texts, tolerance, 3) : "0",
                      *side->unit && strcmp(side->unit, "share") != 0 ? " " : "",
                      strcmp(side->unit, "share") != 0 ? figure_words(table->texts, side->unit)
                                                       : "");
}

/* "; a is 0.05 higher on average, and 95% of the differences lie about between -0.20 and 0.31" */
static const char *difference_of(const struct table *table, const struct result_pair *pair,
                                 const struct result_side *a)
{
    const struct result_figure *bias = find(pair->figures, pair->n_figures, "bland_altman.bias");
    const struct result_figure *lower = find(pair->figures, pair->n_figures, "bland_altman.lower");
    const struct result_figure *upper = find(pair->figures, pair->n_figures, "bland_altman.upper");
    if (!bias || !lower || !upper || bias->reason || bias->value == 0)
        return "";
    return texts_make(table->texts,
                      "; %s is %s %s on average, and about 95%% of the differences are expected "
                      "between %s and %s",
                      a->name, number_of(table, fabs(bias->value)),
                      bias->value > 0 ? "higher" : "lower", number_of(table, lower->value),
                      number_of(table, upper->value));
}

static void put_verdict(const struct table *table, const struct result_comparison *comparison,
                        const struct result_pair *pair)
{
    const struct result_side *a = &comparison->sides[pair->a], *b = &comparison->sides[pair->b];
    const char *text;
    if (pair->verdict)
        text = texts_make(table->texts, "%s and %s: %s%s%s.", a->name, b->name, pair->verdict,
                          pair->n > 0 ? tolerance_of(table, a, pair->tolerance) : "",
                          difference_of(table, pair, a));
    else if (strcmp(pair->verdict_reason, "different_quantity") == 0)
        text = texts_make(table->texts,
                          "%s and %s answer different questions (%s; %s): their orders can be "
                          "compared, their values cannot, so there is no verdict.",
                          a->name, b->name, a->quantity, b->quantity);
    else
        text = texts_make(table->texts,
                          "%s and %s: nothing says that they answer one question (`quantity:`), so "
                          "there is no verdict.",
                          a->name, b->name);
    prose_line(table->out, table->style, 2, text);
}

/* --- All sides --------------------------------------------------------------------------------- */

/* Whether a figure is the row's, and where its own name begins: "icc.A,1.value" is "A,1.value" of icc. */
static const char *part_of(const struct result_figure *figure, const struct statistic *row)
{
    size_t bytes = strlen(row->name);
    if (strncmp(figure->name, row->name, bytes) != 0)
        return NULL;
    return figure->name[bytes] == '.' ? figure->name + bytes + 1
           : figure->name[bytes] == 0 ? ""
                                      : NULL;
}

/* Values of sides that answer different questions are compared only where the spec asks for it. */
static bool is_one_question(const struct result_comparison *comparison)
{
    for (size_t p = 0; p < comparison->n_pairs; p++)
        if (comparison->pairs[p].verdict_reason)
            return false;
    return true;
}

/* "Krippendorff's alpha: nominal 0.74; ordinal 0.82" */
static void put_group(const struct table *table, const struct result_comparison *comparison,
                      const struct statistic *row)
{
    const char *line = NULL;
    if (row->flags & STATISTIC_VALUES && !comparison->picked && !is_one_question(comparison))
        return;
    for (size_t k = 0; k < comparison->n_all; k++) {
        const struct result_figure *figure = &comparison->all[k];
        const char *part = part_of(figure, row);
        if (!part)
            continue;
        const char *value = figure->reason ? texts_make(table->texts, "none, because %s",
                                                        statistics_reason(figure->reason))
                                           : figure_text(table, row, figure->value);
        line = texts_make(table->texts, "%s%s%s%s%s", line ? line : "", line ? "; " : "", part,
                          *part ? " " : "", value);
    }
    if (line)
        prose_line(table->out, table->style, 4,
                   texts_make(table->texts, "%s: %s", row->heading, line));
}

static void put_all(const struct table *table, const struct result_comparison *comparison)
{
    if (comparison->n_all == 0)
        return;
    prose_line(table->out, table->style, 2,
               texts_make(table->texts,
                          "All %zu together, over the %" PRIu64
                          " innovations that all of them have:",
                          comparison->n_sides, comparison->n));
    size_t count;
    const struct statistic *rows = statistics_rows(&count);
    for (size_t k = 0; k < count; k++)
        if (rows[k].group)
            put_group(table, comparison, &rows[k]);
}

/* --- Where they differ most -------------------------------------------------------------------- */

enum { NOTES_SHOWN = 2 };

/* The same plugin under another name has often found the same: said once. */
static bool is_said(const struct table *table, const struct result_comparison *comparison, size_t s,
                    uint64_t i, const char *text)
{
    char other[UPTAKE_TEXT_BYTES + 1];
    for (size_t before = 0; before < s; before++) {
        if (comparison->sides[before].plugin == SIZE_MAX)
            continue;
        const struct result_plugin *plugin =
            &table->result->plugins[comparison->sides[before].plugin];
        struct view_span span = view_notes(table->result, plugin, i);
        for (uint64_t k = span.first; k < span.end; k++) {
            struct result_note note = result_note(plugin, k);
            result_note_text(plugin, &note, other);
            if (strcmp(other, text) == 0)
                return true;
        }
    }
    return false;
}

static void put_notes(const struct table *table, const struct result_comparison *comparison,
                      size_t s, uint64_t i)
{
    if (comparison->sides[s].plugin == SIZE_MAX)
        return;
    const struct result_plugin *plugin = &table->result->plugins[comparison->sides[s].plugin];
    struct view_span span = view_notes(table->result, plugin, i);
    size_t shown = 0;
    for (uint64_t k = span.first; k < span.end && shown < NOTES_SHOWN; k++) {
        char text[UPTAKE_TEXT_BYTES + 1];
        struct result_note note = result_note(plugin, k);
        result_note_text(plugin, &note, text);
        if (is_said(table, comparison, s, i, text))
            continue;
        shown++;
        prose_line(
            table->out, table->style, 6,
            texts_make(table->texts, "%s %s: %s", plugin->name, view_level(note.level), text));
    }
}

/* "time-led.coverage 0.64, place 2" */
static const char *place_of(const struct table *table, const struct result_side *side,
                            const struct result_difference *difference, size_t s)
{
    double rank = difference->ranks[s];
    return texts_make(table->texts, "%s %s, place %s", side->name,
                      number_of(table, side->value[difference->innovation]),
                      figure_number(table->texts, rank, rank == floor(rank) ? 0 : 1));
}

static void put_difference(const struct table *table, const struct result_comparison *comparison,
                           const struct result_difference *difference)
{
    const char *line =
        texts_make(table->texts, "%s: ", view_id(table->result, difference->innovation));
    for (size_t s = 0; s < comparison->n_sides; s++)
        line = texts_make(table->texts, "%s%s%s", line, s > 0 ? "; " : "",
                          place_of(table, &comparison->sides[s], difference, s));
    prose_line(table->out, table->style, 4, line);
    for (size_t s = 0; s < comparison->n_sides; s++)
        put_notes(table, comparison, s, difference->innovation);
}

static void put_differences(const struct table *table, const struct result_comparison *comparison)
{
    if (comparison->n < 2)
        return;
    if (comparison->n_differences == 0) {
        prose_line(table->out, table->style, 2,
                   "All of them put every innovation in the same place.");
        return;
    }
    prose_line(
        table->out, table->style, 2,
        texts_make(table->texts, "They differ most on (places among %" PRIu64 "):", comparison->n));
    for (size_t k = 0; k < comparison->n_differences; k++)
        put_difference(table, comparison, &comparison->differences[k]);
}

/* --- The section ------------------------------------------------------------------------------- */

static const char *title_of(const struct table *table, const struct result_comparison *comparison)
{
    const char *title = "How far do they agree: ";
    for (size_t s = 0; s < comparison->n_sides; s++)
        title = texts_make(table->texts, "%s%s%s", title,
                           s == 0                         ? ""
                           : s + 1 == comparison->n_sides ? " and "
                                                          : ", ",
                           comparison->sides[s].name);
    return title;
}

void table_compare(const struct table *table)
{
    for (size_t k = 0; k < table->result->n_comparisons; k++) {
        const struct result_comparison *comparison = &table->result->comparisons[k];
        prose_heading(table->out, table->style, title_of(table, comparison));
        put_pairs(table, comparison);
        put_reasons(table, comparison);
        table_heat(table, comparison);
        for (size_t p = 0; p < comparison->n_pairs; p++)
            put_verdict(table, comparison, &comparison->pairs[p]);
        put_all(table, comparison);
        put_differences(table, comparison);
    }
}
