/* Two runs compared, as JSON and CSV. */
#include <math.h>
#include <stdio.h>

#include "report/csv.h"
#include "report/json.h"
#include "report/runs.h"

/* --- JSON -------------------------------------------------------------------------------------- */

static void put_figure(struct json *json, const struct result_figure *figure)
{
    json_pair_number(json, figure->name, figure->value);
    if (figure->reason) {
        char key[64];
        snprintf(key, sizeof key, "%s_reason", figure->name);
        json_pair(json, key, figure->reason);
    }
}

static void put_figures(struct json *json, const struct runs *runs)
{
    size_t count;
    runs_names(&count);
    json_line(json, 1);
    json_key(json, "figures");
    json_open(json, '{');
    for (size_t k = 0; k < count; k++)
        put_figure(json, &runs->figures[k]);
    json_close(json, '}');
}

static void put_inputs(struct json *json, const struct runs *runs)
{
    json_line(json, 1);
    json_key(json, "inputs");
    json_open(json, '[');
    for (size_t k = 0; k < runs->n_inputs; k++) {
        json_line(json, 2);
        json_open(json, '{');
        json_pair(json, "what", runs->inputs[k].what);
        json_pair(json, "before", runs->inputs[k].a);
        json_pair(json, "after", runs->inputs[k].b);
        json_close(json, '}');
    }
    json_close(json, ']');
}

static void put_rank(struct json *json, const char *key, const struct result_merged *merged,
                     uint64_t i)
{
    json_key(json, key);
    if (merged->rank[i] > 0)
        json_put_count(json, merged->rank[i]);
    else
        json_put_null(json);
}

static void put_move(struct json *json, const struct runs_merge *merge, const struct runs_row *row)
{
    json_line(json, 4);
    json_open(json, '{');
    json_pair(json, "id", row->id);
    put_rank(json, "rank_before", merge->a, row->a);
    put_rank(json, "rank_after", merge->b, row->b);
    json_pair_number(json, "score_before", merge->a->score[row->a]);
    json_pair_number(json, "score_after", merge->b->score[row->b]);
    json_close(json, '}');
}

static bool moved(const struct runs *runs, const struct runs_merge *merge,
                  const struct runs_row *row)
{
    return row->a != UINT64_MAX && row->b != UINT64_MAX &&
           (merge->a->rank[row->a] != merge->b->rank[row->b] ||
            !runs_equal(&runs->options, merge->a->score[row->a], merge->b->score[row->b]));
}

static void put_merge(struct json *json, const struct runs *runs, const struct runs_merge *merge)
{
    json_line(json, 2);
    json_open(json, '{');
    json_pair(json, "name", merge->name);
    json_pair_flag(json, "before", merge->a != NULL);
    json_pair_flag(json, "after", merge->b != NULL);
    if (merge->a && merge->b) {
        put_figure(json, &(struct result_figure){"tau_b", merge->tau_b, merge->tau_reason});
        put_figure(json, &(struct result_figure){"rbo", merge->rbo, merge->rbo_reason});
        json_pair_count(json, "scores_equal", merge->scores_equal);
        json_pair_count(json, "scores_changed", merge->scores_changed);
        json_pair_count(json, "moved", merge->moved);
        json_pair_count(json, "rank_moves", merge->move);
        json_pair_count(json, "top_k_entered", merge->entered);
        json_pair_count(json, "top_k_left", merge->left);
        json_key(json, "innovations");
        json_open(json, '[');
        for (size_t k = 0; k < runs->n_rows; k++)
            if (moved(runs, merge, &runs->rows[k]))
                put_move(json, merge, &runs->rows[k]);
        json_close(json, ']');
    }
    json_close(json, '}');
}

static void put_merges(struct json *json, const struct runs *runs)
{
    json_line(json, 1);
    json_key(json, "merges");
    json_open(json, '[');
    for (size_t k = 0; k < runs->n_merges; k++)
        put_merge(json, runs, &runs->merges[k]);
    json_close(json, ']');
}

static void put_measures(struct json *json, const struct runs *runs)
{
    json_line(json, 1);
    json_key(json, "measures");
    json_open(json, '[');
    for (size_t k = 0; k < runs->n_measures; k++) {
        const struct runs_measure *measure = &runs->measures[k];
        json_line(json, 2);
        json_open(json, '{');
        json_pair(json, "name", measure->name);
        json_pair_flag(json, "before", measure->a != NULL);
        json_pair_flag(json, "after", measure->b != NULL);
        json_pair_count(json, "equal", measure->equal);
        json_pair_count(json, "changed", measure->changed);
        json_pair_number(json, "largest_difference", measure->largest);
        json_pair(json, "where",
                  measure->at == SIZE_MAX || !measure->a || !measure->b
                      ? NULL
                      : runs->rows[measure->at].id);
        json_pair_number(json, "digits", measure->a && measure->b ? measure->digits : (double)NAN);
        json_close(json, '}');
    }
    json_close(json, ']');
}

static void put_findings(struct json *json, const struct runs *runs)
{
    json_line(json, 1);
    json_key(json, "findings");
    json_open(json, '[');
    for (size_t k = 0; k < runs->n_findings; k++) {
        const struct runs_finding *finding = &runs->findings[k];
        json_line(json, 2);
        json_open(json, '{');
        json_pair(json, "change", finding->added ? "added" : "removed");
        json_pair(json, "id", finding->row == SIZE_MAX ? NULL : runs->rows[finding->row].id);
        json_pair(json, "plugin", finding->plugin);
        json_pair(json, "level", view_level(finding->level));
        json_pair(json, "text", finding->text);
        json_close(json, '}');
    }
    json_close(json, ']');
}

static void put_ids(struct json *json, const struct runs *runs, const char *key, bool added)
{
    json_key(json, key);
    json_open(json, '[');
    for (size_t k = 0; k < runs->n_rows; k++)
        if ((added ? runs->rows[k].a : runs->rows[k].b) == UINT64_MAX)
            json_put_text(json, runs->rows[k].id);
    json_close(json, ']');
}

void report_runs_json(const struct runs *runs, const struct runs_verdict *verdict,
                      struct report_out *out)
{
    struct json json = {.out = out};
    json_open(&json, '{');
    json_pair(&json, "uptake", UPTAKE_VERSION);
    json_pair(&json, "before", runs->a->path);
    json_pair(&json, "after", runs->b->path);
    put_figures(&json, runs);
    put_inputs(&json, runs);
    json_line(&json, 1);
    put_ids(&json, runs, "added", true);
    put_ids(&json, runs, "removed", false);
    put_merges(&json, runs);
    put_measures(&json, runs);
    put_findings(&json, runs);
    json_line(&json, 1);
    json_pair(&json, "fail_if", verdict->condition);
    json_key(&json, "holds");
    if (verdict->condition)
        json_put_flag(&json, verdict->holds);
    else
        json_put_null(&json);
    json_close(&json, '}');
    out_char(out, '\n');
}

void report_rerun_json(const struct runs *runs, const struct runs_replay *replay,
                       struct report_out *out)
{
    struct json json = {.out = out};
    json_open(&json, '{');
    json_pair_flag(&json, "same", replay->same);
    json_pair(&json, "first_difference", replay->same ? NULL : replay->where);
    json_key(&json, "comparison");
    json.comma = false;
    report_runs_json(runs, &(struct runs_verdict){NULL, false}, out);
    json_close(&json, '}');
    out_char(out, '\n');
}

/* --- CSV --------------------------------------------------------------------------------------- */

static void put_class(struct csv *csv, const char *id, const char *what, enum runs_class class)
{
    static const char *const words[] = {"equal", "changed", "added", "removed"};
    csv_text(csv, id);
    csv_text(csv, what);
    csv_text(csv, words[class]);
}

static void csv_side(struct csv *csv, const struct result_plugin *plugin,
                     const struct result_column *column, uint64_t row)
{
    const struct view_measure measure = {.plugin = plugin, .column = column};
    if (column && row != UINT64_MAX)
        csv_value(csv, &measure, row);
    else
        csv_empty(csv);
}

static void csv_measure_lines(struct csv *csv, const struct runs *runs,
                              const struct runs_measure *measure)
{
    for (size_t k = 0; k < runs->n_rows; k++) {
        const struct runs_row *row = &runs->rows[k];
        double difference;
        enum runs_class found = runs_cell(runs, measure, k, &difference);
        if (found == RUNS_EQUAL)
            continue;
        put_class(csv, row->id, measure->name, found);
        csv_side(csv, measure->plugin_a, measure->a, row->a);
        csv_side(csv, measure->plugin_b, measure->b, row->b);
        csv_number(csv, difference);
        csv_line(csv);
    }
}

static void csv_merge_lines(struct csv *csv, const struct runs *runs,
                            const struct runs_merge *merge)
{
    static const char *const words[] = {"score", "rank"};
    for (size_t k = 0; merge->a && merge->b && k < runs->n_rows; k++) {
        const struct runs_row *row = &runs->rows[k];
        for (int rank = 0; rank < 2 && moved(runs, merge, row); rank++) {
            char name[256];
            snprintf(name, sizeof name, "merge:%s.%s", merge->name, words[rank]);
            double x = rank ? merge->a->rank[row->a] : merge->a->score[row->a];
            double y = rank ? merge->b->rank[row->b] : merge->b->score[row->b];
            if (runs_equal(&runs->options, x, y))
                continue;
            put_class(csv, row->id, name, RUNS_CHANGED);
            csv_number(csv, rank && x == 0 ? (double)NAN : x);
            csv_number(csv, rank && y == 0 ? (double)NAN : y);
            csv_number(csv, y - x);
            csv_line(csv);
        }
    }
}

void report_runs_csv(const struct runs *runs, struct report_out *out)
{
    static const char *const header[] = {"innovation", "what",       "change", "before",
                                         "after",      "difference", NULL};
    struct csv csv = {.out = out};
    csv_header(&csv, header);
    for (size_t k = 0; k < runs->n_merges; k++)
        csv_merge_lines(&csv, runs, &runs->merges[k]);
    for (size_t k = 0; k < runs->n_measures; k++)
        csv_measure_lines(&csv, runs, &runs->measures[k]);
}
