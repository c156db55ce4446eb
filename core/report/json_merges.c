/* Merges as JSON: see json_merges.h. */
#include "report/json_merges.h"

static void put_weights(struct json *json, const struct result_merge_parts *all)
{
    json_key(json, "weights");
    json_open(json, '{');
    for (size_t k = 0; k < all->n_measures; k++)
        json_pair_number(json, all->measures[k], all->weights[k]);
    json_close(json, '}');
}

static void put_figures(struct json *json, const struct result_merged *merged)
{
    json_key(json, "figures");
    json_open(json, '{');
    for (size_t k = 0; k < merged->n_figures; k++) {
        const struct result_merge_figure *figure = &merged->figures[k];
        if (figure->flag)
            json_pair_flag(json, figure->name, figure->value > 0);
        else
            json_pair_number(json, figure->name, figure->value);
    }
    json_close(json, '}');
}

static void put_notes(struct json *json, const struct result_merged *merged)
{
    json_key(json, "notes");
    json_open(json, '[');
    for (size_t k = 0; k < merged->n_notes; k++)
        json_put_text(json, merged->notes[k]);
    json_close(json, ']');
}

static void put_range(struct json *json, const char *key, const double range[2])
{
    json_key(json, key);
    json_open(json, '[');
    json_put_number(json, range[0]);
    json_put_number(json, range[1]);
    json_close(json, ']');
}

static void put_influence(struct json *json, const struct result *result,
                          const struct result_merged *merged)
{
    if (merged->n_influence == 0)
        return;
    json_key(json, "influence");
    json_open(json, '[');
    for (size_t k = 0; k < merged->n_influence; k++) {
        const struct result_influence *of = &merged->influence[k];
        json_open(json, '{');
        json_pair(json, "without", of->measure);
        json_pair_number(json, "kendall_tau_b", of->tau_b);
        json_pair_number(json, "largest_move", of->largest_move);
        json_pair_count(json, "top_3_changed", of->top_changed);
        if (of->reason)
            json_pair(json, "reason", of->reason);
        put_range(json, "weight_keeps_first", of->first);
        put_range(json, "weight_keeps_top_3", of->top);
        json_close(json, '}');
    }
    json_close(json, ']');
    json_pair(json, "weight_reason", merged->stability_reason);
    json_key(json, "reversal");
    json_open(json, '[');
    for (size_t k = 0; k < merged->n_reversals; k++) {
        json_open(json, '{');
        json_pair(json, "without",
                  model_text(result->model, result->model->ids[merged->reversals[k].innovation]));
        json_pair_count(json, "moved", merged->reversals[k].moved);
        json_close(json, '}');
    }
    json_close(json, ']');
}

void json_merges(struct json *json, const struct result *result)
{
    json_key(json, "merges");
    json_open(json, '[');
    for (size_t m = 0; m < result->n_merges; m++) {
        const struct result_merged *merged = &result->merges[m];
        json_line(json, 2);
        json_open(json, '{');
        json_pair(json, "name", merged->name);
        json_pair(json, "method", merged->method);
        json_pair(json, "normalise", merged->normalise);
        json_pair(json, "missing", merged->missing);
        json_pair(json, "better", merged->better < 0 ? "lower" : "higher");
        json_pair_flag(json, "not_a_bound", merged->not_a_bound);
        json_pair(json, "weighting", merged->weighting);
        put_weights(json, &merged->all);
        put_figures(json, merged);
        put_notes(json, merged);
        put_influence(json, result, merged);
        json_close(json, '}');
    }
    json_close(json, ']');
}

static void put_part(struct json *json, const struct result_merge_parts *all, size_t n, size_t k,
                     uint64_t i)
{
    size_t at = k * n + i;
    json_key(json, all->measures[k]);
    json_open(json, '{');
    json_pair_number(json, "value", all->value[at]);
    json_pair_number(json, "weight", all->weight[at]);
    json_pair_number(json, "contribution", all->contribution[at]);
    json_close(json, '}');
}

void json_merge_parts(struct json *json, const struct result_merged *merged, uint64_t i)
{
    const struct result_merge_parts *all = &merged->all;
    if (!all->value && all->n_extras == 0)
        return;
    json_key(json, "parts");
    json_open(json, '{');
    for (size_t e = 0; e < all->n_extras; e++)
        json_pair_number(json, all->extra_names[e], all->extra[e][i]);
    if (all->value) {
        json_key(json, "measures");
        json_open(json, '{');
        for (size_t k = 0; k < all->n_measures; k++)
            put_part(json, all, all->n_innovations, k, i);
        json_close(json, '}');
    }
    json_close(json, '}');
}
