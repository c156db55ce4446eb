/* Sentences on a terminal: see prose.h. */
#include "report/prose.h"

#include <stdbool.h>
#include <string.h>

#include "base/text.h"

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
        out_bytes(cursor->out, word, piece);
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

void prose_wrap(struct report_out *out, const struct report_style *style, size_t used,
                size_t indent, const char *text)
{
    static const char blanks[] = " \n\t\r";
    struct cursor cursor = {out, style->width, indent, used, true};
    for (text += strspn(text, blanks); *text; text += strspn(text, blanks)) {
        size_t bytes = strcspn(text, blanks);
        put_word(&cursor, text, bytes);
        text += bytes;
    }
    out_char(out, '\n');
}

void prose_line(struct report_out *out, const struct report_style *style, size_t indent,
                const char *text)
{
    out_spaces(out, indent);
    prose_wrap(out, style, indent, indent, text);
}

void prose_heading(struct report_out *out, const struct report_style *style, const char *text)
{
    out_char(out, '\n');
    prose_tone(out, style, TONE_STRONG);
    prose_wrap(out, style, 0, 0, text);
    prose_tone(out, style, TONE_PLAIN);
}
