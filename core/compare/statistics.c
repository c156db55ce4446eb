/* The rows of the statistics: see statistics.h. */
#include "compare/statistics.h"

#include <string.h>

#include "compare/concordance.h"
#include "compare/orders.h"
#include "compare/overlap.h"
#include "compare/ranks.h"
#include "compare/values.h"
#include "compare/weighted.h"

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
    {.name = "weighted_tau",
     .flags = STATISTIC_USUAL,
     .heading = "weighted tau",
     .doc = "as tau-b, but a pair counts 1/r + 1/r' by its two places from the top: the first "
            "places count most",
     .needs = "two common innovations, neither side all equal",
     .source = "Vigna, S. (2015), A weighted correlation index for rankings with ties, WWW "
               "(additive hyperbolic "
               "weights, the mean over both sides' places)",
     .pair = weighted_tau},
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
    {.name = "top_k_jaccard",
     .heading = "top-k Jaccard",
     .doc = "innovations within the first k places of both lists, over those within the first k of "
            "either",
     .needs = "a value on each side",
     .source = "Jaccard, P. (1912), The distribution of the flora in the alpine zone, New "
               "Phytologist 11(2)",
     .pair = overlap_jaccard},
    {.name = "average_overlap",
     .heading = "average overlap",
     .doc = "the mean of the overlap at depths 1 to k: the very first places count most",
     .needs = "a value on each side",
     .source = "Webber, W., Moffat, A. and Zobel, J. (2010), A similarity measure for indefinite "
               "rankings, ACM TOIS "
               "28(4); ties by variant w of Corsi and Urbano (2024)",
     .pair = overlap_average},
    {.name = "rbo",
     .flags = STATISTIC_USUAL,
     .heading = "rank-biased overlap",
     .shown = "rbo.ext",
     .doc = "overlap at all depths, each weighted `rbo_p` times the one above: ext goes on below "
            "the lists' ends as "
            "above them, min and max are what the unseen could make of it; ties are equality "
            "(variant w)",
     .needs = "a value on each side",
     .source = "Webber, W., Moffat, A. and Zobel, J. (2010), ACM TOIS 28(4); Corsi, M. and Urbano, "
               "J. (2024), The "
               "treatment of ties in rank-biased overlap, SIGIR",
     .pair = overlap_rbo_w},
    {.name = "rbo_a",
     .heading = "RBO, ties unknown",
     .shown = "rbo_a.ext",
     .doc = "as rbo, with ties as an order that is not known: the mean over all ways to break them "
            "(variant a)",
     .needs = "a value on each side",
     .source = "Corsi, M. and Urbano, J. (2024), SIGIR",
     .pair = overlap_rbo_a},
    {.name = "rbo_b",
     .heading = "RBO, ties corrected",
     .shown = "rbo_b.ext",
     .doc = "as rbo_a, corrected for what ties leave unsaid (variant b, as tau-b corrects tau-a)",
     .needs = "a value on each side",
     .source = "Corsi, M. and Urbano, J. (2024), SIGIR",
     .pair = overlap_rbo_b},
    {.name = "rw",
     .heading = "rw",
     .doc = "weighted Spearman: differences of ranks count more near the top",
     .needs = "two common innovations, no ties",
     .source = "Pinto da Costa, J. and Soares, C. (2005), A weighted rank measure of correlation, "
               "Australian and New "
               "Zealand Journal of Statistics 47(4)",
     .pair = ranks_rw},
    {.name = "ws",
     .heading = "WS",
     .doc = "rank similarity, from 0 to 1, with weight 2^-rank; the first side named is the "
            "reference, and the other "
            "way round gives another figure",
     .needs = "two common innovations, no ties",
     .source = "Sałabun, W. and Urbaniak, K. (2020), A new coefficient of rankings similarity in "
               "decision-making "
               "problems, ICCS",
     .pair = ranks_ws},
    {.name = "drastic_ws_distance",
     .heading = "drastic distance",
     .doc = "weight 2^-rank of the places that differ, over that of all; the first side named is "
            "the reference",
     .needs = "two common innovations, no ties",
     .source = "Sałabun, W. and Shekhovtsov, A. (2023), An innovative drastic metric for ranking "
               "similarity",
     .pair = ranks_drastic},
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
    {.name = "weight_similarity",
     .flags = STATISTIC_VALUES,
     .heading = "weight similarity",
     .shown = "weight_similarity.wsc",
     .doc = "how alike two sets of weights are, 1 the same: wsc = 1 - sum|a - b|/(2(1 - min a)), "
            "wsc2 = 1 - "
            "sum|a - b|/2",
     .needs = "weights on both sides: not below 0, 1 in all",
     .source = "Shekhovtsov, A. (2023), Evaluating the performance of subjective weighting methods",
     .pair = ranks_weight_similarity},
    {.name = "kendall_w",
     .flags = STATISTIC_USUAL,
     .heading = "Kendall's W",
     .doc = "how far all orders go together, from 0 to 1; with the chi-squared test and the F test "
            "(closer for few "
            "innovations)",
     .needs = "two innovations that all sides have, not every side all equal",
     .source = "Kendall, M. G. and Babington Smith, B. (1939), The problem of m rankings, Annals "
               "of Mathematical "
               "Statistics 10(3); F: Legendre, P. (2005), JABES 10(2)",
     .group = concordance_w},
    {.name = "icc",
     .flags = STATISTIC_USUAL | STATISTIC_VALUES,
     .heading = "intraclass correlation",
     .doc =
         "share of the spread that is between innovations: (1,1) one-way, (A,1) absolute "
         "agreement, (C,1) "
         "consistency, k: of the mean of all; in other words ICC1, ICC2, ICC3; with 95% intervals",
     .needs = "two innovations that all sides have; all sides in one unit",
     .source = "McGraw, K. O. and Wong, S. P. (1996), Forming inferences about some intraclass "
               "correlation "
               "coefficients, Psychological Methods 1(1); Shrout, P. E. and Fleiss, J. L. (1979)",
     .group = icc_forms},
    {.name = "krippendorff_alpha",
     .flags = STATISTIC_USUAL | STATISTIC_VALUES,
     .heading = "Krippendorff's alpha",
     .doc = "1 less the disagreement found over that expected, at the nominal, ordinal, interval "
            "and ratio level; "
            "takes part in whatever two sides have",
     .needs = "an innovation that two sides have, not all values equal; ratio: no value below 0, "
              "at most 20,000 "
              "different ones",
     .source = "Krippendorff, K. (2011), Computing Krippendorff's alpha-reliability",
     .group = alpha_levels},
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
        {"ties", "there are ties"},
        {"n_lt_3", "under 3 common innovations"},
        {"perfect_agreement", "agreement is perfect"},
        {"not_weights", "the numbers are not weights: not below 0, 1 in all"},
        {"zero_expected_disagreement", "all values are the same"},
        {"negative_values", "some value is below 0"},
        {"too_many_values", "there are too many different values"},
        {"not_finite", "the numbers are too large"},
    };
    for (size_t k = 0; k < sizeof reasons / sizeof *reasons; k++)
        if (strcmp(reasons[k].code, code) == 0)
            return reasons[k].words;
    return code;
}
