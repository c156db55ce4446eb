/* Plugins of a record, and what they write; the values come later. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "result/record_read_internal.h"

/* --- Plugins ----------------------------------------------------------------------------------- */

static void read_plugin(struct record_loader *loader, struct statement *row, size_t p)
{
    struct record *record = loader->record;
    struct result_plugin *plugin = &record->result.plugins[p];
    struct plugin *of = record_array(loader, 1, sizeof *of);
    struct result_log *log = record_array(loader, 1, sizeof *log);
    uint8_t *states = record_array(loader, record->model.innovations, 1);
    uint32_t *reasons = record_array(loader, record->model.innovations, sizeof *reasons);
    if (!of || !log || !states || !reasons)
        return;
    memset(states, RESULT_OK, record->model.innovations);
    memset(reasons, 0xff, record->model.innovations * sizeof *reasons);
    of->id = record_copy_of(loader, row, 2);
    of->version = record_copy_of(loader, row, 3);
    of->revision = (uint32_t)statement_count(row, 4, UINT32_MAX);
    of->title = record_copy_of(loader, row, 5);
    of->bundle = record_copy_of(loader, row, 6);
    record->hashes[p] = record_copy_of(loader, row, 7);
    *plugin = (struct result_plugin){
        .name = record_copy_of(loader, row, 1),
        .plugin = of,
        .with_text = record_copy(loader, row, 8),
        .status = (enum plugin_status)record_word_of(loader, row, 9, record_statuses),
        .ok = statement_count(row, 10, record->model.innovations),
        .skipped = statement_count(row, 11, record->model.innovations),
        .failed = statement_count(row, 12, record->model.innovations),
        .notes_dropped = statement_count(row, 13, INT64_MAX),
        .batch_dependent = statement_count(row, 14, 1) != 0,
        .computed = record_copy_of(loader, row, 15),
        .reused = statement_count(row, 16, 1) != 0,
        .states = states,
        .log = log};
    log->reasons = reasons;
}

/* Inputs of a plugin follow each other. */
static void read_plugin_inputs(struct record_loader *loader)
{
    struct result *result = &loader->record->result;
    uint64_t count = record_rows(loader, "SELECT count(*) FROM plugin_inputs");
    struct result_input *inputs = record_array(loader, count, sizeof *inputs);
    struct statement *row = statement_open(
        loader->database,
        "SELECT plugin, kind, name, sha256 FROM plugin_inputs ORDER BY plugin, rowid");
    for (uint64_t k = 0; k < count && result->n_plugins > 0 && statement_next(row); k++) {
        struct result_plugin *plugin =
            &result->plugins[statement_count(row, 0, result->n_plugins - 1)];
        inputs[k] =
            (struct result_input){record_copy_of(loader, row, 1), record_copy_of(loader, row, 2),
                                  record_copy_of(loader, row, 3)};
        if (plugin->n_inputs++ == 0)
            plugin->inputs = inputs + k;
    }
    statement_close(row);
}

static void read_answers(struct record_loader *loader)
{
    struct result *result = &loader->record->result;
    struct statement *row = statement_open(
        loader->database, "SELECT plugin, values_sha256, findings_sha256 FROM answers");
    while (result->n_plugins > 0 && statement_next(row)) {
        struct result_plugin *plugin =
            &result->plugins[statement_count(row, 0, result->n_plugins - 1)];
        plugin->values_sha256 = record_copy_of(loader, row, 1);
        plugin->findings_sha256 = record_copy_of(loader, row, 2);
    }
    statement_close(row);
}

static void read_plugins(struct record_loader *loader)
{
    struct record *record = loader->record;
    struct result *result = &record->result;
    uint64_t count = record_rows(loader, "SELECT count(*) FROM plugins"), p = 0;
    result->plugins = record_array(loader, count, sizeof *result->plugins);
    record->hashes = record_array(loader, count, sizeof *record->hashes);
    record->logs = record_array(loader, count, sizeof *record->logs);
    struct statement *row = statement_open(
        loader->database,
        "SELECT plugin, name, id, version, revision, title, bundle, sha256, parameters, status, "
        "ok, skipped, failed, findings_dropped, batch_dependent, computed, reused FROM plugins "
        "ORDER "
        "BY plugin");
    while (p < count && statement_next(row)) {
        if (statement_count(row, 0, count) != p)
            database_refuse(loader->database, "it is damaged: plugins are not counted from 0");
        else
            read_plugin(loader, row, p++);
    }
    result->n_plugins = database_failed(loader->database) ? 0 : p;
    statement_close(row);
}

/* --- Writes ------------------------------------------------------------------------------------ */

/* Which rows a write has; the innovations', a list's, or one for the whole portfolio. */
static void settle_rows(struct record_loader *loader, struct statement *row,
                        struct result_column *column, const char *entity)
{
    const struct model *model = &loader->record->model;
    uint64_t list = statement_count_or_none(row, 13, model->n_tables - 1);
    column->table = list == UINT64_MAX ? MODEL_NO_TABLE : (uint32_t)list;
    column->rows = statement_count(row, 14, loader->rows_most);
    uint64_t expected = list == UINT64_MAX ? 1 : model->tables[list].rows;
    bool whole = list != UINT64_MAX && !model->tables[list].path;
    if (column->rows != expected || (list == 0) != (entity[0] == '\0') || whole)
        database_refuse(loader->database, "it is damaged: a write has other rows than its list");
}

static void open_cells(struct record_loader *loader, struct result_column *column, bool bounds)
{
    if (column->write->type == UPTAKE_CHOICE)
        column->codes = record_array(loader, column->rows, sizeof *column->codes);
    else if (column->write->type == UPTAKE_NUMBER)
        column->values = record_array(loader, column->rows, sizeof *column->values);
    else
        column->texts = record_array(loader, column->rows, sizeof *column->texts);
    if (bounds) {
        column->low = record_array(loader, column->rows, sizeof *column->low);
        column->high = record_array(loader, column->rows, sizeof *column->high);
    }
}

static const char *const *read_choices(struct record_loader *loader, uint64_t write)
{
    struct statement *row = statement_open(
        loader->database, "SELECT code, name FROM choices WHERE \"write\" = ?1 ORDER BY code");
    enum { CHOICES = 1000 };
    const char **choices = record_array(loader, CHOICES + 1, sizeof *choices);
    uint64_t count = 0;
    STATEMENT_BIND(row, value_count(write));
    while (choices && count < CHOICES && statement_next(row)) {
        if (statement_count(row, 0, CHOICES) != count)
            database_refuse(loader->database, "it is damaged: choices are not counted from 0");
        choices[count++] = record_copy_of(loader, row, 1);
    }
    statement_close(row);
    if (loader->n_choices)
        loader->n_choices[write] = (uint32_t)count;
    return choices;
}

static void read_write(struct record_loader *loader, struct statement *row, uint64_t number,
                       struct result_column *column)
{
    struct uptake_write *write = record_array(loader, 1, sizeof *write);
    if (!write)
        return;
    write->name = record_copy_of(loader, row, 2);
    write->type = (uint32_t)(UPTAKE_NUMBER + record_word_of(loader, row, 4, record_types));
    write->entity = record_copy_of(loader, row, 5);
    write->unit = record_copy_of(loader, row, 6);
    write->min = statement_number(row, 7);
    write->max = statement_number(row, 8);
    write->better = record_word_of(loader, row, 9, record_better) - 1;
    write->quantity = record_copy_of(loader, row, 10);
    write->tolerance = statement_number(row, 11);
    write->doc = record_copy_of(loader, row, 12);
    bool bounds = statement_count(row, 15, 1) != 0;
    write->flags = bounds ? UPTAKE_BOUNDS : 0;
    if (write->type == UPTAKE_CHOICE)
        write->choices = read_choices(loader, number);
    column->write = write;
    settle_rows(loader, row, column, write->entity);
    if (!database_failed(loader->database))
        open_cells(loader, column, bounds);
}

/* Writes of a plugin follow each other. */
static void share_out(struct record_loader *loader, struct result_column *columns)
{
    struct result *result = &loader->record->result;
    size_t at = 0;
    for (size_t p = 0; p < result->n_plugins; p++) {
        struct result_plugin *plugin = &result->plugins[p];
        plugin->columns = columns + at;
        while (at < loader->n_writes && loader->write_plugins[at] == p) {
            plugin->n_columns++;
            at++;
        }
        ((struct plugin *)(uintptr_t)plugin->plugin)->n_writes = plugin->n_columns;
    }
    if (at != loader->n_writes)
        database_refuse(loader->database, "it is damaged: writes are out of order");
}

static void read_rests(struct record_loader *loader)
{
    const struct model *model = &loader->record->model;
    struct statement *row =
        statement_open(loader->database, "SELECT \"write\", list FROM rests_on ORDER BY rowid");
    while (statement_next(row)) {
        uint64_t write = statement_count(row, 0, loader->n_writes ? loader->n_writes - 1 : 0);
        uint64_t list = statement_count(row, 1, model->n_tables - 1);
        if (loader->n_writes == 0 || database_failed(loader->database))
            break;
        struct result_column *column = loader->writes[write];
        const struct model_table *table = &model->tables[list];
        if (column->n_basis_tables == 8 || !table->path || !table->basis || table->parent != 0)
            database_refuse(loader->database,
                            "it is damaged: a write rests on a list without basis");
        else
            column->basis_tables[column->n_basis_tables++] = (uint32_t)list;
    }
    statement_close(row);
}

static void read_writes(struct record_loader *loader)
{
    uint64_t count = record_rows(loader, "SELECT count(*) FROM writes");
    struct result_column *columns = record_array(loader, count, sizeof *columns);
    loader->writes = record_array(loader, count, sizeof *loader->writes);
    loader->write_plugins = record_array(loader, count, sizeof *loader->write_plugins);
    loader->usual = record_array(loader, count, 1);
    loader->n_choices = record_array(loader, count, sizeof *loader->n_choices);
    struct statement *row = statement_open(
        loader->database, "SELECT \"write\", plugin, name, measure, type, entity, unit, least, "
                          "most, better, quantity, "
                          "tolerance, doc, list, row_count, bounds, missing FROM writes ORDER BY "
                          "\"write\"");
    uint64_t cells = 0; /* a byte each at least */
    while (loader->n_writes < count && statement_next(row)) {
        uint64_t number = loader->n_writes++;
        if (statement_count(row, 0, count) != number)
            database_refuse(loader->database, "it is damaged: writes are not counted from 0");
        loader->writes[number] = &columns[number];
        int usual =
            statement_is_null(row, 16) ? 0 : record_word_of(loader, row, 16, record_missing);
        loader->usual[number] = (uint8_t)(usual > 0 ? usual : UPTAKE_LEFT_OUT);
        loader->write_plugins[number] = (uint32_t)statement_count(row, 1, UINT32_MAX);
        cells +=
            statement_count(row, 14, loader->rows_most) * (statement_count(row, 15, 1) ? 3 : 1);
        if (cells > database_bytes(loader->database))
            database_refuse(loader->database, "it is damaged: it names more values than it holds");
        if (database_failed(loader->database))
            break;
        read_write(loader, row, number, &columns[number]);
    }
    statement_close(row);
    if (!database_failed(loader->database))
        share_out(loader, columns);
}

void record_read_plugins(struct record_loader *loader)
{
    read_plugins(loader);
    read_plugin_inputs(loader);
    read_answers(loader);
    read_writes(loader);
    read_rests(loader);
}
