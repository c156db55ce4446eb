/* Why a ranking changed: each innovation's move in score and rank, shared out among what was edited between two runs. */
#ifndef UPTAKE_COMPARE_ATTRIBUTION_H
#define UPTAKE_COMPARE_ATTRIBUTION_H

#include <stdint.h>

#include "compare/edits.h"

/* Innovations of a merge that are looked at: those that moved most. */
enum { ATTRIBUTION_MOST = 500 };

/* before and after: [0] and [1]. shares: one a player; they add up to after less before. */
struct attribution_row {
    const char *id;
    double score[2], rank[2];
    double *score_shares, *rank_shares;
    const char *trouble; /* why there are none; NULL: there are */
};

/* left_out: innovations that changed and are not looked at. */
struct attribution_merge {
    const char *name;
    struct attribution_row *rows;
    size_t n_rows;
    uint64_t left_out;
};

/* trouble: why nothing can be attributed; NULL: it can. */
struct attribution {
    struct edits edits;
    struct attribution_merge *merges;
    size_t n_merges;
    const char *trouble;
    uint64_t coalitions, loads, plugin_runs;
    struct arena arena;
};

#endif
