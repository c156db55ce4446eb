/*
 * The sort beneath ranks: see sort.h. Keys become whole numbers in the same order; what all of them share is taken off,
 * and the highest 32 bits of what is left are sorted by least significant digits, in three passes at most. Rows that
 * those bits do not tell apart, few as a rule, are then put in order among themselves. Short inputs are sorted by
 * insertion. Every step is stable.
 */
#include "merge/sort.h"

#include <string.h>

enum { SHORT_INPUT = 32, PASSES = 3, DIGIT_BITS = 11, BUCKETS = 1 << DIGIT_BITS, TOP_BITS = 32 };

/* Unsigned order of the keys is the order of the numbers. */
static uint64_t whole_key(const struct sort_by *by, uint32_t row)
{
    double x = sort_key(by, row);
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits >> 63 ? ~bits : bits | (uint64_t)1 << 63;
}

static void order_short(const struct sort_by *by, uint32_t *order, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        uint32_t row = order[i];
        double key = sort_key(by, row);
        size_t at = i;
        for (; at > 0 && sort_key(by, order[at - 1]) > key; at--)
            order[at] = order[at - 1];
        order[at] = row;
    }
}

/* How keys become tops: less the least, and shifted. bits: that are left. */
struct spread {
    uint64_t least;
    unsigned shift;
    unsigned bits;
};

static struct spread spread_of(const struct sort_by *by, const uint32_t *order, size_t n)
{
    uint64_t least = UINT64_MAX, most = 0;
    for (size_t i = 0; i < n; i++) {
        uint64_t key = whole_key(by, order[i]);
        least = key < least ? key : least;
        most = key > most ? key : most;
    }
    unsigned bits = most > least ? 64 - (unsigned)__builtin_clzll(most - least) : 0;
    unsigned shift = bits > TOP_BITS ? bits - TOP_BITS : 0;
    return (struct spread){least, shift, bits - shift};
}

/* One pass: places by one digit. The counts become the buckets' starts. */
static void scatter(const uint32_t *from_top, const uint32_t *from, uint32_t *to_top, uint32_t *to,
                    size_t n, unsigned digit, uint32_t counts[BUCKETS])
{
    uint32_t start = 0;
    for (size_t b = 0; b < BUCKETS; b++) {
        uint32_t count = counts[b];
        counts[b] = start;
        start += count;
    }
    for (size_t i = 0; i < n; i++) {
        uint32_t at = counts[from_top[i] >> (DIGIT_BITS * digit) & (BUCKETS - 1)]++;
        to_top[at] = from_top[i];
        to[at] = from[i];
    }
}

/* By tops alone. */
static void order_tops(const struct sort_by *by, struct spread spread, uint32_t *order, size_t n,
                       const struct sort_room *room)
{
    uint32_t counts[PASSES][BUCKETS];
    unsigned passes = (spread.bits + DIGIT_BITS - 1) / DIGIT_BITS;
    uint32_t *top = room->top, *other_top = room->other_top, *from = order, *to = room->other_order;
    memset(counts, 0, passes * sizeof *counts);
    for (size_t i = 0; i < n; i++) {
        top[i] = (uint32_t)((whole_key(by, order[i]) - spread.least) >> spread.shift);
        for (unsigned d = 0; d < passes; d++)
            counts[d][top[i] >> (DIGIT_BITS * d) & (BUCKETS - 1)]++;
    }
    for (unsigned d = 0; d < passes; d++) {
        scatter(top, from, other_top, to, n, d, counts[d]);
        uint32_t *full_top = other_top, *full = to;
        other_top = top;
        to = from;
        top = full_top;
        from = full;
    }
    if (from == order)
        return;
    memcpy(order, from, n * sizeof *order);
    memcpy(room->top, top, n * sizeof *top);
}

static bool in_order(const struct sort_by *by, const uint32_t *order, size_t n)
{
    double before = sort_key(by, order[0]);
    for (size_t i = 1; i < n; i++) {
        double key = sort_key(by, order[i]);
        if (key < before)
            return false;
        before = key;
    }
    return true;
}

static int order_long(const struct sort_by *by, uint32_t *order, size_t n,
                      const struct sort_room *room, struct uptake_error *error);

/* Rows with one top. They differ in the bits below it at most, so the next sort of theirs is the last. */
static int order_run(const struct sort_by *by, uint32_t *order, size_t n,
                     struct uptake_error *error)
{
    if (in_order(by, order, n))
        return 0;
    if (n <= SHORT_INPUT) {
        order_short(by, order, n);
        return 0;
    }
    RANK_SCRATCH uint32_t *memory = rank_alloc(n, 3 * sizeof *memory, error);
    if (!memory)
        return -1;
    return order_long(by, order, n, &(struct sort_room){memory, memory + n, memory + 2 * n}, error);
}

static int order_long(const struct sort_by *by, uint32_t *order, size_t n,
                      const struct sort_room *room, struct uptake_error *error)
{
    struct spread spread = spread_of(by, order, n);
    order_tops(by, spread, order, n, room);
    for (size_t first = 0, end; spread.shift > 0 && first < n; first = end) {
        end = first + 1;
        while (end < n && room->top[end] == room->top[first])
            end++;
        if (end - first > 1 && order_run(by, order + first, end - first, error))
            return -1;
    }
    return 0;
}

int sort_rows(const struct sort_by *by, uint32_t *order, size_t n, const struct sort_room *room,
              struct uptake_error *error)
{
    if (n <= SHORT_INPUT) {
        order_short(by, order, n);
        memset(room->top, 0, n * sizeof *room->top);
        return 0;
    }
    if (room->other_top && room->other_order)
        return order_long(by, order, n, room, error);
    RANK_SCRATCH uint32_t *memory = rank_alloc(n, 2 * sizeof *memory, error);
    if (!memory)
        return -1;
    return order_long(by, order, n, &(struct sort_room){room->top, memory, memory + n}, error);
}

/* --- By plain values: see rank.h --------------------------------------------------------------- */

int rank_order(const double *value, uint32_t *order, size_t n, struct uptake_error *error)
{
    struct sort_by by = {value, 1, 0};
    if (n <= SHORT_INPUT) {
        order_short(&by, order, n);
        return 0;
    }
    RANK_SCRATCH uint32_t *top = rank_alloc(n, sizeof *top, error);
    return top ? sort_rows(&by, order, n, &(struct sort_room){.top = top}, error) : -1;
}

int rank_levels(const double *value, uint32_t *order, size_t n, uint32_t *level, size_t *count,
                struct uptake_error *error)
{
    struct sort_by by = {value, 1, 0};
    uint32_t before = 0, at_level = 0;
    *count = 0;
    if (n == 0)
        return 0;
    if (sort_rows(&by, order, n, &(struct sort_room){.top = level}, error) != 0)
        return -1;
    for (size_t at = 0; at < n; at++) {
        uint32_t top = level[at];
        at_level += at > 0 && (top != before || value[order[at]] != value[order[at - 1]]);
        level[at] = at_level;
        before = top;
    }
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
