/*
 * A run as JSON: keys in a fixed order, innovations in the model's order, one line each. Written as it is
 * read: no memory beyond the view, so 100,000 innovations cost their bytes only.
 */
#include <string.h>

#include "base/date.h"
#include "base/number.h"
#include "report/firsts.h"
#include "report/json.h"
#include "report/json_compare.h"
#include "report/json_merges.h"
#include "report/json_sources.h"
#include "report/report.h"
#include "report/run_json.h"
#include "report/view.h"
#include "report/whatif.h"

/* --- One value --------------------------------------------------------------------------------- */

static void put_text(struct json *json, const struct result_plugin *plugin,
                     const struct result_column *column, uint64_t row)
{
    char text[UPTAKE_TEXT_BYTES + 1];
    size_t bytes = result_text(plugin, column, row, text);
    if (bytes > 0)
        json_put_bytes(json, text, bytes);
    else
        json_put_null(json);
}

static void put_value(struct json *json, const struct view_measure *measure, uint64_t row)
{
    const struct result_column *column = measure->column;
    json_key_bytes(json, measure->name, measure->name_bytes);
    if (column->values)
        json_put_number(json, column->values[row]);
    else if (column->codes)
        json_put_text(json, view_choice(column, row));
    else
        put_text(json, measure->plugin, column, row);
}

static void put_range(struct json *json, const struct view_measure *measure, uint64_t row)
{
    json_key_bytes(json, measure->name, measure->name_bytes);
    json_open(json, '[');
    json_put_number(json, measure->column->low[row]);
    json_put_number(json, measure->column->high[row]);
    json_close(json, ']');
}

static void put_ranges(struct json *json, const struct view_measure *measures, size_t count,
                       uint64_t row)
{
    json_key(json, "ranges");
    json_open(json, '{');
    for (size_t k = 0; k < count; k++)
        if (view_has_bounds(measures[k].column))
            put_range(json, &measures[k], row);
    json_close(json, '}');
}

/* A basis, made once for all measures that have it. */
struct basis_made {
    size_t bytes;
    char text[4 * (24 + COUNT_BYTES)];
};

static void make_basis(struct basis_made *made, struct result_basis basis)
{
    const struct {
        const char *key;
        uint64_t count;
    } parts[] = {{"{\"rows\": ", basis.rows},
                 {", \"desk_reading\": ", basis.desk_reading},
                 {", \"hindsight\": ", basis.hindsight},
                 {", \"without_evidence\": ", basis.without_evidence}};
    char *at = made->text;
    for (size_t k = 0; k < sizeof parts / sizeof *parts; k++) {
        at = stpcpy(at, parts[k].key);
        at += number_count(at, parts[k].count);
    }
    *at++ = '}';
    made->bytes = (size_t)(at - made->text);
}

/* --- Findings ---------------------------------------------------------------------------------- */

static void put_row(struct json *json, const struct result *result, const struct result_note *note)
{
    json_key(json, "row");
    if (view_is_whole(result, note))
        json_put_null(json);
    else
        json_put_count(
            json, view_place_near(result->model, note->table, note->row, note->innovation).row);
}

static void put_note(struct json *json, const struct result *result,
                     const struct result_plugin *plugin, const struct result_note *note)
{
    char text[UPTAKE_TEXT_BYTES + 1];
    const char *because = result_because(result, note);
    json_open(json, '{');
    json_pair(json, "plugin", plugin->name);
    json_pair(json, "level", view_level(note->level));
    json_key(json, "text");
    json_put_bytes(json, text, result_note_text(plugin, note, text));
    json_pair(json, "entity", view_entity(result, note));
    put_row(json, result, note);
    if (because)
        json_pair(json, "because", because);
    json_close(json, '}');
}

static void put_notes(struct json *json, const struct result *result, uint64_t innovation)
{
    json_key(json, "findings");
    json_open(json, '[');
    for (size_t p = 0; p < result->n_plugins; p++) {
        const struct result_plugin *plugin = &result->plugins[p];
        struct view_span span = view_notes(result, plugin, innovation);
        for (uint64_t k = span.first; k < span.end; k++) {
            struct result_note note = result_note(plugin, k);
            put_note(json, result, plugin, &note);
        }
    }
    json_close(json, ']');
}

/* --- One innovation ---------------------------------------------------------------------------- */

static void put_rank(struct json *json, const char *key, uint64_t rank)
{
    json_key(json, key);
    if (rank > 0)
        json_put_count(json, rank);
    else
        json_put_null(json);
}

static void put_merged(struct json *json, const struct result_merged *merged, uint64_t i)
{
    json_key(json, merged->name);
    json_open(json, '{');
    json_pair_number(json, "score", merged->score[i]);
    json_pair_number(json, "score_low", merged->score_low[i]);
    json_pair_number(json, "score_high", merged->score_high[i]);
    put_rank(json, "rank", merged->rank[i]);
    put_rank(json, "rank_low", merged->rank_low[i]);
    put_rank(json, "rank_high", merged->rank_high[i]);
    json_pair_number(json, "coverage", merged->coverage[i]);
    json_merge_parts(json, merged, i);
    if (merged->failure)
        json_pair(json, "score_reason", merged->failure);
    json_close(json, '}');
}

static void put_statuses(struct json *json, const struct result *result, uint64_t i)
{
    char text[UPTAKE_TEXT_BYTES + 32];
    json_key(json, "status");
    json_open(json, '{');
    for (size_t p = 0; p < result->n_plugins; p++) {
        const struct result_plugin *plugin = &result->plugins[p];
        json_key(json, plugin->name);
        if (plugin->states[i] == RESULT_OK)
            json_put_bytes(json, "ok", 2);
        else
            json_put_bytes(json, text, result_status_text(plugin, i, text));
    }
    json_close(json, '}');
}

static void put_measures(struct json *json, const struct view *view, uint64_t i)
{
    json_key(json, "measures");
    json_open(json, '{');
    for (size_t k = 0; k < view->n_measures; k++)
        put_value(json, &view->measures[k], i);
    json_close(json, '}');
}

/* Most measures of a plugin rest on the same lists: these are counted once. */
static bool same_lists(const struct result_column *a, const struct result_column *b)
{
    return a && a->n_basis_tables == b->n_basis_tables &&
           memcmp(a->basis_tables, b->basis_tables, a->n_basis_tables * sizeof *a->basis_tables) ==
               0;
}

/* Of measures that rest on rows with a basis: the same ones for every innovation. */
static void put_bases(struct json *json, const struct view *view, uint64_t i)
{
    const struct result_column *counted = NULL;
    struct basis_made made = {.bytes = 0};
    json_key(json, "basis");
    json_open(json, '{');
    for (size_t k = 0; k < view->n_measures; k++) {
        const struct view_measure *measure = &view->measures[k];
        if (measure->column->n_basis_tables == 0)
            continue;
        if (!same_lists(counted, measure->column))
            make_basis(&made, result_basis_of(view->result, measure->plugin, measure->write, i));
        counted = measure->column;
        json_key_bytes(json, measure->name, measure->name_bytes);
        json_put_made(json, made.text, made.bytes);
    }
    json_close(json, '}');
}

static void put_values(struct json *json, const struct view *view, uint64_t i)
{
    const struct result *result = view->result;
    put_measures(json, view, i);
    json_key(json, "merged");
    json_open(json, '{');
    for (size_t m = 0; m < result->n_merges; m++)
        put_merged(json, &result->merges[m], i);
    json_close(json, '}');
    put_ranges(json, view->measures, view->n_measures, i);
    put_bases(json, view, i);
}

void run_json_values(struct json *json, const struct view *view, uint64_t innovation)
{
    put_values(json, view, innovation);
    put_statuses(json, view->result, innovation);
}

void run_json_innovation(struct json *json, const struct view *view, uint64_t i)
{
    const struct result *result = view->result;
    json_line(json, 2);
    json_open(json, '{');
    json_pair(json, "id", view_id(result, i));
    json_pair(json, "name", view_name(result, i));
    put_values(json, view, i);
    put_notes(json, result, i);
    put_statuses(json, result, i);
    json_close(json, '}');
}

/* --- Tables ------------------------------------------------------------------------------------ */

static bool has_ranges(const struct view_table *table)
{
    for (size_t k = 0; k < table->n_columns; k++)
        if (view_has_bounds(table->columns[k].column))
            return true;
    return false;
}

void run_json_row(struct json *json, const struct view *view, const struct view_table *table,
                  struct view_place place, uint64_t row)
{
    json_line(json, 3);
    json_open(json, '{');
    json_key(json, "innovation");
    json_put_text(json,
                  place.innovation == UINT64_MAX ? NULL : view_id(view->result, place.innovation));
    json_pair_count(json, "row", place.row);
    const char *rule = view_rule(view->result->model, table->table, row);
    if (rule)
        json_pair(json, "rule", rule);
    for (size_t k = 0; k < table->n_columns; k++)
        put_value(json, &table->columns[k], row);
    if (has_ranges(table))
        put_ranges(json, table->columns, table->n_columns, row);
    json_close(json, '}');
}

static void put_tables(struct json *json, const struct view *view)
{
    json_key(json, "tables");
    json_open(json, '{');
    for (size_t t = 0; t < view->n_tables; t++) {
        const struct view_table *table = &view->tables[t];
        json_line(json, 2);
        json_escaped_key(json, table->entity);
        json_open(json, '[');
        struct view_place place = {0, 0};
        for (uint64_t row = 0; row < table->rows; row++) {
            place = view_place_near(view->result->model, table->table, row, place.innovation);
            run_json_row(json, view, table, place, row);
        }
        json_close(json, ']');
    }
    json_close(json, '}');
}

/* --- The run ----------------------------------------------------------------------------------- */

void run_json_head(struct json *json, const struct view *view)
{
    const struct result *result = view->result;
    char date[DATE_BYTES] = "";
    if (result->as_of_given)
        date_print(date, result->as_of);
    json_key(json, "run");
    json_open(json, '{');
    json_pair(json, "spec", result->spec_path);
    json_pair(json, "title", result->spec_title);
    json_pair(json, "note", result->spec_note);
    json_pair(json, "model", result->model_path);
    json_pair(json, "as_of", result->as_of_given ? date : NULL);
    json_pair(json, "containment", result->containment);
    json_pair_count(json, "left_out", result->model->left_out);
    json_pair_count(json, "hindsight", result->model->hindsight);
    if (result->where) {
        json_pair(json, "where", result->where);
        json_pair_count(json, "adopters", result->where_kept);
        json_pair_count(json, "adopters_in_model", result->where_all);
    }
    json_key(json, "caveats");
    json_open(json, '[');
    for (size_t k = 0; k < view->n_caveats; k++)
        json_put_text(json, view->caveats[k]);
    json_close(json, ']');
    json_close(json, '}');
}

static void put_plugin(struct json *json, const struct result_plugin *plugin)
{
    json_line(json, 2);
    json_open(json, '{');
    json_pair(json, "name", plugin->name);
    json_pair(json, "id", plugin->plugin->id);
    json_pair(json, "version", plugin->plugin->version);
    json_pair_count(json, "revision", plugin->plugin->revision);
    json_pair(json, "status", view_plugin_status(plugin->status));
    json_pair_count(json, "failed", plugin->failed);
    if (plugin->batch_dependent)
        json_pair_flag(json, "batch_dependent", true);
    json_close(json, '}');
}

static void put_agreement(struct json *json, const struct result_agreement *agreement)
{
    json_line(json, 2);
    json_open(json, '{');
    json_pair(json, "a", agreement->a);
    json_pair(json, "b", agreement->b);
    json_pair_count(json, "n", agreement->n);
    json_pair_number(json, "kendall_tau_b", agreement->kendall_tau_b);
    json_pair_number(json, "spearman", agreement->spearman);
    if (agreement->reason)
        json_pair(json, "reason", agreement->reason);
    json_close(json, '}');
}

static void put_innovations(struct json *json, const struct view *view)
{
    json_line(json, 1);
    json_key(json, "innovations");
    json_open(json, '[');
    for (uint64_t i = 0; i < view->result->model->innovations; i++)
        run_json_innovation(json, view, i);
    json_close(json, ']');
}

static int put_document(struct json *json, const struct view *view, struct uptake_error *error)
{
    const struct result *result = view->result;
    json_open(json, '{');
    json_pair(json, "uptake", UPTAKE_VERSION);
    json_line(json, 1);
    run_json_head(json, view);
    json_line(json, 1);
    json_key(json, "plugins");
    json_open(json, '[');
    for (size_t p = 0; p < result->n_plugins; p++)
        put_plugin(json, &result->plugins[p]);
    json_close(json, ']');
    put_innovations(json, view);
    json_line(json, 1);
    json_merges(json, result);
    json_line(json, 1);
    put_tables(json, view);
    json_line(json, 1);
    put_notes(json, result, UINT64_MAX);
    json_line(json, 1);
    json_key(json, "agreement");
    json_open(json, '[');
    for (size_t a = 0; a < result->n_agreements; a++)
        put_agreement(json, &result->agreements[a]);
    json_close(json, ']');
    json_line(json, 1);
    firsts_json(json, view);
    json_line(json, 1);
    json_sources(json, result);
    json_line(json, 1);
    json_comparisons(json, result);
    json_line(json, 1);
    int failed = whatif_json(json, view, error);
    json_close(json, '}');
    out_char(json->out, '\n');
    return failed;
}

int report_json(const struct result *result, struct report_out *out, struct uptake_error *error)
{
    struct view view;
    if (view_build(result, &view, error) != 0)
        return -1;
    int failed = put_document(&(struct json){.out = out}, &view, error);
    view_finish(&view);
    return failed;
}
