/*
 * (9) What was left a year after a lever ended, and (10) the levers that enable. Do targets and tariffs make commitment that
 * lasts? The model's own counts answer, where there are any.
 */
#include <math.h>

#include <uptake/calendar.h>

#include "fit.h"

enum { AFTER_MONTHS = 12, STOCK = 0, CUMULATIVE = 1 };

static struct amount value_at(const struct uptake_call *call, int64_t row)
{
    return (struct amount){uptake_numbers(call, OBSERVED_VALUE)[row],
                           uptake_low(call, OBSERVED_VALUE)[row],
                           uptake_high(call, OBSERVED_VALUE)[row]};
}

static bool counts(const struct uptake_call *call, int64_t row)
{
    int32_t kind = uptake_choices(call, OBSERVED_KIND)[row];
    struct amount value = value_at(call, row);
    return (kind == STOCK || kind == CUMULATIVE) &&
           uptake_why_date(uptake_dates(call, OBSERVED_PERIOD)[row]) == UPTAKE_PRESENT &&
           isfinite(value.best) && isfinite(value.low) && isfinite(value.high);
}

static bool same_series(const struct uptake_call *call, int64_t a, int64_t b)
{
    return uptake_texts(call, OBSERVED_METRIC)[a] == uptake_texts(call, OBSERVED_METRIC)[b] &&
           uptake_texts(call, OBSERVED_GEOGRAPHY)[a] == uptake_texts(call, OBSERVED_GEOGRAPHY)[b] &&
           uptake_choices(call, OBSERVED_KIND)[a] == uptake_choices(call, OBSERVED_KIND)[b] &&
           uptake_choices(call, OBSERVED_UNIT)[a] == uptake_choices(call, OBSERVED_UNIT)[b];
}

/* Whether it stands for the lever's end: the end falls into its period, or comes at most a year behind it. */
static bool at_end(const struct uptake_call *call, int64_t row, int32_t end)
{
    struct uptake_period period = uptake_dates(call, OBSERVED_PERIOD)[row];
    return period.start <= end && end <= uptake_add_months(period.end, AFTER_MONTHS);
}

static int32_t end_of(const struct uptake_call *call, int64_t row)
{
    return uptake_dates(call, OBSERVED_PERIOD)[row].end;
}

/* The last of a series that stands for the end. */
static bool is_last_at(const struct uptake_call *call, struct rows rows, int64_t row, int32_t end)
{
    if (!counts(call, row) || !at_end(call, row, end) || !(value_at(call, row).low > 0))
        return false;
    for (int64_t r = rows.from; r < rows.to; r++)
        if (r != row && counts(call, r) && same_series(call, r, row) && at_end(call, r, end) &&
            (end_of(call, r) > end_of(call, row) ||
             (end_of(call, r) == end_of(call, row) && r < row)))
            return false;
    return true;
}

/* The first of the series that begins a year after the end or later; -1: none. */
static int64_t first_after(const struct uptake_call *call, struct rows rows, int64_t row,
                           int32_t end)
{
    int64_t first = -1;
    int32_t from = uptake_add_months(end, AFTER_MONTHS);
    for (int64_t r = rows.from; r < rows.to; r++) {
        struct uptake_period period = uptake_dates(call, OBSERVED_PERIOD)[r];
        if (counts(call, r) && same_series(call, r, row) && period.start >= from &&
            (first < 0 || period.start < uptake_dates(call, OBSERVED_PERIOD)[first].start))
            first = r;
    }
    return first;
}

static void hold_against(const struct uptake_call *call, struct rows rows, int64_t lever,
                         int32_t end, struct held *held)
{
    for (int64_t r = rows.from; r < rows.to; r++) {
        int64_t after = is_last_at(call, rows, r, end) ? first_after(call, rows, r, end) : -1;
        if (after < 0)
            continue;
        struct amount then = value_at(call, r), now = value_at(call, after);
        if (now.low < 0 || (held->lever >= 0 && now.best / then.best >= held->share.best))
            continue;
        held->share =
            (struct amount){now.best / then.best, now.low / then.high, now.high / then.low};
        held->lever = lever;
    }
}

/* The least that was held of any series after any lever's end. */
struct held fit_held(const struct uptake_call *call, uint64_t i)
{
    struct rows levers = fit_rows(call, LEVER_KIND, i), rows = fit_rows(call, OBSERVED_VALUE, i);
    struct held held = {{(double)NAN, (double)NAN, (double)NAN}, -1};
    for (int64_t lever = levers.from; lever < levers.to; lever++) {
        struct uptake_period end = uptake_dates(call, LEVER_ENDS)[lever];
        if (uptake_why_date(end) == UPTAKE_PRESENT && end.end < call->as_of.start)
            hold_against(call, rows, lever, end.end, &held);
    }
    return held;
}

struct amount fit_enabling(const struct uptake_call *call, uint64_t i)
{
    struct rows rows = fit_rows(call, LEVER_KIND, i);
    double enables = 0, stated = 0, all = 0;
    for (int64_t r = rows.from; r < rows.to; r++) {
        int32_t effect = uptake_choices(call, LEVER_EFFECT)[r];
        if (!fit_in_force(call, uptake_dates(call, LEVER_ENDS)[r]))
            continue;
        all++;
        stated += effect >= 0;
        enables += effect == ENABLES;
    }
    if (stated == 0)
        return (struct amount){(double)NAN, (double)NAN, (double)NAN};
    return (struct amount){enables / stated, enables / all, (enables + all - stated) / all};
}
