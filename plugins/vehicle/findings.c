/*
 * What stands out, worst first: who drives scaling and until when, what happens when they stop, what they
 * lack, and what is not known of them.
 */
#include <uptake/calendar.h>

#include "vehicle.h"

enum { BODIES_SAID = 3 }; /* vehicles in force that have findings of their own */

/* --- Words -------------------------------------------------------------------------------------- */

const char *vehicle_name_of(const struct uptake_call *call, int64_t row)
{
    int32_t name = uptake_texts(call, NAME)[row];
    return uptake_text(call, name >= 0 ? name : uptake_texts(call, ID)[row]);
}

/* Puts two words down where they fit; NAMES_BYTES hold all five checks. */
static size_t word_add(char *to, size_t used, const char *word)
{
    const char *comma = used ? ", " : "";
    size_t first = strlen(comma), second = strlen(word);
    if (used + first + second >= NAMES_BYTES)
        return used;
    memcpy(to + used, comma, first + 1);
    memcpy(to + used + first, word, second + 1);
    return used + first + second;
}

/* --- Who drives it, and until when -------------------------------------------------------------- */

void vehicle_note_none(struct uptake_call *call, uint64_t i)
{
    uptake_note(call, UPTAKE_INNOVATION, i, UPTAKE_BLOCKS,
                "nobody drives scaling: each adopter is on its own");
}

static const struct body *last_ended(const struct uptake_call *call, const struct fleet *fleet)
{
    const struct body *last = &fleet->bodies[0];
    for (int k = 1; k < fleet->n; k++)
        if (uptake_dates(call, ENDS)[fleet->bodies[k].row].end >
            uptake_dates(call, ENDS)[last->row].end)
            last = &fleet->bodies[k];
    return last;
}

static void note_ended(struct uptake_call *call, const struct fleet *fleet)
{
    const struct body *body = last_ended(call, fleet);
    struct uptake_date end = uptake_date_of(uptake_dates(call, ENDS)[body->row].end);
    uptake_note(
        call, ID, (uint64_t)body->row, UPTAKE_BLOCKS,
        "%s drove scaling until %d-%02d and stopped; no successor is named, so each adopter "
        "is on its own",
        vehicle_name_of(call, body->row), end.year, end.month);
}

/* Who follows it and has not ended; NULL: nobody. */
static const struct body *successor_of(const struct uptake_call *call, const struct fleet *fleet,
                                       const struct body *body)
{
    for (int k = 0; k < fleet->n; k++)
        if (!fleet->bodies[k].ended && &fleet->bodies[k] != body &&
            uptake_refs(call, FOLLOWS)[fleet->bodies[k].row] == body->row)
            return &fleet->bodies[k];
    return NULL;
}

static void note_ending(struct uptake_call *call, const struct fleet *fleet,
                        const struct body *body)
{
    const struct body *next = successor_of(call, fleet, body);
    const char *name = vehicle_name_of(call, body->row);
    uint64_t row = (uint64_t)body->row;
    struct uptake_date end = uptake_date_of(uptake_dates(call, ENDS)[body->row].end);
    if (!next)
        uptake_note(call, ID, row, UPTAKE_BLOCKS,
                    "%s drives scaling until %d-%02d, about %.0f months off, and no successor is "
                    "named",
                    name, end.year, end.month, body->months.best);
    else if (body->safe == MET)
        uptake_note(call, ID, row, UPTAKE_HELPS,
                    "%s drives scaling until %d-%02d; %s stands to take over", name, end.year,
                    end.month, vehicle_name_of(call, next->row));
    else
        uptake_note(call, ID, row, UPTAKE_RISKS,
                    "%s drives scaling until %d-%02d; %s is to take over, but may not last", name,
                    end.year, end.month, vehicle_name_of(call, next->row));
}

static void note_body(struct uptake_call *call, const struct fleet *fleet, const struct body *body)
{
    const struct params *with = call->params;
    const char *name = vehicle_name_of(call, body->row);
    int32_t host = uptake_texts(call, HOST)[body->row];
    const char *by = host >= 0 ? " (hosted by " : "", *end = host >= 0 ? ")" : "";
    if (body->lasts == UNMET)
        note_ending(call, fleet, body);
    else if (body->lasts == UNKNOWN)
        uptake_note(call, ID, (uint64_t)body->row, UPTAKE_NOT_KNOWN,
                    "%s%s%.90s%s drives scaling; whether it will in %lld months is not known", name,
                    by, uptake_text(call, host), end, (long long)with->months);
    else if (body->months.low >= UPTAKE_NO_LIMIT)
        uptake_note(call, ID, (uint64_t)body->row, UPTAKE_HELPS,
                    "%s%s%.90s%s drives scaling, and no end is set", name, by,
                    uptake_text(call, host), end);
    else
        uptake_note(call, ID, (uint64_t)body->row, UPTAKE_HELPS,
                    "%s%s%.90s%s drives scaling for at least %.0f months more", name, by,
                    uptake_text(call, host), end, floor(body->months.low));
}

/* --- What happens when it stops ------------------------------------------------------------------ */

static void note_stopping(struct uptake_call *call, const struct body *body)
{
    const char *name = vehicle_name_of(call, body->row);
    int32_t licence = uptake_choices(call, LICENCE)[body->row];
    struct range fee = vehicle_range_of(call, FEE, body->row);
    const char *hold = licence == 0   ? "hold a contract with"
                       : licence == 1 ? "must be trained by"
                                      : "are licensed by";
    uint64_t row = (uint64_t)body->row;
    bool licensed = uptake_why_code(licence) == UPTAKE_PRESENT, paid = fee.low > 0;
    enum verdict binds = vehicle_binds(call, body->row);
    if (licensed && paid && !isnan(fee.best))
        uptake_note(call, ID, row, UPTAKE_RISKS,
                    "if %s stops, every adopter is left without it: they %s it and pay it about "
                    "%.0f GBP a year each",
                    name, hold, fee.best);
    else if (licensed)
        uptake_note(call, ID, row, UPTAKE_RISKS,
                    "if %s stops, every adopter is left without it: they %s it", name, hold);
    else if (paid)
        uptake_note(call, ID, row, UPTAKE_RISKS,
                    "if %s stops, every adopter is left without what its fee buys", name);
    else if (binds == UNMET)
        uptake_note(call, ID, row, UPTAKE_HELPS,
                    "if %s stops, adopters can go on: no licence and no fee bind them", name);
}

/* --- What it lacks ------------------------------------------------------------------------------- */

static void note_staff(struct uptake_call *call, const struct checks *checks)
{
    int64_t row = checks->understaffed;
    if (row >= 0)
        uptake_note(call, FTE_HELD, (uint64_t)row, UPTAKE_RISKS,
                    "%s has %.3g of the %.3g WTE that it needs", vehicle_name_of(call, row),
                    vehicle_range_of(call, FTE_HELD, row).best,
                    vehicle_range_of(call, FTE_NEEDED, row).best);
}

static void note_income(struct uptake_call *call, const struct checks *checks)
{
    int64_t row = checks->concentrated, largest = -1;
    double most = 0;
    if (checks->verdicts[FUNDING_SPREAD] != UNMET || row < 0)
        return;
    const int64_t *list = uptake_list(call, INCOME_SHARE);
    for (int64_t at = list[row]; at < list[row + 1]; at++)
        if (uptake_numbers(call, INCOME_SHARE)[at] > most) {
            most = uptake_numbers(call, INCOME_SHARE)[at];
            largest = at;
        }
    if (largest < 0)
        return;
    int32_t source = uptake_texts(call, INCOME_SOURCE)[largest];
    uptake_note(call, ID, (uint64_t)row, UPTAKE_RISKS,
                "%s lives on few payers: %.0f%% of its income comes from %s",
                vehicle_name_of(call, row), 100 * most,
                source >= 0 ? uptake_text(call, source) : "one source");
}

static void note_set_up(struct uptake_call *call, uint64_t i, const struct checks *checks)
{
    if (checks->unmet > 0)
        uptake_note(call, UPTAKE_INNOVATION, i, UPTAKE_RISKS,
                    "setting up to scale: %lld of %lld needs of the innovator or the vehicle are "
                    "not met in full",
                    (long long)checks->unmet, (long long)checks->set_up);
}

/* --- What is not known --------------------------------------------------------------------------- */

static void note_unknown(struct uptake_call *call, uint64_t i, const struct checks *checks)
{
    static const char *const words[CHECKS] = {"until when it goes on", "its staff",
                                              "who pays for it", "what setting it up lacks",
                                              "what binds adopters"};
    char names[NAMES_BYTES] = "";
    size_t used = 0;
    for (int c = 0; c < CHECKS; c++)
        if (checks->verdicts[c] == UNKNOWN)
            used = word_add(names, used, words[c]);
    if (used > 0)
        uptake_note(call, UPTAKE_INNOVATION, i, UPTAKE_NOT_KNOWN,
                    "not known of whoever drives scaling: %s", names);
}

void vehicle_note_all(struct uptake_call *call, uint64_t i, const struct fleet *fleet,
                      const struct checks *checks, const struct dependence *dependence)
{
    int said = 0;
    note_unknown(call, i, checks);
    if (fleet->in_force == 0)
        note_ended(call, fleet);
    for (int k = 0; k < fleet->n && said < BODIES_SAID; k++)
        if (!fleet->bodies[k].ended) {
            note_body(call, fleet, &fleet->bodies[k]);
            said++;
        }
    for (int k = 0, stops = 0; k < fleet->n && stops < BODIES_SAID - 1; k++)
        if (!fleet->bodies[k].ended) {
            note_stopping(call, &fleet->bodies[k]);
            stops++;
        }
    if (dependence->bound != MET && dependence->served > 0)
        uptake_note(call, UPTAKE_INNOVATION, i, UPTAKE_RISKS,
                    "%lld of %lld adopters get support from whoever drives scaling, and lose it if "
                    "they stop",
                    (long long)dependence->served, (long long)dependence->adopters);
    note_staff(call, checks);
    note_income(call, checks);
    note_set_up(call, i, checks);
}
