/* One call of a merge plugin: see merge_case.h. */
#include "check/merge_case.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "run/plan.h"

/* --- Cases ------------------------------------------------------------------------------------- */

static bool open_case(struct suite_run *run, size_t n, size_t m, struct merge_case *made)
{
    *made = (struct merge_case){.n = n, .m = m, .values = calloc(3 * n * m + m, sizeof(double))};
    if (!made->values) {
        check_undone(run, "out of memory");
        return false;
    }
    made->low = made->values + n * m;
    made->high = made->low + n * m;
    made->weights = made->high + n * m;
    return true;
}

static double some_value(struct rng *rng, bool scaled)
{
    double share = rng_unit(rng);
    if (rng_chance(rng, 0.1))
        return (double)rng_below(rng, 2); /* both ends of a scale, and ties */
    return scaled ? share : (share - 0.3) * pow(10, rng_unit(rng) * 8 - 2);
}

static void some_doubt(struct rng *rng, bool scaled, double value, double *low, double *high)
{
    double width = rng_unit(rng) * (scaled ? 0.5 : fabs(value));
    *low = value - width * rng_unit(rng);
    *high = value + width * rng_unit(rng);
    if (scaled) {
        *low = fmax(*low, 0);
        *high = fmin(*high, 1);
    }
}

bool merge_case_make(struct suite_run *run, struct rng *rng, size_t n, size_t m, double missing,
                     double doubt, struct merge_case *made)
{
    const uint32_t flags = run->merge->flags;
    bool scaled = flags & UPTAKE_MERGE_SCALE;
    double sum = 0;
    if (!open_case(run, n, m, made))
        return false;
    for (size_t at = 0; at < n * m; at++) {
        made->values[at] = made->low[at] = made->high[at] = some_value(rng, scaled);
        if (flags & UPTAKE_MERGE_BOUNDS && rng_chance(rng, doubt))
            some_doubt(rng, scaled, made->values[at], &made->low[at], &made->high[at]);
        if (flags & UPTAKE_MERGE_GAPS && rng_chance(rng, missing))
            made->values[at] = made->low[at] = made->high[at] =
                uptake_missing_number(UPTAKE_UNKNOWN);
    }
    for (size_t k = 0; k < m; k++)
        sum += made->weights[k] = 0.1 + rng_unit(rng);
    for (size_t k = 0; k < m; k++)
        made->weights[k] /= sum;
    return true;
}

bool merge_case_copy(struct suite_run *run, const struct merge_case *from, struct merge_case *to)
{
    if (!open_case(run, from->n, from->m, to))
        return false;
    memcpy(to->values, from->values, (3 * from->n * from->m + from->m) * sizeof(double));
    to->params = from->params;
    return true;
}

void merge_case_finish(struct merge_case *made)
{
    free(made->values);
    *made = (struct merge_case){0};
}

/* --- In the child ------------------------------------------------------------------------------ */

struct asking {
    struct suite_run *run;
    const struct merge_case *of;
    const void *params;
    unsigned calls;
    struct uptake_merge_measure *measures;
    double *ends[3];                    /* sealed copies of values, low, high */
    double *score, *low, *high, *parts; /* to be written */
    char *why;
};

static void fail(struct uptake_merge_call *call, const char *format, va_list values)
{
    const struct asking *a = call->private_;
    vsnprintf(a->why, 256, format, values);
}

static void fail_plain(struct uptake_merge_call *call, const char *text, size_t bytes)
{
    const struct asking *a = call->private_;
    snprintf(a->why, 256, "%.*s", (int)(bytes < 255 ? bytes : 255), text);
}

static void forget(const struct asking *a)
{
    double *const outs[] = {a->score, a->low, a->high};
    for (size_t o = 0; o < 3; o++)
        for (size_t i = 0; outs[o] && i < a->of->n; i++)
            outs[o][i] = uptake_missing_number(UPTAKE_LEFT_OUT);
    for (size_t at = 0; a->parts && at < a->of->n * a->of->m; at++)
        a->parts[at] = uptake_missing_number(UPTAKE_LEFT_OUT);
}

static int call_once(struct asking *a, const struct uptake_merge_plugin *code)
{
    struct uptake_merge_call call = {.size = sizeof call,
                                     .n = a->of->n,
                                     .params = a->params,
                                     .measures = {a->measures, a->of->m, sizeof *a->measures},
                                     .score = a->score,
                                     .low = a->low,
                                     .high = a->high,
                                     .parts = a->parts,
                                     .fail = fail,
                                     .fail_plain = fail_plain,
                                     .private_ = a};
    forget(a);
    int answer = code->merge(&call);
    if (answer != 0 && !*a->why)
        snprintf(a->why, 256, "it answered %d, and no reason", answer);
    return answer;
}

static int body(const struct uptake_bundle *loaded, void *data, char *why)
{
    struct asking *a = data;
    struct uptake_error error = {0};
    const struct uptake_merge_plugin *code = plugin_merge_code(loaded, a->run->merge, &error);
    int failed = code ? 0 : -1;
    a->why = why;
    if (!code)
        snprintf(why, 256, "%.250s", error.text[0]);
    for (unsigned k = 0; k < a->calls && !failed; k++)
        failed = call_once(a, code);
    return failed ? -1 : 0;
}

/* --- In the host ------------------------------------------------------------------------------- */

static double *sealed(struct once *once, const double *from, size_t count)
{
    double *copy = once_section(once, count * sizeof *copy);
    if (copy && count)
        memcpy(copy, from, count * sizeof *copy);
    return copy && once_seal(copy, count * sizeof *copy) == 0 ? copy : NULL;
}

static bool open_memory(struct asking *a, struct once *once, struct uptake_error *error)
{
    const struct merge_case *of = a->of;
    uint32_t flags = a->run->merge->flags;
    size_t column = of->n * of->m * sizeof(double), row = of->n * sizeof(double);
    const size_t sections[] = {column, column, column, row, row, row, column};
    const double *const from[] = {of->values, of->low, of->high};
    if (once_open(once, sections, sizeof sections / sizeof *sections, error) != 0)
        return false;
    bool whole = true;
    for (size_t end = 0; end < 3; end++)
        whole &= (a->ends[end] = sealed(once, from[end], of->n * of->m)) != NULL;
    whole &= (a->score = once_section(once, row)) != NULL;
    if (flags & UPTAKE_MERGE_BOUNDS)
        whole &= (a->low = once_section(once, row)) && (a->high = once_section(once, row));
    if (flags & UPTAKE_MERGE_PARTS)
        whole &= (a->parts = once_section(once, column)) != NULL;
    return whole || error_memory(error) == 0;
}

static void describe(struct asking *a)
{
    bool bounds = a->run->merge->flags & UPTAKE_MERGE_BOUNDS;
    bool scaled = a->run->merge->flags & UPTAKE_MERGE_SCALE;
    size_t n = a->of->n;
    for (size_t k = 0; k < a->of->m; k++)
        a->measures[k] =
            (struct uptake_merge_measure){.index = (uint32_t)k,
                                          .better = k % 2 ? UPTAKE_LOWER : UPTAKE_HIGHER,
                                          .name = "a measure",
                                          .weight = a->of->weights[k],
                                          .min = scaled ? 0 : (double)NAN,
                                          .max = scaled ? 1 : (double)NAN,
                                          .values = a->ends[0] + k * n,
                                          .low = bounds ? a->ends[1] + k * n : NULL,
                                          .high = bounds ? a->ends[2] + k * n : NULL};
}

static bool take(const struct asking *a, struct merge_answer *answer)
{
    size_t n = a->of->n, parts = n * a->of->m;
    answer->memory = calloc(3 * n + parts + 1, sizeof(double));
    if (!answer->memory)
        return false;
    answer->score = answer->memory;
    answer->low = a->low ? answer->score + n : NULL;
    answer->high = a->high ? answer->score + 2 * n : NULL;
    answer->parts = a->parts ? answer->score + 3 * n : NULL;
    memcpy(answer->score, a->score, n * sizeof(double));
    if (answer->low)
        memcpy(answer->low, a->low, n * sizeof(double));
    if (answer->high)
        memcpy(answer->high, a->high, n * sizeof(double));
    if (answer->parts)
        memcpy(answer->parts, a->parts, parts * sizeof(double));
    return true;
}

/* Rounding may put a bound this little on the wrong side, as in a run. */
static bool is_above(double x, double limit)
{
    return x > limit + 1e-9 * fmax(1, fabs(limit));
}

static bool is_number(struct suite_run *run, const char *when, const char *what, size_t i, double x,
                      double min, double max)
{
    if (isfinite(x) && x >= min && x <= max)
        return true;
    if (isfinite(x))
        check_fail(run, "%s: its %s of innovation %zu is %g, expected %g to %g, as it declares",
                   when, what, i, x, min, max);
    else
        check_fail(run, "%s: its %s of innovation %zu is %s", when, what, i,
                   isnan(x) ? "not a number, or was not written" : "infinite");
    return false;
}

static bool is_sound(struct suite_run *run, const struct merge_case *of, const char *when,
                     const struct merge_answer *answer)
{
    double min = run->merge->min, max = run->merge->max;
    for (size_t i = 0; i < of->n; i++) {
        if (!is_number(run, when, "score", i, answer->score[i], min, max))
            return false;
        if (answer->low && (!is_number(run, when, "lower bound", i, answer->low[i], min, max) ||
                            !is_number(run, when, "upper bound", i, answer->high[i], min, max)))
            return false;
        if (answer->low && (is_above(answer->low[i], answer->score[i]) ||
                            is_above(answer->score[i], answer->high[i]))) {
            check_fail(run,
                       "%s: its score of innovation %zu is %g, outside its own bounds %g to %g",
                       when, i, answer->score[i], answer->low[i], answer->high[i]);
            return false;
        }
        for (size_t k = 0; answer->parts && k < of->m; k++)
            if (!is_number(run, when, "part of a measure in the score", i,
                           answer->parts[k * of->n + i], -INFINITY, INFINITY))
                return false;
    }
    return true;
}

static int ask_child(struct asking *a, char why[ONCE_WHY_BYTES], struct merge_answer *answer,
                     struct uptake_error *error)
{
    struct once once = {.plugin = &a->run->merge->plugin,
                        .seconds = 10,
                        .memory = UINT64_C(512) << 20,
                        .in_process = a->run->in_process,
                        .body = body,
                        .data = a};
    int failed = open_memory(a, &once, error) ? 0 : -1;
    if (!failed)
        describe(a);
    if (!failed)
        failed = once_run(&once, why, error);
    if (!failed && !take(a, answer))
        failed = error_memory(error);
    once_close(&once);
    return failed;
}

bool merge_ask(struct suite_run *run, const struct merge_case *of, unsigned calls, const char *when,
               struct merge_answer *answer)
{
    struct uptake_error *error = calloc(1, sizeof *error);
    struct arena arena = {0};
    struct asking a = {.run = run, .of = of, .calls = calls, .params = of->params};
    char why[ONCE_WHY_BYTES] = "";
    void *defaults = NULL;
    *answer = (struct merge_answer){0};
    a.measures = calloc(of->m + 1, sizeof *a.measures);
    int failed = error && a.measures ? 0 : -1;
    if (!failed && !a.params)
        failed = params_bind(&run->merge->plugin, NULL, &arena, &defaults, error);
    a.params = a.params ? a.params : defaults;
    if (!failed)
        failed = ask_child(&a, why, answer, error);
    if (failed > 0)
        check_fail(run, "%s: %.280s", when, why);
    else if (failed)
        check_undone(run, "%.400s", error && error->count ? error->text[0] : "out of memory");
    free(a.measures);
    free(error);
    arena_finish(&arena);
    return !failed && is_sound(run, of, when, answer);
}

void merge_answer_finish(struct merge_answer *answer)
{
    free(answer->memory);
    *answer = (struct merge_answer){0};
}
