/* Merging: see merge.h. Checks a request and runs the stages. */
#include "merge/merge.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "base/text.h"
#include "merge/cell.h"
#include "merge/foreign.h"
#include "merge/grid.h"
#include "merge/normalise.h"
#include "merge/notes.h"
#include "merge/place.h"
#include "merge/rank.h"
#include "merge/score.h"
#include "merge/weights.h"

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

/* Of a method with forms, the one that is asked for, or that the measures' direction asks for. */
static const struct merge_method *form_of(const struct merge_request *request,
                                          const struct merge_method *method)
{
    size_t lower = 0;
    for (size_t k = 0; k < request->n_measures; k++)
        lower += request->measures[k].better < 0;
    if (!method->forms)
        return method;
    if (method->needs & MERGE_BY_DIRECTION)
        return method->forms[request->n_measures > 0 && lower == request->n_measures];
    return method->forms[request->options ? request->options->form : MERGE_RATIO];
}

static int choose_method(const struct merge_request *request, struct choice *choice,
                         struct uptake_error *error)
{
    size_t count;
    const struct merge_method *methods = merge_methods(&count);
    struct nearest nearest;
    const char *word = request->method ? request->method : "";
    if (request->foreign) {
        choice->method = &request->foreign->method;
        return 0;
    }
    nearest_start(&nearest, word, strlen(word));
    for (size_t k = 0; k < count; k++) {
        if (!strcmp(methods[k].name, word)) {
            choice->method = form_of(request, &methods[k]);
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

static int refuse_normalise(const struct merge_request *request, const struct merge_method *method,
                            const char *word, bool rank, struct uptake_error *error)
{
    if (method->needs & MERGE_OWN_SCALE)
        return grid_refuse(request, NULL, error,
                           "`normalise: %s` does not go with method %s, whose own normalisation is "
                           "part of it; leave `normalise` out",
                           word, method->name);
    if (method->needs & MERGE_NEEDS_SCALE || rank)
        return 0;
    return grid_refuse(
        request, NULL, error,
        "`normalise: %s` does not go with method %s, which looks at the order of the "
        "values only; leave `normalise` out",
        word, method->name);
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
    if (refuse_normalise(request, choice->method, words[row].name, row == MERGE_RANK, error))
        return -1;
    if (choice->method->normalise == MERGE_OWN)
        return 0;
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

/* Ideals lie within finite limits. */
static int check_ideal(const struct merge_request *request, const struct merge_measure *measure,
                       const struct merge_method *method, struct uptake_error *error)
{
    bool needed = method && method->needs & MERGE_NEEDS_IDEAL && measure->weight > 0;
    if (needed && !measure->has_ideal)
        return grid_refuse(request, measure, error,
                           "method %s needs its ideal; set `ideal` to a number, or to [from, to]",
                           method->name);
    if (!measure->has_ideal || !(measure->weight > 0))
        return 0;
    if (measure->ideal_low >= measure->min && measure->ideal_high <= measure->max)
        return check_limits(request, measure, true, error);
    return grid_refuse(request, measure, error,
                       "its ideal, from %.10g to %.10g, does not lie between `min` %.10g and `max` "
                       "%.10g",
                       measure->ideal_low, measure->ideal_high, measure->min, measure->max);
}

static int check_measure(const struct merge_request *request, const struct merge_measure *measure,
                         bool declared, const struct merge_method *method,
                         struct uptake_error *error)
{
    int status = check_ideal(request, measure, method, error);
    if (!isfinite(measure->weight) || measure->weight < 0)
        status = grid_refuse(request, measure, error,
                             "its weight is %g; expected a finite number of at "
                             "least 0",
                             measure->weight);
    bool stated = measure->has_ideal || measure->curve.count;
    if (measure->better != 1 && measure->better != -1 && !stated)
        status = grid_refuse(request, measure, error,
                             "neither end of it is better; set `better: higher` "
                             "or `better: lower`");
    return check_limits(request, measure, declared && !measure->curve.count, error) | status;
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
    if (choice->method && choice->method->needs & MERGE_NEEDS_ALL &&
        choice->rule == MERGE_RENORMALISE)
        status = grid_refuse(request, NULL, error,
                             "`missing: renormalise` does not go with method %s, which needs every "
                             "value; set another rule, such as `drop`",
                             choice->method->name);
    bool declared = choice->method && choice->normalise == MERGE_DECLARED;
    bool weights_bad = false;
    for (size_t k = 0; k < request->n_measures; k++) {
        const struct merge_measure *measure = &request->measures[k];
        status |= check_measure(request, measure, declared, choice->method, error);
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

static int allocate(struct merge_result *result, const struct merge_method *method, size_t n,
                    struct uptake_error *error)
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
    for (size_t e = 0; full && e < MERGE_EXTRAS && method->extras[e]; e++) {
        full = (result->extra[e] = arena_array(arena, n, sizeof(double)));
        for (size_t i = 0; full && i < n; i++)
            result->extra[e][i] = (double)NAN;
    }
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

/* Where a method needs values from 0, and a normalisation (none, z, vector) may give others. */
static int check_positive(const struct grid *grid, struct uptake_error *error)
{
    int failed = 0;
    for (size_t k = 0; grid->method->needs & MERGE_NEEDS_POSITIVE && k < grid->n_columns; k++) {
        const struct grid_column *column = &grid->columns[k];
        double least = column->bounded && !column->constant
                           ? fmin(column->worst, cell_normalised(column, column->bottom))
                           : column->worst;
        if (least < 0 && grid->candidates > 0)
            failed |=
                grid_refuse(grid->request, column->measure, error,
                            "method %s needs normalised values from 0, and its least is %.10g; "
                            "set another normalisation, such as `range` or `declared`",
                            grid->method->name, least);
    }
    return failed;
}

static int score(struct grid *grid, struct merge_result *result, struct uptake_error *error)
{
    struct score_columns scores = {.score = result->score,
                                   .low = result->score_low,
                                   .high = result->score_high,
                                   .result = result};
    const struct merge_method *method = grid->method;
    memcpy(scores.extra, result->extra, sizeof scores.extra);
    clear_parts(grid->request);
    if (check_positive(grid, error) || (method->prepare && method->prepare(grid, error)))
        return -1;
    return method->whole ? method->whole(grid, &scores, error)
                         : score_by_rows(grid, &scores, error);
}

static void grid_finish(struct grid *grid)
{
    for (size_t k = 0; grid->columns && k < grid->n_columns; k++)
        normalise_finish(&grid->columns[k]);
    rank_free(&grid->columns);
    rank_free(&grid->table);
}

/* The measures with the weights that the weighting finds. */
static int weigh(struct merge_request *request, struct merge_measure *measures,
                 struct merge_result *result, struct uptake_error *error)
{
    double sum = 0;
    result->weighting = request->weighting ? request->weighting->kind : MERGE_GIVEN;
    result->weights_from = request->n;
    if (result->weighting != MERGE_GIVEN) {
        if (weights_compute(request, result->weights, result, &result->weights_from, error))
            return -1;
        for (size_t k = 0; k < request->n_measures; k++) {
            measures[k] = request->measures[k];
            measures[k].weight = result->weights[k];
        }
        request->measures = measures;
    }
    for (size_t k = 0; k < request->n_measures; k++)
        sum += request->measures[k].weight;
    for (size_t k = 0; k < request->n_measures; k++)
        result->weights[k] = request->measures[k].weight / sum;
    return 0;
}

static int run(const struct merge_request *asked, const struct choice *choice,
               struct merge_result *result, struct uptake_error *error)
{
    struct merge_request weighed = *asked;
    const struct merge_request *request = &weighed;
    RANK_SCRATCH struct merge_measure *measures =
        rank_alloc(asked->n_measures, sizeof *measures, error);
    const struct merge_options usual = merge_options_usual();
    result->weights = arena_array(&result->arena, asked->n_measures, sizeof(double));
    if (!measures || !result->weights || allocate(result, choice->method, request->n, error))
        return measures ? error_memory(error) : -1;
    if (weigh(&weighed, measures, result, error))
        return -1;
    __attribute__((cleanup(grid_finish))) struct grid grid = {
        .request = request,
        .method = choice->method,
        .options = request->options ? request->options : &usual,
        .rule = choice->rule,
        .normalise = choice->normalise,
        .n = request->n,
        .columns = rank_alloc(request->n_measures, sizeof *grid.columns, error),
        .coverage = result->coverage,
        .standing = result->standing,
        .failure = result->failure};
    if (!grid.columns)
        return -1;
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
