/*
 * The distributions that tests and intervals need: chi-squared, t and F, with degrees of freedom that need not be whole.
 * Arguments are finite, degrees of freedom above 0, probabilities between 0 and 1. About 12 digits; fewer (9) where
 * degrees of freedom pass a million. Continued fractions by Lentz's method: Press et al. (2007), Numerical Recipes,
 * 6.2 and 6.4; DLMF 8.9 and 8.17.
 */
#ifndef UPTAKE_BASE_DISTRIBUTION_H
#define UPTAKE_BASE_DISTRIBUTION_H

/* P(X > x) */
double distribution_chi2_upper(double x, double df);
double distribution_f_upper(double x, double df1, double df2);
/* The x that P(X <= x) = p. */
double distribution_t_quantile(double p, double df);
double distribution_f_quantile(double p, double df1, double df2);

#endif
