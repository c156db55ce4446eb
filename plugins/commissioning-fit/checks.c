/* The seven checks, (1) to (7): each met, unmet, unknown or not applicable. */
#include <uptake/calendar.h>

#include "fit.h"

/* --- (1), (2) ----------------------------------------------------------------------------------- */

static int priority_check(const struct uptake_call *call, uint64_t i, bool national)
{
    struct rows rows = fit_rows(call, PRIORITY, i);
    int why = fit_why(call, PRIORITIES, i);
    for (int64_t r = rows.from; r < rows.to; r++) {
        int64_t row = uptake_refs(call, PRIORITY)[r];
        int32_t level = row < 0 ? -1 : uptake_choices(call, PRIORITY_LEVEL)[row];
        if (level >= 0 && (level == SCOPE_NATIONAL) == national &&
            fit_in_force(call, uptake_dates(call, PRIORITY_ENDS)[row]))
            return MET;
    }
    return rows.from < rows.to            ? UNKNOWN
           : why == UPTAKE_NONE           ? UNMET
           : why == UPTAKE_NOT_APPLICABLE ? NOT_APPLICABLE
                                          : UNKNOWN;
}

/* --- (3) ---------------------------------------------------------------------------------------- */

/* Of a row of guidance: nobody says that it is not national, and NICE always is. */
static bool may_be_national(const struct uptake_call *call, int64_t row)
{
    int32_t scope = uptake_choices(call, LEVER_SCOPE)[row];
    return scope == SCOPE_NATIONAL || scope < 0;
}

static bool surely_national(const struct uptake_call *call, int64_t row)
{
    return uptake_choices(call, LEVER_SCOPE)[row] == SCOPE_NATIONAL ||
           uptake_choices(call, LEVER_SCHEME)[row] >= 0; /* the plugin lists NICE's schemes only */
}

/* Of a row of guidance. */
static int guidance_row(const struct uptake_call *call, int64_t row)
{
    int32_t verdict = uptake_choices(call, LEVER_VERDICT)[row];
    bool positive = verdict == 0 || verdict == 1, negative = verdict == 2 || verdict == 3;
    if (!fit_in_force(call, uptake_dates(call, LEVER_ENDS)[row]) || negative)
        return UNMET;
    return positive && surely_national(call, row) ? MET : UNKNOWN;
}

static int guidance_check(const struct uptake_call *call, uint64_t i)
{
    struct rows rows = fit_rows(call, LEVER_KIND, i);
    int32_t kind = uptake_choices(call, KIND)[i];
    bool any = false, open = false;
    for (int64_t r = rows.from; r < rows.to; r++) {
        if (uptake_choices(call, LEVER_KIND)[r] != KIND_GUIDANCE || !may_be_national(call, r))
            continue;
        int status = guidance_row(call, r);
        if (status == MET)
            return MET;
        any = true;
        open |= status == UNKNOWN;
    }
    if (!any && kind >= 0) /* workforce, training, service: the only kinds listed */
        return NOT_APPLICABLE;
    if (any)
        return open ? UNKNOWN : UNMET;
    return fit_why(call, LEVERS, i) == UPTAKE_NONE ? UNMET : UNKNOWN;
}

/* --- (4) ---------------------------------------------------------------------------------------- */

static int rules_check(const struct uptake_call *call, uint64_t i)
{
    struct rows pairs = fit_rows(call, RULES, i);
    const int8_t *verdicts = (const int8_t *)uptake_column_of(call, RULES)->values;
    int status = NOT_APPLICABLE;
    for (int64_t p = pairs.from; p < pairs.to; p++) {
        if (verdicts[p] == UPTAKE_RULE_FALSE)
            return UNMET;
        if (verdicts[p] == UPTAKE_RULE_UNKNOWN)
            status = UNKNOWN;
        else if (verdicts[p] == UPTAKE_RULE_TRUE && status == NOT_APPLICABLE)
            status = MET;
    }
    return status;
}

/* --- (5) ---------------------------------------------------------------------------------------- */

static int measured_check(const struct uptake_call *call, uint64_t i)
{
    int8_t measured = uptake_flags(call, MEASURED)[i];
    if (measured >= 0)
        return measured ? MET : UNMET;
    int why = uptake_why_code(measured);
    return why == UPTAKE_NONE ? UNMET : why == UPTAKE_NOT_APPLICABLE ? NOT_APPLICABLE : UNKNOWN;
}

/* --- (6) ---------------------------------------------------------------------------------------- */

bool fit_pays(int32_t kind)
{
    return kind == TARIFF || kind == INCENTIVE || kind == GRANT || kind == PAYMENT;
}

/* By its own end. */
static int lasts(const struct uptake_call *call, struct uptake_period end)
{
    static const int verdicts[] = {UNKNOWN, UNMET, MET};
    const struct params *params = call->params;
    int why = uptake_why_date(end);
    if (why == UPTAKE_NONE || why == UPTAKE_NOT_APPLICABLE)
        return MET;
    return why != UPTAKE_PRESENT
               ? UNKNOWN
               : verdicts[1 + uptake_ends_after(end, call->as_of, params->months)];
}

/* Whether row `next` follows row, or one that does, with none ended on the way. */
static bool comes_after(const struct uptake_call *call, uint32_t ends, uint32_t follows,
                        struct rows rows, int64_t next, int64_t row)
{
    int64_t at = next;
    for (int64_t step = rows.from; step < rows.to && at >= rows.from && at < rows.to; step++) {
        if (!fit_in_force(call, uptake_dates(call, ends)[at]))
            return false;
        at = uptake_refs(call, follows)[at];
        if (at == row)
            return true;
    }
    return false;
}

int fit_goes_on(const struct uptake_call *call, uint32_t ends, uint32_t follows, struct rows rows,
                int64_t row)
{
    const struct uptake_period *end = uptake_dates(call, ends);
    int status = lasts(call, end[row]);
    for (int64_t next = rows.from; next < rows.to && status != MET; next++) {
        int then = next == row ? UNMET : lasts(call, end[next]);
        if (then != UNMET && then != status && comes_after(call, ends, follows, rows, next, row))
            status = then;
    }
    return status;
}

int64_t fit_last_ended(const struct uptake_call *call, uint32_t ends, bool levers, struct rows rows)
{
    const struct uptake_period *end = uptake_dates(call, ends);
    int64_t last = -1;
    for (int64_t r = rows.from; r < rows.to; r++) {
        if (levers && !fit_pays(uptake_choices(call, LEVER_KIND)[r]))
            continue;
        if (fit_in_force(call, end[r]))
            return -1;
        if (last < 0 || end[r].end > end[last].end)
            last = r;
    }
    return last;
}

static int worse(int a, int b)
{
    return a == UNMET || b == UNMET ? UNMET : a == UNKNOWN || b == UNKNOWN ? UNKNOWN : MET;
}

/* Of the vehicles, or of the levers that pay. */
static int list_goes_on(const struct uptake_call *call, uint64_t i, uint32_t list, uint32_t ends,
                        uint32_t follows, bool levers)
{
    struct rows rows = fit_rows(call, ends, i);
    int status = MET, why = fit_why(call, list, i);
    if (fit_last_ended(call, ends, levers, rows) >= 0)
        return UNMET;
    for (int64_t r = rows.from; r < rows.to; r++)
        if (fit_in_force(call, uptake_dates(call, ends)[r]) &&
            (!levers || fit_pays(uptake_choices(call, LEVER_KIND)[r])))
            status = worse(status, fit_goes_on(call, ends, follows, rows, r));
    if (rows.from < rows.to)
        return status;
    return why == UPTAKE_NONE || why == UPTAKE_NOT_APPLICABLE ? NOT_APPLICABLE : UNKNOWN;
}

static int lasting_check(const struct uptake_call *call, uint64_t i)
{
    int vehicles = list_goes_on(call, i, VEHICLES, VEHICLE_ENDS, VEHICLE_FOLLOWS, false);
    int levers = list_goes_on(call, i, LEVERS, LEVER_ENDS, LEVER_FOLLOWS, true);
    if (vehicles == NOT_APPLICABLE)
        return levers;
    return levers == NOT_APPLICABLE ? vehicles : worse(vehicles, levers);
}

/* --- (7) ---------------------------------------------------------------------------------------- */

static int beyond_check(const struct uptake_call *call, uint64_t i)
{
    struct rows rows = fit_rows(call, LEVER_KIND, i);
    bool bare = false;
    for (int64_t r = rows.from; r < rows.to; r++) {
        int32_t kind = uptake_choices(call, LEVER_KIND)[r];
        if (!fit_in_force(call, uptake_dates(call, LEVER_ENDS)[r]))
            continue;
        if (kind >= MANDATE && kind <= PROGRAMME)
            return MET;
        bare |= kind == TARGET || kind == TARIFF;
    }
    int why = fit_why(call, LEVERS, i);
    if (rows.from == rows.to)
        return why == UPTAKE_NONE || why == UPTAKE_NOT_APPLICABLE ? MET : UNKNOWN;
    return bare ? UNMET : MET;
}

void fit_checks(const struct uptake_call *call, uint64_t i, int checks[CHECKS])
{
    checks[NATIONAL] = priority_check(call, i, true);
    checks[LOCAL] = priority_check(call, i, false);
    checks[GUIDANCE] = guidance_check(call, i);
    checks[RULES_MET] = rules_check(call, i);
    checks[IS_MEASURED] = measured_check(call, i);
    checks[LASTING] = lasting_check(call, i);
    checks[BEYOND] = beyond_check(call, i);
}
