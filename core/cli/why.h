/* uptake compare A.db B.db --why: both runs replayed, and every mixture of what was edited between them. */
#ifndef UPTAKE_CLI_WHY_H
#define UPTAKE_CLI_WHY_H

#include "compare/attribution.h"
#include "compare/runs.h"
#include "run/run.h"

struct why_ask {
    const struct runs *runs; /* both records, compared */
    unsigned players;        /* at most: SHAPLEY_MOST */
    double seconds;          /* at most */
    const struct run_options *run;
};

/*
 * Attributes. What stands in the way is no error, but said in `trouble`: of the whole, or of one innovation. Fails with: the
 * machine, an interrupt. why_finish in any case.
 */
int why_attribute(const struct why_ask *ask, struct attribution *attribution,
                  struct uptake_error *error);
void why_finish(struct attribution *attribution);

#endif
