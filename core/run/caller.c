/* Views of a batch: see caller.h. Columns that are stored as the plugin sees them are handed over as they are. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "run/caller_internal.h"
#include "run/services.h"

/* --- Rows of a batch --------------------------------------------------------------------------- */

/* The rows of a table that belong to the batch; the portfolio's: all. */
static void rows_of(const struct caller *caller, uint32_t table, uint64_t *from, uint64_t *to)
{
    const struct model_table *of = &caller->share->model->tables[table];
    if (table == 0) {
        *from = caller->call.first;
        *to = caller->call.first + caller->call.count;
    } else if (of->parent == MODEL_NO_TABLE) {
        *from = 0;
        *to = of->rows;
    } else {
        rows_of(caller, of->parent, from, to);
        *from = (uint64_t)of->offsets[*from];
        *to = (uint64_t)of->offsets[*to];
    }
}

void caller_rows(const struct caller *caller, uint32_t table, uint64_t *from, uint64_t *to)
{
    rows_of(caller, table, from, to);
}

/* Where row 0 would stand, for memory that begins at row `from`. Only rows of the batch are ever touched. */
static void *shifted(void *memory, uint64_t from, size_t bytes)
{
    return (void *)((uintptr_t)memory - (uintptr_t)(from * bytes));
}

static const char *at_row(const void *values, uint64_t row, size_t bytes)
{
    return (const char *)values + row * bytes;
}

/* --- Spreading --------------------------------------------------------------------------------- */

static size_t view_bytes(uint32_t type)
{
    return type == UPTAKE_FLAG || type == UPTAKE_LIST || type == UPTAKE_VERDICT ? 1
           : type == UPTAKE_CHOICE || type == UPTAKE_TEXT                       ? sizeof(int32_t)
                                                                                : 8;
}

static int spread_room(struct spread *spread, size_t rows, bool doubt)
{
    if (rows <= spread->room)
        return 0;
    size_t room = spread->room * 2 > rows ? spread->room * 2 : rows;
    free(spread->values);
    free(spread->low);
    free(spread->high);
    free(spread->kinds);
    spread->values = malloc(room * 8);
    spread->low = doubt ? malloc(room * sizeof(double)) : NULL;
    spread->high = doubt ? malloc(room * sizeof(double)) : NULL;
    spread->kinds = doubt ? malloc(room) : NULL;
    spread->room =
        spread->values && (!doubt || (spread->low && spread->high && spread->kinds)) ? room : 0;
    return spread->room ? 0 : -1;
}

static void fill_left_out(void *values, uint32_t type, size_t rows)
{
    double number = uptake_missing_number(UPTAKE_LEFT_OUT);
    struct uptake_period period = {UPTAKE_DAY_MISSING - UPTAKE_LEFT_OUT,
                                   UPTAKE_DAY_MISSING - UPTAKE_LEFT_OUT};
    int64_t ref = -UPTAKE_LEFT_OUT;
    const void *one = type == UPTAKE_NUMBER ? (const void *)&number
                      : type == UPTAKE_DATE ? (const void *)&period
                                            : (const void *)&ref;
    size_t bytes = view_bytes(type);
    for (size_t r = 0; r < rows; r++)
        memcpy((char *)values + r * bytes, one, bytes);
}

static void spread_choices(const struct spread *spread, const int16_t *codes, size_t rows)
{
    int32_t *values = spread->values;
    for (size_t r = 0; r < rows; r++) {
        int32_t code = codes[r];
        if (code >= 0 && spread->codes)
            code = (size_t)code < spread->n_codes ? spread->codes[code] : UPTAKE_OTHER;
        values[r] = code;
    }
}

static void spread_doubt(const struct spread *spread, const struct model_column *column,
                         const double *values, uint64_t from, size_t rows)
{
    memcpy(spread->low, values, rows * sizeof(double));
    memcpy(spread->high, values, rows * sizeof(double));
    memset(spread->kinds, UPTAKE_EXACT, rows);
    uint64_t low = 0, high = column->n_doubts;
    while (low < high) {
        uint64_t middle = low + (high - low) / 2;
        if (column->doubts[middle].row < from)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < column->n_doubts && column->doubts[low].row < from + rows; low++) {
        const struct model_doubt *doubt = &column->doubts[low];
        spread->low[doubt->row - from] = doubt->low;
        spread->high[doubt->row - from] = doubt->high;
        spread->kinds[doubt->row - from] = (uint8_t)doubt->kind;
    }
}

/* --- Columns ----------------------------------------------------------------------------------- */

static bool of_innovation(uint32_t table)
{
    return table == 0;
}

static void set_offsets(const struct caller *caller, const struct model_table *table,
                        struct uptake_column *view)
{
    if (!table->offsets)
        return;
    view->offsets = table->offsets + (table->parent == 0 ? caller->call.first : 0);
}

static int view_column(const struct caller *caller, struct spread *spread,
                       const struct uptake_read *read, const struct model_column *column,
                       uint32_t table, struct uptake_column *view)
{
    uint64_t from, to;
    bool doubt = read->flags & UPTAKE_DOUBT && column->type == UPTAKE_NUMBER;
    size_t bytes = view_bytes(column->type);
    rows_of(caller, table, &from, &to);
    size_t rows = to - from;
    uint64_t shift = of_innovation(table) ? 0 : from;
    bool scratch = !column->values || column->type == UPTAKE_CHOICE || doubt;
    if (scratch && spread_room(spread, rows ? rows : 1, doubt) != 0)
        return -1;
    const void *values = column->values;
    if (!values || column->type == UPTAKE_CHOICE) {
        if (!values)
            fill_left_out(spread->values, column->type, rows);
        else
            spread_choices(spread, (const int16_t *)values + from, rows);
        view->values = shifted(spread->values, shift, bytes);
        values = spread->values;
    } else {
        values = at_row(values, from, bytes);
        view->values = of_innovation(table) ? values : column->values;
    }
    if (doubt && column->n_doubts) {
        spread_doubt(spread, column, values, from, rows);
        view->low = shifted(spread->low, shift, sizeof(double));
        view->high = shifted(spread->high, shift, sizeof(double));
        view->kinds = shifted(spread->kinds, shift, 1);
    } else if (doubt) {
        memset(spread->kinds, UPTAKE_EXACT, rows);
        view->low = view->high = view->values;
        view->kinds = shifted(spread->kinds, shift, 1);
    }
    return 0;
}

/* Another plugin's measure, by innovation. */
static int view_provided(struct caller *caller, size_t index, struct uptake_column *view)
{
    const struct provided *provided = &caller->share->provided[index];
    uint64_t first = caller->call.first;
    view->values = provided->values + first;
    view->rows = caller->share->model->innovations;
    if (!(caller->share->of->plugin->reads[index].flags & UPTAKE_DOUBT))
        return 0;
    struct spread *spread = &caller->spreads[index];
    if (spread_room(spread, GRID_BATCH, true) != 0)
        return -1;
    memset(spread->kinds, UPTAKE_EXACT, GRID_BATCH);
    view->low = provided->low + first;
    view->high = provided->high + first;
    view->kinds = spread->kinds;
    return 0;
}

static int view_read(struct caller *caller, size_t index)
{
    const struct share *share = caller->share;
    const struct uptake_read *declared = &share->of->plugin->reads[index];
    const struct plan_read *read = &share->of->reads[index];
    struct uptake_column *view = &caller->columns[index];
    *view = (struct uptake_column){.index = (uint32_t)index, .type = declared->type};
    if (read->provider != SIZE_MAX)
        return view_provided(caller, index, view);
    const struct model_request *request = &share->plan->requests[read->request];
    const struct model_table *table = &share->model->tables[request->table];
    view->rows = table->rows;
    set_offsets(caller, table, view);
    if (request->column == UINT32_MAX) {
        view->values =
            table->why ? table->why + (table->parent == 0 ? caller->call.first : 0) : NULL;
        return 0;
    }
    if (declared->type == UPTAKE_VERDICT) {
        view->pair_rows = table->columns[MODEL_PAIR_RULE].values;
        view->pair_fields = table->columns[MODEL_PAIR_FIELDS].values;
    }
    return view_column(caller, &caller->spreads[index], declared, &table->columns[request->column],
                       request->table, view);
}

/* --- Batches ----------------------------------------------------------------------------------- */

int caller_batch(struct caller *caller, uint64_t first, uint64_t count, void *state, bool finish)
{
    caller->call.first = first;
    caller->call.count = count;
    caller->call.state = state;
    memset(caller->notes, 0, sizeof caller->notes);
    for (size_t k = 0; k < caller->share->of->plugin->n_reads; k++)
        if (view_read(caller, k) != 0)
            return -1;
    for (size_t w = 0; w < caller->share->of->plugin->n_writes; w++)
        caller_view_out(caller, w, finish);
    return 0;
}

static bool is_missing(const struct model_column *column, uint64_t row)
{
    if (!column->values)
        return true;
    switch (column->type) {
    case UPTAKE_NUMBER: return isnan(((const double *)column->values)[row]);
    case UPTAKE_DATE:
        return uptake_why_date(((const struct uptake_period *)column->values)[row]) != 0;
    case UPTAKE_REF: return ((const int64_t *)column->values)[row] < 0;
    case UPTAKE_TEXT: return ((const int32_t *)column->values)[row] < 0;
    case UPTAKE_CHOICE: return ((const int16_t *)column->values)[row] < 0;
    default: return ((const int8_t *)column->values)[row] < 0;
    }
}

/* Of a list: no row, or none that says it. */
static bool lacks(const struct need *need, uint64_t innovation)
{
    if (need->provided)
        return isnan(need->provided[innovation]);
    if (!need->offsets)
        return is_missing(need->column, innovation);
    int64_t row = need->offsets[innovation], end = need->offsets[innovation + 1];
    while (row < end && need->column && is_missing(need->column, (uint64_t)row))
        row++;
    return row == end;
}

static void skip_for_need(struct caller *caller, uint64_t i, const struct need *need)
{
    if (need->plugin)
        uptake_skip(&caller->call, i, "%s.%s was not assessed", need->plugin, need->name);
    else
        uptake_skip(&caller->call, i, "%s is not known", need->name);
}

void caller_settle(struct caller *caller)
{
    for (uint64_t i = 0; i < caller->call.count; i++) {
        uint64_t row = caller->call.first + i;
        for (size_t k = 0; k < caller->n_needs; k++)
            if (lacks(&caller->needs[k], row))
                skip_for_need(caller, i, &caller->needs[k]);
        if (caller->share->states[row] != RESULT_SKIPPED)
            caller->share->states[row] = RESULT_OK;
    }
}

void caller_fail_one(struct caller *caller)
{
    struct log_head head = {.kind = LOG_SKIP,
                            .entity = LOG_WHOLE,
                            .innovation = (uint32_t)caller->call.first,
                            .row = (uint32_t)caller->call.first};
    caller->share->states[caller->call.first] = RESULT_FAILED;
    log_append_plain(&caller->log, head, caller->failure, strlen(caller->failure));
}

/* --- Opening and closing ----------------------------------------------------------------------- */

static int32_t *choice_codes(struct arena *arena, const char *const *plugins,
                             const char *const *models, size_t *count)
{
    for (*count = 0; models[*count];)
        ++*count;
    int32_t *codes = arena_array(arena, *count, sizeof *codes);
    for (size_t m = 0; codes && m < *count; m++) {
        codes[m] = UPTAKE_OTHER;
        for (int32_t p = 0; plugins[p]; p++)
            if (strcmp(plugins[p], models[m]) == 0)
                codes[m] = p;
    }
    return codes;
}

/* Portfolio tables, and lists in lists, are no innovation's to lack. */
static void open_need(struct caller *caller, size_t index)
{
    const struct share *share = caller->share;
    const struct plan_read *read = &share->of->reads[index];
    struct need *need = &caller->needs[caller->n_needs];
    if (read->provider != SIZE_MAX) {
        const struct plan_plugin *from = &share->plan->plugins[read->provider];
        *need = (struct need){.provided = share->provided[index].values,
                              .plugin = from->spec->name,
                              .name = from->plugin->writes[read->write].name};
        caller->n_needs++;
        return;
    }
    const struct model_request *request = &share->plan->requests[read->request];
    const struct model_table *table = &share->model->tables[request->table];
    if (request->table != 0 && table->parent != 0)
        return;
    *need = (struct need){.offsets = table->offsets, .name = share->of->plugin->reads[index].path};
    if (request->column != UINT32_MAX)
        need->column = &table->columns[request->column];
    caller->n_needs++;
}

static int open_read(struct caller *caller, size_t index)
{
    const struct uptake_read *declared = &caller->share->of->plugin->reads[index];
    const struct plan_read *read = &caller->share->of->reads[index];
    if (declared->flags & UPTAKE_REQUIRED)
        open_need(caller, index);
    if (read->provider != SIZE_MAX)
        return 0;
    const struct model_request *request = &caller->share->plan->requests[read->request];
    if (request->column == UINT32_MAX)
        return 0;
    const struct model_column *column =
        &caller->share->model->tables[request->table].columns[request->column];
    if (column->type != UPTAKE_CHOICE || !column->choices || !declared->choices)
        return 0;
    struct spread *spread = &caller->spreads[index];
    spread->codes =
        choice_codes(&caller->arena, declared->choices, column->choices, &spread->n_codes);
    return spread->codes ? 0 : -1;
}

int caller_open(struct caller *caller, const struct share *share, const struct uptake_plugin *code,
                unsigned slot, uint64_t log_used, char failure[256])
{
    *caller = (struct caller){.share = share, .code = code};
    caller->failure = failure;
    const struct plugin *plugin = share->of->plugin;
    caller->columns = arena_array(&caller->arena, plugin->n_reads, sizeof *caller->columns);
    caller->outs = arena_array(&caller->arena, plugin->n_writes, sizeof *caller->outs);
    caller->spreads = arena_array(&caller->arena, plugin->n_reads, sizeof *caller->spreads);
    caller->needs = arena_array(&caller->arena, plugin->n_reads, sizeof *caller->needs);
    log_open(&caller->log, share->logs[slot], share->log_room, log_used);
    if (!caller->columns || !caller->outs || !caller->spreads || !caller->needs ||
        caller_stages_open(caller) != 0)
        return -1;
    for (size_t k = 0; k < plugin->n_reads; k++)
        if (open_read(caller, k) != 0)
            return -1;
    const struct model *model = share->model;
    caller->call = (struct uptake_call){
        .size = sizeof caller->call,
        .innovations = model->innovations,
        .params = share->of->params,
        .as_of = share->as_of,
        .as_of_given = share->as_of_given,
        .columns = {caller->columns, plugin->n_reads, sizeof *caller->columns},
        .outs = {caller->outs, plugin->n_writes, sizeof *caller->outs},
        .text_pool = model->text_pool,
        .text_offsets = model->text_offsets,
        .text_count = model->text_count,
        .host = &services,
        .private_ = caller,
    };
    return 0;
}

void caller_close(struct caller *caller)
{
    for (size_t k = 0; caller->spreads && k < caller->share->of->plugin->n_reads; k++) {
        free(caller->spreads[k].values);
        free(caller->spreads[k].low);
        free(caller->spreads[k].high);
        free(caller->spreads[k].kinds);
    }
    caller_stages_close(caller);
    arena_finish(&caller->arena);
}
