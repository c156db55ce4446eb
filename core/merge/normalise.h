/* Normalisation: the line, or curve, on which a column's values come to one scale: see rule (5) of merge.h. */
#ifndef UPTAKE_MERGE_NORMALISE_H
#define UPTAKE_MERGE_NORMALISE_H

#include "base/error.h"
#include "merge/grid.h"

/* What one pass over a column finds. */
struct scan {
    double min;
    double max;
    size_t missing;
};

/*
 * Sets the column's scale, its ends and its filler from its limits or from the candidates' best values.
 * Fails with: values that the normalisation cannot take, missing ones that nothing can stand in for.
 */
int normalise_column(const struct grid *grid, struct grid_column *column, struct scan scan,
                     struct uptake_error *error);

/* Frees what normalise_column may have allocated. */
void normalise_finish(struct grid_column *column);

#endif
