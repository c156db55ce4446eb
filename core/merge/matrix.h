/*
 * The candidates' values as a matrix, for methods that need them all at once, and the two ways in which such methods
 * find what is not known: each innovation against all others (rule (6) of merge.h).
 */
#ifndef UPTAKE_MERGE_MATRIX_H
#define UPTAKE_MERGE_MATRIX_H

#include "merge/score.h"

/* Methods that look at every pair of innovations stop here. */
#define MATRIX_PAIRS_MOST ((size_t)20000)

/* Column k begins at [k * n]. Where nothing is bounded, low and high are value. */
struct matrix {
    const struct grid *grid;
    size_t n;      /* candidates */
    size_t k;      /* measures that take part */
    uint32_t *row; /* candidate -> innovation */
    double *value;
    double *low;
    double *high;
    double *weight; /* shares, [k] */
    bool bounded;
};

/* pairs: of a method that looks at every pair. Fails with: out of memory, too many for pairs. */
int matrix_open(struct matrix *matrix, const struct grid *grid, bool pairs,
                struct uptake_error *error);
void matrix_close(struct matrix *matrix);

/* Scores all candidates from the values z; extra: columns by candidate, each may be NULL. */
typedef int (*matrix_all)(const struct matrix *matrix, const double *z, double *score,
                          double *const *extra, struct uptake_error *error);
/* Scores each candidate with its values in `mine` against all others with theirs in `theirs`. */
typedef int (*matrix_against)(const struct matrix *matrix, const double *mine, const double *theirs,
                              double *score, double *const *extra, struct uptake_error *error);

/*
 * Writes scores, bounds and extras. _each scores the whole twice an innovation where something is bounded, and marks
 * the result not a bound; _versus scores three times in all. Fails with: what the function fails with; out of memory;
 * so many innovations with gaps that it would take too long.
 */
int matrix_each(const struct matrix *matrix, matrix_all all, const struct score_columns *scores,
                struct uptake_error *error);
int matrix_versus(const struct matrix *matrix, matrix_against against,
                  const struct score_columns *scores, struct uptake_error *error);

/* The candidates' scores without bounds: score is low and high. */
void matrix_scores(const struct matrix *matrix, const double *score,
                   const struct score_columns *scores);

/* Parts of all candidates: values and shares; contribution: by column, [k * n], NULL: there is none. */
void matrix_parts(const struct matrix *matrix, const double *contribution);

/* The least and the largest of column k. */
void matrix_ends(const struct matrix *matrix, const double *z, size_t k, double *least,
                 double *most);

#define MATRIX_OPEN __attribute__((cleanup(matrix_close))) struct matrix

#endif
