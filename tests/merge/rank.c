/* Ranks, ties and the sort: published conventions, and brute force. */
#include <criterion/criterion.h>
#include <stdlib.h>

#include "merge/problem.h"
#include "merge/rank.h"

/* Case ranks_with_ties: scipy PR #447, rankdata(method='average' and 'min'), small first. */
Test(merge_rank, conventions_of_scipy)
{
    static const double scores[] = {20, 30, 50, 30, 40, 10, 30, 60, 10};
    static const double average[] = {3, 5, 8, 5, 7, 1.5, 5, 9, 1.5};
    static const uint32_t least[] = {3, 4, 8, 4, 7, 1, 4, 9, 1};
    double mid[LENGTH(scores)];
    uint32_t rank[LENGTH(scores)];
    cr_assert_eq(rank_mid(scores, LENGTH(scores), -1, 0, mid, NULL), 0);
    cr_assert_eq(rank_competition(scores, LENGTH(scores), -1, 0, rank, NULL), 0);
    for (size_t i = 0; i < LENGTH(scores); i++) {
        cr_expect_eq(mid[i], average[i], "mid-rank of %g is %g", scores[i], mid[i]);
        cr_expect_eq(rank[i], least[i], "rank of %g is %u", scores[i], rank[i]);
    }
}

/* Case untie_rank_regression: argsort(x) + 1 of these is 2 4 3 1, where the best comes out last. */
Test(merge_rank, ranks_are_not_an_argsort)
{
    static const double value[] = {3, 1, 2, 1};
    static const uint32_t expected[] = {4, 1, 3, 1};
    uint32_t rank[4];
    uint32_t order[] = {0, 1, 2, 3};
    static const uint32_t sorted[] = {1, 3, 2, 0};
    cr_assert_eq(rank_competition(value, 4, -1, 0, rank, NULL), 0);
    cr_assert_eq(rank_order(value, order, 4, NULL), 0);
    cr_expect_arr_eq(rank, expected, sizeof rank);
    cr_expect_arr_eq(order, sorted, sizeof order);
}

Test(merge_rank, the_missing_have_no_rank_and_are_not_counted)
{
    static const double value[] = {NONE, 5, INFINITY, NONE, 5, -INFINITY};
    static const uint32_t expected[] = {0, 2, 1, 0, 2, 4};
    static const double mids[] = {NONE, 2.5, 1, NONE, 2.5, 4};
    uint32_t rank[6];
    double mid[6];
    cr_assert_eq(rank_competition(value, 6, 1, 0, rank, NULL), 0);
    cr_assert_eq(rank_mid(value, 6, 1, 0, mid, NULL), 0);
    cr_expect_arr_eq(rank, expected, sizeof rank);
    for (size_t i = 0; i < 6; i++)
        cr_expect(problem_near(mid[i], mids[i], 0), "mid-rank %zu is %g", i, mid[i]);
}

Test(merge_rank, mid_ranks_in_place)
{
    double value[] = {4, 9, 4};
    static const double expected[] = {2.5, 1, 2.5};
    cr_assert_eq(rank_mid(value, 3, 1, 0, value, NULL), 0);
    cr_expect_arr_eq(value, expected, sizeof value);
}

Test(merge_rank, zeros_of_both_signs_tie)
{
    static const double value[] = {0.0, -0.0, 1};
    uint32_t rank[3];
    cr_assert_eq(rank_competition(value, 3, 1, 0, rank, NULL), 0);
    cr_expect_eq(rank[0], 2);
    cr_expect_eq(rank[1], 2);
    cr_expect_not(signbit(rank_quantise(-0.0, 0)));
    cr_expect_not(signbit(rank_quantise(-0.2, 1)));
}

/* Neighbours are nearer than 0.1: by |x - y| < eps all would tie with the next; rounding groups. */
Test(merge_rank, quantised_ties_are_transitive)
{
    static const double value[] = {0.0, 0.04, 0.09, 0.14, 0.18};
    static const uint32_t expected[] = {4, 4, 2, 2, 1};
    uint32_t rank[5];
    cr_assert_eq(rank_competition(value, 5, 1, 0.1, rank, NULL), 0);
    cr_expect_arr_eq(rank, expected, sizeof rank);
    cr_expect_eq(rank_quantise(1e308, 1e-10), 1e308, "what is too large to be rounded stays");
    cr_expect(isnan(rank_quantise(NONE, 0.1)));
}

Test(merge_rank, nothing_to_rank)
{
    uint32_t rank[1] = {7};
    double mid[1] = {7};
    cr_expect_eq(rank_competition(NULL, 0, 1, 0, rank, NULL), 0);
    cr_expect_eq(rank_mid(NULL, 0, 1, 0, mid, NULL), 0);
    cr_expect_eq(rank_order(NULL, NULL, 0, NULL), 0);
    cr_expect_eq(rank[0], 7u);
    cr_expect_eq(mid[0], 7);
}

/* Numbers of every size and sign, few enough of them for many ties. */
static void fill_random(double *value, size_t n, uint64_t seed)
{
    static const double special[] = {0.0,    -0.0,    INFINITY, -INFINITY,
                                     5e-324, -5e-324, 1e308,    -1e308};
    for (size_t i = 0; i < n; i++) {
        uint32_t pick = problem_random(&seed, 100);
        if (pick < LENGTH(special))
            value[i] = special[pick];
        else
            value[i] =
                ldexp((double)problem_random(&seed, 64) - 32, (int)problem_random(&seed, 9) - 4);
    }
}

/* Sizes on both sides of where the sort changes its way. */
Test(merge_rank, order_is_sorted_and_stable)
{
    static const size_t sizes[] = {1, 2, 31, 32, 33, 34, 255, 1000, 5000};
    for (size_t s = 0; s < LENGTH(sizes); s++) {
        size_t n = sizes[s];
        double *value = malloc(n * sizeof *value);
        uint32_t *order = malloc(n * sizeof *order);
        size_t wrong = 0;
        fill_random(value, n, n);
        for (size_t i = 0; i < n; i++)
            order[i] = (uint32_t)i;
        cr_assert_eq(rank_order(value, order, n, NULL), 0);
        for (size_t at = 1; at < n; at++) {
            double before = value[order[at - 1]];
            double here = value[order[at]];
            wrong += before > here || (before == here && order[at - 1] > order[at]);
        }
        cr_expect_eq(wrong, 0, "%zu of %zu out of order", wrong, n);
        free(order);
        free(value);
    }
}

/* O(n^2) by the definitions: 1 + those above me; that plus half of those level with me. */
Test(merge_rank, brute_force)
{
    enum { N = 400 };
    double value[N];
    uint32_t rank[N];
    double mid[N];
    for (int better = -1; better <= 1; better += 2) {
        size_t wrong = 0;
        fill_random(value, N, 77);
        cr_assert_eq(rank_competition(value, N, better, 0, rank, NULL), 0);
        cr_assert_eq(rank_mid(value, N, better, 0, mid, NULL), 0);
        for (size_t i = 0; i < N; i++) {
            uint32_t above = 0;
            uint32_t level = 0;
            for (size_t j = 0; j < N; j++) {
                above += better > 0 ? value[j] > value[i] : value[j] < value[i];
                level += j != i && value[j] == value[i];
            }
            wrong += rank[i] != above + 1 || mid[i] != above + 1 + level / 2.0;
        }
        cr_expect_eq(wrong, 0, "%zu ranks wrong, better %d", wrong, better);
    }
}

/*
 * (0.1 + 0.2) + 0.3 and (0.3 + 0.2) + 0.1 are two doubles and one number: the six orders of one profile under equal weights tie,
 * the seventh, a millionth of a millionth better, does not. The eighth has a range that begins at exactly their score.
 */
Test(merge_rank, sums_that_rounding_alone_parts_tie)
{
    enum { N = 8 };
    static const double x[N] = {.1, .1, .2, .2, .3, .3, .1, .1};
    static const double y[N] = {.2, .3, .1, .3, .1, .2, .2, .2};
    static const double z[N] = {.3, .2, .3, .1, .2, .1, .3 + 1e-12, .4};
    double low[N], high[N];
    memcpy(low, z, sizeof low);
    memcpy(high, z, sizeof high);
    low[7] = .3;
    high[7] = .5;
    for (int bounded = 0; bounded < 2; bounded++)
        for (int spotis = 0; spotis < 2; spotis++) {
            struct merge_measure measures[] = {problem_measure("x", 1, 1, 0, 1, x),
                                               problem_measure("y", 1, 1, 0, 1, y),
                                               problem_measure("z", 1, 1, 0, 1, z)};
            struct merge_request request =
                problem_request(spotis ? "spotis" : "weighted-sum", measures, 3, bounded ? N : 7);
            struct merge_result result = {0};
            if (bounded) {
                measures[2].low = low;
                measures[2].high = high;
            }
            cr_assert_eq(merge_run(&request, &result, NULL), 0);
            for (size_t i = 0; i < 6; i++)
                cr_expect(result.rank[i] == (bounded ? 3 : 2) && result.rank_low[i] == 2 &&
                              result.rank_high[i] == request.n,
                          "%s %d: %zu has rank %u, %u to %u", request.method, bounded, i,
                          result.rank[i], result.rank_low[i], result.rank_high[i]);
            cr_expect_eq(result.rank[6], 1);
            merge_finish(&result);
        }
}
