/* Two runs, or two versions of a plugin, compared, as JSON. */
#include <math.h>
#include <stdio.h>

#include "report/json.h"
#include "report/json_compare.h"
#include "report/json_why.h"
#include "report/runs.h"

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

static void put_inputs(struct json *json, const char *key, const struct runs_input *inputs,
                       size_t count)
{
    json_line(json, 1);
    json_key(json, key);
    json_open(json, '[');
    for (size_t k = 0; k < count; k++) {
        json_line(json, 2);
        json_open(json, '{');
        json_pair(json, "what", inputs[k].what);
        json_pair(json, "before", inputs[k].a);
        json_pair(json, "after", inputs[k].b);
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
            if (runs_moved(runs, merge, &runs->rows[k]))
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

/* What a measure and a list's column have alike. */
static void put_column(struct json *json, const struct runs *runs,
                       const struct runs_measure *measure)
{
    json_pair(json, "name", measure->name);
    json_pair_flag(json, "before", measure->a != NULL);
    json_pair_flag(json, "after", measure->b != NULL);
    json_pair_count(json, "equal", measure->equal);
    json_pair_count(json, "changed", measure->changed);
    bool both = measure->a && measure->b;
    json_pair_number(json, "largest_difference", measure->largest);
    json_pair(json, "where", measure->at == SIZE_MAX || !both ? NULL : runs->rows[measure->at].id);
    json_pair_number(json, "digits", both ? measure->digits : (double)NAN);
}

static void put_statistics(struct json *json, const struct result_pair *pair)
{
    if (pair->n_figures == 0)
        return;
    json_key(json, "statistics");
    json_open(json, '{');
    json_pair_count(json, "n", pair->n);
    json_pair_count(json, "only_before", pair->only_a);
    json_pair_count(json, "only_after", pair->only_b);
    json_figures(json, pair->figures, pair->n_figures);
    json_pair(json, "verdict", pair->verdict);
    json_pair_number(json, "tolerance", pair->tolerance);
    json_close(json, '}');
}

static void put_measures(struct json *json, const struct runs *runs)
{
    json_line(json, 1);
    json_key(json, "measures");
    json_open(json, '[');
    for (size_t k = 0; k < runs->n_measures; k++) {
        json_line(json, 2);
        json_open(json, '{');
        put_column(json, runs, &runs->measures[k]);
        put_statistics(json, &runs->measures[k].pair);
        json_close(json, '}');
    }
    json_close(json, ']');
}

static void put_lists(struct json *json, const struct runs *runs)
{
    json_line(json, 1);
    json_key(json, "lists");
    json_open(json, '[');
    for (size_t k = 0; k < runs->n_lists; k++) {
        const struct runs_list *list = &runs->lists[k];
        json_line(json, 2);
        json_open(json, '{');
        json_pair(json, "entity", list->entity);
        put_column(json, runs, &list->of);
        json_key(json, "where_row");
        if (isnan(list->of.digits))
            json_put_null(json);
        else
            json_put_count(json, list->at_row);
        json_pair_count(json, "added", list->added);
        json_pair_count(json, "removed", list->removed);
        json_close(json, '}');
    }
    json_close(json, ']');
}

static void put_statuses(struct json *json, const struct runs *runs)
{
    json_line(json, 1);
    json_key(json, "statuses");
    json_open(json, '[');
    for (size_t k = 0; k < runs->n_changes; k++) {
        const struct runs_status *change = &runs->changes[k];
        json_line(json, 2);
        json_open(json, '{');
        json_pair(json, "id", runs->rows[change->row].id);
        json_pair(json, "plugin", change->plugin);
        json_pair(json, "before", change->a);
        json_pair(json, "after", change->b);
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

/* All but the end of the object: what else there is, and the verdict, follow. */
static void put_runs(struct json *json, const struct runs *runs)
{
    json_open(json, '{');
    json_pair(json, "uptake", UPTAKE_VERSION);
    json_pair(json, "before", runs->a->path);
    json_pair(json, "after", runs->b->path);
    put_figures(json, runs);
    put_inputs(json, "inputs", runs->inputs, runs->n_inputs);
    json_line(json, 1);
    put_ids(json, runs, "added", true);
    put_ids(json, runs, "removed", false);
    put_merges(json, runs);
    put_measures(json, runs);
    put_lists(json, runs);
    put_statuses(json, runs);
    put_findings(json, runs);
}

static void put_verdict(struct json *json, const struct runs_verdict *verdict)
{
    json_line(json, 1);
    json_pair(json, "fail_if", verdict->condition);
    json_key(json, "holds");
    if (verdict->condition)
        json_put_flag(json, verdict->holds);
    else
        json_put_null(json);
    json_close(json, '}');
    out_char(json->out, '\n');
}

void report_runs_json(const struct runs *runs, const struct runs_verdict *verdict,
                      struct report_out *out)
{
    struct json json = {.out = out};
    put_runs(&json, runs);
    if (verdict->why)
        json_why(&json, verdict->why);
    put_verdict(&json, verdict);
}

static void put_search(struct json *json, const struct versions_report *report)
{
    static const char *const found[] = {
        [VERSIONS_SAME] = "nothing", [VERSIONS_WORDS] = "words", [VERSIONS_RESULTS] = "results"};
    const struct versions_search *search = &report->versions->search;
    json_line(json, 1);
    json_key(json, "search");
    if (!search->done) {
        json_put_null(json);
        return;
    }
    json_open(json, '{');
    json_pair_count(json, "seed", report->ask->seed);
    json_pair_count(json, "models", search->models);
    json_pair(json, "found", found[search->found]);
    json_pair(json, "what", search->what);
    json_pair(json, "model", search->model);
    json_pair(json, "command", report->command);
    json_pair(json, "trouble", search->trouble);
    json_close(json, '}');
}

void report_versions_json(const struct versions_report *report, const struct runs_verdict *verdict,
                          struct report_out *out)
{
    struct json json = {.out = out};
    put_runs(&json, &report->versions->runs);
    json_line(&json, 1);
    json_pair(&json, "plugin", report->versions->name);
    put_inputs(&json, "declared", report->declared.rows, report->declared.count);
    put_search(&json, report);
    put_verdict(&json, verdict);
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
    report_runs_json(runs, &(struct runs_verdict){0}, out);
    json_close(&json, '}');
    out_char(out, '\n');
}
