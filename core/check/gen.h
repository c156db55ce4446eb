/*
 * Models made up for a plugin: the fields that it reads, and what a valid model needs beside them, filled from a seed.
 *
 * A model is a tree of values that is printed as YAML and goes through the loader as any other; so a check sees
 * what a run would see, and a failing model can be kept as a file. What the vocabulary's rules refuse is taken out again,
 * guided by the places in the loader's messages, so that no rule has to be known here.
 */
#ifndef UPTAKE_CHECK_GEN_H
#define UPTAKE_CHECK_GEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/error.h"
#include "plugin/plugin.h"

/* --- Random numbers that depend on the seed alone ----------------------------------------------- */

struct rng {
    uint64_t state;
};
uint64_t rng_next(struct rng *rng);
/* 0 to below - 1. */
uint64_t rng_below(struct rng *rng, uint64_t below);
double rng_unit(struct rng *rng);
bool rng_chance(struct rng *rng, double chance);

/* --- What a plugin reads ----------------------------------------------------------------------- */

struct gen_field {
    const char *path; /* without filters: "support[].needed", "/adopters[].region" */
    uint32_t type;
    uint32_t flags; /* enum field_flags */
    int form;       /* enum field_form */
    int target;     /* enum field_target */
    double min, max;
    const char *const *choices;
    const char *unit; /* NULL or "": none */
    const char *doc;  /* NULL: none */
    bool read;        /* by the plugin; else only needed for a valid model */
};

/* Rows that a read picks: "support[]" by "resource=time, unit=hours_per_week". */
struct gen_filter {
    const char *list;
    const char *conditions;
};

struct gen_schema {
    const struct plugin *plugin;
    struct gen_field *fields; /* of one list together, in the vocabulary's order */
    size_t n_fields;
    struct gen_filter *filters;
    size_t n_filters;
    struct arena arena;
};

int gen_schema_open(struct gen_schema *schema, const struct plugin *plugin,
                    struct uptake_error *error);
void gen_schema_close(struct gen_schema *schema);
/* Whether a list's items are plain values ("priorities[]"). */
bool gen_is_scalars(const char *list);

/* --- Models ------------------------------------------------------------------------------------ */

/* What a model is to be like. Chances are 0 to 1. */
struct gen_shape {
    bool tidy;   /* to be read by people: plain values, a row for each filter, nothing left out */
    bool varied; /* a third of the models as they are, a third without gaps, a third between */
    unsigned innovations;
    unsigned rows_least, rows_most; /* of a list, where it is not empty */
    unsigned portfolio;             /* rows of a portfolio's list */
    double empty;                   /* a list has no rows */
    double absent;                  /* an optional field is left out */
    double missing;                 /* a value is unknown, none or n/a */
    double doubt;                   /* a number is a range, at least, ... */
    double extreme;                 /* a number is at an end of its range, a text long */
};

/* One of any kind. */
struct gen_shape gen_some_shape(struct rng *rng);

enum node_kind { NODE_SCALAR, NODE_MAP, NODE_LIST };

/* key: NULL in a list. line: where it was last printed. */
struct node {
    enum node_kind kind;
    const char *key;
    const char *text;
    const struct gen_field *field; /* whose value it is; NULL: none's */
    struct node *parent, *first, *last, *next;
    bool required; /* without it its parent cannot stand */
    bool gone;
    uint32_t line;
};

/* A model, not yet known to be valid. NULL: no memory. */
struct node *gen_model(const struct gen_schema *schema, const struct gen_shape *shape,
                       struct rng *rng, struct arena *arena);

struct node *node_add(struct node *parent, enum node_kind kind, const char *key,
                      struct arena *arena);
void node_drop(struct node *node);

/* As YAML. GEN_LINES: every value on a line of its own, noted in the nodes; else for people, GEN_DOCUMENTED with what each
 * field is beside it. 0 or -1. */
enum gen_style { GEN_LINES, GEN_PLAIN, GEN_DOCUMENTED };
int gen_print(struct node *root, enum gen_style style, struct buffer *text);

/* gen.c -> gen_value.c: the value of a field in a row. NULL: it is left out. */
struct gen_row {
    const struct gen_shape *shape;
    struct rng *rng;
    struct arena *arena;
    const char *forced; /* conditions that the row is to meet, or NULL */
    uint64_t number;    /* of the row in its list */
    uint64_t serial;    /* of the row in the model */
    uint64_t before;    /* of the row before it in its list */
    unsigned portfolio; /* rows that a portfolio's lists have */
    int side;           /* 1 or 2: of fields that exclude each other */
    int resource;
    int framework;
};
const char *gen_value(struct gen_row *row, const struct gen_field *field, const char *name);

#endif
