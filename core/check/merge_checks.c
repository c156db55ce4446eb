/*
 * What every merge plugin must do, and what its flags claim of it: see suite.h. Values are made up; each question is asked in a
 * child of its own, beside which the check itself runs in one, too.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check/merge_case.h"

/* How close scores must come that were added in another order. */
static bool is_near(double a, double b)
{
    return fabs(a - b) <= CHECK_TOLERANCE * fmax(1, fmax(fabs(a), fabs(b)));
}

static uint64_t bits_of(double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

static struct rng rng_for(const struct suite_run *run, uint64_t k)
{
    struct rng rng = {run->seed * 0x9e3779b97f4a7c15u + k};
    rng_next(&rng);
    return rng;
}

static bool has(const struct suite_run *run, uint32_t flag)
{
    return run->merge->flags & flag;
}

/* Asks of one case, and forgets it. */
static void ask_only(struct suite_run *run, const struct merge_case *of, const char *when)
{
    struct merge_answer answer;
    merge_ask(run, of, 1, when, &answer);
    merge_answer_finish(&answer);
}

/* --- Answers are sound ------------------------------------------------------------------------- */

/* So many random cases of that size, each handed on; a case that cannot be made ends it. */
typedef void case_function(struct suite_run *run, struct merge_case *of, struct rng *rng);

static void each_case(struct suite_run *run, uint64_t seed, unsigned cases, size_t n, size_t m,
                      double missing, double doubt, case_function *function)
{
    for (unsigned k = 0; k < cases && !check_failed(run); k++) {
        struct rng rng = rng_for(run, seed + k);
        struct merge_case of;
        if (merge_case_make(run, &rng, n, m, missing, doubt, &of))
            function(run, &of, &rng);
        merge_case_finish(&of);
    }
}

static void ask_random(struct suite_run *run, struct merge_case *of, struct rng *rng)
{
    (void)rng;
    ask_only(run, of, "random values");
}

void merge_check_scores(struct suite_run *run)
{
    static const size_t sizes[][2] = {{2, 2}, {7, 3}, {40, 5}, {200, 2}, {3, 40}};
    for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++)
        each_case(run, 100 * k, 4, sizes[k][0], sizes[k][1], 0, 0.3, ask_random);
}

void merge_check_one_row(struct suite_run *run)
{
    each_case(run, 1000, 3, 1, 4, 0, 0.3, ask_random);
}

void merge_check_one_measure(struct suite_run *run)
{
    each_case(run, 1020, 3, 12, 1, 0, 0.3, ask_random);
    each_case(run, 1010, 2, 1, 1, 0, 0, ask_random);
}

static void flatten(struct merge_case *of, size_t k, double x)
{
    for (size_t i = 0; i < of->n; i++) {
        size_t at = k * of->n + i;
        of->values[at] = of->low[at] = of->high[at] = x;
    }
}

static void ask_constant(struct suite_run *run, struct merge_case *of, struct rng *rng)
{
    static const double constants[] = {0, 1, 0.25};
    double x = constants[rng_below(rng, 3)];
    flatten(of, rng_below(rng, of->m), x);
    ask_only(run, of, "a measure that is the same everywhere");
    for (size_t k = 0; k < of->m; k++)
        flatten(of, k, x);
    ask_only(run, of, "every measure the same everywhere");
}

void merge_check_constant(struct suite_run *run)
{
    each_case(run, 1030, 6, 9, 3, 0, 0, ask_constant);
}

static void ask_ties(struct suite_run *run, struct merge_case *of, struct rng *rng)
{
    struct merge_answer answer;
    size_t a = rng_below(rng, of->n), b = (a + 1 + rng_below(rng, of->n - 1)) % of->n;
    for (size_t k = 0; k < of->m; k++) {
        size_t from = k * of->n + a, to = k * of->n + b;
        of->values[to] = of->values[from];
        of->low[to] = of->low[from];
        of->high[to] = of->high[from];
    }
    if (merge_ask(run, of, 1, "random values", &answer) &&
        !is_near(answer.score[a], answer.score[b]))
        check_fail(run, "innovations %zu and %zu have the same values, and scores %.10g and %.10g",
                   a, b, answer.score[a], answer.score[b]);
    merge_answer_finish(&answer);
}

void merge_check_ties(struct suite_run *run)
{
    each_case(run, 1040, 6, 9, 3, 0, 0.3, ask_ties);
}

/* --- Missing values: UPTAKE_MERGE_GAPS ---------------------------------------------------------- */

static void take_away(struct merge_case *of, size_t k, size_t i)
{
    size_t at = k * of->n + i;
    of->values[at] = of->low[at] = of->high[at] = uptake_missing_number(UPTAKE_UNKNOWN);
}

static void ask_missing(struct suite_run *run, struct merge_case *of, struct rng *rng)
{
    size_t row = rng_below(rng, of->n), column = rng_below(rng, of->m);
    ask_only(run, of, "some values missing");
    for (size_t k = 0; k < of->m; k++)
        take_away(of, k, row);
    ask_only(run, of, "all values of an innovation missing");
    for (size_t i = 0; i < of->n; i++)
        take_away(of, column, i);
    ask_only(run, of, "all values of a measure missing");
    for (size_t k = 0; k < of->m; k++)
        for (size_t i = 0; i < of->n; i++)
            take_away(of, k, i);
    ask_only(run, of, "all values missing");
}

void merge_check_missing(struct suite_run *run)
{
    if (!has(run, UPTAKE_MERGE_GAPS))
        check_skip(run, "it does not say that it can do with missing values (UPTAKE_MERGE_GAPS)");
    each_case(run, 1050, 5, 9, 4, 0.3, 0, ask_missing);
}

/* --- Doubt: UPTAKE_MERGE_BOUNDS ----------------------------------------------------------------- */

static double inside(struct rng *rng, double low, double high)
{
    return rng_chance(rng, 0.3)   ? low
           : rng_chance(rng, 0.4) ? high
                                  : low + (high - low) * rng_unit(rng);
}

/* Whatever the values turn out to be within their bounds, each score lies within the bounds it was given. */
static void ask_bounds(struct suite_run *run, struct merge_case *of, struct rng *rng)
{
    struct merge_answer wide, drawn = {0};
    struct merge_case exact;
    bool good =
        merge_ask(run, of, 1, "values with bounds", &wide) && merge_case_copy(run, of, &exact);
    for (int draw = 0; good && draw < 12; draw++) {
        for (size_t at = 0; at < of->n * of->m; at++)
            exact.values[at] = exact.low[at] = exact.high[at] =
                inside(rng, of->low[at], of->high[at]);
        good = merge_ask(run, &exact, 1, "values from within their bounds", &drawn);
        for (size_t i = 0; good && i < of->n; i++) {
            double slack = CHECK_TOLERANCE * fmax(1, fabs(drawn.score[i]));
            good = drawn.score[i] >= wide.low[i] - slack && drawn.score[i] <= wide.high[i] + slack;
            if (!good)
                check_fail(run,
                           "innovation %zu was bounded to %.10g to %.10g, and values from within "
                           "theirs give %.10g",
                           i, wide.low[i], wide.high[i], drawn.score[i]);
        }
        merge_answer_finish(&drawn);
    }
    if (good || check_failed(run))
        merge_answer_finish(&wide);
    merge_case_finish(&exact);
}

void merge_check_bounds(struct suite_run *run)
{
    if (!has(run, UPTAKE_MERGE_BOUNDS))
        check_skip(run, "it does not write bounds (UPTAKE_MERGE_BOUNDS)");
    each_case(run, 1060, 4, 6, 3, 0, 0.6, ask_bounds);
}

/* --- Its own values alone, and no worse for better: UPTAKE_MERGE_MONOTONE ------------------------- */

static void ask_monotone(struct suite_run *run, struct merge_case *of, struct rng *rng)
{
    struct merge_answer before, after = {0};
    size_t i = rng_below(rng, of->n), k = rng_below(rng, of->m), other = (i + 1) % of->n;
    double better = run->merge->better;
    double *value = &of->values[k * of->n + i];
    bool good = merge_ask(run, of, 1, "random values", &before);
    *value = has(run, UPTAKE_MERGE_SCALE) ? *value + (1 - *value) * rng_unit(rng)
                                          : *value + fabs(*value) * rng_unit(rng) + rng_unit(rng);
    if (good && merge_ask(run, of, 1, "one value better", &after)) {
        double slack = CHECK_TOLERANCE * fmax(1, fabs(before.score[i]));
        if (better * (after.score[i] - before.score[i]) < -slack)
            check_fail(
                run, "one value of innovation %zu got better, and its score worse: %.10g to %.10g",
                i, before.score[i], after.score[i]);
        else if (of->n > 1 && !is_near(after.score[other], before.score[other]))
            check_fail(run,
                       "a value of innovation %zu changed the score of innovation %zu: %.10g to "
                       "%.10g",
                       i, other, before.score[other], after.score[other]);
    }
    merge_answer_finish(&before);
    merge_answer_finish(&after);
}

void merge_check_monotone(struct suite_run *run)
{
    if (!has(run, UPTAKE_MERGE_MONOTONE))
        check_skip(run, "it does not say so (UPTAKE_MERGE_MONOTONE)");
    each_case(run, 1070, 24, 5, 3, 0, 0, ask_monotone);
}

/* --- Weights: UPTAKE_MERGE_WEIGHTS ---------------------------------------------------------------- */

/* The same values under other weights: how many scores differ. */
static uint64_t moved; /* of this check */

static void ask_weights(struct suite_run *run, struct merge_case *of, struct rng *rng)
{
    struct merge_answer before, after = {0};
    double sum = 0;
    bool good = merge_ask(run, of, 1, "random values", &before);
    for (size_t k = 0; k < of->m; k++)
        sum += of->weights[k] = 0.1 + rng_unit(rng);
    for (size_t k = 0; k < of->m; k++)
        of->weights[k] /= sum;
    good = good && merge_ask(run, of, 1, "other weights", &after);
    for (size_t i = 0; good && i < of->n; i++) {
        bool same = is_near(before.score[i], after.score[i]);
        moved += !same;
        if (!same && !has(run, UPTAKE_MERGE_WEIGHTS))
            check_fail(run,
                       "it does not say that it uses weights (UPTAKE_MERGE_WEIGHTS), and other "
                       "ones change the score of innovation %zu: %.10g to %.10g",
                       i, before.score[i], after.score[i]);
    }
    merge_answer_finish(&before);
    merge_answer_finish(&after);
}

void merge_check_weights(struct suite_run *run)
{
    moved = 0;
    each_case(run, 1080, 6, 9, 4, 0, 0, ask_weights);
    if (moved == 0 && has(run, UPTAKE_MERGE_WEIGHTS))
        check_fail(run, "it says that it uses weights (UPTAKE_MERGE_WEIGHTS), and no other ones "
                        "changed any score");
}

/* --- The same again, and in another order --------------------------------------------------------- */

static void compare(struct suite_run *run, const struct merge_answer *a,
                    const struct merge_answer *b, size_t n, const size_t *place, bool exact,
                    const char *when)
{
    const double *const of_a[] = {a->score, a->low, a->high};
    const double *const of_b[] = {b->score, b->low, b->high};
    static const char *const what[] = {"score", "lower bound", "upper bound"};
    for (size_t o = 0; o < 3; o++)
        for (size_t i = 0; of_a[o] && i < n; i++) {
            double x = of_a[o][i], y = of_b[o][place ? place[i] : i];
            if (exact ? bits_of(x) != bits_of(y) : !is_near(x, y))
                check_fail(run, "%s: the %s of innovation %zu is %.17g, and %.17g", when, what[o],
                           i, x, y);
        }
}

static void ask_again(struct suite_run *run, struct merge_case *of, struct rng *rng)
{
    struct merge_answer once, again = {0}, twice = {0};
    (void)rng;
    if (merge_ask(run, of, 1, "random values", &once) &&
        merge_ask(run, of, 1, "random values", &again) &&
        merge_ask(run, of, 3, "random values", &twice)) {
        compare(run, &once, &again, of->n, NULL, true, "in two processes");
        compare(run, &once, &twice, of->n, NULL, true, "asked once, and for the third time");
    }
    merge_answer_finish(&once);
    merge_answer_finish(&again);
    merge_answer_finish(&twice);
}

void merge_check_repeatable(struct suite_run *run)
{
    each_case(run, 1090, 4, 9, 4, 0.1, 0.3, ask_again);
}

/* place: where each of count things goes (Fisher and Yates). */
static void permute(struct rng *rng, size_t *place, size_t count)
{
    for (size_t k = 0; k < count; k++)
        place[k] = k;
    for (size_t k = count; k > 1; k--) {
        size_t with = rng_below(rng, k), kept = place[k - 1];
        place[k - 1] = place[with];
        place[with] = kept;
    }
}

enum { MOST = 64 };

/* rows, columns: where each goes; NULL: it stays. */
static void ask_moved(struct suite_run *run, const struct merge_case *of, const size_t *rows,
                      const size_t *columns, const char *when)
{
    struct merge_answer before = {0}, after = {0};
    struct merge_case moved_case;
    if (!merge_case_copy(run, of, &moved_case))
        return;
    for (size_t k = 0; k < of->m; k++) {
        size_t to = columns ? columns[k] : k;
        moved_case.weights[to] = of->weights[k];
        for (size_t i = 0; i < of->n; i++) {
            size_t from = k * of->n + i, at = to * of->n + (rows ? rows[i] : i);
            moved_case.values[at] = of->values[from];
            moved_case.low[at] = of->low[from];
            moved_case.high[at] = of->high[from];
        }
    }
    if (merge_ask(run, of, 1, "random values", &before) &&
        merge_ask(run, &moved_case, 1, when, &after))
        compare(run, &before, &after, of->n, rows, false, when);
    merge_answer_finish(&before);
    merge_answer_finish(&after);
    merge_case_finish(&moved_case);
}

static void ask_rows(struct suite_run *run, struct merge_case *of, struct rng *rng)
{
    size_t place[MOST];
    permute(rng, place, of->n);
    ask_moved(run, of, place, NULL, "innovations in another order");
}

static void ask_columns(struct suite_run *run, struct merge_case *of, struct rng *rng)
{
    size_t place[MOST];
    permute(rng, place, of->m);
    ask_moved(run, of, NULL, place, "measures in another order");
}

void merge_check_rows(struct suite_run *run)
{
    each_case(run, 1100, 6, 12, 3, 0.1, 0.3, ask_rows);
}

void merge_check_columns(struct suite_run *run)
{
    if (has(run, UPTAKE_MERGE_ORDERED))
        check_skip(run, "the order of measures counts, as it says (UPTAKE_MERGE_ORDERED)");
    each_case(run, 1110, 6, 8, 5, 0.1, 0.3, ask_columns);
}
