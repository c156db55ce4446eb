/* Reading a result: see result.h. */
#include "result/result.h"

#include <stdio.h>
#include <string.h>

#include "result/log.h"

/* The record at a place that names a worker too. */
static bool record_of(const struct result_plugin *plugin, uint32_t place,
                      const struct log_reader **reader, struct log_record *record)
{
    *reader = &plugin->log->slots[place >> RESULT_PLACE_BITS];
    return log_at(*reader, (uint64_t)(place & ((1u << RESULT_PLACE_BITS) - 1)) * 4, record);
}

static size_t text_of(const struct result_plugin *plugin, uint32_t place,
                      char text[UPTAKE_TEXT_BYTES + 1])
{
    const struct log_reader *reader;
    struct log_record record;
    text[0] = 0;
    return record_of(plugin, place, &reader, &record) ? log_text(reader, &record, text) : 0;
}

struct result_note result_note(const struct result_plugin *plugin, uint64_t k)
{
    const struct log_reader *reader;
    struct log_record record;
    uint32_t place = plugin->log->notes[k];
    struct result_note note = {UINT64_MAX, MODEL_NO_TABLE, 0, UPTAKE_NOT_KNOWN, place};
    if (!record_of(plugin, place, &reader, &record))
        return note;
    if (!record.head.portfolio)
        note.innovation = record.head.innovation;
    if (record.head.entity != LOG_WHOLE && record.head.entity < plugin->log->n_reads)
        note.table = plugin->log->read_tables[record.head.entity];
    note.row = record.head.row;
    note.level = record.head.level;
    return note;
}

size_t result_note_text(const struct result_plugin *plugin, const struct result_note *note,
                        char text[UPTAKE_TEXT_BYTES + 1])
{
    return text_of(plugin, note->entry, text);
}

uint32_t result_note_parts(const struct result_plugin *plugin, const struct result_note *note,
                           char text[UPTAKE_TEXT_BYTES + 1], struct log_parts *parts)
{
    const struct log_reader *reader;
    struct log_record record;
    *parts = (struct log_parts){.whole = true};
    text[0] = 0;
    if (!record_of(plugin, note->entry, &reader, &record))
        return 0;
    log_text_parts(reader, &record, text, parts);
    return (note->entry >> RESULT_PLACE_BITS) * LOG_NUMBERS + record.template;
}

bool result_note_format(const struct result_plugin *plugin, const struct result_note *note,
                        char format[LOG_FORMAT_BYTES + 1])
{
    const struct log_reader *reader;
    struct log_record record;
    return record_of(plugin, note->entry, &reader, &record) && log_format(reader, &record, format);
}

size_t result_text(const struct result_plugin *plugin, const struct result_column *column,
                   uint64_t row, char text[UPTAKE_TEXT_BYTES + 1])
{
    text[0] = 0;
    return column->texts && column->texts[row] != UINT32_MAX
               ? text_of(plugin, column->texts[row], text)
               : 0;
}

static const char *cause_of(const struct result_plugin *plugin, uint64_t innovation)
{
    const struct result_log *log = plugin->log;
    return log->failures && log->failures[innovation] ? log->causes[log->failures[innovation] - 1]
                                                      : NULL;
}

size_t result_status_text(const struct result_plugin *plugin, uint64_t innovation,
                          char text[UPTAKE_TEXT_BYTES + 32])
{
    static const char *const words[] = {"failed", "ok", "skipped", "failed"};
    uint8_t state = plugin->states[innovation];
    char reason[UPTAKE_TEXT_BYTES + 1] = "";
    const char *cause = cause_of(plugin, innovation);
    const uint32_t *reasons = plugin->log->reasons;
    if (cause)
        snprintf(reason, sizeof reason, "%s", cause);
    else if (reasons && reasons[innovation] != UINT32_MAX && state != RESULT_OK)
        text_of(plugin, reasons[innovation], reason);
    int used = snprintf(text, UPTAKE_TEXT_BYTES + 32, "%s%s%s",
                        words[state <= RESULT_FAILED ? state : 0], *reason ? ": " : "", reason);
    return used < 0 ? 0 : (size_t)used;
}

const char *result_because(const struct result *result, const struct result_note *note)
{
    if (note->table == MODEL_NO_TABLE)
        return NULL;
    const struct model_table *table = &result->model->tables[note->table];
    if (!table->because || note->row >= table->rows || table->because[note->row] < 0)
        return NULL;
    return model_text(result->model, table->because[note->row]);
}

/* --- Basis ------------------------------------------------------------------------------------- */

static bool counts(const struct result_plugin *plugin, size_t write, uint32_t read)
{
    const struct uptake_rows *rests_on = &plugin->plugin->writes[write].rests_on;
    for (size_t k = 0; k < rests_on->count; k++)
        if (((const uint32_t *)rests_on->rows)[k] == read)
            return true;
    return rests_on->count == 0;
}

/* Rows of a list inside the innovation: lists of lists have no basis of their own. */
static void add_table(const struct model_table *table, uint64_t innovation,
                      struct result_basis *basis)
{
    for (int64_t r = table->offsets[innovation]; r < table->offsets[innovation + 1]; r++) {
        basis->rows++;
        basis->desk_reading += (table->basis[r] & BASIS_DESK) != 0;
        basis->hindsight += (table->basis[r] & BASIS_HINDSIGHT) != 0;
        basis->without_evidence += (table->basis[r] & BASIS_NO_EVIDENCE) != 0;
    }
}

/* A filtered list beside the whole of it is not counted twice. */
static bool counted(const struct result *result, const uint32_t *tables, size_t count,
                    uint32_t table)
{
    const struct model_table *all = result->model->tables;
    for (size_t k = 0; k < count; k++)
        if (tables[k] == table || (strcmp(all[tables[k]].list, all[table].list) == 0 &&
                                   strcmp(all[tables[k]].path, all[tables[k]].list) == 0))
            return true;
    return false;
}

void result_basis_tables(const struct result *result, const struct result_plugin *plugin,
                         size_t write)
{
    struct result_column *column = &plugin->columns[write];
    const uint32_t room = sizeof column->basis_tables / sizeof *column->basis_tables;
    column->n_basis_tables = 0;
    for (int whole = 1; whole >= 0; whole--)
        for (uint32_t read = 0; read < plugin->log->n_reads; read++) {
            uint32_t table = plugin->log->read_tables[read];
            if (table == MODEL_NO_TABLE || !counts(plugin, write, read) ||
                column->n_basis_tables == room)
                continue;
            const struct model_table *of = &result->model->tables[table];
            bool is_whole = strcmp(of->path, of->list) == 0;
            if (is_whole == (whole == 1) && of->basis && of->parent == 0 &&
                !counted(result, column->basis_tables, column->n_basis_tables, table))
                column->basis_tables[column->n_basis_tables++] = table;
        }
}

struct result_basis result_basis_of(const struct result *result, const struct result_plugin *plugin,
                                    size_t write, uint64_t innovation)
{
    const struct result_column *column = &plugin->columns[write];
    struct result_basis basis = {0, 0, 0, 0};
    for (uint32_t k = 0; k < column->n_basis_tables; k++)
        add_table(&result->model->tables[column->basis_tables[k]], innovation, &basis);
    return basis;
}

void result_finish(struct result *result)
{
    if (result->release)
        result->release(result);
    arena_finish(&result->arena);
    memset(result, 0, sizeof *result);
}
