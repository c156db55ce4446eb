/*
 * A heat table of one comparison: Kendall's tau-b of every two sides, a shade the darker, the closer to the same order, or to
 * its reverse. Shades are letters, so that they are the same on a terminal, in a file and in markdown.
 */
#include <math.h>
#include <string.h>

#include "report/figure.h"
#include "report/sheet.h"
#include "report/table.h"

/* Two sides make one figure, which stands in the table of pairs. */
enum { SIDES_LEAST = 3, SIDES_MOST = 30 };

static const struct result_figure *tau_of(const struct result_comparison *comparison, size_t a,
                                          size_t b)
{
    for (size_t p = 0; p < comparison->n_pairs; p++) {
        const struct result_pair *pair = &comparison->pairs[p];
        if (pair->a != (a < b ? a : b) || pair->b != (a < b ? b : a))
            continue;
        for (size_t k = 0; k < pair->n_figures; k++)
            if (strcmp(pair->figures[k].name, "kendall_tau_b") == 0)
                return &pair->figures[k];
    }
    return NULL;
}

static const char *cell(const struct table *table, const struct result_comparison *comparison,
                        size_t a, size_t b)
{
    static const char *const shades[] = {"░", "▒", "▓", "█"};
    const struct result_figure *tau = a == b ? NULL : tau_of(comparison, a, b);
    if (a == b)
        return "·";
    if (!tau || isnan(tau->value))
        return "–";
    size_t shade = (size_t)fmin(3, floor(4 * fabs(tau->value)));
    return texts_make(table->texts, "%s %s", shades[shade],
                      figure_number(table->texts, tau->value, 2));
}

/* "barriers.openness" stands in two lines. */
static struct sheet_column column_of(const struct table *table, const char *name)
{
    size_t bytes = strncmp(name, "field:", 6) == 0 ? strlen(name) : strcspn(name, ".");
    if (name[bytes] == 0)
        return (struct sheet_column){.above = "", .heading = name, .right = true};
    return (struct sheet_column){.above = texts_make(table->texts, "%.*s", (int)bytes, name),
                                 .heading = name + bytes + 1,
                                 .right = true};
}

void table_heat(const struct table *table, const struct result_comparison *comparison)
{
    size_t n = comparison->n_sides, width = n + 1;
    if (n < SIDES_LEAST || n > SIDES_MOST || !tau_of(comparison, 0, 1))
        return;
    struct sheet_column *columns = texts_array(table->texts, width, sizeof *columns);
    const char **cells = texts_array(table->texts, n * width, sizeof *cells);
    if (!columns || !cells)
        return;
    columns[0] = (struct sheet_column){.above = "", .heading = "Kendall's tau-b"};
    for (size_t a = 0; a < n; a++) {
        columns[a + 1] = column_of(table, comparison->sides[a].name);
        cells[a * width] = comparison->sides[a].name;
        for (size_t b = 0; b < n; b++)
            cells[a * width + b + 1] = cell(table, comparison, a, b);
    }
    sheet_print(table->out, table->style, &(struct sheet){columns, width, cells, n, 2});
    prose_line(table->out, table->style, 2,
               "█ much the same order (or, below 0, much the reverse), ▓ ▒ ░ less and less; –: no "
               "figure.");
}
