/* Between caller.c, which makes the views of what is read, and caller_outputs.c, which looks after what is written. */
#ifndef UPTAKE_RUN_CALLER_INTERNAL_H
#define UPTAKE_RUN_CALLER_INTERNAL_H

#include "run/caller.h"

/* -1: no memory. */
int caller_stages_open(struct caller *caller);
void caller_stages_close(struct caller *caller);
/* finish: the portfolio's outputs; else the innovations'. */
void caller_view_out(struct caller *caller, size_t index, bool finish);

#endif
