/* Scores of one innovation's values in order; what each does is said in its row of methods.c. */
#include <math.h>

#include "merge/methods.h"
#include "merge/rank.h"

/* Cumulated weights this close to a share are at the share: they are rounded sums. */
static const double SLACK = 1e-12;

/* Least first. Few values: by insertion. */
static void sort_row(const struct score_row *row)
{
    for (size_t k = 1; k < row->count; k++) {
        double z = row->z[k], weight = row->weight[k];
        size_t at = k;
        for (; at > 0 && row->z[at - 1] > z; at--) {
            row->z[at] = row->z[at - 1];
            row->weight[at] = row->weight[at - 1];
        }
        row->z[at] = z;
        row->weight[at] = weight;
    }
}

/* The middle between the lower and the upper weighted median. */
static double median_of_sorted(const struct score_row *row)
{
    double sum = 0;
    for (size_t k = 0; k < row->count; k++) {
        sum += row->weight[k];
        if (fabs(sum - 0.5) <= SLACK && k + 1 < row->count)
            return row->z[k] / 2 + row->z[k + 1] / 2;
        if (sum > 0.5)
            return row->z[k];
    }
    return row->z[row->count - 1];
}

double median_one(const struct score_row *row)
{
    sort_row(row);
    return median_of_sorted(row);
}

/* Each value covers its weight of the way from 0 to 1; what lies outside of trim .. 1 - trim is cut. */
double trimmed_mean_one(const struct score_row *row)
{
    double low = row->grid->options->trim, high = 1 - low;
    double start = 0, sum = 0;
    sort_row(row);
    if (high - low < SLACK)
        return median_of_sorted(row);
    for (size_t k = 0; k < row->count; k++) {
        double end = k + 1 < row->count ? start + row->weight[k] : 1;
        double kept = fmin(end, high) - fmax(start, low);
        sum += kept > 0 ? kept * row->z[k] : 0;
        start = end;
    }
    return sum / (high - low);
}

/* --- owa -------------------------------------------------------------------------------------- */

/* The orness of weights proportional to exp(rate * (m - j)/(m - 1)), j = 1 .. m; they go into weight. */
static double orness_of(double rate, size_t m, double *weight)
{
    double sum = 0, orness = 0, most = rate > 0 ? rate : 0;
    for (size_t j = 0; j < m; j++) {
        double share = (double)(m - 1 - j) / (double)(m - 1);
        weight[j] = exp(rate * share - most);
        sum += weight[j];
        orness += weight[j] * share;
    }
    for (size_t j = 0; j < m; j++)
        weight[j] /= sum;
    return orness / sum;
}

static void set_end(double *weight, size_t m, size_t at)
{
    for (size_t j = 0; j < m; j++)
        weight[j] = j == at;
}

/* Weights of the largest entropy with a given orness, the best first: they are geometric (Fullér & Majlender 2001). */
static void entropy_weights(double orness, size_t m, double *weight)
{
    double low = -1e5, high = 1e5;
    if (m == 1 || orness >= 1 || orness <= 0) {
        set_end(weight, m, orness <= 0 ? m - 1 : 0);
        return;
    }
    for (int step = 0; step < 200 && low < high; step++) {
        double middle = low / 2 + high / 2;
        if (orness_of(middle, m, weight) < orness)
            low = middle;
        else
            high = middle;
    }
    orness_of(orness == 0.5 ? 0 : low / 2 + high / 2, m, weight);
}

static int given_weights(struct grid *grid, struct uptake_error *error)
{
    const struct merge_options *options = grid->options;
    double sum = 0;
    if (options->n_order_weights != grid->n_columns || grid->rule == MERGE_RENORMALISE)
        return grid_refuse(
            grid->request, NULL, error,
            grid->rule == MERGE_RENORMALISE
                ? "`order_weights` are for a fixed number of values, which `missing: "
                  "renormalise` does not keep (%zu, %zu); set `orness`"
                : "`order_weights` has %zu numbers; expected one for each of the %zu "
                  "measures, the best first",
            options->n_order_weights, grid->n_columns);
    double *weight = grid->table + grid->n_columns * (grid->n_columns - 1);
    for (size_t j = 0; j < grid->n_columns; j++) {
        weight[j] = options->order_weights[j];
        sum += weight[j];
    }
    if (!(sum > 0) || isinf(sum))
        return grid_refuse(grid->request, NULL, error, "the sum of `order_weights` is %g", sum);
    for (size_t j = 0; j < grid->n_columns; j++)
        weight[j] /= sum;
    return 0;
}

/* A row of the table for each number of values that may be present; only the last without gaps. */
int owa_prepare(struct grid *grid, struct uptake_error *error)
{
    size_t n = grid->n_columns;
    size_t first = grid->rule == MERGE_RENORMALISE || grid->rule == MERGE_DROP ? 1 : n;
    grid->table = rank_alloc(n * n, sizeof *grid->table, error);
    if (!grid->table)
        return -1;
    if (grid->options->order_weights)
        return given_weights(grid, error);
    for (size_t m = first; m <= n; m++)
        entropy_weights(grid->options->orness, m, grid->table + n * (m - 1));
    return 0;
}

double owa_one(const struct score_row *row)
{
    size_t m = row->count;
    bool given = row->grid->options->order_weights && m < row->grid->n_columns;
    const double *weight = row->grid->table + row->grid->n_columns * (m - 1);
    double sum = 0;
    if (given)
        return (double)NAN; /* dropped */
    sort_row(row);
    for (size_t j = 0; j < m; j++)
        sum += weight[j] * row->z[m - 1 - j];
    return sum;
}
