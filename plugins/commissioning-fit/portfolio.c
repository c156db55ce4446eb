/*
 * All innovations together, (11): how many rest on targets and tariffs alone, how many lapse, how many a lever enables.
 * Counts, and the first few names: both add up the same however the work is cut.
 */
#include <stdio.h>

#include "fit.h"

enum group { BARE, LAPSING, UNSURE, ENABLED, GROUPS };
enum { NAMED = 4, LIST_BYTES = 150 };

struct members {
    uint64_t count;
    int32_t first[NAMED]; /* text ids */
};

struct state {
    uint64_t innovations;
    struct members groups[GROUPS];
};

size_t fit_state_bytes(const struct uptake_counts *counts, const void *params)
{
    (void)counts, (void)params;
    return sizeof(struct state);
}

static void member_add(struct members *members, int32_t id)
{
    if (members->count < NAMED)
        members->first[members->count] = id;
    members->count++;
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
                member_add(&state->groups[g], uptake_texts(call, INNOVATION_ID)[i]);
    }
    return 0;
}

int fit_combine(void *into, const void *from, const void *params)
{
    struct state *all = into;
    const struct state *later = from;
    (void)params;
    all->innovations += later->innovations;
    for (int g = 0; g < GROUPS; g++) {
        struct members *members = &all->groups[g];
        const struct members *more = &later->groups[g];
        for (uint64_t k = 0; k < more->count && k < NAMED && members->count + k < NAMED; k++)
            members->first[members->count + k] = more->first[k];
        members->count += more->count;
    }
    return 0;
}

/* "dafne, florence and 2 more" */
static const char *names_of(const struct uptake_call *call, const struct members *members,
                            char text[LIST_BYTES])
{
    size_t used = 0;
    uint64_t told = 0;
    text[0] = 0;
    for (; told < members->count && told < NAMED && used < LIST_BYTES - 60; told++)
        used += (size_t)snprintf(text + used, LIST_BYTES - used, "%s%.30s", told ? ", " : "",
                                 uptake_text(call, members->first[told]));
    if (told < members->count)
        snprintf(text + used, LIST_BYTES - used, " and %llu more",
                 (unsigned long long)(members->count - told));
    return text;
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
        char names[LIST_BYTES];
        if (state->groups[g].count > 0)
            uptake_note(call, UPTAKE_PORTFOLIO, 0, said[g].level, "%s: %llu of %llu (%s)",
                        said[g].words, (unsigned long long)state->groups[g].count,
                        (unsigned long long)state->innovations,
                        names_of(call, &state->groups[g], names));
    }
    return 0;
}
