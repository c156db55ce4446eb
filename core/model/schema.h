/*
 * The vocabulary compiled for one load: a tree of mappings and lists whose leaves are slots of a row in
 * the making, and the tables that the run wants kept, hung on the lists they come from.
 */
#ifndef UPTAKE_MODEL_SCHEMA_H
#define UPTAKE_MODEL_SCHEMA_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/error.h"
#include "model/model.h"
#include "model/pool.h"
#include "model/vocabulary.h"
#include "model/words.h"

/* A value of the row in the making. stamp: the row's, or older: left out. */
struct cell {
    uint64_t stamp;
    struct place place;
    int8_t why;    /* enum uptake_missing */
    uint8_t doubt; /* enum uptake_doubt */
    bool named;    /* a level's name stood there */
    bool refused;  /* a message was given: no second one */
    union {
        struct {
            double best, low, high;
        } number;
        int64_t code; /* choice, text id, flag; a ref: the text id of what it names */
        struct uptake_period period;
    } is;
};

enum field_shape {
    SHAPE_VALUE,
    SHAPE_MAP,
    SHAPE_LIST,
    SHAPE_CUSTOM,
    SHAPE_TOP /* the file's own: load.c */
};

struct schema_field {
    const char *key;
    size_t key_bytes;
    const char *label; /* for messages: the key, or the list's for a list of scalars */
    enum field_shape shape;
    struct vocabulary_row row; /* of a value; ranges narrowed by what plugins declare */
    uint32_t slot;             /* of a value */
    bool kept;                 /* a column of some table holds it: texts go to the pool */
    uint64_t stamp;            /* of the row it was last seen in */
    const char *wanted_by;     /* who narrowed the range; NULL: the vocabulary's own */
    struct words choices;      /* of row.choices */
    struct schema_map *map;
    struct schema_list *list;
};

struct schema_map {
    const char *path; /* for messages: "commissioning" */
    struct schema_field *fields;
    struct words keys; /* of the fields, by index; not made while the tree is being built */
    uint32_t n_fields;
    uint32_t room;
    bool lenient; /* `custom:`: unknown keys are the user's own */
};

/* Slots of the fields that the host itself looks at; -1: the list has none. */
struct schema_roles {
    int id, period, reading, basis, holds;
    int framework, construct, domain, value, ratings, state; /* judgements */
    int resource, unit, needed, provided, met;               /* support */
    int adopter, adopted, stopped, status;                   /* spells */
    int opened, closed, merged;                              /* adopters */
    int metric, group, level;                                /* measurements */
    int scale;                                               /* effects */
    int because, follows, starts, ends;
};

/* One kept column while it grows. Nothing is stored until some row has a value. */
struct growing_column {
    const struct schema_list *list;
    uint32_t slot;
    uint32_t type;
    bool doubt;
    bool filled;
    const char *wanted_by;    /* who narrowed the range of a filtered table's rows; NULL: nobody */
    double min, max;          /* that range */
    enum field_target target; /* of references */
    struct buffer values;
    struct buffer doubts; /* struct model_doubt */
    uint64_t resolved;    /* rows whose references to the same innovation are settled */
};

enum { FIELD_DATED = FIELD_BEGINS | FIELD_READING | FIELD_HAPPENS | FIELD_PERIOD };

enum filter_op {
    FILTER_IS,
    FILTER_IS_NOT,
    FILTER_AT_MOST,
    FILTER_AT_LEAST,
    FILTER_BELOW,
    FILTER_ABOVE
};

struct row_filter {
    struct schema_field *field;
    enum filter_op op;
    const char *text; /* as written */
    double number;    /* of a number */
    int64_t code;     /* of the rest */
    const char *const
        *names; /* of a construct or domain: several codes may have one name; NULL else */
};

/* One kept table while it grows. */
struct growing_table {
    const char *path;
    struct schema_list *list;
    struct growing_table *parent; /* NULL: the root's, or a portfolio's */
    struct growing_table *next_of_list;
    struct growing_table *children; /* tables of the lists inside this one */
    struct growing_table *sibling;
    const char *filter_text; /* "framework=nasss, state=rated"; "" none */
    struct row_filter filters[4];
    uint32_t n_filters;
    struct growing_column *columns;
    uint32_t n_columns;
    uint32_t room_columns;
    uint64_t rows;
    uint64_t mark;   /* of a hidden half: rows when the innovation began */
    uint64_t base;   /* rows when the parent's row began */
    uint64_t staged; /* rows when the parent's row ended */
    uint64_t taken;  /* rows taken of the source row in the making */
    bool wants_why;
    bool hidden; /* half of another table: see also */
    struct buffer offsets, why, basis;
    uint32_t index;             /* in the schema */
    uint32_t visible;           /* in the model */
    struct place asked_at;      /* where its path is written; no file: nowhere */
    struct growing_table *also; /* /evidence: the innovations' rows, put behind the top level's */
};

struct loader;
struct registry;
struct change;

struct schema_list {
    const char *path; /* "support[]"; "" the innovations; "/adopters[]" */
    const char *key;
    struct schema_map map;
    struct schema_list *parent; /* NULL: innovations, portfolio lists */
    bool scalars;               /* its items are single values */
    uint32_t n_slots;
    struct cell *cells;
    struct schema_field **by_slot;
    uint16_t *slot_flags; /* enum field_flags, a slot */
    unsigned flags;       /* of all slots together */
    uint16_t *required;   /* slots that every row must fill */
    uint16_t *dated;      /* slots that as_of looks at */
    uint32_t n_required, n_dated;
    void (*rule)(struct loader *loader, struct schema_list *list,
                 struct place place); /* NULL: none */
    struct registry *registry;        /* of its ids, where they are of the whole model */
    uint64_t stamp;                   /* of the row in the making; 0 between rows */
    int8_t why;                       /* of the list itself, in the parent's row in the making */
    uint64_t in_row;                  /* items so far, in the parent's row */
    struct schema_roles roles;
    struct schema_list *evidence; /* its own list of evidence ids */
    struct growing_table *tables;
    struct change *changes;     /* of a scenario, to its rows */
    struct schema_list *inner;  /* first of the lists inside it */
    struct schema_list *beside; /* next of the same parent */
    struct schema_list *next;
};

struct schema {
    struct arena *arena;
    struct schema_list *lists; /* all, in vocabulary order; the first is the innovations' */
    struct schema_map top;     /* the file's own keys */
    struct growing_table **tables;
    uint32_t n_tables;
    uint32_t room_tables;
    struct growing_table *pairs; /* of innovations and rules; NULL: not asked for */
    uint64_t stamps;
};

/* Builds the tree from the vocabulary, and the tables from the requests (whose table and column are set).
 * Fails with: a path that is not of the grammar, or that the vocabulary lacks; a type or unit that differs. */
int schema_build(struct schema *schema, struct pool *pool, struct model_request *requests,
                 size_t n_requests, struct uptake_error *error);
void schema_finish(struct schema *schema);

/* The field of a key, or NULL. */
struct schema_field *schema_field(struct schema_map *map, const char *key, size_t bytes);
/* "; did you mean 'X'?" */
const char *schema_hint(const struct schema_map *map, const char *key, size_t bytes, char text[96]);

#endif
