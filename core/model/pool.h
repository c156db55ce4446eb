/*
 * The text pool: each distinct text once, by id in first-seen order. Ids, never the hash table, drive output.
 */
#ifndef UPTAKE_MODEL_POOL_H
#define UPTAKE_MODEL_POOL_H

#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"

/* id + 1, 0: free; and the text's hash, so that other texts are told apart without being looked at. */
struct pool_slot {
    uint32_t id;
    uint32_t hash;
};

/* Zeroed is valid and empty. */
struct pool {
    struct buffer texts;     /* NUL-terminated */
    struct buffer offsets;   /* uint64_t, one an id */
    struct pool_slot *slots; /* by hash */
    uint32_t n_slots;        /* a power of two */
    uint32_t count;
    uint64_t seed; /* of the hash: a model cannot choose its collisions */
};

/* The id of a text, added where it is new; -1: no memory, or over 2^31 texts. */
int32_t pool_add(struct pool *pool, const char *text, size_t bytes);
const char *pool_text(const struct pool *pool, int32_t id);
/* Only the lookup's memory: no text can be added afterwards. */
void pool_close(struct pool *pool);
void pool_finish(struct pool *pool);

#endif
