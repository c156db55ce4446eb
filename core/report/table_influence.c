/* What an order hangs on, for the merges that were asked: without each measure, and how far its weight may move. */
#include <inttypes.h>
#include <math.h>

#include "report/figure.h"
#include "report/sheet.h"
#include "report/table.h"

enum { COLUMNS = 7 };

static const char *number_or_dash(const struct table *table, double x, int digits)
{
    return isnan(x) ? "–" : figure_number(table->texts, x, digits);
}

/* "12 to 48 %"; both ends of all there is: "any". */
static const char *range_of(const struct table *table, const double range[2])
{
    if (isnan(range[0]))
        return "–";
    if (range[0] <= 0 && range[1] >= 1)
        return "any";
    return texts_make(table->texts, "%.1f to %.1f %%", 100 * range[0], 100 * range[1]);
}

static void fill_row(const struct table *table, const struct result_influence *of,
                     const char **cells)
{
    bool said = !of->reason;
    cells[0] = of->measure;
    cells[1] = texts_make(table->texts, "%.1f %%", 100 * of->weight);
    cells[2] = number_or_dash(table, of->tau_b, 2);
    cells[3] = said ? number_or_dash(table, of->largest_move, 0) : "–";
    cells[4] = said ? texts_make(table->texts, "%" PRIu64, of->top_changed) : "–";
    cells[5] = range_of(table, of->first);
    cells[6] = range_of(table, of->top);
}

static void put_reversals(const struct table *table, const struct result_merged *merged)
{
    uint64_t reversed = 0;
    for (size_t k = 0; k < merged->n_reversals; k++) {
        const struct result_reversal *of = &merged->reversals[k];
        if (of->moved == 0)
            continue;
        reversed++;
        prose_line(table->out, table->style, 2,
                   texts_make(table->texts, "Without %s, %" PRIu64 " of the others change places.",
                              view_id(table->result, of->innovation), of->moved));
    }
    if (merged->n_reversals > 0 && reversed == 0)
        prose_line(table->out, table->style, 2,
                   texts_make(table->texts,
                              "Without any one of the first %zu, the others keep their places.",
                              merged->n_reversals));
}

static void put_influence(const struct table *table, const struct result_merged *merged)
{
    static const struct sheet_column columns[COLUMNS] = {
        {.above = "", .heading = "measure"},
        {.above = "", .heading = "weight", .right = true},
        {.above = "without it:", .heading = "tau-b", .right = true},
        {.above = "", .heading = "largest move", .right = true},
        {.above = "", .heading = "new in first 3", .right = true},
        {.above = "weight that keeps", .heading = "the first", .right = true},
        {.above = "", .heading = "the first 3", .right = true},
    };
    const char **cells = texts_array(table->texts, merged->n_influence * COLUMNS, sizeof *cells);
    if (!cells)
        return;
    for (size_t k = 0; k < merged->n_influence; k++)
        fill_row(table, &merged->influence[k], cells + k * COLUMNS);
    struct sheet sheet = {columns, COLUMNS, cells, merged->n_influence, 2};
    prose_heading(table->out, table->style,
                  texts_make(table->texts, "What the order of %s hangs on", merged->name));
    sheet_print(table->out, table->style, &sheet);
    if (merged->stability_reason)
        prose_line(table->out, table->style, 2,
                   texts_make(table->texts, "–: how far weights may move cannot be said: %s.",
                              merged->stability_reason));
    put_reversals(table, merged);
}

void table_influence(const struct table *table)
{
    for (size_t m = 0; m < table->result->n_merges; m++)
        if (table->result->merges[m].n_influence > 0)
            put_influence(table, &table->result->merges[m]);
}
