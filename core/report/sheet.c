/* A table of texts: see sheet.h. */
#include "report/sheet.h"

#include <string.h>

#include "base/text.h"
#include "report/markdown.h"
#include "report/prose.h"

static size_t wide(const char *text)
{
    return text_width(text, strlen(text));
}

static size_t larger(size_t a, size_t b)
{
    return a > b ? a : b;
}

size_t sheet_width(const struct sheet *sheet, size_t column)
{
    size_t width = larger(wide(sheet->columns[column].above), wide(sheet->columns[column].heading));
    for (size_t row = 0; row < sheet->n_rows; row++)
        width = larger(width, wide(sheet->cells[row * sheet->n_columns + column]));
    return width;
}

size_t sheet_total(const struct sheet *sheet, size_t gap)
{
    size_t total = sheet->indent;
    for (size_t column = 0; column < sheet->n_columns; column++)
        total += (column > 0 ? gap : 0) + sheet_width(sheet, column);
    return total;
}

/* One printed block: the key columns and columns from..end - 1. Blanks wait until something follows them. */
struct block {
    const struct sheet *sheet;
    size_t from, end;
    size_t gap; /* between columns: 2; 1 where that saves a second block */
    size_t blanks;
};

/* A cell too wide for a line is cut. */
static void put_cell(struct report_out *out, const struct report_style *style, struct block *block,
                     size_t column, const char *text, bool strong)
{
    bool right = block->sheet->columns[column].right;
    size_t width = sheet_width(block->sheet, column);
    size_t bytes = text_fit(text, strlen(text), larger(style->width, 8));
    size_t used = text_width(text, bytes);
    size_t pad = width > used ? width - used : 0;
    block->blanks += right ? pad : 0;
    if (bytes > 0) {
        out_spaces(out, block->blanks);
        block->blanks = 0;
        prose_tone(out, style, strong ? TONE_STRONG : TONE_PLAIN);
        out_visible(out, text, bytes);
        prose_tone(out, style, TONE_PLAIN);
    }
    block->blanks += block->gap + (right ? 0 : pad);
}

/* The first column, and those after it that are keys, but for at least one that is none. */
static size_t count_keys(const struct sheet *sheet)
{
    size_t keys = 1;
    while (keys + 1 < sheet->n_columns && sheet->columns[keys].key)
        keys++;
    return keys;
}

static const char *above_of(const struct sheet *sheet, size_t column)
{
    return sheet->columns[column].above;
}

static const char *heading_of(const struct sheet *sheet, size_t column)
{
    return sheet->columns[column].heading;
}

static void put_heading(struct report_out *out, const struct report_style *style,
                        struct block *block,
                        const char *(*text_of)(const struct sheet *sheet, size_t column))
{
    block->blanks = block->sheet->indent;
    for (size_t c = 0; c < count_keys(block->sheet); c++)
        put_cell(out, style, block, c, text_of(block->sheet, c), true);
    for (size_t c = block->from; c < block->end; c++)
        put_cell(out, style, block, c, text_of(block->sheet, c), true);
    out_char(out, '\n');
}

static void put_row(struct report_out *out, const struct report_style *style, struct block *block,
                    size_t row)
{
    const struct sheet *sheet = block->sheet;
    const char *const *cells = sheet->cells + row * sheet->n_columns;
    block->blanks = sheet->indent;
    for (size_t c = 0; c < count_keys(sheet); c++)
        put_cell(out, style, block, c, cells[c], sheet->columns[c].strong);
    for (size_t c = block->from; c < block->end; c++)
        put_cell(out, style, block, c, cells[c], sheet->columns[c].strong);
    out_char(out, '\n');
}

/* At least one column, and as many as there is room for. */
static size_t block_end(const struct report_style *style, const struct sheet *sheet, size_t from,
                        size_t gap)
{
    size_t used = sheet->indent + sheet_width(sheet, 0);
    size_t end = from;
    for (size_t c = 1; c < count_keys(sheet); c++)
        used += gap + sheet_width(sheet, c);
    while (end < sheet->n_columns) {
        used += gap + sheet_width(sheet, end);
        if (used > style->width && end > from)
            break;
        end++;
    }
    return end;
}

static bool has_above(const struct sheet *sheet)
{
    for (size_t c = 0; c < sheet->n_columns; c++)
        if (sheet->columns[c].above[0])
            return true;
    return false;
}

/* --- Markdown ---------------------------------------------------------------------------------- */

/* A pipe table has one line of headings: what stands above one goes before it. */
static void put_headings(struct report_out *out, const struct sheet *sheet)
{
    for (size_t c = 0; c < sheet->n_columns; c++) {
        const struct sheet_column *column = &sheet->columns[c];
        out_text(out, c == 0 ? "| " : " | ");
        markdown_text(out, column->above, MARKDOWN_CELL);
        out_text(out, column->above[0] && column->heading[0] ? " " : "");
        markdown_text(out, column->heading, MARKDOWN_CELL);
    }
    out_text(out, " |\n");
    for (size_t c = 0; c < sheet->n_columns; c++)
        out_text(out, sheet->columns[c].right ? "|---:" : "|---");
    out_text(out, "|\n");
}

static void put_markdown(struct report_out *out, const struct sheet *sheet)
{
    markdown_begin(out, MARKDOWN_PARAGRAPH);
    put_headings(out, sheet);
    for (size_t row = 0; row < sheet->n_rows; row++) {
        for (size_t c = 0; c < sheet->n_columns; c++) {
            const char *cell = sheet->cells[row * sheet->n_columns + c];
            const char *strong = sheet->columns[c].strong && cell[0] ? "**" : "";
            out_text(out, c == 0 ? "| " : " | ");
            out_text(out, strong);
            markdown_text(out, cell, MARKDOWN_CELL);
            out_text(out, strong);
        }
        out_text(out, " |\n");
    }
}

void sheet_print(struct report_out *out, const struct report_style *style,
                 const struct sheet *sheet)
{
    size_t keys = count_keys(sheet), from = sheet->n_columns > 1 ? keys : 1;
    if (style->markdown) {
        put_markdown(out, sheet);
        return;
    }
    size_t gap =
        sheet_total(sheet, 2) > style->width && sheet_total(sheet, 1) <= style->width ? 1 : 2;
    do {
        struct block block = {sheet, from, block_end(style, sheet, from, gap), gap, 0};
        if (from > keys)
            out_char(out, '\n');
        if (has_above(sheet))
            put_heading(out, style, &block, above_of);
        put_heading(out, style, &block, heading_of);
        for (size_t row = 0; row < sheet->n_rows; row++)
            put_row(out, style, &block, row);
        from = block.end;
    } while (from < sheet->n_columns);
}
