/*
 * adopter-support: how much of what adopters need do they get, and what are they short of?
 *
 * (1) Row. c = min(1, provided / needed). A `met` row needs 1 and has no 0, partly .5 [0, 1], yes 1.
 *     Rows for an innovator or a vehicle are kept apart: (8).
 * (2) Missing. `none` provided is 0. Needed 0 or none, or anything not applicable, leaves the row out.
 *     Otherwise what is missing lies somewhere in 0..infinity, or where it was suppressed to: the row
 *     is not known, and only enters lows and highs. Outside starts..ends at as_of 0 is provided.
 * (3) Times. A row that names an adopter counts once. A row that names none counts once for each
 *     adopter with a spell that has not stopped and no row of its own for that resource and phase, and
 *     at least once.
 * (4) Cell = resource x phase x unit: c = sum min(provided, needed) / sum needed over its known rows, so
 *     that a surplus never offsets. Its low and high are the least and the greatest that the ranges of
 *     all its rows allow.
 * (5) Resource: c_k = mean over its known cells; its low puts unknown cells at their low (0 where
 *     nothing is known), its high at their high (1).
 * (6) coverage = sum w_k c_k / sum w_k over resources with a known cell; low and high over all that are
 *     needed. known = their share of the weight; skipped below least_known. weakest = least c_k.
 *     A resource of weight 0 is left out of all of these.
 * (7) Adopter, over all innovations: as (5) and (6), with the c of its rows in place of cells; rows of
 *     (3) that stand for it count. Sums are whole billionths, so that combine is exactly associative.
 * (8) reward_balance = what adopters get / what all stated recipients get, over levers in gbp_per_year
 *     in force; what goes to nobody stated enters low and high; unwritten where no recipient is stated.
 *
 * (9) Who gives it: in findings, where a row says so (`by`); over all innovations, how many rows for adopters do not.
 *
 * Ranges: shares 0..1. Source: needs that adopters and innovators state in The spread challenge (Health
 * Foundation, 2018) and the first recommendation of Against the Odds (2018); the arithmetic is ours.
 *
 * Here: what is read, tuned and written, and the order of the work. support.h says which file has which
 * point.
 */
#include "support.h"

static const char *const resources[] = {"time",   "space",       "staff",         "money",
                                        "skills", "recognition", "peer_learning", "readiness",
                                        "data",   NULL};
static const char *const phases[] = {"set_up", "running", NULL};
static const char *const units[] = {"hours_per_week", "wte",    "gbp_once",  "gbp_per_year",
                                    "rooms",          "people", "days_once", "days_per_year",
                                    "share",          NULL};
static const char *const met_words[] = {"no", "partly", "yes", NULL};
static const char *const recipients[] = {"adopter", "innovator", "vehicle", NULL};
static const char *const statuses[] = {"piloting", "adopted", "adapted", "stopped", NULL};
static const char *const paid[] = {"adopter", "innovator", "vehicle", "commissioner", NULL};
static const char *const lever_units[] = {"gbp_per_year", "gbp_once", "share", "other", NULL};

static const struct uptake_read reads[] = {
    UPTAKE_READ_LIST(SUPPORT, "support[]", "why it is empty, where it is"),
    UPTAKE_READ_CHOICE(RESOURCE, "support[].resource", resources, "what adopting takes"),
    UPTAKE_READ_CHOICE(PHASE, "support[].phase", phases, "when it is needed"),
    UPTAKE_READ_CHOICE(UNIT, "support[].unit", units, "unit of needed and provided"),
    UPTAKE_READ_NUMBER_DOUBT(NEEDED, "support[].needed", "", 0, UPTAKE_NO_LIMIT,
                             "how much it takes"),
    UPTAKE_READ_NUMBER_DOUBT(PROVIDED, "support[].provided", "", 0, UPTAKE_NO_LIMIT,
                             "how much is given"),
    UPTAKE_READ_CHOICE(MET, "support[].met", met_words, "instead of needed, provided and unit"),
    UPTAKE_READ_REF(ADOPTER, "support[].adopter", "whose row it is; left out: every adopter's"),
    UPTAKE_READ_CHOICE(RECIPIENT, "support[].for", recipients,
                       "who needs it; left out: the adopter"),
    UPTAKE_READ_TEXT(BY, "support[].by", "who gives it, in findings"),
    UPTAKE_READ_DATE(STARTS, "support[].starts", "from when it is given"),
    UPTAKE_READ_DATE(ENDS, "support[].ends", "until when it is given"),
    UPTAKE_READ_REF(SPELL_ADOPTER, "spells[].adopter", "who adopted"),
    UPTAKE_READ_CHOICE(SPELL_STATUS, "spells[].status", statuses,
                       "stopped: needs nothing any more"),
    UPTAKE_READ_TEXT(ADOPTER_ID, "/adopters[].id", "names the adopter in findings"),
    UPTAKE_READ_CHOICE(LEVER_RECIPIENT, "levers[].recipient", paid, "who gets what it pays"),
    UPTAKE_READ_CHOICE(LEVER_UNIT, "levers[].unit", lever_units, "gbp_per_year counts"),
    UPTAKE_READ_NUMBER_DOUBT(LEVER_VALUE, "levers[].value", "", -UPTAKE_NO_LIMIT, UPTAKE_NO_LIMIT,
                             "what it pays"),
    UPTAKE_READ_DATE(LEVER_STARTS, "levers[].starts", "from when it pays"),
    UPTAKE_READ_DATE(LEVER_ENDS, "levers[].ends", "until when it pays"),
};

static const struct uptake_param params[] = {
    UPTAKE_PARAM_TABLE(struct params, weights, 1, 0, UPTAKE_NO_LIMIT, "", resources,
                       "what each resource counts for in coverage"),
    UPTAKE_PARAM_NUMBER(struct params, least_known, 0.5, 0, 1, "",
                        "share of the weight that must be known for coverage to be given"),
};

static const uint32_t support_reads[] = {RESOURCE, NEEDED, PROVIDED, MET};
static const uint32_t lever_reads[] = {LEVER_RECIPIENT, LEVER_VALUE};

/* As UPTAKE_WRITE, with the reads that it rests on. */
#define WRITE_ON(rests_on, index, type, flags, better, name, entity, unit, min, max, tolerance,    \
                 quantity, choices, doc)                                                           \
    {                                                                                              \
        index, type, flags, better, name, entity, unit, min, max, tolerance, quantity, choices,    \
            UPTAKE_ROWS(rests_on), doc                                                             \
    }

static const struct uptake_write writes[] = {
    WRITE_ON(support_reads, COVERAGE, UPTAKE_NUMBER, UPTAKE_BOUNDS, UPTAKE_HIGHER, "coverage", "",
             "", 0, 1, 0.05, "support-coverage", NULL,
             "share of what adopters need that they get, over resources"),
    WRITE_ON(support_reads, KNOWN, UPTAKE_NUMBER, 0, UPTAKE_HIGHER, "known", "", "", 0, 1, 0, "",
             NULL, "share of the weight of needed resources for which both sides are known"),
    WRITE_ON(support_reads, WEAKEST, UPTAKE_NUMBER, UPTAKE_BOUNDS, UPTAKE_HIGHER, "weakest", "", "",
             0, 1, 0.05, "support-weakest", NULL, "coverage of the least covered resource"),
    WRITE_ON(support_reads, WEAKEST_RESOURCE, UPTAKE_CHOICE, UPTAKE_OPTIONAL, UPTAKE_NEITHER,
             "weakest_resource", "", "", 0, 0, 0, "", resources,
             "which one that is (of equals the first); absent where none is short"),
    WRITE_ON(support_reads, OTHERS_SHORT, UPTAKE_NUMBER, UPTAKE_BOUNDS | UPTAKE_OPTIONAL,
             UPTAKE_LOWER, "others_short", "", "rows", 0, UPTAKE_NO_LIMIT, 0, "", NULL,
             "rows for the innovator or a vehicle that are short; absent where there are none"),
    WRITE_ON(lever_reads, REWARD_BALANCE, UPTAKE_NUMBER, UPTAKE_BOUNDS | UPTAKE_OPTIONAL,
             UPTAKE_NEITHER, "reward_balance", "", "", 0, 1, 0.05, "", NULL,
             "what adopters get of what levers pay a year; absent where no recipient is stated"),
    WRITE_ON(support_reads, GAP, UPTAKE_NUMBER, UPTAKE_OPTIONAL, UPTAKE_LOWER, "gap", "support[]",
             "", 0, UPTAKE_NO_LIMIT, 0, "", NULL,
             "needed less provided, at least 0, in the row's own unit; absent for met rows"),
    WRITE_ON(support_reads, ADOPTER_COVERAGE, UPTAKE_NUMBER, UPTAKE_BOUNDS | UPTAKE_OPTIONAL,
             UPTAKE_HIGHER, "adopter_coverage", "/adopters[]", "", 0, 1, 0.05, "", NULL,
             "coverage of the adopter's rows over all innovations"),
    WRITE_ON(support_reads, ADOPTER_SHORT_RESOURCES, UPTAKE_NUMBER, UPTAKE_OPTIONAL, UPTAKE_LOWER,
             "adopter_short_resources", "/adopters[]", "resources", 0, RESOURCES, 0, "", NULL,
             "resources of which the adopter is short on some innovation"),
    WRITE_ON(support_reads, ADOPTER_SHORT_OF, UPTAKE_TEXT, UPTAKE_OPTIONAL, UPTAKE_NEITHER,
             "adopter_short_of", "/adopters[]", "", 0, 0, 0, "", NULL, "names of those resources"),
};

static void write_all(const struct uptake_call *call, uint64_t i, const struct grid *grid,
                      const struct total *total)
{
    write_number(call, COVERAGE, i, total->low, total->coverage, total->high);
    uptake_output(call, KNOWN)[i] = total->known;
    write_number(call, WEAKEST, i, total->weakest_low, total->weakest, total->weakest_high);
    if (total->weakest_resource >= 0)
        uptake_output_choice(call, WEAKEST_RESOURCE)[i] = total->weakest_resource;
    if (grid->others > 0)
        write_number(call, OTHERS_SHORT, i, (double)grid->others_surely, (double)grid->others_short,
                     (double)grid->others_perhaps);
    support_write_reward(call, i);
}

static int process(struct uptake_call *call)
{
    const struct params *with = call->params;
    for (uint64_t i = 0; i < call->count; i++) {
        struct grid grid;
        struct part parts[RESOURCES];
        support_grid_read(call, i, &grid);
        support_parts_read(&grid, parts);
        struct total total = support_total_of(parts, with->weights);
        if (support_skipped(call, i, parts, &total))
            continue;
        write_all(call, i, &grid, &total);
        support_note_all(call, i, &grid, parts);
    }
    return 0;
}

static const struct uptake_plugin plugin = {
    .size = sizeof(struct uptake_plugin),
    .id = "adopter-support",
    .version = "0.2.0",
    .revision = 2,
    .title = "Support for adopters",
    .summary = "how much of what adopters need they get, and what they are short of",
    .source = "The spread challenge, Health Foundation 2018; Against the Odds, Innovation Unit and "
              "Health Foundation 2018 (what adopters need; the arithmetic is ours)",
    .reads = UPTAKE_ROWS(reads),
    .params = UPTAKE_ROWS(params),
    .writes = UPTAKE_ROWS(writes),
    .params_bytes = sizeof(struct params),
    .state_size = support_state_size,
    .process = process,
    .update = support_update,
    .combine = support_combine,
    .finish = support_finish,
};

UPTAKE_BUNDLE(&plugin)
