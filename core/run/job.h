/* A plugin's way through a run begins: how the work is cut, how large its state is, the memory that it shares with its workers. */
#ifndef UPTAKE_RUN_JOB_H
#define UPTAKE_RUN_JOB_H

#include "run/run.h"
#include "run/supervise.h"

/* job->share.provided and job->in_process are set. A plugin that cannot begin is over at once, and job->whole says why. -1: the
 * machine failed, or an interrupt came. */
int job_open(struct job *job, const struct plan *plan, size_t p, const struct model *model,
             unsigned workers, const struct supervision *how, const struct run_options *options,
             struct result *result, struct uptake_error *error);

#endif
