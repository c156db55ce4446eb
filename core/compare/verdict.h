/* The verdict on two sides that answer one question. */
#ifndef UPTAKE_COMPARE_VERDICT_H
#define UPTAKE_COMPARE_VERDICT_H

#include "compare/statistics.h"

/* Why two sides cannot be judged: "no_quantity", "different_quantity"; NULL: they answer one question. */
const char *verdict_barred(const struct result_side *a, const struct result_side *b);

/* Fills verdict, verdict_reason, only_a and only_b. Fails with: no memory. */
int verdict_give(const struct pair *pair, struct arena *arena, struct result_pair *out,
                 struct uptake_error *error);

#endif
