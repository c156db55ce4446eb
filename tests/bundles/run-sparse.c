/* Optional measures: one with a value now and then, others never. It may abort, or say no, now and then too. */
#include <stdlib.h>

#include "uptake/plugin.h"

enum { PAYBACK };
enum { RARE, NEVER, NOTHING, WORD, NO_WORD };

struct params {
    int64_t every, aborts, refuses;
};

static const char *const words[] = {"yes", "no", NULL};

static const struct uptake_read reads[] = {
    UPTAKE_READ_NUMBER(PAYBACK, "commissioning.payback", "months", 0, UPTAKE_NO_LIMIT, "x"),
};
static const struct uptake_param params[] = {
    UPTAKE_PARAM_INTEGER(struct params, every, 1000, 1, 1000000, "", "a value every so many"),
    UPTAKE_PARAM_INTEGER(struct params, aborts, 0, 0, 1000000, "", "abort every so many"),
    UPTAKE_PARAM_INTEGER(struct params, refuses, 0, 0, 1000000, "", "say no every so many"),
};
static const struct uptake_write writes[] = {
    UPTAKE_WRITE_NUMBER(RARE, "rare", "", 0, UPTAKE_NO_LIMIT, UPTAKE_HIGHER,
                        UPTAKE_OPTIONAL | UPTAKE_BOUNDS, "x"),
    UPTAKE_WRITE_NUMBER(NEVER, "never", "", 0, 1, UPTAKE_HIGHER, UPTAKE_OPTIONAL | UPTAKE_BOUNDS,
                        "x"),
    UPTAKE_WRITE_NUMBER(NOTHING, "nothing", "", 0, 1, UPTAKE_HIGHER, UPTAKE_OPTIONAL, "x"),
    UPTAKE_WRITE_CHOICE(WORD, "word", words, UPTAKE_OPTIONAL, "x"),
    UPTAKE_WRITE_CHOICE(NO_WORD, "no_word", words, UPTAKE_OPTIONAL, "x"),
};

static int process(struct uptake_call *call)
{
    const struct params *with = call->params;
    for (uint64_t i = 0; i < call->count; i++) {
        int64_t k = (int64_t)(call->first + i);
        if (with->aborts && k % with->aborts == with->aborts - 1)
            abort();
        if (with->refuses && k % with->refuses == with->refuses - 1)
            return uptake_fail(call, "not this one");
        if (k % with->every != with->every / 2)
            continue;
        uptake_output(call, RARE)[i] = (double)k;
        uptake_output_low(call, RARE)[i] = (double)k / 2;
        uptake_output_high(call, RARE)[i] = (double)k * 2;
        uptake_output_choice(call, WORD)[i] = (int32_t)(k & 1);
    }
    return 0;
}

static const struct uptake_plugin sparse = {sizeof sparse,
                                            "run-sparse",
                                            "1.0",
                                            1,
                                            0,
                                            "Sparse",
                                            "A plugin.",
                                            "A source.",
                                            UPTAKE_ROWS(reads),
                                            UPTAKE_ROWS(params),
                                            UPTAKE_ROWS(writes),
                                            sizeof(struct params),
                                            0,
                                            NULL,
                                            process,
                                            NULL,
                                            NULL,
                                            NULL};

UPTAKE_BUNDLE(&sparse)
