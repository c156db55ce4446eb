/*
 * A run as a folder of CSV tables. Every file is written whole before the first gets its name, so that a full
 * disk leaves nothing, not half of it.
 */
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/date.h"
#include "report/csv.h"
#include "report/csv_folder.h"
#include "report/report.h"

/* --- The tables -------------------------------------------------------------------------------- */

static void put_pair(struct csv *csv, const char *key, const char *value)
{
    csv_text(csv, key);
    csv_text(csv, value);
    csv_line(csv);
}

static void put_pair_count(struct csv *csv, const char *key, uint64_t value)
{
    csv_text(csv, key);
    csv_count(csv, value);
    csv_line(csv);
}

static void write_run(struct csv *csv, const struct view *view)
{
    static const char *const header[] = {"key", "value", NULL};
    const struct result *result = view->result;
    char date[DATE_BYTES] = "";
    if (result->as_of_given)
        date_print(date, result->as_of);
    csv_header(csv, header);
    put_pair(csv, "uptake", UPTAKE_VERSION);
    put_pair(csv, "spec", result->spec_path);
    put_pair(csv, "title", result->spec_title);
    put_pair(csv, "note", result->spec_note);
    put_pair(csv, "model", result->model_path);
    put_pair(csv, "as_of", date);
    put_pair(csv, "containment", result->containment);
    put_pair_count(csv, "left_out", result->model->left_out);
    put_pair_count(csv, "hindsight", result->model->hindsight);
    if (result->where) {
        put_pair(csv, "where", result->where);
        put_pair_count(csv, "adopters", result->where_kept);
        put_pair_count(csv, "adopters_in_model", result->where_all);
    }
    for (size_t k = 0; k < view->n_caveats; k++)
        put_pair(csv, "caveat", view->caveats[k]);
}

static void write_measures(struct csv *csv, const struct view *view)
{
    csv_measures(csv, view, false);
}

static void put_rank(struct csv *csv, uint64_t rank)
{
    if (rank > 0)
        csv_count(csv, rank);
    else
        csv_empty(csv);
}

static void write_merged(struct csv *csv, const struct view *view)
{
    static const char *const header[] = {"innovation", "merge",  "score",    "score_low",
                                         "score_high", "rank",   "rank_low", "rank_high",
                                         "coverage",   "caveat", NULL};
    const struct result *result = view->result;
    csv_header(csv, header);
    for (uint64_t i = 0; i < result->model->innovations; i++)
        for (size_t m = 0; m < result->n_merges; m++) {
            const struct result_merged *merged = &result->merges[m];
            csv_text(csv, view_id(result, i));
            csv_text(csv, merged->name);
            csv_number(csv, merged->score[i]);
            csv_number(csv, merged->score_low[i]);
            csv_number(csv, merged->score_high[i]);
            put_rank(csv, merged->rank[i]);
            put_rank(csv, merged->rank_low[i]);
            put_rank(csv, merged->rank_high[i]);
            csv_number(csv, merged->coverage[i]);
            csv_text(csv, csv_caveat(result));
            csv_line(csv);
        }
}

static void put_note(struct csv *csv, const struct result *result,
                     const struct result_plugin *plugin, const struct result_note *note)
{
    char text[UPTAKE_TEXT_BYTES + 1];
    result_note_text(plugin, note, text);
    csv_text(csv, note->innovation == UINT64_MAX ? NULL : view_id(result, note->innovation));
    csv_text(csv, plugin->name);
    csv_text(csv, view_level(note->level));
    csv_text(csv, text);
    csv_text(csv, view_entity(result, note));
    if (view_is_whole(result, note))
        csv_empty(csv);
    else
        csv_count(csv, view_place(result->model, note->table, note->row).row);
    csv_text(csv, result_because(result, note));
    csv_text(csv, view_note_basis(result, plugin, note) & BASIS_DESK ? view_desk_reading : NULL);
    csv_line(csv);
}

static void write_findings(struct csv *csv, const struct view *view)
{
    static const char *const header[] = {"innovation", "plugin",  "level",  "text", "entity",
                                         "row",        "because", "caveat", NULL};
    const struct result *result = view->result;
    csv_header(csv, header);
    for (size_t p = 0; p < result->n_plugins; p++)
        for (uint64_t k = 0; k < result->plugins[p].n_notes; k++) {
            struct result_note note = result_note(&result->plugins[p], k);
            put_note(csv, result, &result->plugins[p], &note);
        }
}

static void put_status(struct csv *csv, const struct result *result,
                       const struct result_plugin *plugin, uint64_t i)
{
    static const char *const words[] = {
        [RESULT_OK] = "ok", [RESULT_SKIPPED] = "skipped", [RESULT_FAILED] = "failed"};
    char text[UPTAKE_TEXT_BYTES + 32] = "";
    const char *reason = NULL;
    if (plugin->states[i] != RESULT_OK && result_status_text(plugin, i, text) > 0)
        reason = strstr(text, ": ");
    csv_text(csv, view_id(result, i));
    csv_text(csv, plugin->name);
    csv_text(csv, plugin->plugin->id);
    csv_text(csv, plugin->plugin->version);
    csv_text(csv, words[plugin->states[i]]);
    csv_text(csv, reason ? reason + 2 : NULL);
    csv_line(csv);
}

static void write_status(struct csv *csv, const struct view *view)
{
    static const char *const header[] = {"innovation", "plugin", "id", "version",
                                         "status",     "reason", NULL};
    const struct result *result = view->result;
    csv_header(csv, header);
    for (size_t p = 0; p < result->n_plugins; p++)
        for (uint64_t i = 0; i < result->model->innovations; i++)
            put_status(csv, result, &result->plugins[p], i);
}

static void write_agreement(struct csv *csv, const struct view *view)
{
    static const char *const header[] = {"a",        "b",      "n", "kendall_tau_b",
                                         "spearman", "reason", NULL};
    const struct result *result = view->result;
    csv_header(csv, header);
    for (size_t k = 0; k < result->n_agreements; k++) {
        const struct result_agreement *agreement = &result->agreements[k];
        csv_text(csv, agreement->a);
        csv_text(csv, agreement->b);
        csv_count(csv, agreement->n);
        csv_number(csv, agreement->kendall_tau_b);
        csv_number(csv, agreement->spearman);
        csv_text(csv, agreement->reason);
        csv_line(csv);
    }
}

/* --- What plugins wrote into lists ------------------------------------------------------------- */

static bool is_pairs(const struct view_table *table)
{
    return strcmp(table->entity, MODEL_PAIRS) == 0;
}

static void put_table_header(struct csv *csv, const struct view_table *table)
{
    csv_text(csv, "innovation");
    csv_text(csv, "row");
    if (is_pairs(table))
        csv_text(csv, "rule");
    for (size_t k = 0; k < table->n_columns; k++) {
        const struct view_measure *column = &table->columns[k];
        csv_text(csv, column->name);
        if (view_has_bounds(column->column)) {
            char name[512];
            snprintf(name, sizeof name, "%s.low", column->name);
            csv_text(csv, name);
            snprintf(name, sizeof name, "%s.high", column->name);
            csv_text(csv, name);
        }
    }
    csv_text(csv, "caveat");
    csv_line(csv);
}

static const char *row_caveat(const struct model *model, const struct view_table *table,
                              uint64_t row)
{
    const uint8_t *basis =
        table->table == MODEL_NO_TABLE ? NULL : model->tables[table->table].basis;
    return basis && basis[row] & BASIS_DESK ? view_desk_reading : NULL;
}

static void put_table_row(struct csv *csv, const struct view *view, const struct view_table *table,
                          uint64_t row)
{
    const struct model *model = view->result->model;
    struct view_place place = view_place(model, table->table, row);
    csv_text(csv, place.innovation == UINT64_MAX ? NULL : view_id(view->result, place.innovation));
    csv_count(csv, place.row);
    if (is_pairs(table))
        csv_text(csv, view_rule(model, table->table, row));
    for (size_t k = 0; k < table->n_columns; k++) {
        const struct view_measure *column = &table->columns[k];
        csv_value(csv, column, row);
        if (view_has_bounds(column->column)) {
            csv_number(csv, column->column->low[row]);
            csv_number(csv, column->column->high[row]);
        }
    }
    csv_text(csv, row_caveat(model, table, row));
    csv_line(csv);
}

static void write_table(struct csv *csv, const struct view *view, const struct view_table *table)
{
    put_table_header(csv, table);
    for (uint64_t row = 0; row < table->rows; row++)
        put_table_row(csv, view, table, row);
}

/* "support[]": table-support.csv; "/adopters[]": table-portfolio-adopters.csv; "/": table-portfolio.csv */
static const char *table_file(struct view *view, const struct view_table *table)
{
    char name[200];
    size_t bytes = 0;
    bool gap = false;
    for (const char *at = table->entity; *at && bytes < sizeof name - 2; at++) {
        if (!isalnum((unsigned char)*at) && *at != '_') {
            gap = true;
            continue;
        }
        if (gap && bytes > 0)
            name[bytes++] = '-';
        name[bytes++] = *at;
        gap = false;
    }
    name[bytes] = '\0';
    return texts_make(&view->texts, "table%s%s%s.csv", table->entity[0] == '/' ? "-portfolio" : "",
                      bytes > 0 ? "-" : "", name);
}

/* --- The folder -------------------------------------------------------------------------------- */

static const struct {
    const char *name;
    void (*write)(struct csv *csv, const struct view *view);
} files[] = {
    {"run.csv", write_run},
    {"measures.csv", write_measures},
    {"merged.csv", write_merged},
    {"merges.csv", csv_merges},
    {"merge-parts.csv", csv_merge_parts},
    {"findings.csv", write_findings},
    {"status.csv", write_status},
    {"agreement.csv", write_agreement},
    {"comparisons.csv", csv_comparisons},
    {"sources.csv", csv_sources},
};

enum { FILES = sizeof files / sizeof *files };

/* Of runs with scenarios only. */
static const struct {
    const char *name;
    int (*write)(struct csv *csv, struct view *view, struct uptake_error *error);
} scenario_files[] = {
    {"scenarios.csv", csv_scenarios},
    {"scenario-changes.csv", csv_scenario_changes},
};

enum { SCENARIO_FILES = sizeof scenario_files / sizeof *scenario_files };

static size_t count_files(const struct view *view)
{
    return FILES + view->n_tables + (view->result->n_scenarios ? SCENARIO_FILES : 0);
}

static const char *file_name(struct view *view, size_t k)
{
    return k < FILES                    ? files[k].name
           : k < FILES + view->n_tables ? table_file(view, &view->tables[k - FILES])
                                        : scenario_files[k - FILES - view->n_tables].name;
}

static int fill_file(struct csv *csv, struct view *view, size_t k, struct uptake_error *error)
{
    if (k >= FILES + view->n_tables)
        return scenario_files[k - FILES - view->n_tables].write(csv, view, error);
    if (k < FILES)
        files[k].write(csv, view);
    else
        write_table(csv, view, &view->tables[k - FILES]);
    return 0;
}

static int write_file(struct report_out *out, struct view *view, const char *folder, size_t k,
                      struct uptake_error *error)
{
    const char *name = file_name(view, k);
    const char *slash = folder[0] && folder[strlen(folder) - 1] == '/' ? "" : "/";
    const char *path = texts_make(&view->texts, "%s%s%s", folder, slash, name);
    struct csv csv = {.out = out};
    if (view->texts.failed)
        return error_memory(error);
    if (out_create(out, path, error) != 0)
        return -1;
    return fill_file(&csv, view, k, error) == 0 ? out_flush(out, error) : -1;
}

static int write_files(struct report_out *outs, size_t count, struct view *view, const char *folder,
                       struct uptake_error *error)
{
    int failed = 0;
    for (size_t k = 0; k < count; k++)
        outs[k].fd = -1;
    for (size_t k = 0; k < count && failed == 0; k++)
        failed = write_file(&outs[k], view, folder, k, error);
    for (size_t k = 0; k < count && failed == 0; k++)
        failed = out_finish(&outs[k], error);
    for (size_t k = 0; k < count; k++)
        out_abandon(&outs[k]);
    return failed;
}

int report_csv_folder(const struct result *result, const char *folder, struct uptake_error *error)
{
    struct view view;
    bool made = mkdir(folder, 0777) == 0;
    if (!made && errno != EEXIST)
        return error_errno(error, "make the folder", folder);
    int failed = view_build(result, &view, error);
    if (failed == 0) {
        size_t count = count_files(&view);
        struct report_out *outs = calloc(count, sizeof *outs);
        failed = outs ? write_files(outs, count, &view, folder, error) : error_memory(error);
        free(outs);
        view_finish(&view);
    }
    if (failed != 0 && made)
        rmdir(folder);
    return failed;
}
