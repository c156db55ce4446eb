/*
 * YAML as events: the one place that names libyaml.
 *
 * A reader gives the events of one document, checked: UTF-8 (with or without a byte order mark), no NUL,
 * one document, depth at most 64, no tags, no merge keys ("<<"), aliases replayed as the events they stand
 * for (at most 10,000 and 4 MiB of text in all). Input is read with pread, never mapped.
 */
#ifndef UPTAKE_BASE_YAML_H
#define UPTAKE_BASE_YAML_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/error.h"

enum yaml_kind { YAML_END, YAML_SCALAR, YAML_MAP, YAML_MAP_END, YAML_LIST, YAML_LIST_END };

/* text: of a scalar, NUL-terminated, valid until the next yaml_next. plain: not quoted, not a block. */
struct yaml_event {
    enum yaml_kind kind;
    bool plain;
    struct place place;
    const char *text;
    size_t bytes;
};

struct yaml;

/* Opens a file (name: as it is called in messages; kept, not copied). */
int yaml_open(struct yaml **yaml, const char *path, const char *name, struct uptake_error *error);
/* The same over bytes that the caller keeps. */
int yaml_open_bytes(struct yaml **yaml, const void *bytes, size_t count, const char *name,
                    struct uptake_error *error);
/* The next event; after YAML_END always YAML_END. Fails with: syntax, encoding, limits; then always. */
int yaml_next(struct yaml *yaml, struct yaml_event *event, struct uptake_error *error);
/* Reads over the value whose first event is given, still checked. */
int yaml_skip(struct yaml *yaml, const struct yaml_event *first, struct uptake_error *error);
void yaml_close(struct yaml *yaml);

/* --- A small document as a tree, for specs ----------------------------------------------------- */

/* kind: YAML_SCALAR, YAML_MAP or YAML_LIST. keys: of a map; unique. */
struct tree {
    enum yaml_kind kind;
    bool plain;
    struct place place;
    const char *text; /* of a scalar */
    size_t bytes;
    size_t count; /* children */
    const struct tree *keys;
    const struct tree *values;
};

/* Reads the whole value that starts at first. Owns: arena. Fails with: no value at all, a duplicate key, over 1,000,000
 * nodes. */
int tree_read(struct yaml *yaml, const struct yaml_event *first, struct arena *arena,
              struct tree *tree, struct uptake_error *error);
/* The value of a key, or NULL. */
const struct tree *tree_get(const struct tree *map, const char *key);
/* Plain and empty, "null" or "~": left out. */
bool tree_is_null(const struct tree *tree);
/* A tree in one line, as it would be written: "{time: 2, recognition: 1}"; "..." at the end of what does not fit. bare:
 * without the outer brackets. Answers line. */
const char *tree_line(const struct tree *tree, bool bare, char *line, size_t room);
/* As YAML that reads back to the same tree, places apart. 0, or -1: it could not be written. */
int tree_write(const struct tree *tree, FILE *out);
/* "a list", "a mapping", "the text 'x'", for messages. */
const char *tree_what(const struct tree *tree, char text[96]);

#endif
