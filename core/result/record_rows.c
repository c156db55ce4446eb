/* Rows of the model that results are about, with what plugins wrote beside them: see record_stores.c. */
#include <stdlib.h>
#include <string.h>

#include "result/record_internal.h"

/* --- Which lists ------------------------------------------------------------------------------- */

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

static void save_lists(struct record_saver *saver)
{
    const struct model *model = saver->result->model;
    struct statement *list =
        statement_open(saver->database, "INSERT INTO lists VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
    for (uint32_t t = 0; t < model->n_tables; t++) {
        const struct model_table *table = &model->tables[t];
        if (saver->lists[t])
            STATEMENT_PUT(list, value_count(t), value_text(table->path), value_text(table->list),
                          value_count_if(table->offsets != NULL, table->parent),
                          value_count(table->rows), value_count(table->basis != NULL));
    }
    statement_close(list);
}

/* --- Rows -------------------------------------------------------------------------------------- */

struct rows {
    const struct model *model;
    const struct record_store *store;
    uint64_t row, count, parent;
    char (*texts)[UPTAKE_TEXT_BYTES + 1]; /* a write's */
};

static const char *rule_of(const struct model *model, const struct model_table *table, uint64_t row)
{
    if (strcmp(table->path, MODEL_PAIRS) != 0)
        return NULL;
    const int64_t *rules = table->columns[MODEL_PAIR_RULE].values;
    return model_text(model, model->rule_ids[rules[row]]);
}

static void put_head(struct rows *rows, struct database_value *values)
{
    values[0] = value_count(rows->row);
    if (rows->store->head == 1)
        return;
    const struct model_table *table = &rows->model->tables[rows->store->table];
    while (table->offsets && (uint64_t)table->offsets[rows->parent + 1] <= rows->row)
        rows->parent++;
    int32_t because = table->because ? table->because[rows->row] : -1;
    values[1] = value_count_if(table->offsets != NULL, rows->parent);
    values[2] = value_count_if(table->basis != NULL, table->basis ? table->basis[rows->row] : 0);
    values[3] = value_text(because >= 0 ? model_text(rows->model, because) : NULL);
    values[4] = value_text(rule_of(rows->model, table, rows->row));
}

static struct database_value value_of(const struct record_write *write, uint64_t row, char *text)
{
    const struct result_column *column = write->column;
    if (column->values)
        return value_number(column->values[row]);
    if (column->codes)
        return value_count_if(column->codes[row] >= 0, (uint64_t)column->codes[row]);
    size_t bytes = result_text(write->plugin, column, row, text);
    struct database_value value = value_text(bytes > 0 ? text : NULL);
    value.bytes = (int32_t)bytes;
    return value;
}

static bool next_row(void *data, struct database_value *values)
{
    struct rows *rows = data;
    if (rows->row == rows->count)
        return false;
    put_head(rows, values);
    values += rows->store->head;
    for (size_t k = 0; k < rows->store->n_writes; k++) {
        const struct record_write *write = &rows->store->writes[k];
        const struct result_column *column = write->column;
        *values++ = value_of(write, rows->row, rows->texts[k]);
        if (column->low && column->high) {
            *values++ = value_number(column->low[rows->row]);
            *values++ = value_number(column->high[rows->row]);
        }
    }
    rows->row++;
    return true;
}

static void save_rows(struct record_saver *saver)
{
    for (size_t k = 0; k < saver->stores.count; k++) {
        const struct record_store *store = &saver->stores.all[k];
        struct rows rows = {.model = saver->result->model,
                            .store = store,
                            .count = record_store_rows(saver->result->model, store),
                            .texts = calloc(store->n_writes + 1, sizeof *rows.texts)};
        if (rows.texts)
            database_fill(saver->database, store->name, store->columns, next_row, &rows);
        else
            database_memory(saver->database);
        free(rows.texts);
    }
}

/* --- Innovations ------------------------------------------------------------------------------- */

struct innovations {
    const struct model *model;
    uint64_t i;
};

static bool next_innovation(void *data, struct database_value *values)
{
    struct innovations *at = data;
    if (at->i == at->model->innovations)
        return false;
    int32_t name = at->model->names ? at->model->names[at->i] : -1;
    values[0] = value_count(at->i);
    values[1] = value_text(model_text(at->model, at->model->ids[at->i]));
    values[2] = value_text(name >= 0 ? model_text(at->model, name) : NULL);
    at->i++;
    return true;
}

/* --- Why there is no value --------------------------------------------------------------------- */

int record_why(const struct result_column *column, uint64_t row)
{
    int why = column->values  ? uptake_why(column->values[row])
              : column->codes ? uptake_why_code(column->codes[row])
                              : 0;
    return why >= 0 && why <= UPTAKE_NOT_ASSESSED ? why : UPTAKE_LEFT_OUT;
}

int record_usual_why(const struct result_column *column)
{
    uint64_t counts[UPTAKE_NOT_ASSESSED + 1] = {0};
    int most = 0;
    for (uint64_t row = 0; row < column->rows; row++)
        counts[record_why(column, row)]++;
    counts[0] = 0;
    for (int why = 1; why <= UPTAKE_NOT_ASSESSED; why++)
        if (counts[why] > counts[most])
            most = why;
    return most;
}

struct absences {
    const struct record_stores *stores;
    size_t store, write;
    uint64_t row;
    int usual; /* -1: of the next write */
};

/* Of a write whose reasons are not all the usual one. */
static bool next_absence(void *data, struct database_value *values)
{
    struct absences *at = data;
    for (; at->store < at->stores->count; at->store++, at->write = 0)
        for (; at->write < at->stores->all[at->store].n_writes; at->write++) {
            const struct record_write *write = &at->stores->all[at->store].writes[at->write];
            if (at->usual < 0)
                at->usual = record_usual_why(write->column);
            for (; at->usual > 0 && at->row < write->column->rows; at->row++) {
                int why = record_why(write->column, at->row);
                if (why == 0 || why == at->usual)
                    continue;
                values[0] = value_count(write->number);
                values[1] = value_count(at->row++);
                values[2] = value_text(record_missing[why]);
                return true;
            }
            at->row = 0;
            at->usual = -1;
        }
    return false;
}

/* --- The whole --------------------------------------------------------------------------------- */

static void make_tables(struct record_saver *saver)
{
    struct record_sql sql = {0};
    for (size_t k = 0; k < saver->stores.count; k++) {
        record_store_sql(&saver->stores.all[k], &sql);
        if (sql.failed)
            database_memory(saver->database);
        else
            database_run(saver->database, sql.text.data);
    }
    buffer_finish(&sql.text);
}

void record_lists(struct record_saver *saver)
{
    struct innovations innovations = {saver->result->model, 0};
    struct absences absences = {.stores = &saver->stores, .usual = -1};
    mark_lists(saver);
    if (record_stores_build(saver->result, saver->lists, &saver->arena, &saver->stores) != 0) {
        database_memory(saver->database);
        return;
    }
    database_fill(saver->database, "innovations", 3, next_innovation, &innovations);
    save_lists(saver);
    make_tables(saver);
    save_rows(saver);
    database_fill(saver->database, "absences", 3, next_absence, &absences);
}
