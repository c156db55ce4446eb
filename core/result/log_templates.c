/*
 * Templates of a log: formats, texts that come again and again, and formats with such texts already in them. Most
 * findings say one of a few sentences; each sentence then stands once, and a finding is little more than its number.
 */
#include <string.h>

#include "result/log_format.h"

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

int32_t template_put(struct log_writer *log, const char *text, size_t bytes)
{
    struct payload payload = {.used = 0};
    uint16_t length = (uint16_t)bytes;
    struct log_head head = {.kind = LOG_TEMPLATE, .entity = LOG_WHOLE};
    if (bytes > TEMPLATE_BYTES || log->n_numbers == LOG_NUMBERS)
        return -1;
    payload_add(&payload, &length, sizeof length);
    payload_add(&payload, text, bytes);
    if (!record_put(log, &head, 0, 0, payload.bytes, payload.used))
        return -1;
    return (int32_t)log->n_numbers++;
}

/* By where a text is and what it is: its ends tell most texts at one place apart. */
static uint8_t *chain_of(struct log_writer *log, const char *text, size_t bytes)
{
    uint32_t first = 0, last = 0;
    if (bytes >= sizeof first) {
        memcpy(&first, text, sizeof first);
        memcpy(&last, text + bytes - sizeof last, sizeof last);
    }
    uint64_t ends = first | (uint64_t)last << 32;
    uint64_t hash = ((uint64_t)(uintptr_t)text ^ ends ^ bytes << 24) * 0x9e3779b97f4a7c15u;
    return &log->chains[hash >> 32 & (LOG_CHAINS - 1)];
}

int32_t template_number(struct log_writer *log, const char *text, size_t bytes, uint32_t most)
{
    uint8_t *chain = chain_of(log, text, bytes);
    for (uint32_t slot = *chain; slot; slot = log->cache[slot - 1].next)
        if (known(log, slot - 1, text, bytes))
            return log->cache[slot - 1].number;
    uint32_t place = (uint32_t)log->used;
    int32_t number = log->n_cache < most ? template_put(log, text, bytes) : -1;
    if (number < 0)
        return -1;
    log->cache[log->n_cache].text = text;
    log->cache[log->n_cache].place = place;
    log->cache[log->n_cache].chain = (uint8_t)(chain - log->chains);
    log->cache[log->n_cache].next = *chain;
    log->cache[log->n_cache++].number = (uint16_t)number;
    *chain = (uint8_t)log->n_cache;
    return number;
}

/* --- Texts in their format --------------------------------------------------------------------- */

enum { NO_TEXT = 0xffff, EMPTY = 0xfffe, AS_VALUE = 0xfffd };

int32_t template_constant(struct log_writer *log, const char *text, size_t bytes)
{
    return bytes > 1 && bytes < 48 ? template_number(log, text, bytes, CONSTANTS) : -1;
}

bool fixed_add(struct log_writer *log, struct fixed *fixed, const char *text)
{
    size_t bytes = text ? strnlen(text, TEXT_BYTES) : 0;
    int32_t number = bytes ? template_constant(log, text, bytes) : EMPTY;
    bool in = number >= 0 && fixed->n < LOG_FIXED;
    if (fixed->n < LOG_FIXED) {
        fixed->texts[fixed->n] = in ? text : NULL;
        fixed->bytes[fixed->n] = bytes;
        fixed->keys[fixed->n] = (uint16_t)(in ? number : AS_VALUE);
    }
    fixed->n++;
    return in;
}

struct text_made {
    char bytes[TEMPLATE_BYTES];
    size_t used;
};

/* False: it gets too long. escaped: a '%' in it is no conversion. */
static bool made_add(struct text_made *made, const char *text, size_t bytes, bool escaped)
{
    for (size_t k = 0; k < bytes; k++) {
        bool twice = escaped && text[k] == '%';
        if (made->used + 1 + twice > sizeof made->bytes)
            return false;
        made->bytes[made->used++] = text[k];
        if (twice)
            made->bytes[made->used++] = '%';
    }
    return true;
}

/* The format with its fixed texts in it. */
static bool make_fixed(struct text_made *made, const struct fixed *fixed, const char *format)
{
    size_t k = 0;
    made->used = 0;
    while (*format) {
        struct conversion conversion;
        size_t literal = strcspn(format, "%");
        if (!made_add(made, format, literal, false))
            return false;
        format += literal;
        if (!*format)
            break;
        if (!conversion_read(format, &conversion))
            return false;
        bool text = conversion.kind == VALUE_TEXT && conversion.bare;
        bool in = text && fixed->keys[k] != AS_VALUE;
        if (in ? !made_add(made, fixed->texts[k], fixed->bytes[k], true)
               : !made_add(made, format, conversion.bytes, false))
            return false;
        k += text;
        format += conversion.bytes;
    }
    return true;
}

static struct log_fixed *fixed_slot(struct log_writer *log, const uint16_t keys[LOG_FIXED + 1])
{
    uint64_t hash = 0;
    for (size_t k = 0; k < LOG_FIXED + 1; k++)
        hash = (hash ^ keys[k]) * 0x9e3779b97f4a7c15u;
    for (size_t at = hash >> 32;; at++) {
        struct log_fixed *slot = &log->fixed[at % LOG_FIXED_SLOTS];
        if (slot->keys[0] == 0 || memcmp(slot->keys, keys, sizeof slot->keys) == 0)
            return slot;
    }
}

int32_t template_fixed(struct log_writer *log, const struct fixed *fixed, const char *format,
                       int32_t number)
{
    uint16_t keys[LOG_FIXED + 1];
    struct text_made made;
    bool any = false;
    if (fixed->n > LOG_FIXED)
        return -1;
    keys[0] = (uint16_t)(number + 1);
    for (size_t k = 0; k < LOG_FIXED; k++) {
        keys[k + 1] = k < fixed->n ? fixed->keys[k] : NO_TEXT;
        any |= keys[k + 1] < AS_VALUE || keys[k + 1] == EMPTY;
    }
    if (!any)
        return number; /* nothing is fixed: the format itself */
    struct log_fixed *slot = fixed_slot(log, keys);
    if (slot->keys[0])
        return slot->number;
    uint32_t place = (uint32_t)log->used;
    if (log->n_fixed == LOG_FIXED_MOST || !make_fixed(&made, fixed, format))
        return -1;
    int32_t own = template_put(log, made.bytes, made.used);
    if (own < 0)
        return -1;
    memcpy(slot->keys, keys, sizeof slot->keys);
    slot->number = (uint16_t)own;
    slot->place = place;
    log->n_fixed++;
    return own;
}

/* --- Taking back ------------------------------------------------------------------------------- */

static void fixed_rewind(struct log_writer *log, uint64_t used)
{
    struct log_fixed before[LOG_FIXED_SLOTS];
    memcpy(before, log->fixed, sizeof before);
    memset(log->fixed, 0, sizeof log->fixed);
    for (size_t k = 0; k < LOG_FIXED_SLOTS; k++) {
        if (!before[k].keys[0])
            continue;
        if (before[k].place < used) {
            *fixed_slot(log, before[k].keys) = before[k];
        } else {
            log->n_fixed--;
            log->n_numbers--;
        }
    }
}

/* The cache is in the order of places: what goes is its end, and so the head of each chain. */
void templates_rewind(struct log_writer *log, uint64_t used)
{
    while (log->n_cache && log->cache[log->n_cache - 1].place >= used) {
        log->n_cache--;
        log->n_numbers--;
        log->chains[log->cache[log->n_cache].chain] = log->cache[log->n_cache].next;
    }
    fixed_rewind(log, used);
}
