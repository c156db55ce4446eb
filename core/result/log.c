/* The log's writing end: see log.h. A format is parsed for the types of its values; no text is made. */
#include "result/log.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "result/log_format.h"

bool payload_add(struct payload *payload, const void *bytes, size_t count)
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

bool record_put(struct log_writer *log, const struct log_head *head, uint8_t flags, uint32_t number,
                const void *payload, size_t bytes)
{
    bool owned = head->entity != LOG_WHOLE && !head->portfolio;
    bool escaped = number >= ESCAPED;
    size_t size = 8 + (owned ? 4u : 0u) + (escaped ? 4u : 0u);
    size_t whole = (size + bytes + UNIT - 1) / UNIT * UNIT;
    if (whole > log->room - log->used || whole / UNIT > UINT8_MAX)
        return false;
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

/* A text that comes again and again, such as a level's name, is put down once. One that a precision ends may have no
 * NUL, and is not looked at behind it. */
static bool payload_text(struct log_writer *log, struct payload *payload, const char *text,
                         size_t precision)
{
    size_t most = precision < TEXT_BYTES ? precision : TEXT_BYTES;
    size_t length = text ? strnlen(text, most) : 0;
    int32_t number = template_constant(log, text, length);
    uint8_t tag[2] = {(uint8_t)(CONSTANT_FIRST + number / 256), (uint8_t)number};
    if (number >= 0)
        return payload_add(payload, tag, 2);
    return payload_tagged(payload, (uint8_t)length, text ? text : "", length);
}

/* A whole number of two bytes that x is, but for minus zero. */
static bool is_short(double x, int16_t *is)
{
    *is = (int16_t)(x >= INT16_MIN && x <= INT16_MAX ? x : 0);
    return (double)*is == x && (*is != 0 || !signbit(x));
}

/* By the fewest bytes that give the very same number back. */
static bool payload_double(struct payload *payload, double x)
{
    float narrow = (float)x;
    int16_t whole;
    if (is_short(x, &whole) && whole >= INT8_MIN && whole <= INT8_MAX)
        return payload_tagged(payload, NUMBER_BYTE, &(int8_t){(int8_t)whole}, 1);
    if (is_short(x, &whole))
        return payload_tagged(payload, NUMBER_SHORT, &whole, sizeof whole);
    if (is_short(nearbyint(x * 100), &whole) && whole / 100.0 == x)
        return payload_tagged(payload, NUMBER_HUNDREDTHS, &whole, sizeof whole);
    if ((double)narrow == x)
        return payload_tagged(payload, NUMBER_FLOAT, &narrow, sizeof narrow);
    return payload_tagged(payload, NUMBER_DOUBLE, &x, sizeof x);
}

static bool payload_whole(struct payload *payload, uint64_t x)
{
    int8_t byte = (int8_t)x;
    int16_t two = (int16_t)x;
    if ((uint64_t)(int64_t)byte == x)
        return payload_tagged(payload, NUMBER_BYTE, &byte, 1);
    if ((uint64_t)(int64_t)two == x)
        return payload_tagged(payload, NUMBER_SHORT, &two, sizeof two);
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
    case -1: return (short)va_arg(*values, int);
    case -2: return (signed char)va_arg(*values, int);
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
    case -1: return (unsigned short)va_arg(*values, unsigned);
    case -2: return (unsigned char)va_arg(*values, unsigned);
    default: return va_arg(*values, unsigned);
    }
}

static bool value_add(struct log_writer *log, struct payload *payload,
                      const struct conversion *conversion, va_list *values)
{
    switch (conversion->kind) {
    case VALUE_REAL: return payload_double(payload, va_arg(*values, double));
    case VALUE_TEXT:
        return payload_text(log, payload, va_arg(*values, const char *), conversion->precision);
    case VALUE_CHARACTER: return payload_whole(payload, (uint64_t)signed_value(0, values));
    case VALUE_SIGNED:
        return payload_whole(payload, (uint64_t)signed_value(conversion->size, values));
    default: return payload_whole(payload, unsigned_value(conversion->size, values));
    }
}

/* fixed: the texts that a template of its own has in it; NULL: none has. */
static bool payload_of(struct log_writer *log, struct payload *payload, struct fixed *fixed,
                       const char *format, va_list *values)
{
    payload->used = 0;
    for (const char *at = strchr(format, '%'); at; at = strchr(at, '%')) {
        struct conversion conversion;
        if (!conversion_read(at, &conversion))
            return false;
        at += conversion.bytes;
        if (conversion.kind == VALUE_NONE)
            continue;
        if (fixed && conversion.kind == VALUE_TEXT && conversion.bare) {
            const char *text = va_arg(*values, const char *);
            if (!fixed_add(log, fixed, text) &&
                !payload_text(log, payload, text, conversion.precision))
                return false;
        } else if (!value_add(log, payload, &conversion, values)) {
            return false;
        }
    }
    return true;
}

/* The record in the shortest form that there is room for. False: its text is to be made. */
static bool append_packed(struct log_writer *log, const struct log_head *head, const char *format,
                          va_list values)
{
    struct payload payload;
    struct fixed fixed = {.n = 0};
    va_list once, again;
    int32_t number = template_number(log, format, strnlen(format, TEMPLATE_BYTES + 1), LOG_CACHE);
    if (number < 0)
        return false;
    va_copy(once, values);
    va_copy(again, values);
    bool packed = payload_of(log, &payload, &fixed, format, &once);
    int32_t own = packed ? template_fixed(log, &fixed, format, number) : -1;
    if (packed && own < 0)
        packed = payload_of(log, &payload, NULL, format, &again);
    va_end(once);
    va_end(again);
    if (packed &&
        !record_put(log, head, 0, (uint32_t)(own < 0 ? number : own), payload.bytes, payload.used))
        log->dropped++;
    return packed;
}

void log_append_plain(struct log_writer *log, struct log_head head, const char *text, size_t bytes)
{
    struct payload payload = {.used = 0};
    uint8_t length = (uint8_t)(bytes < TEXT_BYTES ? bytes : TEXT_BYTES);
    payload_tagged(&payload, length, text, length);
    if (!record_put(log, &head, PLAIN_FLAG, 0, payload.bytes, payload.used))
        log->dropped++;
}

/* Without room for the format among the templates, the text is made. */
static void append_made(struct log_writer *log, struct log_head head, const char *format,
                        const struct log_part *parts, size_t n_parts)
{
    char text[TEXT_BYTES + 1];
    size_t used = 0, k = 0;
    for (const char *at = format; *at && used < TEXT_BYTES; at++) {
        bool value = at[0] == '%' && at[1] == 's' && k < n_parts;
        const char *from = value ? parts[k].text : at;
        size_t bytes = value ? parts[k].bytes : 1;
        bytes = bytes < TEXT_BYTES - used ? bytes : TEXT_BYTES - used;
        memcpy(text + used, from, bytes);
        used += bytes;
        k += value;
        at += at[0] == '%' && at[1] ? 1 : 0;
    }
    log_append_plain(log, head, text, used);
}

int32_t log_format_add(struct log_writer *log, const char *format)
{
    return template_put(log, format, strnlen(format, TEMPLATE_BYTES + 1));
}

void log_append_parts(struct log_writer *log, struct log_head head, int32_t number,
                      const char *format, const struct log_part *parts, size_t n_parts)
{
    struct payload payload = {.used = 0};
    bool packed = number >= 0;
    for (size_t k = 0; k < n_parts && packed; k++)
        packed = parts[k].bytes <= TEXT_BYTES &&
                 payload_tagged(&payload, (uint8_t)parts[k].bytes, parts[k].text, parts[k].bytes);
    if (!packed)
        append_made(log, head, format, parts, n_parts);
    else if (!record_put(log, &head, 0, (uint32_t)number, payload.bytes, payload.used))
        log->dropped++;
}

void log_append(struct log_writer *log, struct log_head head, const char *format, va_list values)
{
    char text[TEXT_BYTES + 1];
    if (append_packed(log, &head, format, values))
        return;
    int bytes = vsnprintf(text, sizeof text, format, values);
    log_append_plain(log, head, text, bytes < 0 ? 0 : (size_t)bytes);
}

void log_rewind(struct log_writer *log, uint64_t used)
{
    templates_rewind(log, used);
    log->used = used;
}

void log_open(struct log_writer *log, char *start, uint64_t room, uint64_t used)
{
    struct log_reader reader = {start, used, NULL, 0, 0};
    struct log_record record;
    *log = (struct log_writer){.room = room, .used = used};
    log->start = start;
    for (uint64_t at = 0; log_at(&reader, at, &record); at += record.bytes)
        log->n_numbers += record.head.kind == LOG_TEMPLATE;
    if (log->n_numbers > LOG_NUMBERS)
        log->n_numbers = LOG_NUMBERS;
}
