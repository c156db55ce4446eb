/*
 * Scoring: from the grid to score, low and high. A method that scores innovations one by one gives
 * a function over blocks; one that needs them all (borda) writes the columns itself.
 */
#ifndef UPTAKE_MERGE_SCORE_H
#define UPTAKE_MERGE_SCORE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "merge/grid.h"

enum { SCORE_BLOCK = 256 };

/* Consecutive innovations. count: at most SCORE_BLOCK. */
struct score_block {
    const struct grid *grid;
    size_t first; /* its first innovation */
    size_t count;
    bool gaps; /* NaNs may occur: they are left out, and weights divided by the rest's sum */
    double *const *extra; /* MERGE_EXTRAS columns of the block; NULL: not wanted */
};

/* One innovation, i: what is present of it. extra: NULL: not wanted. */
struct score_row {
    const struct grid *grid;
    size_t i;
    double *z;      /* may be reordered, with weight and column */
    double *weight; /* shares: they add up to 1 */
    const struct grid_column **column;
    size_t count; /* at least 1 */
    double *extra;
};

/* Where scores go; [n] each. NaN: no score. */
struct score_columns {
    double *score;
    double *low;
    double *high;
    double *extra[MERGE_EXTRAS]; /* NULL where the method has none */
    struct merge_result *result; /* takes figures, and not_a_bound */
};

/* Says something of the whole: see struct merge_figure. */
void score_figure(const struct score_columns *scores, const char *name, double value);
void score_flag(const struct score_columns *scores, const char *name, bool value);

/* There are no bounds: low and high are the score, and need no memory of their own. */
void score_alike(const struct score_columns *scores);

/* The method's `rows`, over all innovations, with bounds and parts. Fails with: out of memory. */
int score_by_rows(const struct grid *grid, const struct score_columns *scores,
                  struct uptake_error *error);

/* struct merge_method.whole of `borda`: see borda.c. */
int borda_score(const struct grid *grid, const struct score_columns *scores,
                struct uptake_error *error);

/* Writes the part of measure `column` in innovation i, as far as parts are wanted. */
void score_part(const struct grid *grid, const struct grid_column *column, size_t i, double value,
                double share, double contribution);

#endif
