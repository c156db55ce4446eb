/*
 * Services: each call becomes a record of the worker's log. A row that is not the batch's is counted as dropped, never
 * followed.
 */
#include "run/services.h"

#include <stdio.h>
#include <string.h>

static struct caller *caller_of(struct uptake_call *call)
{
    return call->private_;
}

static bool in_batch(const struct caller *caller, uint64_t innovation)
{
    return innovation >= caller->call.first && innovation < caller->call.first + caller->call.count;
}

/* Findings mostly come innovation by innovation: the last one asked for is tried first, then the next. */
static bool near_last(struct caller *caller, uint32_t table, uint64_t row, uint64_t *innovation)
{
    const struct model_table *of = &caller->share->model->tables[table];
    if (of->parent != 0)
        return false;
    for (uint64_t i = caller->last_owner; i < caller->last_owner + 2 && in_batch(caller, i); i++)
        if (row >= (uint64_t)of->offsets[i] && row < (uint64_t)of->offsets[i + 1]) {
            *innovation = caller->last_owner = i;
            return true;
        }
    return false;
}

/* The innovation that a table's row belongs to; false: none of this batch. */
static bool owner(struct caller *caller, uint32_t table, uint64_t row, uint64_t *innovation)
{
    if (near_last(caller, table, row, innovation))
        return true;
    while (table != 0) {
        const struct model_table *of = &caller->share->model->tables[table];
        if (of->parent == MODEL_NO_TABLE || row >= of->rows)
            return false;
        row = model_parent(of, row);
        table = of->parent;
    }
    *innovation = caller->last_owner = row;
    return in_batch(caller, row);
}

static uint32_t table_of_read(const struct caller *caller, uint32_t read)
{
    if (read >= caller->share->of->plugin->n_reads ||
        caller->share->of->reads[read].provider != SIZE_MAX)
        return MODEL_NO_TABLE;
    return caller->share->plan->requests[caller->share->of->reads[read].request].table;
}

/* Portfolio findings: of the whole, or of a row of a portfolio table. */
static bool portfolio_head(struct caller *caller, uint32_t entity, uint64_t row,
                           struct log_head *head)
{
    uint32_t table = entity == UPTAKE_PORTFOLIO ? MODEL_NO_TABLE : table_of_read(caller, entity);
    bool whole = entity == UPTAKE_PORTFOLIO;
    if (caller->call.count || (!whole && (table == MODEL_NO_TABLE || table == 0)))
        return false;
    if (!whole && (caller->share->model->tables[table].parent != MODEL_NO_TABLE ||
                   row >= caller->share->model->tables[table].rows))
        return false;
    head->portfolio = true;
    head->entity = whole ? LOG_WHOLE : (uint8_t)entity;
    head->row = whole ? 0 : (uint32_t)row;
    return caller->portfolio_notes++ < UPTAKE_PORTFOLIO_NOTES_MAX;
}

static bool note_head(struct caller *caller, uint32_t entity, uint64_t row, int level,
                      struct log_head *head)
{
    uint64_t innovation = caller->call.first + row;
    *head = (struct log_head){.kind = LOG_NOTE,
                              .level = (uint8_t)level,
                              .entity = LOG_WHOLE,
                              .row = (uint32_t)innovation};
    if (caller->mute || level < UPTAKE_BLOCKS || level > UPTAKE_NOT_KNOWN)
        return false;
    if (caller->call.count == 0)
        return portfolio_head(caller, entity, row, head);
    if (entity != UPTAKE_INNOVATION) {
        uint32_t table = table_of_read(caller, entity);
        if (table == MODEL_NO_TABLE || (table != 0 && !owner(caller, table, row, &innovation)))
            return false;
        bool whole = table == 0 || entity >= LOG_WHOLE;
        head->entity = whole ? LOG_WHOLE : (uint8_t)entity;
        head->row = (uint32_t)(whole ? innovation : row);
    }
    if (!in_batch(caller, innovation))
        return false;
    uint8_t *given = &caller->notes[innovation - caller->call.first];
    if (*given == UPTAKE_NOTES_MAX)
        return false;
    ++*given;
    head->innovation = (uint32_t)innovation;
    return true;
}

static void note(struct uptake_call *call, uint32_t entity, uint64_t row, int level,
                 const char *format, va_list values)
{
    struct caller *caller = caller_of(call);
    struct log_head head;
    if (note_head(caller, entity, row, level, &head))
        log_append(&caller->log, head, format, values);
    else
        caller->log.dropped++;
}

static void note_plain(struct uptake_call *call, uint32_t entity, uint64_t row, int level,
                       const char *text, size_t bytes)
{
    struct caller *caller = caller_of(call);
    struct log_head head;
    if (note_head(caller, entity, row, level, &head))
        log_append_plain(&caller->log, head, text, bytes);
    else
        caller->log.dropped++;
}

static bool text_head(struct caller *caller, uint32_t write, uint64_t row, struct log_head *head)
{
    const struct share *share = caller->share;
    if (caller->mute || write >= share->of->plugin->n_writes || write >= LOG_WHOLE ||
        share->of->plugin->writes[write].type != UPTAKE_TEXT)
        return false;
    uint32_t table = share->outs[write].table;
    uint64_t innovation = caller->call.first + row;
    *head = (struct log_head){.kind = LOG_TEXT, .entity = (uint8_t)write, .row = (uint32_t)row};
    if (table == 0)
        head->row = (uint32_t)innovation;
    bool portfolio = table == MODEL_NO_TABLE ||
                     (table != 0 && share->model->tables[table].parent == MODEL_NO_TABLE);
    if (portfolio) {
        head->portfolio = true;
        return caller->call.count == 0 && row < share->outs[write].rows;
    }
    if (table != 0 && !owner(caller, table, row, &innovation))
        return false;
    head->innovation = (uint32_t)innovation;
    return in_batch(caller, innovation);
}

static void write_text(struct uptake_call *call, uint32_t write, uint64_t row, const char *format,
                       va_list values)
{
    struct caller *caller = caller_of(call);
    struct log_head head;
    if (text_head(caller, write, row, &head))
        log_append(&caller->log, head, format, values);
    else
        caller->log.dropped++;
}

static void write_plain(struct uptake_call *call, uint32_t write, uint64_t row, const char *text,
                        size_t bytes)
{
    struct caller *caller = caller_of(call);
    struct log_head head;
    if (text_head(caller, write, row, &head))
        log_append_plain(&caller->log, head, text, bytes);
    else
        caller->log.dropped++;
}

static bool skip_head(struct caller *caller, uint64_t i, struct log_head *head)
{
    if (caller->mute || i >= caller->call.count ||
        caller->share->states[caller->call.first + i] == RESULT_SKIPPED)
        return false;
    uint64_t innovation = caller->call.first + i;
    caller->share->states[innovation] = RESULT_SKIPPED;
    *head = (struct log_head){.kind = LOG_SKIP,
                              .entity = LOG_WHOLE,
                              .innovation = (uint32_t)innovation,
                              .row = (uint32_t)innovation};
    return true;
}

static void skip(struct uptake_call *call, uint64_t i, const char *format, va_list values)
{
    struct caller *caller = caller_of(call);
    struct log_head head;
    if (skip_head(caller, i, &head))
        log_append(&caller->log, head, format, values);
}

static void skip_plain(struct uptake_call *call, uint64_t i, const char *text, size_t bytes)
{
    struct caller *caller = caller_of(call);
    struct log_head head;
    if (skip_head(caller, i, &head))
        log_append_plain(&caller->log, head, text, bytes);
}

static void fail(struct uptake_call *call, const char *format, va_list values)
{
    struct caller *caller = caller_of(call);
    vsnprintf(caller->failure, 256, format, values);
    caller->failed = true;
}

const struct uptake_host services = {.size = sizeof services,
                                     .note = note,
                                     .write_text = write_text,
                                     .skip = skip,
                                     .fail = fail,
                                     .note_plain = note_plain,
                                     .write_plain = write_plain,
                                     .skip_plain = skip_plain};
