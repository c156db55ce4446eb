/*
 * The log of a worker: findings, reasons and texts as template and values, in memory that the worker shares with
 * the host. A worker appends; the host, which trusts nothing in it, reads. Text is made only on output.
 *
 * A record: struct log_record, then its values: a tag byte each ('i', 'u', 'f': 8 bytes; 's': a length byte and
 * bytes; 'S': the place of a constant). A template, or a constant text, is a record of its own, written when it is first
 * used, and named by its place.
 */
#ifndef UPTAKE_RESULT_LOG_H
#define UPTAKE_RESULT_LOG_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum log_kind { LOG_TEMPLATE = 1, LOG_NOTE, LOG_SKIP, LOG_TEXT };

struct log_record {
    uint16_t bytes;   /* of the whole record, a multiple of 8 */
    uint16_t payload; /* bytes behind the record's head */
    uint8_t kind;
    uint8_t level;       /* of a note */
    uint16_t entity;     /* of a note, a read; of a text, a write; LOG_WHOLE: the innovation, or the portfolio */
    uint32_t template;   /* its place; of a plain text: LOG_PLAIN */
    uint32_t innovation; /* LOG_PORTFOLIO: none */
    uint64_t row;
};

enum { LOG_WHOLE = UINT16_MAX, LOG_TEMPLATES = 64 };
#define LOG_PLAIN UINT32_MAX
#define LOG_PORTFOLIO UINT32_MAX

/* Writing end. start and room: the shared memory. */
struct log_writer {
    char *start;
    uint64_t room; /* at most 4 GiB */
    uint64_t used;
    uint64_t dropped; /* records that found no room */
    struct {
        const char *format; /* pointer in the bundle */
        uint32_t place;
    } templates[LOG_TEMPLATES];
    uint32_t n_templates;
};

/* Appends a record made of a printf format and its values; the head's kind, level, entity, innovation and row are given. */
void log_append(struct log_writer *log, struct log_record head, const char *format, va_list values);
void log_append_plain(struct log_writer *log, struct log_record head, const char *text, size_t bytes);

/* Takes back what was appended after `used` bytes. */
void log_rewind(struct log_writer *log, uint64_t used);

/* Reading end: one slot's memory, up to what was committed. */
struct log_reader {
    const char *start;
    uint64_t bytes;
};

/* The record at a place, checked to lie whole within the log; NULL: there is none, or it is not one. */
const struct log_record *log_at(const struct log_reader *log, uint64_t place);

/* Its text: at most 240 bytes of UTF-8 with a NUL; what is not UTF-8 becomes '?'. Answers the bytes. */
size_t log_text(const struct log_reader *log, const struct log_record *record, char text[241]);

#endif
