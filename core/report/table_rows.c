/*
 * One row per innovation: headlines with their ranges, rank ranges, and the weakest point where a plugin
 * names one (a choice or text called `weakest...`) and there is room; below it, what the columns mean.
 */
#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "report/figure.h"
#include "report/sheet.h"
#include "report/table.h"

/* --- Which columns ----------------------------------------------------------------------------- */

enum kind { KIND_MEASURE, KIND_RANK };

/* A column of the sheet, and where its cells come from. */
struct source {
    enum kind kind;
    const struct result_plugin *plugin;
    const struct result_column *column;
    const struct result_merged *merged;
    int decimals;
};

struct layout {
    struct sheet_column *columns; /* [0] is the innovation */
    struct source *sources;
    size_t count;
    size_t least; /* without the weakest points, which stand with the findings too */
};

static const struct result_column *headline(const struct result_plugin *plugin)
{
    return plugin->n_columns > 0 && plugin->columns[0].write->entity[0] == '\0'
               ? &plugin->columns[0]
               : NULL;
}

const struct result_column *table_weakest(const struct result_plugin *plugin)
{
    for (size_t w = 1; w < plugin->n_columns; w++) {
        const struct uptake_write *write = plugin->columns[w].write;
        if (write->type != UPTAKE_NUMBER && write->entity[0] == '\0' &&
            strncmp(write->name, "weakest", strlen("weakest")) == 0)
            return &plugin->columns[w];
    }
    return NULL;
}

static void add_measure(const struct table *table, struct layout *layout,
                        const struct result_plugin *plugin, const struct result_column *column,
                        const char *heading)
{
    if (!column)
        return;
    layout->columns[layout->count] = (struct sheet_column){
        .above = plugin->name,
        .heading = heading ? heading : figure_words(table->texts, column->write->name)};
    layout->sources[layout->count++] =
        (struct source){.kind = KIND_MEASURE,
                        .plugin = plugin,
                        .column = column,
                        .decimals = figure_decimals(column, table->order, table->n_rows)};
}

static void add_rank(struct layout *layout, const struct result_merged *merged, bool strong)
{
    layout->columns[layout->count] =
        (struct sheet_column){.above = "rank", .heading = merged->name, .strong = strong};
    layout->sources[layout->count++] = (struct source){.kind = KIND_RANK, .merged = merged};
}

static bool lay_out(const struct table *table, struct layout *layout)
{
    const struct result *result = table->result;
    size_t room = 1 + 2 * result->n_plugins + result->n_merges;
    layout->columns = texts_array(table->texts, room, sizeof *layout->columns);
    layout->sources = texts_array(table->texts, room, sizeof *layout->sources);
    if (table->texts->failed)
        return false;
    layout->columns[layout->count++] = (struct sheet_column){.above = "", .heading = "Innovation"};
    for (size_t p = 0; p < result->n_plugins; p++)
        add_measure(table, layout, &result->plugins[p], headline(&result->plugins[p]), NULL);
    for (size_t m = 0; m < result->n_merges && result->model->innovations > 1; m++)
        add_rank(layout, &result->merges[m], m == 0);
    layout->least = layout->count;
    for (size_t p = 0; p < result->n_plugins; p++)
        add_measure(table, layout, &result->plugins[p], table_weakest(&result->plugins[p]),
                    "weakest");
    return true;
}

/* --- Cells ------------------------------------------------------------------------------------- */

static const char *cell(const struct table *table, const struct source *source, uint64_t i)
{
    if (source->kind == KIND_RANK)
        return figure_rank(table->texts, source->merged, i);
    return figure_value(table->texts, source->plugin, source->column, i, source->decimals);
}

/* Names where all of them find room beside the other columns, else ids. */
static void label_rows(const struct table *table, struct sheet *sheet, const char **cells)
{
    for (size_t k = 0; k < table->n_rows; k++)
        cells[k * sheet->n_columns] = view_name(table->result, table->order[k]);
    if (sheet_total(sheet, 2) <= table->style->width)
        return;
    for (size_t k = 0; k < table->n_rows; k++)
        cells[k * sheet->n_columns] = view_id(table->result, table->order[k]);
}

static bool fill_sheet(const struct table *table, const struct layout *layout, struct sheet *sheet)
{
    const char **cells = texts_array(table->texts, table->n_rows * layout->count, sizeof *cells);
    if (!cells)
        return false;
    for (size_t k = 0; k < table->n_rows; k++) {
        cells[k * layout->count] = "";
        for (size_t c = 1; c < layout->count; c++)
            cells[k * layout->count + c] = cell(table, &layout->sources[c], table->order[k]);
    }
    *sheet = (struct sheet){layout->columns, layout->count, cells, table->n_rows, 0};
    label_rows(table, sheet, cells);
    return true;
}

/* Weakest points stand here only where they find room beside the rest. */
static void put_sheet(const struct table *table, struct layout *layout)
{
    struct sheet sheet;
    if (!fill_sheet(table, layout, &sheet))
        return;
    if (sheet_total(&sheet, 1) > table->style->width && layout->count > layout->least) {
        layout->count = layout->least;
        if (!fill_sheet(table, layout, &sheet))
            return;
    }
    sheet_print(table->out, table->style, &sheet);
}

/* --- What the columns mean --------------------------------------------------------------------- */

static const char *direction(int better)
{
    return better == UPTAKE_HIGHER  ? "; higher is better"
           : better == UPTAKE_LOWER ? "; lower is better"
                                    : "";
}

static bool same_meaning(const struct source *a, const struct source *b)
{
    return a->kind == KIND_MEASURE && b->kind == KIND_MEASURE &&
           a->column->write->better == b->column->write->better &&
           strcmp(a->column->write->doc, b->column->write->doc) == 0;
}

/* One line for all measures that mean the same: a plugin may run under several names. */
static void put_meaning(const struct table *table, const struct layout *layout, size_t at)
{
    const struct source *source = &layout->sources[at];
    const struct uptake_write *write = source->column->write;
    size_t bytes = strlen(write->doc);
    bool stop = bytes > 0 && write->doc[bytes - 1] == '.';
    const char *names = "";
    for (size_t c = 1; c < layout->count; c++) {
        const struct source *other = &layout->sources[c];
        if (!same_meaning(source, other))
            continue;
        if (c < at)
            return;
        names = texts_make(table->texts, "%s%s%s.%s", names, c > at ? ", " : "",
                           other->plugin->name, other->column->write->name);
    }
    prose_line(table->out, table->style, 2,
               texts_make(table->texts, "%s: %.*s%s.", names, (int)(bytes - stop), write->doc,
                          direction(write->better)));
}

static void put_meanings(const struct table *table, const struct layout *layout)
{
    prose_gap(table->out, table->style);
    for (size_t c = 1; c < layout->count; c++)
        if (layout->sources[c].kind == KIND_MEASURE)
            put_meaning(table, layout, c);
    if (table->result->n_merges > 0 && table->result->model->innovations > 1)
        prose_line(
            table->out, table->style, 2,
            texts_make(
                table->texts,
                "rank: the best and the worst place that is possible, given what is not known. "
                "Rows "
                "stand in the order of %s: by the worse end of its score, so that not knowing "
                "never wins.",
                table->result->merges[0].name));
}

static void put_more(const struct table *table)
{
    uint64_t n = table->result->model->innovations;
    if (n > table->n_rows)
        prose_line(table->out, table->style, 0,
                   texts_make(table->texts,
                              "... and %" PRIu64
                              " more; --format csv or --format json gives all %" PRIu64 ".",
                              n - table->n_rows, n));
}

void table_rows(const struct table *table)
{
    struct layout layout = {0};
    if (table->n_rows == 0 || !lay_out(table, &layout))
        return;
    prose_gap(table->out, table->style);
    put_sheet(table, &layout);
    put_more(table);
    put_meanings(table, &layout);
}
