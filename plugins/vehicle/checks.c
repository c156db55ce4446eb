/*
 * The five checks, (3) to (7), over the bodies in force. What a doubt straddles is unknown: a check is met,
 * or unmet, where it is so anywhere in the range.
 */
#include "vehicle.h"

enum { FOR_ADOPTER = 0 }; /* of support[].for; innovator and vehicle come behind */
enum { SET_UP = 0 };      /* of support[].phase */

struct range vehicle_range_of(const struct uptake_call *call, uint32_t read, int64_t at)
{
    double best = uptake_numbers(call, read)[at];
    double low = uptake_low(call, read)[at], high = uptake_high(call, read)[at];
    if (uptake_why(best) == UPTAKE_NONE)
        return (struct range){0, 0, 0};
    return (struct range){best, isnan(low) ? 0 : low, isnan(high) ? UPTAKE_NO_LIMIT : high};
}

static void range_add(struct range *sum, struct range more)
{
    *sum = (struct range){sum->best + more.best, sum->low + more.low, sum->high + more.high};
}

enum verdict vehicle_both(enum verdict a, enum verdict b)
{
    if (a == NOT_APPLICABLE || b == NOT_APPLICABLE)
        return a == NOT_APPLICABLE ? b : a;
    return a < b ? a : b;
}

/* --- Staff: (4) --------------------------------------------------------------------------------- */

static bool number_not_applicable(const struct uptake_call *call, uint32_t read, int64_t at)
{
    return uptake_why(uptake_numbers(call, read)[at]) == UPTAKE_NOT_APPLICABLE;
}

static enum verdict staffed(const struct uptake_call *call, int64_t row)
{
    struct range need = vehicle_range_of(call, FTE_NEEDED, row);
    struct range have = vehicle_range_of(call, FTE_HELD, row);
    if (number_not_applicable(call, FTE_NEEDED, row) || number_not_applicable(call, FTE_HELD, row))
        return NOT_APPLICABLE;
    return have.low >= need.high ? MET : have.high < need.low ? UNMET : UNKNOWN;
}

/* Held over needed, of all bodies in force of which both are known. */
static void staff_sum(const struct uptake_call *call, const struct fleet *fleet,
                      struct checks *checks)
{
    struct range need = {0, 0, 0}, have = {0, 0, 0};
    for (int k = 0; k < fleet->n; k++) {
        const struct body *body = &fleet->bodies[k];
        struct range n = vehicle_range_of(call, FTE_NEEDED, body->row);
        struct range h = vehicle_range_of(call, FTE_HELD, body->row);
        if (body->ended || isnan(n.best) || isnan(h.best))
            continue;
        range_add(&need, n);
        range_add(&have, h);
    }
    double missing = uptake_missing_number(UPTAKE_UNKNOWN);
    bool finite = need.low > 0 && have.high < UPTAKE_NO_LIMIT;
    checks->staff = (struct range){missing, missing, missing};
    if (finite)
        checks->staff =
            (struct range){have.best / need.best, have.low / need.high, have.high / need.low};
}

/* --- Income: (5) -------------------------------------------------------------------------------- */

enum { ROUNDING = 100 }; /* shares are published to a percent: they add to 1 within 1/100 */

/* Herfindahl's index, the sum of squared shares. What the shares leave to 1 is spread thinly at best and
 * one source at worst; a best value that is not known is the middle. */
static struct range concentration(const struct uptake_call *call, int64_t row)
{
    const int64_t *list = uptake_list(call, INCOME_SHARE);
    struct range sum = {0, 0, 0}, squares = {0, 0, 0};
    bool all = true;
    for (int64_t at = list[row]; at < list[row + 1]; at++) {
        struct range share = vehicle_range_of(call, INCOME_SHARE, at);
        all &= !isnan(share.best);
        if (isnan(share.best))
            continue;
        range_add(&sum, share);
        range_add(&squares, (struct range){share.best * share.best, share.low * share.low,
                                           share.high * share.high});
    }
    if (!(sum.best > 0) || sum.low > 1 + 1.0 / ROUNDING)
        return (struct range){uptake_missing_number(UPTAKE_UNKNOWN), 0, 1};
    bool whole = all && fabs(1 - sum.best) <= 1.0 / ROUNDING, exact = !(sum.high > sum.low);
    double rest = whole && exact ? 0 : fmax(0, 1 - sum.low);
    double high = fmin(1, squares.high + rest * rest), low = fmin(squares.low, high);
    double best = whole ? fmin(fmax(squares.best, low), high) : (low + high) / 2;
    return (struct range){best, low, high};
}

static enum verdict funding_spread(const struct uptake_call *call, int64_t row, struct range *index)
{
    const struct params *with = call->params;
    int8_t why = vehicle_list_why(call, INCOME, row);
    *index = concentration(call, row);
    if (why == UPTAKE_NONE || why == UPTAKE_NOT_APPLICABLE)
        return NOT_APPLICABLE;
    return index->high < with->concentrated   ? MET
           : index->low >= with->concentrated ? UNMET
                                              : UNKNOWN;
}

/* --- Set-up needs: (6) -------------------------------------------------------------------------- */

static enum verdict set_up_row(const struct uptake_call *call, int64_t at)
{
    static const enum verdict of_met[] = {UNMET, UNMET, MET}; /* no, partly, yes */
    int32_t met = uptake_choices(call, SUPPORT_MET)[at];
    struct range need = vehicle_range_of(call, SUPPORT_NEEDED, at);
    struct range have = vehicle_range_of(call, SUPPORT_PROVIDED, at);
    if (uptake_choices(call, SUPPORT_FOR)[at] <= FOR_ADOPTER ||
        uptake_choices(call, SUPPORT_PHASE)[at] != SET_UP ||
        uptake_why_code(met) == UPTAKE_NOT_APPLICABLE ||
        number_not_applicable(call, SUPPORT_NEEDED, at) ||
        number_not_applicable(call, SUPPORT_PROVIDED, at))
        return NOT_APPLICABLE;
    bool says_met = uptake_why_code(met) != UPTAKE_LEFT_OUT &&
                    uptake_why(uptake_numbers(call, SUPPORT_NEEDED)[at]) == UPTAKE_LEFT_OUT;
    if (!vehicle_in_force(call, SUPPORT_STARTS, SUPPORT_ENDS, at)) /* it gives nothing */
        return says_met || need.low > 0 ? UNMET : need.high > 0 ? UNKNOWN : MET;
    if (says_met)
        return met >= 0 ? of_met[met] : met == -UPTAKE_NONE ? UNMET : UNKNOWN;
    return have.low >= need.high ? MET : have.high < need.low ? UNMET : UNKNOWN;
}

static enum verdict set_up_met(const struct uptake_call *call, uint64_t i, struct checks *checks)
{
    const int64_t *list = uptake_list(call, SUPPORT_FOR);
    int8_t why = vehicle_list_why(call, SUPPORT, (int64_t)i);
    enum verdict all = NOT_APPLICABLE;
    for (int64_t at = list[i]; at < list[i + 1]; at++) {
        enum verdict verdict = set_up_row(call, at);
        all = vehicle_both(all, verdict);
        checks->set_up += verdict != NOT_APPLICABLE;
        checks->unmet += verdict == UNMET;
        checks->unmet_perhaps += verdict == UNMET || verdict == UNKNOWN;
    }
    if (all != NOT_APPLICABLE)
        return all;
    return why == UPTAKE_NONE ? MET : why == UPTAKE_NOT_APPLICABLE ? NOT_APPLICABLE : UNKNOWN;
}

/* --- All of them -------------------------------------------------------------------------------- */

static void check_body(const struct uptake_call *call, const struct body *body,
                       struct checks *checks)
{
    struct range index;
    enum verdict staff = staffed(call, body->row);
    enum verdict spread = funding_spread(call, body->row, &index);
    enum verdict *of = checks->verdicts;
    if (staff == UNMET && checks->understaffed < 0)
        checks->understaffed = body->row;
    if (!isnan(index.best) && !(index.best <= checks->sources.best)) {
        checks->sources = index;
        checks->concentrated = body->row;
    }
    of[GOES_ON] = vehicle_both(of[GOES_ON], body->safe);
    of[STAFFED] = vehicle_both(of[STAFFED], staff);
    of[FUNDING_SPREAD] = vehicle_both(of[FUNDING_SPREAD], spread);
    of[CAN_DO_WITHOUT] = vehicle_both(of[CAN_DO_WITHOUT], vehicle_can_do_without(call, body->row));
}

void vehicle_check(const struct uptake_call *call, uint64_t i, const struct fleet *fleet,
                   struct checks *checks)
{
    double missing = uptake_missing_number(UPTAKE_UNKNOWN);
    *checks = (struct checks){.sources = {missing, missing, missing},
                              .staff = {missing, missing, missing},
                              .concentrated = -1,
                              .understaffed = -1};
    for (int c = 0; c < CHECKS; c++)
        checks->verdicts[c] = NOT_APPLICABLE;
    if (fleet->in_force == 0) {
        checks->verdicts[GOES_ON] = UNMET;
        return;
    }
    for (int k = 0; k < fleet->n; k++)
        if (!fleet->bodies[k].ended)
            check_body(call, &fleet->bodies[k], checks);
    checks->verdicts[SET_UP_MET] = set_up_met(call, i, checks);
    staff_sum(call, fleet, checks);
}
