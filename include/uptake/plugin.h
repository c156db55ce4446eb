/*
 * uptake/plugin.h: the whole contract between uptake and its plugins, ABI 1.
 *
 * A plugin is one constant: it declares what it reads, what can be tuned and what it writes, and a
 * function that turns columns into columns. The host does everything else: it loads and checks the
 * model, allocates the outputs, runs the plugin in a worker process of its own, cuts the work in
 * batches, refuses results outside what was declared, merges, compares and prints.
 *
 *   (1) Standard headers only, C11 or later, and C++17. Nothing is imported from the host: what a
 *       plugin calls below is a static inline function over tables that the call carries.
 *   (2) One function is exported, whose name carries the ABI's major number. UPTAKE_BUNDLE() at the
 *       end of one file writes it.
 *   (3) Growth. A struct that is not an array's element begins with its own size; an array is
 *       {rows, count, stride}; fields are only ever appended. An element that code names by an index
 *       begins with that index, which the host checks against its position.
 *   (4) Time. The host calls process (and update, combine, finish) in a worker, one call at a time,
 *       with the default floating-point environment. Nothing outside the call's outputs and state
 *       may be written; files, network, threads and processes are out of reach.
 *   (5) What is not known is never a number. A missing number is a NaN whose payload says why
 *       (uptake_why); a missing choice, text, reference or flag is a negative code (uptake_why_code).
 *   (6) A bundle may carry methods of merging beside or instead of analyses (ABI 1.1): struct
 *       uptake_merge_plugin, a function that turns measures with weights into one score each.
 *
 * A comment says, where it applies: what it does; shapes and units; who owns; valid until; called
 * by; fails with.
 */
#ifndef UPTAKE_PLUGIN_H
#define UPTAKE_PLUGIN_H

#include <math.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The ABI's major number is part of the exported name; the minor counts what was appended. */
#define UPTAKE_ABI_MAJOR 1
#define UPTAKE_ABI_MINOR 1

/* No limit on that side of a range, for reads, params and writes. */
#define UPTAKE_NO_LIMIT ((double)INFINITY)

/* Longest text of a finding, a reason or a written text, in bytes; longer ones are cut. */
#define UPTAKE_TEXT_BYTES 240

/* Findings that one plugin may give for one innovation, and for the portfolio; further ones are
 * counted, not kept. */
#define UPTAKE_NOTES_MAX 8
#define UPTAKE_PORTFOLIO_NOTES_MAX 1000

/* --- Words shared by reads, params and writes ------------------------------------------------- */

enum uptake_type {
    UPTAKE_NUMBER = 1, /* double */
    UPTAKE_CHOICE,     /* int32_t, index into the row's own choices */
    UPTAKE_TEXT,       /* int32_t id, uptake_text() gives the bytes; a param: const char * */
    UPTAKE_REF,        /* int64_t, row of the table referred to */
    UPTAKE_DATE,       /* struct uptake_period */
    UPTAKE_FLAG,       /* int8_t, 0 or 1 */
    UPTAKE_LIST,       /* int8_t, enum uptake_missing, one a parent row: why the list is empty */
    UPTAKE_VERDICT,    /* int8_t a pair innovation x rule, enum uptake_verdict */
    UPTAKE_INTEGER,    /* params only: int64_t */
    UPTAKE_TABLE       /* params only: double[number of choices] */
};

/* Why a value is missing. */
enum uptake_missing {
    UPTAKE_PRESENT = 0,
    UPTAKE_LEFT_OUT = 1,       /* nobody looked */
    UPTAKE_UNKNOWN = 2,        /* looked for, not found */
    UPTAKE_NONE = 3,           /* known to be none */
    UPTAKE_NOT_APPLICABLE = 4, /* does not apply */
    UPTAKE_AFTER_AS_OF = 5,    /* happened after the run's as_of */
    UPTAKE_SUPPRESSED = 6,     /* withheld by the publisher: low and high hold what is known */
    UPTAKE_NOT_ASSESSED = 7    /* another plugin's measure, which that plugin skipped */
};

/* A choice that stands in the model but not among the choices the plugin lists. */
#define UPTAKE_OTHER (-16)

/* What is doubtful about a value; its best, low and high are the columns beside it. A value that is
 * simply missing is UPTAKE_EXACT: ask uptake_why. */
enum uptake_doubt {
    UPTAKE_EXACT = 0,
    UPTAKE_RANGE,        /* low..high; best is the mode given, else the middle */
    UPTAKE_SHARES,       /* a share for each category; low and high the outermost with a share */
    UPTAKE_AT_LEAST,     /* high is the field's maximum, or infinity */
    UPTAKE_AT_MOST,      /* low is the field's minimum */
    UPTAKE_ABOUT,        /* 10 % either side */
    UPTAKE_IS_SUPPRESSED /* best is missing; low and high hold what is known */
};

/* Verdict of a rule on an innovation (Kleene logic). */
enum uptake_verdict {
    UPTAKE_RULE_FALSE = 0,
    UPTAKE_RULE_TRUE = 1,
    UPTAKE_RULE_UNKNOWN = 2,
    UPTAKE_RULE_NOT_APPLICABLE = 3
};

/* Level of a finding. */
enum uptake_level { UPTAKE_BLOCKS = 1, UPTAKE_RISKS, UPTAKE_HELPS, UPTAKE_NOT_KNOWN };

/* Which end of a measure is better. */
enum uptake_better { UPTAKE_NEITHER = 0, UPTAKE_HIGHER = 1, UPTAKE_LOWER = -1 };

/* Days since 1970-01-01, both ends included. An open end is INT32_MAX; "at most" starts at
 * UPTAKE_DAY_MIN. A missing date has start = -(enum uptake_missing) + UPTAKE_DAY_MISSING. */
struct uptake_period {
    int32_t start;
    int32_t end;
};
#define UPTAKE_DAY_MISSING (INT32_MIN + 64)
#define UPTAKE_DAY_MIN (INT32_MIN + 128)
#define UPTAKE_DAY_OPEN INT32_MAX

/* Rows of an array: count elements, stride bytes apart. */
struct uptake_rows {
    const void *rows;
    size_t count;
    size_t stride;
};
/* clang-format off */
#define UPTAKE_ROWS(array) {(array), sizeof(array) / sizeof *(array), sizeof *(array)}
#define UPTAKE_NO_ROWS {NULL, 0, 0}
/* clang-format on */

/* --- Reads ------------------------------------------------------------------------------------ */

enum uptake_read_flags {
    UPTAKE_REQUIRED = 1, /* an innovation that lacks it is skipped by the host, with the reason */
    UPTAKE_DOUBT = 2     /* low, high and kind arrive beside the best value */
};

/*
 * One thing a plugin reads.
 *
 * path: relative to the innovation ("support[].needed", "commissioning.payback"), from the portfolio
 *   ("/adopters[].region"), with a filter ("judgements[framework=nasss].value"), a list itself
 *   ("support[]"), another plugin's answer by its quantity ("@spread-severity"), or the verdicts of
 *   the rules ("/rules[]", type UPTAKE_VERDICT).
 * unit: "" where the field has none; must be the field's unit, unless the row says its own.
 * min, max: numbers only; a model value outside is an error with its place.
 * choices: NULL-terminated, in the order that the values arrive in; NULL for other types.
 */
struct uptake_read {
    uint32_t index;
    uint32_t type;  /* enum uptake_type */
    uint32_t flags; /* enum uptake_read_flags */
    const char *path;
    const char *unit;
    double min;
    double max;
    const char *const *choices;
    const char *doc;
};

/* clang-format off */
#define UPTAKE_READ(index, type, flags, path, unit, min, max, choices, doc)                        \
    {index, type, flags, path, unit, min, max, choices, doc}
/* clang-format on */
#define UPTAKE_READ_NUMBER(index, path, unit, min, max, doc)                                       \
    UPTAKE_READ(index, UPTAKE_NUMBER, 0, path, unit, min, max, NULL, doc)
#define UPTAKE_READ_NUMBER_DOUBT(index, path, unit, min, max, doc)                                 \
    UPTAKE_READ(index, UPTAKE_NUMBER, UPTAKE_DOUBT, path, unit, min, max, NULL, doc)
#define UPTAKE_READ_CHOICE(index, path, choices, doc)                                              \
    UPTAKE_READ(index, UPTAKE_CHOICE, 0, path, "", 0, 0, choices, doc)
#define UPTAKE_READ_TEXT(index, path, doc)                                                         \
    UPTAKE_READ(index, UPTAKE_TEXT, 0, path, "", 0, 0, NULL, doc)
#define UPTAKE_READ_REF(index, path, doc)                                                          \
    UPTAKE_READ(index, UPTAKE_REF, 0, path, "", 0, 0, NULL, doc)
#define UPTAKE_READ_DATE(index, path, doc)                                                         \
    UPTAKE_READ(index, UPTAKE_DATE, 0, path, "", 0, 0, NULL, doc)
#define UPTAKE_READ_FLAG(index, path, doc)                                                         \
    UPTAKE_READ(index, UPTAKE_FLAG, 0, path, "", 0, 0, NULL, doc)
#define UPTAKE_READ_LIST(index, path, doc)                                                         \
    UPTAKE_READ(index, UPTAKE_LIST, 0, path, "", 0, 0, NULL, doc)
#define UPTAKE_READ_VERDICTS(index, doc)                                                           \
    UPTAKE_READ(index, UPTAKE_VERDICT, 0, "/rules[]", "", 0, 0, NULL, doc)

/* --- Params ----------------------------------------------------------------------------------- */

/*
 * One thing a spec can tune under `with:`. The host fills the plugin's own struct of parameters.
 *
 * offset, bytes: the member; its C type is checked when the row is compiled.
 * number: default of a number, integer, flag (0 or 1), choice (its index) or table (every entry).
 * text: default of a text or a date ("2018-01"); NULL: no text, no date.
 * min, max: numbers, integers and tables. choices: a choice's values or a table's entries.
 */
struct uptake_param {
    uint32_t type; /* enum uptake_type */
    uint32_t flags;
    const char *name;
    size_t offset;
    size_t bytes;
    double number;
    const char *text;
    double min;
    double max;
    const char *unit;
    const char *const *choices;
    const char *doc;
};

/* Offset of a member, and an error of the compiler where the member is not of that C type. */
#ifdef __cplusplus
#define UPTAKE_MEMBER(type, member, ctype)                                                         \
    (offsetof(type, member) + 0 * sizeof(&((type *)0)->member == (ctype *)0))
#else
#define UPTAKE_MEMBER(type, member, ctype)                                                         \
    _Generic(&((type *)0)->member, ctype * : offsetof(type, member))
#endif

/* clang-format off */
#define UPTAKE_PARAM_(kind, type, member, ctype, number, text, min, max, unit, choices, doc)       \
    {kind,   0,    #member, UPTAKE_MEMBER(type, member, ctype), sizeof(((type *)0)->member),       \
     number, text, min,     max,                                unit,                              \
     choices, doc}
/* clang-format on */
#define UPTAKE_PARAM_NUMBER(type, member, fallback, min, max, unit, doc)                           \
    UPTAKE_PARAM_(UPTAKE_NUMBER, type, member, double, fallback, NULL, min, max, unit, NULL, doc)
#define UPTAKE_PARAM_INTEGER(type, member, fallback, min, max, unit, doc)                          \
    UPTAKE_PARAM_(UPTAKE_INTEGER, type, member, int64_t, fallback, NULL, min, max, unit, NULL, doc)
#define UPTAKE_PARAM_FLAG(type, member, fallback, doc)                                             \
    UPTAKE_PARAM_(UPTAKE_FLAG, type, member, int8_t, fallback, NULL, 0, 1, "", NULL, doc)
#define UPTAKE_PARAM_CHOICE(type, member, fallback, choices, doc)                                  \
    UPTAKE_PARAM_(UPTAKE_CHOICE, type, member, int32_t, fallback, NULL, 0, 0, "", choices, doc)
#define UPTAKE_PARAM_TEXT(type, member, fallback, doc)                                             \
    UPTAKE_PARAM_(UPTAKE_TEXT, type, member, const char *, 0, fallback, 0, 0, "", NULL, doc)
#define UPTAKE_PARAM_DATE(type, member, fallback, doc)                                             \
    UPTAKE_PARAM_(UPTAKE_DATE, type, member, struct uptake_period, 0, fallback, 0, 0, "", NULL, doc)
/* member: double[number of choices]; the host refuses a struct whose member has another length. */
/* clang-format off */
#define UPTAKE_PARAM_TABLE(type, member, fallback, min, max, unit, choices, doc)                   \
    {UPTAKE_TABLE,                                                                                 \
     0,                                                                                            \
     #member,                                                                                      \
     UPTAKE_MEMBER(type, member[0], double),                                                       \
     sizeof(((type *)0)->member),                                                                  \
     fallback,                                                                                     \
     NULL,                                                                                         \
     min,                                                                                          \
     max,                                                                                          \
     unit,                                                                                         \
     choices,                                                                                      \
     doc}
/* clang-format on */

/* --- Writes ----------------------------------------------------------------------------------- */

enum uptake_write_flags {
    UPTAKE_BOUNDS = 1, /* numbers: low and high are written beside the value, and merges use them */
    UPTAKE_OPTIONAL = 2 /* may stay unwritten for an innovation that is not skipped */
};

/*
 * One column that a plugin writes.
 *
 * entity: what a row is: "" the innovation; a list it reads ("support[]"); "/" one value for the
 *   whole portfolio; a portfolio list ("/adopters[]"); a pair ("* x /rules[]"). The last three are
 *   written in finish, except pairs.
 * min, max: what the host holds the plugin to; low and high may be infinite where these are. unit "" for a pure number. An optional number may also be written as a
 *   missing one with its reason (uptake_missing_number).
 * quantity: name of the question answered; two plugins that write the same quantity (and unit) can be
 *   compared for agreement; "" for a question of its own. tolerance: two answers that differ by no
 *   more agree (0: must be equal).
 * rests_on: read indices whose rows count as the measure's basis; {NULL, 0, 0}: all reads.
 */
struct uptake_write {
    uint32_t index;
    uint32_t type;  /* UPTAKE_NUMBER, UPTAKE_CHOICE or UPTAKE_TEXT */
    uint32_t flags; /* enum uptake_write_flags */
    int32_t better; /* enum uptake_better */
    const char *name;
    const char *entity;
    const char *unit;
    double min;
    double max;
    double tolerance;
    const char *quantity;
    const char *const *choices;
    struct uptake_rows rests_on; /* of uint32_t */
    const char *doc;
};

/* clang-format off */
#define UPTAKE_WRITE(index, type, flags, better, name, entity, unit, min, max, tolerance, quantity, \
                     choices, doc)                                                                 \
    {index, type, flags,     better,   name,    entity,         unit,                              \
     min,   max,  tolerance, quantity, choices, UPTAKE_NO_ROWS, doc}
/* clang-format on */
#define UPTAKE_WRITE_NUMBER(index, name, unit, min, max, better, flags, doc)                       \
    UPTAKE_WRITE(index, UPTAKE_NUMBER, flags, better, name, "", unit, min, max, 0, "", NULL, doc)
#define UPTAKE_WRITE_NUMBER_OF(entity, index, name, unit, min, max, better, flags, doc)            \
    UPTAKE_WRITE(index, UPTAKE_NUMBER, flags, better, name, entity, unit, min, max, 0, "", NULL,   \
                 doc)
#define UPTAKE_WRITE_CHOICE(index, name, choices, flags, doc)                                      \
    UPTAKE_WRITE(index, UPTAKE_CHOICE, flags, UPTAKE_NEITHER, name, "", "", 0, 0, 0, "", choices,  \
                 doc)
#define UPTAKE_WRITE_TEXT(index, name, flags, doc)                                                 \
    UPTAKE_WRITE(index, UPTAKE_TEXT, flags, UPTAKE_NEITHER, name, "", "", 0, 0, 0, "", NULL, doc)

/* --- The call --------------------------------------------------------------------------------- */

/*
 * A column as a plugin sees it: borrowed, read-only, valid until the call returns.
 * values: of the innovation itself: [0, call->count); of a list or of the portfolio: by the absolute
 *   row that offsets give; of a list itself (UPTAKE_LIST): by the parent row as offsets are, UPTAKE_PRESENT
 *   where it has rows, else why it has none. low, high, kinds: beside values where UPTAKE_DOUBT was asked, else NULL;
 *   where nothing is doubtful low and high are the values themselves.
 * offsets: of a list: rows offsets[i] up to, not including, offsets[i + 1] belong to parent row i (of
 *   the batch's innovation i; of the absolute parent row where lists nest); NULL elsewhere.
 * pair_rows, pair_fields: verdicts only: the rule's row, and a text id naming the fields that decide.
 */
struct uptake_column {
    uint32_t index;
    uint32_t type;
    const void *values;
    const double *low;
    const double *high;
    const uint8_t *kinds;
    const int64_t *offsets;
    uint64_t rows;
    const int64_t *pair_rows;
    const int32_t *pair_fields;
};

/* Where a plugin writes: owned by the host, write-only, values as for columns above. */
struct uptake_out {
    uint32_t index;
    uint32_t type;
    void *values; /* double, or int32_t for a choice; NULL for a text (uptake_write_text) */
    double *low;  /* UPTAKE_BOUNDS only, else NULL */
    double *high;
    uint64_t rows;
};

struct uptake_call;

/* What the host does for a plugin during a call; used through the functions below. The plain-text
 * forms serve languages that cannot pass a va_list. Called by: the plugin, inside its own call. */
struct uptake_host {
    size_t size;
    void (*note)(struct uptake_call *call, uint32_t entity, uint64_t row, int level,
                 const char *format, va_list values);
    void (*write_text)(struct uptake_call *call, uint32_t write, uint64_t row, const char *format,
                       va_list values);
    void (*skip)(struct uptake_call *call, uint64_t i, const char *format, va_list values);
    void (*fail)(struct uptake_call *call, const char *format, va_list values);
    void (*note_plain)(struct uptake_call *call, uint32_t entity, uint64_t row, int level,
                       const char *text, size_t bytes);
    void (*write_plain)(struct uptake_call *call, uint32_t write, uint64_t row, const char *text,
                        size_t bytes);
    void (*skip_plain)(struct uptake_call *call, uint64_t i, const char *text, size_t bytes);
};

/*
 * One call of process, update or finish. In finish the batch is empty (count 0) and the portfolio's
 * tables are there.
 * first: the innovation's place in the model of the batch's first one. as_of: the run's date; where the spec
 * gives none, today, and as_of_given is 0.
 */
struct uptake_call {
    size_t size;
    uint64_t first;
    uint64_t count;
    uint64_t innovations; /* in the whole model */
    const void *params;
    void *state;
    struct uptake_period as_of;
    uint32_t as_of_given;
    struct uptake_rows columns; /* of struct uptake_column, one a read */
    struct uptake_rows outs;    /* of struct uptake_out, one a write */
    const char *text_pool;      /* texts are text_pool + text_offsets[id] */
    const uint64_t *text_offsets;
    uint64_t text_count;
    const struct uptake_host *host;
    void *private_; /* the host's own */
};

/* Row counts, for a state whose size depends on them: rows[k] belongs to read k. */
struct uptake_counts {
    size_t size;
    uint64_t innovations;
    const uint64_t *rows;
    uint64_t reads;
};

/* --- The plugin ------------------------------------------------------------------------------- */

enum uptake_properties {
    UPTAKE_ORDER_SENSITIVE = 1, /* results may depend on the innovations' order */
    UPTAKE_BATCH_SENSITIVE = 2, /* results may depend on how the work is cut */
    UPTAKE_NOT_REPEATABLE = 4   /* the same input may give another answer */
};

/*
 * A plugin. All of it constant; strings and arrays valid as long as the bundle is loaded.
 *
 * id: lower-case letters, digits and hyphens. version: of the code. revision: raised when results
 *   change. source: citation of the method.
 * state_bytes: the state's size in bytes, 0 for none; state_size: asked instead where the size depends
 *   on row counts. State is host-owned, zeroed, at most 1 GiB, and must hold no pointer.
 * process: required. The batch's innovations -> writes. Returns 0, or anything else after uptake_fail.
 * update, combine, finish: all three or none. update adds a batch to call->state; combine adds the
 *   state `from` to `into`, where `into` stands for earlier innovations (a state of changing size says
 *   its own); finish sees the whole portfolio's state, may change it, and may write portfolio rows;
 *   process then sees that state, read-only. Findings, texts and skips count in process and finish.
 */
struct uptake_plugin {
    size_t size;
    const char *id;
    const char *version;
    uint32_t revision;
    uint32_t properties; /* enum uptake_properties */
    const char *title;
    const char *summary;
    const char *source;
    struct uptake_rows reads;  /* of struct uptake_read */
    struct uptake_rows params; /* of struct uptake_param */
    struct uptake_rows writes; /* of struct uptake_write; the first is the headline */
    size_t params_bytes;
    size_t state_bytes;
    size_t (*state_size)(const struct uptake_counts *counts, const void *params);
    int (*process)(struct uptake_call *call);
    int (*update)(struct uptake_call *call);
    int (*combine)(void *into, const void *from, const void *params);
    int (*finish)(struct uptake_call *call);
};

/* --- Merge plugins (ABI 1.1) ------------------------------------------------------------------ */

/*
 * A measure as a merge plugin sees it: borrowed, read-only, valid until the call returns.
 *
 * values: [call->n]. Higher is better in every measure: as the spec's `normalise:` has it, or, without
 *   normalisation, as measured, negated where lower is better. A NaN is missing; there is none but
 *   under UPTAKE_MERGE_GAPS.
 * low, high: UPTAKE_MERGE_BOUNDS only, else NULL: [call->n], what the value may be, low <= high.
 * weight: its share; the shares of all measures add up to 1. better: UPTAKE_HIGHER or UPTAKE_LOWER, of
 *   the measure before it was turned. min, max: what values can be, on their scale; NaN: not declared.
 */
struct uptake_merge_measure {
    uint32_t index;
    int32_t better; /* enum uptake_better */
    const char *name;
    double weight;
    double min;
    double max;
    const double *values;
    const double *low;
    const double *high;
};

/*
 * One call of a merge plugin: n innovations, the candidates for a rank; who is left out by the spec's
 * `missing:` and `floor:` is not among them.
 *
 * score: [n], to be written for each, finite, within the plugin's min and max.
 * low, high: [n], UPTAKE_MERGE_BOUNDS only, else NULL: low <= score <= high.
 * parts: UPTAKE_MERGE_PARTS only, else NULL: measure k's part in innovation i's score at [k * n + i],
 *   finite; shown where a reader asks why.
 * fail, fail_plain: used through uptake_merge_fail; the plain form serves languages without va_list.
 */
struct uptake_merge_call {
    size_t size;
    uint64_t n;
    const void *params;
    struct uptake_rows measures; /* of struct uptake_merge_measure */
    double *score;
    double *low;
    double *high;
    double *parts;
    void (*fail)(struct uptake_merge_call *call, const char *format, va_list values);
    void (*fail_plain)(struct uptake_merge_call *call, const char *text, size_t bytes);
    void *private_; /* the host's own */
};

/*
 * WEIGHTS: without it a weight only says whether a measure takes part.
 * SCALE: wants values from 0 (worst) to 1 (best); without it they come as measured, unless the spec
 *   says `normalise:`.
 * MONOTONE: an innovation's score rests on its own values alone and gets no worse when one of them gets
 *   better. The host then finds the bounds of a score itself, by calling with every value at its worst
 *   and with every value at its best. BOUNDS: writes them itself. With neither, a merge in which
 *   something is missing or doubtful is refused under `missing: bounds`.
 * ORDERED: the order of measures counts, as where the first decides and the next one parts equals; without it a score
 *   is the same in any order.
 * GAPS: can do with missing values (`missing: renormalise`, refused without it); it must score every
 *   innovation nonetheless.
 */
enum uptake_merge_flags {
    UPTAKE_MERGE_WEIGHTS = 1,
    UPTAKE_MERGE_SCALE = 2,
    UPTAKE_MERGE_MONOTONE = 4,
    UPTAKE_MERGE_BOUNDS = 8,
    UPTAKE_MERGE_GAPS = 16,
    UPTAKE_MERGE_PARTS = 32,
    UPTAKE_MERGE_ORDERED = 64
};

/*
 * A merge plugin. All of it constant; strings and arrays valid as long as the bundle is loaded.
 *
 * id: as a spec's `method:` names it; a built-in method of the same name goes first. version,
 *   revision, title, summary, source: as of struct uptake_plugin. better: which end of the score.
 * params: what a spec can tune, under the merge's `with:`. min, max: what scores can be; the host holds
 *   the plugin to it.
 * merge: required; one call a merge, in a worker of its own. Returns 0, or anything else after
 *   uptake_merge_fail. The host ranks.
 */
struct uptake_merge_plugin {
    size_t size;
    const char *id;
    const char *version;
    uint32_t revision;
    uint32_t flags; /* enum uptake_merge_flags */
    int32_t better; /* UPTAKE_HIGHER or UPTAKE_LOWER */
    const char *title;
    const char *summary;
    const char *source;
    struct uptake_rows params; /* of struct uptake_param */
    size_t params_bytes;
    double min;
    double max;
    int (*merge)(struct uptake_merge_call *call);
};

/* What the exported function returns. */
struct uptake_bundle {
    size_t size;
    uint32_t abi_major;
    uint32_t abi_minor;
    struct uptake_rows plugins; /* of const struct uptake_plugin * */
    struct uptake_rows merges;  /* of const struct uptake_merge_plugin *; since ABI 1.1 */
};

#if defined(__GNUC__)
#define UPTAKE_EXPORT __attribute__((visibility("default")))
#define UPTAKE_PRINTF(template_, first) __attribute__((__format__(__printf__, template_, first)))
#define UPTAKE_UNUSED __attribute__((__unused__))
#else
#define UPTAKE_EXPORT
#define UPTAKE_PRINTF(template_, first)
#define UPTAKE_UNUSED
#endif
#ifdef __cplusplus
#define UPTAKE_C extern "C"
#else
#define UPTAKE_C
#endif

/* The one exported function, prototype included: its arrays, and the rows of both kinds. */
#define UPTAKE_ENTRY_(arrays, plugin_rows, merge_rows)                                             \
    UPTAKE_C UPTAKE_EXPORT const struct uptake_bundle *uptake_bundle_1(void);                      \
    UPTAKE_C UPTAKE_EXPORT const struct uptake_bundle *uptake_bundle_1(void)                       \
    {                                                                                              \
        arrays static const struct uptake_bundle bundle = {sizeof(struct uptake_bundle),           \
                                                           UPTAKE_ABI_MAJOR, UPTAKE_ABI_MINOR,     \
                                                           plugin_rows, merge_rows};               \
        return &bundle;                                                                            \
    }
#define UPTAKE_PLUGINS_(...) static const struct uptake_plugin *const plugins[] = {__VA_ARGS__};
#define UPTAKE_MERGES_(...) static const struct uptake_merge_plugin *const merges[] = {__VA_ARGS__};

/* UPTAKE_BUNDLE(&plugin_a, &plugin_b): a bundle of analyses. */
#define UPTAKE_BUNDLE(...)                                                                         \
    UPTAKE_ENTRY_(UPTAKE_PLUGINS_(__VA_ARGS__), UPTAKE_ROWS(plugins), UPTAKE_NO_ROWS)
/* UPTAKE_MERGE_BUNDLE(&merge_a, &merge_b): a bundle of methods of merging. */
#define UPTAKE_MERGE_BUNDLE(...)                                                                   \
    UPTAKE_ENTRY_(UPTAKE_MERGES_(__VA_ARGS__), UPTAKE_NO_ROWS, UPTAKE_ROWS(merges))
/* UPTAKE_BOTH_BUNDLE((&plugin_a, &plugin_b), (&merge_a)): of both, each list in parentheses. */
#define UPTAKE_BOTH_BUNDLE(plugins_, merges_)                                                      \
    UPTAKE_ENTRY_(UPTAKE_PLUGINS_ plugins_ UPTAKE_MERGES_ merges_, UPTAKE_ROWS(plugins),           \
                  UPTAKE_ROWS(merges))

/* --- Why a value is missing ------------------------------------------------------------------- */

#define UPTAKE_NAN_TAG                                                                             \
    0x7ff8757074616b00u /* a quiet NaN, "uptak" and the reason in the last byte */

/* The missing number with that reason. */
static inline UPTAKE_UNUSED double uptake_missing_number(int why)
{
    uint64_t bits = (uint64_t)UPTAKE_NAN_TAG | (uint64_t)(uint8_t)why;
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

/* enum uptake_missing of a number: UPTAKE_PRESENT unless it is a NaN; of any other NaN, left out. */
static inline UPTAKE_UNUSED int uptake_why(double x)
{
    uint64_t bits;
    if (!isnan(x))
        return UPTAKE_PRESENT;
    memcpy(&bits, &x, sizeof bits);
    if ((bits & ~(uint64_t)0xff) == (uint64_t)UPTAKE_NAN_TAG && (bits & 0xff) != 0)
        return (int)(bits & 0xff);
    return UPTAKE_LEFT_OUT;
}

/* enum uptake_missing of a choice, text, reference or flag; UPTAKE_OTHER counts as present. */
static inline UPTAKE_UNUSED int uptake_why_code(int64_t code)
{
    return code >= 0 || code == UPTAKE_OTHER ? UPTAKE_PRESENT : (int)-code;
}

/* enum uptake_missing of a date. */
static inline UPTAKE_UNUSED int uptake_why_date(struct uptake_period period)
{
    return period.start > UPTAKE_DAY_MISSING ? UPTAKE_PRESENT : UPTAKE_DAY_MISSING - period.start;
}

/* --- Views ------------------------------------------------------------------------------------ */

static inline UPTAKE_UNUSED const struct uptake_column *
uptake_column_of(const struct uptake_call *call, uint32_t read)
{
    return (const struct uptake_column *)(const void *)((const char *)call->columns.rows +
                                                        read * call->columns.stride);
}

static inline UPTAKE_UNUSED const struct uptake_out *uptake_out_of(const struct uptake_call *call,
                                                                   uint32_t write)
{
    return (const struct uptake_out *)(const void *)((const char *)call->outs.rows +
                                                     write * call->outs.stride);
}

/* Values of a read, by type. Shapes: struct uptake_column. Valid until the call returns. */
static inline UPTAKE_UNUSED const double *uptake_numbers(const struct uptake_call *call,
                                                         uint32_t read)
{
    return (const double *)uptake_column_of(call, read)->values;
}
static inline UPTAKE_UNUSED const int32_t *uptake_choices(const struct uptake_call *call,
                                                          uint32_t read)
{
    return (const int32_t *)uptake_column_of(call, read)->values;
}
static inline UPTAKE_UNUSED const int32_t *uptake_texts(const struct uptake_call *call,
                                                        uint32_t read)
{
    return (const int32_t *)uptake_column_of(call, read)->values;
}
static inline UPTAKE_UNUSED const int64_t *uptake_refs(const struct uptake_call *call,
                                                       uint32_t read)
{
    return (const int64_t *)uptake_column_of(call, read)->values;
}
static inline UPTAKE_UNUSED const struct uptake_period *uptake_dates(const struct uptake_call *call,
                                                                     uint32_t read)
{
    return (const struct uptake_period *)uptake_column_of(call, read)->values;
}
static inline UPTAKE_UNUSED const int8_t *uptake_flags(const struct uptake_call *call,
                                                       uint32_t read)
{
    return (const int8_t *)uptake_column_of(call, read)->values;
}
static inline UPTAKE_UNUSED const double *uptake_low(const struct uptake_call *call, uint32_t read)
{
    return uptake_column_of(call, read)->low;
}
static inline UPTAKE_UNUSED const double *uptake_high(const struct uptake_call *call, uint32_t read)
{
    return uptake_column_of(call, read)->high;
}
static inline UPTAKE_UNUSED const uint8_t *uptake_kinds(const struct uptake_call *call,
                                                        uint32_t read)
{
    return uptake_column_of(call, read)->kinds;
}

/* Offsets of the list that a read stands in (or names): count + 1 of them for the batch. */
static inline UPTAKE_UNUSED const int64_t *uptake_list(const struct uptake_call *call,
                                                       uint32_t read)
{
    return uptake_column_of(call, read)->offsets;
}

/* Rows of the table that a read stands in. */
static inline UPTAKE_UNUSED uint64_t uptake_row_count(const struct uptake_call *call, uint32_t read)
{
    return uptake_column_of(call, read)->rows;
}

/* Bytes of a text id, NUL-terminated; "" for a missing one. Valid until the call returns. */
static inline UPTAKE_UNUSED const char *uptake_text(const struct uptake_call *call, int32_t id)
{
    return id < 0 || (uint64_t)id >= call->text_count ? ""
                                                      : call->text_pool + call->text_offsets[id];
}

/* Where to write a number's values, low and high, or a choice's. Rows: struct uptake_out. */
static inline UPTAKE_UNUSED double *uptake_output(const struct uptake_call *call, uint32_t write)
{
    return (double *)uptake_out_of(call, write)->values;
}
static inline UPTAKE_UNUSED double *uptake_output_low(const struct uptake_call *call,
                                                      uint32_t write)
{
    return uptake_out_of(call, write)->low;
}
static inline UPTAKE_UNUSED double *uptake_output_high(const struct uptake_call *call,
                                                       uint32_t write)
{
    return uptake_out_of(call, write)->high;
}
static inline UPTAKE_UNUSED int32_t *uptake_output_choice(const struct uptake_call *call,
                                                          uint32_t write)
{
    return (int32_t *)uptake_out_of(call, write)->values;
}

/* --- Findings, texts, reasons ----------------------------------------------------------------- */

/* Entity of a finding about an innovation as a whole, and about the portfolio (in finish). */
#define UPTAKE_INNOVATION UINT32_MAX
#define UPTAKE_PORTFOLIO (UINT32_MAX - 1)

/*
 * A finding: one short sentence. entity: UPTAKE_INNOVATION with row = i of the batch; or the index of
 * a read in a list, with the absolute row. format: as printf, of %s %d %i %u %ld %lu %lld %llu %zu %c %f
 * %e %g and %%, with flags, width and precision; kept as template and values, its text is made on output.
 */
UPTAKE_PRINTF(5, 6)
static inline UPTAKE_UNUSED void uptake_note(struct uptake_call *call, uint32_t entity,
                                             uint64_t row, int level, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    call->host->note(call, entity, row, level, format, values);
    va_end(values);
}

/* Writes a text of at most UPTAKE_TEXT_BYTES bytes; row as for the write's numbers. */
UPTAKE_PRINTF(4, 5)
static inline UPTAKE_UNUSED void uptake_write_text(struct uptake_call *call, uint32_t write,
                                                   uint64_t row, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    call->host->write_text(call, write, row, format, values);
    va_end(values);
}

/* Says that innovation i of the batch cannot be assessed, because ...: its writes are dropped. */
UPTAKE_PRINTF(3, 4)
static inline UPTAKE_UNUSED void uptake_skip(struct uptake_call *call, uint64_t i,
                                             const char *format, ...)
{
    va_list values;
    va_start(values, format);
    call->host->skip(call, i, format, values);
    va_end(values);
}

/* Says why the call fails; returns -1, to be returned by process, update or finish. */
UPTAKE_PRINTF(2, 3)
static inline UPTAKE_UNUSED int uptake_fail(struct uptake_call *call, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    call->host->fail(call, format, values);
    va_end(values);
    return -1;
}

/* --- Merges ------------------------------------------------------------------------------------ */

/* Measure k of the call. Valid until the call returns. */
static inline UPTAKE_UNUSED const struct uptake_merge_measure *
uptake_merge_measure_of(const struct uptake_merge_call *call, uint32_t measure)
{
    return (const struct uptake_merge_measure *)(const void *)((const char *)call->measures.rows +
                                                               measure * call->measures.stride);
}

/* Says why the merge fails; returns -1, to be returned by merge. format: as of uptake_note. */
UPTAKE_PRINTF(2, 3)
static inline UPTAKE_UNUSED int uptake_merge_fail(struct uptake_merge_call *call,
                                                  const char *format, ...)
{
    va_list values;
    va_start(values, format);
    call->fail(call, format, values);
    va_end(values);
    return -1;
}

#ifdef __cplusplus
}
#endif

#endif
