/*
 * Two runs against each other: innovations are matched by id, measures, merges and plugins by name, rows of lists by their
 * place. What is equal is said by one rule: |x - y| <= atol + rtol max(|x|, |y|), both missing, or +0 and -0; words and
 * texts letter by letter. A number with bounds is equal where its low and high are, too.
 */
#ifndef UPTAKE_COMPARE_RUNS_H
#define UPTAKE_COMPARE_RUNS_H

#include "base/arena.h"
#include "compare/compare.h"
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

/*
 * A written column. a, b: NULL: the run has none of that name. Counts are of rows that both have: innovations, or rows of
 * their lists.
 */
struct runs_measure {
    const char *name;
    const struct result_column *a, *b;
    const struct result_plugin *plugin_a, *plugin_b;
    uint64_t equal, changed;
    double largest; /* difference of two numbers */
    size_t at;      /* its innovation; SIZE_MAX: none, or of the portfolio */
    double digits;  /* that agree there: -log10 of the relative difference; NaN: none differ */
    /* Of innovations whose values changed: the statistics of a pair. No figures: nothing changed, or no numbers. */
    struct result_pair pair;
};

/* A column of a list's rows. at_row: where the largest difference is, from 0 within the innovation's list. */
struct runs_list {
    struct runs_measure of;
    const char *entity; /* "support[]" */
    uint64_t added, removed;
    uint64_t at_row;
};

/* What one plugin says of one innovation in both: "ok", "skipped: ...", "failed: ...". */
struct runs_status {
    size_t row;
    const char *plugin, *a, *b;
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

enum { RUNS_FINDINGS_MOST = 1000, RUNS_STATUSES_MOST = 1000 };

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
    struct runs_list *lists;
    size_t n_lists;
    struct runs_merge *merges;
    size_t n_merges;
    struct runs_finding *findings; /* the first RUNS_FINDINGS_MOST */
    size_t n_findings;
    uint64_t findings_added, findings_removed, blocks_added;
    uint64_t statuses;           /* innovation and plugin: ok, skipped or failed, and now another */
    uint64_t reasons;            /* the same, for another reason */
    struct runs_status *changes; /* of both, the first RUNS_STATUSES_MOST */
    size_t n_changes;
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
/* Sets a figure that is known to the caller alone. reason: why there is none; NULL: the value holds. */
void runs_set_figure(struct runs *runs, const char *name, double value, const char *reason);
double runs_figure(const struct runs *runs, const char *name);
/* Whether nothing that comes out differs: no value, score, rank, finding or status. */
bool runs_same(const struct runs *runs);

/* --- Stages of runs_compare: runs_inputs.c, runs_findings.c, runs_lists.c, runs_pairs.c, runs_figures.c --------------- */

/* Two numbers that differ, and by how much. size: NaN: they are no numbers. */
struct runs_gap {
    double x, y, size;
};
/* Row a of the first run's column against row b of the second's. */
bool runs_same_cell(const struct runs *runs, const struct runs_measure *of, uint64_t a, uint64_t b,
                    struct runs_gap *gap);
/* Counts a cell; true: its difference is the largest so far. */
bool runs_count_cell(const struct runs *runs, struct runs_measure *of, uint64_t a, uint64_t b);

int runs_compare_inputs(struct runs *runs, struct uptake_error *error);
int runs_compare_findings(struct runs *runs, struct uptake_error *error);
int runs_compare_lists(struct runs *runs, struct uptake_error *error);
int runs_compare_pairs(struct runs *runs, struct uptake_error *error);
int runs_put_figures(struct runs *runs, struct uptake_error *error);

#endif
