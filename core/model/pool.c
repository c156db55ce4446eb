/* The text pool: see pool.h. */
#include "model/pool.h"

#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

static uint64_t mix(uint64_t a, uint64_t b)
{
    __uint128_t product = (__uint128_t)a * b;
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

static uint32_t hash(const struct pool *pool, const char *text, size_t bytes)
{
    uint64_t state = pool->seed ^ bytes;
    for (; bytes >= 8; text += 8, bytes -= 8) {
        uint64_t word;
        memcpy(&word, text, 8);
        state = mix(state ^ word, 0x9e3779b97f4a7c15u);
    }
    uint64_t tail = 0;
    memcpy(&tail, text, bytes);
    return (uint32_t)mix(state ^ tail, 0xd1b54a32d192ed03u);
}

const char *pool_text(const struct pool *pool, int32_t id)
{
    const uint64_t *offsets = (const uint64_t *)(const void *)pool->offsets.data;
    return pool->texts.data + offsets[id];
}

static size_t text_bytes(const struct pool *pool, uint32_t id)
{
    const uint64_t *offsets = (const uint64_t *)(const void *)pool->offsets.data;
    uint64_t end = id + 1 < pool->count ? offsets[id + 1] : pool->texts.bytes;
    return end - offsets[id] - 1;
}

static int grow(struct pool *pool)
{
    uint32_t n_slots = pool->n_slots ? pool->n_slots * 2 : 256;
    struct pool_slot *slots = n_slots ? calloc(n_slots, sizeof *slots) : NULL;
    if (!slots)
        return -1;
    if (!pool->n_slots && getrandom(&pool->seed, sizeof pool->seed, GRND_NONBLOCK) < 0)
        pool->seed = (uint64_t)(uintptr_t)slots;
    for (uint32_t k = 0; k < pool->n_slots; k++) {
        uint32_t at = pool->slots[k].hash;
        if (!pool->slots[k].id)
            continue;
        while (slots[at & (n_slots - 1)].id)
            at++;
        slots[at & (n_slots - 1)] = pool->slots[k];
    }
    free(pool->slots);
    pool->slots = slots;
    pool->n_slots = n_slots;
    return 0;
}

static int32_t append(struct pool *pool, const char *text, size_t bytes, struct pool_slot *slot)
{
    uint64_t offset = pool->texts.bytes;
    if (pool->count == INT32_MAX || buffer_append(&pool->texts, text, bytes) != 0 ||
        buffer_append(&pool->texts, "", 1) != 0 ||
        buffer_append(&pool->offsets, &offset, sizeof offset) != 0)
        return -1;
    slot->id = ++pool->count;
    return (int32_t)pool->count - 1;
}

int32_t pool_add(struct pool *pool, const char *text, size_t bytes)
{
    if (pool->count >= pool->n_slots / 2 && grow(pool) != 0)
        return -1;
    uint32_t mask = pool->n_slots - 1, wanted = hash(pool, text, bytes);
    for (uint32_t at = wanted;; at++) {
        struct pool_slot *slot = &pool->slots[at & mask];
        if (slot->id == 0) {
            slot->hash = wanted;
            return append(pool, text, bytes, slot);
        }
        uint32_t id = slot->id - 1;
        if (slot->hash == wanted && text_bytes(pool, id) == bytes &&
            memcmp(pool_text(pool, (int32_t)id), text, bytes) == 0)
            return (int32_t)id;
    }
}

void pool_close(struct pool *pool)
{
    free(pool->slots);
    pool->slots = NULL;
    pool->n_slots = 0;
}

void pool_finish(struct pool *pool)
{
    pool_close(pool);
    buffer_finish(&pool->texts);
    buffer_finish(&pool->offsets);
    pool->count = 0;
}
