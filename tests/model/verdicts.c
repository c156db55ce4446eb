/*
 * Rules held against innovations. Expected verdicts are worked out by hand from what core/model/verdict.c promises:
 * Kleene's tables for all and any, and for each operator what it says of a value, of a range, of what is missing and
 * why, and of lists.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "model/fixture.h"

TestSuite(model_verdicts, .init = fixture_open, .fini = fixture_close, .timeout = 120);

enum { NO = UPTAKE_RULE_FALSE, YES, OPEN, NA };
static const char letters[] = "FTU-";

static struct loading *judge(const char *rules, const char *fields, struct model_options options,
                             struct model_request *request)
{
    static char text[1 << 16];
    *request = fixture_read("/rules[]", UPTAKE_VERDICT);
    options.requests = request;
    options.n_requests = 1;
    snprintf(text, sizeof text, "uptake: 1\ninnovations:\n- {id: a, name: A, %s}\nrules:\n%s",
             fields, rules);
    return fixture_load_text(text, options);
}

static int verdict_of(const struct loading *loading, const struct model_request *request,
                      uint64_t pair)
{
    return ((const int8_t *)fixture_column(loading, request)->values)[pair];
}

static const char *fields_of(const struct loading *loading, const struct model_request *request,
                             uint64_t pair)
{
    const struct model_column *column =
        &fixture_table(loading, request)->columns[MODEL_PAIR_FIELDS];
    return model_text(&loading->model, ((const int32_t *)column->values)[pair]);
}

/* One rule of the conditions, one innovation of the fields. */
struct one {
    const char *conditions; /* behind "all: [" */
    const char *fields;
    int verdict;
    const char *decides; /* NULL: not looked at */
};

static void expect_one(const struct one *one)
{
    char rules[4096];
    struct model_request request;
    snprintf(rules, sizeof rules, "- {id: r, scheme: s, source: s, starts: 2010, all: [%s]}\n",
             one->conditions);
    struct loading *loading =
        judge(rules, one->fields, (struct model_options){.path = NULL}, &request);
    cr_assert_eq(loading->failed, 0, "%s | %s: %s", one->conditions, one->fields,
                 loading->messages);
    int verdict = verdict_of(loading, &request, 0);
    cr_expect_eq(verdict, one->verdict, "%s | %s: %c", one->conditions, one->fields,
                 letters[verdict]);
    if (one->decides)
        cr_expect_str_eq(fields_of(loading, &request, 0), one->decides, "%s | %s: %s",
                         one->conditions, one->fields, fields_of(loading, &request, 0));
    fixture_free(loading);
}

#define PAYBACK "commissioning.payback"
#define IMPACT "commissioning.budget_impact[year<=3].gbp"
static const struct one ones[] = {
    /* Thresholds: a value, a range on one side, a range across. */
    {"{field: " PAYBACK ", at_most: 12}", "commissioning: {payback: 12}", YES, ""},
    {"{field: " PAYBACK ", at_most: 12}", "commissioning: {payback: 12.5}", NO,
     PAYBACK " at most 12 months"},
    {"{field: " PAYBACK ", at_most: 12}", "commissioning: {payback: {low: 3, high: 12}}", YES, ""},
    {"{field: " PAYBACK ", at_most: 12}", "commissioning: {payback: {low: 12, high: 13}}", OPEN,
     PAYBACK},
    {"{field: " PAYBACK ", at_most: 12}", "commissioning: {payback: {low: 13, high: 14}}", NO,
     NULL},
    {"{field: " PAYBACK ", at_most: 12}", "commissioning: {payback: {at_most: 12}}", YES, ""},
    {"{field: " PAYBACK ", at_most: 12}", "commissioning: {payback: {at_least: 12}}", OPEN,
     PAYBACK},
    {"{field: " PAYBACK ", at_most: 12}", "commissioning: {payback: {at_least: 13}}", NO, NULL},
    {"{field: " PAYBACK ", at_most: 12}", "commissioning: {payback: {about: 10}}", YES, NULL},
    {"{field: " PAYBACK ", at_most: 12}", "commissioning: {payback: {about: 11}}", OPEN, NULL},
    {"{field: " PAYBACK ", at_most: 12}", "commissioning: {payback: {suppressed: [0, 4]}}", YES,
     NULL},
    {"{field: " PAYBACK ", at_most: 12}", "commissioning: {payback: suppressed}", OPEN, PAYBACK},
    {"{field: " PAYBACK ", at_least: 12}", "commissioning: {payback: 12}", YES, NULL},
    {"{field: " PAYBACK ", at_least: 12}", "commissioning: {payback: 11.9}", NO,
     PAYBACK " at least 12 months"},
    {"{field: " PAYBACK ", at_least: 12}", "commissioning: {payback: {low: 11, high: 12}}", OPEN,
     NULL},
    {"{field: " PAYBACK ", above: 12}", "commissioning: {payback: 12}", NO,
     PAYBACK " above 12 months"},
    {"{field: " PAYBACK ", above: 12}", "commissioning: {payback: {low: 12, high: 13}}", OPEN,
     NULL},
    {"{field: " PAYBACK ", above: 12}", "commissioning: {payback: {low: 12.1, high: 13}}", YES,
     NULL},
    {"{field: " PAYBACK ", at_least: 6, at_most: 12}", "commissioning: {payback: 9}", YES, NULL},
    {"{field: " PAYBACK ", at_least: 6, at_most: 12}", "commissioning: {payback: 5}", NO,
     PAYBACK " at least 6 months at most 12 months"},
    {"{field: " PAYBACK ", at_least: 6, at_most: 12}",
     "commissioning: {payback: {low: 5, high: 7}}", OPEN, PAYBACK},
    {"{field: payback, at_most: 12}", "commissioning: {payback: 1}", YES, NULL},
    /* Why it is missing. */
    {"{field: " PAYBACK ", at_most: 12}", "summary: x", OPEN, PAYBACK},
    {"{field: " PAYBACK ", at_most: 12}", "commissioning: {payback: unknown}", OPEN, PAYBACK},
    {"{field: " PAYBACK ", at_most: 12}", "commissioning: unknown", OPEN, PAYBACK},
    {"{field: " PAYBACK ", at_most: 12}", "commissioning: {payback: none}", OPEN, PAYBACK},
    {"{field: " PAYBACK ", at_most: 12}", "commissioning: {payback: n/a}", OPEN, PAYBACK},
    {"{field: " PAYBACK ", at_least: 12}", "commissioning: {payback: none}", NO, NULL},
    {"{field: " PAYBACK ", above: 12}", "commissioning: {payback: n/a}", NO, NULL},
    {"{field: " PAYBACK ", above: 12}", "commissioning: {payback: unknown}", OPEN, NULL},
    {"{field: " PAYBACK ", exists: true}", "commissioning: {payback: none}", NO, PAYBACK},
    {"{field: " PAYBACK ", exists: true}", "commissioning: {payback: unknown}", OPEN, PAYBACK},
    {"{field: " PAYBACK ", exists: true}", "summary: x", OPEN, PAYBACK},
    {"{field: " PAYBACK ", exists: true}", "commissioning: {payback: {at_least: 3}}", YES, ""},
    {"{field: " PAYBACK ", exists: true}", "commissioning: {payback: suppressed}", YES, ""},
    {"{field: " PAYBACK ", exists: false}", "commissioning: {payback: none}", YES, ""},
    {"{field: " PAYBACK ", exists: false}", "commissioning: {payback: 3}", NO, PAYBACK " absent"},
    {"{field: " PAYBACK ", exists: false}", "summary: x", OPEN, PAYBACK},
    /* is, in. */
    {"{field: kind, is: device}", "kind: device", YES, ""},
    {"{field: kind, is: device}", "kind: digital", NO, "kind is device"},
    {"{field: kind, in: [device, digital]}", "kind: digital", YES, NULL},
    {"{field: kind, in: [device, digital]}", "kind: process", NO, "kind is device or digital"},
    {"{field: kind, is: device}", "kind: unknown", OPEN, "kind"},
    {"{field: kind, is: device}", "kind: none", NO, NULL},
    {"{field: kind, is: device}", "kind: n/a", NO, NULL},
    {"{field: kind, is: device}", "kind: {device: 0.9, digital: 0.1}", OPEN, "kind"},
    {"{field: condition, is: pain}", "condition: pain", YES, NULL},
    {"{field: condition, is: pain}", "condition: pains", NO, NULL},
    {"{field: commissioning.measured_outcome, is: true}", "commissioning: {measured_outcome: true}",
     YES, NULL},
    {"{field: commissioning.measured_outcome, is: true}",
     "commissioning: {measured_outcome: false}", NO, NULL},
    {"{field: " PAYBACK ", is: 12}", "commissioning: {payback: 12}", YES, NULL},
    {"{field: " PAYBACK ", is: 12}", "commissioning: {payback: {low: 12, high: 13}}", OPEN, NULL},
    {"{field: " PAYBACK ", in: [1, 2]}", "commissioning: {payback: {low: 3, high: 13}}", NO, NULL},
    /* Lists: of every row; an empty one is unknown. */
    {"{field: '" IMPACT "', at_most: 20}",
     "commissioning: {budget_impact: [{year: 1, gbp: 4}, {year: 4, gbp: 99}]}", YES, NULL},
    {"{field: '" IMPACT "', at_most: 20}",
     "commissioning: {budget_impact: [{year: 1, gbp: 4}, {year: 3, gbp: 21}]}", NO,
     IMPACT " at most 20 gbp"},
    {"{field: '" IMPACT "', at_most: 20}",
     "commissioning: {budget_impact: [{year: 1, gbp: 4}, {year: 3, gbp: unknown}]}", OPEN, IMPACT},
    {"{field: '" IMPACT "', at_most: 20}",
     "commissioning: {budget_impact: [{year: 2, gbp: 21}, {year: 3, gbp: unknown}]}", NO, NULL},
    {"{field: '" IMPACT "', at_most: 20}", "commissioning: {budget_impact: [{year: 4, gbp: 1}]}",
     OPEN, NULL},
    {"{field: '" IMPACT "', at_most: 20}", "commissioning: {budget_impact: []}", OPEN, NULL},
    {"{field: '" IMPACT "', at_most: 20}", "commissioning: {budget_impact: none}", OPEN, NULL},
    {"{field: 'budget_impact[year<=3].gbp', at_most: 20}",
     "commissioning: {budget_impact: [{year: 1, gbp: 4}]}", YES, NULL},
    {"{field: 'levers[scheme=ITP]', exists: true}", "levers: [{kind: payment, scheme: ITP}]", YES,
     NULL},
    {"{field: 'levers[scheme=ITP]', exists: true}", "levers: [{kind: payment, scheme: ITT}]", OPEN,
     "levers[scheme=ITP]"},
    {"{field: 'levers[scheme=ITP]', exists: true}", "levers: none", NO, "levers[scheme=ITP]"},
    {"{field: 'levers[scheme=ITP]', exists: true}", "levers: []", NO, NULL},
    {"{field: 'levers[scheme=ITP]', exists: true}", "levers: unknown", OPEN, NULL},
    {"{field: 'levers[scheme=ITP]', exists: true}", "summary: x", OPEN, NULL},
    {"{field: 'levers[scheme=ITP]', exists: false}", "levers: none", YES, NULL},
    {"{field: 'levers[scheme=ITP]', exists: false}", "levers: [{kind: payment, scheme: ITP}]", NO,
     "levers[scheme=ITP] absent"},
    {"{field: 'levers[].code', exists: true}", "levers: [{kind: payment}, {kind: grant, code: x}]",
     YES, NULL},
    {"{field: 'levers[].code', exists: true}", "levers: [{kind: payment, code: none}]", NO, NULL},
    {"{field: 'vehicles[].income[].share', at_most: 0.5}",
     "vehicles: [{id: v, income: [{share: 0.5}]}, {id: w, income: [{share: 0.4}, {share: 0.1}]}]",
     YES, NULL},
    {"{field: 'vehicles[].income[].share', at_most: 0.5}",
     "vehicles: [{id: v, income: [{share: 0.5}]}, {id: w, income: [{share: 0.6}]}]", NO, NULL},
    {"{field: 'vehicles[].income[]', exists: true}", "vehicles: [{id: v, income: none}]", NO, NULL},
    {"{field: 'vehicles[].income[]', exists: true}", "vehicles: [{id: v, income: none}, {id: w}]",
     OPEN, NULL},
    {"{field: 'vehicles[].income[]', exists: true}", "vehicles: none", NO, NULL},
    {"{field: 'core_components[]', exists: true}", "core_components: [x]", YES, NULL},
    {"{field: 'core_components[]', is: x}", "core_components: [x, y]", NO, NULL},
    {"{field: custom.screened, is: true}", "custom: {screened: true}", YES, NULL},
    {"{field: custom.screened, is: true}", "custom: {}", OPEN, "custom.screened"},
    {"{field: custom.cost, at_most: 5}", "custom: {cost: 6}", NO, "custom.cost at most 5"},
    /* Dates. */
    {"{within_months: [introduced.date, originated.date, 3]}",
     "introduced: {date: 2015-01-31}, originated: {date: 2015-04-30}", YES, ""},
    {"{within_months: [introduced.date, originated.date, 3]}",
     "introduced: {date: 2015-01-31}, originated: {date: 2015-05-01}", NO,
     "originated.date within 3 months of introduced.date"},
    {"{within_months: [introduced.date, originated.date, 3]}",
     "introduced: {date: 2015-01}, originated: {date: 2015-04}", OPEN,
     "introduced.date, originated.date"},
    {"{within_months: [introduced.date, originated.date, 3]}",
     "introduced: {date: 2015-01}, originated: {date: 2015-03}", YES, NULL},
    {"{within_months: [introduced.date, originated.date, 3]}",
     "introduced: {date: 2015-01}, originated: {date: 2015-05}", NO, NULL},
    {"{within_months: [introduced.date, originated.date, 3]}",
     "introduced: {date: 2015-01}, originated: {date: 2001}", YES, NULL},
    {"{within_months: [introduced.date, originated.date, 3]}",
     "introduced: {date: 2015-01}, originated: {date: {at_most: 2015}}", OPEN, NULL},
    {"{within_months: [introduced.date, originated.date, 3]}", "introduced: {date: 2015-01}", OPEN,
     NULL},
    {"{within_months: [introduced.date, originated.date, 3]}",
     "introduced: {date: 2015-01}, originated: {date: none}", NO, NULL},
    {"{within_months: [introduced.date, 2015-02, 1]}", "introduced: {date: 2015-01-28}", YES, NULL},
    {"{within_months: [introduced.date, 2015-02-28, 1]}", "introduced: {date: 2015-01-31}", YES,
     NULL},
    {"{within_months: [introduced.date, 2015-03-01, 1]}", "introduced: {date: 2015-01-31}", NO,
     NULL},
    {"{within_months: ['levers[].starts', 'levers[].ends', 12]}",
     "levers: [{kind: grant, starts: 2010-01, ends: 2010-12}, {kind: grant, starts: 2010-01, ends: "
     "2010-06}]",
     YES, NULL},
    {"{within_months: ['levers[].starts', 'levers[].ends', 12]}",
     "levers: [{kind: grant, starts: 2010-01, ends: 2010-12}, {kind: grant, starts: 2010-01, ends: "
     "open}]",
     NO, NULL},
    {"{within_months: ['levers[kind=guidance].starts', 'levers[kind=payment].starts', 3]}",
     "levers: [{kind: guidance, starts: 2010-01}, {kind: payment, starts: 2012}, {kind: payment, "
     "starts: 2010-02}]",
     YES, NULL},
    {"{within_months: ['levers[kind=guidance].starts', 'levers[kind=payment].starts', 3]}",
     "levers: [{kind: guidance, starts: 2010-01}]", OPEN, NULL},
};

Test(model_verdicts, each_operator)
{
    for (size_t k = 0; k < sizeof ones / sizeof *ones; k++)
        expect_one(&ones[k]);
}

/* Kleene's tables over two conditions, each true, false or unknown; by hand. */
Test(model_verdicts, truth_tables)
{
    static const char *const values[] = {"false", "true", "unknown"};
    static const int and_table[3][3] = {{NO, NO, NO}, {NO, YES, OPEN}, {NO, OPEN, OPEN}};
    static const int or_table[3][3] = {{NO, YES, OPEN}, {YES, YES, YES}, {OPEN, YES, OPEN}};
    static const char rules[] =
        "- {id: and, scheme: s, source: s, starts: 2010, all: [&a {field: custom.a, is: true}, &b "
        "{field: custom.b, is: true}]}\n"
        "- {id: or, scheme: s, source: s, starts: 2010, any: [*a, *b]}\n"
        "- {id: both, scheme: s, source: s, starts: 2010, all: [*a], any: [*b]}\n"
        "- {id: inner, scheme: s, source: s, starts: 2010, all: [{any: [*a, *b]}, {any: [*b]}]}\n";
    for (int a = 0; a < 3; a++)
        for (int b = 0; b < 3; b++) {
            char fields[128];
            struct model_request request;
            snprintf(fields, sizeof fields, "custom: {a: %s, b: %s}", values[a], values[b]);
            struct loading *loading =
                judge(rules, fields, (struct model_options){.path = NULL}, &request);
            cr_assert_eq(loading->failed, 0, "%s", loading->messages);
            cr_expect_eq(verdict_of(loading, &request, 0), and_table[a][b], "and %d %d", a, b);
            cr_expect_eq(verdict_of(loading, &request, 1), or_table[a][b], "or %d %d", a, b);
            cr_expect_eq(verdict_of(loading, &request, 2), and_table[a][b], "both %d %d", a, b);
            cr_expect_eq(verdict_of(loading, &request, 3), and_table[or_table[a][b]][b],
                         "inner %d %d", a, b);
            fixture_free(loading);
        }
}

/* What decides: of a false rule the false conditions, of an open one the open fields, each once. */
Test(model_verdicts, what_decides)
{
    static const struct one cases[] = {
        {"{field: custom.a, is: true}, {field: custom.b, is: true}, {field: custom.c, is: true}",
         "custom: {a: false, b: unknown, c: false}", NO, "custom.a is true; custom.c is true"},
        {"{field: payback, at_most: 3}, {field: payback, at_least: 2}, {field: kind, is: device}",
         "summary: x", OPEN, PAYBACK ", kind"},
        {"{any: [{field: kind, is: device}, {field: payback, at_most: 3}]}, {field: condition, is: "
         "x}",
         "kind: unknown, commissioning: {payback: 9}, condition: x", OPEN, "kind"},
        {"{any: [{field: kind, is: device}, {field: payback, at_most: 3}]}, {field: condition, is: "
         "x}",
         "kind: process, commissioning: {payback: 9}, condition: unknown", NO,
         "kind is device; " PAYBACK " at most 3 months"},
    };
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++)
        expect_one(&cases[k]);
}

/* --- What is wrong, with its place ------------------------------------------------------------ */

static const char rule_head[] = "- {id: r, scheme: s, source: s, starts: 2010, all: [";

/* The messages are the same whether or not verdicts are asked for. column: from the first condition's. */
static const struct {
    const char *conditions, *messages; /* behind "m.yaml:5:" + column */
} wrong[] = {
    {"{field: commissioning.paybak, at_most: 3}",
     "61: 'commissioning.paybak': there is no 'paybak' in commissioning; did you mean 'payback'?"},
    {"{field: 'levers[schem=ITP]', exists: true}",
     "61: 'levers[schem=ITP]': levers[] has no field 'schem'; did you mean 'scheme'?"},
    {"{field: 'levers[scheme=ITQ]', exists: true}",
     "61: 'levers[scheme=ITQ]': 'scheme' has no choice 'ITQ'; did you mean 'ITT'?"},
    {"{field: 'levers[scheme=ITP', exists: true}", "61: 'levers[scheme=ITP': a '[' has no ']'"},
    {"{field: levers, exists: true}", "61: 'levers': it is a list; put [] behind it"},
    {"{field: 'levers[kind=grant,kind=grant,kind=grant,kind=grant,kind=grant]', exists: true}",
     "61: 'levers[kind=grant,kind=grant,kind=grant,kind=grant,kind=grant]': more than 4 "
     "conditions"},
    {"{field: condition, at_most: 3}",
     "81: at_most: 'condition' is a text; a threshold needs a number"},
    {"{field: kind, above: 3}", "74: above: 'kind' is a choice; a threshold needs a number"},
    {"{field: introduced.date, at_least: 3}",
     "88: at_least: 'introduced.date' is a date; a threshold needs a number"},
    {"{field: 'levers[]', is: x}",
     "77: is: 'levers[]' is a list; is and in need a number, a choice, a flag or a text"},
    {"{field: commissioning.payback, is: soon}",
     "88: 'commissioning.payback': found 'soon'; expected a number"},
    {"{field: commissioning.payback, at_most: 20m}",
     "93: at_most: found '20m'; expected a number, in the field's own unit"},
    {"{field: commissioning.payback, at_most: {months: 20}}",
     "93: at_most: found a mapping; expected a number, in the field's own unit"},
    {"{field: commissioning.payback, exists: yes}",
     "92: exists: found 'yes'; expected true or false"},
    {"{field: kind, in: device}",
     "71: in: found 'device'; expected a list of 1 to 100 values, such as [a, b]"},
    {"{field: kind, is: device, in: [device]}", "53: all: either 'is' or 'in', not both"},
    {"{field: kind}", "53: all: a condition needs one of at_least, above, at_most, is, in, exists"},
    {"{within_months: [introduced.date, as_of]}",
     "69: within_months: found a list; expected [A, B, n]: date B is at most n months after date A "
     "(fields, dates or as_of)"},
    {"{field: introduced.date, within_months: [introduced.date, originated.date, 3]}",
     "53: all: within_months names its two dates itself; nothing else stands beside it"},
    {"{within_months: [introduced.date, kind, 3]}",
     "69: within_months: 'kind' is a choice; within_months needs two dates"},
    {"{field: '/adopters[].region', exists: true}",
     "61: field: found '/adopters[].region'; expected a field of an innovation: a rule speaks of "
     "nothing else"},
    {"{field: custom.b, is: true}, {field: custom.b, at_most: 3}",
     "90: 'custom.b': it is a flag, not a number"},
    {"{any: [{any: [{field: kind, exists: true}]}]}", "61: unknown field 'any' in a condition"},
    {"[]", "53: all: found a list; expected a condition, such as {field: commissioning.payback, "
           "at_most: 12}"},
};

Test(model_verdicts, what_is_wrong)
{
    for (size_t k = 0; k < sizeof wrong / sizeof *wrong; k++)
        for (int asked = 0; asked < 2; asked++) {
            char rules[1024], expected[512];
            struct model_request request = fixture_read("/rules[]", UPTAKE_VERDICT);
            struct model_options options = {.requests = &request, .n_requests = (size_t)asked};
            snprintf(rules, sizeof rules,
                     "uptake: 1\ninnovations:\n- {id: a, name: A}\nrules:\n%s%s]}\n", rule_head,
                     wrong[k].conditions);
            snprintf(expected, sizeof expected, "m.yaml:5:%s", wrong[k].messages);
            struct loading *loading = fixture_load_text(rules, options);
            cr_expect_str_eq(loading->messages, expected, "%s: %s", wrong[k].conditions,
                             loading->messages);
            fixture_free(loading);
        }
}

/* --- As of, kinds, files ---------------------------------------------------------------------- */

/* A rule that begins later is no row; one that ended, or is of other kinds, does not apply; of an unknown kind: unknown. */
Test(model_verdicts, which_rules_apply)
{
    static const char rules[] =
        "- {id: later, scheme: s, source: s, starts: 2021, all: &a [{field: custom.a, is: true}]}\n"
        "- {id: over, scheme: s, source: s, starts: 2010, ends: 2019, all: *a}\n"
        "- {id: now, scheme: s, source: s, starts: 2010, ends: 2020, all: *a}\n"
        "- {id: open, scheme: s, source: s, starts: 2010, ends: open, all: *a}\n"
        "- {id: other, scheme: s, source: s, starts: 2010, applies_to: [process], all: *a}\n"
        "- {id: ours, scheme: s, source: s, starts: 2010, applies_to: [process, device], all: "
        "*a}\n";
    static const struct {
        const char *kind;
        int verdicts[5];
        const char *other;
    } cases[] = {{"device", {NA, YES, YES, NA, YES}, "kind"},
                 {"unknown", {NA, YES, YES, OPEN, OPEN}, "kind"},
                 {"none", {NA, YES, YES, NA, NA}, "kind"}};
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        char fields[64];
        struct model_request request;
        struct model_options options = {.as_of_given = true};
        cr_assert(date_parse("2020-06-15", 10, &options.as_of));
        snprintf(fields, sizeof fields, "kind: %s, custom: {a: true}", cases[k].kind);
        struct loading *loading = judge(rules, fields, options, &request);
        cr_assert_eq(loading->failed, 0, "%s", loading->messages);
        cr_assert_eq(fixture_table(loading, &request)->rows, 5u);
        for (uint64_t r = 0; r < 5; r++)
            cr_expect_eq(verdict_of(loading, &request, r), cases[k].verdicts[r], "%s: rule %d",
                         cases[k].kind, (int)r);
        cr_expect_str_eq(fields_of(loading, &request, 0), "/rules[].ends");
        cr_expect_str_eq(fields_of(loading, &request, 3), cases[k].other);
        cr_expect_str_eq(model_text(&loading->model, loading->model.rule_ids[4]), "ours");
        cr_expect_eq(loading->model.left_out, 1u);
        fixture_free(loading);
    }
}

/* Rules of a file that is included, behind the innovations; several innovations, one of them left out. */
Test(model_verdicts, rules_of_another_file)
{
    struct model_request request = fixture_read("/rules[]", UPTAKE_VERDICT);
    struct model_options options = {.requests = &request, .n_requests = 1};
    fixture_text("rules.yaml", "uptake: 1\nrules:\n- {id: r, scheme: s, source: s, starts: 2010, "
                               "all: [{field: payback, at_most: 3}]}\n");
    static const char model[] =
        "uptake: 1\ninnovations:\n- {id: a, name: A, commissioning: {payback: 3}}\n"
        "- {id: b, name: B, commissioning: {payback: 4}}\n- {id: c, name: C}\n"
        "include: rules.yaml\n";
    struct loading *loading = fixture_load_text(model, options);
    cr_assert_eq(loading->failed, 0, "%s", loading->messages);
    static const int expected[] = {YES, NO, OPEN};
    for (uint64_t i = 0; i < 3; i++)
        cr_expect_eq(verdict_of(loading, &request, i), expected[i], "%d", (int)i);
    fixture_free(loading);
    options.innovation = "b";
    loading = fixture_load_text(model, options);
    cr_assert_eq(loading->failed, 0, "%s", loading->messages);
    cr_expect_eq(fixture_table(loading, &request)->rows, 1u);
    cr_expect_eq(verdict_of(loading, &request, 0), NO);
    fixture_free(loading);
}

/* --- Hostile ---------------------------------------------------------------------------------- */

static void expect_refused(const char *rules, const char *message)
{
    struct model_request request;
    struct loading *loading =
        judge(rules, "kind: device", (struct model_options){.path = NULL}, &request);
    if (message)
        cr_expect(strstr(loading->messages, message), "%.300s", loading->messages);
    else
        cr_expect_eq(loading->failed, 0, "%.300s", loading->messages);
    fixture_free(loading);
}

static char *repeated(const char *before, const char *what, int times, const char *behind)
{
    size_t bytes;
    char *text = NULL;
    FILE *file = open_memstream(&text, &bytes);
    cr_assert(file);
    fputs(before, file);
    for (int k = 0; k < times; k++)
        fputs(what, file);
    fputs(behind, file);
    fclose(file);
    return text;
}

Test(model_verdicts, hostile)
{
    static const struct {
        const char *what;
        int times;
        const char *message;
    } cases[] = {
        {"{field: kind, exists: true}, ", 1000, NULL},
        {"{field: kind, exists: true}, ", 1001, "more than 1000 conditions in all rules"},
        {"{any: [{field: kind, is: device}]}, ", 1000, NULL},
        {"[", 70, "nested deeper than 64 levels"},
        {"{field: kin, exists: true}, ", 25, "'kin': there is no 'kin'; did you mean 'kind'?"},
    };
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        char *text = repeated(rule_head, cases[k].what, cases[k].times, "]}\n");
        expect_refused(text, cases[k].message);
        free(text);
    }
    expect_refused("- {id: r, scheme: s, source: s, starts: 2010, all: &a [*a]}\n",
                   "the alias '*a' stands inside the value it repeats");
    char *path = repeated("- {id: r, scheme: s, source: s, starts: 2010, all: [{field: ", "x", 300,
                          ", exists: true}]}\n");
    expect_refused(path, "expected a field of an innovation");
    free(path);
}

/* Texts that would be too long are cut, and say so. */
Test(model_verdicts, long_words_are_cut)
{
    char rules[8192] = "- {id: r, scheme: s, source: s, starts: 2010, all: [";
    struct model_request request;
    for (int k = 0; k < 40; k++)
        snprintf(rules + strlen(rules), sizeof rules - strlen(rules),
                 "{field: custom.a_field_with_a_long_name_%d, at_most: 3}, ", k);
    strcat(rules, "]}\n");
    struct loading *loading =
        judge(rules, "kind: device", (struct model_options){.path = NULL}, &request);
    cr_assert_eq(loading->failed, 0, "%s", loading->messages);
    const char *text = fields_of(loading, &request, 0);
    size_t bytes = strlen(text);
    cr_expect(bytes <= 160 && strstr(text, "long_name_2, custom.a_field_with_a_long_name_3 and "),
              "%s", text);
    cr_expect(strcmp(text + bytes - strlen(" and at least 29 more"), " and at least 29 more") == 0,
              "%s", text);
    fixture_free(loading);
}
