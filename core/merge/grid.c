/*
 * The grid: see grid.h. Building it takes one pass over the columns (two under `range`, where
 * something is not ranked); cell.c reads it, which fills and normalises.
 */
#include "merge/grid.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "merge/cell.h"
#include "merge/normalise.h"
#include "merge/rank.h"

/* A coverage this little below the floor is at the floor: shares of weights are rounded. */
static const double FLOOR_SLACK = 1e-12;

/* --- Messages --------------------------------------------------------------------------------- */

int grid_refuse(const struct merge_request *request, const struct merge_measure *measure,
                struct uptake_error *error, const char *format, ...)
{
    char text[ERROR_BYTES];
    va_list values;
    va_start(values, format);
    vsnprintf(text, sizeof text, format, values);
    va_end(values);
    struct place place = measure && measure->place.file ? measure->place : request->place;
    const char *name = measure ? measure->name : "";
    const char *before = measure ? ": measure " : "";
    if (place.file)
        return error_at(error, place, "merge %s%s%s: %s", request->name, before, name, text);
    return error_add(error, EXIT_INPUT, "merge %s%s%s: %s", request->name, before, name, text);
}

const char *grid_id(const struct merge_request *request, size_t i, char text[72])
{
    const char *id = request->id ? request->id(request->ids, i) : NULL;
    if (id)
        return text_quote(text, id, strlen(id));
    snprintf(text, 72, "row %zu", i);
    return text;
}

/* --- Scanning --------------------------------------------------------------------------------- */

static struct scan scan_column(const double *value, size_t n, double weight, double *coverage)
{
    struct scan scan = {(double)INFINITY, -(double)INFINITY, 0};
    for (size_t i = 0; i < n; i++) {
        double x = value[i];
        scan.min = x < scan.min ? x : scan.min;
        scan.max = x > scan.max ? x : scan.max;
        scan.missing += x != x;
        coverage[i] += x == x ? weight : 0;
    }
    return scan;
}

/* The same limits over the candidates alone. */
static struct scan scan_candidates(const struct grid *grid, const double *value)
{
    struct scan scan = {(double)INFINITY, -(double)INFINITY, 0};
    for (size_t i = 0; i < grid->n; i++) {
        double x = grid->standing[i] == MERGE_RANKED ? value[i] : (double)NAN;
        scan.min = x < scan.min ? x : scan.min;
        scan.max = x > scan.max ? x : scan.max;
    }
    return scan;
}

static int refuse_value(const struct grid *grid, const struct merge_measure *measure,
                        struct uptake_error *error)
{
    char id[72];
    for (size_t i = 0; i < grid->n; i++) {
        double x = measure->value[i];
        if (isinf(x))
            return grid_refuse(grid->request, measure, error,
                               "its value for %s is infinite; expected "
                               "a finite number, or none",
                               grid_id(grid->request, i, id));
        if (x < measure->min || x > measure->max)
            return grid_refuse(
                grid->request, measure, error,
                "its value for %s is %.10g; expected "
                "a number from min %.10g to max %.10g: set `min` and `max` so that every "
                "value lies between them",
                grid_id(grid->request, i, id), x, measure->min, measure->max);
    }
    return 0;
}

static int refuse_missing(const struct grid *grid, const struct grid_column *column,
                          struct uptake_error *error)
{
    char id[72];
    char more[48] = "";
    size_t i = 0;
    while (!isnan(column->measure->value[i]))
        i++;
    if (column->missing > 1)
        snprintf(more, sizeof more, " and %zu more", column->missing - 1);
    return grid_refuse(grid->request, column->measure, error,
                       "it is missing for %s%s, and `missing: "
                       "refuse` allows no gaps; give the values, or set `missing: bounds`",
                       grid_id(grid->request, i, id), more);
}

/* Under `bounds`, every low and high must be known, and finite where a scale is needed. */
static int check_bounds(const struct grid *grid, const struct grid_column *column,
                        struct uptake_error *error)
{
    bool scale = grid->method->needs & MERGE_NEEDS_SCALE;
    char id[72];
    bool cells_differ = column->measure->low || column->measure->high;
    for (size_t i = 0; i < grid->n; i++) {
        if (!cells_differ && !isnan(column->measure->value[i]))
            continue;
        struct cell cell = cell_of(column, i);
        bool known = scale ? isfinite(cell.low) && isfinite(cell.high)
                           : !isnan(cell.low) && !isnan(cell.high);
        if (known && cells_differ)
            continue;
        if (known)
            return 0; /* one gap is like the other */
        return grid_refuse(grid->request, column->measure, error,
                           "%s for %s, and there is no declared "
                           "limit to bound it; set `min` and `max` of the measure, or another rule "
                           "than `missing: bounds`",
                           isnan(column->measure->value[i]) ? "it is missing" : "it is open-ended",
                           grid_id(grid->request, i, id));
    }
    return 0;
}

static int scan_measure(struct grid *grid, struct grid_column *column, struct scan *scan,
                        struct uptake_error *error)
{
    const struct merge_measure *measure = column->measure;
    *scan = scan_column(measure->value, grid->n, column->weight, grid->coverage);
    column->missing = scan->missing;
    bool bad = isinf(scan->min) || isinf(scan->max) || scan->min < measure->min ||
               scan->max > measure->max;
    if (bad && scan->missing < grid->n && refuse_value(grid, measure, error))
        return -1;
    if (scan->missing && grid->rule == MERGE_REFUSE)
        return refuse_missing(grid, column, error);
    column->bounded =
        grid->rule == MERGE_BOUNDS && (scan->missing || measure->low || measure->high);
    return column->bounded ? check_bounds(grid, column, error) : 0;
}

static void drop_incomplete(struct grid *grid, const struct grid_column *column)
{
    for (size_t i = 0; column->missing && i < grid->n; i++)
        if (isnan(column->measure->value[i]))
            grid->standing[i] = MERGE_DROPPED;
}

/* Sums of weights become shares; standings follow from them. */
static void stand(struct grid *grid)
{
    double least = grid->request->floor - FLOOR_SLACK;
    for (size_t k = 0; grid->rule == MERGE_DROP && k < grid->n_columns; k++)
        drop_incomplete(grid, &grid->columns[k]);
    grid->candidates = 0;
    for (size_t i = 0; i < grid->n; i++) {
        grid->coverage[i] /= grid->weight_sum;
        if (grid->standing[i] == MERGE_RANKED && grid->coverage[i] < least)
            grid->standing[i] = MERGE_BELOW_FLOOR;
        grid->candidates += grid->standing[i] == MERGE_RANKED;
    }
}

static int set_column(struct grid *grid, struct grid_column *column, struct scan scan,
                      struct uptake_error *error)
{
    if (grid->candidates < grid->n)
        scan = scan_candidates(grid, column->measure->value);
    return normalise_column(grid, column, scan, error);
}

/* --- Building --------------------------------------------------------------------------------- */

static void add_column(struct grid *grid, size_t k)
{
    const struct merge_measure *measure = &grid->request->measures[k];
    const struct merge_curve *curve = measure->curve.count ? &measure->curve : NULL;
    double sign = measure->better > 0 || measure->has_ideal || curve ? 1 : -1;
    struct grid_column *column = &grid->columns[grid->n_columns++];
    *column = (struct grid_column){
        .measure = measure, .index = k, .weight = measure->weight, .sign = sign, .span = 1};
    column->bottom = sign > 0 ? measure->min : -measure->max;
    column->top = sign > 0 ? measure->max : -measure->min;
    column->curve = curve;
    if (curve && !curve->extends && !isfinite(measure->min)) /* below it, all is worth the same */
        column->bottom = curve->points[0];
    if (curve && !curve->extends && !isfinite(measure->max))
        column->top = curve->points[2 * (curve->count - 1)];
}

/* Scaling by a power of two keeps huge weights from overflowing and changes no digit. */
static void scale_weights(struct grid *grid)
{
    double sum = 0;
    int exponent;
    for (size_t k = 0; k < grid->n_columns; k++)
        sum += grid->columns[k].weight;
    (void)frexp(sum, &exponent);
    grid->weight_sum = 0;
    for (size_t k = 0; k < grid->n_columns; k++) {
        grid->columns[k].weight = ldexp(grid->columns[k].weight, -exponent);
        grid->weight_sum += grid->columns[k].weight;
    }
}

int grid_build(struct grid *grid, struct uptake_error *error)
{
    const struct merge_request *request = grid->request;
    int status = 0;
    for (size_t k = 0; k < request->n_measures; k++)
        if (request->measures[k].weight > 0)
            add_column(grid, k);
    scale_weights(grid);
    RANK_SCRATCH struct scan *scans = rank_alloc(grid->n_columns, sizeof *scans, error);
    if (!scans)
        return -1;
    for (size_t k = 0; k < grid->n_columns; k++)
        status |= scan_measure(grid, &grid->columns[k], &scans[k], error);
    if (status)
        return -1;
    stand(grid);
    for (size_t k = 0; k < grid->n_columns; k++) {
        status |= set_column(grid, &grid->columns[k], scans[k], error);
        grid->bounded |= grid->columns[k].bounded;
    }
    return status ? -1 : 0;
}
