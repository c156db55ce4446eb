/*
 * The table of methods. A new method is a row and, if it scores innovations one by one, a function of ten lines.
 * words.c has the other tables: rules for what is missing, normalisations.
 */
#include "merge/methods.h"
#include "merge/merge.h"
#include "merge/score.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* --- Tables ----------------------------------------------------------------------------------- */

/* Three forms of one method; the first stands in the table. */
#define MOORA_SOURCE                                                                               \
    "Brauers, W. K. M. and Zavadskas, E. K. (2006), Control and Cybernetics 35(2); full "          \
    "multiplicative form: Brauers and Zavadskas (2010), Technological and Economic Development "   \
    "of Economy 16(1)"
#define MOORA_RATIO                                                                                \
    .needs = MERGE_NEEDS_SCALE | MERGE_NEEDS_WEIGHTS | MERGE_OWN_SCALE, .normalise = MERGE_VECTOR, \
    .better = 1, .options = "form", .source = MOORA_SOURCE, .one = moora_ratio_one,                \
    .doc = "ratio: what is better higher less what is better lower, each divided by its column's " \
           "length; reference: the largest distance from the best value (better lower); "          \
           "multiplicative: the product of the first divided by that of the second; weights are "  \
           "divided by their mean"

static const struct merge_method moora_ratio = {.name = "moora", MOORA_RATIO};
static const struct merge_method moora_reference = {
    .name = "moora",
    .needs = MERGE_NEEDS_SCALE | MERGE_NEEDS_WEIGHTS | MERGE_OWN_SCALE | MERGE_BY_ENDS,
    .normalise = MERGE_VECTOR,
    .better = -1,
    .options = "form",
    .doc = "reference point",
    .source = MOORA_SOURCE,
    .one = moora_reference_one};
static const struct merge_method moora_multiplicative = {
    .name = "moora",
    .needs = MERGE_NEEDS_SCALE | MERGE_NEEDS_WEIGHTS | MERGE_OWN_SCALE,
    .normalise = MERGE_VECTOR,
    .better = 1,
    .options = "form",
    .doc = "full multiplicative form",
    .source = MOORA_SOURCE,
    .prepare = moora_multiplicative_prepare,
    .one = moora_multiplicative_one};
static const struct merge_method *const moora_forms[] = {[MERGE_RATIO] = &moora_ratio,
                                                         [MERGE_REFERENCE] = &moora_reference,
                                                         [MERGE_MULTIPLICATIVE] =
                                                             &moora_multiplicative};

const struct merge_method *merge_methods(size_t *count)
{
    static const struct merge_method methods[] = {
        {.name = "weighted-sum",
         .needs = MERGE_NEEDS_SCALE | MERGE_NEEDS_WEIGHTS,
         .normalise = MERGE_DECLARED,
         .better = 1,
         .doc = "the weighted mean of the normalised values: transparent, and a strength makes up "
                "for a "
                "weakness",
         .source =
             "Fishburn, P. C. (1967), Additive utilities with incomplete product sets, Operations "
             "Research 15(3)",
         .rows = weighted_sum_rows,
         .contribution = weighted_sum_contribution},
        {.name = "minimum",
         .needs = MERGE_NEEDS_SCALE,
         .normalise = MERGE_DECLARED,
         .better = 1,
         .doc = "the least normalised value: nothing makes up for the weakest link; a weight of 0 "
                "leaves "
                "a measure out, other weights are ignored",
         .source = "Wald, A. (1950), Statistical Decision Functions (the maximin rule)",
         .rows = minimum_rows,
         .contribution = minimum_contribution},
        {.name = "borda",
         .needs = MERGE_NEEDS_WEIGHTS,
         .normalise = MERGE_OWN,
         .better = 1,
         .doc = "the weighted mean of rank points (c for the best of c candidates, 1 for the last, "
                "ties "
                "share): free of scale, but it depends on who else is ranked",
         .source = "de Borda, J.-C. (1781); unranked share: Aslam, J. and Montague, M. (2001), "
                   "Models for "
                   "metasearch, SIGIR",
         .whole = borda_score},
        {.name = "weighted-product",
         .needs = MERGE_NEEDS_SCALE | MERGE_NEEDS_WEIGHTS | MERGE_NEEDS_POSITIVE,
         .normalise = MERGE_SUM,
         .better = 1,
         .doc = "the weighted geometric mean of the normalised values: a bad value is not made up "
                "for, "
                "and a 0 is a 0; contributions are logarithms, which add up to the score's",
         .source = "Bridgman, P. W. (1922), Dimensional Analysis; Miller, D. W. and Starr, M. K. "
                   "(1969), Executive Decisions and Operations Research",
         .one = weighted_product_one,
         .contribution = weighted_product_contribution},
        {.name = "median",
         .needs = MERGE_NEEDS_SCALE | MERGE_NEEDS_WEIGHTS,
         .normalise = MERGE_DECLARED,
         .better = 1,
         .doc =
             "the weighted median of the normalised values (the middle of the lower and the upper "
             "one): no single measure can move it far",
         .source =
             "Edgeworth, F. Y. (1888), On a new method of reducing observations, Philosophical "
             "Magazine 25",
         .one = median_one},
        {.name = "trimmed-mean",
         .needs = MERGE_NEEDS_SCALE | MERGE_NEEDS_WEIGHTS,
         .normalise = MERGE_DECLARED,
         .better = 1,
         .doc =
             "the weighted mean of the normalised values without the share `trim` of the weight at "
             "either end; a weight may be cut in part",
         .source = "Tukey, J. W. and McLaughlin, D. H. (1963), Sankhya A 25(3)",
         .options = "trim",
         .one = trimmed_mean_one},
        {.name = "owa",
         .needs = MERGE_NEEDS_SCALE,
         .normalise = MERGE_DECLARED,
         .better = 1,
         .doc = "the mean of the normalised values, weighted by their place from best to worst: "
                "optimism "
                "made explicit; a measure's weight of 0 leaves it out, other weights are ignored",
         .source =
             "Yager, R. R. (1988), IEEE Trans. Systems, Man and Cybernetics 18(1); weights of "
             "largest entropy: Fuller, R. and Majlender, P. (2001), Fuzzy Sets and Systems 124(1)",
         .options = "orness order_weights",
         .prepare = owa_prepare,
         .one = owa_one},
        {.name = "topsis",
         .needs = MERGE_NEEDS_SCALE | MERGE_NEEDS_WEIGHTS | MERGE_BY_ENDS,
         .normalise = MERGE_VECTOR,
         .better = 1,
         .doc =
             "how much nearer to the best values of all than to the worst of all, from 0 to 1; it "
             "depends on who else is ranked",
         .source = "Hwang, C.-L. and Yoon, K. (1981), Multiple Attribute Decision Making",
         .options = "p",
         .extras = {"distance_to_best", "distance_to_worst"},
         .rows = topsis_rows},
        {.name = "spotis",
         .needs = MERGE_NEEDS_SCALE | MERGE_NEEDS_WEIGHTS | MERGE_OWN_SCALE | MERGE_TAKES_IDEAL,
         .normalise = MERGE_DECLARED,
         .better = -1,
         .doc =
             "the weighted distance from the ideal, as shares of the declared limits; the ideal is "
             "the better limit, or a measure's `ideal`; nobody else's values count",
         .source =
             "Dezert, J., Tchamova, A., Han, D. and Tacnet, J.-M. (2020), The SPOTIS rank reversal "
             "free method, FUSION",
         .one = spotis_one,
         .contribution = spotis_contribution},
        {.name = "rim",
         .needs = MERGE_NEEDS_SCALE | MERGE_NEEDS_WEIGHTS | MERGE_OWN_SCALE | MERGE_NEEDS_IDEAL,
         .normalise = MERGE_DECLARED,
         .better = 1,
         .doc =
             "nearness to a stated ideal of each measure, a number or a range between its limits",
         .source =
             "Cables, E., Lamata, M. T. and Verdegay, J. L. (2016), Information Sciences 337-338",
         .extras = {"distance_to_best", "distance_to_worst"},
         .one = rim_one},
        {.name = "waspas",
         .needs = MERGE_NEEDS_SCALE | MERGE_NEEDS_WEIGHTS | MERGE_NEEDS_POSITIVE,
         .normalise = MERGE_LINEAR,
         .better = 1,
         .doc = "`lambda` of the weighted sum and the rest of the weighted product",
         .source = "Zavadskas, E. K., Turskis, Z., Antucheviciene, J. and Zakarevicius, A. (2012), "
                   "Elektronika ir Elektrotechnika 122(6)",
         .options = "lambda",
         .extras = {"weighted_sum", "weighted_product"},
         .one = waspas_one},
        {.name = "aras",
         .needs = MERGE_NEEDS_SCALE | MERGE_NEEDS_WEIGHTS | MERGE_NEEDS_POSITIVE | MERGE_OWN_SCALE |
                  MERGE_BY_ENDS,
         .normalise = MERGE_SUM,
         .better = 1,
         .doc = "the weighted sum as a share of what the best value of every measure would give; "
                "the best "
                "counts in the sums that values are divided by",
         .source =
             "Zavadskas, E. K. and Turskis, Z. (2010), Technological and Economic Development of "
             "Economy 16(2)",
         .one = aras_one},
        {.name = "moora", .forms = moora_forms, MOORA_RATIO},
    };
    *count = COUNT(methods);
    return methods;
}
