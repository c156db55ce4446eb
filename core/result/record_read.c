/*
 * Reading a record: see record_read.h. Every table's SQL is compared with this version's own before a row is read; then
 * every number, word and text is checked where it is taken. Rows must come in the order in which they were written.
 */
#include "result/record_read.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/date.h"
#include "result/record_read_internal.h"

/* --- Helpers ----------------------------------------------------------------------------------- */

void *record_array(struct record_loader *loader, uint64_t count, size_t size)
{
    void *memory = database_failed(loader->database)
                       ? NULL
                       : arena_array(&loader->record->arena, count ? count : 1, size);
    if (!memory)
        database_memory(loader->database);
    return memory;
}

const char *record_copy(struct record_loader *loader, struct statement *row, int column)
{
    uint64_t bytes;
    const char *text = statement_text(row, column, &bytes);
    const char *copy = text ? arena_text(&loader->record->arena, text, bytes) : NULL;
    if (text && !copy)
        database_memory(loader->database);
    return copy;
}

const char *record_copy_of(struct record_loader *loader, struct statement *row, int column)
{
    const char *text = record_copy(loader, row, column);
    if (!text)
        statement_refuse(row, column, "a text");
    return text ? text : "";
}

int record_word_of(struct record_loader *loader, struct statement *row, int column,
                   const char *const *words)
{
    int word = record_word(words, statement_text(row, column, NULL));
    (void)loader;
    if (word < 0)
        statement_refuse(row, column, "a word that is known there");
    return word < 0 ? 0 : word;
}

uint64_t record_rows(struct record_loader *loader, const char *count_sql)
{
    struct statement *count = statement_open(loader->database, count_sql);
    uint64_t rows = statement_next(count) ? statement_count(count, 0, INT64_MAX) : 0;
    statement_close(count);
    if (rows > RECORD_MOST || rows > loader->rows_most)
        database_refuse(loader->database, "it is damaged: a table has %llu rows",
                        (unsigned long long)rows);
    return database_failed(loader->database) ? 0 : rows;
}

/* --- The schema -------------------------------------------------------------------------------- */

void record_check_table(struct record_loader *loader, const char *name, const char *sql)
{
    struct statement *row = statement_open(
        loader->database, "SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ?1");
    STATEMENT_BIND(row, value_text(name));
    const char *found = statement_next(row) ? statement_text(row, 0, NULL) : NULL;
    if (!found || strcmp(found, sql) != 0)
        database_refuse(loader->database, "it is damaged: the table '%s' is %s", name,
                        found ? "not as a record has it" : "missing");
    statement_close(row);
}

static void check_schema(struct record_loader *loader)
{
    size_t count;
    const struct record_table *tables = record_tables(&count);
    for (size_t k = 0; k < count; k++)
        record_check_table(loader, tables[k].name, tables[k].sql);
}

/* --- The run ----------------------------------------------------------------------------------- */

static void read_facts(struct record_loader *loader)
{
    struct record *record = loader->record;
    uint64_t count = record_rows(loader, "SELECT count(*) FROM run");
    record->facts = record_array(loader, count, sizeof *record->facts);
    struct statement *row = statement_open(loader->database, "SELECT key, value FROM run");
    while (record->n_facts < count && statement_next(row)) {
        struct record_fact fact = {.key = record_copy_of(loader, row, 0)};
        if (statement_is_text(row, 1))
            fact.text = record_copy_of(loader, row, 1);
        else if (!statement_is_null(row, 1))
            fact.number = statement_count(row, 1, INT64_MAX);
        record->facts[record->n_facts++] = fact;
    }
    statement_close(row);
}

static const struct record_fact *find_fact(const struct record *record, const char *key)
{
    for (size_t k = 0; k < record->n_facts; k++)
        if (strcmp(record->facts[k].key, key) == 0)
            return &record->facts[k];
    return NULL;
}

const char *record_fact(const struct record *record, const char *key)
{
    const struct record_fact *fact = find_fact(record, key);
    return fact && fact->text ? fact->text : "";
}

static uint64_t number_of(const struct record *record, const char *key)
{
    const struct record_fact *fact = find_fact(record, key);
    return fact && !fact->text ? fact->number : 0;
}

static const char *text_or_null(const struct record *record, const char *key)
{
    const struct record_fact *fact = find_fact(record, key);
    return fact ? fact->text : NULL;
}

static void describe_run(struct record_loader *loader)
{
    struct record *record = loader->record;
    struct result *result = &record->result;
    struct model *model = &record->model;
    const char *date = record_fact(record, "as_of");
    result->model = model;
    result->spec_path = record_fact(record, "spec");
    result->spec_title = text_or_null(record, "title");
    result->spec_note = text_or_null(record, "note");
    result->model_path = record_fact(record, "model");
    result->containment = record_fact(record, "containment");
    result->as_of_given = number_of(record, "as_of_given") != 0;
    if (!date_parse(date, strlen(date), &result->as_of))
        database_refuse(loader->database, "it is damaged: its as_of is no date");
    result->where = text_or_null(record, "where");
    result->where_kept = number_of(record, "where_kept");
    result->where_all = number_of(record, "where_all");
    model->title = text_or_null(record, "model_title");
    model->innovations = number_of(record, "innovations");
    model->left_out = number_of(record, "left_out");
    model->hindsight = number_of(record, "hindsight");
    model->desk_rows = number_of(record, "desk_rows");
    model->basis_rows = number_of(record, "basis_rows");
    if (model->innovations == 0 || model->innovations > loader->rows_most)
        database_refuse(loader->database, "it is damaged: its number of innovations is impossible");
}

/* --- What went in ------------------------------------------------------------------------------ */

static void read_inputs(struct record_loader *loader)
{
    struct record *record = loader->record;
    uint64_t count = record_rows(loader, "SELECT count(*) FROM inputs");
    record->inputs = record_array(loader, count, sizeof *record->inputs);
    struct statement *row = statement_open(
        loader->database, "SELECT kind, path, sha256, bytes, content FROM inputs ORDER BY input");
    while (record->n_inputs < count && statement_next(row)) {
        struct record_input input = {.kind = record_copy_of(loader, row, 0),
                                     .path = record_copy_of(loader, row, 1),
                                     .sha256 = record_copy_of(loader, row, 2),
                                     .bytes = statement_count(row, 3, INT64_MAX)};
        statement_text(row, 4, &input.content_bytes);
        input.content = record_copy(loader, row, 4);
        record->inputs[record->n_inputs++] = input;
    }
    statement_close(row);
}

static void read_options(struct record_loader *loader)
{
    struct record *record = loader->record;
    uint64_t count = record_rows(loader, "SELECT count(*) FROM options");
    record->options = record_array(loader, count, sizeof *record->options);
    struct statement *row =
        statement_open(loader->database, "SELECT name, value FROM options ORDER BY position");
    while (record->n_options < count && statement_next(row))
        record->options[record->n_options++] =
            (struct record_option){record_copy_of(loader, row, 0), record_copy_of(loader, row, 1)};
    statement_close(row);
}

/* --- What its rows rest on --------------------------------------------------------------------- */

static void read_sources(struct record_loader *loader)
{
    struct record *record = loader->record;
    uint64_t count = record_rows(loader, "SELECT count(*) FROM sources");
    record->sources = record_array(loader, count, sizeof *record->sources);
    struct statement *row = statement_open(
        loader->database, "SELECT source, id, type, year, citation, url FROM sources ORDER BY 1");
    while (record->n_sources < count && statement_next(row)) {
        if (statement_count(row, 0, count) != record->n_sources)
            database_refuse(loader->database, "it is damaged: sources are not counted from 0");
        record->sources[record->n_sources++] =
            (struct record_source){.id = record_copy_of(loader, row, 1),
                                   .type = record_copy(loader, row, 2),
                                   .year = statement_number(row, 3),
                                   .text = record_copy(loader, row, 4),
                                   .url = record_copy(loader, row, 5)};
    }
    statement_close(row);
}

static void read_uses(struct record_loader *loader)
{
    struct record *record = loader->record;
    uint64_t count = record_rows(loader, "SELECT count(*) FROM source_uses");
    record->uses = record_array(loader, count, sizeof *record->uses);
    struct statement *row = statement_open(
        loader->database,
        "SELECT innovation, entity, \"row\", source FROM source_uses ORDER BY rowid");
    while (record->n_uses < count && record->n_sources > 0 && statement_next(row)) {
        struct record_use use = {.innovation =
                                     statement_count(row, 0, record->model.innovations - 1),
                                 .entity = record_copy_of(loader, row, 1),
                                 .row = statement_count(row, 2, INT64_MAX),
                                 .source = statement_count(row, 3, record->n_sources - 1)};
        if (record->n_uses && use.innovation < record->uses[record->n_uses - 1].innovation)
            database_refuse(loader->database, "it is damaged: uses of sources are out of order");
        record->uses[record->n_uses++] = use;
    }
    statement_close(row);
}

/* --- The whole --------------------------------------------------------------------------------- */

/* answers: what plugins answered rests on it. */
static const struct {
    void (*read)(struct record_loader *loader);
    bool answers;
} stages[] = {
    {check_schema, true},        {read_facts, true},       {describe_run, true},
    {read_inputs, false},        {read_options, false},    {record_read_model, true},
    {record_read_plugins, true}, {record_read_rows, true}, {record_read_findings, true},
    {record_read_merged, false}, {read_sources, false},    {read_uses, false},
};

static int read_whole(const char *path, bool answers, struct record *record,
                      struct uptake_error *error)
{
    struct record_loader loader = {.record = record, .log_of = SIZE_MAX, .answers = answers};
    *record = (struct record){.path = path};
    if (database_open(&loader.database, path, RECORD_IDENTITY, RECORD_VERSION, "a record of a run",
                      error) != 0)
        return -1;
    /* A row takes 4 bytes at least. */
    loader.rows_most = database_bytes(loader.database) / 4;
    for (size_t k = 0; k < sizeof stages / sizeof *stages; k++)
        if ((stages[k].answers || !answers) && !database_failed(loader.database))
            stages[k].read(&loader);
    int failed = database_close(loader.database, error);
    if (failed)
        record_finish(record);
    return failed;
}

int record_read(const char *path, struct record *record, struct uptake_error *error)
{
    return read_whole(path, false, record, error);
}

int record_read_answers(const char *path, struct record *record, struct uptake_error *error)
{
    return read_whole(path, true, record, error);
}

void record_finish(struct record *record)
{
    for (size_t p = 0; record->logs && p < record->result.n_plugins; p++) {
        buffer_finish(&record->logs[p].text);
        buffer_finish(&record->logs[p].notes);
    }
    buffer_finish(&record->pool);
    buffer_finish(&record->offsets);
    arena_finish(&record->arena);
    *record = (struct record){0};
}

bool record_is_one(const char *path)
{
    char head[16] = "";
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    bool is_one = file >= 0 && pread(file, head, sizeof head, 0) == (ssize_t)sizeof head &&
                  memcmp(head, "SQLite format 3", sizeof head) == 0;
    if (file >= 0)
        close(file);
    return is_one;
}
