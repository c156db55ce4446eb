/* uptake compare --plugins: two versions of a plugin. */
#ifndef UPTAKE_CLI_COMPARE_VERSIONS_H
#define UPTAKE_CLI_COMPARE_VERSIONS_H

#include "cli/destination.h"
#include "report/runs.h"

/* Ids of the options, apart from those of records. */
enum {
    VERSIONS_PLUGINS = 200,
    VERSIONS_MODEL,
    VERSIONS_WITH,
    VERSIONS_PLUGIN,
    VERSIONS_AS_OF,
    VERSIONS_SEED,
    VERSIONS_SECONDS,
    VERSIONS_KEEP
};

/* judge: settles the verdict once the figures are there. Answers the exit code. */
struct versions_task {
    struct runs_options options;
    const char *condition; /* NULL: none */
    int (*judge)(const struct runs *runs, struct runs_verdict *verdict, struct uptake_error *error);
};
int compare_versions(const struct cli_line *line, const struct versions_task *task,
                     struct destination *destination, struct uptake_error *error);
/* Refuses options that only make sense with --plugins, where it is not given; why: --why is, which has --seconds, too. */
int compare_versions_only(const struct cli_line *line, bool why, struct uptake_error *error);

#endif
