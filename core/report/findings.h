/*
 * Findings as a reader wants them: what several instances of one plugin found alike stands once, under all their names.
 * Only what is the same in every respect is one: level, words, reason, and what it rests on.
 */
#ifndef UPTAKE_REPORT_FINDINGS_H
#define UPTAKE_REPORT_FINDINGS_H

#include "report/prose.h"
#include "report/view.h"

struct finding {
    const char *names; /* "support", or "board, sites" */
    const char *text;
    const char *because; /* NULL: none */
    bool desk;
    int level; /* enum uptake_level */
    enum tone tone;
    const struct result_plugin *last; /* of those it is from */
};

struct findings {
    const struct finding *list;
    size_t count;
};

enum { FINDINGS_EVERY_LEVEL = -1 };

/*
 * Of one innovation (UINT64_MAX: of the portfolio), at one level or at every one: what blocks first, then risks, gaps and
 * helps; within a level by plugin and as given. The texts own them.
 */
struct findings findings_of(const struct result *result, struct texts *texts, uint64_t innovation,
                            int level);

/* Whether two plugins of a run are instances of one. */
bool findings_same_plugin(const struct result_plugin *a, const struct result_plugin *b);
/* Whether two texts are alike; either may be NULL. */
bool findings_same_text(const char *a, const char *b);

#endif
