/* Scenarios over generated models: what runs again, what stays, chains of plugins, and the same bytes for any jobs. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "run/fixture.h"

enum { N = 3000 };

static const char plugins[] = "  reader: {use: run-reads}\n"
                              "  between: {use: run-steady}\n"
                              "  giver: {use: run-gives}\n";

static const char scenarios[] =
    "merge: {m: {method: weighted-sum, measures: {giver.weight: {weight: 1, min: -1000, max: "
    "1000}}}}\n"
    "scenarios:\n"
    "  twice: {set: {commissioning.payback: {scale: 2}}}\n"
    "  thrice: {set: {commissioning.payback: {scale: 3}}}\n"
    "  one: {set: {\"innovations[id=i1].commissioning.payback\": {value: 500}}}\n"
    "  elsewhere: {set: {\"support[].provided\": {close: 0.5}}}\n"
    "  sizes: {set: {\"/adopters[region=R0].size\": {value: unknown}}}\n"
    "  later: {as_of: 2024-01-01}\n";

static const struct result *of(const struct attempt *attempt, const char *name)
{
    const struct result *result = &attempt->pipeline.result;
    for (size_t k = 0; k < result->n_scenarios; k++)
        if (strcmp(result->scenarios[k].name, name) == 0)
            return result->scenarios[k].result;
    cr_assert_fail("no scenario %s", name);
    return NULL;
}

static bool stays(const struct attempt *attempt, const char *name, size_t plugin)
{
    return of(attempt, name)->plugins[plugin].states ==
           attempt->pipeline.result.plugins[plugin].states;
}

static void expect_times(const struct attempt *attempt, const char *name, double factor)
{
    const double *before = attempt->pipeline.result.plugins[2].columns[0].values;
    const struct result *result = of(attempt, name);
    const double *weight = result->plugins[2].columns[0].values;
    const double *refined = result->plugins[0].columns[0].values;
    for (uint64_t i = 0; i < N; i++) {
        bool missing = isnan(before[i]);
        cr_assert(missing ? isnan(weight[i]) : weight[i] == factor * before[i], "%s, %d: %g", name,
                  (int)i, weight[i]);
        cr_assert(missing ? isnan(refined[i]) : refined[i] == weight[i] + 0.5,
                  "%s: the reader saw the baseline's answer", name);
        cr_assert(missing ||
                      result->merges[0].score[i] != attempt->pipeline.result.merges[0].score[i] ||
                      before[i] == 0,
                  "%s: the merge stands still", name);
    }
}

Test(run_scenarios, run_again_what_reads_the_change, .timeout = 120)
{
    struct remains before = remains_now();
    struct stage stage;
    struct attempt attempt;
    stage_open(&stage, N);
    attempt_run(&attempt, &stage, 2, plugins, scenarios);
    cr_assert(attempt.code == 0, "%s", attempt.error.text[0]);
    cr_assert_eq(attempt.pipeline.result.n_scenarios, 6u);
    expect_times(&attempt, "twice", 2);
    expect_times(&attempt, "thrice", 3);
    cr_expect(!stays(&attempt, "twice", 0) && !stays(&attempt, "twice", 2));
    const double *weight = of(&attempt, "one")->plugins[2].columns[0].values;
    const double *was = attempt.pipeline.result.plugins[2].columns[0].values;
    for (uint64_t i = 0; i < N; i++)
        cr_assert(weight[i] == (i == 1 ? 500 : was[i]) || (isnan(weight[i]) && isnan(was[i])));
    for (size_t p = 0; p < 3; p++) {
        cr_expect_eq(stays(&attempt, "elsewhere", p), p != 1,
                     "plugin %zu; run-steady reads support", p);
        cr_expect(stays(&attempt, "sizes", p), "plugin %zu ran again", p);
        cr_expect(!stays(&attempt, "later", p), "plugin %zu did not run again", p);
    }
    cr_expect(!attempt.pipeline.result.scenarios[0].changes[0].rows.unread);
    cr_expect(attempt.pipeline.result.scenarios[4].changes[0].rows.unread);
    cr_expect_eq(attempt.pipeline.result.scenarios[4].changes[0].rows.matched, 3u, "a0, a2 and a4");
    attempt_finish(&attempt);
    remains_check(&before, "scenarios");
    stage_close(&stage);
}

Test(run_scenarios, give_the_same_bytes_for_any_jobs, .timeout = 120)
{
    static const int jobs[] = {1, 2, 7, IN_PROCESS};
    struct stage stage;
    char *first = NULL;
    stage_open(&stage, N);
    for (size_t j = 0; j < sizeof jobs / sizeof *jobs; j++) {
        struct attempt attempt;
        attempt_run(&attempt, &stage, jobs[j], plugins, scenarios);
        cr_assert(attempt.code == 0, "%s", attempt.error.text[0]);
        char *text = attempt_json(&attempt);
        cr_expect(!first || strcmp(first, text) == 0, "other bytes with %d jobs", jobs[j]);
        if (first)
            free(text);
        else
            first = text;
        attempt_finish(&attempt);
    }
    free(first);
    stage_close(&stage);
}

/* A change that the model cannot hold ends the run before it begins, and says in which scenario. */
Test(run_scenarios, that_do_not_fit_are_refused_before_anything_runs, .timeout = 60)
{
    struct stage stage;
    struct attempt attempt;
    stage_open(&stage, 4);
    attempt_run(&attempt, &stage, 1, plugins,
                "scenarios:\n  odd: {set: {\"support[].resource\": {value: money}}}\n");
    cr_expect_eq(attempt.code, EXIT_INPUT);
    cr_expect(strstr(attempt.error.text[0], "hours_per_week") ||
                  strstr(attempt.error.text[0], "money is not counted in"),
              "%s", attempt.error.text[0]);
    cr_expect(strstr(attempt.error.text[attempt.error.count - 1],
                     "scenario 'odd': its changes do not fit the model"),
              "%s", attempt.error.text[attempt.error.count - 1]);
    cr_expect_eq(attempt.pipeline.result.n_plugins, 0u, "something ran");
    attempt_finish(&attempt);
    stage_close(&stage);
}
