/* Answers the question "run-weight" with the payback times a factor; skips every innovation
 * whose place `skip` divides. */
#include "uptake/plugin.h"

enum { PAYBACK };
enum { WEIGHT };

struct params {
    double factor;
    int64_t skip; /* 0: none */
    int8_t die;
};

static const struct uptake_read reads[] = {
    UPTAKE_READ_NUMBER(PAYBACK, "commissioning.payback", "months", 0, UPTAKE_NO_LIMIT, "x")};
static const struct uptake_param params[] = {
    UPTAKE_PARAM_NUMBER(struct params, factor, 1, -1e9, 1e9, "", "x"),
    UPTAKE_PARAM_INTEGER(struct params, skip, 0, 0, 1000, "", "x"),
    UPTAKE_PARAM_FLAG(struct params, die, 0, "x"),
};
static const struct uptake_write writes[] = {
    UPTAKE_WRITE(WEIGHT, UPTAKE_NUMBER, UPTAKE_BOUNDS | UPTAKE_OPTIONAL, UPTAKE_HIGHER, "weight",
                 "", "", -UPTAKE_NO_LIMIT, UPTAKE_NO_LIMIT, 0, "run-weight", NULL, "x")};

static int process(struct uptake_call *call)
{
    const struct params *with = call->params;
    for (uint64_t i = 0; i < call->count; i++) {
        double payback = uptake_numbers(call, PAYBACK)[i];
        if (with->die)
            return uptake_fail(call, "not today");
        if (with->skip && (call->first + i) % (uint64_t)with->skip == 0)
            uptake_skip(call, i, "left out on purpose");
        if (isnan(payback)) /* its own odd NaN: the host makes it one of its own */
            uptake_output(call, WEIGHT)[i] = -payback;
        else
            uptake_output(call, WEIGHT)[i] = payback * with->factor;
        uptake_output_low(call, WEIGHT)[i] = payback * with->factor - 1;
        uptake_output_high(call, WEIGHT)[i] = payback * with->factor + 1;
    }
    return 0;
}

static const struct uptake_plugin gives = {sizeof gives,
                                           "run-gives",
                                           "1.0",
                                           1,
                                           0,
                                           "Gives",
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

UPTAKE_BUNDLE(&gives)
