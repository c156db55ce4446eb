/*
 * Value functions: what a value is worth, from points between which it is linear. A measure that has one is normalised
 * by it, whatever its merge's normalisation, and may be worth most in the middle.
 *
 * Source: Keeney, R. L. and Raiffa, H. (1976), Decisions with Multiple Objectives (value functions of one attribute).
 */
#ifndef UPTAKE_MERGE_CURVE_H
#define UPTAKE_MERGE_CURVE_H

#include "merge/merge.h"

/* Worth of x. Outside of the points: that of the nearest, or on along the line of the last two. NaN stays NaN. */
double curve_at(const struct merge_curve *curve, double x);

/* The least and the most that anything from low to high is worth. NaN where either end is. */
void curve_range(const struct merge_curve *curve, double low, double high, double *least,
                 double *most);

#endif
