/*
 * Reading a record back: into a result over a small model, so that reports of a run work on its record; and beside it what
 * only a record has, the texts and hashes that went in.
 */
#ifndef UPTAKE_RESULT_RECORD_READ_H
#define UPTAKE_RESULT_RECORD_READ_H

#include "base/buffer.h"
#include "result/record.h"

struct record_input {
    const char *kind, *path, *sha256;
    uint64_t bytes;
    const char *content; /* NULL: not kept */
    uint64_t content_bytes;
};

/* A row of the table `run`. text: NULL: a number. */
struct record_fact {
    const char *key, *text;
    uint64_t number;
};

/* What stands behind one plugin's result. */
struct record_log {
    struct buffer text;  /* the log */
    struct buffer notes; /* uint32_t places */
    uint32_t *places;    /* of the log's templates */
    uint32_t n_places;
};

/* Zeroed is valid and empty. Result and model borrow from it, until record_finish. */
struct record {
    const char *path;
    struct result result;
    struct model model;
    struct record_fact *facts;
    size_t n_facts;
    struct record_input *inputs;
    size_t n_inputs;
    struct record_option *options;
    size_t n_options;
    const char **hashes; /* a plugin: SHA-256 of its bundle */
    struct record_source *sources;
    size_t n_sources;
    struct record_use *uses;
    size_t n_uses;
    struct arena arena;
    struct buffer pool, offsets; /* texts of the model */
    struct record_log *logs;     /* one a plugin */
};

/*
 * Reads a record that a stranger may have made: nothing in it is believed before it is checked. Of scenarios and comparisons
 * nothing is read. Fails with: exit code 2 and one message: no record, another version, damaged (what, where); 4: no memory.
 */
int record_read(const char *path, struct record *record, struct uptake_error *error);
/* The same of what plugins answered and of what that rested on, without the rest: merges, sources, whose rows are whose. */
int record_read_answers(const char *path, struct record *record, struct uptake_error *error);
void record_finish(struct record *record);

/* A text of the table `run`, or "". */
const char *record_fact(const struct record *record, const char *key);
/* Whether a file is a SQLite database by its first bytes. */
bool record_is_one(const char *path);

#endif
