/* Distributions: see distribution.h. */
#include "base/distribution.h"

#include <math.h>

enum { STEPS = 100000, HALVINGS = 200 };
#define TINY 1e-300
#define CLOSE 1e-16

static double log_gamma(double x)
{
    int sign;
    return lgamma_r(x, &sign);
}

static double away_from_0(double x)
{
    return fabs(x) < TINY ? TINY : x;
}

/* --- Incomplete beta --------------------------------------------------------------------------- */

static double beta_fraction(double a, double b, double x)
{
    double c = 1, d = 1 / away_from_0(1 - (a + b) * x / (a + 1)), h = d;
    for (int m = 1; m < STEPS; m++) {
        double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
        double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
        d = 1 / away_from_0(1 + even * d);
        c = away_from_0(1 + even / c);
        h *= d * c;
        d = 1 / away_from_0(1 + odd * d);
        c = away_from_0(1 + odd / c);
        h *= d * c;
        if (fabs(d * c - 1) < CLOSE)
            break;
    }
    return h;
}

/* I_x(a, b); rest = 1 - x is given apart, so that neither end loses digits. */
static double beta_share(double a, double b, double x, double rest)
{
    if (!(x > 0))
        return 0;
    if (!(rest > 0))
        return 1;
    double front = exp(log_gamma(a + b) - log_gamma(a) - log_gamma(b) + a * log(x) + b * log(rest));
    return x < (a + 1) / (a + b + 2) ? front * beta_fraction(a, b, x) / a
                                     : 1 - front * beta_fraction(b, a, rest) / b;
}

/* --- F and t ----------------------------------------------------------------------------------- */

double distribution_f_upper(double x, double df1, double df2)
{
    if (!(x > 0))
        return 1;
    double sum = df2 + df1 * x;
    return beta_share(df2 / 2, df1 / 2, df2 / sum, df1 * x / sum);
}

/* Halves an interval of log odds: x = odds/(1 + odds) of the beta variable, F = odds df2/df1. */
double distribution_f_quantile(double p, double df1, double df2)
{
    double low = -700, high = 700;
    for (int k = 0; k < HALVINGS && low < high; k++) {
        double middle = low + (high - low) / 2, odds = exp(middle);
        double share = beta_share(df1 / 2, df2 / 2, odds / (1 + odds), 1 / (1 + odds));
        if (middle <= low || middle >= high)
            break;
        if (share < p)
            low = middle;
        else
            high = middle;
    }
    return exp(low + (high - low) / 2) * df2 / df1;
}

/* t^2 is F with 1 and df degrees of freedom. */
double distribution_t_quantile(double p, double df)
{
    if (p == 0.5)
        return 0;
    double t = sqrt(distribution_f_quantile(fabs(2 * p - 1), 1, df));
    return p < 0.5 ? -t : t;
}

/* --- Chi-squared ------------------------------------------------------------------------------- */

static double gamma_series(double a, double x)
{
    double term = 1 / a, sum = term;
    for (int k = 1; k < STEPS && fabs(term) > fabs(sum) * CLOSE; k++) {
        term *= x / (a + k);
        sum += term;
    }
    return sum * exp(a * log(x) - x - log_gamma(a));
}

static double gamma_fraction(double a, double x)
{
    double b = x + 1 - a, c = 1 / TINY, d = 1 / away_from_0(b), h = d;
    for (int k = 1; k < STEPS; k++) {
        double factor = -k * (k - a);
        b += 2;
        d = 1 / away_from_0(factor * d + b);
        c = away_from_0(b + factor / c);
        h *= d * c;
        if (fabs(d * c - 1) < CLOSE)
            break;
    }
    return h * exp(a * log(x) - x - log_gamma(a));
}

double distribution_chi2_upper(double x, double df)
{
    double a = df / 2, half = x / 2;
    if (!(x > 0))
        return 1;
    return half < a + 1 ? 1 - gamma_series(a, half) : gamma_fraction(a, half);
}
