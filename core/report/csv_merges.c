/* Merges as two tidy tables: what each innovation's score is made of, and what is said of each merge as a whole. */
#include <math.h>

#include "report/csv.h"

static void put_part(struct csv *csv, const struct view *view, const struct result_merged *merged,
                     uint64_t i, const char *name, const double values[3])
{
    csv_text(csv, view_id(view->result, i));
    csv_text(csv, merged->name);
    csv_text(csv, name);
    for (size_t k = 0; k < 3; k++)
        csv_number(csv, values[k]);
    csv_line(csv);
}

static void put_parts(struct csv *csv, const struct view *view, const struct result_merged *merged,
                      uint64_t i)
{
    const struct result_merge_parts *all = &merged->all;
    for (size_t e = 0; e < all->n_extras; e++) {
        const double values[] = {all->extra[e][i], (double)NAN, (double)NAN};
        put_part(csv, view, merged, i, all->extra_names[e], values);
    }
    for (size_t k = 0; all->value && k < all->n_measures; k++) {
        size_t at = k * all->n_innovations + i;
        const double values[] = {all->value[at], all->weight[at], all->contribution[at]};
        put_part(csv, view, merged, i, all->measures[k], values);
    }
}

void csv_merge_parts(struct csv *csv, const struct view *view)
{
    static const char *const header[] = {"innovation", "merge",        "part", "value",
                                         "weight",     "contribution", NULL};
    const struct result *result = view->result;
    csv_header(csv, header);
    for (uint64_t i = 0; i < result->model->innovations; i++)
        for (size_t m = 0; m < result->n_merges; m++)
            put_parts(csv, view, &result->merges[m], i);
}

static void put_line(struct csv *csv, const struct result_merged *merged, const char *what,
                     const char *of, double value, const double *range)
{
    csv_text(csv, merged->name);
    csv_text(csv, what);
    csv_text(csv, of);
    csv_number(csv, value);
    csv_number(csv, range ? range[0] : (double)NAN);
    csv_number(csv, range ? range[1] : (double)NAN);
    csv_line(csv);
}

static void put_influence(struct csv *csv, const struct result_merged *merged,
                          const struct result_influence *of)
{
    put_line(csv, merged, "weight_keeps_first", of->measure, of->weight, of->first);
    put_line(csv, merged, "weight_keeps_top_3", of->measure, of->weight, of->top);
    if (of->reason)
        return;
    put_line(csv, merged, "kendall_tau_b_without", of->measure, of->tau_b, NULL);
    put_line(csv, merged, "largest_move_without", of->measure, of->largest_move, NULL);
    put_line(csv, merged, "top_3_changed_without", of->measure, (double)of->top_changed, NULL);
}

void csv_merges(struct csv *csv, const struct view *view)
{
    static const char *const header[] = {"merge", "what", "of", "value", "low", "high", NULL};
    const struct result *result = view->result;
    csv_header(csv, header);
    for (size_t m = 0; m < result->n_merges; m++) {
        const struct result_merged *merged = &result->merges[m];
        for (size_t k = 0; k < merged->all.n_measures; k++)
            put_line(csv, merged, "weight", merged->all.measures[k], merged->all.weights[k], NULL);
        for (size_t k = 0; k < merged->n_figures; k++)
            put_line(csv, merged, merged->figures[k].name, "", merged->figures[k].value, NULL);
        for (size_t k = 0; k < merged->n_influence; k++)
            put_influence(csv, merged, &merged->influence[k]);
        for (size_t k = 0; k < merged->n_reversals; k++)
            put_line(csv, merged, "moved_without", view_id(result, merged->reversals[k].innovation),
                     (double)merged->reversals[k].moved, NULL);
    }
}
