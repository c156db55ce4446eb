/*
 * uptake/members.h: how many innovations share a trait, and the first few names, for the state of plugins that speak of all
 * innovations together. Optional: uptake/plugin.h does without.
 *
 * A zeroed one is empty. Adding in update and merging in combine give the same however the work is cut: names are kept in
 * the model's order. Names are text ids, and valid in finish.
 */
#ifndef UPTAKE_MEMBERS_H
#define UPTAKE_MEMBERS_H

#include <stdio.h>

#include "uptake/plugin.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Names that are kept, and room for them as text. */
#define UPTAKE_MEMBERS_NAMED 4
#define UPTAKE_MEMBERS_BYTES 150

struct uptake_members {
    uint64_t count;
    int32_t first[UPTAKE_MEMBERS_NAMED];
};

/* name: a text id, as a text read has it. */
static inline UPTAKE_UNUSED void uptake_members_add(struct uptake_members *members, int32_t name)
{
    if (members->count < UPTAKE_MEMBERS_NAMED)
        members->first[members->count] = name;
    members->count++;
}

/* later: of innovations behind those of members. */
static inline UPTAKE_UNUSED void uptake_members_merge(struct uptake_members *members,
                                                      const struct uptake_members *later)
{
    for (uint64_t k = 0; k < later->count && members->count + k < UPTAKE_MEMBERS_NAMED; k++)
        members->first[members->count + k] = later->first[k];
    members->count += later->count;
}

/* "dafne, florence and 2 more": as many names as a finding has room for, of each at most 30 bytes. Answers text. */
static inline UPTAKE_UNUSED const char *uptake_members_text(const struct uptake_call *call,
                                                            const struct uptake_members *members,
                                                            char text[UPTAKE_MEMBERS_BYTES])
{
    size_t used = 0;
    uint64_t told = 0;
    text[0] = 0;
    for (; told < members->count && told < UPTAKE_MEMBERS_NAMED && used < 90; told++)
        used += (size_t)snprintf(text + used, UPTAKE_MEMBERS_BYTES - used, "%s%.30s",
                                 told ? ", " : "", uptake_text(call, members->first[told]));
    if (told < members->count)
        snprintf(text + used, UPTAKE_MEMBERS_BYTES - used, " and %llu more",
                 (unsigned long long)(members->count - told));
    return text;
}

#ifdef __cplusplus
}
#endif

#endif
