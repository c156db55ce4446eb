/*
 * template-plugin: how many hours a week are missing?
 *
 * What this file has is what every plugin has: rows that say what it reads, what can be tuned and what it writes, and
 * one function that turns columns into columns. Change the rows first; the host checks models, specs and results
 * against them. The header says the rest: include/uptake/plugin.h. No exception may leave a function of the plugin.
 */
#include <uptake/plugin.h>

namespace
{

/* --- What it reads: index, path, unit, least, most, what it is ---------------------------------- */

#define TIME "support[resource=time, unit=hours_per_week]"
enum { NEEDED, PROVIDED };
const uptake_read reads[] = {
    UPTAKE_READ_NUMBER_DOUBT(NEEDED, TIME ".needed", "", 0, UPTAKE_NO_LIMIT,
                             "hours a week that adopting takes"),
    UPTAKE_READ_NUMBER_DOUBT(PROVIDED, TIME ".provided", "", 0, UPTAKE_NO_LIMIT,
                             "hours a week that are given"),
};

/* --- What a spec can tune under `with:` --------------------------------------------------------- */

struct params {
    double tolerable;
};
const uptake_param param_rows[] = {
    UPTAKE_PARAM_NUMBER(params, tolerable, 1, 0, 168, "hours_per_week",
                        "a gap up to this many hours is no finding"),
};

/* --- What it writes; the first row is the headline ---------------------------------------------- */

enum { GAP };
const uptake_write writes[] = {
    UPTAKE_WRITE_NUMBER(GAP, "gap", "hours_per_week", 0, UPTAKE_NO_LIMIT, UPTAKE_LOWER,
                        UPTAKE_BOUNDS, "hours a week that are missing"),
};

/* --- The method --------------------------------------------------------------------------------- */

/* A number as it may be: best, least and most, by row. */
struct doubtful {
    const double *best, *low, *high;
    doubtful(const uptake_call *call, uint32_t read)
        : best(uptake_numbers(call, read)), low(uptake_low(call, read)),
          high(uptake_high(call, read))
    {
    }
};

/* What is not known is a NaN, and stays one. */
double missing_hours(double needed, double provided)
{
    return needed < provided ? 0 : needed - provided;
}

int process(uptake_call *call)
{
    const auto *with = static_cast<const params *>(call->params);
    const int64_t *rows = uptake_list(call, NEEDED); /* innovation i has rows[i] to rows[i + 1] */
    const doubtful needed(call, NEEDED), provided(call, PROVIDED);
    double *gap = uptake_output(call, GAP);
    double *low = uptake_output_low(call, GAP);
    double *high = uptake_output_high(call, GAP);

    for (uint64_t i = 0; i < call->count; i++) {
        gap[i] = low[i] = high[i] = 0;
        for (int64_t r = rows[i]; r < rows[i + 1]; r++) {
            gap[i] += missing_hours(needed.best[r], provided.best[r]);
            low[i] += missing_hours(needed.low[r], provided.high[r]); /* at its best */
            high[i] += missing_hours(needed.high[r], provided.low[r]);
        }
        if (rows[i] == rows[i + 1])
            uptake_skip(call, i, "no row says what time it takes");
        else if (isnan(gap[i]))
            uptake_skip(call, i, "the hours that it takes, or those given, are not known");
        else if (gap[i] > with->tolerable)
            uptake_note(call, UPTAKE_INNOVATION, i, UPTAKE_RISKS, "%.3g hours a week are missing",
                        gap[i]);
    }
    return 0;
}

/* --- The plugin --------------------------------------------------------------------------------- */

const uptake_plugin plugin = {
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
    sizeof(params),
    0,       /* bytes of state: statistics over the whole portfolio */
    nullptr, /* state_size */
    process,
    nullptr, /* update */
    nullptr, /* combine */
    nullptr, /* finish */
};

} // namespace

UPTAKE_BUNDLE(&plugin)
