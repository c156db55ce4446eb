/*
 * A table of texts; as markdown a pipe table. On a terminal columns are as wide as what stands in them; those that find no room beside
 * the first one follow below, in a block of their own that repeats the first column, and those that are keys: nothing is
 * left out.
 */
#ifndef UPTAKE_REPORT_SHEET_H
#define UPTAKE_REPORT_SHEET_H

#include <stdbool.h>
#include <stddef.h>

#include "report/report.h"

struct sheet_column {
    const char *above; /* first line of the heading; "": none */
    const char *heading;
    bool right;
    bool strong;
    bool key; /* stands in every block, as the first column does; those with it come first */
};

/* cells: row by row; no NULL. */
struct sheet {
    const struct sheet_column *columns;
    size_t n_columns;
    const char *const *cells;
    size_t n_rows;
    size_t indent;
};

void sheet_print(struct report_out *out, const struct report_style *style,
                 const struct sheet *sheet);

/* Columns of the terminal that a sheet's column takes. */
size_t sheet_width(const struct sheet *sheet, size_t column);
/* And the whole of it, with that many blanks between columns. */
size_t sheet_total(const struct sheet *sheet, size_t gap);

#endif
