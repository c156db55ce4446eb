/*
 * Columns of lists' rows in two runs. A row has no name that lasts, so row k of an innovation's list is held against row k
 * of the same list in the other run; what is beyond the shorter one was added, or removed. Lists of the portfolio likewise.
 */
#include <math.h>
#include <string.h>

#include "compare/runs.h"

static struct runs_list *list_named(struct runs *runs, const char *name)
{
    for (size_t k = 0; k < runs->n_lists; k++)
        if (strcmp(runs->lists[k].of.name, name) == 0)
            return &runs->lists[k];
    runs->lists[runs->n_lists].of.name = name;
    return &runs->lists[runs->n_lists++];
}

static int list_columns(struct runs *runs, const struct result *result, bool second)
{
    for (size_t p = 0; p < result->n_plugins; p++)
        for (size_t w = 0; w < result->plugins[p].n_columns; w++) {
            const struct result_plugin *plugin = &result->plugins[p];
            const struct result_column *column = &plugin->columns[w];
            if (!column->write->entity[0])
                continue;
            const char *name =
                arena_format(&runs->arena, "%s.%s", plugin->name, column->write->name);
            if (!name)
                return -1;
            struct runs_list *list = list_named(runs, name);
            list->entity = column->write->entity;
            *(second ? &list->of.b : &list->of.a) = column;
            *(second ? &list->of.plugin_b : &list->of.plugin_a) = plugin;
        }
    return 0;
}

static size_t count_columns(const struct result *result)
{
    size_t count = 0;
    for (size_t p = 0; p < result->n_plugins; p++)
        count += result->plugins[p].n_columns;
    return count;
}

struct span {
    uint64_t from, to;
};

static bool of_portfolio(const struct model *model, const struct result_column *column)
{
    return column->table == MODEL_NO_TABLE || !model->tables[column->table].offsets;
}

static void compare_spans(const struct runs *runs, struct runs_list *list, struct span a,
                          struct span b, size_t row)
{
    uint64_t n = a.to - a.from, m = b.to - b.from, both = n < m ? n : m;
    list->removed += n - both;
    list->added += m - both;
    for (uint64_t k = 0; k < both; k++)
        if (runs_count_cell(runs, &list->of, a.from + k, b.from + k)) {
            list->of.at = row;
            list->at_row = k;
        }
}

static void compare_list(const struct runs *runs, struct runs_list *list)
{
    const struct model *a = &runs->a->model, *b = &runs->b->model;
    list->of.at = SIZE_MAX;
    list->of.digits = (double)NAN;
    if (of_portfolio(a, list->of.a) || of_portfolio(b, list->of.b)) {
        compare_spans(runs, list, (struct span){0, list->of.a->rows},
                      (struct span){0, list->of.b->rows}, SIZE_MAX);
        return;
    }
    for (size_t k = 0; k < runs->n_rows; k++) {
        struct span first, second;
        if (runs->rows[k].a == UINT64_MAX || runs->rows[k].b == UINT64_MAX)
            continue; /* the innovation itself is new, or gone */
        model_rows(a, list->of.a->table, runs->rows[k].a, &first.from, &first.to);
        model_rows(b, list->of.b->table, runs->rows[k].b, &second.from, &second.to);
        compare_spans(runs, list, first, second, k);
    }
}

int runs_compare_lists(struct runs *runs, struct uptake_error *error)
{
    size_t room = count_columns(&runs->a->result) + count_columns(&runs->b->result);
    runs->lists = arena_array(&runs->arena, room, sizeof *runs->lists);
    if (!runs->lists || list_columns(runs, &runs->a->result, false) != 0 ||
        list_columns(runs, &runs->b->result, true) != 0)
        return error_memory(error);
    for (size_t k = 0; k < runs->n_lists; k++)
        if (runs->lists[k].of.a && runs->lists[k].of.b)
            compare_list(runs, &runs->lists[k]);
    return 0;
}
