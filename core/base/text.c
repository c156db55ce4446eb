/*
 * Words, quotes, UTF-8 and columns: see text.h. What comes from a file or a plugin is never trusted:
 * bytes that are not UTF-8 are one column each, and no quoted text can steer a terminal.
 */
#include "base/text.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { WORD_BYTES = 64, QUOTE_BYTES = 60, HINT_BYTES = 96, START_BYTES = 4 };

/* --- Characters ------------------------------------------------------------------------------- */

/* The character that a text begins with: its bytes, or 0 where that is not UTF-8. bytes: at least 1. */
static size_t decode(const char *text, size_t bytes, uint32_t *point)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    unsigned char lead = (unsigned char)text[0];
    *point = lead;
    if (lead < 0x80)
        return 1;
    size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    if (lead < 0xc2 || lead > 0xf4 || length > bytes)
        return 0;
    *point &= 0xffu >> (length + 1);
    for (size_t k = 1; k < length; k++) {
        unsigned char next = (unsigned char)text[k];
        if ((next & 0xc0) != 0x80)
            return 0;
        *point = *point << 6 | (next & 0x3f);
    }
    bool surrogate = *point >= 0xd800 && *point <= 0xdfff;
    return surrogate || *point < least[length] || *point > 0x10ffff ? 0 : length;
}

bool text_is_utf8(const char *text, size_t bytes)
{
    uint32_t point;
    for (size_t at = 0, length; at < bytes; at += length)
        if ((length = decode(text + at, bytes - at, &point)) == 0)
            return false;
    return true;
}

/* Also the second control block, and what breaks a line or turns its direction. */
static bool is_control(uint32_t point)
{
    return point < 0x20 || (point >= 0x7f && point < 0xa0) || point == 0x61c ||
           (point >= 0x200e && point <= 0x200f) || (point >= 0x2028 && point <= 0x202e) ||
           (point >= 0x2066 && point <= 0x2069);
}

void text_make_visible(char *text)
{
    size_t bytes = strlen(text), to = 0;
    for (size_t at = 0, length; at < bytes; at += length) {
        uint32_t point = 0;
        length = decode(text + at, bytes - at, &point);
        if (length && !is_control(point)) {
            memmove(text + to, text + at, length);
            to += length;
        } else {
            text[to++] = '?';
            length = length ? length : 1;
        }
    }
    text[to] = 0;
}

/* --- Words ------------------------------------------------------------------------------------ */

static char fold(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c == '_' ? '-' : c;
}

struct word {
    size_t bytes;
    char text[WORD_BYTES];
};

static void fold_word(struct word *word, const char *text, size_t bytes)
{
    word->bytes = bytes;
    for (size_t k = 0; k < bytes; k++)
        word->text[k] = fold(text[k]);
}

static unsigned at_most(unsigned a, unsigned b)
{
    return a < b ? a : b;
}

/* Cost of the first i bytes of a against the first j of b; rows: those of i, i - 1 and i - 2. */
static unsigned cost(const struct word *a, const struct word *b, size_t i, size_t j,
                     unsigned rows[3][WORD_BYTES + 1])
{
    const unsigned *now = rows[i % 3], *before = rows[(i + 2) % 3], *earlier = rows[(i + 1) % 3];
    bool same = a->text[i - 1] == b->text[j - 1];
    unsigned best = at_most(before[j - 1] + !same, at_most(before[j], now[j - 1]) + 1);
    bool swapped = i > 1 && j > 1 && a->text[i - 1] == b->text[j - 2];
    return swapped && a->text[i - 2] == b->text[j - 1] ? at_most(best, earlier[j - 2] + 1) : best;
}

/* Insertions, deletions, changes and swaps of neighbours (optimal string alignment); above limit, any
 * number above it. A row is at most 1 above the one before, which a swap looks back to for 1 more: so
 * from a row above the limit nothing leads back. */
static unsigned distance(const struct word *a, const struct word *b, unsigned limit)
{
    unsigned rows[3][WORD_BYTES + 1];
    for (size_t j = 0; j <= b->bytes; j++)
        rows[0][j] = (unsigned)j;
    for (size_t i = 1; i <= a->bytes; i++) {
        unsigned *row = rows[i % 3], least = (unsigned)i;
        row[0] = least;
        for (size_t j = 1; j <= b->bytes; j++) {
            row[j] = cost(a, b, i, j, rows);
            least = at_most(least, row[j]);
        }
        if (least > limit)
            return limit + 1;
    }
    return rows[a->bytes % 3][b->bytes];
}

/* A third of the longer word, at least 1; words of which every byte differs are never near. */
static unsigned allowed(size_t longer)
{
    return longer > 3 ? (unsigned)(longer / 3) : longer > 1;
}

void nearest_start(struct nearest *nearest, const char *word, size_t bytes)
{
    *nearest = (struct nearest){.word = word, .bytes = bytes};
}

/* Far by letters, but one begins with nearly all of the other ("frailty", "frailty-hub"; "enabling", "enables"): above
 * every distance that is near. 0: not so. */
static unsigned same_start(const struct word *a, const struct word *b)
{
    size_t shorter = a->bytes < b->bytes ? a->bytes : b->bytes, same = 0;
    while (same < shorter && a->text[same] == b->text[same])
        same++;
    if (same < START_BYTES || shorter - same > 2)
        return 0;
    return WORD_BYTES + (unsigned)(a->bytes + b->bytes - 2 * same);
}

void nearest_offer(struct nearest *nearest, const char *candidate)
{
    size_t a = nearest->bytes, b = strnlen(candidate, WORD_BYTES + 1);
    unsigned limit = allowed(a > b ? a : b);
    if (a > WORD_BYTES || b > WORD_BYTES || (nearest->best && nearest->distance == 0))
        return;
    if (nearest->best)
        limit = at_most(limit, nearest->distance - 1);
    struct word word, other;
    fold_word(&word, nearest->word, a);
    fold_word(&other, candidate, b);
    bool may_be_near = (a > b ? a - b : b - a) <= limit;
    unsigned found = may_be_near ? distance(&word, &other, limit) : limit + 1;
    if (found > limit && (found = same_start(&word, &other)) == 0)
        return;
    if (!nearest->best || found < nearest->distance) {
        nearest->best = candidate;
        nearest->distance = found;
    }
}

const char *nearest_best(const struct nearest *nearest)
{
    return nearest->best;
}

/* --- Quotes ----------------------------------------------------------------------------------- */

/* Copies whole characters into room bytes and ends them; false where some did not fit. */
static bool copy_clean(char *to, size_t room, const char *text, size_t bytes)
{
    size_t used = 0;
    for (size_t at = 0; at < bytes;) {
        uint32_t point;
        size_t length = decode(text + at, bytes - at, &point);
        bool clean = length > 0 && !is_control(point);
        size_t width = clean ? length : 1;
        to[used] = '\0';
        if (used + width >= room)
            return false;
        memcpy(to + used, clean ? text + at : "?", width);
        used += width;
        at += length > 0 ? length : 1;
    }
    to[used] = '\0';
    return true;
}

const char *text_quote(char quoted[72], const char *text, size_t bytes)
{
    if (!copy_clean(quoted, QUOTE_BYTES + 1, text, bytes))
        memcpy(quoted + strlen(quoted), "...", sizeof "...");
    return quoted;
}

const char *nearest_hint(const struct nearest *nearest, char text[HINT_BYTES])
{
    char word[WORD_BYTES + 1];
    text[0] = '\0';
    if (nearest->best && copy_clean(word, sizeof word, nearest->best, strlen(nearest->best)))
        snprintf(text, HINT_BYTES, "; did you mean '%s'?", word);
    return text;
}

/* --- Columns ---------------------------------------------------------------------------------- */

struct range {
    uint32_t first;
    uint32_t last;
};

/*
 * From Unicode 14 (Python's unicodedata), joined over points that are not assigned. No column of their
 * own: categories Mn, Me and Cf (but the soft hyphen and the marks that enclose digits), and the
 * second and third letters of a Hangul syllable. Two columns: East Asian width W and F.
 */
static const struct range combining[] = {
    {0x0300, 0x036f},   {0x0483, 0x0489},   {0x0591, 0x05bd},   {0x05bf, 0x05bf},
    {0x05c1, 0x05c2},   {0x05c4, 0x05c5},   {0x05c7, 0x05c7},   {0x0610, 0x061a},
    {0x061c, 0x061c},   {0x064b, 0x065f},   {0x0670, 0x0670},   {0x06d6, 0x06dc},
    {0x06df, 0x06e4},   {0x06e7, 0x06e8},   {0x06ea, 0x06ed},   {0x0711, 0x0711},
    {0x0730, 0x074a},   {0x07a6, 0x07b0},   {0x07eb, 0x07f3},   {0x07fd, 0x07fd},
    {0x0816, 0x0819},   {0x081b, 0x0823},   {0x0825, 0x0827},   {0x0829, 0x082d},
    {0x0859, 0x085b},   {0x0898, 0x089f},   {0x08ca, 0x08e1},   {0x08e3, 0x0902},
    {0x093a, 0x093a},   {0x093c, 0x093c},   {0x0941, 0x0948},   {0x094d, 0x094d},
    {0x0951, 0x0957},   {0x0962, 0x0963},   {0x0981, 0x0981},   {0x09bc, 0x09bc},
    {0x09c1, 0x09c4},   {0x09cd, 0x09cd},   {0x09e2, 0x09e3},   {0x09fe, 0x0a02},
    {0x0a3c, 0x0a3c},   {0x0a41, 0x0a51},   {0x0a70, 0x0a71},   {0x0a75, 0x0a75},
    {0x0a81, 0x0a82},   {0x0abc, 0x0abc},   {0x0ac1, 0x0ac8},   {0x0acd, 0x0acd},
    {0x0ae2, 0x0ae3},   {0x0afa, 0x0b01},   {0x0b3c, 0x0b3c},   {0x0b3f, 0x0b3f},
    {0x0b41, 0x0b44},   {0x0b4d, 0x0b56},   {0x0b62, 0x0b63},   {0x0b82, 0x0b82},
    {0x0bc0, 0x0bc0},   {0x0bcd, 0x0bcd},   {0x0c00, 0x0c00},   {0x0c04, 0x0c04},
    {0x0c3c, 0x0c3c},   {0x0c3e, 0x0c40},   {0x0c46, 0x0c56},   {0x0c62, 0x0c63},
    {0x0c81, 0x0c81},   {0x0cbc, 0x0cbc},   {0x0cbf, 0x0cbf},   {0x0cc6, 0x0cc6},
    {0x0ccc, 0x0ccd},   {0x0ce2, 0x0ce3},   {0x0d00, 0x0d01},   {0x0d3b, 0x0d3c},
    {0x0d41, 0x0d44},   {0x0d4d, 0x0d4d},   {0x0d62, 0x0d63},   {0x0d81, 0x0d81},
    {0x0dca, 0x0dca},   {0x0dd2, 0x0dd6},   {0x0e31, 0x0e31},   {0x0e34, 0x0e3a},
    {0x0e47, 0x0e4e},   {0x0eb1, 0x0eb1},   {0x0eb4, 0x0ebc},   {0x0ec8, 0x0ecd},
    {0x0f18, 0x0f19},   {0x0f35, 0x0f35},   {0x0f37, 0x0f37},   {0x0f39, 0x0f39},
    {0x0f71, 0x0f7e},   {0x0f80, 0x0f84},   {0x0f86, 0x0f87},   {0x0f8d, 0x0fbc},
    {0x0fc6, 0x0fc6},   {0x102d, 0x1030},   {0x1032, 0x1037},   {0x1039, 0x103a},
    {0x103d, 0x103e},   {0x1058, 0x1059},   {0x105e, 0x1060},   {0x1071, 0x1074},
    {0x1082, 0x1082},   {0x1085, 0x1086},   {0x108d, 0x108d},   {0x109d, 0x109d},
    {0x1160, 0x11ff},   {0x135d, 0x135f},   {0x1712, 0x1714},   {0x1732, 0x1733},
    {0x1752, 0x1753},   {0x1772, 0x1773},   {0x17b4, 0x17b5},   {0x17b7, 0x17bd},
    {0x17c6, 0x17c6},   {0x17c9, 0x17d3},   {0x17dd, 0x17dd},   {0x180b, 0x180f},
    {0x1885, 0x1886},   {0x18a9, 0x18a9},   {0x1920, 0x1922},   {0x1927, 0x1928},
    {0x1932, 0x1932},   {0x1939, 0x193b},   {0x1a17, 0x1a18},   {0x1a1b, 0x1a1b},
    {0x1a56, 0x1a56},   {0x1a58, 0x1a60},   {0x1a62, 0x1a62},   {0x1a65, 0x1a6c},
    {0x1a73, 0x1a7f},   {0x1ab0, 0x1b03},   {0x1b34, 0x1b34},   {0x1b36, 0x1b3a},
    {0x1b3c, 0x1b3c},   {0x1b42, 0x1b42},   {0x1b6b, 0x1b73},   {0x1b80, 0x1b81},
    {0x1ba2, 0x1ba5},   {0x1ba8, 0x1ba9},   {0x1bab, 0x1bad},   {0x1be6, 0x1be6},
    {0x1be8, 0x1be9},   {0x1bed, 0x1bed},   {0x1bef, 0x1bf1},   {0x1c2c, 0x1c33},
    {0x1c36, 0x1c37},   {0x1cd0, 0x1cd2},   {0x1cd4, 0x1ce0},   {0x1ce2, 0x1ce8},
    {0x1ced, 0x1ced},   {0x1cf4, 0x1cf4},   {0x1cf8, 0x1cf9},   {0x1dc0, 0x1dff},
    {0x200b, 0x200f},   {0x202a, 0x202e},   {0x2060, 0x206f},   {0x20d0, 0x20f0},
    {0x2cef, 0x2cf1},   {0x2d7f, 0x2d7f},   {0x2de0, 0x2dff},   {0x302a, 0x302d},
    {0x3099, 0x309a},   {0xa66f, 0xa672},   {0xa674, 0xa67d},   {0xa69e, 0xa69f},
    {0xa6f0, 0xa6f1},   {0xa802, 0xa802},   {0xa806, 0xa806},   {0xa80b, 0xa80b},
    {0xa825, 0xa826},   {0xa82c, 0xa82c},   {0xa8c4, 0xa8c5},   {0xa8e0, 0xa8f1},
    {0xa8ff, 0xa8ff},   {0xa926, 0xa92d},   {0xa947, 0xa951},   {0xa980, 0xa982},
    {0xa9b3, 0xa9b3},   {0xa9b6, 0xa9b9},   {0xa9bc, 0xa9bd},   {0xa9e5, 0xa9e5},
    {0xaa29, 0xaa2e},   {0xaa31, 0xaa32},   {0xaa35, 0xaa36},   {0xaa43, 0xaa43},
    {0xaa4c, 0xaa4c},   {0xaa7c, 0xaa7c},   {0xaab0, 0xaab0},   {0xaab2, 0xaab4},
    {0xaab7, 0xaab8},   {0xaabe, 0xaabf},   {0xaac1, 0xaac1},   {0xaaec, 0xaaed},
    {0xaaf6, 0xaaf6},   {0xabe5, 0xabe5},   {0xabe8, 0xabe8},   {0xabed, 0xabed},
    {0xfb1e, 0xfb1e},   {0xfe00, 0xfe0f},   {0xfe20, 0xfe2f},   {0xfeff, 0xfeff},
    {0xfff9, 0xfffb},   {0x101fd, 0x101fd}, {0x102e0, 0x102e0}, {0x10376, 0x1037a},
    {0x10a01, 0x10a0f}, {0x10a38, 0x10a3f}, {0x10ae5, 0x10ae6}, {0x10d24, 0x10d27},
    {0x10eab, 0x10eac}, {0x10f46, 0x10f50}, {0x10f82, 0x10f85}, {0x11001, 0x11001},
    {0x11038, 0x11046}, {0x11070, 0x11070}, {0x11073, 0x11074}, {0x1107f, 0x11081},
    {0x110b3, 0x110b6}, {0x110b9, 0x110ba}, {0x110c2, 0x110c2}, {0x11100, 0x11102},
    {0x11127, 0x1112b}, {0x1112d, 0x11134}, {0x11173, 0x11173}, {0x11180, 0x11181},
    {0x111b6, 0x111be}, {0x111c9, 0x111cc}, {0x111cf, 0x111cf}, {0x1122f, 0x11231},
    {0x11234, 0x11234}, {0x11236, 0x11237}, {0x1123e, 0x1123e}, {0x112df, 0x112df},
    {0x112e3, 0x112ea}, {0x11300, 0x11301}, {0x1133b, 0x1133c}, {0x11340, 0x11340},
    {0x11366, 0x11374}, {0x11438, 0x1143f}, {0x11442, 0x11444}, {0x11446, 0x11446},
    {0x1145e, 0x1145e}, {0x114b3, 0x114b8}, {0x114ba, 0x114ba}, {0x114bf, 0x114c0},
    {0x114c2, 0x114c3}, {0x115b2, 0x115b5}, {0x115bc, 0x115bd}, {0x115bf, 0x115c0},
    {0x115dc, 0x115dd}, {0x11633, 0x1163a}, {0x1163d, 0x1163d}, {0x1163f, 0x11640},
    {0x116ab, 0x116ab}, {0x116ad, 0x116ad}, {0x116b0, 0x116b5}, {0x116b7, 0x116b7},
    {0x1171d, 0x1171f}, {0x11722, 0x11725}, {0x11727, 0x1172b}, {0x1182f, 0x11837},
    {0x11839, 0x1183a}, {0x1193b, 0x1193c}, {0x1193e, 0x1193e}, {0x11943, 0x11943},
    {0x119d4, 0x119db}, {0x119e0, 0x119e0}, {0x11a01, 0x11a0a}, {0x11a33, 0x11a38},
    {0x11a3b, 0x11a3e}, {0x11a47, 0x11a47}, {0x11a51, 0x11a56}, {0x11a59, 0x11a5b},
    {0x11a8a, 0x11a96}, {0x11a98, 0x11a99}, {0x11c30, 0x11c3d}, {0x11c3f, 0x11c3f},
    {0x11c92, 0x11ca7}, {0x11caa, 0x11cb0}, {0x11cb2, 0x11cb3}, {0x11cb5, 0x11cb6},
    {0x11d31, 0x11d45}, {0x11d47, 0x11d47}, {0x11d90, 0x11d91}, {0x11d95, 0x11d95},
    {0x11d97, 0x11d97}, {0x11ef3, 0x11ef4}, {0x13430, 0x13438}, {0x16af0, 0x16af4},
    {0x16b30, 0x16b36}, {0x16f4f, 0x16f4f}, {0x16f8f, 0x16f92}, {0x16fe4, 0x16fe4},
    {0x1bc9d, 0x1bc9e}, {0x1bca0, 0x1cf46}, {0x1d167, 0x1d169}, {0x1d173, 0x1d182},
    {0x1d185, 0x1d18b}, {0x1d1aa, 0x1d1ad}, {0x1d242, 0x1d244}, {0x1da00, 0x1da36},
    {0x1da3b, 0x1da6c}, {0x1da75, 0x1da75}, {0x1da84, 0x1da84}, {0x1da9b, 0x1daaf},
    {0x1e000, 0x1e02a}, {0x1e130, 0x1e136}, {0x1e2ae, 0x1e2ae}, {0x1e2ec, 0x1e2ef},
    {0x1e8d0, 0x1e8d6}, {0x1e944, 0x1e94a}, {0xe0001, 0xe01ef},
};

static const struct range wide[] = {
    {0x1100, 0x115f},   {0x231a, 0x231b},   {0x2329, 0x232a},   {0x23e9, 0x23ec},
    {0x23f0, 0x23f0},   {0x23f3, 0x23f3},   {0x25fd, 0x25fe},   {0x2614, 0x2615},
    {0x2648, 0x2653},   {0x267f, 0x267f},   {0x2693, 0x2693},   {0x26a1, 0x26a1},
    {0x26aa, 0x26ab},   {0x26bd, 0x26be},   {0x26c4, 0x26c5},   {0x26ce, 0x26ce},
    {0x26d4, 0x26d4},   {0x26ea, 0x26ea},   {0x26f2, 0x26f3},   {0x26f5, 0x26f5},
    {0x26fa, 0x26fa},   {0x26fd, 0x26fd},   {0x2705, 0x2705},   {0x270a, 0x270b},
    {0x2728, 0x2728},   {0x274c, 0x274c},   {0x274e, 0x274e},   {0x2753, 0x2755},
    {0x2757, 0x2757},   {0x2795, 0x2797},   {0x27b0, 0x27b0},   {0x27bf, 0x27bf},
    {0x2b1b, 0x2b1c},   {0x2b50, 0x2b50},   {0x2b55, 0x2b55},   {0x2e80, 0x3029},
    {0x302e, 0x303e},   {0x3041, 0x3096},   {0x309b, 0x3247},   {0x3250, 0x4dbf},
    {0x4e00, 0xa4c6},   {0xa960, 0xa97c},   {0xac00, 0xd7a3},   {0xf900, 0xfad9},
    {0xfe10, 0xfe19},   {0xfe30, 0xfe6b},   {0xff01, 0xff60},   {0xffe0, 0xffe6},
    {0x16fe0, 0x16fe3}, {0x16ff0, 0x1b2fb}, {0x1f004, 0x1f004}, {0x1f0cf, 0x1f0cf},
    {0x1f18e, 0x1f18e}, {0x1f191, 0x1f19a}, {0x1f200, 0x1f320}, {0x1f32d, 0x1f335},
    {0x1f337, 0x1f37c}, {0x1f37e, 0x1f393}, {0x1f3a0, 0x1f3ca}, {0x1f3cf, 0x1f3d3},
    {0x1f3e0, 0x1f3f0}, {0x1f3f4, 0x1f3f4}, {0x1f3f8, 0x1f43e}, {0x1f440, 0x1f440},
    {0x1f442, 0x1f4fc}, {0x1f4ff, 0x1f53d}, {0x1f54b, 0x1f54e}, {0x1f550, 0x1f567},
    {0x1f57a, 0x1f57a}, {0x1f595, 0x1f596}, {0x1f5a4, 0x1f5a4}, {0x1f5fb, 0x1f64f},
    {0x1f680, 0x1f6c5}, {0x1f6cc, 0x1f6cc}, {0x1f6d0, 0x1f6d2}, {0x1f6d5, 0x1f6df},
    {0x1f6eb, 0x1f6ec}, {0x1f6f4, 0x1f6fc}, {0x1f7e0, 0x1f7f0}, {0x1f90c, 0x1f93a},
    {0x1f93c, 0x1f945}, {0x1f947, 0x1f9ff}, {0x1fa70, 0x1faf6}, {0x20000, 0x3fffd},
};

static bool is_in(const struct range *ranges, size_t count, uint32_t point)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (point > ranges[middle].last)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && point >= ranges[low].first;
}

static size_t columns_of(uint32_t point)
{
    if (point < 0x300)
        return point >= 0x20 && (point < 0x7f || point >= 0xa0);
    if (is_in(combining, sizeof combining / sizeof *combining, point))
        return 0;
    return is_in(wide, sizeof wide / sizeof *wide, point) ? 2 : 1;
}

/* The bytes of the next character; a byte that is not UTF-8 is shown as one character. */
static size_t step(const char *text, size_t bytes, size_t *columns)
{
    uint32_t point;
    size_t length = decode(text, bytes, &point);
    *columns = length > 0 ? columns_of(point) : 1;
    return length > 0 ? length : 1;
}

size_t text_width(const char *text, size_t bytes)
{
    size_t total = 0, columns;
    for (size_t at = 0; at < bytes; total += columns)
        at += step(text + at, bytes - at, &columns);
    return total;
}

size_t text_fit(const char *text, size_t bytes, size_t columns)
{
    size_t at = 0;
    while (at < bytes) {
        size_t taken, length = step(text + at, bytes - at, &taken);
        if (taken > columns)
            break;
        columns -= taken;
        at += length;
    }
    return at;
}
