/* Growing blocks: see buffer.h. */
#include "base/buffer.h"

#include <string.h>
#include <sys/mman.h>

enum { PAGE = 4096 };

int buffer_reserve(struct buffer *buffer, size_t more)
{
    size_t wanted;
    if (__builtin_add_overflow(buffer->bytes, more, &wanted) || wanted > (size_t)1 << 46)
        return -1;
    if (wanted <= buffer->room)
        return 0;
    size_t room = buffer->room + buffer->room / 2;
    if (room < wanted)
        room = wanted;
    room = (room + PAGE - 1) / PAGE * PAGE;
    void *data = buffer->data
                     ? mremap(buffer->data, buffer->room, room, MREMAP_MAYMOVE)
                     : mmap(NULL, room, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (data == MAP_FAILED)
        return -1;
    buffer->data = data;
    buffer->room = room;
    return 0;
}

void buffer_finish(struct buffer *buffer)
{
    if (buffer->data)
        munmap(buffer->data, buffer->room);
    *buffer = (struct buffer){0};
}
