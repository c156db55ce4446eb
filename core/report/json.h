/*
 * A small JSON writer: it keeps the commas, escapes, and never holds more than the output's buffer.
 *
 * Always UTF-8: a byte that is none (of a file name, say) is written as U+FFFD. A number that is not
 * finite is null.
 */
#ifndef UPTAKE_REPORT_JSON_H
#define UPTAKE_REPORT_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "report/out.h"

struct json {
    struct report_out *out;
    bool comma; /* before what comes next */
};

/* '{' or '['; '}' or ']'. */
void json_open(struct json *json, char bracket);
void json_close(struct json *json, char bracket);
/* What comes next stands on a new line, that many spaces in. */
void json_line(struct json *json, size_t indent);
/* A key that needs no escape: our own words, and names of letters, digits, '-' and '_'. */
void json_key_bytes(struct json *json, const char *key, size_t bytes);
static inline void json_key(struct json *json, const char *key)
{
    json_key_bytes(json, key, strlen(key));
}
void json_escaped_key(struct json *json, const char *key);
/* What is JSON already. */
void json_put_made(struct json *json, const char *made, size_t bytes);
void json_put_text(struct json *json, const char *text); /* NULL: null */
void json_put_bytes(struct json *json, const char *text, size_t bytes);
void json_put_number(struct json *json, double x);
void json_put_count(struct json *json, uint64_t x);
void json_put_null(struct json *json);
void json_put_flag(struct json *json, bool flag);

/* key and text at once */
void json_pair(struct json *json, const char *key, const char *text);
void json_pair_count(struct json *json, const char *key, uint64_t x);
void json_pair_number(struct json *json, const char *key, double x);
void json_pair_flag(struct json *json, const char *key, bool flag);

#endif
