/* Known words: see words.h. Of some factors the one under which fewest words meet is taken. */
#include "model/words.h"

enum { FACTORS = 64, FEWEST_BITS = 3 };

/* Puts the words in. Answers how many slots had to be passed over. */
static size_t fill(struct words *words, const char *const *texts, size_t count)
{
    size_t passed = 0;
    memset(words->slots, 0, ((size_t)words->mask + 1) * sizeof *words->slots);
    for (size_t k = 0; k < count; k++) {
        size_t bytes = strlen(texts[k]);
        uint64_t head = word_head(texts[k], bytes);
        uint32_t at = words_slot(words, head, bytes) & words->mask;
        for (; words->slots[at].text; at = (at + 1) & words->mask)
            passed++;
        words->slots[at] = (struct word){head, texts[k], (uint32_t)bytes, (int32_t)k};
    }
    return passed;
}

int words_make(struct words *words, struct arena *arena, const char *const *texts, size_t count)
{
    uint32_t bits = FEWEST_BITS;
    while (((size_t)1 << bits) < 4 * count)
        bits++;
    struct words made = {.mask = ((uint32_t)1 << bits) - 1, .shift = 64 - bits};
    made.slots = arena_array(arena, (size_t)made.mask + 1, sizeof *made.slots);
    if (!made.slots)
        return -1;
    uint64_t factor = 0x9e3779b97f4a7c15u, best = factor;
    size_t fewest = SIZE_MAX;
    for (int tried = 0; tried < FACTORS && fewest; tried++) {
        made.factor = factor;
        size_t passed = fill(&made, texts, count);
        if (passed < fewest) {
            fewest = passed;
            best = factor;
        }
        factor = factor * 0xd1342543de82ef95u + 2; /* stays odd */
    }
    made.factor = best;
    fill(&made, texts, count);
    *words = made;
    return 0;
}
