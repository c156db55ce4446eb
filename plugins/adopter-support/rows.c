/*
 * A row of support[], (1) and (2), and how often one that names no adopter counts, (3): for that, the
 * adopters of an innovation are looked through a window of their table at a time, so that no memory is
 * needed that grows with them.
 */
#include "support.h"

enum { STOPPED = 3 };

/* --- A row: (1), (2) -------------------------------------------------------------------------- */

struct amount support_amount_of(const struct uptake_call *call, uint32_t read, int64_t at)
{
    double best = uptake_numbers(call, read)[at];
    double low = uptake_low(call, read)[at], high = uptake_high(call, read)[at];
    if (uptake_why(best) == UPTAKE_NONE)
        return (struct amount){0, 0, 0};
    return (struct amount){best, isnan(low) ? 0 : low, isnan(high) ? UPTAKE_NO_LIMIT : high};
}

bool support_in_force(const struct uptake_call *call, uint32_t starts, uint32_t ends, int64_t at)
{
    struct uptake_period from = uptake_dates(call, starts)[at], to = uptake_dates(call, ends)[at];
    if (call->as_of_given && uptake_why_date(from) == UPTAKE_PRESENT &&
        from.start > call->as_of.end)
        return false;
    return uptake_why_date(to) != UPTAKE_PRESENT || to.end >= call->as_of.start;
}

static bool not_applicable(const struct uptake_call *call, int64_t at)
{
    return uptake_why(uptake_numbers(call, NEEDED)[at]) == UPTAKE_NOT_APPLICABLE ||
           uptake_why(uptake_numbers(call, PROVIDED)[at]) == UPTAKE_NOT_APPLICABLE ||
           uptake_why_code(uptake_choices(call, MET)[at]) == UPTAKE_NOT_APPLICABLE;
}

static void row_amounts(const struct uptake_call *call, int64_t at, struct row *row)
{
    static const struct amount met_amounts[] = {{0, 0, 0}, {0.5, 0, 1}, {1, 1, 1}};
    int32_t met = uptake_choices(call, MET)[at], unit = uptake_choices(call, UNIT)[at];
    bool says_met = uptake_why_code(met) != UPTAKE_LEFT_OUT &&
                    uptake_why(uptake_numbers(call, NEEDED)[at]) == UPTAKE_LEFT_OUT;
    if (says_met) {
        row->unit = MET_UNIT;
        row->need = met_amounts[2];
        row->have = met >= 0 ? met_amounts[met]
                    : met == -UPTAKE_NONE
                        ? met_amounts[0]
                        : (struct amount){uptake_missing_number(UPTAKE_UNKNOWN), 0, 1};
    } else {
        row->unit = unit >= 0 ? unit : NO_UNIT;
        row->need = support_amount_of(call, NEEDED, at);
        row->have = support_amount_of(call, PROVIDED, at);
    }
}

bool support_row_read(const struct uptake_call *call, int64_t at, struct row *row)
{
    int64_t adopter = uptake_refs(call, ADOPTER)[at];
    row->resource = uptake_choices(call, RESOURCE)[at];
    row->phase = uptake_choices(call, PHASE)[at];
    if (row->resource < 0 || row->phase < 0 || not_applicable(call, at))
        return false;
    row_amounts(call, at, row);
    if (!(row->need.high > 0))
        return false;
    row->ended = !support_in_force(call, STARTS, ENDS, at);
    if (row->ended)
        row->have = (struct amount){0, 0, 0};
    row->known = row->need.best > 0 && !isnan(row->have.best);
    row->adopter = adopter < 0 ? -1 : adopter;
    row->others = uptake_choices(call, RECIPIENT)[at] > 0;
    row->pair = row->resource * PHASES + row->phase;
    row->cell = row->pair * UNITS + row->unit;
    return true;
}

/* --- Adopters of an innovation: (3) ----------------------------------------------------------- */

static int64_t next_base(const struct uptake_call *call, uint64_t i, int64_t from)
{
    const int64_t *spells = uptake_list(call, SPELL_ADOPTER),
                  *refs = uptake_refs(call, SPELL_ADOPTER);
    int64_t next = INT64_MAX;
    for (int64_t s = spells[i]; s < spells[i + 1]; s++)
        if (refs[s] >= from && refs[s] < next && uptake_choices(call, SPELL_STATUS)[s] != STOPPED)
            next = refs[s];
    return next;
}

static uint32_t *window_at(struct window *window, int64_t adopter)
{
    bool inside = adopter >= window->base && adopter - window->base < WINDOW;
    return inside ? &window->pairs[adopter - window->base] : NULL;
}

bool support_window_next(const struct uptake_call *call, uint64_t i, struct window *window)
{
    const int64_t *spells = uptake_list(call, SPELL_ADOPTER), *support = uptake_list(call, SUPPORT);
    window->base = next_base(call, i, window->base + WINDOW);
    if (window->base == INT64_MAX)
        return false;
    memset(window->pairs, 0, sizeof window->pairs);
    for (int64_t s = spells[i]; s < spells[i + 1]; s++) {
        uint32_t *pairs = window_at(window, uptake_refs(call, SPELL_ADOPTER)[s]);
        if (pairs && uptake_choices(call, SPELL_STATUS)[s] != STOPPED)
            *pairs |= HAS_SPELL;
    }
    for (int64_t at = support[i]; at < support[i + 1]; at++) {
        uint32_t *pairs = window_at(window, uptake_refs(call, ADOPTER)[at]);
        int32_t resource = uptake_choices(call, RESOURCE)[at],
                phase = uptake_choices(call, PHASE)[at];
        if (pairs && resource >= 0 && phase >= 0 && uptake_choices(call, RECIPIENT)[at] <= 0)
            *pairs |= UINT32_C(1) << (resource * PHASES + phase);
    }
    return true;
}

void support_times_count(const struct uptake_call *call, uint64_t i, double times[PAIRS])
{
    struct window window = {.base = -WINDOW};
    memset(times, 0, PAIRS * sizeof *times);
    while (support_window_next(call, i, &window))
        for (int k = 0; k < WINDOW; k++)
            for (int pair = 0; pair < PAIRS && (window.pairs[k] & HAS_SPELL); pair++)
                times[pair] += !(window.pairs[k] >> pair & 1);
    for (int pair = 0; pair < PAIRS; pair++)
        times[pair] = fmax(1, times[pair]);
}
