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

/* The pooled value is better where the measures are. */
#define POOLED_NEEDS MERGE_NEEDS_SCALE | MERGE_OWN_SCALE | MERGE_BY_DIRECTION
#define POOLED_FIXED(DIRECTION)                                                                    \
    .needs = POOLED_NEEDS, .normalise = MERGE_NONE, .better = (DIRECTION),                         \
    .doc = "one estimate from measures of one quantity, each with its standard error (`se`), "     \
           "weighted by precision, as if all had the same true value; the spec's weights do not "  \
           "count",                                                                                \
    .source = "Cochran, W. G. (1954), The combination of estimates from different experiments, "   \
              "Biometrics 10(1)",                                                                  \
    .extras = {"se", "ci_low", "ci_high", "Q", "Q_p", "I2", "H2"}, .prepare = pooled_prepare,      \
    .one = pooled_fixed_one
#define POOLED_RANDOM(DIRECTION)                                                                   \
    .needs = POOLED_NEEDS, .normalise = MERGE_NONE, .better = (DIRECTION),                         \
    .options = "tau2 interval",                                                                    \
    .doc = "one estimate from measures of one quantity, each with its standard error (`se`), "     \
           "whose true values differ with variance tau2; with interval, heterogeneity and "        \
           "prediction interval (95 %)",                                                           \
    .source = "DerSimonian, R. and Laird, N. (1986), Controlled Clinical Trials 7(3); "            \
              "Viechtbauer, W. (2005), J. Educ. Behav. Stat. 30(3); Hartung, J. and Knapp, G. "    \
              "(2001), Statistics in Medicine 20(12)",                                             \
    .extras = {"se",   "ci_low",         "ci_high",        "Q", "Q_p", "I2", "H2",                 \
               "tau2", "prediction_low", "prediction_high"},                                       \
    .prepare = pooled_prepare, .one = pooled_random_one

static const struct merge_method fixed_up = {.name = "pooled-fixed", POOLED_FIXED(1)};
static const struct merge_method fixed_down = {.name = "pooled-fixed", POOLED_FIXED(-1)};
static const struct merge_method *const fixed_forms[] = {&fixed_up, &fixed_down};
static const struct merge_method random_up = {.name = "pooled-random", POOLED_RANDOM(1)};
static const struct merge_method random_down = {.name = "pooled-random", POOLED_RANDOM(-1)};
static const struct merge_method *const random_forms[] = {&random_up, &random_down};

const struct merge_method *merge_methods(size_t *count)
{
    static const struct merge_method methods[] = {
        {.name = "weighted-sum",
         .needs = MERGE_NEEDS_SCALE | MERGE_NEEDS_WEIGHTS | MERGE_SUMS,
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
         .needs = MERGE_NEEDS_SCALE | MERGE_NEEDS_WEIGHTS | MERGE_OWN_SCALE | MERGE_TAKES_IDEAL |
                  MERGE_SUMS,
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
        {.name = "comb-mnz",
         .needs = MERGE_NEEDS_SCALE | MERGE_NEEDS_WEIGHTS | MERGE_NEEDS_POSITIVE,
         .normalise = MERGE_RANGE,
         .better = 1,
         .doc = "the sum of the normalised values times how many of the measures answer (under "
                "`missing: renormalise`; else all do): what many found counts more; weights are "
                "divided by their mean",
         .source = "Fox, E. A. and Shaw, J. A. (1994), Combination of multiple searches, TREC-2",
         .one = comb_mnz_one},
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
        {.name = "vikor",
         .needs = MERGE_NEEDS_SCALE | MERGE_NEEDS_WEIGHTS | MERGE_NEEDS_ALL,
         .normalise = MERGE_RANGE,
         .better = -1,
         .doc = "a compromise between the weighted regret over all measures (S) and the worst "
                "single regret (R), `v` of the first; it depends on who else is ranked",
         .source = "Opricovic, S. and Tzeng, G.-H. (2004), European Journal of Operational "
                   "Research 156(2)",
         .options = "v",
         .extras = {"S", "R", "Q"},
         .whole = vikor_score},
        {.name = "promethee-2",
         .needs = MERGE_NEEDS_SCALE | MERGE_NEEDS_WEIGHTS | MERGE_NEEDS_ALL,
         .normalise = MERGE_NONE,
         .better = 1,
         .doc = "net flow: how much it is preferred to the others on average, less how much they "
                "are to it; each measure has a `preference` with thresholds in its own unit",
         .source = "Brans, J.-P. and Vincke, P. (1985), A preference ranking organisation method, "
                   "Management Science 31(6)",
         .extras = {"phi_plus", "phi_minus"},
         .whole = promethee_score},
        {.name = "copras",
         .needs = MERGE_NEEDS_SCALE | MERGE_NEEDS_WEIGHTS | MERGE_NEEDS_ALL | MERGE_OWN_SCALE,
         .normalise = MERGE_NONE,
         .better = 1,
         .doc = "what is better higher, as shares of the sum, and more the less there is of what "
                "is better lower; 1 for the best; values from 0, costs above 0",
         .source = "Zavadskas, E. K., Kaklauskas, A., Peldschus, F. and Turskis, Z. (2007), Baltic "
                   "Journal of Road and Bridge Engineering 2(4)",
         .extras = {"benefits", "costs"},
         .whole = copras_score},
        {.name = "edas",
         .needs = MERGE_NEEDS_SCALE | MERGE_NEEDS_WEIGHTS | MERGE_NEEDS_ALL | MERGE_OWN_SCALE,
         .normalise = MERGE_NONE,
         .better = 1,
         .doc = "how far above and below the average of all, in shares of it; values above 0",
         .source = "Keshavarz Ghorabaee, M., Zavadskas, E. K., Olfat, L. and Turskis, Z. (2015), "
                   "Informatica 26(3)",
         .extras = {"above_average", "below_average"},
         .whole = edas_score},
        {.name = "mabac",
         .needs = MERGE_NEEDS_SCALE | MERGE_NEEDS_WEIGHTS | MERGE_NEEDS_ALL,
         .normalise = MERGE_RANGE,
         .better = 1,
         .doc =
             "the distance from a border, the geometric mean of all: above 0 is on the better side",
         .source = "Pamucar, D. and Cirovic, G. (2015), Expert Systems with Applications 42(6)",
         .whole = mabac_score},
        {.name = "codas",
         .needs = MERGE_NEEDS_SCALE | MERGE_NEEDS_WEIGHTS | MERGE_NEEDS_ALL,
         .normalise = MERGE_LINEAR,
         .better = 1,
         .doc = "distance from the worst of all, against each other innovation: as the crow flies, "
                "and along the streets as well where the first differ by at least `threshold`",
         .source =
             "Keshavarz Ghorabaee, M., Zavadskas, E. K., Turskis, Z. and Antucheviciene, J. "
             "(2016), Economic Computation and Economic Cybernetics Studies and Research 50(3)",
         .options = "threshold",
         .extras = {"euclidean", "taxicab"},
         .whole = codas_score},
        {.name = "electre-1",
         .needs = MERGE_NEEDS_SCALE | MERGE_NEEDS_WEIGHTS | MERGE_NEEDS_ALL | MERGE_OWN_SCALE,
         .normalise = MERGE_NONE,
         .better = 1,
         .doc = "how many it outranks less how many outrank it; one outranks another where "
                "measures of at least `concordance` of the weight agree and none objects by more "
                "than `discordance` of the widest range; the kernel is who nobody outranks",
         .source = "Roy, B. (1968), Classement et choix en presence de points de vue multiples (la "
                   "methode ELECTRE), RIRO 2(8)",
         .options = "concordance discordance",
         .extras = {"outranks", "outranked_by", "kernel"},
         .whole = electre_score},
        {.name = "reciprocal-rank",
         .needs = MERGE_NEEDS_WEIGHTS,
         .normalise = MERGE_OWN,
         .better = 1,
         .doc = "the sum of weight/(k + rank), ties at their middle rank: the first places stand "
                "out; weights are divided by their mean",
         .source = "Cormack, G. V., Clarke, C. L. A. and Buettcher, S. (2009), Reciprocal rank "
                   "fusion, SIGIR",
         .options = "k",
         .whole = reciprocal_score},
        {.name = "copeland",
         .needs = MERGE_NEEDS_WEIGHTS,
         .normalise = MERGE_OWN,
         .better = 1,
         .doc = "how many others it beats by a majority of the weight, less how many beat it; a "
                "pair with a gap says nothing",
         .source =
             "Copeland, A. H. (1951), A reasonable social welfare function, University of Michigan",
         .extras = {"wins", "losses"},
         .whole = copeland_score},
        {.name = "schulze",
         .needs = MERGE_NEEDS_WEIGHTS,
         .normalise = MERGE_OWN,
         .better = 1,
         .doc = "how many others it beats by the strongest chain of majorities; at most 1,000 "
                "innovations; no bounds",
         .source = "Schulze, M. (2011), Social Choice and Welfare 36(2)",
         .whole = schulze_score},
        {.name = "kemeny",
         .needs = MERGE_NEEDS_WEIGHTS,
         .normalise = MERGE_OWN,
         .better = -1,
         .doc = "its mean place in the orders that disagree least with the measures, pair by pair; "
                "says how many such orders there are and whether that is proven; at most 1,000 "
                "innovations; no bounds",
         .source = "Kemeny, J. G. (1959), Mathematics without numbers, Daedalus 88(4)",
         .whole = kemeny_score},
        {.name = "pareto",
         .needs = MERGE_NEEDS_SCALE | MERGE_NEEDS_ALL | MERGE_OWN_SCALE,
         .normalise = MERGE_NONE,
         .better = -1,
         .doc = "the front: 1 for those that nobody betters in everything, 2 for those that only "
                "front 1 does, and so on; no weights at all, though a weight of 0 leaves a measure "
                "out",
         .source = "Pareto, V. (1906); Goldberg, D. E. (1989), Genetic Algorithms (fronts)",
         .whole = pareto_score},
        {.name = "pooled-fixed", .forms = fixed_forms, POOLED_FIXED(1)},
        {.name = "pooled-random", .forms = random_forms, POOLED_RANDOM(1)},
    };
    *count = COUNT(methods);
    return methods;
}
