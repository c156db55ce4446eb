/*
 * One condition held against one innovation, over the columns as they stand before the freeze.
 *
 * What is not known is never a no. A value that was left out, looked for in vain, withheld, or that lies on both sides
 * of a threshold, leaves its condition unknown. A value known to be none, or not to apply, reaches no floor (at_least,
 * above: false) and is nothing (is, in, exists: false); whether it stays below a ceiling depends on what is measured
 * (at_most: unknown). On a list a condition holds where it holds of every row, and of an empty list nothing is known,
 * however it is empty; exists asks for one row, and is false only of a list known to be none. A range of dates is
 * within n months only where the whole of it is.
 */
#include <math.h>
#include <string.h>

#include "base/date.h"
#include "model/verdict.h"

/* --- Rows -------------------------------------------------------------------------------------- */

static void rows_of(const struct growing_table *table, uint64_t innovation, uint64_t *from,
                    uint64_t *to)
{
    *from = innovation;
    *to = innovation + 1;
    if (!table || !table->parent)
        return;
    rows_of(table->parent, innovation, from, to);
    const int64_t *offsets = (const int64_t *)(const void *)table->offsets.data;
    *from = (uint64_t)offsets[*from];
    *to = (uint64_t)offsets[*to];
}

/* Whether an empty list is known to have no rows. */
static bool known_empty(const struct growing_table *table, uint64_t innovation)
{
    uint64_t from, to;
    const int8_t *why = (const int8_t *)table->why.data;
    rows_of(table->parent, innovation, &from, &to);
    if (from == to)
        return known_empty(table->parent, innovation);
    for (uint64_t row = from; row < to; row++)
        if (!why || (why[row] != UPTAKE_NONE && why[row] != UPTAKE_NOT_APPLICABLE))
            return false;
    return true;
}

/* --- One value --------------------------------------------------------------------------------- */

int look_why(const struct look *look, uint64_t row)
{
    const struct model_column *column = &look->column;
    if (column->type == UPTAKE_LIST)
        return UPTAKE_PRESENT;
    if (!column->values)
        return UPTAKE_LEFT_OUT;
    switch (column->type) {
    case UPTAKE_NUMBER: return uptake_why(((const double *)column->values)[row]);
    case UPTAKE_DATE: return uptake_why_date(((const struct uptake_period *)column->values)[row]);
    case UPTAKE_REF: return uptake_why_code(((const int64_t *)column->values)[row]);
    case UPTAKE_TEXT: return uptake_why_code(((const int32_t *)column->values)[row]);
    case UPTAKE_CHOICE: return uptake_why_code(((const int16_t *)column->values)[row]);
    default: return uptake_why_code(((const int8_t *)column->values)[row]);
    }
}

static int threshold(int op, double limit, double low, double high)
{
    switch (op) {
    case OP_AT_LEAST: return low >= limit ? YES : high < limit ? NO : OPEN;
    case OP_ABOVE: return low > limit ? YES : high <= limit ? NO : OPEN;
    default: return high <= limit ? YES : low > limit ? NO : OPEN;
    }
}

static int threshold_at(const struct condition *condition, int op, const struct look *look,
                        uint64_t row)
{
    double low, high;
    if (known_none(look_why(look, row)))
        return op == OP_AT_MOST ? OPEN : NO;
    model_doubt_at(&look->column, row, &low, &high);
    return isnan(low) || isnan(high) ? OPEN : threshold(op, condition->limit[op], low, high);
}

static int equal_number(const struct look *look, uint64_t row, double wanted)
{
    double low, high;
    model_doubt_at(&look->column, row, &low, &high);
    if (isnan(low) || isnan(high))
        return OPEN;
    if (wanted < low || wanted > high)
        return NO;
    return low == high ? YES : OPEN;
}

static int equal(const struct pool *pool, const struct look *look, uint64_t row,
                 const struct rule_value *value)
{
    double low, high;
    const struct model_column *column = &look->column;
    switch (column->type) {
    case UPTAKE_NUMBER: return equal_number(look, row, value->number);
    case UPTAKE_CHOICE:
        if (model_doubt_at(
                &(struct model_column){.doubts = column->doubts, .n_doubts = column->n_doubts}, row,
                &low, &high) != UPTAKE_EXACT)
            return OPEN;
        return truth(((const int16_t *)column->values)[row] == value->code);
    case UPTAKE_FLAG: return truth(((const int8_t *)column->values)[row] == value->code);
    default:
        return truth(strcmp(pool_text(pool, ((const int32_t *)column->values)[row]),
                            value->tree->text) == 0);
    }
}

static int equal_any(const struct pool *pool, const struct condition *condition,
                     const struct look *look, uint64_t row)
{
    int why = look_why(look, row), verdict = NO;
    if (known_none(why))
        return NO;
    if (why != UPTAKE_PRESENT && why != UPTAKE_SUPPRESSED)
        return OPEN;
    for (uint32_t k = 0; k < condition->n_values; k++)
        verdict = either(verdict, equal(pool, look, row, &condition->values[k]));
    return verdict;
}

static int exists_at(const struct look *look, uint64_t row)
{
    int why = look_why(look, row);
    return why == UPTAKE_PRESENT || why == UPTAKE_SUPPRESSED ? YES : known_none(why) ? NO : OPEN;
}

/* --- Rows of one field ------------------------------------------------------------------------- */

static int holds_at(const struct pool *pool, const struct condition *condition,
                    const struct look *look, uint64_t row)
{
    int verdict = YES;
    for (int op = OP_AT_LEAST; op <= OP_AT_MOST; op++)
        if (condition->ops & 1u << op)
            verdict = both(verdict, threshold_at(condition, op, look, row));
    if (condition->n_values)
        verdict = both(verdict, equal_any(pool, condition, look, row));
    return verdict;
}

static int exists_in(const struct condition *condition, const struct look *look,
                     uint64_t innovation, uint64_t from, uint64_t to)
{
    int verdict = NO;
    if (from == to && !known_empty(look->table, innovation))
        verdict = OPEN;
    for (uint64_t row = from; row < to && verdict != YES; row++)
        verdict = either(verdict, exists_at(look, row));
    return condition->exists ? verdict : negated(verdict);
}

static int field_verdict(const struct pool *pool, const struct condition *condition,
                         const struct look *look, uint64_t innovation)
{
    uint64_t from, to;
    rows_of(look->table, innovation, &from, &to);
    int verdict = YES;
    if (condition->ops & ~(1u << OP_EXISTS)) {
        verdict = from == to ? OPEN : YES;
        for (uint64_t row = from; row < to && verdict != NO; row++)
            verdict = both(verdict, holds_at(pool, condition, look, row));
    }
    if (condition->ops & 1u << OP_EXISTS)
        verdict = both(verdict, exists_in(condition, look, innovation, from, to));
    return verdict;
}

/* --- Two dates --------------------------------------------------------------------------------- */

struct uptake_period look_date(const struct look *look, uint64_t row)
{
    if (!look->table)
        return look->fixed;
    if (look->column.values)
        return ((const struct uptake_period *)look->column.values)[row];
    return (struct uptake_period){UPTAKE_DAY_MISSING - UPTAKE_LEFT_OUT,
                                  UPTAKE_DAY_MISSING - UPTAKE_LEFT_OUT};
}

/* b at most that many months after a; dates before a are. What never comes is not within. */
static int within(struct uptake_period a, struct uptake_period b, int months)
{
    int why_a = uptake_why_date(a), why_b = uptake_why_date(b);
    if (why_a || why_b)
        return known_none(why_a) || known_none(why_b) ? NO : OPEN;
    if (a.start == UPTAKE_DAY_OPEN)
        return OPEN;
    if (b.end <= date_add_months(a.start, months))
        return YES;
    return b.start > date_add_months(a.end, months) ? NO : OPEN;
}

/* Of one list row by row; of two, each row of a needs one of b. */
static int within_verdict(const struct condition *condition, const struct look looks[2],
                          uint64_t innovation)
{
    int months = (int)condition->limit[OP_WITHIN], verdict = YES;
    uint64_t from_a, to_a, from_b, to_b;
    rows_of(looks[0].table, innovation, &from_a, &to_a);
    rows_of(looks[1].table, innovation, &from_b, &to_b);
    if (from_a == to_a || from_b == to_b)
        return OPEN;
    bool same = looks[0].table && looks[0].table == looks[1].table;
    for (uint64_t a = from_a; a < to_a; a++) {
        int found = NO;
        for (uint64_t b = same ? a : from_b; b < (same ? a + 1 : to_b); b++)
            found = either(found, within(look_date(&looks[0], a), look_date(&looks[1], b), months));
        verdict = both(verdict, found);
    }
    return verdict;
}

int condition_holds(const struct condition *condition, const struct look looks[2],
                    uint64_t innovation, const struct pool *pool)
{
    return condition->ops & 1u << OP_WITHIN ? within_verdict(condition, looks, innovation)
                                            : field_verdict(pool, condition, &looks[0], innovation);
}
