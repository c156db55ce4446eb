/* Conditions over figures: precedence, what decides, and where what is wrong stands. */
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "compare/expression.h"

TestSuite(expression, .timeout = 60);

static const struct expression_name names[] = {
    {"tau_b", ""}, {"rank_moves", ""}, {"added", ""}, {"rbo", ""}};
static const struct result_figure figures[] = {
    {"tau_b", 0.8, NULL}, {"rank_moves", 3, NULL}, {"added", 0, NULL}, {"rbo", NAN, "no_values"}};
enum { COUNT = 4 };

static const struct {
    const char *text;
    bool holds;
} conditions[] = {
    {"tau_b < 0.9", true},
    {"tau_b<0.8", false},
    {"tau_b <= 0.8", true},
    {"0.8 == tau_b", true},
    {"tau_b != 0.8", false},
    {"rank_moves >= 3", true},
    {"rank_moves > 3", false},
    {"added > -1", true},
    {"added == 1e-3", false},
    /* not before and before or: each differs under another precedence. */
    {"tau_b < 0.9 or added > 0 and rank_moves > 9", true},
    {"(tau_b < 0.9 or added > 0) and rank_moves > 9", false},
    {"not added > 0 and rank_moves > 9", false},
    {"not (added > 0 and rank_moves > 9)", true},
    {"not tau_b < 0.9 or rank_moves > 2", true},
    {"not not tau_b < 0.9", true},
    {"((((tau_b > 1))))", false},
    {"\ttau_b  >\n0.5 ", true},
    /* What does not decide may be undefined. */
    {"tau_b < 0.9 or rbo < 0.5", true},
    {"tau_b > 0.9 and rbo < 0.5", false},
};

Test(expression, holds)
{
    for (size_t k = 0; k < sizeof conditions / sizeof *conditions; k++) {
        struct uptake_error error = {0};
        bool holds = !conditions[k].holds;
        cr_expect(expression_check(conditions[k].text, names, COUNT, &error) == 0, "%s: %s",
                  conditions[k].text, error.text[0]);
        cr_expect(expression_holds(conditions[k].text, names, figures, COUNT, &holds, &error) == 0,
                  "%s: %s", conditions[k].text, error.text[0]);
        cr_expect(holds == conditions[k].holds, "%s", conditions[k].text);
    }
}

static const struct {
    const char *text, *message;
} wrong[] = {
    {"", "--fail-if:1: it ends where a figure or a number is expected"},
    {"tau_b", "--fail-if:6: it ends where <, <=, >, >=, == or != is expected"},
    {"tau_b = 1", "--fail-if:7: found '=', expected <, <=, >, >=, == or !="},
    {"tau_c < 1", "--fail-if:1: there is no figure 'tau_c'; did you mean 'tau_b'?"},
    {"tau_b < 1 or rank_move > 2",
     "--fail-if:14: there is no figure 'rank_move'; did you mean 'rank_moves'?"},
    {"tau_b < 1 rank_moves > 2", "--fail-if:11: found 'rank_moves', expected 'and', 'or', or the"},
    {"(tau_b < 1", "--fail-if:11: it ends where ')' is expected"},
    {"tau_b < 1)", "--fail-if:10: found ')', expected 'and', 'or', or the end"},
    {"tau_b < 1.", "--fail-if:9: found '1.', expected a number"},
    {"tau_b < 0x10", "--fail-if:10: found 'x10', expected 'and', 'or'"},
    {"tau_b < 1 < 2", "--fail-if:11: found '<'"},
    {"tau_b < \x01", "--fail-if:9: found '?'"},
    {"tau_b < -", "--fail-if:9: found '-', expected a number"},
};

Test(expression, says_where_it_is_wrong)
{
    for (size_t k = 0; k < sizeof wrong / sizeof *wrong; k++) {
        struct uptake_error error = {0};
        cr_expect(expression_check(wrong[k].text, names, COUNT, &error) == -1, "%s", wrong[k].text);
        cr_expect(error.count == 1 && error.exit_code == EXIT_INPUT, "%s", wrong[k].text);
        cr_expect(strncmp(error.text[0], wrong[k].message, strlen(wrong[k].message)) == 0, "%s: %s",
                  wrong[k].text, error.text[0]);
    }
}

Test(expression, an_undefined_figure_that_decides_is_an_error)
{
    static const char *const texts[] = {"rbo < 0.5", "tau_b > 0.9 or rbo > 0", "not rbo == 1"};
    for (size_t k = 0; k < sizeof texts / sizeof *texts; k++) {
        struct uptake_error error = {0};
        bool holds;
        cr_expect(expression_holds(texts[k], names, figures, COUNT, &holds, &error) == -1);
        cr_expect_str_eq(error.text[0], "--fail-if: rbo cannot be told of these runs (no_values)");
    }
}

Test(expression, depth_has_an_end)
{
    static char text[20000];
    struct uptake_error error = {0};
    memset(text, '(', sizeof text - 1);
    cr_expect(expression_check(text, names, COUNT, &error) == -1 && error.count == 1);
    for (size_t k = 0; k + 4 < sizeof text; k += 4)
        memcpy(text + k, "not ", 4);
    text[sizeof text - 1] = 0;
    error = (struct uptake_error){0};
    cr_expect(expression_check(text, names, COUNT, &error) == -1 && error.count == 1);
}
