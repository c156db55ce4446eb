/* Whole runs from C: a folder with a generated model, specs over it, and results as text to
 * compare. */
#ifndef TESTS_RUN_FIXTURE_H
#define TESTS_RUN_FIXTURE_H

#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"
#include "cli/pipeline.h"
#include "spec/spec.h"

/* A folder below /tmp with model.yaml in it: innovations i0, i1, ... Every 7th lacks its
 * payback, every 5th has a range; each has i % 3 rows of support. Five adopters. */
struct stage {
    char folder[64];
    uint64_t innovations;
};
void stage_open(struct stage *stage, uint64_t innovations);
/* The same with a model of one's own. */
void stage_open_text(struct stage *stage, const char *model);
void stage_close(struct stage *stage);

struct attempt {
    struct arena arena;
    struct spec spec;
    struct pipeline pipeline;
    struct uptake_error error;
    int code; /* of the pipeline: 0, or the exit code that it failed with */
};

enum { IN_PROCESS = -1 };

/* Runs a spec with these lines below `plugins:`, indented by two; `rest` follows at the top
 * level. jobs: or IN_PROCESS. A spec that cannot be read fails the test. */
void attempt_run(struct attempt *attempt, const struct stage *stage, int jobs, const char *plugins,
                 const char *rest);
void attempt_finish(struct attempt *attempt);

const struct result_plugin *attempt_plugin(const struct attempt *attempt, const char *name);
/* Everything that a plugin's result holds, as text; freed by the caller. */
char *attempt_text(const struct attempt *attempt, const char *name);
/* The JSON of the run; freed by the caller. */
char *attempt_json(const struct attempt *attempt);
/* "ok", "failed: SIGSEGV", ... of one innovation; valid until the next call. */
const char *attempt_status(const struct attempt *attempt, const char *name, uint64_t innovation);
/* Whether a message of the plugin holds the text. */
bool attempt_said(const struct attempt *attempt, const char *name, const char *text);

/* What must be the same before and after: children, descriptors, shared memory. */
struct remains {
    size_t children, descriptors, shared;
};
struct remains remains_now(void);
void remains_check(const struct remains *before, const char *what);

#endif
