/*
 * Edits that need each other: a resource and its unit. Where one alone is no valid run, it is joined with the first other
 * that makes it one.
 */
#include <limits.h>

#include "cli/why_replay.h"

static void take_nothing(void *user, unsigned made, const struct result *result)
{
    (void)user;
    (void)made;
    (void)result;
}

/* Whether a mixture can be run at all: 1 yes, 0 no. */
static int runs_at_all(struct why_replay *replay, unsigned made, struct uptake_error *error)
{
    const struct why_taker taker = {take_nothing, NULL};
    const char *trouble;
    int answer = why_replay_run(replay, made, &taker, &trouble, error);
    return answer < 0 ? -1 : answer == 0;
}

/* The player without which p is no valid edit: another resource and its unit. UINT_MAX: none alone. */
static int find_partner(struct why_replay *replay, unsigned p, unsigned *partner,
                        struct uptake_error *error)
{
    *partner = UINT_MAX;
    for (unsigned q = 0; q < replay->to->edits.n_players && *partner == UINT_MAX; q++) {
        int well = q == p ? 0 : runs_at_all(replay, 1u << p | 1u << q, error);
        if (well < 0)
            return -1;
        if (well)
            *partner = q;
    }
    return 0;
}

/* 1: two were joined; 0: all that can be stand alone. */
static int bind_one(struct why_replay *replay, struct uptake_error *error)
{
    struct edits *edits = &replay->to->edits;
    for (unsigned p = 0; p < edits->n_players; p++) {
        unsigned partner;
        int well = runs_at_all(replay, 1u << p, error);
        if (well < 0 || (well == 0 && find_partner(replay, p, &partner, error) != 0))
            return -1;
        if (well || partner == UINT_MAX)
            continue;
        unsigned a = p < partner ? p : partner, b = p < partner ? partner : p;
        if (edits_bind(edits, a, b, error) != 0)
            return -1;
        why_replay_forget(replay);
        return 1;
    }
    return 0;
}

int why_bind(struct why_replay *replay, struct uptake_error *error)
{
    int bound = 1;
    while (bound > 0 && replay->to->edits.n_players > 1)
        bound = bind_one(replay, error);
    return bound < 0 ? -1 : 0;
}
