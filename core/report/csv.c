/* A run as one CSV table: see csv.h and report.h. */
#include "report/csv.h"

#include <math.h>
#include <string.h>

#include "report/report.h"

/* --- Cells ------------------------------------------------------------------------------------- */

static void before(struct csv *csv)
{
    if (csv->comma)
        out_char(csv->out, ',');
    csv->comma = true;
}

static void put_quoted(struct report_out *out, const char *guard, const char *text)
{
    out_char(out, '"');
    out_text(out, guard);
    for (const char *quote; (quote = strchr(text, '"')); text = quote + 1) {
        out_bytes(out, text, (size_t)(quote - text) + 1);
        out_char(out, '"');
    }
    out_text(out, text);
    out_char(out, '"');
}

/* Blanks at the ends are quoted too: some readers drop them. */
static bool needs_quotes(const char *text, size_t bytes)
{
    return bytes > 0 && (text[0] == ' ' || text[bytes - 1] == ' ' || strpbrk(text, ",\"\r\n"));
}

/* What a spreadsheet would take for a formula is text. Source: OWASP, CSV Injection. */
static const char *guard_of(const char *text)
{
    return text && text[0] && strchr("=+-@\t\r", text[0]) ? "'" : "";
}

void csv_text(struct csv *csv, const char *text)
{
    size_t bytes = text ? strlen(text) : 0;
    const char *guard = guard_of(text);
    before(csv);
    if (needs_quotes(text, bytes)) {
        put_quoted(csv->out, guard, text);
        return;
    }
    out_text(csv->out, guard);
    out_bytes(csv->out, bytes ? text : "", bytes);
}

void csv_number(struct csv *csv, double x)
{
    before(csv);
    if (isfinite(x))
        out_number(csv->out, x);
}

void csv_count(struct csv *csv, uint64_t x)
{
    before(csv);
    out_count(csv->out, x);
}

void csv_empty(struct csv *csv)
{
    before(csv);
}

void csv_line(struct csv *csv)
{
    out_char(csv->out, '\n');
    csv->comma = false;
}

void csv_header(struct csv *csv, const char *const *names)
{
    for (; *names; names++)
        csv_text(csv, *names);
    csv_line(csv);
}

void csv_value(struct csv *csv, const struct view_measure *measure, uint64_t row)
{
    const struct result_column *column = measure->column;
    char text[UPTAKE_TEXT_BYTES + 1] = "";
    if (column->values) {
        csv_number(csv, column->values[row]);
    } else if (column->codes) {
        csv_text(csv, view_choice(column, row));
    } else {
        result_text(measure->plugin, column, row, text);
        csv_text(csv, text);
    }
}

static const double no_number = (double)NAN;

/* --- One line a measure ------------------------------------------------------------------------ */

static void put_bounds(struct csv *csv, const struct result_column *column, uint64_t row)
{
    csv_number(csv, view_has_bounds(column) ? column->low[row] : no_number);
    csv_number(csv, view_has_bounds(column) ? column->high[row] : no_number);
}

/* The caveat leaves with the number: a file is read where this program is not. */
static void put_caveat(struct csv *csv, struct result_basis basis)
{
    struct report_out *out = csv->out;
    before(csv);
    if (basis.desk_reading == 0)
        return;
    out_char(out, '"');
    out_count(out, basis.desk_reading);
    out_text(out, " of ");
    out_count(out, basis.rows);
    out_text(out, basis.rows == 1 ? " row: " : " rows: ");
    out_text(out, view_desk_reading);
    out_char(out, '"');
}

static void put_status(struct csv *csv, const struct result_plugin *plugin, uint64_t i)
{
    char text[UPTAKE_TEXT_BYTES + 32];
    if (plugin->states[i] == RESULT_OK) {
        csv_text(csv, "ok");
        return;
    }
    result_status_text(plugin, i, text);
    csv_text(csv, text);
}

static void put_measure(struct csv *csv, const struct view *view,
                        const struct view_measure *measure, uint64_t i)
{
    struct result_basis basis = result_basis_of(view->result, measure->plugin, measure->write, i);
    csv_text(csv, view_id(view->result, i));
    csv_text(csv, measure->name);
    csv_value(csv, measure, i);
    put_bounds(csv, measure->column, i);
    csv_text(csv, measure->column->write->unit);
    csv_count(csv, basis.rows);
    csv_count(csv, basis.desk_reading);
    csv_count(csv, basis.hindsight);
    csv_count(csv, basis.without_evidence);
    put_status(csv, measure->plugin, i);
    put_caveat(csv, basis);
    csv_line(csv);
}

/* --- Merges as lines --------------------------------------------------------------------------- */

static void put_merge_line(struct csv *csv, const char *id, const char *name, const char *what,
                           const double values[3], const char *caveat)
{
    csv_text(csv, id);
    before(csv);
    out_text(csv->out, "merge:");
    out_text(csv->out, name);
    out_text(csv->out, what);
    for (size_t k = 0; k < 3; k++)
        csv_number(csv, values[k]);
    for (size_t k = 0; k < 5; k++)
        csv_empty(csv);
    csv_text(csv, isnan(values[0]) ? "no value" : "ok");
    csv_text(csv, caveat);
    csv_line(csv);
}

static double rank_number(uint64_t rank)
{
    return rank > 0 ? (double)rank : no_number;
}

static void put_merge(struct csv *csv, const struct result_merged *merged, const char *id,
                      uint64_t i, const char *caveat)
{
    const double score[] = {merged->score[i], merged->score_low[i], merged->score_high[i]};
    const double rank[] = {rank_number(merged->rank[i]), rank_number(merged->rank_low[i]),
                           rank_number(merged->rank_high[i])};
    const double coverage[] = {merged->coverage[i], no_number, no_number};
    put_merge_line(csv, id, merged->name, ".score", score, caveat);
    put_merge_line(csv, id, merged->name, ".rank", rank, caveat);
    put_merge_line(csv, id, merged->name, ".coverage", coverage, caveat);
}

const char *csv_caveat(const struct result *result)
{
    const struct model *model = result->model;
    if (model->desk_rows == 0)
        return NULL;
    return model->desk_rows == model->basis_rows
               ? "rests on one reader's desk reading, not a published rating"
               : "rests in part on one reader's desk reading, not a published rating";
}

void csv_measures(struct csv *csv, const struct view *view, bool merges)
{
    static const char *const header[] = {"innovation", "measure",
                                         "value",      "low",
                                         "high",       "unit",
                                         "basis_rows", "desk_reading",
                                         "hindsight",  "without_evidence",
                                         "status",     "caveat",
                                         NULL};
    const struct result *result = view->result;
    const char *caveat = csv_caveat(result);
    csv_header(csv, header);
    for (uint64_t i = 0; i < result->model->innovations; i++) {
        for (size_t k = 0; k < view->n_measures; k++)
            put_measure(csv, view, &view->measures[k], i);
        for (size_t m = 0; merges && m < result->n_merges; m++)
            put_merge(csv, &result->merges[m], view_id(result, i), i, caveat);
    }
}

int report_csv(const struct result *result, struct report_out *out, struct uptake_error *error)
{
    struct view view;
    if (view_build(result, &view, error) != 0)
        return -1;
    csv_measures(&(struct csv){.out = out}, &view, true);
    view_finish(&view);
    return 0;
}
