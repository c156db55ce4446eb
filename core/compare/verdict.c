/*
 * Verdicts. Two measures are judged only where both answer one question (`quantity`): whether a coverage and an
 * openness are "equal" is no question at all.
 */
#include "compare/verdict.h"

#include <math.h>
#include <string.h>

const char *verdict_barred(const struct result_side *a, const struct result_side *b)
{
    if (*a->quantity == 0 || *b->quantity == 0)
        return "no_quantity";
    return strcmp(a->quantity, b->quantity) == 0 ? NULL : "different_quantity";
}

static bool has_value(const struct result_side *side, size_t i)
{
    return isfinite(side->value[i]);
}

static const char *without_overlap(const struct result_pair *out)
{
    if (out->only_a > 0 && out->only_b > 0)
        return "not comparable because no innovation has both";
    return out->only_a > 0 || out->only_b > 0 ? "only one answers"
                                              : "not comparable because neither answers";
}

static const char *agreement_of(const struct pair *pair)
{
    double largest = 0;
    for (size_t i = 0; i < pair->n; i++)
        largest = fmax(largest, fabs(pair->x[i] - pair->y[i]));
    if (largest == 0)
        return "agree";
    return largest <= pair->tolerance ? "agree within tolerance" : "disagree";
}

int verdict_give(const struct pair *pair, struct arena *arena, struct result_pair *out,
                 struct uptake_error *error)
{
    for (size_t i = 0; i < pair->rows; i++) {
        bool a = has_value(pair->a, i), b = has_value(pair->b, i);
        out->only_a += a && !b;
        out->only_b += b && !a;
    }
    out->tolerance = pair->tolerance;
    out->verdict_reason = verdict_barred(pair->a, pair->b);
    if (out->verdict_reason)
        return 0;
    if (strcmp(pair->a->unit, pair->b->unit) != 0 && *pair->a->unit && *pair->b->unit)
        out->verdict = arena_format(arena, "not comparable because their units differ (%s, %s)",
                                    pair->a->unit, pair->b->unit);
    else
        out->verdict = pair->n == 0 ? without_overlap(out) : agreement_of(pair);
    return out->verdict ? 0 : error_memory(error);
}
