/*
 * Optional measures whose memory is used only where there is something: what has no value is left out, whatever its
 * neighbours have, and however its batch was cut by crashes and refusals. Expected is what the bundle writes.
 */
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "run/fixture.h"

enum { N = 3000, RARE = 0, NEVER, NOTHING, WORD, NO_WORD };

struct sparse {
    const char *name;
    uint64_t every, aborts, refuses; /* 0: never */
};

static bool fails(const struct sparse *sparse, uint64_t i)
{
    return (sparse->aborts && i % sparse->aborts == sparse->aborts - 1) ||
           (sparse->refuses && i % sparse->refuses == sparse->refuses - 1);
}

static bool number_is(const double *column, uint64_t i, bool there, double x, int why)
{
    return there ? column[i] == x : isnan(column[i]) && uptake_why(column[i]) == why;
}

/* The bounds of what is missing are as missing. */
static size_t wrong_at(const struct sparse *sparse, const struct result_column *columns, uint64_t i)
{
    int why = fails(sparse, i) ? UPTAKE_NOT_ASSESSED : UPTAKE_LEFT_OUT;
    bool there = !fails(sparse, i) && i % sparse->every == sparse->every / 2;
    double x = (double)i;
    const struct result_column *rare = &columns[RARE], *never = &columns[NEVER];
    const bool right[] = {number_is(rare->values, i, there, x, why),
                          number_is(rare->low, i, there, x / 2, why),
                          number_is(rare->high, i, there, x * 2, why),
                          number_is(never->values, i, false, 0, why),
                          number_is(never->low, i, false, 0, why),
                          number_is(never->high, i, false, 0, why),
                          number_is(columns[NOTHING].values, i, false, 0, why),
                          columns[WORD].codes[i] == (there ? (int32_t)(i & 1) : -why),
                          columns[NO_WORD].codes[i] == -why};
    size_t wrong = 0;
    for (size_t k = 0; k < sizeof right / sizeof *right; k++)
        wrong += !right[k];
    return wrong;
}

static void check_run(const struct sparse *sparse, const struct stage *stage, int jobs,
                      char **before)
{
    char plugins[256];
    struct attempt attempt;
    snprintf(plugins, sizeof plugins,
             "  few: {use: run-sparse, with: {every: %d, aborts: %d, refuses: %d}}\n",
             (int)sparse->every, (int)sparse->aborts, (int)sparse->refuses);
    attempt_run(&attempt, stage, jobs, plugins, NULL);
    cr_assert(attempt.code == 0, "%s: %s", sparse->name, attempt.error.text[0]);
    const struct result_plugin *few = attempt_plugin(&attempt, "few");
    size_t wrong = 0;
    for (uint64_t i = 0; i < N; i++)
        wrong += wrong_at(sparse, few->columns, i);
    cr_expect_eq(wrong, 0, "%s, %d jobs: %zu wrong", sparse->name, jobs, wrong);
    char *text = attempt_text(&attempt, "few");
    cr_expect(!*before || strcmp(*before, text) == 0, "%s, %d jobs: other bytes", sparse->name,
              jobs);
    free(*before);
    *before = text;
    attempt_finish(&attempt);
}

Test(run_sparse, what_has_no_value_is_left_out, .timeout = 120)
{
    static const struct sparse cases[] = {{"in every batch", 7, 0, 0},
                                          {"in some batches", 1000, 0, 0},
                                          {"in none", 1000000, 0, 0},
                                          {"in every batch, and deaths", 7, 300, 0},
                                          {"in some batches, and deaths", 1000, 300, 0},
                                          {"in none, and deaths", 1000000, 300, 0},
                                          {"in some batches, and refusals", 500, 0, 90},
                                          {"in none, and refusals", 1000000, 0, 90},
                                          {"deaths and refusals", 61, 700, 90}};
    static const int jobs[] = {1, 2, 7, IN_PROCESS};
    struct stage stage;
    stage_open(&stage, N);
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++) {
        char *before = NULL;
        for (size_t j = 0; j < 4; j++)
            if (jobs[j] != IN_PROCESS || !cases[c].aborts)
                check_run(&cases[c], &stage, jobs[j], &before);
        free(before);
    }
    stage_close(&stage);
}
