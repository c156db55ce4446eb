/*
 * What a run asks for: paths and what is wrong with them, filters, fields beyond the vocabulary,
 * and where rows and references end up.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/fixture.h"

TestSuite(model_requests, .init = fixture_open, .fini = fixture_close, .timeout = 120);

enum { N = UPTAKE_NUMBER, C = UPTAKE_CHOICE, T = UPTAKE_TEXT, R = UPTAKE_REF, D = UPTAKE_DATE };

/* --- Paths ------------------------------------------------------------------------------------ */

Test(model_requests, paths_that_are_wrong)
{
    static const struct {
        const char *path;
        uint32_t type;
        const char *unit;
        const char *expected; /* behind "the test reads 'PATH': "; with a ' first: the whole */
    } cases[] = {
        {"", N, NULL, "an empty name in the path"},
        {"/", N, NULL, "an empty name in the path"},
        {".", N, NULL, "an empty name in the path"},
        {"commissioning.", N, NULL, "an empty name in the path"},
        {"commissioning..payback", N, NULL, "an empty name in the path"},
        {"[]", N, NULL, "an empty name in the path"},
        {"suport[].needed", N, NULL, "there is no 'suport'; did you mean 'support'?"},
        {"support[].neded", N, NULL, "there is no 'neded' in support[]; did you mean 'needed'?"},
        {"comissioning.payback", N, NULL,
         "there is no 'comissioning'; did you mean 'commissioning'?"},
        {"commissioning.paybak", N, NULL,
         "there is no 'paybak' in commissioning; did you mean 'payback'?"},
        {"/adpters[].size", N, NULL,
         "there is no 'adpters' in the model; did you mean 'adopters'?"},
        {"/nothing", T, NULL, "there is no 'nothing' in the model"},
        {"/adopters", N, NULL, "it is a list; put [] behind it"},
        {"/title", T, NULL, "it is the file's own, and no plugin's to read"},
        {"support", N, NULL, "it is a list; put [] behind it"},
        {"support.needed", N, NULL, "a list on the way has no [] behind it"},
        {"support[]", N, NULL, "it is a list of rows; name one of their fields"},
        {"support[", N, NULL, "a '[' has no ']'"},
        {"support[].", N, NULL, "expected a '.' and a field behind the ']'"},
        {"support[]needed", N, NULL, "expected a '.' and a field behind the ']'"},
        {"support[].needed[]", N, NULL, "a '[' stands behind what is no list"},
        {"support[].needed.x", N, NULL, "a single value on the way has no fields"},
        {"commissioning", N, NULL, "it is a group of fields; name one of them"},
        {"custom", N, NULL, "it is a group of fields; name one of them"},
        {"judgements[].ratings", N, NULL, "it cannot be read; read what it is made into"},
        {"judgements[].evidence[].weight", N, NULL,
         "there is no 'weight' in judgements[].evidence[]"},
        {"/rules[].all", T, NULL, "it cannot be read; read what it is made into"},
        {"kind", N, NULL, "it is a choice, not a number"},
        {"commissioning.payback", C, NULL, "it is a number, not a choice"},
        {"core_components[]", N, NULL, "it is a text, not a number"},
        {"introduced.date", T, NULL, "it is a date, not a text"},
        {"spells[].adopter", T, NULL, "it is a reference, not a text"},
        {"commissioning.payback", N, "years", "its unit is months, not years"},
        {"support[colour=red].needed", N, NULL,
         "'support[colour=red]': support[] has no field 'colour'"},
        {"support[resorce=time].needed", N, NULL,
         "'support[resorce=time]': support[] has no field 'resorce'; did you mean 'resource'?"},
        {"support[resource=tine].needed", N, NULL,
         "'support[resource=tine]': 'resource' has no choice 'tine'; did you mean 'time'?"},
        {"support[resource].needed", N, NULL,
         "'support[resource]': expected FIELD=VALUE between the brackets"},
        {"support[needed=many].needed", N, NULL,
         "'support[needed=many]': expected a number, found 'many'"},
        {"support[resource<time].needed", N, NULL,
         "'support[resource<time]': 'resource' is not a number; only = and != can filter it"},
        {"support[by>=x].needed", N, NULL,
         "'support[by>=x]': 'by' is not a number; only = and != can filter it"},
        {"support[starts=2018].needed", N, NULL,
         "'support[starts=2018]': 'starts' cannot be filtered by"},
        {"support[needed>1,needed>2,needed>3,needed>4,needed>5].needed", N, NULL,
         "'support[needed>1,needed>2,needed>3,needed>4,needed>5]': more than 4 conditions"},
    };
    fixture_text("m.yaml", "uptake: 1\ninnovations: [{id: a, name: A}]\n");
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        char expected[256];
        struct model_request request = fixture_read(cases[k].path, cases[k].type);
        request.unit = cases[k].unit;
        struct loading *loading =
            fixture_load((struct model_options){.requests = &request, .n_requests = 1});
        if (cases[k].expected[0] == '\'')
            snprintf(expected, sizeof expected, "%s", cases[k].expected);
        else
            snprintf(expected, sizeof expected, "the test reads '%s': %s", cases[k].path,
                     cases[k].expected);
        cr_expect_str_eq(loading->messages, expected, "%s: %s", cases[k].path, loading->messages);
        fixture_free(loading);
    }
}

/* Every wrong path of a run is told, not the first alone. */
Test(model_requests, all_wrong_paths_at_once)
{
    struct model_request requests[] = {fixture_read("suport[]", UPTAKE_LIST),
                                       fixture_read("kind", N), fixture_read("name", T)};
    fixture_text("m.yaml", "uptake: 1\ninnovations: [{id: a, name: A}]\n");
    struct loading *loading =
        fixture_load((struct model_options){.requests = requests, .n_requests = 3});
    cr_expect_str_eq(loading->messages,
                     "the test reads 'suport[]': there is no 'suport'; did you mean 'support'?\n"
                     "the test reads 'kind': it is a choice, not a number");
    fixture_free(loading);
}

/* --- Fields beyond the vocabulary ------------------------------------------------------------- */

static const char *const colours[] = {"red", "green", NULL};

static void expect_field(struct model_request request, const char *top, const char *fields,
                         const char *messages, const char *values)
{
    struct loading *loading = fixture_load_fields(
        top, fields, (struct model_options){.requests = &request, .n_requests = 1});
    cr_expect_str_eq(loading->messages, messages, "%s: %s", fields, loading->messages);
    if (!loading->failed)
        cr_expect_str_eq(fixture_values(loading, &request), values, "%s: %s", fields,
                         fixture_values(loading, &request));
    fixture_free(loading);
}

Test(model_requests, declared_fields)
{
    struct model_request litres = fixture_read("costs[].litres", N);
    litres.min = 0;
    litres.max = 10;
    expect_field(litres, "",
                 "costs: [{kind: running, gbp: 1, litres: {about: 10}}, {kind: running, gbp: 2}]",
                 "", "10{9..10 about} left-out");
    expect_field(litres, "", "costs: [{kind: running, gbp: 1, litres: 11}]",
                 "m.yaml:3:60: litres: found '11'; expected 0 to 10", "");
    expect_field(litres, "", "costs: [{kind: running, gbp: 1, litre: 11}]",
                 "m.yaml:3:52: unknown field 'litre' in costs[]; did you mean 'litres'?", "");
    struct model_request colour = fixture_read("colour", C);
    colour.choices = colours;
    expect_field(colour, "", "colour: green", "", "green");
    expect_field(
        colour, "", "colour: gren",
        "m.yaml:3:28: colour: found 'gren'; expected one of red, green; did you mean 'green'?", "");
    expect_field(fixture_read("commissioning.agreed", UPTAKE_FLAG), "",
                 "commissioning: {agreed: true}", "", "true");
    expect_field(fixture_read("vehicles[].income[].sealed", D), "",
                 "vehicles: [{id: v, income: [{source: s}, {sealed: 2018}]}]", "", "left-out 2018");
    /* near a known name: a slip, not a field */
    expect_field(
        fixture_read("costs[].gbps", N), "", "summary: x",
        "the test reads 'costs[].gbps': there is no 'gbps' in costs[]; did you mean 'gbp'?", "");
    /* a reference, or a choice without choices, cannot be declared */
    expect_field(fixture_read("costs[].buyer", R), "", "summary: x",
                 "the test reads 'costs[].buyer': there is no 'buyer' in costs[]", "");
    expect_field(fixture_read("costs[].colour", C), "", "summary: x",
                 "the test reads 'costs[].colour': there is no 'colour' in costs[]", "");
}

/* Names that mean something to the host in other lists, with other types. */
Test(model_requests, declared_fields_with_the_hosts_names)
{
    expect_field(fixture_read("reachable[].id", N), "", "reachable: [{id: 5}, {id: 5}]", "", "5 5");
    expect_field(fixture_read("reachable[].starts", N), "", "reachable: [{starts: 5}]", "", "5");
    expect_field(fixture_read("costs[].basis", N), "", "costs: [{kind: running, gbp: 1, basis: 3}]",
                 "", "3");
    expect_field(fixture_read("costs[].because", N), "",
                 "costs: [{kind: running, gbp: 1, because: 3}]", "", "3");
    expect_field(fixture_read("effects[].follows", T), "",
                 "effects: [{site: s, outcome: o, estimate: 1, follows: x}]", "", "x");
    expect_field(fixture_read("costs[].date", N), "", "costs: [{kind: running, gbp: 1, date: 4}]",
                 "", "4");
}

/* A field of the evidence, wherever it stands. */
Test(model_requests, declared_fields_of_evidence)
{
    static const char top[] = "evidence: [{id: t, source: T}, {id: u, source: U, read_on: 2018}]\n";
    static const char fields[] =
        "evidence: [{id: l, source: L, read_on: 2019}, {id: m, source: M}]";
    expect_field(fixture_read("/evidence[].read_on", D), top, fields, "",
                 "left-out 2018 2019 left-out");
    expect_field(fixture_read("/evidence[].read_on", D), "evidence: [{id: t, source: T}]\n", fields,
                 "", "left-out 2019 left-out");
    expect_field(fixture_read("/evidence[].weight", N), "",
                 "evidence: [{id: l, source: L, weight: {about: 10}}]", "", "10{9..11 about}");
    struct model_request year = fixture_read("/evidence[].year", N);
    year.min = 2000;
    expect_field(year, "", "evidence: [{id: l, source: L, year: 1999}]",
                 "m.yaml:3:56: year: found '1999'; expected 2000 to 2200, for the test", "");
}

/* Two that declare one field must mean the same. */
Test(model_requests, declared_twice)
{
    struct model_request requests[] = {fixture_read("colour", N), fixture_read("colour", T)};
    fixture_text("m.yaml", "uptake: 1\ninnovations: [{id: a, name: A}]\n");
    struct loading *loading =
        fixture_load((struct model_options){.requests = requests, .n_requests = 2});
    cr_expect_str_eq(loading->messages, "the test reads 'colour': it is a number, not a text");
    fixture_free(loading);
    struct model_request halves[] = {fixture_read("evidence[].weight", N),
                                     fixture_read("/evidence[].weight", T)};
    loading = fixture_load((struct model_options){.requests = halves, .n_requests = 2});
    cr_expect_str_eq(loading->messages,
                     "the test reads '/evidence[].weight': the innovations' own evidence lacks it");
    fixture_free(loading);
}

/* --- Ranges ----------------------------------------------------------------------------------- */

Test(model_requests, a_narrower_range)
{
    struct model_request narrow = fixture_read("commissioning.payback", N);
    narrow.max = 60;
    expect_field(narrow, "", "commissioning: {payback: 61}",
                 "m.yaml:3:45: payback: found '61'; expected 0 to 60, for the test", "");
    expect_field(narrow, "", "commissioning: {payback: {low: 1, high: 61}}",
                 "m.yaml:3:60: payback: found '61'; expected 0 to 60, for the test", "");
    expect_field(narrow, "", "commissioning: {payback: {at_least: 12}}", "", "12{12..60 at_least}");
    narrow.max = NAN;
    narrow.min = -5;
    expect_field(narrow, "", "commissioning: {payback: 0}", "", "0");
    struct model_request most = fixture_read("costs[].gbp", N);
    most.max = 10;
    expect_field(most, "", "costs: [{kind: running, gbp: 11}]",
                 "m.yaml:3:49: gbp: found '11'; expected at most 10, for the test", "");
}

/* A filtered read's range is that of its own rows: nasss runs from 0 to 1, cfir from -2. */
Test(model_requests, a_range_of_some_rows)
{
    struct model_request nasss = fixture_read("judgements[framework=nasss].value", N);
    nasss.min = 0;
    nasss.max = 0.5;
    static const char cfir[] = "judgements: [{framework: cfir, construct: cost, value: -2}, "
                               "{framework: nasss, construct: condition, value: %s}]";
    static const struct {
        const char *value, *messages, *values;
    } cases[] = {
        {"0.25", "", "0.25"},
        {"1", "m.yaml:3:128: value: found 1; expected 0 to 0.5, for the test", ""},
        {"{low: 0, high: 0.75}", "m.yaml:3:128: value: found 0.75; expected 0 to 0.5, for the test",
         ""},
        {"{at_least: 0.25}", "", "0.25{0.25..0.5 at_least}"},
        {"{about: 0.5}", "", "0.5{0.45..0.5 about}"},
        {"unknown", "", "unknown"},
        {"suppressed", "", "suppressed{0..0.5 suppressed}"},
    };
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        char fields[256];
        snprintf(fields, sizeof fields, cfir, cases[k].value);
        expect_field(nasss, "", fields, cases[k].messages, cases[k].values);
    }
}

/* --- Filters ---------------------------------------------------------------------------------- */

static const char supports[] =
    "support: [{resource: time, phase: running, needed: 1, unit: wte, by: x},"
    " {resource: money, phase: running, needed: 2, unit: gbp_once, by: y},"
    " {resource: time, phase: set_up, needed: {about: 3}, unit: wte, by: y, adopter: q},"
    " {resource: time, phase: set_up, needed: unknown, unit: wte}]";

Test(model_requests, filters)
{
    static const struct {
        const char *path, *expected;
    } cases[] = {
        {"support[].needed", "1 2 3{2.7..3.3 about} unknown"},
        {"support[resource=time].needed", "1 3{2.7..3.3 about} unknown"},
        {"support[resource!=time].needed", "2"},
        {"support[resource=time, phase=set_up].needed", "3{2.7..3.3 about} unknown"},
        {"support[resource=time,phase=set_up].needed", "3{2.7..3.3 about} unknown"},
        {"support[ resource=time ].needed", "1 3{2.7..3.3 about} unknown"},
        {"support[needed<=2].needed", "1 2"},
        {"support[needed<2].needed", "1"},
        {"support[needed>2].needed", "3{2.7..3.3 about}"},
        {"support[needed>=2].needed", "2 3{2.7..3.3 about}"},
        {"support[needed!=2].needed", "1 3{2.7..3.3 about}"},
        {"support[needed=2.0].needed", "2"},
        {"support[needed>=1, needed<3].needed", "1 2"},
        {"support[by=y].needed", "2 3{2.7..3.3 about}"},
        {"support[by!=y].needed", "1"},
        {"support[adopter=q].needed", "3{2.7..3.3 about}"},
        {"support[by=nobody].needed", ""},
        {"support[resource=space].needed", ""},
    };
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++)
        expect_field(fixture_read(cases[k].path, N), "adopters: [{id: q}]\n", supports, "",
                     cases[k].expected);
}

Test(model_requests, filters_in_and_beside)
{
    static const char impact[] =
        "commissioning: {measured_outcome: true, budget_impact: [{year: 1, gbp: 5}, "
        "{year: 4, gbp: 6}, {gbp: 7}]}";
    expect_field(fixture_read("commissioning.budget_impact[year<=3].gbp", N), "", impact, "", "5");
    static const char adopters[] = "adopters: [{id: a, type: trust, size: 1}, {id: b, size: 2}, "
                                   "{id: c, type: icb, size: 3}]\n";
    expect_field(fixture_read("/adopters[type=trust].size", N), adopters, "summary: x", "", "1");
    expect_field(fixture_read("/adopters[type!=trust].size", N), adopters, "summary: x", "", "3");
    static const char evidence[] =
        "evidence: [{id: l, source: L, type: rct}, {id: m, source: M, type: audit}]";
    expect_field(fixture_read("/evidence[type=rct].source", T),
                 "evidence: [{id: t, source: T, type: audit}, {id: u, source: U, type: rct}]\n",
                 evidence, "", "U L");
}

/* A declared flag. */
Test(model_requests, filters_by_flag)
{
    struct model_request requests[] = {fixture_read("costs[].sure", UPTAKE_FLAG),
                                       fixture_read("costs[sure=true].gbp", N),
                                       fixture_read("costs[sure=false].gbp", N)};
    static const char costs[] =
        "costs: [{kind: running, gbp: 1, sure: true}, {kind: running, gbp: 2, sure: false}, "
        "{kind: running, gbp: 3}]";
    struct loading *loading = fixture_load_fields(
        "", costs, (struct model_options){.requests = requests, .n_requests = 3});
    cr_assert_not(loading->failed, "%s", loading->messages);
    cr_expect_str_eq(fixture_values(loading, &requests[1]), "1");
    cr_expect_str_eq(fixture_values(loading, &requests[2]), "2");
    fixture_free(loading);
    requests[1].path = "costs[sure=maybe].gbp";
    loading = fixture_load_fields("", costs,
                                  (struct model_options){.requests = requests, .n_requests = 3});
    cr_expect_str_eq(loading->messages,
                     "'costs[sure=maybe]': expected true or false, found 'maybe'");
    fixture_free(loading);
}

/* --- Nested lists ----------------------------------------------------------------------------- */

static const char top_evidence[] =
    "evidence: [{id: t1, source: T1}, {id: t2, source: T2}]\nadopters: [{id: q}]\n";

/* Rows 0 and 1 share e1 and t2, by ratings before their framework; row 2 is another framework's;
 * row 3 has none. */
static const char judgements[] =
    "evidence: [{id: e1, source: E1}, {id: e2, source: E2}], "
    "judgements: [{ratings: {condition: 1, technology: 0.5}, evidence: [e1, t2], framework: nasss},"
    " {framework: cfir, construct: cost, value: 1, evidence: [e2]},"
    " {framework: nasss, construct: adopters, value: 0},"
    " {evidence: [t1, e2, e1], framework: nasss, construct: embedding, value: 0.25}]";

Test(model_requests, ratings_share_their_evidence)
{
    expect_field(fixture_read("judgements[].evidence[]", R), top_evidence, judgements, "",
                 "#2 #1 | #2 #1 | #3 |  | #0 #3 #2");
    expect_field(fixture_read("judgements[].evidence[].value", R), top_evidence, judgements, "",
                 "#2 #1 | #2 #1 | #3 |  | #0 #3 #2");
    expect_field(fixture_read("judgements[framework=nasss].evidence[]", R), top_evidence,
                 judgements, "", "#2 #1 | #2 #1 |  | #0 #3 #2");
    expect_field(fixture_read("judgements[framework=cfir].evidence[]", R), top_evidence, judgements,
                 "", "#3");
    expect_field(fixture_read("judgements[framework=isat].evidence[]", R), top_evidence, judgements,
                 "", "");
    expect_field(fixture_read("judgements[framework=nasss].value", N), top_evidence, judgements, "",
                 "1 0.5 0 0.25");
    expect_field(fixture_read("/evidence[].source", T), top_evidence, judgements, "",
                 "T1 T2 E1 E2");
}

/* All of them in one run, beside each other. */
Test(model_requests, several_tables_of_one_list)
{
    struct model_request requests[] = {
        fixture_read("judgements[framework=nasss].evidence[]", R),
        fixture_read("judgements[framework=cfir].evidence[]", R),
        fixture_read("judgements[].evidence[]", R),
        fixture_read("judgements[].evidence[]", UPTAKE_LIST),
        fixture_read("judgements[framework=nasss, value>0].value", N),
        fixture_read("judgements[framework=nasss, value>0].evidence[]", R),
    };
    struct loading *loading = fixture_load_fields(
        top_evidence, judgements, (struct model_options){.requests = requests, .n_requests = 6});
    cr_assert_not(loading->failed, "%s", loading->messages);
    cr_expect_str_eq(fixture_values(loading, &requests[0]), "#2 #1 | #2 #1 |  | #0 #3 #2");
    cr_expect_str_eq(fixture_values(loading, &requests[1]), "#3");
    cr_expect_str_eq(fixture_values(loading, &requests[2]), "#2 #1 | #2 #1 | #3 |  | #0 #3 #2");
    cr_expect_str_eq(fixture_values(loading, &requests[4]), "1 0.5 0.25");
    cr_expect_str_eq(fixture_values(loading, &requests[5]), "#2 #1 | #2 #1 | #0 #3 #2");
    const struct model_table *table = fixture_table(loading, &requests[3]);
    const int8_t why[] = {UPTAKE_PRESENT, UPTAKE_PRESENT, UPTAKE_PRESENT, UPTAKE_LEFT_OUT,
                          UPTAKE_PRESENT};
    cr_expect_eq(memcmp(table->why, why, sizeof why), 0);
    cr_expect_eq(table->parents, 5u);
    cr_expect_str_eq(table->path, "judgements[].evidence[]");
    cr_expect_str_eq(table->list, "judgements[].evidence[]");
    const struct model_table *filtered = fixture_table(loading, &requests[5]);
    cr_expect_str_eq(filtered->path, "judgements[framework=nasss, value>0].evidence[]");
    cr_expect_str_eq(filtered->list, "judgements[].evidence[]");
    cr_expect_str_eq(loading->model.tables[filtered->parent].path,
                     "judgements[framework=nasss, value>0]");
    fixture_free(loading);
}

/* Innovations without the list stand in the offsets too. */
Test(model_requests, offsets_of_empty_parents)
{
    struct model_request share = fixture_read("vehicles[].income[].share", N);
    struct loading *loading = fixture_load_text(
        "uptake: 1\ninnovations:\n- {id: a, name: A}\n"
        "- {id: b, name: B, vehicles: [{id: v}, {id: w, income: [{share: 0.5}, {share: 0.25}]}]}\n"
        "- {id: c, name: C, vehicles: [{id: v, income: [{share: 1}]}]}\n- {id: d, name: D}\n",
        (struct model_options){.requests = &share, .n_requests = 1});
    cr_expect_str_eq(fixture_values(loading, &share), " | 0.5 0.25 | 1");
    const struct model_table *income = fixture_table(loading, &share);
    const struct model_table *vehicles = &loading->model.tables[income->parent];
    const int64_t offsets[] = {0, 0, 2, 3, 3};
    cr_expect_eq(memcmp(vehicles->offsets, offsets, sizeof offsets), 0);
    cr_expect_eq(model_parent(vehicles, 0), 1u);
    cr_expect_eq(model_parent(vehicles, 1), 1u);
    cr_expect_eq(model_parent(vehicles, 2), 2u);
    cr_expect_eq(model_parent(income, 2), 2u);
    fixture_free(loading);
}

Test(model_requests, portfolio_tables)
{
    static const char top[] =
        "ties: [{from: b, to: a, weight: 2}]\npriorities: [{id: p, name: P, level: local, body: "
        "x}]\n"
        "adopters: [{id: a, imd_decile: 3}, {id: b, merged_into: a, imd_decile: {at_least: 8}}]\n";
    expect_field(fixture_read("/adopters[].imd_decile", N), top, "summary: x", "",
                 "3 8{8..10 at_least}");
    expect_field(fixture_read("/adopters[].merged_into", R), top, "summary: x", "", "left-out #0");
    expect_field(fixture_read("/adopters[].id", T), top, "summary: x", "", "a b");
    expect_field(fixture_read("/ties[].from", R), top, "summary: x", "", "#1");
    expect_field(fixture_read("/ties[].to", R), top, "summary: x", "", "#0");
    expect_field(fixture_read("/priorities[].level", C), top, "summary: x", "", "local");
    expect_field(fixture_read("priorities[]", R), top, "priorities: [p]", "", "#0");
    expect_field(fixture_read("/ties[].weight", N), "", "summary: x", "", "");
}

/* References to what comes later in the file, and to evidence that stands behind its use. */
Test(model_requests, references_forwards)
{
    struct model_request requests[] = {
        fixture_read("spells[].adopter", R), fixture_read("costs[].evidence[]", R),
        fixture_read("vehicles[].follows", R), fixture_read("commissioning.evidence[]", R)};
    struct loading *loading = fixture_load_text(
        "uptake: 1\ninnovations:\n"
        "- {id: a, name: A, costs: [{kind: running, gbp: 1, evidence: [l1, t2]}], "
        "spells: [{adopter: y, adopted: 2010, status: adopted}, {adopter: unknown, adopted: 2010, "
        "status: adopted}], "
        "vehicles: [{id: v2, follows: v1}, {id: v1}], evidence: [{id: l1, source: s}]}\n"
        "- {id: b, name: B, commissioning: {evidence: [t1, l1, l2]}, vehicles: [{id: v1}, {id: v2, "
        "follows: v1}], "
        "evidence: [{id: l2, source: s}, {id: l1, source: s}]}\n"
        "evidence: [{id: t1, source: s}, {id: t2, source: s}]\nadopters: [{id: x}, {id: y}]\n",
        (struct model_options){.requests = requests, .n_requests = 4});
    cr_assert_not(loading->failed, "%s", loading->messages);
    cr_expect_str_eq(fixture_values(loading, &requests[0]), "#1 unknown | ");
    cr_expect_str_eq(fixture_values(loading, &requests[1]), "#2 #1");
    cr_expect_str_eq(fixture_values(loading, &requests[2]), "#1 left-out | left-out #2");
    cr_expect_str_eq(fixture_values(loading, &requests[3]), " | #0 #4 #3");
    fixture_free(loading);
}

/* The same id at the top and inside: the innovation's own comes first. */
Test(model_requests, own_evidence_first)
{
    expect_field(fixture_read("commissioning.evidence[]", R),
                 "evidence: [{id: e, source: s}, {id: f, source: s}]\n",
                 "evidence: [{id: e, source: s}], commissioning: {evidence: [e, f]}", "", "#2 #1");
}

/* A column that nobody filled holds nothing, and says nothing is known. */
Test(model_requests, columns_nobody_filled)
{
    struct model_request request = fixture_read("support[].provided", N);
    struct loading *loading =
        fixture_load_fields("", "support: [{resource: time, phase: running, met: no}]",
                            (struct model_options){.requests = &request, .n_requests = 1});
    const struct model_column *column = fixture_column(loading, &request);
    double low, high;
    cr_expect_null(column->values);
    cr_expect_eq(model_doubt_at(column, 0, &low, &high), UPTAKE_EXACT);
    cr_expect_eq(uptake_why(low), UPTAKE_LEFT_OUT);
    cr_expect_eq(uptake_why(high), UPTAKE_LEFT_OUT);
    fixture_free(loading);
}

/* --- What stands beside the columns ----------------------------------------------------------- */

Test(model_requests, names_of_columns)
{
    static const struct {
        const char *path;
        uint32_t type;
        const char *name, *unit;
    } cases[] = {{"support[].needed", N, "needed", "row"},
                 {"commissioning.payback", N, "commissioning.payback", "months"},
                 {"commissioning.budget_impact[].gbp", N, "gbp", "gbp"},
                 {"core_components[]", T, "value", ""},
                 {"custom.a.b", N, "custom.a.b", ""},
                 {"/adopters[].size", N, "size", ""}};
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        struct model_request request = fixture_read(cases[k].path, cases[k].type);
        struct loading *loading = fixture_load_fields(
            "", "summary: x", (struct model_options){.requests = &request, .n_requests = 1});
        const struct model_column *column = fixture_column(loading, &request);
        cr_expect_str_eq(column->name, cases[k].name);
        cr_expect_str_eq(column->unit, cases[k].unit);
        fixture_free(loading);
    }
}

Test(model_requests, because_and_basis)
{
    static const char fields[] =
        "judgements: [{framework: nasss, ratings: {condition: 1, technology: 1}, because: it is "
        "so, basis: desk_reading},"
        " {framework: nasss, construct: adopters, value: 0, evidence: [e], basis: published}], "
        "evidence: [{id: e, source: s}], costs: [{kind: running, gbp: 1}]";
    struct model_request requests[] = {fixture_read("judgements[].value", N),
                                       fixture_read("costs[].gbp", N)};
    struct loading *loading = fixture_load_fields(
        "", fields, (struct model_options){.requests = requests, .n_requests = 2});
    const struct model_table *table = fixture_table(loading, &requests[0]);
    const uint8_t basis[] = {BASIS_DESK | BASIS_NO_EVIDENCE, BASIS_DESK | BASIS_NO_EVIDENCE, 0};
    cr_expect_eq(memcmp(table->basis, basis, sizeof basis), 0);
    cr_assert_not_null(table->because);
    cr_expect_str_eq(model_text(&loading->model, table->because[1]), "it is so");
    cr_expect_str_eq(model_text(&loading->model, table->because[2]), "");
    cr_expect_eq(fixture_table(loading, &requests[1])->basis[0], BASIS_NO_EVIDENCE);
    cr_expect_eq(loading->model.basis_rows, 3u);
    cr_expect_eq(loading->model.desk_rows, 2u);
    fixture_free(loading);
}

/* --- One innovation --------------------------------------------------------------------------- */

static const char three[] =
    "uptake: 1\nevidence: [{id: t, source: T}]\ninnovations:\n"
    "- {id: a, name: A, evidence: [{id: e, source: EA}], costs: [{kind: running, gbp: 1, evidence: "
    "[e]}], "
    "judgements: [{framework: nasss, construct: condition, value: 1, basis: desk_reading}]}\n"
    "- {id: b, name: B, evidence: [{id: f, source: FB}, {id: e, source: EB}], "
    "costs: [{kind: running, gbp: 2, evidence: [t, e]}, {kind: saving, gbp: {about: 3}}]}\n"
    "- {id: c, name: C, evidence: [{id: e, source: EC}], costs: [{kind: running, gbp: 4, evidence: "
    "[e]}]}\n";

Test(model_requests, one_innovation)
{
    static const struct {
        const char *id, *gbp, *refs, *sources;
        uint64_t desk;
    } cases[] = {{"a", "1", "#1", "T EA", 1},
                 {"b", "2 3{2.7..3.3 about}", "#0 #2 | ", "T FB EB", 0},
                 {"c", "4", "#1", "T EC", 0},
                 {NULL, "1 | 2 3{2.7..3.3 about} | 4", "#1 | #0 #3 |  | #4", "T EA FB EB EC", 1}};
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        struct model_request requests[] = {fixture_read("costs[].gbp", N),
                                           fixture_read("costs[].evidence[]", R),
                                           fixture_read("/evidence[].source", T)};
        struct model_options options = {
            .requests = requests, .n_requests = 3, .innovation = cases[k].id};
        struct loading *loading = fixture_load_text(three, options);
        cr_assert_not(loading->failed, "%s", loading->messages);
        cr_expect_eq(loading->model.innovations, cases[k].id ? 1u : 3u);
        cr_expect_str_eq(fixture_values(loading, &requests[0]), cases[k].gbp);
        cr_expect_str_eq(fixture_values(loading, &requests[1]), cases[k].refs);
        cr_expect_str_eq(fixture_values(loading, &requests[2]), cases[k].sources);
        cr_expect_eq(loading->model.desk_rows, cases[k].desk);
        fixture_free(loading);
    }
}

Test(model_requests, no_such_innovation)
{
    fixture_text("m.yaml", "uptake: 1\ninnovations: [{id: dafne, name: D}]\n");
    struct loading *loading = fixture_load((struct model_options){.innovation = "dafne1"});
    cr_expect_str_eq(loading->messages,
                     "m.yaml: has no innovation 'dafne1'; did you mean 'dafne'?");
    fixture_free(loading);
}

/* A row that is wrong is wrong, whoever is asked for. */
Test(model_requests, one_innovation_and_another_is_wrong)
{
    fixture_text("m.yaml",
                 "uptake: 1\ninnovations:\n- {id: a, name: A}\n- {id: b, name: B, x: 1}\n");
    struct loading *loading = fixture_load((struct model_options){.innovation = "a"});
    cr_expect_str_eq(loading->messages, "m.yaml:4:20: unknown field 'x' in an innovation");
    fixture_free(loading);
}

/* Nothing of the others stays, in lists of lists neither. */
Test(model_requests, one_innovation_and_why_lists_are_empty)
{
    struct model_request requests[] = {fixture_read("vehicles[].income[]", UPTAKE_LIST),
                                       fixture_read("vehicles[].income[].share", N)};
    struct model_options options = {.innovation = "b", .requests = requests, .n_requests = 2};
    struct loading *loading =
        fixture_load_text("uptake: 1\ninnovations:\n- {id: a, name: A, vehicles: [{id: v, income: "
                          "[{share: {about: 0.5}}]}, {id: w}]}\n"
                          "- {id: b, name: B, vehicles: [{id: v, income: unknown}, {id: w, income: "
                          "[{share: 0.25}]}]}\n",
                          options);
    const struct model_table *table = fixture_table(loading, &requests[0]);
    cr_assert_eq(table->parents, 2u);
    cr_expect_eq(table->why[0], UPTAKE_UNKNOWN);
    cr_expect_eq(table->why[1], UPTAKE_PRESENT);
    cr_expect_str_eq(fixture_values(loading, &requests[1]), " | 0.25");
    fixture_free(loading);
}

/* --- Limits ----------------------------------------------------------------------------------- */

Test(model_requests, more_columns_than_can_be_kept)
{
    enum { COUNT = 80 };
    static char paths[COUNT][32];
    struct model_request requests[COUNT];
    for (int k = 0; k < COUNT; k++) {
        snprintf(paths[k], sizeof paths[k], "custom.field-%d", k);
        requests[k] = fixture_read(paths[k], N);
    }
    fixture_text("m.yaml", "uptake: 1\ninnovations: [{id: a, name: A}]\n");
    struct loading *loading =
        fixture_load((struct model_options){.requests = requests, .n_requests = COUNT});
    cr_expect_not_null(strstr(loading->messages, ": more columns of one list than can be kept"),
                       "%s", loading->messages);
    fixture_free(loading);
}

/* Above 2 MB the region has huge pages; the values are the same. */
Test(model_requests, a_large_model)
{
    enum { COUNT = 180000 };
    char *text = malloc(COUNT * 48 + 200);
    size_t used = (size_t)sprintf(text, "uptake: 1\ninnovations:\n- id: a\n  name: A\n  costs:\n");
    for (int k = 0; k < COUNT; k++)
        used += (size_t)sprintf(text + used,
                                k % 3 ? "  - {kind: running, gbp: %d}\n"
                                      : "  - {kind: running, gbp: {at_least: %d}}\n",
                                k);
    struct model_request requests[] = {fixture_read("costs[].gbp", N),
                                       fixture_read("costs[].kind", C)};
    struct loading *loading =
        fixture_load_text(text, (struct model_options){.requests = requests, .n_requests = 2});
    const struct model_column *gbp = fixture_column(loading, &requests[0]);
    int wrong = 0;
    for (int k = 0; k < COUNT; k++) {
        double low, high;
        int kind = model_doubt_at(gbp, (uint64_t)k, &low, &high);
        wrong += ((const double *)gbp->values)[k] != k || low != k ||
                 (kind == UPTAKE_AT_LEAST) != (k % 3 == 0);
    }
    cr_expect_eq(wrong, 0);
    cr_expect_eq(gbp->n_doubts, (uint64_t)COUNT / 3);
    cr_expect_geq(loading->model.bytes, (uint64_t)2 << 20);
    cr_expect_eq(model_table_find(&loading->model, "costs[]"), requests[0].table);
    cr_expect_eq(model_table_find(&loading->model, ""), 0u);
    cr_expect_eq(model_table_find(&loading->model, "support[]"), (uint32_t)MODEL_NO_TABLE);
    fixture_free(loading);
    free(text);
}
