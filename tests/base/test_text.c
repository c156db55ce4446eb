/* Words, quotes, UTF-8 and columns. */
#include <criterion/criterion.h>

#include <stdint.h>
#include <string.h>

#include "base/text.h"

#define LENGTH(array) (sizeof(array) / sizeof *(array))

/* --- The nearest word ------------------------------------------------------------------------- */

/* Distances counted by hand. near: within a third of the longer word, at least 1, and not all of it. */
static const struct {
    const char *word, *candidate;
    unsigned distance;
    bool near;
} pairs[] = {
    {"barriers", "barriers", 0, true},
    {"Barriers", "bARRIERS", 0, true}, /* case is folded */
    {"weighted_sum", "weighted-sum", 0, true},
    {"barrier", "barriers", 1, true},   /* one left out */
    {"barrriers", "barriers", 1, true}, /* one too many */
    {"barrjers", "barriers", 1, true},  /* one changed */
    {"abrriers", "barriers", 1, true},  /* two neighbours swapped */
    {"barriesr", "barriers", 1, true},
    {"topsi", "topsis", 1, true},
    {"boarda", "borda", 1, true},
    {"minmium", "minimum", 1, true},
    {"wegihted-smu", "weighted-sum", 2, true},
    {"normalized", "normalise", 2, true},
    {"kitten", "sitting", 3, false},  /* Levenshtein's example; a third of 7 is 2 */
    {"sunday", "saturday", 3, false}, /* a third of 8 is 2 */
    {"organisation", "organizations", 2, true},
    {"ca", "abc", 3, false}, /* 3 by optimal string alignment, 2 without that limit */
    {"id", "is", 1, true},
    {"id", "xy", 2, false},
    {"a", "b", 1, false}, /* nothing in common */
    {"a", "ab", 1, true},
    {"", "a", 1, false},
    {"", "", 0, true},
    {"support", "levers", 6, false},
    {"caf\xc3\xa9", "cafe", 2, false}, /* bytes, not characters; a third of 5 is 1 */
};

/* Not near, but four bytes or more begin both, and of the shorter no more than two are left: 64, and what is left of
 * both. */
static const struct {
    const char *word, *candidate;
    unsigned distance; /* 0: none */
} starts[] = {
    {"frailty", "frailty-hub", 68},     {"staffing", "staff", 67},   {"enabling", "enables", 69},
    {"Staffing", "STAFF", 67},          {"grants-in-aid", "gra", 0}, {"service", "servants-all", 0},
    {"xservice", "service-of-care", 0},
};

Test(base_text, nearest_by_its_start)
{
    for (size_t k = 0; k < LENGTH(starts); k++) {
        struct nearest nearest;
        nearest_start(&nearest, starts[k].word, strlen(starts[k].word));
        nearest_offer(&nearest, starts[k].candidate);
        cr_expect_eq(nearest_best(&nearest), starts[k].distance ? starts[k].candidate : NULL,
                     "%s, %s", starts[k].word, starts[k].candidate);
        cr_expect(!starts[k].distance || nearest.distance == starts[k].distance, "%s: %u",
                  starts[k].word, nearest.distance);
    }
    struct nearest nearest;
    nearest_start(&nearest, "frailty", 7);
    nearest_offer(&nearest, "frailty-wards");
    nearest_offer(&nearest, "frailty-hub");
    cr_expect_str_eq(nearest_best(&nearest), "frailty-hub", "less is left");
    nearest_offer(&nearest, "fraility");
    cr_expect_str_eq(nearest_best(&nearest), "fraility", "near by letters comes first");
    nearest_offer(&nearest, "frailty-hut");
    cr_expect_str_eq(nearest_best(&nearest), "fraility", "and stays");
}

Test(base_text, nearest_pairs)
{
    for (size_t k = 0; k < LENGTH(pairs); k++) {
        struct nearest nearest;
        nearest_start(&nearest, pairs[k].word, strlen(pairs[k].word));
        nearest_offer(&nearest, pairs[k].candidate);
        const char *best = nearest_best(&nearest);
        cr_expect_eq(best, pairs[k].near ? pairs[k].candidate : NULL, "%s, %s", pairs[k].word,
                     pairs[k].candidate);
        cr_expect(!best || nearest.distance == pairs[k].distance, "%s, %s: %u", pairs[k].word,
                  pairs[k].candidate, nearest.distance);
    }
}

/* The same both ways. */
Test(base_text, nearest_is_symmetric)
{
    for (size_t k = 0; k < LENGTH(pairs); k++) {
        struct nearest nearest;
        nearest_start(&nearest, pairs[k].candidate, strlen(pairs[k].candidate));
        nearest_offer(&nearest, pairs[k].word);
        cr_expect_eq(nearest_best(&nearest) != NULL, pairs[k].near, "%s, %s", pairs[k].candidate,
                     pairs[k].word);
    }
}

/* The textbook recurrence on a whole matrix, without limit or early exit. */
static unsigned plain_distance(const char *a, const char *b)
{
    unsigned d[16][16];
    size_t n = strlen(a), m = strlen(b);
    for (size_t i = 0; i <= n; i++)
        for (size_t j = 0; j <= m; j++) {
            d[i][j] = (unsigned)(i > j ? i : j);
            if (i == 0 || j == 0)
                continue;
            unsigned change = d[i - 1][j - 1] + (a[i - 1] != b[j - 1]);
            unsigned drop = (d[i - 1][j] < d[i][j - 1] ? d[i - 1][j] : d[i][j - 1]) + 1;
            d[i][j] = change < drop ? change : drop;
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
                d[i - 2][j - 2] + 1 < d[i][j])
                d[i][j] = d[i - 2][j - 2] + 1;
        }
    return d[n][m];
}

static uint32_t next_random(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

static void random_word(char word[16], uint32_t *state)
{
    size_t bytes = next_random(state) % 15;
    for (size_t k = 0; k < bytes; k++)
        word[k] = (char)('a' + next_random(state) % 3);
    word[bytes] = '\0';
}

Test(base_text, nearest_as_the_plain_recurrence)
{
    uint32_t state = 1;
    size_t near = 0;
    for (int k = 0; k < 100000; k++) {
        char word[16], candidate[16];
        random_word(word, &state);
        random_word(candidate, &state);
        size_t n = strlen(word), m = strlen(candidate), longer = n > m ? n : m;
        unsigned distance = plain_distance(word, candidate);
        bool expected =
            distance <= (longer > 3 ? longer / 3 : 1) && (distance < longer || distance == 0);
        struct nearest nearest;
        nearest_start(&nearest, word, n);
        nearest_offer(&nearest, candidate);
        bool found = nearest_best(&nearest) && nearest.distance < 64; /* else by its start */
        if (found != expected || (found && nearest.distance != distance))
            cr_assert_fail("%s, %s: %u", word, candidate, distance);
        near += found;
    }
    cr_expect(near > 1000, "only %zu were near", near);
}

Test(base_text, nearest_of_many)
{
    static const char *const candidates[] = {"support", "report", "suport", "supports", "SUPPORT"};
    struct nearest nearest;
    nearest_start(&nearest, "suppord", 7);
    cr_expect_null(nearest_best(&nearest), "nothing was offered");
    for (size_t k = 0; k < LENGTH(candidates); k++)
        nearest_offer(&nearest, candidates[k]);
    cr_expect_eq(nearest_best(&nearest), candidates[0], "a tie: the first");
    nearest_start(&nearest, "support?", 7);
    for (size_t k = LENGTH(candidates); k-- > 0;)
        nearest_offer(&nearest, candidates[k]);
    cr_expect_eq(nearest_best(&nearest), candidates[4], "found exactly, kept; seven bytes count");
}

Test(base_text, long_words_have_no_neighbour)
{
    char word[67], candidate[67];
    for (size_t bytes = 63; bytes <= 66; bytes++) {
        struct nearest nearest;
        memset(word, 'a', sizeof word);
        memset(candidate, 'a', sizeof candidate);
        word[bytes] = candidate[bytes] = '\0';
        candidate[5] = 'b';
        nearest_start(&nearest, word, bytes);
        nearest_offer(&nearest, candidate);
        cr_expect_eq(nearest_best(&nearest) != NULL, bytes <= 64, "%zu bytes", bytes);
        nearest_start(&nearest, word, 64);
        nearest_offer(&nearest, candidate);
        cr_expect_eq(nearest_best(&nearest) != NULL, bytes <= 64, "64 against %zu bytes", bytes);
    }
}

Test(base_text, hints)
{
    char text[96];
    struct nearest nearest;
    nearest_start(&nearest, "bordda", 6);
    cr_expect_eq(nearest_hint(&nearest, text), text);
    cr_expect_str_eq(text, "");
    nearest_offer(&nearest, "topsis");
    cr_expect_str_eq(nearest_hint(&nearest, text), "");
    nearest_offer(&nearest, "borda");
    cr_expect_str_eq(nearest_hint(&nearest, text), "; did you mean 'borda'?");
    nearest_offer(&nearest, "bord\033da");
    cr_expect_str_eq(nearest_hint(&nearest, text), "; did you mean 'borda'?");
    nearest_start(&nearest, "bord\033dd", 7);
    nearest_offer(&nearest, "bord\033da");
    cr_expect_str_eq(nearest_hint(&nearest, text), "; did you mean 'bord?da'?");
}

Test(base_text, longest_hint)
{
    char word[65], text[96];
    memset(word, 'a', 64);
    word[64] = '\0';
    struct nearest nearest;
    nearest_start(&nearest, word, 63);
    nearest_offer(&nearest, word);
    cr_expect_eq(strlen(nearest_hint(&nearest, text)), strlen("; did you mean ''?") + 64);
    cr_expect_eq(strncmp(text + strlen("; did you mean '"), word, 64), 0);
}

/* --- Quotes ----------------------------------------------------------------------------------- */

#define TEN "0123456789"
#define SIXTY TEN TEN TEN TEN TEN TEN
#define FIFTY_NINE TEN TEN TEN TEN TEN "012345678"
#define BYTES(literal) (literal), sizeof(literal) - 1

static const struct {
    const char *text;
    size_t bytes;
    const char *quoted;
} quotes[] = {
    {BYTES(""), ""},
    {BYTES("payback"), "payback"},
    {"payback", 3, "pay"},
    {BYTES("a\tb\nc\033[31md\x7f"), "a?b?c?[31md?"},
    {BYTES("nul\0here"), "nul?here"},
    {BYTES("\xc2\x9b"
           "31m"),
     "?31m"}, /* U+009B is the terminal's CSI in one character */
    {BYTES("a\xe2\x80\xae"
           "b"),
     "a?b"}, /* U+202E turns the direction of a line */
    {BYTES("a\xe2\x80\xa8"
           "b"),
     "a?b"}, /* U+2028 breaks a line */
    {BYTES("caf\xc3\xa9 \xe2\x82\xac"), "caf\xc3\xa9 \xe2\x82\xac"},
    {BYTES("\xff\xfe"
           "a\xc3"),
     "??a?"}, /* not UTF-8: each byte */
    {BYTES(SIXTY), SIXTY},
    {BYTES(SIXTY "0"), SIXTY "..."},
    {BYTES(SIXTY SIXTY SIXTY), SIXTY "..."},
    {BYTES(FIFTY_NINE "\xc3\xa9"), FIFTY_NINE "..."}, /* never half a character */
    {BYTES(FIFTY_NINE "\xc2\x9b"), FIFTY_NINE "?"},
};

Test(base_text, quotes)
{
    for (size_t k = 0; k < LENGTH(quotes); k++) {
        char quoted[72];
        cr_expect_eq(text_quote(quoted, quotes[k].text, quotes[k].bytes), quoted);
        cr_expect_str_eq(quoted, quotes[k].quoted);
    }
}

/* --- UTF-8 ------------------------------------------------------------------------------------ */

/* The Unicode Standard, table 3-7 (well-formed byte sequences), first, last and what lies just outside. */
static const struct {
    const char *text;
    size_t bytes;
    bool valid;
} sequences[] = {
    {BYTES(""), true},
    {BYTES("plain"), true},
    {BYTES("\0"), true},
    {BYTES("\x7f"), true},
    {BYTES("\x80"), false},
    {BYTES("\xbf"), false},
    {BYTES("\xc0\x80"), false},
    {BYTES("\xc1\xbf"), false},
    {BYTES("\xc2\x80"), true},
    {BYTES("\xdf\xbf"), true},
    {BYTES("\xc2"), false},
    {BYTES("\xc2\x7f"), false},
    {BYTES("\xc2\xc0"), false},
    {BYTES("\xe0\x9f\xbf"), false},
    {BYTES("\xe0\xa0\x80"), true},
    {BYTES("\xe0\xa0"), false},
    {BYTES("\xed\x9f\xbf"), true},
    {BYTES("\xed\xa0\x80"), false},
    {BYTES("\xed\xbf\xbf"), false},
    {BYTES("\xee\x80\x80"), true},
    {BYTES("\xef\xbf\xbf"), true},
    {BYTES("\xf0\x8f\xbf\xbf"), false},
    {BYTES("\xf0\x90\x80\x80"), true},
    {BYTES("\xf0\x90\x80"), false},
    {BYTES("\xf4\x8f\xbf\xbf"), true},
    {BYTES("\xf4\x90\x80\x80"), false},
    {BYTES("\xf5\x80\x80\x80"), false},
    {BYTES("\xff"), false},
    {BYTES("ok \xe2\x82\xac then \xe2\x82"), false},
    {"ok \xe2\x82\xac", 5, false},
};

Test(base_text, made_visible)
{
    static const struct {
        const char *text, *shown;
    } cases[] = {
        {"", ""},
        {"plain \xc3\xa9 \xe2\x82\xac", "plain \xc3\xa9 \xe2\x82\xac"},
        {"a\nb\x1b[31mred\x7f", "a?b?[31mred?"},
        {"\xc2\x9b"
         "31m",
         "?31m"},                  /* C1: the one-byte CSI */
        {"x\xe2\x80\xaey", "x?y"}, /* U+202E turns what follows round */
        {"\xff\xfe.yaml", "??.yaml"},
        {"cut \xe2\x82", "cut ??"},
        {"\xc2\xa0", "\xc2\xa0"},
    };
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        char text[64];
        strcpy(text, cases[k].text);
        text_make_visible(text);
        cr_expect_str_eq(text, cases[k].shown);
    }
}

Test(base_text, utf8)
{
    for (size_t k = 0; k < LENGTH(sequences); k++)
        cr_expect_eq(text_is_utf8(sequences[k].text, sequences[k].bytes), sequences[k].valid,
                     "case %zu", k);
}

/* --- Columns ---------------------------------------------------------------------------------- */

/* Expected: Unicode's EastAsianWidth.txt and general categories. fits: the bytes that two columns take. */
static const struct {
    const char *name, *text;
    size_t bytes, width, fits;
} widths[] = {
    {"empty", BYTES(""), 0, 0},
    {"plain", BYTES("abc"), 3, 2},
    {"e acute", BYTES("\xc3\xa9t\xc3\xa9"), 3, 3},
    {"e and a combining acute",
     BYTES("e\xcc\x81"
           "bc"),
     3, 4},
    {"marks at the end belong to the last", BYTES("abe\xcc\x81"), 3, 2},
    {"a mark after the last column", BYTES("ae\xcc\x81x"), 3, 4},
    {"a mark alone", BYTES("\xcc\x81"), 0, 2},
    {"han", BYTES("\xe6\xbc\xa2\xe5\xad\x97"), 4, 3},
    {"a wide one does not fit half", BYTES("a\xe6\xbc\xa2"), 3, 1},
    {"full-width A", BYTES("\xef\xbc\xa1"), 2, 3},
    {"half-width katakana", BYTES("\xef\xbd\xb1"), 1, 3},
    {"hangul syllable", BYTES("\xed\x95\x9c"), 2, 3},
    {"hangul letters", BYTES("\xe1\x84\x92\xe1\x85\xa1\xe1\x86\xab"), 2, 9},
    {"emoji", BYTES("\xf0\x9f\x98\x80"), 2, 4},
    {"dot before the smiles", BYTES("\xe2\x98\x82"), 1, 3},
    {"zero-width joiner",
     BYTES("a\xe2\x80\x8d"
           "b"),
     2, 5},
    {"soft hyphen", BYTES("\xc2\xad"), 1, 2},
    {"pound and euro", BYTES("\xc2\xa3\xe2\x82\xac"), 2, 5},
    {"box drawing", BYTES("\xe2\x94\x80\xe2\x94\x80\xe2\x94\x80"), 3, 6},
    {"controls", BYTES("a\tb\n"), 2, 4},
    {"thai with a vowel above", BYTES("\xe0\xb8\x81\xe0\xb8\xb4"), 1, 6},
    {"second plane of han", BYTES("\xf0\xa0\x80\x80"), 2, 4},
    {"not UTF-8: a column a byte", BYTES("\xff\xff\xff"), 3, 2},
};

Test(base_text, widths)
{
    for (size_t k = 0; k < LENGTH(widths); k++) {
        size_t width = text_width(widths[k].text, widths[k].bytes);
        size_t fits = text_fit(widths[k].text, widths[k].bytes, 2);
        cr_expect_eq(width, widths[k].width, "%s: %zu", widths[k].name, width);
        cr_expect_eq(fits, widths[k].fits, "%s: %zu bytes fit", widths[k].name, fits);
        cr_expect_eq(text_fit(widths[k].text, widths[k].bytes, width), widths[k].bytes, "%s",
                     widths[k].name);
    }
}

/* What fits is no wider than asked, whole characters, and the next one would not fit. */
Test(base_text, fit_is_the_longest)
{
    static const char text[] = "A \xe6\xbc\xa2"
                               "e\xcc\x81\xf0\x9f\x98\x80\xc2\xa3 end \xe5\xad\x97.";
    const size_t bytes = sizeof text - 1;
    for (size_t columns = 0; columns <= text_width(text, bytes); columns++) {
        size_t fits = text_fit(text, bytes, columns);
        cr_expect(text_width(text, fits) <= columns, "%zu columns", columns);
        cr_expect(text_is_utf8(text, fits), "%zu columns", columns);
        cr_expect(fits == bytes || text_width(text, fits) + 1 >= columns, "%zu columns", columns);
    }
    cr_expect_eq(text_fit(text, bytes, SIZE_MAX), bytes);
}
