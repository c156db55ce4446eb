/* Sentences and headings on a terminal: wrapped at its width, with colours where it has them. */
#ifndef UPTAKE_REPORT_PROSE_H
#define UPTAKE_REPORT_PROSE_H

#include <stddef.h>

#include "report/report.h"

enum tone { TONE_PLAIN, TONE_STRONG, TONE_FAINT, TONE_BAD, TONE_WARN, TONE_GOOD };

void prose_tone(struct report_out *out, const struct report_style *style, enum tone tone);

/*
 * Writes a text, ended by a newline, of which `used` columns of the first line are taken; the lines after it are
 * indented. A word longer than a line is cut at the width. Line breaks within the text count as blanks.
 */
void prose_wrap(struct report_out *out, const struct report_style *style, size_t used,
                size_t indent, const char *text);

/* A line of its own, with its indent. */
void prose_line(struct report_out *out, const struct report_style *style, size_t indent,
                const char *text);

/* An empty line and a heading. */
void prose_heading(struct report_out *out, const struct report_style *style, const char *text);

#endif
