/*
 * How ranks moved between two runs, merge by merge: figures in a sentence, then a chart of the moves, the largest first:
 * a bar as long as the move, to the left of the middle where the innovation rose.
 */
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report/figure.h"
#include "report/prose.h"
#include "report/runs.h"
#include "report/sheet.h"

enum { COLUMNS = 5, BAR = 8, SHOWN = 20 };

struct moved {
    const struct runs_row *row;
    uint32_t a, b; /* 0: no rank */
};

static uint64_t distance(const struct moved *moved)
{
    if (moved->a == 0 || moved->b == 0)
        return UINT32_MAX;
    return moved->a > moved->b ? moved->a - moved->b : moved->b - moved->a;
}

static int by_distance(const void *a, const void *b)
{
    const struct moved *x = a, *y = b;
    uint64_t dx = distance(x), dy = distance(y);
    return dx != dy ? (dx < dy ? 1 : -1) : strcmp(x->row->id, y->row->id);
}

static const char *rank_text(struct texts *texts, uint32_t rank)
{
    return rank ? texts_make(texts, "%" PRIu32, rank) : "–";
}

/* "  ◀━━│" rose, "     │━━▶" fell; as long as its share of the largest move. */
static const char *bar(struct texts *texts, const struct moved *moved, uint64_t largest)
{
    static const char line[] = "━━━━━━━━", blanks[] = "          ";
    if (moved->a == 0 || moved->b == 0)
        return texts_make(texts, "%*s│ %s", BAR + 1, "", moved->b ? "ranked now" : "no rank now");
    uint64_t move = distance(moved);
    size_t length = largest ? (size_t)((move * BAR + largest - 1) / largest) : 0;
    size_t bytes = (length ? length - 1 : 0) * strlen("━");
    if (moved->b < moved->a)
        return texts_make(texts, "%.*s◀%.*s│", (int)(BAR + 1 - length), blanks, (int)bytes, line);
    return texts_make(texts, "%.*s│%.*s▶", BAR + 1, blanks, (int)bytes, line);
}

static const char *move_text(struct texts *texts, const struct moved *moved)
{
    if (moved->a == 0 || moved->b == 0)
        return "";
    return texts_make(texts, "%s%" PRIu64, moved->b < moved->a ? "+" : "−", distance(moved));
}

static size_t list_moves(const struct runs *runs, const struct runs_merge *merge,
                         struct moved *moves)
{
    size_t count = 0;
    for (size_t k = 0; k < runs->n_rows; k++) {
        const struct runs_row *row = &runs->rows[k];
        if (row->a == UINT64_MAX || row->b == UINT64_MAX)
            continue;
        struct moved moved = {row, merge->a->rank[row->a], merge->b->rank[row->b]};
        if (moved.a != moved.b)
            moves[count++] = moved;
    }
    qsort(moves, count, sizeof *moves, by_distance);
    return count;
}

static void put_chart(const struct runs_table *table, const struct runs_merge *merge)
{
    static const struct sheet_column columns[COLUMNS] = {
        {.above = "", .heading = "innovation"},
        {.above = "rank", .heading = "before", .right = true},
        {.above = "rank", .heading = "after", .right = true},
        {.above = "places", .heading = "up or down", .right = true},
        {.above = "", .heading = "◀ up   down ▶"},
    };
    struct moved *moves = texts_array(table->texts, table->runs->n_rows, sizeof *moves);
    size_t count = moves ? list_moves(table->runs, merge, moves) : 0;
    size_t shown = count < SHOWN ? count : SHOWN;
    const char **cells = texts_array(table->texts, shown * COLUMNS, sizeof *cells);
    if (count == 0 || !cells)
        return;
    for (size_t k = 0; k < shown; k++) {
        const char **row = cells + k * COLUMNS;
        row[0] = moves[k].row->id;
        row[1] = rank_text(table->texts, moves[k].a);
        row[2] = rank_text(table->texts, moves[k].b);
        row[3] = move_text(table->texts, &moves[k]);
        row[4] = bar(table->texts, &moves[k], merge->move);
    }
    const struct sheet sheet = {columns, COLUMNS, cells, shown, 2};
    sheet_print(table->out, table->style, &sheet);
    if (count > shown)
        prose_line(table->out, table->style, 2,
                   texts_make(table->texts, "and %zu more that moved less", count - shown));
}

static const char *statistic(struct texts *texts, double value, const char *reason)
{
    return isnan(value) ? texts_make(texts, "none (%s)", reason ? reason : "undefined")
                        : figure_number(texts, value, 2);
}

static void put_merge(const struct runs_table *table, const struct runs_merge *merge)
{
    struct texts *texts = table->texts;
    prose_subheading(table->out, table->style, merge->name);
    if (!merge->a || !merge->b) {
        prose_line(table->out, table->style, 0,
                   merge->a ? "Only the first run has this merge."
                            : "Only the second run has this merge.");
        return;
    }
    if (merge->scores_changed + merge->moved + merge->gained + merge->lost + merge->entered +
            merge->left ==
        0) {
        prose_line(table->out, table->style, 0, "Every score and rank is equal.");
        return;
    }
    prose_line(table->out, table->style, 0,
               texts_make(texts,
                          "%" PRIu64 " of %" PRIu64 " scores changed; %" PRIu64
                          " innovation%s moved, by %" PRIu64 " place%s at most; %" PRIu64
                          " came into the first %" PRIu64 ", %" PRIu64 " left them.",
                          merge->scores_changed, merge->scores_changed + merge->scores_equal,
                          merge->moved, merge->moved == 1 ? "" : "s", merge->move,
                          merge->move == 1 ? "" : "s", merge->entered, table->runs->options.top_k,
                          merge->left));
    if (merge->gained + merge->lost > 0)
        prose_line(table->out, table->style, 0,
                   texts_make(texts, "%" PRIu64 " have a rank only now, %" PRIu64 " have none now.",
                              merge->gained, merge->lost));
    prose_line(table->out, table->style, 0,
               texts_make(texts, "tau-b of the two orders %s, rank-biased overlap %s.",
                          statistic(texts, merge->tau_b, merge->tau_reason),
                          statistic(texts, merge->rbo, merge->rbo_reason)));
    put_chart(table, merge);
}

void table_runs_ranks(const struct runs_table *table)
{
    if (table->runs->n_merges > 0)
        prose_heading(table->out, table->style, "Ranks");
    for (size_t k = 0; k < table->runs->n_merges; k++)
        put_merge(table, &table->runs->merges[k]);
}
