/* What differs between two YAML texts, by path: "innovations[id=dafne].support[2].provided". */
#ifndef UPTAKE_COMPARE_FIELDS_H
#define UPTAKE_COMPARE_FIELDS_H

#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"

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

#endif
