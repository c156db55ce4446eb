/* Merging: see merge.h. Checks a request and runs the stages. */
#include "merge/merge.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "base/text.h"
#include "merge/grid.h"
#include "merge/notes.h"
#include "merge/place.h"
#include "merge/rank.h"
#include "merge/score.h"

/* --- Checking --------------------------------------------------------------------------------- */

struct choice {
    const struct merge_method *method;
    enum merge_rule rule;
    enum merge_normalise normalise;
};

static int unknown(const struct merge_request *request, struct place place, const char *key,
                   const char *word, const struct nearest *nearest, struct uptake_error *error)
{
    struct merge_request at = *request;
    char quoted[72];
    char hint[96];
    at.place = place.file ? place : request->place;
    return grid_refuse(&at, NULL, error, "unknown %s '%s'%s", key,
                       text_quote(quoted, word, strlen(word)), nearest_hint(nearest, hint));
}

static int choose_method(const struct merge_request *request, struct choice *choice,
                         struct uptake_error *error)
{
    size_t count;
    const struct merge_method *methods = merge_methods(&count);
    struct nearest nearest;
    const char *word = request->method ? request->method : "";
    nearest_start(&nearest, word, strlen(word));
    for (size_t k = 0; k < count; k++) {
        if (!strcmp(methods[k].name, word)) {
            choice->method = &methods[k];
            return 0;
        }
        nearest_offer(&nearest, methods[k].name);
    }
    return unknown(request, request->method_place, "method", word, &nearest, error);
}

/* The row of a table whose name is the word; -1 and a message where there is none. */
static int choose_word(const struct merge_request *request, struct place place, const char *key,
                       const char *word, const struct merge_word *words, size_t count,
                       struct uptake_error *error)
{
    struct nearest nearest;
    nearest_start(&nearest, word, strlen(word));
    for (size_t k = 0; k < count; k++) {
        if (!strcmp(words[k].name, word))
            return (int)k;
        nearest_offer(&nearest, words[k].name);
    }
    return unknown(request, place, key, word, &nearest, error);
}

static int choose_rule(const struct merge_request *request, struct choice *choice,
                       struct uptake_error *error)
{
    size_t count;
    const struct merge_word *rules = merge_rules(&count);
    const char *word = request->missing ? request->missing : rules[MERGE_BOUNDS].name;
    int row = choose_word(request, request->missing_place, "rule for `missing`", word, rules, count,
                          error);
    choice->rule = row < 0 ? MERGE_BOUNDS : (enum merge_rule)row;
    return row < 0 ? -1 : 0;
}

static int choose_normalise(const struct merge_request *request, struct choice *choice,
                            struct uptake_error *error)
{
    size_t count;
    const struct merge_word *words = merge_normalisations(&count);
    if (choice->method)
        choice->normalise = choice->method->normalise;
    if (!request->normalise)
        return 0;
    int row = choose_word(request, request->normalise_place, "normalisation", request->normalise,
                          words, count, error);
    if (row < 0 || !choice->method)
        return -1;
    bool scale = choice->method->needs & MERGE_NEEDS_SCALE;
    if (scale == (row == MERGE_OWN))
        return grid_refuse(request, NULL, error,
                           "`normalise: %s` does not go with method %s, which %s", words[row].name,
                           choice->method->name,
                           scale ? "needs values on a scale (declared, range or none)"
                                 : "looks at the order of the values only; leave `normalise` out");
    choice->normalise = (enum merge_normalise)row;
    return 0;
}

static int check_limits(const struct merge_request *request, const struct merge_measure *measure,
                        bool declared, struct uptake_error *error)
{
    if (measure->min > measure->max)
        return grid_refuse(request, measure, error, "min %.10g is above max %.10g", measure->min,
                           measure->max);
    if (!declared || !(measure->weight > 0) || (isfinite(measure->min) && isfinite(measure->max)))
        return 0;
    const char *which = "min and max are";
    if (isfinite(measure->min) || isfinite(measure->max))
        which = isfinite(measure->min) ? "max is" : "min is";
    return grid_refuse(
        request, measure, error,
        "`normalise: declared` needs finite limits, and %s not "
        "declared or infinite; set `min` and `max` of the measure, or `normalise: range`",
        which);
}

static int check_measure(const struct merge_request *request, const struct merge_measure *measure,
                         bool declared, struct uptake_error *error)
{
    int status = 0;
    if (!isfinite(measure->weight) || measure->weight < 0)
        status = grid_refuse(request, measure, error,
                             "its weight is %g; expected a finite number of at "
                             "least 0",
                             measure->weight);
    if (measure->better != 1 && measure->better != -1)
        status = grid_refuse(request, measure, error,
                             "neither end of it is better; set `better: higher` "
                             "or `better: lower`");
    return check_limits(request, measure, declared, error) | status;
}

static int check_weights(const struct merge_request *request, struct uptake_error *error)
{
    double sum = 0;
    if (!request->n_measures)
        return grid_refuse(request, NULL, error, "it names no measures");
    for (size_t k = 0; k < request->n_measures; k++)
        sum += request->measures[k].weight;
    if (sum == 0)
        return grid_refuse(request, NULL, error,
                           "every weight is 0; give at least one measure (%s%s) a "
                           "weight above 0",
                           request->measures[0].name, request->n_measures > 1 ? ", ..." : "");
    if (isinf(sum))
        return grid_refuse(request, NULL, error, "the weights are too large to be added up");
    return 0;
}

static int check_all(const struct merge_request *request, struct choice *choice,
                     struct uptake_error *error)
{
    int status = choose_method(request, choice, error);
    status |= choose_rule(request, choice, error);
    status |= choose_normalise(request, choice, error);
    if (!(request->floor >= 0 && request->floor <= 1))
        status = grid_refuse(request, NULL, error, "floor is %g; expected a share from 0 to 1",
                             request->floor);
    bool declared = choice->method && choice->normalise == MERGE_DECLARED;
    bool weights_bad = false;
    for (size_t k = 0; k < request->n_measures; k++) {
        const struct merge_measure *measure = &request->measures[k];
        status |= check_measure(request, measure, declared, error);
        weights_bad |= !isfinite(measure->weight) || measure->weight < 0;
    }
    if (!weights_bad)
        status |= check_weights(request, error);
    return status ? -1 : 0;
}

int merge_check(const struct merge_request *request, struct uptake_error *error)
{
    struct choice choice = {0};
    return check_all(request, &choice, error);
}

/* --- Running ---------------------------------------------------------------------------------- */

static int allocate(struct merge_result *result, size_t n, struct uptake_error *error)
{
    struct arena *arena = &result->arena;
    double **const numbers[] = {&result->score, &result->score_low, &result->score_high,
                                &result->coverage};
    uint32_t **const ranks[] = {&result->rank, &result->rank_low, &result->rank_high,
                                &result->order};
    bool full = true;
    for (size_t k = 0; k < sizeof numbers / sizeof *numbers; k++)
        full = full && (*numbers[k] = arena_array(arena, n, sizeof(double)));
    for (size_t k = 0; k < sizeof ranks / sizeof *ranks; k++)
        full = full && (*ranks[k] = arena_array(arena, n, sizeof(uint32_t)));
    full = full && (result->standing = arena_array(arena, n, 1));
    result->n = n;
    return full ? 0 : error_memory(error);
}

static void clear_parts(const struct merge_request *request)
{
    const struct merge_parts *parts = &request->parts;
    if (!parts->value && !parts->weight && !parts->contribution)
        return;
    for (size_t at = 0; at < request->n_measures * request->n; at++) {
        if (parts->value)
            parts->value[at] = (double)NAN;
        if (parts->weight)
            parts->weight[at] = 0;
        if (parts->contribution)
            parts->contribution[at] = 0;
    }
}

static int score(const struct grid *grid, struct merge_result *result, struct uptake_error *error)
{
    struct score_columns scores = {result->score, result->score_low, result->score_high};
    const struct merge_method *method = grid->method;
    clear_parts(grid->request);
    return method->whole ? method->whole(grid, &scores, error)
                         : score_by_rows(grid, &scores, error);
}

static int run(const struct merge_request *request, const struct choice *choice,
               struct merge_result *result, struct uptake_error *error)
{
    if (allocate(result, request->n, error))
        return -1;
    RANK_SCRATCH struct grid_column *columns =
        rank_alloc(request->n_measures, sizeof *columns, error);
    if (!columns)
        return -1;
    struct grid grid = {.request = request,
                        .method = choice->method,
                        .rule = choice->rule,
                        .normalise = choice->normalise,
                        .n = request->n,
                        .columns = columns,
                        .coverage = result->coverage,
                        .standing = result->standing};
    result->method = choice->method;
    result->normalise = choice->normalise;
    result->rule = choice->rule;
    if (grid_build(&grid, error) || score(&grid, result, error) ||
        place_rank(request, result, error))
        return -1;
    return notes_write(&grid, result, error);
}

int merge_run(const struct merge_request *request, struct merge_result *result,
              struct uptake_error *error)
{
    struct choice choice = {0};
    struct merge_result fresh = {0};
    if (check_all(request, &choice, error))
        return -1;
    if (request->n > UINT32_MAX)
        return grid_refuse(request, NULL, error, "%zu innovations are more than can be ranked (%u)",
                           request->n, UINT32_MAX);
    if (run(request, &choice, &fresh, error)) {
        merge_finish(&fresh);
        return -1;
    }
    *result = fresh;
    return 0;
}

void merge_finish(struct merge_result *result)
{
    arena_finish(&result->arena);
    *result = (struct merge_result){0};
}
