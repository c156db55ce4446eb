/* The record of a run before, from which `uptake run` takes what is still true; and what it says of that. */
#ifndef UPTAKE_CLI_REUSING_H
#define UPTAKE_CLI_REUSING_H

#include "cli/cli.h"
#include "cli/destination.h"
#include "result/record_read.h"
#include "run/run.h"

struct reusing {
    struct record record; /* must outlive the result */
    const char *path;     /* NULL: nothing is reused */
    bool why;
};

/* From --reuse, --fresh, --why, and the record that the output would replace. Fails with: --reuse beside --fresh, or of
 * what is no record; one that the output replaces and that cannot be read is said, and left. */
int reusing_open(const struct cli_line *line, const struct destination *destination,
                 struct run_options *run, struct reusing *reusing, struct uptake_error *error);
void reusing_say(const struct reusing *reusing, const struct result *result);
void reusing_close(struct reusing *reusing);

#endif
