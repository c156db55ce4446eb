/*
 * Merging: several measures of the same innovations -> one score each, with its bounds, and ranks.
 *
 * Measures are criteria: a column of values, a weight, a direction, limits. A method is a row of
 * one table (methods.c); normalisations and rules for what is missing are tables too. What every
 * method shares stands outside of them: checking (merge.c), coverage and limits (grid.c), filling
 * and normalising (cell.c), ranking under bounds (place.c). Definitions:
 *
 *   (1) Weights are divided by their sum. A measure of weight 0 is left out of everything.
 *   (2) Coverage is the share of weight that is present. Below the floor, under any rule, an
 *       innovation is not ranked, is listed last, and is no candidate: nobody's rank, points or
 *       limits from the data count it. What can be scored by itself still has a score.
 *   (3) Rule `bounds`: what is present enters with its low and high, cut at the declared limits (a
 *       low that is missing is the value itself); what is missing enters with the declared worst
 *       and best end, or with its own low and high where these are known (a suppressed value).
 *       `score` takes best values, and the middle for what is missing: the middle of its own low
 *       and high, else 0.5 of the normalised scale (`none`: the middle of the limits; borda: half
 *       a point against each other). score_low <= score <= score_high always holds. Every other
 *       rule works on best values only: score_low = score = score_high.
 *   (4) Order: by the worse end of the score, then by score, so that not knowing never wins; rows
 *       with both equal share a rank and are listed by id, bytewise; of sums (weighted-sum, spotis) those, too,
 *       that no more than the rounding of a sum parts: 4(K + 2) 2^-53 of the largest score. rank_low = 1 + others whose
 *       worse end beats my better end; rank_high = those, me included, whose better end is not
 *       beaten by my worse end.
 *   (5) Normalised values: 1 is best, 0 worst, whatever the direction.
 *       `declared`: (x - min)/(max - min) of the declared limits.
 *       `range`: the same with the least and largest best value of the candidates; bounds are put
 *       through the same line and not cut, so they may leave 0..1 and stay true.
 *       `sum`: x / sum x; better lower: (1/x) / sum (1/x). `linear`: x / max x; better lower: min x / x.
 *       `vector`: x / sqrt(sum x^2), `max`: x / max x; better lower: 1 less that.
 *       `z`: (x - mean)/sd over the candidates (sd: divided by n). `rank`: the share of the candidates below, and half
 *       of those equal, (n - rho + 0.5)/n for mid-rank rho.
 *       `none`: x as it is, and -x where lower is better.
 *       A measure with a value function has the worths that the function says, under any normalisation.
 *       A column without spread is 0.5 for all under `declared`, `range`, `z` and `rank`; under the others it is one
 *       number for all, which tells nobody apart either. Limits, sums, means and ranks come from the candidates' best
 *       values; bounds are put through the same line.
 *   (6) A method is exact about bounds where its score rises with every value by itself and with nobody else's
 *       (sums, orders by row), or falls with others' (borda, promethee-2, reciprocal-rank, copeland: mine best against
 *       theirs worst). The others are computed with my missing at best and all others' at worst, and the reverse;
 *       that is no bound, and the result says so.
 */
#ifndef UPTAKE_MERGE_MERGE_H
#define UPTAKE_MERGE_MERGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"

/* The coverage floor where a spec gives none. */
#define MERGE_FLOOR 0.5

/* --- What there is to choose from ------------------------------------------------------------- */

enum merge_rule {
    MERGE_BOUNDS, /* the default is the first */
    MERGE_REFUSE,
    MERGE_RENORMALISE,
    MERGE_WORST,
    MERGE_NEUTRAL,
    MERGE_DROP
};

enum merge_normalise {
    MERGE_DECLARED,
    MERGE_RANGE,
    MERGE_SUM,
    MERGE_VECTOR,
    MERGE_MAX,
    MERGE_LINEAR,
    MERGE_Z,
    MERGE_RANK,
    MERGE_NONE,
    MERGE_OWN /* the method's own: it looks at the order of the values only; no row of the table */
};

/* Rows of the rules and of the normalisations; a row's index is its enum. */
struct merge_word {
    const char *name;
    const char *doc;
};
const struct merge_word *merge_rules(size_t *count);
const struct merge_word *merge_normalisations(size_t *count);

/*
 * What a method needs of its measures. SCALE: normalised values; without it their order is enough,
 * and limits may be infinite. WEIGHTS: without it a weight only says whether a measure takes part.
 */
enum merge_needs {
    MERGE_NEEDS_SCALE = 1,
    MERGE_NEEDS_WEIGHTS = 2,
    MERGE_NEEDS_ALL = 4,      /* no gaps: not under `renormalise` */
    MERGE_NEEDS_POSITIVE = 8, /* normalised values from 0 */
    MERGE_NEEDS_IDEAL = 16,   /* an `ideal` of each measure */
    MERGE_OWN_SCALE = 32,     /* its normalisation is part of it: none can be chosen */
    MERGE_TAKES_IDEAL = 64,
    MERGE_BY_ENDS = 256,      /* bounds by ends.h */
    MERGE_BY_DIRECTION = 512, /* forms: [1] where every measure is better lower */
    MERGE_SUMS = 1024,    /* a sum of products: scores that rounding alone parts tie (place.c) */
    MERGE_NO_BOUNDS = 128 /* what is missing cannot be bounded: refused under `bounds` */
};

/* What it says of an innovation beside its score, at most. */
enum { MERGE_EXTRAS = 10, MERGE_FIGURES = 8 };

struct grid;
struct score_block;
struct score_columns;
struct score_row;

/* --- Parameters of methods (options.c) -------------------------------------------------------- */

enum merge_form { MERGE_RATIO, MERGE_REFERENCE, MERGE_MULTIPLICATIVE };
enum merge_tau2 { MERGE_DL, MERGE_PM, MERGE_REML };
enum merge_interval { MERGE_NORMAL, MERGE_HKSJ };
enum merge_preference {
    MERGE_USUAL,
    MERGE_U_SHAPE,
    MERGE_V_SHAPE,
    MERGE_LEVEL,
    MERGE_V_SHAPE_2,
    MERGE_GAUSSIAN
};

struct merge_options {
    double v;
    double lambda;
    double p;
    double trim;
    double orness;
    double k;
    double threshold;
    double concordance;
    double discordance;
    int form;                    /* enum merge_form */
    int tau2;                    /* enum merge_tau2 */
    int interval;                /* enum merge_interval */
    const double *order_weights; /* owa, the best first; NULL: from orness */
    size_t n_order_weights;
};

/*
 * A row: its name is the key of the spec, whose range stands in spec/keys.c. fallback: what holds where it is left
 * out. words: NULL: a number, or numbers (order_weights).
 */
struct merge_option {
    const char *name;
    const char *fallback;
    const char *doc;
    const char *const *words; /* NULL-terminated; a word's index is its enum */
};
const struct merge_option *merge_options(size_t *count);
struct merge_method;
/* Whether the method takes the parameter. */
bool merge_takes(const struct merge_method *method, const char *option);
/* What holds where a spec says nothing. */
struct merge_options merge_options_usual(void);

/*
 * A method. Exactly one of `rows`, `one` and `whole` is there.
 *
 * better: of the score: +1 higher, -1 lower.
 * options: names of the parameters it takes, with a space between; NULL: none.
 * forms: methods of the same name, by enum merge_form.
 * extras: names of what it says of an innovation beside the score.
 * rows: scores a block of innovations from their normalised values, each innovation by itself; must
 *   not get worse when a value rises: bounds are found by calling it with all lows and all highs.
 * one: the same, of one innovation.
 * contribution: goes with rows and one: the part of one value in the score, for explanations; NULL: it has none.
 * prepare: once, before the first innovation.
 * whole: needs all innovations at once, and writes scores and bounds itself.
 */
struct merge_method {
    const char *name;
    unsigned needs; /* enum merge_needs */
    enum merge_normalise normalise;
    int better;
    const char *doc;
    const char *source;
    const struct merge_method *const *forms; /* by the parameter `form`; NULL: it has one */
    const char *options;
    const char *const extras[MERGE_EXTRAS];
    int (*prepare)(struct grid *grid, struct uptake_error *error);
    void (*rows)(const struct score_block *block, const double *const *z, double *score);
    double (*one)(const struct score_row *row);
    double (*contribution)(double z, double weight, double score);
    int (*whole)(const struct grid *grid, const struct score_columns *scores,
                 struct uptake_error *error);
};
const struct merge_method *merge_methods(size_t *count);

/* --- What is asked ---------------------------------------------------------------------------- */

/* A value function (curve.h): count >= 2 points x, worth, in order of x, no x twice; all finite. count 0: none. */
struct merge_curve {
    const double *points; /* [2 * count] */
    size_t count;
    bool extends; /* outside of the points: on along the last line; else as at the nearest point */
};

/*
 * A measure. Columns are borrowed, n long; low and high may be NULL (either or both).
 * value: NaN is missing. better: enum uptake_better. min, max: declared limits; NaN: not declared,
 * infinite: declared to have none. eps: values that round to the same multiple of it tie in methods
 * that look at the order only; 0: equal values only.
 */
struct merge_measure {
    const char *name;
    struct place place; /* file NULL: none */
    double weight;
    int better;
    double min;
    double max;
    double eps;
    const double *value;
    const double *low;
    const double *high;
    const double *se; /* standard errors, for pooling; NULL: not declared */
    bool has_ideal;   /* rim, spotis: the best it can be lies from ideal_low to ideal_high */
    double ideal_low;
    double ideal_high;
    int preference;           /* promethee-2: enum merge_preference */
    double indifferent;       /* q: differences up to it do not count */
    double preferred;         /* p: differences from it count in full */
    double inflection;        /* s: of the gaussian preference */
    struct merge_curve curve; /* normalised values are its worths; better does not count then */
};

/*
 * Where parts are wanted: caller's arrays of n_measures * n, measure k of innovation i at [k * n +
 * i]; each may be NULL. value: normalised (borda: points), NaN where missing and not filled;
 * weight: its share in this innovation's score; contribution: for sums, weight * value, which add
 * up to the score; for minimum, the value where it is the least, else 0. For what is missing under
 * `bounds`: its middle.
 */
struct merge_parts {
    double *value;
    double *weight;
    double *contribution;
};

/*
 * One merge. Everything is borrowed for the call.
 * normalise, missing: NULL for the default. floor: 0..1. eps: scores that round to the same
 * multiple tie; 0: equal scores only (see (4) for sums). id: text of innovation i, for messages and for the order of
 * tied rows; NULL: the row number stands for it.
 */
struct merge_request {
    const char *name;
    struct place place; /* of the merge; the others fall back on it */
    const char *method;
    const struct foreign
        *foreign; /* the method, where it is a plugin's (foreign.h); NULL: built in */
    struct place method_place;
    const char *normalise;
    struct place normalise_place;
    const char *missing;
    struct place missing_place;
    double floor;
    double eps;
    const struct merge_options *options;     /* NULL: the usual ones */
    const struct merge_weighting *weighting; /* NULL: given */
    const struct merge_measure *measures;
    size_t n_measures;
    size_t n;
    const char *(*id)(const void *ids, size_t i);
    const void *ids;
    struct merge_parts parts;
};

/* --- Where weights come from (weights.c) ------------------------------------------------------ */

enum merge_weights {
    MERGE_GIVEN,
    MERGE_EQUAL,
    MERGE_ENTROPY,
    MERGE_CRITIC,
    MERGE_STD,
    MERGE_MEREC,
    MERGE_GINI,
    MERGE_ROC,
    MERGE_AHP
};
enum merge_weights_scale { MERGE_WEIGHTS_RANGE, MERGE_WEIGHTS_NONE };
enum merge_weights_by { MERGE_BY_EIGENVECTOR, MERGE_BY_GEOMETRIC_MEAN };

/*
 * scale: critic, std: of values between the least and the largest, or as they are. by, pairwise: ahp; n_pairwise
 * numbers, row by row.
 */
struct merge_weighting {
    int kind;
    int scale;
    int by;
    const double *pairwise;
    size_t n_pairwise;
};
/* Row k of the weightings, and its source; NULL behind the last. A row's index is its enum. */
const struct merge_word *merge_weighting_at(size_t k, const char **source);

/* What a merge says of the whole: "optima", "disagreement". flag: value is 1 for yes and 0 for no. */
struct merge_figure {
    const char *name;
    double value; /* NaN: not known */
    bool flag;
};

/* --- What comes back -------------------------------------------------------------------------- */

enum { MERGE_FAILURE_BYTES = 460 };

/* Why an innovation has no rank. */
enum merge_standing {
    MERGE_RANKED = 0,
    MERGE_BELOW_FLOOR,
    MERGE_DROPPED, /* by the rule `drop` */
    MERGE_NOTHING, /* nothing is present (floor 0, `renormalise`) */
    MERGE_FAILED   /* its method, a plugin's, failed */
};
/* "its coverage is below the floor" and so on; "" for MERGE_RANKED. */
const char *merge_standing_text(enum merge_standing standing);

/*
 * The arrays are n long and belong to the result. Scores are NaN where there is none: under
 * `renormalise` and `drop` for what is not ranked, under methods that need all candidates for what
 * is no candidate. Ranks are 0 where there is none. order: every innovation once, as listed. notes:
 * what a reader should be told.
 */
struct merge_result {
    const struct merge_method *method;
    enum merge_normalise normalise;
    enum merge_rule rule;
    char failure[MERGE_FAILURE_BYTES]; /* why the method, a plugin's, has no scores; "": it has */
    size_t n;
    size_t ranked;
    double *score;
    double *score_low;
    double *score_high;
    double *coverage;
    uint32_t *rank;
    uint32_t *rank_low;
    uint32_t *rank_high;
    uint32_t *order;
    uint8_t *standing; /* enum merge_standing */
    double *extra
        [MERGE_EXTRAS];  /* by the method's extras: [n], NaN where there is none; NULL: no such */
    int weighting;       /* enum merge_weights */
    double *weights;     /* of the request's measures: shares; 0: left out */
    size_t weights_from; /* innovations that weights were computed from */
    struct merge_figure figures[MERGE_FIGURES];
    size_t n_figures;
    bool not_a_bound; /* score_low and score_high are no bounds: rule (6) */
    const char **notes;
    size_t n_notes;
    struct arena arena;
};

/*
 * Everything that can be said of a request without its values and without n: method, rule,
 * normalisation, floor, weights, directions, limits. Fails with: exit code 2, a message for each
 * fault.
 */
int merge_check(const struct merge_request *request, struct uptake_error *error);

/*
 * Checks, merges. The result is written only on success; merge_finish frees it (and takes a zeroed
 * one). Fails with: exit code 2, naming the merge, the measure and the innovation: what merge_check
 * finds; infinite values; values outside declared limits; missing ones under `refuse`; missing ones
 * under `bounds` and no declared limits; 4: no memory.
 */
int merge_run(const struct merge_request *request, struct merge_result *result,
              struct uptake_error *error);
void merge_finish(struct merge_result *result);

#endif
