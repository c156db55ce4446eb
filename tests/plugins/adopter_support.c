/*
 * adopter-support, by hand: every expected figure is worked out from the numbered points at the head of
 * plugins/adopter-support/plugin.c, as the comment beside it shows. DAFNE is the worked example of the
 * plugin's README.
 */
#include <stdio.h>
#include <stdlib.h>

#include <criterion/criterion.h>

#include "harness.h"

enum { ROWS_MAX = 10, TIME = 0, SPACE, STAFF, MONEY, SKILLS, NOTHING_SHORT = -UPTAKE_LEFT_OUT };

struct support_case {
    const char *name;
    const char *rows[ROWS_MAX];
    const char *spells[ROWS_MAX];
    double coverage[3]; /* low, best, high; best below 0: skipped */
    double known;
    double weakest;
    int32_t weakest_resource;
};

#define TIME_ROW "resource=time phase=running unit=hours_per_week "
#define MONEY_ROW "resource=money phase=running unit=gbp_per_year "

static const char *const dafne[ROWS_MAX] = {
    TIME_ROW "needed=8 provided=2<4<8",
    MONEY_ROW "needed=5000 provided=2000<3000<5000",
    "resource=space phase=running needed=1 provided=0.5<1<1 unit=rooms",
    "resource=skills phase=set_up needed=2 provided=unknown unit=people",
};

static const struct support_case cases[] = {
    {"no rows", {NULL}, {NULL}, {0, -1, 0}, 0, 0, 0},
    {"all unknown",
     {TIME_ROW "needed=unknown provided=unknown", "resource=money phase=set_up"},
     {NULL},
     {0, -1, 0},
     0,
     0,
     0},
    {"met in full", {TIME_ROW "needed=8 provided=8"}, {NULL}, {1, 1, 1}, 1, 1, NOTHING_SHORT},
    {"a surplus", {TIME_ROW "needed=8 provided=80"}, {NULL}, {1, 1, 1}, 1, 1, NOTHING_SHORT},
    /* (8 + 0) / 16: what one has too much does not help the other */
    {"a surplus never offsets",
     {TIME_ROW "needed=8 provided=80 adopter=0", TIME_ROW "needed=8 provided=0 adopter=1"},
     {NULL},
     {0.5, 0.5, 0.5},
     1,
     0.5,
     TIME},
    {"provided none is 0", {TIME_ROW "needed=8 provided=none"}, {NULL}, {0, 0, 0}, 1, 0, TIME},
    {"needed 0 leaves the row out",
     {TIME_ROW "needed=0 provided=0", "resource=money phase=set_up needed=2 provided=1"},
     {NULL},
     {0.5, 0.5, 0.5},
     1,
     0.5,
     MONEY},
    {"needed none, not applicable: left out",
     {TIME_ROW "needed=none provided=0", "resource=space phase=running needed=n/a",
      "resource=staff phase=running needed=1 provided=n/a", "resource=data phase=running met=n/a",
      "resource=money phase=set_up needed=2 provided=1"},
     {NULL},
     {0.5, 0.5, 0.5},
     1,
     0.5,
     MONEY},
    {"nothing needed", {TIME_ROW "needed=0 provided=0"}, {NULL}, {0, -1, 0}, 0, 0, 0},
    /* (0 + .5 + 1) / 3, low and high by partly; of no, partly, yes */
    {"met rows",
     {"resource=time phase=running met=no", "resource=space phase=running met=partly",
      "resource=staff phase=running met=yes"},
     {NULL},
     {1.0 / 3, 0.5, 2.0 / 3},
     1,
     0,
     TIME},
    {"met unknown, met none",
     {"resource=time phase=running met=unknown", "resource=space phase=running met=none"},
     {NULL},
     {0, 0, 0.5},
     0.5,
     0,
     SPACE},
    /* time: running .5, set_up 1: mean .75; days are a cell of their own: (.5 + 1 + 0)/3 with them */
    {"mean of a resource's cells",
     {TIME_ROW "needed=8 provided=4",
      "resource=time phase=set_up needed=2 provided=2 unit=hours_per_week"},
     {NULL},
     {0.75, 0.75, 0.75},
     1,
     0.75,
     TIME},
    {"units are not mixed",
     {TIME_ROW "needed=8 provided=4",
      "resource=time phase=set_up needed=2 provided=2 unit=days_once",
      "resource=time phase=running needed=300 provided=0 unit=days_per_year"},
     {NULL},
     {0.5, 0.5, 0.5},
     1,
     0.5,
     TIME},
    /* c over known cells .5; low (.5 + 0)/2, high (.5 + 1)/2 */
    {"a resource half known",
     {TIME_ROW "needed=8 provided=4",
      "resource=time phase=set_up needed=2 provided=unknown unit=days_once"},
     {NULL},
     {0.25, 0.5, 0.75},
     1,
     0.5,
     TIME},
    /* c of known rows 4/8; low 4/(8+2), high (4+2)/(8+2) */
    {"a cell half known",
     {TIME_ROW "needed=8 provided=4 adopter=0", TIME_ROW "needed=2 provided=unknown adopter=1"},
     {NULL},
     {0.4, 0.5, 0.6},
     1,
     0.5,
     TIME},
    /* needed unknown: as much as one likes of a need that is not met, or of one that is met by 5 */
    {"needed unknown in a cell",
     {TIME_ROW "needed=8 provided=4 adopter=0", TIME_ROW "needed=unknown provided=5 adopter=1"},
     {NULL},
     {0, 0.5, 9.0 / 13},
     1,
     0.5,
     TIME},
    /* suppressed 0..4 of 10: not known, but at most .4 */
    {"provided suppressed",
     {TIME_ROW "needed=10 provided=suppressed:0:4",
      "resource=money phase=set_up needed=2 provided=2"},
     {NULL},
     {0.5, 1, 1},
     0.5,
     1,
     NOTHING_SHORT},
    /* 4/10, 5/8, 8/8 */
    {"doubt on both sides at its ends",
     {TIME_ROW "needed=8<8<10 provided=4<5<9"},
     {NULL},
     {0.4, 0.625, 1},
     1,
     0.625,
     TIME},
    /* a need of 1..100, best 50, of which 50 is met, beside one of 10 of which 0 is: best 50/60; at 100 the
     * first gives 50/110, at 1 it gives 1/11, the least */
    {"the least is not always at the high need",
     {TIME_ROW "needed=1<50<100 provided=50 adopter=0", TIME_ROW "needed=10 provided=0 adopter=1"},
     {NULL},
     {1.0 / 11, 50.0 / 60, 50.0 / 60},
     1,
     50.0 / 60,
     TIME},
    /* two adopters, 1 and 2, have spells (1 twice; 3 has stopped); 1 has a row of its own:
     * the row for all counts once, for 2: (2 + 8)/(4 + 8) */
    {"a row without adopter, beside one's own",
     {TIME_ROW "needed=4 provided=2 adopter=1", TIME_ROW "needed=8 provided=8"},
     {"adopter=1 status=adopted", "adopter=2 status=adopted", "adopter=1 status=adapted",
      "adopter=3 status=stopped"},
     {10.0 / 12, 10.0 / 12, 10.0 / 12},
     1,
     10.0 / 12,
     TIME},
    /* 1, 2 and 1300 (beyond one window) have none for set-up: 3 * 1 of 3 * 2, beside 8 of 8 of adopter 7,
     * which has no spell: (3 + 8)/(6 + 8) */
    {"a row without adopter, once for each",
     {"resource=time phase=set_up needed=2 provided=1 unit=hours_per_week",
      "resource=time phase=set_up needed=8 provided=8 unit=hours_per_week adopter=7",
      "resource=money phase=set_up needed=8 provided=8 unit=gbp_once adopter=1"},
     {"adopter=1 status=piloting", "adopter=2 status=adopted", "adopter=1300 status=adopted"},
     {(11.0 / 14 + 1) / 2, (11.0 / 14 + 1) / 2, (11.0 / 14 + 1) / 2},
     1,
     11.0 / 14,
     TIME},
    /* at least once, where everybody has a row of its own: (1 + 4)/(2 + 4) */
    {"a row without adopter, at least once",
     {TIME_ROW "needed=2 provided=1", TIME_ROW "needed=4 provided=4 adopter=1"},
     {"adopter=1 status=adopted"},
     {5.0 / 6, 5.0 / 6, 5.0 / 6},
     1,
     5.0 / 6,
     TIME},
    /* a row of adopter 1 for the vehicle is not its own row: the other counts for 1 and 2 */
    {"rows for others are kept apart",
     {TIME_ROW "needed=2 provided=1", TIME_ROW "needed=4 provided=0 adopter=1 for=vehicle",
      TIME_ROW "needed=4 provided=0 for=innovator", TIME_ROW "needed=2 provided=2 adopter=5"},
     {"adopter=1 status=adopted", "adopter=2 status=adopted"},
     {4.0 / 6, 4.0 / 6, 4.0 / 6},
     1,
     4.0 / 6,
     TIME},
    /* as_of is day 0: what has ended, or begins later, provides 0, even where unknown */
    {"rows outside starts..ends",
     {TIME_ROW "needed=2 provided=2 starts=-50..-40 ends=-10..-1",
      "resource=space phase=running needed=2 provided=unknown ends=-10..-1",
      "resource=staff phase=running met=yes starts=1..30",
      "resource=money phase=running needed=2 provided=2 starts=-9..0 ends=0..9",
      "resource=data phase=running needed=2 provided=2 starts=-9..0 ends=5..open"},
     {NULL},
     {0.4, 0.4, 0.4},
     1,
     0,
     TIME},
    {"the first of equals is the weakest",
     {"resource=staff phase=running needed=2 provided=1 unit=wte",
      "resource=space phase=running met=yes", TIME_ROW "needed=4 provided=2"},
     {NULL},
     {2.0 / 3, 2.0 / 3, 2.0 / 3},
     1,
     0.5,
     TIME},
    {"half known is enough",
     {TIME_ROW "needed=4 provided=2", "resource=money phase=set_up needed=2 provided=unknown"},
     {NULL},
     {0.25, 0.5, 0.75},
     0.5,
     0.5,
     TIME},
    {"a third is not",
     {TIME_ROW "needed=4 provided=2", "resource=money phase=set_up needed=2 provided=unknown",
      "resource=data phase=running needed=unknown provided=1"},
     {NULL},
     {0, -1, 0},
     0,
     0,
     0},
};

/* Adopters a0.. as far as a case names them. */
static struct harness *support(const char *const *rows, const char *const *spells, int adopters)
{
    struct harness *h = harness_create(uptake_bundle_adopter_support());
    for (int k = 0; k < adopters; k++) {
        char id[32];
        snprintf(id, sizeof id, "id=a%d", k);
        harness_add(h, "/adopters[]", id);
    }
    harness_innovation(h);
    for (int k = 0; rows && k < ROWS_MAX && rows[k]; k++)
        harness_add(h, "support[]", rows[k]);
    for (int k = 0; spells && k < ROWS_MAX && spells[k]; k++)
        harness_add(h, "spells[]", spells[k]);
    return h;
}

static void expect_three(const struct harness *h, const char *write, uint64_t row,
                         const double three[3], const char *name)
{
    cr_expect_float_eq(harness_low(h, write, row), three[0], 1e-9, "%s: %s low %g", name, write,
                       harness_low(h, write, row));
    cr_expect_float_eq(harness_best(h, write, row), three[1], 1e-9, "%s: %s %g", name, write,
                       harness_best(h, write, row));
    cr_expect_float_eq(harness_high(h, write, row), three[2], 1e-9, "%s: %s high %g", name, write,
                       harness_high(h, write, row));
}

static void expect_case(const struct support_case *c)
{
    struct harness *h = support(c->rows, c->spells, 1400);
    harness_run(h, 1);
    if (c->coverage[1] < 0) {
        cr_expect(*h->skips[0], "%s: was not skipped", c->name);
    } else {
        cr_expect_str_empty(h->skips[0], "%s: %s", c->name, h->skips[0]);
        expect_three(h, "coverage", 0, c->coverage, c->name);
        cr_expect_float_eq(harness_best(h, "known", 0), c->known, 1e-12, "%s: known", c->name);
        cr_expect_float_eq(harness_best(h, "weakest", 0), c->weakest, 1e-12, "%s: weakest",
                           c->name);
        cr_expect_eq(harness_choice(h, "weakest_resource", 0), c->weakest_resource, "%s: which",
                     c->name);
    }
    harness_destroy(h);
}

Test(plugin_support, cases)
{
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++)
        expect_case(&cases[k]);
}

/* time 4/8, money 3000/5000, space 1: 2.1/3 = .70; low (.25 + .4 + .5 + 0)/4 = .2875, high 1; of four
 * resources three known. Printed as .70 [.29, 1.0], known 3/4, weakest time, short 4 hours a week. */
Test(plugin_support, dafne)
{
    struct harness *h = support(dafne, NULL, 0);
    harness_run(h, 1);
    expect_three(h, "coverage", 0, (const double[]){0.2875, 0.7, 1}, "dafne");
    expect_three(h, "weakest", 0, (const double[]){0, 0.5, 1}, "dafne"); /* skills may have none */
    cr_expect_float_eq(harness_best(h, "known", 0), 0.75, 0);
    cr_expect_eq(harness_choice(h, "weakest_resource", 0), TIME);
    cr_expect_float_eq(harness_best(h, "gap", 0), 4, 0);
    cr_expect_float_eq(harness_best(h, "gap", 1), 2000, 0);
    cr_expect_float_eq(harness_best(h, "gap", 2), 0, 0);
    cr_expect(isnan(harness_best(h, "gap", 3)));
    cr_expect(isnan(harness_best(h, "reward_balance", 0)));
    cr_expect(isnan(harness_best(h, "others_short", 0)));
    harness_destroy(h);
}

/* The texts a reader gets, in the order of what matters. */
Test(plugin_support, findings)
{
    static const struct {
        int level;
        uint64_t row;
        const char *text;
    } expected[] = {
        {UPTAKE_RISKS, 0, "time, running: 4 hours a week short of 8 (0 to 6)"},
        {UPTAKE_RISKS, 1, "money, running: 2000 GBP a year short of 5000 (0 to 3000)"},
        {UPTAKE_NOT_KNOWN, 3, "skills, set-up: not known whether it is met"},
        {UPTAKE_RISKS, 2, "space, running: met, but up to 0.5 rooms may be missing"},
    };
    struct harness *h = support(dafne, NULL, 0);
    harness_run(h, 1);
    cr_assert_eq(h->n_notes, 4);
    for (int k = 0; k < 4; k++) {
        cr_expect_str_eq(h->notes[k].text, expected[k].text);
        cr_expect_eq(h->notes[k].level, expected[k].level);
        cr_expect_eq(h->notes[k].row, expected[k].row);
        cr_expect(strlen(h->notes[k].text) < 100);
    }
    harness_destroy(h);
}

Test(plugin_support, more_findings)
{
    static const char *const rows[ROWS_MAX] = {
        TIME_ROW "needed=2 provided=1 adopter=0",
        TIME_ROW "needed=6 provided=2 adopter=1",
        "resource=staff phase=set_up met=no",
        "resource=data phase=running met=yes",
        "resource=money phase=running needed=9 provided=9 unit=gbp_per_year ends=-9..-1",
        TIME_ROW "needed=3 provided=1 for=vehicle",
        TIME_ROW "needed=3 provided=3 for=vehicle",
        TIME_ROW "needed=3 provided=unknown for=innovator",
        "resource=skills phase=set_up needed=2 provided=1 unit=people"};
    struct harness *h = support(rows, NULL, 2);
    harness_run(h, 1);
    const struct harness_note *note = harness_find(h, "staff, set-up: not met");
    cr_expect(note && note->level == UPTAKE_BLOCKS);
    note = harness_find(h, "money, running: 9 GBP a year short of 9, provision not in force");
    cr_expect(note && note->level == UPTAKE_BLOCKS);
    /* 5 of 8, of two adopters, the second the worse off: 3/8 at best is less than half */
    note = harness_find(h, "time, running: 5 hours a week short of 8, over 2 adopters");
    cr_expect(note && note->level == UPTAKE_BLOCKS && note->row == 1);
    cr_expect(harness_find(h, "skills, set-up: 1 person short of 2"));
    cr_expect(harness_find(h, "met in full: data"));
    cr_expect(harness_find(h, "innovator or vehicle: 1 of 3 needs not met in full"));
    expect_three(h, "others_short", 0, (const double[]){1, 1, 2}, "others");
    harness_destroy(h);
}

/* 6 in place of 4 of 8 hours: (.75 + .6 + 1)/3 = .78. */
Test(plugin_support, half_of_the_time_gap_closed)
{
    const char *const rows[] = {TIME_ROW "needed=8 provided=6", dafne[1], dafne[2], dafne[3], NULL};
    struct harness *h = support(rows, NULL, 0);
    harness_run(h, 1);
    cr_expect_float_eq(harness_best(h, "coverage", 0), 2.35 / 3, 1e-12);
    harness_destroy(h);
}

/* time 2, the rest 1: (2 * .5 + .6 + 1)/4; known 4/5. Weight 0 leaves a resource out of everything. */
Test(plugin_support, weights)
{
    struct harness *h = support(dafne, NULL, 0);
    harness_param(h, "weights", "time", 2);
    harness_run(h, 1);
    cr_expect_float_eq(harness_best(h, "coverage", 0), 2.6 / 4, 1e-12);
    cr_expect_float_eq(harness_best(h, "known", 0), 0.8, 1e-12);
    harness_param(h, "weights", "time", 0);
    harness_param(h, "weights", "skills", 0);
    harness_run(h, 1);
    cr_expect_float_eq(harness_best(h, "coverage", 0), 0.8, 1e-12);
    cr_expect_float_eq(harness_best(h, "known", 0), 1, 0);
    cr_expect_eq(harness_choice(h, "weakest_resource", 0), MONEY);
    cr_expect_null(harness_find(h, "time"));
    harness_param(h, "weights", "space", 0);
    harness_param(h, "weights", "money", 0);
    harness_run(h, 1);
    cr_expect(*h->skips[0]);
    harness_destroy(h);
}

Test(plugin_support, why_it_was_skipped)
{
    const char *const rows[] = {TIME_ROW "needed=4 provided=2", dafne[3],
                                "resource=data phase=running met=unknown", NULL};
    struct harness *h = support(rows, NULL, 0);
    harness_innovation(h);
    harness_innovation(h);
    harness_why(h, "support[]", UPTAKE_NONE);
    harness_run(h, 2);
    cr_expect_str_eq(h->skips[0], "support is known for 1 of 3 resources (0.333 of the weight, 0.5 "
                                  "needed); not known: skills, data");
    cr_expect_str_eq(h->skips[1], "no support rows: nothing says what adopting takes");
    cr_expect_str_eq(h->skips[2], "adopting takes nothing, says the model (support: none)");
    harness_destroy(h);
}

/* Without as_of a row has not yet to start, but it may have ended. */
Test(plugin_support, without_as_of)
{
    static const char *const rows[ROWS_MAX] = {TIME_ROW "needed=2 provided=2 starts=5..6",
                                               "resource=data phase=running met=yes ends=-6..-5"};
    struct harness *h = support(rows, NULL, 0);
    h->as_of_given = 0;
    harness_run(h, 1);
    cr_expect_float_eq(harness_best(h, "coverage", 0), 0.5, 0);
    harness_destroy(h);
}

struct reward_case {
    const char *name;
    const char *levers[ROWS_MAX];
    double balance[3]; /* best below 0: unwritten */
};

static const struct reward_case rewards[] = {
    {"no levers", {NULL}, {0, -1, 0}},
    {"no recipient is stated", {"unit=gbp_per_year value=10"}, {0, -1, 0}},
    {"paid once", {"unit=gbp_once value=10 recipient=adopter"}, {0, -1, 0}},
    {"all to the innovator", {"unit=gbp_per_year value=10 recipient=innovator"}, {0, 0, 0}},
    {"30 of 40",
     {"unit=gbp_per_year value=30 recipient=adopter", "unit=gbp_per_year value=8 recipient=vehicle",
      "unit=gbp_per_year value=2 recipient=commissioner",
      "unit=gbp_per_year value=99 recipient=innovator ends=-5..-1"},
     {0.75, 0.75, 0.75}},
    /* 30 of 40; the 10 that nobody is stated to get: 30/50 and 40/50 */
    {"one recipient is not stated",
     {"unit=gbp_per_year value=30 recipient=adopter",
      "unit=gbp_per_year value=10 recipient=vehicle", "unit=gbp_per_year value=10"},
     {0.6, 0.75, 0.8}},
    /* 20/(20 + 10), 30/40, 30/(30 + 10) */
    {"doubt",
     {"unit=gbp_per_year value=20<30<30 recipient=adopter",
      "unit=gbp_per_year value=10 recipient=vehicle"},
     {2.0 / 3, 0.75, 0.75}},
    {"a value that is unknown",
     {"unit=gbp_per_year value=30 recipient=adopter",
      "unit=gbp_per_year value=unknown recipient=vehicle"},
     {0, 1, 1}},
};

Test(plugin_support, reward_balance)
{
    for (size_t k = 0; k < sizeof rewards / sizeof *rewards; k++) {
        struct harness *h = support(dafne, NULL, 0);
        for (int row = 0; row < ROWS_MAX && rewards[k].levers[row]; row++)
            harness_add(h, "levers[]", rewards[k].levers[row]);
        harness_run(h, 1);
        if (rewards[k].balance[1] < 0)
            cr_expect(isnan(harness_best(h, "reward_balance", 0)), "%s", rewards[k].name);
        else
            expect_three(h, "reward_balance", 0, rewards[k].balance, rewards[k].name);
        harness_destroy(h);
    }
}

/* --- Over all innovations ----------------------------------------------------------------------- */

/* Three innovations, four adopters: a0 time .5 of its own and, by rows for all, staff unknown; a1 time 1 of
 * its own, 0 by a row for all of another innovation, staff unknown; a2 only stopped; a3 has nothing. */
static struct harness *portfolio(void)
{
    static const char *const rows[ROWS_MAX] = {TIME_ROW "needed=8 provided=4 adopter=0",
                                               "resource=staff phase=running met=unknown"};
    static const char *const spells[ROWS_MAX] = {
        "adopter=0 status=adopted", "adopter=1 status=adopted", "adopter=1 status=adapted",
        "adopter=2 status=stopped"};
    struct harness *h = support(rows, spells, 4);
    harness_innovation(h);
    harness_add(h, "support[]", TIME_ROW "needed=3 provided=3 adopter=1");
    harness_add(h, "support[]",
                "resource=money phase=set_up needed=9 provided=0 for=vehicle adopter=0");
    harness_innovation(h);
    harness_add(h, "support[]", TIME_ROW "needed=4 provided=0 for=innovator");
    harness_add(h, "support[]",
                "resource=time phase=set_up needed=5 provided=0<0<1 unit=days_once");
    harness_add(h, "spells[]", "adopter=1 status=piloting");
    return h;
}

/* a0: time .5, staff unknown: .5, low (.5 + 0)/2, high (.5 + 1)/2. a1: time (1 + 0)/2, high (1 + .2)/2,
 * staff unknown: .5, low (.5 + 0)/2, high (.6 + 1)/2. */
static void expect_portfolio(const struct harness *h, const char *name)
{
    expect_three(h, "adopter_coverage", 0, (const double[]){0.25, 0.5, 0.75}, name);
    expect_three(h, "adopter_coverage", 1, (const double[]){0.25, 0.5, 0.8}, name);
    cr_expect(isnan(harness_best(h, "adopter_coverage", 2)));
    cr_expect(isnan(harness_best(h, "adopter_coverage", 3)));
    cr_expect_float_eq(harness_best(h, "adopter_short_resources", 1), 1, 0);
    cr_expect_str_eq(harness_text(h, "adopter_short_of", 0), "time");
    cr_expect_str_empty(harness_text(h, "adopter_short_of", 3));
    cr_expect_str_eq(h->notes[0].text, "time: short at 2 of 2 adopters that need it");
    cr_expect_eq(h->notes[0].entity, UPTAKE_PORTFOLIO);
    cr_expect(h->notes[1].row == 0 && h->notes[2].row == 1); /* of /adopters[] */
    cr_expect_str_eq(h->notes[1].text, "a0 gets 0.50 of what it needs, short of time");
    cr_expect_str_eq(h->notes[2].text, "a1 gets 0.50 of what it needs, short of time");
    cr_expect_str_eq(h->notes[3].text, "who gives adopters support is not said in 4 of 4 rows");
}

Test(plugin_support, adopters)
{
    static const char *const names[] = {"batches of one", "batches of two", "one batch"};
    struct harness *h = portfolio();
    for (uint64_t batch = 1; batch <= 3; batch++) {
        harness_run(h, batch);
        expect_portfolio(h, names[batch - 1]);
    }
    harness_destroy(h);
}

static void *state_of(struct harness *h, uint64_t first, uint64_t count)
{
    void *state = calloc(1, h->state_bytes);
    cr_assert(state);
    harness_update(h, first, count, state);
    return state;
}

static void combine(struct harness *h, void *into, const void *from)
{
    cr_assert_eq(h->plugin->combine(into, from, h->params), 0);
}

/* (a + b) + c and a + (b + c) are the same bytes; so is either with a zeroed state on either side. */
Test(plugin_support, combine)
{
    struct harness *h = portfolio();
    harness_run(h, 1);
    void *left = state_of(h, 0, 1), *b = state_of(h, 1, 1), *c = state_of(h, 2, 1);
    void *right = state_of(h, 1, 1), *zero = calloc(1, h->state_bytes), *a = state_of(h, 0, 1);
    cr_assert(zero);
    combine(h, left, b);
    combine(h, left, c);
    combine(h, right, c);
    combine(h, a, right);
    cr_expect_arr_eq(left, a, h->state_bytes);
    cr_expect_arr_eq(left, h->state, h->state_bytes);
    combine(h, a, zero);
    cr_expect_arr_eq(left, a, h->state_bytes);
    combine(h, zero, a);
    cr_expect_arr_eq(left, zero, h->state_bytes);
    free(left);
    free(b);
    free(c);
    free(right);
    free(zero);
    free(a);
    harness_destroy(h);
}

/* Six adopters, the last the worst off: four are named, the worst first, of equals the earlier. */
Test(plugin_support, the_worst_four)
{
    static const char *const rows[ROWS_MAX] = {
        TIME_ROW "needed=10 provided=9 adopter=0",  TIME_ROW "needed=10 provided=5 adopter=1",
        TIME_ROW "needed=10 provided=7 adopter=2",  TIME_ROW "needed=10 provided=5 adopter=3",
        TIME_ROW "needed=10 provided=10 adopter=4", TIME_ROW "needed=10 provided=1 adopter=5"};
    static const char *const expected[] = {"time: short at 5 of 6 ", "a5 gets 0.10", "a1 gets 0.50",
                                           "a3 gets 0.50", "a2 gets 0.70"};
    struct harness *h = support(rows, NULL, 6);
    harness_run(h, 1);
    for (int k = 0; k < 5; k++)
        cr_expect(strstr(h->notes[k].text, expected[k]) == h->notes[k].text, "%s",
                  h->notes[k].text);
    cr_expect(harness_find(h, "a4 gets") == NULL && harness_find(h, "a0 gets") == NULL);
    harness_destroy(h);
}

/* Sums beyond the largest double: bounds stay shares, and the cell counts as not known. */
Test(plugin_support, huge_figures)
{
    static const char *const rows[ROWS_MAX] = {TIME_ROW "needed=1.5e308 provided=1e308 adopter=0",
                                               TIME_ROW "needed=1.5e308 provided=0 adopter=1",
                                               "resource=data phase=running met=yes"};
    struct harness *h = support(rows, NULL, 2);
    harness_run(h, 1);
    cr_expect_float_eq(harness_best(h, "coverage", 0), 1, 0);
    cr_expect(harness_low(h, "coverage", 0) >= 0 && harness_high(h, "coverage", 0) <= 1);
    cr_expect_float_eq(harness_best(h, "known", 0), 0.5, 0);
    harness_destroy(h);
}

/* No adopter is named: time is known of two innovations and short in one, money of one and short in it. */
Test(plugin_support, innovations_short)
{
    struct harness *h = harness_create(uptake_bundle_adopter_support());
    harness_innovation(h);
    harness_add(h, "support[]", TIME_ROW "needed=8 provided=8");
    harness_add(h, "support[]", MONEY_ROW "needed=8 provided=unknown");
    harness_innovation(h);
    harness_add(h, "support[]", TIME_ROW "needed=8 provided=4");
    harness_add(h, "support[]", TIME_ROW "needed=2 provided=1");
    harness_add(h, "support[]", MONEY_ROW "needed=8 provided=0");
    harness_add(h, "support[]", "for=vehicle resource=space phase=set_up met=no");
    for (uint64_t batch = 1; batch <= 2; batch++) {
        harness_run(h, batch);
        cr_expect(harness_find(h, "time: short in 1 of 2 innovations of which it is known"));
        cr_expect(harness_find(h, "money: short in 1 of 1 innovations of which it is known"));
        cr_expect_null(harness_find(h, "space: short in"));
    }
    harness_destroy(h);
}
