/*
 * Rows: a row in the making is a handful of cells; when it ends it is checked, held against as_of, and copied
 * into the columns of the tables that take it. Rows of inner lists are put down before their parent is known to
 * stay, and taken back when it does not.
 */
#include <math.h>
#include <string.h>

#include "base/number.h"
#include "model/load.h"

void row_begin(struct loader *loader, struct schema_list *list)
{
    list->stamp = ++loader->schema.stamps;
    for (struct schema_list *inner = list->inner; inner; inner = inner->beside) {
        inner->why = UPTAKE_LEFT_OUT;
        inner->in_row = 0;
    }
    for (struct growing_table *table = list->tables; table; table = table->next_of_list)
        for (struct growing_table *child = table->children; child; child = child->sibling)
            child->base = child->rows;
}

/* --- Columns ----------------------------------------------------------------------------------- */

static size_t width(uint32_t type)
{
    return type == UPTAKE_FLAG || type == UPTAKE_VERDICT ? 1
           : type == UPTAKE_CHOICE                       ? sizeof(int16_t)
           : type == UPTAKE_TEXT                         ? sizeof(int32_t)
                                                         : 8;
}

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
    size_t bytes = width(column->type);
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
    return buffer_append(&column->values, &stored, width(column->type));
}

/* --- Taking rows back, and repeating them ------------------------------------------------------ */

static uint64_t last_offset(const struct growing_table *table)
{
    int64_t last;
    memcpy(&last, table->offsets.data + table->offsets.bytes - sizeof last, sizeof last);
    return (uint64_t)last;
}

static void table_truncate(struct growing_table *table, uint64_t rows)
{
    if (table->rows == rows)
        return;
    table->rows = rows;
    for (uint32_t c = 0; c < table->n_columns; c++) {
        struct growing_column *column = &table->columns[c];
        if (column->filled)
            column->values.bytes = rows * width(column->type);
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
        size_t bytes = width(column->type);
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

/* Puts the row in the making down in one table. */
static int put(struct loader *loader, struct growing_table *table, uint8_t basis, bool has_basis)
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

static void take_back_inner(struct growing_table *table)
{
    for (struct growing_table *child = table->children; child; child = child->sibling)
        table_truncate(child, child->base);
}

static void drop(struct schema_list *list)
{
    for (struct growing_table *table = list->tables; table; table = table->next_of_list)
        take_back_inner(table);
}

/* An innovation that the run does not want (--innovation): nothing of it stays. */
static bool unwanted(const struct loader *loader, const struct schema_list *list)
{
    const char *wanted = loader->options->innovation;
    const struct cell *id = row_value(list, list->roles.id);
    return wanted && list == loader->schema.lists &&
           !(id && strcmp(pool_text(&loader->pool, (int32_t)id->is.code), wanted) == 0);
}

static void drop_innovation(struct loader *loader, struct schema_list *list)
{
    drop(list);
    for (uint32_t t = 0; t < loader->schema.n_tables; t++)
        if (loader->schema.tables[t]->hidden)
            table_truncate(loader->schema.tables[t], loader->schema.tables[t]->mark);
    loader->evidence_rows = 0;
    loader->counts = loader->counts_before;
    change_take_back(loader);
}

/* --- Basis ------------------------------------------------------------------------------------- */

enum { BASES_DESK_READING = 3 };

static uint8_t basis_of(struct loader *loader, const struct schema_list *list)
{
    const struct cell *basis = row_value(list, list->roles.basis);
    const struct cell *reading = row_value(list, list->roles.reading);
    uint8_t flags = 0;
    if (basis && basis->is.code == BASES_DESK_READING)
        flags |= BASIS_DESK;
    if (loader->options->as_of_given && reading &&
        reading->is.period.start > loader->options->as_of.end)
        flags |= BASIS_HINDSIGHT;
    if (list->evidence && list->evidence->in_row == 0)
        flags |= BASIS_NO_EVIDENCE;
    return flags;
}

/* --- The end of a row -------------------------------------------------------------------------- */

static void check_required(struct loader *loader, const struct schema_list *list,
                           struct place place)
{
    bool whole = true;
    for (uint32_t k = 0; k < list->n_required; k++)
        whole &= row_cell(list, list->required[k]) != NULL;
    for (uint32_t k = 0; k < list->n_required && !whole; k++)
        if (!row_cell(list, list->required[k]))
            error_at(loader->error, place, "%s: '%s' is missing",
                     list->path[0] ? list->path : "innovations[]",
                     list->by_slot[list->required[k]]->key);
}

static int put_down(struct loader *loader, struct schema_list *list)
{
    bool has_basis = list->roles.basis >= 0 || list->evidence;
    uint8_t basis = has_basis ? basis_of(loader, list) : 0;
    if (list->roles.basis >= 0) {
        loader->counts.basis_rows++;
        loader->counts.desk_rows += basis & BASIS_DESK ? 1 : 0;
    }
    loader->counts.hindsight += basis & BASIS_HINDSIGHT ? 1 : 0;
    for (struct growing_table *table = list->tables; table; table = table->next_of_list)
        if ((table->n_filters == 0 || filter_takes(table)) &&
            put(loader, table, basis, has_basis) != 0)
            return error_memory(loader->error);
    return 0;
}

static void stage(struct schema_list *list)
{
    for (struct growing_table *table = list->tables; table; table = table->next_of_list) {
        table->taken = 0;
        for (struct growing_table *child = table->children; child; child = child->sibling)
            child->staged = child->rows;
    }
}

static void settle_stage(struct schema_list *list)
{
    for (struct growing_table *table = list->tables; table; table = table->next_of_list)
        if (table->taken == 0)
            take_back_inner(table);
}

/* One judgement, as a scenario has it; the row's other ratings start from the row as it is. */
static int put_judgement(struct loader *loader, struct schema_list *list)
{
    change_row(loader, list);
    change_count(loader, list);
    int failed = put_down(loader, list);
    change_undo(loader, list);
    return failed;
}

/* A row for each rating that is not left out, or the one that the row itself is. */
static int put_judgements(struct loader *loader, struct schema_list *list, struct place place)
{
    const struct rating *ratings = (const struct rating *)(const void *)loader->ratings.data;
    size_t count = loader->ratings.bytes / sizeof *ratings;
    bool any = false;
    for (size_t k = 0; k < count; k++) {
        if (ratings[k].value.why == UPTAKE_LEFT_OUT)
            continue;
        any = true;
        if (rules_judgement(loader, list, &ratings[k], &ratings[k].value, ratings[k].place) &&
            put_judgement(loader, list) != 0)
            return -1;
    }
    if (!any && rules_judgement(loader, list, loader->construct.bytes ? &loader->construct : NULL,
                                row_cell(list, list->roles.value), place))
        return put_judgement(loader, list);
    return 0;
}

int row_end(struct loader *loader, struct schema_list *list, struct place place)
{
    bool judgements = list->roles.ratings >= 0;
    if (!judgements)
        change_row(loader, list);
    check_required(loader, list, place);
    rules_check(loader, list, place);
    bool later = loader->options->as_of_given && as_of_looks_at(list);
    bool dropped = later && as_of_begins_later(loader, list);
    bool elsewhere = !dropped && elsewhere_leaves_out(loader, list);
    const struct cell *id = row_value(list, list->roles.id);
    if (id && refs_define(loader, list, id, dropped || elsewhere) != 0)
        return -1;
    if (elsewhere) {
        elsewhere_forget(loader, list);
        drop(list);
        return 0;
    }
    if (dropped) {
        loader->counts.left_out++;
        drop(list);
        return 0;
    }
    if (unwanted(loader, list)) {
        drop_innovation(loader, list);
        return 0;
    }
    if (later)
        as_of_forget(loader, list);
    list->in_row++;
    if (!judgements)
        change_count(loader, list);
    stage(list);
    int failed = judgements ? put_judgements(loader, list, place) : put_down(loader, list);
    settle_stage(list);
    return failed;
}
