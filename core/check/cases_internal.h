/* Between cases.c, which reads the file and runs, and cases_expect.c, which holds results against it. */
#ifndef UPTAKE_CHECK_CASES_INTERNAL_H
#define UPTAKE_CHECK_CASES_INTERNAL_H

#include "check/cases.h"

/* One case that has run. */
struct case_run {
    const char *name;
    const struct trial *trial;
    bool differs;   /* something was not as expected: a message was given */
    bool misshapen; /* the case itself is wrong: a message was given */
    struct uptake_error *error;
};

/* expect: {INNOVATION: {writes, findings, skip}}. */
void cases_expect(struct case_run *run, const struct tree *expect);

/* Messages with their place: the case is wrong; the answer is another. */
__attribute__((format(printf, 3, 4))) void cases_wrong(struct case_run *run, struct place place,
                                                       const char *format, ...);
__attribute__((format(printf, 3, 4))) void cases_differ(struct case_run *run, struct place place,
                                                        const char *format, ...);

/* Every key of a mapping is one of the words. False: a message was given. */
bool cases_keys(struct case_run *run, const struct tree *map, const char *what,
                const char *const *words);

#endif
