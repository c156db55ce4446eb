/* The spec's format as rows, and what the files of this folder share. Not for other
 * folders (but for core/report's JSON Schema): see spec.h. */
#ifndef UPTAKE_SPEC_FORMAT_H
#define UPTAKE_SPEC_FORMAT_H

#include "base/text.h"
#include "spec/spec.h"

/* --- Rows (keys.c) ---------------------------------------------------------------------------- */

enum format_scalar {
    SCALAR_NONE,
    SCALAR_ONE, /* the format's own number */
    SCALAR_TEXT,
    SCALAR_NUMBER,
    SCALAR_WHOLE,
    SCALAR_DATE,
    SCALAR_BYTES,
    SCALAR_WORD,
    SCALAR_SHA256,
    SCALAR_ANY
};

enum format_list { LIST_NONE, LIST_ROWS, LIST_TEXTS, LIST_ANY };
enum format_map { MAP_NONE, MAP_ROWS, MAP_ANY };

/* What a row's type accepts. A scalar's limits are included, but for `above` and `below`. */
struct format_type {
    const char *name;
    const char *expected; /* in messages, after "expected " */
    enum format_map map;
    enum format_list list;
    enum format_scalar scalar;
    double min, max;
    bool above, below;
    const char *words[10];
};

/* The rows directly under a row (NULL: at the top), one after the other; NULL behind the last. */
const struct spec_key *format_next(const struct spec_key *row, const struct spec_key *after);
/* The row of `name` under a row, or NULL. */
const struct spec_key *format_child(const struct spec_key *row, const char *name, size_t bytes);
/* The row that stands for names of the user's choice under a row ("plugins.NAME"), or NULL. */
const struct spec_key *format_wild(const struct spec_key *row);
bool format_is_wild(const struct spec_key *row);
/* The row of a list's items ("compare[]"), or NULL. */
const struct spec_key *format_items(const struct spec_key *row);
/* The last part of a row's path: "method", "NAME", "between". */
const char *format_last(const struct spec_key *row);
bool format_required(const struct spec_key *row);
const struct format_type *format_type(const struct spec_key *row);

/* --- Values (values.c) ------------------------------------------------------------------------ */

/* Null, an empty mapping or an empty list; NULL too. */
bool values_left_out(const struct tree *tree);
/* A plain number of the grammar. */
bool values_number(const struct tree *tree, double *x);
/* "512MiB", "512 MiB", 1048576 -> bytes, at least 1 and below 2^63. */
bool values_bytes(const struct tree *tree, uint64_t *bytes);
bool values_fits(const struct format_type *type, const struct tree *tree);

/* --- Stages ----------------------------------------------------------------------------------- */

/* set.c: the tree with one `--set` applied. Fails with: a message that begins with the argument. */
int set_apply(struct tree *root, const struct spec_set *set, struct arena *arena,
              struct uptake_error *error);
/* check.c: the whole tree against the rows; fills spec->not_yet. */
int check_tree(const struct tree *root, struct spec *spec, struct arena *arena,
               struct uptake_error *error);
/* bind.c: a path as the spec means it, from the spec's folder. NULL: no memory. */
const char *path_resolve(const struct spec *spec, const char *path, struct arena *arena);
/* bind.c: fills the spec from a tree that was checked. Fails with: no memory. */
int bind_tree(const struct tree *root, struct spec *spec, struct arena *arena,
              struct uptake_error *error);

#endif
