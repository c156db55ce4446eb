/* Two runs against each other: see runs.h. */
#include "compare/runs.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "compare/agreement.h"
#include "compare/overlap.h"

/* --- Innovations ------------------------------------------------------------------------------- */

static int by_id(const void *a, const void *b)
{
    return strcmp(((const struct runs_row *)a)->id, ((const struct runs_row *)b)->id);
}

static void list_ids(const struct model *model, bool second, struct runs_row *rows)
{
    for (uint64_t i = 0; i < model->innovations; i++) {
        int32_t name = model->names ? model->names[i] : -1;
        const char *id = model_text(model, model->ids[i]);
        rows[i] = (struct runs_row){id, name >= 0 ? model_text(model, name) : id,
                                    second ? UINT64_MAX : i, second ? i : UINT64_MAX};
    }
    qsort(rows, model->innovations, sizeof *rows, by_id);
}

static int match_rows(struct runs *runs, struct uptake_error *error)
{
    uint64_t n = runs->a->model.innovations, m = runs->b->model.innovations, i = 0, j = 0;
    struct runs_row *a = arena_array(&runs->arena, n, sizeof *a);
    struct runs_row *b = arena_array(&runs->arena, m, sizeof *b);
    runs->rows = arena_array(&runs->arena, n + m, sizeof *runs->rows);
    if (!a || !b || !runs->rows)
        return error_memory(error);
    list_ids(&runs->a->model, false, a);
    list_ids(&runs->b->model, true, b);
    while (i < n || j < m) {
        int order = i == n ? 1 : j == m ? -1 : strcmp(a[i].id, b[j].id);
        struct runs_row row = order <= 0 ? a[i] : b[j];
        row.b = order == 0 ? b[j].b : row.b;
        runs->added += order > 0;
        runs->removed += order < 0;
        i += order <= 0;
        j += order >= 0;
        runs->rows[runs->n_rows++] = row;
    }
    if (runs->added + runs->removed == runs->n_rows)
        return error_add(error, EXIT_INPUT,
                         "%s and %s cannot be compared: they have no innovation in common",
                         runs->a->path, runs->b->path);
    return 0;
}

/* --- Measures ---------------------------------------------------------------------------------- */

bool runs_equal(const struct runs_options *options, double x, double y)
{
    if (isnan(x) || isnan(y))
        return isnan(x) && isnan(y);
    return x == y || fabs(x - y) <= options->atol + options->rtol * fmax(fabs(x), fabs(y));
}

static const char *word_at(const struct result_plugin *plugin, const struct result_column *column,
                           uint64_t row, char text[UPTAKE_TEXT_BYTES + 1])
{
    if (column->codes)
        return column->codes[row] >= 0 ? column->write->choices[column->codes[row]] : "";
    result_text(plugin, column, row, text);
    return text;
}

/* Of a value and its bounds the one that differs most. */
static bool same_number(const struct runs_options *options, double x, double y,
                        struct runs_gap *gap)
{
    double size = x == y ? 0 : fabs(x - y);
    if (isnan(gap->size) || size > gap->size)
        *gap = (struct runs_gap){x, y, size};
    return runs_equal(options, x, y);
}

static bool same_numbers(const struct runs *runs, const struct runs_measure *of, uint64_t a,
                         uint64_t b, struct runs_gap *gap)
{
    const double *const first[] = {of->a->values, of->a->low, of->a->high};
    const double *const second[] = {of->b->values, of->b->low, of->b->high};
    bool same = true;
    for (size_t k = 0; k < 3; k++)
        if (first[k] && second[k])
            same &= same_number(&runs->options, first[k][a], second[k][b], gap);
    return same;
}

bool runs_same_cell(const struct runs *runs, const struct runs_measure *of, uint64_t a, uint64_t b,
                    struct runs_gap *gap)
{
    char x[UPTAKE_TEXT_BYTES + 1], y[UPTAKE_TEXT_BYTES + 1];
    *gap = (struct runs_gap){(double)NAN, (double)NAN, (double)NAN};
    if (!of->a->values != !of->b->values)
        return false;
    if (of->a->values)
        return same_numbers(runs, of, a, b, gap);
    return strcmp(word_at(of->plugin_a, of->a, a, x), word_at(of->plugin_b, of->b, b, y)) == 0;
}

enum runs_class runs_cell(const struct runs *runs, const struct runs_measure *measure, size_t at,
                          double *difference)
{
    const struct runs_row *row = &runs->rows[at];
    struct runs_gap gap = {(double)NAN, (double)NAN, (double)NAN};
    enum runs_class class = !measure->a || row->a == UINT64_MAX                   ? RUNS_ADDED
                            : !measure->b || row->b == UINT64_MAX                 ? RUNS_REMOVED
                            : runs_same_cell(runs, measure, row->a, row->b, &gap) ? RUNS_EQUAL
                                                                                  : RUNS_CHANGED;
    if (difference)
        *difference = gap.size;
    return class;
}

bool runs_count_cell(const struct runs *runs, struct runs_measure *of, uint64_t a, uint64_t b)
{
    struct runs_gap gap;
    bool same = runs_same_cell(runs, of, a, b, &gap);
    of->equal += same;
    of->changed += !same;
    if (same || !(gap.size > of->largest))
        return false;
    of->largest = gap.size;
    of->digits = fmax(0, -log10(gap.size / fmax(fabs(gap.x), fabs(gap.y))));
    return true;
}

static void compare_measure(const struct runs *runs, struct runs_measure *of)
{
    of->at = SIZE_MAX;
    of->digits = (double)NAN;
    for (size_t k = 0; k < runs->n_rows; k++) {
        const struct runs_row *row = &runs->rows[k];
        if (row->a != UINT64_MAX && row->b != UINT64_MAX &&
            runs_count_cell(runs, of, row->a, row->b))
            of->at = k;
    }
}

static struct runs_measure *measure_named(struct runs *runs, const char *name)
{
    for (size_t k = 0; k < runs->n_measures; k++)
        if (strcmp(runs->measures[k].name, name) == 0)
            return &runs->measures[k];
    runs->measures[runs->n_measures].name = name;
    return &runs->measures[runs->n_measures++];
}

static size_t count_columns(const struct result *result)
{
    size_t count = 0;
    for (size_t p = 0; p < result->n_plugins; p++)
        count += result->plugins[p].n_columns;
    return count;
}

static int list_measures(struct runs *runs, const struct result *result, bool second)
{
    for (size_t p = 0; p < result->n_plugins; p++)
        for (size_t w = 0; w < result->plugins[p].n_columns; w++) {
            const struct result_plugin *plugin = &result->plugins[p];
            const struct result_column *column = &plugin->columns[w];
            if (column->write->entity[0])
                continue;
            const char *name =
                arena_format(&runs->arena, "%s.%s", plugin->name, column->write->name);
            if (!name)
                return -1;
            struct runs_measure *of = measure_named(runs, name);
            *(second ? &of->b : &of->a) = column;
            *(second ? &of->plugin_b : &of->plugin_a) = plugin;
        }
    return 0;
}

static int compare_measures(struct runs *runs, struct uptake_error *error)
{
    size_t room = count_columns(&runs->a->result) + count_columns(&runs->b->result);
    runs->measures = arena_array(&runs->arena, room, sizeof *runs->measures);
    if (!runs->measures || list_measures(runs, &runs->a->result, false) != 0 ||
        list_measures(runs, &runs->b->result, true) != 0)
        return error_memory(error);
    for (size_t k = 0; k < runs->n_measures; k++)
        if (runs->measures[k].a && runs->measures[k].b)
            compare_measure(runs, &runs->measures[k]);
    return 0;
}

/* --- Merges ------------------------------------------------------------------------------------ */

/* Both orders over all rows, as the statistics of a comparison take them. */
struct two_orders {
    uint32_t *list_a, *list_b; /* 0: no rank */
    double *rank_a, *rank_b;   /* NaN: no rank */
};

static int open_orders(struct runs *runs, struct two_orders *orders)
{
    orders->list_a = arena_array(&runs->arena, runs->n_rows, sizeof *orders->list_a);
    orders->list_b = arena_array(&runs->arena, runs->n_rows, sizeof *orders->list_b);
    orders->rank_a = arena_array(&runs->arena, runs->n_rows, sizeof *orders->rank_a);
    orders->rank_b = arena_array(&runs->arena, runs->n_rows, sizeof *orders->rank_b);
    return orders->list_a && orders->list_b && orders->rank_a && orders->rank_b ? 0 : -1;
}

static void count_moves(const struct runs *runs, struct runs_merge *of,
                        const struct two_orders *orders, size_t k)
{
    const struct runs_row *row = &runs->rows[k];
    uint32_t a = orders->list_a[k], b = orders->list_b[k];
    bool both = row->a != UINT64_MAX && row->b != UINT64_MAX;
    bool in_a = a > 0 && a <= runs->options.top_k, in_b = b > 0 && b <= runs->options.top_k;
    of->entered += in_b && !in_a;
    of->left += in_a && !in_b;
    if (!both)
        return;
    bool equal = runs_equal(&runs->options, of->a->score[row->a], of->b->score[row->b]);
    of->scores_equal += equal;
    of->scores_changed += !equal;
    of->gained += a == 0 && b > 0;
    of->lost += a > 0 && b == 0;
    uint64_t move = a == 0 || b == 0 ? 0 : a > b ? a - b : b - a;
    of->moved += move > 0;
    of->move = move > of->move ? move : of->move;
}

static int compare_orders(struct runs *runs, struct runs_merge *of, const struct two_orders *orders,
                          struct uptake_error *error)
{
    struct agreement agreement;
    struct figures figures = {.arena = &runs->arena};
    const struct agreement_column a = {orders->rank_a, UPTAKE_LOWER, 0};
    const struct agreement_column b = {orders->rank_b, UPTAKE_LOWER, 0};
    const struct pair pair = {.rows = runs->n_rows,
                              .rbo_p = runs->options.rbo_p,
                              .top_k = runs->options.top_k,
                              .list_a = orders->list_a,
                              .list_b = orders->list_b};
    if (agreement_measure(&a, &b, runs->n_rows, &agreement, error) != 0 ||
        overlap_rbo_w(&pair, &figures, error) != 0)
        return -1;
    if (figures.failed)
        return error_memory(error);
    of->tau_b = agreement.kendall_tau_b;
    of->tau_reason = agreement_reason_text(agreement.reason);
    of->rbo = figures.list[0].value;
    of->rbo_reason = figures.list[0].reason;
    return 0;
}

static int compare_merge(struct runs *runs, struct runs_merge *of, struct two_orders *orders,
                         struct uptake_error *error)
{
    for (size_t k = 0; k < runs->n_rows; k++) {
        const struct runs_row *row = &runs->rows[k];
        orders->list_a[k] = row->a == UINT64_MAX ? 0 : of->a->rank[row->a];
        orders->list_b[k] = row->b == UINT64_MAX ? 0 : of->b->rank[row->b];
        orders->rank_a[k] = orders->list_a[k] ? (double)orders->list_a[k] : (double)NAN;
        orders->rank_b[k] = orders->list_b[k] ? (double)orders->list_b[k] : (double)NAN;
        count_moves(runs, of, orders, k);
    }
    return compare_orders(runs, of, orders, error);
}

static struct runs_merge *merge_named(struct runs *runs, const char *name)
{
    for (size_t k = 0; k < runs->n_merges; k++)
        if (strcmp(runs->merges[k].name, name) == 0)
            return &runs->merges[k];
    runs->merges[runs->n_merges].name = name;
    return &runs->merges[runs->n_merges++];
}

static int compare_merges(struct runs *runs, struct uptake_error *error)
{
    const struct result *a = &runs->a->result, *b = &runs->b->result;
    struct two_orders orders;
    runs->merges = arena_array(&runs->arena, a->n_merges + b->n_merges, sizeof *runs->merges);
    if (!runs->merges || open_orders(runs, &orders) != 0)
        return error_memory(error);
    for (size_t m = 0; m < a->n_merges; m++)
        merge_named(runs, a->merges[m].name)->a = &a->merges[m];
    for (size_t m = 0; m < b->n_merges; m++)
        merge_named(runs, b->merges[m].name)->b = &b->merges[m];
    for (size_t k = 0; k < runs->n_merges; k++)
        if (runs->merges[k].a && runs->merges[k].b &&
            compare_merge(runs, &runs->merges[k], &orders, error) != 0)
            return -1;
    return 0;
}

int runs_compare(const struct record *a, const struct record *b, struct runs_options options,
                 struct runs *runs, struct uptake_error *error)
{
    *runs = (struct runs){.a = a, .b = b, .options = options};
    if (match_rows(runs, error) == 0 && compare_measures(runs, error) == 0 &&
        runs_compare_pairs(runs, error) == 0 && runs_compare_lists(runs, error) == 0 &&
        compare_merges(runs, error) == 0 && runs_compare_findings(runs, error) == 0 &&
        runs_compare_inputs(runs, error) == 0 && runs_put_figures(runs, error) == 0)
        return 0;
    runs_finish(runs);
    return -1;
}

void runs_finish(struct runs *runs)
{
    arena_finish(&runs->arena);
    *runs = (struct runs){0};
}
