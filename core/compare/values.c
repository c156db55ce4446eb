/*
 * Agreement on values: differences a - b of the innovations that both sides have. Means are subtracted before squares
 * are summed, so that values far from 0 lose no digits.
 */
#include "compare/values.h"

#include <math.h>

#include "base/distribution.h"

/* The multiple of the standard deviation at which the limits of agreement stand; printed with them. */
#define LIMITS_Z 1.96

static const char *needs(const struct pair *pair, size_t least)
{
    if (pair->n >= least)
        return NULL;
    return least == 1 ? "no_overlap" : "n_lt_2";
}

/* A running sum that loses nothing worth speaking of (Neumaier). */
struct sum {
    double sum, lost;
};

static void sum_add(struct sum *sum, double x)
{
    double next = sum->sum + x;
    sum->lost += fabs(sum->sum) >= fabs(x) ? (sum->sum - next) + x : (x - next) + sum->sum;
    sum->sum = next;
}

static double mean_of(const double *x, size_t n)
{
    struct sum sum = {0, 0};
    for (size_t i = 0; i < n; i++)
        sum_add(&sum, x[i]);
    return (sum.sum + sum.lost) / (double)n;
}

/* Of the differences themselves: the two means may be large and nearly equal. */
static double mean_difference(const struct pair *pair)
{
    struct sum sum = {0, 0};
    for (size_t i = 0; i < pair->n; i++)
        sum_add(&sum, pair->x[i] - pair->y[i]);
    return (sum.sum + sum.lost) / (double)pair->n;
}

/* Mean and standard deviation (n - 1) of the differences. */
static void differences(const struct pair *pair, double *bias, double *sd)
{
    double mean = mean_difference(pair), squares = 0;
    for (size_t i = 0; i < pair->n; i++) {
        double off = pair->x[i] - pair->y[i] - mean;
        squares += off * off;
    }
    *bias = mean;
    *sd = sqrt(squares / ((double)pair->n - 1));
}

/* 95% intervals of the bias and of the limits, whose variance is (1/n + z^2/(2(n - 1))) sd^2 (Bland and Altman 1999). */
static void put_intervals(struct figures *figures, double n, double bias, double sd,
                          const char *reason)
{
    double t = reason ? 0 : distribution_t_quantile(0.975, n - 1);
    double of_bias = t * sd / sqrt(n);
    double of_limit = t * sd * sqrt(1 / n + LIMITS_Z * LIMITS_Z / (2 * (n - 1)));
    double lower = bias - LIMITS_Z * sd, upper = bias + LIMITS_Z * sd;
    figures_either(figures, "bland_altman.bias_low", bias - of_bias, reason);
    figures_either(figures, "bland_altman.bias_high", bias + of_bias, reason);
    figures_either(figures, "bland_altman.lower_low", lower - of_limit, reason);
    figures_either(figures, "bland_altman.lower_high", lower + of_limit, reason);
    figures_either(figures, "bland_altman.upper_low", upper - of_limit, reason);
    figures_either(figures, "bland_altman.upper_high", upper + of_limit, reason);
}

int values_bland_altman(const struct pair *pair, struct figures *figures,
                        struct uptake_error *error)
{
    (void)error;
    const char *reason = needs(pair, 2);
    double bias = 0, sd = 0;
    if (!reason)
        differences(pair, &bias, &sd);
    figures_either(figures, "bland_altman.bias", bias, reason);
    figures_either(figures, "bland_altman.sd", sd, reason);
    figures_either(figures, "bland_altman.lower", bias - LIMITS_Z * sd, reason);
    figures_either(figures, "bland_altman.upper", bias + LIMITS_Z * sd, reason);
    figures_add(figures, "bland_altman.z", LIMITS_Z);
    put_intervals(figures, (double)pair->n, bias, sd, reason);
    return 0;
}

/* Lin (1989): 2 s_xy/(s_x^2 + s_y^2 + (mean x - mean y)^2), moments divided by n. */
int values_ccc(const struct pair *pair, struct figures *figures, struct uptake_error *error)
{
    (void)error;
    const char *reason = needs(pair, 2);
    double xx = 0, yy = 0, xy = 0, shift = 0;
    double n = (double)pair->n;
    if (!reason) {
        double mx = mean_of(pair->x, pair->n), my = mean_of(pair->y, pair->n);
        for (size_t i = 0; i < pair->n; i++) {
            double x = pair->x[i] - mx, y = pair->y[i] - my;
            xx += x * x;
            yy += y * y;
            xy += x * y;
        }
        double off = mean_difference(pair);
        shift = n * off * off;
        if (!(xx + yy + shift > 0))
            reason = "zero_variance";
    }
    figures_either(figures, "ccc", reason ? 0 : 2 * xy / (xx + yy + shift), reason);
    return 0;
}

int values_rmse(const struct pair *pair, struct figures *figures, struct uptake_error *error)
{
    (void)error;
    double largest = 0, squares = 0;
    for (size_t i = 0; i < pair->n; i++)
        largest = fmax(largest, fabs(pair->x[i] - pair->y[i]));
    for (size_t i = 0; i < pair->n && largest > 0; i++) {
        double part = (pair->x[i] - pair->y[i]) / largest; /* no overflow of the square */
        squares += part * part;
    }
    figures_either(figures, "rmse", largest * sqrt(squares / (double)pair->n), needs(pair, 1));
    return 0;
}

int values_mae(const struct pair *pair, struct figures *figures, struct uptake_error *error)
{
    (void)error;
    double sum = 0;
    for (size_t i = 0; i < pair->n; i++)
        sum += fabs(pair->x[i] - pair->y[i]);
    figures_either(figures, "mae", sum / (double)pair->n, needs(pair, 1));
    return 0;
}

int values_max_difference(const struct pair *pair, struct figures *figures,
                          struct uptake_error *error)
{
    (void)error;
    double largest = 0;
    for (size_t i = 0; i < pair->n; i++)
        largest = fmax(largest, fabs(pair->x[i] - pair->y[i]));
    figures_either(figures, "max_difference", largest, needs(pair, 1));
    return 0;
}

int values_within_tolerance(const struct pair *pair, struct figures *figures,
                            struct uptake_error *error)
{
    (void)error;
    size_t within = 0;
    for (size_t i = 0; i < pair->n; i++)
        within += fabs(pair->x[i] - pair->y[i]) <= pair->tolerance;
    figures_either(figures, "share_within_tolerance", (double)within / (double)pair->n,
                   needs(pair, 1));
    return 0;
}
