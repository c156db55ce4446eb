/*
 * template-plugin: how many hours a week are missing?
 *
 * What this file has is what every plugin has: rows that say what it reads, what can be tuned and what it writes, and
 * one function that turns columns into columns. Change the rows first; the host checks models, specs and results
 * against them. The header says the rest: include/uptake/plugin.h.
 */
#include <uptake/plugin.h>

/* --- What it reads: index, path, unit, least, most, what it is ---------------------------------- */

#define TIME "support[resource=time, unit=hours_per_week]"
enum { NEEDED, PROVIDED };
static const struct uptake_read reads[] = {
    UPTAKE_READ_NUMBER_DOUBT(NEEDED, TIME ".needed", "", 0, UPTAKE_NO_LIMIT,
                             "hours a week that adopting takes"),
    UPTAKE_READ_NUMBER_DOUBT(PROVIDED, TIME ".provided", "", 0, UPTAKE_NO_LIMIT,
                             "hours a week that are given"),
};

/* --- What a spec can tune under `with:` --------------------------------------------------------- */

struct params {
    double tolerable;
};
static const struct uptake_param param_rows[] = {
    UPTAKE_PARAM_NUMBER(struct params, tolerable, 1, 0, 168, "hours_per_week",
                        "a gap up to this many hours is no finding"),
};

/* --- What it writes; the first row is the headline ---------------------------------------------- */

enum { GAP };
static const struct uptake_write writes[] = {
    UPTAKE_WRITE_NUMBER(GAP, "gap", "hours_per_week", 0, UPTAKE_NO_LIMIT, UPTAKE_LOWER,
                        UPTAKE_BOUNDS, "hours a week that are missing"),
};

/* --- The method --------------------------------------------------------------------------------- */

/* What is not known is a NaN, and stays one. */
static double missing_hours(double needed, double provided)
{
    return needed < provided ? 0 : needed - provided;
}

static int process(struct uptake_call *call)
{
    const struct params *params = (const struct params *)call->params;
    const int64_t *rows = uptake_list(call, NEEDED); /* innovation i has rows[i] to rows[i + 1] */
    const double *needed = uptake_numbers(call, NEEDED);
    const double *needed_low = uptake_low(call, NEEDED);
    const double *needed_high = uptake_high(call, NEEDED);
    const double *provided = uptake_numbers(call, PROVIDED);
    const double *provided_low = uptake_low(call, PROVIDED);
    const double *provided_high = uptake_high(call, PROVIDED);
    double *gap = uptake_output(call, GAP);
    double *low = uptake_output_low(call, GAP);
    double *high = uptake_output_high(call, GAP);

    for (uint64_t i = 0; i < call->count; i++) {
        gap[i] = low[i] = high[i] = 0;
        for (int64_t r = rows[i]; r < rows[i + 1]; r++) {
            gap[i] += missing_hours(needed[r], provided[r]);
            low[i] += missing_hours(needed_low[r], provided_high[r]); /* at its best */
            high[i] += missing_hours(needed_high[r], provided_low[r]);
        }
        if (rows[i] == rows[i + 1])
            uptake_skip(call, i, "no row says what time it takes");
        else if (isnan(gap[i]))
            uptake_skip(call, i, "the hours that it takes, or those given, are not known");
        else if (gap[i] > params->tolerable)
            uptake_note(call, UPTAKE_INNOVATION, i, UPTAKE_RISKS, "%.3g hours a week are missing",
                        gap[i]);
    }
    return 0;
}

/* --- The plugin --------------------------------------------------------------------------------- */

static const struct uptake_plugin plugin = {
    sizeof plugin,
    "template-plugin",
    "0.1.0", /* version of the code */
    1,       /* revision: raise it when results change */
    0,       /* properties it lacks: enum uptake_properties */
    "template-plugin",
    "How many hours a week are missing?",
    "needed minus provided, never below nothing, summed over the rows of an innovation",
    UPTAKE_ROWS(reads),
    UPTAKE_ROWS(param_rows),
    UPTAKE_ROWS(writes),
    sizeof(struct params),
    0,    /* bytes of state: statistics over the whole portfolio */
    NULL, /* state_size */
    process,
    NULL, /* update */
    NULL, /* combine */
    NULL, /* finish */
};
UPTAKE_BUNDLE(&plugin)
