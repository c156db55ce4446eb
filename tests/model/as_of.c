/*
 * As of a day: what began later is left out and counted, what happened later reads as missing,
 * what was counted over a period that still goes on is unknown; a later reading of an earlier time
 * stays, as hindsight.
 */
#include <string.h>

#include "model/fixture.h"

TestSuite(model_as_of, .init = fixture_open, .fini = fixture_close, .timeout = 120);

enum { N = UPTAKE_NUMBER, C = UPTAKE_CHOICE, T = UPTAKE_TEXT, R = UPTAKE_REF, D = UPTAKE_DATE };

#define SUPPORT(fields) "{resource: time, phase: running, needed: 1, unit: wte" fields "}"
#define JUDGED(fields) "{framework: nasss, construct: condition, value: 1" fields "}"
#define Q "adopters: [{id: q}, {id: r}]\n"

static const struct {
    const char *name, *as_of, *path;
    uint32_t type;
    const char *top, *fields, *expected;
    uint64_t left_out, hindsight;
} cases[] = {
    /* begins: starts, adopted, period, holds */
    {"starts later", "2018-01-24", "support[].needed", N, "",
     "support: [" SUPPORT(", starts: 2018-01-25") ", " SUPPORT(", starts: 2018-01-24") "]", "1", 1,
     0},
    {"starts in the year of as_of", "2018-01-24", "support[].needed", N, "",
     "support: [" SUPPORT(", starts: 2018") ", " SUPPORT(", starts: 2018-02") "]", "1", 1, 0},
    {"as_of is a whole year", "2018", "support[].needed", N, "",
     "support: [" SUPPORT(", starts: 2018-12") ", " SUPPORT(", starts: 2019") "]", "1", 1, 0},
    {"started at most then", "2018", "support[].needed", N, "",
     "support: [" SUPPORT(", starts: {at_most: 2030}") "]", "1", 0, 0},
    {"started at least then", "2018", "support[].needed", N, "",
     "support: [" SUPPORT(", starts: {at_least: 2019}") "]", "", 1, 0},
    {"start unknown", "2018", "support[].needed", N, "",
     "support: [" SUPPORT(", starts: unknown") "]", "1", 0, 0},
    {"ends later: announced", "2018", "support[].ends", D, "",
     "support: [" SUPPORT(", ends: 2025") "]", "2025", 0, 0},
    {"ended before", "2018", "support[].ends", D, "", "support: [" SUPPORT(", ends: 2015") "]",
     "2015", 0, 0},
    {"price_year never decides", "2018", "support[].needed", N, "",
     "support: [" SUPPORT(", price_year: 2030") "]", "1", 0, 0},
    {"adopted later", "2018", "spells[].adopter", R, Q,
     "spells: [{adopter: q, adopted: 2019, status: adopted}, {adopter: r, adopted: 2018, status: "
     "adopted}]",
     "#1", 1, 0},
    {"vehicle starts later, with what is in it", "2018", "vehicles[].income[].share", N, "",
     "vehicles: [{id: v, starts: 2019, income: [{share: 0.5}]}, {id: w, income: [{share: 1}]}]",
     "1", 1, 0},
    {"follows one that is left out", "2018", "vehicles[].follows", R, "",
     "vehicles: [{id: v, starts: 2019}, {id: w, follows: v}]", "after", 1, 0},
    {"priority starts later", "2018", "priorities[]", R,
     "priorities: [{id: p, name: P, level: local, starts: 2019}, {id: o, name: O, level: local}]\n",
     "priorities: [p, o]", "after #0", 1, 0},
    {"period of costs later", "2018", "costs[].gbp", N, "",
     "costs: [{kind: running, gbp: 1, period: 2019}, {kind: running, gbp: 2, period: 2017/18}, "
     "{kind: running, gbp: 3, period: 2018/19}]",
     "2 3", 1, 0},
    /* holds against the date of the reading */
    {"read later", "2018", "judgements[].value", N, "", "judgements: [" JUDGED(", date: 2019") "]",
     "", 1, 0},
    {"read later, of an earlier time", "2018", "judgements[].value", N, "",
     "judgements: [" JUDGED(", date: 2026, holds: 2018-01") "]", "1", 0, 1},
    {"read later, of a later time", "2018", "judgements[].value", N, "",
     "judgements: [" JUDGED(", date: 2026, holds: 2020") "]", "", 1, 0},
    {"read before, of a later time", "2018", "judgements[].value", N, "",
     "judgements: [" JUDGED(", date: 2016, holds: 2020") "]", "", 1, 0},
    {"holds contains as_of", "2018-01-24", "judgements[].value", N, "",
     "judgements: [" JUDGED(", holds: 2018") ", " JUDGED(", holds: 2018-01, date: 2017") "]", "1 1",
     0, 0},
    {"holds unknown: the reading decides", "2018", "judgements[].value", N, "",
     "judgements: [" JUDGED(", holds: unknown, date: 2019") "]", "", 1, 0},
    {"starts before, read later, holds earlier", "2018", "support[].needed", N, "",
     "support: [" SUPPORT(", starts: 2010, date: 2020, holds: 2017") "]", "1", 0, 1},
    {"each rating of a row is hindsight", "2018", "judgements[].value", N, "",
     "judgements: [{framework: nasss, ratings: {condition: 1, adopters: 0}, date: 2020, holds: "
     "2017}]",
     "1 0", 0, 2},
    /* happened later */
    {"stopped later", "2018", "spells[].stopped", D, Q,
     "spells: [{adopter: q, adopted: 2010, stopped: 2019, status: stopped, ended_by: choice}]",
     "after", 0, 0},
    {"status of what stopped later", "2018", "spells[].status", C, Q,
     "spells: [{adopter: q, adopted: 2010, stopped: 2019, status: stopped, ended_by: choice}]",
     "after", 0, 0},
    {"why it stopped later", "2018", "spells[].ended_by", C, Q,
     "spells: [{adopter: q, adopted: 2010, stopped: 2019, status: stopped, ended_by: choice}, "
     "{adopter: q, adopted: 2010, stopped: 2019, status: stopped}]",
     "after left-out", 0, 0},
    {"fidelity of what stopped later", "2018", "spells[].fidelity", N, Q,
     "spells: [{adopter: q, adopted: 2010, stopped: 2019, status: stopped, fidelity: 0.5}]", "0.5",
     0, 0},
    {"stopped before", "2018", "spells[].status", C, Q,
     "spells: [{adopter: q, adopted: 2010, stopped: 2018-06, status: stopped}]", "stopped", 0, 0},
    {"closed later", "2018", "/adopters[].closed", D,
     "adopters: [{id: q, closed: 2019}, {id: r, closed: 2017}]\n", "summary: x", "after 2017", 0,
     0},
    {"merged later", "2018", "/adopters[].merged_into", R,
     "adopters: [{id: q, merged: 2019, merged_into: r}, {id: r, merged: 2017, merged_into: s}, "
     "{id: s}]\n",
     "summary: x", "after #2 left-out", 0, 0},
    {"closed before, merged later", "2018", "/adopters[].merged_into", R,
     "adopters: [{id: q, closed: 2017, merged: 2019, merged_into: r}, {id: r}]\n", "summary: x",
     "after left-out", 0, 0},
    {"merged before, closed later", "2018", "/adopters[].merged_into", R,
     "adopters: [{id: q, merged: 2017, closed: 2019, merged_into: r}, {id: r}]\n", "summary: x",
     "#1 left-out", 0, 0},
    /* a period that still goes on */
    {"counted over a period that contains as_of", "2018-06", "observations[].value", N, "",
     "observations: [{metric: m, period: 2018, value: 5}, {metric: m, period: 2017, value: {about: "
     "10}}, "
     "{metric: m, period: 2018Q2, value: suppressed}, {metric: m, period: 2018Q3, value: 7}]",
     "unknown 10{9..11 about} suppressed{-inf..inf suppressed}", 1, 0},
    {"suppressed in a period that contains as_of", "2018-06", "observations[].value", N, "",
     "observations: [{metric: m, period: 2018, value: suppressed}]", "unknown", 0, 0},
    {"not said, in a period that contains as_of", "2018-06", "observations[].asked", N, "",
     "observations: [{metric: m, period: 2018, value: 1}, {metric: m, period: 2017, value: 1, "
     "asked: 9}]",
     "left-out 9", 0, 0},
    {"a rate over a period that contains as_of", "2018-06", "measurements[].numerator", N, Q,
     "measurements: [{adopter: q, metric: m, period: 2017/18, numerator: 1, denominator: 2}, "
     "{adopter: q, metric: m, period: 2018/19, numerator: 1, denominator: 2}]",
     "1 unknown", 0, 0},
    {"the last day of a period", "2018-12-31", "observations[].value", N, "",
     "observations: [{metric: m, period: 2018, value: 5}]", "5", 0, 0},
    /* what as_of does not touch */
    {"effects have no time", "2018", "effects[].estimate", N, "",
     "effects: [{site: s, outcome: o, estimate: 2}]", "2", 0, 0},
    {"evidence has a year, and stays", "2018", "/evidence[].year", N,
     "evidence: [{id: e, source: s, year: 2030}]\n", "summary: x", "2030", 0, 0},
};

static void expect(size_t k, bool given)
{
    struct model_request request = fixture_read(cases[k].path, cases[k].type);
    struct model_options options = {.requests = &request, .n_requests = 1, .as_of_given = given};
    cr_assert(date_parse(cases[k].as_of, strlen(cases[k].as_of), &options.as_of));
    struct loading *loading = fixture_load_fields(cases[k].top, cases[k].fields, options);
    cr_assert_not(loading->failed, "%s: %s", cases[k].name, loading->messages);
    if (given)
        cr_expect_str_eq(fixture_values(loading, &request), cases[k].expected, "%s: %s",
                         cases[k].name, fixture_values(loading, &request));
    cr_expect_eq(loading->model.left_out, given ? cases[k].left_out : 0, "%s", cases[k].name);
    cr_expect_eq(loading->model.hindsight, given ? cases[k].hindsight : 0, "%s", cases[k].name);
    fixture_free(loading);
}

Test(model_as_of, of_each_case)
{
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        expect(k, true);
        expect(k, false); /* without one, nothing is left out */
    }
}

/* The rows that stay are in their places, with what hangs on them, in every table. */
Test(model_as_of, rows_that_stay)
{
    static const char fields[] =
        "evidence: [{id: e1, source: s}, {id: e2, source: s}], judgements: ["
        "{framework: nasss, construct: condition, value: 0.1, evidence: [e1]},"
        "{framework: nasss, construct: technology, value: 0.2, evidence: [e1, e2], date: 2019},"
        "{framework: nasss, ratings: {adopters: 0.3, embedding: 0.4}, evidence: [e2], date: 2020, "
        "holds: 2017},"
        "{framework: isat, ratings: {problem: 1, context: 2}, evidence: [e1, e1, e1], date: 2020},"
        "{framework: isat, construct: problem, value: {about: 3}, evidence: [e2, e1]}]";
    struct model_request requests[] = {fixture_read("judgements[].value", N),
                                       fixture_read("judgements[].evidence[]", R),
                                       fixture_read("judgements[framework=isat].value", N),
                                       fixture_read("judgements[framework=isat].evidence[]", R)};
    struct model_options options = {.requests = requests, .n_requests = 4, .as_of_given = true};
    cr_assert(date_parse("2018", 4, &options.as_of));
    struct loading *loading = fixture_load_fields("", fields, options);
    cr_assert_not(loading->failed, "%s", loading->messages);
    cr_expect_str_eq(fixture_values(loading, &requests[0]), "0.1 0.3 0.4 3{2.7..3 about}");
    cr_expect_str_eq(fixture_values(loading, &requests[1]), "#0 | #1 | #1 | #1 #0");
    cr_expect_str_eq(fixture_values(loading, &requests[2]), "3{2.7..3 about}");
    cr_expect_str_eq(fixture_values(loading, &requests[3]), "#1 #0");
    const uint8_t basis[] = {0, BASIS_HINDSIGHT, BASIS_HINDSIGHT, 0};
    cr_expect_eq(memcmp(fixture_table(loading, &requests[0])->basis, basis, sizeof basis), 0);
    cr_expect_eq(loading->model.left_out, 2u);
    cr_expect_eq(loading->model.hindsight, 2u);
    cr_expect_eq(loading->model.basis_rows, 4u);
    fixture_free(loading);
}

/* Of one innovation, only its own rows are counted. */
Test(model_as_of, counts_of_one_innovation)
{
    static const char text[] =
        "uptake: 1\ninnovations:\n"
        "- {id: a, name: A, judgements: [" JUDGED(", date: 2019") ", " JUDGED(
            ", date: 2019, holds: 2017, basis: desk_reading") "]}\n"
                                                              "- {id: b, name: B, judgements: "
                                                              "[" JUDGED(", date: 2019, holds: "
                                                                         "2016") "]}\n";
    static const struct {
        const char *id;
        uint64_t left_out, hindsight, rows, desk;
    } of[] = {{"a", 1, 1, 1, 1}, {"b", 0, 1, 1, 0}, {NULL, 1, 2, 2, 1}};
    for (size_t k = 0; k < sizeof of / sizeof *of; k++) {
        struct model_options options = {.innovation = of[k].id, .as_of_given = true};
        cr_assert(date_parse("2018", 4, &options.as_of));
        struct loading *loading = fixture_load_text(text, options);
        cr_assert_not(loading->failed, "%s", loading->messages);
        cr_expect_eq(loading->model.left_out, of[k].left_out);
        cr_expect_eq(loading->model.hindsight, of[k].hindsight);
        cr_expect_eq(loading->model.basis_rows, of[k].rows);
        cr_expect_eq(loading->model.desk_rows, of[k].desk);
        fixture_free(loading);
    }
}

/* What is wrong stays wrong, though it would be left out. */
Test(model_as_of, wrong_rows_are_told)
{
    struct model_options options = {.as_of_given = true};
    cr_assert(date_parse("2018", 4, &options.as_of));
    struct loading *loading =
        fixture_load_fields(Q,
                            "spells: [{adopter: q, adopted: 2019, stopped: 2017, status: stopped}, "
                            "{adopter: z, adopted: 2020, status: adopted}], "
                            "vehicles: [{id: v, starts: 2019}, {id: v}]",
                            options);
    cr_expect_str_eq(
        loading->messages,
        "m.yaml:4:66: stopped before it was adopted (line 4)\n"
        "m.yaml:4:176: id: 'v' stands twice in vehicles[]; the first is at m.yaml:4:153");
    fixture_free(loading);
}
