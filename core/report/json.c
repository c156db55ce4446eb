/* The JSON writer: see json.h. */
#include "report/json.h"

#include <math.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"

/* Texts that are sure to find room in the output's buffer. */
enum { FITS = OUT_BYTES / 2 };

static void before(struct json *json)
{
    if (json->comma)
        out_bytes(json->out, ", ", 2);
    json->comma = true;
}

/* The same for something of at most that many bytes, few enough for the output's buffer; answers where it goes. */
static char *begin(struct json *json, size_t count)
{
    char *at = out_room(json->out, count + 2);
    if (json->comma) {
        *at++ = ',';
        *at++ = ' ';
    }
    json->comma = true;
    return at;
}

static char *put(char *at, const char *bytes, size_t count)
{
    memcpy(at, bytes, count);
    return at + count;
}

static void end(struct json *json, const char *at)
{
    json->out->used = (size_t)(at - json->out->data);
}

void json_open(struct json *json, char bracket)
{
    before(json);
    out_char(json->out, bracket);
    json->comma = false;
}

void json_close(struct json *json, char bracket)
{
    out_char(json->out, bracket);
    json->comma = true;
}

void json_line(struct json *json, size_t indent)
{
    if (json->comma)
        out_char(json->out, ',');
    out_char(json->out, '\n');
    out_spaces(json->out, indent);
    json->comma = false;
}

/* --- Texts ------------------------------------------------------------------------------------- */

/* Not alone: what no JSON text may hold, and what a terminal would obey. */
static bool is_plain(unsigned char c)
{
    return c >= 0x20 && c != '"' && c != '\\' && c != 0x7f && c != 0xc2;
}

static void escape(struct report_out *out, unsigned char c)
{
    static const char digits[] = "0123456789abcdef";
    static const char from[] = "\"\\\n\t\r\b\f";
    static const char to[] = "\"\\ntrbf";
    const char *known = c ? strchr(from, c) : NULL;
    char code[] = {'\\', 'u', '0', '0', digits[c >> 4], digits[c & 15]};
    if (known)
        out_bytes(out, (char[]){'\\', to[known - from]}, 2);
    else
        out_bytes(out, code, sizeof code);
}

/* Bytes of what must be escaped there; 0: nothing. Control characters of the second block are two. */
static size_t escaped_bytes(const char *text, size_t bytes)
{
    if (is_plain((unsigned char)text[0]))
        return 0;
    if ((unsigned char)text[0] != 0xc2)
        return 1;
    return bytes > 1 && (unsigned char)text[1] < 0xa0 ? 2 : 0;
}

static void escape_all(struct report_out *out, const char *text, size_t bytes)
{
    size_t start = 0;
    for (size_t k = 0, length; k < bytes; k += length ? length : 1) {
        length = escaped_bytes(text + k, bytes - k);
        if (length == 0)
            continue;
        out_bytes(out, text + start, k - start);
        escape(out, (unsigned char)text[k + length - 1]);
        start = k + length;
    }
    out_bytes(out, text + start, bytes - start);
}

enum { WORD = 8 };

static uint64_t each_byte(uint8_t byte)
{
    return byte * 0x0101010101010101u;
}

/* The top bit of a byte that is 0; bytes above it may be marked too, which costs no more than a look. */
static uint64_t zero_bytes(uint64_t word)
{
    return (word - each_byte(1)) & ~word & each_byte(0x80);
}

/* Bytes at the start, by words, that are ASCII and need no escape. */
static size_t plain_bytes(const char *text, size_t bytes)
{
    size_t at = 0;
    for (uint64_t word; bytes - at >= WORD; at += WORD) {
        memcpy(&word, text + at, WORD);
        uint64_t control = (word - each_byte(0x20)) & ~word;
        uint64_t found = zero_bytes(word ^ each_byte('"')) | zero_bytes(word ^ each_byte('\\')) |
                         zero_bytes(word ^ each_byte(0x7f));
        if ((found | ((word | control) & each_byte(0x80))) != 0)
            break;
    }
    while (at < bytes && is_plain((unsigned char)text[at]) && (unsigned char)text[at] < 0x80)
        at++;
    return at;
}

/* Bytes of the character that starts here; 0: none does. */
static size_t character(const char *text, size_t bytes)
{
    for (size_t n = 1; n <= 4 && n <= bytes; n++)
        if (text_is_utf8(text, n))
            return n;
    return 0;
}

static void escape_foreign(struct report_out *out, const char *text, size_t bytes)
{
    for (size_t k = 0; k < bytes;) {
        size_t n = character(text + k, bytes - k);
        if (n > 0)
            escape_all(out, text + k, n);
        else
            out_text(out, "\xEF\xBF\xBD");
        k += n > 0 ? n : 1;
    }
}

void json_put_bytes(struct json *json, const char *text, size_t bytes)
{
    size_t plain = plain_bytes(text, bytes);
    if (plain == bytes && bytes <= FITS) {
        char *at = begin(json, bytes + 2);
        *at++ = '"';
        memcpy(at, text, bytes);
        at[bytes] = '"';
        end(json, at + bytes + 1);
        return;
    }
    before(json);
    out_char(json->out, '"');
    out_bytes(json->out, text, plain);
    if (text_is_utf8(text + plain, bytes - plain))
        escape_all(json->out, text + plain, bytes - plain);
    else
        escape_foreign(json->out, text + plain, bytes - plain);
    out_char(json->out, '"');
}

void json_put_text(struct json *json, const char *text)
{
    if (text)
        json_put_bytes(json, text, strlen(text));
    else
        json_put_null(json);
}

void json_key_bytes(struct json *json, const char *key, size_t bytes)
{
    if (bytes > FITS) {
        json_put_bytes(json, key, bytes);
        out_bytes(json->out, ": ", 2);
        json->comma = false;
        return;
    }
    char *at = begin(json, bytes + 4);
    *at++ = '"';
    at = put(at, key, bytes);
    end(json, put(at, "\": ", 3));
    json->comma = false;
}

void json_escaped_key(struct json *json, const char *key)
{
    json_put_text(json, key);
    out_bytes(json->out, ": ", 2);
    json->comma = false;
}

void json_put_made(struct json *json, const char *made, size_t bytes)
{
    before(json);
    out_bytes(json->out, made, bytes);
}

/* --- Numbers ----------------------------------------------------------------------------------- */

void json_put_number(struct json *json, double x)
{
    if (!isfinite(x)) {
        json_put_null(json);
        return;
    }
    char *at = begin(json, NUMBER_BYTES);
    end(json, at + number_print(at, x));
}

void json_put_count(struct json *json, uint64_t x)
{
    char *at = begin(json, COUNT_BYTES);
    end(json, at + number_count(at, x));
}

void json_put_null(struct json *json)
{
    end(json, put(begin(json, 4), "null", 4));
}

void json_put_flag(struct json *json, bool flag)
{
    before(json);
    out_text(json->out, flag ? "true" : "false");
}

void json_pair(struct json *json, const char *key, const char *text)
{
    json_key(json, key);
    json_put_text(json, text);
}

void json_pair_count(struct json *json, const char *key, uint64_t x)
{
    json_key(json, key);
    json_put_count(json, x);
}

void json_pair_number(struct json *json, const char *key, double x)
{
    json_key(json, key);
    json_put_number(json, x);
}

void json_pair_flag(struct json *json, const char *key, bool flag)
{
    json_key(json, key);
    json_put_flag(json, flag);
}
