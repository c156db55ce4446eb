/* Statuses and findings of a record. Texts of a plugin stand in a log, as a worker would have written it. */
#include <string.h>

#include "result/record_read_internal.h"

enum { LOG_MOST = 500 << 20, RECORD_ROOM = 1100 };

/* --- Texts of a plugin, as its log ------------------------------------------------------------- */

/* Room for one more record in a plugin's log. Plugins come one after the other. */
static bool open_log(struct record_loader *loader, size_t p)
{
    struct buffer *buffer = &loader->record->logs[p].text;
    struct log_writer *writer = &loader->log;
    if (loader->log_of != p) {
        *writer = (struct log_writer){.used = buffer->bytes};
        loader->log_of = p;
    }
    if (buffer->bytes > LOG_MOST ||
        (buffer->room - buffer->bytes < RECORD_ROOM && buffer_reserve(buffer, 1 << 20) != 0)) {
        database_memory(loader->database);
        return false;
    }
    writer->start = buffer->data;
    writer->room = buffer->room;
    return true;
}

uint32_t record_append(struct record_loader *loader, size_t p, struct log_head head,
                       const char *text, size_t bytes)
{
    if (!open_log(loader, p))
        return UINT32_MAX;
    uint32_t place = RESULT_PLACE(0, loader->log.used);
    log_append_plain(&loader->log, head, text, bytes);
    loader->record->logs[p].text.bytes = loader->log.used;
    return place;
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
                record_append(loader, p, head, reason, bytes);
    }
    statement_close(row);
}

/* --- Kinds of findings --------------------------------------------------------------------------- */

/* Answers how many values a sentence has; -1: it is none. */
static int count_values(const char *text)
{
    int count = 0;
    for (const char *at = strchr(text, '%'); at; at = strchr(at + 2, '%'))
        if (at[1] == 's')
            count++;
        else if (at[1] != '%')
            return -1;
    return strlen(text) <= LOG_FORMAT_BYTES && count <= LOG_PARTS ? count : -1;
}

static void read_kind(struct record_loader *loader, struct statement *row, struct record_kind *kind)
{
    const struct result *result = &loader->record->result;
    const struct model *model = &loader->record->model;
    kind->plugin = statement_count(row, 1, result->n_plugins ? result->n_plugins - 1 : 0);
    kind->level = (uint8_t)(UPTAKE_BLOCKS + record_word_of(loader, row, 2, record_levels));
    kind->list = statement_count_or_none(row, 3, model->n_tables - 1);
    kind->text = record_copy_of(loader, row, 4);
    kind->n_values = count_values(kind->text);
    kind->number = -1;
    if (result->n_plugins == 0)
        database_refuse(loader->database, "it is damaged: findings of no plugin");
    if (kind->n_values < 0)
        statement_refuse(row, 4, "a sentence of at most 6 values");
    if (kind->list != UINT64_MAX &&
        (kind->list >= LOG_WHOLE || kind->list == 0 || !model->tables[kind->list].path))
        database_refuse(loader->database, "it is damaged: a finding is about no list");
}

static void read_kinds(struct record_loader *loader)
{
    uint64_t count = record_rows(loader, "SELECT count(*) FROM finding_kinds");
    loader->kinds = record_array(loader, count, sizeof *loader->kinds);
    struct statement *row =
        statement_open(loader->database,
                       "SELECT kind, plugin, level, list, text FROM finding_kinds ORDER BY kind");
    while (loader->n_kinds < count && statement_next(row)) {
        if (statement_count(row, 0, count) != loader->n_kinds)
            database_refuse(loader->database, "it is damaged: kinds are not counted from 0");
        read_kind(loader, row, &loader->kinds[loader->n_kinds++]);
    }
    statement_close(row);
}

/* --- Findings ------------------------------------------------------------------------------------ */

static struct log_head finding_head(struct record_loader *loader, struct statement *row,
                                    const struct record_kind *kind, uint64_t innovation)
{
    const struct model *model = &loader->record->model;
    struct log_head head = {.kind = LOG_NOTE,
                            .level = kind->level,
                            .portfolio = innovation == UINT64_MAX,
                            .entity = LOG_WHOLE,
                            .innovation = innovation == UINT64_MAX ? 0 : (uint32_t)innovation};
    head.row = head.innovation;
    if (kind->list == UINT64_MAX)
        return head;
    head.entity = (uint8_t)kind->list;
    head.row = (uint32_t)statement_count(row, 2, UINT32_MAX);
    if (head.row >= model->tables[kind->list].rows)
        database_refuse(loader->database, "it is damaged: a finding is about no row");
    return head;
}

/* A sentence stands once in its plugin's log, from its first finding on. */
static void put_down(struct record_loader *loader, struct record_kind *kind)
{
    struct record_log *log = &loader->record->logs[kind->plugin];
    if (kind->number >= 0 || log->n_places == LOG_NUMBERS)
        return;
    if (!log->places)
        log->places = record_array(loader, LOG_NUMBERS, sizeof *log->places);
    if (!log->places || !open_log(loader, kind->plugin))
        return;
    log->places[log->n_places] = (uint32_t)loader->log.used;
    kind->number = log_format_add(&loader->log, kind->text);
    log->n_places += kind->number >= 0;
    log->text.bytes = loader->log.used;
}

static uint32_t say(struct record_loader *loader, struct statement *row, struct record_kind *kind,
                    struct log_head head)
{
    struct log_part parts[LOG_PARTS];
    struct record_log *log = &loader->record->logs[kind->plugin];
    for (int v = 0; v < kind->n_values; v++) {
        uint64_t bytes;
        parts[v].text = statement_text(row, 3 + v, &bytes);
        parts[v].bytes = bytes;
        if (!parts[v].text) {
            statement_refuse(row, 3 + v, "a text");
            return UINT32_MAX;
        }
    }
    put_down(loader, kind);
    if (!open_log(loader, kind->plugin))
        return UINT32_MAX;
    uint32_t place = RESULT_PLACE(0, loader->log.used);
    log_append_parts(&loader->log, head, kind->number, kind->text, parts, (size_t)kind->n_values);
    log->text.bytes = loader->log.used;
    return place;
}

/* Notes of a plugin are by innovation, the portfolio's last. filled: innovations whose first note is known. */
static void take_finding(struct record_loader *loader, struct statement *row,
                         struct record_kind *kind, uint64_t *filled)
{
    struct result_plugin *plugin = &loader->record->result.plugins[kind->plugin];
    uint32_t *notes_at = (uint32_t *)(uintptr_t)plugin->notes_at;
    uint64_t n = loader->record->model.innovations;
    uint64_t innovation = statement_count_or_none(row, 1, n - 1);
    uint64_t to = innovation == UINT64_MAX ? n : innovation;
    struct log_head head = finding_head(loader, row, kind, innovation);
    if (to < *filled || plugin->n_notes == UINT32_MAX) {
        database_refuse(loader->database, "it is damaged: findings are out of order");
        return;
    }
    while (*filled < to)
        notes_at[++*filled] = (uint32_t)plugin->n_notes;
    uint32_t place = say(loader, row, kind, head);
    if (buffer_append(&loader->record->logs[kind->plugin].notes, &place, sizeof place) != 0)
        database_memory(loader->database);
    plugin->n_notes++;
}

/* The kind of the row; NULL: there is none, or it is of another plugin. */
static struct record_kind *kind_of(struct record_loader *loader, struct statement *row, bool more,
                                   size_t p)
{
    uint64_t kind = more && loader->n_kinds ? statement_count(row, 0, loader->n_kinds - 1) : 0;
    return more && loader->n_kinds && loader->kinds[kind].plugin == p ? &loader->kinds[kind] : NULL;
}

static void read_findings(struct record_loader *loader)
{
    struct result *result = &loader->record->result;
    uint64_t n = result->model->innovations;
    struct statement *row =
        statement_open(loader->database, "SELECT kind, innovation, \"row\", v1, v2, v3, v4, v5, v6 "
                                         "FROM findings ORDER BY rowid");
    bool more = statement_next(row);
    for (size_t p = 0; p < result->n_plugins; p++) {
        struct result_plugin *plugin = &result->plugins[p];
        struct record_kind *kind;
        uint32_t *notes_at = record_array(loader, n + 1, sizeof *notes_at);
        uint64_t filled = 0;
        plugin->notes_at = notes_at;
        while (notes_at && (kind = kind_of(loader, row, more, p)) != NULL) {
            take_finding(loader, row, kind, &filled);
            more = statement_next(row);
        }
        while (notes_at && filled < n)
            notes_at[++filled] = (uint32_t)plugin->n_notes;
    }
    if (more)
        database_refuse(loader->database, "it is damaged: findings of no plugin, or out of order");
    statement_close(row);
}

/* --- Messages ------------------------------------------------------------------------------------ */

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
        log->slots[0] = (struct log_reader){.start = of->text.data,
                                            .bytes = of->text.bytes,
                                            .templates = of->places,
                                            .n_templates = of->n_places};
        log->notes = (const uint32_t *)(const void *)of->notes.data;
        log->read_tables = tables;
        log->n_reads = lists;
    }
}

void record_read_findings(struct record_loader *loader)
{
    read_statuses(loader);
    read_kinds(loader);
    if (!database_failed(loader->database))
        read_findings(loader);
    read_messages(loader);
    settle_logs(loader);
}
