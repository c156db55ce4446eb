/* The readable table: its exact text for a small result, its width, and that not knowing is never a number. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "report/sample.h"

static struct report_out out;

static char *run_text(const struct result *result, size_t width, bool colour)
{
    struct report_style style = {.width = width, .colour = colour};
    struct uptake_error error = {0};
    sample_out(&out);
    cr_assert_eq(report_table(result, &style, &out, &error), 0);
    return sample_text(&out);
}

static const char expected[] =
    "Three that spread\n"
    "All three were chosen because they spread: nothing here predicts spread.\n"
    "\n"
    "As of 2018-01-24; 2 rows that begin later were left out.\n"
    "2 of 3 rows of ratings and support are one reader's desk reading, not a published rating.\n"
    "1 row was read later than the time it speaks of, with hindsight.\n"
    "No single order holds. No innovation has one certain rank.\n"
    "Not assessed: support for 2 of 3 (iapt, raid).\n"
    "Not known: 1 finding names something that nobody knows yet.\n"
    "support (adopter-support 0.2.0) failed on 1 of 3 innovations.\n"
    "\n"
    "            barriers           support            rank        rank          support\n"
    "Innovation  openness           coverage           balanced    weakest-link  weakest\n"
    "dafne       0.64 [0.36, 0.79]  0.70 [0.29, 1.00]  1–2         1–2           time\n"
    "iapt        0.54 [0.46, 0.61]  not assessed       1–2         1–2           not assessed\n"
    "raid        0.12               failed             not ranked  not ranked    failed\n"
    "\n"
    "  barriers.openness: 1 is simple throughout, 0 complex throughout; higher is better.\n"
    "  support.coverage: share of what adopters need that they get; higher is better.\n"
    "  support.weakest_resource: what is shortest.\n"
    "  rank: the best and the worst place that is possible, given what is not known. Rows stand in "
    "the\n"
    "  order of balanced: by the worse end of its score, so that not knowing never wins.\n"
    "\n"
    "What stands in the way, what helps, and what is not known\n"
    "\n"
    "All innovations together\n"
    "  risks    support: skills are short everywhere\n"
    "\n"
    "Dose Adjustment for Normal Eating (dafne)\n"
    "  weakest  support: time\n"
    "  blocks   support: time is 4 hours a week short\n"
    "             because: Educators are paid for half of the week, they said. (one reader's desk\n"
    "             reading)\n"
    "  risks    support: money covers 60 %\n"
    "             because: A grant pays for 3,000 of 5,000. (one reader's desk reading)\n"
    "  helps    barriers: condition is simple\n"
    "\n"
    "Improving Access to Psychological Therapies (iapt)\n"
    "  unknown  barriers: technology is not rated\n"
    "\n"
    "What could not be assessed, and why\n"
    "  support, iapt: skipped: no support rows\n"
    "  support, raid: failed: SIGSEGV\n"
    "\n"
    "How the orders were made\n"
    "  balanced: method weighted-sum, normalised declared, missing values: bounds.\n"
    "    weights were divided by their sum, 3\n"
    "  weakest-link: method minimum, normalised declared, missing values: bounds.\n"
    "\n"
    "Set by this spec, not a plugin's default\n"
    "  barriers (spread-barriers): floor: 0.4\n"
    "\n"
    "Do the orders go together?\n"
    "  measures                             innovations  Kendall's tau-b  Spearman's rho\n"
    "  barriers.openness, support.coverage            1                –               –\n"
    "  –: no coefficient under 8 common innovations\n"
    "\n"
    "Part of this rests on desk reading, not on a published rating.\n";

Test(report_table, whole)
{
    char *text = run_text(sample_result(), 100, false);
    cr_expect_str_eq(text, expected, "\n%s", text);
    free(text);
}

/* No line is wider than the terminal, but for a word or a column that is so by itself. */
Test(report_table, keeps_the_width)
{
    static const size_t widths[] = {60, 72, 80, 100, 132, 200};
    for (size_t k = 0; k < sizeof widths / sizeof *widths; k++) {
        char *text = run_text(sample_result(), widths[k], false);
        for (char *rest = text, *line; (line = strsep(&rest, "\n"));)
            cr_expect_leq(text_width(line, strlen(line)), widths[k], "at %zu: %s", widths[k], line);
        free(text);
    }
}

/* Nothing is left out for want of room: it stands in a block of its own. */
Test(report_table, narrow_tables_lose_nothing)
{
    char *text = run_text(sample_result(), 60, false);
    cr_expect_not_null(strstr(text, "weakest-link"));
    cr_expect_not_null(strstr(text, "0.70 [0.29, 1.00]"));
    char *again = strstr(text, "\nInnovation");
    cr_assert_not_null(again);
    cr_expect_not_null(strstr(again + 1, "\nInnovation"));
    free(text);
}

Test(report_table, wide_tables_have_names)
{
    char *text = run_text(sample_result(), 160, false);
    cr_expect_not_null(strstr(text, "\nImproving Access to Psychological Therapies  0.54"));
    free(text);
}

Test(report_table, no_line_ends_in_a_blank)
{
    char *text = run_text(sample_result(), 80, false);
    cr_expect_null(strstr(text, " \n"));
    free(text);
}

Test(report_table, colours_only_where_asked_for)
{
    char *plain = run_text(sample_result(), 100, false),
         *coloured = run_text(sample_result(), 100, true);
    cr_expect_null(strchr(plain, '\033'));
    cr_expect_not_null(strchr(coloured, '\033'));
    free(plain);
    free(coloured);
}

Test(report_table, one_order)
{
    struct result *result = sample_result();
    for (size_t m = 0; m < 2; m++)
        for (size_t i = 0; i < 2; i++) {
            struct result_merged *merged = &result->merges[m];
            merged->score_low[i] = merged->score_high[i] = merged->score[i];
            merged->rank_low[i] = merged->rank_high[i] = merged->rank[i];
        }
    char *text = run_text(result, 100, false);
    cr_expect_not_null(
        strstr(text, "One order holds in both merges for the 2 ranked innovations.\n"));
    free(text);
}

/* Ids stand bytewise; nothing is said of ranks. */
Test(report_table, no_merge_no_order)
{
    struct result *result = sample_result();
    result->n_merges = 0;
    char *text = run_text(result, 100, false);
    cr_expect_not_null(
        strstr(text, "Nothing is merged, so there is no order: rows stand by id.\n"));
    const char *dafne = strstr(text, "\nDose Adjustment"), *iapt = strstr(text, "\nImproving"),
               *raid = strstr(text, "\nRapid");
    cr_assert(dafne && iapt && raid);
    cr_expect(dafne < iapt && iapt < raid);
    cr_expect_null(strstr(text, "rank"));
    free(text);
}

Test(report_table, one_reader_for_all_is_said_once)
{
    struct result *result = sample_result();
    struct model model = *result->model;
    model.desk_rows = model.basis_rows = 3;
    result->model = &model;
    char *text = run_text(result, 100, false);
    cr_expect_not_null(strstr(
        text, "\nEvery finding and every reason below rests on one reader's desk reading.\n"));
    cr_expect_null(strstr(text, "(one reader"));
    free(text);
}

Test(report_table, published_ratings_need_no_caveat)
{
    struct result *result = sample_result();
    struct model model = *result->model;
    struct model_table tables[2] = {model.tables[0], model.tables[1]};
    model.desk_rows = 0;
    tables[1].basis = (const uint8_t[]){0, 0, 0};
    model.tables = tables;
    result->model = &model;
    char *text = run_text(result, 100, false);
    cr_expect_null(strstr(text, "desk"));
    free(text);
}

Test(report_table, many_innovations)
{
    char *text = run_text(sample_large(100), 100, false);
    cr_expect_not_null(strstr(text, "\nm99 "));
    cr_expect_not_null(strstr(text, "\nm70 "));
    cr_expect_null(strstr(text, "\nm69 "));
    cr_expect_not_null(
        strstr(text, "\n... and 70 more; --format csv or --format json gives all 100.\n"));
    free(text);
}
