/* What the checks share: see suite.h. A check runs in a child and leaves its answer in memory shared with the parent. */
#ifndef UPTAKE_CHECK_SUITE_INTERNAL_H
#define UPTAKE_CHECK_SUITE_INTERNAL_H

#include "check/made.h"
#include "check/same.h"
#include "check/strict.h"
#include "check/suite.h"

struct suite_answer {
    _Atomic int begun;   /* its process was set up */
    _Atomic int verdict; /* enum suite_verdict; 0: it did not come to an end */
    char text[SUITE_TEXT];
    struct strict_report strict;
};

struct suite_run {
    const struct plugin *plugin;
    const struct plugin_merge *merge; /* of a merge plugin; then there is no schema */
    const struct gen_schema *schema;
    uint64_t seed;
    bool in_process;
    bool judging;       /* answers that are not sound are for this check to find */
    bool failed_before; /* else they are no news, where an earlier check has failed */
    struct suite_answer *answer;
};

/* fault: what a strict view must have seen for this check to fail. */
struct suite_check {
    const char *name;
    const char *doc;
    unsigned excused_by; /* enum uptake_properties */
    bool state;          /* only where there are statistics over the portfolio */
    enum strict_fault fault;
    void (*run)(struct suite_run *run);
};

extern const struct suite_check suite_checks[]; /* ends with a name of NULL */
extern const struct suite_check merge_checks[]; /* of merge plugins */

/* Runs a function in a child, under a limit. *crash: "": it came to an end; else how it ended (SUITE_TEXT bytes).
 * Fails with: the machine, an interrupt. */
int suite_child(void (*function)(struct suite_run *run), struct suite_run *run, double seconds,
                char *crash, struct uptake_error *error);

/* Where pages are shared with a child. */
struct suite_answer *suite_answer_open(void);
void suite_answer_close(struct suite_answer *answer);

/* --- For checks --------------------------------------------------------------------------------- */

/* The first failure stands. */
__attribute__((format(printf, 2, 3))) void check_fail(struct suite_run *run, const char *format,
                                                      ...);
__attribute__((format(printf, 2, 3))) void check_skip(struct suite_run *run, const char *format,
                                                      ...);
/* It was to be looked at, and could not be. */
__attribute__((format(printf, 2, 3))) void check_undone(struct suite_run *run, const char *format,
                                                        ...);
/* What is worth saying of a check that passes. */
__attribute__((format(printf, 2, 3))) void check_say(struct suite_run *run, const char *format,
                                                     ...);
bool check_failed(const struct suite_run *run);

extern const struct gen_shape shape_random;

/* Model k of a shape. False: none could be made, so that the check is undone. */
bool check_made(struct suite_run *run, const struct gen_shape *shape, uint64_t k,
                struct made_model *made);
/* Plans, loads and runs. False: the plugin's answers were not sound, or it could not be run, which was said; the trial
 * is to be finished in any case. */
bool check_trial(struct suite_run *run, const struct made_model *made,
                 const struct run_options *options, struct trial *trial);
/* Only plans and loads, so that parameters can be changed before check_run(). */
bool check_load(struct suite_run *run, const struct made_model *made, struct trial *trial);
bool check_run(struct suite_run *run, const struct run_options *options, struct trial *trial);
/* Where answers that are not sound are another check's to find. */
bool check_run_quietly(struct suite_run *run, const struct run_options *options,
                       struct trial *trial);
/* Both give the same; else says what differs, after `when`. */
bool check_same(struct suite_run *run, const struct trial *a, const struct trial *b,
                double tolerance, const char *when);

/* How close sums must come that were added in another order. */
#define CHECK_TOLERANCE 1e-9

/* The values that are tried of a parameter, and how one is set; 0: none is. */
enum { CHECK_PARAM_VALUES = 16 };
size_t check_param_values(const struct uptake_param *param, double values[CHECK_PARAM_VALUES]);
void check_param_set(const struct uptake_param *param, char *at, double x);
/* "optimism at 1"; text: 128 bytes. */
const char *check_param_text(const struct uptake_param *param, size_t v, char text[128]);

void check_descriptor(struct suite_run *run);
void check_exports(struct suite_run *run);
void check_constants(struct suite_run *run);
void check_strict(struct suite_run *run);
void check_empty_lists(struct suite_run *run);
void check_zero_rows(struct suite_run *run);
void check_one_row(struct suite_run *run);
void check_missing(struct suite_run *run);
void check_doubt(struct suite_run *run);
void check_extremes(struct suite_run *run);
void check_long_lists(struct suite_run *run);
void check_random(struct suite_run *run);
void check_parameters(struct suite_run *run);
void check_repeatable(struct suite_run *run);
void check_same_batch(struct suite_run *run);
void check_fresh_start(struct suite_run *run);
void check_finish_repeatable(struct suite_run *run);
void check_combine_neutral(struct suite_run *run);
void check_combine_associative(struct suite_run *run);
void check_combine_whole(struct suite_run *run);
void check_batch_cut(struct suite_run *run);
void check_workers(struct suite_run *run);
void check_order(struct suite_run *run);
void check_memory(struct suite_run *run);
void check_system_calls(struct suite_run *run);
void check_speed(struct suite_run *run);

void merge_check_scores(struct suite_run *run);
void merge_check_one_row(struct suite_run *run);
void merge_check_one_measure(struct suite_run *run);
void merge_check_constant(struct suite_run *run);
void merge_check_ties(struct suite_run *run);
void merge_check_missing(struct suite_run *run);
void merge_check_bounds(struct suite_run *run);
void merge_check_monotone(struct suite_run *run);
void merge_check_weights(struct suite_run *run);
void merge_check_parameters(struct suite_run *run);
void merge_check_repeatable(struct suite_run *run);
void merge_check_rows(struct suite_run *run);
void merge_check_columns(struct suite_run *run);

#endif
