/*
 * The sort beneath ranks: row numbers by a number each, in time that grows with the rows alone.
 *
 * A row's key is rank_quantise(sign * value, eps). Keys are compared by their `top` first, 32 bits that are spread
 * over all that the rows have: in a sorted order, rows whose tops differ differ, and only rows with one top need a look
 * at their values, which lie anywhere in memory.
 */
#ifndef UPTAKE_MERGE_SORT_H
#define UPTAKE_MERGE_SORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "merge/rank.h"

/* What rows are sorted by. sign: 1, or -1: the largest value first. */
struct sort_by {
    const double *value;
    double sign;
    double eps;
};

static inline double sort_key(const struct sort_by *by, uint32_t row)
{
    return by->eps > 0 ? rank_quantise(by->sign * by->value[row], by->eps)
                       : by->sign * by->value[row] + 0.0;
}

/* n each. top: the caller's; the others are scratch, and taken from memory where they are NULL. */
struct sort_room {
    uint32_t *top;
    uint32_t *other_top;
    uint32_t *other_order;
};

/* Sorts n row numbers, smallest key first; rows with equal keys keep the order in which they stand. No key may be a NaN.
 * room->top: filled, by place. Fails with: out of memory. */
int sort_rows(const struct sort_by *by, uint32_t *order, size_t n, const struct sort_room *room,
              struct uptake_error *error);

/* Whether the rows at two places of a sorted order have equal keys. */
static inline bool sort_level(const struct sort_by *by, const uint32_t *order, const uint32_t *top,
                              size_t a, size_t b)
{
    return top[a] == top[b] && sort_key(by, order[a]) == sort_key(by, order[b]);
}

/* One past the last place of the run of equal keys that begins at `first`. */
static inline size_t sort_end(const struct sort_by *by, const uint32_t *order, const uint32_t *top,
                              size_t first, size_t n)
{
    size_t end = first + 1;
    while (end < n && sort_level(by, order, top, first, end))
        end++;
    return end;
}

#endif
