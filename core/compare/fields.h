/* What differs between two YAML texts, by path: "innovations[id=dafne].support[2].provided". */
#ifndef UPTAKE_COMPARE_FIELDS_H
#define UPTAKE_COMPARE_FIELDS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/yaml.h"

/* One field. a, b: as it is written, in one line; NULL: it is not there. */
struct fields_change {
    const char *path, *a, *b;
};

enum { FIELDS_MOST = 200 };

/* all: the first FIELDS_MOST; count: of all. */
struct fields {
    struct fields_change *all;
    size_t count;
};

struct fields_text {
    const char *name, *text;
    size_t bytes;
};

/* Rows of a list are matched by their id where each has one, else by place. Owns: arena. Fails with: no YAML, no memory. */
int fields_compare(struct fields_text a, struct fields_text b, struct arena *arena,
                   struct fields *fields, struct uptake_error *error);

/* How rows and keys are matched. A key's place in a mapping, by where the other has it first; SIZE_MAX: it is not there. */
size_t fields_find_key(const struct tree *map, const struct tree *key, size_t near);
/* Whether every row of a list has an id; and then the place of the row with the id of another. */
bool fields_have_ids(const struct tree *list);
size_t fields_find_id(const struct tree *list, const struct tree *row, size_t near);

#endif
