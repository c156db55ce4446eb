/*
 * Ranks: see rank.h. The sort is a least-significant-digit radix sort on the bits of the doubles,
 * which is stable by construction and takes 8 passes at most (digits that all values share are
 * skipped); short inputs are sorted by insertion, without memory of their own.
 */
#include "merge/rank.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { SHORT_INPUT = 32, DIGITS = 8, DIGIT_BITS = 8, BUCKETS = 1 << DIGIT_BITS };

#define HUGE_PAGE ((size_t)2 << 20)

void rank_free(void *pointer)
{
    void *memory;
    memcpy(&memory, pointer, sizeof memory);
    free(memory);
}

/* Large scratch asks for huge pages: touching it for the first time costs as much as sorting it otherwise. */
static void *alloc_large(size_t bytes)
{
    void *memory;
    if (posix_memalign(&memory, HUGE_PAGE, bytes) != 0)
        return NULL;
    madvise(memory, bytes, MADV_HUGEPAGE); /* a wish: it may be refused */
    return memory;
}

void *rank_alloc(size_t count, size_t size, struct uptake_error *error)
{
    size_t bytes;
    void *memory = __builtin_mul_overflow(count, size, &bytes) ? NULL
                   : bytes >= 2 * HUGE_PAGE                    ? alloc_large(bytes)
                                                               : malloc(bytes ? bytes : 1);
    if (!memory)
        error_memory(error);
    return memory;
}

double rank_quantise(double x, double eps)
{
    if (eps > 0) {
        double steps = x / eps;
        if (isfinite(steps))
            x = round(steps) * eps;
    }
    return x + 0.0;
}

/* --- The sort --------------------------------------------------------------------------------- */

/* Unsigned order of the keys is the order of the numbers. */
static uint64_t key_of(double x)
{
    uint64_t bits;
    x += 0.0;
    memcpy(&bits, &x, sizeof bits);
    return bits >> 63 ? ~bits : bits | (uint64_t)1 << 63;
}

static void order_short(const double *value, uint32_t *order, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        uint32_t row = order[i];
        size_t at = i;
        for (; at > 0 && value[order[at - 1]] > value[row]; at--)
            order[at] = order[at - 1];
        order[at] = row;
    }
}

/* One pass: places by one digit. The counts become the buckets' starts. */
static void scatter(const uint64_t *from_key, const uint32_t *from, uint64_t *to_key, uint32_t *to,
                    size_t n, unsigned digit, uint32_t counts[BUCKETS])
{
    uint32_t start = 0;
    for (size_t b = 0; b < BUCKETS; b++) {
        uint32_t count = counts[b];
        counts[b] = start;
        start += count;
    }
    for (size_t i = 0; i < n; i++) {
        uint32_t at = counts[from_key[i] >> (DIGIT_BITS * digit) & (BUCKETS - 1)]++;
        to_key[at] = from_key[i];
        to[at] = from[i];
    }
}

/* Answers the keys as they are then sorted, within `keys`. */
static const uint64_t *order_long(const double *value, uint32_t *order, size_t n, uint64_t *keys,
                                  uint32_t *spare)
{
    uint32_t counts[DIGITS][BUCKETS];
    memset(counts, 0, sizeof counts);
    uint64_t *key = keys;
    uint64_t *other_key = keys + n;
    uint32_t *from = order;
    uint32_t *to = spare;
    for (size_t i = 0; i < n; i++) {
        key[i] = key_of(value[order[i]]);
        for (unsigned d = 0; d < DIGITS; d++)
            counts[d][key[i] >> (DIGIT_BITS * d) & (BUCKETS - 1)]++;
    }
    for (unsigned d = 0; d < DIGITS; d++) {
        if (counts[d][key[0] >> (DIGIT_BITS * d) & (BUCKETS - 1)] == n)
            continue;
        scatter(key, from, other_key, to, n, d, counts[d]);
        uint64_t *full_key = other_key;
        uint32_t *full = to;
        other_key = key;
        to = from;
        key = full_key;
        from = full;
    }
    if (from != order)
        memcpy(order, from, n * sizeof *order);
    return key;
}

int rank_order(const double *value, uint32_t *order, size_t n, struct uptake_error *error)
{
    if (n <= SHORT_INPUT) {
        order_short(value, order, n);
        return 0;
    }
    RANK_SCRATCH uint64_t *keys = rank_alloc(n, 2 * sizeof *keys, error);
    RANK_SCRATCH uint32_t *spare = keys ? rank_alloc(n, sizeof *spare, error) : NULL;
    if (!spare)
        return -1;
    order_long(value, order, n, keys, spare);
    return 0;
}

static size_t levels_short(const double *value, const uint32_t *order, size_t n, uint32_t *level)
{
    size_t count = 0;
    for (size_t at = 0; at < n; at++) {
        count += at == 0 || value[order[at]] != value[order[at - 1]];
        level[at] = (uint32_t)count - 1;
    }
    return count;
}

int rank_levels(const double *value, uint32_t *order, size_t n, uint32_t *level, size_t *count,
                struct uptake_error *error)
{
    if (n <= SHORT_INPUT) {
        order_short(value, order, n);
        *count = levels_short(value, order, n, level);
        return 0;
    }
    RANK_SCRATCH uint64_t *keys = rank_alloc(n, 2 * sizeof *keys, error);
    RANK_SCRATCH uint32_t *spare = keys ? rank_alloc(n, sizeof *spare, error) : NULL;
    if (!spare)
        return -1;
    const uint64_t *sorted = order_long(value, order, n, keys, spare);
    uint32_t at_level = 0;
    level[0] = 0;
    for (size_t at = 1; at < n; at++)
        level[at] = at_level += sorted[at] != sorted[at - 1];
    *count = (size_t)at_level + 1;
    return 0;
}

size_t rank_run_end(const double *value, const uint32_t *order, size_t first, size_t n)
{
    size_t end = first + 1;
    while (end < n && value[order[end]] == value[order[first]])
        end++;
    return end;
}

/* --- Ranks ------------------------------------------------------------------------------------ */

/* Rows with a value, best first, and the keys they were sorted by. */
struct sorted {
    double *key;
    uint32_t *order;
    size_t n;
};

static void sorted_finish(struct sorted *sorted)
{
    free(sorted->key);
    free(sorted->order);
}

static int sorted_build(struct sorted *sorted, const double *value, size_t n, int better,
                        double eps, struct uptake_error *error)
{
    if (n > UINT32_MAX)
        return error_add(error, EXIT_INPUT, "%zu rows are more than can be ranked (%u)", n,
                         UINT32_MAX);
    sorted->key = rank_alloc(n, sizeof *sorted->key, error);
    sorted->order = sorted->key ? rank_alloc(n, sizeof *sorted->order, error) : NULL;
    if (!sorted->order)
        return -1;
    for (size_t i = 0; i < n; i++) {
        double key = rank_quantise(better > 0 ? -value[i] : value[i], eps);
        sorted->key[i] = key;
        if (!isnan(key))
            sorted->order[sorted->n++] = (uint32_t)i;
    }
    return rank_order(sorted->key, sorted->order, sorted->n, error);
}

int rank_competition(const double *value, size_t n, int better, double eps, uint32_t *rank,
                     struct uptake_error *error)
{
    __attribute__((cleanup(sorted_finish))) struct sorted sorted = {0};
    if (sorted_build(&sorted, value, n, better, eps, error))
        return -1;
    for (size_t i = 0; i < n; i++)
        rank[i] = 0;
    for (size_t first = 0, end; first < sorted.n; first = end) {
        end = rank_run_end(sorted.key, sorted.order, first, sorted.n);
        for (size_t at = first; at < end; at++)
            rank[sorted.order[at]] = (uint32_t)first + 1;
    }
    return 0;
}

int rank_mid(const double *value, size_t n, int better, double eps, double *rank,
             struct uptake_error *error)
{
    __attribute__((cleanup(sorted_finish))) struct sorted sorted = {0};
    if (sorted_build(&sorted, value, n, better, eps, error))
        return -1;
    for (size_t i = 0; i < n; i++)
        rank[i] = (double)NAN;
    for (size_t first = 0, end; first < sorted.n; first = end) {
        end = rank_run_end(sorted.key, sorted.order, first, sorted.n);
        for (size_t at = first; at < end; at++)
            rank[sorted.order[at]] = ((double)first + 1.0 + (double)end) / 2;
    }
    return 0;
}
