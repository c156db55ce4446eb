/* Why a ranking changed: what was edited, with a letter each; then how far each of it moved each innovation. */
#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "compare/shapley.h"
#include "report/figure.h"
#include "report/prose.h"
#include "report/runs.h"
#include "report/sheet.h"

enum { ROWS = 15, LEGEND = 5, FIXED = 3 };

static const char *letter(struct texts *texts, unsigned player)
{
    return texts_make(texts, "%c", 'A' + (int)player);
}

static const char *signed_number(struct texts *texts, double x, int decimals)
{
    double least = pow(10, -decimals) / 2;
    if (fabs(x) < least && x != 0)
        return x > 0 ? "+0" : "−0";
    return x == 0 ? "0" : texts_make(texts, "%s%.*f", x > 0 ? "+" : "−", decimals, fabs(x));
}

/* --- The players ------------------------------------------------------------------------------- */

struct means {
    double score, rank;
    size_t n;
};

/* Of all innovations that could be attributed, in all merges: how far a player moved them, up or down. */
static struct means mean_of(const struct attribution *why, unsigned player)
{
    struct means mean = {0};
    for (size_t m = 0; m < why->n_merges; m++)
        for (size_t k = 0; k < why->merges[m].n_rows; k++) {
            const struct attribution_row *row = &why->merges[m].rows[k];
            if (row->trouble)
                continue;
            mean.score += fabs(row->score_shares[player]);
            mean.rank += fabs(row->rank_shares[player]);
            mean.n++;
        }
    return mean;
}

static void put_joined(const struct runs_table *table, const struct edits *edits)
{
    for (unsigned p = 0; p < edits->n_players; p++) {
        const struct edit_player *player = &edits->players[p];
        const char *name = letter(table->texts, p);
        if (player->bound)
            prose_line(table->out, table->style, 2,
                       texts_make(table->texts,
                                  "%s: joined, because one without the other is no valid run.",
                                  name));
        else if (player->groups > 1)
            prose_line(table->out, table->style, 2,
                       texts_make(table->texts,
                                  "%s: %zu causes joined, because only so many can be told apart "
                                  "(--groups); --format json names them.",
                                  name, player->groups));
    }
}

static void put_players(const struct runs_table *table, const struct attribution *why)
{
    static const struct sheet_column columns[LEGEND] = {
        {.above = "", .heading = ""},
        {.above = "", .heading = "what differs"},
        {.above = "", .heading = "edits", .right = true},
        {.above = "moved scores", .heading = "by, on average", .right = true},
        {.above = "moved places", .heading = "by, on average", .right = true}};
    const struct edits *edits = &why->edits;
    const char **cells =
        texts_array(table->texts, (size_t)edits->n_players * LEGEND, sizeof *cells);
    for (unsigned p = 0; cells && p < edits->n_players; p++) {
        struct means mean = mean_of(why, p);
        const char **row = cells + (size_t)p * LEGEND;
        row[0] = letter(table->texts, p);
        row[1] = edits->players[p].name;
        row[2] = texts_make(table->texts, "%zu", edits->players[p].edits);
        row[3] = mean.n ? texts_make(table->texts, "%.3g", mean.score / (double)mean.n) : "–";
        row[4] = mean.n ? texts_make(table->texts, "%.2g", mean.rank / (double)mean.n) : "–";
    }
    if (cells)
        sheet_print(table->out, table->style,
                    &(struct sheet){columns, LEGEND, cells, edits->n_players, 2});
    put_joined(table, edits);
}

/* --- The innovations --------------------------------------------------------------------------- */

static size_t list_rows(const struct attribution_merge *merge, const struct attribution_row **rows)
{
    size_t count = 0;
    for (size_t k = 0; k < merge->n_rows && count < ROWS; k++)
        if (!merge->rows[k].trouble)
            rows[count++] = &merge->rows[k];
    return count;
}

static void head_columns(struct texts *texts, bool ranks, unsigned players,
                         struct sheet_column *columns)
{
    const char *what = ranks ? "place" : "score";
    columns[0] = (struct sheet_column){.above = "", .heading = "innovation"};
    columns[1] = (struct sheet_column){.above = what, .heading = "before", .right = true};
    columns[2] = (struct sheet_column){.above = what, .heading = "after", .right = true};
    for (unsigned p = 0; p < players; p++)
        columns[FIXED + p] = (struct sheet_column){
            .above = ranks ? "up by" : "more by", .heading = letter(texts, p), .right = true};
}

/* A rank that falls is a place that rises. */
static void put_rows(const struct runs_table *table, const struct attribution *why,
                     const struct attribution_row *const *rows, size_t count, bool ranks)
{
    unsigned players = why->edits.n_players;
    struct sheet_column columns[FIXED + SHAPLEY_MOST];
    size_t width = FIXED + players;
    const char **cells = texts_array(table->texts, count * width, sizeof *cells);
    head_columns(table->texts, ranks, players, columns);
    for (size_t k = 0; cells && k < count; k++) {
        const struct attribution_row *row = rows[k];
        const double *ends = ranks ? row->rank : row->score;
        const char **line = cells + k * width;
        line[0] = row->id;
        for (int end = 0; end < 2; end++)
            line[1 + end] = figure_number(table->texts, ends[end], ranks ? 0 : 3);
        for (unsigned p = 0; p < players; p++)
            line[FIXED + p] = ranks ? signed_number(table->texts, -row->rank_shares[p], 2)
                                    : signed_number(table->texts, row->score_shares[p], 3);
    }
    if (cells)
        sheet_print(table->out, table->style, &(struct sheet){columns, width, cells, count, 2});
}

static void put_troubles(const struct runs_table *table, const struct attribution_merge *merge)
{
    size_t count = 0;
    for (size_t k = 0; k < merge->n_rows; k++) {
        if (!merge->rows[k].trouble || count++ >= 3)
            continue;
        prose_line(table->out, table->style, 2,
                   texts_make(table->texts, "%s cannot be attributed, because %s.",
                              merge->rows[k].id, merge->rows[k].trouble));
    }
    if (count > 3)
        prose_line(table->out, table->style, 2,
                   texts_make(table->texts, "%zu more cannot be attributed.", count - 3));
}

static void put_merge(const struct runs_table *table, const struct attribution *why,
                      const struct attribution_merge *merge)
{
    const struct attribution_row *rows[ROWS];
    size_t count = list_rows(merge, rows);
    if (merge->n_rows == 0)
        return;
    prose_subheading(table->out, table->style, merge->name);
    if (count > 0) {
        put_rows(table, why, rows, count, true);
        prose_gap(table->out, table->style);
        put_rows(table, why, rows, count, false);
    }
    put_troubles(table, merge);
    uint64_t more = merge->n_rows + merge->left_out - count;
    if (count == ROWS && more > 0)
        prose_line(table->out, table->style, 2,
                   texts_make(table->texts, "and %" PRIu64 " more that moved less", more));
}

void table_runs_why(const struct runs_table *table, const struct attribution *why)
{
    prose_heading(table->out, table->style, "Why the ranking changed");
    if (why->trouble) {
        prose_line(table->out, table->style, 0,
                   texts_make(table->texts, "It cannot be attributed, because %s.", why->trouble));
        return;
    }
    prose_line(table->out, table->style, 0,
               texts_make(table->texts,
                          "Both runs were run again, and every mixture of what differs between "
                          "them (%" PRIu64 " runs; the model was read %" PRIu64
                          " times, plugins ran %" PRIu64
                          " times). The moves of an innovation add up to its whole move: each is "
                          "the mean, over all orders in which the edits could have come, of what "
                          "that one brought (Shapley's value).",
                          why->coalitions, why->loads, why->plugin_runs));
    put_players(table, why);
    for (size_t m = 0; m < why->n_merges; m++)
        put_merge(table, why, &why->merges[m]);
}
