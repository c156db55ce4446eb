/* Between the log's two ends: how a record is packed, and how a printf format is read. */
#ifndef UPTAKE_RESULT_LOG_FORMAT_H
#define UPTAKE_RESULT_LOG_FORMAT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

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
enum number_tag { NUMBER_BYTE = 1, NUMBER_FLOAT, NUMBER_DOUBLE, NUMBER_WHOLE };

/* One conversion of a printf format: "%-8.2f". size: length of its letter's integer; star: '*' is not taken. */
struct conversion {
    char spec[32]; /* "%-8.2" without length and letter */
    char letter;
    bool bare;        /* no flags, width or precision */
    size_t bytes;     /* in the format */
    int size;         /* -2 hh, -1 h, 0, 1 l, 2 ll, 3 z, 4 j, 5 t; 9: L */
    size_t precision; /* of a text: the bytes that may be read; SIZE_MAX: to its NUL */
};

/* Reads the conversion that format points to. False: not one that is supported; its text is then made by the writer. */
bool conversion_read(const char *format, struct conversion *conversion);

#endif
