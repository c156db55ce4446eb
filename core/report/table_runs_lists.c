/* Columns of lists' rows in two runs: a row for each that differs. */
#include <inttypes.h>
#include <math.h>

#include "report/prose.h"
#include "report/runs.h"
#include "report/sheet.h"

enum { COLUMNS = 8 };

static bool differs(const struct runs_list *list)
{
    return !list->of.a || !list->of.b || list->of.changed + list->added + list->removed > 0;
}

static const char *where(const struct runs_table *table, const struct runs_list *list)
{
    if (isnan(list->of.digits))
        return "";
    return texts_make(table->texts, "%s, row %" PRIu64,
                      list->of.at == SIZE_MAX ? "the portfolio" : table->runs->rows[list->of.at].id,
                      list->at_row + 1);
}

static void fill(const struct runs_table *table, const struct runs_list *list, const char **cells)
{
    struct texts *texts = table->texts;
    bool both = list->of.a && list->of.b;
    const uint64_t counts[] = {list->of.equal, list->of.changed, list->added, list->removed};
    cells[0] = list->of.name;
    cells[1] = list->entity;
    for (size_t k = 0; k < 4; k++)
        cells[2 + k] = both ? texts_make(texts, "%" PRIu64, counts[k]) : "";
    cells[6] = !both                    ? (list->of.a ? "only before" : "only after")
               : isnan(list->of.digits) ? ""
                                        : texts_make(texts, "%.3g", list->of.largest);
    cells[7] = both ? where(table, list) : "";
}

void table_runs_lists(const struct runs_table *table)
{
    static const struct sheet_column columns[COLUMNS] = {
        {.above = "", .heading = "column"},
        {.above = "", .heading = "of the rows of"},
        {.above = "rows", .heading = "equal", .right = true},
        {.above = "rows", .heading = "changed", .right = true},
        {.above = "rows only", .heading = "after", .right = true},
        {.above = "rows only", .heading = "before", .right = true},
        {.above = "largest", .heading = "difference", .right = true},
        {.above = "", .heading = "where"},
    };
    const struct runs *runs = table->runs;
    const char **cells = texts_array(table->texts, runs->n_lists * COLUMNS, sizeof *cells);
    size_t count = 0;
    if (runs->n_lists == 0 || !cells)
        return;
    prose_heading(table->out, table->style, "Rows of lists");
    for (size_t k = 0; k < runs->n_lists; k++)
        if (differs(&runs->lists[k]))
            fill(table, &runs->lists[k], cells + COLUMNS * count++);
    if (count == 0) {
        prose_line(table->out, table->style, 0, "Every value of every row is equal.");
        return;
    }
    sheet_print(table->out, table->style, &(struct sheet){columns, COLUMNS, cells, count, 2});
    prose_line(table->out, table->style, 2,
               "A list's rows are held against each other by their place in it.");
}
