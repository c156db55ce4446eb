/* Whether two results are the same to the bit. */
#ifndef UPTAKE_COMPARE_IDENTICAL_H
#define UPTAKE_COMPARE_IDENTICAL_H

#include "result/result.h"

/*
 * Every value, bound, word, text, status, finding, score, rank and order. where: of the first difference, for a message:
 * "barriers.openness, row 3"; "" where there is none.
 */
bool results_identical(const struct result *a, const struct result *b, char where[128]);

#endif
