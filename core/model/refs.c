/*
 * References. What an innovation says of itself is settled at its end, with exact places; what it says of the
 * portfolio may stand later in the file, so it is only noted, and settled when all is read. No place is stored a row:
 * when something dangles at the end, the model is read once more, and then every id is known.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "model/load.h"

static int grow(void **data, size_t *count, size_t wanted, size_t size)
{
    if (wanted <= *count)
        return 0;
    size_t room = *count + *count / 2 > wanted ? *count + *count / 2 : wanted + 256;
    char *grown = realloc(*data, room * size);
    if (!grown)
        return -1;
    memset(grown + *count * size, 0, (room - *count) * size);
    *data = grown;
    *count = room;
    return 0;
}

/* --- Whole-model ids --------------------------------------------------------------------------- */

static struct registry *registry_of_target(struct loader *loader, enum field_target target)
{
    switch (target) {
    case TARGET_ADOPTERS: return &loader->adopters;
    case TARGET_PRIORITIES: return &loader->priorities;
    case TARGET_EVIDENCE: return &loader->evidence;
    default: return NULL;
    }
}

void refs_bind(struct loader *loader)
{
    const struct {
        const char *path;
        struct registry *registry;
    } rows[] = {{"", &loader->innovations},
                {"/adopters[]", &loader->adopters},
                {"/priorities[]", &loader->priorities},
                {"/evidence[]", &loader->evidence},
                {"/rules[]", &loader->rules}};
    for (struct schema_list *list = loader->schema.lists; list; list = list->next)
        for (size_t k = 0; k < sizeof rows / sizeof *rows; k++)
            if (strcmp(list->path, rows[k].path) == 0)
                list->registry = rows[k].registry;
}

static uint32_t registry_row(const struct registry *registry, int64_t text)
{
    return (size_t)text < registry->count ? registry->rows[text] : 0;
}

uint32_t refs_adopter_row(const struct loader *loader, int32_t adopter)
{
    return registry_row(&loader->adopters, adopter);
}

static int define_whole(struct loader *loader, struct schema_list *list, struct registry *registry,
                        const struct cell *id, bool dropped)
{
    if (loader->second)
        return 0;
    if (registry_row(registry, id->is.code))
        return twice_found(loader, list, id);
    if (grow((void **)&registry->rows, &registry->count, (size_t)id->is.code + 1,
             sizeof *registry->rows) != 0)
        return error_memory(loader->error);
    registry->rows[id->is.code] = dropped ? ROW_DROPPED : ++registry->next;
    return 0;
}

/* --- Ids inside an innovation ------------------------------------------------------------------ */

static struct scope *scope_of(struct loader *loader, const struct schema_list *list)
{
    if (strcmp(list->path, "evidence[]") == 0)
        return &loader->local_evidence;
    return strcmp(list->path, "levers[]") == 0 ? &loader->levers : &loader->vehicles;
}

static const struct scope_entry *scope_find(const struct loader *loader, const struct scope *scope,
                                            int64_t text)
{
    if ((size_t)text >= scope->count || scope->entries[text].innovation != loader->innovation + 1)
        return NULL;
    return &scope->entries[text];
}

/* `row` of an entry: evidence's row in the innovation; of a list whose rows follow each other, its struct follow. */
static int define_local(struct loader *loader, struct schema_list *list, const struct cell *id)
{
    struct scope *scope = scope_of(loader, list);
    if (scope_find(loader, scope, id->is.code))
        return twice_found(loader, list, id);
    if (grow((void **)&scope->entries, &scope->count, (size_t)id->is.code + 1,
             sizeof *scope->entries) != 0)
        return error_memory(loader->error);
    bool evidence = scope == &loader->local_evidence;
    uint32_t row = evidence ? (uint32_t)list->in_row
                            : (uint32_t)(loader->follows.bytes / sizeof(struct follow));
    scope->entries[id->is.code] = (struct scope_entry){loader->innovation + 1, row};
    loader->evidence_rows += evidence;
    const struct cell *follows = row_value(list, list->roles.follows);
    struct follow entry = {(int32_t)id->is.code, follows ? (int32_t)follows->is.code : -1,
                           id->place, 0};
    if (list->roles.follows >= 0 && buffer_append(&loader->follows, &entry, sizeof entry) != 0)
        return error_memory(loader->error);
    return 0;
}

int refs_define(struct loader *loader, struct schema_list *list, const struct cell *id,
                bool dropped)
{
    if (loader->told)
        twice_seen(loader, list, id);
    return list->registry ? define_whole(loader, list, list->registry, id, dropped)
                          : define_local(loader, list, id);
}

int refs_name(struct loader *loader, const struct schema_list *list, enum field_target target,
              const struct cell *cell)
{
    if (target == TARGET_ADOPTERS || target == TARGET_PRIORITIES)
        if (registry_row(registry_of_target(loader, target), cell->is.code))
            return 0;
    struct pending pending = {(int32_t)cell->is.code, target, list, cell->place};
    return buffer_append(&loader->pendings, &pending, sizeof pending) == 0
               ? 0
               : error_memory(loader->error);
}

/* --- Dangling ---------------------------------------------------------------------------------- */

static void offer_scope(const struct loader *loader, const struct scope *scope,
                        struct nearest *nearest)
{
    for (size_t text = 0; text < scope->count; text++)
        if (scope->entries[text].innovation == loader->innovation + 1)
            nearest_offer(nearest, pool_text(&loader->pool, (int32_t)text));
}

static void dangling(struct loader *loader, const struct pending *pending,
                     const struct scope *scope)
{
    static const char *const targets[] = {"", "evidence", "adopters", "priorities", ""};
    const struct registry *registry = registry_of_target(loader, pending->target);
    if (error_full(loader->error)) { /* counted, without a look at every id */
        error_at(loader->error, pending->place, "dangling");
        return;
    }
    const char *text = pool_text(&loader->pool, pending->text);
    char quoted[72], hint[96];
    struct nearest nearest;
    nearest_start(&nearest, text, strlen(text));
    if (scope)
        offer_scope(loader, scope, &nearest);
    for (size_t k = 0; registry && k < registry->count; k++)
        if (registry->rows[k])
            nearest_offer(&nearest, pool_text(&loader->pool, (int32_t)k));
    const char *target = scope && !registry ? pending->list->key : targets[pending->target];
    error_at(loader->error, pending->place, "there is no '%s' among %s%s",
             text_quote(quoted, text, strlen(text)), target, nearest_hint(&nearest, hint));
}

static void check_pending(struct loader *loader, const struct pending *pending)
{
    bool same_list = pending->target == TARGET_SAME_LIST;
    const struct scope *scope = same_list ? scope_of(loader, pending->list)
                                : pending->target == TARGET_EVIDENCE ? &loader->local_evidence
                                                                     : NULL;
    if (scope && scope_find(loader, scope, pending->text))
        return;
    struct registry *registry = registry_of_target(loader, pending->target);
    if (registry && registry_row(registry, pending->text))
        return;
    if (same_list || loader->second)
        dangling(loader, pending, scope);
    else
        registry->dangling = true;
}

/* A name that is defined only later in the file is noted by the text alone: enough to know, at the end, whether to
 * look again. */
static int note_unsettled(struct loader *loader, const struct pending *pending)
{
    struct registry *registry = registry_of_target(loader, pending->target);
    if (!registry || loader->second)
        return 0;
    return buffer_append(&registry->named, &pending->text, sizeof pending->text) == 0
               ? 0
               : error_memory(loader->error);
}

static int check_pendings(struct loader *loader)
{
    const struct pending *pendings = (const struct pending *)(const void *)loader->pendings.data;
    size_t count = loader->pendings.bytes / sizeof *pendings;
    for (size_t k = 0; k < count; k++) {
        struct registry *registry = registry_of_target(loader, pendings[k].target);
        bool before = registry && registry->dangling;
        if (registry)
            registry->dangling = false;
        check_pending(loader, &pendings[k]);
        if (registry && registry->dangling && note_unsettled(loader, &pendings[k]) != 0)
            return -1;
        if (registry)
            registry->dangling = before;
    }
    loader->pendings.bytes = 0;
    return 0;
}

/* --- Circles ----------------------------------------------------------------------------------- */

enum { UNSEEN, ON_PATH, DONE };

static struct follow *follow_of(struct loader *loader, const struct schema_list *list, int32_t id)
{
    const struct scope_entry *entry =
        id < 0 ? NULL : scope_find(loader, scope_of(loader, list), id);
    return entry ? (struct follow *)(void *)loader->follows.data + entry->row : NULL;
}

int refs_follows(struct loader *loader, struct schema_list *list)
{
    struct follow *rows = (struct follow *)(void *)loader->follows.data;
    size_t count = loader->follows.bytes / sizeof *rows;
    for (size_t k = 0; k < count; k++) {
        struct follow *row = &rows[k];
        while (row && row->state == UNSEEN) {
            row->state = ON_PATH;
            row = follow_of(loader, list, row->follows);
        }
        if (row && row->state == ON_PATH)
            error_at(loader->error, row->place, "'follows' runs in a circle through '%.60s'",
                     pool_text(&loader->pool, row->id));
        for (row = &rows[k]; row && row->state == ON_PATH;
             row = follow_of(loader, list, row->follows))
            row->state = DONE;
    }
    loader->follows.bytes = 0;
    return 0;
}

/* --- Settling kept columns --------------------------------------------------------------------- */

/* An innovation's rows from first on: ids to rows, by a stamp of their own. */
static int index_rows(struct loader *loader, const int32_t *ids, uint64_t first, uint64_t rows)
{
    struct scope *scope = &loader->same_list;
    loader->same_list_stamp++;
    for (uint64_t r = first; ids && r < rows; r++) {
        if (ids[r] < 0)
            continue;
        if (grow((void **)&scope->entries, &scope->count, (size_t)ids[r] + 1,
                 sizeof *scope->entries) != 0)
            return error_memory(loader->error);
        scope->entries[ids[r]] =
            (struct scope_entry){loader->same_list_stamp, (uint32_t)(r - first)};
    }
    return 0;
}

static int settle_same_list(struct loader *loader, const struct growing_table *table,
                            struct growing_column *column)
{
    const int32_t *ids = NULL;
    const struct scope *scope = &loader->same_list;
    int64_t *refs = (int64_t *)(void *)column->values.data;
    for (uint32_t c = 0; c < table->n_columns; c++)
        if ((int)table->columns[c].slot == table->list->roles.id)
            ids = (const int32_t *)(const void *)table->columns[c].values.data;
    if (!refs || column->resolved == table->rows)
        return 0;
    if (index_rows(loader, ids, column->resolved, table->rows) != 0)
        return -1;
    for (uint64_t r = column->resolved; r < table->rows; r++) {
        if (refs[r] > REF_NAMED(0))
            continue;
        size_t name = (size_t)(REF_NAMED(0) - refs[r]);
        bool there =
            name < scope->count && scope->entries[name].innovation == loader->same_list_stamp;
        refs[r] = there ? (int64_t)(column->resolved + scope->entries[name].row)
                        : -UPTAKE_AFTER_AS_OF; /* there, but left out as later */
    }
    return 0;
}

static void settle_evidence(const struct loader *loader, const struct growing_table *table,
                            struct growing_column *column)
{
    int64_t *refs = (int64_t *)(void *)column->values.data;
    for (uint64_t r = column->resolved; refs && r < table->rows; r++) {
        const struct scope_entry *local =
            refs[r] <= REF_NAMED(0)
                ? scope_find(loader, &loader->local_evidence, REF_NAMED(0) - refs[r])
                : NULL;
        if (local)
            refs[r] = REF_LOCAL((int64_t)loader->evidence_before + local->row);
    }
}

int refs_innovation(struct loader *loader)
{
    if (rules_measured(loader) != 0 || check_pendings(loader) != 0)
        return -1;
    for (uint32_t t = 0; t < loader->schema.n_tables; t++) {
        struct growing_table *table = loader->schema.tables[t];
        for (uint32_t c = 0; c < table->n_columns; c++) {
            struct growing_column *column = &table->columns[c];
            if (column->target == TARGET_SAME_LIST && settle_same_list(loader, table, column) != 0)
                return -1;
            if (column->target == TARGET_EVIDENCE)
                settle_evidence(loader, table, column);
            column->resolved = table->rows;
        }
    }
    return 0;
}

/* Named -> row of the whole model; local evidence stands behind the top level's. */
static void settle_whole(const struct loader *loader, struct growing_table *table,
                         struct growing_column *column)
{
    const struct registry *registry =
        registry_of_target((struct loader *)(uintptr_t)loader, column->target);
    int64_t *refs = (int64_t *)(void *)column->values.data;
    for (uint64_t r = 0; refs && r < table->rows; r++) {
        if (refs[r] >= REF_LOCAL(0)) {
            refs[r] = refs[r] - REF_LOCAL(0) + loader->evidence.next;
        } else if (refs[r] <= REF_NAMED(0)) {
            uint32_t row = registry_row(registry, REF_NAMED(0) - refs[r]);
            refs[r] = row == 0 || row == ROW_DROPPED ? -UPTAKE_AFTER_AS_OF : (int64_t)row - 1;
        }
    }
}

static bool unsettled(const struct registry *registry)
{
    const int32_t *named = (const int32_t *)(const void *)registry->named.data;
    for (size_t k = 0; k < registry->named.bytes / sizeof *named; k++)
        if (!registry_row(registry, named[k]))
            return true;
    return false;
}

int refs_finish(struct loader *loader)
{
    if (check_pendings(loader) != 0)
        return -1;
    if (unsettled(&loader->adopters) || unsettled(&loader->priorities) ||
        unsettled(&loader->evidence) || lives_violated(loader))
        return 1;
    for (uint32_t t = 0; t < loader->schema.n_tables; t++)
        for (uint32_t c = 0; c < loader->schema.tables[t]->n_columns; c++) {
            struct growing_column *column = &loader->schema.tables[t]->columns[c];
            if (column->type == UPTAKE_REF && column->target != TARGET_SAME_LIST)
                settle_whole(loader, loader->schema.tables[t], column);
        }
    return 0;
}

void refs_forget(struct loader *loader)
{
    struct scope *scopes[] = {&loader->local_evidence, &loader->vehicles, &loader->levers};
    for (size_t k = 0; k < sizeof scopes / sizeof *scopes; k++)
        if (scopes[k]->count)
            memset(scopes[k]->entries, 0, scopes[k]->count * sizeof(struct scope_entry));
}

void refs_free(struct loader *loader)
{
    struct registry *registries[] = {&loader->innovations, &loader->adopters, &loader->priorities,
                                     &loader->evidence, &loader->rules};
    for (size_t k = 0; k < sizeof registries / sizeof *registries; k++) {
        free(registries[k]->rows);
        buffer_finish(&registries[k]->named);
    }
    free(loader->vehicles.entries);
    free(loader->levers.entries);
    free(loader->same_list.entries);
    free(loader->local_evidence.entries);
    struct buffer *buffers[] = {&loader->pendings, &loader->ratings,     &loader->follows,
                                &loader->lives,    &loader->life_checks, &loader->measured,
                                &loader->files,    &loader->includes,    &loader->repeats};
    for (size_t k = 0; k < sizeof buffers / sizeof *buffers; k++)
        buffer_finish(buffers[k]);
}
