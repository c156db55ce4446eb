/*
 * A plugin with nothing wrong with it that uses everything a batch offers: bounds, a choice, a
 * text, a list's rows, findings, skips. What it answers must never depend on its neighbours in a
 * run.
 */
#include "uptake/plugin.h"

enum { PAYBACK, NAME, NEEDED, PROVIDED, SUPPORT };
enum { SCORE, SPEED, WORDS, GAP };

static const char *const speeds[] = {"fast", "slow", NULL};

static const struct uptake_read reads[] = {
    UPTAKE_READ_NUMBER_DOUBT(PAYBACK, "commissioning.payback", "months", 0, UPTAKE_NO_LIMIT, "x"),
    UPTAKE_READ_TEXT(NAME, "name", "x"),
    UPTAKE_READ_NUMBER(NEEDED, "support[].needed", "", 0, UPTAKE_NO_LIMIT, "x"),
    UPTAKE_READ_NUMBER(PROVIDED, "support[].provided", "", 0, UPTAKE_NO_LIMIT, "x"),
    UPTAKE_READ_LIST(SUPPORT, "support[]", "x"),
};
static const struct uptake_write writes[] = {
    UPTAKE_WRITE_NUMBER(SCORE, "score", "", 0, 1, UPTAKE_HIGHER, UPTAKE_BOUNDS, "x"),
    UPTAKE_WRITE_CHOICE(SPEED, "speed", speeds, 0, "x"),
    UPTAKE_WRITE_TEXT(WORDS, "words", 0, "x"),
    UPTAKE_WRITE_NUMBER_OF("support[]", GAP, "gap", "", -1e9, 1e9, UPTAKE_LOWER, UPTAKE_OPTIONAL,
                           "x"),
};

static void rows(struct uptake_call *call, uint64_t i)
{
    const int64_t *at = uptake_list(call, SUPPORT);
    for (int64_t r = at[i]; r < at[i + 1]; r++) {
        double gap = uptake_numbers(call, NEEDED)[r] - uptake_numbers(call, PROVIDED)[r];
        uptake_output(call, GAP)[r] = isnan(gap) ? uptake_missing_number(UPTAKE_UNKNOWN) : gap;
        if (gap > 5)
            uptake_note(call, NEEDED, (uint64_t)r, UPTAKE_BLOCKS, "%.1f short", gap);
    }
}

static int process(struct uptake_call *call)
{
    for (uint64_t i = 0; i < call->count; i++) {
        double payback = uptake_numbers(call, PAYBACK)[i];
        const char *name = uptake_text(call, uptake_texts(call, NAME)[i]);
        if (isnan(payback)) {
            uptake_skip(call, i, "no payback for %s", name);
            continue;
        }
        uptake_output(call, SCORE)[i] = 1 / (1 + payback / 3);
        uptake_output_low(call, SCORE)[i] = 1 / (1 + uptake_high(call, PAYBACK)[i] / 3);
        uptake_output_high(call, SCORE)[i] = 1 / (1 + uptake_low(call, PAYBACK)[i] / 3);
        uptake_output_choice(call, SPEED)[i] = payback > 12;
        uptake_write_text(call, WORDS, i, "%s pays back in %g months", name, payback);
        if (payback > 20)
            uptake_note(call, UPTAKE_INNOVATION, i, UPTAKE_RISKS, "slow: %g of %s", payback, name);
        rows(call, i);
    }
    return 0;
}

static const struct uptake_plugin steady = {sizeof steady,
                                            "run-steady",
                                            "1.0",
                                            1,
                                            0,
                                            "Steady",
                                            "A plugin.",
                                            "A source.",
                                            UPTAKE_ROWS(reads),
                                            UPTAKE_NO_ROWS,
                                            UPTAKE_ROWS(writes),
                                            0,
                                            0,
                                            NULL,
                                            process,
                                            NULL,
                                            NULL,
                                            NULL};

UPTAKE_BUNDLE(&steady)
