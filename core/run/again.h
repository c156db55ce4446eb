/* The line that shows a failure again. */
#ifndef UPTAKE_RUN_AGAIN_H
#define UPTAKE_RUN_AGAIN_H

#include <stdio.h>

#include "run/share.h"

enum { AGAIN_BYTES = 512 };

/* "uptake run SPEC --only NAME --innovation ID --in-process", as a shell takes it. innovation: NULL: all. What was denied
 * stays in its sandbox: outside of it, it would be done. */
void again_line(const struct share *share, const char *innovation, const char *cause,
                char line[AGAIN_BYTES]);

/* A word as a shell takes it. */
void again_word(FILE *out, const char *text);

#endif
