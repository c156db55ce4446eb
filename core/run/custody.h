/* While workers live: signals that end a run are noted, and whatever plugins leave behind is
 * handed to this process. */
#ifndef UPTAKE_RUN_CUSTODY_H
#define UPTAKE_RUN_CUSTODY_H

#include <signal.h>

#include "run/child.h"

enum { CUSTODY_SIGNALS = 4 };

struct custody {
    struct sigaction before[CUSTODY_SIGNALS];
    sigset_t
        mask; /* outside the waits the ending signals are held back; this is what they wait under */
    int subreaper;
    struct child_set others; /* children that are none of ours */
};

void custody_take(struct custody *custody);
/* Ends what plugins left behind. An ending signal that came meanwhile is noted before the old
 * handlers return. */
void custody_give_back(struct custody *custody);

/* The signal that is to end the run, or 0. */
int custody_interrupted(void);

#endif
