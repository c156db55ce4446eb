/* What is made of a worker's death: its cause in words, whom it names, and what is to be tried
 * next. */
#ifndef UPTAKE_RUN_DEATH_H
#define UPTAKE_RUN_DEATH_H

#include <signal.h>

#include "run/supervise.h"

enum { CAUSE_BYTES = 300 };

/* What a worker's page says, read once: whoever it left behind may still be writing to it. */
struct spot {
    enum phase phase;
    uint64_t unit;
    uint64_t at;
    uint64_t committed;
    uint64_t dropped;
    bool loaded;
    bool done;
};

/* False: it cannot have been there; its page was overwritten. */
bool spot_read(const struct job *job, const struct slot *slot, struct spot *spot);
/* The first innovation of what the spot is in. */
uint64_t spot_first(const struct job *job, const struct spot *spot);

/* How a worker ended, in words fit to be shown. text: CAUSE_BYTES. */
void death_cause(const struct job *job, const struct slot *slot, const siginfo_t *info, char *text);

/* The same of what is no job: of a share its mapping, and the model or NULL. */
void death_words(const struct control *control, const struct share *share, const siginfo_t *info,
                 char *text);

enum death_next {
    DEATH_AGAIN,  /* the slot's task says with what: start another worker */
    DEATH_ENOUGH, /* the slot is finished: what is left of it lies behind the cutoff */
    DEATH_WHOLE   /* the job is lost: job->whole says why */
};
enum death_next death_settle(struct job *job, struct slot *slot, const char *cause);

/* The slot came to the end of its task, or of what counts. False: its page was overwritten,
 * job->whole says so. */
bool death_none(struct job *job, struct slot *slot);
/* A slot whose worker was ended from outside: what it was at does not count, what went before
 * does. */
void death_outside(struct job *job, struct slot *slot);

/* Units of a phase. */
uint64_t job_units(const struct job *job, enum phase phase);
/* Puts the job's messages together, once it is over: deaths by innovation, then the rest. */
void death_messages(struct job *job);
/* One more message. */
__attribute__((format(printf, 2, 3))) void job_say(struct job *job, const char *format, ...);
/* A cause's index + 1, of at most CAUSES_MAX different ones. */
uint8_t job_cause(struct job *job, const char *cause);

#endif
