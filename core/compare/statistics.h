/*
 * The statistics: rows of one table. A spec's `statistics:` picks rows by name; `uptake describe statistics` prints
 * them. A new statistic is a row and its function.
 */
#ifndef UPTAKE_COMPARE_STATISTICS_H
#define UPTAKE_COMPARE_STATISTICS_H

#include <stddef.h>
#include <stdint.h>

#include "compare/agreement.h"
#include "compare/figures.h"

/*
 * Two sides, and what is known of them so far. list_a, list_b: the place of every innovation in that side's own order
 * (competition ranks, 1 first; 0: it has no value). x, y: values of the common rows.
 */
struct pair {
    const struct result_side *a, *b;
    size_t rows; /* innovations */
    double eps;
    uint64_t top_k;
    double rbo_p;
    double tolerance;
    size_t n; /* common rows */
    const double *x, *y;
    struct agreement agreement;
    const uint32_t *list_a, *list_b;
};

/* Several sides. common: rows that all of them have, n of them. */
struct group {
    const struct result_side *sides;
    size_t n_sides;
    size_t rows;
    double eps;
    const uint32_t *common;
    size_t n;
};

/*
 * USUAL: computed where a spec picks nothing. VALUES: compares values, not orders: where a spec picks nothing, only
 * for pairs that answer one question. COUNT: a whole number.
 */
enum statistic_flags { STATISTIC_USUAL = 1, STATISTIC_VALUES = 2, STATISTIC_COUNT = 4 };

/* Exactly one of the two functions is there. They add at least one figure, or fail with: no memory. */
struct statistic {
    const char *name;
    unsigned flags;
    const char *heading; /* of the readable table */
    const char *
        shown; /* the figure that the readable table prints; NULL: the one that is called as the row */
    const char *doc;
    const char *needs; /* "": two common innovations are enough */
    const char *source;
    int (*pair)(const struct pair *pair, struct figures *figures, struct uptake_error *error);
    int (*group)(const struct group *group, struct figures *figures, struct uptake_error *error);
};
const struct statistic *statistics_rows(size_t *count);
/* By name ('-' stands for '_'), or NULL. */
const struct statistic *statistics_find(const char *name);
/* What a reason code says, in words; the code itself where it is not known. */
const char *statistics_reason(const char *code);

#endif
