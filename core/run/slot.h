/* Between supervise.c, whose loop it is, and slot.c: one worker's start, its end, and a look at it now and then. */
#ifndef UPTAKE_RUN_SLOT_H
#define UPTAKE_RUN_SLOT_H

#include "run/supervise.h"

/* A worker for every slot that has work in the job's phase. */
int slots_start(struct job *job, const struct supervision *how, struct uptake_error *error);

/* Has it ended, is it past where it counts, does it hang? -1: it ended before it was set up, which is no fault of the plugin's. */
int slot_watch(struct job *job, struct slot *slot, const struct supervision *how,
               struct uptake_error *error);
/* It came to the end of its task. */
void slot_finished(struct job *job, struct slot *slot);
/* It died of that: another is started where there is something left to do. Where none can be, this plugin is lost, and the run
 * goes on: its first workers did start. */
void slot_died(struct job *job, struct slot *slot, const char *cause,
               const struct supervision *how);

/* Stops a job that used more processor time than it may. */
void job_check_total(struct job *job, const struct supervision *how);
/* Ends its workers; what they had finished stands. */
void job_kill(struct job *job);

#endif
