/*
 * Statuses and findings as rows of a record. A finding is the number of its kind (plugin, level, list, sentence) and the
 * values in the sentence: most are one of a few sentences, and each sentence stands once.
 */
#include <stdlib.h>
#include <string.h>

#include "result/digest.h"
#include "result/record_internal.h"

/* --- Statuses ---------------------------------------------------------------------------------- */

struct statuses {
    const struct result *result;
    size_t plugin;
    uint64_t i;
    char text[UPTAKE_TEXT_BYTES + 32];
};

static bool next_status(void *data, struct database_value *values)
{
    struct statuses *at = data;
    for (; at->plugin < at->result->n_plugins; at->plugin++, at->i = 0)
        for (; at->i < at->result->model->innovations; at->i++) {
            const struct result_plugin *plugin = &at->result->plugins[at->plugin];
            uint8_t state = plugin->states[at->i];
            if (state == RESULT_OK)
                continue;
            result_status_text(plugin, at->i, at->text);
            const char *reason = strstr(at->text, ": ");
            values[0] = value_count(at->plugin);
            values[1] = value_count(at->i++);
            values[2] = value_text(record_states[state ? state : RESULT_FAILED]);
            values[3] = value_text(reason ? reason + 2 : NULL);
            return true;
        }
    return false;
}

/* --- Kinds ------------------------------------------------------------------------------------- */

struct kind {
    uint32_t place; /* of its template: worker and number; PLAIN: it has none */
    uint32_t table;
    int level;
    const char *text;
    uint32_t number; /* in the record: that of the first of the same plugin, text, level and list */
    bool own;
    uint32_t next; /* of the same chain, + 1; 0: none */
};

enum { PLAIN = UINT32_MAX, KIND_CHAINS = 4096 };

struct findings {
    struct record_saver *saver;
    size_t plugin;
    uint64_t k;
    struct buffer kinds;          /* struct kind, of all plugins */
    size_t first;                 /* of this plugin */
    uint32_t numbers;             /* so far */
    uint32_t chains[KIND_CHAINS]; /* of this plugin: kind + 1; 0: none */
    struct statement *insert;
    struct statement *answers;
    struct hash hash;
    char text[UPTAKE_TEXT_BYTES + 1];
    char format[LOG_FORMAT_BYTES + 1];
    bool failed;
};

static struct kind *kinds(const struct findings *at)
{
    return (struct kind *)(void *)at->kinds.data;
}

/* The same sentence of another worker is the same kind. */
static void kind_number(struct findings *at, size_t count)
{
    struct kind *kind = &kinds(at)[count];
    for (size_t k = at->first; k < count; k++)
        if (kinds(at)[k].level == kind->level && kinds(at)[k].table == kind->table &&
            strcmp(kinds(at)[k].text, kind->text) == 0) {
            kind->number = kinds(at)[k].number;
            return;
        }
    kind->own = true;
    kind->number = at->numbers++;
}

static uint32_t *kind_chain(struct findings *at, const struct kind *kind)
{
    uint32_t hash = (kind->place * 31 + kind->table) * 31 + (uint32_t)kind->level;
    return &at->chains[hash * 2654435769u >> 20];
}

/* UINT32_MAX: it is not there. */
static uint32_t kind_find(struct findings *at, const struct kind *kind)
{
    for (uint32_t k = *kind_chain(at, kind); k; k = kinds(at)[k - 1].next)
        if (kinds(at)[k - 1].place == kind->place && kinds(at)[k - 1].table == kind->table &&
            kinds(at)[k - 1].level == kind->level)
            return kinds(at)[k - 1].number;
    return UINT32_MAX;
}

/* UINT32_MAX: no memory. */
static uint32_t kind_add(struct findings *at, struct kind kind, const char *format)
{
    uint32_t *chain = kind_chain(at, &kind);
    size_t count = at->kinds.bytes / sizeof kind;
    kind.text = arena_text(&at->saver->arena, format, strlen(format));
    kind.next = *chain;
    if (!kind.text || count >= UINT32_MAX - 1 || buffer_append(&at->kinds, &kind, sizeof kind) != 0)
        return UINT32_MAX;
    *chain = (uint32_t)count + 1;
    kind_number(at, count);
    return kinds(at)[count].number;
}

/* Kinds of the plugin that is through. */
static void save_kinds(struct findings *at)
{
    size_t count = at->kinds.bytes / sizeof(struct kind);
    for (size_t k = at->first; k < count; k++) {
        const struct kind *kind = &kinds(at)[k];
        if (kind->own)
            STATEMENT_PUT(at->insert, value_count(kind->number), value_count(at->plugin),
                          value_text(record_levels[kind->level - UPTAKE_BLOCKS]),
                          value_count_if(kind->table != MODEL_NO_TABLE, kind->table),
                          value_text(kind->text));
    }
    at->first = count;
    memset(at->chains, 0, sizeof at->chains);
}

/* --- Findings ---------------------------------------------------------------------------------- */

/* What a finding says: the values of its sentence, or all of it where it has none. Answers its kind. */
static uint32_t put_text(struct findings *at, const struct result_plugin *plugin,
                         const struct result_note *note, struct kind kind,
                         struct database_value *values)
{
    struct log_parts parts;
    kind.place = result_note_parts(plugin, note, at->text, &parts);
    uint32_t known = parts.whole ? UINT32_MAX : kind_find(at, &kind);
    bool sentence =
        known != UINT32_MAX || (!parts.whole && result_note_format(plugin, note, at->format));
    for (size_t v = 0; v < LOG_PARTS; v++)
        values[v] = value_null();
    if (!sentence) {
        kind.place = PLAIN;
        values[0] = value_text(at->text);
        known = kind_find(at, &kind);
        return known == UINT32_MAX ? kind_add(at, kind, "%s") : known;
    }
    for (size_t v = 0; v < parts.n; v++) {
        values[v] = value_text(at->text + parts.from[v]);
        values[v].bytes = parts.to[v] - parts.from[v];
    }
    return known == UINT32_MAX ? kind_add(at, kind, at->format) : known;
}

static bool next_finding(void *data, struct database_value *values)
{
    struct findings *at = data;
    const struct result *result = at->saver->result;
    const struct result_plugin *plugin = &result->plugins[at->plugin];
    if (at->k == plugin->n_notes || at->failed)
        return false;
    struct result_note note = result_note(plugin, at->k++);
    bool of_row = note.table != MODEL_NO_TABLE && note.table != 0 &&
                  note.row < result->model->tables[note.table].rows;
    int level = note.level >= UPTAKE_BLOCKS && note.level <= UPTAKE_NOT_KNOWN ? note.level
                                                                              : UPTAKE_NOT_KNOWN;
    uint32_t kind = put_text(
        at, plugin, &note,
        (struct kind){.table = of_row ? note.table : MODEL_NO_TABLE, .level = level}, values + 3);
    at->failed = kind == UINT32_MAX;
    if (!of_row)
        note.table = MODEL_NO_TABLE;
    digest_finding(&at->hash, result->model, &note, at->text);
    values[0] = value_count(kind);
    values[1] = value_count_if(note.innovation != UINT64_MAX, note.innovation);
    values[2] = value_count_if(of_row, note.row);
    return true;
}

/* What the plugin answered, as a hash: a later run that takes it from the record holds it to that. */
static void save_answers(struct findings *at)
{
    char values[HASH_HEX], findings[HASH_HEX];
    const struct result *result = at->saver->result;
    digest_values(&result->plugins[at->plugin], result->model->innovations, values);
    hash_end(&at->hash, findings);
    STATEMENT_PUT(at->answers, value_count(at->plugin), value_text(values), value_text(findings));
}

static void save_findings(struct record_saver *saver)
{
    struct findings *at = calloc(1, sizeof *at);
    if (!at) {
        database_memory(saver->database);
        return;
    }
    at->saver = saver;
    at->answers = statement_open(saver->database, "INSERT INTO answers VALUES (?1, ?2, ?3)");
    at->insert =
        statement_open(saver->database, "INSERT INTO finding_kinds VALUES (?1, ?2, ?3, ?4, ?5)");
    for (; at->plugin < saver->result->n_plugins && !at->failed; at->plugin++, at->k = 0) {
        hash_start(&at->hash);
        database_fill(saver->database, "findings", 3 + LOG_PARTS, next_finding, at);
        save_kinds(at);
        save_answers(at);
    }
    statement_close(at->insert);
    statement_close(at->answers);
    if (at->failed)
        database_memory(saver->database);
    buffer_finish(&at->kinds);
    free(at);
}

void record_findings(struct record_saver *saver)
{
    struct statuses statuses = {.result = saver->result};
    database_fill(saver->database, "statuses", 4, next_status, &statuses);
    save_findings(saver);
}
