/*
 * What stands out in CFIR's ratings, (10): what tells units apart, the unit where most hinders, raters who
 * differ, what helps everywhere; and the constructs' keys, those of CFIR 2009 and of 2022.
 */
#include <stdio.h>

#include "barriers.h"

const char *const barriers_cfir_names[CFIR_CONSTRUCTS + 1] = {
    "intervention_source",
    "evidence_strength_quality",
    "relative_advantage",
    "adaptability",
    "trialability",
    "complexity",
    "design_quality_packaging",
    "cost",
    "patient_needs_resources",
    "cosmopolitanism",
    "peer_pressure",
    "external_policies_incentives",
    "structural_characteristics",
    "networks_communications",
    "culture",
    "implementation_climate",
    "tension_for_change",
    "compatibility",
    "relative_priority",
    "organizational_incentives_rewards",
    "goals_feedback",
    "learning_climate",
    "readiness_for_implementation",
    "leadership_engagement",
    "available_resources",
    "access_knowledge_information",
    "knowledge_beliefs",
    "self_efficacy",
    "individual_stage_of_change",
    "individual_identification",
    "other_personal_attributes",
    "planning",
    "engaging",
    "opinion_leaders",
    "formally_appointed_leaders",
    "champions",
    "external_change_agents",
    "executing",
    "reflecting_evaluating",
    "innovation_source",
    "innovation_evidence_base",
    "innovation_relative_advantage",
    "innovation_adaptability",
    "innovation_trialability",
    "innovation_complexity",
    "innovation_design",
    "innovation_cost",
    "critical_incidents",
    "local_attitudes",
    "local_conditions",
    "partnerships_connections",
    "policies_laws",
    "financing",
    "external_pressure",
    "societal_pressure",
    "market_pressure",
    "performance_measurement_pressure",
    "physical_infrastructure",
    "information_technology_infrastructure",
    "work_infrastructure",
    "relational_connections",
    "communications",
    "human_equality_centredness",
    "recipient_centredness",
    "deliverer_centredness",
    "learning_centredness",
    "incentive_systems",
    "mission_alignment",
    "funding",
    "space",
    "materials_equipment",
    "high_level_leaders",
    "mid_level_leaders",
    "implementation_facilitators",
    "implementation_leads",
    "implementation_team_members",
    "other_implementation_support",
    "innovation_deliverers",
    "innovation_recipients",
    "need",
    "capability",
    "opportunity",
    "motivation",
    "teaming",
    "assessing_needs",
    "assessing_context",
    "tailoring_strategies",
    "doing",
    "adapting",
    NULL};

#define FITTED "(by a rule fitted to one paper with one low unit)"

/* --- Words ------------------------------------------------------------------------------------ */

/* "tension for change" of tension_for_change. */
static size_t spoken(char *to, size_t room, const char *key)
{
    size_t used = 0;
    for (; key[used] && used + 1 < room; used++)
        to[used] = key[used] == '_' ? ' ' : key[used];
    to[used] = 0;
    return used;
}

/* Adds a construct's name where there is room for it and for "and 88 more" behind it. */
static size_t name_add(char names[CFIR_NAMES_BYTES], size_t used, int construct)
{
    const char *key = barriers_cfir_names[construct], *comma = used ? ", " : "";
    size_t room = CFIR_NAMES_BYTES - sizeof " and 88 more";
    if (used + strlen(comma) + strlen(key) >= room)
        return used;
    memcpy(names + used, comma, strlen(comma) + 1);
    used += strlen(comma);
    return used + spoken(names + used, CFIR_NAMES_BYTES - used, key);
}

typedef bool wanted_construct(const struct cfir *cfir, const struct cfir_construct *construct,
                              enum cfir_label label);

static int names_of(const struct cfir *cfir, wanted_construct *wanted, enum cfir_label label,
                    char names[CFIR_NAMES_BYTES])
{
    int count = 0, told = 0;
    size_t used = 0;
    names[0] = 0;
    for (int k = 0; k < CFIR_CONSTRUCTS; k++) {
        if (!wanted(cfir, &cfir->constructs[k], label))
            continue;
        size_t longer = name_add(names, used, k);
        told += longer > used;
        used = longer;
        count++;
    }
    if (told < count)
        snprintf(names + used, CFIR_NAMES_BYTES - used, " and %d more", count - told);
    return count;
}

static bool has_label(const struct cfir *cfir, const struct cfir_construct *construct,
                      enum cfir_label label)
{
    (void)cfir;
    return construct->named && construct->label == label;
}

/* At every unit that rated it, and at two or more. */
static bool helps_everywhere(const struct cfir *cfir, const struct cfir_construct *construct,
                             enum cfir_label label)
{
    (void)label;
    int least = cfir->units > 1 ? 2 : 1;
    return construct->helped >= least && construct->helped == construct->units;
}

int barriers_cfir_names_of(const struct cfir *cfir, enum cfir_label label,
                           char names[CFIR_NAMES_BYTES])
{
    return names_of(cfir, has_label, label, names);
}

static const char *unit_name(const struct uptake_call *call, int64_t adopter)
{
    return adopter < 0 ? "the innovation as a whole"
                       : uptake_text(call, uptake_texts(call, ADOPTER_ID)[adopter]);
}

/* --- Findings: (10) ------------------------------------------------------------------------------ */

typedef bool finding(struct uptake_call *call, uint64_t i, const struct cfir *cfir);

static bool note_too_many(struct uptake_call *call, uint64_t i, const struct cfir *cfir)
{
    if (cfir->too_many)
        uptake_note(call, UPTAKE_INNOVATION, i, UPTAKE_NOT_KNOWN,
                    "CFIR: more than %d ratings: summarise them first", CFIR_RATINGS_MAX);
    return cfir->too_many;
}

static bool note_strong(struct uptake_call *call, uint64_t i, const struct cfir *cfir)
{
    char names[CFIR_NAMES_BYTES];
    if (barriers_cfir_names_of(cfir, STRONG, names) == 0)
        return false;
    uptake_note(call, UPTAKE_INNOVATION, i, UPTAKE_RISKS,
                "tells high from low implementation strongly: %s " FITTED, names);
    return true;
}

static bool note_hindered(struct uptake_call *call, uint64_t i, const struct cfir *cfir)
{
    const struct cfir_unit *unit = &cfir->most_hindered;
    (void)i;
    if (unit->hinder == 0)
        return false;
    uptake_note(call, CFIR_VALUE, (uint64_t)unit->row, UPTAKE_RISKS,
                "%s: %d of %d CFIR constructs rated hinder, %d help%s",
                unit_name(call, unit->adopter), unit->hinder, unit->rated, unit->help,
                cfir->units > 1 ? "; nowhere do more hinder" : "");
    return true;
}

static bool note_differ(struct uptake_call *call, const struct cfir *cfir, int k)
{
    char name[64];
    if (k >= cfir->disagreements)
        return false;
    const struct cfir_differ *differ = &cfir->differ[k];
    spoken(name, sizeof name, barriers_cfir_names[differ->construct]);
    uptake_note(call, CFIR_VALUE, (uint64_t)differ->row, UPTAKE_RISKS,
                "raters differ on %s at %s: %.15g and %.15g", name,
                unit_name(call, differ->adopter), differ->least, differ->most);
    return true;
}

static bool note_first_differ(struct uptake_call *call, uint64_t i, const struct cfir *cfir)
{
    (void)i;
    return note_differ(call, cfir, 0);
}

static bool note_second_differ(struct uptake_call *call, uint64_t i, const struct cfir *cfir)
{
    (void)i;
    return note_differ(call, cfir, 1);
}

static bool note_no_levels(struct uptake_call *call, uint64_t i, const struct cfir *cfir)
{
    if (cfir->units < 2 || (cfir->units_high > 0 && cfir->units_low > 0))
        return false;
    uptake_note(
        call, UPTAKE_INNOVATION, i, UPTAKE_NOT_KNOWN,
        "which CFIR constructs tell success from failure: it takes units of high and of low "
        "implementation, and %d of %d are high, %d low",
        cfir->units_high, cfir->units, cfir->units_low);
    return true;
}

static bool note_weak(struct uptake_call *call, uint64_t i, const struct cfir *cfir)
{
    char names[CFIR_NAMES_BYTES];
    if (barriers_cfir_names_of(cfir, WEAK, names) == 0)
        return false;
    uptake_note(call, UPTAKE_INNOVATION, i, UPTAKE_RISKS,
                "tells high from low implementation weakly: %s " FITTED, names);
    return true;
}

static bool note_helps(struct uptake_call *call, uint64_t i, const struct cfir *cfir)
{
    char names[CFIR_NAMES_BYTES];
    if (names_of(cfir, helps_everywhere, STRONG, names) == 0)
        return false;
    uptake_note(call, UPTAKE_INNOVATION, i, UPTAKE_HELPS, "helps wherever it was rated: %s", names);
    return true;
}

void barriers_cfir_note_all(struct uptake_call *call, uint64_t i, const struct cfir *cfir, int left)
{
    static finding *const findings[] = {note_strong,    note_hindered, note_first_differ,
                                        note_no_levels, note_weak,     note_second_differ,
                                        note_helps};
    left -= left > 0 && note_too_many(call, i, cfir);
    for (size_t k = 0; cfir->rated > 0 && k < sizeof findings / sizeof *findings && left > 0; k++)
        left -= findings[k](call, i, cfir);
}
