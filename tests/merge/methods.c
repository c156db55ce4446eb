/*
 * Methods and normalisations on complete data: published cases, and numpy. Figures marked [np] are
 * from numpy 1.24.2 and scipy 1.10.1 on the formula in `grid_value`, printed by repr (17 digits):
 *   i=np.arange(40)[:,None]; k=np.arange(4)[None,:]; X=((i*37+k*101+i*i*(k+3))%211).astype(float)
 */
#include <criterion/criterion.h>

#include "merge/problem.h"

/* Case norm_minmax: pymcdm test/test_normalizations.py, 8 digits. */
Test(merge_methods, range_is_published_min_max)
{
    static const double x[3][6] = {
        {66, 61, 65, 95, 63, 74}, {56, 55, 49, 56, 43, 59}, {95, 166, 113, 99, 178, 140}};
    static const double expected[3][6] = {
        {0.85294118, 1.0, 0.88235294, 0.0, 0.94117647, 0.61764706},
        {0.1875, 0.25, 0.625, 0.1875, 1.0, 0.0},
        {0.0, 0.85542169, 0.21686747, 0.04819277, 1.0, 0.54216867}};
    const struct merge_measure measures[] = {problem_measure("a", 1, -1, NONE, NONE, x[0]),
                                             problem_measure("b", 1, -1, NONE, NONE, x[1]),
                                             problem_measure("c", 1, 1, NONE, NONE, x[2])};
    double value[18];
    struct merge_request request = problem_request("weighted-sum", measures, 3, 6);
    struct merge_result result = {0};
    request.normalise = "range";
    request.parts.value = value;
    cr_assert_eq(merge_run(&request, &result, NULL), 0);
    for (size_t at = 0; at < 18; at++)
        cr_expect(problem_near(value[at], expected[at / 6][at % 6], 1e-8), "%zu is %.9g", at,
                  value[at]);
    cr_expect(problem_note(&result, "limits are from the data"));
    merge_finish(&result);
}

/* Case wsm_kracka2010: scikit-criteria tests/agg/test_simple.py (Kracka, Brauers and Zavadskas
 * 2010); costs as 1/x, then each column by its sum, which the test does, as `normalise: none`
 * leaves it to the reader. */
Test(merge_methods, weighted_sum_kracka_2010)
{
    static const double x[7][6] = {
        {33.95, 38.9, 37.59, 30.44, 36.21, 37.8},    {23.78, 4.17, 9.36, 37.59, 14.79, 8.55},
        {11.45, 6.32, 8.23, 13.91, 9.17, 7.97},      {39.97, 0.01, 4.35, 74.08, 17.77, 2.35},
        {29.44, 4.29, 10.22, 45.1, 17.06, 9.25},     {167.1, 132.52, 136.71, 198.34, 148.3, 134.83},
        {3.852, 25.184, 10.845, 2.186, 6.61, 11.935}};
    static const int better[] = {-1, -1, -1, -1, 1, -1, 1};
    static const double score[] = {0.12040426, 0.3458235,  0.13838192,
                                   0.12841246, 0.12346084, 0.14351701};
    static const uint32_t rank[] = {6, 1, 3, 4, 5, 2};
    double normal[7][6];
    struct merge_measure measures[7];
    for (size_t k = 0; k < 7; k++) {
        double sum = 0;
        for (size_t i = 0; i < 6; i++)
            sum += normal[k][i] = better[k] > 0 ? x[k][i] : 1 / x[k][i];
        for (size_t i = 0; i < 6; i++)
            normal[k][i] /= sum;
        measures[k] = problem_measure("m", 0.14285714285714285, 1, NONE, NONE, normal[k]);
    }
    struct merge_request request = problem_request("weighted-sum", measures, 7, 6);
    struct merge_result result = {0};
    request.normalise = "none";
    cr_assert_eq(merge_run(&request, &result, NULL), 0);
    for (size_t i = 0; i < 6; i++) {
        cr_expect(problem_near(result.score[i], score[i], 1e-7), "%zu scores %.9g", i,
                  result.score[i]);
        cr_expect_eq(result.rank[i], rank[i], "%zu ranks %u", i, result.rank[i]);
        cr_expect_eq(result.rank_low[i], rank[i]);
        cr_expect_eq(result.rank_high[i], rank[i]);
    }
    cr_expect_not(problem_note(&result, "divided"), "seven sevenths are 1");
    merge_finish(&result);
}

enum { GRID = 40 };

static void fill_grid(double x[4][GRID], struct merge_measure measures[4])
{
    static const int better[] = {1, -1, 1, -1};
    static const double weight[] = {4, 3, 2, 1};
    for (size_t k = 0; k < 4; k++) {
        for (size_t i = 0; i < GRID; i++)
            x[k][i] = (double)((i * 37 + k * 101 + i * i * (k + 3)) % 211);
        measures[k] = problem_measure("m", weight[k], better[k], 0, 210, x[k]);
    }
}

/* [np] w=[4,3,2,1]; w/=w.sum(); Z min-max by direction; s=Z@w, Z.min(1), (41-rankdata)@w; ranks:
 * rankdata(-s, method='min'), of borda's rounded to 9 digits, as numpy's sums do not tie where they
 * should. */
Test(merge_methods, against_numpy)
{
    static const size_t rows[] = {0, 1, 7, 39};
    static const struct {
        const char *method;
        const char *normalise;
        double score[4];
        uint32_t rank[GRID];
    } cases[] = {
        {"weighted-sum",
         "range",
         {0.40407029632442415, 0.22782469485896, 0.6552147957725419, 0.6693115184333001},
         {27, 40, 35, 2,  13, 32, 4,  7,  8,  12, 24, 18, 28, 29, 36, 1,  6, 39, 15, 14,
          23, 11, 9,  19, 16, 37, 34, 17, 30, 26, 38, 25, 22, 33, 20, 31, 3, 10, 21, 5}},
        {"minimum",
         "range",
         {0.0, 0.12562814070351758, 0.32663316582914576, 0.42702702702702705},
         {36, 20, 36, 1, 36, 19, 3,  11, 13, 7,  32, 23, 18, 36, 35, 2,  5, 34, 23, 10,
          15, 30, 14, 3, 8,  21, 22, 36, 27, 33, 27, 25, 17, 29, 12, 26, 9, 31, 15, 6}},
        {"borda", NULL, {18.15, 10.95, 25.55, 27.7}, {26, 38, 35, 3,  10, 32, 4,  9,  7,  11,
                                                      24, 22, 28, 29, 34, 1,  6,  40, 15, 11,
                                                      21, 14, 8,  19, 15, 36, 37, 17, 33, 27,
                                                      39, 25, 23, 31, 18, 30, 2,  13, 20, 5}},
    };
    double x[4][GRID];
    struct merge_measure measures[4];
    fill_grid(x, measures);
    for (size_t c = 0; c < LENGTH(cases); c++) {
        struct merge_request request = problem_request(cases[c].method, measures, 4, GRID);
        struct merge_result result = {0};
        request.normalise = cases[c].normalise;
        cr_assert_eq(merge_run(&request, &result, NULL), 0);
        for (size_t s = 0; s < 4; s++)
            cr_expect(problem_near(result.score[rows[s]], cases[c].score[s], 1e-14),
                      "%s: %zu: %.17g", cases[c].method, rows[s], result.score[rows[s]]);
        for (size_t i = 0; i < GRID; i++)
            cr_expect_eq(result.rank[i], cases[c].rank[i], "%s: rank of %zu is %u", cases[c].method,
                         i, result.rank[i]);
        merge_finish(&result);
    }
}

/* By hand: (2 * 3/4 + 1 * (10-4)/10 + 1 * 1)/4 = 0.775 and (2 * 1/4 + (10-9)/10 + 0)/4 = 0.15. */
Test(merge_methods, declared_by_hand)
{
    static const double a[] = {3, 1};
    static const double b[] = {4, 9};
    static const double c[] = {1, -1};
    const struct merge_measure measures[] = {problem_measure("a", 2, 1, 0, 4, a),
                                             problem_measure("b", 1, -1, 0, 10, b),
                                             problem_measure("c", 1, 1, -1, 1, c)};
    double value[6];
    double weight[6];
    double contribution[6];
    struct merge_request request = problem_request("weighted-sum", measures, 3, 2);
    struct merge_result result = {0};
    request.parts = (struct merge_parts){value, weight, contribution};
    cr_assert_eq(merge_run(&request, &result, NULL), 0);
    cr_expect(problem_near(result.score[0], 0.775, 1e-15));
    cr_expect(problem_near(result.score[1], 0.15, 1e-15));
    cr_expect_eq(value[0], 0.75);
    cr_expect_eq(value[2], 0.6, "the lower the better");
    cr_expect_eq(weight[0], 0.5);
    cr_expect_eq(weight[5], 0.25);
    for (size_t i = 0; i < 2; i++)
        cr_expect(problem_near(contribution[i] + contribution[2 + i] + contribution[4 + i],
                               result.score[i], 1e-15));
    cr_expect_eq(result.coverage[0], 1);
    cr_expect(problem_note(&result, "divided by their sum, 4"));
    cr_expect_str_eq(result.method->name, "weighted-sum");
    cr_expect_eq(result.normalise, MERGE_DECLARED);
    merge_finish(&result);
}

/* The least of the normalised values; a weight of 0 leaves a measure out, others do nothing. */
Test(merge_methods, minimum_by_hand)
{
    static const double a[] = {3, 1};
    static const double b[] = {4, 9};
    static const double c[] = {-1, -1};
    const struct merge_measure measures[] = {problem_measure("a", 7, 1, 0, 4, a),
                                             problem_measure("b", 1, -1, 0, 10, b),
                                             problem_measure("c", 0, 1, NONE, NONE, c)};
    double contribution[6];
    struct merge_request request = problem_request("minimum", measures, 3, 2);
    struct merge_result result = {0};
    request.parts.contribution = contribution;
    cr_assert_eq(merge_run(&request, &result, NULL), 0);
    cr_expect_eq(result.score[0], 0.6);
    cr_expect_eq(result.score[1], 0.1);
    cr_expect_eq(contribution[0], 0);
    cr_expect_eq(contribution[2], 0.6, "the weakest link carries the score");
    cr_expect_eq(contribution[4], 0);
    cr_expect(problem_note(&result, "measure c has weight 0"));
    cr_expect_not(problem_note(&result, "divided"));
    merge_finish(&result);
}

/* Costs enter negated: (2 * 5 - 1 * 3)/3 and (2 * 1 - 1 * 0)/3. A score of zero has no sign. */
Test(merge_methods, none_subtracts_what_is_better_lower)
{
    static const double a[] = {5, 1, 0};
    static const double b[] = {3, 0, 0};
    const struct merge_measure measures[] = {problem_measure("a", 2, 1, NONE, NONE, a),
                                             problem_measure("cost", 1, -1, NONE, NONE, b)};
    struct merge_request request = problem_request("weighted-sum", measures, 2, 3);
    struct merge_result result = {0};
    request.normalise = "none";
    cr_assert_eq(merge_run(&request, &result, NULL), 0);
    cr_expect(problem_near(result.score[0], 7.0 / 3, 1e-15));
    cr_expect(problem_near(result.score[1], 2.0 / 3, 1e-15));
    cr_expect(problem_note(&result, "measure cost is better lower and not normalised"));
    merge_finish(&result);
    request.method = "minimum";
    cr_assert_eq(merge_run(&request, &result, NULL), 0);
    cr_expect_eq(result.score[0], -3);
    cr_expect_eq(result.score[2], 0);
    cr_expect_not(signbit(result.score[1]), "the least of 1 and -0 is 0");
    merge_finish(&result);
}

Test(merge_methods, a_column_without_spread_is_a_half)
{
    static const double same[] = {7, 7, 7};
    static const double other[] = {1, 2, 3};
    const struct merge_measure measures[] = {problem_measure("same", 1, -1, NONE, NONE, same),
                                             problem_measure("other", 1, 1, 0, 5, other)};
    struct merge_request request = problem_request("weighted-sum", measures, 2, 3);
    struct merge_result result = {0};
    request.normalise = "range";
    cr_assert_eq(merge_run(&request, &result, NULL), 0);
    cr_expect_eq(result.score[0], 0.25);
    cr_expect_eq(result.score[2], 0.75);
    cr_expect(problem_note(&result, "measure same has no spread (all values are equal)"));
    merge_finish(&result);
    const struct merge_measure point = problem_measure("point", 1, 1, 7, 7, same);
    request = problem_request("minimum", &point, 1, 3);
    cr_assert_eq(merge_run(&request, &result, NULL), 0);
    cr_expect_eq(result.score[1], 0.5);
    cr_expect_eq(result.rank[2], 1);
    cr_expect(problem_note(&result, "(min = max)"));
    merge_finish(&result);
}

/* Shares of weights need not add up to 1 in doubles: the best of all still scores exactly 1. */
Test(merge_methods, all_best_scores_exactly_one)
{
    static const double best[] = {1, 0};
    struct merge_measure measures[10];
    for (size_t k = 0; k < 10; k++)
        measures[k] = problem_measure("m", k ? 4.9 : 1.4, 1, 0, 1, best);
    struct merge_request request = problem_request("weighted-sum", measures, 10, 2);
    struct merge_result result = {0};
    cr_assert_eq(merge_run(&request, &result, NULL), 0);
    cr_expect_eq(result.score[0], 1);
    cr_expect_eq(result.score[1], 0);
    cr_expect_eq(result.coverage[0], 1);
    merge_finish(&result);
}

/* Weights near the ends of the doubles neither overflow nor vanish, also against large values. */
Test(merge_methods, huge_and_tiny_weights)
{
    static const double a[] = {3e9, 6e9};
    static const double b[] = {0, 6e9};
    static const double scales[] = {1, 1e-300, 5e307};
    for (size_t s = 0; s < LENGTH(scales); s++) {
        const struct merge_measure measures[] = {
            problem_measure("a", 2 * scales[s], 1, NONE, NONE, a),
            problem_measure("b", scales[s], 1, NONE, NONE, b)};
        struct merge_request request = problem_request("weighted-sum", measures, 2, 2);
        struct merge_result result = {0};
        request.normalise = "none";
        cr_assert_eq(merge_run(&request, &result, NULL), 0);
        cr_expect(problem_near(result.score[0], 2e9, 1e-5), "weights of %g", scales[s]);
        cr_expect(problem_near(result.score[1], 6e9, 1e-5), "weights of %g", scales[s]);
        merge_finish(&result);
    }
}

Test(merge_methods, no_rows_and_one_row)
{
    static const double x[] = {3};
    struct merge_measure measure = problem_measure("m", 1, 1, 0, 4, x);
    measure.se = x;
    size_t count;
    const struct merge_method *methods = merge_methods(&count);
    for (size_t m = 0; m < count; m++) {
        for (size_t n = 0; n < 2; n++) {
            struct merge_request request = problem_request(methods[m].name, &measure, 1, n);
            struct merge_result result = {0};
            measure.has_ideal = methods[m].needs & MERGE_NEEDS_IDEAL;
            cr_assert_eq(merge_run(&request, &result, NULL), 0, "%s of %zu", methods[m].name, n);
            cr_expect_eq(result.n, n);
            cr_expect_eq(result.ranked, n);
            cr_expect(n == 0 || (result.rank[0] == 1 && result.rank_low[0] == 1 &&
                                 result.rank_high[0] == 1 && result.order[0] == 0),
                      "%s: the only one is first", methods[m].name);
            merge_finish(&result);
        }
    }
}

/* Tied rows share a rank, and are listed by id, bytewise: "Z" before "a", "a" before "ab". */
Test(merge_methods, ties_share_a_rank_and_are_listed_by_id)
{
    static const double x[] = {2, 3, 2, 2, 1};
    static const char *const ids[] = {"ab", "top", "Z", "a", "last"};
    static const uint32_t rank[] = {2, 1, 2, 2, 5};
    static const uint32_t rank_high[] = {4, 1, 4, 4, 5};
    static const uint32_t order[] = {1, 2, 3, 0, 4};
    const struct merge_measure measure = problem_measure("m", 1, 1, 0, 4, x);
    struct merge_request request = problem_request("weighted-sum", &measure, 1, 5);
    struct merge_result result = {0};
    request.id = problem_id;
    request.ids = ids;
    cr_assert_eq(merge_run(&request, &result, NULL), 0);
    cr_expect_arr_eq(result.rank, rank, sizeof rank);
    cr_expect_arr_eq(result.rank_low, rank, sizeof rank);
    cr_expect_arr_eq(result.rank_high, rank_high, sizeof rank_high);
    cr_expect_arr_eq(result.order, order, sizeof order);
    merge_finish(&result);
}

Test(merge_methods, scores_tie_after_quantisation)
{
    static const double x[] = {0.500001, 0.499999, 0.51};
    static const uint32_t rank[] = {2, 2, 1};
    const struct merge_measure measure = problem_measure("m", 1, 1, 0, 1, x);
    struct merge_request request = problem_request("weighted-sum", &measure, 1, 3);
    struct merge_result result = {0};
    request.eps = 0.001;
    cr_assert_eq(merge_run(&request, &result, NULL), 0);
    cr_expect_arr_eq(result.rank, rank, sizeof rank);
    cr_expect_eq(result.score[0], 0.500001, "the score itself is not rounded");
    merge_finish(&result);
}

/* The tables that `describe` prints and suggestions come from. */
Test(merge_methods, tables_are_complete)
{
    size_t count;
    const struct merge_method *methods = merge_methods(&count);
    cr_expect_geq(count, 3u);
    for (size_t m = 0; m < count; m++) {
        cr_expect(methods[m].name && methods[m].doc && methods[m].source, "row %zu", m);
        cr_expect_eq(!!methods[m].rows + !!methods[m].one + !!methods[m].whole, 1,
                     "%s: one of rows, one and whole", methods[m].name);
        cr_expect(methods[m].normalise != MERGE_OWN || !(methods[m].needs & MERGE_NEEDS_SCALE),
                  "%s", methods[m].name);
        cr_expect(methods[m].better == 1 || methods[m].better == -1, "%s", methods[m].name);
    }
    const struct merge_word *rules = merge_rules(&count);
    cr_expect_eq(count, 6u);
    cr_expect_str_eq(rules[MERGE_BOUNDS].name, "bounds");
    cr_expect_str_eq(rules[MERGE_DROP].name, "drop");
    const struct merge_word *normalisations = merge_normalisations(&count);
    cr_expect_eq(count, 9u);
    cr_expect_str_eq(normalisations[MERGE_NONE].name, "none");
}
