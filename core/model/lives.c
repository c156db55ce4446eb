/*
 * Spells and their adopters' lives: nobody adopts before opening, or after closing or merging.
 * Adopters may come behind the spells, or in another file: then the spell is noted, and looked at
 * when all is read.
 */
#include "model/load.h"

static const struct uptake_period unknown_period = {UPTAKE_DAY_MIN, UPTAKE_DAY_OPEN};

static void complain(struct loader *loader, const struct schema_list *list, bool before,
                     int32_t adopter)
{
    const struct cell *adopted = row_value(list, list->roles.adopted);
    const struct cell *stopped = row_value(list, list->roles.stopped);
    const struct cell *at = before || !stopped ? adopted : stopped;
    error_at(loader->error, at->place,
             before ? "adopted before '%.60s' opened" : "adopting after '%.60s' closed or merged",
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
    uint32_t row = refs_adopter_row(loader, adopter);
    if (row == 0 || row == ROW_DROPPED || row * sizeof(struct life) > loader->lives.bytes)
        return NULL;
    return (const struct life *)(const void *)loader->lives.data + row - 1;
}

int lives_spell(struct loader *loader, const struct schema_list *list)
{
    const struct cell *adopter = row_value(list, list->roles.adopter);
    const struct cell *adopted = row_value(list, list->roles.adopted);
    const struct cell *stopped = row_value(list, list->roles.stopped);
    if (!adopter || (!adopted && !stopped))
        return 0;
    struct uptake_period never = {UPTAKE_DAY_OPEN, UPTAKE_DAY_OPEN};
    struct life_check check = {(int32_t)adopter->is.code,
                               adopted ? adopted->is.period : unknown_period,
                               stopped ? stopped->is.period : never};
    const struct life *life = life_of(loader, check.adopter);
    bool before;
    if (life && outside_life(life, &check, &before))
        complain(loader, list, before, check.adopter);
    if (life || loader->second)
        return 0;
    return buffer_append(&loader->life_checks, &check, sizeof check) == 0
               ? 0
               : error_memory(loader->error);
}

int lives_adopter(struct loader *loader, const struct schema_list *list)
{
    const struct cell *opened = row_value(list, list->roles.opened);
    const struct cell *closed = row_value(list, list->roles.closed);
    const struct cell *merged = row_value(list, list->roles.merged);
    if (merged && (!closed || merged->is.period.end < closed->is.period.end))
        closed = merged;
    struct life life = {opened ? opened->is.period : unknown_period,
                        closed ? closed->is.period : unknown_period};
    if (loader->second)
        return 0;
    return buffer_append(&loader->lives, &life, sizeof life) == 0 ? 0 : error_memory(loader->error);
}

void lives_forget(struct loader *loader)
{
    if (loader->lives.bytes >= sizeof(struct life))
        loader->lives.bytes -= sizeof(struct life);
}

bool lives_violated(const struct loader *loader)
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
