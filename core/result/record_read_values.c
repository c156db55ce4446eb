/* Plugins, their columns, statuses and findings of a record. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "result/record_read_internal.h"

enum { LOG_MOST = 500 << 20, RECORD_ROOM = 512 };

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
        .states = states,
        .log = log};
    log->reasons = reasons;
}

void record_read_plugins(struct record_loader *loader)
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
        "ok, "
        "skipped, failed, findings_dropped, batch_dependent FROM plugins ORDER BY plugin");
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
    struct statement *row = statement_open(
        loader->database, "SELECT \"write\", plugin, name, measure, type, entity, unit, least, "
                          "most, better, quantity, "
                          "tolerance, doc, list, row_count, bounds FROM writes ORDER BY \"write\"");
    uint64_t cells = 0;
    while (loader->n_writes < count && statement_next(row)) {
        uint64_t number = loader->n_writes++;
        if (statement_count(row, 0, count) != number)
            database_refuse(loader->database, "it is damaged: writes are not counted from 0");
        loader->writes[number] = &columns[number];
        loader->write_plugins[number] = (uint32_t)statement_count(row, 1, UINT32_MAX);
        cells += statement_count(row, 14, loader->rows_most);
        if (cells > loader->rows_most)
            database_refuse(loader->database, "it is damaged: it names more values than it holds");
        if (database_failed(loader->database))
            break;
        read_write(loader, row, number, &columns[number]);
    }
    statement_close(row);
    if (!database_failed(loader->database))
        share_out(loader, columns);
}

/* --- Texts of a plugin, as its log ------------------------------------------------------------- */

/* A record of the log; its place, UINT32_MAX where it found no room. */
static uint32_t append(struct record_loader *loader, size_t p, struct log_head head,
                       const char *text, size_t bytes)
{
    struct buffer *buffer = &loader->record->logs[p].text;
    struct log_writer *writer = &loader->log;
    if (loader->log_of != p || buffer->room - writer->used < RECORD_ROOM) {
        buffer->bytes = loader->log_of == p ? writer->used : buffer->bytes;
        if (buffer->bytes > LOG_MOST || buffer_reserve(buffer, 1 << 20) != 0) {
            database_memory(loader->database);
            return UINT32_MAX;
        }
        uint64_t used = buffer->bytes;
        *writer = (struct log_writer){.start = buffer->data, .room = buffer->room, .used = used};
        loader->log_of = p;
    }
    uint32_t place = RESULT_PLACE(0, writer->used);
    log_append_plain(writer, head, text, bytes);
    buffer->bytes = writer->used;
    return place;
}

/* --- Cells ------------------------------------------------------------------------------------- */

static void take_choice(struct statement *row, struct result_column *column, uint64_t at, int why)
{
    const char *word = statement_text(row, 2, NULL);
    int code = word ? record_word(column->write->choices, word) : -1;
    if (word && code < 0)
        statement_refuse(row, 2, "a word of that choice");
    column->codes[at] = code >= 0 ? code : -(why > 0 ? why : UPTAKE_LEFT_OUT);
}

static void take_text(struct record_loader *loader, struct statement *row, uint64_t write,
                      struct result_column *column, uint64_t at)
{
    uint64_t bytes;
    const char *text = statement_text(row, 2, &bytes);
    struct log_head head = {
        .kind = LOG_TEXT, .entity = LOG_WHOLE, .innovation = (uint32_t)at, .row = (uint32_t)at};
    column->texts[at] =
        text ? append(loader, loader->write_plugins[write], head, text, bytes) : UINT32_MAX;
}

static void take_cell(struct record_loader *loader, struct statement *row, uint64_t write,
                      uint64_t at)
{
    struct result_column *column = loader->writes[write];
    int why = statement_is_null(row, 5) ? 0 : record_word_of(loader, row, 5, record_missing);
    const double none = uptake_missing_number(why > 0 ? why : UPTAKE_LEFT_OUT);
    if (column->values) {
        double x = statement_number(row, 2);
        column->values[at] = x == x ? x : none;
    } else if (column->codes) {
        take_choice(row, column, at, why);
    } else {
        take_text(loader, row, write, column, at);
    }
    if (column->low) {
        double low = statement_number(row, 3), high = statement_number(row, 4);
        column->low[at] = low == low ? low : none;
        column->high[at] = high == high ? high : none;
    }
}

void record_read_cells(struct record_loader *loader)
{
    read_writes(loader);
    read_rests(loader);
    struct statement *row = statement_open(
        loader->database,
        "SELECT \"write\", \"row\", value, low, high, missing FROM cells ORDER BY rowid");
    uint64_t write = 0, at = 0;
    while (statement_next(row)) {
        while (write < loader->n_writes && at == loader->writes[write]->rows)
            write++, at = 0;
        if (write == loader->n_writes || statement_count(row, 0, INT64_MAX) != write ||
            statement_count(row, 1, INT64_MAX) != at)
            database_refuse(loader->database, "it is damaged: values are out of order");
        else
            take_cell(loader, row, write, at++);
    }
    while (write < loader->n_writes && at == loader->writes[write]->rows)
        write++, at = 0;
    if (write < loader->n_writes)
        database_refuse(loader->database, "it is damaged: values are missing");
    statement_close(row);
}

/* --- Statuses ---------------------------------------------------------------------------------- */

static void read_statuses(struct record_loader *loader)
{
    struct result *result = &loader->record->result;
    struct statement *row = statement_open(
        loader->database, "SELECT plugin, innovation, status, reason FROM statuses ORDER BY rowid");
    while (statement_next(row)) {
        uint64_t p = statement_count(row, 0, result->n_plugins ? result->n_plugins - 1 : 0);
        uint64_t i = statement_count(row, 1, result->model->innovations - 1), bytes;
        int state = record_word_of(loader, row, 2, record_states);
        const char *reason = statement_text(row, 3, &bytes);
        if (database_failed(loader->database) || result->n_plugins == 0)
            break;
        struct result_plugin *plugin = &result->plugins[p];
        struct log_head head = {
            .kind = LOG_SKIP, .entity = LOG_WHOLE, .innovation = (uint32_t)i, .row = (uint32_t)i};
        ((uint8_t *)(uintptr_t)plugin->states)[i] = state ? (uint8_t)state : RESULT_FAILED;
        if (reason)
            ((uint32_t *)(uintptr_t)plugin->log->reasons)[i] =
                append(loader, p, head, reason, bytes);
    }
    statement_close(row);
}

/* --- Findings ---------------------------------------------------------------------------------- */

static struct log_head finding_head(struct record_loader *loader, struct statement *row,
                                    uint64_t innovation)
{
    const struct model *model = &loader->record->model;
    uint64_t list = statement_count_or_none(row, 4, model->n_tables - 1);
    struct log_head head = {
        .kind = LOG_NOTE,
        .level = (uint8_t)(UPTAKE_BLOCKS + record_word_of(loader, row, 2, record_levels)),
        .portfolio = innovation == UINT64_MAX,
        .entity = LOG_WHOLE,
        .innovation = innovation == UINT64_MAX ? 0 : (uint32_t)innovation};
    head.row = head.innovation;
    if (list == UINT64_MAX)
        return head;
    if (list >= LOG_WHOLE || list == 0 || !model->tables[list].path) {
        database_refuse(loader->database, "it is damaged: a finding is about no list");
        return head;
    }
    head.entity = (uint8_t)list;
    head.row = (uint32_t)statement_count(row, 5, UINT32_MAX);
    if (head.row >= model->tables[list].rows)
        database_refuse(loader->database, "it is damaged: a finding is about no row");
    return head;
}

/* Notes of a plugin are by innovation, the portfolio's last. filled: innovations whose first note is known. */
static void take_finding(struct record_loader *loader, struct statement *row, size_t p,
                         uint64_t *filled)
{
    struct result_plugin *plugin = &loader->record->result.plugins[p];
    uint32_t *notes_at = (uint32_t *)(uintptr_t)plugin->notes_at;
    uint64_t n = loader->record->model.innovations, bytes;
    uint64_t innovation = statement_count_or_none(row, 1, n - 1);
    uint64_t to = innovation == UINT64_MAX ? n : innovation;
    const char *text = statement_text(row, 3, &bytes);
    struct log_head head = finding_head(loader, row, innovation);
    if (to < *filled || !text || plugin->n_notes == UINT32_MAX) {
        database_refuse(loader->database, "it is damaged: findings are out of order");
        return;
    }
    while (*filled < to)
        notes_at[++*filled] = (uint32_t)plugin->n_notes;
    uint32_t place = append(loader, p, head, text, bytes);
    if (buffer_append(&loader->record->logs[p].notes, &place, sizeof place) != 0)
        database_memory(loader->database);
    plugin->n_notes++;
}

static void read_findings(struct record_loader *loader)
{
    struct result *result = &loader->record->result;
    uint64_t n = result->model->innovations;
    struct statement *row = statement_open(
        loader->database,
        "SELECT plugin, innovation, level, text, list, \"row\" FROM findings ORDER BY rowid");
    bool more = statement_next(row);
    for (size_t p = 0; p < result->n_plugins; p++) {
        struct result_plugin *plugin = &result->plugins[p];
        uint32_t *notes_at = record_array(loader, n + 1, sizeof *notes_at);
        uint64_t filled = 0;
        plugin->notes_at = notes_at;
        while (notes_at && more && statement_count(row, 0, INT64_MAX) == p) {
            take_finding(loader, row, p, &filled);
            more = statement_next(row);
        }
        while (notes_at && filled < n)
            notes_at[++filled] = (uint32_t)plugin->n_notes;
    }
    if (more)
        database_refuse(loader->database, "it is damaged: findings of no plugin");
    statement_close(row);
}

static void read_messages(struct record_loader *loader)
{
    struct result *result = &loader->record->result;
    uint64_t count = record_rows(loader, "SELECT count(*) FROM messages");
    const char **messages = record_array(loader, count, sizeof *messages);
    struct statement *row = statement_open(
        loader->database, "SELECT plugin, text FROM messages ORDER BY plugin, position");
    for (uint64_t k = 0; k < count && result->n_plugins > 0 && statement_next(row); k++) {
        struct result_plugin *plugin =
            &result->plugins[statement_count(row, 0, result->n_plugins - 1)];
        messages[k] = record_copy_of(loader, row, 1);
        if (plugin->n_messages++ == 0)
            plugin->messages = messages + k;
    }
    statement_close(row);
}

/* The logs stand still now. */
static void settle_logs(struct record_loader *loader)
{
    struct record *record = loader->record;
    uint32_t lists =
        record->model.n_tables < LOG_WHOLE ? (uint32_t)record->model.n_tables : LOG_WHOLE;
    uint32_t *tables = record_array(loader, lists, sizeof *tables);
    for (uint32_t t = 0; tables && t < lists; t++)
        tables[t] = t;
    for (size_t p = 0; p < record->result.n_plugins; p++) {
        struct result_log *log = (struct result_log *)(uintptr_t)record->result.plugins[p].log;
        const struct record_log *of = &record->logs[p];
        log->slots[0] = (struct log_reader){.start = of->text.data, .bytes = of->text.bytes};
        log->notes = (const uint32_t *)(const void *)of->notes.data;
        log->read_tables = tables;
        log->n_reads = lists;
    }
}

void record_read_findings(struct record_loader *loader)
{
    read_statuses(loader);
    read_findings(loader);
    read_messages(loader);
    settle_logs(loader);
}
