/* The vocabulary's rows: see vocabulary.h. One row, one meaning, the field's standard term. */
#include "model/vocabulary.h"

#include <stdio.h>
#include <string.h>

#define CHOICES(...) ((const char *const[]){__VA_ARGS__, NULL})

static const char *const innovation_kinds[] = {
    "product", "device",        "diagnostic", "medicine",  "digital",  "process",
    "pathway", "model_of_care", "service",    "workforce", "training", NULL};
static const char *const vehicle_kinds[] = {"host_team",         "programme", "charity",
                                            "social_enterprise", "company",   "spin_out",
                                            "network",           NULL};
static const char *const licences[] = {"contract", "mandatory_training", NULL};
static const char *const evidence_types[] = {
    "rct",       "quasi_experimental", "audit",          "survey",  "qualitative",
    "modelling", "guidance",           "administrative", "opinion", NULL};
static const char *const grades[] = {"high", "moderate", "low", "very_low", NULL};
static const char *const bases[] = {"published", "interviews", "workshop", "desk_reading", NULL};
static const char *const judgement_states[] = {"rated", "mixed", "not_applicable", NULL};
static const char *const recipients_of_support[] = {"adopter", "innovator", "vehicle", NULL};
static const char *const resources[] = {"time",   "space",       "staff",         "money",
                                        "skills", "recognition", "peer_learning", "readiness",
                                        "data",   NULL};
static const char *const phases[] = {"set_up", "running", NULL};
static const char *const support_units[] = {
    "hours_per_week", "wte",       "gbp_once",      "gbp_per_year", "rooms",
    "people",         "days_once", "days_per_year", "share",        NULL};
static const char *const met_choices[] = {"no", "partly", "yes", NULL};
static const char *const lever_kinds[] = {"target",   "tariff",    "mandate",   "framework",
                                          "guidance", "incentive", "grant",     "payment",
                                          "contract", "inquiry",   "programme", NULL};
static const char *const schemes[] = {"NICE_TA",  "NICE_HST", "NICE_MTG", "NICE_DG", "NICE_NG",
                                      "NICE_HTE", "MTFM",     "ITT",      "ITP",     "CQUIN",
                                      "QOF",      "BPT",      "other",    NULL};
static const char *const scopes[] = {"national", "regional", "local", NULL};
static const char *const verdicts[] = {"recommended", "optimised", "research_only",
                                       "not_recommended", NULL};
static const char *const recipients[] = {"innovator", "vehicle", "adopter", "commissioner", NULL};
static const char *const lever_effects[] = {"enables", "hinders", "mixed", NULL};
static const char *const lever_units[] = {"gbp_once", "gbp_per_year", "share", "other", NULL};
static const char *const spell_statuses[] = {"piloting", "adopted", "adapted", "stopped", NULL};
static const char *const endings[] = {
    "choice", "funding_ended", "recommissioned", "merged", "closed", "replaced", NULL};
static const char *const high_low[] = {"high", "low", NULL};
static const char *const observation_kinds[] = {"flow", "stock", "cumulative", NULL};
static const char *const observation_units[] = {"organisations", "sites", "people", "referrals",
                                                "procedures",    "tests", "items",  "courses",
                                                "posts",         "wte",   NULL};
static const char *const stages[] = {"origin", "adopter", NULL};
static const char *const scales[] = {"mean_difference", "log_rr",     "log_or",
                                     "log_hr",          "proportion", NULL};
static const char *const directions[] = {"lower", "higher", NULL};
static const char *const designs[] = {"randomised", "controlled", "before_after", NULL};
static const char *const cost_kinds[] = {"development", "set_up", "running",
                                         "support",     "saving", NULL};
static const char *const cost_pers[] = {"site", "patient", "100k_people", "total", NULL};
static const char *const adopter_types[] = {"trust",     "icb",    "pcn",   "practice",
                                            "care_home", "region", "other", NULL};
static const char *const tie_kinds[] = {"advice", "referral", "region", "network", NULL};

#define NO UPTAKE_NO_LIMIT
#define TEXT(path, flags, doc)                                                                     \
    {                                                                                              \
        path, UPTAKE_TEXT, flags, "", 0, 0, NULL, TARGET_NONE, FORM_PLAIN, doc                     \
    }
#define CHOICE(path, flags, choices, doc)                                                          \
    {                                                                                              \
        path, UPTAKE_CHOICE, flags, "", 0, 0, choices, TARGET_NONE, FORM_PLAIN, doc                \
    }
#define NUMBER(path, flags, unit, min, max, doc)                                                   \
    {                                                                                              \
        path, UPTAKE_NUMBER, flags, unit, min, max, NULL, TARGET_NONE, FORM_PLAIN, doc             \
    }
#define DATE(path, flags, doc)                                                                     \
    {                                                                                              \
        path, UPTAKE_DATE, flags, "", 0, 0, NULL, TARGET_NONE, FORM_PLAIN, doc                     \
    }
#define FLAG(path, flags, doc)                                                                     \
    {                                                                                              \
        path, UPTAKE_FLAG, flags, "", 0, 0, NULL, TARGET_NONE, FORM_PLAIN, doc                     \
    }
#define REF(path, flags, target, doc)                                                              \
    {                                                                                              \
        path, UPTAKE_REF, flags, "", 0, 0, NULL, target, FORM_PLAIN, doc                           \
    }
#define FORM(path, type, flags, unit, form, doc)                                                   \
    {                                                                                              \
        path, type, flags, unit, -NO, NO, NULL, TARGET_NONE, form, doc                             \
    }
#define EVIDENCE(list) REF(list ".evidence[].value", 0, TARGET_EVIDENCE, "ids of what it rests on")
#define PRICE_YEAR(list) NUMBER(list "price_year", 0, "year", 1900, 2200, "year of the prices")
#define EVIDENCE_LIST(list)                                                                        \
    TEXT(list ".id", FIELD_ID | FIELD_REQUIRED, "what references name"),                           \
        CHOICE(list ".type", 0, evidence_types, "what sort of evidence it is"),                    \
        TEXT(list ".source", FIELD_REQUIRED, "citation"), TEXT(list ".url", 0, "address"),         \
        NUMBER(list ".year", 0, "year", 1800, 2200, "year of publication"),                        \
        NUMBER(list ".n", 0, "", 0, NO, "participants, or units studied"),                         \
        CHOICE(list ".grade", 0, grades, "certainty of the evidence")
#define BASIS(list)                                                                                \
    CHOICE(list ".basis", 0, bases, "what the reading rests on"),                                  \
        TEXT(list ".rater", 0, "who read it"),                                                     \
        DATE(list ".date", FIELD_READING, "when the reading was made"),                            \
        DATE(list ".holds", FIELD_BEGINS, "the time spoken of, if not the reading's own"),         \
        TEXT(list ".because", 0, "one sentence of reason, printed with the finding")

static const struct vocabulary_row rows[] = {
    TEXT("id", FIELD_ID | FIELD_REQUIRED, "short name, unique in the model"),
    TEXT("name", FIELD_REQUIRED, "name as people know it"),
    TEXT("summary", 0, "one or two sentences"),
    CHOICE("kind", 0, innovation_kinds, "what sort of innovation it is"),
    TEXT("condition", 0, "condition or population"),
    DATE("originated.date", 0, "when it was first made"),
    TEXT("originated.organisation", 0, "where it was first made"),
    TEXT("originated.country", 0, "country of origin"),
    DATE("introduced.date", 0, "its start in the NHS: time zero of spread"),
    TEXT("introduced.organisation", 0, "who had it first in the NHS"),
    TEXT("core_components[].value", 0, "what must not change"),
    TEXT("adaptable_components[].value", 0, "what a site may change"),
    REF("priorities[].value", 0, TARGET_PRIORITIES, "priorities that it serves"),

    CHOICE("reachable[].adopter_type", 0, adopter_types, "type of organisation"),
    NUMBER("reachable[].value", 0, "organisations", 0, NO,
           "how many could adopt: the population at risk"),
    DATE("reachable[].from", 0, "from when"),
    DATE("reachable[].until", 0, "until when"),
    TEXT("reachable[].definition", 0, "who counts as reachable"),
    EVIDENCE("reachable[]"),

    TEXT("vehicles[].id", FIELD_ID | FIELD_REQUIRED, "what references name"),
    CHOICE("vehicles[].kind", 0, vehicle_kinds, "what sort of body drives scaling"),
    TEXT("vehicles[].name", 0, "name of the vehicle"),
    TEXT("vehicles[].host", 0, "organisation that hosts it"),
    DATE("vehicles[].starts", FIELD_BEGINS, "when it began"),
    DATE("vehicles[].ends", 0, "when it ends; open: no end is set"),
    REF("vehicles[].follows", 0, TARGET_SAME_LIST, "the vehicle that it replaces"),
    NUMBER("vehicles[].fte_needed", 0, "wte", 0, NO, "staff that it needs"),
    NUMBER("vehicles[].fte_held", 0, "wte", 0, NO, "staff that it has"),
    CHOICE("vehicles[].licence", 0, licences, "what binds adopters to it"),
    NUMBER("vehicles[].fee", 0, "gbp_per_year", 0, NO, "fee of an adopter"),
    PRICE_YEAR("vehicles[]."),
    TEXT("vehicles[].income[].source", 0, "who pays"),
    NUMBER("vehicles[].income[].share", 0, "share", 0, 1, "share of the income"),
    EVIDENCE("vehicles[]"),

    EVIDENCE_LIST("evidence[]"),

    CHOICE("judgements[].framework", FIELD_REQUIRED, framework_names, "framework of the rating"),
    FORM("judgements[].construct", UPTAKE_CHOICE, 0, "", FORM_CONSTRUCT, "what is rated"),
    FORM("judgements[].domain", UPTAKE_CHOICE, FIELD_DERIVED, "", FORM_CONSTRUCT,
         "domain of the construct in its framework"),
    FORM("judgements[].value", UPTAKE_NUMBER, 0, "", FORM_RATING,
         "rating: nasss simple, complicated, complex (0, 0.5, 1); cfir -2 to 2; others as "
         "published"),
    FORM("judgements[].ratings", UPTAKE_NUMBER, 0, "", FORM_RATINGS,
         "{construct: value, ...}: one row each, sharing the rest"),
    REF("judgements[].adopter", 0, TARGET_ADOPTERS, "unit of analysis, where it is one adopter"),
    CHOICE("judgements[].state", 0, judgement_states, "rated unless said otherwise"),
    NUMBER("judgements[].informants", 0, "people", 0, NO, "how many were asked"),
    EVIDENCE("judgements[]"),
    BASIS("judgements[]"),

    REF("support[].adopter", 0, TARGET_ADOPTERS,
        "whose; without it the row stands for each adopter that has no row of its own"),
    CHOICE("support[].for", 0, recipients_of_support,
           "who needs it: adopter unless said otherwise"),
    CHOICE("support[].resource", FIELD_REQUIRED, resources, "what adopting takes"),
    CHOICE("support[].phase", FIELD_REQUIRED, phases, "when it is needed"),
    NUMBER("support[].needed", 0, "row", 0, NO, "how much adopting takes"),
    NUMBER("support[].provided", 0, "row", 0, NO, "how much is given"),
    CHOICE("support[].unit", 0, support_units, "unit of needed and provided"),
    CHOICE("support[].met", 0, met_choices, "instead of needed, provided and unit"),
    TEXT("support[].by", 0, "who gives it"),
    DATE("support[].starts", FIELD_BEGINS, "from when it is given"),
    DATE("support[].ends", 0, "until when; open: no end is set"),
    PRICE_YEAR("support[]."),
    EVIDENCE("support[]"),
    BASIS("support[]"),

    TEXT("levers[].id", FIELD_ID, "what `follows` names"),
    CHOICE("levers[].kind", FIELD_REQUIRED, lever_kinds, "what sort of lever it is"),
    CHOICE("levers[].scheme", 0, schemes, "scheme that it belongs to"),
    TEXT("levers[].code", 0, "code in the scheme, such as TA60"),
    TEXT("levers[].name", 0, "name of the lever"),
    TEXT("levers[].body", 0, "who pulls it"),
    CHOICE("levers[].scope", 0, scopes, "how far it reaches"),
    CHOICE("levers[].verdict", 0, verdicts, "what guidance says"),
    CHOICE("levers[].recipient", 0, recipients, "who gets what it pays"),
    CHOICE("levers[].effect", 0, lever_effects, "whether it enables or hinders spread"),
    TEXT("levers[].metric", 0, "what a target counts"),
    NUMBER("levers[].value", 0, "row", -NO, NO, "what it pays, or the target's level"),
    CHOICE("levers[].unit", 0, lever_units, "unit of value"),
    PRICE_YEAR("levers[]."),
    DATE("levers[].starts", FIELD_BEGINS, "when it came into force"),
    DATE("levers[].ends", 0, "when it ends; open: no end is set"),
    REF("levers[].follows", 0, TARGET_SAME_LIST, "the lever that it replaces"),
    EVIDENCE("levers[]"),

    NUMBER("commissioning.saving_5y", 0, "gbp", -NO, NO, "saving in England, net, over five years"),
    NUMBER("commissioning.payback", 0, "months", 0, NO, "time until it has paid for itself"),
    NUMBER("commissioning.budget_impact[].year", 0, "year", 1, 100,
           "year of adoption; 1 is the first"),
    NUMBER("commissioning.budget_impact[].gbp", 0, "gbp", -NO, NO,
           "budget impact in England that year"),
    NUMBER("commissioning.cost_per_qaly", 0, "gbp", -NO, NO,
           "cost of a quality-adjusted life year"),
    FLAG("commissioning.measured_outcome", 0, "its outcome is measured in use"),
    PRICE_YEAR("commissioning."),
    REF("commissioning.evidence[].value", 0, TARGET_EVIDENCE, "ids of what it rests on"),

    REF("spells[].adopter", FIELD_REQUIRED, TARGET_ADOPTERS, "who adopted"),
    DATE("spells[].adopted", FIELD_BEGINS, "when; not required while piloting"),
    DATE("spells[].stopped", FIELD_HAPPENS, "when it stopped"),
    CHOICE("spells[].status", FIELD_REQUIRED | FIELD_WITH_HAPPENS, spell_statuses,
           "where it stands"),
    CHOICE("spells[].ended_by", FIELD_WITH_HAPPENS, endings, "why it stopped"),
    NUMBER("spells[].fidelity", 0, "share", 0, 1, "how far the core is kept"),
    CHOICE("spells[].implementation", 0, high_low, "high or low implementation"),
    EVIDENCE("spells[]"),

    TEXT("observations[].metric", FIELD_REQUIRED, "what is counted"),
    CHOICE("observations[].kind", 0, observation_kinds,
           "flow: new in the period; stock: in use at its end; cumulative: ever"),
    CHOICE("observations[].unit", 0, observation_units, "unit of the count"),
    TEXT("observations[].per", 0, "what it is a rate of"),
    TEXT("observations[].geography", 0, "where"),
    DATE("observations[].period", FIELD_REQUIRED | FIELD_BEGINS | FIELD_PERIOD, "when"),
    NUMBER("observations[].value", FIELD_REQUIRED | FIELD_IN_PERIOD, "row", -NO, NO, "the count"),
    NUMBER("observations[].denominator", FIELD_IN_PERIOD, "", 0, NO, "of how many"),
    NUMBER("observations[].asked", FIELD_IN_PERIOD, "", 0, NO, "how many a survey asked"),
    NUMBER("observations[].answered", FIELD_IN_PERIOD, "", 0, NO, "how many answered"),
    TEXT("observations[].definition", 0, "how it was counted"),
    EVIDENCE("observations[]"),

    REF("measurements[].adopter", FIELD_REQUIRED, TARGET_ADOPTERS, "where"),
    TEXT("measurements[].metric", FIELD_REQUIRED | FIELD_COMPARED, "what is measured"),
    DATE("measurements[].period", FIELD_BEGINS | FIELD_PERIOD, "when"),
    TEXT("measurements[].group", FIELD_COMPARED, "what the level divides, such as imd_decile"),
    NUMBER("measurements[].level", 0, "", -NO, NO,
           "level in the group; imd_decile: 1 = most deprived"),
    NUMBER("measurements[].numerator", FIELD_REQUIRED | FIELD_IN_PERIOD, "", 0, NO,
           "how many had it"),
    NUMBER("measurements[].denominator", FIELD_REQUIRED | FIELD_IN_PERIOD, "", 0, NO,
           "of how many"),
    EVIDENCE("measurements[]"),

    TEXT("effects[].site", FIELD_REQUIRED, "where the result was seen"),
    CHOICE("effects[].stage", 0, stages, "where it began, or an adopter"),
    TEXT("effects[].outcome", FIELD_REQUIRED, "what was measured"),
    CHOICE("effects[].scale", 0, scales, "scale of the estimate"),
    TEXT("effects[].unit", 0, "unit; required for mean_difference"),
    CHOICE("effects[].better", 0, directions, "which end is better"),
    CHOICE("effects[].design", 0, designs, "design of the study"),
    NUMBER("effects[].estimate", FIELD_REQUIRED, "row", -NO, NO, "the estimate"),
    NUMBER("effects[].se", 0, "row", 0, NO, "its standard error"),
    NUMBER("effects[].n", 0, "", 0, NO, "participants"),
    NUMBER("effects[].horizon", 0, "months", 0, NO, "time after the start"),
    TEXT("effects[].definition", 0, "how the outcome was defined"),
    NUMBER("effects[].fidelity", 0, "share", 0, 1, "how far the core was kept"),
    EVIDENCE("effects[]"),

    CHOICE("costs[].kind", FIELD_REQUIRED, cost_kinds, "what the money is for"),
    NUMBER("costs[].gbp", FIELD_REQUIRED, "gbp", -NO, NO, "how much"),
    CHOICE("costs[].per", 0, cost_pers, "for what"),
    DATE("costs[].period", FIELD_BEGINS, "when"),
    TEXT("costs[].payer", 0, "who pays"),
    PRICE_YEAR("costs[]."),
    EVIDENCE("costs[]"),

    EVIDENCE_LIST("/evidence[]"),

    TEXT("/adopters[].id", FIELD_ID | FIELD_REQUIRED, "what references name"),
    TEXT("/adopters[].name", 0, "name of the organisation"),
    CHOICE("/adopters[].type", 0, adopter_types, "type of organisation"),
    TEXT("/adopters[].ods_code", 0, "code of the Organisation Data Service, as text"),
    TEXT("/adopters[].region", 0, "region"),
    NUMBER("/adopters[].size", 0, "", 0, NO, "size, in whatever the model counts"),
    NUMBER("/adopters[].imd_decile", 0, "", 1, 10, "deprivation of its area; 1 = most deprived"),
    DATE("/adopters[].opened", 0, "when it opened"),
    DATE("/adopters[].closed", FIELD_HAPPENS, "when it closed"),
    DATE("/adopters[].merged", FIELD_HAPPENS, "when it merged"),
    REF("/adopters[].merged_into", FIELD_WITH_HAPPENS, TARGET_ADOPTERS, "what it merged into"),

    REF("/ties[].from", FIELD_REQUIRED, TARGET_ADOPTERS, "who names"),
    REF("/ties[].to", FIELD_REQUIRED, TARGET_ADOPTERS, "who is named"),
    CHOICE("/ties[].kind", 0, tie_kinds, "what sort of tie"),
    NUMBER("/ties[].weight", 0, "", 0, NO, "strength"),

    TEXT("/priorities[].id", FIELD_ID | FIELD_REQUIRED, "what references name"),
    TEXT("/priorities[].name", FIELD_REQUIRED, "name of the priority"),
    CHOICE("/priorities[].level", FIELD_REQUIRED, scopes, "whose priority"),
    TEXT("/priorities[].body", 0, "who set it"),
    DATE("/priorities[].starts", FIELD_BEGINS, "from when"),
    DATE("/priorities[].ends", 0, "until when; open: no end is set"),

    TEXT("/rules[].id", FIELD_ID | FIELD_REQUIRED, "what verdicts name"),
    TEXT("/rules[].scheme", FIELD_REQUIRED, "scheme that the rule belongs to"),
    TEXT("/rules[].source", FIELD_REQUIRED, "where the rule is published"),
    DATE("/rules[].starts", FIELD_REQUIRED | FIELD_BEGINS, "from when it holds"),
    DATE("/rules[].ends", 0, "until when; open: no end is set"),
    CHOICE("/rules[].applies_to[].value", 0, innovation_kinds, "kinds of innovation"),
    FORM("/rules[].all", UPTAKE_TEXT, 0, "", FORM_TREE, "conditions that must all hold"),
    FORM("/rules[].any", UPTAKE_TEXT, 0, "", FORM_TREE, "conditions of which one must hold"),
};

const struct vocabulary_row *vocabulary_rows(size_t *count)
{
    *count = sizeof rows / sizeof *rows;
    return rows;
}

/* Units by resource, in the order of `resources`: bits over `support_units`. */
enum {
    HOURS = 1,
    WTE = 2,
    GBP_ONCE = 4,
    GBP_YEAR = 8,
    ROOMS = 16,
    PEOPLE = 32,
    DAYS_ONCE = 64,
    DAYS_YEAR = 128,
    SHARE = 256
};
static const unsigned units_of_resource[] = {
    HOURS | WTE | DAYS_ONCE | DAYS_YEAR | SHARE,          /* time */
    ROOMS | SHARE,                                        /* space */
    WTE | PEOPLE | HOURS | SHARE,                         /* staff */
    GBP_ONCE | GBP_YEAR | SHARE,                          /* money */
    PEOPLE | WTE | HOURS | DAYS_ONCE | DAYS_YEAR | SHARE, /* skills */
    PEOPLE | GBP_ONCE | GBP_YEAR | SHARE,                 /* recognition */
    PEOPLE | HOURS | DAYS_ONCE | DAYS_YEAR | SHARE,       /* peer_learning */
    PEOPLE | DAYS_ONCE | SHARE,                           /* readiness */
    PEOPLE | WTE | HOURS | GBP_ONCE | GBP_YEAR | SHARE,   /* data */
};

int support_unit_fits(int resource, int unit)
{
    return (units_of_resource[resource] >> unit & 1u) != 0;
}

const char *support_units_of(int resource, char text[128])
{
    size_t used = 0;
    text[0] = 0;
    for (int unit = 0; support_units[unit]; unit++)
        if (support_unit_fits(resource, unit))
            used += (size_t)snprintf(text + used, 128 - used, "%s%s", used ? ", " : "",
                                     support_units[unit]);
    return text;
}
