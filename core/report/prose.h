/*
 * What readable reports are made of, beside the tables of sheet.h: headings, sentences, items of lists. On a
 * terminal they are wrapped at its width, with colours where it has them; as markdown nothing is wrapped, and
 * what a model or a plugin says is escaped, so that it stays text. A section that is written with these alone
 * comes out right as both.
 */
#ifndef UPTAKE_REPORT_PROSE_H
#define UPTAKE_REPORT_PROSE_H

#include <stdbool.h>
#include <stddef.h>

#include "report/report.h"

enum tone { TONE_PLAIN, TONE_STRONG, TONE_FAINT, TONE_BAD, TONE_WARN, TONE_GOOD };

/* The tone of what is written next, on a terminal with colours. */
void prose_tone(struct report_out *out, const struct report_style *style, enum tone tone);

/* An empty line on a terminal; markdown parts its blocks by itself. */
void prose_gap(struct report_out *out, const struct report_style *style);

/* The first line of a report, a section's heading after an empty line, and one within a section. */
void prose_title(struct report_out *out, const struct report_style *style, const char *text);
void prose_heading(struct report_out *out, const struct report_style *style, const char *text);
void prose_subheading(struct report_out *out, const struct report_style *style, const char *text);

/*
 * A line of its own, with its indent; line breaks within the text count as blanks, and a word longer than a line
 * is cut at the width. In markdown one without indent is a paragraph, an indented one an item of a list, and from
 * PROSE_NESTED on an item within the item before it.
 */
enum { PROSE_NESTED = 4 };
void prose_line(struct report_out *out, const struct report_style *style, size_t indent,
                const char *text);

/*
 * An item with its label: the text begins at the column, or behind a longer label, and hangs from there. "" for
 * text: the label alone.
 */
struct prose_label {
    const char *text;
    enum tone tone;
    size_t indent, column;
};
void prose_item(struct report_out *out, const struct report_style *style, struct prose_label label,
                const char *text);

/* Lines of a file or of a command, as they are: ended by newlines. language: "yaml", "sh"; for markdown. */
void prose_code(struct report_out *out, const struct report_style *style, const char *language,
                const char *lines);

#endif
