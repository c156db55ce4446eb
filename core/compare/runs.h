/*
 * Two runs against each other: innovations are matched by id, measures, merges and plugins by name. What is equal is said
 * by one rule: |x - y| <= atol + rtol max(|x|, |y|), both missing, or +0 and -0; words and texts letter by letter.
 */
#ifndef UPTAKE_COMPARE_RUNS_H
#define UPTAKE_COMPARE_RUNS_H

#include "base/arena.h"
#include "compare/expression.h"
#include "compare/fields.h"
#include "result/record_read.h"

struct runs_options {
    double atol, rtol;
    uint64_t top_k;
    double rbo_p;
};

/* By id, bytewise. a, b: its place in the run; UINT64_MAX: it is not there. */
struct runs_row {
    const char *id, *name;
    uint64_t a, b;
};

enum runs_class { RUNS_EQUAL, RUNS_CHANGED, RUNS_ADDED, RUNS_REMOVED };

/* A measure of innovations. a, b: its column; NULL: the run has none of that name. Counts are of innovations that both have. */
struct runs_measure {
    const char *name;
    const struct result_column *a, *b;
    const struct result_plugin *plugin_a, *plugin_b;
    uint64_t equal, changed;
    double largest; /* difference of two numbers */
    size_t at;      /* its row; SIZE_MAX: none */
    double digits;  /* that agree there: -log10 of the relative difference; NaN: none differ */
};

struct runs_merge {
    const char *name;
    const struct result_merged *a, *b; /* NULL: the run has none of that name */
    uint64_t scores_equal, scores_changed;
    uint64_t moved;         /* ranked in both, at another rank */
    uint64_t move;          /* the largest */
    uint64_t entered, left; /* the first k */
    uint64_t gained, lost;  /* a rank at all */
    double tau_b, rbo;
    const char *tau_reason, *rbo_reason;
};

/* A finding that one run has and the other has not. row: SIZE_MAX: of the portfolio. */
struct runs_finding {
    size_t row;
    const char *plugin, *text;
    int level;
    bool added;
};

enum { RUNS_FINDINGS_MOST = 1000 };

/* Something that went in and differs. a, b: NULL: it is not there. */
struct runs_input {
    const char *what, *a, *b;
};

struct runs {
    const struct record *a, *b;
    struct runs_options options;
    struct runs_row *rows;
    size_t n_rows;
    uint64_t added, removed;
    struct runs_measure *measures;
    size_t n_measures;
    struct runs_merge *merges;
    size_t n_merges;
    struct runs_finding *findings; /* the first RUNS_FINDINGS_MOST */
    size_t n_findings;
    uint64_t findings_added, findings_removed, blocks_added;
    uint64_t statuses; /* innovation and plugin whose status changed */
    struct runs_input *inputs;
    size_t n_inputs, room_inputs;
    struct result_figure *figures; /* one a row of runs_names() */
    struct arena arena;
};

/* Compares; both records must outlive it. Fails with: no innovation in common; no memory. */
int runs_compare(const struct record *a, const struct record *b, struct runs_options options,
                 struct runs *runs, struct uptake_error *error);
void runs_finish(struct runs *runs);

/* The figures that a condition may name. */
const struct expression_name *runs_names(size_t *count);
/* What a measure does at a row, and (may be NULL) the difference of two numbers, NaN where there is none. */
enum runs_class runs_cell(const struct runs *runs, const struct runs_measure *measure, size_t at,
                          double *difference);
/* A score or a number against another. */
bool runs_equal(const struct runs_options *options, double x, double y);

/* runs_inputs.c, runs_findings.c: stages of runs_compare. */
int runs_compare_inputs(struct runs *runs, struct uptake_error *error);
int runs_compare_findings(struct runs *runs, struct uptake_error *error);

#endif
