/*
 * Normalisation: see normalise.h. Every scale but two is a line through two points; `sum` and `linear` of a measure
 * that is better lower go by 1/x, and `rank` goes by the share of the candidates that are below.
 */
#include "merge/normalise.h"

#include <math.h>
#include <stdlib.h>

#include "merge/cell.h"
#include "merge/curve.h"
#include "merge/rank.h"

/* --- Sums over the candidates ------------------------------------------------------------------ */

struct sums {
    double count;
    double sum;
    double squares;
};

static bool counts(const struct grid *grid, const struct grid_column *column, size_t i)
{
    return grid->standing[i] == MERGE_RANKED && !isnan(column->measure->value[i]);
}

static struct sums sums_of(const struct grid *grid, const struct grid_column *column)
{
    struct sums sums = {0, 0, 0};
    for (size_t i = 0; i < grid->n; i++) {
        if (!counts(grid, column, i))
            continue;
        double x = column->measure->value[i];
        sums.count += 1;
        sums.sum += x;
        sums.squares += x * x;
    }
    return sums;
}

static double sum_of_reciprocals(const struct grid *grid, const struct grid_column *column)
{
    double sum = 0;
    for (size_t i = 0; i < grid->n; i++)
        sum += counts(grid, column, i) ? 1 / column->measure->value[i] : 0;
    return sum;
}

/* Of the population: divided by n. */
static double deviation_of(const struct grid *grid, const struct grid_column *column, double mean,
                           double count)
{
    double sum = 0;
    for (size_t i = 0; i < grid->n; i++) {
        double from = counts(grid, column, i) ? column->measure->value[i] - mean : 0;
        sum += from * from;
    }
    return sqrt(sum / count);
}

/* --- Scales ------------------------------------------------------------------------------------ */

struct scaling {
    const struct grid *grid;
    struct grid_column *column;
    const struct scan *scan;
    struct uptake_error *error;
    bool up;
};

static int set_line(struct scaling *s, double origin, double span)
{
    s->column->origin = origin;
    s->column->span = span;
    s->column->constant = !(span > 0);
    return 0;
}

static int set_ends(struct scaling *s, double least, double most)
{
    if (isinf(most - least) && least < most)
        return grid_refuse(s->grid->request, s->column->measure, s->error,
                           "its limits %.10g and %.10g are too far apart", least, most);
    return set_line(s, least, most - least);
}

/* The least value, bounds included: what must not be below 0. */
static int check_positive(struct scaling *s, bool above, const char *name)
{
    double least = s->scan->min;
    if (s->column->bounded && !isnan(s->column->measure->min))
        least = s->column->measure->min < least ? s->column->measure->min : least;
    if (s->scan->min > s->scan->max || (above ? least > 0 : least >= 0))
        return 0;
    return grid_refuse(s->grid->request, s->column->measure, s->error,
                       "`normalise: %s` needs values %s 0, and its least is %.10g; set another "
                       "normalisation, such as `range`%s",
                       name, above ? "above" : "from", least,
                       s->column->bounded ? ", or a higher `min`" : "");
}

static int set_reciprocal(struct scaling *s, double span, const char *name)
{
    if (check_positive(s, true, name) != 0)
        return -1;
    s->column->reciprocal = true;
    return set_line(s, 0, span);
}

static int set_sum(struct scaling *s)
{
    if (!s->up)
        return set_reciprocal(s, sum_of_reciprocals(s->grid, s->column), "sum");
    return check_positive(s, false, "sum") ? -1 : set_line(s, 0, sums_of(s->grid, s->column).sum);
}

static int set_linear(struct scaling *s)
{
    if (!s->up)
        return set_reciprocal(s, 1 / s->scan->min, "linear");
    return check_positive(s, false, "linear") ? -1 : set_line(s, 0, s->scan->max);
}

static int set_vector(struct scaling *s)
{
    double length = sqrt(sums_of(s->grid, s->column).squares);
    return set_line(s, s->up ? 0 : -length, length);
}

static int set_max(struct scaling *s)
{
    if (check_positive(s, false, "max") != 0)
        return -1;
    return set_line(s, s->up ? 0 : -s->scan->max, s->scan->max);
}

static int set_z(struct scaling *s)
{
    struct sums sums = sums_of(s->grid, s->column);
    double mean = sums.sum / sums.count;
    bool spread = s->scan->min < s->scan->max;
    return set_line(s, s->column->sign * mean,
                    spread ? deviation_of(s->grid, s->column, mean, sums.count) : 0);
}

static int compare_numbers(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static int set_rank(struct scaling *s)
{
    struct grid_column *column = s->column;
    column->sorted = rank_alloc(s->grid->n, sizeof *column->sorted, s->error);
    if (!column->sorted)
        return -1;
    for (size_t i = 0; i < s->grid->n; i++)
        if (counts(s->grid, column, i))
            column->sorted[column->n_sorted++] = column->sign * column->measure->value[i];
    qsort(column->sorted, column->n_sorted, sizeof *column->sorted, compare_numbers);
    column->constant = !(s->scan->min < s->scan->max);
    return 0;
}

/* Rim falls to 0 at the limits; spotis as far as the limits are apart. Limits are there: merge_check has seen to it. */
static int set_ideal(struct scaling *s)
{
    const struct merge_measure *measure = s->column->measure;
    bool rim = s->grid->method->needs & MERGE_NEEDS_IDEAL;
    double whole = measure->max - measure->min;
    s->column->ideal = true;
    s->column->below_span = rim ? measure->ideal_low - measure->min : whole;
    s->column->above_span = rim ? measure->max - measure->ideal_high : whole;
    return 0;
}

static int set_scale(struct scaling *s)
{
    const struct scan *scan = s->scan;
    s->column->origin = 0;
    s->column->span = 1;
    if (s->column->measure->has_ideal)
        return set_ideal(s);
    if (s->column->curve)
        return 0;
    switch (s->grid->normalise) {
    case MERGE_DECLARED: return set_ends(s, s->column->bottom, s->column->top);
    case MERGE_RANGE:
        return set_ends(s, s->up ? scan->min : -scan->max, s->up ? scan->max : -scan->min);
    case MERGE_SUM: return set_sum(s);
    case MERGE_VECTOR: return set_vector(s);
    case MERGE_MAX: return set_max(s);
    case MERGE_LINEAR: return set_linear(s);
    case MERGE_Z: return set_z(s);
    case MERGE_RANK: return set_rank(s);
    case MERGE_NONE:
    case MERGE_OWN: return 0;
    }
    return 0;
}

/* --- What stands in for a missing value -------------------------------------------------------- */

/* Oriented: the declared worst end under `declared`, else the worst value present, if any. */
static double worst_end(const struct grid *grid, const struct grid_column *column,
                        const struct scan *scan)
{
    double present = column->sign > 0 ? scan->min : -scan->max;
    bool declared_first = grid->normalise == MERGE_DECLARED || grid->normalise == MERGE_OWN;
    if (declared_first && !isnan(column->bottom))
        return column->bottom;
    return scan->min <= scan->max ? present : column->bottom;
}

/* Scales from 0 to 1 have 0.5; the others the middle of the declared limits, or of what is present. */
static double middle_of(const struct grid *grid, const struct grid_column *column)
{
    if (!column->curve && (grid->normalise == MERGE_DECLARED || grid->normalise == MERGE_RANGE ||
                           grid->normalise == MERGE_RANK))
        return 0.5;
    double bottom = cell_normalised(column, column->bottom);
    double top = cell_normalised(column, column->top);
    if (column->curve)
        curve_range(column->curve, column->bottom, column->top, &bottom, &top);
    double middle = bottom / 2 + top / 2;
    bool from_data = grid->normalise != MERGE_NONE;
    return isfinite(middle) || !from_data ? middle : column->worst / 2 + column->best / 2;
}

/* Of anything within the limits; without limits, of the candidates. */
static double worst_worth(const struct grid_column *column)
{
    double least, most;
    curve_range(column->curve, column->bottom, column->top, &least, &most);
    return isfinite(least) ? least : column->worst;
}

/* Normalised value of what is missing; NaN where the rule leaves it so, or nothing is known. */
static double filler_of(const struct grid *grid, const struct grid_column *column,
                        const struct scan *scan)
{
    bool worst = grid->rule == MERGE_WORST;
    bool middle = grid->rule == MERGE_BOUNDS || grid->rule == MERGE_NEUTRAL;
    if (column->constant)
        return worst || middle ? 0.5 : (double)NAN;
    if (worst && column->ideal)
        return fmin(cell_normalised(column, column->bottom), cell_normalised(column, column->top));
    if (worst && column->curve)
        return worst_worth(column);
    if (worst)
        return cell_normalised(column, worst_end(grid, column, scan));
    if (!middle || grid->normalise == MERGE_OWN)
        return (double)NAN;
    return middle_of(grid, column);
}

/* Under `bounds`, the grid has seen to it that what is needed is known. */
static int set_filler(const struct grid *grid, struct grid_column *column, const struct scan *scan,
                      struct uptake_error *error)
{
    bool wanted = grid->rule == MERGE_WORST || grid->rule == MERGE_NEUTRAL;
    bool scale = grid->method->needs & MERGE_NEEDS_SCALE;
    column->filler = filler_of(grid, column, scan);
    if (!column->missing || !wanted || !scale || isfinite(column->filler))
        return 0;
    return grid_refuse(grid->request, column->measure, error,
                       "it is missing for some, and nothing says what to put there; set `min` and "
                       "`max` of the measure, or another `missing` rule");
}

/* The best and the worst worth of the candidates: not always at the ends. */
static void set_worths(const struct grid *grid, struct grid_column *column)
{
    bool first = true;
    for (size_t i = 0; i < grid->n; i++) {
        if (!counts(grid, column, i))
            continue;
        double worth = curve_at(column->curve, column->measure->value[i]);
        column->best = first || worth > column->best ? worth : column->best;
        column->worst = first || worth < column->worst ? worth : column->worst;
        first = false;
    }
}

int normalise_column(const struct grid *grid, struct grid_column *column, struct scan scan,
                     struct uptake_error *error)
{
    bool up = column->sign > 0;
    struct scaling s = {grid, column, &scan, error, up};
    if (set_scale(&s) != 0)
        return -1;
    column->best = column->constant ? 0.5 : cell_normalised(column, up ? scan.max : -scan.min);
    column->worst = column->constant ? 0.5 : cell_normalised(column, up ? scan.min : -scan.max);
    if (column->curve)
        set_worths(grid, column);
    return set_filler(grid, column, &scan, error);
}

void normalise_finish(struct grid_column *column)
{
    rank_free(&column->sorted);
}
