/*
 * Check by check: a plugin that answers several questions with a choice each gets a sheet of them, a row per innovation, so that no
 * single number stands without its parts. Instances of one plugin whose answers are the same share a sheet.
 */
#include <string.h>

#include "report/figure.h"
#include "report/findings.h"
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

/* A plugin's sheet, before it has a heading. */
struct checks {
    const struct result_plugin *plugin;
    const char
        *names; /* of all instances whose cells are the same; NULL: printed under another's */
    struct sheet_column *columns;
    const char **cells;
    size_t width;
};

static struct checks gather(const struct table *table, const struct result_plugin *plugin)
{
    struct checks checks = {.plugin = plugin, .width = count_checks(plugin) + 1};
    size_t width = checks.width, c = 1;
    if (width <= LEAST_CHOICES)
        return checks;
    checks.columns = texts_array(table->texts, width, sizeof *checks.columns);
    checks.cells = texts_array(table->texts, table->n_rows * width, sizeof *checks.cells);
    if (!checks.columns || !checks.cells)
        return checks;
    checks.names = plugin->name;
    checks.columns[0] = (struct sheet_column){.above = "", .heading = "Innovation"};
    for (size_t k = 0; k < table->n_rows; k++)
        checks.cells[k * width] = view_id(table->result, table->order[k]);
    for (size_t w = 0; w < plugin->n_columns; w++) {
        if (!is_check(&plugin->columns[w]))
            continue;
        checks.columns[c] = heading_of(table, plugin->columns[w].write->name);
        for (size_t k = 0; k < table->n_rows; k++)
            checks.cells[k * width + c] = cell(table, &plugin->columns[w], table->order[k]);
        c++;
    }
    return checks;
}

static bool same_cells(const struct table *table, const struct checks *a, const struct checks *b)
{
    if (!a->names || !b->names || !findings_same_plugin(a->plugin, b->plugin))
        return false;
    for (size_t k = 0; k < table->n_rows * a->width; k++)
        if (strcmp(a->cells[k], b->cells[k]) != 0)
            return false;
    return true;
}

static void put_checks(const struct table *table, const struct checks *checks)
{
    prose_heading(table->out, table->style,
                  texts_make(table->texts, "%s, check by check", checks->names));
    sheet_print(table->out, table->style,
                &(struct sheet){checks->columns, checks->width, checks->cells, table->n_rows, 0});
    put_legend(table, checks->cells, table->n_rows * checks->width);
}

void table_checks(const struct table *table)
{
    size_t n = table->result->n_plugins;
    struct checks *all = texts_array(table->texts, n, sizeof *all);
    if (!all)
        return;
    for (size_t p = 0; p < n; p++)
        all[p] = gather(table, &table->result->plugins[p]);
    for (size_t p = 0; p < n; p++) {
        for (size_t q = p + 1; q < n; q++) {
            if (!same_cells(table, &all[p], &all[q]))
                continue;
            all[p].names = texts_make(table->texts, "%s, %s", all[p].names, all[q].plugin->name);
            all[q].names = NULL;
        }
        if (all[p].names)
            put_checks(table, &all[p]);
    }
}
