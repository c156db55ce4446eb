/*
 * A spec's comparisons over a run: names and statistics are resolved before the model is read, sides are compared when
 * everything is merged.
 */
#ifndef UPTAKE_COMPARE_COMPARE_H
#define UPTAKE_COMPARE_COMPARE_H

#include "compare/statistics.h"
#include "merge/apply.h"
#include "result/result.h"
#include "run/plan.h"

/* Names in one comparison: their pairs grow with the square. */
enum { COMPARE_MOST = 100 };

/* One name of `between`. */
struct compare_name {
    const char *label; /* as it is called in the result: a plugin's name becomes NAME.WRITE */
    const struct spec_merge *merge; /* NULL: a measure */
    struct merge_source source;
    int better; /* enum uptake_better; as the spec says, else neither */
};

struct compare_job {
    const struct spec_compare *spec;
    struct compare_name *names; /* spec->n_between */
    bool *picked;               /* one a row of the statistics; NULL: the usual ones */
};

struct compare_jobs {
    struct compare_job *jobs; /* those whose plugins all run (--only may leave some out) */
    size_t n_jobs;
};

/*
 * Resolves every name, and asks the plan to keep the fields that are measures. Owns: the plan's arena. Fails with:
 * unknown names, statistics and directions (the nearest ones), a name that is given twice, over COMPARE_MOST names, a measure that answers
 * another question than `quantity`.
 */
int compare_resolve(const struct spec *spec, const struct merge_jobs *merges, struct plan *plan,
                    struct compare_jobs *jobs, struct uptake_error *error);

/* Compares; fills result->comparisons. The merges must be there. Fails with: no memory, too many innovations. */
int compare_apply(const struct plan *plan, const struct compare_jobs *jobs, struct result *result,
                  struct uptake_error *error);

/*
 * Two sides that stand in no run together: the usual statistics of a pair, over rows of both. how: eps, tolerance (never
 * NaN), top_k, rbo_p. Owns: arena. Fails with: no memory, too many rows.
 */
int compare_two(const struct result_side sides[2], size_t rows, const struct spec_compare *how,
                struct arena *arena, struct result_pair *out, struct uptake_error *error);

#endif
