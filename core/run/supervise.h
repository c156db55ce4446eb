/*
 * Keeping the workers: forks them, watches them, survives them. A worker that dies is retried once,
 * then its unit goes one innovation at a time; every death is named; after too many the plugin is
 * stopped and everything else goes on.
 */
#ifndef UPTAKE_RUN_SUPERVISE_H
#define UPTAKE_RUN_SUPERVISE_H

#include <sys/types.h>

#include "run/share.h"

enum { DEATHS_MAX = 64, DEATHS_IN_A_ROW = 8, CAUSES_MAX = 250 };

struct slot {
    struct task task;
    pid_t pid; /* 0: none */
    int pidfd;
    bool finished;
    uint64_t beat;
    double beat_at;       /* when the beat was last seen to change */
    uint64_t retried;     /* unit; UINT64_MAX: none */
    bool stepped;         /* the unit of the task is being stepped */
    uint8_t cause;        /* why it died last in a unit, as job_cause answers */
    unsigned step_deaths; /* in it */
    uint64_t committed;
    uint64_t dropped;
};

/* One plugin on its way through its phases. */
struct job {
    struct share share;
    unsigned workers;
    bool in_process;
    struct slot slots[SLOTS_MAX];
    enum phase phase; /* of all slots; with one worker the slot goes through all by itself */
    bool started, over;
    bool stopped;      /* before it was through */
    bool failed_whole; /* nothing of it stands */
    char whole[320];   /* why */
    /* Too many crashes: innovations from here on are given up. Where that is depends on which
     * innovations crash, never on which worker was quicker. UINT64_MAX: none are. */
    uint64_t cutoff;
    uint64_t deaths[DEATHS_MAX]; /* the lowest, ascending: see death.c */
    unsigned n_deaths;
    uint64_t batch_dependent; /* the first that died in its batch but not alone; UINT64_MAX: none */
    uint8_t batch_cause;      /* why; as job_cause answers */
    double cpu;               /* seconds, of the workers that are gone */
    uint8_t *failed;          /* an innovation: index + 1 into causes; NULL: none */
    const char *causes[CAUSES_MAX];
    unsigned n_causes;
    const char **messages;
    size_t n_messages;
    size_t room_messages;
    struct arena *arena;
};

struct run_progress;

struct supervision {
    double seconds; /* wall clock a call */
    double total;   /* processor time a plugin */
    uint64_t memory;
    unsigned slots;                      /* workers at once */
    const struct run_progress *progress; /* NULL: nobody asks */
};

/* Runs the jobs to their ends. -1: the machine failed, or an interrupt came (error->exit_code
 * 128 + signal). */
int supervise(struct job *const *jobs, size_t n_jobs, const struct supervision *how,
              struct uptake_error *error);

#endif
