/*
 * spread-barriers, by hand: every expected figure is worked out from the numbered points at the head of
 * plugins/spread-barriers/plugin.c, as the comment beside it shows. DAFNE and IAPT are the worked examples
 * of the plugin's README.
 */
#include <stdio.h>

#include <criterion/criterion.h>

#include "harness.h"

static const char *const nasss = "judgements[framework=nasss]";

enum { ROWS_MAX = 16 };

struct barriers_case {
    const char *name;
    const char *rows[ROWS_MAX];
    double openness[3]; /* low, best, high; best below 0: skipped */
    double complex_domains[3];
    double known;
    double disagreements;
};

static const char *const dafne[ROWS_MAX] = {
    "domain=condition value=0 rater=hin1",
    "domain=technology value=0 rater=hin1",
    "domain=value_proposition value=0<0.5<1 rater=hin1",
    "domain=adopters value=0.5<0.5<1 rater=hin1",
    "domain=organisation value=0<0.5<1 rater=hin1",
    "domain=wider_system value=0.5 rater=hin1",
    "domain=embedding value=0.5<0.5<1 rater=hin1",
};
static const char *const iapt[ROWS_MAX] = {
    "domain=condition value=0.5 rater=hin1",  "domain=value_proposition value=0 rater=hin1",
    "domain=adopters value=1 rater=hin1",     "domain=organisation value=1 rater=hin1",
    "domain=wider_system value=0 rater=hin1", "domain=embedding value=0.5 rater=hin1",
    "domain=adopters value=0.5 rater=hin2",
};

static const struct barriers_case cases[] = {
    {"one rater, one question a domain, simple throughout",
     {"domain=condition value=0", "domain=technology value=0", "domain=value_proposition value=0",
      "domain=adopters value=0", "domain=organisation value=0", "domain=wider_system value=0",
      "domain=embedding value=0"},
     {1, 1, 1},
     {0, 0, 0},
     1,
     0},
    /* low 1 - (4 + 3)/7, high 1 - 4/7: three domains are not rated */
    {"four of seven are enough",
     {"domain=condition value=1", "domain=technology value=1", "domain=adopters value=1",
      "domain=embedding value=1"},
     {0, 0, 3.0 / 7},
     {4, 4, 7},
     4.0 / 7,
     0},
    {"three of seven are not",
     {"domain=condition value=1", "domain=technology value=1", "domain=adopters value=1"},
     {0, -1, 0},
     {0, 0, 0},
     0,
     0},
    {"no rows", {NULL}, {0, -1, 0}, {0, 0, 0}, 0, 0},
    {"what is unknown is not rated",
     {"domain=condition value=unknown", "domain=technology value=none", "domain=adopters",
      "domain=embedding value=unknown", "domain=organisation value=0",
      "domain=wider_system value=0"},
     {0, -1, 0},
     {0, 0, 0},
     0,
     0},
    /* m = 6, r = 4 >= 6 * 4/7 = 3.43; 1 - 1/4; low 1 - 3/6, high 1 - 1/6 */
    {"a domain that does not apply",
     {"domain=condition state=not_applicable", "domain=technology value=0",
      "domain=adopters value=0.5", "domain=organisation value=0.5", "domain=embedding value=0"},
     {0.5, 0.75, 5.0 / 6},
     {0, 0, 2},
     4.0 / 6,
     0},
    /* m = 2, r = 2: the same share of fewer domains; n/a as value reads as the state does */
    {"five that do not apply",
     {"domain=condition value=n/a", "domain=technology value=n/a",
      "domain=value_proposition value=n/a", "domain=organisation value=n/a",
      "domain=embedding value=n/a", "domain=adopters value=0.5", "domain=wider_system value=0"},
     {0.75, 0.75, 0.75},
     {0, 0, 0},
     1,
     0},
    {"none that applies",
     {"domain=condition value=n/a", "domain=technology value=n/a",
      "domain=value_proposition value=n/a", "domain=organisation value=n/a",
      "domain=embedding value=n/a", "domain=adopters value=n/a", "domain=wider_system value=n/a"},
     {0, -1, 0},
     {0, 0, 0},
     0,
     0},
    /* one rater says n/a, another rates: it applies. 1 - 1/4; low 1 - 4/7, high 1 - 1/7 */
    {"raters differ on whether it applies",
     {"domain=condition state=not_applicable rater=a", "domain=condition value=1 rater=b",
      "domain=technology value=0", "domain=adopters value=0", "domain=embedding value=0"},
     {3.0 / 7, 0.75, 6.0 / 7},
     {1, 1, 4},
     4.0 / 7,
     0},
    /* worst of 0, .5 and 1 is 1; with a range the worst low and the worst high: [.5, 1] for technology */
    {"several questions of one rater",
     {"domain=condition value=0", "domain=condition value=0.5", "domain=condition value=1",
      "domain=technology value=0<0<1", "domain=technology value=0.5", "domain=adopters value=0",
      "domain=embedding value=0", "domain=organisation value=0", "domain=wider_system value=0",
      "domain=value_proposition value=0"},
     {1 - 2.0 / 7, 1 - 1.5 / 7, 1 - 1.5 / 7},
     {1, 1, 2},
     1,
     0},
    /* medians: 0 .5 1 -> .5 (differ); 0 0 1 1 -> .5 (differ); 0 0 -> 0; .5 1 1 -> 1 (differ) */
    {"median over raters",
     {"domain=condition value=1 rater=a", "domain=condition value=0 rater=b",
      "domain=condition value=0.5 rater=c", "domain=technology value=1 rater=a",
      "domain=technology value=0 rater=b", "domain=technology value=0 rater=c",
      "domain=technology value=1 rater=d", "domain=adopters value=0 rater=a",
      "domain=adopters value=0 rater=b", "domain=embedding value=0.5 rater=a",
      "domain=embedding value=1 rater=b", "domain=embedding value=1 rater=c"},
     {1 - 5.0 / 7, 0.5, 1 - 2.0 / 7},
     {1, 1, 4},
     4.0 / 7,
     3},
    /* complex, perhaps only complicated, and the other way round: surely none, at its best one, at most two */
    {"doubt about what is complex",
     {"domain=condition value=0.5<1<1", "domain=technology value=0.5<0.5<1",
      "domain=adopters value=0", "domain=organisation value=0", "domain=embedding value=0",
      "domain=wider_system value=0", "domain=value_proposition value=0"},
     {1 - 2.0 / 7, 1 - 1.5 / 7, 1 - 1.0 / 7},
     {0, 1, 2},
     1,
     0},
    /* ratings without a rater are one rater's: the worst, 1 */
    {"ratings without a rater",
     {"domain=condition value=0", "domain=condition value=1", "domain=technology value=1",
      "domain=adopters value=1", "domain=embedding value=1"},
     {0, 0, 3.0 / 7},
     {4, 4, 7},
     4.0 / 7,
     0},
};

static struct harness *barriers(const char *const *rows)
{
    struct harness *h = harness_create(uptake_bundle_spread_barriers());
    harness_innovation(h);
    for (int k = 0; k < ROWS_MAX && rows[k]; k++)
        harness_add(h, nasss, rows[k]);
    return h;
}

static void expect_three(const struct harness *h, const char *write, const double three[3],
                         const char *name)
{
    cr_expect_float_eq(harness_low(h, write, 0), three[0], 1e-12, "%s: %s low %g", name, write,
                       harness_low(h, write, 0));
    cr_expect_float_eq(harness_best(h, write, 0), three[1], 1e-12, "%s: %s %g", name, write,
                       harness_best(h, write, 0));
    cr_expect_float_eq(harness_high(h, write, 0), three[2], 1e-12, "%s: %s high %g", name, write,
                       harness_high(h, write, 0));
}

static void expect_case(const struct barriers_case *c)
{
    struct harness *h = barriers(c->rows);
    harness_run(h, 1);
    if (c->openness[1] < 0) {
        cr_expect(*h->skips[0], "%s: was not skipped", c->name);
    } else {
        cr_expect_str_empty(h->skips[0], "%s: %s", c->name, h->skips[0]);
        expect_three(h, "openness", c->openness, c->name);
        expect_three(h, "complex_domains", c->complex_domains, c->name);
        cr_expect_float_eq(harness_best(h, "known", 0), c->known, 1e-12, "%s: known", c->name);
        cr_expect_float_eq(harness_best(h, "disagreements", 0), c->disagreements, 0, "%s: differ",
                           c->name);
    }
    harness_destroy(h);
}

Test(plugin_barriers, cases)
{
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++)
        expect_case(&cases[k]);
}

/* 0 0 .5 .5 .5 .5 .5: 1 - 2.5/7 = .64; worst 0 0 1 1 1 .5 1: 1 - 4.5/7 = .36; best 0 0 0 .5 0 .5 .5:
 * 1 - 1.5/7 = .79. Printed as .64 [.36, .79]. */
Test(plugin_barriers, dafne)
{
    static const struct barriers_case c = {
        "dafne", {NULL}, {1 - 4.5 / 7, 1 - 2.5 / 7, 1 - 1.5 / 7}, {0, 0, 4}, 1, 0};
    struct harness *h = barriers(dafne);
    harness_run(h, 1);
    expect_three(h, "openness", c.openness, c.name);
    expect_three(h, "complex_domains", c.complex_domains, c.name);
    cr_expect_float_eq(harness_best(h, "adopters", 0), 0.5, 1e-12, "%s: profile", c.name);
    const struct harness_note *note = harness_find(h, "value proposition: simple to complex");
    cr_assert(note);
    cr_expect_eq(note->level, UPTAKE_RISKS);
    cr_expect_eq(note->row, 2); /* its because can be printed */
    cr_expect(harness_find(h, "wider system: complicated"));
    cr_expect_eq(harness_choice(h, "weakest_domain", 0), 2); /* five at .5; the first with high 1 */
    note = harness_find(h, "simple: condition, technology");
    cr_expect(note && note->level == UPTAKE_HELPS);
    cr_expect_null(harness_find(h, "raters differ"));
    harness_destroy(h);
}

/* .5 0 .75 1 0 .5 of six: 1 - 2.75/6 = .54; technology 1 or 0: 1 - 3.75/7 = .46, 1 - 2.75/7 = .61. */
Test(plugin_barriers, iapt)
{
    struct harness *h = barriers(iapt);
    harness_run(h, 1);
    expect_three(h, "openness", (const double[]){1 - 3.75 / 7, 1 - 2.75 / 6, 1 - 2.75 / 7}, "iapt");
    expect_three(h, "complex_domains", (const double[]){1, 1, 2}, "iapt");
    cr_expect(isnan(harness_best(h, "technology", 0)));
    cr_expect_float_eq(harness_best(h, "disagreements", 0), 1, 0);
    cr_expect_eq(harness_choice(h, "weakest_domain", 0), 4); /* organisation 1, adopters .75 */
    cr_expect_str_eq(h->notes[0].text,
                     "organisation: complex, it keeps changing and cannot be planned part by part");
    cr_expect_eq(h->notes[0].level, UPTAKE_BLOCKS);
    cr_expect_str_eq(h->notes[1].text, "raters differ on adopters: complex and complicated");
    cr_expect_eq(h->notes[1].row, 2);
    cr_expect_str_eq(h->notes[2].text,
                     "technology: not rated, so it may be anything from simple to complex");
    cr_expect_eq(h->notes[2].level, UPTAKE_NOT_KNOWN);
    cr_expect_eq(h->notes[2].entity, UPTAKE_INNOVATION);
    harness_destroy(h);
}

/* What is simple for sure and what perhaps is not are told apart; neither is a risk. */
Test(plugin_barriers, simple)
{
    static const char *const rows[] = {"domain=condition value=0",
                                       "domain=technology value=0<0<0.5", "domain=adopters value=0",
                                       "domain=embedding value=0<0<0.5", NULL};
    struct harness *h = barriers(rows);
    harness_run(h, 1);
    cr_expect(harness_find(h, "simple: condition, adopters"));
    cr_expect(harness_find(h, "simple, perhaps complicated: technology, embedding"));
    cr_expect_eq(h->n_notes, 5); /* and three that are not rated */
    cr_expect_lt(harness_choice(h, "weakest_domain", 0), 0);
    harness_destroy(h);
}

/* Weights condition 3, the rest of DAFNE 1: 1 - 2.5/9; 0 leaves a domain out of openness alone:
 * wider_system 0 gives 1 - 2/6. */
Test(plugin_barriers, weights)
{
    const struct uptake_bundle *bundle = uptake_bundle_spread_barriers();
    const struct uptake_plugin *plugin = *(const struct uptake_plugin *const *)bundle->plugins.rows;
    const char *const *domains = ((const struct uptake_param *)plugin->params.rows)->choices;
    struct harness *h = barriers(dafne);
    harness_param(h, "weights", "condition", 3);
    harness_run(h, 1);
    cr_expect_float_eq(harness_best(h, "openness", 0), 1 - 2.5 / 9, 1e-12);
    harness_param(h, "weights", "condition", 1);
    harness_param(h, "weights", "wider_system", 0);
    harness_run(h, 1);
    cr_expect_float_eq(harness_best(h, "openness", 0), 1 - 2.0 / 6, 1e-12);
    cr_expect_float_eq(harness_best(h, "known", 0), 1, 0);
    harness_param(h, "weights", "wider_system", 1.7e308); /* and no sum overflows */
    harness_run(h, 1);
    cr_expect_float_eq(harness_best(h, "openness", 0), 0.5, 1e-12);
    for (int d = 0; d < 7; d++)
        harness_param(h, "weights", domains[d], 0);
    harness_run(h, 1);
    cr_expect_str_eq(h->skips[0], "no rated NASSS domain has a weight above 0");
    harness_destroy(h);
}

Test(plugin_barriers, at_least)
{
    struct harness *h = barriers(iapt);
    harness_param(h, "at_least", NULL, 7);
    harness_run(h, 1);
    cr_expect_str_eq(h->skips[0],
                     "6 of 7 NASSS domains that apply are rated, 7 needed; not rated: technology");
    cr_expect_eq(h->n_notes, 0);
    harness_destroy(h);
}

/* Three blocks, three disagreements, two not rated: the ninth and later give way. */
Test(plugin_barriers, eight_findings)
{
    static const char *const rows[] = {
        "domain=condition value=1 rater=a",           "domain=technology value=1 rater=a",
        "domain=value_proposition value=1 rater=a",   "domain=adopters value=0.5 rater=a",
        "domain=organisation value=0.5 rater=a",      "domain=condition value=1 rater=b",
        "domain=condition value=0 rater=c",           "domain=technology value=1 rater=b",
        "domain=technology value=0 rater=c",          "domain=value_proposition value=1 rater=b",
        "domain=value_proposition value=0.5 rater=c", NULL};
    static const int levels[] = {UPTAKE_BLOCKS, UPTAKE_BLOCKS, UPTAKE_BLOCKS,    UPTAKE_RISKS,
                                 UPTAKE_RISKS,  UPTAKE_RISKS,  UPTAKE_NOT_KNOWN, UPTAKE_NOT_KNOWN};
    struct harness *h = barriers(rows);
    harness_run(h, 1);
    cr_assert_eq(h->n_notes, UPTAKE_NOTES_MAX);
    for (int k = 0; k < UPTAKE_NOTES_MAX; k++) {
        cr_expect_eq(h->notes[k].level, levels[k], "finding %d: %s", k, h->notes[k].text);
        cr_expect(strlen(h->notes[k].text) < 100);
    }
    harness_destroy(h);
}

Test(plugin_barriers, too_many_raters)
{
    struct harness *h = barriers(iapt);
    for (int k = 0; k < 1100; k++) {
        char row[64];
        snprintf(row, sizeof row, "domain=condition value=%d rater=r%d", k % 2, k);
        harness_add(h, nasss, row);
    }
    harness_run(h, 1);
    cr_expect_str_eq(h->skips[0], "more than 1024 raters of one domain: summarise them first");
    harness_destroy(h);
}

/* The same figures however the innovations are cut. */
Test(plugin_barriers, batches)
{
    struct harness *h = barriers(dafne);
    harness_innovation(h);
    for (int k = 0; iapt[k]; k++)
        harness_add(h, nasss, iapt[k]);
    harness_innovation(h);
    for (uint64_t batch = 1; batch <= 3; batch++) {
        harness_run(h, batch);
        cr_expect_float_eq(harness_best(h, "openness", 0), 1 - 2.5 / 7, 1e-12);
        cr_expect_float_eq(harness_best(h, "openness", 1), 1 - 2.75 / 6, 1e-12);
        cr_expect(*h->skips[2]);
        cr_expect_eq(h->notes[h->n_notes - 1].row, 1); /* of the second: what is simple */
    }
    harness_destroy(h);
}
