/* The log's reading end: see log.h. Nothing in the bytes is trusted; a record that is not whole is none. */
#include "result/log.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "result/log_format.h"

bool log_at(const struct log_reader *log, uint64_t place, struct log_record *record)
{
    uint8_t first[4];
    if (place % UNIT || place > log->bytes || log->bytes - place < 8)
        return false;
    const char *at = log->start + place;
    memcpy(first, at, sizeof first);
    uint32_t whole = (uint32_t)first[0] * UNIT, size = 8;
    bool plain = first[1] & PLAIN_FLAG;
    *record = (struct log_record){.head = {.kind = first[1] & KIND_BITS,
                                           .level = first[1] >> LEVEL_SHIFT & KIND_BITS,
                                           .portfolio = first[1] & PORTFOLIO_FLAG,
                                           .entity = first[2]},
                                  .bytes = whole,
                                  .plain = plain,
                                  .template = first[3]};
    bool owned = record->head.entity != LOG_WHOLE && !record->head.portfolio;
    bool escaped = first[3] == ESCAPED;
    size += (owned ? 4u : 0u) + (escaped ? 4u : 0u);
    if (whole < size || whole > log->bytes - place)
        return false;
    memcpy(&record->head.row, at + 4, 4);
    record->head.innovation = record->head.row;
    if (owned)
        memcpy(&record->head.innovation, at + 8, 4);
    if (escaped) {
        uint32_t number;
        memcpy(&number, at + size - 4, 4);
        record->template = number < LOG_NUMBERS ? (uint16_t)number : UINT16_MAX;
    }
    record->payload = at + size;
    record->payload_bytes = whole - size;
    return true;
}

void log_read(struct log_reader *log, const char *start, uint64_t bytes, uint32_t *places)
{
    struct log_record record;
    *log = (struct log_reader){start, bytes, places, 0, 0};
    for (uint64_t at = 0; log_at(log, at, &record); at += record.bytes) {
        log->kinds |= UINT32_C(1) << record.head.kind;
        if (record.head.kind == LOG_TEMPLATE && log->n_templates < LOG_NUMBERS)
            places[log->n_templates++] = (uint32_t)at;
    }
}

/* A template's text. False: there is none of that number. */
static bool template_text(const struct log_reader *log, uint32_t number, const char **text,
                          size_t *bytes)
{
    struct log_record record;
    uint16_t length;
    if (number >= log->n_templates || !log_at(log, log->templates[number], &record) ||
        record.head.kind != LOG_TEMPLATE || record.payload_bytes < sizeof length)
        return false;
    memcpy(&length, record.payload, sizeof length);
    *text = record.payload + sizeof length;
    *bytes = length;
    return length <= record.payload_bytes - sizeof length && length <= TEMPLATE_BYTES;
}

struct making {
    char *text;
    size_t used;
    struct log_parts *parts; /* NULL: nobody asks */
};

static void making_add(struct making *making, const char *bytes, size_t count)
{
    size_t room = TEXT_BYTES - making->used;
    if (count > room)
        count = room;
    memcpy(making->text + making->used, bytes, count);
    making->used += count;
}

/* The values of a payload, one after the other. */
struct values {
    const struct log_reader *log;
    const char *at;
    const char *end;
};

static bool values_take(struct values *values, void *bytes, size_t count)
{
    if ((size_t)(values->end - values->at) < count)
        return false;
    memcpy(bytes, values->at, count);
    values->at += count;
    return true;
}

static bool values_text(struct values *values, char text[TEXT_BYTES + 1])
{
    uint8_t length, low;
    const char *from;
    size_t bytes;
    if (!values_take(values, &length, 1))
        return false;
    if (length >= CONSTANT_FIRST) {
        if (!values_take(values, &low, 1) ||
            !template_text(values->log, (uint32_t)(length - CONSTANT_FIRST) * 256 + low, &from,
                           &bytes) ||
            bytes > TEXT_BYTES)
            return false;
        memcpy(text, from, bytes);
        text[bytes] = 0;
        return true;
    }
    text[length] = 0;
    return values_take(values, text, length);
}

/* A number as it was given: x where the conversion takes a double, else whole. */
static bool values_number(struct values *values, double *x, long long *whole)
{
    uint8_t tag;
    int8_t byte;
    int16_t two;
    float narrow;
    *x = 0;
    *whole = 0;
    if (!values_take(values, &tag, 1))
        return false;
    switch (tag) {
    case NUMBER_BYTE:
        if (!values_take(values, &byte, 1))
            return false;
        *whole =
            byte; /* NOLINT(bugprone-signed-char-misuse,cert-str34-c): a number, not a character */
        *x = byte;
        return true;
    case NUMBER_SHORT:
        if (!values_take(values, &two, sizeof two))
            return false;
        *whole = two;
        *x = two;
        return true;
    case NUMBER_HUNDREDTHS:
        if (!values_take(values, &two, sizeof two))
            return false;
        *x = two / 100.0;
        return true;
    case NUMBER_FLOAT:
        if (!values_take(values, &narrow, sizeof narrow))
            return false;
        *x = (double)narrow;
        return true;
    case NUMBER_DOUBLE: return values_take(values, x, sizeof *x);
    case NUMBER_WHOLE: return values_take(values, whole, sizeof *whole);
    default: return false;
    }
}

static void making_whole(struct making *making, long long x)
{
    char digits[24], *at = digits + sizeof digits;
    uint64_t left = x < 0 ? 0 - (uint64_t)x : (uint64_t)x;
    do
        *--at = (char)('0' + left % 10);
    while (left /= 10);
    if (x < 0)
        *--at = '-';
    making_add(making, at, (size_t)(digits + sizeof digits - at));
}

/* Whether %g shows the number as a whole one: with a precision of its own, 15 at most, and nothing else. */
static bool shows_whole(const struct conversion *conversion, double x)
{
    static const double powers[] = {0,   1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                    1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
    size_t precision = conversion->precision;
    return conversion->letter == 'g' && conversion->spec[1] == '.' && precision >= 1 &&
           precision <= 15 && fabs(x) < powers[precision] && x == (double)(long long)x &&
           !(x == 0 && signbit(x));
}

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"

/* By the C library's own printf. The spec was read from the template: flags, digits and a point only. */
static void making_print(struct making *making, const struct conversion *conversion,
                         const char *text, double x, long long whole)
{
    char spec[48], made[TEXT_BYTES * 2 + 1];
    bool integer = conversion->kind == VALUE_SIGNED || conversion->kind == VALUE_UNSIGNED;
    char *end = mempcpy(spec, conversion->spec, conversion->spec_bytes);
    if (integer)
        end = mempcpy(end, (const char[]){'l', 'l'}, 2);
    *end++ = conversion->letter;
    *end = '\0';
    int count = conversion->kind == VALUE_TEXT   ? snprintf(made, sizeof made, spec, text)
                : conversion->kind == VALUE_REAL ? snprintf(made, sizeof made, spec, x)
                : conversion->kind == VALUE_CHARACTER
                    ? snprintf(made, sizeof made, spec, (int)whole)
                    : snprintf(made, sizeof made, spec, whole);
    if (count > 0)
        making_add(making, made, (size_t)count < sizeof made ? (size_t)count : sizeof made - 1);
}

#pragma GCC diagnostic pop

/* A value by its own conversion; the plain forms, which most are, without printf. */
static bool making_one(struct making *making, const struct conversion *conversion,
                       struct values *values)
{
    char text[TEXT_BYTES + 1];
    double x = 0;
    long long whole = 0;
    bool is_text = conversion->kind == VALUE_TEXT;
    text[0] = 0;
    if (is_text ? !values_text(values, text) : !values_number(values, &x, &whole))
        return false;
    if (is_text && conversion->bare)
        making_add(making, text, strlen(text));
    else if (conversion->bare && conversion->kind == VALUE_SIGNED)
        making_whole(making, whole);
    else if (!is_text && shows_whole(conversion, x))
        making_whole(making, (long long)x);
    else
        making_print(making, conversion, text, x, whole);
    return true;
}

/* And where in the text it stands. */
static bool making_value(struct making *making, const struct conversion *conversion,
                         struct values *values)
{
    struct log_parts *parts = making->parts;
    size_t from = making->used;
    bool made = making_one(making, conversion, values);
    if (parts && parts->n < LOG_PARTS && made) {
        parts->from[parts->n] = (uint8_t)from;
        parts->to[parts->n++] = (uint8_t)making->used;
    } else if (parts) {
        parts->whole = true;
    }
    return made;
}

static void make(struct making *making, const char *format, struct values *values)
{
    while (*format) {
        size_t literal = strcspn(format, "%");
        making_add(making, format, literal);
        format += literal;
        struct conversion conversion;
        if (!*format || !conversion_read(format, &conversion))
            return;
        if (conversion.kind == VALUE_NONE)
            making_add(making, "%", 1);
        else if (!making_value(making, &conversion, values))
            return;
        format += conversion.bytes;
    }
}

/* The bytes that a character takes, by its first. */
static size_t character(uint8_t lead)
{
    return lead < 0xc0 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
}

/* What is not UTF-8, or a control character, becomes '?'; a character cut at the end goes. */
static size_t clean(char *text, size_t bytes, bool *changed)
{
    for (size_t k = 0; k < bytes;) {
        while (bytes - k >= 8 && text_printable8(text + k))
            k += 8;
        if (k == bytes)
            break;
        if (text[k] >= 0x20 && text[k] < 0x7f) {
            k++;
            continue;
        }
        size_t length = character((uint8_t)text[k]), there = 1;
        while (there < length && k + there < bytes && ((uint8_t)text[k + there] & 0xc0) == 0x80)
            there++;
        if (there == length && text_is_utf8(text + k, length) && (uint8_t)text[k] >= 0x20 &&
            text[k] != 0x7f)
            k += length;
        else if (there < length && k + there == bytes && bytes == TEXT_BYTES)
            *changed = true, bytes = k;
        else
            *changed = true, text[k++] = '?';
    }
    text[bytes] = 0;
    return bytes;
}

static size_t text_make(const struct log_reader *log, const struct log_record *record,
                        char text[241], struct log_parts *parts)
{
    struct making making = {text, 0, parts};
    struct values values = {log, record->payload, record->payload + record->payload_bytes};
    char format[TEMPLATE_BYTES + 1], plain[TEXT_BYTES + 1];
    const char *from;
    size_t bytes;
    bool changed = false;
    if (record->plain) {
        uint8_t length = 0;
        if (values_take(&values, &length, 1) && length <= TEXT_BYTES &&
            values_take(&values, plain, length))
            making_add(&making, plain, length);
    } else if (template_text(log, record->template, &from, &bytes)) {
        memcpy(format, from, bytes);
        format[bytes] = 0;
        make(&making, format, &values);
    }
    bytes = clean(text, making.used, &changed);
    if (parts && (record->plain || changed || making.used == TEXT_BYTES))
        parts->whole = true;
    return bytes;
}

size_t log_text(const struct log_reader *log, const struct log_record *record, char text[241])
{
    return text_make(log, record, text, NULL);
}

size_t log_text_parts(const struct log_reader *log, const struct log_record *record, char text[241],
                      struct log_parts *parts)
{
    *parts = (struct log_parts){.n = 0};
    return text_make(log, record, text, parts);
}

bool log_format(const struct log_reader *log, const struct log_record *record,
                char format[LOG_FORMAT_BYTES + 1])
{
    const char *from;
    size_t bytes, used = 0;
    char template[TEMPLATE_BYTES + 1];
    if (record->plain || !template_text(log, record->template, &from, &bytes))
        return false;
    memcpy(template, from, bytes);
    template[bytes] = 0;
    for (const char *at = template; *at;) {
        struct conversion conversion;
        size_t count = strcspn(at, "%");
        memcpy(format + used, at, count);
        used += count;
        at += count;
        if (!*at)
            break;
        if (!conversion_read(at, &conversion))
            return false;
        memcpy(format + used, conversion.kind == VALUE_NONE ? "%%" : "%s", 2);
        used += 2;
        at += conversion.bytes;
    }
    format[used] = 0;
    return true;
}
