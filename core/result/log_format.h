/* Between the log's two ends: how a record is packed, and how a printf format is read. */
#ifndef UPTAKE_RESULT_LOG_FORMAT_H
#define UPTAKE_RESULT_LOG_FORMAT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "result/log.h"

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
    CONSTANTS = 48,      /* of the cache, for texts; the rest is for templates */
    CONSTANT_FIRST = 241 /* a text's length byte from here on: the upper part of a number */
};
/* Whole numbers of one and two bytes, hundredths of two, then what needs more. */
enum number_tag {
    NUMBER_BYTE = 1,
    NUMBER_FLOAT,
    NUMBER_DOUBLE,
    NUMBER_WHOLE,
    NUMBER_SHORT,
    NUMBER_HUNDREDTHS
};

/* What a conversion takes. */
enum value_kind {
    VALUE_UNKNOWN, /* not supported */
    VALUE_NONE,    /* "%%" */
    VALUE_TEXT,
    VALUE_REAL,
    VALUE_SIGNED,
    VALUE_UNSIGNED,
    VALUE_CHARACTER
};

/* One conversion of a printf format: "%-8.2f". spec: "%-8.2", without length and letter, in the format itself. */
struct conversion {
    const char *spec;
    size_t spec_bytes;
    char letter;
    enum value_kind kind;
    bool bare;        /* no flags, width or precision */
    size_t bytes;     /* in the format */
    int size;         /* -2 hh, -1 h, 0, 1 l, 2 ll, 3 z, 4 j, 5 t; 9: L */
    size_t precision; /* of a text: the bytes that may be read; SIZE_MAX: to its NUL */
};

/* Reads the conversion that format points to. False: not one that is supported; its text is then made by the writer. */
bool conversion_read(const char *format, struct conversion *conversion);

/* --- log.c, for log_templates.c ---------------------------------------------------------------- */

struct payload {
    char bytes[PAYLOAD_BYTES];
    size_t used;
};
bool payload_add(struct payload *payload, const void *bytes, size_t count);
bool record_put(struct log_writer *log, const struct log_head *head, uint8_t flags, uint32_t number,
                const void *payload, size_t bytes);

/* --- log_templates.c --------------------------------------------------------------------------- */

/* Puts a template down. Answers its number; -1: there is no room. */
int32_t template_put(struct log_writer *log, const char *text, size_t bytes);
/* The number of a text as a template; -1: it is not there, and there is no room for it among `most`. */
int32_t template_number(struct log_writer *log, const char *text, size_t bytes, uint32_t most);
/* The same of a text among values: -1 also where it is too short or too long for that. */
int32_t template_constant(struct log_writer *log, const char *text, size_t bytes);

/* The texts of one format that may be put into it for good: those of a bare %s. */
struct fixed {
    size_t n; /* over LOG_FIXED: too many */
    const char *texts[LOG_FIXED];
    size_t bytes[LOG_FIXED];
    uint16_t keys[LOG_FIXED];
};
/* Notes the next one. False: it changes from finding to finding, and is to stand among the values. */
bool fixed_add(struct log_writer *log, struct fixed *fixed, const char *text);
/* The number of the format with those texts in it; -1: there is no room for it. number: of the format. */
int32_t template_fixed(struct log_writer *log, const struct fixed *fixed, const char *format,
                       int32_t number);
/* Forgets templates that stand behind `used` bytes. */
void templates_rewind(struct log_writer *log, uint64_t used);

#endif
