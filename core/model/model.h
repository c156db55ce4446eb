/*
 * A model: YAML streamed through the vocabulary into frozen columns.
 *
 * Every key and every value is checked, read or not; only what the run asks for is kept. Tables are the
 * root (one row per innovation), the lists inside it, and the portfolio's lists; a table may be a filtered
 * list ("judgements[framework=nasss]"). After the load everything is read-only.
 */
#ifndef UPTAKE_MODEL_MODEL_H
#define UPTAKE_MODEL_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/hash.h"
#include "spec/spec.h"
#include "uptake/plugin.h"

/* One thing that a run wants kept. wanted_by: for messages ("plugin spread-barriers"). */
struct model_request {
    const char *path; /* of a read, or "custom.cost" */
    uint32_t
        type; /* enum uptake_type; 0: the field's own, which the load fills in with its unit and choices */
    bool doubt; /* low, high and kinds too */
    double min; /* a value outside is an error; NaN: no such limit */
    double max;
    const char *unit;           /* NULL: any */
    const char *const *choices; /* for a field that the vocabulary lacks; NULL else */
    const char *wanted_by;
    struct place place; /* where it is written, for messages; no file: nowhere */
    /* Filled by the load. */
    uint32_t table;
    uint32_t column;
    bool touched; /* a change of the options may have changed what is kept of it */
};

/* What came of one change: rows whose conditions held, and of them those whose value is now another, and those whose
 * value was not known, and so could not be scaled or closed. */
struct model_changed {
    uint64_t matched, changed, unknown;
    bool unread; /* nothing that the run asks for rests on the field */
};

/* Ids of adopters, in the order of their bytes. */
struct model_adopters {
    const char *const *ids;
    size_t count;
};

struct model_options {
    const char *path;
    const char *name; /* as it is called in messages */
    bool as_of_given;
    struct uptake_period as_of;
    bool check_only;        /* accept, and do not keep, what a run cannot yet do (tables) */
    const char *innovation; /* keep only this id; NULL: all */
    const struct model_adopters
        *adopters; /* keep only these, and no row that names another; NULL: all */
    struct model_request *requests;
    size_t n_requests;
    /* A scenario: the model is read as if its file said so. changed: one a change, filled by the load. */
    const struct spec_change *changes;
    size_t n_changes;
    struct model_changed *changed;
};

/* A number that is not exact. In a column they stand by row, ascending. */
struct model_doubt {
    uint32_t row;
    uint32_t kind; /* enum uptake_doubt */
    double low, high;
};

/* Stored small: a choice takes two bytes, doubt only where there is some, and a column that nobody filled nothing
 * at all. core/run spreads a batch of it into the plugin's views. */
struct model_column {
    const char *name; /* field, relative to its table: "needed", "commissioning.payback", "value" */
    uint32_t type;
    const void
        *values; /* by type: enum uptake_type; a choice: int16_t; NULL: every row is left out */
    const struct model_doubt *doubts;
    uint64_t n_doubts;
    const char *const *
        choices; /* of a choice: names by code, NULL-terminated; of a number with named levels: NULL */
    const char *unit;
    double min, max; /* the field's own */
};

/* Bytes of a stored value. */
static inline size_t model_stored_bytes(uint32_t type)
{
    return type == UPTAKE_FLAG || type == UPTAKE_VERDICT ? 1
           : type == UPTAKE_CHOICE                       ? sizeof(int16_t)
           : type == UPTAKE_TEXT                         ? sizeof(int32_t)
                                                         : 8;
}

enum model_basis { BASIS_DESK = 1, BASIS_HINDSIGHT = 2, BASIS_NO_EVIDENCE = 4 };

enum { MODEL_NO_TABLE = UINT32_MAX };

/* The pair list innovation x rule, where some request is of type UPTAKE_VERDICT: a row for each rule, in the order of
 * /rules[], inside each innovation. Its columns: enum uptake_verdict; the row of /rules[]; a text that names the fields
 * that decide (none of a true one). /rules[].id is kept beside it. */
#define MODEL_PAIRS "* x /rules[]"
enum model_pair { MODEL_PAIR_VERDICT, MODEL_PAIR_RULE, MODEL_PAIR_FIELDS };

struct model_table {
    const char *path; /* "" the root; "support[]", "judgements[framework=nasss]", "/adopters[]" */
    const char *list; /* the same without filters: tables of one list share it */
    uint32_t parent;  /* table; MODEL_NO_TABLE for the root and the portfolio's */
    uint64_t rows;
    uint64_t parents;       /* rows of the parent table; 0 without one */
    const int64_t *offsets; /* parents + 1; NULL for the root and the portfolio's */
    const int8_t *why;    /* a parent row: enum uptake_missing of an empty list; NULL: not asked */
    const uint8_t *basis; /* a row: enum model_basis flags; NULL: rows of this list have no basis */
    const int32_t *because; /* a row: text id, negative: none; NULL: no row has one */
    const struct model_column *columns;
    size_t n_columns;
};

/* A file that was read. path: where it is; name: as it is called in messages. */
struct model_file {
    const char *path, *name;
    struct file_version version;
};

struct model_block {
    void *start;
    size_t bytes;
};

struct model {
    struct model_table *tables; /* [0] is the root */
    size_t n_tables;
    uint64_t innovations;
    uint64_t rules;     /* in its files */
    const int32_t *ids; /* an innovation: text id */
    const int32_t *names;
    const int32_t *rule_ids; /* a rule: text id; NULL: no verdicts, or no rules */
    const char *title;       /* NULL: none */
    const char *text_pool;
    const uint64_t *text_offsets;
    uint64_t text_count;
    uint64_t left_out;  /* rows that begin after as_of */
    uint64_t elsewhere; /* adopters, and rows that name them, that the run is not about */
    uint64_t
        hindsight; /* rows read later than the time they speak of, at an as_of before the reading */
    uint64_t desk_rows; /* rows of one reader's desk reading, among basis_rows */
    uint64_t basis_rows;
    const struct model_file *files; /* the model's own first */
    size_t n_files;
    uint64_t bytes;             /* of the blocks, as far as they are used */
    struct model_block *blocks; /* read-only memory that holds all of it */
    size_t n_blocks;
    struct arena arena;
};

/* Loads. Fails with: up to 20 messages, each with its place; exit code 2 (4: memory, disk). */
int model_load(const struct model_options *options, struct model *model,
               struct uptake_error *error);
void model_finish(struct model *model);

static inline const char *model_text(const struct model *model, int32_t id)
{
    return id < 0 ? "" : model->text_pool + model->text_offsets[id];
}

/* Gives a column's memory back; it then reads as left out everywhere. Ids, names and becauses stay. */
void model_forget(struct model *model, uint32_t table, uint32_t column);

/* The table with that path, or MODEL_NO_TABLE. */
uint32_t model_table_find(const struct model *model, const char *path);

/* A number column's low and high at a row; both are the value itself where it is exact. Answers the kind. */
int model_doubt_at(const struct model_column *column, uint64_t row, double *low, double *high);

/* The parent row of a list's row, by binary search of the offsets. */
uint64_t model_parent(const struct model_table *table, uint64_t row);
/* The rows of an innovation in a table inside it (the root too): *from to *to - 1. */
void model_rows(const struct model *model, uint32_t table, uint64_t innovation, uint64_t *from,
                uint64_t *to);

#endif
