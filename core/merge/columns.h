/* A merge's measures as columns: what merging a run (apply.c) and explaining a place (explain.c) share. */
#ifndef UPTAKE_MERGE_COLUMNS_H
#define UPTAKE_MERGE_COLUMNS_H

#include "merge/apply.h"

/* What a merge borrows while it works: columns of fields, spread out. */
struct columns {
    struct merge_measure *measures;
    double **owned;
    size_t n_owned;
};

/* result: NULL: the measures without their values. Fails with: out of memory (no message). columns_finish frees what
 * there is in either case. */
int columns_open(struct columns *columns, const struct plan *plan, const struct merge_job *job,
                 const struct model *model, const struct result *result);
void columns_finish(struct columns *columns);

/* The request, which borrows everything. */
struct merge_request columns_request(const struct merge_job *job, const struct columns *columns,
                                     const struct model *model);

#endif
