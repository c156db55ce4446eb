/*
 * All innovations together, (11): how many rest on targets and tariffs alone, how many lapse, how many a lever enables.
 * Counts, and the first few names: both add up the same however the work is cut.
 */
#include <uptake/members.h>

#include "fit.h"

enum group { BARE, LAPSING, UNSURE, ENABLED, GROUPS };

struct state {
    uint64_t innovations;
    struct uptake_members groups[GROUPS];
};

size_t fit_state_bytes(const struct uptake_counts *counts, const void *params)
{
    (void)counts, (void)params;
    return sizeof(struct state);
}

int fit_update(struct uptake_call *call)
{
    struct state *state = call->state;
    for (uint64_t i = 0; i < call->count; i++) {
        int checks[CHECKS];
        fit_checks(call, i, checks);
        const bool is_in[GROUPS] = {[BARE] = checks[BEYOND] == UNMET,
                                    [LAPSING] = checks[LASTING] == UNMET,
                                    [UNSURE] = checks[LASTING] == UNKNOWN,
                                    [ENABLED] = fit_enabling(call, i).best > 0};
        state->innovations++;
        for (int g = 0; g < GROUPS; g++)
            if (is_in[g])
                uptake_members_add(&state->groups[g], uptake_texts(call, INNOVATION_ID)[i]);
    }
    return 0;
}

int fit_combine(void *into, const void *from, const void *params)
{
    struct state *all = into;
    const struct state *later = from;
    (void)params;
    all->innovations += later->innovations;
    for (int g = 0; g < GROUPS; g++)
        uptake_members_merge(&all->groups[g], &later->groups[g]);
    return 0;
}

int fit_finish(struct uptake_call *call)
{
    static const struct {
        int level;
        const char *words;
    } said[GROUPS] = {
        [BARE] = {UPTAKE_BLOCKS, "rests on targets and tariffs alone"},
        [LAPSING] = {UPTAKE_RISKS, "whoever drives scaling, or what pays for it, ends soon or "
                                   "has ended, and nothing that lasts follows"},
        [UNSURE] = {UPTAKE_NOT_KNOWN, "whether those who drive and fund it go on is not known"},
        [ENABLED] = {UPTAKE_HELPS, "a lever in force enables it"},
    };
    const struct state *state = call->state;
    for (int g = 0; g < GROUPS && state->innovations > 1; g++) {
        char names[UPTAKE_MEMBERS_BYTES];
        if (state->groups[g].count > 0)
            uptake_note(call, UPTAKE_PORTFOLIO, 0, said[g].level, "%s: %llu of %llu (%s)",
                        said[g].words, (unsigned long long)state->groups[g].count,
                        (unsigned long long)state->innovations,
                        uptake_members_text(call, &state->groups[g], names));
    }
    return 0;
}
