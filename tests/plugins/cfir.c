/*
 * CFIR in spread-barriers. The table is Varsi, Ekstedt, Gammon and Ruland, J Med Internet Res 2015;17:e262,
 * table 2 (PMC4704938, CC BY 4.0): four units of high implementation and one of low, with the paper's own
 * labels; its process domain is not here. Figures of the small cases are worked out beside them from the
 * numbered points at the head of plugins/spread-barriers/plugin.c.
 */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include <criterion/criterion.h>

#include "harness.h"
#include "model/vocabulary.h"

enum { UNITS = 5, LABELS = 28, CFIR = 1 };
enum { STRONG, WEAK, NOT_DISTINGUISHING, NOT_ASSESSABLE };
static const char cfir[] = "judgements[framework=cfir]";

struct published {
    const char *construct;    /* in the spelling of the data file */
    const char *units[UNITS]; /* the last is the low one */
    const char *label; /* "" where the paper gives none: not distinguishing, or not assessable */
};

static const struct published varsi[LABELS] = {
    {"relative_advantage", {"2", "2", "mixed", "1", "0"}, "weak"},
    {"adaptability", {"1", "2", "1", "1", "1"}, ""},
    {"trialability", {"2", "2", "2", "2", "-1"}, "strong"},
    {"complexity_reverse_rated", {"1", "1", "1", "1", "1"}, ""},
    {"design_quality_packaging", {"1", "1", "1", "-1", "0"}, ""},
    {"cost", {"mixed", "0", "-1", "-2", "missing"}, ""},
    {"evidence_strength_quality", {"missing", "missing", "missing", "missing", "missing"}, ""},
    {"patient_needs_resources", {"0", "1", "0", "0", "-1"}, "weak"},
    {"cosmopolitanism", {"missing", "missing", "missing", "missing", "missing"}, ""},
    {"peer_pressure", {"missing", "missing", "missing", "missing", "missing"}, ""},
    {"external_policies_incentives", {"missing", "missing", "missing", "missing", "missing"}, ""},
    {"structural_characteristics", {"0", "0", "0", "0", "-1"}, "weak"},
    {"networks_communications", {"1", "mixed", "1", "2", "1"}, ""},
    {"culture", {"-1", "-1", "1", "-1", "-2"}, "weak"},
    {"tension_for_change", {"1", "1", "mixed", "1", "-2"}, "strong"},
    {"compatibility", {"missing", "1", "mixed", "2", "-2"}, "strong"},
    {"relative_priority", {"0", "missing", "0", "1", "-2"}, "strong"},
    {"organizational_incentives_rewards", {"0", "1", "0", "missing", "missing"}, ""},
    {"goals_feedback", {"missing", "missing", "missing", "0", "mixed"}, ""},
    {"learning_climate", {"1", "1", "missing", "missing", "1"}, ""},
    {"leadership_engagement", {"1", "0", "1", "0", "1"}, ""},
    {"available_resources", {"2", "2", "2", "2", "-1"}, "strong"},
    {"access_information_knowledge", {"2", "1", "2", "2", "missing"}, ""},
    {"knowledge_beliefs", {"2", "2", "mixed", "2", "-1"}, "weak"},
    {"self_efficacy", {"1", "1", "2", "2", "1"}, ""},
    {"stage_of_change", {"-1", "2", "-1", "-1", "-1"}, ""},
    {"identification_with_organisation",
     {"missing", "missing", "missing", "missing", "missing"},
     ""},
    {"other_personal_attributes", {"missing", "missing", "missing", "missing", "missing"}, ""},
};

/* The name that the model's vocabulary has for it. */
static const char *canonical(const char *spelling)
{
    int at = construct_find(CFIR, spelling, strlen(spelling));
    cr_assert(at >= 0, "no construct '%s'", spelling);
    return construct_names()[at];
}

/* Row 5k + u of the list is unit u on construct k. */
static struct harness *varsi_model(void)
{
    struct harness *h = harness_create(uptake_bundle_spread_barriers());
    char row[200];
    harness_innovation(h);
    for (int unit = 0; unit < UNITS; unit++) {
        snprintf(row, sizeof row, "id=unit-%d", unit + 1);
        harness_add(h, "/adopters[]", row);
        snprintf(row, sizeof row, "adopter=%d implementation=%s", unit, unit < 4 ? "high" : "low");
        harness_add(h, "spells[]", row);
    }
    for (int k = 0; k < LABELS; k++)
        for (int unit = 0; unit < UNITS; unit++) {
            const char *value = varsi[k].units[unit];
            bool missing = strcmp(value, "missing") == 0;
            const char *field = strcmp(value, "mixed") == 0 ? "state" : "value";
            snprintf(row, sizeof row, "construct=%s adopter=%d %s=%s",
                     canonical(varsi[k].construct), unit, field, missing ? "unknown" : value);
            harness_add(h, cfir, row);
        }
    return h;
}

/* The paper's labels, all 28. Where it gives none, a group without a rating tells which of two it is. */
static int label_of(const struct published *row)
{
    int high = 0, low = strcmp(row->units[4], "missing") != 0;
    for (int unit = 0; unit < 4; unit++)
        high += strcmp(row->units[unit], "missing") != 0;
    return strcmp(row->label, "strong") == 0 ? STRONG
           : strcmp(row->label, "weak") == 0 ? WEAK
           : high && low                     ? NOT_DISTINGUISHING
                                             : NOT_ASSESSABLE;
}

Test(plugin_cfir, labels_of_varsi)
{
    struct harness *h = varsi_model();
    int agree = 0;
    harness_run(h, 1);
    for (uint64_t k = 0; k < LABELS; k++)
        for (uint64_t unit = 0; unit < UNITS; unit++) {
            int found = harness_choice(h, "cfir_distinguishes", UNITS * k + unit);
            cr_expect_eq(found, label_of(&varsi[k]), "%s: %d", varsi[k].construct, found);
            agree += unit == 0 && found == label_of(&varsi[k]);
        }
    cr_expect_eq(agree, LABELS);
    cr_expect_float_eq(harness_best(h, "cfir_strong", 0), 5, 0);
    cr_expect_float_eq(harness_best(h, "cfir_weak", 0), 5, 0);
    cr_expect_float_eq(harness_best(h, "cfir_not_distinguishing", 0), 9, 0);
    cr_expect_float_eq(harness_best(h, "cfir_not_assessable", 0), 9, 0);
    cr_expect_str_eq(harness_text(h, "cfir_telling", 0),
                     "trialability, tension for change, compatibility, relative priority, "
                     "available resources");
    harness_destroy(h);
}

struct unit_counts {
    double rated, hinder, help;
};

/* Counted in the table with Python: mixed is 0, and counts as rated. */
static const struct unit_counts counts[UNITS] = {
    {20, 2, 13}, {20, 1, 15}, {20, 2, 10}, {20, 4, 12}, {19, 10, 6}};

Test(plugin_cfir, units_of_varsi)
{
    struct harness *h = varsi_model();
    harness_run(h, 1);
    for (uint64_t unit = 0; unit < UNITS; unit++) {
        cr_expect_float_eq(harness_best(h, "cfir_unit_hinders", unit),
                           counts[unit].hinder / counts[unit].rated, 1e-12);
        cr_expect_float_eq(harness_best(h, "cfir_unit_helps", unit),
                           counts[unit].help / counts[unit].rated, 1e-12);
    }
    cr_expect_float_eq(harness_best(h, "cfir_hinders_least", 0), 1.0 / 20, 1e-12);
    cr_expect_float_eq(harness_best(h, "cfir_hinders_most", 0), 10.0 / 19, 1e-12);
    cr_expect_float_eq(harness_best(h, "cfir_helps_least", 0), 6.0 / 19, 1e-12);
    cr_expect_float_eq(harness_best(h, "cfir_helps_most", 0), 15.0 / 20, 1e-12);
    cr_expect_float_eq(harness_best(h, "cfir_disagreements", 0), 0, 0); /* one rating a unit */
    cr_expect_str_empty(h->skips[0]);
    cr_expect(
        isnan(harness_best(h, "openness", 0))); /* no NASSS: absent, not 0, and not a failure */
    cr_expect(harness_find(h, "0 of 7 NASSS domains"));
    const struct harness_note *note = harness_find(h, "unit-5: ");
    cr_expect(note && note->level == UPTAKE_RISKS && note->row % UNITS == 4);
    note = harness_find(h, "tells high from low implementation strongly: trialability");
    cr_expect(note && strstr(note->text, "fitted to one paper with one low unit"));
    cr_expect(harness_find(h, "tells high from low implementation weakly: relative advantage"));
    harness_destroy(h);
}

/* The published file, where it is at hand, says what is typed in above. */
Test(plugin_cfir, file_of_varsi)
{
    char line[400];
    FILE *file = fopen(TEST_ROOT "/../shared/data/cfir_ratings_varsi2015.csv", "r");
    if (!file)
        cr_skip("the file is not at hand; the table above is what is tested\n");
    cr_assert(fgets(line, sizeof line, file));
    for (int k = 0; k < LABELS; k++) {
        char *rest = line;
        cr_assert(fgets(line, sizeof line, file), "row %d", k);
        line[strcspn(line, "\r\n")] = 0;
        strsep(&rest, ",");
        cr_expect_str_eq(strsep(&rest, ","), varsi[k].construct);
        for (int unit = 0; unit < UNITS; unit++) {
            const char *cell = strsep(&rest, ",");
            cell = strcmp(cell, "0mix") == 0 ? "mixed" : *cell == '+' ? cell + 1 : cell;
            cr_expect_str_eq(cell, varsi[k].units[unit], "%s", varsi[k].construct);
        }
        cr_expect_str_eq(rest, varsi[k].label, "%s", varsi[k].construct);
    }
    cr_expect_null(fgets(line, sizeof line, file));
    fclose(file);
}

/* The plugin reads by every CFIR construct of the vocabulary, in its order, each once. */
Test(plugin_cfir, constructs)
{
    const struct uptake_bundle *bundle = uptake_bundle_spread_barriers();
    const struct uptake_plugin *plugin = *(const struct uptake_plugin *const *)bundle->plugins.rows;
    const struct uptake_read *reads = plugin->reads.rows;
    size_t count, read = 0, k = 0;
    const struct construct *rows = constructs(&count);
    while (strcmp(reads[read].path, "judgements[framework=cfir].construct") != 0)
        read++;
    for (size_t row = 0; row < count; row++) {
        if (rows[row].framework != CFIR)
            continue;
        cr_assert(reads[read].choices[k], "too few constructs");
        cr_expect_str_eq(reads[read].choices[k++], rows[row].name);
    }
    cr_expect_null(reads[read].choices[k]);
}

static struct harness *ratings(const char *const *rows)
{
    struct harness *h = harness_create(uptake_bundle_spread_barriers());
    harness_innovation(h);
    harness_add(h, "/adopters[]", "id=north");
    harness_add(h, "/adopters[]", "id=south");
    for (int k = 0; rows[k]; k++)
        harness_add(h, strstr(rows[k], "implementation") ? "spells[]" : cfir, rows[k]);
    return h;
}

/* Raters -2 -1 1: the median -1 hinders, and they differ by 3; -1 and 0 have the median -.5: neither. */
Test(plugin_cfir, raters)
{
    static const char *const rows[] = {"construct=culture adopter=0 value=1",
                                       "construct=culture adopter=0 value=-2",
                                       "construct=culture adopter=0 value=-1",
                                       "construct=cost adopter=0 value=-1",
                                       "construct=cost adopter=0 value=0",
                                       "construct=cost adopter=1 state=not_applicable value=-2",
                                       "construct=planning adopter=1 state=mixed",
                                       NULL};
    struct harness *h = ratings(rows);
    harness_run(h, 1);
    cr_expect_float_eq(harness_best(h, "cfir_median", 0), -1, 0);
    cr_expect_float_eq(harness_best(h, "cfir_median", 3), -0.5, 0);
    cr_expect(isnan(harness_best(h, "cfir_median", 5)));
    cr_expect_float_eq(harness_best(h, "cfir_median", 6), 0, 0);
    cr_expect_float_eq(harness_best(h, "cfir_unit_hinders", 0), 0.5, 0);
    cr_expect_float_eq(harness_best(h, "cfir_unit_hinders", 6), 0, 0);
    cr_expect_float_eq(harness_best(h, "cfir_disagreements", 0), 1, 0);
    const struct harness_note *note =
        harness_find(h, "raters differ on culture at north: -2 and 1");
    cr_expect(note && note->level == UPTAKE_RISKS);
    note = harness_find(h, "0 of 2 are high, 0 low");
    cr_expect(note && note->level == UPTAKE_NOT_KNOWN);
    cr_expect_float_eq(harness_best(h, "cfir_not_assessable", 0), 3, 0);
    harness_destroy(h);
}

struct edge {
    const char *name;
    const char *rows[8];
    int label;
};

/* North is high, south low. */
static const struct edge edges[] = {
    {"2 apart", {"value=1 adopter=0", "value=-1 adopter=1"}, STRONG},
    {"1.5 apart", {"value=1 adopter=0", "value=0 adopter=0", "value=-1 adopter=1"}, WEAK},
    {"1 apart", {"value=1 adopter=0", "value=0 adopter=1"}, WEAK},
    {"less than 1",
     {"value=1 adopter=0", "value=0 adopter=0", "value=0 adopter=1"},
     NOT_DISTINGUISHING},
    {"the wrong way round", {"value=-1 adopter=0", "value=2 adopter=1"}, WEAK},
    {"all equal", {"value=1 adopter=0", "value=1 adopter=1"}, NOT_DISTINGUISHING},
    {"no low unit", {"value=1 adopter=0"}, NOT_ASSESSABLE},
    {"the whole is no unit", {"value=1 adopter=0", "value=-2"}, NOT_ASSESSABLE},
    {"mixed counts as 0", {"value=2 adopter=0", "state=mixed adopter=1"}, STRONG},
};

Test(plugin_cfir, edges)
{
    for (size_t k = 0; k < sizeof edges / sizeof *edges; k++) {
        const char *rows[12] = {"adopter=0 implementation=high", "adopter=1 implementation=low"};
        char texts[8][100];
        for (int r = 0; r < 8 && edges[k].rows[r]; r++) {
            snprintf(texts[r], sizeof texts[r], "construct=planning %s", edges[k].rows[r]);
            rows[2 + r] = texts[r];
        }
        struct harness *h = ratings(rows);
        harness_run(h, 1);
        cr_expect_eq(harness_choice(h, "cfir_distinguishes", 0), edges[k].label, "%s: %d",
                     edges[k].name, harness_choice(h, "cfir_distinguishes", 0));
        harness_destroy(h);
    }
}

/* Where nothing is rated by either framework the innovation is skipped, as before. */
Test(plugin_cfir, nothing_rated)
{
    static const char *const rows[] = {"construct=culture adopter=0 value=unknown", NULL};
    struct harness *h = ratings(rows);
    harness_run(h, 1);
    cr_expect(*h->skips[0]);
    harness_destroy(h);
}

/* Constructs are named, but none is rated: nothing of them tells success from failure, or helps. */
Test(plugin_cfir, named_but_not_rated)
{
    static const char *const rows[] = {"construct=culture adopter=0 value=unknown",
                                       "construct=cost adopter=1 state=not_applicable value=1",
                                       NULL};
    static const char *const domains[] = {"condition", "technology", "adopters", "organisation",
                                          "embedding"};
    struct harness *h = ratings(rows);
    char row[80];
    for (int d = 0; d < 5; d++) {
        snprintf(row, sizeof row, "domain=%s value=0", domains[d]);
        harness_add(h, "judgements[framework=nasss]", row);
    }
    harness_run(h, 1);
    cr_expect_not(*h->skips[0]);
    cr_expect(harness_find(h, "simple:"));
    cr_expect_null(harness_find(h, "tells high from low"));
    cr_expect_null(harness_find(h, "helps wherever"));
    harness_destroy(h);
}

/* NASSS keeps four places of eight where CFIR has findings; its figures do not change. */
Test(plugin_cfir, beside_nasss)
{
    static const char *const domains[] = {"condition", "technology", "adopters", "organisation",
                                          "embedding"};
    struct harness *h = varsi_model();
    char row[80];
    for (int d = 0; d < 5; d++) {
        snprintf(row, sizeof row, "domain=%s value=1", domains[d]);
        harness_add(h, "judgements[framework=nasss]", row);
    }
    harness_run(h, 1);
    cr_expect_float_eq(harness_best(h, "openness", 0), 0, 0);
    cr_expect_float_eq(harness_best(h, "known", 0), 5.0 / 7, 1e-12);
    cr_expect_leq(h->n_notes, UPTAKE_NOTES_MAX);
    cr_expect(harness_find(h, "organisation: complex"));
    cr_expect_null(harness_find(h, "embedding: complex")); /* the fifth */
    cr_expect(harness_find(h, "tells high from low implementation strongly"));
    harness_destroy(h);
}

/* 4097 ratings are one too many: said, and NASSS stands. */
Test(plugin_cfir, too_many)
{
    static const char *const domains[] = {"condition", "technology", "adopters", "organisation"};
    static const char *const none[] = {NULL};
    struct harness *h = ratings(none);
    char row[80];
    for (int d = 0; d < 4; d++) {
        snprintf(row, sizeof row, "domain=%s value=0", domains[d]);
        harness_add(h, "judgements[framework=nasss]", row);
    }
    for (int k = 0; k < 4096; k++)
        harness_add(h, cfir, "construct=culture adopter=0 value=1");
    harness_run(h, 1);
    cr_expect_float_eq(harness_best(h, "cfir_unit_helps", 0), 1, 0);
    harness_add(h, cfir, "construct=culture adopter=0 value=1");
    harness_run(h, 1);
    cr_expect(isnan(harness_best(h, "cfir_unit_helps", 0)));
    cr_expect_float_eq(harness_best(h, "openness", 0), 1, 0);
    cr_expect(harness_find(h, "CFIR: more than 4096 ratings"));
    harness_destroy(h);
}
