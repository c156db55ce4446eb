/*
 * Agreement: see agreement.h. Rows are sorted by b, then, stably, by a: so they stand by (a, b),
 * and what is left of disorder in b is what disagrees. The two sorts also give ties and mid-ranks.
 * Sums for Spearman are compensated (Neumaier), so that a million rows lose no digits.
 */
#include "compare/agreement.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "merge/rank.h"

enum { SHORT_RUN = 16 };

/* The common rows: oriented values, later overwritten by centred mid-ranks. */
struct common {
    double *a;
    double *b;
    uint32_t *order;
    uint32_t
        *level; /* of b: values 0, 1, ... from the least, by row; later by place in the order */
    uint32_t *spare;
    size_t n;
};

static void common_finish(struct common *common)
{
    rank_free(&common->a);
    rank_free(&common->b);
    rank_free(&common->order);
    rank_free(&common->level);
    rank_free(&common->spare);
}

static double oriented(const struct agreement_column *column, size_t i)
{
    double x = column->value[i];
    return rank_quantise(column->better < 0 ? -x : x, column->eps);
}

static int common_init(struct common *common, const struct agreement_column *a,
                       const struct agreement_column *b, size_t n, struct uptake_error *error)
{
    common->a = rank_alloc(n, sizeof *common->a, error);
    common->b = common->a ? rank_alloc(n, sizeof *common->b, error) : NULL;
    common->order = common->b ? rank_alloc(n, sizeof *common->order, error) : NULL;
    common->level = common->order ? rank_alloc(n, sizeof *common->level, error) : NULL;
    common->spare = common->level ? rank_alloc(n, sizeof *common->spare, error) : NULL;
    if (!common->spare)
        return -1;
    for (size_t i = 0; i < n; i++) {
        if (!isfinite(a->value[i]) || !isfinite(b->value[i]))
            continue;
        common->a[common->n] = oriented(a, i);
        common->b[common->n] = oriented(b, i);
        common->order[common->n] = (uint32_t)common->n;
        common->n++;
    }
    return 0;
}

static uint64_t pairs(uint64_t n)
{
    return n % 2 ? (n - 1) / 2 * n : n / 2 * (n - (n > 0));
}

/* Mid-rank of the places first..end-1 among n, centred. */
static double centred(size_t first, size_t end, size_t n)
{
    return ((double)first + (double)end - (double)n) / 2;
}

/* --- Kendall ---------------------------------------------------------------------------------- */

/* Sorts by b; writes levels; overwrites b by its centred mid-ranks. */
static int sort_b(struct common *common, uint64_t *tied, struct uptake_error *error)
{
    uint32_t level = 0;
    if (rank_order(common->b, common->order, common->n, error))
        return -1;
    *tied = 0;
    for (size_t first = 0, end; first < common->n; first = end, level++) {
        end = rank_run_end(common->b, common->order, first, common->n);
        *tied += pairs(end - first);
        for (size_t at = first; at < end; at++) {
            common->level[common->order[at]] = level;
            common->b[common->order[at]] = centred(first, end, common->n);
        }
    }
    return 0;
}

/* Rows of equal a stand by b: pairs that tie in both are its runs. */
static uint64_t pairs_tied_in_both(const uint32_t *level, size_t n)
{
    uint64_t tied = 0;
    for (size_t first = 0, end; first < n; first = end) {
        for (end = first + 1; end < n && level[end] == level[first];)
            end++;
        tied += pairs(end - first);
    }
    return tied;
}

/* Sorts by a; puts b's levels in that order into spare; overwrites a by its centred mid-ranks. */
static int sort_a(struct common *common, uint64_t *tied, uint64_t *tied_in_both,
                  struct uptake_error *error)
{
    if (rank_order(common->a, common->order, common->n, error))
        return -1;
    *tied = *tied_in_both = 0;
    for (size_t at = 0; at < common->n; at++)
        common->spare[at] = common->level[common->order[at]];
    for (size_t first = 0, end; first < common->n; first = end) {
        end = rank_run_end(common->a, common->order, first, common->n);
        *tied += pairs(end - first);
        *tied_in_both += pairs_tied_in_both(common->spare + first, end - first);
        for (size_t at = first; at < end; at++)
            common->a[common->order[at]] = centred(first, end, common->n);
    }
    return 0;
}

static uint64_t insertions(uint32_t *x, size_t n)
{
    uint64_t swaps = 0;
    for (size_t i = 1; i < n; i++) {
        uint32_t value = x[i];
        size_t at = i;
        for (; at > 0 && x[at - 1] > value; at--)
            x[at] = x[at - 1];
        x[at] = value;
        swaps += i - at;
    }
    return swaps;
}

/* Merges two sorted runs; counts pairs whose right one is less. No branch depends on the data. */
static uint64_t merge_runs(const uint32_t *left, size_t n_left, const uint32_t *right,
                           size_t n_right, uint32_t *to)
{
    uint64_t swaps = 0;
    size_t i = 0;
    size_t j = 0;
    while (i < n_left && j < n_right) {
        bool from_right = right[j] < left[i];
        *to++ = from_right ? right[j] : left[i];
        swaps += from_right ? n_left - i : 0;
        j += from_right;
        i += !from_right;
    }
    if (i < n_left)
        memcpy(to, left + i, (n_left - i) * sizeof *to);
    if (j < n_right)
        memcpy(to, right + j, (n_right - j) * sizeof *to);
    return swaps;
}

/* Pairs out of order in x, which is sorted on the way; spare: n. */
static uint64_t inversions(uint32_t *x, uint32_t *spare, size_t n)
{
    uint64_t swaps = 0;
    uint32_t *from = x;
    uint32_t *to = spare;
    for (size_t first = 0; first < n; first += SHORT_RUN)
        swaps += insertions(x + first, n - first < SHORT_RUN ? n - first : SHORT_RUN);
    for (size_t run = SHORT_RUN; run < n; run *= 2) {
        for (size_t first = 0; first < n; first += 2 * run) {
            size_t n_left = n - first < run ? n - first : run;
            size_t rest = n - first - n_left;
            swaps += merge_runs(from + first, n_left, from + first + n_left,
                                rest < run ? rest : run, to + first);
        }
        uint32_t *full = to;
        to = from;
        from = full;
    }
    return swaps;
}

/* (P - D)/sqrt((n0 - a)(n0 - b)); sqrt(x * x) is exactly x, so full agreement is exactly 1. */
static double tau_b(const struct agreement *agreement)
{
    uint64_t all = pairs(agreement->n);
    double untied_a = (double)(all - agreement->tied_a);
    double untied_b = (double)(all - agreement->tied_b);
    double more = (double)agreement->concordant - (double)agreement->discordant;
    double tau = more / sqrt(untied_a * untied_b);
    return fmax(-1, fmin(1, tau));
}

/* --- Spearman --------------------------------------------------------------------------------- */

struct sum {
    double sum;
    double lost;
};

static void sum_add(struct sum *sum, double x)
{
    double next = sum->sum + x;
    sum->lost += fabs(sum->sum) >= fabs(x) ? (sum->sum - next) + x : (x - next) + sum->sum;
    sum->sum = next;
}

static double pearson_centred(const double *a, const double *b, size_t n)
{
    struct sum aa = {0};
    struct sum bb = {0};
    struct sum ab = {0};
    for (size_t i = 0; i < n; i++) {
        sum_add(&aa, a[i] * a[i]);
        sum_add(&bb, b[i] * b[i]);
        sum_add(&ab, a[i] * b[i]);
    }
    double rho = (ab.sum + ab.lost) / sqrt((aa.sum + aa.lost) * (bb.sum + bb.lost));
    return fmax(-1, fmin(1, rho));
}

/* --- Both ------------------------------------------------------------------------------------- */

static int count_pairs(struct common *common, struct agreement *agreement,
                       struct uptake_error *error)
{
    uint64_t tied_in_both;
    if (sort_b(common, &agreement->tied_b, error) ||
        sort_a(common, &agreement->tied_a, &tied_in_both, error))
        return -1;
    agreement->discordant = inversions(common->spare, common->level, common->n);
    agreement->concordant = pairs(common->n) - agreement->tied_a - agreement->tied_b +
                            tied_in_both - agreement->discordant;
    return 0;
}

static enum agreement_reason reason_of(const struct agreement *agreement)
{
    uint64_t all = pairs(agreement->n);
    if (agreement->n < 2)
        return AGREEMENT_N_LT_2;
    if (agreement->tied_a == all || agreement->tied_b == all)
        return AGREEMENT_ZERO_VARIANCE;
    return AGREEMENT_DEFINED;
}

int agreement_measure(const struct agreement_column *a, const struct agreement_column *b, size_t n,
                      struct agreement *agreement, struct uptake_error *error)
{
    __attribute__((cleanup(common_finish))) struct common common = {0};
    struct agreement found = {.kendall_tau_b = (double)NAN, .spearman = (double)NAN};
    if (n > UINT32_MAX)
        return error_add(error, EXIT_INPUT, "%zu rows are more than can be compared (%u)", n,
                         UINT32_MAX);
    if (common_init(&common, a, b, n, error) || count_pairs(&common, &found, error))
        return -1;
    found.n = common.n;
    found.reason = reason_of(&found);
    if (found.reason == AGREEMENT_DEFINED) {
        found.kendall_tau_b = tau_b(&found);
        found.spearman = pearson_centred(common.a, common.b, common.n);
    }
    *agreement = found;
    return 0;
}

const char *agreement_reason_text(enum agreement_reason reason)
{
    static const char *const texts[] = {[AGREEMENT_DEFINED] = NULL,
                                        [AGREEMENT_N_LT_2] = "n_lt_2",
                                        [AGREEMENT_ZERO_VARIANCE] = "zero_variance"};
    return (size_t)reason < sizeof texts / sizeof *texts ? texts[reason] : NULL;
}
