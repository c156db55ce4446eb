/* Cells: see cell.h. Three ways to read a column, the plainest one that is right for it. */
#include "merge/cell.h"

#include <math.h>

#include "merge/curve.h"

/* sign * x, or NaN where there is no such column. */
static double at(const double *column, size_t i, double sign)
{
    return column ? sign * column[i] : (double)NAN;
}

static double cut(double x, double bottom, double top)
{
    if (x < bottom)
        return bottom;
    return x > top ? top : x;
}

static struct cell present(double value, double low, double high)
{
    return (struct cell){value, low < value ? low : value, high > value ? high : value};
}

/* What is known of a missing value: its own low and high, else the declared limits. */
static struct cell missing(const struct grid_column *column, double low, double high)
{
    bool known = isfinite(low) || isfinite(high);
    struct cell cell = {(double)NAN, isnan(low) ? column->bottom : low,
                        isnan(high) ? column->top : high};
    if (cell.low > cell.high)
        cell = (struct cell){(double)NAN, cell.high, cell.low};
    cell.low = cut(cell.low, column->bottom, column->top);
    cell.high = cut(cell.high, column->bottom, column->top);
    if (known && isfinite(cell.low) && isfinite(cell.high))
        cell.value = cell.low / 2 + cell.high / 2;
    else if (known)
        cell.value = isfinite(cell.low) ? cell.low : cell.high;
    return cell;
}

struct cell cell_of(const struct grid_column *column, size_t i)
{
    const struct merge_measure *measure = column->measure;
    bool up = column->sign > 0;
    double value = column->sign * measure->value[i];
    double low = at(up ? measure->low : measure->high, i, column->sign);
    double high = at(up ? measure->high : measure->low, i, column->sign);
    if (isnan(value))
        return missing(column, low, high);
    struct cell cell = present(value, low, high);
    cell.low = cut(cell.low, column->bottom, column->top);
    cell.high = cut(cell.high, column->bottom, column->top);
    return cell;
}

/* The share of the candidates below x, and half of those equal to it: (n - rho + 0.5)/n for mid-rank rho. */
static double percentile(const struct grid_column *column, double x)
{
    size_t below = 0, upto = 0;
    for (size_t step = column->n_sorted; step > 0; step /= 2) {
        while (below + step <= column->n_sorted && column->sorted[below + step - 1] < x)
            below += step;
        while (upto + step <= column->n_sorted && column->sorted[upto + step - 1] <= x)
            upto += step;
    }
    return ((double)below + (double)upto) / 2 / (double)column->n_sorted;
}

/* How far outside of the ideal, as a share of the way. */
static double from_ideal(const struct grid_column *column, double x)
{
    const struct merge_measure *measure = column->measure;
    double below = measure->ideal_low - x, above = x - measure->ideal_high;
    double far = below > 0 ? below : above,
           span = below > 0 ? column->below_span : column->above_span;
    if (isnan(x) || !(far > 0))
        return isnan(x) ? x : 1;
    return span > 0 ? 1 - far / span : 0;
}

double cell_normalised(const struct grid_column *column, double oriented)
{
    if (column->ideal)
        return from_ideal(column, oriented);
    if (column->curve)
        return curve_at(column->curve, oriented);
    if (column->sorted)
        return isnan(oriented) ? oriented : percentile(column, oriented);
    if (column->reciprocal)
        return -1 / (oriented * column->span);
    return (oriented - column->origin) / column->span;
}

static void read_constant(const struct grid_column *column, const double *value, size_t count,
                          struct cell_block cells)
{
    for (size_t r = 0; r < count; r++) {
        cells.value[r] = isnan(value[r]) ? column->filler : 0.5;
        if (column->bounded)
            cells.low[r] = cells.high[r] = 0.5;
    }
}

static void read_values(const struct grid_column *column, const double *value, size_t count,
                        double *out)
{
    double sign = column->sign;
    if (column->sorted || column->reciprocal || column->ideal || column->curve)
        for (size_t r = 0; r < count; r++)
            out[r] = cell_normalised(column, sign * value[r]);
    else
        for (size_t r = 0; r < count; r++)
            out[r] = (sign * value[r] - column->origin) / column->span;
    if (!column->missing)
        return;
    for (size_t r = 0; r < count; r++)
        out[r] = isnan(out[r]) ? column->filler : out[r];
}

/* From low to high a value may pass the ideal, and it is worst at one of the ends. */
static void put_ideal(const struct grid_column *column, struct cell cell, double *low, double *high)
{
    double from = from_ideal(column, cell.low), to = from_ideal(column, cell.high);
    bool passes =
        cell.low <= column->measure->ideal_high && cell.high >= column->measure->ideal_low;
    *low = from < to ? from : to;
    *high = passes ? 1 : from > to ? from : to;
}

/* Bounded by gaps alone: what is there is exact, what is not spans the limits. */
static void read_gaps(const struct grid_column *column, size_t first, size_t count,
                      struct cell_block cells)
{
    double bottom = cell_normalised(column, column->bottom);
    double top = cell_normalised(column, column->top);
    for (size_t r = 0; r < count; r++) {
        double z = cell_normalised(column, column->sign * column->measure->value[first + r]);
        bool gap = isnan(z);
        cells.value[r] = gap ? column->filler : z;
        cells.low[r] = gap ? bottom : z;
        cells.high[r] = gap ? top : z;
    }
}

static void read_bounded(const struct grid_column *column, size_t first, size_t count,
                         struct cell_block cells)
{
    for (size_t r = 0; r < count; r++) {
        struct cell cell = cell_of(column, first + r);
        cells.low[r] = cell_normalised(column, cell.low);
        cells.high[r] = cell_normalised(column, cell.high);
        cells.value[r] = isnan(cell.value) ? column->filler : cell_normalised(column, cell.value);
        if (column->ideal)
            put_ideal(column, cell, &cells.low[r], &cells.high[r]);
        if (column->curve)
            curve_range(column->curve, cell.low, cell.high, &cells.low[r], &cells.high[r]);
    }
}

bool cell_is_plain(const struct grid_column *column)
{
    return !column->constant && !column->bounded && !column->sorted && !column->reciprocal &&
           !column->ideal && !column->curve && column->origin == 0 && column->span == 1;
}

void cell_read(const struct grid_column *column, size_t first, size_t count,
               struct cell_block cells)
{
    if (column->constant)
        read_constant(column, column->measure->value + first, count, cells);
    else if (column->bounded && !column->ideal && !column->curve && !column->measure->low &&
             !column->measure->high)
        read_gaps(column, first, count, cells);
    else if (column->bounded)
        read_bounded(column, first, count, cells);
    else
        read_values(column, column->measure->value + first, count, cells.value);
}
