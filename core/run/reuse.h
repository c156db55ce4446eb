/*
 * Answers of a run before, in place of running a plugin whose inputs are the same (inputs.h). A record is believed no more
 * than a worker: what it holds goes through the same memory and the same checks, and must be what was computed, by its hash.
 */
#ifndef UPTAKE_RUN_REUSE_H
#define UPTAKE_RUN_REUSE_H

#include "result/record_read.h"
#include "run/supervise.h"

/*
 * Opens a job that is over, with the record's answers of the plugin, and collects it. result->plugins[p].inputs are
 * taken. 1: done; result->plugins[p].reused. 0: the plugin has to run; result->plugins[p].rerun says why. -1: the machine
 * failed. release: frees what a collected plugin has on the heap.
 */
int reuse_take(const struct record *record, const struct plan *plan, size_t p,
               const struct model *model, struct job *job, struct result *result,
               struct uptake_error *error);

#endif
