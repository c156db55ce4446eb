/*
 * The tables: methods, rules for what is missing, normalisations. A new method is a row and, if it
 * scores innovations one by one, a function of ten lines.
 */
#include <math.h>

#include "merge/merge.h"
#include "merge/score.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* --- weighted-sum ----------------------------------------------------------------------------- */

/* Divided at the end, not weight by weight: all ones give exactly 1. */
static void weighted_sum(const struct score_block *block, const double *const *z, double *score)
{
    const struct grid *grid = block->grid;
    for (size_t r = 0; r < block->count; r++)
        score[r] = 0;
    for (size_t k = 0; k < grid->n_columns; k++) {
        double weight = grid->columns[k].weight;
        for (size_t r = 0; r < block->count; r++)
            score[r] += weight * z[k][r];
    }
    for (size_t r = 0; r < block->count; r++)
        score[r] /= grid->weight_sum;
}

static void weighted_sum_of_present(const struct score_block *block, const double *const *z,
                                    double *score)
{
    const struct grid *grid = block->grid;
    double present[SCORE_BLOCK];
    for (size_t r = 0; r < block->count; r++)
        score[r] = present[r] = 0;
    for (size_t k = 0; k < grid->n_columns; k++) {
        double weight = grid->columns[k].weight;
        for (size_t r = 0; r < block->count; r++) {
            bool there = !isnan(z[k][r]);
            score[r] += there ? weight * z[k][r] : 0;
            present[r] += there ? weight : 0;
        }
    }
    for (size_t r = 0; r < block->count; r++)
        score[r] /= present[r]; /* 0 / 0: nothing present, no score */
}

static void weighted_sum_rows(const struct score_block *block, const double *const *z,
                              double *score)
{
    if (block->gaps)
        weighted_sum_of_present(block, z, score);
    else
        weighted_sum(block, z, score);
}

static double weighted_sum_contribution(double z, double weight, double score)
{
    (void)score;
    return weight * z;
}

/* --- minimum ---------------------------------------------------------------------------------- */

static void minimum_rows(const struct score_block *block, const double *const *z, double *score)
{
    for (size_t r = 0; r < block->count; r++)
        score[r] = z[0][r];
    for (size_t k = 1; k < block->grid->n_columns; k++)
        for (size_t r = 0; r < block->count; r++)
            score[r] = score[r] <= z[k][r] || isnan(z[k][r]) ? score[r] : z[k][r];
    for (size_t r = 0; r < block->count; r++)
        score[r] += 0.0; /* never -0 */
}

static double minimum_contribution(double z, double weight, double score)
{
    (void)weight;
    return z == score ? z : 0;
}

/* --- Tables ----------------------------------------------------------------------------------- */

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
    };
    *count = COUNT(methods);
    return methods;
}

const struct merge_word *merge_rules(size_t *count)
{
    static const struct merge_word rules[] = {
        [MERGE_BOUNDS] = {"bounds",
                          "what is missing widens the score: from the declared worst end to the "
                          "best; ranked by the worse end"},
        [MERGE_REFUSE] = {"refuse", "a missing value is an error"},
        [MERGE_RENORMALISE] = {"renormalise",
                               "weights are spread over what is present; rewards silence"},
        [MERGE_WORST] = {"worst",
                         "the declared worst end (without one, or under range and none: the worst "
                         "value present)"},
        [MERGE_NEUTRAL] = {"neutral",
                           "0.5 of the normalised scale (none: the middle of the limits; borda: "
                           "the mean of the points that are left)"},
        [MERGE_DROP] = {"drop", "an innovation with a gap is left out"},
    };
    *count = COUNT(rules);
    return rules;
}

const struct merge_word *merge_normalisations(size_t *count)
{
    static const struct merge_word normalisations[] = {
        [MERGE_DECLARED] = {"declared", "0 at the worse declared limit, 1 at the better one"},
        [MERGE_RANGE] = {"range",
                         "0 at the worst value present, 1 at the best; a new innovation can "
                         "reverse the order of others"},
        [MERGE_NONE] = {"none", "values as they are, negated where lower is better"},
        [MERGE_OWN] = {"rank", "the method's own: only the order of the values counts"},
    };
    *count = COUNT(normalisations);
    return normalisations;
}

const char *merge_standing_text(enum merge_standing standing)
{
    static const char *const texts[] = {
        [MERGE_RANKED] = "",
        [MERGE_BELOW_FLOOR] = "its coverage is below the floor",
        [MERGE_DROPPED] = "something is missing (missing: drop)",
        [MERGE_NOTHING] = "nothing is present",
    };
    return (size_t)standing < COUNT(texts) ? texts[standing] : "";
}
