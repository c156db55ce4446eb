/*
 * The bytes that the YAML reader reads: a file, or memory that the caller keeps. They are handed over in runs, so
 * that long stretches of ordinary text need not be looked at one character at a time; a place in them is found by
 * reading once more. Only the reader of YAML uses this.
 */
#ifndef UPTAKE_BASE_YAML_INPUT_H
#define UPTAKE_BASE_YAML_INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/error.h"

enum {
    INPUT_BLOCK = 16 << 10,
    INPUT_STRIDE = 4 << 20 /* bytes of input without a single event */
};

struct yaml_input {
    const char *name; /* as it is called in messages */
    int descriptor;   /* -1: bytes */
    const unsigned char *bytes;
    size_t byte_count;
    off_t start; /* behind a byte order mark */
    off_t offset;
    off_t last_event; /* offset when the last event came */
    bool stride_over;
    int read_errno;
    size_t at, end; /* of the block, what is not handed over yet */
    unsigned char block[INPUT_BLOCK];
};

/* A byte's place in the input, and the byte itself (-1: behind the end). */
struct input_found {
    struct place place;
    int byte;
};

/* Both take a zeroed input. name: kept, not copied. A byte order mark is passed over: libyaml would count it as a
 * column, and so see the first key as indented. Fails with: no file, a folder, an empty file. */
int input_open(struct yaml_input *input, const char *path, const char *name,
               struct uptake_error *error);
void input_open_bytes(struct yaml_input *input, const void *bytes, size_t count, const char *name);
void input_close(struct yaml_input *input);

/* Bytes in the block that wait to be handed over, read where there are none; 0: the end. False: read_errno says why, or
 * stride_over. */
bool input_wait(struct yaml_input *input);
/* How many of the waiting bytes, from the first on, are printable ASCII, tabs and line ends: each a character that YAML
 * allows. */
size_t input_plain(const struct yaml_input *input);
/* How many, from the second on, are not; the first counts in any case. */
size_t input_odd(const struct yaml_input *input, size_t from);

/* Found by reading the input again: only on the way to an error. */
struct input_found input_find(struct yaml_input *input, size_t wanted);

#endif
