/* Comparisons as one tidy table: a line a figure. */
#include "report/csv.h"

static void put_line(struct csv *csv, uint64_t comparison, const char *a, const char *b, uint64_t n,
                     const struct result_figure *figure)
{
    csv_count(csv, comparison);
    csv_text(csv, a);
    csv_text(csv, b);
    csv_count(csv, n);
    csv_text(csv, figure->name);
    csv_number(csv, figure->value);
    csv_text(csv, figure->reason);
    csv_empty(csv);
    csv_line(csv);
}

static void put_verdict(struct csv *csv, uint64_t comparison, const char *a, const char *b,
                        const struct result_pair *pair)
{
    csv_count(csv, comparison);
    csv_text(csv, a);
    csv_text(csv, b);
    csv_count(csv, pair->n);
    csv_text(csv, "verdict");
    csv_empty(csv);
    csv_text(csv, pair->verdict_reason);
    csv_text(csv, pair->verdict);
    csv_line(csv);
}

static void put_pair(struct csv *csv, uint64_t number, const struct result_comparison *comparison,
                     const struct result_pair *pair)
{
    const char *a = comparison->sides[pair->a].name, *b = comparison->sides[pair->b].name;
    for (size_t k = 0; k < pair->n_figures; k++)
        put_line(csv, number, a, b, pair->n, &pair->figures[k]);
    put_verdict(csv, number, a, b, pair);
}

void csv_comparisons(struct csv *csv, const struct view *view)
{
    static const char *const header[] = {"comparison", "a",      "b",    "n", "statistic",
                                         "value",      "reason", "text", NULL};
    csv_header(csv, header);
    for (size_t c = 0; c < view->result->n_comparisons; c++) {
        const struct result_comparison *comparison = &view->result->comparisons[c];
        for (size_t k = 0; k < comparison->n_pairs; k++)
            put_pair(csv, c + 1, comparison, &comparison->pairs[k]);
        for (size_t k = 0; k < comparison->n_all; k++)
            put_line(csv, c + 1, NULL, NULL, comparison->n, &comparison->all[k]);
    }
}
