/*
 * Pooling: measures that estimate one quantity, each with its standard error, become one estimate of each innovation.
 * Fixed effect: weights 1/se^2. Random effects: 1/(se^2 + tau2), tau2 by DerSimonian and Laird (1986), Controlled
 * Clinical Trials 7; by Paule and Mandel (1982), J. Res. NBS 87; or by restricted maximum likelihood (Viechtbauer, W.
 * (2005), J. Educ. Behav. Stat. 30(3)), the roots found by bisection. Interval: normal, or Hartung and Knapp (2001),
 * Statistics in Medicine 20, and Sidik and Jonkman (2002), ibid. 21. Prediction interval as in R metafor: the pooled
 * value -/+ quantile * sqrt(tau2 + se^2), the quantile normal or of t with K - 1 degrees of freedom. The spec's weights
 * multiply nothing: a weight of 0 leaves a measure out.
 */
#include <math.h>

#include "base/distribution.h"
#include "merge/methods.h"

/* scipy.stats.norm.ppf(0.975) */
static const double NORMAL_975 = 1.959963984540054;

enum extra { SE, CI_LOW, CI_HIGH, Q, Q_P, I2, H2, TAU2, PI_LOW, PI_HIGH };

/* One innovation: estimates and their variances. */
struct study {
    const double *y;
    const double *v;
    size_t count;
};

struct pooled {
    double mean, weight; /* sum of 1 / (v + tau2) */
};

static struct pooled pool(const struct study *s, double tau2)
{
    struct pooled pooled = {0, 0};
    for (size_t k = 0; k < s->count; k++)
        pooled.weight += 1 / (s->v[k] + tau2);
    for (size_t k = 0; k < s->count; k++)
        pooled.mean += s->y[k] / (s->v[k] + tau2) / pooled.weight;
    return pooled;
}

/* The weighted sum of squares about the pooled mean. */
static double squares(const struct study *s, double tau2)
{
    double mean = pool(s, tau2).mean, sum = 0;
    for (size_t k = 0; k < s->count; k++)
        sum += (s->y[k] - mean) * (s->y[k] - mean) / (s->v[k] + tau2);
    return sum;
}

/* sum w - sum w^2 / sum w, at tau2 = 0. */
static double spread_of(const struct study *s)
{
    double sum = 0, square = 0;
    for (size_t k = 0; k < s->count; k++) {
        sum += 1 / s->v[k];
        square += 1 / s->v[k] / s->v[k];
    }
    return sum - square / sum;
}

/* Above 0 where tau2 is too small: Paule-Mandel's condition. */
static double mandel(const struct study *s, double tau2)
{
    return squares(s, tau2) - ((double)s->count - 1);
}

/* The derivative of twice the restricted log-likelihood: y'PPy - trace(P). */
static double restricted(const struct study *s, double tau2)
{
    struct pooled p = pool(s, tau2);
    double sum = 0, square = 0, fit = 0;
    for (size_t k = 0; k < s->count; k++) {
        double w = 1 / (s->v[k] + tau2);
        sum += w;
        square += w * w;
        fit += w * w * (s->y[k] - p.mean) * (s->y[k] - p.mean);
    }
    return fit - (sum - square / sum);
}

/* The root of a condition that is above 0 before it; 0 where it is not above 0 there. */
static double root_of(double (*condition)(const struct study *, double), const struct study *s)
{
    double low = 0, high = 0, least = s->y[0], most = s->y[0];
    if (!(condition(s, 0) > 0))
        return 0;
    for (size_t k = 1; k < s->count; k++) {
        least = fmin(least, s->y[k]);
        most = fmax(most, s->y[k]);
    }
    for (high = (most - least) * (most - least); condition(s, high) > 0 && isfinite(high);)
        high *= 2;
    for (int step = 0; step < 300 && low < high; step++) {
        double middle = low + (high - low) / 2;
        if (middle <= low || middle >= high)
            break;
        if (condition(s, middle) > 0)
            low = middle;
        else
            high = middle;
    }
    return low + (high - low) / 2;
}

static double tau2_of(const struct study *s, int estimator)
{
    if (estimator == MERGE_PM)
        return root_of(mandel, s);
    if (estimator == MERGE_REML)
        return root_of(restricted, s);
    double over = mandel(s, 0);
    return over > 0 ? over / spread_of(s) : 0;
}

/* What everybody wants to know of it: heterogeneity is judged at tau2 = 0. */
static void put_extras(const struct study *s, double tau2, double mean, double se, double quantile,
                       double *extra)
{
    double df = (double)s->count - 1;
    extra[SE] = se;
    extra[CI_LOW] = mean - quantile * se;
    extra[CI_HIGH] = mean + quantile * se;
    if (s->count < 2)
        return;
    double typical = df / spread_of(s);
    extra[Q] = squares(s, 0);
    extra[Q_P] = distribution_chi2_upper(extra[Q], df);
    extra[I2] = 100 * tau2 / (tau2 + typical);
    extra[H2] = 1 + tau2 / typical;
}

static struct study study_of(const struct score_row *row)
{
    for (size_t k = 0; k < row->count; k++) { /* both arrays are ours to write */
        double se = row->column[k]->measure->se[row->i];
        row->z[k] *= row->column[k]->sign;
        row->weight[k] = se * se;
    }
    return (struct study){row->z, row->weight, row->count};
}

double pooled_fixed_one(const struct score_row *row)
{
    struct study s = study_of(row);
    struct pooled p = pool(&s, 0);
    if (row->extra) {
        double df = (double)s.count - 1;
        put_extras(&s, 0, p.mean, 1 / sqrt(p.weight), NORMAL_975, row->extra);
        double over = s.count > 1 ? row->extra[Q] - df : 0;
        row->extra[I2] = s.count > 1 ? (over > 0 ? 100 * over / row->extra[Q] : 0) : (double)NAN;
        row->extra[H2] = s.count > 1 ? fmax(1, row->extra[Q] / df) : (double)NAN;
    }
    return p.mean;
}

double pooled_random_one(const struct score_row *row)
{
    const struct merge_options *options = row->grid->options;
    struct study s = study_of(row);
    double df = (double)s.count - 1;
    double tau2 = s.count > 1 ? tau2_of(&s, options->tau2) : 0;
    struct pooled p = pool(&s, tau2);
    double se = 1 / sqrt(p.weight), quantile = NORMAL_975;
    if (!row->extra)
        return p.mean;
    if (s.count > 1 && options->interval == MERGE_HKSJ) {
        se *= sqrt(squares(&s, tau2) / df);
        quantile = distribution_t_quantile(0.975, df);
    }
    put_extras(&s, tau2, p.mean, se, quantile, row->extra);
    if (s.count > 1) {
        double wide = quantile * sqrt(tau2 + se * se);
        row->extra[TAU2] = tau2;
        row->extra[PI_LOW] = p.mean - wide;
        row->extra[PI_HIGH] = p.mean + wide;
    }
    return p.mean;
}

/* --- What it needs ----------------------------------------------------------------------------- */

static int check_errors(const struct grid *grid, const struct grid_column *column,
                        struct uptake_error *error)
{
    const struct merge_measure *measure = column->measure;
    char id[72];
    if (!measure->se)
        return grid_refuse(
            grid->request, measure, error,
            "pooling needs its standard error; set `se` to the measure that holds it");
    for (size_t i = 0; i < grid->n; i++)
        if (!isnan(measure->value[i]) && !(measure->se[i] > 0 && isfinite(measure->se[i])))
            return grid_refuse(
                grid->request, measure, error,
                "its standard error for %s is %.10g; expected a number above 0 beside "
                "every value",
                grid_id(grid->request, i, id), measure->se[i]);
    return 0;
}

int pooled_prepare(struct grid *grid, struct uptake_error *error)
{
    int failed = 0;
    for (size_t k = 0; k < grid->n_columns; k++) {
        const struct grid_column *column = &grid->columns[k];
        failed |= check_errors(grid, column, error);
        if (grid->rule == MERGE_BOUNDS && column->missing)
            failed |=
                grid_refuse(grid->request, column->measure, error,
                            "it is missing for %zu, and a pooled value has no bounds: it rests on "
                            "the estimates that there are; set `missing: renormalise` to pool "
                            "these",
                            column->missing);
        if (grid->rule == MERGE_WORST || grid->rule == MERGE_NEUTRAL)
            failed |=
                column->missing
                    ? grid_refuse(grid->request, column->measure, error,
                                  "nothing can stand in for a missing estimate and its error; set "
                                  "`missing: renormalise`, `drop` or `refuse`")
                    : 0;
        if (column->sign != grid->columns[0].sign)
            failed |= grid_refuse(grid->request, column->measure, error,
                                  "pooled measures estimate one quantity, and %s has the other end "
                                  "better",
                                  grid->columns[0].measure->name);
        grid->columns[k].bounded = false; /* best values: doubt is in the standard error */
    }
    grid->bounded = false;
    return failed;
}
