/* Majorities: for each pair of candidates, the weight of the measures that put one above the other. */
#ifndef UPTAKE_MERGE_ORDERS_H
#define UPTAKE_MERGE_ORDERS_H

#include "merge/matrix.h"

/* Methods whose work grows with the cube of the innovations stop here. */
#define ORDERS_MOST ((size_t)1000)

/* above[i * n + j]: the weight, as the spec gives it, of the measures that put i above j; gaps say nothing. */
struct orders {
    size_t n;
    double *above;
    double weight; /* of all measures */
};

/* Fails with: gaps under `bounds`, too many candidates, out of memory. */
int orders_build(struct orders *orders, const struct matrix *matrix, struct uptake_error *error);
void orders_finish(struct orders *orders);

#endif
