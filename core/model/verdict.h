/* Between verdict.c, which judges rules, and holds.c, which judges one condition. */
#ifndef UPTAKE_MODEL_VERDICT_H
#define UPTAKE_MODEL_VERDICT_H

#include "model/load.h"
#include "model/ruleset.h"

/* Kleene's three values, and what is made of two. */
enum { NO = UPTAKE_RULE_FALSE, YES = UPTAKE_RULE_TRUE, OPEN = UPTAKE_RULE_UNKNOWN };

static inline int both(int a, int b)
{
    return a == NO || b == NO ? NO : a == OPEN || b == OPEN ? OPEN : YES;
}
static inline int either(int a, int b)
{
    return a == YES || b == YES ? YES : a == OPEN || b == OPEN ? OPEN : NO;
}
static inline int negated(int a)
{
    return a == OPEN ? OPEN : a == YES ? NO : YES;
}
static inline int truth(bool holds)
{
    return holds ? YES : NO;
}

/* An operand over the grown columns. table NULL: a date that stands in the condition itself. */
struct look {
    const struct growing_table *table;
    struct model_column column; /* values, doubts and type */
    struct uptake_period fixed;
};

/* What the condition is of an innovation; looks: of its operands. */
int condition_holds(const struct condition *condition, const struct look looks[2],
                    uint64_t innovation, const struct pool *pool);
/* Why a value is missing; what merely is there (a list's row) is present. */
int look_why(const struct look *look, uint64_t row);
struct uptake_period look_date(const struct look *look, uint64_t row);
static inline bool known_none(int why)
{
    return why == UPTAKE_NONE || why == UPTAKE_NOT_APPLICABLE;
}

#endif
