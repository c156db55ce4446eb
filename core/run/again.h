/* The line that shows a failure again. */
#ifndef UPTAKE_RUN_AGAIN_H
#define UPTAKE_RUN_AGAIN_H

#include <stdio.h>

#include "run/share.h"

/* "uptake run SPEC --set KEY=VALUE --only NAME --innovation ID --in-process", as a shell takes it, with all that the
 * run's own line had. innovation: NULL: all. What was denied stays in its sandbox: outside of it, it would be done. Owns:
 * arena. NULL: no memory. */
const char *again_line(const struct share *share, const char *innovation, const char *cause,
                       struct arena *arena);

/* A word as a shell takes it. */
void again_word(FILE *out, const char *text);

#endif
