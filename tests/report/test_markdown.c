/*
 * Markdown: text stays text, blocks part from each other, tables are pipe tables. What the escaped lines read as was
 * compared with pandoc 2.17 (-f gfm and -f commonmark, -t plain): each reads as the text that went in.
 */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "report/markdown.h"
#include "report/prose.h"
#include "report/sample.h"
#include "report/sheet.h"

static struct report_out out;

static const struct {
    const char *text, *expected;
    enum markdown_place place;
} escapes[] = {
    {"0.64 [0.36, 0.79]", "0.64 [0.36, 0.79]", MARKDOWN_START},
    {"hours_per_week", "hours_per_week", MARKDOWN_START},
    {"_low_ and *high*", "\\_low\\_ and \\*high\\*", MARKDOWN_START},
    {"a | b", "a \\| b", MARKDOWN_CELL},
    {"<script>x</script>", "\\<script>x\\</script>", MARKDOWN_START},
    {"<0.01", "\\<0.01", MARKDOWN_START},
    {"see [here](http://x)", "see [here\\](http://x)", MARKDOWN_START},
    {"[a]: b", "[a\\]: b", MARKDOWN_START},
    {"AT&T & R&D; &lt; &#35;", "AT\\&T & R\\&D; \\&lt; \\&#35;", MARKDOWN_START},
    {"`code_*|` and a ` alone", "`code_*\\|` and a \\` alone", MARKDOWN_CELL},
    {"`code_*|` and a ` alone", "`code_*|` and a \\` alone", MARKDOWN_START},
    {"back\\slash ~struck~", "back\\\\slash \\~struck\\~", MARKDOWN_START},
    {"# no heading", "\\# no heading", MARKDOWN_START},
    {"1. label", "1. label", MARKDOWN_INLINE},
    {"1. no list", "1\\. no list", MARKDOWN_START},
    {"12) no list", "12\\) no list", MARKDOWN_START},
    {"1.5 hours", "1.5 hours", MARKDOWN_START},
    {"- no list", "\\- no list", MARKDOWN_START},
    {"> no quotation", "\\> no quotation", MARKDOWN_START},
    {"  two\n\n lines\t", "two lines", MARKDOWN_START},
    {"é\u2013ö_x_", "é\u2013ö_x\\_", MARKDOWN_START},
    {"a\033[31mb\177c\302\205d\u00a0", "a?[31mb?c?d\u00a0", MARKDOWN_START},
    {"`a\033[31mb\302\205c`", "`a?[31mb?c`", MARKDOWN_CELL},
    {"", "", MARKDOWN_START},
};

Test(markdown, escapes)
{
    for (size_t k = 0; k < sizeof escapes / sizeof *escapes; k++) {
        sample_out(&out);
        markdown_text(&out, escapes[k].text, escapes[k].place);
        char *text = sample_text(&out);
        cr_expect_str_eq(text, escapes[k].expected, "'%s': '%s'", escapes[k].text, text);
        free(text);
    }
}

Test(markdown, blocks)
{
    static const struct sheet_column columns[] = {
        {.above = "", .heading = "name"},
        {.above = "rank", .heading = "a|b", .right = true},
        {.above = "", .heading = "best", .strong = true},
    };
    static const char *const cells[] = {"x | y", "1", "2", "z", "3", ""};
    const struct sheet sheet = {columns, 3, cells, 2, 4};
    const struct report_style *style = &report_markdown;
    sample_out(&out);
    prose_title(&out, style, "Title");
    prose_line(&out, style, 0, "One.");
    prose_gap(&out, style);
    prose_line(&out, style, 0, "Two.");
    prose_heading(&out, style, "Part");
    prose_line(&out, style, 2, "item");
    prose_item(&out, style, (struct prose_label){"risks", TONE_BAD, 2, 11}, "- text");
    prose_line(&out, style, 13, "because");
    prose_item(&out, style, (struct prose_label){"alone", TONE_BAD, 2, 11}, "");
    sheet_print(&out, style, &sheet);
    prose_subheading(&out, style, "Sub");
    prose_code(&out, style, "yaml", "a: *b\n  c: d\n");
    prose_line(&out, style, 0, "End.");
    char *text = sample_text(&out);
    cr_expect_str_eq(text,
                     "# Title\n\nOne.\n\nTwo.\n\n## Part\n\n- item\n- **risks** - text\n"
                     "  - because\n- **alone**\n\n"
                     "| name | rank a\\|b | best |\n|---|---:|---|\n"
                     "| x \\| y | 1 | **2** |\n| z | 3 |  |\n\n"
                     "### Sub\n\n```yaml\na: *b\n  c: d\n```\n\nEnd.\n",
                     "\n%s", text);
    free(text);
}

/* What must leave with the numbers does; nothing is wrapped, cut, coloured, or left to the terminal's form. */
Test(markdown, a_run)
{
    struct uptake_error error = {0};
    sample_out(&out);
    cr_assert_eq(report_table(sample_result(), &report_markdown, &out, &error), 0);
    char *text = sample_text(&out);
    static const char *const wanted[] = {
        "# Three that spread\n\nAll three were chosen",
        "\n\n2 of 3 rows of ratings and support are one reader's desk reading, not a published "
        "rating.\n\n",
        "\n| Innovation | barriers openness | support coverage | rank balanced |",
        "\n| Improving Access to Psychological Therapies | 0.54 [0.46, 0.61] | not assessed | "
        "**1–2** |",
        "\n\n## What stands in the way, what helps, and what is not known\n\n",
        "\n### Dose Adjustment for Normal Eating (dafne)\n\n- **weakest** support: time\n"
        "- **blocks** support: time is 4 hours a week short\n"
        "  - because: Educators are paid for half of the week, they said. (one reader's desk "
        "reading)\n",
        "|---|---:|---:|---:|\n| barriers.openness, support.coverage | 1 | – | – |\n",
        "\n\nPart of this rests on desk reading, not on a published rating.\n",
    };
    for (size_t k = 0; k < sizeof wanted / sizeof *wanted; k++)
        cr_expect_not_null(strstr(text, wanted[k]), "lacks '%s' in\n%s", wanted[k], text);
    cr_expect_null(strstr(text, "\n\n\n"));
    cr_expect_null(strchr(text, '\033'));
    cr_expect_null(strstr(text, " \n"));
    free(text);
}
