/* Arena: see arena.h. */
#include "base/arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { BLOCK_BYTES = 16384, ALIGN = 16, PAGE = 4096, LARGE_BYTES = 4 << 20 };

struct arena_block {
    struct arena_block *before;
    size_t used;
    size_t bytes;
    size_t padding;
    char data[];
};

/* Large arrays ask for huge pages: touching them page by page costs as much as filling them. */
static void ask_for_huge_pages(void *start, size_t bytes)
{
    uintptr_t from = ((uintptr_t)start + PAGE - 1) / PAGE * PAGE, to = (uintptr_t)start + bytes;
    madvise((void *)from, (to - from) / PAGE * PAGE, MADV_HUGEPAGE); /* a wish: it may be refused */
}

static struct arena_block *block_add(struct arena *arena, size_t bytes)
{
    size_t room = bytes > BLOCK_BYTES ? bytes : BLOCK_BYTES;
    if (room > SIZE_MAX - sizeof(struct arena_block))
        return NULL;
    struct arena_block *block = calloc(1, sizeof *block + room);
    if (!block)
        return NULL;
    if (room >= LARGE_BYTES)
        ask_for_huge_pages(block, sizeof *block + room);
    block->bytes = room;
    block->before = arena->last;
    arena->last = block;
    return block;
}

void *arena_alloc(struct arena *arena, size_t bytes)
{
    if (bytes > SIZE_MAX - ALIGN)
        return NULL;
    bytes = bytes ? (bytes + ALIGN - 1) / ALIGN * ALIGN : ALIGN;
    struct arena_block *block = arena->last;
    if (!block || block->bytes - block->used < bytes)
        block = block_add(arena, bytes);
    if (!block)
        return NULL;
    void *start = block->data + block->used;
    block->used += bytes;
    return start;
}

void *arena_array(struct arena *arena, size_t count, size_t size)
{
    size_t bytes;
    return __builtin_mul_overflow(count, size, &bytes) ? NULL : arena_alloc(arena, bytes);
}

char *arena_text(struct arena *arena, const char *text, size_t bytes)
{
    char *copy = bytes == SIZE_MAX ? NULL : arena_alloc(arena, bytes + 1);
    if (copy && bytes)
        memcpy(copy, text, bytes);
    return copy;
}

char *arena_format(struct arena *arena, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    va_list again;
    va_copy(again, values);
    int bytes = vsnprintf(NULL, 0, format, values);
    va_end(values);
    char *text = bytes < 0 ? NULL : arena_alloc(arena, (size_t)bytes + 1);
    if (text)
        vsnprintf(text, (size_t)bytes + 1, format, again);
    va_end(again);
    return text;
}

void arena_finish(struct arena *arena)
{
    while (arena->last) {
        struct arena_block *before = arena->last->before;
        free(arena->last);
        arena->last = before;
    }
}
