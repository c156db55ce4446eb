/* What one plugin reads of another by the question that it answers: order, choice, circles, and
 * what is missing. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "run/fixture.h"

enum { N = 200 };

static double payback_of(uint64_t i)
{
    double low = (double)(i % 30);
    return i % 7 == 3 ? (double)NAN : i % 5 == 2 ? low + 2 : low;
}

/* run-reads: refined = weight + 0.5; why and spread as it saw them. */
static void check_reader(const struct attempt *attempt, const char *name, double factor,
                         uint64_t skip)
{
    const struct result_plugin *plugin = attempt_plugin(attempt, name);
    const double *refined = plugin->columns[0].values, *why = plugin->columns[1].values;
    cr_assert(plugin->ok == N, "%s: %d ok", name, (int)plugin->ok);
    for (uint64_t i = 0; i < N; i++) {
        bool skipped = skip && i % skip == 0, missing = isnan(payback_of(i));
        double wanted = skipped ? UPTAKE_NOT_ASSESSED : missing ? UPTAKE_LEFT_OUT : 0;
        cr_expect(why[i] == wanted, "%s: why %g, not %g, of %d", name, why[i], wanted, (int)i);
        if (wanted == 0) {
            cr_expect(refined[i] == payback_of(i) * factor + 0.5, "%s: %d", name, (int)i);
            cr_expect(plugin->columns[2].values[i] == 2, "%s: bounds of %d", name, (int)i);
        } else {
            cr_expect(isnan(refined[i]) && isnan(plugin->columns[2].values[i]));
        }
    }
}

/* The provider stands after its reader; a third plugin stands between. */
Test(run_quantities, order, .timeout = 60)
{
    static const int jobs[] = {1, 2, 7, IN_PROCESS};
    struct stage stage;
    stage_open(&stage, N);
    char *first = NULL;
    for (int j = 0; j < 4; j++) {
        struct attempt attempt;
        attempt_run(&attempt, &stage, jobs[j],
                    "  reader: {use: run-reads}\n"
                    "  between: {use: run-steady}\n"
                    "  giver: {use: run-gives, with: {factor: 3, skip: 9}}\n",
                    NULL);
        cr_assert(attempt.code == 0, "%s", attempt.error.text[0]);
        check_reader(&attempt, "reader", 3, 9);
        char *text = attempt_json(&attempt);
        if (first)
            cr_expect(strcmp(first, text) == 0, "other bytes with %d jobs", jobs[j]);
        else
            first = strdup(text);
        free(text);
        attempt_finish(&attempt);
    }
    free(first);
    stage_close(&stage);
}

/* A chain: each refines what the one before says. */
Test(run_quantities, chain, .timeout = 60)
{
    struct stage stage;
    struct attempt attempt;
    stage_open(&stage, N);
    attempt_run(&attempt, &stage, 3,
                "  third: {use: run-reads, reads: {run-weight: second}}\n"
                "  second: {use: run-reads, reads: {run-weight: first}}\n"
                "  first: {use: run-gives}\n",
                NULL);
    cr_assert(attempt.code == 0, "%s", attempt.error.text[0]);
    const double *third = attempt_plugin(&attempt, "third")->columns[0].values;
    for (uint64_t i = 0; i < N; i++)
        if (!isnan(payback_of(i)))
            cr_expect(third[i] == payback_of(i) + 0.5 + 0.5);
        else
            cr_expect(isnan(third[i]));
    attempt_finish(&attempt);
    stage_close(&stage);
}

Test(run_quantities, several_writers, .timeout = 60)
{
    struct stage stage;
    struct attempt attempt;
    stage_open(&stage, N);
    for (int two = 0; two < 2; two++) {
        char plugins[256];
        snprintf(plugins, sizeof plugins,
                 "  one: {use: run-gives, with: {factor: 1}}\n"
                 "  two: {use: run-gives, with: {factor: 2}}\n"
                 "  reader: {use: run-reads, reads: {run-weight: %s}}\n",
                 two ? "two" : "one");
        attempt_run(&attempt, &stage, 2, plugins, NULL);
        cr_assert(attempt.code == 0, "%s", attempt.error.text[0]);
        check_reader(&attempt, "reader", two + 1, 0);
        attempt_finish(&attempt);
    }
    stage_close(&stage);
}

/* What another plugin skipped, or failed on, is missing; who needs it says whose it is. */
Test(run_quantities, missing, .timeout = 60)
{
    struct stage stage;
    struct attempt attempt;
    stage_open(&stage, N);
    attempt_run(&attempt, &stage, 2,
                "  needer: {use: run-needs, reads: {run-weight: giver}}\n"
                "  giver: {use: run-gives, with: {skip: 4}}\n",
                NULL);
    cr_assert(attempt.code == 0, "%s", attempt.error.text[0]);
    for (uint64_t i = 0; i < N; i++) {
        bool missing = i % 4 == 0 || isnan(payback_of(i));
        cr_expect_str_eq(attempt_status(&attempt, "needer", i),
                         missing ? "skipped: giver.weight was not assessed" : "ok");
    }
    attempt_finish(&attempt);
    attempt_run(&attempt, &stage, 2,
                "  reader: {use: run-reads, reads: {run-weight: giver}}\n"
                "  giver: {use: run-gives, with: {die: true}}\n",
                NULL);
    cr_assert(attempt.code == 0);
    const struct result_plugin *reader = attempt_plugin(&attempt, "reader");
    cr_expect(reader->status == PLUGIN_OK && reader->ok == N);
    for (uint64_t i = 0; i < N; i++)
        cr_expect(reader->columns[1].values[i] == UPTAKE_NOT_ASSESSED);
    cr_expect_str_eq(attempt_status(&attempt, "giver", 5), "failed: not today");
    attempt_finish(&attempt);
    stage_close(&stage);
}

/* A reader that scribbles on what it reads changes nobody else's view of it. */
Test(run_quantities, alter, .timeout = 60)
{
    struct stage stage;
    struct attempt attempt;
    stage_open(&stage, N);
    attempt_run(&attempt, &stage, 2, "  giver: {use: run-gives}\n", NULL);
    char *alone = attempt_text(&attempt, "giver");
    attempt_finish(&attempt);
    for (int jobs = IN_PROCESS; jobs < 4; jobs += 2) {
        attempt_run(&attempt, &stage, jobs,
                    "  giver: {use: run-gives}\n"
                    "  bad: {use: run-reads, reads: {run-weight: giver}, with: {alter: true}}\n"
                    "  good: {use: run-reads, reads: {run-weight: giver}}\n",
                    NULL);
        cr_assert(attempt.code == 0, "%s", attempt.error.text[0]);
        char *text = attempt_text(&attempt, "giver");
        cr_expect_str_eq(text, alone);
        check_reader(&attempt, "good", 1, 0);
        free(text);
        attempt_finish(&attempt);
    }
    free(alone);
    stage_close(&stage);
}

static const struct {
    const char *plugins, *message;
} refused[] = {
    {"  reader: {use: run-reads}\n",
     "run-reads reads '@run-weight', which no plugin of this spec writes"},
    {"  one: {use: run-gives}\n  two: {use: run-gives}\n  reader: {use: run-reads}\n",
     "run-reads reads '@run-weight', which one, two write; choose with reads: {run-weight: NAME}"},
    {"  one: {use: run-gives}\n  reader: {use: run-reads, reads: {run-weight: other}}\n",
     "'other' does not write 'run-weight'"},
    {"  reader: {use: run-reads, reads: {run-weight: reader}}\n",
     "reads, by way of others, what it writes itself"},
    {"  a: {use: run-circle-a}\n  b: {use: run-circle-b}\n",
     "reads, by way of others, what it writes itself"},
};

Test(run_quantities, refused, .timeout = 60)
{
    struct stage stage;
    stage_open(&stage, 5);
    for (size_t k = 0; k < sizeof refused / sizeof *refused; k++) {
        struct attempt attempt;
        attempt_run(&attempt, &stage, 2, refused[k].plugins, NULL);
        cr_expect(attempt.code == 2, "case %zu: %d", k, attempt.code);
        cr_expect(strstr(attempt.error.text[0], refused[k].message), "case %zu: %s", k,
                  attempt.error.text[0]);
        attempt_finish(&attempt);
    }
    stage_close(&stage);
}
