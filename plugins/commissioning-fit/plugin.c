/*
 * commissioning-fit: does this innovation fit what commissioners ask, and what is it held up by?
 *
 * Seven checks at as_of, each met, unmet, unknown or not applicable. No absent row makes an unmet: a list must be known to be
 * empty (`none`).
 * (1) It serves a national priority in force; (2) a local one (regional counts as local).
 * (3) Positive national guidance (recommended or optimised) is in force; not applicable to workforce, training and service that
 *     have none. NICE's guidance is national; of other guidance the scope must say so.
 * (4) Every rule of /rules[] that applies holds, by Kleene logic: one false is unmet, all true is met, else unknown; none
 *     applies: not applicable. The host evaluates rules; this plugin holds no figure of its own.
 * (5) Its outcome is measured in use (commissioning.measured_outcome).
 * (6) No vehicle and no paying lever (tariff, incentive, grant, payment) in force ends within `months` of as_of without a
 *     successor that lasts: a row in force that `follows` it, or follows one that does, and does not end within `months`
 *     itself; nor have all vehicles, or all paying levers, ended. What depends on the day within as_of or within the end, or
 *     on an end that is not known, is unknown. Neither list has a row, known: not applicable.
 * (7) It does not rest on targets and tariffs alone: unmet where one of these is in force and no mandate, framework, incentive,
 *     grant, payment, contract or programme is (guidance does not count); met where none of these is.
 * (8) fit = met / (met + unmet); its low counts unknown as unmet, its high as met; unknown where fewer than half of the
 *     applicable are decided. The checks are written always.
 * (9) held = of a stock or cumulative count, the first that begins 12 months after a lever's end or later, over the last that
 *     stands for the end (its period began by then, and ended at most 12 months before); of several the least. Without such a
 *     pair unwritten, and so are counts without bounds.
 * (10) enabling_levers = levers in force that enable / those whose effect is stated.
 * (11) All innovations together: how many rest on targets and tariffs alone, lapse, or are enabled, and which.
 *
 * In force: not ended before as_of; what is not known to have ended is. Source: the third recommendation of Against the Odds
 * (Innovation Unit and The Health Foundation, 2018); Kleene, Introduction to Metamathematics (1952). The choice of checks and
 * their equal weight are this plugin's own.
 *
 * Here: what is read, tuned and written, and (8).
 */
#include <math.h>

#include "fit.h"

/* Only the kinds that need no guidance. */
static const char *const kinds[] = {"workforce", "training", "service", NULL};
static const char *const levels[] = {"national", "regional", "local", NULL};
static const char *const lever_kinds[] = {"target",    "tariff",   "mandate", "framework",
                                          "incentive", "grant",    "payment", "contract",
                                          "programme", "guidance", "inquiry", NULL};
/* Only NICE's. */
static const char *const schemes[] = {"NICE_TA", "NICE_HST", "NICE_MTG", "NICE_DG",
                                      "NICE_NG", "NICE_HTE", NULL};
static const char *const verdicts[] = {"recommended", "optimised", "research_only",
                                       "not_recommended", NULL};
static const char *const effects[] = {"enables", "hinders", "mixed", NULL};
static const char *const counted[] = {"stock", "cumulative", NULL};
static const char *const units[] = {"organisations", "sites", "people", "referrals",
                                    "procedures",    "tests", "items",  "courses",
                                    "posts",         "wte",   NULL};
static const char *const statuses[] = {"met", "unmet", "unknown", "not_applicable", NULL};

static const struct uptake_read reads[] = {
    UPTAKE_READ_CHOICE(KIND, "kind", kinds, "workforce, training and service need no guidance"),
    UPTAKE_READ_LIST(PRIORITIES, "priorities[]", "why it is empty, where it is"),
    UPTAKE_READ_REF(PRIORITY, "priorities[].value", "priorities that it serves"),
    UPTAKE_READ_CHOICE(PRIORITY_LEVEL, "/priorities[].level", levels, "whose priority"),
    UPTAKE_READ_DATE(PRIORITY_ENDS, "/priorities[].ends", "until when it is one"),
    UPTAKE_READ_LIST(LEVERS, "levers[]", "why it is empty, where it is"),
    UPTAKE_READ_CHOICE(LEVER_KIND, "levers[].kind", lever_kinds, "what the system does"),
    UPTAKE_READ_CHOICE(LEVER_SCHEME, "levers[].scheme", schemes, "NICE's guidance is national"),
    UPTAKE_READ_CHOICE(LEVER_SCOPE, "levers[].scope", levels, "how far it reaches"),
    UPTAKE_READ_CHOICE(LEVER_VERDICT, "levers[].verdict", verdicts, "what guidance says"),
    UPTAKE_READ_CHOICE(LEVER_EFFECT, "levers[].effect", effects, "whether it enables or hinders"),
    UPTAKE_READ_TEXT(LEVER_NAME, "levers[].name", "names it in findings"),
    UPTAKE_READ_DATE(LEVER_ENDS, "levers[].ends", "when it ends"),
    UPTAKE_READ_REF(LEVER_FOLLOWS, "levers[].follows", "the lever that it replaces"),
    UPTAKE_READ_LIST(VEHICLES, "vehicles[]", "why it is empty, where it is"),
    UPTAKE_READ_TEXT(VEHICLE_NAME, "vehicles[].name", "names it in findings"),
    UPTAKE_READ_DATE(VEHICLE_ENDS, "vehicles[].ends", "when it ends"),
    UPTAKE_READ_REF(VEHICLE_FOLLOWS, "vehicles[].follows", "the vehicle that it replaces"),
    UPTAKE_READ_FLAG(MEASURED, "commissioning.measured_outcome", "its outcome is measured in use"),
    UPTAKE_READ_TEXT(OBSERVED_METRIC, "observations[].metric", "what is counted"),
    UPTAKE_READ_CHOICE(OBSERVED_KIND, "observations[].kind", counted, "stock or cumulative"),
    UPTAKE_READ_CHOICE(OBSERVED_UNIT, "observations[].unit", units, "unit of the count"),
    UPTAKE_READ_TEXT(OBSERVED_GEOGRAPHY, "observations[].geography", "where"),
    UPTAKE_READ_DATE(OBSERVED_PERIOD, "observations[].period", "when"),
    UPTAKE_READ_NUMBER_DOUBT(OBSERVED_VALUE, "observations[].value", "", -UPTAKE_NO_LIMIT,
                             UPTAKE_NO_LIMIT, "the count"),
    UPTAKE_READ_VERDICTS(RULES, "what the host finds of each rule"),
    UPTAKE_READ_TEXT(RULE_ID, "/rules[].id", "names the rule"),
    UPTAKE_READ_TEXT(INNOVATION_ID, "id", "names it in findings on all"),
};

static const struct uptake_param params[] = {
    UPTAKE_PARAM_INTEGER(struct params, months, 12, 0, 1200, "months",
                         "how soon an end counts as near"),
};

#define CHECK_WRITE(check, name, doc) UPTAKE_WRITE_CHOICE(CHECK + check, name, statuses, 0, doc)

static const struct uptake_write writes[] = {
    UPTAKE_WRITE(
        FIT, UPTAKE_NUMBER, UPTAKE_BOUNDS | UPTAKE_OPTIONAL, UPTAKE_HIGHER, "fit", "", "", 0, 1,
        0.05, "commissioning-fit", NULL,
        "share of the decided checks that are met; unknown where fewer than half are decided"),
    CHECK_WRITE(NATIONAL, "national_priority", "it serves a national priority in force"),
    CHECK_WRITE(LOCAL, "local_priority", "it serves a local or regional priority in force"),
    CHECK_WRITE(GUIDANCE, "guidance", "positive national guidance is in force"),
    CHECK_WRITE(RULES_MET, "rules", "every rule that applies holds"),
    CHECK_WRITE(IS_MEASURED, "measured", "its outcome is measured in use"),
    CHECK_WRITE(LASTING, "lasting",
                "no vehicle or paying lever ends soon, or has ended, without a successor"),
    CHECK_WRITE(BEYOND, "beyond_targets", "it does not rest on targets and tariffs alone"),
    UPTAKE_WRITE_NUMBER(HELD, "held", "", 0, UPTAKE_NO_LIMIT, UPTAKE_HIGHER,
                        UPTAKE_BOUNDS | UPTAKE_OPTIONAL,
                        "what was counted a year after a lever ended, over what was at its end"),
    UPTAKE_WRITE_NUMBER(ENABLING, "enabling_levers", "", 0, 1, UPTAKE_HIGHER,
                        UPTAKE_BOUNDS | UPTAKE_OPTIONAL,
                        "levers in force that enable, of those whose effect is stated"),
    UPTAKE_WRITE(RULE_STATUS, UPTAKE_CHOICE, 0, UPTAKE_NEITHER, "rule_status", "* x /rules[]", "",
                 0, 0, 0, "", statuses, "whether the innovation meets the rule"),
    UPTAKE_WRITE(RULE_REASON, UPTAKE_TEXT, UPTAKE_OPTIONAL, UPTAKE_NEITHER, "rule_reason",
                 "* x /rules[]", "", 0, 0, 0, "", NULL, "what decides it, or would settle it"),
};

static void write_amount(const struct uptake_call *call, uint32_t write, uint64_t i,
                         struct amount amount)
{
    if (isnan(amount.best))
        return;
    uptake_output(call, write)[i] = amount.best;
    uptake_output_low(call, write)[i] = fmin(amount.low, amount.best);
    uptake_output_high(call, write)[i] = fmax(amount.high, amount.best);
}

/* (8); false: too little is decided. */
static bool write_fit(const struct uptake_call *call, uint64_t i, const int checks[CHECKS])
{
    double n[STATUSES] = {0};
    for (int c = 0; c < CHECKS; c++)
        n[checks[c]]++;
    double decided = n[MET] + n[UNMET], applicable = decided + n[UNKNOWN];
    bool given = decided > 0 && 2 * decided >= applicable;
    double missing = uptake_missing_number(UPTAKE_UNKNOWN);
    if (!given)
        uptake_output(call, FIT)[i] = uptake_output_low(call, FIT)[i] =
            uptake_output_high(call, FIT)[i] = missing;
    else
        write_amount(call, FIT, i,
                     (struct amount){n[MET] / decided, n[MET] / applicable,
                                     (n[MET] + n[UNKNOWN]) / applicable});
    return given;
}

/* --- Rules as pair rows ------------------------------------------------------------------------- */

static const struct {
    int status;
    const char *reason; /* before the fields */
} verdict_words[] = {[UPTAKE_RULE_FALSE] = {UNMET, "not met: "},
                     [UPTAKE_RULE_TRUE] = {MET, NULL},
                     [UPTAKE_RULE_UNKNOWN] = {UNKNOWN, "would be settled by "},
                     [UPTAKE_RULE_NOT_APPLICABLE] = {NOT_APPLICABLE, "decided by "}};

static void write_rules(struct uptake_call *call, uint64_t i)
{
    struct rows pairs = fit_rows(call, RULES, i);
    const struct uptake_column *rules = uptake_column_of(call, RULES);
    for (int64_t p = pairs.from; p < pairs.to; p++) {
        int8_t verdict = ((const int8_t *)rules->values)[p];
        uptake_output_choice(call, RULE_STATUS)[p] = verdict_words[verdict].status;
        if (verdict_words[verdict].reason)
            uptake_write_text(call, RULE_REASON, (uint64_t)p, "%s%s", verdict_words[verdict].reason,
                              uptake_text(call, rules->pair_fields[p]));
    }
}

static int process(struct uptake_call *call)
{
    for (uint64_t i = 0; i < call->count; i++) {
        int checks[CHECKS];
        fit_checks(call, i, checks);
        struct held held = fit_held(call, i);
        for (uint32_t c = 0; c < CHECKS; c++)
            uptake_output_choice(call, CHECK + c)[i] = checks[c];
        bool given = write_fit(call, i, checks);
        write_amount(call, HELD, i, held.share);
        write_amount(call, ENABLING, i, fit_enabling(call, i));
        write_rules(call, i);
        fit_notes(call, i, checks, &held, given);
    }
    return 0;
}

static const struct uptake_plugin plugin = {
    sizeof plugin,
    "commissioning-fit",
    "1.1.0",
    2,
    0,
    "Commissioning fit",
    "Does it fit what commissioners ask: priorities, guidance, rules in force, lasting levers?",
    "Against the Odds (Innovation Unit and The Health Foundation, 2018), third recommendation",
    UPTAKE_ROWS(reads),
    UPTAKE_ROWS(params),
    UPTAKE_ROWS(writes),
    sizeof(struct params),
    0,
    fit_state_bytes,
    process,
    fit_update,
    fit_combine,
    fit_finish};

UPTAKE_BUNDLE(&plugin)
