/* Markdown: see markdown.h. */
#include "report/markdown.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

static const char blanks[] = " \n\t\r\v\f";

void markdown_begin(struct report_out *out, enum markdown_block block)
{
    bool follows = out->block == MARKDOWN_ITEM && block == MARKDOWN_ITEM;
    if (out->block != MARKDOWN_NOTHING && !follows)
        out_char(out, '\n');
    out->block = (int)block;
}

/* --- What must be escaped ---------------------------------------------------------------------- */

static bool is_word(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (unsigned char)c >= 0x80;
}

/* Within hours_per_week an underscore is no emphasis. */
static bool is_inner(const char *start, const char *at)
{
    return at > start && is_word(at[-1]) && is_word(at[1]);
}

/* ']' only where a link could follow; '&' only where an entity could. */
static bool is_special(const char *start, const char *at)
{
    switch (*at) {
    case '\\':
    case '*':
    case '`':
    case '<':
    case '|':
    case '~': return true;
    case '_': return !is_inner(start, at);
    case ']': return at[1] == '(' || at[1] == '[' || at[1] == ':';
    case '&': return at[1] == '#' || (is_word(at[1]) && (unsigned char)at[1] < 0x80);
    default: return false;
    }
}

/* Bytes of a line's first characters that would be a heading, a quotation, a rule or a list's mark, but the last. */
static size_t mark_at_start(const char *text)
{
    size_t digits = strspn(text, "0123456789");
    if (digits > 0)
        return (text[digits] == '.' || text[digits] == ')') &&
                       (!text[digits + 1] || strchr(blanks, text[digits + 1]))
                   ? digits
                   : SIZE_MAX;
    return strchr("#>+-=", text[0]) ? 0 : SIZE_MAX;
}

/* --- Writing ----------------------------------------------------------------------------------- */

/* One character that may be seen, or the whole of one that may not; its bytes. */
static size_t put_visible(struct report_out *out, const char *at)
{
    size_t bytes = (unsigned char)*at == 0xc2 && at[1] ? 2 : 1;
    out_visible(out, at, bytes);
    return bytes;
}

/* "`code`" as it is, but for what would end a cell; bytes written, 0 where the backtick has no mate. */
static size_t put_code(struct report_out *out, const char *at, enum markdown_place place)
{
    size_t inner = strcspn(at + 1, "`\n\r");
    if (inner == 0 || at[inner + 1] != '`')
        return 0;
    for (size_t k = 0; k < inner + 2;) {
        if (at[k] == '|' && place == MARKDOWN_CELL)
            out_char(out, '\\');
        k += put_visible(out, at + k);
    }
    return inner + 2;
}

void markdown_text(struct report_out *out, const char *text, enum markdown_place place)
{
    text += strspn(text, blanks);
    size_t mark = place == MARKDOWN_START && *text ? mark_at_start(text) : SIZE_MAX;
    for (const char *at = text; *at;) {
        size_t gap = strspn(at, blanks);
        size_t code = *at == '`' ? put_code(out, at, place) : 0;
        if (gap > 0 && at[gap])
            out_char(out, ' ');
        at += gap + code;
        if (gap + code > 0)
            continue;
        if ((size_t)(at - text) == mark || is_special(text, at))
            out_char(out, '\\');
        at += put_visible(out, at);
    }
}
