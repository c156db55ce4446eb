/* Borda points: published cases with ties and gaps. */
#include <criterion/criterion.h>

#include "merge/problem.h"

/* Case borda_row_order_invariance: a full tie in one list; rank sums 3, 4, 5 whatever the order of
 * rows, so points (c + 1) * 2 - sum = 5, 4, 3, halved by the weights. */
Test(merge_borda, full_tie_in_one_list)
{
    static const double ones[] = {1, 1, 1};
    static const double second[][3] = {{5, 4, 3}, {3, 4, 5}, {4, 5, 3}};
    for (size_t c = 0; c < LENGTH(second); c++) {
        const struct merge_measure measures[] = {problem_measure("a", 1, 1, 0, 9, ones),
                                                 problem_measure("b", 1, 1, 0, 9, second[c])};
        struct merge_request request = problem_request("borda", measures, 2, 3);
        struct merge_result result = {0};
        cr_assert_eq(merge_run(&request, &result, NULL), 0);
        for (size_t i = 0; i < 3; i++) {
            cr_expect_eq(result.score[i] * 2, second[c][i], "case %zu, row %zu", c, i);
            cr_expect_eq(result.rank[i], (uint32_t)(6 - second[c][i]), "case %zu, row %zu", c, i);
        }
        merge_finish(&result);
    }
}

/* Case borda_unranked_midpoint: ranx bordafuse_test.py (Aslam and Montague 2001): 5.5, 5.5, 7. */
Test(merge_borda, unranked_share)
{
    static const double runs[3][3] = {{1, 2, 3}, {3, 2, NONE}, {NONE, NONE, 1}};
    static const double points[] = {5.5, 5.5, 7};
    static const uint32_t rank[] = {2, 2, 1};
    struct merge_measure measures[3];
    for (size_t k = 0; k < 3; k++)
        measures[k] = problem_measure("run", 1, 1, NONE, NONE, runs[k]);
    struct merge_request request = problem_request("borda", measures, 3, 3);
    struct merge_result result = {0};
    request.missing = "neutral";
    cr_assert_eq(merge_run(&request, &result, NULL), 0);
    for (size_t i = 0; i < 3; i++)
        cr_expect(problem_near(result.score[i] * 3, points[i], 1e-14), "%zu: %g", i,
                  result.score[i] * 3);
    cr_expect_arr_eq(result.rank, rank, sizeof rank);
    cr_expect(problem_near(result.coverage[0], 2.0 / 3, 1e-15));
    merge_finish(&result);
}

/* Case rankagg_tennessee (Wikipedia): points m-1..0 times votes, here 1 more for each of the 100
 * votes. The lists are given as ranks, the lower the better. */
Test(merge_borda, tennessee)
{
    static const double ranks[4][4] = {
        {1, 2, 3, 4}, {4, 1, 2, 3}, {4, 3, 1, 2}, {4, 3, 2, 1}}; /* MNCK */
    static const double votes[] = {42, 26, 15, 17};
    static const double points[] = {126, 194, 173, 107};
    struct merge_measure measures[4];
    for (size_t k = 0; k < 4; k++)
        measures[k] = problem_measure("voters", votes[k], -1, 1, 4, ranks[k]);
    struct merge_request request = problem_request("borda", measures, 4, 4);
    struct merge_result result = {0};
    cr_assert_eq(merge_run(&request, &result, NULL), 0);
    for (size_t i = 0; i < 4; i++)
        cr_expect(problem_near((result.score[i] - 1) * 100, points[i], 1e-11), "%zu: %.17g", i,
                  result.score[i]);
    cr_expect_eq(result.rank[1], 1);
    merge_finish(&result);
}

/* Case rankagg_condorcet_cycle: a full tie, never an order that depends on the input's. */
Test(merge_borda, condorcet_cycle_is_a_tie)
{
    static const double ranks[3][3] = {{1, 2, 3}, {3, 1, 2}, {2, 3, 1}};
    struct merge_measure measures[3];
    for (size_t k = 0; k < 3; k++)
        measures[k] = problem_measure("voter", 1, -1, 1, 3, ranks[k]);
    struct merge_request request = problem_request("borda", measures, 3, 3);
    struct merge_result result = {0};
    cr_assert_eq(merge_run(&request, &result, NULL), 0);
    for (size_t i = 0; i < 3; i++) {
        cr_expect_eq(result.score[i], 2);
        cr_expect_eq(result.rank[i], 1);
        cr_expect_eq(result.rank_high[i], 3);
    }
    merge_finish(&result);
}

/* By hand, c = 3, list a: 9 present twice, one gap. Under `bounds` a pair with a gap counts half
 * for the score: the two tied have 1 + 0.5 + 0.5, the gap 1 + 2 * 0.5. At the ends, the gap (0..10)
 * is above or
 * below both: 3 or 1; the tied have 1 + 0.5, or that and 1. */
Test(merge_borda, bounds_by_hand)
{
    static const double a[] = {9, 9, NONE};
    static const double low[] = {1.5, 1.5, 1};
    static const double high[] = {2.5, 2.5, 3};
    static const double ends[][2] = {{0, 10}, {-INFINITY, INFINITY}};
    for (size_t c = 0; c < LENGTH(ends); c++) {
        const struct merge_measure measure = problem_measure("a", 1, 1, ends[c][0], ends[c][1], a);
        struct merge_request request = problem_request("borda", &measure, 1, 3);
        struct merge_result result = {0};
        request.floor = 0;
        cr_assert_eq(merge_run(&request, &result, NULL), 0);
        for (size_t i = 0; i < 3; i++) {
            cr_expect_eq(result.score[i], 2);
            cr_expect_eq(result.score_low[i], low[i], "%zu: %g", i, result.score_low[i]);
            cr_expect_eq(result.score_high[i], high[i], "%zu: %g", i, result.score_high[i]);
        }
        cr_expect_eq(result.rank[2], 3, "not knowing does not win");
        cr_expect_eq(result.rank_low[2], 1);
        cr_expect_eq(result.rank_high[0], 3);
        merge_finish(&result);
    }
}

/* An innovation below the floor is no candidate: the others' points are as if it were not there. */
Test(merge_borda, below_the_floor_is_no_candidate)
{
    static const double a[] = {1, 2, 3};
    static const double b[] = {5, 6, NONE};
    const struct merge_measure measures[] = {problem_measure("a", 1, 1, 0, 9, a),
                                             problem_measure("b", 2, 1, 0, 9, b)};
    struct merge_request request = problem_request("borda", measures, 2, 3);
    struct merge_result result = {0};
    cr_assert_eq(merge_run(&request, &result, NULL), 0);
    cr_expect_eq(result.score[0], 1);
    cr_expect_eq(result.score[1], 2);
    cr_expect_eq(result.score_high[0], 1);
    cr_expect(isnan(result.score[2]));
    cr_expect_eq(result.rank[2], 0);
    cr_expect_eq(result.standing[2], MERGE_BELOW_FLOOR);
    cr_expect_eq(result.order[2], 2);
    merge_finish(&result);
}

/* 0.30000000000000004 and 0.3 tie by an eps of the measure, and share points. */
Test(merge_borda, values_tie_after_quantisation)
{
    static const double a[] = {0.1 + 0.2, 0.3, 0.1};
    struct merge_measure measure = problem_measure("a", 1, 1, 0, 1, a);
    struct merge_request request = problem_request("borda", &measure, 1, 3);
    struct merge_result result = {0};
    cr_assert_eq(merge_run(&request, &result, NULL), 0);
    cr_expect_eq(result.score[0], 3);
    merge_finish(&result);
    measure.eps = 1e-9;
    cr_assert_eq(merge_run(&request, &result, NULL), 0);
    cr_expect_eq(result.score[0], 2.5);
    cr_expect_eq(result.score[1], 2.5);
    merge_finish(&result);
}

/* Parts add up to the score also where weights are spread over what is present. */
Test(merge_borda, parts_add_up)
{
    static const double a[] = {1, 2, 3, NONE};
    static const double b[] = {5, NONE, 4, 4};
    static const char *const rules[] = {"bounds", "neutral", "renormalise", "worst", "drop"};
    const struct merge_measure measures[] = {problem_measure("a", 2, 1, 0, 9, a),
                                             problem_measure("b", 3, -1, 0, 9, b)};
    for (size_t c = 0; c < LENGTH(rules); c++) {
        double weight[8];
        double contribution[8];
        struct merge_request request = problem_request("borda", measures, 2, 4);
        struct merge_result result = {0};
        request.floor = 0;
        request.missing = rules[c];
        request.parts = (struct merge_parts){NULL, weight, contribution};
        cr_assert_eq(merge_run(&request, &result, NULL), 0);
        for (size_t i = 0; i < 4; i++) {
            bool scored = !isnan(result.score[i]);
            double sum = contribution[i] + contribution[4 + i];
            cr_expect(problem_near(sum, scored ? result.score[i] : 0, 1e-14), "%s: %zu", rules[c],
                      i);
            cr_expect(problem_near(weight[i] + weight[4 + i], scored ? 1 : 0, 1e-15), "%s: %zu",
                      rules[c], i);
        }
        merge_finish(&result);
    }
}
