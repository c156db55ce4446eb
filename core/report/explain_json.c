/* One innovation explained, as JSON: what the run says of it, and what each merge makes of it. */
#include <math.h>

#include "report/json.h"
#include "report/json_sources.h"
#include "report/report.h"
#include "report/run_json.h"
#include "report/view.h"

static void put_ranks(struct json *json, const char *key, const struct result_part *part,
                      size_t end)
{
    json_key(json, key);
    if (part->rank_low[end] == 0 || part->rank_high[end] == 0) {
        json_put_null(json);
        return;
    }
    json_open(json, '[');
    json_put_count(json, part->rank_low[end]);
    json_put_count(json, part->rank_high[end]);
    json_close(json, ']');
}

static void put_settled(struct json *json, const char *key, const struct result_part *part)
{
    json_key(json, key);
    if (isnan(part->places)) {
        json_put_null(json);
        return;
    }
    json_open(json, '{');
    put_ranks(json, "worst", part, 0);
    put_ranks(json, "best", part, 1);
    json_pair_number(json, "places", part->places);
    json_pair_number(json, "score", part->score);
    json_close(json, '}');
}

static void put_part(struct json *json, const struct result_part *part)
{
    json_line(json, 4);
    json_open(json, '{');
    json_pair(json, "measure", part->measure);
    json_pair_number(json, "value", part->value);
    json_pair_number(json, "low", part->low);
    json_pair_number(json, "high", part->high);
    json_pair_flag(json, "missing", isnan(part->value));
    json_pair_number(json, "normalised", part->normalised);
    json_pair_number(json, "weight", part->weight);
    json_pair_number(json, "contribution", part->contribution);
    put_settled(json, "settled", part);
    json_close(json, '}');
}

static void put_merge(struct json *json, const struct result_merged *merged, uint64_t i)
{
    json_line(json, 2);
    json_open(json, '{');
    json_pair(json, "name", merged->name);
    json_pair(json, "method", merged->method);
    json_pair(json, "normalise", merged->normalise);
    json_pair(json, "missing", merged->missing);
    json_key(json, "parts");
    json_open(json, '[');
    for (size_t k = 0; k < merged->n_parts; k++)
        if (merged->parts[k].innovation == i && merged->parts[k].measure)
            put_part(json, &merged->parts[k]);
    json_close(json, ']');
    for (size_t k = 0; k < merged->n_parts; k++)
        if (merged->parts[k].innovation == i && !merged->parts[k].measure)
            put_settled(json, "together", &merged->parts[k]);
    json_close(json, '}');
}

static void put_rows(struct json *json, const struct view *view, const struct view_table *table,
                     uint64_t i)
{
    json_line(json, 2);
    json_escaped_key(json, table->entity);
    json_open(json, '[');
    for (uint64_t row = 0; row < table->rows; row++) {
        struct view_place place = view_place(view->result->model, table->table, row);
        if (place.innovation == i)
            run_json_row(json, view, table, place, row);
    }
    json_close(json, ']');
}

static void put_document(struct json *json, const struct view *view, uint64_t i)
{
    json_open(json, '{');
    json_pair(json, "uptake", UPTAKE_VERSION);
    json_line(json, 1);
    run_json_head(json, view);
    json_line(json, 1);
    json_key(json, "innovation");
    run_json_innovation(json, view, i);
    json_line(json, 1);
    json_sources(json, view->result);
    json_line(json, 1);
    json_key(json, "merges");
    json_open(json, '[');
    for (size_t m = 0; m < view->result->n_merges; m++)
        put_merge(json, &view->result->merges[m], i);
    json_close(json, ']');
    json_line(json, 1);
    json_key(json, "tables");
    json_open(json, '{');
    for (size_t t = 0; t < view->n_tables; t++)
        put_rows(json, view, &view->tables[t], i);
    json_close(json, '}');
    json_close(json, '}');
    out_char(json->out, '\n');
}

int report_explain_json(const struct result *result, uint64_t innovation, struct report_out *out,
                        struct uptake_error *error)
{
    struct view view;
    if (view_build(result, &view, error) != 0)
        return -1;
    put_document(&(struct json){.out = out}, &view, innovation);
    view_finish(&view);
    return 0;
}
