/* What is missing: every rule, the floor and coverage; all figures by hand. */
#include <criterion/criterion.h>

#include "merge/problem.h"

/* Four innovations, three measures of weights 2, 1, 1, declared 0..4, 0..10 (lower is better) and
 * 0..1: normalised a 3/4 1/4 - -, b 0.6 - 0.1 -, c 1 0.5 0.5 -; coverage 1, 3/4, 1/2, 0. */
static const double col_a[] = {3, 1, NONE, NONE};
static const double col_b[] = {4, NONE, 9, NONE};
static const double col_c[] = {1, 0.5, 0.5, NONE};
static const struct merge_measure measures[] = {
    {.name = "a", .weight = 2, .better = 1, .min = 0, .max = 4, .value = col_a},
    {.name = "b", .weight = 1, .better = -1, .min = 0, .max = 10, .value = col_b},
    {.name = "c", .weight = 1, .better = 1, .min = 0, .max = 1, .value = col_c}};

struct expected {
    const char *method;
    const char *missing;
    double score[4];
    double low[4];
    double high[4];
    uint32_t rank[4];
};

static void check(const struct expected *expected, double floor)
{
    struct merge_request request = problem_request(expected->method, measures, 3, 4);
    struct merge_result result = {0};
    request.missing = expected->missing;
    request.floor = floor;
    cr_assert_eq(merge_run(&request, &result, NULL), 0, "%s %s", expected->method,
                 expected->missing);
    for (size_t i = 0; i < 4; i++) {
        cr_expect(problem_near(result.score[i], expected->score[i], 1e-14),
                  "%s %s: score %zu is %.17g", expected->method, expected->missing, i,
                  result.score[i]);
        cr_expect(problem_near(result.score_low[i], expected->low[i], 1e-14),
                  "%s %s: low %zu is %.17g", expected->method, expected->missing, i,
                  result.score_low[i]);
        cr_expect(problem_near(result.score_high[i], expected->high[i], 1e-14),
                  "%s %s: high %zu is %.17g", expected->method, expected->missing, i,
                  result.score_high[i]);
        cr_expect_eq(result.rank[i], expected->rank[i], "%s %s: rank %zu is %u", expected->method,
                     expected->missing, i, result.rank[i]);
    }
    static const double coverage[] = {1, 0.75, 0.5, 0};
    cr_expect_arr_eq(result.coverage, coverage, sizeof coverage);
    merge_finish(&result);
}

/* The last has nothing and stays below the default floor: no rank, but a score where it can be. */
Test(merge_missing, sums_and_minimum)
{
    static const struct expected cases[] = {
        {"weighted-sum",
         "bounds",
         {0.775, 0.375, 0.4, 0.5},
         {0.775, 0.25, 0.15, 0},
         {0.775, 0.5, 0.65, 1},
         {1, 2, 3, 0}},
        {"weighted-sum",
         "renormalise",
         {0.775, 1.0 / 3, 0.3, NONE},
         {0.775, 1.0 / 3, 0.3, NONE},
         {0.775, 1.0 / 3, 0.3, NONE},
         {1, 2, 3, 0}},
        {"weighted-sum",
         "worst",
         {0.775, 0.25, 0.15, 0},
         {0.775, 0.25, 0.15, 0},
         {0.775, 0.25, 0.15, 0},
         {1, 2, 3, 0}},
        {"weighted-sum",
         "neutral",
         {0.775, 0.375, 0.4, 0.5},
         {0.775, 0.375, 0.4, 0.5},
         {0.775, 0.375, 0.4, 0.5},
         {1, 3, 2, 0}},
        {"weighted-sum",
         "drop",
         {0.775, NONE, NONE, NONE},
         {0.775, NONE, NONE, NONE},
         {0.775, NONE, NONE, NONE},
         {1, 0, 0, 0}},
        {"minimum",
         "bounds",
         {0.6, 0.25, 0.1, 0.5},
         {0.6, 0, 0, 0},
         {0.6, 0.25, 0.1, 1},
         {1, 2, 3, 0}},
        {"minimum",
         "renormalise",
         {0.6, 0.25, 0.1, NONE},
         {0.6, 0.25, 0.1, NONE},
         {0.6, 0.25, 0.1, NONE},
         {1, 2, 3, 0}},
        {"minimum", "worst", {0.6, 0, 0, 0}, {0.6, 0, 0, 0}, {0.6, 0, 0, 0}, {1, 2, 2, 0}},
        {"minimum",
         "neutral",
         {0.6, 0.25, 0.1, 0.5},
         {0.6, 0.25, 0.1, 0.5},
         {0.6, 0.25, 0.1, 0.5},
         {1, 2, 3, 0}},
    };
    for (size_t c = 0; c < LENGTH(cases); c++)
        check(&cases[c], MERGE_FLOOR);
}

/* Candidates are the first three. Points for the score: a 2 and 1 of two present, b likewise, c 3,
 * 1.5, 1.5. bounds (a pair with a gap is a half): a 2.5 1.5 2, b 2.5 2 1.5.
 * neutral and renormalise: a 3 2 (1), b 3 (1) 2.
 * worst: gaps at 0 of 4 and 10 of 10: a 3 2 1, b 3 1 2. drop: one candidate.
 * Ends under bounds: a: the first 2..3, the second 1..2, the gap 1..3; b: 2..3, gap 1..3, 1..2. */
Test(merge_missing, borda)
{
    static const struct expected cases[] = {
        {"borda",
         "bounds",
         {10.5 / 4, 6.5 / 4, 7.0 / 4, NONE},
         {9.0 / 4, 4.5 / 4, 4.5 / 4, NONE},
         {12.0 / 4, 8.5 / 4, 9.5 / 4, NONE},
         {1, 3, 2, 0}},
        {"borda",
         "neutral",
         {12.0 / 4, 6.5 / 4, 5.5 / 4, NONE},
         {12.0 / 4, 6.5 / 4, 5.5 / 4, NONE},
         {12.0 / 4, 6.5 / 4, 5.5 / 4, NONE},
         {1, 2, 3, 0}},
        {"borda",
         "renormalise",
         {3, 5.5 / 3, 3.5 / 2, NONE},
         {3, 5.5 / 3, 3.5 / 2, NONE},
         {3, 5.5 / 3, 3.5 / 2, NONE},
         {1, 2, 3, 0}},
        {"borda",
         "worst",
         {3, 6.5 / 4, 5.5 / 4, NONE},
         {3, 6.5 / 4, 5.5 / 4, NONE},
         {3, 6.5 / 4, 5.5 / 4, NONE},
         {1, 2, 3, 0}},
        {"borda",
         "drop",
         {1, NONE, NONE, NONE},
         {1, NONE, NONE, NONE},
         {1, NONE, NONE, NONE},
         {1, 0, 0, 0}},
    };
    for (size_t c = 0; c < LENGTH(cases); c++)
        check(&cases[c], MERGE_FLOOR);
}

/* Without a floor all are ranked; what has nothing spans 0..1, comes last, could be anything. */
Test(merge_missing, no_floor)
{
    static const struct expected cases[] = {
        {"weighted-sum",
         "bounds",
         {0.775, 0.375, 0.4, 0.5},
         {0.775, 0.25, 0.15, 0},
         {0.775, 0.5, 0.65, 1},
         {1, 2, 3, 4}},
        {"weighted-sum",
         "renormalise",
         {0.775, 1.0 / 3, 0.3, NONE},
         {0.775, 1.0 / 3, 0.3, NONE},
         {0.775, 1.0 / 3, 0.3, NONE},
         {1, 2, 3, 0}},
        {"minimum",
         "renormalise",
         {0.6, 0.25, 0.1, NONE},
         {0.6, 0.25, 0.1, NONE},
         {0.6, 0.25, 0.1, NONE},
         {1, 2, 3, 0}},
    };
    for (size_t c = 0; c < LENGTH(cases); c++)
        check(&cases[c], 0);
    struct merge_request request = problem_request("weighted-sum", measures, 3, 4);
    struct merge_result result = {0};
    request.floor = 0;
    cr_assert_eq(merge_run(&request, &result, NULL), 0);
    cr_expect_eq(result.rank_low[3], 1);
    cr_expect_eq(result.rank_high[3], 4);
    cr_expect_eq(result.rank_high[0], 2, "only the unknown one can pass the first");
    merge_finish(&result);
    request.missing = "renormalise";
    cr_assert_eq(merge_run(&request, &result, NULL), 0);
    cr_expect_eq(result.standing[3], MERGE_NOTHING);
    cr_expect(problem_note(&result, "1 of 4 not ranked: nothing is present"));
    merge_finish(&result);
}

/* Floor at 3/4: at it is ranked; those below are listed last, by id, and count in no one's rank. */
Test(merge_missing, below_the_floor)
{
    static const char *const ids[] = {"d", "c", "b", "a"};
    static const uint32_t order[] = {0, 1, 3, 2};
    static const uint32_t high[] = {1, 2, 0, 0};
    struct merge_request request = problem_request("weighted-sum", measures, 3, 4);
    struct merge_result result = {0};
    request.floor = 0.75;
    request.id = problem_id;
    request.ids = ids;
    cr_assert_eq(merge_run(&request, &result, NULL), 0);
    cr_expect_eq(result.ranked, 2);
    cr_expect_arr_eq(result.order, order, sizeof order);
    cr_expect_arr_eq(result.rank_high, high, sizeof high);
    cr_expect_eq(result.standing[2], MERGE_BELOW_FLOOR);
    cr_expect_str_eq(merge_standing_text(MERGE_BELOW_FLOOR), "its coverage is below the floor");
    cr_expect(problem_note(&result, "2 of 4 not ranked"));
    merge_finish(&result);
}

/* Shares of weights are rounded: 0.1 + 0.2 of 0.6 is half, though not in doubles. */
Test(merge_missing, a_rounded_coverage_is_at_the_floor)
{
    static const double there[] = {1};
    static const double gap[] = {NONE};
    const struct merge_measure three[] = {problem_measure("a", 0.1, 1, 0, 1, gap),
                                          problem_measure("b", 0.2, 1, 0, 1, gap),
                                          problem_measure("c", 0.3, 1, 0, 1, there)};
    struct merge_request request = problem_request("weighted-sum", three, 3, 1);
    struct merge_result result = {0};
    cr_assert_eq(merge_run(&request, &result, NULL), 0);
    cr_expect_lt(result.coverage[0], 0.5);
    cr_expect_eq(result.rank[0], 1);
    merge_finish(&result);
}

/* A gap in a measure of weight 0 is no gap: nothing is refused, dropped or uncovered. */
Test(merge_missing, weight_zero_has_no_gaps)
{
    static const char *const rules[] = {"refuse", "drop", "bounds"};
    static const double gaps[] = {NONE, NONE};
    static const double there[] = {1, 2};
    const struct merge_measure two[] = {problem_measure("gaps", 0, 1, NONE, NONE, gaps),
                                        problem_measure("there", 3, 1, 0, 4, there)};
    for (size_t c = 0; c < LENGTH(rules); c++) {
        double value[4];
        double weight[4];
        struct merge_request request = problem_request("weighted-sum", two, 2, 2);
        struct merge_result result = {0};
        request.missing = rules[c];
        request.parts = (struct merge_parts){value, weight, NULL};
        cr_assert_eq(merge_run(&request, &result, NULL), 0, "%s", rules[c]);
        cr_expect_eq(result.ranked, 2);
        cr_expect_eq(result.coverage[1], 1);
        cr_expect(isnan(value[0]));
        cr_expect_eq(weight[0], 0);
        cr_expect_eq(weight[2], 1);
        merge_finish(&result);
    }
}

/* Rows a, b present at 2 and 4, c missing, declared 0..10. range: 0, 1; the gap is 0.5 with ends -1
 * and 4 on the same line; worst is the worst present. none: the middle is 5; worst is 2 again. */
Test(merge_missing, fillers_of_other_normalisations)
{
    static const double x[] = {2, 4, NONE};
    static const struct {
        const char *normalise;
        const char *missing;
        double score;
        double low;
        double high;
    } cases[] = {
        {"range", "bounds", 0.5, -1, 4}, {"range", "neutral", 0.5, 0.5, 0.5},
        {"range", "worst", 0, 0, 0},     {"none", "bounds", 5, 0, 10},
        {"none", "neutral", 5, 5, 5},    {"none", "worst", 2, 2, 2},
        {"declared", "worst", 0, 0, 0},
    };
    const struct merge_measure measure = problem_measure("x", 1, 1, 0, 10, x);
    for (size_t c = 0; c < LENGTH(cases); c++) {
        struct merge_request request = problem_request("weighted-sum", &measure, 1, 3);
        struct merge_result result = {0};
        request.floor = 0;
        request.normalise = cases[c].normalise;
        request.missing = cases[c].missing;
        cr_assert_eq(merge_run(&request, &result, NULL), 0, "%s %s", cases[c].normalise,
                     cases[c].missing);
        cr_expect_eq(result.score[2], cases[c].score, "%s %s", cases[c].normalise,
                     cases[c].missing);
        cr_expect_eq(result.score_low[2], cases[c].low, "%s %s", cases[c].normalise,
                     cases[c].missing);
        cr_expect_eq(result.score_high[2], cases[c].high, "%s %s", cases[c].normalise,
                     cases[c].missing);
        merge_finish(&result);
    }
}

/* The limits of `range` are the candidates': one below the floor does not stretch them. */
Test(merge_missing, range_looks_at_candidates_only)
{
    static const double a[] = {2, 4, 1000};
    static const double b[] = {1, 1, NONE};
    const struct merge_measure two[] = {problem_measure("a", 1, 1, 0, 1e4, a),
                                        problem_measure("b", 3, 1, 0, 1, b)};
    struct merge_request request = problem_request("weighted-sum", two, 2, 3);
    struct merge_result result = {0};
    double value[6];
    request.normalise = "range";
    request.parts.value = value;
    cr_assert_eq(merge_run(&request, &result, NULL), 0);
    cr_expect_eq(value[0], 0);
    cr_expect_eq(value[1], 1);
    cr_expect_eq(result.rank[2], 0);
    merge_finish(&result);
}

/* A column without spread is a half for what is there; a gap stays a gap where gaps are kept. */
Test(merge_missing, gaps_in_a_column_without_spread)
{
    static const double same[] = {7, 7, NONE};
    static const double other[] = {0, 4, 4};
    static const struct {
        const char *missing;
        double score;
    } cases[] = {{"bounds", 0.75}, {"neutral", 0.75}, {"worst", 0.75}, {"renormalise", 1}};
    const struct merge_measure two[] = {problem_measure("same", 1, 1, 0, 9, same),
                                        problem_measure("other", 1, 1, 0, 4, other)};
    for (size_t c = 0; c < LENGTH(cases); c++) {
        struct merge_request request = problem_request("weighted-sum", two, 2, 3);
        struct merge_result result = {0};
        request.normalise = "range";
        request.missing = cases[c].missing;
        cr_assert_eq(merge_run(&request, &result, NULL), 0);
        cr_expect_eq(result.score[1], 0.75, "%s", cases[c].missing);
        cr_expect_eq(result.score[2], cases[c].score, "%s: %g", cases[c].missing, result.score[2]);
        cr_expect_eq(result.coverage[2], 0.5);
        merge_finish(&result);
    }
}

/* `worst` with nothing present falls back on the declared end, also where nothing is normalised. */
Test(merge_missing, the_worst_of_nothing)
{
    static const double gaps[] = {NONE, NONE};
    const struct merge_measure measure = problem_measure("cost", 1, -1, 2, 6, gaps);
    struct merge_request request = problem_request("weighted-sum", &measure, 1, 2);
    struct merge_result result = {0};
    request.floor = 0;
    request.normalise = "none";
    request.missing = "worst";
    cr_assert_eq(merge_run(&request, &result, NULL), 0);
    cr_expect_eq(result.score[1], -6);
    merge_finish(&result);
}

/* A whole column missing, and everything missing: no crash, and no rank but by the rule. */
Test(merge_missing, everything)
{
    static const char *const methods[] = {"weighted-sum", "minimum", "borda"};
    static const char *const rules[] = {"bounds", "renormalise", "worst", "neutral", "drop"};
    static const double gaps[] = {NONE, NONE, NONE};
    const struct merge_measure measure = problem_measure("gaps", 1, 1, 0, 4, gaps);
    for (size_t m = 0; m < LENGTH(methods); m++) {
        for (size_t c = 0; c < LENGTH(rules); c++) {
            struct merge_request request = problem_request(methods[m], &measure, 1, 3);
            struct merge_result result = {0};
            request.missing = rules[c];
            cr_assert_eq(merge_run(&request, &result, NULL), 0, "%s %s", methods[m], rules[c]);
            cr_expect_eq(result.ranked, 0, "%s %s", methods[m], rules[c]);
            merge_finish(&result);
            request.floor = 0;
            cr_assert_eq(merge_run(&request, &result, NULL), 0, "%s %s", methods[m], rules[c]);
            bool none = !strcmp(rules[c], "renormalise") || !strcmp(rules[c], "drop");
            cr_expect_eq(result.ranked, none ? 0 : 3, "%s %s", methods[m], rules[c]);
            cr_expect_eq(result.rank[2], none ? 0 : 1, "%s %s", methods[m], rules[c]);
            merge_finish(&result);
        }
    }
}

/* Write bounds are for `bounds`; other rules look at best values, and say so. */
Test(merge_missing, other_rules_do_not_use_bounds_and_say_so)
{
    static const double x[] = {2, 3};
    static const double low[] = {0, 3};
    static const double high[] = {4, 3};
    struct merge_measure measure = problem_measure("x", 1, 1, 0, 4, x);
    measure.low = low;
    measure.high = high;
    struct merge_request request = problem_request("weighted-sum", &measure, 1, 2);
    struct merge_result result = {0};
    request.missing = "worst";
    cr_assert_eq(merge_run(&request, &result, NULL), 0);
    cr_expect_eq(result.score_low[0], 0.5);
    cr_expect_eq(result.score_high[0], 0.5);
    cr_expect(problem_note(&result, "measure x has bounds, which `missing: worst` does not use"));
    merge_finish(&result);
}
