/*
 * Values as people read them: no more digits than the range supports, the range beside the value, units, and
 * words where there is no value. Never a 0 that is none. A share is a pure number.
 */
#ifndef UPTAKE_REPORT_FIGURE_H
#define UPTAKE_REPORT_FIGURE_H

#include "report/view.h"

/*
 * Decimals for a column, from the scale of what it may hold: 2 for 0..1, 1 up to 10, none beyond; where the
 * declared scale says nothing (infinite, or a hundred times what is there) the rows' own. Whole numbers: none.
 */
int figure_decimals(const struct result_column *column, const uint64_t *rows, size_t n_rows);

/* "0.64", "1,250", "<0.01", "no limit". */
const char *figure_number(struct texts *texts, double x, int decimals);

/* The value of a row: "0.64 [0.36, 0.79]", "4 [3, 5] hours per week", a choice's word, "not assessed". */
const char *figure_value(struct texts *texts, const struct result_plugin *plugin,
                         const struct result_column *column, uint64_t row, int decimals);

/* "2", "1–4", "not ranked". */
const char *figure_rank(struct texts *texts, const struct result_merged *merged,
                        uint64_t innovation);

/* A name of the model as words: "hours_per_week" -> "hours per week". */
const char *figure_words(struct texts *texts, const char *name);

#endif
