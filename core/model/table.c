/*
 * Tables while they grow: a row in the making is put down column by column, small and only where something was ever
 * said; and taken back, or repeated, with all that hangs on it.
 */
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "model/load.h"

/* --- Columns ----------------------------------------------------------------------------------- */

/* A cell as it is stored; without one: left out. */
union stored {
    double number;
    struct uptake_period period;
    int64_t ref;
    int32_t text;
    int16_t choice;
    int8_t flag;
};

static union stored stored_of(uint32_t type, const struct cell *cell)
{
    int why = cell ? cell->why : UPTAKE_LEFT_OUT;
    bool present = why == UPTAKE_PRESENT;
    union stored stored = {.ref = 0};
    int32_t no_day = UPTAKE_DAY_MISSING - why;
    switch (type) {
    case UPTAKE_NUMBER:
        stored.number = present ? cell->is.number.best : uptake_missing_number(why);
        break;
    case UPTAKE_DATE:
        stored.period = present ? cell->is.period : (struct uptake_period){no_day, no_day};
        break;
    case UPTAKE_REF: stored.ref = present ? REF_NAMED(cell->is.code) : -why; break;
    case UPTAKE_TEXT: stored.text = present ? (int32_t)cell->is.code : -why; break;
    case UPTAKE_CHOICE: stored.choice = (int16_t)(present ? cell->is.code : -why); break;
    default: stored.flag = (int8_t)(present ? cell->is.code : -why);
    }
    return stored;
}

/* The first value of a column: the rows before it were left out. */
static int fill(struct growing_column *column, uint64_t rows)
{
    union stored none = stored_of(column->type, NULL);
    size_t bytes = model_stored_bytes(column->type);
    if (buffer_reserve(&column->values, (rows + 1) * bytes) != 0)
        return -1;
    for (uint64_t r = 0; r < rows; r++)
        memcpy(column->values.data + r * bytes, &none, bytes);
    column->values.bytes = rows * bytes;
    column->filled = true;
    return 0;
}

/* A filtered read's own range: it holds for the rows that the filter lets through, and for no others. */
static void check_narrowed(struct loader *loader, const struct growing_column *column,
                           const struct cell *cell)
{
    const struct schema_field *field = column->list->by_slot[column->slot];
    char best[NUMBER_BYTES], expected[160];
    double x = cell->is.number.best;
    bool bounded = cell->doubt == UPTAKE_RANGE || cell->doubt == UPTAKE_SHARES;
    double least = bounded ? cell->is.number.low : x, most = bounded ? cell->is.number.high : x;
    if (cell->why != UPTAKE_PRESENT || (least >= column->min && most <= column->max))
        return;
    number_print(best, least >= column->min ? most : least);
    value_range_text(column->min, column->max, column->wanted_by, expected);
    error_at(loader->error, cell->place, "%s: found %s; expected %s", field->label, best, expected);
}

static int push_doubt(struct growing_column *column, const struct cell *cell, uint64_t row)
{
    bool number = column->type == UPTAKE_NUMBER; /* of a choice only that there is doubt is kept */
    struct model_doubt doubt = {(uint32_t)row, cell->doubt, number ? cell->is.number.low : 0,
                                number ? cell->is.number.high : 0};
    if (column->wanted_by) {
        doubt.low = fmax(doubt.low, column->min);
        doubt.high = fmin(doubt.high, column->max);
    }
    return buffer_append(&column->doubts, &doubt, sizeof doubt);
}

static int push(struct loader *loader, struct growing_column *column,
                const struct schema_list *list, uint64_t row)
{
    const struct cell *cell = row_cell(list, (int)column->slot);
    if (!cell && !column->filled)
        return 0;
    if (!column->filled && fill(column, row) != 0)
        return -1;
    if (cell && column->wanted_by)
        check_narrowed(loader, column, cell);
    bool doubtful = cell && cell->doubt != UPTAKE_EXACT &&
                    (column->type == UPTAKE_NUMBER || column->type == UPTAKE_CHOICE);
    if (doubtful && column->doubt && push_doubt(column, cell, row) != 0)
        return -1;
    union stored stored = stored_of(column->type, cell);
    return buffer_append(&column->values, &stored, model_stored_bytes(column->type));
}

/* --- Taking rows back, and repeating them ------------------------------------------------------ */

static uint64_t last_offset(const struct growing_table *table)
{
    int64_t last;
    memcpy(&last, table->offsets.data + table->offsets.bytes - sizeof last, sizeof last);
    return (uint64_t)last;
}

void table_truncate(struct growing_table *table, uint64_t rows)
{
    if (table->rows == rows)
        return;
    table->rows = rows;
    for (uint32_t c = 0; c < table->n_columns; c++) {
        struct growing_column *column = &table->columns[c];
        if (column->filled)
            column->values.bytes = rows * model_stored_bytes(column->type);
        const struct model_doubt *doubts =
            (const struct model_doubt *)(const void *)column->doubts.data;
        while (column->doubts.bytes &&
               doubts[column->doubts.bytes / sizeof *doubts - 1].row >= rows)
            column->doubts.bytes -= sizeof *doubts;
        if (column->resolved > rows)
            column->resolved = rows;
    }
    if (table->basis.data)
        table->basis.bytes = rows;
    for (struct growing_table *child = table->children; child; child = child->sibling) {
        child->offsets.bytes = (rows + 1) * sizeof(int64_t);
        if (child->wants_why)
            child->why.bytes = rows;
        table_truncate(child, last_offset(child));
    }
}

static int buffer_repeat(struct buffer *buffer, size_t from, size_t count)
{
    if (!buffer->data || count == 0)
        return 0;
    if (buffer_reserve(buffer, count) != 0)
        return -1;
    memcpy(buffer->data + buffer->bytes, buffer->data + from, count);
    buffer->bytes += count;
    return 0;
}

/* The doubt of a block of rows, once more behind the last: the block is among the last that were put down. */
static int doubts_repeat(struct growing_column *column, uint64_t from, uint64_t count, uint64_t to)
{
    const struct model_doubt *doubts =
        (const struct model_doubt *)(const void *)column->doubts.data;
    size_t n = column->doubts.bytes / sizeof *doubts, first = n;
    while (first && doubts[first - 1].row >= from)
        first--;
    for (size_t k = first; k < n; k++) {
        struct model_doubt doubt;
        memcpy(&doubt, column->doubts.data + k * sizeof doubt, sizeof doubt);
        if (doubt.row >= from + count)
            break;
        doubt.row += (uint32_t)(to - from);
        if (buffer_append(&column->doubts, &doubt, sizeof doubt) != 0)
            return -1;
    }
    return 0;
}

/* The rows that a row's inner list put down, once more: for the next row that shares them. */
static int table_repeat(struct growing_table *table)
{
    uint64_t from = table->base, count = table->staged - table->base;
    for (uint32_t c = 0; c < table->n_columns; c++) {
        struct growing_column *column = &table->columns[c];
        size_t bytes = model_stored_bytes(column->type);
        if (column->filled && buffer_repeat(&column->values, from * bytes, count * bytes) != 0)
            return -1;
        if (column->doubts.bytes && doubts_repeat(column, from, count, table->rows) != 0)
            return -1;
    }
    if (buffer_repeat(&table->basis, from, count) != 0)
        return -1;
    table->rows += count;
    return 0;
}

/* --- Tables ------------------------------------------------------------------------------------ */

static int put_inner(struct growing_table *table)
{
    for (struct growing_table *child = table->children; child; child = child->sibling) {
        if (table->taken && table_repeat(child) != 0)
            return -1;
        int64_t before, end = (int64_t)child->rows;
        memcpy(&before, child->offsets.data + child->offsets.bytes - sizeof before, sizeof before);
        if (buffer_append(&child->offsets, &end, sizeof end) != 0)
            return -1;
        /* Rows that a filter does not take, or that begin later, are nobody's answer. */
        int8_t why = child->list->why == UPTAKE_PRESENT && end == before ? UPTAKE_LEFT_OUT
                                                                         : child->list->why;
        if (child->wants_why && buffer_append(&child->why, &why, 1) != 0)
            return -1;
    }
    return 0;
}

int table_put(struct loader *loader, struct growing_table *table, uint8_t basis, bool has_basis)
{
    if (table->rows == UINT32_MAX - 1)
        return -1; /* rows are named by 32 bits in findings and doubt */
    for (uint32_t c = 0; c < table->n_columns; c++)
        if (push(loader, &table->columns[c], table->list, table->rows) != 0)
            return -1;
    if (has_basis && buffer_append(&table->basis, &basis, 1) != 0)
        return -1;
    if (put_inner(table) != 0)
        return -1;
    table->rows++;
    table->taken++;
    return 0;
}

void table_take_back_inner(struct growing_table *table)
{
    for (struct growing_table *child = table->children; child; child = child->sibling)
        table_truncate(child, child->base);
}
