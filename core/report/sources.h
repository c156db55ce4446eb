/*
 * The sources that the rows of a run rest on: the model's evidence, and who names it. Read by a second look at the
 * model, and only where an output shows them, so that a large run carries none of it.
 */
#ifndef UPTAKE_REPORT_SOURCES_H
#define UPTAKE_REPORT_SOURCES_H

#include "report/view.h"
#include "result/record_read.h"
#include "run/run.h"

/* Innovations beyond which a run's sources are not read. */
enum { SOURCES_MOST = 1000 };

/* A row that rests on a source. entity: "support[]"; row: from 0 within the innovation's list; 0 without one
 * ("commissioning"). evidence: row of the evidence. */
struct source_use {
    uint64_t innovation; /* of the result */
    const char *entity;
    uint64_t row;
    uint64_t evidence;
};

/* One source as it is printed; texts borrow the sources. "" or NaN: not given. */
struct source {
    const char *id, *text, *url, *type;
    double year;
};

struct sources {
    struct model model;
    const struct model_request *requests;
    const struct source *given; /* of a record: by `evidence`; NULL: the model has them */
    struct source_use *uses;    /* by innovation, list and row */
    size_t n_uses;
    struct arena arena;
};

/*
 * Reads the sources of a result's rows: of all its innovations, or (only: not UINT64_MAX) of one. The plan and the
 * options are those of the run. Fails with: what loading a model fails with. sources_finish frees it in either case.
 */
int sources_read(const struct result *result, const struct plan *plan,
                 const struct run_options *options, uint64_t only, struct sources *sources,
                 struct uptake_error *error);
/* Those that a record holds, which must outlive them. Fails with: out of memory. */
int sources_of_record(const struct record *record, struct sources *sources,
                      struct uptake_error *error);
void sources_finish(struct sources *sources);

struct source sources_at(const struct sources *sources, uint64_t evidence);
/* The uses of one innovation: uses[first]..uses[end - 1]. */
struct view_span sources_of(const struct sources *sources, uint64_t innovation);
/* Whether that use is the first, within its innovation, of its source. */
bool sources_is_first(const struct sources *sources, size_t use);

#endif
