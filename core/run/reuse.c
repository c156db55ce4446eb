/* Taking answers from a record: see reuse.h. */
#include "run/reuse.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "result/digest.h"
#include "run/collect.h"
#include "run/collect_internal.h"
#include "run/inputs.h"

/* --- Why not ----------------------------------------------------------------------------------- */

static const struct result_plugin *recorded(const struct record *record, const char *name,
                                            size_t *at)
{
    for (*at = 0; *at < record->result.n_plugins; ++*at)
        if (strcmp(record->result.plugins[*at].name, name) == 0)
            return &record->result.plugins[*at];
    return NULL;
}

static const struct result_input *input_of(const struct result_plugin *plugin,
                                           const struct result_input *like)
{
    for (size_t k = 0; k < plugin->n_inputs; k++)
        if (strcmp(plugin->inputs[k].kind, like->kind) == 0 &&
            strcmp(plugin->inputs[k].name, like->name) == 0)
            return &plugin->inputs[k];
    return NULL;
}

enum { NAMED_MOST = 3 };
struct changes {
    char text[400];
    size_t used, count;
};

static void name_change(struct changes *changes, const struct result_input *input)
{
    size_t count;
    const struct inputs_kind *kinds = inputs_kinds(&count);
    if (changes->count++ >= NAMED_MOST)
        return;
    for (size_t k = 0; k < count; k++)
        if (strcmp(kinds[k].name, input->kind) == 0)
            changes->used += (size_t)snprintf(
                changes->text + changes->used, sizeof changes->text - changes->used, "%s%s%s%.80s",
                changes->used ? ", " : "", kinds[k].words, kinds[k].named ? " " : "",
                kinds[k].named ? input->name : "");
}

/* Inputs that are other ones now, or were not there, or are no more. */
static void find_changes(const struct result_plugin *now, const struct result_plugin *then,
                         struct changes *changes)
{
    for (size_t k = 0; k < now->n_inputs; k++) {
        const struct result_input *before = input_of(then, &now->inputs[k]);
        if (!before || strcmp(before->sha256, now->inputs[k].sha256) != 0)
            name_change(changes, &now->inputs[k]);
    }
    for (size_t k = 0; k < then->n_inputs; k++)
        if (!input_of(now, &then->inputs[k]))
            name_change(changes, &then->inputs[k]);
}

/* NULL: nothing speaks against it. */
static const char *objection(const struct plan_plugin *of, const struct result_plugin *now,
                             const struct result_plugin *then, struct arena *arena)
{
    struct changes changes = {.used = 0};
    if (!then)
        return "the record does not have it";
    if (of->plugin->properties & UPTAKE_NOT_REPEATABLE)
        return "it says of itself that the same input may give another answer";
    if (then->n_inputs == 0)
        return "the record does not say what it rested on";
    if (then->status != PLUGIN_OK || then->failed || then->n_messages || then->batch_dependent)
        return "something went wrong with it before";
    find_changes(now, then, &changes);
    if (changes.count == 0)
        return NULL;
    if (changes.count > NAMED_MOST)
        return arena_format(arena, "changed: %s and %zu more", changes.text,
                            changes.count - NAMED_MOST);
    return arena_format(arena, "changed: %s", changes.text);
}

/* --- Into a job's memory ----------------------------------------------------------------------- */

struct taking {
    const struct record *record;
    const struct result_plugin *from;
    const struct model *model;
    struct job *job;
    struct log_writer log;
    uint8_t
        *reads; /* a list of the record: a read of the plugin that stands in it; LOG_WHOLE: none */
    int32_t *numbers; /* a template of the record's log: its number here; -2: not yet */
    struct hash findings;
};

/* The read through which the plugin speaks of a list of the record. */
static int map_lists(struct taking *taking, struct arena *arena)
{
    const struct share *share = &taking->job->share;
    const struct model *before = &taking->record->model;
    taking->reads = arena_array(arena, before->n_tables, 1);
    taking->numbers = arena_array(arena, LOG_NUMBERS, sizeof *taking->numbers);
    if (!taking->reads || !taking->numbers)
        return -1;
    for (size_t k = 0; k < LOG_NUMBERS; k++)
        taking->numbers[k] = -2;
    memset(taking->reads, LOG_WHOLE, before->n_tables);
    for (size_t k = 0; k < share->of->plugin->n_reads && k < LOG_WHOLE; k++) {
        const struct plan_read *read = &share->of->reads[k];
        if (read->provider != SIZE_MAX)
            continue;
        uint32_t table = share->plan->requests[read->request].table;
        for (size_t t = 1; t < before->n_tables; t++)
            if (taking->reads[t] == LOG_WHOLE && before->tables[t].path &&
                strcmp(before->tables[t].path, taking->model->tables[table].path) == 0)
                taking->reads[t] = (uint8_t)k;
    }
    return 0;
}

static bool alike(const struct uptake_write *now, const struct share_out *out,
                  const struct result_column *then)
{
    bool low = (now->flags & UPTAKE_BOUNDS) != 0;
    return strcmp(now->name, then->write->name) == 0 && now->type == then->write->type &&
           strcmp(now->entity, then->write->entity) == 0 && out->rows == then->rows &&
           low == (then->low && then->high);
}

/* Each text as the plugin would have written it. */
static void take_texts(struct taking *taking, uint8_t write, const struct result_column *from)
{
    uint32_t table = taking->job->share.outs[write].table;
    bool portfolio = collect_of_portfolio(taking->model, table);
    char text[UPTAKE_TEXT_BYTES + 1];
    for (uint64_t row = 0; row < from->rows; row++) {
        size_t bytes = result_text(taking->from, from, row, text);
        struct log_head head = {
            .kind = LOG_TEXT, .portfolio = portfolio, .entity = write, .row = (uint32_t)row};
        if (!portfolio)
            head.innovation = (uint32_t)collect_owner(taking->model, table, row);
        if (from->texts && from->texts[row] != UINT32_MAX)
            log_append_plain(&taking->log, head, text, bytes);
    }
}

static bool take_columns(struct taking *taking)
{
    struct share *share = &taking->job->share;
    const struct plugin *plugin = share->of->plugin;
    if (taking->from->n_columns != plugin->n_writes)
        return false;
    for (size_t w = 0; w < plugin->n_writes; w++) {
        const struct result_column *from = &taking->from->columns[w];
        struct share_out *out = &share->outs[w];
        if (!alike(&plugin->writes[w], out, from) || (!out->values && w >= LOG_WHOLE))
            return false;
        if (out->values)
            share_touch_all(share, w);
        if (out->values)
            memcpy(out->values, from->values ? (const void *)from->values : from->codes,
                   out->rows * out->bytes);
        else
            take_texts(taking, (uint8_t)w, from);
        if (out->low) {
            memcpy(out->low, from->low, out->rows * sizeof *out->low);
            memcpy(out->high, from->high, out->rows * sizeof *out->high);
        }
    }
    return true;
}

static void take_states(struct taking *taking)
{
    char text[UPTAKE_TEXT_BYTES + 32];
    uint64_t n = taking->model->innovations;
    memcpy(taking->job->share.states, taking->from->states, n);
    for (uint64_t i = 0; i < n; i++) {
        if (taking->from->states[i] != RESULT_SKIPPED)
            continue;
        size_t bytes = result_status_text(taking->from, i, text);
        const char *reason = strstr(text, ": ");
        struct log_head head = {
            .kind = LOG_SKIP, .entity = LOG_WHOLE, .innovation = (uint32_t)i, .row = (uint32_t)i};
        if (reason)
            log_append_plain(&taking->log, head, reason + 2, bytes - (size_t)(reason + 2 - text));
    }
}

/* Its sentence stands here from its first finding on. */
static void take_sentence(struct taking *taking, const struct result_note *note,
                          struct log_head head, const char *text, const struct log_parts *parts,
                          uint32_t number)
{
    char format[LOG_FORMAT_BYTES + 1];
    struct log_part values[LOG_PARTS];
    if (taking->numbers[number] < 0 && !result_note_format(taking->from, note, format)) {
        log_append_plain(&taking->log, head, text, strlen(text));
        return;
    }
    if (taking->numbers[number] == -2)
        taking->numbers[number] = log_format_add(&taking->log, format);
    for (size_t v = 0; v < parts->n; v++)
        values[v] = (struct log_part){text + parts->from[v], parts->to[v] - parts->from[v]};
    log_append_parts(&taking->log, head, taking->numbers[number], format, values, parts->n);
}

static bool take_findings(struct taking *taking)
{
    char text[UPTAKE_TEXT_BYTES + 1];
    for (uint64_t k = 0; k < taking->from->n_notes; k++) {
        struct result_note note = result_note(taking->from, k);
        struct log_parts parts;
        uint32_t number = result_note_parts(taking->from, &note, text, &parts);
        bool portfolio = note.innovation == UINT64_MAX;
        struct log_head head = {.kind = LOG_NOTE,
                                .level = (uint8_t)note.level,
                                .portfolio = portfolio,
                                .entity = LOG_WHOLE,
                                .innovation = portfolio ? 0 : (uint32_t)note.innovation,
                                .row = (uint32_t)note.row};
        digest_finding(&taking->findings, &taking->record->model, &note, text);
        if (note.table != MODEL_NO_TABLE) {
            head.entity = taking->reads[note.table];
            if (head.entity == LOG_WHOLE)
                return false;
        }
        if (parts.whole || number >= LOG_NUMBERS)
            log_append_plain(&taking->log, head, text, strlen(text));
        else
            take_sentence(taking, &note, head, text, &parts, number);
    }
    return true;
}

/* What was computed, and nothing else, by the hashes that were taken then. */
static bool is_genuine(struct taking *taking)
{
    char values[HASH_HEX], findings[HASH_HEX];
    digest_values(taking->from, taking->model->innovations, values);
    hash_end(&taking->findings, findings);
    return taking->from->values_sha256 && taking->from->findings_sha256 &&
           strcmp(values, taking->from->values_sha256) == 0 &&
           strcmp(findings, taking->from->findings_sha256) == 0;
}

static bool fill(struct taking *taking)
{
    struct job *job = taking->job;
    log_open(&taking->log, job->share.logs[0], job->share.log_room, 0);
    hash_start(&taking->findings);
    if (!take_columns(taking))
        return false;
    take_states(taking);
    if (!take_findings(taking))
        return false;
    job->slots[0].committed = taking->log.used;
    return taking->log.dropped == 0 && is_genuine(taking);
}

/* --- The whole --------------------------------------------------------------------------------- */

static void open_over(struct job *job, const struct plan *plan, size_t p, const struct model *model,
                      struct result *result)
{
    job->arena = &result->arena;
    job->share = (struct share){.plan = plan,
                                .of = &plan->plugins[p],
                                .model = model,
                                .grid = grid_of(model->innovations),
                                .as_of_given = result->as_of_given,
                                .as_of = result->as_of};
    job->workers = 1;
    job->started = job->over = true;
    job->cutoff = job->batch_dependent = UINT64_MAX;
}

/* Everything was as a worker's would have to be, and nothing had to be mended. */
static bool is_whole(const struct result_plugin *plugin, const struct result_plugin *from)
{
    return plugin->status == PLUGIN_OK && plugin->n_messages == 0 && plugin->ok == from->ok &&
           plugin->skipped == from->skipped && plugin->n_notes == from->n_notes &&
           plugin->notes_dropped == 0;
}

/* As if nothing had been taken. */
static void drop(struct job *job, struct result_plugin *plugin)
{
    const struct result_plugin before = *plugin;
    collect_drop(plugin);
    share_close(&job->share);
    *job = (struct job){0};
    *plugin = (struct result_plugin){.inputs = before.inputs,
                                     .n_inputs = before.n_inputs,
                                     .rerun = "what the record holds is not what was computed"};
}

static int take(struct taking *taking, struct result *result, struct result_plugin *into,
                struct uptake_error *error)
{
    struct job *job = taking->job;
    if (share_open(&job->share, 0, 1, job->arena, error) != 0)
        return -1;
    if (map_lists(taking, job->arena) != 0)
        return error_memory(error);
    if (!fill(taking)) {
        drop(job, into);
        return 0;
    }
    if (collect(job, result, into, error) != 0 || collect_findings(job, result, into, error) != 0)
        return -1;
    if (!is_whole(into, taking->from)) {
        drop(job, into);
        return 0;
    }
    into->notes_dropped = taking->from->notes_dropped;
    into->reused = true;
    into->computed = taking->from->computed;
    return 1;
}

int reuse_take(const struct record *record, const struct plan *plan, size_t p,
               const struct model *model, struct job *job, struct result *result,
               struct uptake_error *error)
{
    size_t at;
    struct result_plugin *into = &result->plugins[p];
    const struct result_plugin *from = recorded(record, plan->plugins[p].spec->name, &at);
    struct taking taking = {.record = record, .from = from, .model = model, .job = job};
    into->rerun = objection(&plan->plugins[p], into, from, &result->arena);
    if (into->rerun)
        return 0;
    if (record->model.innovations != model->innovations) {
        into->rerun = "what the record holds is not what was computed";
        return 0;
    }
    open_over(job, plan, p, model, result);
    return take(&taking, result, into, error);
}
