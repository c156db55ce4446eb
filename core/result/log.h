/*
 * The log of a worker: findings, reasons and texts as template and values, in memory that the worker shares with
 * the host. A worker appends; the host, which trusts nothing in it, reads. Text is made only on output.
 *
 * There may be millions of records, so they are packed: a head of 8 bytes (12 for a row of a list), then a byte or
 * two a value where that is enough. A template, or a text that comes again and again, is a record of its own, written when
 * it is first used and named by its number.
 */
#ifndef UPTAKE_RESULT_LOG_H
#define UPTAKE_RESULT_LOG_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum log_kind { LOG_TEMPLATE = 1, LOG_NOTE, LOG_SKIP, LOG_TEXT };

enum { LOG_WHOLE = 255, LOG_CACHE = 64, LOG_CHAINS = 128, LOG_NUMBERS = 1024 };

/* What a record is about. entity: of a note, a read; of a text, a write; LOG_WHOLE: the innovation, or the portfolio. */
struct log_head {
    uint8_t kind;
    uint8_t level; /* of a note */
    bool portfolio;
    uint8_t entity;
    uint32_t innovation;
    uint32_t row;
};

/* A format with texts already in it. A few: their numbers are to fit a byte. */
enum { LOG_FIXED = 6, LOG_FIXED_SLOTS = 512, LOG_FIXED_MOST = 180 };
struct log_fixed {
    uint16_t keys[LOG_FIXED + 1]; /* the format's number + 1, then one a text; 0: free */
    uint16_t number;
    uint32_t place;
};

/* Writing end. start and room: the shared memory. */
struct log_writer {
    char *start;
    uint64_t room; /* at most 512 MiB */
    uint64_t used;
    uint64_t dropped; /* records that found no room */
    struct {
        const char *text; /* pointer in the bundle */
        uint32_t place;
        uint16_t number;
        uint8_t chain, next; /* next: of the same chain, its slot + 1; 0: none */
    } cache[LOG_CACHE];
    uint32_t n_cache;
    uint8_t chains[LOG_CHAINS]; /* the last slot of each + 1; 0: none */
    struct log_fixed fixed[LOG_FIXED_SLOTS];
    uint32_t n_fixed;
    uint32_t n_numbers; /* templates in the log so far */
};

/* A writer behind what is there already. */
void log_open(struct log_writer *log, char *start, uint64_t room, uint64_t used);
/* Appends a record made of a printf format and its values, or of a plain text. */
void log_append(struct log_writer *log, struct log_head head, const char *format, va_list values);
void log_append_plain(struct log_writer *log, struct log_head head, const char *text, size_t bytes);
/* The same of a format of bare %s, and texts for them. number: as log_format_add answered; -1: the text is made. */
struct log_part {
    const char *text;
    size_t bytes;
};
int32_t log_format_add(struct log_writer *log, const char *format);
void log_append_parts(struct log_writer *log, struct log_head head, int32_t number,
                      const char *format, const struct log_part *parts, size_t n_parts);
/* Takes back what was appended after `used` bytes. */
void log_rewind(struct log_writer *log, uint64_t used);

/* Reading end: one worker's memory, up to what was committed. */
struct log_reader {
    const char *start;
    uint64_t bytes;
    const uint32_t *templates; /* places by number; LOG_NUMBERS of them */
    uint32_t n_templates;
    uint32_t kinds; /* a bit for each enum log_kind of which there is a record */
};

/* A record as it is read. */
struct log_record {
    struct log_head head;
    uint32_t bytes;    /* of the whole record */
    bool plain;        /* the payload is the text */
    uint16_t template; /* number */
    const char *payload;
    uint32_t payload_bytes;
};

/* Finds the templates, and which kinds there are. places: room for LOG_NUMBERS. */
void log_read(struct log_reader *log, const char *start, uint64_t bytes, uint32_t *places);

/* The record at a place, checked to lie whole within the log. False: there is none, or it is not one. */
bool log_at(const struct log_reader *log, uint64_t place, struct log_record *record);

/* Its text: at most 240 bytes of UTF-8 with a NUL; what is not UTF-8 becomes '?'. Answers the bytes. */
size_t log_text(const struct log_reader *log, const struct log_record *record, char text[241]);

/* Where in a text the values of its template stand. whole: it is no more than a text: it was made without one, cut, mended,
 * or it has more values. */
enum { LOG_PARTS = 6, LOG_FORMAT_BYTES = 900 };
struct log_parts {
    uint8_t n;
    bool whole;
    uint8_t from[LOG_PARTS], to[LOG_PARTS];
};
size_t log_text_parts(const struct log_reader *log, const struct log_record *record, char text[241],
                      struct log_parts *parts);
/* The template with a bare %s for every value. False: there is none. */
bool log_format(const struct log_reader *log, const struct log_record *record,
                char format[LOG_FORMAT_BYTES + 1]);

#endif
