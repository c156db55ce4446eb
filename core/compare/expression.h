/*
 * A condition over named figures: "tau_b < 0.9 or rank_moves > 2".
 *
 *   condition = term { "or" term }       term = factor { "and" factor }       factor = "not" factor | comparison
 *   comparison = "(" condition ")" | side ("<" | "<=" | ">" | ">=" | "==" | "!=") side        side = number | name
 */
#ifndef UPTAKE_COMPARE_EXPRESSION_H
#define UPTAKE_COMPARE_EXPRESSION_H

#include <stdbool.h>

#include "result/result.h"

/* A figure that a condition may name. */
struct expression_name {
    const char *name;
    const char *doc;
};

/* Fails with: exit code 2, what was found, what was expected, where (column, from 1), the nearest name. */
int expression_check(const char *text, const struct expression_name *names, size_t count,
                     struct uptake_error *error);
/*
 * Whether it holds. figures: one a name, in order. Fails with: a figure that decides and is undefined, and why.
 */
int expression_holds(const char *text, const struct expression_name *names,
                     const struct result_figure *figures, size_t count, bool *holds,
                     struct uptake_error *error);

#endif
