/* How far measures agree between two runs: a row for each that changed, a column for each usual statistic of a pair. */
#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "compare/statistics.h"
#include "report/figure.h"
#include "report/prose.h"
#include "report/runs.h"
#include "report/sheet.h"

enum { STATISTICS_MOST = 32, FIXED = 3 };

static const struct result_figure *figure_of(const struct result_pair *pair,
                                             const struct statistic *row)
{
    const char *name = row->shown ? row->shown : row->name;
    for (size_t k = 0; k < pair->n_figures; k++)
        if (strcmp(pair->figures[k].name, name) == 0)
            return &pair->figures[k];
    return NULL;
}

static size_t list_statistics(const struct statistic **list)
{
    size_t count, n = 0;
    const struct statistic *rows = statistics_rows(&count);
    for (size_t k = 0; k < count && n < STATISTICS_MOST; k++)
        if (rows[k].pair && rows[k].flags & STATISTIC_USUAL)
            list[n++] = &rows[k];
    return n;
}

static const char *cell(struct texts *texts, const struct statistic *row,
                        const struct result_figure *figure)
{
    if (!figure || isnan(figure->value))
        return "–";
    if (row->flags & STATISTIC_COUNT)
        return figure_number(texts, figure->value, 0);
    return fabs(figure->value) < 0.005 && figure->value != 0
               ? texts_make(texts, "%.1e", figure->value)
               : figure_number(texts, figure->value, 2);
}

static void fill(const struct runs_table *table, const struct runs_measure *measure,
                 const struct statistic *const *list, size_t n, const char **cells)
{
    cells[0] = measure->name;
    cells[1] = texts_make(table->texts, "%" PRIu64, measure->pair.n);
    cells[2] = measure->pair.verdict ? measure->pair.verdict : "";
    for (size_t k = 0; k < n; k++)
        cells[FIXED + k] = cell(table->texts, list[k], figure_of(&measure->pair, list[k]));
}

void table_runs_statistics(const struct runs_table *table)
{
    const struct statistic *list[STATISTICS_MOST];
    struct sheet_column columns[FIXED + STATISTICS_MOST] = {
        {.above = "", .heading = "measure"},
        {.above = "", .heading = "innovations", .right = true},
        {.above = "", .heading = "before and after"}};
    const struct runs *runs = table->runs;
    size_t n = list_statistics(list), count = 0;
    const char **cells = texts_array(table->texts, runs->n_measures * (FIXED + n), sizeof *cells);
    for (size_t k = 0; k < n; k++)
        columns[FIXED + k] =
            (struct sheet_column){.above = "", .heading = list[k]->heading, .right = true};
    for (size_t k = 0; cells && k < runs->n_measures; k++)
        if (runs->measures[k].pair.n_figures > 0)
            fill(table, &runs->measures[k], list, n, cells + (FIXED + n) * count++);
    if (count == 0)
        return;
    prose_subheading(table->out, table->style, "How far they agree");
    sheet_print(table->out, table->style, &(struct sheet){columns, FIXED + n, cells, count, 2});
    prose_line(table->out, table->style, 2,
               "Innovations with a value in both. –: no figure; `uptake describe statistics` says "
               "what each needs.");
}
