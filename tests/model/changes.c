/*
 * Changes of a scenario: every kind and type, doubt, conditions, and what is refused. A model that is loaded with changes
 * is held against what its file would say; the numbers are worked out by hand beside each case.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/fixture.h"
#include "spec/spec.h"

TestSuite(model_changes, .init = fixture_open, .fini = fixture_close, .timeout = 120);

enum { N = UPTAKE_NUMBER, C = UPTAKE_CHOICE, T = UPTAKE_TEXT, F = UPTAKE_FLAG, D = UPTAKE_DATE };
enum { MOST = 4 };

/* The first scenario of a spec whose `set` is the text. Owned by the arena. */
static const struct spec_scenario *scenario_of(const char *set, struct arena *arena)
{
    static struct spec spec;
    static struct uptake_error error;
    char text[2000];
    memset(&error, 0, sizeof error);
    memset(&spec, 0, sizeof spec);
    snprintf(text, sizeof text,
             "uptake: 1\nmodel: m.yaml\nplugins: {a: {use: x}}\nscenarios: {s: {set: {\n%s\n}}}\n",
             set);
    fixture_text("m.yaml", "uptake: 1\n");
    fixture_text("s.yaml", text);
    cr_assert_eq(spec_read(fixture_path("s.yaml"), NULL, 0, arena, &spec, &error), 0, "%s: %s", set,
                 error.text[0]);
    return &spec.scenarios[0];
}

static struct loading *load(const struct spec_scenario *scenario, struct model_options options,
                            const char *top, const char *fields, struct model_changed *changed)
{
    cr_assert_leq(scenario->n_changes, MOST);
    options.changes = scenario->changes;
    options.n_changes = scenario->n_changes;
    options.changed = changed;
    return fixture_load_fields(top, fields, options);
}

#define SUPPORT(resource, fields) "{resource: " resource ", phase: running, " fields ", unit: wte}"
#define ONE(fields) "support: [" SUPPORT("time", fields) "]"
#define PROVIDED "support[].provided"

/* counts: rows matched, changed, unknown, of the first change. */
static const struct {
    const char *name, *set, *path;
    uint32_t type;
    const char *top, *fields, *expected;
    uint64_t matched, changed, unknown;
} cases[] = {
    /* value */
    {"a number", "\"support[].provided\": {value: 3}", PROVIDED, N, "",
     ONE("needed: 4, provided: 1"), "3", 1, 1, 0},
    {"a number with its doubt", "\"support[].provided\": {value: {low: 1, mode: 2, high: 4}}",
     PROVIDED, N, "", ONE("needed: 4, provided: 1"), "2{1..4 range}", 1, 1, 0},
    {"at least", "\"support[].provided\": {value: {at_least: 2}}", PROVIDED, N, "",
     ONE("needed: 4, provided: 1"), "2{2..inf at_least}", 1, 1, 0},
    {"a number where none was", "\"support[].provided\": {value: 3}", PROVIDED, N, "",
     ONE("needed: 4, provided: unknown"), "3", 1, 1, 0},
    {"doubt goes", "\"support[].provided\": {value: 3}", PROVIDED, N, "",
     ONE("needed: 4, provided: {low: 1, high: 3}"), "3", 1, 1, 0},
    {"the same", "\"support[].provided\": {value: 1}", PROVIDED, N, "",
     ONE("needed: 4, provided: 1"), "1", 1, 0, 0},
    {"left out before", "commissioning.payback: {value: 12}", "commissioning.payback", N, "",
     "kind: digital", "12", 1, 1, 0},
    {"a level by its word", "\"judgements[].value\": {value: complicated}", "judgements[].value", N,
     "", "judgements: [{framework: nasss, construct: condition, value: 1}]", "0.5", 1, 1, 0},
    {"a choice", "kind: {value: service}", "kind", C, "", "kind: digital", "service", 1, 1, 0},
    {"a flag", "commissioning.measured_outcome: {value: true}", "commissioning.measured_outcome", F,
     "", "commissioning: {measured_outcome: false}", "true", 1, 1, 0},
    {"a date", "introduced.date: {value: 2015-06}", "introduced.date", D, "",
     "introduced: {date: 2000}", "2015-06", 1, 1, 0},
    {"a date between", "introduced.date: {value: {from: 2015, to: 2016}}", "introduced.date", D, "",
     "introduced: {date: 2000}", "2015 to 2016", 1, 1, 0},
    {"an open end", "\"support[].ends\": {value: open}", "support[].ends", D, "",
     ONE("needed: 1, ends: 2020"), "open", 1, 1, 0},
    {"a text", "summary: {value: another}", "summary", T, "", "summary: one", "another", 1, 1, 0},
    {"unknown", "\"support[].provided\": {value: unknown}", PROVIDED, N, "",
     ONE("needed: 4, provided: 1"), "unknown", 1, 1, 0},
    {"none", "\"support[].provided\": {value: none}", PROVIDED, N, "",
     ONE("needed: 4, provided: 1"), "none", 1, 1, 0},
    {"n/a, of a choice", "kind: {value: n/a}", "kind", C, "", "kind: digital", "n/a", 1, 1, 0},
    {"unknown already", "kind: {value: unknown}", "kind", C, "", "kind: unknown", "unknown", 1, 0,
     0},
    {"one of the user's own", "custom.cost: {value: 7}", "custom.cost", N, "", "custom: {cost: 3}",
     "7", 1, 1, 0},
    /* scale */
    {"scaled", "\"support[].provided\": {scale: 1.5}", PROVIDED, N, "",
     ONE("needed: 4, provided: 2"), "3", 1, 1, 0},
    {"scaled with its doubt", "\"support[].provided\": {scale: 2}", PROVIDED, N, "",
     ONE("needed: 4, provided: {low: 1, mode: 2, high: 4}"), "4{2..8 range}", 1, 1, 0},
    {"about stays about", "\"support[].provided\": {scale: 2}", PROVIDED, N, "",
     ONE("needed: 4, provided: {about: 10}"), "20{18..22 about}", 1, 1, 0},
    {"at least, scaled", "\"support[].provided\": {scale: 2}", PROVIDED, N, "",
     ONE("needed: 4, provided: {at_least: 3}"), "6{6..inf at_least}", 1, 1, 0},
    {"at least, times nothing", "\"support[].provided\": {scale: 0}", PROVIDED, N, "",
     ONE("needed: 4, provided: {at_least: 3}"), "0", 1, 1, 0},
    {"withheld within bounds", "\"support[].provided\": {scale: 2}", PROVIDED, N, "",
     ONE("needed: 4, provided: {suppressed: [1, 7]}"), "suppressed{2..14 suppressed}", 1, 1, 0},
    {"doubt ends where the field does", "\"vehicles[].income[].share\": {scale: 2}",
     "vehicles[].income[].share", N, "",
     "vehicles: [{id: v, income: [{share: {low: 0.2, mode: 0.4, high: 0.6}}]}]",
     "0.8{0.4..1 range}", 1, 1, 0},
    {"unknown stays so", "\"support[].provided\": {scale: 2}", PROVIDED, N, "",
     ONE("needed: 4, provided: unknown"), "unknown", 1, 0, 1},
    {"left out stays so", "\"support[].provided\": {scale: 2}", PROVIDED, N, "", ONE("needed: 4"),
     "-", 1, 0, 1},
    {"none stays none", "\"support[].provided\": {scale: 2}", PROVIDED, N, "",
     ONE("needed: 4, provided: none"), "none", 1, 0, 0},
    {"times one", "\"support[].provided\": {scale: 1}", PROVIDED, N, "",
     ONE("needed: 4, provided: 3"), "3", 1, 0, 0},
    /* close: 4 of 8, half of the gap: 6 */
    {"half of the gap", "\"support[].provided\": {close: 0.5}", PROVIDED, N, "",
     ONE("needed: 8, provided: 4"), "6", 1, 1, 0},
    {"all of it", "\"support[].provided\": {close: 1}", PROVIDED, N, "",
     ONE("needed: 0.3, provided: 0.1"), "0.3", 1, 1, 0},
    {"none of it", "\"support[].provided\": {close: 0}", PROVIDED, N, "",
     ONE("needed: 8, provided: 4"), "4", 1, 0, 0},
    {"more than enough", "\"support[].provided\": {close: 0.5}", PROVIDED, N, "",
     ONE("needed: 8, provided: 9"), "9", 1, 0, 0},
    /* low 2 + (6 - 2) / 2 = 4, best 4 + (8 - 4) / 2 = 6, high 6 + (10 - 6) / 2 = 8 */
    {"each end by its own gap", "\"support[].provided\": {close: 0.5}", PROVIDED, N, "",
     ONE("needed: {low: 6, mode: 8, high: 10}, provided: {low: 2, mode: 4, high: 6}"),
     "6{4..8 range}", 1, 1, 0},
    /* the high end has no gap: 12 stays; low 2 + (8 - 2) / 2 = 5, best 6 + (8 - 6) / 2 = 7 */
    {"one end has no gap", "\"support[].provided\": {close: 0.5}", PROVIDED, N, "",
     ONE("needed: 8, provided: {low: 2, mode: 6, high: 12}"), "7{5..12 range}", 1, 1, 0},
    {"doubt ends with the gap", "\"support[].provided\": {close: 1}", PROVIDED, N, "",
     ONE("needed: 8, provided: {low: 2, mode: 4, high: 6}"), "8", 1, 1, 0},
    {"needed at least", "\"support[].provided\": {close: 0.5}", PROVIDED, N, "",
     ONE("needed: {at_least: 8}, provided: 4"), "6{6..inf at_least}", 1, 1, 0},
    {"none is nothing", "\"support[].provided\": {close: 0.5}", PROVIDED, N, "",
     ONE("needed: 8, provided: none"), "4", 1, 1, 0},
    {"provided unknown", "\"support[].provided\": {close: 0.5}", PROVIDED, N, "",
     ONE("needed: 8, provided: unknown"), "unknown", 1, 0, 1},
    {"needed unknown", "\"support[].provided\": {close: 0.5}", PROVIDED, N, "",
     ONE("needed: unknown, provided: 4"), "4", 1, 0, 1},
    /* conditions */
    {"by a field", "\"support[resource=time].provided\": {value: 3}", PROVIDED, N, "",
     "support: [" SUPPORT("time", "needed: 1, provided: 1") ", " SUPPORT(
         "staff", "needed: 1, provided: 2") "]",
     "3 2", 1, 1, 0},
    {"by two fields", "\"support[resource=time, needed>=2].provided\": {value: 9}", PROVIDED, N, "",
     "support: [" SUPPORT("time", "needed: 1, provided: 1") ", " SUPPORT(
         "time", "needed: 2, provided: 1") "]",
     "1 9", 1, 1, 0},
    {"of an innovation", "\"innovations[id=b].support[].provided\": {value: 3}", PROVIDED, N, "",
     ONE("needed: 1, provided: 1") "}\n- {id: b, name: B, " ONE("needed: 1, provided: 1"), "1 | 3",
     1, 1, 0},
    {"of an innovation whose id comes last", "\"innovations[id=b].support[].provided\": {value: 3}",
     PROVIDED, N, "",
     ONE("needed: 1, provided: 1") "}\n- {" ONE("needed: 1, provided: 1") ", id: b, name: B",
     "1 | 3", 1, 1, 0},
    {"of innovations of a kind, where one has none",
     "\"innovations[kind=digital].support[].provided\": {value: 3}", PROVIDED, N, "",
     ONE("needed: 1, provided: 1") "}\n- {id: b, name: B, " ONE(
         "needed: 1, provided: 1") ", kind: digital",
     "1 | 3", 1, 1, 0},
    {"a field of an innovation", "\"innovations[id=b].commissioning.payback\": {value: 3}",
     "commissioning.payback", N, "",
     "commissioning: {payback: 1}}\n- {id: b, name: B, commissioning: {payback: 2}", "1 3", 1, 1,
     0},
    {"of every innovation, in brackets", "\"innovations[].commissioning.payback\": {scale: 2}",
     "commissioning.payback", N, "",
     "commissioning: {payback: 1}}\n- {id: b, name: B, commissioning: {payback: 2}", "2 4", 2, 2,
     0},
    {"of the portfolio", "\"/adopters[region=North].size\": {scale: 2}", "/adopters[].size", N,
     "adopters: [{id: q, region: North, size: 5}, {id: r, region: South, size: 7}]\n", "", "10 7",
     1, 1, 0},
    {"nothing matches", "\"support[resource=money].provided\": {value: 3}", PROVIDED, N, "",
     ONE("needed: 1, provided: 1"), "1", 0, 0, 0},
    /* a list as the plugin sees it is chosen after the change; the change, before it */
    {"what chooses rows", "\"support[resource=time].resource\": {value: staff}",
     "support[resource=staff].needed", N, "",
     "support: [" SUPPORT("time", "needed: 1") ", " SUPPORT("staff", "needed: 2") "]", "1 2", 1, 1,
     0},
    {"conditions look at what was",
     "\"support[resource=time].resource\": {value: staff}, "
     "\"support[resource=staff].needed\": {value: 9}",
     "support[].needed", N, "",
     "support: [" SUPPORT("time", "needed: 1") ", " SUPPORT("staff", "needed: 2") "]", "1 9", 1, 1,
     0},
    {"one after the other",
     "\"support[].provided\": {scale: 2}, \"support[resource=time].provided\": "
     "{close: 0.5}",
     PROVIDED, N, "", ONE("needed: 8, provided: 2"), "6", 1, 1, 0},
    /* ratings of one row */
    {"one rating of several", "\"judgements[construct=condition].value\": {value: 1}",
     "judgements[].value", N, "",
     "judgements: [{framework: nasss, ratings: {condition: 0, technology: 0}}]", "1 0", 1, 1, 0},
    {"the ratings of a domain", "\"judgements[domain=technology].value\": {value: 1}",
     "judgements[].value", N, "",
     "judgements: [{framework: nasss, ratings: {condition: 0, technology: 0}}]", "0 1", 1, 1, 0},
    {"all ratings of a framework", "\"judgements[framework=nasss].value\": {scale: 0.5}",
     "judgements[].value", N, "",
     "judgements: [{framework: nasss, ratings: {condition: 1, technology: 0.5}}]", "0.5 0.25", 2, 2,
     0},
    {"what ratings share is changed once", "\"judgements[].informants\": {scale: 2}",
     "judgements[].informants", N, "",
     "judgements: [{framework: nasss, informants: 3, ratings: {condition: 1, technology: 0.5}}]",
     "6 6", 2, 2, 0},
};

Test(model_changes, make_what_the_file_would_say)
{
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        struct arena arena = {0};
        struct model_changed changed[MOST];
        struct model_request request = fixture_read(cases[k].path, cases[k].type);
        request.doubt = true;
        const struct spec_scenario *scenario = scenario_of(cases[k].set, &arena);
        struct loading *loading =
            load(scenario, (struct model_options){.requests = &request, .n_requests = 1},
                 cases[k].top, cases[k].fields, changed);
        cr_expect_eq(loading->failed, 0, "%s: %s", cases[k].name, loading->messages);
        if (!loading->failed) {
            cr_expect_str_eq(fixture_values(loading, &request), cases[k].expected, "%s: %s",
                             cases[k].name, fixture_values(loading, &request));
            cr_expect(request.touched && (scenario->n_changes > 1 || !changed[0].unread),
                      "%s: not seen as touched", cases[k].name);
            cr_expect(changed[0].matched == cases[k].matched &&
                          changed[0].changed == cases[k].changed &&
                          changed[0].unknown == cases[k].unknown,
                      "%s: %lu matched, %lu changed, %lu unknown", cases[k].name,
                      changed[0].matched, changed[0].changed, changed[0].unknown);
        }
        fixture_free(loading);
        arena_finish(&arena);
    }
}

/* --- What is refused --------------------------------------------------------------------------- */

/* A model that holds all that the paths below name. */
static const char whole[] = "kind: digital, commissioning: {payback: 6}, " ONE(
    "needed: 4, provided: 2") ", vehicles: [{id: v, "
                              "income: [{share: 0.8}]}], judgements: [{framework: nasss, "
                              "construct: condition, value: 1}]";

static const struct {
    const char *name, *set, *messages;
} refused[] = {
    {"type", "\"support[].provided\": {value: plenty}",
     "s.yaml:5:31: provided: found 'plenty'; expected a number"},
    {"quoted", "\"support[].provided\": {value: \"3\"}",
     "s.yaml:5:31: provided: found '3'; expected a number; remove the quotes"},
    {"range", "\"support[].provided\": {value: -1}",
     "s.yaml:5:31: provided: found '-1'; expected at least 0"},
    {"choice", "kind: {value: digitl}",
     "s.yaml:5:15: kind: found 'digitl'; expected one of product, device, diagnostic, medicine, "
     "digital, process, "
     "pathway, model_of_care, service, workforce, training; did you mean 'digital'?"},
    {"date", "introduced.date: {value: soon}",
     "s.yaml:5:26: date: found 'soon'; expected a date: 2018, 2018-01, 2018-01-24, 2018Q1, "
     "2018/19, {from, "
     "to} or {at_most}"},
    {"flag", "commissioning.measured_outcome: {value: 1}",
     "s.yaml:5:41: measured_outcome: found '1'; expected true or false"},
    {"doubt", "\"support[].provided\": {value: {lo: 1}}", NULL},
    {"a list", "\"support[].provided\": {value: [1]}", NULL},
    {"no such field", "comissioning.payback: {value: 1}",
     "s.yaml:5:1: 'comissioning.payback': there is no 'comissioning'; did you mean "
     "'commissioning'?"},
    {"no such leaf", "\"support[].providd\": {value: 1}",
     "s.yaml:5:1: 'support[].providd': there is no 'providd' in support[]; did you mean "
     "'provided'?"},
    {"no such condition", "\"support[resorce=time].provided\": {value: 1}",
     "s.yaml:5:1: 'support[resorce=time].provided': support[] has no field 'resorce'; did you mean "
     "'resource'?"},
    {"no such choice in a condition", "\"support[resource=tme].provided\": {value: 1}",
     "s.yaml:5:1: 'support[resource=tme].provided': 'resource' has no choice 'tme'; did you mean "
     "'time'?"},
    {"no brackets", "support.provided: {value: 1}",
     "s.yaml:5:1: 'support.provided': a list on the way has no [] behind it"},
    {"brackets behind no list", "\"commissioning[].payback\": {value: 1}",
     "s.yaml:5:1: 'commissioning[].payback': a '[' stands behind what is no list"},
    {"a list as such", "\"support[]\": {value: 1}",
     "s.yaml:5:1: 'support[]': expected a '.' and a field behind the ']'"},
    {"a list without brackets", "support: {value: 1}",
     "s.yaml:5:1: 'support': it is a list; put [] behind it, and a field of its rows"},
    {"a group", "commissioning: {value: 1}",
     "s.yaml:5:1: 'commissioning': it is not a field of a row; name one"},
    {"an open bracket", "\"support[resource=time.provided\": {value: 1}",
     "s.yaml:5:1: 'support[resource=time.provided': a '[' has no ']'"},
    {"an empty step", "\"commissioning..payback\": {value: 1}",
     "s.yaml:5:1: 'commissioning..payback': an empty name in the path"},
    {"a condition on the way", "\"vehicles[id=v].income[].share\": {value: 1}",
     "s.yaml:5:1: 'vehicles[id=v].income[].share': only the innovations and the last list can have "
     "a "
     "condition"},
    {"an id", "\"vehicles[].id\": {value: w}",
     "s.yaml:5:1: 'vehicles[].id': it is an id, which names its row; a scenario cannot change it"},
    {"a reference", "\"support[].adopter\": {value: q}",
     "s.yaml:5:1: 'support[].adopter': it refers to another row; a scenario cannot change that"},
    {"ratings", "\"judgements[].ratings\": {value: 1}",
     "s.yaml:5:1: 'judgements[].ratings': ratings become judgements; change "
     "judgements[construct=...].value instead"},
    {"a construct", "\"judgements[].construct\": {value: technology}",
     "s.yaml:5:1: 'judgements[].construct': a scenario cannot change it"},
    {"the file's own", "\"/title[].x\": {value: 1}",
     "s.yaml:5:1: '/title[].x': a '[' stands behind what is no list"},
    {"scaled choice", "kind: {scale: 2}",
     "s.yaml:5:1: 'kind': it is not a number; only a number can be scaled; use value"},
    {"closed payback", "commissioning.payback: {close: 1}",
     "s.yaml:5:1: 'commissioning.payback': close is for `provided` beside `needed`; use value or "
     "scale"},
    {"closed needed", "\"support[].needed\": {close: 1}",
     "s.yaml:5:1: 'support[].needed': close is for `provided` beside `needed`; use value or scale"},
    {"scaled beyond the field", "\"vehicles[].income[].share\": {scale: 2}",
     "s.yaml:5:38: share: 0.8 becomes 1.6 (m.yaml:3); expected 0 to 1"},
    {"scaled beyond all numbers", "commissioning.payback: {scale: 1e308}",
     "s.yaml:5:32: payback: 6 becomes infinite (m.yaml:3); expected a finite number"},
    {"beyond the framework", "\"judgements[].value\": {value: 3}",
     "s.yaml:5:31: value: found 3; nasss runs from 0 to 1"},
    {"two at once", "kind: {value: x}, commisioning.payback: {value: 1}", NULL},
};

Test(model_changes, are_refused_with_their_place)
{
    for (size_t k = 0; k < sizeof refused / sizeof *refused; k++) {
        struct arena arena = {0};
        struct model_changed changed[MOST];
        const struct spec_scenario *scenario = scenario_of(refused[k].set, &arena);
        struct loading *loading = load(scenario, (struct model_options){0}, "", whole, changed);
        cr_expect(loading->failed, "%s is taken", refused[k].name);
        if (refused[k].messages)
            cr_expect_str_eq(loading->messages, refused[k].messages, "%s:\n%s", refused[k].name,
                             loading->messages);
        fixture_free(loading);
        arena_finish(&arena);
    }
}

/* A plugin's own range holds for a scenario's values too, and rules of a row for the row as changed. */
Test(model_changes, hold_to_ranges_of_reads_and_to_rules)
{
    struct arena arena = {0};
    struct model_changed changed[MOST];
    struct model_request request = fixture_read("support[resource=time].provided", UPTAKE_NUMBER);
    request.max = 5;
    request.wanted_by = "plugin x";
    const struct spec_scenario *scenario =
        scenario_of("\"support[].provided\": {value: 9}", &arena);
    struct loading *loading =
        load(scenario, (struct model_options){.requests = &request, .n_requests = 1}, "", whole,
             changed);
    cr_expect_str_eq(loading->messages,
                     "s.yaml:5:31: provided: found 9; expected at most 5, for plugin x", "%s",
                     loading->messages);
    fixture_free(loading);
    scenario = scenario_of("\"support[].unit\": {value: rooms}", &arena);
    loading = load(scenario, (struct model_options){0}, "", whole, changed);
    cr_expect(loading->failed && strstr(loading->messages, "s.yaml:5:27: "), "%s",
              loading->messages);
    fixture_free(loading);
    arena_finish(&arena);
}

/* --- What is touched, and counted -------------------------------------------------------------- */

Test(model_changes, touch_what_rests_on_them)
{
    static const struct {
        const char *set, *path;
        uint32_t type;
        bool touched;
    } rows[] = {
        {"\"support[].provided\": {value: 1}", "support[].provided", N, true},
        {"\"support[].provided\": {value: 1}", "support[].needed", N, false},
        {"\"support[].provided\": {value: 1}", "support[resource=staff].provided", N, true},
        {"\"support[].provided\": {value: 1}", "support[]", UPTAKE_LIST, false},
        {"\"support[].resource\": {value: staff}", "support[resource=staff]", UPTAKE_LIST, true},
        {"\"support[].resource\": {value: staff}", "support[resource=staff].needed", N, true},
        {"\"support[].resource\": {value: staff}", "support[].needed", N, false},
        {"kind: {value: digital}", "commissioning.payback", N, false},
        {"\"/adopters[].size\": {scale: 2}", "/adopters[].size", N, true},
        {"\"/adopters[].size\": {scale: 2}", "/adopters[].region", T, false},
        {"\"support[].starts\": {value: 2010}", "support[].needed", N, false},
    };
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++) {
        struct arena arena = {0};
        struct model_changed changed[MOST];
        struct model_request request = fixture_read(rows[k].path, rows[k].type);
        const struct spec_scenario *scenario = scenario_of(rows[k].set, &arena);
        struct loading *loading =
            load(scenario, (struct model_options){.requests = &request, .n_requests = 1}, "",
                 ONE("needed: 4, provided: 2"), changed);
        cr_expect_eq(loading->failed, 0, "%s", loading->messages);
        cr_expect_eq(request.touched, rows[k].touched, "%s, read as %s", rows[k].set, rows[k].path);
        cr_expect_eq(changed[0].unread, !rows[k].touched, "%s, read as %s", rows[k].set,
                     rows[k].path);
        fixture_free(loading);
        arena_finish(&arena);
    }
}

/* With a date, a change of dates moves rows in and out; what is left out does not count. */
Test(model_changes, of_dates_with_as_of)
{
    struct arena arena = {0};
    struct model_changed changed[MOST];
    struct model_request request = fixture_read("support[].needed", UPTAKE_NUMBER);
    struct model_options options = {.requests = &request, .n_requests = 1, .as_of_given = true};
    cr_assert(date_parse("2018", 4, &options.as_of));
    const struct spec_scenario *scenario = scenario_of(
        "\"support[resource=time].starts\": {value: 2017}, \"support[].needed\": {scale: 3}",
        &arena);
    struct loading *loading =
        load(scenario, options, "",
             "support: [" SUPPORT("time", "needed: 1, starts: 2020") ", " SUPPORT(
                 "staff", "needed: 2, starts: 2020") "]",
             changed);
    cr_assert_eq(loading->failed, 0, "%s", loading->messages);
    cr_expect_str_eq(fixture_values(loading, &request), "3");
    cr_expect(request.touched);
    cr_expect_eq(changed[0].matched, 1u);
    cr_expect_eq(changed[1].matched, 1u, "the row that is left out counts");
    cr_expect_eq(loading->model.left_out, 1u);
    fixture_free(loading);
    arena_finish(&arena);
}

Test(model_changes, count_the_wanted_innovation_only)
{
    struct arena arena = {0};
    struct model_changed changed[MOST];
    struct model_request request = fixture_read("support[].provided", UPTAKE_NUMBER);
    const struct spec_scenario *scenario =
        scenario_of("\"support[].provided\": {scale: 3}", &arena);
    struct loading *loading = load(
        scenario, (struct model_options){.requests = &request, .n_requests = 1, .innovation = "b"},
        "", ONE("needed: 1, provided: 1") "}\n- {id: b, name: B, " ONE("needed: 1, provided: 2"),
        changed);
    cr_assert_eq(loading->failed, 0, "%s", loading->messages);
    cr_expect_str_eq(fixture_values(loading, &request), "6");
    cr_expect_eq(changed[0].matched, 1u);
    fixture_free(loading);
    arena_finish(&arena);
}
