/*
 * References. What an innovation says of itself is settled at its end, with exact places; what it says of the
 * portfolio may stand later in the file, so it is only noted, and settled when all is read. No place is stored a row:
 * when something dangles at the end, the model is read once more, and then every id is known.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
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

static struct registry *registry_of_list(struct loader *loader, const struct schema_list *list)
{
    const struct {
        const char *path;
        struct registry *registry;
    } rows[] = {{"", &loader->innovations},
                {"/adopters[]", &loader->adopters},
                {"/priorities[]", &loader->priorities},
                {"/evidence[]", &loader->evidence},
                {"/rules[]", &loader->rules}};
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++)
        if (strcmp(list->path, rows[k].path) == 0)
            return rows[k].registry;
    return NULL;
}

static uint32_t registry_row(const struct registry *registry, int64_t text)
{
    return (size_t)text < registry->count ? registry->rows[text] : 0;
}

static int twice(struct loader *loader, const struct schema_list *list, const struct cell *id)
{
    char quoted[72];
    const char *text = pool_text(&loader->pool, (int32_t)id->is.code);
    error_at(loader->error, id->place, "id: '%s' stands twice in %s",
             text_quote(quoted, text, strlen(text)), *list->path ? list->path : "innovations[]");
    return 0;
}

static int define_whole(struct loader *loader, struct schema_list *list, struct registry *registry,
                        const struct cell *id, bool dropped)
{
    if (loader->second)
        return 0;
    if (registry_row(registry, id->is.code))
        return twice(loader, list, id);
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

static int define_local(struct loader *loader, struct schema_list *list, const struct cell *id,
                        bool dropped)
{
    struct scope *scope = scope_of(loader, list);
    if (scope_find(loader, scope, id->is.code))
        return twice(loader, list, id);
    if (grow((void **)&scope->entries, &scope->count, (size_t)id->is.code + 1,
             sizeof *scope->entries) != 0)
        return error_memory(loader->error);
    uint32_t row = dropped ? ROW_DROPPED : (uint32_t)list->in_row;
    scope->entries[id->is.code] = (struct scope_entry){loader->innovation + 1, row};
    if (scope == &loader->local_evidence)
        loader->evidence_rows++;
    const struct cell *follows = row_value(list, list->roles.follows);
    struct follow entry = {(int32_t)id->is.code, follows ? (int32_t)follows->is.code : -1, id->place, 0};
    if (list->roles.follows >= 0 && buffer_append(&loader->follows, &entry, sizeof entry) != 0)
        return error_memory(loader->error);
    return 0;
}

int refs_define(struct loader *loader, struct schema_list *list, const struct cell *id, bool dropped)
{
    struct registry *registry = registry_of_list(loader, list);
    return registry ? define_whole(loader, list, registry, id, dropped)
                    : define_local(loader, list, id, dropped);
}

int refs_name(struct loader *loader, const struct schema_list *list, enum field_target target,
              const struct cell *cell)
{
    if (target == TARGET_ADOPTERS || target == TARGET_PRIORITIES)
        if (registry_row(registry_of_target(loader, target), cell->is.code))
            return 0;
    struct pending pending = {(int32_t)cell->is.code, target, list, cell->place};
    return buffer_append(&loader->pendings, &pending, sizeof pending) == 0 ? 0
                                                                           : error_memory(loader->error);
}

/* --- Dangling ---------------------------------------------------------------------------------- */

static void offer_scope(const struct loader *loader, const struct scope *scope, struct nearest *nearest)
{
    for (size_t text = 0; text < scope->count; text++)
        if (scope->entries[text].innovation == loader->innovation + 1)
            nearest_offer(nearest, pool_text(&loader->pool, (int32_t)text));
}

static void dangling(struct loader *loader, const struct pending *pending, const struct scope *scope)
{
    static const char *const targets[] = {"", "evidence", "adopters", "priorities", ""};
    const struct registry *registry = registry_of_target(loader, pending->target);
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
    const struct scope *scope = same_list                               ? scope_of(loader, pending->list)
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

static struct follow *follow_of(struct loader *loader, const struct schema_list *list, int32_t id,
                                struct follow *rows, size_t count)
{
    (void)list;
    (void)loader;
    for (size_t k = 0; id >= 0 && k < count; k++)
        if (rows[k].id == id)
            return &rows[k];
    return NULL;
}

int refs_follows(struct loader *loader, struct schema_list *list)
{
    struct follow *rows = (struct follow *)(void *)loader->follows.data;
    size_t count = loader->follows.bytes / sizeof *rows;
    enum { FOLLOWS_MAX = 4096 };
    if (count > FOLLOWS_MAX)
        error_at(loader->error, rows[FOLLOWS_MAX].place, "more than %d rows with ids in one %s", FOLLOWS_MAX,
                 list->path);
    for (size_t k = 0; k < count && count <= FOLLOWS_MAX; k++) {
        struct follow *row = &rows[k];
        while (row && row->state == UNSEEN) {
            row->state = ON_PATH;
            row = follow_of(loader, list, row->follows, rows, count);
        }
        if (row && row->state == ON_PATH)
            error_at(loader->error, row->place, "'follows' runs in a circle through '%.60s'",
                     pool_text(&loader->pool, row->id));
        for (row = &rows[k]; row && row->state == ON_PATH;
             row = follow_of(loader, list, row->follows, rows, count))
            row->state = DONE;
    }
    loader->follows.bytes = 0;
    return 0;
}

/* --- Spells and their adopters' lives ---------------------------------------------------------- */

static const struct uptake_period unknown_period = {UPTAKE_DAY_MIN, UPTAKE_DAY_OPEN};

static void life_violated(struct loader *loader, const struct schema_list *list, bool before,
                          int32_t adopter)
{
    const struct cell *at = row_value(list, before ? list->roles.adopted : list->roles.stopped);
    if (!at)
        at = row_value(list, list->roles.adopted);
    error_at(loader->error, at ? at->place : loader->row_place,
             before ? "adopted before '%.60s' opened" : "adopting after '%.60s' closed",
             pool_text(&loader->pool, adopter));
}

static bool outside_life(const struct life *life, const struct life_check *check, bool *before)
{
    *before = check->adopted.end < life->opened.start;
    return *before || check->adopted.start > life->closed.end ||
           (check->stopped.start > life->closed.end && check->stopped.start != UPTAKE_DAY_OPEN);
}

static const struct life *life_of(const struct loader *loader, int32_t adopter)
{
    uint32_t row = registry_row(&loader->adopters, adopter);
    if (row == 0 || row == ROW_DROPPED || row * sizeof(struct life) > loader->lives.bytes)
        return NULL;
    return (const struct life *)(const void *)loader->lives.data + row - 1;
}

int refs_spell(struct loader *loader, const struct schema_list *list)
{
    const struct cell *adopter = row_value(list, list->roles.adopter);
    const struct cell *adopted = row_value(list, list->roles.adopted);
    const struct cell *stopped = row_value(list, list->roles.stopped);
    if (!adopter || !adopted)
        return 0;
    struct uptake_period never = {UPTAKE_DAY_OPEN, UPTAKE_DAY_OPEN};
    struct life_check check = {(int32_t)adopter->is.code, adopted->is.period,
                               stopped ? stopped->is.period : never};
    const struct life *life = life_of(loader, check.adopter);
    bool before;
    if (life && outside_life(life, &check, &before))
        life_violated(loader, list, before, check.adopter);
    if (!life && !loader->second)
        return buffer_append(&loader->life_checks, &check, sizeof check);
    return 0;
}

int refs_adopter(struct loader *loader, const struct schema_list *list)
{
    const struct cell *opened = row_value(list, list->roles.opened);
    const struct cell *closed = row_value(list, list->roles.closed);
    struct life life = {opened ? opened->is.period : unknown_period,
                        closed ? closed->is.period : unknown_period};
    if (loader->second)
        return 0;
    return buffer_append(&loader->lives, &life, sizeof life) == 0 ? 0 : error_memory(loader->error);
}

static bool lives_violated(const struct loader *loader)
{
    const struct life_check *checks =
        (const struct life_check *)(const void *)loader->life_checks.data;
    bool before;
    for (size_t k = 0; k < loader->life_checks.bytes / sizeof *checks; k++) {
        const struct life *life = life_of(loader, checks[k].adopter);
        if (life && outside_life(life, &checks[k], &before))
            return true;
    }
    return false;
}

/* --- Settling kept columns --------------------------------------------------------------------- */

static void settle_same_list(const struct loader *loader, struct growing_table *table,
                             struct growing_column *column)
{
    const int32_t *ids = NULL;
    int64_t *refs = (int64_t *)(void *)column->values.data;
    for (uint32_t c = 0; c < table->n_columns; c++)
        if ((int)table->columns[c].slot == table->list->roles.id)
            ids = (const int32_t *)(const void *)table->columns[c].values.data;
    for (uint64_t r = column->resolved; refs && r < table->rows; r++) {
        if (refs[r] > REF_NAMED(0))
            continue;
        int64_t name = REF_NAMED(0) - refs[r];
        refs[r] = -UPTAKE_AFTER_AS_OF; /* there, but left out as later */
        for (uint64_t other = column->resolved; ids && other < table->rows; other++)
            if (ids[other] == name)
                refs[r] = (int64_t)other;
    }
    (void)loader;
}

static void settle_evidence(const struct loader *loader, const struct growing_table *table,
                            struct growing_column *column)
{
    int64_t *refs = (int64_t *)(void *)column->values.data;
    for (uint64_t r = column->resolved; refs && r < table->rows; r++) {
        const struct scope_entry *local =
            refs[r] <= REF_NAMED(0) ? scope_find(loader, &loader->local_evidence, REF_NAMED(0) - refs[r])
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
            if (column->target == TARGET_SAME_LIST)
                settle_same_list(loader, table, column);
            else if (column->target == TARGET_EVIDENCE)
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
    const struct registry *registry = registry_of_target((struct loader *)(uintptr_t)loader, column->target);
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
    free(loader->local_evidence.entries);
    struct buffer *buffers[] = {&loader->pendings, &loader->ratings, &loader->follows,
                                &loader->lives,    &loader->life_checks, &loader->measured,
                                &loader->files,    &loader->includes};
    for (size_t k = 0; k < sizeof buffers / sizeof *buffers; k++)
        buffer_finish(buffers[k]);
}
