/*
 * The bodies that drive scaling, (1) and (2): which are in force, when they end, and whether one that
 * lasts follows.
 */
#include <uptake/calendar.h>

#include "vehicle.h"

/* --- Dates -------------------------------------------------------------------------------------- */

bool vehicle_in_force(const struct uptake_call *call, uint32_t starts, uint32_t ends, int64_t at)
{
    struct uptake_period from = uptake_dates(call, starts)[at], to = uptake_dates(call, ends)[at];
    if (call->as_of_given && uptake_why_date(from) == UPTAKE_PRESENT &&
        from.start > call->as_of.end)
        return false;
    return uptake_why_date(to) != UPTAKE_PRESENT || to.end >= call->as_of.start;
}

/* --- A body: (1), (2) --------------------------------------------------------------------------- */

/* Months of the mean Gregorian length from a day to another, at least 0. */
static double months_to(int32_t from, int32_t day)
{
    if (day == UPTAKE_DAY_OPEN)
        return UPTAKE_NO_LIMIT;
    return fmax(0, ((double)day - from) * 12 / 365.2425);
}

static void body_read(const struct uptake_call *call, int64_t row, struct body *body)
{
    static const enum verdict verdicts[] = {UNKNOWN, UNMET, MET};
    const struct params *with = call->params;
    struct uptake_period end = uptake_dates(call, ENDS)[row];
    int why = uptake_why_date(end);
    *body = (struct body){.row = row, .lasts = UNKNOWN};
    body->months.best = body->months.low = body->months.high = uptake_missing_number(why);
    body->ended = !vehicle_in_force(call, STARTS, ENDS, row);
    if (why == UPTAKE_NONE || why == UPTAKE_NOT_APPLICABLE) {
        body->lasts = MET;
        body->months.best = body->months.low = body->months.high = UPTAKE_NO_LIMIT;
    } else if (why == UPTAKE_PRESENT) {
        body->lasts = verdicts[1 + uptake_ends_after(end, call->as_of, with->months)];
        body->months.low = months_to(call->as_of.end, end.start);
        body->months.high = months_to(call->as_of.start, end.end);
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
