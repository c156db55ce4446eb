/*
 * vehicle, by hand: every expected figure is worked out from the numbered points at the head of
 * plugins/vehicle/plugin.c, as the comment beside it shows. Schwartz Rounds and DAFNE are the worked
 * examples of the plugin's README. Days since 1970-01-01 are Python's datetime.
 */
#include <criterion/criterion.h>

#include "harness.h"

enum { ROWS_MAX = 6, AS_OF = 20240 /* 2025-06-01 */, JANUARY_2018 = 17555 /* 2018-01-24 */ };
enum { YES, NO, UNSURE, NOT_ONE }; /* met, unmet, unknown, not_applicable as written */

static const char *const checks[] = {"end", "staff", "funding", "set_up", "lock_in"};

struct vehicle_case {
    const char *name;
    const char *vehicles[ROWS_MAX];
    const char *income[ROWS_MAX]; /* of the first vehicle */
    const char *support[ROWS_MAX];
    int verdicts[5];
    double secured[3]; /* low, best, high; best below 0: not known */
};

#define DECEMBER "ends=20423..20453" /* 2025-12 */
#define FREE "licence=none fee=none "
#define OPEN "id=a ends=2147483647..open "

static const struct vehicle_case cases[] = {
    /* no successor, contract: met none, unmet 1 5, unknown 2 3 4: 0/2, 0/5, 3/5 */
    {"schwartz",
     {"id=pocf starts=15706..16070 " DECEMBER " licence=contract"},
     {NULL},
     {NULL},
     {NO, UNSURE, UNSURE, UNSURE, NO},
     {0, 0, 0.6}},
    {"everything met",
     {OPEN "fte_needed=2 fte_held=2 " FREE},
     {"share=0.5", "share=0.3", "share=0.2"},
     {"for=vehicle phase=set_up met=yes"},
     {YES, YES, YES, YES, YES},
     {1, 1, 1}},
    {"nothing known",
     {"id=a"},
     {NULL},
     {NULL},
     {UNSURE, UNSURE, UNSURE, UNSURE, UNSURE},
     {0, -1, 0}},
    /* 2026-06-01 is exactly 12 months on: not over; the day after is */
    {"ends on the line",
     {"id=a ends=20605..20605 " FREE},
     {NULL},
     {NULL},
     {NO, UNSURE, UNSURE, UNSURE, YES},
     {0.2, 0.5, 0.8}},
    {"ends a day after the line",
     {"id=a ends=20606..20606 " FREE},
     {NULL},
     {NULL},
     {YES, UNSURE, UNSURE, UNSURE, YES},
     {0.4, 1, 1}},
    /* some day of 2026 */
    {"may end before the line",
     {"id=a ends=20454..20818 " FREE},
     {NULL},
     {NULL},
     {UNSURE, UNSURE, UNSURE, UNSURE, YES},
     {0.2, 1, 1}},
    {"a successor stands",
     {"id=a " DECEMBER " " FREE, "id=b follows=0 ends=2147483647..open " FREE},
     {NULL},
     {NULL},
     {YES, UNSURE, UNSURE, UNSURE, YES},
     {0.4, 1, 1}},
    {"a successor that ends too",
     {"id=a " DECEMBER " " FREE, "id=b follows=0 " DECEMBER " " FREE},
     {NULL},
     {NULL},
     {NO, UNSURE, UNSURE, UNSURE, YES},
     {0.2, 0.5, 0.8}},
    {"a chain of successors",
     {"id=a " DECEMBER " " FREE, "id=b follows=0 " DECEMBER " " FREE,
      "id=c follows=1 ends=2147483647..open " FREE},
     {NULL},
     {NULL},
     {YES, UNSURE, UNSURE, UNSURE, YES},
     {0.4, 1, 1}},
    {"a circle of successors",
     {"id=a follows=1 " DECEMBER " " FREE, "id=b follows=0 " DECEMBER " " FREE},
     {NULL},
     {NULL},
     {NO, UNSURE, UNSURE, UNSURE, YES},
     {0.2, 0.5, 0.8}},
    {"one of two ends",
     {"id=a " DECEMBER " " FREE, OPEN FREE},
     {NULL},
     {NULL},
     {NO, UNSURE, UNSURE, UNSURE, YES},
     {0.2, 0.5, 0.8}},
    /* all ended (2011-03-31): 0 of (3) */
    {"ended",
     {"id=a ends=15034..15064 licence=contract fte_needed=3 fte_held=1"},
     {NULL},
     {NULL},
     {NO, NOT_ONE, NOT_ONE, NOT_ONE, NOT_ONE},
     {0, 0, 0}},
    {"a successor of one that ended",
     {"id=a ends=15034..15064 licence=contract", "id=b follows=0 ends=2147483647..open " FREE},
     {NULL},
     {NULL},
     {YES, UNSURE, UNSURE, UNSURE, YES},
     {0.4, 1, 1}},
    {"short of staff",
     {OPEN "fte_needed=4 fte_held=1<2<3"},
     {NULL},
     {NULL},
     {YES, NO, UNSURE, UNSURE, UNSURE},
     {0.2, 0.5, 0.8}},
    {"perhaps short of staff",
     {OPEN "fte_needed=3 fte_held=2<3<4"},
     {NULL},
     {NULL},
     {YES, UNSURE, UNSURE, UNSURE, UNSURE},
     {0.2, 1, 1}},
    {"no staff",
     {OPEN "fte_needed=3 fte_held=none"},
     {NULL},
     {NULL},
     {YES, NO, UNSURE, UNSURE, UNSURE},
     {0.2, 0.5, 0.8}},
    {"staff not applicable",
     {OPEN "fte_needed=n/a"},
     {NULL},
     {NULL},
     {YES, NOT_ONE, UNSURE, UNSURE, UNSURE},
     {0.25, 1, 1}},
    {"one payer", {OPEN}, {"share=1"}, {NULL}, {YES, UNSURE, NO, UNSURE, UNSURE}, {0.2, 0.5, 0.8}},
    /* .5 + .5: .5 is not below the line of .5 */
    {"two payers alike",
     {OPEN},
     {"share=0.5", "share=0.5"},
     {NULL},
     {YES, UNSURE, NO, UNSURE, UNSURE},
     {0.2, 0.5, 0.8}},
    /* .36 + .16 of the rest at worst: .36 to .52 */
    {"income half told",
     {OPEN},
     {"share=0.6"},
     {NULL},
     {YES, UNSURE, UNSURE, UNSURE, UNSURE},
     {0.2, 1, 1}},
    {"income beyond the whole",
     {OPEN},
     {"share=0.8", "share=0.7"},
     {NULL},
     {YES, UNSURE, UNSURE, UNSURE, UNSURE},
     {0.2, 1, 1}},
    {"set-up partly met",
     {OPEN},
     {NULL},
     {"for=innovator phase=set_up met=partly", "for=vehicle phase=set_up met=yes"},
     {YES, UNSURE, UNSURE, NO, UNSURE},
     {0.2, 0.5, 0.8}},
    {"set-up of adopters does not count",
     {OPEN},
     {NULL},
     {"phase=set_up met=no", "for=adopter phase=set_up met=no", "for=vehicle phase=running met=no"},
     {YES, UNSURE, UNSURE, UNSURE, UNSURE},
     {0.2, 1, 1}},
    {"set-up half known",
     {OPEN},
     {NULL},
     {"for=vehicle phase=set_up needed=5 provided=5",
      "for=vehicle phase=set_up needed=5 provided=unknown"},
     {YES, UNSURE, UNSURE, UNSURE, UNSURE},
     {0.2, 1, 1}},
    {"set-up given no longer",
     {OPEN},
     {NULL},
     {"for=vehicle phase=set_up needed=5 provided=5 ends=15034..15064"},
     {YES, UNSURE, UNSURE, NO, UNSURE},
     {0.2, 0.5, 0.8}},
    {"set-up given no longer, need unknown",
     {OPEN},
     {NULL},
     {"for=vehicle phase=set_up needed=unknown provided=5 ends=15034..15064"},
     {YES, UNSURE, UNSURE, UNSURE, UNSURE},
     {0.2, 1, 1}},
    {"training binds, but is no contract",
     {OPEN "licence=mandatory_training fee=0"},
     {NULL},
     {NULL},
     {YES, UNSURE, UNSURE, UNSURE, YES},
     {0.4, 1, 1}},
    {"a fee, licence unknown",
     {OPEN "fee=100"},
     {NULL},
     {NULL},
     {YES, UNSURE, UNSURE, UNSURE, NO},
     {0.2, 0.5, 0.8}},
    {"no licence, fee unknown",
     {OPEN "licence=none"},
     {NULL},
     {NULL},
     {YES, UNSURE, UNSURE, UNSURE, UNSURE},
     {0.2, 1, 1}},
};

static struct harness *vehicle(const struct vehicle_case *c)
{
    struct harness *h = harness_create(uptake_bundle_vehicle());
    h->as_of = AS_OF;
    harness_innovation(h);
    for (int k = 0; k < ROWS_MAX && c->vehicles[k]; k++) {
        harness_add(h, "vehicles[]", c->vehicles[k]);
        for (int s = 0; k == 0 && s < ROWS_MAX && c->income[s]; s++)
            harness_add(h, "vehicles[].income[]", c->income[s]);
    }
    for (int k = 0; k < ROWS_MAX && c->support[k]; k++)
        harness_add(h, "support[]", c->support[k]);
    return h;
}

static void expect_three(const struct harness *h, const char *write, const double three[3],
                         const char *name)
{
    if (three[1] < 0) {
        cr_expect(isnan(harness_best(h, write, 0)), "%s: %s is known", name, write);
        return;
    }
    cr_expect_float_eq(harness_low(h, write, 0), three[0], 1e-12, "%s: %s low %g", name, write,
                       harness_low(h, write, 0));
    cr_expect_float_eq(harness_best(h, write, 0), three[1], 1e-12, "%s: %s %g", name, write,
                       harness_best(h, write, 0));
    cr_expect_float_eq(harness_high(h, write, 0), three[2], 1e-12, "%s: %s high %g", name, write,
                       harness_high(h, write, 0));
}

static void expect_case(const struct vehicle_case *c)
{
    struct harness *h = vehicle(c);
    harness_run(h, 1);
    cr_expect_str_empty(h->skips[0], "%s: %s", c->name, h->skips[0]);
    cr_expect(h->n_notes > 0 && h->n_notes <= UPTAKE_NOTES_MAX, "%s: findings", c->name);
    for (int k = 0; k < 5; k++)
        cr_expect_eq(harness_choice(h, checks[k], 0), c->verdicts[k], "%s: %s %d", c->name,
                     checks[k], harness_choice(h, checks[k], 0));
    expect_three(h, "secured", c->secured, c->name);
    harness_destroy(h);
}

Test(plugin_vehicle, cases)
{
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++)
        expect_case(&cases[k]);
}

/* Ends 2025-12: 183 to 213 days on, 6.01 to 7.00 months, the middle 6.51. */
Test(plugin_vehicle, schwartz)
{
    static const double months = 12 / 365.2425;
    struct harness *h = vehicle(&cases[0]);
    harness_run(h, 1);
    expect_three(h, "months_left", (const double[]){183 * months, 198 * months, 213 * months}, "");
    cr_expect_eq(harness_choice(h, "successor", 0), 1);     /* none */
    cr_expect_eq(harness_choice(h, "weakest_point", 0), 0); /* its end */
    cr_expect_float_eq(harness_best(h, "dependence", 0), 1, 0);
    cr_expect(isnan(harness_best(h, "funding_concentration", 0)));
    cr_expect_str_eq(harness_text(h, "driven_by", 0), "pocf");
    const struct harness_note *note =
        harness_find(h, "pocf drives scaling until 2025-12, about 7 months off, and no successor");
    cr_expect(note && note->level == UPTAKE_BLOCKS);
    note = harness_find(h, "if pocf stops, every adopter is left without it");
    cr_expect(note && note->level == UPTAKE_RISKS);
    note = harness_find(h, "its staff, who pays for it, what setting it up lacks");
    cr_expect(note && note->level == UPTAKE_NOT_KNOWN);
    harness_destroy(h);
}

/* 2018-01-24, open end, fee and contract: met 1, unmet 5, unknown 2 3 4: 1/2, 1/5, 4/5. */
Test(plugin_vehicle, dafne)
{
    static const struct vehicle_case dafne = {
        .name = "dafne",
        .vehicles = {"id=central name=Central host=Northumbria starts=10957..11322 "
                     "ends=2147483647..open licence=contract fee=4500<5000<5500"}};
    struct harness *h = vehicle(&dafne);
    h->as_of = JANUARY_2018;
    harness_run(h, 1);
    expect_three(h, "secured", (const double[]){0.2, 0.5, 0.8}, "dafne");
    cr_expect_eq(harness_choice(h, "end", 0), YES);
    cr_expect_eq(harness_choice(h, "lock_in", 0), NO);
    cr_expect(isnan(harness_best(h, "months_left", 0)));
    cr_expect(harness_find(h, "Central (hosted by Northumbria) drives scaling, and no end is set"));
    cr_expect(harness_find(h, "hold a contract with it and pay it about 5000 GBP a year each"));
    harness_destroy(h);
}

struct empty_case {
    int why;
    const char *reason; /* NULL: not skipped */
};

/* Known to be none: 0 of (3), the rest n/a. Not known who: skipped, each with its own reason. */
Test(plugin_vehicle, nobody)
{
    static const struct empty_case empty[] = {
        {UPTAKE_NONE, NULL},
        {UPTAKE_UNKNOWN, "who drives scaling was looked for and not found"},
        {UPTAKE_LEFT_OUT,
         "no vehicle is named: nobody has looked who drives scaling, or none had begun"},
        {UPTAKE_NOT_APPLICABLE, "that somebody drives scaling does not apply"}};
    for (size_t k = 0; k < sizeof empty / sizeof *empty; k++) {
        struct harness *h = harness_create(uptake_bundle_vehicle());
        harness_innovation(h);
        harness_why(h, "vehicles[]", empty[k].why);
        harness_run(h, 1);
        cr_expect_str_eq(h->skips[0], empty[k].reason ? empty[k].reason : "");
        if (!empty[k].reason) {
            expect_three(h, "secured", (const double[]){0, 0, 0}, "none");
            cr_expect_eq(harness_choice(h, "end", 0), NO);
            for (int c = 1; c < 5; c++)
                cr_expect_eq(harness_choice(h, checks[c], 0), NOT_ONE);
            cr_expect(harness_find(h, "nobody drives scaling: each adopter is on its own"));
        }
        harness_destroy(h);
    }
}

/* .4^2 + .4^2 + .2^2; with .3 untold: .3^2 + .4^2 to that + .3^2, the middle; one of two rows unknown. */
Test(plugin_vehicle, herfindahl)
{
    static const struct vehicle_case whole = {.vehicles = {OPEN},
                                              .income = {"share=0.4", "share=0.4", "share=0.2"}};
    static const struct vehicle_case part = {.vehicles = {OPEN},
                                             .income = {"share=0.3", "share=0.4", "share=unknown"}};
    static const struct vehicle_case doubt = {.vehicles = {OPEN},
                                              .income = {"share=0.5<0.6<0.7", "share=0.4"}};
    struct harness *h = vehicle(&whole);
    harness_run(h, 1);
    expect_three(h, "funding_concentration", (const double[]){0.36, 0.36, 0.36}, "whole");
    harness_destroy(h);
    h = vehicle(&part);
    harness_run(h, 1);
    expect_three(h, "funding_concentration", (const double[]){0.25, 0.295, 0.34}, "part");
    harness_destroy(h);
    h = vehicle(&doubt); /* .25 + .16, .36 + .16, .49 + .16 + (1 - .9)^2 */
    harness_run(h, 1);
    expect_three(h, "funding_concentration", (const double[]){0.41, 0.52, 0.66}, "doubt");
    harness_destroy(h);
}

/* A line of .3: .36 is over it. Two bodies: the more concentrated one counts. */
Test(plugin_vehicle, concentrated)
{
    static const struct vehicle_case c = {
        .vehicles = {OPEN "name=Centre"},
        .income = {"share=0.4 source=Lottery", "share=0.4", "share=0.2"}};
    struct harness *h = vehicle(&c);
    harness_param(h, "concentrated", NULL, 0.3);
    harness_run(h, 1);
    cr_expect_eq(harness_choice(h, "funding", 0), NO);
    cr_expect(harness_find(h, "Centre lives on few payers: 40% of its income comes from Lottery"));
    harness_param(h, "concentrated", NULL, 0.5);
    harness_run(h, 1);
    cr_expect_eq(harness_choice(h, "funding", 0), YES);
    harness_destroy(h);
}

/* No licence, no fee: of three that have not stopped, the row of one says that it gives. */
Test(plugin_vehicle, dependence)
{
    struct harness *h = harness_create(uptake_bundle_vehicle());
    harness_innovation(h);
    harness_add(h, "vehicles[]", OPEN "name=Centre " FREE);
    harness_add(h, "support[]", "adopter=1 by=Centre phase=running");
    harness_add(h, "support[]", "adopter=2 by=Other phase=running");
    harness_add(h, "support[]", "adopter=3 by=a phase=running");
    harness_add(h, "spells[]", "adopter=1 status=adopted");
    harness_add(h, "spells[]", "adopter=2 status=adopted");
    harness_add(h, "spells[]", "adopter=3 status=stopped");
    harness_add(h, "spells[]", "adopter=4 status=piloting");
    harness_run(h, 1);
    expect_three(h, "dependence", (const double[]){1.0 / 3, 1.0 / 3, 1.0 / 3}, "by rows");
    cr_expect(harness_find(h, "1 of 3 adopters get support from whoever drives scaling"));
    cr_expect(harness_find(h, "if Centre stops, adopters can go on"));
    harness_destroy(h);
}

/* 3 + 1 held of 4 + 2 needed; the one that ended does not count. */
Test(plugin_vehicle, staff)
{
    static const struct vehicle_case c = {
        .vehicles = {OPEN "fte_needed=4 fte_held=3", "id=b fte_needed=2 fte_held=1",
                     "id=c fte_needed=9 fte_held=0 ends=15034..15064", "id=d fte_needed=5"}};
    struct harness *h = vehicle(&c);
    harness_run(h, 1);
    expect_three(h, "fte_share", (const double[]){4.0 / 6, 4.0 / 6, 4.0 / 6}, "staff");
    cr_expect(harness_find(h, "a has 3 of the 4 WTE that it needs"));
    cr_expect_str_eq(harness_text(h, "driven_by", 0), "a and 2 more");
    harness_destroy(h);
}

/* unmet, unmet at most one more; rows with needs for others than the adopter alone. */
Test(plugin_vehicle, unmet_set_up)
{
    static const struct vehicle_case c = {
        .vehicles = {OPEN},
        .support = {"for=vehicle phase=set_up met=no", "for=innovator phase=set_up met=unknown",
                    "for=innovator phase=set_up met=yes", "phase=set_up met=no"}};
    struct harness *h = vehicle(&c);
    harness_run(h, 1);
    expect_three(h, "unmet_set_up", (const double[]){1, 1, 2}, "set-up");
    cr_expect(harness_find(h, "1 of 3 needs of the innovator or the vehicle are not met in full"));
    harness_destroy(h);
}

Test(plugin_vehicle, too_many)
{
    struct harness *h = harness_create(uptake_bundle_vehicle());
    harness_innovation(h);
    for (int k = 0; k < 65; k++)
        harness_add(h, "vehicles[]", "id=a");
    harness_run(h, 1);
    cr_expect_str_eq(h->skips[0], "more than 64 vehicles: name those that matter");
    harness_destroy(h);
}

/* 12 months from 29 February end on 28 February; 2021-03-01 (18687) is over the line, 18686 is not. */
Test(plugin_vehicle, leap_day)
{
    static const struct vehicle_case on = {.vehicles = {"id=a ends=18686..18686"}};
    static const struct vehicle_case over = {.vehicles = {"id=a ends=18687..18687"}};
    struct harness *h = vehicle(&on);
    h->as_of = 18321; /* 2020-02-29 */
    harness_run(h, 1);
    cr_expect_eq(harness_choice(h, "end", 0), NO);
    harness_destroy(h);
    h = vehicle(&over);
    h->as_of = 18321;
    harness_run(h, 1);
    cr_expect_eq(harness_choice(h, "end", 0), YES);
    harness_destroy(h);
}

/* Six innovations: nobody, one that ends and binds, two that go on (one binds), one not known, one not found. */
Test(plugin_vehicle, portfolio)
{
    static const char *const vehicles[] = {
        NULL, "id=a " DECEMBER " licence=contract", OPEN "fee=1", OPEN FREE, "id=a", NULL};
    struct harness *h = harness_create(uptake_bundle_vehicle());
    h->as_of = AS_OF;
    for (int k = 0; k < 6; k++) {
        char id[8] = {'i', 'd', '=', (char)('a' + k)};
        harness_innovation(h);
        harness_add(h, "", id);
        if (vehicles[k])
            harness_add(h, "vehicles[]", vehicles[k]);
        else
            harness_why(h, "vehicles[]", k ? UPTAKE_UNKNOWN : UPTAKE_NONE);
    }
    for (uint64_t batch = 1; batch <= 6; batch++) {
        harness_run(h, batch);
        cr_expect(harness_find(h, "nobody drives scaling, or whoever did has stopped: 1 of 6 (a)"));
        cr_expect(
            harness_find(h, "stops soon, and nobody who lasts is named to follow: 1 of 6 (b)"));
        cr_expect(harness_find(h, "are left without it if they stop: 2 of 6 (b, c)"));
        cr_expect(harness_find(h, "somebody drives scaling and goes on: 2 of 6 (c, d)"));
        cr_expect(
            harness_find(h, "whether whoever drives scaling goes on is not known: 1 of 6 (e)"));
        cr_expect(harness_find(h, "who drives scaling is not known: 1 of 6 (f)"));
    }
    harness_destroy(h);
}

/* The same figures however the innovations are cut; nested rows find their own. */
Test(plugin_vehicle, batches)
{
    struct harness *h = harness_create(uptake_bundle_vehicle());
    h->as_of = AS_OF;
    for (int k = 0; k < 3; k++) {
        harness_innovation(h);
        harness_add(h, "vehicles[]", k == 1 ? "id=b " DECEMBER : OPEN);
        harness_add(h, "vehicles[].income[]", k == 1 ? "share=1" : "share=0.5");
        if (k != 1)
            harness_add(h, "vehicles[].income[]", "share=0.5");
    }
    for (uint64_t batch = 1; batch <= 3; batch++) {
        harness_run(h, batch);
        cr_expect_float_eq(harness_best(h, "funding_concentration", 0), 0.5, 1e-12);
        cr_expect_float_eq(harness_best(h, "funding_concentration", 1), 1, 1e-12);
        cr_expect_float_eq(harness_best(h, "funding_concentration", 2), 0.5, 1e-12);
        cr_expect_eq(harness_choice(h, "end", 1), NO);
        cr_expect_eq(harness_choice(h, "end", 2), YES);
    }
    harness_destroy(h);
}
