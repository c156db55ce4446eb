/*
 * Known words, such as the keys of a mapping or the choices of a field, looked up by their first eight bytes and
 * their length: one multiplication, and nearly always one comparison. A loader asks for millions.
 */
#ifndef UPTAKE_MODEL_WORDS_H
#define UPTAKE_MODEL_WORDS_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"

struct word {
    uint64_t head;
    const char *text; /* NULL: the slot is free */
    uint32_t bytes;
    int32_t index;
};

/* Zeroed: not made yet. */
struct words {
    struct word *slots; /* a power of two, never full */
    uint64_t factor;
    uint32_t mask;
    uint32_t shift;
};

/* Words are kept, not copied; of equal ones the first counts. Memory: the arena's. 0, or -1 when it is out. */
int words_make(struct words *words, struct arena *arena, const char *const *texts, size_t count);

/* The first eight bytes; of a shorter word something that only it has among words of its length. */
static inline uint64_t word_head(const char *text, size_t bytes)
{
    uint64_t head = 0;
    uint32_t first, last;
    if (bytes >= sizeof head) {
        memcpy(&head, text, sizeof head);
    } else if (bytes >= sizeof first) {
        memcpy(&first, text, sizeof first);
        memcpy(&last, text + bytes - sizeof last, sizeof last);
        head = first | (uint64_t)last << 32;
    } else if (bytes) {
        head = (uint64_t)(unsigned char)text[0] | (uint64_t)(unsigned char)text[bytes / 2] << 8 |
               (uint64_t)(unsigned char)text[bytes - 1] << 16;
    }
    return head;
}

static inline uint32_t words_slot(const struct words *words, uint64_t head, size_t bytes)
{
    return (uint32_t)(((head ^ (uint64_t)bytes << 56) * words->factor) >> words->shift);
}

/* The index of a word, -1: it is not known. */
static inline int words_find(const struct words *words, const char *text, size_t bytes)
{
    uint64_t head = word_head(text, bytes);
    for (uint32_t at = words_slot(words, head, bytes);; at++) {
        const struct word *word = &words->slots[at & words->mask];
        if (!word->text)
            return -1;
        if (word->head == head && word->bytes == bytes &&
            (bytes <= sizeof head ||
             memcmp(word->text + sizeof head, text + sizeof head, bytes - sizeof head) == 0))
            return word->index;
    }
}

#endif
