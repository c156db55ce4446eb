/* From a plugin's shared memory to its result: everything in it is checked against what was
 * declared. */
#ifndef UPTAKE_RUN_COLLECT_H
#define UPTAKE_RUN_COLLECT_H

#include "run/supervise.h"

/* Fills one plugin's result from a job that is over. What was not computed reads as missing. */
int collect(struct job *job, struct result *result, struct result_plugin *out,
            struct uptake_error *error);
/* And its findings, put in order by innovation: once the other plugins are through, because there may be many. */
int collect_findings(struct job *job, struct result *result, struct result_plugin *out,
                     struct uptake_error *error);

/* Frees what the two put on the heap. */
void collect_drop(struct result_plugin *plugin);

#endif
