/* The log: see log.h. Formats are parsed once by the writer (for the values' types) and once by the reader. */
#include "result/log.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

/*
 * A packed record, in units of 4 bytes: units, kind and flags, entity, template's number (or ESCAPED); row; for a row of a
 * list its innovation; where escaped, the number; then the payload.
 */
enum {
    TEXT_BYTES = 240,
    TEMPLATE_BYTES = 900,
    PAYLOAD_BYTES = 960,
    UNIT = 4,
    KIND_BITS = 7,
    LEVEL_SHIFT = 3,
    PORTFOLIO_FLAG = 64,
    PLAIN_FLAG = 128,
    ESCAPED = 255,
    CONSTANTS = 48,     /* of the cache, for texts; the rest is for templates */
    CONSTANT_FIRST = 241 /* a text's length byte from here on: the upper part of a number */
};
enum number_tag { NUMBER_BYTE = 1, NUMBER_FLOAT, NUMBER_DOUBLE, NUMBER_WHOLE };

/* One conversion of a printf format: "%-8.2f". size: length of its letter's integer; star: '*' is not taken. */
struct conversion {
    char spec[32]; /* "%-8.2" without length and letter */
    char letter;
    size_t bytes; /* in the format */
    int size;     /* -2 hh, -1 h, 0, 1 l, 2 ll, 3 z, 4 j, 5 t; 9: L */
};

static size_t span(const char *text, const char *of)
{
    return strspn(text, of);
}

/* False: not one that is supported; its text is then made by the writer. */
static bool conversion_read(const char *format, struct conversion *conversion)
{
    const char *at = format + 1;
    at += span(at, "-+ #0");
    size_t width = span(at, "0123456789");
    at += width;
    size_t precision = 0;
    if (*at == '.') {
        precision = span(at + 1, "0123456789");
        at += 1 + precision;
    }
    size_t spec = (size_t)(at - format);
    if (spec >= sizeof conversion->spec || width > 3 || precision > 3)
        return false;
    memcpy(conversion->spec, format, spec);
    conversion->spec[spec] = 0;
    static const struct {
        const char *word;
        int size;
    } lengths[] = {{"hh", -2}, {"h", -1}, {"ll", 2}, {"l", 1}, {"z", 3}, {"j", 4}, {"t", 5}, {"L", 9}};
    conversion->size = 0;
    for (size_t k = 0; k < sizeof lengths / sizeof *lengths; k++)
        if (strncmp(at, lengths[k].word, strlen(lengths[k].word)) == 0) {
            conversion->size = lengths[k].size;
            at += strlen(lengths[k].word);
            break;
        }
    conversion->letter = *at;
    conversion->bytes = (size_t)(at + 1 - format);
    return *at && strchr("diucxXofFeEgGs%", *at) && conversion->size != 9;
}

/* --- Writing ----------------------------------------------------------------------------------- */

struct payload {
    char bytes[PAYLOAD_BYTES];
    size_t used;
};

static bool payload_add(struct payload *payload, const void *bytes, size_t count)
{
    if (payload->used + count > sizeof payload->bytes)
        return false;
    memcpy(payload->bytes + payload->used, bytes, count);
    payload->used += count;
    return true;
}

static bool payload_tagged(struct payload *payload, uint8_t tag, const void *bytes, size_t count)
{
    return payload_add(payload, &tag, 1) && payload_add(payload, bytes, count);
}

static bool record_put(struct log_writer *log, const struct log_head *head, uint8_t flags, uint32_t number,
                       const void *payload, size_t bytes)
{
    bool owned = head->entity != LOG_WHOLE && !head->portfolio;
    bool escaped = number >= ESCAPED;
    size_t size = 8 + (owned ? 4u : 0u) + (escaped ? 4u : 0u);
    size_t whole = (size + bytes + UNIT - 1) / UNIT * UNIT;
    if (whole > log->room - log->used || whole / UNIT > UINT8_MAX) {
        log->dropped++;
        return false;
    }
    char *at = log->start + log->used;
    uint8_t first[4] = {(uint8_t)(whole / UNIT),
                        (uint8_t)(head->kind | head->level << LEVEL_SHIFT | flags |
                                  (head->portfolio ? PORTFOLIO_FLAG : 0)),
                        head->entity, escaped ? ESCAPED : (uint8_t)number};
    memcpy(at, first, 4);
    memcpy(at + 4, &head->row, 4);
    at += 8;
    if (owned)
        memcpy(at, &head->innovation, 4);
    at += owned ? 4 : 0;
    if (escaped)
        memcpy(at, &number, 4);
    at += escaped ? 4 : 0;
    memcpy(at, payload, bytes);
    memset(at + bytes, 0, whole - size - bytes);
    log->used += whole;
    return true;
}

/* A text's own record: its length as 2 bytes, then it. The same pointer may hold another text by now: bytes decide. */
static bool known(const struct log_writer *log, uint32_t slot, const char *text, size_t bytes)
{
    const char *payload = log->start + log->cache[slot].place + 8;
    uint16_t length;
    if (log->cache[slot].text != text)
        return false;
    memcpy(&length, payload, sizeof length);
    return length == bytes && memcmp(payload + sizeof length, text, bytes) == 0;
}

/* The number of a text as a template; -1: it is not there, and there is no room for it among `most`. */
static int32_t template_number(struct log_writer *log, const char *text, size_t bytes, uint32_t most)
{
    for (uint32_t slot = 0; slot < log->n_cache; slot++)
        if (known(log, slot, text, bytes))
            return log->cache[slot].number;
    if (bytes > TEMPLATE_BYTES || log->n_cache >= most || log->n_numbers == LOG_NUMBERS)
        return -1;
    struct payload payload = {.used = 0};
    uint16_t length = (uint16_t)bytes;
    uint32_t place = (uint32_t)log->used;
    struct log_head head = {.kind = LOG_TEMPLATE, .entity = LOG_WHOLE};
    payload_add(&payload, &length, sizeof length);
    payload_add(&payload, text, bytes);
    if (!record_put(log, &head, 0, 0, payload.bytes, payload.used))
        return -1;
    log->cache[log->n_cache].text = text;
    log->cache[log->n_cache].place = place;
    log->cache[log->n_cache++].number = (uint16_t)log->n_numbers;
    return (int32_t)log->n_numbers++;
}

/* A text that comes again and again, such as a level's name, is put down once. */
static bool payload_text(struct log_writer *log, struct payload *payload, const char *text)
{
    size_t length = text ? strnlen(text, TEXT_BYTES) : 0;
    int32_t number = length > 1 && length < 48 ? template_number(log, text, length, CONSTANTS) : -1;
    uint8_t tag[2] = {(uint8_t)(CONSTANT_FIRST + number / 256), (uint8_t)number};
    if (number >= 0)
        return payload_add(payload, tag, 2);
    return payload_tagged(payload, (uint8_t)length, text ? text : "", length);
}

static bool payload_double(struct payload *payload, double x)
{
    float narrow = (float)x;
    int8_t byte = (int8_t)(x >= -128 && x <= 127 ? x : 0);
    if ((double)byte == x && (byte != 0 || !signbit(x)))
        return payload_tagged(payload, NUMBER_BYTE, &byte, 1);
    if ((double)narrow == x)
        return payload_tagged(payload, NUMBER_FLOAT, &narrow, sizeof narrow);
    return payload_tagged(payload, NUMBER_DOUBLE, &x, sizeof x);
}

static bool payload_whole(struct payload *payload, uint64_t x)
{
    int8_t byte = (int8_t)x;
    if ((uint64_t)(int64_t)byte == x)
        return payload_tagged(payload, NUMBER_BYTE, &byte, 1);
    return payload_tagged(payload, NUMBER_WHOLE, &x, sizeof x);
}

static int64_t signed_value(int size, va_list *values)
{
    switch (size) {
    case 1: return va_arg(*values, long);
    case 2: return va_arg(*values, long long);
    case 3: return (int64_t)va_arg(*values, size_t);
    case 4: return va_arg(*values, intmax_t);
    case 5: return va_arg(*values, ptrdiff_t);
    default: return va_arg(*values, int);
    }
}

static uint64_t unsigned_value(int size, va_list *values)
{
    switch (size) {
    case 1: return va_arg(*values, unsigned long);
    case 2: return va_arg(*values, unsigned long long);
    case 3: return va_arg(*values, size_t);
    case 4: return va_arg(*values, uintmax_t);
    case 5: return (uint64_t)va_arg(*values, ptrdiff_t);
    default: return va_arg(*values, unsigned);
    }
}

static bool value_add(struct log_writer *log, struct payload *payload, const struct conversion *conversion,
                      va_list *values)
{
    if (strchr("fFeEgG", conversion->letter))
        return payload_double(payload, va_arg(*values, double));
    if (conversion->letter == 's')
        return payload_text(log, payload, va_arg(*values, const char *));
    if (strchr("dic", conversion->letter))
        return payload_whole(payload,
                             (uint64_t)signed_value(conversion->letter == 'c' ? 0 : conversion->size, values));
    return payload_whole(payload, unsigned_value(conversion->size, values));
}

static bool payload_of(struct log_writer *log, struct payload *payload, const char *format, va_list *values)
{
    payload->used = 0;
    for (const char *at = strchr(format, '%'); at; at = strchr(at, '%')) {
        struct conversion conversion;
        if (!conversion_read(at, &conversion))
            return false;
        if (conversion.letter != '%' && !value_add(log, payload, &conversion, values))
            return false;
        at += conversion.bytes;
    }
    return true;
}

void log_append_plain(struct log_writer *log, struct log_head head, const char *text, size_t bytes)
{
    struct payload payload = {.used = 0};
    uint8_t length = (uint8_t)(bytes < TEXT_BYTES ? bytes : TEXT_BYTES);
    payload_tagged(&payload, length, text, length);
    record_put(log, &head, PLAIN_FLAG, 0, payload.bytes, payload.used);
}

void log_append(struct log_writer *log, struct log_head head, const char *format, va_list values)
{
    struct payload payload;
    va_list again;
    va_copy(again, values);
    int32_t number = template_number(log, format, strnlen(format, TEMPLATE_BYTES + 1), LOG_CACHE);
    if (number >= 0 && payload_of(log, &payload, format, &again)) {
        record_put(log, &head, 0, (uint32_t)number, payload.bytes, payload.used);
    } else {
        char text[TEXT_BYTES + 1];
        int bytes = vsnprintf(text, sizeof text, format, values);
        log_append_plain(log, head, text, bytes < 0 ? 0 : (size_t)bytes);
    }
    va_end(again);
}

void log_rewind(struct log_writer *log, uint64_t used)
{
    uint32_t kept = 0;
    for (uint32_t k = 0; k < log->n_cache; k++)
        if (log->cache[k].place < used)
            log->cache[kept++] = log->cache[k];
        else
            log->n_numbers--;
    log->n_cache = kept;
    log->used = used;
}

/* --- Reading ----------------------------------------------------------------------------------- */

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
    *log = (struct log_reader){start, bytes, places, 0};
    for (uint64_t at = 0; log_at(log, at, &record); at += record.bytes)
        if (record.head.kind == LOG_TEMPLATE && log->n_templates < LOG_NUMBERS)
            places[log->n_templates++] = (uint32_t)at;
}

void log_open(struct log_writer *log, char *start, uint64_t room, uint64_t used)
{
    struct log_reader reader = {start, used, NULL, 0};
    struct log_record record;
    *log = (struct log_writer){.start = start, .room = room, .used = used};
    for (uint64_t at = 0; log_at(&reader, at, &record); at += record.bytes)
        log->n_numbers += record.head.kind == LOG_TEMPLATE;
    if (log->n_numbers > LOG_NUMBERS)
        log->n_numbers = LOG_NUMBERS;
}

/* A template's text. False: there is none of that number. */
static bool template_text(const struct log_reader *log, uint32_t number, const char **text, size_t *bytes)
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
            !template_text(values->log, (uint32_t)(length - CONSTANT_FIRST) * 256 + low, &from, &bytes) ||
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
    float narrow;
    *x = 0;
    *whole = 0;
    if (!values_take(values, &tag, 1))
        return false;
    switch (tag) {
    case NUMBER_BYTE:
        if (!values_take(values, &byte, 1))
            return false;
        *whole = byte;
        *x = byte;
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

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"

/* A value by its own conversion. The spec was read from the template: flags, digits and a point only. */
static bool making_value(struct making *making, const struct conversion *conversion, struct values *values)
{
    char spec[48], made[TEXT_BYTES * 2 + 1], text[TEXT_BYTES + 1];
    bool real = strchr("fFeEgG", conversion->letter) != NULL;
    bool integer = !real && conversion->letter != 's' && conversion->letter != 'c';
    double x;
    long long whole;
    snprintf(spec, sizeof spec, "%s%s%c", conversion->spec, integer ? "ll" : "", conversion->letter);
    int count;
    if (conversion->letter == 's') {
        if (!values_text(values, text))
            return false;
        count = snprintf(made, sizeof made, spec, text);
    } else if (!values_number(values, &x, &whole)) {
        return false;
    } else if (real) {
        count = snprintf(made, sizeof made, spec, x);
    } else {
        count = conversion->letter == 'c' ? snprintf(made, sizeof made, spec, (int)whole)
                                          : snprintf(made, sizeof made, spec, whole);
    }
    if (count > 0)
        making_add(making, made, (size_t)count < sizeof made ? (size_t)count : sizeof made - 1);
    return true;
}

#pragma GCC diagnostic pop

static void make(struct making *making, const char *format, struct values *values)
{
    while (*format) {
        size_t literal = strcspn(format, "%");
        making_add(making, format, literal);
        format += literal;
        struct conversion conversion;
        if (!*format || !conversion_read(format, &conversion))
            return;
        if (conversion.letter == '%')
            making_add(making, "%", 1);
        else if (!making_value(making, &conversion, values))
            return;
        format += conversion.bytes;
    }
}

/* What is not UTF-8, or a control character, becomes '?'; a character cut at the end goes. */
static size_t clean(char *text, size_t bytes)
{
    for (size_t k = 0; k < bytes;) {
        size_t length = 1;
        while (length < 4 && k + length < bytes && ((uint8_t)text[k + length] & 0xc0) == 0x80)
            length++;
        if (text_is_utf8(text + k, length) && (uint8_t)text[k] >= 0x20 && text[k] != 0x7f) {
            k += length;
        } else if (k + length == bytes && bytes == TEXT_BYTES && (uint8_t)text[k] >= 0xc0) {
            bytes = k;
        } else {
            text[k++] = '?';
        }
    }
    text[bytes] = 0;
    return bytes;
}

size_t log_text(const struct log_reader *log, const struct log_record *record, char text[241])
{
    struct making making = {text, 0};
    struct values values = {log, record->payload, record->payload + record->payload_bytes};
    char format[TEMPLATE_BYTES + 1], plain[TEXT_BYTES + 1];
    const char *from;
    size_t bytes;
    if (record->plain) {
        uint8_t length = 0;
        if (values_take(&values, &length, 1) && length <= TEXT_BYTES && values_take(&values, plain, length))
            making_add(&making, plain, length);
    } else if (template_text(log, record->template, &from, &bytes)) {
        memcpy(format, from, bytes);
        format[bytes] = 0;
        make(&making, format, &values);
    }
    return clean(text, making.used);
}
