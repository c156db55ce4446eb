/*
 * Agreement of two columns on the order of the same innovations: Kendall's tau-b and Spearman's
 * rho, both corrected for ties. What cannot be said is a NaN with a reason, never a number.
 */
#ifndef UPTAKE_COMPARE_AGREEMENT_H
#define UPTAKE_COMPARE_AGREEMENT_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

/* Reports give no coefficient under this many common rows: it would say next to nothing. */
#define AGREEMENT_MIN 8

/*
 * One side. value: n numbers, borrowed; NaN and infinite ones are not common. better: enum
 * uptake_better; a column whose better is lower is turned round, one with neither is taken as it
 * is. eps: values that round to the same multiple of it tie; 0: equal values only.
 */
struct agreement_column {
    const double *value;
    int better;
    double eps;
};

/* Why the coefficients are NaN. */
enum agreement_reason { AGREEMENT_DEFINED = 0, AGREEMENT_N_LT_2, AGREEMENT_ZERO_VARIANCE };

/*
 * n: rows that are finite on both sides. concordant, discordant: pairs of rows. tied_a, tied_b:
 * pairs tied in that side (in both: counted in both). tau_b = (P - D)/sqrt((n0 - tied_a)(n0 -
 * tied_b)), n0 = n(n-1)/2.
 * spearman: Pearson's correlation of mid-ranks.
 */
struct agreement {
    uint64_t n;
    uint64_t concordant;
    uint64_t discordant;
    uint64_t tied_a;
    uint64_t tied_b;
    double kendall_tau_b;
    double spearman;
    enum agreement_reason reason;
};

/*
 * Linear but for the merge sort of Knight (1966), which counts the discordant pairs: O(n log n),
 * 64-bit counts, about 50 bytes of scratch a row. The result is written only on success. Fails
 * with: out of memory; more than UINT32_MAX rows.
 */
int agreement_measure(const struct agreement_column *a, const struct agreement_column *b, size_t n,
                      struct agreement *agreement, struct uptake_error *error);

/* "zero_variance", "n_lt_2", or NULL where the coefficients are defined. */
const char *agreement_reason_text(enum agreement_reason reason);

#endif
