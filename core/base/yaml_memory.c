/*
 * libyaml's memory. A scalar costs libyaml five allocations, and they are a fifth of all that reading YAML costs; so
 * the four functions through which it takes and gives memory are defined here, and the dynamic linker prefers a
 * program's own. Blocks of up to LARGEST bytes come from lists of free blocks by size, one set a thread; what is
 * larger comes from malloc. Where they are not preferred (another way of linking), libyaml uses its own, and nothing
 * else changes. Builds with sanitizers leave this out: they are to see every block.
 */
#include "base/yaml_memory.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#ifndef UPTAKE_SANITIZED

enum { STEP = 16, CLASSES = 16, LARGEST = STEP * CLASSES, CHUNK = 16 << 10 };

/* In front of every block, of its size so that blocks stay aligned. */
struct head {
    _Alignas(STEP) size_t class; /* bytes / STEP; over CLASSES: of malloc, and this is its bytes */
};
_Static_assert(sizeof(struct head) == STEP, "a head is a step");

/* A free block holds the next one of its size. */
struct block {
    struct block *next;
};
static _Thread_local struct block *free_blocks[CLASSES + 1];
static _Thread_local char *chunk, *chunk_end;

/* The names are libyaml's. */
void *yaml_malloc(size_t bytes);
void *yaml_realloc(void *data, size_t bytes);
void yaml_free(void *data);
unsigned char *yaml_strdup(const unsigned char *text);

static void *with_head(struct head *head, size_t class)
{
    if (!head)
        return NULL;
    head->class = class;
    return head + 1;
}

/* A chunk is never given back: libyaml's small blocks are few at a time. Out of line, as all that is rare is: what is
 * left of the functions that every scalar calls then needs no stack. */
__attribute__((noinline)) static void *fresh(size_t class)
{
    size_t bytes = sizeof(struct head) + class * STEP;
    if (!chunk || (size_t)(chunk_end - chunk) < bytes) {
        char *grown = malloc(CHUNK);
        if (!grown)
            return NULL;
        chunk = grown;
        chunk_end = grown + CHUNK;
    }
    struct head *head = (struct head *)(void *)chunk;
    chunk += bytes;
    return with_head(head, class);
}

/* A parser's buffers are large. */
static _Thread_local bool used;

/* More bytes than lists are kept for; or none, which are given as one. */
__attribute__((noinline)) static void *unusual(size_t bytes)
{
    if (bytes == 0)
        return yaml_malloc(1);
    used = true;
    return bytes > PTRDIFF_MAX ? NULL : with_head(malloc(sizeof(struct head) + bytes), bytes);
}

void *yaml_malloc(size_t bytes)
{
    if (bytes - 1 >= LARGEST)
        return unusual(bytes);
    size_t class = (bytes + STEP - 1) / STEP;
    struct block *block = free_blocks[class];
    if (!block)
        return fresh(class);
    free_blocks[class] = block->next;
    return block;
}

void yaml_free(void *data)
{
    if (!data)
        return;
    struct head *head = (struct head *)data - 1;
    if (head->class > CLASSES) {
        free(head);
        return;
    }
    struct block *block = data;
    block->next = free_blocks[head->class];
    free_blocks[head->class] = block;
}

void *yaml_realloc(void *data, size_t bytes)
{
    if (!data)
        return yaml_malloc(bytes);
    struct head *head = (struct head *)data - 1;
    size_t room = head->class > CLASSES ? head->class : head->class * STEP;
    if (bytes <= room && head->class <= CLASSES)
        return data;
    if (head->class > CLASSES && bytes > LARGEST)
        return bytes > PTRDIFF_MAX ? NULL
                                   : with_head(realloc(head, sizeof(struct head) + bytes), bytes);
    void *moved = yaml_malloc(bytes);
    if (!moved)
        return NULL;
    memcpy(moved, data, room < bytes ? room : bytes);
    yaml_free(data);
    return moved;
}

unsigned char *yaml_strdup(const unsigned char *text)
{
    if (!text)
        return NULL;
    size_t bytes = strlen((const char *)text) + 1;
    unsigned char *copy = yaml_malloc(bytes);
    return copy ? memcpy(copy, text, bytes) : NULL;
}

bool yaml_memory_is_used(void)
{
    return used;
}

void yaml_memory_give_back(void *data)
{
    yaml_free(data);
}

#else

bool yaml_memory_is_used(void)
{
    return false;
}

void yaml_memory_give_back(void *data)
{
    free(data);
}

#endif
