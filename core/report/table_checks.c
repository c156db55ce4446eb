/*
 * Check by check: a plugin that answers several questions with a choice each gets a sheet of them, a row per innovation, so that no
 * single number stands without its parts.
 */
#include <string.h>

#include "report/figure.h"
#include "report/sheet.h"
#include "report/table.h"

enum { LEAST_CHOICES = 3 };

static bool is_check(const struct result_column *column)
{
    return column->codes && column->write->entity[0] == '\0';
}

static size_t count_checks(const struct result_plugin *plugin)
{
    size_t count = 0;
    for (size_t w = 0; w < plugin->n_columns; w++)
        count += is_check(&plugin->columns[w]);
    return count;
}

/* "national_priority": "national" above "priority". */
static struct sheet_column heading_of(const struct table *table, const char *name)
{
    const char *words = figure_words(table->texts, name), *blank = strchr(words, ' ');
    if (!blank)
        return (struct sheet_column){.above = "", .heading = words};
    return (struct sheet_column){.above =
                                     texts_make(table->texts, "%.*s", (int)(blank - words), words),
                                 .heading = blank + 1};
}

static const char nothing[] = "–";

static const char *cell(const struct table *table, const struct result_column *column, uint64_t i)
{
    const char *choice = view_choice(column, i);
    if (!choice)
        return nothing;
    return strcmp(choice, "not_applicable") == 0 ? "n/a" : figure_words(table->texts, choice);
}

/* Only of signs that stand there. */
static void put_legend(const struct table *table, const char **cells, size_t count)
{
    static const struct {
        const char *sign, *words;
    } signs[] = {{"n/a", "does not apply"}, {nothing, "not assessed, or nothing to name"}};
    const char *all = "";
    for (size_t s = 0; s < sizeof signs / sizeof *signs; s++) {
        size_t at = 0;
        while (at < count && strcmp(cells[at], signs[s].sign) != 0)
            at++;
        if (at < count)
            all = texts_make(table->texts, "%s%s%s: %s", all, *all ? "; " : "", signs[s].sign,
                             signs[s].words);
    }
    if (*all)
        prose_line(table->out, table->style, 2, texts_make(table->texts, "%s.", all));
}

static void put_checks(const struct table *table, const struct result_plugin *plugin, size_t count)
{
    size_t width = count + 1, c = 1;
    struct sheet_column *columns = texts_array(table->texts, width, sizeof *columns);
    const char **cells = texts_array(table->texts, table->n_rows * width, sizeof *cells);
    if (!columns || !cells)
        return;
    columns[0] = (struct sheet_column){.above = "", .heading = "Innovation"};
    for (size_t k = 0; k < table->n_rows; k++)
        cells[k * width] = view_id(table->result, table->order[k]);
    for (size_t w = 0; w < plugin->n_columns; w++) {
        if (!is_check(&plugin->columns[w]))
            continue;
        columns[c] = heading_of(table, plugin->columns[w].write->name);
        for (size_t k = 0; k < table->n_rows; k++)
            cells[k * width + c] = cell(table, &plugin->columns[w], table->order[k]);
        c++;
    }
    prose_heading(table->out, table->style,
                  texts_make(table->texts, "%s, check by check", plugin->name));
    sheet_print(table->out, table->style, &(struct sheet){columns, width, cells, table->n_rows, 0});
    put_legend(table, cells, table->n_rows * width);
}

void table_checks(const struct table *table)
{
    for (size_t p = 0; p < table->result->n_plugins; p++) {
        size_t count = count_checks(&table->result->plugins[p]);
        if (count >= LEAST_CHOICES)
            put_checks(table, &table->result->plugins[p], count);
    }
}
