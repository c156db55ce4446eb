/*
 * A growing block of plain bytes, page-backed: growth moves pages instead of copying them, and room that was
 * never written costs no memory. For columns, pools and logs.
 */
#ifndef UPTAKE_BASE_BUFFER_H
#define UPTAKE_BASE_BUFFER_H

#include <stddef.h>
#include <string.h>

/* Zeroed is valid and empty. */
struct buffer {
    char *data;
    size_t bytes;
    size_t room;
};

/* Room for more bytes at the end; 0, or -1 when memory is out. The bytes beyond are zero when first used. */
int buffer_reserve(struct buffer *buffer, size_t more);
/* Appends; 0 or -1. */
static inline int buffer_append(struct buffer *buffer, const void *bytes, size_t count)
{
    if (buffer->room - buffer->bytes < count && buffer_reserve(buffer, count) != 0)
        return -1;
    memcpy(buffer->data + buffer->bytes, bytes, count);
    buffer->bytes += count;
    return 0;
}

void buffer_finish(struct buffer *buffer);

#endif
