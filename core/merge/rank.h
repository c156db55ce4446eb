/*
 * Ranks, and the sort beneath them. Two values tie if and only if they are equal after quantisation
 * to multiples of eps (0: as they are; -0 = +0): that is transitive, where |x - y| < eps is not.
 * Tied rows
 * share a rank, never their order of arrival: competition ranks (1 2 2 4) for display, mid-ranks
 * (1 2.5 2.5 4) for statistics. Ids decide the order of lines, nothing else.
 */
#ifndef UPTAKE_MERGE_RANK_H
#define UPTAKE_MERGE_RANK_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

/* x rounded to a multiple of eps (eps 0: x itself), with -0 as +0. NaN stays NaN. */
double rank_quantise(double x, double eps);

/*
 * Sorts n row numbers by value[row], smallest first; rows with equal values keep the order in which
 * they stand in `order`. Linear (radix). No value may be a NaN. Fails with: out of memory.
 */
int rank_order(const double *value, uint32_t *order, size_t n, struct uptake_error *error);

/*
 * The same, and level[at], the level of the row at place `at` of the order: 0 for the least value, 1 for the next
 * different one, ... count: how many levels.
 */
int rank_levels(const double *value, uint32_t *order, size_t n, uint32_t *level, size_t *count,
                struct uptake_error *error);

/*
 * Ranks of n values, 1 the best; better: +1 higher, -1 lower. A NaN has no rank: 0 as a competition
 * rank, NaN as a mid-rank, and nobody else's rank counts it. rank may be value in rank_mid.
 * Fails with: out of memory; n above UINT32_MAX.
 */
int rank_competition(const double *value, size_t n, int better, double eps, uint32_t *rank,
                     struct uptake_error *error);
int rank_mid(const double *value, size_t n, int better, double eps, double *rank,
             struct uptake_error *error);

/* One past the last row of the run of equal values that starts at `first` in a sorted order. */
size_t rank_run_end(const double *value, const uint32_t *order, size_t first, size_t n);

/* Scratch memory is freed on every way out: `RANK_SCRATCH double *x = rank_alloc(...)`.
 * pointer: the address of the pointer. */
void rank_free(void *pointer);
#define RANK_SCRATCH __attribute__((cleanup(rank_free)))

/* count elements of size bytes, not zeroed; not NULL for count 0. Fails with: no memory (NULL). */
void *rank_alloc(size_t count, size_t size, struct uptake_error *error);

#endif
