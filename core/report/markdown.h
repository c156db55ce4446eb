/*
 * Markdown (CommonMark, with the pipe tables of GitHub's): text made safe, and blocks parted from each other.
 * Used by prose.c and sheet.c alone; sections are written with their primitives.
 */
#ifndef UPTAKE_REPORT_MARKDOWN_H
#define UPTAKE_REPORT_MARKDOWN_H

#include "report/out.h"

enum markdown_block { MARKDOWN_NOTHING, MARKDOWN_PARAGRAPH, MARKDOWN_ITEM };

/* Starts a block: an empty line before it, but for an item that follows an item. */
void markdown_begin(struct report_out *out, enum markdown_block block);

/*
 * A text on one line, so that it reads as it stands: what would be emphasis, a link or HTML is escaped; code between
 * backticks stays code. At the start of a line so is what would make a list or a heading; in a cell what would
 * end it.
 */
enum markdown_place { MARKDOWN_INLINE, MARKDOWN_START, MARKDOWN_CELL };
void markdown_text(struct report_out *out, const char *text, enum markdown_place place);

#endif
