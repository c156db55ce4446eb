/* A run on its way into a record: what the command line asked, and how long each stage took. */
#ifndef UPTAKE_CLI_RECORDING_H
#define UPTAKE_CLI_RECORDING_H

#include "cli/cli.h"
#include "cli/pipeline.h"

struct recording {
    const struct cli_line *line;
    const struct spec *spec;
    const struct pipeline *pipeline;
};

/* Into the file of an output that was opened; nothing else may be written to it. */
int recording_write(const struct recording *recording, const struct report_out *out,
                    struct uptake_error *error);

#endif
