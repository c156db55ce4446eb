/*
 * Bounds of scores and ranks against an oracle that knows nothing of how they are computed: every
 * corner of what is not known (each doubtful cell at its low or its high) is filled in, scored by
 * the definition in O(n^2), and ranked. Numbers are small multiples of a quarter and weights add up
 * to 4, so that every sum is exact and ties are ties.
 */
#include <criterion/criterion.h>
#include <string.h>

#include "merge/problem.h"

enum { ROWS = 4, COLS = 3, CELLS = ROWS * COLS, TOP = 4 };

struct world {
    double value[COLS][ROWS];
    double low[COLS][ROWS];
    double high[COLS][ROWS];
    int better[COLS];
    struct merge_measure measures[COLS];
};

/* A third of the cells is missing, a third has bounds, a third is exact. */
static void fill_world(struct world *world, uint64_t seed)
{
    static const double weight[] = {1, 2, 1};
    for (size_t k = 0; k < COLS; k++) {
        world->better[k] = problem_random(&seed, 2) ? 1 : -1;
        for (size_t i = 0; i < ROWS; i++) {
            double low = problem_random(&seed, TOP + 1);
            double high = low + problem_random(&seed, TOP + 1 - (uint32_t)low);
            double best = low + problem_random(&seed, (uint32_t)(high - low) + 1);
            uint32_t kind = problem_random(&seed, 3);
            world->value[k][i] = kind == 0 ? NONE : best;
            world->low[k][i] = kind == 1 ? low : NONE;
            world->high[k][i] = kind == 1 ? high : NONE;
        }
        world->measures[k] =
            problem_measure("m", weight[k], world->better[k], 0, TOP, world->value[k]);
        world->measures[k].low = world->low[k];
        world->measures[k].high = world->high[k];
    }
}

/* The ends of a cell as the rule says them. */
static double end_of(const struct world *world, size_t cell, bool high)
{
    size_t k = cell / ROWS;
    size_t i = cell % ROWS;
    double bound = high ? world->high[k][i] : world->low[k][i];
    if (!isnan(bound))
        return bound;
    if (!isnan(world->value[k][i]))
        return world->value[k][i];
    return high ? TOP : 0;
}

/* --- Scores of a complete matrix, by definition ----------------------------------------------- */

static double normal(const struct world *world, double full[COLS][ROWS], size_t k, size_t i)
{
    return world->better[k] > 0 ? full[k][i] / TOP : (TOP - full[k][i]) / TOP;
}

static double brute_sum(const struct world *world, double full[COLS][ROWS], size_t i)
{
    double sum = 0;
    for (size_t k = 0; k < COLS; k++)
        sum += world->measures[k].weight * normal(world, full, k, i);
    return sum / 4;
}

static double brute_minimum(const struct world *world, double full[COLS][ROWS], size_t i)
{
    double least = 1;
    for (size_t k = 0; k < COLS; k++)
        least = fmin(least, normal(world, full, k, i));
    return least;
}

static double brute_borda(const struct world *world, double full[COLS][ROWS], size_t i)
{
    double sum = 0;
    for (size_t k = 0; k < COLS; k++) {
        double rho = 1;
        for (size_t j = 0; j < ROWS; j++) {
            double mine = normal(world, full, k, i);
            double other = normal(world, full, k, j);
            rho += j == i ? 0 : (other > mine) + (other == mine) / 2.0;
        }
        sum += world->measures[k].weight * (ROWS + 1 - rho);
    }
    return sum / 4;
}

typedef double brute(const struct world *world, double full[COLS][ROWS], size_t i);

/* --- All corners ------------------------------------------------------------------------------ */

struct extremes {
    double least[ROWS];
    double most[ROWS];
    uint32_t best_rank[ROWS];  /* 1 + those above me, at its least */
    uint32_t worst_rank[ROWS]; /* those level with me or above, at its most */
};

static void look(const double score[ROWS], struct extremes *extremes)
{
    for (size_t i = 0; i < ROWS; i++) {
        uint32_t above = 0;
        uint32_t level = 0;
        for (size_t j = 0; j < ROWS; j++) {
            above += score[j] > score[i];
            level += score[j] >= score[i];
        }
        extremes->least[i] = fmin(extremes->least[i], score[i]);
        extremes->most[i] = fmax(extremes->most[i], score[i]);
        if (above + 1 < extremes->best_rank[i])
            extremes->best_rank[i] = above + 1;
        if (level > extremes->worst_rank[i])
            extremes->worst_rank[i] = level;
    }
}

static struct extremes all_corners(const struct world *world, brute *score_of)
{
    struct extremes extremes;
    size_t doubtful[CELLS];
    size_t n = 0;
    double full[COLS][ROWS];
    for (size_t i = 0; i < ROWS; i++) {
        extremes.least[i] = INFINITY;
        extremes.most[i] = -INFINITY;
        extremes.best_rank[i] = UINT32_MAX;
        extremes.worst_rank[i] = 0;
    }
    for (size_t cell = 0; cell < CELLS; cell++) {
        full[cell / ROWS][cell % ROWS] = end_of(world, cell, false);
        if (end_of(world, cell, false) != end_of(world, cell, true))
            doubtful[n++] = cell;
    }
    for (uint32_t corner = 0; corner < 1u << n; corner++) {
        double score[ROWS];
        for (size_t d = 0; d < n; d++)
            full[doubtful[d] / ROWS][doubtful[d] % ROWS] =
                end_of(world, doubtful[d], corner >> d & 1);
        for (size_t i = 0; i < ROWS; i++)
            score[i] = score_of(world, full, i);
        look(score, &extremes);
    }
    return extremes;
}

static const struct {
    const char *method;
    brute *score_of;
    bool rows; /* innovations are scored one by one: then the ranges of ranks are attained too */
} oracles[] = {{"weighted-sum", brute_sum, true},
               {"minimum", brute_minimum, true},
               {"borda", brute_borda, false}};

/* The ranges of ranks by definition (4), from the scores' bounds. */
static size_t wrong_ranges(const struct merge_result *result)
{
    size_t wrong = 0;
    for (size_t i = 0; i < ROWS; i++) {
        uint32_t low = 1;
        uint32_t high = 0;
        uint32_t rank = 1;
        for (size_t j = 0; j < ROWS; j++) {
            low += result->score_low[j] > result->score_high[i];
            high += result->score_high[j] >= result->score_low[i];
            rank += result->score_low[j] > result->score_low[i] ||
                    (result->score_low[j] == result->score_low[i] &&
                     result->score[j] > result->score[i]);
        }
        wrong +=
            result->rank_low[i] != low || result->rank_high[i] != high || result->rank[i] != rank;
    }
    return wrong;
}

static void compare_with(size_t o, const struct world *world, uint64_t seed)
{
    struct extremes extremes = all_corners(world, oracles[o].score_of);
    struct merge_request request = problem_request(oracles[o].method, world->measures, COLS, ROWS);
    struct merge_result result = {0};
    request.floor = 0;
    cr_assert_eq(merge_run(&request, &result, NULL), 0);
    size_t wrong = 0;
    size_t ranges = 0;
    for (size_t i = 0; i < ROWS; i++) {
        wrong +=
            result.score_low[i] != extremes.least[i] || result.score_high[i] != extremes.most[i];
        wrong += result.score[i] < result.score_low[i] || result.score[i] > result.score_high[i];
        ranges += oracles[o].rows ? result.rank_low[i] != extremes.best_rank[i]
                                  : result.rank_low[i] > extremes.best_rank[i];
        ranges += oracles[o].rows ? result.rank_high[i] != extremes.worst_rank[i]
                                  : result.rank_high[i] < extremes.worst_rank[i];
    }
    cr_expect_eq(wrong, 0, "%s, world %zu: %zu bounds differ", oracles[o].method, (size_t)seed,
                 wrong);
    cr_expect_eq(ranges, 0, "%s, world %zu: %zu ranges differ", oracles[o].method, (size_t)seed,
                 ranges);
    cr_expect_eq(wrong_ranges(&result), 0, "%s, world %zu", oracles[o].method, (size_t)seed);
    merge_finish(&result);
}

Test(merge_bounds, every_corner)
{
    for (uint64_t seed = 1; seed <= 300; seed++) {
        struct world world;
        fill_world(&world, seed * 977);
        for (size_t o = 0; o < LENGTH(oracles); o++)
            compare_with(o, &world, seed);
    }
}

/* --- Properties ------------------------------------------------------------------------------- */

static void merge_world(const char *method, const struct merge_measure *measures,
                        struct merge_result *result)
{
    struct merge_request request = problem_request(method, measures, COLS, ROWS);
    cr_assert_eq(merge_run(&request, result, NULL), 0);
}

/* Rows in another order give the same numbers, row by row. */
Test(merge_bounds, order_of_rows_does_not_matter)
{
    static const size_t turn[] = {2, 0, 3, 1};
    for (uint64_t seed = 1; seed <= 100; seed++) {
        struct world world;
        struct world turned;
        fill_world(&world, seed);
        fill_world(&turned, seed);
        for (size_t cell = 0; cell < CELLS; cell++) {
            size_t k = cell / ROWS;
            size_t i = cell % ROWS;
            turned.value[k][i] = world.value[k][turn[i]];
            turned.low[k][i] = world.low[k][turn[i]];
            turned.high[k][i] = world.high[k][turn[i]];
        }
        for (size_t o = 0; o < LENGTH(oracles); o++) {
            struct merge_result one = {0};
            struct merge_result two = {0};
            size_t wrong = 0;
            merge_world(oracles[o].method, world.measures, &one);
            merge_world(oracles[o].method, turned.measures, &two);
            for (size_t i = 0; i < ROWS; i++)
                wrong += !problem_near(two.score[i], one.score[turn[i]], 0) ||
                         !problem_near(two.score_low[i], one.score_low[turn[i]], 0) ||
                         two.rank[i] != one.rank[turn[i]] ||
                         two.rank_high[i] != one.rank_high[turn[i]] ||
                         two.rank_low[i] != one.rank_low[turn[i]];
            cr_expect_eq(wrong, 0, "%s, seed %zu", oracles[o].method, (size_t)seed);
            merge_finish(&one);
            merge_finish(&two);
        }
    }
}

/* Other units (values, bounds and limits times a factor, plus an offset), and a measure turned
 * round (negated, with the other end better): the same scores and ranks. Powers of two keep it
 * exact. */
Test(merge_bounds, units_and_directions_do_not_matter)
{
    for (uint64_t seed = 1; seed <= 100; seed++) {
        struct world world;
        struct world other;
        fill_world(&world, seed);
        fill_world(&other, seed);
        for (size_t k = 0; k < COLS; k++) {
            double factor = seed % 2 ? 1024 : -0.125;
            struct merge_measure *measure = &other.measures[k];
            for (size_t i = 0; i < ROWS; i++) {
                other.value[k][i] = world.value[k][i] * factor + 8;
                other.low[k][i] = (factor > 0 ? world.low : world.high)[k][i] * factor + 8;
                other.high[k][i] = (factor > 0 ? world.high : world.low)[k][i] * factor + 8;
            }
            measure->min = fmin(8, TOP * factor + 8);
            measure->max = fmax(8, TOP * factor + 8);
            measure->better = factor > 0 ? world.better[k] : -world.better[k];
        }
        for (size_t o = 0; o < LENGTH(oracles); o++) {
            struct merge_result one = {0};
            struct merge_result two = {0};
            merge_world(oracles[o].method, world.measures, &one);
            merge_world(oracles[o].method, other.measures, &two);
            size_t wrong = 0;
            for (size_t i = 0; i < ROWS; i++)
                wrong += !problem_near(two.score[i], one.score[i], 0) ||
                         !problem_near(two.score_low[i], one.score_low[i], 0) ||
                         !problem_near(two.score_high[i], one.score_high[i], 0);
            cr_expect_eq(wrong, 0, "%s, seed %zu", oracles[o].method, (size_t)seed);
            cr_expect_arr_eq(two.rank, one.rank, sizeof(uint32_t[ROWS]));
            cr_expect_arr_eq(two.order, one.order, sizeof(uint32_t[ROWS]));
            merge_finish(&one);
            merge_finish(&two);
        }
    }
}

/* Not knowing must never win: learning a value, however bad, never lowers the worse end. */
Test(merge_bounds, learning_a_value_never_hurts)
{
    for (uint64_t seed = 1; seed <= 100; seed++) {
        struct world world;
        fill_world(&world, seed);
        size_t cell = (size_t)(seed * 5 % CELLS);
        size_t k = cell / ROWS;
        size_t i = cell % ROWS;
        world.value[k][i] = world.low[k][i] = world.high[k][i] = NONE;
        for (size_t o = 0; o < LENGTH(oracles); o++) {
            struct merge_request request =
                problem_request(oracles[o].method, world.measures, COLS, ROWS);
            request.floor = 0;
            for (int value = 0; value <= TOP; value++) {
                struct merge_result before = {0};
                struct merge_result after = {0};
                world.value[k][i] = NONE;
                cr_assert_eq(merge_run(&request, &before, NULL), 0);
                world.value[k][i] = value;
                cr_assert_eq(merge_run(&request, &after, NULL), 0);
                cr_expect_geq(after.score_low[i], before.score_low[i]);
                cr_expect_leq(after.score_high[i], before.score_high[i]);
                cr_expect_leq(after.rank_high[i], before.rank_high[i]);
                cr_expect_geq(after.rank_low[i], before.rank_low[i]);
                merge_finish(&before);
                merge_finish(&after);
            }
        }
    }
}

/* --- Cells that are neither known nor wholly unknown ------------------------------------------ */

/* A suppressed value has no best but its own low and high: these bound it, their middle stands for
 * it. At least 3, with a limit of 10: high is 10, though the column says infinity. Without a low:
 * the value. Low and high that are outside of the limits are cut. */
Test(merge_bounds, suppressed_and_open_ended)
{
    static const double x[] = {NONE, 3, 5, 6, NONE};
    static const double low[] = {1, 3, NONE, -20, NONE};
    static const double high[] = {4, INFINITY, NONE, 40, 2};
    static const double expected[][3] = {
        {0.25, 0.1, 0.4}, {0.3, 0.3, 1}, {0.5, 0.5, 0.5}, {0.6, 0, 1}, {0.1, 0, 0.2}};
    struct merge_measure measure = problem_measure("x", 1, 1, 0, 10, x);
    measure.low = low;
    measure.high = high;
    struct merge_request request = problem_request("weighted-sum", &measure, 1, 5);
    struct merge_result result = {0};
    request.floor = 0;
    cr_assert_eq(merge_run(&request, &result, NULL), 0);
    for (size_t i = 0; i < 5; i++) {
        cr_expect_eq(result.score[i], expected[i][0], "%zu: %g", i, result.score[i]);
        cr_expect_eq(result.score_low[i], expected[i][1], "%zu: %g", i, result.score_low[i]);
        cr_expect_eq(result.score_high[i], expected[i][2], "%zu: %g", i, result.score_high[i]);
    }
    cr_expect_eq(result.coverage[0], 0, "a suppressed value is not present");
    merge_finish(&result);
}

/* By hand: best 8 with 6..9 and best 7 with 7..10 cannot be told apart; the second has the better
 * worse end. A third at 5 is below both, whatever they are. */
Test(merge_bounds, ranks_are_ranges)
{
    static const double x[] = {8, 7, 5};
    static const double low[] = {6, 7, 5};
    static const double high[] = {9, 10, 5};
    static const uint32_t rank[] = {2, 1, 3};
    static const uint32_t rank_low[] = {1, 1, 3};
    static const uint32_t rank_high[] = {2, 2, 3};
    struct merge_measure measure = problem_measure("x", 1, 1, 0, 10, x);
    measure.low = low;
    measure.high = high;
    struct merge_request request = problem_request("minimum", &measure, 1, 3);
    struct merge_result result = {0};
    cr_assert_eq(merge_run(&request, &result, NULL), 0);
    cr_expect_arr_eq(result.rank, rank, sizeof rank);
    cr_expect_arr_eq(result.rank_low, rank_low, sizeof rank_low);
    cr_expect_arr_eq(result.rank_high, rank_high, sizeof rank_high);
    merge_finish(&result);
}

/* One side only: a measure may give lows and no highs. */
Test(merge_bounds, lows_without_highs)
{
    static const double x[] = {4, 6};
    static const double low[] = {1, NONE};
    struct merge_measure measure = problem_measure("cost", 1, -1, 0, 10, x);
    measure.low = low;
    struct merge_request request = problem_request("weighted-sum", &measure, 1, 2);
    struct merge_result result = {0};
    cr_assert_eq(merge_run(&request, &result, NULL), 0);
    cr_expect_eq(result.score_low[0], 0.6, "a low cost is a high score");
    cr_expect_eq(result.score_high[0], 0.9);
    cr_expect_eq(result.score_low[1], result.score_high[1]);
    merge_finish(&result);
}

/* Open ends are enough where only the order counts: at least 3 may be above everything. */
Test(merge_bounds, borda_takes_open_ends)
{
    static const double x[] = {3, 7};
    static const double high[] = {INFINITY, 7};
    struct merge_measure measure = problem_measure("x", 1, 1, NONE, NONE, x);
    measure.high = high;
    struct merge_request request = problem_request("borda", &measure, 1, 2);
    struct merge_result result = {0};
    cr_assert_eq(merge_run(&request, &result, NULL), 0);
    cr_expect_eq(result.score[0], 1);
    cr_expect_eq(result.score_high[0], 2);
    cr_expect_eq(result.score_low[1], 1);
    cr_expect_eq(result.rank[1], 1);
    merge_finish(&result);
}
