/*
 * An honest plugin with statistics over the portfolio, of which each file of this folder is a mutant: it defines one word
 * otherwise. How many hours a week are missing, in all, against the portfolio's mean and least, and for each row.
 *
 * The first line of a file names the check that must find it, before any other check fails.
 */
#include <uptake/plugin.h>

#include <stdlib.h>

#ifndef NOWHERE
#define NOWHERE "/adopters[].size"
#endif

enum { NEEDED, PROVIDED, PAYBACK, SIZE, RULES };
static const struct uptake_read reads[] = {
    UPTAKE_READ_NUMBER_DOUBT(NEEDED, "support[].needed", "", 0, UPTAKE_NO_LIMIT, "hours needed"),
    UPTAKE_READ_NUMBER_DOUBT(PROVIDED, "support[].provided", "", 0, UPTAKE_NO_LIMIT, "hours given"),
    UPTAKE_READ_NUMBER(PAYBACK, "commissioning.payback", "months", 0, UPTAKE_NO_LIMIT, "payback"),
    UPTAKE_READ_NUMBER(SIZE, NOWHERE, "", 0, UPTAKE_NO_LIMIT, "size of an adopter"),
    UPTAKE_READ_VERDICTS(RULES, "what the rules say"),
};

struct params {
    double scale;
    int64_t least;
};
static const struct uptake_param params[] = {
    UPTAKE_PARAM_NUMBER(struct params, scale, 1, 0, 10, "", "scale of the share"),
    UPTAKE_PARAM_INTEGER(struct params, least, 0, 0, 5, "rows", "rows below which it is skipped"),
};

#ifndef SOURCE
#define SOURCE "made up for a test"
#endif

enum { GAP, ABOVE, SHARE, LEAST, ROWS, MEAN };
static const struct uptake_write writes[] = {
    UPTAKE_WRITE_NUMBER(GAP, "gap", "", 0, 1e30, UPTAKE_LOWER, UPTAKE_BOUNDS, "hours missing"),
    UPTAKE_WRITE_NUMBER(ABOVE, "above", "", -1e30, 1e30, UPTAKE_LOWER, 0, "gap less the mean"),
    UPTAKE_WRITE_NUMBER(SHARE, "share", "", 0, 1, UPTAKE_LOWER, 0, "gap over what is needed"),
    UPTAKE_WRITE_NUMBER(LEAST, "least", "", 0, 1e30, UPTAKE_NEITHER, 0,
                        "one more than the least gap"),
    UPTAKE_WRITE_NUMBER_OF("support[]", ROWS, "row", "", 0, 1e30, UPTAKE_LOWER, UPTAKE_OPTIONAL,
                           "hours missing by row"),
    UPTAKE_WRITE_NUMBER_OF("/", MEAN, "mean", "", 0, 1e30, UPTAKE_NEITHER, UPTAKE_OPTIONAL,
                           "mean gap"),
};

struct state {
    double sum;
    double least;
    int64_t count;
};

/* --- What mutants define otherwise -------------------------------------------------------------- */

#ifndef ROWS_END /* behind the last row of innovation i */
#define ROWS_END(call, rows, i) ((rows)[(i) + 1])
#endif
#ifndef EMPTY /* what is answered for an innovation without rows */
#define EMPTY(call, i) uptake_skip(call, i, "no row says what it takes")
#endif
#ifndef UNKNOWN /* for one with rows of which something is missing */
#define UNKNOWN(call, i) uptake_skip(call, i, "the hours are not known")
#endif
#ifndef PROCESS_BEGIN
#define PROCESS_BEGIN(call)
#endif
#ifndef PROCESS_END
#define PROCESS_END(call)
#endif
#ifndef SHARE_OF
#define SHARE_OF(params, gap, needed) ((needed) > 0 ? (gap) / (needed) : 0)
#endif
#ifndef FINISH_END
#define FINISH_END(state)
#endif
#ifndef COMBINE
#define COMBINE(a, b)                                                                              \
    if ((b)->count > 0) {                                                                          \
        (a)->least = (a)->count == 0 || (b)->least < (a)->least ? (b)->least : (a)->least;         \
        (a)->sum += (b)->sum;                                                                      \
        (a)->count += (b)->count;                                                                  \
    }
#endif
#ifndef GAP_LOW
#define GAP_LOW(low, gap) (low)
#endif
#ifndef MORE
#define MORE
#endif

/* --- The plugin --------------------------------------------------------------------------------- */

MORE

    static double
    missing(double needed, double provided)
{
    return needed < provided ? 0 : needed - provided;
}

static double gap_of(const struct uptake_call *call, uint64_t i, double *needed)
{
    const int64_t *rows = uptake_list(call, NEEDED);
    double gap = 0;
    *needed = 0;
    for (int64_t r = rows[i]; r < ROWS_END(call, rows, i); r++) {
        gap += missing(uptake_numbers(call, NEEDED)[r], uptake_numbers(call, PROVIDED)[r]);
        *needed += uptake_numbers(call, NEEDED)[r];
    }
    return gap;
}

static int update(struct uptake_call *call)
{
    struct state *state = (struct state *)call->state;
    const int64_t *rows = uptake_list(call, NEEDED);
    for (uint64_t i = 0; i < call->count; i++) {
        double needed, gap = gap_of(call, i, &needed);
        if (isnan(gap) || rows[i] == rows[i + 1])
            continue;
        state->least = state->count == 0 || gap + 1 < state->least ? gap + 1 : state->least;
        state->sum += gap;
        state->count++;
    }
    return 0;
}

static int combine(void *into, const void *from, const void *with)
{
    struct state *a = (struct state *)into;
    const struct state *b = (const struct state *)from;
    (void)with;
    COMBINE(a, b)
    return 0;
}

static int finish(struct uptake_call *call)
{
    struct state *state = (struct state *)call->state;
    if (state->count)
        uptake_output(call, MEAN)[0] = state->sum / (double)state->count;
    FINISH_END(state)
    return 0;
}

static void assess(struct uptake_call *call, uint64_t i)
{
    const struct params *with = (const struct params *)call->params;
    const struct state *state = (const struct state *)call->state;
    const int64_t *rows = uptake_list(call, NEEDED);
    double needed, gap = gap_of(call, i, &needed), low = 0, high = 0;
    for (int64_t r = rows[i]; r < rows[i + 1]; r++) {
        double one = missing(uptake_numbers(call, NEEDED)[r], uptake_numbers(call, PROVIDED)[r]);
        if (!isnan(one))
            uptake_output(call, ROWS)[r] = one;
        low += missing(uptake_low(call, NEEDED)[r], uptake_high(call, PROVIDED)[r]);
        high += missing(uptake_high(call, NEEDED)[r], uptake_low(call, PROVIDED)[r]);
    }
    uptake_output(call, GAP)[i] = gap;
    uptake_output_low(call, GAP)[i] = GAP_LOW(low < gap ? low : gap, gap);
    uptake_output_high(call, GAP)[i] = high > gap ? (high < 1e30 ? high : 1e30) : gap;
    uptake_output(call, ABOVE)[i] = gap - (state->count ? state->sum / (double)state->count : 0);
    uptake_output(call, SHARE)[i] = SHARE_OF(with, gap, needed);
    uptake_output(call, LEAST)[i] = state->least;
    if (rows[i] == rows[i + 1])
        EMPTY(call, i);
    else if (isnan(gap))
        UNKNOWN(call, i);
    else if (rows[i + 1] - rows[i] < with->least)
        uptake_skip(call, i, "%d rows are too few", (int)(rows[i + 1] - rows[i]));
    else if (gap > 10)
        uptake_note(call, UPTAKE_INNOVATION, i, UPTAKE_RISKS, "%.3g hours are missing", gap);
}

static int process(struct uptake_call *call)
{
    PROCESS_BEGIN(call)
    for (uint64_t i = 0; i < call->count; i++)
        assess(call, i);
    PROCESS_END(call)
    return 0;
}

static const struct uptake_plugin plugin = {
    sizeof(struct uptake_plugin),
    "mutant",
    "1.0.0",
    1,
    0,
    "Mutant",
    "How many hours are missing?",
    SOURCE,
    UPTAKE_ROWS(reads),
    UPTAKE_ROWS(params),
    UPTAKE_ROWS(writes),
    sizeof(struct params),
    sizeof(struct state),
    NULL,
    process,
    update,
    combine,
    finish,
};
#ifndef OWN_ENTRY
UPTAKE_BUNDLE(&plugin)
#endif
