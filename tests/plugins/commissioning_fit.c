/*
 * commissioning-fit in whole runs: every expected status and figure is worked out by hand from the numbered points at the head of
 * plugins/commissioning-fit/plugin.c. DAFNE, IAPT and the diagnostic are the worked examples of its README.
 */
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plugin/fixture.h"
#include "run/fixture.h"

static void find_plugins(void)
{
    setenv("UPTAKE_PLUGIN_PATH", TEST_PLUGINS, 1);
}

TestSuite(commissioning_fit, .init = find_plugins, .timeout = 120);

/* --- A run ------------------------------------------------------------------------------------ */

static struct attempt *run(const struct stage *stage, const char *as_of, const char *with, int jobs)
{
    char path[128], set[64];
    snprintf(path, sizeof path, "%s/spec.yaml", stage->folder);
    snprintf(set, sizeof set, "as_of=%s", as_of);
    FILE *file = fopen(path, "we");
    struct attempt *attempt = calloc(1, sizeof *attempt);
    cr_assert(file && attempt);
    fprintf(file, "uptake: 1\nmodel: model.yaml\nplugins: {fit: {use: commissioning-fit%s}}\n",
            with);
    cr_assert(fclose(file) == 0);
    int read = spec_read(path, &(struct spec_set){set}, 1, &attempt->arena, &attempt->spec,
                         &attempt->error);
    cr_assert(read == 0, "%s", attempt->error.text[0]);
    struct run_options options = {.jobs = jobs, .in_process = jobs == IN_PROCESS};
    if (pipeline_run(&attempt->spec, &options, &attempt->pipeline, &attempt->error) != 0)
        attempt->code = attempt->error.exit_code;
    cr_assert_eq(attempt->code, 0, "%s", attempt->error.text[0]);
    return attempt;
}

static void done(struct attempt *attempt)
{
    attempt_finish(attempt);
    free(attempt);
}

static const struct result_column *column(const struct attempt *attempt, const char *name)
{
    const struct result_plugin *plugin = attempt_plugin(attempt, "fit");
    for (size_t c = 0; c < plugin->n_columns; c++)
        if (strcmp(plugin->columns[c].write->name, name) == 0)
            return &plugin->columns[c];
    cr_assert(false, "no write %s", name);
    return NULL;
}

/* The checks as letters: m met, u unmet, x unknown, - not applicable. */
static const char *checks(const struct attempt *attempt, uint64_t innovation)
{
    static const char *const names[] = {
        "national_priority", "local_priority", "guidance",      "rules",
        "measured",          "lasting",        "beyond_targets"};
    static char text[8];
    for (size_t c = 0; c < 7; c++) {
        int32_t code = column(attempt, names[c])->codes[innovation];
        text[c] = code < 0 ? '!' : "mux-"[code];
    }
    return text;
}

static void expect_amount(const struct attempt *attempt, const char *name, uint64_t innovation,
                          double low, double best, double high, const char *what)
{
    const struct result_column *of = column(attempt, name);
    double found[] = {of->low[innovation], of->values[innovation], of->high[innovation]};
    const double expected[] = {low, best, high};
    for (size_t k = 0; k < 3; k++)
        cr_expect(fabs(found[k] - expected[k]) < 1e-12 || (isnan(found[k]) && isnan(expected[k])),
                  "%s: %s %zu is %.17g, expected %.17g", what, name, k, found[k], expected[k]);
}

static const char *pair_reason(const struct attempt *attempt, uint64_t pair)
{
    static char text[UPTAKE_TEXT_BYTES + 1];
    result_text(attempt_plugin(attempt, "fit"), column(attempt, "rule_reason"), pair, text);
    return text;
}

static bool found(const struct attempt *attempt, const char *part)
{
    char *text = attempt_text(attempt, "fit");
    bool there = strstr(text, part) != NULL;
    free(text);
    return there;
}

/* --- The worked examples ---------------------------------------------------------------------- */

static const char worked[] =
    "uptake: 1\n"
    "include: " TEST_ROOT "/configs/models/rules\n"
    "priorities:\n"
    "- {id: diabetes-education, name: Diabetes education, level: national, starts: 2017}\n"
    "- {id: mental-health, name: Mental health, level: national, starts: {at_most: 2017}}\n"
    "innovations:\n"
    "- id: dafne\n"
    "  name: DAFNE\n"
    "  kind: training\n"
    "  priorities: [diabetes-education]\n"
    "  vehicles: [{id: central, kind: programme, starts: 2000, ends: open, licence: contract}]\n"
    "  levers:\n"
    "  - {kind: guidance, scheme: NICE_TA, name: NICE TA60, scope: national, verdict: "
    "recommended,\n"
    "     effect: enables, starts: 2003-04, ends: open}\n"
    "  - {kind: grant, name: Trial grant, effect: enables, value: 300000, unit: gbp_once, starts: "
    "2000}\n"
    "- id: iapt\n"
    "  name: IAPT\n"
    "  kind: service\n"
    "  priorities: [mental-health]\n"
    "  vehicles: [{id: programme, kind: programme, ends: open}]\n"
    "  levers:\n"
    "  - {kind: target, name: Recovery, effect: enables, starts: {at_most: 2017}, ends: open}\n"
    "  - {kind: target, name: Six weeks, effect: enables, starts: 2015/16, ends: open}\n"
    "  - {kind: target, name: Eighteen weeks, effect: enables, starts: 2015/16, ends: open}\n"
    "  - {kind: guidance, scheme: other, scope: national, verdict: recommended, effect: enables,\n"
    "     starts: {at_most: 2017}, ends: open}\n"
    "  commissioning: {measured_outcome: true}\n"
    "- id: diagnostic\n"
    "  name: An invented diagnostic\n"
    "  kind: diagnostic\n"
    "  levers: [{kind: guidance, scheme: NICE_DG, verdict: recommended, starts: 2020, ends: "
    "open}]\n"
    "  commissioning:\n"
    "    saving_5y: 3200000\n"
    "    payback: 18\n"
    "    budget_impact: [{year: 1, gbp: 4000000}, {year: 2, gbp: 6000000}, {year: 3, gbp: "
    "5000000}]\n";

Test(commissioning_fit, worked_examples)
{
    struct stage stage;
    stage_open_text(&stage, worked);
    struct attempt *attempt = run(&stage, "2018-01-24", "", 1);
    cr_expect_str_eq(checks(attempt, 0), "mxm-xxm", "DAFNE");
    expect_amount(attempt, "fit", 0, 3.0 / 6, 1, 1, "DAFNE: met 1 3 7, unknown 2 5 6");
    cr_expect_str_eq(checks(attempt, 1), "mxm-mmu", "IAPT");
    expect_amount(attempt, "fit", 1, 4.0 / 6, 0.8, 5.0 / 6,
                  "IAPT: met 1 3 5 6, unmet 7, unknown 2");
    expect_amount(attempt, "enabling_levers", 1, 1, 1, 1, "IAPT: four of four");
    cr_expect(
        found(attempt, "rests on targets and tariffs alone: Recovery, Six weeks, Eighteen weeks"));
    cr_expect(found(attempt, "enabled by NICE TA60 (no end set), Trial grant (end not known)"));
    done(attempt);
    stage_close(&stage);
}

/* A name of 200 letters is cut; it does not turn into "and 1 more" of nothing. */
Test(commissioning_fit, a_long_name_is_named)
{
    char model[512], name[201];
    struct stage stage;
    memset(name, 'x', sizeof name - 1);
    name[sizeof name - 1] = 0;
    snprintf(
        model, sizeof model,
        "uptake: 1\ninnovations:\n- id: a\n  name: A\n  levers: [{kind: target, name: %s, ends: "
        "open}]\n",
        name);
    stage_open_text(&stage, model);
    struct attempt *attempt = run(&stage, "2018-01-24", "", 1);
    cr_expect(found(attempt, "rests on targets and tariffs alone: xxxx"));
    done(attempt);
    stage_close(&stage);
}

/* 2021/22: pays back in 18 months, over 12; no ITT or ITP is named, and that alone would leave it unknown. 2022/23: 18 months
 * are within 36. 2018: no rule of the mandate has begun. Rules in the order of their files: mtfm 21/22, 22/23, nice. */
Test(commissioning_fit, the_same_device_fails_one_year_and_passes_the_next)
{
    static const struct {
        const char *as_of, *checks, *first, *second;
        int32_t codes[2];
        uint64_t rules;
    } cases[] = {
        {"2018-06-01", "xxx-xxx", "decided by kind", "decided by kind", {3, 3}, 2},
        {"2021-06-01",
         "xxmuxxm",
         "not met: commissioning.payback at most 12 months",
         "decided by kind",
         {1, 3},
         3},
        {"2022-06-01", "xxmmxxm", "decided by /rules[].ends", "", {3, 0}, 4},
        {"2024-06-01",
         "xxm-xxm",
         "decided by /rules[].ends",
         "decided by /rules[].ends",
         {3, 3},
         4},
    };
    struct stage stage;
    stage_open_text(&stage, worked);
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        struct attempt *attempt = run(&stage, cases[k].as_of, "", 1);
        const struct result_column *status = column(attempt, "rule_status");
        uint64_t at = 2 * cases[k].rules; /* the third innovation's pairs */
        cr_expect_eq(status->rows, 3 * cases[k].rules, "%s", cases[k].as_of);
        cr_expect_str_eq(checks(attempt, 2), cases[k].checks, "%s: %s", cases[k].as_of,
                         checks(attempt, 2));
        cr_expect_eq(status->codes[at], cases[k].codes[0], "%s", cases[k].as_of);
        cr_expect_eq(status->codes[at + 1], cases[k].codes[1], "%s", cases[k].as_of);
        cr_expect_str_eq(pair_reason(attempt, at), cases[k].first, "%s: %s", cases[k].as_of,
                         pair_reason(attempt, at));
        cr_expect_str_eq(pair_reason(attempt, at + 1), cases[k].second, "%s: %s", cases[k].as_of,
                         pair_reason(attempt, at + 1));
        done(attempt);
    }
    stage_close(&stage);
}

/* --- Each check ------------------------------------------------------------------------------- */

/* As of 2020-06-15; 12 months later is 2021-06-15. */
static const struct {
    const char *fields, *checks;
    double fit; /* below 0: none */
} cases[] = {
    {"summary: x", "xxx-xxx", -1},
    {"priorities: [], levers: [], vehicles: [], commissioning: {measured_outcome: none}", "uuu-u-m",
     0.2},
    {"priorities: none, levers: none, vehicles: none", "uuu-x-m", 0.25},
    {"priorities: unknown, levers: unknown, vehicles: unknown", "xxx-xxx", -1},
    {"priorities: [nat, loc]", "mmx-xxx", -1},
    {"priorities: [reg]", "xmx-xxx", -1},
    {"priorities: [old]", "xxx-xxx", -1},
    {"commissioning: {measured_outcome: false}", "xxx-uxx", -1},
    {"commissioning: {measured_outcome: n/a}", "xxx--xx", -1},
    /* Guidance; a lever list that is there has no target unless it names one. */
    {"kind: service, levers: [{kind: inquiry}]", "xx--xxm", -1},
    {"kind: service, levers: none", "xx--xxm", -1},
    {"kind: service, levers: [{kind: guidance, scope: national, verdict: not_recommended}]",
     "xxu-xxm", -1},
    {"kind: device, levers: [{kind: inquiry}]", "xxx-xxm", -1},
    {"levers: [{kind: guidance, scope: national, verdict: optimised}]", "xxm-xxm", -1},
    {"levers: [{kind: guidance, scheme: NICE_MTG, verdict: recommended}]", "xxm-xxm", -1},
    {"levers: [{kind: guidance, scheme: other, verdict: recommended}]", "xxx-xxm", -1},
    {"levers: [{kind: guidance, scope: local, verdict: recommended}]", "xxx-xxm", -1},
    {"levers: [{kind: guidance, scope: national}]", "xxx-xxm", -1},
    {"levers: [{kind: guidance, scope: national, verdict: research_only}]", "xxu-xxm", -1},
    {"levers: [{kind: guidance, scope: national, verdict: recommended, ends: 2019}]", "xxu-xxm",
     -1},
    {"levers: [{kind: guidance, scope: national, verdict: recommended, ends: 2020}]", "xxm-xxm",
     -1},
    /* Ends: of vehicles, and of levers that pay. */
    {"vehicles: [{id: v, ends: 2021-06-15}], levers: none", "xxu-xum", 1.0 / 3},
    {"vehicles: [{id: v, ends: 2021-06-16}], levers: none", "xxu-xmm", 2.0 / 3},
    {"vehicles: [{id: v, ends: 2021-06}], levers: none", "xxu-xxm", -1},
    {"vehicles: [{id: v, ends: open}], levers: none", "xxu-xmm", 2.0 / 3},
    {"vehicles: [{id: v, ends: none}], levers: none", "xxu-xmm", 2.0 / 3},
    {"vehicles: [{id: v}], levers: none", "xxu-xxm", -1},
    {"vehicles: [{id: v, ends: 2019}], levers: none", "xxu-xum", 1.0 / 3}, /* all have stopped */
    {"vehicles: [{id: v, ends: 2019}, {id: w, ends: open}], levers: none", "xxu-xmm", 2.0 / 3},
    {"vehicles: none, levers: [{kind: grant, ends: 2019}]", "xxx-xum", -1},
    {"vehicles: [{id: v, ends: 2020-12}, {id: w, ends: open, follows: v}], levers: none", "xxu-xmm",
     2.0 / 3},
    {"vehicles: [{id: v, ends: 2020-12}, {id: w, ends: 2020-12, follows: v}], levers: none",
     "xxu-xum", 1.0 / 3},
    {"vehicles: none, levers: [{kind: tariff, ends: 2020-12}]", "xxx-xuu", -1},
    {"vehicles: none, levers: [{kind: grant, ends: 2020-12}]", "xxx-xum", -1},
    {"vehicles: none, levers: [{kind: guidance, ends: 2020-12}]", "xxx-xmm", -1},
    {"vehicles: none, levers: [{kind: payment, ends: open}, {kind: incentive, ends: 2020-12}]",
     "xxx-xum", -1},
    {"vehicles: none, levers: [{id: a, kind: payment, ends: 2020-12}, {kind: payment, ends: open, "
     "follows: a}]",
     "xxx-xmm", -1},
    /* Targets and tariffs alone. */
    {"levers: [{kind: target}]", "xxx-xxu", -1},
    {"levers: [{kind: target}, {kind: guidance}]", "xxx-xxu", -1},
    {"levers: [{kind: target}, {kind: contract}]", "xxx-xxm", -1},
    {"levers: [{kind: target}, {kind: contract, ends: 2019}]", "xxx-xxu", -1},
    {"levers: [{kind: target, ends: 2019}]", "xxx-xxm", -1},
    {"levers: [{kind: tariff}, {kind: programme}]", "xxx-xxm", -1},
};

Test(commissioning_fit, each_check)
{
    static char model[1 << 15];
    size_t n = sizeof cases / sizeof *cases, used = 0;
    used += (size_t)snprintf(
        model, sizeof model,
        "uptake: 1\npriorities:\n- {id: nat, name: N, level: national}\n"
        "- {id: reg, name: R, level: regional}\n- {id: loc, name: L, level: local}\n"
        "- {id: old, name: O, level: national, ends: 2019}\ninnovations:\n");
    for (size_t k = 0; k < n; k++)
        used += (size_t)snprintf(model + used, sizeof model - used, "- {id: i%zu, name: I, %s}\n",
                                 k, cases[k].fields);
    cr_assert_lt(used, sizeof model);
    struct stage stage;
    stage_open_text(&stage, model);
    struct attempt *attempt = run(&stage, "2020-06-15", "", 1);
    for (size_t k = 0; k < n; k++) {
        double fit = column(attempt, "fit")->values[k];
        cr_expect_str_eq(checks(attempt, k), cases[k].checks, "%s: %s", cases[k].fields,
                         checks(attempt, k));
        cr_expect(cases[k].fit < 0 ? isnan(fit) : fit == cases[k].fit, "%s: fit %g",
                  cases[k].fields, fit);
    }
    done(attempt);
    stage_close(&stage);
}

/* With months: 6, 2021-06-15 is far enough from 2020-06-15, and 2020-12 is not. */
Test(commissioning_fit, months_before_an_end)
{
    struct stage stage;
    stage_open_text(
        &stage,
        "uptake: 1\ninnovations:\n"
        "- {id: a, name: A, vehicles: [{id: v, ends: 2021-06-15}], levers: none}\n"
        "- {id: b, name: B, vehicles: [{id: v, name: Team, ends: 2020-11}], levers: none}\n");
    struct attempt *attempt = run(&stage, "2020-06-15", ", with: {months: 6}", 1);
    cr_expect_eq(checks(attempt, 0)[5], 'm');
    cr_expect_eq(checks(attempt, 1)[5], 'u');
    cr_expect(found(attempt, "Team ends by 2020-11, and nothing that lasts is named to follow it"));
    done(attempt);
    stage_close(&stage);
}

/* --- held, enabling_levers -------------------------------------------------------------------- */

static const struct {
    const char *name, *fields;
    double held[3]; /* low, best, high; a NaN: none */
    double enabling[3];
} amounts[] = {
    {"86 at the end, 79 over a year later",
     "levers: [{kind: target, ends: 2018-06, effect: enables}], observations: ["
     "{metric: c, kind: stock, period: 2018, value: 86}, {metric: c, kind: stock, period: 2019-07, "
     "value: 79}]",
     {79.0 / 86, 79.0 / 86, 79.0 / 86},
     {NAN, NAN, NAN}},
    {"less than a year later does not count",
     "levers: [{kind: target, ends: 2018-06}], observations: ["
     "{metric: c, kind: stock, period: 2018, value: 86}, {metric: c, kind: stock, period: "
     "2019-06-29, value: 79}]",
     {NAN, NAN, NAN},
     {NAN, NAN, NAN}},
    {"the first of several, the last before",
     "levers: [{kind: grant, ends: 2015-12-31}], observations: ["
     "{metric: c, kind: cumulative, period: 2014, value: 5}, {metric: c, kind: cumulative, period: "
     "2015, value: 10},"
     "{metric: c, kind: cumulative, period: 2018, value: 40}, {metric: c, kind: cumulative, "
     "period: 2017, value: 20}]",
     {2, 2, 2},
     {NAN, NAN, NAN}},
    {"a range on both sides",
     "levers: [{kind: grant, ends: 2015}], observations: ["
     "{metric: c, kind: stock, period: 2015, value: {low: 8, mode: 10, high: 20}},"
     "{metric: c, kind: stock, period: 2017, value: {low: 4, mode: 5, high: 16}}]",
     {4.0 / 20, 0.5, 2},
     {NAN, NAN, NAN}},
    {"at least is no bound",
     "levers: [{kind: grant, ends: 2015}], observations: ["
     "{metric: c, kind: stock, period: 2015, value: 10}, {metric: c, kind: stock, period: 2017, "
     "value: {at_least: 9}}]",
     {NAN, NAN, NAN},
     {NAN, NAN, NAN}},
    {"flows, other metrics and other places are other series",
     "levers: [{kind: grant, ends: 2015}], observations: ["
     "{metric: c, kind: flow, period: 2015, value: 10}, {metric: c, kind: flow, period: 2017, "
     "value: 9},"
     "{metric: d, kind: stock, period: 2015, value: 10}, {metric: e, kind: stock, period: 2017, "
     "value: 9},"
     "{metric: f, kind: stock, geography: UK, period: 2015, value: 10}, {metric: f, kind: stock, "
     "period: 2017, value: 9}]",
     {NAN, NAN, NAN},
     {NAN, NAN, NAN}},
    {"nothing of zero",
     "levers: [{kind: grant, ends: 2015}], observations: ["
     "{metric: c, kind: stock, period: 2015, value: 0}, {metric: c, kind: stock, period: 2017, "
     "value: 9}]",
     {NAN, NAN, NAN},
     {NAN, NAN, NAN}},
    {"the least of two series",
     "levers: [{kind: grant, ends: 2015}], observations: ["
     "{metric: c, kind: stock, period: 2015, value: 10}, {metric: c, kind: stock, period: 2017, "
     "value: 9},"
     "{metric: d, kind: stock, period: 2015, value: 10}, {metric: d, kind: stock, period: 2017, "
     "value: 3}]",
     {0.3, 0.3, 0.3},
     {NAN, NAN, NAN}},
    {"a lever that has not ended",
     "levers: [{kind: grant, ends: open, effect: enables}, {kind: grant, effect: hinders}, {kind: "
     "grant},"
     " {kind: target, effect: mixed}], observations: [{metric: c, kind: stock, period: 2015, "
     "value: 10}]",
     {NAN, NAN, NAN},
     {1.0 / 4, 1.0 / 3, 2.0 / 4}},
};

Test(commissioning_fit, held_and_enabling)
{
    static char model[1 << 14];
    size_t n = sizeof amounts / sizeof *amounts, used = 0;
    used += (size_t)snprintf(model, sizeof model, "uptake: 1\ninnovations:\n");
    for (size_t k = 0; k < n; k++)
        used += (size_t)snprintf(model + used, sizeof model - used, "- {id: i%zu, name: I, %s}\n",
                                 k, amounts[k].fields);
    cr_assert_lt(used, sizeof model);
    struct stage stage;
    stage_open_text(&stage, model);
    struct attempt *attempt = run(&stage, "2020-06-15", "", 1);
    for (size_t k = 0; k < n; k++) {
        const double *held = amounts[k].held, *enabling = amounts[k].enabling;
        expect_amount(attempt, "held", k, held[0], held[1], held[2], amounts[k].name);
        expect_amount(attempt, "enabling_levers", k, enabling[0], enabling[1], enabling[2],
                      amounts[k].name);
    }
    done(attempt);
    stage_close(&stage);
}

/* --- Pairs ------------------------------------------------------------------------------------ */

/* 300 innovations in five cells: one worker, several, and the host itself give the same bytes. */
Test(commissioning_fit, same_bytes)
{
    size_t bytes = 0;
    char *model = NULL;
    FILE *file = open_memstream(&model, &bytes);
    cr_assert(file);
    fprintf(
        file,
        "uptake: 1\nrules:\n"
        "- {id: quick, scheme: S, source: s, starts: 2010, applies_to: [device], all: "
        "[{field: payback, at_most: 12}, {field: saving_5y, above: 5}]}\n"
        "- {id: later, scheme: S, source: s, starts: 2030, all: [{field: kind, exists: true}]}\n"
        "- {id: over, scheme: S, source: s, starts: 2010, ends: 2011, all: [{field: kind, exists: "
        "true}]}\n"
        "- {id: any, scheme: S, source: s, starts: 2010, any: [{field: payback, at_most: 3}, "
        "{field: 'levers[kind=grant]', exists: true}]}\ninnovations:\n");
    for (int i = 0; i < 300; i++)
        fprintf(file,
                "- {id: i%d, name: I, kind: %s, commissioning: {payback: %d, saving_5y: %s}}\n", i,
                i % 3 ? "device" : "process", i % 20, i % 4 ? "9" : "unknown");
    fclose(file);
    struct stage stage;
    stage_open_text(&stage, model);
    char *first = NULL;
    static const int jobs[] = {1, 2, 5, IN_PROCESS};
    for (size_t k = 0; k < sizeof jobs / sizeof *jobs; k++) {
        struct attempt *attempt = run(&stage, "2020-06-15", "", jobs[k]);
        char *json = attempt_json(attempt);
        cr_expect_eq(column(attempt, "rule_status")->rows, 900u);
        cr_expect(strstr(json, "\"rule\": \"quick\"") != NULL, "pair rows name their rule");
        if (first)
            cr_expect_str_eq(json, first, "%d jobs", jobs[k]);
        else
            first = strdup(json);
        free(json);
        done(attempt);
    }
    free(first);
    free(model);
    stage_close(&stage);
}

/* No rules at all: every list of pairs is empty, and check 4 does not apply. */
Test(commissioning_fit, no_rules)
{
    struct stage stage;
    stage_open_text(&stage, "uptake: 1\ninnovations:\n- {id: a, name: A}\n");
    struct attempt *attempt = run(&stage, "2020-06-15", "", 2);
    cr_expect_eq(column(attempt, "rule_status")->rows, 0u);
    cr_expect_eq(checks(attempt, 0)[3], '-');
    done(attempt);
    stage_close(&stage);
}
