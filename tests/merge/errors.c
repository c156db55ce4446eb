/* What a merge refuses, and whether it says where and what to set. */
#include <criterion/criterion.h>

#include "merge/problem.h"

static const double good[] = {1, 2, 3};
static const double gap[] = {1, NONE, NONE};
static const double infinite[] = {1, INFINITY, 3};
static const double open_high[] = {1, 2, INFINITY};
static const char *const ids[] = {"dafne", "pulse-oximetry", "esp"};

struct fault {
    const char *name;
    struct merge_measure measure;
    const char *method;
    const char *normalise;
    const char *missing;
    double floor;
    bool needs_values; /* merge_check cannot see it */
    const char *said[4];
};

#define GOOD .name = "fit.fit", .value = good
static const struct fault faults[] = {
    {"negative weight",
     {GOOD, .weight = -1, .better = 1, .max = 9},
     "weighted-sum",
     NULL,
     NULL,
     0.5,
     false,
     {"merge test", "measure fit.fit", "weight is -1"}},
    {"weight NaN",
     {GOOD, .weight = NONE, .better = 1, .max = 9},
     "weighted-sum",
     NULL,
     NULL,
     0.5,
     false,
     {"measure fit.fit", "weight is nan"}},
    {"weight infinite",
     {GOOD, .weight = INFINITY, .better = 1, .max = 9},
     "borda",
     NULL,
     NULL,
     0.5,
     false,
     {"measure fit.fit", "weight is inf"}},
    {"all weights zero",
     {GOOD, .weight = 0, .better = 1, .max = 9},
     "weighted-sum",
     NULL,
     NULL,
     0.5,
     false,
     {"merge test", "every weight is 0", "fit.fit"}},
    {"no direction",
     {GOOD, .weight = 1, .better = 0, .max = 9},
     "minimum",
     NULL,
     NULL,
     0.5,
     false,
     {"measure fit.fit", "better", "higher"}},
    {"limits crossed",
     {GOOD, .weight = 1, .better = 1, .min = 9, .max = 0},
     "borda",
     NULL,
     NULL,
     0.5,
     false,
     {"measure fit.fit", "min 9 is above max 0"}},
    {"declared, no max",
     {GOOD, .weight = 1, .better = 1, .max = INFINITY},
     "weighted-sum",
     NULL,
     NULL,
     0.5,
     false,
     {"measure fit.fit", "max is not declared or infinite", "`min` and `max`", "normalise: range"}},
    {"declared, no min",
     {GOOD, .weight = 1, .better = 1, .min = NONE, .max = 9},
     "minimum",
     NULL,
     NULL,
     0.5,
     false,
     {"measure fit.fit", "min is not declared"}},
    {"unknown method",
     {GOOD, .weight = 1, .better = 1, .max = 9},
     "wieghted-sum",
     NULL,
     NULL,
     0.5,
     false,
     {"merge test", "unknown method 'wieghted-sum'", "weighted-sum'?"}},
    {"unknown rule",
     {GOOD, .weight = 1, .better = 1, .max = 9},
     "borda",
     NULL,
     "renormalize",
     0.5,
     false,
     {"unknown rule for `missing` 'renormalize'", "'renormalise'"}},
    {"unknown normalisation",
     {GOOD, .weight = 1, .better = 1, .max = 9},
     "minimum",
     "rang",
     NULL,
     0.5,
     false,
     {"unknown normalisation 'rang'"}},
    {"borda on a scale",
     {GOOD, .weight = 1, .better = 1, .max = 9},
     "borda",
     "range",
     NULL,
     0.5,
     false,
     {"normalise: range", "borda"}},
    {"a scale that is the method's own",
     {GOOD, .weight = 1, .better = 1, .max = 9},
     "spotis",
     "range",
     NULL,
     0.5,
     false,
     {"normalise: range", "spotis"}},
    {"no ideal",
     {GOOD, .weight = 1, .better = 1, .max = 9},
     "rim",
     NULL,
     NULL,
     0.5,
     false,
     {"rim", "ideal"}},
    {"an ideal outside of the limits",
     {GOOD, .weight = 1, .max = 9, .has_ideal = true, .ideal_low = 3, .ideal_high = 10},
     "spotis",
     NULL,
     NULL,
     0.5,
     false,
     {"its ideal, from 3 to 10", "`max` 9"}},
    {"a product of values below 0",
     {GOOD, .weight = 1, .better = -1, .max = 9},
     "weighted-product",
     "none",
     NULL,
     0.5,
     true,
     {"fit.fit", "weighted-product", "from 0"}},
    {"floor above 1",
     {GOOD, .weight = 1, .better = 1, .max = 9},
     "minimum",
     NULL,
     NULL,
     50,
     false,
     {"floor is 50"}},
    {"floor NaN",
     {GOOD, .weight = 1, .better = 1, .max = 9},
     "minimum",
     NULL,
     NULL,
     NONE,
     false,
     {"floor is nan"}},
    {"refused",
     {.name = "gaps", .value = gap, .weight = 1, .better = 1, .max = 9},
     "weighted-sum",
     NULL,
     "refuse",
     0.5,
     true,
     {"measure gaps", "pulse-oximetry and 1 more", "refuse", "bounds"}},
    {"no limits for a gap",
     {.name = "gaps", .value = gap, .weight = 1, .better = 1, .min = NONE, .max = NONE},
     "weighted-sum",
     "range",
     NULL,
     0.5,
     true,
     {"measure gaps", "missing for pulse-oximetry", "`min` and `max`", "`missing: bounds`"}},
    {"half a limit",
     {.name = "gaps", .value = gap, .weight = 1, .better = -1, .min = 0, .max = NONE},
     "minimum",
     "none",
     NULL,
     0,
     true,
     {"measure gaps", "`min` and `max`", "missing"}},
    {"no limits, borda",
     {.name = "gaps", .value = gap, .weight = 1, .better = 1, .min = NONE, .max = NONE},
     "borda",
     NULL,
     NULL,
     0.5,
     true,
     {"measure gaps", "`min` and `max`", "missing"}},
    {"neutral, none, no limits",
     {.name = "gaps", .value = gap, .weight = 1, .better = 1, .min = NONE, .max = NONE},
     "weighted-sum",
     "none",
     "neutral",
     0.5,
     true,
     {"measure gaps", "`min` and `max`"}},
    {"open end",
     {.name = "least",
      .value = good,
      .high = open_high,
      .weight = 1,
      .better = 1,
      .min = 0,
      .max = INFINITY},
     "weighted-sum",
     "range",
     NULL,
     0.5,
     true,
     {"measure least", "open-ended for esp", "`max`"}},
    {"infinite value",
     {.name = "odd", .value = infinite, .weight = 1, .better = 1, .max = INFINITY},
     "borda",
     NULL,
     NULL,
     0.5,
     true,
     {"measure odd", "pulse-oximetry", "infinite"}},
    {"above the limit",
     {GOOD, .weight = 1, .better = 1, .max = 2.5},
     "weighted-sum",
     NULL,
     NULL,
     0.5,
     true,
     {"measure fit.fit", "esp is 3", "max 2.5"}},
    {"limits too far apart",
     {GOOD, .weight = 1, .better = 1, .min = -1e308, .max = 1e308},
     "minimum",
     NULL,
     NULL,
     0.5,
     true,
     {"measure fit.fit", "too far apart"}},
};

static struct merge_request request_of(const struct fault *fault)
{
    struct merge_request request = problem_request(fault->method, &fault->measure, 1, 3);
    request.normalise = fault->normalise;
    request.missing = fault->missing;
    request.floor = fault->floor;
    request.id = problem_id;
    request.ids = ids;
    return request;
}

static void expect_said(const struct fault *fault, const struct uptake_error *error)
{
    cr_expect_eq(error->exit_code, EXIT_INPUT, "%s", fault->name);
    cr_assert_eq(error->count, 1, "%s: %u messages", fault->name, error->count);
    for (size_t s = 0; s < LENGTH(fault->said) && fault->said[s]; s++)
        cr_expect(strstr(error->text[0], fault->said[s]), "%s: no \"%s\" in \"%s\"", fault->name,
                  fault->said[s], error->text[0]);
}

Test(merge_errors, each_names_what_is_wrong)
{
    static struct uptake_error error;
    for (size_t f = 0; f < LENGTH(faults); f++) {
        struct merge_request request = request_of(&faults[f]);
        struct merge_result result = {.n = 7};
        error = (struct uptake_error){0};
        cr_expect_eq(merge_run(&request, &result, &error), -1, "%s", faults[f].name);
        expect_said(&faults[f], &error);
        cr_expect_eq(result.n, 7, "%s: the result was written", faults[f].name);
        cr_expect_eq(merge_run(&request, &result, NULL), -1, "%s, nobody listening",
                     faults[f].name);
    }
}

/* Before anything is run: the same faults but those of the values; no column is looked at. */
Test(merge_errors, check_needs_no_values)
{
    static struct uptake_error error;
    for (size_t f = 0; f < LENGTH(faults); f++) {
        struct merge_request request = request_of(&faults[f]);
        struct merge_measure measure = faults[f].measure;
        measure.value = measure.low = measure.high = NULL;
        request.measures = &measure;
        error = (struct uptake_error){0};
        cr_expect_eq(merge_check(&request, &error), faults[f].needs_values ? 0 : -1, "%s",
                     faults[f].name);
        if (!faults[f].needs_values)
            expect_said(&faults[f], &error);
    }
}

Test(merge_errors, all_measures_are_reported_with_their_places)
{
    static struct uptake_error error;
    const struct merge_measure measures[] = {
        {.name = "a",
         .weight = -1,
         .better = 1,
         .max = 1,
         .value = good,
         .place = {"s.yaml", 12, 5}},
        {.name = "b", .weight = 1, .better = 0, .max = 1, .value = good},
        {.name = "c", .weight = 1, .better = 1, .max = 1, .value = good}};
    struct merge_request request = problem_request("minmum", measures, 3, 3);
    request.place = (struct place){"s.yaml", 9, 3};
    request.method_place = (struct place){"s.yaml", 10, 11};
    cr_expect_eq(merge_check(&request, &error), -1);
    cr_assert_eq(error.count, 3);
    cr_expect(strstr(error.text[0], "s.yaml:10:11: merge test: unknown method 'minmum'") ==
              error.text[0]);
    cr_expect(strstr(error.text[1], "s.yaml:12:5: merge test: measure a: its weight is -1") ==
              error.text[1]);
    cr_expect(strstr(error.text[2], "s.yaml:9:3: merge test: measure b: neither") == error.text[2]);
}

Test(merge_errors, no_measures)
{
    static struct uptake_error error;
    struct merge_request request = problem_request("borda", NULL, 0, 3);
    cr_expect_eq(merge_check(&request, &error), -1);
    cr_expect(strstr(error.text[0], "it names no measures"));
}

/* Without ids, a message counts rows. */
Test(merge_errors, rows_stand_in_for_ids)
{
    static struct uptake_error error;
    const struct merge_measure measure = problem_measure("gaps", 1, 1, 0, 9, gap);
    struct merge_request request = problem_request("borda", &measure, 1, 3);
    struct merge_result result = {0};
    request.missing = "refuse";
    cr_expect_eq(merge_run(&request, &result, &error), -1);
    cr_expect(strstr(error.text[0], "missing for row 1 and 1 more"));
}

Test(merge_errors, finishing_nothing)
{
    struct merge_result result = {0};
    merge_finish(&result);
    merge_finish(&result);
    cr_expect_null(result.score);
    cr_expect_str_eq(merge_standing_text(MERGE_RANKED), "");
    cr_expect_str_eq(merge_standing_text((enum merge_standing)99), "");
}
