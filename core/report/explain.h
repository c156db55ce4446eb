/* The parts of an explanation of one innovation: each prints one section of it, in this order. */
#ifndef UPTAKE_REPORT_EXPLAIN_H
#define UPTAKE_REPORT_EXPLAIN_H

#include "report/table.h"

/* Where it stands in each merge, what its score is made of, and what would narrow its range. */
void explain_places(const struct table *table, uint64_t innovation);
/* Every measure of every plugin, with what it rests on; and what plugins wrote beside the rows of its lists. */
void explain_measures(const struct table *table, const struct view *view, uint64_t innovation);
/* What is not known of it, and what would settle it. */
void explain_unknown(const struct table *table, uint64_t innovation);

/* "hours_per_week" -> ", hours per week"; what a part of a merge may be, in words: "0.70 [0.29, 1.00]", "missing: 0 to 1". */
const char *explain_part_value(struct texts *texts, const struct result_part *part);

#endif
