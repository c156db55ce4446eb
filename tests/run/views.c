/*
 * What a plugin sees of the model, value by value, against what the model says; and the same
 * innovations once more in another cell of the grid, where every offset is another.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "run/fixture.h"

enum { SHOWN = 5, AWAY = 70, N = AWAY + SHOWN };

static const char top[] =
    "uptake: 1\n"
    "adopters:\n"
    "- {id: hill, name: Hill, type: practice, region: North, opened: 2001-02-03}\n"
    "- {id: quay, name: Quay, type: trust, region: unknown, opened: 2010}\n"
    "- {id: bare, name: Bare}\n"
    "priorities:\n"
    "- {id: falls, name: Falls, level: local}\n"
    "- {id: pain, name: Pain, level: local}\n"
    "innovations:\n";

/* %s: an id's ending. */
static const char *const innovations[SHOWN] = {
    "- id: full%s\n"
    "  name: Full\n"
    "  kind: digital\n"
    "  summary: All of it\n"
    "  introduced: {date: 2012, organisation: Hill}\n"
    "  commissioning: {payback: {low: 2, high: 6}, saving_5y: -1500.5, measured_outcome: true}\n"
    "  custom: {cost: 12}\n"
    "  core_components: [one, two]\n"
    "  priorities: [pain, falls]\n"
    "  support:\n"
    "  - {resource: time, phase: running, needed: {at_least: 5}, unit: hours_per_week,\n"
    "     adopter: quay, by: A team}\n"
    "  - {resource: space, phase: running, needed: {about: 10}, unit: rooms}\n"
    "  - {resource: money, phase: running, needed: unknown, provided: 1, unit: gbp_once}\n"
    "  judgements:\n"
    "  - {framework: nasss, construct: condition, value: complicated}\n"
    "  - {framework: custom, construct: mine, value: 1.5}\n"
    "  - {framework: nasss, construct: technology, value: {simple: 0.5, complex: 0.5}}\n"
    "  vehicles:\n"
    "  - {id: v1, income: [{source: fees, share: 0.25}, {source: grants, share: 0.75}]}\n"
    "  - {id: v2}\n"
    "  - {id: v3, income: [{source: fees}]}\n"
    "  spells:\n"
    "  - {adopter: hill, adopted: 2013-03-05, status: adopted}\n"
    "  - {adopter: quay, status: piloting}\n"
    "  - {adopter: bare, adopted: 2021-01-01, status: adopted}\n",
    "- id: reasons%s\n"
    "  name: Reasons\n"
    "  kind: workforce\n"
    "  summary: none\n"
    "  introduced: {date: unknown}\n"
    "  commissioning: {payback: unknown, saving_5y: n/a, measured_outcome: false}\n"
    "  custom: {cost: none}\n"
    "  support: none\n",
    "- {id: bare%s, name: Bare}\n",
    "- id: doubt%s\n"
    "  name: Doubt\n"
    "  kind: unknown\n"
    "  summary: 'unknown'\n"
    "  introduced: {date: 2012-02}\n"
    "  commissioning: {payback: {suppressed: [1, 4]}, saving_5y: {about: 10}, measured_outcome: "
    "n/a}\n"
    "  support:\n"
    "  - {resource: time, phase: running, needed: {at_most: 8}, unit: hours_per_week}\n"
    "  vehicles:\n"
    "  - {id: v4, income: unknown}\n",
    "- id: last%s\n"
    "  name: Last\n"
    "  kind: service\n"
    "  commissioning: {payback: {low: 1, mode: 2, high: 9}}\n"
    "  judgements: [{framework: custom, construct: mine, value: -2}]\n"
    "  support:\n"
    "  - {resource: money, phase: set_up, needed: 7, provided: 0, unit: gbp_once, adopter: hill}\n",
};

/*
 * fields: payback[low,high]kind saving kind summary introduced measured cost. A missing value is
 * "!" and why (enum uptake_missing), days count from 1970-01-01 (2012-01-01 is 15340), kinds are
 * enum uptake_doubt. rows: why an empty list is empty, then (resource needed[low,high]kind adopter
 * by). ratings: of nasss; of cfir, which nobody gave. nested: each vehicle's income. rest:
 * components; priorities; levers; spells.
 */
static const struct {
    const char *fields, *rows, *ratings, *nested, *rest;
} expected[SHOWN] = {
    {"4[2,6]1 -1500.5 1 All of it 15340..15705 1 12",
     "why 0: (1 5[5,inf]3 1 A team) (other 10[9,11]5 !1 !1) (0 !2[!2,!2]0 !1 !1)",
     "why 0 1: 0.5[0.5,0.5]0 0.5[0,1]2;", "v1(why 0 0.25 0.75) v2(why 1) v3(why 0 !1) ",
     "one,two,;1,0,; levers 0 why 1; 15769..15769 1 !1 other"},
    {"!2[!2,!2]0 !4 other !3 !2 0 !3", "why 3:", "why 1 1:;", "", ";; levers 0 why 1;"},
    {"!1[!1,!1]0 !1 !1 !1 !1 !1 !1", "why 1:", "why 1 1:;", "", ";; levers 0 why 1;"},
    {"!6[1,4]6 10 !2 unknown 15371..15399 !4 !1", "why 0: (1 8[0,8]4 !1 !1)", "why 1 1:;",
     "v4(why 2) ", ";; levers 0 why 1;"},
    {"2[1,9]1 !1 0 !1 !1 !1 !1", "why 0: (0 7[7,7]0 0 !1)", "why 1 1:;", "", ";; levers 0 why 1;"},
};

static const char portfolio[] =
    "North 0 11356..11356; !2 other 14610..14974; !1 !1 !1; ties 0, of 75";

static char *make_model(void)
{
    char *text = NULL;
    size_t bytes;
    FILE *file = open_memstream(&text, &bytes);
    fputs(top, file);
    for (int i = 0; i < N; i++) {
        int shown = i < SHOWN ? i : i - AWAY;
        char ending[16];
        snprintf(ending, sizeof ending, "-%d", i);
        if (shown < 0) {
            fprintf(file,
                    "- {id: filler%s, name: Filler, support: [{resource: time, phase: "
                    "running, needed: %d, unit: wte}]}\n",
                    ending, i);
            continue;
        }
        const char *from = innovations[shown], *at = strstr(from, "%s");
        fprintf(file, "%.*s%s%s", (int)(at - from), from, ending, at + 2);
    }
    fclose(file);
    return text;
}

static void check_text(const struct attempt *attempt, size_t column, uint64_t row,
                       const char *wanted, const char *what)
{
    const struct result_plugin *probe = attempt_plugin(attempt, "probe");
    char text[UPTAKE_TEXT_BYTES + 1];
    result_text(probe, &probe->columns[column], row, text);
    cr_expect(strcmp(text, wanted) == 0, "%s, %s of %d:\n  saw    %s\n  wanted %s", what,
              probe->columns[column].write->name, (int)row, text, wanted);
}

static void check_views(const struct attempt *attempt, const char *what)
{
    const struct result_plugin *probe = attempt_plugin(attempt, "probe");
    char whole[UPTAKE_TEXT_BYTES + 1], text[UPTAKE_TEXT_BYTES + 1];
    for (uint64_t i = 0; i < SHOWN; i++)
        for (uint64_t at = i; at < N; at += AWAY) {
            const char *const wanted[] = {expected[i].fields, expected[i].rows, expected[i].ratings,
                                          expected[i].nested, expected[i].rest};
            for (size_t column = 0; column < 5; column++)
                check_text(attempt, column, at, wanted[column], what);
        }
    snprintf(whole, sizeof whole, "%s, counted 75, batch 0", portfolio);
    check_text(attempt, 5, 0, whole, what);
    cr_assert(probe->n_notes == N);
    for (uint64_t k = 0; k < N; k++) {
        struct result_note note = result_note(probe, k);
        result_note_text(probe, &note, text);
        cr_expect_str_eq(text, portfolio);
    }
}

Test(run_views, everything, .timeout = 60)
{
    static const int jobs[] = {1, 2, 7, IN_PROCESS};
    struct stage stage;
    char *model = make_model();
    stage_open_text(&stage, model);
    for (int j = 0; j < 4; j++) {
        struct attempt attempt;
        char what[16];
        snprintf(what, sizeof what, "%d jobs", jobs[j]);
        attempt_run(&attempt, &stage, jobs[j], "  probe: {use: run-probe}\n", NULL);
        cr_assert(attempt.code == 0, "%s", attempt.error.text[0]);
        check_views(&attempt, what);
        attempt_finish(&attempt);
    }
    free(model);
    stage_close(&stage);
}
