/*
 * Writing a record: see record.h. One transaction into a file that has no name yet; rows are bound to prepared statements
 * straight from the result's columns, so nothing is allocated by the row.
 */
#include "result/record.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/date.h"
#include "result/record_internal.h"

/* --- The schema -------------------------------------------------------------------------------- */

static void make_schema(struct database *database)
{
    char head[96];
    size_t count;
    const struct record_table *all = record_tables(&count);
    snprintf(head, sizeof head, "PRAGMA application_id = %d; PRAGMA user_version = %d",
             RECORD_IDENTITY, RECORD_VERSION);
    database_run(database, head);
    for (size_t k = 0; k < count; k++)
        database_run(database, all[k].sql);
    all = record_views(&count);
    for (size_t k = 0; k < count; k++)
        database_run(database, all[k].sql);
}

/* --- The run ----------------------------------------------------------------------------------- */

static void put_pair(struct statement *insert, const char *key, const char *value)
{
    STATEMENT_PUT(insert, value_text(key), value_text(value));
}

static void put_number(struct statement *insert, const char *key, uint64_t value)
{
    STATEMENT_PUT(insert, value_text(key), value_count(value));
}

static void put_time(struct statement *insert)
{
    char text[32] = "";
    time_t now = time(NULL);
    struct tm parts;
    if (gmtime_r(&now, &parts))
        strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
    put_pair(insert, "made", text);
}

static void save_run(struct record_saver *saver)
{
    const struct result *result = saver->result;
    const struct model *model = result->model;
    struct statement *insert =
        statement_open(saver->database, "INSERT INTO run(key, value) VALUES (?1, ?2)");
    char date[DATE_BYTES];
    date_print(date, result->as_of);
    put_pair(insert, "uptake", UPTAKE_VERSION);
    put_time(insert);
    put_pair(insert, "title", result->spec_title);
    put_pair(insert, "note", result->spec_note);
    put_pair(insert, "spec", result->spec_path);
    put_pair(insert, "model", result->model_path);
    put_pair(insert, "model_title", model->title);
    put_pair(insert, "as_of", date);
    put_number(insert, "as_of_given", result->as_of_given);
    put_pair(insert, "containment", result->containment);
    put_number(insert, "left_out", model->left_out);
    put_number(insert, "hindsight", model->hindsight);
    put_number(insert, "desk_rows", model->desk_rows);
    put_number(insert, "basis_rows", model->basis_rows);
    put_number(insert, "innovations", model->innovations);
    put_pair(insert, "where", result->where);
    put_number(insert, "where_kept", result->where_kept);
    put_number(insert, "where_all", result->where_all);
    record_machine(insert);
    statement_close(insert);
}

static void save_asked(struct record_saver *saver)
{
    const struct record_run *run = saver->run;
    struct statement *insert =
        statement_open(saver->database, "INSERT INTO options VALUES (?1, ?2, ?3)");
    for (size_t k = 0; k < run->n_options; k++)
        STATEMENT_PUT(insert, value_count(k), value_text(run->options[k].name),
                      value_text(run->options[k].value));
    statement_close(insert);
    insert = statement_open(saver->database, "INSERT INTO timings VALUES (?1, ?2)");
    for (size_t k = 0; k < run->n_timings; k++)
        STATEMENT_PUT(insert, value_text(run->timings[k].stage),
                      value_number(run->timings[k].seconds));
    statement_close(insert);
}

/* --- What is written about --------------------------------------------------------------------- */

static void save_innovations(struct record_saver *saver)
{
    const struct model *model = saver->result->model;
    struct statement *insert =
        statement_open(saver->database, "INSERT INTO innovations VALUES (?1, ?2, ?3)");
    for (uint64_t i = 0; i < model->innovations; i++) {
        int32_t name = model->names ? model->names[i] : -1;
        STATEMENT_PUT(insert, value_count(i), value_text(model_text(model, model->ids[i])),
                      value_text(name >= 0 ? model_text(model, name) : NULL));
    }
    statement_close(insert);
}

/* A list and those it stands in; the root is the innovations themselves. */
static void mark_list(struct record_saver *saver, uint32_t table)
{
    while (table != MODEL_NO_TABLE && table != 0 && !saver->lists[table]) {
        saver->lists[table] = true;
        table = saver->result->model->tables[table].parent;
    }
}

static void mark_lists(struct record_saver *saver)
{
    const struct result *result = saver->result;
    for (size_t p = 0; p < result->n_plugins; p++) {
        const struct result_plugin *plugin = &result->plugins[p];
        for (size_t w = 0; w < plugin->n_columns; w++) {
            const struct result_column *column = &plugin->columns[w];
            mark_list(saver, column->table);
            for (uint32_t k = 0; k < column->n_basis_tables; k++)
                mark_list(saver, column->basis_tables[k]);
        }
        for (uint64_t k = 0; k < plugin->n_notes; k++)
            mark_list(saver, result_note(plugin, k).table);
    }
}

static const char *rule_of(const struct model *model, const struct model_table *table, uint64_t row)
{
    if (strcmp(table->path, MODEL_PAIRS) != 0)
        return NULL;
    const int64_t *rules = table->columns[MODEL_PAIR_RULE].values;
    return model_text(model, model->rule_ids[rules[row]]);
}

static void save_rows(struct record_saver *saver, struct statement *insert, uint32_t t)
{
    const struct model *model = saver->result->model;
    const struct model_table *table = &model->tables[t];
    for (uint64_t row = 0, parent = 0; row < table->rows; row++) {
        while (table->offsets && (uint64_t)table->offsets[parent + 1] <= row)
            parent++;
        int32_t because = table->because ? table->because[row] : -1;
        STATEMENT_PUT(insert, value_count(t), value_count(row),
                      value_count_if(table->offsets != NULL, parent),
                      value_count_if(table->basis != NULL, table->basis ? table->basis[row] : 0),
                      value_text(because >= 0 ? model_text(model, because) : NULL),
                      value_text(rule_of(model, table, row)));
    }
}

static void save_lists(struct record_saver *saver)
{
    const struct model *model = saver->result->model;
    struct statement *list =
        statement_open(saver->database, "INSERT INTO lists VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
    struct statement *row =
        statement_open(saver->database, "INSERT INTO list_rows VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
    for (uint32_t t = 0; t < model->n_tables; t++) {
        const struct model_table *table = &model->tables[t];
        if (!saver->lists[t])
            continue;
        STATEMENT_PUT(list, value_count(t), value_text(table->path), value_text(table->list),
                      value_count_if(table->offsets != NULL, table->parent),
                      value_count(table->rows), value_count(table->basis != NULL));
        save_rows(saver, row, t);
    }
    statement_close(list);
    statement_close(row);
}

/* --- The whole --------------------------------------------------------------------------------- */

static void save_all(struct record_saver *saver)
{
    make_schema(saver->database);
    save_run(saver);
    save_asked(saver);
    save_innovations(saver);
    mark_lists(saver);
    save_lists(saver);
    record_values(saver);
    record_merged(saver);
    record_compared(saver);
    record_scenarios(saver);
}

int record_save(int file, const char *name, const struct result *result,
                const struct record_run *run, struct uptake_error *error)
{
    struct record_saver saver = {.result = result, .run = run, .error = error};
    saver.lists = calloc(result->model->n_tables + 1, sizeof *saver.lists);
    if (!saver.lists)
        return error_memory(error);
    int failed = database_create(&saver.database, file, name, error);
    if (!failed) {
        save_all(&saver);
        failed = record_inputs(&saver);
        int closed = database_close(saver.database, failed ? NULL : error);
        failed = failed ? failed : closed;
        if (!failed && fsync(file) != 0)
            failed = error_errno(error, "write", name);
    }
    free(saver.lists);
    return failed;
}
