/*
 * Numbers as text, both ways. Printing gives the shortest decimal that reads back to the same double;
 * reading follows the stated grammar of a model: -?digits(.digits)?([eE][+-]?digits)?, no leading zeros, nothing else.
 */
#ifndef UPTAKE_BASE_NUMBER_H
#define UPTAKE_BASE_NUMBER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define NUMBER_BYTES 32
#define COUNT_BYTES 20

/* Writes x (finite; -0 as 0) and a NUL, answers the bytes without it. 1e21 and beyond, and below 1e-6, with an
 * exponent ("1e+21", "1e-7"), as ECMAScript does; JSON-valid. */
size_t number_print(char text[NUMBER_BYTES], double x);

/* Writes a whole number without a NUL, answers the bytes. */
size_t number_count(char text[COUNT_BYTES], uint64_t x);

/* Exact (correctly rounded). False: not of the grammar, or beyond the largest double. */
bool number_parse(const char *text, size_t bytes, double *x);

#endif
