/*
 * What measures say in two runs: a row for each measure that changed, and a heat table of where: a shade for each
 * innovation and measure, as dark as the change is large beside the measure's range.
 */
#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "report/figure.h"
#include "report/prose.h"
#include "report/runs.h"
#include "report/sheet.h"

enum { COLUMNS = 6, HEAT_MEASURES = 12, HEAT_ROWS = 30 };

static bool differs(const struct runs_measure *measure)
{
    return !measure->a || !measure->b || measure->changed > 0;
}

static const char *largest(struct texts *texts, const struct runs_measure *measure)
{
    return measure->at == SIZE_MAX ? "" : texts_make(texts, "%.3g", measure->largest);
}

static void fill(const struct runs_table *table, const struct runs_measure *measure,
                 const char **cells)
{
    struct texts *texts = table->texts;
    bool both = measure->a && measure->b;
    cells[0] = measure->name;
    cells[1] = both ? texts_make(texts, "%" PRIu64, measure->equal) : "";
    cells[2] = both         ? texts_make(texts, "%" PRIu64, measure->changed)
               : measure->a ? "only before"
                            : "only after";
    cells[3] = largest(texts, measure);
    cells[4] = measure->at == SIZE_MAX ? "" : table->runs->rows[measure->at].id;
    cells[5] = isnan(measure->digits) ? "" : texts_make(texts, "%.1f", measure->digits);
}

static size_t put_measures(const struct runs_table *table)
{
    static const struct sheet_column columns[COLUMNS] = {
        {.above = "", .heading = "measure"},
        {.above = "innovations", .heading = "equal", .right = true},
        {.above = "innovations", .heading = "changed", .right = true},
        {.above = "largest", .heading = "difference", .right = true},
        {.above = "", .heading = "where"},
        {.above = "digits that", .heading = "agree there", .right = true},
    };
    const struct runs *runs = table->runs;
    const char **cells = texts_array(table->texts, runs->n_measures * COLUMNS, sizeof *cells);
    size_t count = 0;
    for (size_t k = 0; cells && k < runs->n_measures; k++)
        if (differs(&runs->measures[k]))
            fill(table, &runs->measures[k], cells + COLUMNS * count++);
    const struct sheet sheet = {columns, COLUMNS, cells, count, 2};
    if (count > 0)
        sheet_print(table->out, table->style, &sheet);
    return count;
}

/* --- The heat table ---------------------------------------------------------------------------- */

/* Beside the declared range, or else beside the larger of the two values. */
static const char *shade(const struct runs *runs, const struct runs_measure *measure, size_t row)
{
    static const char *const shades[] = {"░", "▒", "▓", "█"};
    double difference;
    enum runs_class found = runs_cell(runs, measure, row, &difference);
    if (found == RUNS_EQUAL)
        return "·";
    if (found != RUNS_CHANGED)
        return found == RUNS_ADDED ? "new" : "gone";
    if (isnan(difference))
        return "≠";
    const struct uptake_write *write = measure->b->write;
    double range = write->max - write->min;
    double x = measure->a->values[runs->rows[row].a], y = measure->b->values[runs->rows[row].b];
    double share = difference / (isfinite(range) && range > 0 ? range : fmax(fabs(x), fabs(y)));
    return shades[share > 0.5 ? 3 : share > 0.25 ? 2 : share > 0.1 ? 1 : 0];
}

static size_t pick_measures(const struct runs *runs, const struct runs_measure **picked)
{
    size_t count = 0;
    for (size_t k = 0; k < runs->n_measures && count < HEAT_MEASURES; k++)
        if (runs->measures[k].a && runs->measures[k].b && runs->measures[k].changed > 0)
            picked[count++] = &runs->measures[k];
    return count;
}

static bool row_differs(const struct runs *runs, const struct runs_measure *const *picked,
                        size_t count, size_t row)
{
    bool changed = false;
    for (size_t k = 0; k < count; k++)
        changed |= runs_cell(runs, picked[k], row, NULL) == RUNS_CHANGED;
    return changed;
}

static void put_heat(const struct runs_table *table)
{
    const struct runs *runs = table->runs;
    const struct runs_measure *picked[HEAT_MEASURES];
    struct sheet_column columns[HEAT_MEASURES + 1] = {{.above = "", .heading = "innovation"}};
    size_t width = 1 + pick_measures(runs, picked), rows = 0;
    const char **cells = texts_array(table->texts, width * HEAT_ROWS, sizeof *cells);
    for (size_t c = 1; c < width; c++) {
        const char *dot = strchr(picked[c - 1]->name, '.');
        columns[c] = (struct sheet_column){.above = texts_make(table->texts, "%.*s",
                                                               (int)(dot - picked[c - 1]->name),
                                                               picked[c - 1]->name),
                                           .heading = dot + 1};
    }
    for (size_t k = 0; cells && k < runs->n_rows && rows < HEAT_ROWS; k++) {
        if (!row_differs(runs, picked, width - 1, k))
            continue;
        cells[rows * width] = runs->rows[k].id;
        for (size_t c = 1; c < width; c++)
            cells[rows * width + c] = shade(runs, picked[c - 1], k);
        rows++;
    }
    if (rows == 0)
        return;
    prose_subheading(table->out, table->style, "Where");
    const struct sheet sheet = {columns, width, cells, rows, 2};
    sheet_print(table->out, table->style, &sheet);
    prose_line(table->out, table->style, 2,
               "░ up to a tenth of the measure's range, ▒ a quarter, ▓ half, █ more; ≠ another "
               "word, or known in one run only; · equal");
}

void table_runs_values(const struct runs_table *table)
{
    prose_heading(table->out, table->style, "Measures");
    if (put_measures(table) == 0)
        prose_line(table->out, table->style, 0, "Every value of every measure is equal.");
    else
        put_heat(table);
}
