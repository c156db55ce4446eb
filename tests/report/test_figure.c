/* Values as people read them. */
#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "report/figure.h"
#include "report/prose.h"
#include "report/sample.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

Test(report_figure, numbers)
{
    static const struct {
        double x;
        int decimals;
        const char *expected;
    } cases[] = {
        {0.643, 2, "0.64"},
        {0, 2, "0.00"},
        {-0.0, 2, "0.00"},
        {0.001, 2, "<0.01"},
        {-0.001, 2, ">-0.01"},
        {0.006, 2, "0.01"},
        {1250, 0, "1,250"},
        {3200000, 0, "3,200,000"},
        {-1234567.5, 1, "-1,234,567.5"},
        {999, 0, "999"},
        {0.4, 0, "<1"},
        {(double)INFINITY, 2, "no limit"},
    };
    struct texts texts = {0};
    for (size_t k = 0; k < COUNT(cases); k++)
        cr_expect_str_eq(figure_number(&texts, cases[k].x, cases[k].decimals), cases[k].expected);
    arena_finish(&texts.arena);
}

/* A column of three values, with its declared limits. */
static int decimals_of(double min, double max, const double values[3])
{
    static const uint64_t rows[] = {0, 1, 2};
    struct uptake_write write = {.min = min, .max = max};
    struct result_column column = {.write = &write, .values = (double *)(uintptr_t)values};
    return figure_decimals(&column, rows, 3);
}

Test(report_figure, no_more_digits_than_the_range_supports)
{
    const double no_limit = (double)INFINITY, none = (double)NAN;
    const struct {
        const char *name;
        double min, max, values[3];
        int expected;
    } cases[] = {
        {"0 to 1", 0, 1, {0.5, 0.25, 1}, 2},
        {"0 to 1, all whole", 0, 1, {0, 1, 1}, 2},
        {"-1 to 1", -1, 1, {0.5, -0.25, 0}, 2},
        {"-2 to 2", -2, 2, {0.5, -1, 0}, 1},
        {"0 to 100", 0, 100, {50.5, 2, 3}, 0},
        {"whole numbers", 0, 7, {2, 3, 4}, 0},
        {"no limit, thousands", 0, no_limit, {1250.5, 3, 4}, 0},
        {"no limit, small", 0, no_limit, {0.034, 0.01, 0}, 3},
        {"a scale that says nothing", 0, 1e9, {0.5, 0.25, 0}, 2},
        {"nothing there", 0, 1, {none, none, none}, 2},
    };
    for (size_t k = 0; k < COUNT(cases); k++)
        cr_expect_eq(decimals_of(cases[k].min, cases[k].max, cases[k].values), cases[k].expected,
                     "%s", cases[k].name);
}

/* One value of an innovation, with its bounds and unit. */
static const char *value_of(struct texts *texts, double x, double low, double high,
                            const char *unit)
{
    static const uint8_t states[] = {RESULT_OK};
    struct uptake_write write = {.type = UPTAKE_NUMBER, .entity = "", .unit = unit};
    struct result_column column = {.write = &write, .values = &x, .low = &low, .high = &high};
    struct result_plugin plugin = {.states = states};
    return figure_value(texts, &plugin, &column, 0, 2);
}

Test(report_figure, ranges_units_and_what_is_missing)
{
    const double no_limit = (double)INFINITY;
    const double unknown = uptake_missing_number(UPTAKE_UNKNOWN);
    const struct {
        double x, low, high;
        const char *unit, *expected;
    } cases[] = {
        {0.64, 0.36, 0.79, "", "0.64 [0.36, 0.79]"},
        {0.5, 0.5, 0.5, "", "0.50"},
        {0.5, 0.4, 0.6, "share", "0.50 [0.40, 0.60]"},
        {4, 3, 5, "hours_per_week", "4.00 [3.00, 5.00] hours per week"},
        {160, 160, no_limit, "", "160.00 or more"},
        {9, -no_limit, 9, "", "9.00 or less"},
        {160, 120, no_limit, "", "160.00 [120.00, no limit]"},
        {unknown, 0.2, 0.8, "", "unknown [0.20, 0.80]"},
        {unknown, unknown, unknown, "hours", "unknown"},
        {uptake_missing_number(UPTAKE_LEFT_OUT), unknown, unknown, "", "–"},
        {uptake_missing_number(UPTAKE_NOT_APPLICABLE), unknown, unknown, "", "n/a"},
        {uptake_missing_number(UPTAKE_NONE), unknown, unknown, "", "none"},
    };
    struct texts texts = {0};
    for (size_t k = 0; k < COUNT(cases); k++)
        cr_expect_str_eq(value_of(&texts, cases[k].x, cases[k].low, cases[k].high, cases[k].unit),
                         cases[k].expected);
    arena_finish(&texts.arena);
}

/* --- Wrapping ---------------------------------------------------------------------------------- */

Test(report_prose, wraps_at_the_width)
{
    static const struct {
        const char *name, *text, *expected;
        size_t width, indent;
    } cases[] = {
        {"fits", "one two", "one two\n", 10, 0},
        {"breaks", "one two three", "one two\nthree\n", 8, 0},
        {"indents", "one two three", "  one\n  two\n  three\n", 8, 2},
        {"accents are one column", "éé éé", "éé éé\n", 5, 0},
        {"blanks fold", "  a \n b  ", "a b\n", 20, 0},
        {"a long word is cut", "abcdefghijkl", "abcdefghij\nkl\n", 10, 0},
        {"controls", "a\033[31m\a b", "a?[31m? b\n", 10, 0},
        {"nothing", "", "\n", 10, 0},
    };
    static struct report_out out;
    for (size_t k = 0; k < COUNT(cases); k++) {
        struct report_style style = {.width = cases[k].width};
        sample_out(&out);
        prose_line(&out, &style, cases[k].indent, cases[k].text);
        char *text = sample_text(&out);
        cr_expect_str_eq(text, cases[k].expected, "%s", cases[k].name);
        free(text);
    }
}
