/* The small host: see harness.h. */
#include "harness.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TABLES = 12, TEXT_BYTES = 1 << 16, TEXTS = 4096 };

struct table {
    char path[64]; /* "" the innovations */
    int portfolio;
    uint64_t rows;
    struct table *parent; /* a list of another list's rows; NULL: of innovations */
    int64_t offsets[HARNESS_ROWS + 1];
    int8_t why[HARNESS_ROWS];
};

/* A column, read or written; values are eight bytes a row at most. */
struct cells {
    uint64_t values[HARNESS_ROWS];
    double low[HARNESS_ROWS], high[HARNESS_ROWS];
    uint8_t kinds[HARNESS_ROWS];
    char (*texts)[UPTAKE_TEXT_BYTES];
    struct table *table;
};

struct harness_private {
    struct table tables[TABLES];
    int n_tables;
    struct cells *reads, *writes;
    struct uptake_column columns[HARNESS_READS];
    struct uptake_out outs[HARNESS_READS];
    char texts[TEXT_BYTES];
    uint64_t text_offsets[TEXTS];
    uint64_t n_texts, text_bytes;
    struct harness *harness;
};

static void stop(const char *what, const char *which)
{
    fprintf(stderr, "harness: %s '%s'\n", what, which);
    abort();
}

static void *zeroed(size_t count, size_t bytes)
{
    void *memory = calloc(count ? count : 1, bytes ? bytes : 1);
    if (!memory)
        stop("no memory for", "a test");
    return memory;
}

static const struct uptake_read *read_at(const struct harness *h, size_t k)
{
    return (const struct uptake_read *)h->plugin->reads.rows + k;
}
static const struct uptake_write *write_at(const struct harness *h, size_t k)
{
    return (const struct uptake_write *)h->plugin->writes.rows + k;
}

/* --- Tables and rows ---------------------------------------------------------------------------- */

static struct table *table_of(struct harness *h, const char *path, size_t bytes)
{
    struct harness_private *own = h->private_;
    for (int t = 0; t < own->n_tables; t++)
        if (strlen(own->tables[t].path) == bytes && memcmp(own->tables[t].path, path, bytes) == 0)
            return &own->tables[t];
    if (own->n_tables == TABLES || bytes >= sizeof own->tables[0].path)
        stop("one table too many", path);
    struct table *table = &own->tables[own->n_tables++];
    memcpy(table->path, path, bytes);
    table->portfolio = path[0] == '/';
    size_t outer = bytes;
    while (outer > 0 && path[outer - 1] != '.')
        outer--;
    if (outer > 1)
        table->parent = table_of(h, path, outer - 1);
    return table;
}

/* "support[].needed" stands in "support[]", "@x" and "commissioning.payback" in the innovations. */
static size_t list_bytes(const char *path)
{
    const char *end = strrchr(path, ']');
    return end ? (size_t)(end - path) + 1 : 0;
}

static void set_left_out(const struct uptake_read *read, struct cells *cells, uint64_t row)
{
    double missing = uptake_missing_number(UPTAKE_LEFT_OUT);
    struct uptake_period period = {UPTAKE_DAY_MISSING - UPTAKE_LEFT_OUT,
                                   UPTAKE_DAY_MISSING - UPTAKE_LEFT_OUT};
    int64_t ref = -UPTAKE_LEFT_OUT;
    int32_t code = -UPTAKE_LEFT_OUT;
    cells->low[row] = cells->high[row] = missing;
    switch (read->type) {
    case UPTAKE_NUMBER: memcpy((double *)cells->values + row, &missing, sizeof missing); break;
    case UPTAKE_REF: memcpy((int64_t *)cells->values + row, &ref, sizeof ref); break;
    case UPTAKE_DATE: ((struct uptake_period *)cells->values)[row] = period; break;
    case UPTAKE_FLAG: ((int8_t *)cells->values)[row] = -UPTAKE_LEFT_OUT; break;
    case UPTAKE_LIST: break;
    default: memcpy((int32_t *)cells->values + row, &code, sizeof code); break;
    }
}

static int reason(const char *value)
{
    static const char *const words[] = {"", "", "unknown", "none", "n/a", "", "suppressed"};
    for (int why = UPTAKE_UNKNOWN; why <= UPTAKE_SUPPRESSED; why++)
        if (*words[why] && strcmp(value, words[why]) == 0)
            return why;
    return UPTAKE_PRESENT;
}

static void set_number(struct cells *cells, uint64_t row, const char *value)
{
    double low, best, high;
    int used = 0;
    if (reason(value)) {
        best = low = high = uptake_missing_number(reason(value));
    } else if (sscanf(value, "suppressed:%lf:%lf%n", &low, &high, &used) == 2 && !value[used]) {
        best = uptake_missing_number(UPTAKE_SUPPRESSED);
        cells->kinds[row] = UPTAKE_IS_SUPPRESSED;
    } else if (sscanf(value, "%lf<%lf<%lf%n", &low, &best, &high, &used) == 3 && !value[used]) {
        cells->kinds[row] = UPTAKE_RANGE;
    } else {
        if (sscanf(value, "%lf%n", &best, &used) != 1 || value[used])
            stop("not a number", value);
        low = high = best;
    }
    memcpy(&cells->values[row], &best, sizeof best);
    cells->low[row] = low;
    cells->high[row] = high;
}

static int32_t text_id(struct harness_private *own, const char *value)
{
    uint64_t id = 0;
    for (; id < own->n_texts; id++)
        if (strcmp(own->texts + own->text_offsets[id], value) == 0)
            return (int32_t)id;
    if (id == TEXTS || own->text_bytes + strlen(value) >= TEXT_BYTES)
        stop("one text too many", value);
    own->text_offsets[own->n_texts++] = own->text_bytes;
    strcpy(own->texts + own->text_bytes, value);
    own->text_bytes += strlen(value) + 1;
    return (int32_t)id;
}

static int32_t choice_of(const char *const *choices, const char *value)
{
    for (int32_t k = 0; choices[k]; k++)
        if (strcmp(choices[k], value) == 0)
            return k;
    stop("no such choice", value);
    return -1;
}

static void set_date(struct cells *cells, uint64_t row, const char *value)
{
    struct uptake_period period;
    int used = 0;
    if (sscanf(value, "%d..%d%n", &period.start, &period.end, &used) != 2 || value[used]) {
        period.end = UPTAKE_DAY_OPEN;
        if (sscanf(value, "%d..open%n", &period.start, &used) != 1 || value[used])
            stop("not a date", value);
    }
    ((struct uptake_period *)cells->values)[row] = period;
}

static void set_value(struct harness *h, const struct uptake_read *read, struct cells *cells,
                      uint64_t row, const char *value)
{
    int32_t *codes = (int32_t *)cells->values;
    switch (read->type) {
    case UPTAKE_NUMBER: set_number(cells, row, value); break;
    case UPTAKE_CHOICE:
        codes[row] = reason(value) ? -reason(value) : choice_of(read->choices, value);
        break;
    case UPTAKE_TEXT: codes[row] = text_id(h->private_, value); break;
    case UPTAKE_REF: ((int64_t *)cells->values)[row] = atoll(value); break;
    case UPTAKE_DATE: set_date(cells, row, value); break;
    default: stop("no value can be set for", read->path);
    }
}

static void set_field(struct harness *h, const char *list, uint64_t row, char *field)
{
    char *value = strchr(field, '=');
    if (!value)
        stop("no value in", field);
    *value++ = 0;
    for (size_t k = 0; k < h->plugin->reads.count; k++) {
        const struct uptake_read *read = read_at(h, k);
        size_t bytes = list_bytes(read->path);
        const char *name = read->path + bytes + (bytes > 0); /* behind the dot */
        if (bytes == strlen(list) && memcmp(read->path, list, bytes) == 0 &&
            (bytes == 0 || read->path[bytes] == '.') && strcmp(name, field) == 0) {
            set_value(h, read, &h->private_->reads[k], row, value);
            return;
        }
    }
    stop("the plugin does not read", field);
}

void harness_add(struct harness *h, const char *list, const char *row)
{
    struct table *table = table_of(h, list, strlen(list));
    uint64_t at = table->rows++;
    char text[512];
    if (at == HARNESS_ROWS || strlen(row) >= sizeof text)
        stop("one row too many", row);
    strcpy(text, row);
    for (size_t k = 0; k < h->plugin->reads.count; k++)
        if (h->private_->reads[k].table == table)
            set_left_out(read_at(h, k), &h->private_->reads[k], at);
    for (char *field = strtok(text, " "); field; field = strtok(NULL, " "))
        set_field(h, list, at, field);
    for (int t = 0; t < h->private_->n_tables; t++)
        if (h->private_->tables[t].parent == table)
            h->private_->tables[t].offsets[table->rows] = (int64_t)h->private_->tables[t].rows;
    if (!table->portfolio)
        table->offsets[table->parent ? table->parent->rows : h->innovations] = (int64_t)table->rows;
}

void harness_innovation(struct harness *h)
{
    if (++h->innovations > HARNESS_INNOVATIONS)
        stop("one innovation too many", "");
    for (int t = 0; t < h->private_->n_tables; t++)
        if (!h->private_->tables[t].parent)
            h->private_->tables[t].offsets[h->innovations] = (int64_t)h->private_->tables[t].rows;
}

void harness_why(struct harness *h, const char *list, int why)
{
    struct table *table = table_of(h, list, strlen(list));
    uint64_t parents = table->parent ? table->parent->rows : h->innovations;
    table->why[parents - 1] = (int8_t)why;
}

/* --- Params ------------------------------------------------------------------------------------- */

static void param_set(struct harness *h, const struct uptake_param *param, size_t entry,
                      double value)
{
    char *member = (char *)h->params + param->offset;
    if (param->type == UPTAKE_INTEGER)
        memcpy(member, &(int64_t){(int64_t)value}, sizeof(int64_t));
    else if (param->type == UPTAKE_NUMBER || param->type == UPTAKE_TABLE)
        memcpy(member + entry * sizeof value, &value, sizeof value);
    else
        stop("no value can be set for", param->name);
}

void harness_param(struct harness *h, const char *name, const char *entry, double value)
{
    const struct uptake_param *params = h->plugin->params.rows;
    for (size_t k = 0; k < h->plugin->params.count; k++)
        if (strcmp(params[k].name, name) == 0) {
            param_set(h, &params[k], entry ? (size_t)choice_of(params[k].choices, entry) : 0,
                      value);
            return;
        }
    stop("no such param", name);
}

static void params_default(struct harness *h)
{
    const struct uptake_param *params = h->plugin->params.rows;
    for (size_t k = 0; k < h->plugin->params.count; k++)
        for (size_t entry = 0; entry == 0 || (params[k].choices && params[k].choices[entry]);
             entry++)
            param_set(h, &params[k], entry, params[k].number);
}

/* --- What the host does in a call --------------------------------------------------------------- */

static struct harness *harness_of(struct uptake_call *call)
{
    return call->private_;
}

static void keep_note(struct uptake_call *call, uint32_t entity, uint64_t row, int level,
                      const char *format, va_list values)
{
    struct harness *h = harness_of(call);
    if (h->n_notes == HARNESS_NOTES)
        stop("one finding too many", format);
    struct harness_note *note = &h->notes[h->n_notes++];
    *note = (struct harness_note){entity, entity == UPTAKE_INNOVATION ? call->first + row : row,
                                  level, ""};
    vsnprintf(note->text, sizeof note->text, format, values);
}

static void keep_text(struct uptake_call *call, uint32_t write, uint64_t row, const char *format,
                      va_list values)
{
    vsnprintf(harness_of(call)->private_->writes[write].texts[row], UPTAKE_TEXT_BYTES, format,
              values);
}

static void keep_skip(struct uptake_call *call, uint64_t i, const char *format, va_list values)
{
    vsnprintf(harness_of(call)->skips[call->first + i], UPTAKE_TEXT_BYTES, format, values);
}

static void keep_failure(struct uptake_call *call, const char *format, va_list values)
{
    (void)call;
    vfprintf(stderr, format, values);
    stop("the plugin failed", "");
}

static const struct uptake_host host = {.size = sizeof(struct uptake_host),
                                        .note = keep_note,
                                        .write_text = keep_text,
                                        .skip = keep_skip,
                                        .fail = keep_failure};

/* --- Calls -------------------------------------------------------------------------------------- */

static size_t bytes_of(uint32_t type)
{
    return type == UPTAKE_FLAG                            ? sizeof(int8_t)
           : type == UPTAKE_CHOICE || type == UPTAKE_TEXT ? sizeof(int32_t)
                                                          : sizeof(double);
}

static void columns_fill(struct harness *h, uint64_t first)
{
    struct harness_private *own = h->private_;
    for (size_t k = 0; k < h->plugin->reads.count; k++) {
        const struct uptake_read *read = read_at(h, k);
        struct cells *cells = &own->reads[k];
        int doubt = (read->flags & UPTAKE_DOUBT) != 0;
        uint64_t start = cells->table->parent ? 0 : first;
        own->columns[k] = (struct uptake_column){
            .index = read->index,
            .type = read->type,
            .values = read->type == UPTAKE_LIST
                          ? (const void *)(cells->table->why + start)
                          : (const char *)cells->values +
                                (*cells->table->path ? 0 : first) * bytes_of(read->type),
            .low = doubt ? cells->low : NULL,
            .high = doubt ? cells->high : NULL,
            .kinds = doubt ? cells->kinds : NULL,
            .offsets = cells->table->portfolio ? NULL : cells->table->offsets + start,
            .rows = cells->table->rows};
    }
}

static void outs_fill(struct harness *h, uint64_t first)
{
    struct harness_private *own = h->private_;
    for (size_t k = 0; k < h->plugin->writes.count; k++) {
        const struct uptake_write *write = write_at(h, k);
        struct cells *cells = &own->writes[k];
        uint64_t from = *write->entity ? 0 : first;
        int bounds = (write->flags & UPTAKE_BOUNDS) != 0;
        void *values = write->type == UPTAKE_NUMBER ? (void *)((double *)cells->values + from)
                                                    : (void *)((int32_t *)cells->values + from);
        own->outs[k] = (struct uptake_out){.index = write->index,
                                           .type = write->type,
                                           .values = write->type == UPTAKE_TEXT ? NULL : values,
                                           .low = bounds ? cells->low + from : NULL,
                                           .high = bounds ? cells->high + from : NULL,
                                           .rows = HARNESS_ROWS};
    }
}

static struct uptake_call call_of(struct harness *h, uint64_t first, uint64_t count, void *state)
{
    struct harness_private *own = h->private_;
    columns_fill(h, first);
    outs_fill(h, first);
    return (struct uptake_call){
        .size = sizeof(struct uptake_call),
        .first = first,
        .count = count,
        .innovations = h->innovations,
        .params = h->params,
        .state = state,
        .as_of = {h->as_of, h->as_of},
        .as_of_given = (uint32_t)h->as_of_given,
        .columns = {own->columns, h->plugin->reads.count, sizeof own->columns[0]},
        .outs = {own->outs, h->plugin->writes.count, sizeof own->outs[0]},
        .text_pool = own->texts,
        .text_offsets = own->text_offsets,
        .text_count = own->n_texts,
        .host = &host,
        .private_ = h};
}

static void state_make(struct harness *h)
{
    uint64_t rows[HARNESS_READS];
    struct uptake_counts counts = {sizeof counts, h->innovations, rows, h->plugin->reads.count};
    for (size_t k = 0; k < h->plugin->reads.count; k++)
        rows[k] = h->private_->reads[k].table->rows;
    h->state_bytes =
        h->plugin->state_size ? h->plugin->state_size(&counts, h->params) : h->plugin->state_bytes;
    free(h->state);
    h->state = zeroed(h->state_bytes, 1);
}

static void outputs_clear(struct harness *h)
{
    double missing = uptake_missing_number(UPTAKE_LEFT_OUT);
    for (size_t k = 0; k < h->plugin->writes.count; k++)
        for (size_t row = 0; row < HARNESS_ROWS; row++) {
            struct cells *cells = &h->private_->writes[k];
            cells->low[row] = cells->high[row] = missing;
            if (write_at(h, k)->type == UPTAKE_NUMBER)
                memcpy(&cells->values[row], &missing, sizeof missing);
            else
                ((int32_t *)cells->values)[row] = -UPTAKE_LEFT_OUT;
        }
}

void harness_update(struct harness *h, uint64_t first, uint64_t count, void *state)
{
    struct uptake_call call = call_of(h, first, count, state);
    if (h->plugin->update(&call) != 0)
        stop("update failed", "");
}

/* Each batch has a state of its own, so that combine is called as the host does. */
static void portfolio_run(struct harness *h, uint64_t batch)
{
    for (uint64_t first = 0; first < h->innovations; first += batch) {
        uint64_t left = h->innovations - first;
        void *part = zeroed(h->state_bytes, 1);
        harness_update(h, first, left < batch ? left : batch, part);
        if (h->plugin->combine(h->state, part, h->params) != 0)
            stop("combine failed", "");
        free(part);
    }
    struct uptake_call call = call_of(h, 0, 0, h->state);
    if (h->plugin->finish(&call) != 0)
        stop("finish failed", "");
}

void harness_run(struct harness *h, uint64_t batch)
{
    outputs_clear(h);
    state_make(h);
    h->n_notes = 0;
    memset(h->skips, 0, sizeof h->skips);
    if (h->plugin->update)
        portfolio_run(h, batch);
    for (uint64_t first = 0; first < h->innovations; first += batch) {
        uint64_t left = h->innovations - first;
        struct uptake_call call = call_of(h, first, left < batch ? left : batch, h->state);
        if (h->plugin->process(&call) != 0)
            stop("process failed", "");
    }
}

/* --- Making, and looking ------------------------------------------------------------------------ */

struct harness *harness_create(const struct uptake_bundle *bundle)
{
    struct harness *h = zeroed(1, sizeof *h);
    h->plugin = *(const struct uptake_plugin *const *)bundle->plugins.rows;
    h->as_of_given = 1;
    h->params = zeroed(1, h->plugin->params_bytes);
    h->private_ = zeroed(1, sizeof *h->private_);
    h->private_->reads = zeroed(h->plugin->reads.count, sizeof(struct cells));
    h->private_->writes = zeroed(h->plugin->writes.count, sizeof(struct cells));
    if (h->plugin->reads.count > HARNESS_READS || h->plugin->writes.count > HARNESS_READS)
        stop("too many columns in", h->plugin->id);
    for (size_t k = 0; k < h->plugin->reads.count; k++)
        h->private_->reads[k].table =
            table_of(h, read_at(h, k)->path, list_bytes(read_at(h, k)->path));
    for (size_t k = 0; k < h->plugin->writes.count; k++)
        if (write_at(h, k)->type == UPTAKE_TEXT)
            h->private_->writes[k].texts = zeroed(HARNESS_ROWS, UPTAKE_TEXT_BYTES);
    for (int t = 0; t < h->private_->n_tables; t++)
        memset(h->private_->tables[t].why, UPTAKE_LEFT_OUT, HARNESS_ROWS);
    params_default(h);
    return h;
}

void harness_destroy(struct harness *h)
{
    for (size_t k = 0; k < h->plugin->writes.count; k++)
        free(h->private_->writes[k].texts);
    free(h->private_->reads);
    free(h->private_->writes);
    free(h->private_);
    free(h->params);
    free(h->state);
    free(h);
}

static const struct cells *written(const struct harness *h, const char *name)
{
    for (size_t k = 0; k < h->plugin->writes.count; k++)
        if (strcmp(write_at(h, k)->name, name) == 0)
            return &h->private_->writes[k];
    stop("no such write", name);
    return NULL;
}

double harness_best(const struct harness *h, const char *write, uint64_t row)
{
    return ((const double *)written(h, write)->values)[row];
}
double harness_low(const struct harness *h, const char *write, uint64_t row)
{
    return written(h, write)->low[row];
}
double harness_high(const struct harness *h, const char *write, uint64_t row)
{
    return written(h, write)->high[row];
}
int32_t harness_choice(const struct harness *h, const char *write, uint64_t row)
{
    return ((const int32_t *)written(h, write)->values)[row];
}
const char *harness_text(const struct harness *h, const char *write, uint64_t row)
{
    return written(h, write)->texts[row];
}

const struct harness_note *harness_find(const struct harness *h, const char *part)
{
    for (int k = 0; k < h->n_notes; k++)
        if (strstr(h->notes[k].text, part))
            return &h->notes[k];
    return NULL;
}
