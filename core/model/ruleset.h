/*
 * Rules as data (`/rules[]`): conditions on an innovation's fields, read, checked, and held against every innovation.
 *
 * Which fields rules ask about is known once they have been read, and what the loader keeps is settled before it reads. So
 * a load whose verdicts somebody wants reads the model's files twice: first only their `rules` (ruleset_load in files.c), then
 * the whole, with the rules' fields among what is kept. A load whose verdicts nobody wants reads once, and checks rules
 * as it meets them.
 *
 *     ruleset.c   the YAML of conditions, for shape
 *     condition.c conditions against the vocabulary: fields, types, choices
 *     holds.c     one condition against one innovation
 *     verdict.c   rules against innovations, and the pair list
 */
#ifndef UPTAKE_MODEL_RULESET_H
#define UPTAKE_MODEL_RULESET_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/yaml.h"
#include "model/model.h"

enum { RULES_MAX = 1000, CONDITIONS_MAX = 1000, RULE_VALUES_MAX = 100 };

enum condition_op {
    OP_AT_LEAST,
    OP_ABOVE,
    OP_AT_MOST,
    OP_IS,
    OP_IN,
    OP_EXISTS,
    OP_WITHIN,
    OPS /* how many */
};

/* One of the values that `is` and `in` name. */
struct rule_value {
    const struct tree *tree;
    double number;
    int64_t code; /* of a choice or a flag */
};

/* A field that a condition looks at; or, of within_months, a date that stands there itself. */
struct rule_operand {
    const char *path; /* NULL: fixed, or the run's as_of */
    bool as_of;
    struct place place;
    struct uptake_period fixed;
    size_t request; /* index into the ruleset's requests */
};

struct condition {
    uint32_t group;    /* 0: must hold; else one of the conditions of that group must */
    unsigned ops;      /* bit k: enum condition_op k is given */
    double limit[OPS]; /* of a threshold; of within_months: the months */
    bool exists;
    struct place places[OPS]; /* where each op's value stands */
    struct rule_operand operands[2];
    uint32_t n_operands;
    struct rule_value *values;
    uint32_t n_values;
    const char *words; /* the whole of it: "commissioning.payback at most 12 months" */
};

struct rule {
    const char *id;
    uint32_t first, end; /* its conditions; those of a group stand together */
};

/* The first of a ruleset's requests, for the rules' own sake; its conditions' follow. */
enum rule_request { RULE_IDS, RULE_ENDS, RULE_KINDS, INNOVATION_KIND, RULE_REQUESTS };

/* Zeroed but for the arena is valid and empty. Owns: the arena what it points to, itself its buffers. */
struct ruleset {
    struct arena *arena;
    struct buffer conditions; /* struct condition */
    struct buffer rules;      /* struct rule */
    uint32_t n_groups;
    uint32_t n_settled; /* conditions that belong to a rule of which the end was met */
    struct model_request *requests;
    size_t n_requests;
};

static inline size_t ruleset_count(const struct ruleset *set)
{
    return set->rules.bytes / sizeof(struct rule);
}
static inline const struct rule *ruleset_rules(const struct ruleset *set)
{
    return (const struct rule *)(const void *)set->rules.data;
}
static inline struct condition *ruleset_conditions(const struct ruleset *set)
{
    return (struct condition *)(void *)set->conditions.data;
}
void ruleset_finish(struct ruleset *set);

struct loader;
struct schema_field;
struct schema_list;

/* The conditions below `all` or `any`: read for shape, and added to the loader's rules. */
int ruleset_conditions_read(struct loader *loader, const struct schema_field *field,
                            const struct yaml_event *event);
/* A row of /rules[] ends: what was added since the last one is its own. */
void ruleset_row(struct loader *loader, struct schema_list *list, struct place place);

/* Holds conditions against the vocabulary, and makes the requests for what they look at. Fails with: each that names a
 * field that is not there, or asks of it what its type cannot answer, at its place. */
int ruleset_check(struct ruleset *set, struct uptake_error *error);

/* At a load's end, before the freeze: the pair list "* x /rules[]", where somebody wants it. The ruleset's requests are
 * the last of the load's. */
int verdicts_evaluate(struct loader *loader, const struct ruleset *set);

#endif
