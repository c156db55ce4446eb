/*
 * Who depends on the bodies in force, (7) and (8): all adopters where a licence or a fee binds them, else
 * those whom support rows of their own say it supports.
 */
#include "vehicle.h"

enum { CONTRACT = 0, STOPPED = 3 };

static enum verdict no_fee(const struct uptake_call *call, int64_t row)
{
    struct range fee = vehicle_range_of(call, FEE, row);
    int why = uptake_why(uptake_numbers(call, FEE)[row]);
    if (why == UPTAKE_NOT_APPLICABLE)
        return MET;
    return fee.low > 0 ? UNMET : fee.high <= 0 ? MET : UNKNOWN;
}

/* contract_only: another licence does not count against it. */
static enum verdict no_licence(const struct uptake_call *call, int64_t row, bool contract_only)
{
    int32_t licence = uptake_choices(call, LICENCE)[row];
    int why = uptake_why_code(licence);
    if (why == UPTAKE_PRESENT)
        return contract_only && licence != CONTRACT && licence >= 0 ? MET : UNMET;
    return why == UPTAKE_NONE || why == UPTAKE_NOT_APPLICABLE ? MET : UNKNOWN;
}

enum verdict vehicle_can_do_without(const struct uptake_call *call, int64_t row)
{
    return vehicle_both(no_fee(call, row), no_licence(call, row, true));
}

enum verdict vehicle_binds(const struct uptake_call *call, int64_t row)
{
    static const enum verdict not [] = {MET, UNKNOWN, UNMET};
    return not [vehicle_both(no_fee(call, row), no_licence(call, row, false))];
}

/* Whether a support row of that adopter, in force itself, is given by a body in force. */
static bool is_served(const struct uptake_call *call, uint64_t i, const struct fleet *fleet,
                      int64_t adopter)
{
    const int64_t *list = uptake_list(call, SUPPORT_BY);
    for (int64_t at = list[i]; at < list[i + 1]; at++) {
        int32_t by = uptake_texts(call, SUPPORT_BY)[at];
        if (by < 0 || uptake_refs(call, SUPPORT_ADOPTER)[at] != adopter ||
            !vehicle_in_force(call, SUPPORT_STARTS, SUPPORT_ENDS, at))
            continue;
        for (int k = 0; k < fleet->n; k++) {
            int64_t row = fleet->bodies[k].row;
            if (!fleet->bodies[k].ended &&
                (by == uptake_texts(call, ID)[row] || by == uptake_texts(call, NAME)[row]))
                return true;
        }
    }
    return false;
}

/* The adopter of a spell that goes on; below 0: it has stopped, or says not whose it is. */
static int64_t adopter_of(const struct uptake_call *call, int64_t spell)
{
    bool stopped = uptake_choices(call, SPELL_STATUS)[spell] == STOPPED;
    return stopped ? -1 : uptake_refs(call, SPELL_ADOPTER)[spell];
}

/* Who adopted twice is one adopter. */
static bool is_first(const struct uptake_call *call, int64_t from, int64_t spell)
{
    for (int64_t at = from; at < spell; at++)
        if (adopter_of(call, at) == adopter_of(call, spell))
            return false;
    return true;
}

static void count_served(const struct uptake_call *call, uint64_t i, const struct fleet *fleet,
                         struct dependence *dependence)
{
    const int64_t *list = uptake_list(call, SPELL_ADOPTER);
    for (int64_t at = list[i]; at < list[i + 1]; at++) {
        int64_t adopter = adopter_of(call, at);
        if (adopter < 0 || !is_first(call, list[i], at))
            continue;
        dependence->adopters++;
        dependence->served += is_served(call, i, fleet, adopter);
    }
}

void vehicle_dependence_read(const struct uptake_call *call, uint64_t i, const struct fleet *fleet,
                             struct dependence *dependence)
{
    double missing = uptake_missing_number(UPTAKE_UNKNOWN);
    *dependence = (struct dependence){.bound = UNMET, .share = {missing, missing, missing}};
    for (int k = 0; k < fleet->n; k++)
        if (!fleet->bodies[k].ended &&
            vehicle_binds(call, fleet->bodies[k].row) > dependence->bound)
            dependence->bound = vehicle_binds(call, fleet->bodies[k].row);
    count_served(call, i, fleet, dependence);
    double served =
        dependence->adopters ? (double)dependence->served / (double)dependence->adopters : 0;
    if (dependence->bound == MET)
        dependence->share = (struct range){1, 1, 1};
    else if (dependence->bound == UNMET)
        dependence->share = (struct range){served, served, served};
    else if (served > 0)
        dependence->share = (struct range){served, served, 1};
}
