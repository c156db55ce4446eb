/*
 * One call of a merge plugin on made-up values: in a child of its own, the values in memory that nobody can write to, the answer
 * between unreadable pages, as in a run.
 */
#ifndef UPTAKE_CHECK_MERGE_CASE_H
#define UPTAKE_CHECK_MERGE_CASE_H

#include "check/gen.h"
#include "check/suite_internal.h"
#include "run/once.h"

/* Measure k of innovation i stands at [k * n + i]; higher is better. A NaN is missing. */
struct merge_case {
    size_t n, m;
    double *values, *low, *high; /* low <= value <= high */
    double *weights;             /* [m], adding up to 1 */
    const void *params;          /* NULL: the defaults */
};

struct merge_answer {
    double *score, *low, *high; /* [n]; low and high: UPTAKE_MERGE_BOUNDS only */
    double *parts;              /* [m * n], UPTAKE_MERGE_PARTS only */
    double *memory;
};

/* Random values as the plugin asks for them: 0 to 1 under UPTAKE_MERGE_SCALE, else of any size and sign; a tenth of them
 * repeated. missing, doubt: chances, for plugins that declare them. False: no memory, which was said. */
bool merge_case_make(struct suite_run *run, struct rng *rng, size_t n, size_t m, double missing,
                     double doubt, struct merge_case *made);
bool merge_case_copy(struct suite_run *run, const struct merge_case *from, struct merge_case *to);
void merge_case_finish(struct merge_case *made);

/* Asks so many times in one child; the last answer counts. False: it crashed, refused, or answered unsoundly (not finite,
 * outside what it declares, outside its own bounds), which was said after `when`. */
bool merge_ask(struct suite_run *run, const struct merge_case *of, unsigned calls, const char *when,
               struct merge_answer *answer);
void merge_answer_finish(struct merge_answer *answer);

#endif
