/*
 * Cells: one measure of one innovation, oriented (higher is better), with its low and high, and how
 * a column of them is filled and normalised when a method reads it.
 */
#ifndef UPTAKE_MERGE_CELL_H
#define UPTAKE_MERGE_CELL_H

#include <stdbool.h>
#include <stddef.h>

#include "merge/grid.h"

/* Oriented, not normalised, not filled. value: NaN where nothing is known of it. */
struct cell {
    double value;
    double low;
    double high;
};

/* The cell of innovation i, with bounds by rule (3) of merge.h. */
struct cell cell_of(const struct grid_column *column, size_t i);

double cell_normalised(const struct grid_column *column, double oriented);

/* Where cells are read to; low and high are written only where they may differ from the value
 * (grid_column.bounded). */
struct cell_block {
    double *value;
    double *low;
    double *high;
};

/*
 * Normalised values of innovations first..first + count - 1, filled as the rule says. A NaN stays
 * only under `renormalise`, for what is dropped, and in methods that need no scale, whose values
 * are oriented and not normalised.
 */
void cell_read(const struct grid_column *column, size_t first, size_t count,
               struct cell_block cells);

/* Whether a column's normalised values are sign * value, just so. */
bool cell_is_plain(const struct grid_column *column);

#endif
