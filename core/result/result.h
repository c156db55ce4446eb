/*
 * What a run found: the plugins' columns, findings and statuses, and the merges. Everything here has been
 * checked against what the plugins declared; readers need not doubt it.
 */
#ifndef UPTAKE_RESULT_RESULT_H
#define UPTAKE_RESULT_RESULT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "model/model.h"
#include "plugin/plugin.h"
#include "result/log.h"
#include "uptake/plugin.h"

enum result_status { RESULT_OK = 1, RESULT_SKIPPED, RESULT_FAILED };
enum plugin_status { PLUGIN_OK = 0, PLUGIN_PARTIAL, PLUGIN_FAILED, PLUGIN_STOPPED };

/* One written column. values: double; codes: choices; texts: of text writes, by row (NULL: none). A row that
 * was skipped, or failed, or stays unwritten holds a missing number (uptake_why) or a negative code. */
struct result_column {
    const struct uptake_write *write;
    uint32_t table; /* of the model whose rows these are; MODEL_NO_TABLE for "/" (one row) */
    uint64_t rows;
    double *values;
    double *low; /* NULL unless UPTAKE_BOUNDS */
    double *high;
    int32_t *codes;
    uint32_t *texts;          /* a row: place in the log, UINT32_MAX: none; result_text() */
    uint32_t basis_tables[8]; /* of the model, whose rows count as its basis */
    uint32_t n_basis_tables;
};

/* A finding; its text is made on output by result_note_text(). */
struct result_note {
    uint64_t innovation; /* UINT64_MAX: the portfolio */
    uint32_t table;      /* MODEL_NO_TABLE: the innovation itself, or the portfolio as a whole */
    uint64_t row;        /* absolute row of the table */
    int level;           /* enum uptake_level */
    uint32_t entry;      /* place in the log */
};

/* One thing that a plugin's answers rest on: its bundle, a parameter, a field. kind and name: run/inputs.h. */
struct result_input {
    const char *kind, *name;
    const char *sha256;
};

struct result_plugin {
    const char *name; /* in the spec */
    const struct plugin *plugin;
    enum plugin_status status;
    uint64_t ok, skipped, failed;
    const uint8_t *states;         /* an innovation: enum result_status */
    struct result_column *columns; /* one a write, in order */
    size_t n_columns;
    uint64_t n_notes; /* by innovation, then as given; the portfolio's last: result_note() */
    uint64_t notes_dropped;
    const uint32_t
        *notes_at; /* innovations + 1: innovation i has notes notes_at[i] .. notes_at[i + 1] - 1 */
    bool batch_dependent;
    const char *const *messages; /* "plugin ID VERSION failed on innovation X: SIGSEGV" */
    size_t n_messages;
    /* non-default parameters as given in the spec: "weights: {time: 2}"; NULL: none */
    const char *with_text;
    const struct result_log *log;
    const struct result_input *inputs; /* none unless asked for */
    size_t n_inputs;
    bool reused;          /* taken from the record of a run before */
    const char *computed; /* of a record's: when, "2026-01-31T12:00:00Z"; NULL: by this run */
    const char
        *rerun; /* why it was not taken from the record that was asked; NULL: it was, or none was */
    const char *values_sha256, *findings_sha256; /* of a record's: result/digest.h */
};

/*
 * One measure's part in one innovation's place, and what settling it would do: finding its value out exactly, all
 * else staying as it is. merge/explain.h fills it.
 *
 * measure: NULL: all that are open, found out together. value: NaN: missing. low, high: what it may be; of a missing one the limits; NaN where there are none.
 * part: of the score: its normalised value, its share of the weight, what it contributes (NaN where the method
 *   has no parts). rank_low, rank_high: the innovation's range if settled at its worst, and at its best; 0: none.
 * places: by how many places the ranges of all innovations together narrow, the mean of settling it at its
 *   worst, middle and best; score: the same for the width of this innovation's own score. NaN: nothing is to be settled.
 */
struct result_part {
    uint64_t innovation;
    const char *measure;
    size_t plugin, write; /* plugin SIZE_MAX: a field of the model */
    double value, low, high;
    double normalised, weight, contribution;
    uint32_t rank_low[2], rank_high[2];
    double places, score;
};

/*
 * What a merge keeps of each innovation beside its score. A value: of measure k and innovation i at [k * n_innovations
 * + i]; NULL unless parts were asked for. weights: of the whole, shares; 0: left out. extras: by name, an innovation;
 * NaN: none.
 */
struct result_merge_parts {
    const char *const *measures;
    const double *weights;
    size_t n_measures;
    size_t n_innovations;
    const double *value, *weight, *contribution;
    const char *const *extra_names;
    double *const *extra;
    size_t n_extras;
};

/* What a merge says of the whole: "optima". flag: 1 is yes and 0 no. value: NaN: not known. */
struct result_merge_figure {
    const char *name;
    double value;
    bool flag;
};

/*
 * What an order hangs on. Without a measure: tau-b to the merge with all, the largest move of a rank, how many of the
 * first three are others; reason: why that cannot be said, or NULL. first, top: from which to which share of the weight
 * the first stays first and the first three stay the first three; NaN: cannot be said (stability_reason).
 */
struct result_influence {
    const char *measure;
    double weight;
    double tau_b, largest_move;
    uint64_t top_changed;
    const char *reason;
    double first[2], top[2];
};

/* Without an innovation: how many of the others have another place among themselves. */
struct result_reversal {
    uint64_t innovation;
    uint64_t moved;
};

struct result_merged {
    const char *name;
    const char *method;
    const char *normalise;
    const char *missing;
    int better;       /* of the score */
    bool not_a_bound; /* low and high are no bounds: others might go beyond */
    double *score, *score_low, *score_high, *coverage; /* NaN: none */
    uint32_t *rank, *rank_low, *rank_high;             /* 0: none */
    uint64_t *order;                                   /* innovations in display order */
    const char *const *notes;
    size_t n_notes;
    const char *failure; /* why its merge plugin failed: nobody has a score; NULL: it did not */
    const struct result_part *parts; /* of some innovations; none unless asked for */
    size_t n_parts;
    const char *weighting; /* "given", "entropy" */
    struct result_merge_parts all;
    const struct result_merge_figure *figures;
    size_t n_figures;
    const struct result_influence *influence; /* one a measure; none unless asked for */
    size_t n_influence;
    const char *stability_reason;            /* NULL: none */
    const struct result_reversal *reversals; /* of the first innovations */
    size_t n_reversals;
};

/* Agreement between two headlines. */
struct result_agreement {
    const char *a, *b; /* measures */
    uint64_t n;
    double kendall_tau_b, spearman; /* NaN: undefined, or under 8 common rows */
    const char *reason;             /* of the NaN; NULL: none */
};

/*
 * One figure of a comparison. name: a path, "rbo.ext": figures that follow each other and share its beginning
 * belong together. value: NaN where it is undefined, and then reason is a code ("zero_variance").
 */
struct result_figure {
    const char *name;
    double value;
    const char *reason; /* NULL: none */
};

/* One side of a comparison. */
struct result_side {
    const char *name;     /* "barriers.openness", "balanced", "field:custom.cost" */
    size_t plugin;        /* of the result; SIZE_MAX: none */
    size_t write;         /* of the plugin */
    size_t merge;         /* of the result; SIZE_MAX: none */
    const double *value;  /* an innovation: NaN: none */
    int better;           /* enum uptake_better; neither: higher comes first */
    const char *quantity; /* the question it answers; "": none is declared */
    const char *unit;     /* "": none */
};

/* Two sides. verdict: NULL where they do not answer one question; then its reason is a code. */
struct result_pair {
    size_t a, b;             /* sides */
    uint64_t n;              /* innovations with both */
    uint64_t only_a, only_b; /* with one of the two */
    const struct result_figure *figures;
    size_t n_figures;
    double tolerance;
    const char *
        verdict; /* "agree", "agree within tolerance", "disagree", "only one answers", "not comparable ..." */
    const char *verdict_reason;
};

/* An innovation on which the sides differ. ranks: one a side, mid-ranks among the innovations that all sides have. */
struct result_difference {
    uint64_t innovation;
    const double *ranks;
    double gap; /* the largest rank less the least */
};

struct result_comparison {
    struct result_side *sides;
    size_t n_sides;
    struct result_pair *pairs;
    size_t n_pairs;
    const struct result_figure *all; /* of all sides together */
    size_t n_all;
    uint64_t n;                                  /* innovations that all sides have */
    const struct result_difference *differences; /* the largest gap first */
    size_t n_differences;
    uint64_t top_k;
    double rbo_p;
    bool picked; /* the spec says which statistics */
};

/* Where a plugin's notes, reasons and texts are: its workers' logs. A place names a worker and 4 bytes of its log. */
enum { RESULT_LOGS = 32, RESULT_PLACE_BITS = 27 };
#define RESULT_PLACE(slot, byte) ((uint32_t)(slot) << RESULT_PLACE_BITS | (uint32_t)((byte) / 4))
struct result_log {
    struct log_reader slots[RESULT_LOGS];
    const uint32_t *notes;   /* places, in order */
    const uint32_t *reasons; /* an innovation: place, or UINT32_MAX; NULL: none has one */
    const uint8_t *failures; /* an innovation: index + 1 into causes; NULL: none */
    const char *const *causes;
    const uint32_t *read_tables; /* a read: its table */
    size_t n_reads;
};

/* One change of a scenario, and what came of it. */
struct result_change {
    const char *path;
    const char *what; /* "close 0.5" */
    struct model_changed rows;
};

/* A scenario: the same plugins and merges over the model with a few fields changed. */
struct result_scenario {
    const char *name;
    const char *title; /* NULL: none */
    bool as_of_given;  /* by the scenario; result->as_of is it */
    const struct result_change *changes;
    size_t n_changes;
    const struct result
        *result; /* plugins and merges in the order of the baseline's, and the same innovations */
};

struct result {
    const struct model *model;
    const char *spec_path, *spec_title;
    const char *spec_note; /* of the spec, printed first; NULL: none */
    const char *model_path;
    bool as_of_given;
    struct uptake_period as_of;
    const char *where;              /* the run is about adopters that meet this; NULL: about all */
    uint64_t where_kept, where_all; /* adopters */
    const struct sources *sources;  /* what its rows rest on, report/sources.h; NULL: not read */
    const char *containment;        /* "process" */
    const char *containment_note;   /* one line for standard error; NULL: none */
    struct result_plugin *plugins;
    size_t n_plugins;
    struct result_merged *merges;
    size_t n_merges;
    struct result_agreement *agreements;
    size_t n_agreements;
    struct result_scenario *scenarios;
    size_t n_scenarios;
    struct result_comparison *comparisons;
    size_t n_comparisons;
    struct arena arena;
    void *keep;                             /* the run's own memory */
    void (*release)(struct result *result); /* frees it */
};

void result_finish(struct result *result);

/* What a measure rests on, for one innovation: counted over the lists that its write rests on. */
struct result_basis {
    uint64_t rows, desk_reading, hindsight, without_evidence;
};
struct result_basis result_basis_of(const struct result *result, const struct result_plugin *plugin,
                                    size_t write, uint64_t innovation);

/* Fills in a column's basis_tables: lists inside the innovation that its write rests on, none counted twice. */
void result_basis_tables(const struct result *result, const struct result_plugin *plugin,
                         size_t write);

/* Note k of a plugin, k < n_notes. */
struct result_note result_note(const struct result_plugin *plugin, uint64_t k);

/* Texts, made from template and values: at most UPTAKE_TEXT_BYTES bytes, valid UTF-8, NUL-terminated. Answer the bytes. */
size_t result_note_text(const struct result_plugin *plugin, const struct result_note *note,
                        char text[UPTAKE_TEXT_BYTES + 1]);
/* The same, with where the values of its template stand in it;
 * answers what names the template among those of the plugin. And that template, with a bare %s for each value. */
uint32_t result_note_parts(const struct result_plugin *plugin, const struct result_note *note,
                           char text[UPTAKE_TEXT_BYTES + 1], struct log_parts *parts);
bool result_note_format(const struct result_plugin *plugin, const struct result_note *note,
                        char format[LOG_FORMAT_BYTES + 1]);
/* Of a text column's row; 0 bytes: none. */
size_t result_text(const struct result_plugin *plugin, const struct result_column *column,
                   uint64_t row, char text[UPTAKE_TEXT_BYTES + 1]);
/* "ok", "skipped: reason" or "failed: reason" of an innovation. */
size_t result_status_text(const struct result_plugin *plugin, uint64_t innovation,
                          char text[UPTAKE_TEXT_BYTES + 32]);
/* The because of the row a note is about, or NULL. */
const char *result_because(const struct result *result, const struct result_note *note);

#endif
