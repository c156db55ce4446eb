/* Small things about words: the nearest valid one for a misspelt one, widths on a terminal, UTF-8. */
#ifndef UPTAKE_BASE_TEXT_H
#define UPTAKE_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Whether eight bytes are all printable ASCII, 0x20 to 0x7e. Exact for the eight together: a borrow or a carry comes only
 * from a byte that already answers no. */
static inline bool text_printable8(const void *at)
{
    const uint64_t each = UINT64_C(0x0101010101010101);
    uint64_t word;
    memcpy(&word, at, sizeof word);
    uint64_t low = (word - each * 0x20) & ~word, high = word | (word + each);
    return ((low | high) & each * 0x80) == 0;
}

/*
 * The candidate nearest to a word (Damerau-Levenshtein on bytes, case folded, '_' = '-'), or NULL where
 * none is near (more than a third of the longer word, at least 1, differs). Ties: the first candidate.
 * Words above 64 bytes have no neighbour.
 */
struct nearest {
    const char *word;
    size_t bytes;
    const char *best;
    unsigned distance;
};
void nearest_start(struct nearest *nearest, const char *word, size_t bytes);
void nearest_offer(struct nearest *nearest, const char *candidate);
const char *nearest_best(const struct nearest *nearest);

/* Writes "; did you mean 'X'?" or "" into text; answers text. */
const char *nearest_hint(const struct nearest *nearest, char text[96]);

/* Copy of at most bytes of a foreign text for a message: control characters as '?', cut at 60 with "...". */
const char *text_quote(char quoted[72], const char *text, size_t bytes);

bool text_is_utf8(const char *text, size_t bytes);
/* In place: a '?' for every control character, what turns the direction, and every byte that is not UTF-8: so that no
 * terminal obeys the text, and it stays one line. */
void text_make_visible(char *text);
/* Columns that a UTF-8 text takes on a terminal (combining marks 0, wide East Asian 2). */
size_t text_width(const char *text, size_t bytes);
/* The longest prefix, in bytes, of at most that many columns; never cuts a character. */
size_t text_fit(const char *text, size_t bytes, size_t columns);

#endif
