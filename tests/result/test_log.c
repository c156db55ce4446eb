/*
 * The log's two ends against each other: what a worker appends reads back as the C library's
 * printf would have made it (the reference), packed or plain, cut at 240 bytes and never inside a
 * character; and bytes that a hostile worker left there break nothing.
 */
#include <criterion/criterion.h>
#include <float.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "result/log.h"

TestSuite(log, .timeout = 120);

enum { ROOM = 1 << 16 };

static char *memory;
static struct log_writer writer;
static uint32_t places[LOG_NUMBERS];

static void start(uint64_t room)
{
    free(memory);
    memory = calloc(1, room + 1);
    cr_assert(memory);
    log_open(&writer, memory, room, 0);
}

static const struct log_head note = {
    .kind = LOG_NOTE, .level = 2, .entity = LOG_WHOLE, .innovation = 7, .row = 7};

__attribute__((format(printf, 2, 3))) static void append(struct log_head head, const char *format,
                                                         ...)
{
    va_list values;
    va_start(values, format);
    log_append(&writer, head, format, values);
    va_end(values);
}

/* The n-th record that is no template; false: there are fewer. */
static bool record_at(struct log_reader *reader, int n, struct log_record *record)
{
    log_read(reader, memory, writer.used, places);
    for (uint64_t at = 0; log_at(reader, at, record); at += record->bytes)
        if (record->head.kind != LOG_TEMPLATE && n-- == 0)
            return true;
    return false;
}

static const char *text_at(int n)
{
    static char text[241];
    struct log_reader reader;
    struct log_record record;
    cr_assert(record_at(&reader, n, &record), "no record %d", n);
    size_t bytes = log_text(&reader, &record, text);
    cr_expect_eq(bytes, strlen(text));
    cr_expect_leq(bytes, 240u);
    cr_expect(text_is_utf8(text, bytes));
    return text;
}

/* --- Conversions ------------------------------------------------------------------------------ */

/* Twice, so that the second finds its template there. */
#define CONVERTS(...)                                                                              \
    do {                                                                                           \
        char expected[1024];                                                                       \
        int n_ = snprintf(expected, sizeof expected, __VA_ARGS__);                                 \
        cr_assert(n_ >= 0 && n_ <= 240);                                                           \
        start(ROOM);                                                                               \
        append(note, __VA_ARGS__);                                                                 \
        append(note, __VA_ARGS__);                                                                 \
        cr_expect_str_eq(text_at(0), expected, "%s", text_at(0));                                  \
        cr_expect_str_eq(text_at(1), expected, "%s", text_at(1));                                  \
        cr_expect_eq(writer.dropped, 0u);                                                          \
    } while (0)

Test(log, integers)
{
    static const long long wholes[] = {0,       1,       -1,       9,         126,      127,
                                       128,     -127,    -128,     -129,      255,      256,
                                       300,     32767,   32768,    -32769,    65535,    65536,
                                       INT_MAX, INT_MIN, UINT_MAX, LLONG_MAX, LLONG_MIN};
    for (size_t k = 0; k < sizeof wholes / sizeof *wholes; k++) {
        long long x = wholes[k];
        CONVERTS("%d|%i|%u|%x|%X|%o", (int)x, (int)x, (unsigned)x, (unsigned)x, (unsigned)x,
                 (unsigned)x);
        CONVERTS("%hhd|%hhu|%hhx|%hd|%hu|%ho", (signed char)x, (unsigned char)x, (unsigned char)x,
                 (short)x, (unsigned short)x, (unsigned short)x);
        CONVERTS("%ld|%lu|%lx|%lld|%llu|%llo", (long)x, (unsigned long)x, (unsigned long)x, x,
                 (unsigned long long)x, (unsigned long long)x);
        CONVERTS("%zd|%zu|%jd|%ju|%td", (ssize_t)x, (size_t)x, (intmax_t)x, (uintmax_t)x,
                 (ptrdiff_t)x);
        CONVERTS("%5d|%-5d|%05d|%+d|% d|%.3d|%8.4d|%-+8.2d", (int)x, (int)x, (int)x, (int)x, (int)x,
                 (int)x, (int)x, (int)x);
        CONVERTS("%#x|%#o|%08x|%-12lx|", (unsigned)x, (unsigned)x, (unsigned)x, (unsigned long)x);
    }
}

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat"
/* A value wider than its conversion says is cut to it, as printf does. */
Test(log, integers_wider_than_said)
{
    CONVERTS("%hhd|%hhu|%hhx|%hd|%hu", 300, 300, -1, 70000, 70000);
    CONVERTS("%hhi|%hX", -200, -1);
}
#pragma GCC diagnostic pop

Test(log, doubles)
{
    static const double doubles[] = {0,          -0.0,    1,
                                     -1,         0.5,     127,
                                     128,        -128,    -129,
                                     0.1,        1.0 / 3, 1e10,
                                     123456.789, 1e-7,    FLT_MAX,
                                     FLT_MIN,    5e-324,  4.2e15,
                                     1e17,       0.37,    -0.63,
                                     0.29,       1.005,   327.67,
                                     327.68,     -327.68, -327.69,
                                     9,          10,      99,
                                     100,        999,     1000,
                                     32767,      32768,   -32768,
                                     -32769,     70000,   999999999999999,
                                     1e15,       -1e15,   9007199254740992};
    for (size_t k = 0; k < sizeof doubles / sizeof *doubles; k++) {
        double x = doubles[k];
        CONVERTS("%f|%e|%g|%G|%E|%F", x, x, x, x, x, x);
        CONVERTS("%.0f|%.1f|%8.3f", x, x, x);
        CONVERTS("%-8.3f|%+.2f|%08.2f", x, x, x);
        CONVERTS("%.17g", x);
        CONVERTS("%.15g|%.16g|%.3g|%.2g|%.1g|%.0g|%.g", x, x, x, x, x, x, x);
        CONVERTS("%15.3g|%-.3g|%+.3g|%#.3g", x, x, x, x);
    }
    CONVERTS("%f %f %g %5.1f", (double)NAN, (double)INFINITY, -(double)INFINITY, (double)NAN);
}

Test(log, texts_and_characters)
{
    const char *volatile none = NULL; /* the compiler would say so */
    CONVERTS("%s", "");
    CONVERTS("%s|%s", "a", "ab");
    CONVERTS("%10s|%-10s|%.2s|%.0s|%10.2s|%.s", "abcd", "abcd", "abcd", "abcd", "abcd", "abcd");
    CONVERTS("%s", "caf\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80");
    CONVERTS("%c%c%5c|%-5c|", 'x', '%', 'y', 'z');
    CONVERTS("100%%, %d%%, %%d", 5);
    CONVERTS("no conversion at all");
    CONVERTS("%s", "a text of more than forty-eight bytes, which is no constant of the log's");
    CONVERTS("%d %s %f %c %u %s", -3, "mid", 2.5, 'c', 4u, "end");
    start(ROOM);
    append(note, "[%s]", none);
    cr_expect_str_eq(text_at(0), "[]");
}

/* Where a precision ends a text, nothing is read behind it. */
Test(log, texts_without_a_nul)
{
    char *code = malloc(4);
    memcpy(code, "TA60", 4);
    CONVERTS("%.4s|%.2s|%6.4s", code, code, code);
    free(code);
}

/* Made by the writer: the reader is not told how. */
Test(log, conversions_that_are_not_packed)
{
    CONVERTS("%*d|%-*d|%.*f", 5, 42, 5, 42, 2, 1.25);
    CONVERTS("%Lf %Lg", 1.5L, 2.5L);
    CONVERTS("%a", 1.0);
    CONVERTS("%ls|%lc", L"wide", (wint_t)L'w');
}

/* Strange, but harmless. */
Test(log, formats_that_are_no_formats)
{
    static const char *const formats[] = {"%", "a %", "%q %d", "%-", "%.", "%5", "%hh", "%l"};
    for (size_t k = 0; k < sizeof formats / sizeof *formats; k++) {
        char text[241];
        struct log_reader reader;
        struct log_record record;
        start(ROOM);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
#pragma GCC diagnostic ignored "-Wformat-security"
        append(note, formats[k], 1);
#pragma GCC diagnostic pop
        if (record_at(&reader, 0, &record))
            cr_expect_leq(log_text(&reader, &record, text), 240u, "%s", formats[k]);
    }
}

/* --- What a record is about ------------------------------------------------------------------- */

Test(log, heads)
{
    static const struct log_head heads[] = {
        {.kind = LOG_NOTE, .level = 4, .entity = LOG_WHOLE, .innovation = 3, .row = 3},
        {.kind = LOG_NOTE, .level = 1, .entity = 0, .innovation = 99999, .row = UINT32_MAX},
        {.kind = LOG_SKIP,
         .entity = LOG_WHOLE,
         .innovation = UINT32_MAX - 1,
         .row = UINT32_MAX - 1},
        {.kind = LOG_TEXT, .entity = 254, .innovation = 1, .row = 2},
        {.kind = LOG_NOTE, .level = 3, .portfolio = true, .entity = LOG_WHOLE, .row = 5},
        {.kind = LOG_NOTE, .level = 3, .portfolio = true, .entity = 9, .row = 6},
    };
    enum { HEADS = sizeof heads / sizeof *heads };
    start(ROOM);
    for (int k = 0; k < HEADS; k++) {
        append(heads[k], "value %d", k);
        log_append_plain(&writer, heads[k], "plain", 5);
    }
    for (int k = 0; k < HEADS * 2; k++) {
        struct log_reader reader;
        struct log_record record;
        const struct log_head *head = &heads[k / 2];
        char expected[32];
        cr_assert(record_at(&reader, k, &record));
        cr_expect_eq(record.head.kind, head->kind);
        cr_expect_eq(record.head.level, head->level);
        cr_expect_eq(record.head.portfolio, head->portfolio);
        cr_expect_eq(record.head.entity, head->entity);
        cr_expect_eq(record.head.row, head->row);
        if (!head->portfolio)
            cr_expect_eq(record.head.innovation, head->innovation);
        snprintf(expected, sizeof expected, k % 2 ? "plain" : "value %d", k / 2);
        cr_expect_str_eq(text_at(k), expected);
    }
}

/* --- Cutting ---------------------------------------------------------------------------------- */

static void expect_cut(const char *what, const char *whole, size_t kept)
{
    cr_expect_eq(strlen(text_at(0)), kept, "%s: %zu", what, strlen(text_at(0)));
    cr_expect_eq(strncmp(text_at(0), whole, kept), 0, "%s", what);
}

/* One, two, three and four bytes a character, at every place about the 240th byte: by a value,
 * as a plain text and by the writer. */
Test(log, cut_between_characters)
{
    static const char *const characters[] = {"x", "\xc3\xa9", "\xe2\x82\xac", "\xf0\x9f\x98\x80"};
    for (size_t c = 0; c < 4; c++)
        for (size_t lead = 228; lead <= 241; lead++) {
            char whole[400];
            size_t width = strlen(characters[c]), kept = lead;
            memset(whole, 'a', lead);
            whole[lead] = 0;
            for (int k = 0; k < 20; k++)
                strcat(whole, characters[c]);
            while (kept + width <= 240)
                kept += width;
            kept = kept < 240 ? kept : 240;
            start(ROOM);
            append(note, "%s", whole);
            expect_cut("value", whole, kept);
            start(ROOM);
            log_append_plain(&writer, note, whole, strlen(whole));
            expect_cut("plain", whole, kept);
            start(ROOM);
            append(note, "%.*s%a", 1000, whole, 1.0);
            expect_cut("made by the writer", whole, kept);
            start(ROOM);
            append(note, "%.100s%s", whole, whole + 100);
            expect_cut("two values", whole, kept);
        }
}

Test(log, what_is_no_text)
{
    start(ROOM);
    append(note, "%s|%s|%c", "a\xff z", "tab\tline\n", 0);
    cr_expect_str_eq(text_at(0), "a? z|tab?line?|?");
    start(ROOM);
    log_append_plain(&writer, note, "\xc3|\x80\xe2\x82|", 6);
    cr_expect_str_eq(text_at(0), "?|???|");
}

/* --- Constants, templates, room --------------------------------------------------------------- */

/* A text that comes again costs nothing where a plain %s takes it, and two bytes elsewhere; where its
 * pointer holds another one by now, it is another. */
Test(log, constants)
{
    char level[16] = "complicated";
    start(ROOM);
    append(note, "%s", level);
    append(note, "%s", level);
    uint64_t twice = writer.used;
    append(note, "%s", level);
    cr_expect_eq(writer.used - twice, 8u); /* a head */
    strcpy(level, "complex");
    append(note, "%s", level);
    append(note, "%s and %s", level, "simple");
    append(note, "%-8s|", level);
    twice = writer.used;
    append(note, "%-8s|", level);
    cr_expect_eq(writer.used - twice, 12u); /* a head of 8, two bytes, and what fills up 4 */
    append(note, "%s%s", "100% ", level);
    append(note, "%s%s%s%s%s%s", "", level, "", level, "x", level);
    append(note, "%s%s%s%s%s%s%s%%", "", level, "", level, "x", level, "!");
    cr_expect_str_eq(text_at(5), "complex |");
    cr_expect_str_eq(text_at(6), "complex |");
    cr_expect_str_eq(text_at(7), "100% complex");
    cr_expect_str_eq(text_at(8), "complexcomplexxcomplex");
    cr_expect_str_eq(text_at(9), "complexcomplexxcomplex!%");
    cr_expect_str_eq(text_at(0), "complicated");
    cr_expect_str_eq(text_at(2), "complicated");
    cr_expect_str_eq(text_at(3), "complex");
    cr_expect_str_eq(text_at(4), "complex and simple");
}

/* More texts and formats than the cache holds. */
Test(log, more_than_the_cache)
{
    enum { COUNT = 300 };
    static char texts[COUNT][32], formats[COUNT][32];
    start(1 << 20);
    for (int k = 0; k < COUNT; k++) {
        snprintf(texts[k], sizeof texts[k], "text-%d", k % COUNT);
        snprintf(formats[k], sizeof formats[k], "f%d %%s %%d", k % COUNT);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
        append(note, formats[k], texts[k], k);
        append(note, formats[k], texts[k / 2], -k);
#pragma GCC diagnostic pop
    }
    for (int k = 0; k < COUNT; k++) {
        char expected[64];
        snprintf(expected, sizeof expected, "f%d text-%d %d", k, k, k);
        cr_expect_str_eq(text_at(2 * k), expected);
        snprintf(expected, sizeof expected, "f%d text-%d %d", k, k / 2, -k);
        cr_expect_str_eq(text_at(2 * k + 1), expected);
    }
    cr_expect_eq(writer.dropped, 0u);
}

/* A writer behind another's records: numbers go on, up to and over a byte's. */
Test(log, opened_again)
{
    static char formats[400][24];
    start(1 << 20);
    for (int k = 0; k < 400; k++) {
        if (k % 20 == 0)
            log_open(&writer, memory, 1 << 20, writer.used);
        snprintf(formats[k], sizeof formats[k], "n%d %%d", k);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
        append(note, formats[k], k);
#pragma GCC diagnostic pop
    }
    for (int k = 0; k < 400; k++) {
        char expected[32];
        snprintf(expected, sizeof expected, "n%d %d", k, k);
        cr_expect_str_eq(text_at(k), expected);
    }
}

/* Each record that finds no room is counted once; those before it stay. */
Test(log, no_room)
{
    for (uint64_t room = 0; room < 200; room += 4) {
        int kept = 0;
        start(room);
        for (int k = 0; k < 10; k++)
            append(note, "a format that takes some room: %s %d", "with a constant", k);
        cr_expect_leq(writer.used, room);
        struct log_reader reader;
        struct log_record record;
        while (record_at(&reader, kept, &record)) {
            char expected[80];
            snprintf(expected, sizeof expected, "a format that takes some room: with a constant %d",
                     kept);
            cr_expect_str_eq(text_at(kept), expected, "room %lu", (unsigned long)room);
            kept++;
        }
        cr_expect_eq(writer.dropped + (uint64_t)kept, 10u, "room %lu: %d kept, %lu dropped",
                     (unsigned long)room, kept, (unsigned long)writer.dropped);
    }
}

/* --- Taking back ------------------------------------------------------------------------------ */

Test(log, rewind)
{
    start(ROOM);
    append(note, "first %s", "constant one");
    uint64_t mark = writer.used;
    append(note, "second %d %s", 2, "constant two");
    append(note, "first %s", "constant two");
    log_rewind(&writer, mark);
    cr_expect_eq(writer.used, mark);
    append(note, "third %s %s", "constant two", "constant one");
    append(note, "second %d %s", 4, "constant one");
    append(note, "first %s", "constant two");
    cr_expect_str_eq(text_at(0), "first constant one");
    cr_expect_str_eq(text_at(1), "third constant two constant one");
    cr_expect_str_eq(text_at(2), "second 4 constant one");
    cr_expect_str_eq(text_at(3), "first constant two");
    log_rewind(&writer, 0);
    append(note, "first %s", "constant one");
    cr_expect_str_eq(text_at(0), "first constant one");
}

/* --- Hostile bytes ---------------------------------------------------------------------------- */

static uint64_t seed = 3;

static size_t below(size_t n)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (size_t)(seed >> 33) % n;
}

/* Every record that is found, and one at every place, from memory that ends where the log does. */
static bool survives(const char *bytes, size_t count)
{
    char *copy = malloc(count ? count : 1), text[241];
    struct log_reader reader;
    struct log_record record;
    struct log_writer again;
    memcpy(copy, bytes, count);
    log_read(&reader, copy, count, places);
    bool well = reader.n_templates <= LOG_NUMBERS;
    for (uint64_t at = 0; at <= count + 8; at++)
        if (log_at(&reader, at, &record)) {
            size_t made = log_text(&reader, &record, text);
            well = well && made <= 240 && text[made] == 0 && text_is_utf8(text, made);
        }
    log_open(&again, copy, count, count);
    free(copy);
    return well && again.n_numbers <= LOG_NUMBERS;
}

static void write_some(void)
{
    struct log_head row = {.kind = LOG_NOTE, .level = 1, .entity = 3, .innovation = 1, .row = 2};
    start(ROOM);
    append(note, "%s needs %.1f of %d (%s)", "time", 2.5, 8, "complicated");
    append(row, "%s needs %.1f of %d (%s)", "money", 1e300, -800,
           "a text that is longer than any constant would be, by some");
    append(row, "%c%5d%-9s%x%%%g", 'x', 3, "left", 0xffffu, 0.1);
    log_append_plain(&writer, row, "plain text", 10);
    append(note, "%s|%s|%s", "simple", "complicated", "complex");
}

Test(log, mutations)
{
    write_some();
    size_t bytes = writer.used;
    char *broken = malloc(bytes);
    int wrong = 0;
    for (size_t cut = 0; cut <= bytes; cut++)
        wrong += !survives(memory, cut);
    for (int n = 0; n < 20000; n++) {
        memcpy(broken, memory, bytes);
        for (size_t flips = 1 + below(4); flips > 0; flips--)
            broken[below(bytes)] = (char)below(256);
        wrong += !survives(broken, bytes);
    }
    for (int n = 0; n < 3000; n++) {
        for (size_t k = 0; k < bytes; k++)
            broken[k] = (char)(below(4) ? below(256) : below(9));
        wrong += !survives(broken, bytes);
    }
    cr_expect_eq(wrong, 0);
    free(broken);
}

/* Templates of nothing but conversions, with values that do not fit them. */
Test(log, hostile_templates)
{
    static const char *const formats[] = {
        "%s%s%s%s%s%s%s%s", "%999.999f",      "%999s%999s",   "%n%n",  "%*d", "%-+ #0999.999e",
        "%ls%lc%Lf",        "%hhd%lld%zu%jx", "%s%f%d%c%u%g", "%%%%%", "%"};
    int wrong = 0;
    for (size_t k = 0; k < sizeof formats / sizeof *formats; k++)
        for (int n = 0; n < 300; n++) {
            char bytes[512] = {0};
            size_t length = strlen(formats[k]), used = 8 + 2 + length, whole = (used + 3) / 4 * 4;
            bytes[0] = (char)(whole / 4);
            bytes[1] = LOG_TEMPLATE;
            bytes[2] = (char)LOG_WHOLE;
            bytes[8] = (char)length;
            memcpy(bytes + 10, formats[k], length);
            size_t at = whole, size = 8 + 4 * below(60);
            bytes[at] = (char)(size / 4);
            bytes[at + 1] = LOG_NOTE;
            bytes[at + 2] = (char)LOG_WHOLE;
            for (size_t b = 8; b < size; b++)
                bytes[at + b] = (char)(below(3) ? below(256) : below(5));
            wrong += !survives(bytes, at + size);
        }
    cr_expect_eq(wrong, 0);
}

/* --- Sentences and their values ---------------------------------------------------------------- */

/* A text's values stand where its parts say, and its template with them put back in is the text (by snprintf). */
Test(log, parts)
{
    char text[241], format[LOG_FORMAT_BYTES + 1], again[400], values[LOG_PARTS][241] = {{0}};
    struct log_reader reader;
    struct log_record record;
    struct log_parts parts;
    start(ROOM);
    append(note, "%s needs %.1f h, has %d of %u (100%%)", "clinic", 2.25, -3, 7u);
    cr_assert(record_at(&reader, 0, &record));
    log_text_parts(&reader, &record, text, &parts);
    cr_assert(log_format(&reader, &record, format));
    cr_expect_str_eq(text, "clinic needs 2.2 h, has -3 of 7 (100%)");
    cr_assert(!parts.whole && parts.n <= 4);
    for (int k = 0; k < parts.n; k++)
        memcpy(values[k], text + parts.from[k], (size_t)(parts.to[k] - parts.from[k]));
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    snprintf(again, sizeof again, format, values[0], values[1], values[2], values[3]);
#pragma GCC diagnostic pop
    cr_expect_str_eq(again, text);
    cr_expect(!strstr(format, "%d") && !strstr(format, "%u") && !strstr(format, "%.1f"));
}

/* What is no template and values is a text as a whole: plain ones, mended, cut, with too many values. */
Test(log, no_parts)
{
    static const char *const longer = "0123456789012345678901234567890123456789";
    char text[241];
    struct log_reader reader;
    struct log_record record;
    struct log_parts parts;
    start(ROOM);
    log_append_plain(&writer, note, "plain", 5);
    append(note, "a control %s character", "\x01");
    append(note, "%s%s%s%s%s%s%s", longer, longer, longer, longer, longer, longer, longer);
    append(note, "%d%d%d%d%d%d%d", 1, 2, 3, 4, 5, 6, 7);
    for (int k = 0; k < 4; k++) {
        cr_assert(record_at(&reader, k, &record));
        log_text_parts(&reader, &record, text, &parts);
        cr_expect(parts.whole, "record %d: %s", k, text);
    }
    cr_expect_str_eq(text_at(3), "1234567");
}

/* Put down in parts, by number or (where there is none) made: the same text. */
Test(log, append_parts)
{
    static const struct log_part values[] = {{"clinic", 6}, {"2.2", 3}};
    static const char format[] = "%s needs %s h (100%%)";
    start(ROOM);
    int32_t number = log_format_add(&writer, format);
    cr_assert(number >= 0);
    log_append_parts(&writer, note, number, format, values, 2);
    log_append_parts(&writer, note, -1, format, values, 2);
    cr_expect_str_eq(text_at(0), "clinic needs 2.2 h (100%)");
    cr_expect_str_eq(text_at(1), "clinic needs 2.2 h (100%)");
    cr_expect_eq(writer.dropped, 0);
}
