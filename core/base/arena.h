/*
 * An arena: what lives and dies together (a spec, a set of descriptors, a run's plan) is allocated
 * from one and freed at once. Memory is zeroed. Every function answers NULL when memory is out.
 */
#ifndef UPTAKE_BASE_ARENA_H
#define UPTAKE_BASE_ARENA_H

#include <stddef.h>

struct arena_block;

/* Zeroed is valid and empty. */
struct arena {
    struct arena_block *last;
};

void *arena_alloc(struct arena *arena, size_t bytes);
/* count elements of size bytes; NULL also when the product overflows. */
void *arena_array(struct arena *arena, size_t count, size_t size);
char *arena_text(struct arena *arena, const char *text, size_t bytes); /* NUL added */
__attribute__((format(printf, 2, 3))) char *arena_format(struct arena *arena, const char *format,
                                                         ...);
void arena_finish(struct arena *arena);

#endif
