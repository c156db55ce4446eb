/*
 * Agreement: see agreement.h. Each side is sorted by itself, which gives ties and mid-ranks; rows in the order of b are
 * dealt out by their level of a: so they stand by (a, b), and what is left of disorder in b is what disagrees. Sums for
 * Spearman are compensated (Neumaier), so that a million rows lose no digits.
 */
#include "compare/agreement.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "merge/rank.h"

enum { SHORT_RUN = 16, FEW_LEVELS = 4096 };

/*
 * The common rows: oriented values; then, of each side, the order by value and the level of each place in it. Levels are
 * numbers from the least value; level_a is turned to be by row.
 */
struct common {
    double *a;
    double *b;
    uint32_t *order;   /* by b in the end; then the levels of a in that order */
    uint32_t *level_a; /* by row */
    uint32_t *level_b; /* by place in the order by b; later scratch */
    uint32_t *spare;   /* b's levels in the order of (a, b) */
    uint32_t *starts;  /* of a's levels */
    size_t n, levels_a, levels_b;
};

static void common_finish(struct common *common)
{
    rank_free(&common->a);
    rank_free(&common->b);
    rank_free(&common->order);
    rank_free(&common->level_a);
    rank_free(&common->level_b);
    rank_free(&common->spare);
    rank_free(&common->starts);
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
    common->level_a = common->order ? rank_alloc(n, sizeof *common->level_a, error) : NULL;
    common->level_b = common->level_a ? rank_alloc(n, sizeof *common->level_b, error) : NULL;
    common->spare = common->level_b ? rank_alloc(n, sizeof *common->spare, error) : NULL;
    common->starts = common->spare ? rank_alloc(n + 1, sizeof *common->starts, error) : NULL;
    if (!common->starts)
        return -1;
    for (size_t i = 0; i < n; i++) {
        if (!isfinite(a->value[i]) || !isfinite(b->value[i]))
            continue;
        common->a[common->n] = oriented(a, i);
        common->b[common->n] = oriented(b, i);
        common->n++;
    }
    return 0;
}

static uint64_t pairs(uint64_t n)
{
    return n % 2 ? (n - 1) / 2 * n : n / 2 * (n - (n > 0));
}

/* --- Levels ----------------------------------------------------------------------------------- */

static int sort_side(struct common *common, const double *values, uint32_t *level, size_t *count,
                     struct uptake_error *error)
{
    for (size_t i = 0; i < common->n; i++)
        common->order[i] = (uint32_t)i;
    return rank_levels(values, common->order, common->n, level, count, error);
}

/* Levels of a by row, where each level starts among the places, and pairs that tie. */
static int sort_a(struct common *common, uint64_t *tied, struct uptake_error *error)
{
    uint32_t *by_place = common->spare;
    if (sort_side(common, common->a, by_place, &common->levels_a, error) != 0)
        return -1;
    for (size_t at = 0; at < common->n; at++) {
        common->level_a[common->order[at]] = by_place[at];
        if (at == 0 || by_place[at] != by_place[at - 1])
            common->starts[by_place[at]] = (uint32_t)at;
    }
    common->starts[common->levels_a] = (uint32_t)common->n;
    *tied = 0;
    for (size_t l = 0; l < common->levels_a; l++)
        *tied += pairs(common->starts[l + 1] - common->starts[l]);
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

/* One past the run of equal levels that begins at `first`. */
static size_t run_end(const uint32_t *level, size_t first, size_t n)
{
    size_t end = first + 1;
    while (end < n && level[end] == level[first])
        end++;
    return end;
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

/*
 * The same where there are few levels, by a Fenwick tree of how often each was seen (Fenwick 1994): log2(levels) steps a
 * row instead of log2(n). tree: levels + 1.
 */
static uint64_t inversions_of_few(const uint32_t *x, size_t n, uint32_t *tree, size_t levels)
{
    uint64_t swaps = 0;
    memset(tree, 0, (levels + 1) * sizeof *tree);
    for (size_t at = 0; at < n; at++) {
        uint32_t not_above = 0;
        for (size_t l = (size_t)x[at] + 1; l > 0; l &= l - 1)
            not_above += tree[l];
        for (size_t l = (size_t)x[at] + 1; l <= levels; l += l & -l)
            tree[l]++;
        swaps += at - not_above;
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

/* Twice the mid-rank of the places first..end-1 among n, centred: a whole number. */
static double centred(size_t first, size_t end, size_t n)
{
    return (double)first + (double)end - (double)n;
}

/* Squares of a's mid-ranks; a mid-rank takes the place of a's value, by level. */
static double squares_a(struct common *common)
{
    struct sum sum = {0, 0};
    for (size_t l = 0; l < common->levels_a; l++) {
        size_t first = common->starts[l], end = common->starts[l + 1];
        double rank = centred(first, end, common->n);
        common->a[l] = rank;
        sum_add(&sum, (double)(end - first) * rank * rank);
    }
    return sum.sum + sum.lost;
}

/* Of a level of a. Without ties it follows from the level: a look into memory less. */
static double rank_of(const struct common *common, uint32_t level)
{
    return common->levels_a == common->n ? centred(level, (size_t)level + 1, common->n)
                                         : common->a[level];
}

/* The rest of Pearson's correlation of the mid-ranks, in the order by b. */
static double spearman(struct common *common)
{
    struct sum ab = {0, 0}, bb = {0, 0};
    double aa = squares_a(common);
    for (size_t first = 0, end; first < common->n; first = end) {
        double of_a = 0; /* whole numbers, so exact up to 2^53 */
        end = run_end(common->level_b, first, common->n);
        for (size_t at = first; at < end; at++)
            of_a += rank_of(common, common->order[at]);
        double rank = centred(first, end, common->n);
        sum_add(&ab, rank * of_a);
        sum_add(&bb, (double)(end - first) * rank * rank);
    }
    double rho = (ab.sum + ab.lost) / sqrt(aa * (bb.sum + bb.lost));
    return fmax(-1, fmin(1, rho));
}

/* --- Both ------------------------------------------------------------------------------------- */

static enum agreement_reason reason_of(const struct agreement *agreement)
{
    uint64_t all = pairs(agreement->n);
    if (agreement->n < 2)
        return AGREEMENT_N_LT_2;
    if (agreement->tied_a == all || agreement->tied_b == all)
        return AGREEMENT_ZERO_VARIANCE;
    return AGREEMENT_DEFINED;
}

/* The order by b becomes a's levels in that order: rows are looked up once. */
static void turn(struct common *common)
{
    for (size_t at = 0; at < common->n; at++)
        common->order[at] = common->level_a[common->order[at]];
}

/* Rows by (a, b): those in the order by b are dealt out to the places of their level of a. */
static void deal(struct common *common)
{
    if (common->levels_a == common->n)
        for (size_t at = 0; at < common->n; at++)
            common->spare[common->order[at]] = common->level_b[at];
    else
        for (size_t at = 0; at < common->n; at++)
            common->spare[common->starts[common->order[at]]++] = common->level_b[at];
}

static uint64_t tied_in_both_of(const struct common *common)
{
    uint64_t tied = 0;
    size_t first = 0;
    if (common->levels_a == common->n)
        return 0;
    for (size_t l = 0; l < common->levels_a; l++) { /* dealing has moved each start to its end */
        tied += pairs_tied_in_both(common->spare + first, common->starts[l] - first);
        first = common->starts[l];
    }
    return tied;
}

static int measure(struct common *common, struct agreement *agreement, struct uptake_error *error)
{
    if (sort_a(common, &agreement->tied_a, error) != 0 ||
        sort_side(common, common->b, common->level_b, &common->levels_b, error) != 0)
        return -1;
    for (size_t first = 0, end; first < common->n; first = end) {
        end = run_end(common->level_b, first, common->n);
        agreement->tied_b += pairs(end - first);
    }
    turn(common);
    agreement->reason = reason_of(agreement);
    if (agreement->reason == AGREEMENT_DEFINED)
        agreement->spearman = spearman(common);
    deal(common);
    uint64_t tied_in_both = tied_in_both_of(common);
    agreement->discordant =
        common->levels_b <= FEW_LEVELS
            ? inversions_of_few(common->spare, common->n, common->starts, common->levels_b)
            : inversions(common->spare, common->level_b, common->n);
    agreement->concordant = pairs(common->n) - agreement->tied_a - agreement->tied_b +
                            tied_in_both - agreement->discordant;
    if (agreement->reason == AGREEMENT_DEFINED)
        agreement->kendall_tau_b = tau_b(agreement);
    return 0;
}

int agreement_measure(const struct agreement_column *a, const struct agreement_column *b, size_t n,
                      struct agreement *agreement, struct uptake_error *error)
{
    __attribute__((cleanup(common_finish))) struct common common = {0};
    struct agreement found = {.kendall_tau_b = (double)NAN, .spearman = (double)NAN};
    if (n > UINT32_MAX)
        return error_add(error, EXIT_INPUT, "%zu rows are more than can be compared (%u)", n,
                         UINT32_MAX);
    if (common_init(&common, a, b, n, error) != 0)
        return -1;
    found.n = common.n;
    if (measure(&common, &found, error) != 0)
        return -1;
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
