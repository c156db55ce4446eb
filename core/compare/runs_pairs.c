/* Measures whose values changed between two runs, as the two sides of a comparison: every usual statistic of a pair. */
#include <math.h>

#include "compare/runs.h"

/* The values at the rows of both runs; NaN: it has none there. */
static const double *values_of(struct runs *runs, const struct result_column *column, bool second)
{
    double *values = arena_array(&runs->arena, runs->n_rows, sizeof *values);
    for (size_t k = 0; values && k < runs->n_rows; k++) {
        uint64_t row = second ? runs->rows[k].b : runs->rows[k].a;
        double value = row == UINT64_MAX ? (double)NAN : column->values[row];
        values[k] = isinf(value) ? (double)NAN : value;
    }
    return values;
}

static double tolerance_of(const struct runs *runs, const struct runs_measure *measure)
{
    double declared = fmax(measure->a->write->tolerance, measure->b->write->tolerance);
    return fmax(isfinite(declared) ? declared : 0, runs->options.atol);
}

/* One measure in two runs answers one question, whatever it declares of it. */
static int compare_pair(struct runs *runs, struct runs_measure *measure, struct uptake_error *error)
{
    const struct spec_compare how = {.top_k = runs->options.top_k,
                                     .rbo_p = runs->options.rbo_p,
                                     .tolerance = tolerance_of(runs, measure)};
    const struct result_column *columns[] = {measure->a, measure->b};
    struct result_side sides[2];
    for (int k = 0; k < 2; k++) {
        sides[k] = (struct result_side){.name = measure->name,
                                        .plugin = SIZE_MAX,
                                        .merge = SIZE_MAX,
                                        .better = columns[k]->write->better,
                                        .quantity = measure->name,
                                        .unit = columns[k]->write->unit,
                                        .value = values_of(runs, columns[k], k == 1)};
        if (!sides[k].value)
            return error_memory(error);
    }
    return compare_two(sides, runs->n_rows, &how, &runs->arena, &measure->pair, error);
}

int runs_compare_pairs(struct runs *runs, struct uptake_error *error)
{
    for (size_t k = 0; k < runs->n_measures; k++) {
        struct runs_measure *measure = &runs->measures[k];
        if (measure->changed > 0 && measure->a->values && measure->b->values &&
            compare_pair(runs, measure, error) != 0)
            return -1;
    }
    return 0;
}
