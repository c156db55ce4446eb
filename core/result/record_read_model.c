/* Innovations and lists of a record, as the tables of a model without columns: what results are about. */
#include <string.h>

#include "result/record_read_internal.h"

/* --- Texts ------------------------------------------------------------------------------------- */

/* One that follows its like is kept once. */
int32_t record_pool(struct record_loader *loader, struct statement *row, int column)
{
    struct record *record = loader->record;
    uint64_t bytes, at = record->pool.bytes;
    const char *text = statement_text(row, column, &bytes);
    size_t count = record->offsets.bytes / sizeof at;
    if (!text)
        return -1;
    if (count > 0) {
        uint64_t last;
        memcpy(&last, record->offsets.data + (count - 1) * sizeof last, sizeof last);
        if (at - last == bytes + 1 && memcmp(record->pool.data + last, text, bytes + 1) == 0)
            return (int32_t)(count - 1);
    }
    if (count >= INT32_MAX || buffer_append(&record->pool, text, bytes + 1) != 0 ||
        buffer_append(&record->offsets, &at, sizeof at) != 0)
        database_memory(loader->database);
    return (int32_t)count;
}

void record_settle_pool(struct record_loader *loader)
{
    struct record *record = loader->record;
    record->model.text_pool = record->pool.data;
    record->model.text_offsets = (const uint64_t *)(const void *)record->offsets.data;
    record->model.text_count = record->offsets.bytes / sizeof(uint64_t);
}

/* --- Innovations ------------------------------------------------------------------------------- */

static void read_innovations(struct record_loader *loader)
{
    struct model *model = &loader->record->model;
    int32_t *ids = record_array(loader, model->innovations, sizeof *ids);
    int32_t *names = record_array(loader, model->innovations, sizeof *names);
    struct statement *row = statement_open(
        loader->database, "SELECT innovation, id, name FROM innovations ORDER BY innovation");
    uint64_t i = 0;
    while (statement_next(row)) {
        if (i == model->innovations || statement_count(row, 0, model->innovations) != i)
            database_refuse(loader->database, "it is damaged: innovations are not counted from 0");
        else if ((ids[i] = record_pool(loader, row, 1)) < 0)
            statement_refuse(row, 1, "a text");
        else
            names[i++] = record_pool(loader, row, 2);
    }
    if (i != model->innovations)
        database_refuse(loader->database, "it is damaged: innovations are missing");
    statement_close(row);
    model->ids = ids;
    model->names = names;
}

/* --- Lists ------------------------------------------------------------------------------------- */

static void read_list(struct record_loader *loader, struct statement *row)
{
    struct model *model = &loader->record->model;
    uint64_t number = statement_count(row, 0, model->n_tables - 1);
    struct model_table *list = &model->tables[number];
    if (number == 0 || list->path) {
        database_refuse(loader->database, "it is damaged: a list's number is wrong");
        return;
    }
    list->path = record_copy_of(loader, row, 1);
    list->list = record_copy_of(loader, row, 2);
    uint64_t parent = statement_count_or_none(row, 3, model->n_tables - 1);
    list->parent = parent == UINT64_MAX ? MODEL_NO_TABLE : (uint32_t)parent;
    list->rows = statement_count(row, 4, loader->rows_most);
    if (statement_count(row, 5, 1))
        list->basis = record_array(loader, list->rows, 1);
    list->because = record_array(loader, list->rows, sizeof *list->because);
}

/* Each stands in a list that is there, and in the end in the innovations. */
static void check_parents(struct record_loader *loader)
{
    struct model *model = &loader->record->model;
    for (size_t t = 1; t < model->n_tables; t++) {
        uint32_t at = (uint32_t)t;
        size_t steps = 0;
        while (at != MODEL_NO_TABLE && at != 0 && model->tables[at].path && steps <= t + 256)
            at = model->tables[at].parent, steps++;
        if (at != MODEL_NO_TABLE && at != 0 && (steps > 0 || model->tables[t].path))
            database_refuse(loader->database, "it is damaged: the list '%s' stands in none",
                            model->tables[t].path ? model->tables[t].path : "");
    }
}

static void open_rows(struct record_loader *loader, struct model_table *list)
{
    const struct model *model = &loader->record->model;
    if (!list->path || list->parent == MODEL_NO_TABLE)
        return;
    list->parents = list->parent == 0 ? model->innovations : model->tables[list->parent].rows;
    list->offsets = record_array(loader, list->parents + 1, sizeof *list->offsets);
}

/* The pairs of innovations and rules are named by their rules. */
static void open_pairs(struct record_loader *loader, struct model_table *list)
{
    struct model *model = &loader->record->model;
    if (!list->path || strcmp(list->path, MODEL_PAIRS) != 0)
        return;
    struct model_column *columns = record_array(loader, MODEL_PAIR_FIELDS + 1, sizeof *columns);
    int64_t *rules = record_array(loader, list->rows, sizeof *rules);
    int32_t *ids = record_array(loader, list->rows, sizeof *ids);
    if (!columns || !rules || !ids)
        return;
    for (uint64_t k = 0; k < list->rows; k++)
        rules[k] = (int64_t)k;
    columns[MODEL_PAIR_RULE].values = rules;
    columns[MODEL_PAIR_RULE].name = columns[MODEL_PAIR_VERDICT].name =
        columns[MODEL_PAIR_FIELDS].name = "";
    list->columns = columns;
    list->n_columns = MODEL_PAIR_FIELDS + 1;
    model->rule_ids = ids;
}

static void read_lists(struct record_loader *loader)
{
    struct model *model = &loader->record->model;
    struct statement *most = statement_open(loader->database, "SELECT max(list) FROM lists");
    uint64_t last = statement_next(most) ? statement_count_or_none(most, 0, RECORD_MOST) : 0;
    statement_close(most);
    model->n_tables = last == UINT64_MAX ? 1 : last + 1;
    model->tables = record_array(loader, model->n_tables, sizeof *model->tables);
    if (!model->tables)
        return;
    model->tables[0] = (struct model_table){
        .path = "", .list = "", .parent = MODEL_NO_TABLE, .rows = model->innovations};
    struct statement *row = statement_open(
        loader->database,
        "SELECT list, path, unfiltered, parent, row_count, has_basis FROM lists ORDER BY list");
    while (statement_next(row))
        read_list(loader, row);
    statement_close(row);
    check_parents(loader);
    for (size_t t = 1; t < model->n_tables && !database_failed(loader->database); t++) {
        open_rows(loader, &model->tables[t]);
        open_pairs(loader, &model->tables[t]);
    }
}

void record_read_model(struct record_loader *loader)
{
    read_innovations(loader);
    read_lists(loader);
}
