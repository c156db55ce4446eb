/* A line on the terminal that says how far a run is, once it takes over a second; nothing where nobody would see it. */
#ifndef UPTAKE_CLI_PROGRESS_H
#define UPTAKE_CLI_PROGRESS_H

#include <stdbool.h>

#include "run/run.h"

struct progress {
    struct run_progress teller;
    double started, shown_at; /* seconds; shown_at 0: nothing stands there */
    size_t width;
};

/* What the run is to tell, or NULL where standard error is no terminal that can rewrite a line. */
const struct run_progress *progress_start(struct progress *progress);
/* Clears the line; before anything else is said. */
void progress_end(struct progress *progress);

#endif
