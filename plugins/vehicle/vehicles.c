/*
 * The bodies that drive scaling, (1) and (2): which are in force, when they end, and whether one that
 * lasts follows.
 */
#include "vehicle.h"

/* --- Dates -------------------------------------------------------------------------------------- */

/* Proleptic Gregorian; the years begin in March, so that the leap day comes last. */
static void civil_of(int32_t day, int *year, int *month, int *of_month)
{
    int64_t shifted = (int64_t)day + 719468;
    int64_t era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
    int64_t of_era = shifted - era * 146097;
    int64_t of_years = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * of_years + of_years / 4 - of_years / 100);
    int64_t march = (5 * of_year + 2) / 153;
    *of_month = (int)(of_year - (153 * march + 2) / 5) + 1;
    *month = (int)(march < 10 ? march + 3 : march - 9);
    *year = (int)(of_years + era * 400 + (*month <= 2));
}

static int32_t day_of(int64_t year, int month, int of_month)
{
    int64_t shifted = year - (month <= 2);
    int64_t era = (shifted >= 0 ? shifted : shifted - 399) / 400;
    int64_t of_years = shifted - era * 400;
    int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + of_month - 1;
    return (int32_t)(era * 146097 + of_years * 365 + of_years / 4 - of_years / 100 + of_year -
                     719468);
}

static int days_in(int64_t year, int month)
{
    return month == 12 ? 31 : (int)(day_of(year, month + 1, 1) - day_of(year, month, 1));
}

/* The same day so many months on, or the last of a shorter month. */
static int32_t months_on(int32_t day, int64_t months)
{
    int year, month, of_month;
    civil_of(day, &year, &month, &of_month);
    int64_t all = (int64_t)year * 12 + month - 1 + months;
    int64_t then = all / 12;
    int then_month = (int)(all % 12) + 1;
    int last = days_in(then, then_month);
    return day_of(then, then_month, of_month < last ? of_month : last);
}

void vehicle_month_of(int32_t day, int *year, int *month)
{
    int of_month;
    civil_of(day, year, month, &of_month);
}

bool vehicle_in_force(const struct uptake_call *call, uint32_t starts, uint32_t ends, int64_t at)
{
    struct uptake_period from = uptake_dates(call, starts)[at], to = uptake_dates(call, ends)[at];
    if (call->as_of_given && uptake_why_date(from) == UPTAKE_PRESENT &&
        from.start > call->as_of.end)
        return false;
    return uptake_why_date(to) != UPTAKE_PRESENT || to.end >= call->as_of.start;
}

/* --- A body: (1), (2) --------------------------------------------------------------------------- */

/* Months of the mean Gregorian length between as_of and a day, at least 0. */
static double months_to(const struct uptake_call *call, int32_t day)
{
    if (day == UPTAKE_DAY_OPEN)
        return UPTAKE_NO_LIMIT;
    return fmax(0, ((double)day - call->as_of.start) * 12 / 365.2425);
}

static void body_read(const struct uptake_call *call, int64_t row, struct body *body)
{
    const struct params *with = call->params;
    struct uptake_period end = uptake_dates(call, ENDS)[row];
    int why = uptake_why_date(end);
    int32_t limit = months_on(call->as_of.start, with->months);
    *body = (struct body){.row = row, .lasts = UNKNOWN};
    body->months.best = body->months.low = body->months.high = uptake_missing_number(why);
    body->ended = !vehicle_in_force(call, STARTS, ENDS, row);
    if (why == UPTAKE_NONE || why == UPTAKE_NOT_APPLICABLE) {
        body->lasts = MET;
        body->months.best = body->months.low = body->months.high = UPTAKE_NO_LIMIT;
    } else if (why == UPTAKE_PRESENT) {
        body->lasts = end.start > limit ? MET : end.end <= limit ? UNMET : UNKNOWN;
        body->months.low = months_to(call, end.start);
        body->months.high = months_to(call, end.end);
        body->months.best = (body->months.low + body->months.high) / 2;
    }
    body->safe = body->lasts;
}

/* Safety passes back along the chain of those that follow: at most n steps, and a circle ends too. */
static void follow(const struct uptake_call *call, struct fleet *fleet)
{
    const int64_t *follows = uptake_refs(call, FOLLOWS);
    for (int step = 0; step < fleet->n; step++)
        for (int next = 0; next < fleet->n; next++) {
            struct body *after = &fleet->bodies[next];
            for (int k = 0; k < fleet->n && !after->ended; k++)
                if (k != next && follows[after->row] == fleet->bodies[k].row) {
                    fleet->bodies[k].succeeded = true;
                    if (after->safe > fleet->bodies[k].safe)
                        fleet->bodies[k].safe = after->safe;
                }
        }
}

bool vehicle_fleet_read(const struct uptake_call *call, uint64_t i, struct fleet *fleet)
{
    const int64_t *list = uptake_list(call, ID);
    fleet->n = fleet->in_force = 0;
    if (list[i + 1] - list[i] > VEHICLES_MAX)
        return false;
    for (int64_t row = list[i]; row < list[i + 1]; row++) {
        struct body *body = &fleet->bodies[fleet->n++];
        body_read(call, row, body);
        fleet->in_force += !body->ended;
    }
    follow(call, fleet);
    return true;
}
