/* Reads the answer to "run-weight", says what it saw, and refines it under the same name. */
#include "uptake/plugin.h"

enum { WEIGHT };
enum { REFINED, WHY, SPREAD };

struct params {
    int8_t alter;
};

#ifndef READS_ID
#define READS_ID "run-reads"
#define READS_FLAGS UPTAKE_DOUBT
#endif

static const struct uptake_read reads[] = {UPTAKE_READ(WEIGHT, UPTAKE_NUMBER, READS_FLAGS,
                                                       "@run-weight", "", -UPTAKE_NO_LIMIT,
                                                       UPTAKE_NO_LIMIT, NULL, "x")};
static const struct uptake_param params[] = {UPTAKE_PARAM_FLAG(struct params, alter, 0, "x")};
static const struct uptake_write writes[] = {
    UPTAKE_WRITE(REFINED, UPTAKE_NUMBER, UPTAKE_OPTIONAL, UPTAKE_HIGHER, "refined", "", "",
                 -UPTAKE_NO_LIMIT, UPTAKE_NO_LIMIT, 0, "run-weight", NULL, "x"),
    UPTAKE_WRITE_NUMBER(WHY, "why", "", 0, 255, UPTAKE_NEITHER, 0, "x"),
    UPTAKE_WRITE_NUMBER(SPREAD, "spread", "", 0, UPTAKE_NO_LIMIT, UPTAKE_NEITHER, UPTAKE_OPTIONAL,
                        "x"),
};

static int process(struct uptake_call *call)
{
    const struct params *with = call->params;
    const double *weight = uptake_numbers(call, WEIGHT);
    for (uint64_t i = 0; i < call->count; i++) {
        uptake_output(call, WHY)[i] = uptake_why(weight[i]);
        if (uptake_low(call, WEIGHT))
            uptake_output(call, SPREAD)[i] =
                uptake_high(call, WEIGHT)[i] - uptake_low(call, WEIGHT)[i];
        uptake_output(call, REFINED)[i] = weight[i] + 0.5;
        if (with->alter)
            ((volatile double *)(uintptr_t)weight)[i] = 99;
    }
    return 0;
}

static const struct uptake_plugin reader = {sizeof reader,
                                            READS_ID,
                                            "1.0",
                                            1,
                                            0,
                                            "Reads",
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

UPTAKE_BUNDLE(&reader)
