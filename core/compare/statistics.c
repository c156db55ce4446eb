/* The rows of the statistics: see statistics.h. */
#include "compare/statistics.h"

#include <string.h>

#include "compare/orders.h"
#include "compare/overlap.h"
#include "compare/values.h"

static const struct statistic rows[] = {
    {.name = "kendall_tau_b",
     .flags = STATISTIC_USUAL,
     .heading = "Kendall's tau-b",
     .doc = "how far two orders go together: 1 the same order, 0 no more than chance, -1 the "
            "reverse; corrected for "
            "ties",
     .needs = "two common innovations, neither side all equal",
     .source = "Kendall, M. G. (1945), The treatment of ties in ranking problems, Biometrika "
               "33(3); counted as in "
               "Knight, W. R. (1966), JASA 61",
     .pair = orders_tau_b},
    {.name = "spearman",
     .flags = STATISTIC_USUAL,
     .heading = "Spearman's rho",
     .doc = "Pearson's correlation of the mid-ranks",
     .needs = "two common innovations, neither side all equal",
     .source = "Spearman, C. (1904), The proof and measurement of association between two things, "
               "American Journal of "
               "Psychology 15",
     .pair = orders_spearman},
    {.name = "gamma",
     .flags = STATISTIC_USUAL,
     .heading = "gamma",
     .doc = "(P - D)/(P + D): as tau, but pairs that tie are left out",
     .needs = "a pair of innovations that ties in neither side",
     .source = "Goodman, L. A. and Kruskal, W. H. (1954), Measures of association for cross "
               "classifications, JASA 49",
     .pair = orders_gamma},
    {.name = "somers_d",
     .heading = "Somers' D of b",
     .shown = "somers_d.b_given_a",
     .doc = "(P - D)/pairs that do not tie in the side that is given: how well one order foretells "
            "the other",
     .needs = "the side that is given not all equal",
     .source = "Somers, R. H. (1962), A new asymmetric measure of association for ordinal "
               "variables, American "
               "Sociological Review 27",
     .pair = orders_somers_d},
    {.name = "top_k_overlap",
     .flags = STATISTIC_USUAL,
     .heading = "top-k overlap",
     .doc = "share of the first k places (`top_k`) that both lists fill with the same innovations; "
            "a tied group "
            "counts whole",
     .needs = "a value on each side",
     .source = "Corsi, M. and Urbano, J. (2024), The treatment of ties in rank-biased overlap, "
               "SIGIR (agreement at "
               "depth k, variant w)",
     .pair = overlap_top_k},
    {.name = "kemeny_distance",
     .flags = STATISTIC_USUAL | STATISTIC_COUNT,
     .heading = "Kemeny distance",
     .doc = "2 for each pair of innovations that is turned round, 1 for each that ties in one side "
            "only; normalised: "
            "divided by n(n - 1), 0 the same order, 1 the reverse",
     .needs = "two common innovations",
     .source = "Kemeny, J. G. (1959), Mathematics without numbers, Daedalus 88(4)",
     .pair = orders_kemeny},
    {.name = "frobenius_distance",
     .heading = "Frobenius distance",
     .doc = "the root of the summed squares of the differences between the two sign matrices",
     .needs = "two common innovations",
     .source = "Dezert, J. et al. (2024), Frobenius distance between rankings with ties",
     .pair = orders_frobenius},
    {.name = "bland_altman",
     .flags = STATISTIC_USUAL | STATISTIC_VALUES,
     .heading = "mean difference",
     .shown = "bland_altman.bias",
     .doc = "the mean difference a - b, its standard deviation, and limits that hold about 95% of "
            "the differences "
            "(bias -/+ z sd, z = 1.96)",
     .needs = "two common innovations; both sides in one unit",
     .source = "Bland, J. M. and Altman, D. G. (1986), Statistical methods for assessing agreement "
               "between two "
               "methods of clinical measurement, Lancet 327",
     .pair = values_bland_altman},
    {.name = "ccc",
     .flags = STATISTIC_USUAL | STATISTIC_VALUES,
     .heading = "Lin's CCC",
     .doc = "concordance correlation: how close the values lie to being equal, 1 where all are",
     .needs = "two common innovations that are not all equal; both sides in one unit",
     .source = "Lin, L. I. (1989), A concordance correlation coefficient to evaluate "
               "reproducibility, Biometrics 45",
     .pair = values_ccc},
    {.name = "rmse",
     .flags = STATISTIC_USUAL | STATISTIC_VALUES,
     .heading = "RMSE",
     .doc = "root of the mean squared difference, in the measures' unit",
     .needs = "a common innovation; both sides in one unit",
     .source = "definition",
     .pair = values_rmse},
    {.name = "mae",
     .heading = "MAE",
     .flags = STATISTIC_VALUES,
     .doc = "mean absolute difference, in the measures' unit",
     .needs = "a common innovation; both sides in one unit",
     .source = "definition",
     .pair = values_mae},
    {.name = "max_difference",
     .heading = "largest difference",
     .flags = STATISTIC_VALUES,
     .doc = "the largest absolute difference, in the measures' unit",
     .needs = "a common innovation; both sides in one unit",
     .source = "definition",
     .pair = values_max_difference},
    {.name = "share_within_tolerance",
     .flags = STATISTIC_USUAL | STATISTIC_VALUES,
     .heading = "within tolerance",
     .doc = "share of the common innovations whose values differ by no more than the tolerance",
     .needs = "a common innovation; both sides in one unit",
     .source = "definition",
     .pair = values_within_tolerance},
};

const struct statistic *statistics_rows(size_t *count)
{
    *count = sizeof rows / sizeof *rows;
    return rows;
}

static bool same_name(const char *a, const char *b)
{
    for (; *a && *b; a++, b++)
        if (*a != *b && !(*a == '_' && *b == '-'))
            return false;
    return *a == *b;
}

const struct statistic *statistics_find(const char *name)
{
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++)
        if (same_name(rows[k].name, name))
            return &rows[k];
    return NULL;
}

const char *statistics_reason(const char *code)
{
    static const struct {
        const char *code, *words;
    } reasons[] = {
        {"n_lt_2", "under 2 common innovations"},
        {"no_overlap", "no common innovation"},
        {"no_values", "one side has no value"},
        {"zero_variance", "one side is the same for all"},
        {"no_untied_pairs", "every pair of innovations ties"},
        {"different_quantity", "the sides answer different questions"},
        {"no_quantity", "it is not said that the sides answer one question"},
        {"not_finite", "the numbers are too large"},
    };
    for (size_t k = 0; k < sizeof reasons / sizeof *reasons; k++)
        if (strcmp(reasons[k].code, code) == 0)
            return reasons[k].words;
    return code;
}
