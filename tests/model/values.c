/*
 * What the columns hold of a value: every form of doubt, every form of date, each reason in each
 * type. Expected numbers follow from the vocabulary's rules for every field: `about` is a tenth
 * either side, an open end runs to the field's limit, shares have the largest as best.
 */
#include <stdio.h>

#include "model/fixture.h"

#define JUDGED(value) "judgements: [{framework: nasss, construct: condition, value: " value "}]"
#define CFIR(value) "judgements: [{framework: cfir, construct: cost, value: " value "}]"
#define COUNTED(value) "observations: [{metric: m, period: 2018, value: " value "}]"
#define KEPT(value) "vehicles: [{id: v, income: [{share: " value "}]}]"
#define ENDS(value) "vehicles: [{id: v, ends: " value "}]"

static const char value_of[] = "observations[].value", share_of[] = "vehicles[].income[].share",
                  payback[] = "commissioning.payback", judged[] = "judgements[].value",
                  introduced[] = "introduced.date", ends[] = "vehicles[].ends";

static const struct {
    const char *path;
    uint32_t type;
    const char *fields;
    const char *expected;
} cases[] = {
    /* numbers */
    {value_of, UPTAKE_NUMBER, COUNTED("160"), "160"},
    {value_of, UPTAKE_NUMBER, COUNTED("-0"), "0"},
    {value_of, UPTAKE_NUMBER, COUNTED("1.5e3"), "1500"},
    {value_of, UPTAKE_NUMBER, COUNTED("{value: 7}"), "7"},
    {value_of, UPTAKE_NUMBER, COUNTED("{low: 2, mode: 3, high: 9}"), "3{2..9 range}"},
    {value_of, UPTAKE_NUMBER, COUNTED("{low: 2, high: 4}"), "3{2..4 range}"},
    {value_of, UPTAKE_NUMBER, COUNTED("{high: 4, low: 4}"), "4{4..4 range}"},
    {value_of, UPTAKE_NUMBER, COUNTED("{low: -1e308, high: 1e308}"), "0{-1e+308..1e+308 range}"},
    {value_of, UPTAKE_NUMBER, COUNTED("{at_least: 160}"), "160{160..inf at_least}"},
    {value_of, UPTAKE_NUMBER, COUNTED("{at_most: 9}"), "9{-inf..9 at_most}"},
    {payback, UPTAKE_NUMBER, "commissioning: {payback: {at_most: 9}}", "9{0..9 at_most}"},
    {share_of, UPTAKE_NUMBER, KEPT("{at_least: 0.25}"), "0.25{0.25..1 at_least}"},
    {share_of, UPTAKE_NUMBER, KEPT("{about: 1}"), "1{0.9..1 about}"},
    {value_of, UPTAKE_NUMBER, COUNTED("{about: 130}"), "130{117..143 about}"},
    {value_of, UPTAKE_NUMBER, COUNTED("{about: -10}"), "-10{-11..-9 about}"},
    {value_of, UPTAKE_NUMBER, COUNTED("{about: 0}"), "0{0..0 about}"},
    {value_of, UPTAKE_NUMBER, COUNTED("suppressed"), "suppressed{-inf..inf suppressed}"},
    {value_of, UPTAKE_NUMBER, COUNTED("\"*\""), "suppressed{-inf..inf suppressed}"},
    {payback, UPTAKE_NUMBER, "commissioning: {payback: suppressed}",
     "suppressed{0..inf suppressed}"},
    {value_of, UPTAKE_NUMBER, COUNTED("{suppressed: [0, 4]}"), "suppressed{0..4 suppressed}"},
    {share_of, UPTAKE_NUMBER, KEPT("{suppressed: true}"), "suppressed{0..1 suppressed}"},
    {share_of, UPTAKE_NUMBER, KEPT("n/a"), "n/a"},
    /* an alias stands for its value */
    {value_of, UPTAKE_NUMBER,
     "observations: [{metric: m, period: 2018, value: &x {low: 1, high: 3}}, "
     "{metric: m, period: 2019, value: *x}]",
     "2{1..3 range} 2{1..3 range}"},

    /* ratings */
    {judged, UPTAKE_NUMBER, JUDGED("simple"), "0"},
    {judged, UPTAKE_NUMBER, JUDGED("complicated"), "0.5"},
    {judged, UPTAKE_NUMBER, JUDGED("complex"), "1"},
    {judged, UPTAKE_NUMBER, JUDGED("0.3"), "0.3"},
    {judged, UPTAKE_NUMBER, JUDGED("{complicated: 0.7, complex: 0.3}"), "0.5{0.5..1 shares}"},
    {judged, UPTAKE_NUMBER, JUDGED("{simple: 0.5, complex: 0.5}"), "0.5{0..1 shares}"},
    {judged, UPTAKE_NUMBER, JUDGED("{complicated: 0.5, complex: 0.5}"), "0.75{0.5..1 shares}"},
    {judged, UPTAKE_NUMBER, JUDGED("{simple: 0.33, complicated: 0.33, complex: 0.33}"),
     "0.5{0..1 shares}"},
    {judged, UPTAKE_NUMBER, JUDGED("{simple: 0, complicated: 0, complex: 1}"), "1{1..1 shares}"},
    {judged, UPTAKE_NUMBER, JUDGED("{low: simple, high: complicated}"), "0.25{0..0.5 range}"},
    {judged, UPTAKE_NUMBER, JUDGED("{at_least: complicated}"), "0.5{0.5..1 at_least}"},
    {judged, UPTAKE_NUMBER, JUDGED("{at_most: complicated}"), "0.5{0..0.5 at_most}"},
    {judged, UPTAKE_NUMBER, JUDGED("{about: 1}"), "1{0.9..1 about}"},
    {judged, UPTAKE_NUMBER, JUDGED("suppressed"), "suppressed{0..1 suppressed}"},
    {judged, UPTAKE_NUMBER, JUDGED("unknown"), "unknown"},
    {judged, UPTAKE_NUMBER, CFIR("-2"), "-2"},
    {judged, UPTAKE_NUMBER, CFIR("{at_least: 1}"), "1{1..2 at_least}"},
    {judged, UPTAKE_NUMBER, CFIR("{about: -2}"), "-2{-2..-1.8 about}"},
    {judged, UPTAKE_NUMBER, CFIR("suppressed"), "suppressed{-2..2 suppressed}"},
    {judged, UPTAKE_NUMBER, "judgements: [{framework: nasss, construct: condition, state: mixed}]",
     "-"},
    {judged, UPTAKE_NUMBER,
     "judgements: [{framework: nasss, construct: condition, state: mixed}, "
     "{framework: nasss, construct: adopters, value: 1}]",
     "left-out 1"},
    {"judgements[].construct", UPTAKE_CHOICE,
     "judgements: [{ratings: {organization: 1, condition: , adopters.staff: n/a}, framework: "
     "nasss}, "
     "{framework: custom, construct: mine, value: 9}]",
     "organisation adopters.staff other"},
    {"judgements[].domain", UPTAKE_CHOICE,
     "judgements: [{ratings: {organization: 1, condition: , adopters.staff: n/a}, framework: "
     "nasss}, "
     "{framework: custom, construct: mine, value: 9}]",
     "organisation adopters other"},
    {judged, UPTAKE_NUMBER,
     "judgements: [{ratings: {organization: 1, condition: , adopters.staff: n/a}, framework: "
     "nasss}, "
     "{framework: custom, construct: mine, value: 9}]",
     "1 n/a 9"},

    /* choices */
    {"kind", UPTAKE_CHOICE, "kind: device", "device"},
    {"kind", UPTAKE_CHOICE, "kind: {device: 0.2, digital: 0.8}", "digital"},
    {"kind", UPTAKE_CHOICE, "kind: {product: 0.5, diagnostic: 0.5}", "product"},
    {"kind", UPTAKE_CHOICE, "kind: {product: 0.3, device: 0.4, diagnostic: 0.3}", "device"},
    {"kind", UPTAKE_CHOICE, "kind: n/a", "n/a"},

    /* flags and texts */
    {"commissioning.measured_outcome", UPTAKE_FLAG, "commissioning: {measured_outcome: true}",
     "true"},
    {"commissioning.measured_outcome", UPTAKE_FLAG, "commissioning: {measured_outcome: false}",
     "false"},
    {"commissioning.measured_outcome", UPTAKE_FLAG, "commissioning: {measured_outcome: none}",
     "none"},
    {"summary", UPTAKE_TEXT, "summary: a b", "a b"},
    {"summary", UPTAKE_TEXT, "summary: 12", "12"},
    {"summary", UPTAKE_TEXT, "summary: 'unknown'", "unknown"},
    {"summary", UPTAKE_TEXT, "summary: ''", ""},
    {"core_components[]", UPTAKE_TEXT, "core_components: [x, 'none', y]", "x none y"},

    /* dates */
    {introduced, UPTAKE_DATE, "introduced: {date: 2018}", "2018"},
    {introduced, UPTAKE_DATE, "introduced: {date: 2011-12}", "2011-12"},
    {introduced, UPTAKE_DATE, "introduced: {date: 2012-02-29}", "2012-02-29"},
    {introduced, UPTAKE_DATE, "introduced: {date: 2023Q2}", "2023Q2"},
    {introduced, UPTAKE_DATE, "introduced: {date: 2014/15}", "2014/15"},
    {introduced, UPTAKE_DATE, "introduced: {date: {from: 2014, to: 2015-06}}",
     "2014-01 to 2015-06"},
    {introduced, UPTAKE_DATE, "introduced: {date: {at_most: 2019}}", "at most 2019"},
    {introduced, UPTAKE_DATE, "introduced: {date: {at_least: 2019}}", "at least 2019"},
    {introduced, UPTAKE_DATE, "introduced: {date: unknown}", "unknown"},
    {introduced, UPTAKE_DATE, "introduced: {date: '2018'}", "2018"},
    {ends, UPTAKE_DATE, ENDS("open"), "open"},
    {ends, UPTAKE_DATE, ENDS("2018"), "2018"},
    {ends, UPTAKE_DATE, "vehicles: [{id: v}]", "-"},

    /* a reason for a whole mapping */
    {payback, UPTAKE_NUMBER, "commissioning: n/a", "n/a"},
    {"commissioning.measured_outcome", UPTAKE_FLAG, "commissioning: unknown", "unknown"},
    {introduced, UPTAKE_DATE, "introduced: none", "none"},
    {payback, UPTAKE_NUMBER, "commissioning: ~", "-"},
    {"custom.cost", UPTAKE_NUMBER, "custom: unknown", "unknown"},
    {"custom.deep.cost", UPTAKE_NUMBER, "custom: n/a", "n/a"},
    {"custom.deep.cost", UPTAKE_NUMBER, "custom: {deep: none}", "none"},

    /* a user's own */
    {"custom.cost", UPTAKE_NUMBER, "custom: {x: 1, cost: {low: 1, high: 2}, y: [2]}",
     "1.5{1..2 range}"},
    {"custom.a.b.c", UPTAKE_TEXT, "custom: {a: {x: 1, b: {c: deep, d: 1}}}", "deep"},
    {"custom.cost", UPTAKE_NUMBER, "summary: x", "-"},
};

TestSuite(model_values, .init = fixture_open, .fini = fixture_close, .timeout = 120);

Test(model_values, of_each_form)
{
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        struct model_request request = fixture_read(cases[k].path, cases[k].type);
        struct model_options options = {.requests = &request, .n_requests = 1};
        struct loading *loading = fixture_load_fields("", cases[k].fields, options);
        cr_expect_not(loading->failed, "%s: %s", cases[k].fields, loading->messages);
        if (!loading->failed)
            cr_expect_str_eq(fixture_values(loading, &request), cases[k].expected, "%s: %s",
                             cases[k].fields, fixture_values(loading, &request));
        fixture_free(loading);
    }
}

/* Each reason in each type: plain it is a reason, and only in a text may it be quoted. */
Test(model_values, reasons_in_every_type)
{
    static const struct {
        const char *path;
        uint32_t type;
        const char *row;
    } fields[] = {{"support[].needed", UPTAKE_NUMBER, "needed: %s, unit: wte"},
                  {"support[].for", UPTAKE_CHOICE, "needed: 1, unit: wte, for: %s"},
                  {"support[].by", UPTAKE_TEXT, "needed: 1, unit: wte, by: %s"},
                  {"support[].adopter", UPTAKE_REF, "needed: 1, unit: wte, adopter: %s"},
                  {"support[].ends", UPTAKE_DATE, "needed: 1, unit: wte, ends: %s"}};
    static const char *const words[][2] = {
        {"unknown", "unknown"}, {"none", "none"}, {"n/a", "n/a"}};
    for (size_t f = 0; f < sizeof fields / sizeof *fields; f++)
        for (size_t w = 0; w < sizeof words / sizeof *words; w++) {
            char row[128], text[256];
            snprintf(row, sizeof row, fields[f].row, words[w][0]);
            snprintf(text, sizeof text, "support: [{resource: time, phase: running, %s}]", row);
            struct model_request request = fixture_read(fields[f].path, fields[f].type);
            struct loading *loading = fixture_load_fields(
                "", text, (struct model_options){.requests = &request, .n_requests = 1});
            cr_assert_not(loading->failed, "%s: %s", text, loading->messages);
            cr_expect_str_eq(fixture_values(loading, &request), words[w][1], "%s", text);
            fixture_free(loading);
        }
}

/* Null, "~" and nothing are left out, as if the key were not there: also where it is required. */
Test(model_values, null_is_left_out)
{
    static const char *const nothing[] = {"", "~", "null", "Null", "NULL"};
    for (size_t k = 0; k < sizeof nothing / sizeof *nothing; k++) {
        char fields[96];
        struct model_request request = fixture_read("commissioning.payback", UPTAKE_NUMBER);
        struct model_options options = {.requests = &request, .n_requests = 1};
        snprintf(fields, sizeof fields, "commissioning: {payback: %s}", nothing[k]);
        struct loading *loading = fixture_load_fields("", fields, options);
        cr_expect_null(fixture_column(loading, &request)->values, "%s", fields);
        fixture_free(loading);
        snprintf(fields, sizeof fields, "costs: [{kind: running, gbp: %s}]", nothing[k]);
        loading = fixture_load_fields("", fields, (struct model_options){.path = NULL});
        cr_expect_str_eq(loading->messages, "m.yaml:3:28: costs[]: 'gbp' is missing", "%s", fields);
        fixture_free(loading);
    }
}

/* Why a list is empty. */
Test(model_values, why_a_list_is_empty)
{
    static const struct {
        const char *fields;
        int why;
    } lists[] = {{"summary: x", UPTAKE_LEFT_OUT},
                 {"support: ", UPTAKE_LEFT_OUT},
                 {"support: []", UPTAKE_NONE},
                 {"support: none", UPTAKE_NONE},
                 {"support: unknown", UPTAKE_UNKNOWN},
                 {"support: n/a", UPTAKE_NOT_APPLICABLE},
                 {"support: [{resource: time, phase: running, met: no}]", UPTAKE_PRESENT}};
    for (size_t k = 0; k < sizeof lists / sizeof *lists; k++) {
        struct model_request request = fixture_read("support[]", UPTAKE_LIST);
        struct model_options options = {.requests = &request, .n_requests = 1};
        struct loading *loading = fixture_load_fields("", lists[k].fields, options);
        const struct model_table *table = fixture_table(loading, &request);
        cr_expect_eq(request.column, UINT32_MAX);
        cr_assert_not_null(table->why);
        cr_expect_eq(table->why[0], lists[k].why, "%s: %d", lists[k].fields, table->why[0]);
        fixture_free(loading);
    }
}

/* A list in a mapping that is itself unknown is unknown too. */
Test(model_values, why_a_list_in_a_mapping_is_empty)
{
    struct model_request request = fixture_read("commissioning.budget_impact[]", UPTAKE_LIST);
    struct model_options options = {.requests = &request, .n_requests = 1};
    struct loading *loading = fixture_load_fields("", "commissioning: unknown", options);
    cr_expect_eq(fixture_table(loading, &request)->why[0], UPTAKE_UNKNOWN);
    fixture_free(loading);
}

/* Doubt is kept where it was asked for, and only there. */
Test(model_values, doubt_is_kept_on_request)
{
    struct model_request asked = fixture_read("commissioning.payback", UPTAKE_NUMBER);
    asked.doubt = false;
    struct loading *loading =
        fixture_load_fields("", "commissioning: {payback: {low: 1, high: 3}}",
                            (struct model_options){.requests = &asked, .n_requests = 1});
    cr_expect_eq(fixture_column(loading, &asked)->n_doubts, 0u);
    cr_expect_str_eq(fixture_values(loading, &asked), "2");
    fixture_free(loading);
}

/* Where one of two asks, the shared column has it. */
Test(model_values, doubt_of_a_shared_column)
{
    struct model_request requests[] = {fixture_read("commissioning.payback", UPTAKE_NUMBER),
                                       fixture_read("commissioning.payback", UPTAKE_NUMBER)};
    requests[0].doubt = false;
    struct loading *loading =
        fixture_load_fields("", "commissioning: {payback: {low: 1, high: 3}}",
                            (struct model_options){.requests = requests, .n_requests = 2});
    cr_expect_eq(requests[0].column, requests[1].column);
    cr_expect_str_eq(fixture_values(loading, &requests[0]), "2{1..3 range}");
    fixture_free(loading);
}
