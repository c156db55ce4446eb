/* CSV: quoting, the one table, and the folder that is there whole or not at all. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "report/csv.h"
#include "report/sample.h"

static struct report_out out;

Test(report_csv, cells)
{
    static const struct {
        const char *text, *expected;
    } cases[] = {
        {"plain", "plain"},
        {"a,b", "\"a,b\""},
        {"say \"yes\"", "\"say \"\"yes\"\"\""},
        {"two\nlines", "\"two\nlines\""},
        {"a\rb", "\"a\rb\""},
        {" blank first", "\" blank first\""},
        {"£3 – café", "£3 – café"},
        {"=1+1", "'=1+1"}, /* what a spreadsheet would run; the list is OWASP's */
        {"+44 20", "'+44 20"},
        {"-", "'-"},
        {"@SUM(A1)", "'@SUM(A1)"},
        {"\tx", "'\tx"},
        {"\rx", "\"'\rx\""},
        {"=HYPERLINK(\"http://x\", \"y\")", "\"'=HYPERLINK(\"\"http://x\"\", \"\"y\"\")\""},
        {"a=b", "a=b"},
        {"– none", "– none"},
        {"", ""},
        {NULL, ""},
    };
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        sample_out(&out);
        csv_text(&(struct csv){.out = &out}, cases[k].text);
        char *text = sample_text(&out);
        cr_expect_str_eq(text, cases[k].expected);
        free(text);
    }
}

Test(report_csv, what_is_no_number_is_empty)
{
    struct csv csv = {.out = &out};
    sample_out(&out);
    csv_number(&csv, 0);
    csv_number(&csv, -2.5);
    csv_number(&csv, (double)NAN);
    csv_number(&csv, (double)INFINITY);
    csv_empty(&csv);
    csv_count(&csv, 3);
    csv_line(&csv);
    char *text = sample_text(&out);
    cr_expect_str_eq(text, "0,-2.5,,,,3\n");
    free(text);
}

/* --- The one table ----------------------------------------------------------------------------- */

static char *run_text(const struct result *result)
{
    struct uptake_error error = {0};
    sample_out(&out);
    cr_assert_eq(report_csv(result, &out, &error), 0);
    return sample_text(&out);
}

/* The end of a merge's line. */
#define CAVEAT ",\"rests in part on one reader's desk reading, not a published rating\"\n"

Test(report_csv, one_table)
{
    static const char *const lines[] = {
        "innovation,measure,value,low,high,unit,basis_rows,desk_reading,hindsight,without_evidence,"
        "status,caveat\n",
        "\niapt,support.coverage,,,,,0,0,0,0,skipped: no support rows,\n",
        "\ndafne,barriers.profile,\"simple, \"\"mostly\"\"\",,,,0,0,0,0,ok,\n",
        "\ndafne,support.coverage,0.7,0.2875,1,,2,2,1,0,ok,\"2 of 2 rows: one reader's desk "
        "reading, not a "
        "published rating\"\n",
        "\ndafne,support.weakest_resource,time,,,,2,2,1,0,ok,",
        "\ndafne,merge:balanced.score,0.65,0.35,0.85,,,,,,ok" CAVEAT,
        "\ndafne,merge:balanced.rank,1,1,2,,,,,,ok" CAVEAT,
        "\nraid,support.coverage,,,,,1,0,0,0,failed: SIGSEGV,\n",
        "\nraid,merge:balanced.rank,,,,,,,,,no value" CAVEAT,
    };
    char *text = run_text(sample_result());
    cr_expect_eq(strstr(text, lines[0]), text);
    for (size_t k = 1; k < sizeof lines / sizeof *lines; k++)
        cr_expect_not_null(strstr(text, lines[k]), "missing: %s", lines[k]);
    free(text);
}

/* Outside quotes every line has the header's commas. */
Test(report_csv, every_line_has_the_same_cells)
{
    char *text = run_text(sample_result());
    size_t commas = 0;
    bool quoted = false;
    for (const char *c = text; *c; c++) {
        quoted ^= *c == '"';
        commas += !quoted && *c == ',';
        if (!quoted && *c == '\n') {
            cr_expect_eq(commas, 11);
            commas = 0;
        }
    }
    cr_expect_not(quoted);
    free(text);
}

/* --- The folder -------------------------------------------------------------------------------- */

static char folder[64];

static void enter(void)
{
    strcpy(folder, "/tmp/report-csv-XXXXXX");
    cr_assert_not_null(mkdtemp(folder));
    cr_assert_eq(chdir(folder), 0);
}

static void leave(void)
{
    char command[192];
    cr_assert_eq(chdir("/"), 0);
    snprintf(command, sizeof command, "chmod -R u+w %s; rm -rf %s", folder, folder);
    cr_assert_eq(system(command), 0);
}

static void expect_file(const char *path, const char *expected)
{
    static char text[8192];
    FILE *file = fopen(path, "r");
    cr_assert_not_null(file, "%s is missing", path);
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    cr_expect_str_eq(text, expected, "%s:\n%s", path, text);
}

Test(report_csv, folder, .init = enter, .fini = leave)
{
    struct uptake_error error = {0};
    cr_assert_eq(report_csv_folder(sample_result(), "tables", &error), 0, "%s", error.text[0]);
    expect_file("tables/merged.csv",
                "innovation,merge,score,score_low,score_high,rank,rank_low,"
                "rank_high,coverage,caveat\n"
                "iapt,balanced,0.5,0.3,0.7,2,1,2,0.5" CAVEAT
                "iapt,weakest-link,0.5,0.3,0.7,2,1,2,0.5" CAVEAT
                "dafne,balanced,0.65,0.35,0.85,1,1,2,1" CAVEAT
                "dafne,weakest-link,0.65,0.35,0.85,1,1,2,1" CAVEAT "raid,balanced,,,,,,,0.25" CAVEAT
                "raid,weakest-link,,,,,,,0.25" CAVEAT);
    expect_file("tables/sources.csv", "innovation,source,type,year,citation,url,entity,row\n");
    expect_file(
        "tables/findings.csv",
        "innovation,plugin,level,text,entity,row,because,caveat\n"
        "iapt,barriers,unknown,technology is not rated,,,,\n"
        "dafne,barriers,helps,condition is simple,,,,\n"
        "dafne,support,risks,money covers 60 %,support[],1,\"A grant pays for 3,000 of 5,000.\","
        "\"one reader's desk reading, not a published rating\"\n"
        "dafne,support,blocks,time is 4 hours a week short,support[],0,\"Educators are paid for "
        "half "
        "of the week, they said.\",\"one reader's desk reading, not a published rating\"\n"
        ",support,risks,skills are short everywhere,,,,\n");
    expect_file("tables/status.csv", "innovation,plugin,id,version,status,reason\n"
                                     "iapt,barriers,spread-barriers,1.0.0,ok,\n"
                                     "dafne,barriers,spread-barriers,1.0.0,ok,\n"
                                     "raid,barriers,spread-barriers,1.0.0,ok,\n"
                                     "iapt,support,adopter-support,0.2.0,skipped,no support rows\n"
                                     "dafne,support,adopter-support,0.2.0,ok,\n"
                                     "raid,support,adopter-support,0.2.0,failed,SIGSEGV\n");
    expect_file("tables/agreement.csv", "a,b,n,kendall_tau_b,spearman,reason\n"
                                        "barriers.openness,support.coverage,1,,,n_lt_8\n");
    expect_file(
        "tables/table-support.csv",
        "innovation,row,support.gap,support.gap.low,support.gap.high,caveat\n"
        "dafne,0,4,3,,\"one reader's desk reading, not a published rating\"\n"
        "dafne,1,2000.5,2000.5,2000.5,\"one reader's desk reading, not a published rating\"\n"
        "raid,0,0,0,0,\n");
    expect_file("tables/table-portfolio.csv", "innovation,row,support.median,caveat\n,0,0.7,\n");
    cr_expect_eq(access("tables/measures.csv", R_OK), 0);
    cr_expect_eq(access("tables/run.csv", R_OK), 0);
}

Test(report_csv, a_folder_that_cannot_be_written, .init = enter, .fini = leave)
{
    struct uptake_error error = {0};
    cr_expect_eq(report_csv_folder(sample_result(), "no/such", &error), -1);
    cr_expect_str_eq(error.text[0], "cannot make the folder no/such: No such file or directory");
    cr_expect_eq(access("no", F_OK), -1);
}

/* The last file cannot be made: the first ones must not stay. */
Test(report_csv, half_a_folder_is_none, .init = enter, .fini = leave)
{
    struct uptake_error error = {0};
    cr_assert_eq(mkdir("tables", 0777), 0);
    cr_assert_eq(mkdir("tables/table-portfolio.csv", 0777), 0);
    cr_expect_eq(report_csv_folder(sample_result(), "tables", &error), -1);
    cr_expect_eq(access("tables/run.csv", F_OK), -1);
    cr_expect_eq(access("tables/measures.csv", F_OK), -1);
}
