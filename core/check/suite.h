/*
 * The conformance suite: does a plugin keep the contract of uptake/plugin.h? Everything comes from its descriptor: models are
 * made up over its declared reads, and its answers are held against each other. Each check runs in a child of its own,
 * under a limit.
 */
#ifndef UPTAKE_CHECK_SUITE_H
#define UPTAKE_CHECK_SUITE_H

#include "base/arena.h"
#include "base/error.h"
#include "plugin/plugin.h"

enum { SUITE_TEXT = 640 };

enum suite_verdict {
    SUITE_PASSED = 1,
    SUITE_FAILED,
    SUITE_UNDONE,  /* it was meant to be looked at, and could not be: as bad as a failure */
    SUITE_EXCUSED, /* the plugin declares that it lacks this property */
    SUITE_SKIPPED  /* it does not apply */
};

/* A check, for help and documents. */
struct suite_check;
const char *suite_check_name(size_t index); /* NULL behind the last */
const char *suite_check_doc(size_t index);

extern const char suite_only_cases[];

struct suite_outcome {
    const char *name;
    const char *doc; /* what it means */
    enum suite_verdict verdict;
    char text[SUITE_TEXT]; /* what was found, or why it was not looked for */
    double seconds;
};

struct suite_options {
    uint64_t seed;
    const char *only; /* one check; NULL: all; suite_only_cases: none */
    bool in_process;  /* in this process, for a debugger: a crash ends it */
    double seconds;   /* of one check; 0: 60 */
};

struct suite {
    const struct plugin *plugin;
    uint64_t seed;
    struct suite_outcome *outcomes;
    size_t n_outcomes;
    size_t n_failed; /* failed, or could not be done */
};

/* Owns: arena. Fails with: no such check; the machine; an interrupt. What the plugin fails is in the outcomes. */
int suite_run(const struct plugin *plugin, const struct suite_options *options, struct arena *arena,
              struct suite *suite, struct uptake_error *error);

/* The same of a merge plugin: what its flags claim, and what every merge must do. Where options->only is a check of analyses,
 * there are no outcomes. */
int suite_run_merge(const struct plugin_merge *merge, const struct suite_options *options,
                    struct arena *arena, struct suite *suite, struct uptake_error *error);

#endif
