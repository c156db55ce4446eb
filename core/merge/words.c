/* The words of a merge beside its methods: rules for what is missing, normalisations, why there is no rank. */
#include "merge/merge.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

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
        [MERGE_SUM] = {"sum",
                       "the share of the sum of all; better lower: of the sum of 1/x; needs values "
                       "above 0"},
        [MERGE_VECTOR] = {"vector",
                          "divided by the length of the column, the root of the sum of squares; "
                          "better lower: 1 less that"},
        [MERGE_MAX] = {"max", "divided by the largest value; better lower: 1 less that"},
        [MERGE_LINEAR] = {"linear",
                          "divided by the largest value; better lower: the least value divided "
                          "by it; needs values above 0"},
        [MERGE_Z] = {"z", "distance from the mean in standard deviations (of the population)"},
        [MERGE_RANK] = {"rank",
                        "the share of all that are below, and half of those equal: only the order "
                        "of the values counts"},
        [MERGE_NONE] = {"none", "values as they are, negated where lower is better"},
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
        [MERGE_FAILED] = "its method failed",
    };
    return (size_t)standing < COUNT(texts) ? texts[standing] : "";
}
