/*
 * Where each may stand: the range of its ranks in each merge as a line from the best place to the worst, with a mark where it
 * stands by its worse end. On a terminal and in plain text only; the figures are in the table of rows.
 *
 *   innovation    1       5
 *   steady-feet   ●─
 *   quick-swab      ├─●─┤
 *
 * A merge in which everything is possible for everyone has nothing to show, and is left out.
 */
#include <inttypes.h>
#include <string.h>

#include "report/sheet.h"
#include "report/table.h"

enum { CELLS_MOST = 41, SPACED_MOST = 21, GLYPH_BYTES = 3 };

struct glyphs {
    const char *mark, *line, *best, *worst;
};
static const struct glyphs boxes = {"●", "─", "├", "┤"};
static const struct glyphs ascii = {"o", "-", "|", "|"};

/* Two cells a place where there is room, else one; of many places several share a cell. */
static size_t cells_of(uint64_t places)
{
    return places <= SPACED_MOST  ? (size_t)(2 * places - 1)
           : places <= CELLS_MOST ? (size_t)places
                                  : CELLS_MOST;
}

static size_t cell_of(uint64_t place, uint64_t places)
{
    return places < 2 ? 0 : (size_t)((place - 1) * (cells_of(places) - 1) / (places - 1));
}

static uint64_t count_ranked(const struct result *result, const struct result_merged *merged)
{
    uint64_t count = 0;
    for (uint64_t i = 0; i < result->model->innovations; i++)
        count += merged->rank[i] > 0;
    return count;
}

/* Whether some ranked innovation cannot stand just anywhere. */
static bool tells(const struct result *result, const struct result_merged *merged, uint64_t places)
{
    for (uint64_t i = 0; i < result->model->innovations; i++)
        if (merged->rank[i] > 0 && (merged->rank_low[i] > 1 || merged->rank_high[i] < places))
            return true;
    return false;
}

static const char *heading(struct texts *texts, uint64_t places)
{
    const char *last = texts_make(texts, "%" PRIu64, places);
    int gap = (int)cells_of(places) - 1 - (int)strlen(last);
    return texts_make(texts, "1%*s%s", gap > 0 ? gap : 1, "", last);
}

static const char *range(struct texts *texts, const struct glyphs *glyphs,
                         const struct result_merged *merged, uint64_t i, uint64_t places)
{
    char text[CELLS_MOST * GLYPH_BYTES + 1];
    size_t used = 0;
    if (merged->rank[i] == 0)
        return "not ranked";
    size_t best = cell_of(merged->rank_low[i], places), at = cell_of(merged->rank[i], places);
    size_t worst = cell_of(merged->rank_high[i], places);
    for (size_t cell = 0; cell <= worst; cell++) {
        const char *glyph = cell < best     ? " "
                            : cell == at    ? glyphs->mark
                            : cell == best  ? glyphs->best
                            : cell == worst ? glyphs->worst
                                            : glyphs->line;
        size_t bytes = strlen(glyph);
        memcpy(text + used, glyph, bytes);
        used += bytes;
    }
    text[used] = '\0';
    return texts_make(texts, "%s", text);
}

static void fill(const struct table *table, const struct result_merged *merged, size_t c,
                 struct sheet_column *columns, const char **cells, size_t width)
{
    const struct glyphs *glyphs = table->style->ascii ? &ascii : &boxes;
    uint64_t places = count_ranked(table->result, merged);
    columns[c] =
        (struct sheet_column){.above = merged->name, .heading = heading(table->texts, places)};
    for (size_t k = 0; k < table->n_rows; k++)
        cells[k * width + c] = range(table->texts, glyphs, merged, table->order[k], places);
}

void table_places(const struct table *table)
{
    const struct result *result = table->result;
    size_t room = result->n_merges + 1, n = 1;
    struct sheet_column *columns = texts_array(table->texts, room, sizeof *columns);
    const struct result_merged **shown = texts_array(table->texts, room, sizeof(void *));
    if (table->style->markdown || !columns || !shown)
        return;
    for (size_t m = 0; m < result->n_merges; m++)
        if (tells(result, &result->merges[m], count_ranked(result, &result->merges[m])))
            shown[n++] = &result->merges[m];
    const char **cells = texts_array(table->texts, table->n_rows * n, sizeof *cells);
    if (n == 1 || !cells)
        return;
    columns[0] = (struct sheet_column){.above = "", .heading = "Innovation"};
    for (size_t k = 0; k < table->n_rows; k++)
        cells[k * n] = view_id(result, table->order[k]);
    for (size_t c = 1; c < n; c++)
        fill(table, shown[c], c, columns, cells, n);
    prose_heading(table->out, table->style,
                  "Where each may stand, from the first place to the last");
    sheet_print(table->out, table->style, &(struct sheet){columns, n, cells, table->n_rows, 0});
}
