/*
 * The logs of a plugin's workers: findings by innovation, reasons, texts. A record that names no
 * row of its own, or one finding too many, is dropped and counted.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "run/collect_internal.h"

/* --- What a record may say -------------------------------------------------------------------- */

static bool record_belongs(const struct collecting *c, const struct log_record *record)
{
    if (record->head.portfolio)
        return !c->job->failed_whole;
    if (record->head.innovation >= c->model->innovations)
        return false;
    bool ok = c->states[record->head.innovation] == RESULT_OK;
    return record->head.kind == LOG_SKIP ? !ok : ok;
}

static bool row_of_innovation(const struct collecting *c, uint32_t table, uint64_t row,
                              uint64_t innovation)
{
    const struct model_table *of = &c->model->tables[table];
    if (table == 0)
        return row == innovation;
    if (of->parent == 0)
        return row >= (uint64_t)of->offsets[innovation] &&
               row < (uint64_t)of->offsets[innovation + 1];
    return row < of->rows && collect_owner(c->model, table, row) == innovation;
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
    if (collect_of_portfolio(c->model, table))
        return head->portfolio && head->row < c->model->tables[table].rows;
    return !head->portfolio && row_of_innovation(c, table, head->row, head->innovation);
}

typedef int record_function(struct collecting *c, const struct log_record *record, uint32_t place);

/* All records of a kind, in the order of slots. */
static int each_record(struct collecting *c, enum log_kind kind, record_function *function)
{
    struct log_record record;
    for (unsigned slot = 0; slot < c->job->workers; slot++) {
        const struct log_reader *log = &c->log->slots[slot];
        if (!(log->kinds >> kind & 1))
            continue;
        for (uint64_t at = 0; log_at(log, at, &record); at += record.bytes)
            if (record.head.kind == kind && record_belongs(c, &record) &&
                function(c, &record, RESULT_PLACE(slot, at)) != 0)
                return -1;
    }
    return 0;
}

static bool is_note(const struct collecting *c, const struct log_record *record)
{
    const struct log_head *head = &record->head;
    return head->level >= UPTAKE_BLOCKS && head->level <= UPTAKE_NOT_KNOWN &&
           note_row_holds(c, head);
}

/* --- Findings --------------------------------------------------------------------------------- */

/* Innovations, then the portfolio. */
static uint64_t note_bucket(const struct collecting *c, const struct log_record *record)
{
    return record->head.portfolio ? c->model->innovations : record->head.innovation;
}

static uint32_t notes_most(const struct collecting *c, uint64_t bucket)
{
    return bucket == c->model->innovations ? UPTAKE_PORTFOLIO_NOTES_MAX : UPTAKE_NOTES_MAX;
}

static int count_note(struct collecting *c, const struct log_record *record, uint32_t place)
{
    (void)place;
    if (!is_note(c, record))
        return 0;
    uint64_t bucket = note_bucket(c, record);
    if (c->notes_at[bucket + 1] < notes_most(c, bucket))
        c->notes_at[bucket + 1]++;
    else
        c->out->notes_dropped++;
    return 0;
}

static int place_note(struct collecting *c, const struct log_record *record, uint32_t place)
{
    uint64_t bucket = is_note(c, record) ? note_bucket(c, record) : UINT64_MAX;
    if (bucket != UINT64_MAX && c->notes_left[bucket]) {
        c->notes_left[bucket]--;
        c->notes[c->notes_at[bucket]++] = place;
    }
    return 0;
}

/* Counting sort by innovation: the order of slots, and so the number of workers, leaves no
 * trace. */
int collect_notes(struct collecting *c)
{
    uint64_t buckets = c->model->innovations + 1;
    uint32_t *at = calloc(buckets + 1, sizeof *at);
    c->out->notes_at = c->notes_at = at;
    c->notes_left = calloc(buckets, sizeof *c->notes_left);
    int failed = !at || !c->notes_left ? -1 : each_record(c, LOG_NOTE, count_note);
    for (uint64_t k = 0; k < buckets && !failed; k++) {
        c->notes_left[k] = (uint16_t)at[k + 1];
        at[k + 1] += at[k];
    }
    if (!failed) {
        c->out->n_notes = at[buckets];
        c->log->notes = c->notes = calloc(c->out->n_notes + 1, sizeof *c->notes);
        failed = c->notes ? each_record(c, LOG_NOTE, place_note) : -1;
        memmove(at + 1, at, buckets * sizeof *at);
        at[0] = 0;
    }
    free(c->notes_left);
    return failed;
}

/* --- Reasons and texts ------------------------------------------------------------------------ */

static int place_reason(struct collecting *c, const struct log_record *record, uint32_t place)
{
    if (record->head.portfolio)
        return 0;
    if (!c->reasons) {
        c->log->reasons = c->reasons = malloc(c->model->innovations * sizeof *c->reasons);
        if (!c->reasons)
            return -1;
        memset(c->reasons, 0xff, c->model->innovations * sizeof *c->reasons);
    }
    c->reasons[record->head.innovation] = place;
    return 0;
}

int collect_reasons(struct collecting *c)
{
    return each_record(c, LOG_SKIP, place_reason);
}

static int place_text(struct collecting *c, const struct log_record *record, uint32_t place)
{
    if (record->head.entity >= c->plugin->n_writes)
        return 0;
    const struct log_head *head = &record->head;
    struct result_column *column = &c->out->columns[head->entity];
    if (!column->texts || head->row >= column->rows)
        return 0;
    bool portfolio = collect_of_portfolio(c->model, column->table);
    if (portfolio
            ? head->portfolio
            : !head->portfolio && row_of_innovation(c, column->table, head->row, head->innovation))
        column->texts[head->row] = place;
    return 0;
}

int collect_texts(struct collecting *c)
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
    return each_record(c, LOG_TEXT, place_text);
}

/* --- Opening ---------------------------------------------------------------------------------- */

int collect_log(struct collecting *c)
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
