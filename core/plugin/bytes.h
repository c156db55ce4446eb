/*
 * The wire between a scanner's child and the host: plain values in a fixed order, in a bounded block.
 *
 * Both ends are sticky: beyond the end nothing is written or read, and whoever uses them asks once, when
 * done. Both ends are the same program, so byte order and widths are the machine's own.
 */
#ifndef UPTAKE_PLUGIN_BYTES_H
#define UPTAKE_PLUGIN_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Length of a text that is NULL. */
#define BYTES_NULL UINT32_MAX

struct bytes_out {
    unsigned char *data;
    size_t room;
    size_t used;
    bool full;
};

static inline void bytes_put(struct bytes_out *out, const void *value, size_t bytes)
{
    if (out->full || bytes > out->room - out->used) {
        out->full = true;
        return;
    }
    if (bytes)
        memcpy(out->data + out->used, value, bytes);
    out->used += bytes;
}

static inline void bytes_put_u32(struct bytes_out *out, uint32_t value)
{
    bytes_put(out, &value, sizeof value);
}

static inline void bytes_put_u64(struct bytes_out *out, uint64_t value)
{
    bytes_put(out, &value, sizeof value);
}

static inline void bytes_put_double(struct bytes_out *out, double value)
{
    bytes_put(out, &value, sizeof value);
}

struct bytes_in {
    const unsigned char *data;
    size_t bytes;
    size_t at;
    bool bad; /* something was asked for beyond the end */
};

/* The next bytes, or NULL. */
static inline const void *bytes_take(struct bytes_in *in, size_t bytes)
{
    if (in->bad || bytes > in->bytes - in->at) {
        in->bad = true;
        return NULL;
    }
    const void *start = in->data + in->at;
    in->at += bytes;
    return start;
}

static inline void bytes_get(struct bytes_in *in, void *value, size_t bytes)
{
    const void *start = bytes_take(in, bytes);
    if (start)
        memcpy(value, start, bytes);
}

static inline uint32_t bytes_get_u32(struct bytes_in *in)
{
    uint32_t value = 0;
    bytes_get(in, &value, sizeof value);
    return value;
}

static inline uint64_t bytes_get_u64(struct bytes_in *in)
{
    uint64_t value = 0;
    bytes_get(in, &value, sizeof value);
    return value;
}

static inline double bytes_get_double(struct bytes_in *in)
{
    double value = 0;
    bytes_get(in, &value, sizeof value);
    return value;
}

#endif
