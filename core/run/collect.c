/*
 * Collecting: see collect.h. A value outside what its write declares fails its innovation, with the value and the range in
 * the reason; a finding that names no row of its own is dropped and counted.
 */
#include "run/collect.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"

struct collecting {
    struct job *job;
    const struct plugin *plugin;
    const struct model *model;
    struct result_plugin *out;
    struct result_log *log;
    uint8_t *states;
    uint8_t *failures; /* an innovation: index + 1 into the job's causes */
    struct arena *arena;
};

/* --- Failing an innovation --------------------------------------------------------------------- */

static uint8_t cause(struct job *job, const char *text)
{
    for (unsigned k = 0; k < job->n_causes; k++)
        if (strcmp(job->causes[k], text) == 0)
            return (uint8_t)(k + 1);
    if (job->n_causes < CAUSES_MAX) {
        const char *kept = arena_text(job->arena, text, strlen(text));
        job->causes[job->n_causes++] = kept ? kept : "failed";
    }
    return (uint8_t)job->n_causes;
}

static int fail_innovation(struct collecting *c, uint64_t innovation, const char *why)
{
    if (!c->failures)
        c->failures = calloc(c->model->innovations, 1);
    if (!c->failures)
        return -1;
    c->failures[innovation] = cause(c->job, why);
    c->states[innovation] = RESULT_FAILED;
    return 0;
}

/* What the workers' own words about the states are worth. */
static int settle_states(struct collecting *c)
{
    char why[400];
    snprintf(why, sizeof why, "%s", c->job->whole[0] ? c->job->whole : "was not computed");
    for (uint64_t i = 0; i < c->model->innovations; i++) {
        uint8_t died = c->job->failed ? c->job->failed[i] : 0;
        bool known = c->states[i] >= RESULT_OK && c->states[i] <= RESULT_FAILED;
        if (died && fail_innovation(c, i, c->job->causes[died - 1]) != 0)
            return -1;
        if (!died && (c->job->failed_whole || !known) && fail_innovation(c, i, why) != 0)
            return -1;
    }
    return 0;
}

/* --- Values ------------------------------------------------------------------------------------ */

static bool inside(const struct uptake_write *write, double x)
{
    return isfinite(x) && x >= write->min && x <= write->max;
}

static const char *number_text(char text[NUMBER_BYTES], double x)
{
    if (isnan(x))
        return "not a number";
    if (isinf(x))
        return x > 0 ? "infinity" : "minus infinity";
    number_print(text, x);
    return text;
}

static void wrong_number(const struct uptake_write *write, double x, char why[240])
{
    char found[NUMBER_BYTES], low[NUMBER_BYTES], high[NUMBER_BYTES];
    snprintf(why, 240, "wrote %s = %s, outside its declared %s to %s", write->name, number_text(found, x),
             number_text(low, write->min), number_text(high, write->max));
}

/* True: the row is as declared. Else why says what is not. */
static bool number_holds(const struct uptake_write *write, const struct share_out *out, uint64_t row,
                         char why[240])
{
    double value = ((const double *)(const void *)out->values)[row];
    double low = out->low ? out->low[row] : value, high = out->low ? out->high[row] : value;
    if (isnan(value)) {
        if (write->flags & UPTAKE_OPTIONAL)
            return true;
        snprintf(why, 240, "wrote no %s", write->name);
        return false;
    }
    const double *const three[] = {&value, &low, &high};
    for (size_t k = 0; k < 3; k++)
        if (!inside(write, *three[k])) {
            wrong_number(write, *three[k], why);
            return false;
        }
    if (low <= value && value <= high)
        return true;
    snprintf(why, 240, "wrote %s outside its own low and high", write->name);
    return false;
}

static bool choice_holds(const struct uptake_write *write, const struct share_out *out, uint64_t row,
                         char why[240])
{
    int32_t code = ((const int32_t *)(const void *)out->values)[row];
    int32_t count = 0;
    while (write->choices[count])
        count++;
    if (code >= 0 && code < count)
        return true;
    bool missing = code < 0 && code >= -UPTAKE_NOT_ASSESSED;
    if (missing && write->flags & UPTAKE_OPTIONAL)
        return true;
    if (missing)
        snprintf(why, 240, "wrote no %s", write->name);
    else
        snprintf(why, 240, "wrote %s = choice %d of %d", write->name, code, count);
    return false;
}

static void make_missing(const struct uptake_write *write, const struct share_out *out, uint64_t row)
{
    double number = uptake_missing_number(UPTAKE_NOT_ASSESSED);
    if (write->type == UPTAKE_NUMBER)
        ((double *)(void *)out->values)[row] = number;
    else if (out->values)
        ((int32_t *)(void *)out->values)[row] = -UPTAKE_NOT_ASSESSED;
    if (out->low)
        out->low[row] = out->high[row] = number;
}

/* The innovation of a row of an output's table. */
static uint64_t owner(const struct model *model, uint32_t table, uint64_t row)
{
    while (table != 0) {
        row = model_parent(&model->tables[table], row);
        table = model->tables[table].parent;
    }
    return row;
}

/* The same for rows that come in order: the innovation of the row before is where to look. */
static uint64_t next_owner(const struct model *model, uint32_t table, uint64_t row, uint64_t before)
{
    const struct model_table *of = &model->tables[table];
    if (table == 0)
        return row;
    if (of->parent != 0)
        return owner(model, table, row);
    while (row >= (uint64_t)of->offsets[before + 1])
        before++;
    return before;
}

static bool of_portfolio(const struct model *model, uint32_t table)
{
    return table == MODEL_NO_TABLE || (table != 0 && model->tables[table].parent == MODEL_NO_TABLE);
}

/* Checks a column; rows of innovations that are not ok read as missing. */
static int check_column(struct collecting *c, size_t index)
{
    const struct uptake_write *write = &c->plugin->writes[index];
    const struct share_out *out = &c->job->share.outs[index];
    bool portfolio = of_portfolio(c->model, out->table);
    char why[240];
    uint64_t innovation = 0;
    for (uint64_t row = 0; row < out->rows && write->type != UPTAKE_TEXT; row++) {
        if (!portfolio)
            innovation = next_owner(c->model, out->table, row, innovation);
        bool ok = portfolio ? !c->job->failed_whole : c->states[innovation] == RESULT_OK;
        bool holds = ok && (write->type == UPTAKE_NUMBER ? number_holds(write, out, row, why)
                                                         : choice_holds(write, out, row, why));
        if (ok && !holds && !portfolio && fail_innovation(c, innovation, why) != 0)
            return -1;
        if (!holds)
            make_missing(write, out, row);
    }
    return 0;
}

/* An innovation that failed on a later column loses what it wrote to the earlier ones. */
static void clear_failed(struct collecting *c)
{
    for (size_t w = 0; w < c->plugin->n_writes; w++) {
        const struct share_out *out = &c->job->share.outs[w];
        if (of_portfolio(c->model, out->table) || c->plugin->writes[w].type == UPTAKE_TEXT)
            continue;
        uint64_t innovation = 0;
        for (uint64_t row = 0; row < out->rows; row++) {
            innovation = next_owner(c->model, out->table, row, innovation);
            if (c->states[innovation] != RESULT_OK)
                make_missing(&c->plugin->writes[w], out, row);
        }
    }
}

/* --- The log ----------------------------------------------------------------------------------- */

static bool record_belongs(const struct collecting *c, const struct log_record *record)
{
    if (record->head.portfolio)
        return !c->job->failed_whole;
    if (record->head.innovation >= c->model->innovations)
        return false;
    bool ok = c->states[record->head.innovation] == RESULT_OK;
    return record->head.kind == LOG_SKIP ? !ok : ok;
}

static bool row_of_innovation(const struct collecting *c, uint32_t table, uint64_t row, uint64_t innovation)
{
    const struct model_table *of = &c->model->tables[table];
    if (of->parent == 0)
        return row >= (uint64_t)of->offsets[innovation] && row < (uint64_t)of->offsets[innovation + 1];
    return row < of->rows && owner(c->model, table, row) == innovation;
}

static bool note_row_holds(const struct collecting *c, const struct log_head *head)
{
    if (head->entity == LOG_WHOLE)
        return head->row == (head->portfolio ? 0 : head->innovation);
    if (head->entity >= c->log->n_reads || c->log->read_tables[head->entity] == MODEL_NO_TABLE)
        return false;
    uint32_t table = c->log->read_tables[head->entity];
    if (table == 0)
        return false;
    if (of_portfolio(c->model, table))
        return head->portfolio && head->row < c->model->tables[table].rows;
    return !head->portfolio && row_of_innovation(c, table, head->row, head->innovation);
}

typedef int record_function(struct collecting *c, const struct log_record *record, uint32_t place);

/* All records of all logs, in the order of slots. */
static int each_record(struct collecting *c, record_function *function)
{
    struct log_record record;
    for (unsigned slot = 0; slot < c->job->workers; slot++)
        for (uint64_t at = 0; log_at(&c->log->slots[slot], at, &record); at += record.bytes)
            if (record.head.kind != LOG_TEMPLATE && record_belongs(c, &record) &&
                function(c, &record, RESULT_PLACE(slot, at)) != 0)
                return -1;
    return 0;
}

static bool is_note(const struct collecting *c, const struct log_record *record)
{
    const struct log_head *head = &record->head;
    return head->kind == LOG_NOTE && head->level >= UPTAKE_BLOCKS && head->level <= UPTAKE_NOT_KNOWN &&
           note_row_holds(c, head);
}

static uint64_t note_bucket(const struct collecting *c, const struct log_record *record)
{
    return record->head.portfolio ? c->model->innovations : record->head.innovation;
}

static int count_note(struct collecting *c, const struct log_record *record, uint32_t place)
{
    (void)place;
    uint32_t *at = (uint32_t *)(uintptr_t)c->out->notes_at;
    if (is_note(c, record))
        at[note_bucket(c, record) + 1]++;
    return 0;
}

static int place_note(struct collecting *c, const struct log_record *record, uint32_t place)
{
    uint32_t *at = (uint32_t *)(uintptr_t)c->out->notes_at;
    uint32_t *notes = (uint32_t *)(uintptr_t)c->log->notes;
    if (is_note(c, record))
        notes[at[note_bucket(c, record)]++] = place;
    return 0;
}

/* Counting sort by innovation: the order of slots, and so the number of workers, leaves no trace. */
static int index_notes(struct collecting *c)
{
    uint64_t buckets = c->model->innovations + 1;
    uint32_t *at = calloc(buckets + 1, sizeof *at);
    c->out->notes_at = at;
    if (!at || each_record(c, count_note) != 0)
        return -1;
    for (uint64_t k = 0; k < buckets; k++)
        at[k + 1] += at[k];
    c->out->n_notes = at[buckets];
    c->log->notes = calloc(c->out->n_notes + 1, sizeof *c->log->notes);
    if (!c->log->notes || each_record(c, place_note) != 0)
        return -1;
    memmove(at + 1, at, buckets * sizeof *at);
    at[0] = 0;
    return 0;
}

static int place_reason(struct collecting *c, const struct log_record *record, uint32_t place)
{
    if (record->head.kind != LOG_SKIP || record->head.portfolio)
        return 0;
    uint32_t *reasons = (uint32_t *)(uintptr_t)c->log->reasons;
    if (!reasons) {
        reasons = malloc(c->model->innovations * sizeof *reasons);
        if (!reasons)
            return -1;
        memset(reasons, 0xff, c->model->innovations * sizeof *reasons);
        c->log->reasons = reasons;
    }
    reasons[record->head.innovation] = place;
    return 0;
}

static int place_text(struct collecting *c, const struct log_record *record, uint32_t place)
{
    if (record->head.kind != LOG_TEXT || record->head.entity >= c->plugin->n_writes)
        return 0;
    struct result_column *column = &c->out->columns[record->head.entity];
    if (column->texts && record->head.row < column->rows)
        column->texts[record->head.row] = place;
    return 0;
}

static int open_texts(struct collecting *c)
{
    for (size_t w = 0; w < c->plugin->n_writes; w++) {
        struct result_column *column = &c->out->columns[w];
        if (c->plugin->writes[w].type != UPTAKE_TEXT)
            continue;
        column->texts = malloc((column->rows + 1) * sizeof *column->texts);
        if (!column->texts)
            return -1;
        memset(column->texts, 0xff, (column->rows + 1) * sizeof *column->texts);
    }
    return each_record(c, place_text);
}

/* A text that had to be written and was not fails its innovation like any other value. */
static int check_texts(struct collecting *c)
{
    char why[240];
    for (size_t w = 0; w < c->plugin->n_writes; w++) {
        const struct result_column *column = &c->out->columns[w];
        if (!column->texts || c->plugin->writes[w].flags & UPTAKE_OPTIONAL || of_portfolio(c->model, column->table))
            continue;
        snprintf(why, sizeof why, "wrote no %s", c->plugin->writes[w].name);
        uint64_t innovation = 0;
        for (uint64_t row = 0; row < column->rows; row++) {
            innovation = next_owner(c->model, column->table, row, innovation);
            if (column->texts[row] == UINT32_MAX && c->states[innovation] == RESULT_OK &&
                fail_innovation(c, innovation, why) != 0)
                return -1;
        }
    }
    return 0;
}

/* --- The whole --------------------------------------------------------------------------------- */

static int open_columns(struct collecting *c)
{
    c->out->n_columns = c->plugin->n_writes;
    c->out->columns = arena_array(c->arena, c->plugin->n_writes, sizeof *c->out->columns);
    if (!c->out->columns)
        return -1;
    for (size_t w = 0; w < c->plugin->n_writes; w++) {
        const struct share_out *out = &c->job->share.outs[w];
        struct result_column *column = &c->out->columns[w];
        column->write = &c->plugin->writes[w];
        column->table = out->table;
        column->rows = out->rows;
        if (column->write->type == UPTAKE_NUMBER)
            column->values = (double *)(void *)out->values;
        else
            column->codes = (int32_t *)(void *)out->values;
        column->low = out->low;
        column->high = out->high;
    }
    return 0;
}

static int open_log(struct collecting *c)
{
    struct result_log *log = arena_alloc(c->arena, sizeof *log);
    uint32_t *tables = arena_array(c->arena, c->plugin->n_reads, sizeof *tables);
    if (!log || !tables)
        return -1;
    const struct share *share = &c->job->share;
    for (size_t k = 0; k < c->plugin->n_reads; k++)
        tables[k] = share->of->reads[k].provider == SIZE_MAX
                        ? share->plan->requests[share->of->reads[k].request].table
                        : MODEL_NO_TABLE;
    log->read_tables = tables;
    log->n_reads = c->plugin->n_reads;
    for (unsigned slot = 0; slot < c->job->workers; slot++) {
        uint32_t *places = arena_array(c->arena, LOG_NUMBERS, sizeof *places);
        if (!places)
            return -1;
        log_read(&log->slots[slot], share->logs[slot], c->job->slots[slot].committed, places);
        c->out->notes_dropped += c->job->slots[slot].dropped;
    }
    c->log = log;
    c->out->log = log;
    return 0;
}

static void count_states(struct collecting *c)
{
    for (uint64_t i = 0; i < c->model->innovations; i++) {
        c->out->ok += c->states[i] == RESULT_OK;
        c->out->skipped += c->states[i] == RESULT_SKIPPED;
        c->out->failed += c->states[i] == RESULT_FAILED;
    }
    c->out->status = c->job->stopped && !c->job->failed_whole ? PLUGIN_STOPPED
                     : c->job->failed_whole                   ? PLUGIN_FAILED
                     : c->out->failed == 0                    ? PLUGIN_OK
                     : c->out->failed == c->model->innovations ? PLUGIN_FAILED
                                                               : PLUGIN_PARTIAL;
}

static int collect_all(struct collecting *c)
{
    if (open_columns(c) != 0 || open_log(c) != 0 || settle_states(c) != 0)
        return -1;
    for (size_t w = 0; w < c->plugin->n_writes; w++)
        if (check_column(c, w) != 0)
            return -1;
    if (open_texts(c) != 0 || check_texts(c) != 0)
        return -1;
    if (c->failures)
        clear_failed(c);
    if (index_notes(c) != 0 || each_record(c, place_reason) != 0)
        return -1;
    c->log->failures = c->failures;
    c->log->causes = c->job->causes;
    return 0;
}

int collect(struct job *job, struct result *result, struct result_plugin *out, struct uptake_error *error)
{
    const struct plan_plugin *of = job->share.of;
    struct collecting c = {.job = job,
                           .plugin = of->plugin,
                           .model = job->share.model,
                           .out = out,
                           .states = job->share.states,
                           .arena = &result->arena};
    *out = (struct result_plugin){.name = of->spec->name,
                                  .plugin = of->plugin,
                                  .states = job->share.states,
                                  .with_text = of->with_text,
                                  .batch_dependent = job->batch_dependent};
    if (collect_all(&c) != 0)
        return error_memory(error);
    for (size_t w = 0; w < out->n_columns; w++)
        result_basis_tables(result, out, w);
    count_states(&c);
    out->messages = job->messages;
    out->n_messages = job->n_messages;
    return 0;
}
