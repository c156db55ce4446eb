/*
 * What if: for each scenario the innovations whose measures or ranks are others than without it, old beside new. It
 * says what the model's arithmetic makes of the change; nothing here says what would happen.
 */
#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "base/date.h"
#include "report/figure.h"
#include "report/sheet.h"
#include "report/table.h"
#include "report/whatif.h"

enum { LINES = 40, CELLS = 5 }; /* a scenario's, before the rest is counted */

/* A scenario beside the baseline. */
struct pair {
    const struct table *table;
    const struct result_scenario *scenario;
    struct view without, with;
};

struct lines {
    const char *cells[LINES * CELLS];
    size_t count;
    uint64_t more;        /* lines without room */
    uint64_t innovations; /* that change */
};

/* --- Lines ------------------------------------------------------------------------------------- */

enum { DECIMALS_MOST = 6 };

/* As many digits as show it: a change that two equal figures hide is never told as a whole last digit. */
static const char *difference(struct texts *texts, double from, double to, int decimals)
{
    double size = fabs(to - from);
    if (isnan(from) || isnan(to))
        return "";
    if (from == to)
        return "range only";
    while (decimals < DECIMALS_MOST && size < 0.5 * pow(10, -decimals))
        decimals++;
    const char *text = figure_number(texts, size, decimals);
    return text[0] == '<' ? texts_make(texts, "%s, under %s", to > from ? "up" : "down", text + 1)
                          : texts_make(texts, "%s%s", to > from ? "+" : "-", text);
}

static void put(struct lines *lines, const char *const cells[CELLS])
{
    if (lines->count == LINES) {
        lines->more++;
        return;
    }
    for (size_t c = 0; c < CELLS; c++)
        lines->cells[lines->count * CELLS + c] = cells[c];
    lines->count++;
}

static void put_measure(const struct pair *pair, const struct view_measure *without,
                        const struct view_measure *with, uint64_t i, struct lines *lines)
{
    struct texts *texts = pair->table->texts;
    const struct result_column *a = without->column, *b = with->column;
    int decimals = figure_decimals(a, pair->table->order, pair->table->n_rows);
    const char *change = a->values ? difference(texts, a->values[i], b->values[i], decimals) : "";
    put(lines, (const char *const[CELLS]){
                   view_id(pair->table->result, i), texts_make(texts, "%s", without->name),
                   figure_value(texts, without->plugin, a, i, decimals),
                   figure_value(texts, with->plugin, b, i, decimals), change});
}

static const char *moved(const struct result_merged *a, const struct result_merged *b, uint64_t i)
{
    if (a->rank[i] == 0 || b->rank[i] == 0)
        return "";
    bool best_up = b->rank_low[i] <= a->rank_low[i], worst_up = b->rank_high[i] <= a->rank_high[i];
    bool best_down = b->rank_low[i] >= a->rank_low[i];
    bool worst_down = b->rank_high[i] >= a->rank_high[i];
    return best_up && worst_up       ? "up"
           : best_down && worst_down ? "down"
           : best_up                 ? "wider"
                                     : "narrower";
}

static bool same_ranks(const struct result_merged *a, const struct result_merged *b, uint64_t i)
{
    return (a->rank[i] == 0) == (b->rank[i] == 0) && a->rank_low[i] == b->rank_low[i] &&
           a->rank_high[i] == b->rank_high[i];
}

/* Whether the innovation is another at all. */
static bool gather_one(const struct pair *pair, uint64_t i, struct lines *lines)
{
    struct texts *texts = pair->table->texts;
    const struct result *result = pair->table->result;
    bool any = false;
    for (size_t k = 0; k < pair->without.n_measures; k++) {
        if (whatif_same_measure(&pair->without.measures[k], &pair->with.measures[k], i))
            continue;
        put_measure(pair, &pair->without.measures[k], &pair->with.measures[k], i, lines);
        any = true;
    }
    for (size_t m = 0; m < result->n_merges; m++) {
        const struct result_merged *a = &result->merges[m];
        const struct result_merged *b = &pair->scenario->result->merges[m];
        if (same_ranks(a, b, i))
            continue;
        put(lines, (const char *const[CELLS]){
                       view_id(result, i), texts_make(texts, "rank in %s", a->name),
                       figure_rank(texts, a, i), figure_rank(texts, b, i), moved(a, b, i)});
        any = true;
    }
    return any;
}

/* An innovation is named where its lines begin. */
static void blank_repeats(struct lines *lines)
{
    for (size_t k = lines->count; k-- > 1;)
        if (strcmp(lines->cells[k * CELLS], lines->cells[(k - 1) * CELLS]) == 0)
            lines->cells[k * CELLS] = "";
}

static void put_lines(const struct pair *pair, struct lines *lines)
{
    static const struct sheet_column columns[CELLS] = {
        {.above = "", .heading = "Innovation"},
        {.above = "", .heading = "measure", .key = true},
        {.above = "", .heading = "without"},
        {.above = "", .heading = "with", .strong = true},
        {.above = "", .heading = "change"}};
    const struct table *table = pair->table;
    if (!table->style->markdown)
        blank_repeats(lines);
    struct sheet sheet = {columns, CELLS, lines->cells, lines->count, 0};
    prose_gap(table->out, table->style);
    sheet_print(table->out, table->style, &sheet);
}

/* --- One scenario ------------------------------------------------------------------------------ */

static void say_date(const struct pair *pair)
{
    const struct result *a = pair->table->result, *b = pair->scenario->result;
    char from[DATE_BYTES], to[DATE_BYTES];
    if (!pair->scenario->as_of_given)
        return;
    date_print(to, b->as_of);
    date_print(from, a->as_of);
    prose_line(pair->table->out, pair->table->style, 2,
               texts_make(pair->table->texts, "as of %s instead of %s: %s", to,
                          a->as_of_given ? from : "no date",
                          whatif_left_out(pair->table->texts, a, b)));
}

static void say_changes(const struct pair *pair)
{
    struct texts *texts = pair->table->texts;
    for (size_t k = 0; k < pair->scenario->n_changes; k++) {
        const struct result_change *change = &pair->scenario->changes[k];
        prose_line(pair->table->out, pair->table->style, 2,
                   texts_make(texts, "%s: %s; %s", change->path, change->what,
                              whatif_outcome(texts, change)));
    }
}

static void say_failures(const struct pair *pair)
{
    const struct result *with = pair->scenario->result;
    for (size_t p = 0; p < with->n_plugins; p++) {
        const struct result_plugin *plugin = &with->plugins[p];
        if (!whatif_is_rerun(pair->table->result, with, p) ||
            (plugin->failed == 0 && plugin->status == PLUGIN_OK))
            continue;
        prose_line(pair->table->out, pair->table->style, 2,
                   texts_make(pair->table->texts,
                              "%s failed in this scenario on %" PRIu64 " of %" PRIu64
                              " innovations",
                              plugin->name, plugin->failed, with->model->innovations));
    }
}

static void say_rest(const struct pair *pair, const struct lines *lines)
{
    const struct table *table = pair->table;
    uint64_t n = table->result->model->innovations, same = n - lines->innovations;
    prose_gap(table->out, table->style);
    if (lines->more > 0)
        prose_line(table->out, table->style, 0,
                   texts_make(table->texts,
                              "... and %" PRIu64 " more lines; --format json gives all.",
                              lines->more));
    const char *of = texts_make(table->texts, "%" PRIu64 " innovation%s", n, n == 1 ? "" : "s");
    prose_line(table->out, table->style, 0,
               same == n   ? texts_make(table->texts, "No change in any of %s.", of)
               : same == 0 ? texts_make(table->texts, "Something changes in %s %s.",
                                        n == 1 ? "the" : "all", n == 1 ? "one innovation" : of)
                           : texts_make(table->texts, "No change in %" PRIu64 " of %s.", same, of));
}

static void put_scenario(const struct pair *pair)
{
    const struct table *table = pair->table;
    const struct result_scenario *scenario = pair->scenario;
    struct lines *lines = texts_array(table->texts, 1, sizeof *lines);
    if (!lines)
        return;
    prose_subheading(table->out, table->style,
                     scenario->title
                         ? texts_make(table->texts, "%s: %s", scenario->name, scenario->title)
                         : scenario->name);
    say_date(pair);
    say_changes(pair);
    say_failures(pair);
    for (uint64_t k = 0; k < table->result->model->innovations; k++)
        lines->innovations += gather_one(pair, table->order[k], lines);
    if (lines->count > 0)
        put_lines(pair, lines);
    say_rest(pair, lines);
}

void table_scenarios(const struct table *table)
{
    const struct result *result = table->result;
    struct uptake_error *unseen = NULL;
    if (result->n_scenarios == 0)
        return;
    prose_heading(table->out, table->style, "What if: arithmetic of this model, not a forecast");
    for (size_t k = 0; k < result->n_scenarios; k++) {
        struct pair pair = {.table = table, .scenario = &result->scenarios[k]};
        if (view_build(result, &pair.without, unseen) == 0 &&
            view_build(result->scenarios[k].result, &pair.with, unseen) == 0)
            put_scenario(&pair);
        else
            table->texts->failed = true;
        view_finish(&pair.without);
        view_finish(&pair.with);
    }
}
