/*
 * Agreement: published cases, scipy, and brute force over all pairs. Figures marked [sp] are from
 * scipy 1.10.1, kendalltau(x, y).correlation and spearmanr(x, y).correlation on the formula in the
 * case, printed by repr (17 digits).
 */
#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "compare/agreement.h"

#define NONE ((double)NAN)
#define LENGTH(array) (sizeof(array) / sizeof *(array))

static struct agreement measure(const double *x, const double *y, size_t n)
{
    const struct agreement_column a = {.value = x, .better = 1};
    const struct agreement_column b = {.value = y, .better = 1};
    struct agreement agreement = {0};
    cr_assert_eq(agreement_measure(&a, &b, n, &agreement, NULL), 0);
    return agreement;
}

/* The lists of references.json: tau_b_ties_scipy_doc (docstring of kendalltau, R cor),
 * spearman_wikipedia, spearman_ties_midrank (computed; Pearson of dense ranks would be 0.828). */
Test(compare_agreement, published)
{
    static const struct {
        const char *name;
        size_t n;
        double x[10];
        double y[10];
        double tau_b;
        double spearman;
    } cases[] = {
        {"scipy doc",
         5,
         {12, 2, 1, 12, 2},
         {1, 4, 7, 1, 0},
         -0.47140452079103173,
         -0.540738070435875},
        {"wikipedia",
         10,
         {106, 100, 86, 101, 99, 103, 97, 113, 112, 110},
         {7, 27, 2, 50, 28, 29, 20, 12, 6, 17},
         -0.1111111111111111,
         -0.17575757575757575},
        {"mid-ranks",
         6,
         {9, 7, 7, 7, 2, 1},
         {5, 6, 4, 3, 2, 1},
         0.7453559924999299,
         0.819688599970537},
    };
    for (size_t c = 0; c < LENGTH(cases); c++) {
        struct agreement found = measure(cases[c].x, cases[c].y, cases[c].n);
        cr_expect_eq(found.n, cases[c].n);
        cr_expect_eq(found.reason, AGREEMENT_DEFINED);
        cr_expect_float_eq(found.kendall_tau_b, cases[c].tau_b, 1e-14, "%s: %.17g", cases[c].name,
                           found.kendall_tau_b);
        cr_expect_float_eq(found.spearman, cases[c].spearman, 1e-14, "%s: %.17g", cases[c].name,
                           found.spearman);
    }
    struct agreement found = measure(cases[0].x, cases[0].y, 5);
    cr_expect_eq(found.concordant, 2u);
    cr_expect_eq(found.discordant, 6u);
    cr_expect_eq(found.tied_a, 2u, "8 of 10 pairs are untied in x");
    cr_expect_eq(found.tied_b, 1u);
}

/* Case tau_b_constant_input, and less than two common rows. */
Test(compare_agreement, undefined_has_a_reason)
{
    static const struct {
        size_t n;
        double x[4];
        double y[4];
        enum agreement_reason reason;
        const char *text;
    } cases[] = {
        {4, {1, 1, 1, 1}, {1, 2, 3, 4}, AGREEMENT_ZERO_VARIANCE, "zero_variance"},
        {4, {1, 2, 3, 4}, {5, 5, 5, 5}, AGREEMENT_ZERO_VARIANCE, "zero_variance"},
        {2, {0.0, -0.0}, {1, 2}, AGREEMENT_ZERO_VARIANCE, "zero_variance"},
        {0, {0}, {0}, AGREEMENT_N_LT_2, "n_lt_2"},
        {1, {1}, {2}, AGREEMENT_N_LT_2, "n_lt_2"},
        {4, {1, NONE, 3, INFINITY}, {1, 2, NONE, 4}, AGREEMENT_N_LT_2, "n_lt_2"},
    };
    for (size_t c = 0; c < LENGTH(cases); c++) {
        struct agreement found = measure(cases[c].x, cases[c].y, cases[c].n);
        cr_expect_eq(found.reason, cases[c].reason, "case %zu", c);
        cr_expect_str_eq(agreement_reason_text(found.reason), cases[c].text);
        cr_expect(isnan(found.kendall_tau_b) && isnan(found.spearman), "case %zu", c);
    }
    cr_expect_null(agreement_reason_text(AGREEMENT_DEFINED));
    cr_expect_eq(AGREEMENT_MIN, 8);
}

Test(compare_agreement, full_agreement_is_exactly_one)
{
    enum { N = 1000 };
    static double x[N];
    static double y[N];
    for (size_t n = 2; n <= N; n += 37) {
        for (size_t i = 0; i < n; i++) {
            x[i] = (double)((i * 7919) % 61);
            y[i] = -3 * x[i];
        }
        struct agreement same = measure(x, x, n);
        struct agreement turned = measure(x, y, n);
        cr_expect(same.kendall_tau_b == 1 && same.spearman == 1, "n %zu: %.17g %.17g", n,
                  same.kendall_tau_b, same.spearman);
        cr_expect(turned.kendall_tau_b == -1 && turned.spearman == -1, "n %zu", n);
    }
}

/* [sp] i=np.arange(n): x=(i*7919)%1009, y=(i*104729+13)%997%50; y2=x//10+(i*31)%17; and, where
 * 32-bit counts overflow (scipy #18139), n=200000: x=(i*7919)%100, y=((i*104729)%1000003)%77+x//3.
 *  */
Test(compare_agreement, against_scipy)
{
    enum { N = 200000 };
    double *x = malloc(N * sizeof *x);
    double *y = malloc(N * sizeof *y);
    for (size_t i = 0; i < 1000; i++) {
        x[i] = (double)(i * 7919 % 1009);
        y[i] = (double)((i * 104729 + 13) % 997 % 50);
    }
    struct agreement found = measure(x, y, 1000);
    cr_expect_float_eq(found.kendall_tau_b, -0.013334662471766966, 1e-14, "%.17g",
                       found.kendall_tau_b);
    cr_expect_float_eq(found.spearman, -0.01790986250833178, 1e-14, "%.17g", found.spearman);
    for (size_t i = 0; i < 1000; i++)
        y[i] = floor(x[i] / 10) + (double)(i * 31 % 17);
    found = measure(x, y, 1000);
    cr_expect_float_eq(found.kendall_tau_b, 0.8891804181602904, 1e-14, "%.17g",
                       found.kendall_tau_b);
    cr_expect_float_eq(found.spearman, 0.9866092827607091, 1e-14, "%.17g", found.spearman);
    for (size_t i = 0; i < N; i++) {
        x[i] = (double)(i * 7919 % 100);
        y[i] = (double)(i * 104729 % 1000003 % 77 + i * 7919 % 100 / 3);
    }
    found = measure(x, y, N);
    cr_expect_float_eq(found.kendall_tau_b, 0.25999298389543773, 1e-13, "%.17g",
                       found.kendall_tau_b);
    cr_expect_float_eq(found.spearman, 0.3765733609221111, 1e-13, "%.17g", found.spearman);
    free(x);
    free(y);
}

/* All pairs, by the definition, over sizes on both sides of where the sorts change their way. */
Test(compare_agreement, brute_force)
{
    enum { N = 300 };
    double x[N];
    double y[N];
    uint64_t state = 5;
    for (size_t n = 2; n <= N; n = n * 3 / 2 + 1) {
        for (uint32_t levels = 2; levels <= 200; levels *= 10) {
            uint64_t counts[4] = {0};
            for (size_t i = 0; i < n; i++) {
                state = state * 6364136223846793005u + 1442695040888963407u;
                x[i] = (double)(state >> 33) / 2147483648.0 * levels;
                x[i] = floor(x[i]);
                state = state * 6364136223846793005u + 1442695040888963407u;
                y[i] = floor((double)(state >> 33) / 2147483648.0 * levels) + x[i] / 4;
            }
            for (size_t i = 0; i < n; i++) {
                for (size_t j = 0; j < i; j++) {
                    double sign = (x[i] - x[j]) * (y[i] - y[j]);
                    counts[0] += sign > 0;
                    counts[1] += sign < 0;
                    counts[2] += x[i] == x[j];
                    counts[3] += y[i] == y[j];
                }
            }
            struct agreement found = measure(x, y, n);
            cr_expect(found.concordant == counts[0] && found.discordant == counts[1] &&
                          found.tied_a == counts[2] && found.tied_b == counts[3],
                      "n %zu, %u levels", n, levels);
        }
    }
}

/* Lower is better in one of them: the sign turns. Gaps on either side are left out. */
Test(compare_agreement, directions_and_gaps)
{
    static const double x[] = {1, 2, 3, 4, NONE, 9, INFINITY};
    static const double y[] = {10, 20, 40, 30, 99, NONE, 1};
    static const struct {
        int a;
        int b;
        double tau_b;
    } cases[] = {
        {1, 1, 4.0 / 6}, {1, -1, -4.0 / 6}, {-1, 1, -4.0 / 6}, {-1, -1, 4.0 / 6}, {0, 1, 4.0 / 6}};
    for (size_t c = 0; c < LENGTH(cases); c++) {
        const struct agreement_column a = {.value = x, .better = cases[c].a};
        const struct agreement_column b = {.value = y, .better = cases[c].b};
        struct agreement found = {0};
        cr_assert_eq(agreement_measure(&a, &b, LENGTH(x), &found, NULL), 0);
        cr_expect_eq(found.n, 4u);
        cr_expect_float_eq(found.kendall_tau_b, cases[c].tau_b, 1e-15, "case %zu", c);
        cr_expect_float_eq(found.spearman, cases[c].tau_b > 0 ? 0.8 : -0.8, 1e-15, "case %zu", c);
    }
}

/* Either order of the two columns, and any order of the rows, gives the same bits. */
Test(compare_agreement, symmetric_and_blind_to_order)
{
    enum { N = 200 };
    double x[N];
    double y[N];
    double x_turned[N];
    double y_turned[N];
    for (size_t i = 0; i < N; i++) {
        x[i] = (double)(i * 37 % 53);
        y[i] = (double)(i * 91 % 47) + x[i];
    }
    for (size_t i = 0; i < N; i++) {
        x_turned[i] = x[i * 77 % N];
        y_turned[i] = y[i * 77 % N];
    }
    struct agreement one = measure(x, y, N);
    struct agreement two = measure(y, x, N);
    struct agreement three = measure(x_turned, y_turned, N);
    cr_expect_eq(one.kendall_tau_b, two.kendall_tau_b);
    cr_expect_eq(one.spearman, two.spearman);
    cr_expect_eq(one.tied_a, two.tied_b);
    cr_expect_eq(one.kendall_tau_b, three.kendall_tau_b);
    cr_expect_eq(one.spearman, three.spearman, "%.17g %.17g", one.spearman, three.spearman);
}

/* 0.1 + 0.2 and 0.3 are level by an eps of the column. */
Test(compare_agreement, ties_by_eps)
{
    static const double x[] = {0.1 + 0.2, 0.3, 0.5};
    static const double y[] = {1, 2, 3};
    struct agreement_column a = {.value = x, .better = 1};
    const struct agreement_column b = {.value = y, .better = 1};
    struct agreement found = {0};
    cr_assert_eq(agreement_measure(&a, &b, 3, &found, NULL), 0);
    cr_expect_eq(found.discordant, 1u);
    a.eps = 1e-9;
    cr_assert_eq(agreement_measure(&a, &b, 3, &found, NULL), 0);
    cr_expect_eq(found.discordant, 0u);
    cr_expect_eq(found.tied_a, 1u);
}

/* --- Many levels ------------------------------------------------------------------------------ */

/* Enough levels for the merge sort, and few enough for the counting tree: both against every pair looked at. */
Test(compare_agreement, many_levels_and_few_agree_with_every_pair)
{
    enum { MANY = 6000 };
    static double a[MANY], b[MANY];
    for (uint64_t levels = 100; levels <= 1000000; levels *= 100) {
        uint64_t state = 7, concordant = 0, discordant = 0;
        for (size_t i = 0; i < MANY; i++) {
            state = state * 6364136223846793005u + 1442695040888963407u;
            a[i] = (double)((state >> 33) % (levels / 2));
            state = state * 6364136223846793005u + 1442695040888963407u;
            b[i] = (double)((state >> 33) % levels);
        }
        for (size_t i = 0; i < MANY; i++)
            for (size_t j = 0; j < i; j++) {
                int x = (a[i] > a[j]) - (a[i] < a[j]), y = (b[i] > b[j]) - (b[i] < b[j]);
                concordant += x * y > 0;
                discordant += x * y < 0;
            }
        struct agreement found;
        struct agreement_column sides[] = {{a, 1, 0}, {b, 1, 0}};
        cr_assert_eq(agreement_measure(&sides[0], &sides[1], MANY, &found, NULL), 0);
        cr_expect_eq(found.concordant, concordant, "%zu levels", (size_t)levels);
        cr_expect_eq(found.discordant, discordant, "%zu levels", (size_t)levels);
    }
}
