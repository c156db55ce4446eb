/*
 * Where text goes: one buffered output over a file descriptor.
 *
 *   (1) Every write is checked. The first failure sticks, further text is dropped, and out_finish says it once.
 *   (2) A file is written without a name, or under another name beside it, and gets its own name when
 *       everything is on it: nothing half-written is ever seen, and what stood there before stays until then.
 *   (3) A closed pipe is no message: `broken_pipe` tells the caller to end as SIGPIPE would.
 */
#ifndef UPTAKE_REPORT_OUT_H
#define UPTAKE_REPORT_OUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/error.h"

enum { OUT_BYTES = 1 << 16, OUT_NAME_BYTES = 4096 + 32 };

struct report_out {
    int fd;
    int code; /* errno of the first failure, 0: none */
    bool broken_pipe;
    bool regular;                   /* a file that is to be published */
    int block;                      /* the last of markdown's, see markdown.h */
    char target[OUT_NAME_BYTES];    /* as it is called in messages; of a file, its path */
    char temporary[OUT_NAME_BYTES]; /* "": the file has no name yet */
    size_t used;
    char data[OUT_BYTES];
};

/* Writes to a descriptor, which out_finish closes. name: for messages ("standard output"). */
void out_start(struct report_out *out, int fd, const char *name);
/* Writes to a path. What is there and no regular file (a device, a pipe) is written as it is. */
int out_create(struct report_out *out, const char *path, struct uptake_error *error);

/* Writes what is held back. */
void out_drain(struct report_out *out);
void out_many(struct report_out *out, const void *bytes, size_t count);
/* Where that many bytes (at most OUT_BYTES) can be put; whoever puts some adds them to `used`. */
static inline char *out_room(struct report_out *out, size_t count)
{
    if (OUT_BYTES - out->used < count)
        out_drain(out);
    return out->data + out->used;
}
static inline void out_bytes(struct report_out *out, const void *bytes, size_t count)
{
    if (count > OUT_BYTES - out->used) {
        out_many(out, bytes, count);
        return;
    }
    memcpy(out->data + out->used, bytes, count);
    out->used += count;
}
/* As out_bytes, for people: a control character, which could move a terminal's cursor, is written as '?'. */
void out_visible(struct report_out *out, const char *bytes, size_t count);
static inline void out_text(struct report_out *out, const char *text)
{
    out_bytes(out, text, strlen(text));
}
static inline void out_char(struct report_out *out, char c)
{
    *out_room(out, 1) = c;
    out->used++;
}
void out_spaces(struct report_out *out, size_t count);
/* The shortest text that reads back to the same double. x is finite. */
void out_number(struct report_out *out, double x);
void out_count(struct report_out *out, uint64_t x);

/* Writes what is held back. Fails with: exit code 4, the reason of the first failure. */
int out_flush(struct report_out *out, struct uptake_error *error);
/* Flushes, closes, publishes a file. After a failure there is no file (or still the one from before). */
int out_finish(struct report_out *out, struct uptake_error *error);
/* Gives up: closes, leaves nothing. Takes one that was finished. */
void out_abandon(struct report_out *out);

#endif
