/*
 * Frameworks and their constructs, as rows of names. Only keys and structure stand here, never a published
 * instrument's wording. Sources: NASSS, Greenhalgh et al, J Med Internet Res 2017;19:e367 (domains and
 * questions 1A to 7B); CFIR 2009, Damschroder et al, Implement Sci 2009;4:50, with the spellings of Varsi et al,
 * J Med Internet Res 2015;17:e262; CFIR 2022, Damschroder et al, Implement Sci 2022;17:75; Rogers, Diffusion of
 * Innovations, 2003; SCIROCCO, Int J Integr Care 10.5334/ijic.7747; NoMAD and NPT, Finch et al, BMC Med Res
 * Methodol 2018;18:135; ISAT, Milat et al, Health Res Policy Syst 2020, s12961-019-0494-2; ExpandNet's CORRECT
 * attributes, expandnet.net.
 */
#include "model/vocabulary.h"

#include <stdbool.h>
#include <string.h>

static const char *const nasss_levels[] = {"simple", "complicated", "complex", NULL};

const struct framework frameworks[FRAMEWORK_COUNT] = {
    {"nasss", 0, 1, nasss_levels}, {"cfir", -2, 2, NULL},
    {"rogers", 1, 5, NULL},        {"scirocco", 0, 5, NULL},
    {"nomad", 1, 5, NULL},         {"isat", 0, 3, NULL},
    {"expandnet", 0, 1, NULL},     {"custom", -UPTAKE_NO_LIMIT, UPTAKE_NO_LIMIT, NULL},
};
const char *const framework_names[FRAMEWORK_COUNT + 1] = {
    "nasss", "cfir", "rogers", "scirocco", "nomad", "isat", "expandnet", "custom", NULL};

enum { NASSS, CFIR, ROGERS, SCIROCCO, NOMAD, ISAT, EXPANDNET };

/* X(framework, name, domain, other spelling) */
#define CONSTRUCTS(X)                                                                              \
    X(NASSS, "condition", "condition", NULL)                                                       \
    X(NASSS, "technology", "technology", NULL)                                                     \
    X(NASSS, "value_proposition", "value_proposition", NULL)                                       \
    X(NASSS, "adopters", "adopters", NULL)                                                         \
    X(NASSS, "organisation", "organisation", "organization")                                       \
    X(NASSS, "wider_system", "wider_system", NULL)                                                 \
    X(NASSS, "embedding", "embedding", NULL)                                                       \
    X(NASSS, "condition.nature", "condition", NULL)                                                \
    X(NASSS, "condition.comorbidities", "condition", NULL)                                         \
    X(NASSS, "technology.material", "technology", NULL)                                            \
    X(NASSS, "technology.data", "technology", NULL)                                                \
    X(NASSS, "technology.knowledge", "technology", NULL)                                           \
    X(NASSS, "technology.supply_model", "technology", NULL)                                        \
    X(NASSS, "technology.intellectual_property", "technology", NULL)                               \
    X(NASSS, "value_proposition.supply_side", "value_proposition", NULL)                           \
    X(NASSS, "value_proposition.demand_side", "value_proposition", NULL)                           \
    X(NASSS, "adopters.staff", "adopters", NULL)                                                   \
    X(NASSS, "adopters.patients", "adopters", NULL)                                                \
    X(NASSS, "adopters.carers", "adopters", NULL)                                                  \
    X(NASSS, "organisation.capacity", "organisation", NULL)                                        \
    X(NASSS, "organisation.readiness", "organisation", NULL)                                       \
    X(NASSS, "organisation.funding_decision", "organisation", NULL)                                \
    X(NASSS, "organisation.routines", "organisation", NULL)                                        \
    X(NASSS, "organisation.work", "organisation", NULL)                                            \
    X(NASSS, "wider_system.political", "wider_system", NULL)                                       \
    X(NASSS, "wider_system.regulatory", "wider_system", NULL)                                      \
    X(NASSS, "wider_system.professional", "wider_system", NULL)                                    \
    X(NASSS, "wider_system.sociocultural", "wider_system", NULL)                                   \
    X(NASSS, "embedding.adaptation", "embedding", NULL)                                            \
    X(NASSS, "embedding.resilience", "embedding", NULL)                                            \
    /* CFIR 2009 */                                                                                \
    X(CFIR, "intervention_source", "intervention", NULL)                                           \
    X(CFIR, "evidence_strength_quality", "intervention", "evidence_strength_and_quality")          \
    X(CFIR, "relative_advantage", "intervention", NULL)                                            \
    X(CFIR, "adaptability", "intervention", NULL)                                                  \
    X(CFIR, "trialability", "intervention", NULL)                                                  \
    X(CFIR, "complexity", "intervention", "complexity_reverse_rated")                              \
    X(CFIR, "design_quality_packaging", "intervention", "design_quality_and_packaging")            \
    X(CFIR, "cost", "intervention", NULL)                                                          \
    X(CFIR, "patient_needs_resources", "outer", "patient_needs_and_resources")                     \
    X(CFIR, "cosmopolitanism", "outer", NULL)                                                      \
    X(CFIR, "peer_pressure", "outer", NULL)                                                        \
    X(CFIR, "external_policies_incentives", "outer", "external_policy_and_incentives")             \
    X(CFIR, "structural_characteristics", "inner", NULL)                                           \
    X(CFIR, "networks_communications", "inner", "networks_and_communications")                     \
    X(CFIR, "culture", "inner", NULL)                                                              \
    X(CFIR, "implementation_climate", "inner", NULL)                                               \
    X(CFIR, "tension_for_change", "inner", NULL)                                                   \
    X(CFIR, "compatibility", "inner", NULL)                                                        \
    X(CFIR, "relative_priority", "inner", NULL)                                                    \
    X(CFIR, "organizational_incentives_rewards", "inner", "organisational_incentives_rewards")     \
    X(CFIR, "goals_feedback", "inner", "goals_and_feedback")                                       \
    X(CFIR, "learning_climate", "inner", NULL)                                                     \
    X(CFIR, "readiness_for_implementation", "inner", NULL)                                         \
    X(CFIR, "leadership_engagement", "inner", NULL)                                                \
    X(CFIR, "available_resources", "inner", NULL)                                                  \
    X(CFIR, "access_knowledge_information", "inner", "access_to_knowledge_and_information")        \
    X(CFIR, "knowledge_beliefs", "individuals", "knowledge_and_beliefs")                           \
    X(CFIR, "self_efficacy", "individuals", NULL)                                                  \
    X(CFIR, "individual_stage_of_change", "individuals", "stage_of_change")                        \
    X(CFIR, "individual_identification", "individuals",                                            \
      "individual_identification_with_organisation")                                               \
    X(CFIR, "other_personal_attributes", "individuals", NULL)                                      \
    X(CFIR, "planning", "process", NULL)                                                           \
    X(CFIR, "engaging", "process", NULL)                                                           \
    X(CFIR, "opinion_leaders", "process", NULL)                                                    \
    X(CFIR, "formally_appointed_leaders", "process", "internal_implementation_leaders")            \
    X(CFIR, "champions", "process", NULL)                                                          \
    X(CFIR, "external_change_agents", "process", NULL)                                             \
    X(CFIR, "executing", "process", NULL)                                                          \
    X(CFIR, "reflecting_evaluating", "process", "reflecting_and_evaluating")                       \
    /* CFIR 2022, where it differs */                                                              \
    X(CFIR, "innovation_source", "innovation", NULL)                                               \
    X(CFIR, "innovation_evidence_base", "innovation", NULL)                                        \
    X(CFIR, "innovation_relative_advantage", "innovation", NULL)                                   \
    X(CFIR, "innovation_adaptability", "innovation", NULL)                                         \
    X(CFIR, "innovation_trialability", "innovation", NULL)                                         \
    X(CFIR, "innovation_complexity", "innovation", NULL)                                           \
    X(CFIR, "innovation_design", "innovation", NULL)                                               \
    X(CFIR, "innovation_cost", "innovation", NULL)                                                 \
    X(CFIR, "critical_incidents", "outer", NULL)                                                   \
    X(CFIR, "local_attitudes", "outer", NULL)                                                      \
    X(CFIR, "local_conditions", "outer", NULL)                                                     \
    X(CFIR, "partnerships_connections", "outer", "partnerships_and_connections")                   \
    X(CFIR, "policies_laws", "outer", "policies_and_laws")                                         \
    X(CFIR, "financing", "outer", NULL)                                                            \
    X(CFIR, "external_pressure", "outer", NULL)                                                    \
    X(CFIR, "societal_pressure", "outer", NULL)                                                    \
    X(CFIR, "market_pressure", "outer", NULL)                                                      \
    X(CFIR, "performance_measurement_pressure", "outer", NULL)                                     \
    X(CFIR, "physical_infrastructure", "inner", NULL)                                              \
    X(CFIR, "information_technology_infrastructure", "inner", NULL)                                \
    X(CFIR, "work_infrastructure", "inner", NULL)                                                  \
    X(CFIR, "relational_connections", "inner", NULL)                                               \
    X(CFIR, "communications", "inner", NULL)                                                       \
    X(CFIR, "human_equality_centredness", "inner", "human_equality_centeredness")                  \
    X(CFIR, "recipient_centredness", "inner", "recipient_centeredness")                            \
    X(CFIR, "deliverer_centredness", "inner", "deliverer_centeredness")                            \
    X(CFIR, "learning_centredness", "inner", "learning_centeredness")                              \
    X(CFIR, "incentive_systems", "inner", NULL)                                                    \
    X(CFIR, "mission_alignment", "inner", NULL)                                                    \
    X(CFIR, "funding", "inner", NULL)                                                              \
    X(CFIR, "space", "inner", NULL)                                                                \
    X(CFIR, "materials_equipment", "inner", "materials_and_equipment")                             \
    X(CFIR, "high_level_leaders", "individuals", NULL)                                             \
    X(CFIR, "mid_level_leaders", "individuals", NULL)                                              \
    X(CFIR, "implementation_facilitators", "individuals", NULL)                                    \
    X(CFIR, "implementation_leads", "individuals", NULL)                                           \
    X(CFIR, "implementation_team_members", "individuals", NULL)                                    \
    X(CFIR, "other_implementation_support", "individuals", NULL)                                   \
    X(CFIR, "innovation_deliverers", "individuals", NULL)                                          \
    X(CFIR, "innovation_recipients", "individuals", NULL)                                          \
    X(CFIR, "need", "individuals", NULL)                                                           \
    X(CFIR, "capability", "individuals", NULL)                                                     \
    X(CFIR, "opportunity", "individuals", NULL)                                                    \
    X(CFIR, "motivation", "individuals", NULL)                                                     \
    X(CFIR, "teaming", "process", NULL)                                                            \
    X(CFIR, "assessing_needs", "process", NULL)                                                    \
    X(CFIR, "assessing_context", "process", NULL)                                                  \
    X(CFIR, "tailoring_strategies", "process", NULL)                                               \
    X(CFIR, "doing", "process", NULL)                                                              \
    X(CFIR, "adapting", "process", NULL)                                                           \
    X(ROGERS, "relative_advantage", "attributes", NULL)                                            \
    X(ROGERS, "compatibility", "attributes", NULL)                                                 \
    X(ROGERS, "complexity", "attributes", NULL)                                                    \
    X(ROGERS, "trialability", "attributes", NULL)                                                  \
    X(ROGERS, "observability", "attributes", NULL)                                                 \
    X(SCIROCCO, "readiness_to_change", "dimensions", NULL)                                         \
    X(SCIROCCO, "structure_governance", "dimensions", "structure_and_governance")                  \
    X(SCIROCCO, "digital_infrastructure", "dimensions", "ehealth_services")                        \
    X(SCIROCCO, "process_coordination", "dimensions", "standardisation_simplification")            \
    X(SCIROCCO, "funding", "dimensions", NULL)                                                     \
    X(SCIROCCO, "removal_of_inhibitors", "dimensions", NULL)                                       \
    X(SCIROCCO, "population_approach", "dimensions", NULL)                                         \
    X(SCIROCCO, "citizen_empowerment", "dimensions", NULL)                                         \
    X(SCIROCCO, "evaluation_methods", "dimensions", NULL)                                          \
    X(SCIROCCO, "breadth_of_ambition", "dimensions", NULL)                                         \
    X(SCIROCCO, "innovation_management", "dimensions", NULL)                                       \
    X(SCIROCCO, "capacity_building", "dimensions", NULL)                                           \
    X(NOMAD, "coherence", "coherence", NULL)                                                       \
    X(NOMAD, "coherence.differentiation", "coherence", NULL)                                       \
    X(NOMAD, "coherence.communal_specification", "coherence", NULL)                                \
    X(NOMAD, "coherence.individual_specification", "coherence", NULL)                              \
    X(NOMAD, "coherence.internalisation", "coherence", NULL)                                       \
    X(NOMAD, "cognitive_participation", "cognitive_participation", NULL)                           \
    X(NOMAD, "cognitive_participation.initiation", "cognitive_participation", NULL)                \
    X(NOMAD, "cognitive_participation.legitimation", "cognitive_participation", NULL)              \
    X(NOMAD, "cognitive_participation.enrolment", "cognitive_participation", NULL)                 \
    X(NOMAD, "cognitive_participation.activation", "cognitive_participation", NULL)                \
    X(NOMAD, "collective_action", "collective_action", NULL)                                       \
    X(NOMAD, "collective_action.interactional_workability", "collective_action", NULL)             \
    X(NOMAD, "collective_action.relational_integration_1", "collective_action", NULL)              \
    X(NOMAD, "collective_action.relational_integration_2", "collective_action", NULL)              \
    X(NOMAD, "collective_action.skill_set_workability_1", "collective_action", NULL)               \
    X(NOMAD, "collective_action.skill_set_workability_2", "collective_action", NULL)               \
    X(NOMAD, "collective_action.contextual_integration_1", "collective_action", NULL)              \
    X(NOMAD, "collective_action.contextual_integration_2", "collective_action", NULL)              \
    X(NOMAD, "reflexive_monitoring", "reflexive_monitoring", NULL)                                 \
    X(NOMAD, "reflexive_monitoring.systematisation", "reflexive_monitoring", NULL)                 \
    X(NOMAD, "reflexive_monitoring.communal_appraisal", "reflexive_monitoring", NULL)              \
    X(NOMAD, "reflexive_monitoring.individual_appraisal", "reflexive_monitoring", NULL)            \
    X(NOMAD, "reflexive_monitoring.reconfiguration_1", "reflexive_monitoring", NULL)               \
    X(NOMAD, "reflexive_monitoring.reconfiguration_2", "reflexive_monitoring", NULL)               \
    X(ISAT, "problem", "setting_the_scene", NULL)                                                  \
    X(ISAT, "intervention", "setting_the_scene", NULL)                                             \
    X(ISAT, "context", "setting_the_scene", NULL)                                                  \
    X(ISAT, "evidence", "setting_the_scene", NULL)                                                 \
    X(ISAT, "costs_benefits", "setting_the_scene", NULL)                                           \
    X(ISAT, "fidelity_adaptation", "implementation", NULL)                                         \
    X(ISAT, "reach_acceptability", "implementation", NULL)                                         \
    X(ISAT, "delivery_workforce", "implementation", NULL)                                          \
    X(ISAT, "infrastructure", "implementation", NULL)                                              \
    X(ISAT, "sustainability", "implementation", NULL)                                              \
    X(EXPANDNET, "credible", "attributes", NULL)                                                   \
    X(EXPANDNET, "observable", "attributes", NULL)                                                 \
    X(EXPANDNET, "relevant", "attributes", NULL)                                                   \
    X(EXPANDNET, "relative_advantage", "attributes", NULL)                                         \
    X(EXPANDNET, "easy", "attributes", NULL)                                                       \
    X(EXPANDNET, "compatible", "attributes", NULL)                                                 \
    X(EXPANDNET, "testable", "attributes", NULL)

#define AS_ROW(framework, name, domain, spelling) {framework, name, domain, spelling},
#define AS_NAME(framework, name, domain, spelling) name,
#define AS_DOMAIN(framework, name, domain, spelling) domain,

static const struct construct rows[] = {CONSTRUCTS(AS_ROW)};
static const char *const names[] = {CONSTRUCTS(AS_NAME) NULL};
static const char *const domains[] = {CONSTRUCTS(AS_DOMAIN) NULL};

const struct construct *constructs(size_t *count)
{
    *count = sizeof rows / sizeof *rows;
    return rows;
}

const char *const *construct_names(void)
{
    return names;
}

const char *const *construct_domains(void)
{
    return domains;
}

/* Third spellings: a row above has room for one beside its name. */
static const struct {
    int framework;
    const char *spelling, *name;
} more_spellings[] = {
    {CFIR, "access_information_knowledge", "access_knowledge_information"},
    {CFIR, "identification_with_organisation", "individual_identification"},
};

static bool same(const char *known, const char *name, size_t bytes)
{
    return known && *known == *name && strncmp(known, name, bytes) == 0 && known[bytes] == 0;
}

int construct_find(int framework, const char *name, size_t bytes)
{
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++)
        if (rows[k].framework == framework &&
            (same(rows[k].name, name, bytes) || same(rows[k].spelling, name, bytes)))
            return (int)k;
    for (size_t k = 0; k < sizeof more_spellings / sizeof *more_spellings; k++)
        if (more_spellings[k].framework == framework &&
            same(more_spellings[k].spelling, name, bytes))
            return construct_find(framework, more_spellings[k].name,
                                  strlen(more_spellings[k].name));
    return -1;
}
