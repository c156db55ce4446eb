/*
 * The grid: what a method sees of the measures. It is read column by column and block by block,
 * filled and normalised on the way, so that no matrix of the whole is ever made. Columns are the
 * measures that take part (weight above 0), oriented: higher is better in all of them.
 */
#ifndef UPTAKE_MERGE_GRID_H
#define UPTAKE_MERGE_GRID_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "merge/merge.h"

struct grid_column {
    const struct merge_measure *measure;
    size_t index;  /* among the request's measures */
    double weight; /* as given, scaled by a power of two; its share is weight / grid.weight_sum */
    double sign;   /* oriented value = sign * value */
    double bottom; /* oriented declared limits, worst and best; NaN: not declared */
    double top;
    double origin; /* normalised value = (oriented - origin) / span */
    double span;
    bool reciprocal; /* normalised value = 1 / (-oriented * span): better lower, and above 0 */
    bool
        ideal; /* normalised value = 1 from ideal_low to ideal_high, falling on both sides to its ends */
    double below_span, above_span;   /* how far it is to fall by 1; 0: at once */
    const struct merge_curve *curve; /* the measure's; NULL: it has none */
    double *sorted; /* `rank`: the candidates' oriented values, least first; else NULL */
    size_t n_sorted;
    double
        best; /* normalised, of the candidates' best values; NaN or infinite where there are none */
    double worst;
    double filler; /* normalised value of what is missing; NaN: it stays missing */
    bool constant; /* normalised value = 0.5 for all */
    bool bounded;  /* low and high may differ from the value */
    size_t missing;
};

struct grid {
    const struct merge_request *request;
    const struct merge_method *method;
    const struct merge_options *options;
    double *table; /* what the method's `prepare` made; freed with rank_free */
    enum merge_rule rule;
    enum merge_normalise normalise;
    size_t n;
    struct grid_column *columns;
    size_t n_columns;
    double weight_sum;
    double *coverage;  /* [n] */
    uint8_t *standing; /* [n], enum merge_standing */
    size_t candidates; /* those with MERGE_RANKED */
    bool bounded;      /* some column is */
    char *failure;     /* of the result */
};

/*
 * Scans the columns and fills the grid. Set before: request, method, rule, normalise, n, and room
 * for columns (one for each measure), coverage and standing (n each, zeroed).
 * Fails with: see merge_run.
 */
int grid_build(struct grid *grid, struct uptake_error *error);

/* Adds a message about a measure (NULL: the merge), with its place if there is one. Returns -1. */
__attribute__((format(printf, 4, 5))) int grid_refuse(const struct merge_request *request,
                                                      const struct merge_measure *measure,
                                                      struct uptake_error *error,
                                                      const char *format, ...);

/* Text of innovation i for a message. */
const char *grid_id(const struct merge_request *request, size_t i, char text[72]);

#endif
