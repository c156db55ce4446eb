/*
 * What was edited between two specs and their models, in groups; and either document with the edits of some groups made and
 * those of others not: what a coalition of causes would have had.
 */
#ifndef UPTAKE_COMPARE_EDITS_H
#define UPTAKE_COMPARE_EDITS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/yaml.h"

/* In the order in which groups are kept apart where there are too many. */
enum edit_kind { EDIT_MERGES, EDIT_AS_OF, EDIT_VERSION, EDIT_PARAMETER, EDIT_OTHER, EDIT_MODEL };
enum edit_document { EDIT_SPEC, EDIT_IN_MODEL };

/* name: "weights and rules of merges", "support.weights", "innovations[].support[].provided". bit: the player that its
 * edits belong to. */
struct edit_group {
    const char *name;
    enum edit_kind kind;
    size_t edits;
    unsigned bit;
};

/* A player: one group, or several that are joined. */
struct edit_player {
    const char *name;
    size_t edits;
    size_t groups;
    bool reloads; /* some of it changes what is loaded of the model */
    bool bound;   /* joined, because one without the other is no valid run */
};

struct edits {
    struct arena *arena;
    struct edit_group *groups;
    size_t n_groups, room;
    struct edit_player *players;
    unsigned n_players;
    bool failed;
};

/* Adds one edit to a group. */
void edits_add(struct edits *edits, enum edit_kind kind, const char *name);
/*
 * The document with the edits of the players in `made`, of the arena. The first time, with made = 0 and no players yet, every
 * edit is found. a and b may be NULL: that side has no such document. What does not change a result (titles, scenarios,
 * comparisons), and what a replay settles itself (paths, pins), is left out of a spec.
 */
int edits_mix(struct edits *edits, enum edit_document document, const struct tree *a,
              const struct tree *b, unsigned made, struct arena *arena, struct tree *mixed,
              struct uptake_error *error);
/* Groups become at most that many players: the first ones (by kind, then the most edits) alone, the others together. */
int edits_settle(struct edits *edits, unsigned most, struct uptake_error *error);
/* Two players become one; those behind b move up. */
int edits_bind(struct edits *edits, unsigned a, unsigned b, struct uptake_error *error);
/* The player of a group, or UINT_MAX: there is none of that name. */
unsigned edits_player(const struct edits *edits, const char *name);

#endif
