/* The log: see log.h. Formats are parsed once by the writer (for the values' types) and once by the reader. */
#include "result/log.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"

enum { TEXT_BYTES = 240, TEMPLATE_BYTES = 1024, PAYLOAD_BYTES = 2048, LOG_CONSTANTS = 48 };

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

static bool payload_add(struct payload *payload, char tag, const void *bytes, size_t count)
{
    if (payload->used + 1 + count > sizeof payload->bytes)
        return false;
    payload->bytes[payload->used++] = tag;
    memcpy(payload->bytes + payload->used, bytes, count);
    payload->used += count;
    return true;
}

static const struct log_record *template_known(const struct log_writer *log, const char *text,
                                               size_t bytes, uint32_t *place);
static bool template_place(struct log_writer *log, const char *format, uint32_t *place);

/* A text that comes again and again, such as a level's name, is put down once. */
static bool payload_text(struct log_writer *log, struct payload *payload, const char *text)
{
    size_t length = text ? strnlen(text, TEXT_BYTES) : 0;
    uint8_t bytes = (uint8_t)length;
    uint32_t place;
    bool constant = length > 3 && length < 32 &&
                    (template_known(log, text, length, &place) ||
                     (log->n_templates < LOG_CONSTANTS && template_place(log, text, &place)));
    if (constant)
        return payload_add(payload, 'S', &place, sizeof place);
    if (payload->used + 2 + length > sizeof payload->bytes)
        return false;
    payload_add(payload, 's', &bytes, 1);
    memcpy(payload->bytes + payload->used, text ? text : "", length);
    payload->used += length;
    return true;
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

static bool value_add(struct log_writer *log, struct payload *payload, const struct conversion *conversion, va_list *values)
{
    if (strchr("fFeEgG", conversion->letter)) {
        double x = va_arg(*values, double);
        return payload_add(payload, 'f', &x, sizeof x);
    }
    if (conversion->letter == 's')
        return payload_text(log, payload, va_arg(*values, const char *));
    if (strchr("dic", conversion->letter)) {
        int64_t x = signed_value(conversion->letter == 'c' ? 0 : conversion->size, values);
        return payload_add(payload, 'i', &x, sizeof x);
    }
    uint64_t x = unsigned_value(conversion->size, values);
    return payload_add(payload, 'u', &x, sizeof x);
}

static bool payload_of(struct log_writer *log, struct payload *payload, const char *format,
                       va_list *values)
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

static bool record_put(struct log_writer *log, struct log_record *head, const void *payload, size_t bytes)
{
    size_t whole = (sizeof *head + bytes + 7) / 8 * 8;
    if (whole > log->room - log->used || log->used > UINT32_MAX - whole - 1) {
        log->dropped++;
        return false;
    }
    head->bytes = (uint16_t)whole;
    head->payload = (uint16_t)bytes;
    memcpy(log->start + log->used, head, sizeof *head);
    memcpy(log->start + log->used + sizeof *head, payload, bytes);
    log->used += whole;
    return true;
}

/* The same pointer may hold another text by now: bytes decide. */
static const struct log_record *template_known(const struct log_writer *log, const char *text,
                                               size_t bytes, uint32_t *place)
{
    for (uint32_t k = 0; k < log->n_templates; k++) {
        if (log->templates[k].format != text)
            continue;
        const struct log_record *known =
            (const struct log_record *)(const void *)(log->start + log->templates[k].place);
        *place = log->templates[k].place;
        if (known->payload == bytes && memcmp(known + 1, text, bytes) == 0)
            return known;
    }
    return NULL;
}

static bool template_place(struct log_writer *log, const char *format, uint32_t *place)
{
    size_t bytes = strnlen(format, TEMPLATE_BYTES);
    if (template_known(log, format, bytes, place))
        return true;
    struct log_record head = {.kind = LOG_TEMPLATE};
    *place = (uint32_t)log->used;
    if (bytes == TEMPLATE_BYTES || !record_put(log, &head, format, bytes))
        return false;
    uint32_t slot = log->n_templates < LOG_TEMPLATES ? log->n_templates++ : *place / 8 % LOG_TEMPLATES;
    log->templates[slot].format = format;
    log->templates[slot].place = *place;
    return true;
}

void log_append_plain(struct log_writer *log, struct log_record head, const char *text, size_t bytes)
{
    head.template = LOG_PLAIN;
    record_put(log, &head, text, bytes < TEXT_BYTES ? bytes : TEXT_BYTES);
}

void log_append(struct log_writer *log, struct log_record head, const char *format, va_list values)
{
    struct payload payload;
    va_list again;
    va_copy(again, values);
    uint32_t place;
    if (payload_of(log, &payload, format, &again) && template_place(log, format, &place)) {
        head.template = place;
        record_put(log, &head, payload.bytes, payload.used);
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
    for (uint32_t k = 0; k < log->n_templates; k++)
        if (log->templates[k].place < used)
            log->templates[kept++] = log->templates[k];
    log->n_templates = kept;
    log->used = used;
}

/* --- Reading ----------------------------------------------------------------------------------- */

const struct log_record *log_at(const struct log_reader *log, uint64_t place)
{
    if (place % 8 || place > log->bytes || log->bytes - place < sizeof(struct log_record))
        return NULL;
    const struct log_record *record = (const struct log_record *)(const void *)(log->start + place);
    if (record->bytes < sizeof *record || record->bytes % 8 || record->bytes > log->bytes - place ||
        record->payload > record->bytes - sizeof *record)
        return NULL;
    return record;
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

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"

/* A value by its own conversion. The spec was read from the template: flags, digits and a point only. */
static void making_value(struct making *making, const struct conversion *conversion, char tag,
                         const char *value, size_t bytes)
{
    char spec[48], made[TEXT_BYTES * 2 + 1], text[TEXT_BYTES + 1];
    bool integer = tag == 'i' || tag == 'u';
    bool plain = conversion->letter == 'c' || tag == 's' || tag == 'f';
    snprintf(spec, sizeof spec, "%s%s%c", conversion->spec, integer && !plain ? "ll" : "",
             conversion->letter);
    int count = 0;
    if (tag == 's') {
        memcpy(text, value, bytes);
        text[bytes] = 0;
        count = snprintf(made, sizeof made, spec, text);
    } else if (tag == 'f') {
        double x;
        memcpy(&x, value, sizeof x);
        count = snprintf(made, sizeof made, spec, x);
    } else {
        long long x;
        memcpy(&x, value, sizeof x);
        count = conversion->letter == 'c' ? snprintf(made, sizeof made, spec, (int)x)
                                          : snprintf(made, sizeof made, spec, x);
    }
    if (count > 0)
        making_add(making, made, (size_t)count < sizeof made ? (size_t)count : sizeof made - 1);
}

#pragma GCC diagnostic pop

static bool fits(char tag, char letter)
{
    return tag == 's'   ? letter == 's'
           : tag == 'f' ? strchr("fFeEgG", letter) != NULL
           : tag == 'i' ? strchr("dic", letter) != NULL
                        : tag == 'u' && strchr("uxXo", letter) != NULL;
}

static bool constant_next(const struct log_reader *log, const char **at, const char *end, char *tag,
                          const char **value, size_t *bytes)
{
    uint32_t place;
    if ((size_t)(end - *at) < sizeof place)
        return false;
    memcpy(&place, *at, sizeof place);
    *at += sizeof place;
    const struct log_record *record = log_at(log, place);
    if (!record || record->kind != LOG_TEMPLATE || record->payload > TEXT_BYTES)
        return false;
    *tag = 's';
    *value = (const char *)(record + 1);
    *bytes = record->payload;
    return true;
}

/* The next value of a payload. False: none, or it does not fit the conversion. */
static bool value_next(const struct log_reader *log, const char **at, const char *end, char letter,
                       char *tag, const char **value, size_t *bytes)
{
    if (end - *at < 2)
        return false;
    *tag = *(*at)++;
    if (*tag == 'S')
        return letter == 's' && constant_next(log, at, end, tag, value, bytes);
    *bytes = *tag == 's' ? (uint8_t) * (*at)++ : 8;
    if ((size_t)(end - *at) < *bytes || *bytes > TEXT_BYTES || !fits(*tag, letter))
        return false;
    *value = *at;
    *at += *bytes;
    return true;
}

static void make(const struct log_reader *log, struct making *making, const char *format, const char *at, const char *end)
{
    while (*format) {
        size_t literal = strcspn(format, "%");
        making_add(making, format, literal);
        format += literal;
        struct conversion conversion;
        if (!*format || !conversion_read(format, &conversion))
            return;
        char tag;
        const char *value;
        size_t bytes;
        if (conversion.letter == '%')
            making_add(making, "%", 1);
        else if (value_next(log, &at, end, conversion.letter, &tag, &value, &bytes))
            making_value(making, &conversion, tag, value, bytes);
        else
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
    const char *payload = (const char *)(record + 1);
    if (record->template == LOG_PLAIN) {
        making_add(&making, payload, record->payload);
    } else {
        const struct log_record *template = log_at(log, record->template);
        char format[TEMPLATE_BYTES + 1];
        if (!template || template->kind != LOG_TEMPLATE || template->payload > TEMPLATE_BYTES)
            return clean(text, 0);
        memcpy(format, template + 1, template->payload);
        format[template->payload] = 0;
        make(log, &making, format, payload, payload + record->payload);
    }
    return clean(text, making.used);
}
