/* Rows of a record's lists, and what plugins wrote beside them: see record_stores.c. They come in their order. */
#include <inttypes.h>
#include <string.h>

#include "result/record_read_internal.h"

/* --- The rows of a list ------------------------------------------------------------------------ */

/* Offsets are filled up to the parent's row; rows of one parent stand together. */
static void place_row(struct record_loader *loader, const struct model_table *list, uint64_t row,
                      uint64_t parent, uint64_t *filled)
{
    int64_t *offsets = (int64_t *)(uintptr_t)list->offsets;
    if (!offsets)
        return;
    if (parent >= list->parents || parent < *filled) {
        database_refuse(loader->database, "it is damaged: rows of '%s' are out of order",
                        list->path);
        return;
    }
    while (*filled < parent)
        offsets[++*filled] = (int64_t)row;
}

static void take_head(struct record_loader *loader, struct statement *from,
                      const struct model_table *list, uint64_t row, uint64_t *filled)
{
    struct model *model = &loader->record->model;
    place_row(loader, list, row, statement_count_or_none(from, 1, INT64_MAX), filled);
    uint64_t basis = statement_count_or_none(from, 2, 7);
    if (list->basis)
        ((uint8_t *)(uintptr_t)list->basis)[row] = basis == UINT64_MAX ? 0 : (uint8_t)basis;
    ((int32_t *)(uintptr_t)list->because)[row] = record_pool(loader, from, 3);
    if (!list->columns)
        return;
    int32_t rule = record_pool(loader, from, 4);
    if (rule < 0)
        statement_refuse(from, 4, "a text");
    ((int32_t *)(uintptr_t)model->rule_ids)[row] = rule;
}

/* The list is through: who has no rows, has none. */
static void end_list(const struct model_table *list, uint64_t filled)
{
    int64_t *offsets = (int64_t *)(uintptr_t)list->offsets;
    while (offsets && filled < list->parents)
        offsets[++filled] = (int64_t)list->rows;
}

/* --- Values ------------------------------------------------------------------------------------ */

static void take_choice(struct record_loader *loader, struct statement *row, int at,
                        const struct record_write *write, uint64_t i)
{
    uint64_t last = loader->n_choices[write->number] ? loader->n_choices[write->number] - 1 : 0;
    uint64_t code = statement_count_or_none(row, at, last);
    bool none = code == UINT64_MAX || loader->n_choices[write->number] == 0;
    write->column->codes[i] = none ? -(int32_t)loader->usual[write->number] : (int32_t)code;
}

static void take_text(struct record_loader *loader, struct statement *row, int at,
                      const struct record_write *write, uint64_t i)
{
    uint64_t bytes;
    const char *text = statement_text(row, at, &bytes);
    size_t p = (size_t)(write->plugin - loader->record->result.plugins);
    struct log_head head = {
        .kind = LOG_TEXT, .entity = LOG_WHOLE, .innovation = (uint32_t)i, .row = (uint32_t)i};
    write->column->texts[i] = text ? record_append(loader, p, head, text, bytes) : UINT32_MAX;
}

static double number_or(struct statement *row, int at, double none)
{
    double x = statement_number(row, at);
    return x == x ? x : none;
}

/* Takes a write's columns of the row; answers how many. */
static int take_value(struct record_loader *loader, struct statement *row, int at,
                      const struct record_write *write, uint64_t i)
{
    struct result_column *column = write->column;
    double none = uptake_missing_number(loader->usual[write->number]);
    if (column->values)
        column->values[i] = number_or(row, at, none);
    else if (column->codes)
        take_choice(loader, row, at, write, i);
    else
        take_text(loader, row, at, write, i);
    if (!column->low || !column->high)
        return 1;
    column->low[i] = number_or(row, at + 1, none);
    column->high[i] = number_or(row, at + 2, none);
    return 3;
}

static bool take_row(struct record_loader *loader, struct statement *from,
                     const struct record_store *store, uint64_t row, uint64_t *filled)
{
    const struct model *model = &loader->record->model;
    if (row == record_store_rows(model, store) || statement_count(from, 0, INT64_MAX) != row) {
        database_refuse(loader->database, "it is damaged: rows of '%s' are not counted",
                        store->name);
        return false;
    }
    if (store->head > 1 && !loader->answers)
        take_head(loader, from, &model->tables[store->table], row, filled);
    int at = store->head;
    for (size_t k = 0; k < store->n_writes; k++)
        at += take_value(loader, from, at, &store->writes[k], row);
    return true;
}

static void read_store(struct record_loader *loader, const struct record_store *store,
                       struct record_sql *sql)
{
    const struct model *model = &loader->record->model;
    uint64_t row = 0, filled = 0;
    record_say_open(sql);
    record_say(sql, "SELECT * FROM %s ORDER BY rowid", store->name);
    struct statement *rows = sql->failed ? NULL : statement_open(loader->database, sql->text.data);
    while (statement_next(rows) && take_row(loader, rows, store, row, &filled))
        row++;
    statement_close(rows);
    if (row != record_store_rows(model, store))
        database_refuse(loader->database, "it is damaged: rows of '%s' are missing", store->name);
    if (store->head > 1 && !database_failed(loader->database))
        end_list(&model->tables[store->table], filled);
}

/* --- Why there is no value --------------------------------------------------------------------- */

static void read_absences(struct record_loader *loader)
{
    struct statement *row = statement_open(
        loader->database, "SELECT \"write\", \"row\", missing FROM absences ORDER BY 1, 2");
    while (statement_next(row)) {
        uint64_t write = statement_count(row, 0, loader->n_writes ? loader->n_writes - 1 : 0);
        int why = record_word_of(loader, row, 2, record_missing);
        if (database_failed(loader->database) || loader->n_writes == 0)
            break;
        struct result_column *column = loader->writes[write];
        uint64_t at = statement_count(row, 1, column->rows ? column->rows - 1 : 0);
        bool none = column->rows > 0 && (column->values ? column->values[at] != column->values[at]
                                                        : column->codes && column->codes[at] < 0);
        if (!none || why == 0) {
            database_refuse(loader->database, "it is damaged: a value is there and missing");
            break;
        }
        double number = uptake_missing_number(why);
        if (column->codes)
            column->codes[at] = -why;
        else
            column->values[at] = number;
        if (column->low && column->high)
            column->low[at] = column->high[at] = number;
    }
    statement_close(row);
}

/* --- The whole --------------------------------------------------------------------------------- */

static int open_stores(struct record_loader *loader, struct record_stores *stores)
{
    const struct model *model = &loader->record->model;
    bool *lists = record_array(loader, model->n_tables, sizeof *lists);
    for (size_t t = 1; lists && t < model->n_tables; t++)
        lists[t] = model->tables[t].path != NULL;
    if (!lists ||
        record_stores_build(&loader->record->result, lists, &loader->record->arena, stores) != 0) {
        database_memory(loader->database);
        return -1;
    }
    return 0;
}

void record_read_rows(struct record_loader *loader)
{
    struct record_stores stores;
    struct record_sql sql = {0};
    if (open_stores(loader, &stores) != 0)
        return;
    for (size_t k = 0; k < stores.count && !database_failed(loader->database); k++) {
        record_store_sql(&stores.all[k], &sql);
        if (sql.failed)
            database_memory(loader->database);
        else
            record_check_table(loader, stores.all[k].name, sql.text.data);
        if (!database_failed(loader->database) && !(loader->answers && stores.all[k].n_writes == 0))
            read_store(loader, &stores.all[k], &sql);
    }
    if (!database_failed(loader->database))
        read_absences(loader);
    buffer_finish(&sql.text);
    record_settle_pool(loader);
}
