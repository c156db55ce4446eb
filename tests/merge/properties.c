/*
 * What must not change a merge, over every method of the table: the order of rows and of measures, the units, the side
 * from which a measure is looked at, a measure that is the same for all. And oracles that know nothing of how it is
 * done: every corner of what is not known filled in, and Kemeny's disagreement over all orders.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "merge/problem.h"

enum { ROWS = 7, COLS = 4, MORE = COLS + 1 };

struct world {
    double value[MORE][ROWS], se[MORE][ROWS];
    struct merge_measure measures[MORE];
    size_t rows, cols;
};

static void point(struct world *world)
{
    for (size_t k = 0; k < MORE; k++) {
        world->measures[k].value = world->value[k];
        world->measures[k].se = world->se[k];
    }
}

static void fill(struct world *world, uint64_t seed, bool one_direction)
{
    static const char *const names[MORE] = {"a", "b", "c", "d", "e"};
    *world = (struct world){.rows = ROWS, .cols = COLS};
    for (size_t k = 0; k < MORE; k++) {
        int better = one_direction || problem_random(&seed, 2) ? 1 : -1;
        for (size_t i = 0; i < ROWS; i++) {
            world->value[k][i] = 1 + problem_random(&seed, 40) / 2.0;
            world->se[k][i] = 0.5 + problem_random(&seed, 8) / 4.0;
        }
        world->measures[k] = problem_measure(names[k], 1 + problem_random(&seed, 4), better, 0.5,
                                             22, world->value[k]);
        world->measures[k].has_ideal = false;
    }
    point(world);
}

static bool needs(const struct merge_method *method, unsigned what)
{
    return method->needs & what;
}

static void merge(const struct merge_method *method, struct world *world,
                  struct merge_result *result)
{
    struct uptake_error error = {0};
    for (size_t k = 0; k < MORE; k++) {
        world->measures[k].has_ideal = needs(method, MERGE_NEEDS_IDEAL);
        if (world->measures[k].has_ideal && world->measures[k].ideal_high == 0) {
            world->measures[k].ideal_low = 8;
            world->measures[k].ideal_high = 11;
        }
    }
    struct merge_request request =
        problem_request(method->name, world->measures, world->cols, world->rows);
    request.eps = 1e-9; /* what ties but for rounding ties */
    cr_assert_eq(merge_run(&request, result, &error), 0, "%s: %s", method->name, error.text[0]);
}

static void same(const struct merge_method *method, const char *what, const struct merge_result *a,
                 const struct merge_result *b, const size_t *row, bool scores)
{
    for (size_t i = 0; i < ROWS; i++) {
        size_t j = row ? row[i] : i;
        cr_expect(!scores || problem_near(a->score[i], b->score[j], 1e-9 * (1 + fabs(a->score[i]))),
                  "%s, %s: score %.17g became %.17g", method->name, what, a->score[i], b->score[j]);
        cr_expect_eq(a->rank[i], b->rank[j], "%s, %s: rank %u became %u", method->name, what,
                     a->rank[i], b->rank[j]);
    }
}

/* a: as it is; b: as it was changed. */
static void permuted(const struct merge_method *method, uint64_t seed)
{
    static const size_t row[ROWS] = {3, 0, 6, 1, 5, 2, 4}, column[COLS] = {2, 0, 3, 1};
    struct world world, other;
    struct merge_result a = {0}, b = {0};
    fill(&world, seed, needs(method, MERGE_BY_DIRECTION));
    fill(&other, seed, needs(method, MERGE_BY_DIRECTION));
    for (size_t k = 0; k < COLS; k++) {
        other.measures[column[k]] = world.measures[k];
        for (size_t i = 0; i < ROWS; i++) {
            other.value[column[k]][row[i]] = world.value[k][i];
            other.se[column[k]][row[i]] = world.se[k][i];
        }
    }
    point(&other);
    merge(method, &world, &a);
    merge(method, &other, &b);
    same(method, "rows and measures in another order", &a, &b, row, true);
    merge_finish(&a);
    merge_finish(&b);
}

/* Powers of two: nothing is rounded differently. */
static void scaled(const struct merge_method *method, uint64_t seed)
{
    static const double factor[COLS] = {4, 0.25, 1024, 0.5};
    struct world world, other;
    struct merge_result a = {0}, b = {0};
    if (needs(method, MERGE_BY_DIRECTION))
        return; /* pooled estimates have one unit */
    fill(&world, seed, false);
    merge(method, &world, &a);
    fill(&other, seed, false);
    for (size_t k = 0; k < COLS; k++) {
        other.measures[k].min *= factor[k];
        other.measures[k].max *= factor[k];
        other.measures[k].ideal_low = 8 * factor[k];
        other.measures[k].ideal_high = 11 * factor[k];
        for (size_t i = 0; i < ROWS; i++)
            other.value[k][i] *= factor[k];
    }
    merge(method, &other, &b);
    same(method, "other units", &a, &b, NULL, true);
    merge_finish(&a);
    merge_finish(&b);
}

static bool among(const char *const *names, const char *name)
{
    for (; *names; names++)
        if (strcmp(*names, name) == 0)
            return true;
    return false;
}

static void turned(const struct merge_method *method, uint64_t seed)
{
    static const char *const which[] = {"weighted-sum",
                                        "minimum",
                                        "borda",
                                        "median",
                                        "trimmed-mean",
                                        "owa",
                                        "topsis",
                                        "spotis",
                                        "vikor",
                                        "promethee-2",
                                        "reciprocal-rank",
                                        "copeland",
                                        "schulze",
                                        "kemeny",
                                        "pareto",
                                        "mabac",
                                        NULL};
    struct world world, other;
    struct merge_result a = {0}, b = {0};
    if (!among(which, method->name))
        return;
    fill(&world, seed, false);
    fill(&other, seed, false);
    for (size_t k = 0; k < COLS; k++) {
        other.measures[k].better = -world.measures[k].better;
        other.measures[k].min = -world.measures[k].max;
        other.measures[k].max = -world.measures[k].min;
        for (size_t i = 0; i < ROWS; i++)
            other.value[k][i] = -world.value[k][i];
    }
    merge(method, &world, &a);
    merge(method, &other, &b);
    same(method, "seen from the other side", &a, &b, NULL, true);
    merge_finish(&a);
    merge_finish(&b);
}

static void widened(const struct merge_method *method, uint64_t seed)
{
    static const char *const which[] = {
        "weighted-sum", "weighted-product", "borda",    "topsis",  "spotis", "vikor",
        "promethee-2",  "reciprocal-rank",  "copeland", "schulze", "kemeny", "pareto",
        "mabac",        "copras",           "aras",     "moora",   NULL};
    struct world world, other;
    struct merge_result a = {0}, b = {0};
    if (!among(which, method->name))
        return;
    fill(&world, seed, false);
    fill(&other, seed, false);
    other.cols = MORE;
    other.measures[COLS].better = 1;
    for (size_t i = 0; i < ROWS; i++)
        other.value[COLS][i] = 7;
    merge(method, &world, &a);
    merge(method, &other, &b);
    same(method, "a measure that is the same for all", &a, &b, NULL, false);
    merge_finish(&a);
    merge_finish(&b);
}

Test(merge_properties, what_must_not_change_a_merge)
{
    size_t count;
    const struct merge_method *methods = merge_methods(&count);
    for (size_t m = 0; m < count; m++)
        for (uint64_t seed = 1; seed <= 20; seed++) {
            permuted(&methods[m], seed);
            scaled(&methods[m], seed);
            turned(&methods[m], seed);
            widened(&methods[m], seed);
        }
}

/* --- Bounds, by every corner ------------------------------------------------------------------- */

enum { FEW = 3, GAPS = 5 };

/* Every gap at its least or its largest: no score may leave its bounds, and each end is reached. */
static void corners(const struct merge_method *method, uint64_t seed)
{
    struct world world;
    struct merge_result bounds = {0}, corner = {0};
    size_t gap[GAPS][2];
    double least[FEW], most[FEW];
    fill(&world, seed, false);
    world.rows = world.cols = FEW;
    for (size_t g = 0; g < GAPS; g++) {
        gap[g][0] = problem_random(&seed, FEW);
        gap[g][1] = problem_random(&seed, FEW);
        world.value[gap[g][0]][gap[g][1]] = NONE;
    }
    struct merge_request request = problem_request(method->name, world.measures, FEW, FEW);
    request.floor = 0;
    cr_assert_eq(merge_run(&request, &bounds, NULL), 0, "%s", method->name);
    for (size_t i = 0; i < FEW; i++) {
        least[i] = INFINITY;
        most[i] = -INFINITY;
    }
    for (unsigned at = 0; at < 1u << GAPS; at++) {
        for (size_t g = 0; g < GAPS; g++)
            world.value[gap[g][0]][gap[g][1]] = at >> g & 1 ? 22 : 0.5;
        cr_assert_eq(merge_run(&request, &corner, NULL), 0);
        for (size_t i = 0; i < FEW; i++) {
            least[i] = fmin(least[i], corner.score[i]);
            most[i] = fmax(most[i], corner.score[i]);
        }
        merge_finish(&corner);
    }
    for (size_t i = 0; i < FEW; i++) {
        cr_expect(problem_near(least[i], bounds.score_low[i], 1e-9),
                  "%s, seed %llu: low is %.12g, and a corner %.12g", method->name,
                  (unsigned long long)seed, bounds.score_low[i], least[i]);
        cr_expect(problem_near(most[i], bounds.score_high[i], 1e-9), "%s: high", method->name);
    }
    merge_finish(&bounds);
}

Test(merge_properties, bounds_are_those_of_every_corner)
{
    static const char *const exact[] = {"weighted-sum",    "minimum",  "borda",  "median",
                                        "trimmed-mean",    "owa",      "spotis", "promethee-2",
                                        "reciprocal-rank", "copeland", NULL};
    size_t count;
    const struct merge_method *methods = merge_methods(&count);
    for (size_t m = 0; m < count; m++)
        for (uint64_t seed = 1; among(exact, methods[m].name) && seed <= 60; seed++)
            corners(&methods[m], seed);
}

/* --- Kemeny, by every order -------------------------------------------------------------------- */

enum { SIX = 6 };

static double disagreement(const struct world *world, const size_t *order)
{
    double sum = 0;
    for (size_t p = 0; p < SIX; p++)
        for (size_t q = p + 1; q < SIX; q++)
            for (size_t k = 0; k < COLS; k++) {
                double sign = world->measures[k].better;
                double up = sign * world->value[k][order[p]],
                       down = sign * world->value[k][order[q]];
                sum += down > up ? world->measures[k].weight : 0;
            }
    return sum;
}

struct search {
    const struct world *world;
    double least, optima;
    double places[SIX];
};

static void every_order(struct search *search, size_t *order, size_t at)
{
    if (at < SIX) {
        for (size_t swap = at; swap < SIX; swap++) {
            size_t first = order[at];
            order[at] = order[swap];
            order[swap] = first;
            every_order(search, order, at + 1);
            order[swap] = order[at];
            order[at] = first;
        }
        return;
    }
    double found = disagreement(search->world, order);
    if (found < search->least) {
        search->least = found;
        search->optima = 0;
        memset(search->places, 0, sizeof search->places);
    }
    if (found == search->least) {
        search->optima += 1;
        for (size_t p = 0; p < SIX; p++)
            search->places[order[p]] += (double)p + 1;
    }
}

static double figure(const struct merge_result *result, const char *name)
{
    for (size_t k = 0; k < result->n_figures; k++)
        if (strcmp(result->figures[k].name, name) == 0)
            return result->figures[k].value;
    return NONE;
}

Test(merge_properties, kemeny_is_the_least_of_every_order)
{
    size_t count;
    const struct merge_method *methods = merge_methods(&count);
    while (strcmp(methods->name, "kemeny") != 0)
        methods++;
    for (uint64_t seed = 1; seed <= 40; seed++) {
        struct world world;
        struct merge_result result = {0};
        size_t order[SIX] = {0, 1, 2, 3, 4, 5};
        fill(&world, seed, false);
        world.rows = SIX;
        for (size_t k = 0; k < COLS; k++) /* many ties */
            for (size_t i = 0; i < SIX; i++)
                world.value[k][i] = 1 + floor(world.value[k][i] / 5);
        struct search search = {&world, INFINITY, 0, {0}};
        every_order(&search, order, 0);
        merge(methods, &world, &result);
        cr_expect_eq(figure(&result, "optima"), search.optima, "seed %llu",
                     (unsigned long long)seed);
        cr_expect_eq(figure(&result, "disagreement"), search.least);
        for (size_t i = 0; i < SIX; i++)
            cr_expect(problem_near(result.score[i], search.places[i] / search.optima, 1e-9),
                      "seed %llu: place %g, not %g", (unsigned long long)seed, result.score[i],
                      search.places[i] / search.optima);
        merge_finish(&result);
    }
}
