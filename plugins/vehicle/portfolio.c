/*
 * All innovations together, (10): for how many somebody drives scaling, and goes on; for how many adopters
 * are bound. Counts, and the first few names: both add up the same however the work is cut.
 */
#include <uptake/members.h>

#include "vehicle.h"

enum group { NOBODY, ENDING, BINDING, UNSURE, NOT_FOUND, GOING_ON, GROUPS };

struct state {
    uint64_t innovations;
    struct uptake_members groups[GROUPS];
};

size_t vehicle_state_bytes(const struct uptake_counts *counts, const void *params)
{
    (void)counts, (void)params;
    return sizeof(struct state);
}

/* By its end: which one, of those that exclude each other. */
static enum group group_of(const struct uptake_call *call, uint64_t i, const struct fleet *fleet,
                           const struct checks *checks)
{
    if (fleet->n == 0)
        return vehicle_list_why(call, VEHICLES, (int64_t)i) == UPTAKE_NONE ? NOBODY : NOT_FOUND;
    if (fleet->in_force == 0)
        return NOBODY;
    return checks->verdicts[GOES_ON] == MET     ? GOING_ON
           : checks->verdicts[GOES_ON] == UNMET ? ENDING
                                                : UNSURE;
}

int vehicle_update(struct uptake_call *call)
{
    struct state *state = call->state;
    for (uint64_t i = 0; i < call->count; i++) {
        struct fleet fleet;
        struct checks checks;
        struct dependence dependence;
        int32_t id = uptake_texts(call, INNOVATION_ID)[i];
        if (!vehicle_fleet_read(call, i, &fleet))
            continue;
        state->innovations++;
        vehicle_check(call, i, &fleet, &checks);
        vehicle_dependence_read(call, i, &fleet, &dependence);
        uptake_members_add(&state->groups[group_of(call, i, &fleet, &checks)], id);
        if (dependence.bound == MET)
            uptake_members_add(&state->groups[BINDING], id);
    }
    return 0;
}

int vehicle_combine(void *into, const void *from, const void *params)
{
    struct state *all = into;
    const struct state *later = from;
    (void)params;
    all->innovations += later->innovations;
    for (int g = 0; g < GROUPS; g++)
        uptake_members_merge(&all->groups[g], &later->groups[g]);
    return 0;
}

int vehicle_finish(struct uptake_call *call)
{
    static const struct {
        int level;
        const char *words;
    } said[GROUPS] = {
        [NOBODY] = {UPTAKE_BLOCKS, "nobody drives scaling, or whoever did has stopped"},
        [ENDING] = {UPTAKE_BLOCKS,
                    "whoever drives scaling stops soon, and nobody who lasts is named to "
                    "follow"},
        [BINDING] = {UPTAKE_RISKS,
                     "adopters are bound by licence or fee to whoever drives scaling, "
                     "and are left without it if they stop"},
        [UNSURE] = {UPTAKE_NOT_KNOWN, "whether whoever drives scaling goes on is not known"},
        [NOT_FOUND] = {UPTAKE_NOT_KNOWN, "who drives scaling is not known"},
        [GOING_ON] = {UPTAKE_HELPS, "somebody drives scaling and goes on"},
    };
    const struct state *state = call->state;
    for (int g = 0; g < GROUPS && state->innovations > 1; g++) {
        char names[UPTAKE_MEMBERS_BYTES];
        if (state->groups[g].count == 0)
            continue;
        uptake_note(call, UPTAKE_PORTFOLIO, 0, said[g].level, "%s: %llu of %llu (%s)",
                    said[g].words, (unsigned long long)state->groups[g].count,
                    (unsigned long long)state->innovations,
                    uptake_members_text(call, &state->groups[g], names));
    }
    return 0;
}
