/* Headings, sentences and items: see prose.h. */
#include "report/prose.h"

#include <stdbool.h>
#include <string.h>

#include "base/text.h"
#include "report/markdown.h"

void prose_tone(struct report_out *out, const struct report_style *style, enum tone tone)
{
    static const char *const codes[] = {
        [TONE_PLAIN] = "\033[0m", [TONE_STRONG] = "\033[1m", [TONE_FAINT] = "\033[2m",
        [TONE_BAD] = "\033[31m",  [TONE_WARN] = "\033[33m",  [TONE_GOOD] = "\033[32m",
    };
    if (style->colour)
        out_text(out, codes[tone]);
}

/* Where text stands on the current line. */
struct cursor {
    struct report_out *out;
    size_t width;
    size_t indent;
    size_t column;
    bool fresh; /* nothing stands on the line yet: no blank before the next word */
};

static void next_line(struct cursor *cursor)
{
    out_char(cursor->out, '\n');
    out_spaces(cursor->out, cursor->indent);
    cursor->column = cursor->indent;
    cursor->fresh = true;
}

/* A word that is wider than a whole line, piece by piece; at least a character a line. */
static void put_long(struct cursor *cursor, const char *word, size_t bytes)
{
    size_t room = cursor->width > cursor->indent + 8 ? cursor->width - cursor->indent : 8;
    while (bytes > 0) {
        size_t piece = text_fit(word, bytes, room);
        piece = piece > 0 ? piece : bytes;
        out_visible(cursor->out, word, piece);
        cursor->column += text_width(word, piece);
        word += piece;
        bytes -= piece;
        if (bytes > 0)
            next_line(cursor);
    }
}

static void put_word(struct cursor *cursor, const char *word, size_t bytes)
{
    size_t width = text_width(word, bytes);
    if (!cursor->fresh && cursor->column + 1 + width > cursor->width)
        next_line(cursor);
    if (!cursor->fresh) {
        out_char(cursor->out, ' ');
        cursor->column++;
    }
    cursor->fresh = false;
    put_long(cursor, word, bytes);
}

static const char blanks[] = " \n\t\r";

/* `used` columns of the first line are taken; the lines after it are indented. */
static void wrap(struct report_out *out, const struct report_style *style, size_t used,
                 size_t indent, const char *text)
{
    struct cursor cursor = {out, style->width, indent, used, true};
    for (text += strspn(text, blanks); *text; text += strspn(text, blanks)) {
        size_t bytes = strcspn(text, blanks);
        put_word(&cursor, text, bytes);
        text += bytes;
    }
    out_char(out, '\n');
}

/* --- Markdown ---------------------------------------------------------------------------------- */

const struct report_style report_markdown = {.width = (size_t)1 << 20, .markdown = true};

static void put_block(struct report_out *out, const char *mark, const char *text)
{
    markdown_begin(out, MARKDOWN_PARAGRAPH);
    out_text(out, mark);
    markdown_text(out, text, mark[0] ? MARKDOWN_INLINE : MARKDOWN_START);
    out_char(out, '\n');
}

static void put_entry(struct report_out *out, size_t indent, const char *label, const char *text)
{
    markdown_begin(out, MARKDOWN_ITEM);
    out_text(out, indent < PROSE_NESTED ? "- " : "  - ");
    if (label[0]) {
        out_text(out, "**");
        markdown_text(out, label, MARKDOWN_INLINE);
        out_text(out, "**");
    }
    if (label[0] && text[0])
        out_char(out, ' ');
    markdown_text(out, text, label[0] ? MARKDOWN_INLINE : MARKDOWN_START);
    out_char(out, '\n');
}

/* --- Both -------------------------------------------------------------------------------------- */

void prose_gap(struct report_out *out, const struct report_style *style)
{
    if (!style->markdown)
        out_char(out, '\n');
}

static void put_strong(struct report_out *out, const struct report_style *style, const char *text)
{
    prose_tone(out, style, TONE_STRONG);
    wrap(out, style, 0, 0, text);
    prose_tone(out, style, TONE_PLAIN);
}

void prose_title(struct report_out *out, const struct report_style *style, const char *text)
{
    if (style->markdown)
        put_block(out, "# ", text);
    else
        put_strong(out, style, text);
}

void prose_heading(struct report_out *out, const struct report_style *style, const char *text)
{
    prose_gap(out, style);
    if (style->markdown)
        put_block(out, "## ", text);
    else
        put_strong(out, style, text);
}

void prose_subheading(struct report_out *out, const struct report_style *style, const char *text)
{
    prose_gap(out, style);
    if (style->markdown)
        put_block(out, "### ", text);
    else
        wrap(out, style, 0, 0, text);
}

void prose_line(struct report_out *out, const struct report_style *style, size_t indent,
                const char *text)
{
    if (!style->markdown) {
        out_spaces(out, indent);
        wrap(out, style, indent, indent, text);
    } else if (text[strspn(text, blanks)] == '\0') {
        return;
    } else if (indent == 0) {
        put_block(out, "", text);
    } else {
        put_entry(out, indent, "", text);
    }
}

void prose_item(struct report_out *out, const struct report_style *style, struct prose_label label,
                const char *text)
{
    size_t used = label.indent + text_width(label.text, strlen(label.text));
    size_t start = used + 1 > label.column ? used + 1 : label.column;
    if (style->markdown) {
        put_entry(out, label.indent, label.text, text);
        return;
    }
    out_spaces(out, label.indent);
    prose_tone(out, style, label.tone);
    out_visible(out, label.text, strlen(label.text));
    prose_tone(out, style, TONE_PLAIN);
    out_spaces(out, text[0] ? start - used : 0);
    wrap(out, style, start, label.column, text);
}

void prose_code(struct report_out *out, const struct report_style *style, const char *language,
                const char *lines)
{
    if (style->markdown) {
        markdown_begin(out, MARKDOWN_PARAGRAPH);
        out_text(out, "```");
        out_text(out, language);
        out_char(out, '\n');
        out_text(out, lines);
        out_text(out, "```\n");
        return;
    }
    for (const char *end; (end = strchr(lines, '\n')); lines = end + 1) {
        out_spaces(out, 2);
        out_bytes(out, lines, (size_t)(end - lines) + 1);
    }
}
