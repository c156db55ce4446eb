/* What two versions of a plugin declare and differ in: a line each, in the words that `uptake describe` uses. */
#ifndef UPTAKE_REPORT_DECLARED_H
#define UPTAKE_REPORT_DECLARED_H

#include "compare/runs.h"
#include "report/view.h"

/* rows: as a run's inputs: what, and what it was and is; NULL: it is not there. */
struct declared {
    struct runs_input *rows;
    size_t count;
};

/* Reads, writes and parameters are matched by name. Owns: texts, whose failure is the only one. */
void declared_compare(const struct plugin *a, const struct plugin *b, struct texts *texts,
                      struct declared *declared);

#endif
