/* Notes: see notes.h. */
#include "merge/notes.h"

#include <math.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

/* At most: a failure, weights, bounds, limits, three standings; and what note_weights and note_column say of one. */
enum { NOTES_SHARED = 7, NOTES_A_MEASURE = 3 };

/* A note that finds no memory leaves a NULL, which notes_write looks for. */
__attribute__((format(printf, 2, 3))) static void note(struct merge_result *result,
                                                       const char *format, ...)
{
    char text[ERROR_BYTES];
    va_list values;
    va_start(values, format);
    vsnprintf(text, sizeof text, format, values);
    va_end(values);
    result->notes[result->n_notes++] = arena_text(&result->arena, text, strlen(text));
}

static void note_weights(const struct merge_request *request, struct merge_result *result)
{
    double sum = 0;
    for (size_t k = 0; k < request->n_measures; k++) {
        sum += request->measures[k].weight;
        if (!(request->measures[k].weight > 0))
            note(result, "measure %s has weight 0 and is left out", request->measures[k].name);
    }
    if (result->weighting != MERGE_GIVEN) {
        const char *source;
        note(result, "weights are computed (%s)%s",
             merge_weighting_at((size_t)result->weighting, &source)->name,
             result->weights_from < result->n ? ", from innovations without a gap alone" : "");
    } else if (fabs(sum - 1) > 1e-9 && result->method->needs & MERGE_NEEDS_WEIGHTS)
        note(result, "weights are divided by their sum, %.10g", sum);
}

static void note_column(const struct grid *grid, const struct grid_column *column,
                        struct merge_result *result)
{
    const struct merge_measure *measure = column->measure;
    bool doubt = measure->low || measure->high;
    if (column->constant && grid->n)
        note(result, "measure %s has no spread (%s): its normalised value is 0.5 for all",
             measure->name, grid->normalise == MERGE_RANGE ? "all values are equal" : "min = max");
    if (doubt && grid->rule != MERGE_BOUNDS)
        note(result,
             "measure %s has bounds, which `missing: %s` does not use: scores rest on best values",
             measure->name, merge_rules(&(size_t){0})[grid->rule].name);
    if (grid->normalise == MERGE_NONE && column->sign < 0)
        note(result, "measure %s is better lower and not normalised: it enters negated",
             measure->name);
}

static void note_standing(const struct grid *grid, struct merge_result *result)
{
    size_t counts[MERGE_FAILED + 1] = {0};
    for (size_t i = 0; i < result->n; i++)
        counts[result->standing[i]]++;
    for (unsigned s = MERGE_BELOW_FLOOR; s <= MERGE_NOTHING; s++)
        if (counts[s])
            note(result, "%zu of %zu not ranked: %s (floor %g)", counts[s], result->n,
                 merge_standing_text((enum merge_standing)s), grid->request->floor);
}

int notes_write(const struct grid *grid, struct merge_result *result, struct uptake_error *error)
{
    size_t room = NOTES_SHARED + grid->request->n_measures * NOTES_A_MEASURE;
    result->notes = arena_array(&result->arena, room, sizeof *result->notes);
    if (!result->notes)
        return error_memory(error);
    if (*result->failure)
        note(result, "%s", result->failure);
    note_weights(grid->request, result);
    if (result->not_a_bound)
        note(result, "score_low and score_high are not bounds: each is found with one innovation's "
                     "gaps at one "
                     "end and all others' at the other");
    if (grid->normalise != MERGE_DECLARED && grid->normalise != MERGE_NONE &&
        grid->normalise != MERGE_OWN)
        note(result,
             "limits are from the data: adding or removing an innovation can reverse the order "
             "of others");
    for (size_t k = 0; k < grid->n_columns; k++)
        note_column(grid, &grid->columns[k], result);
    note_standing(grid, result);
    for (size_t k = 0; k < result->n_notes; k++)
        if (!result->notes[k])
            return error_memory(error);
    return 0;
}
