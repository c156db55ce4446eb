/*
 * Columns that say nothing. An optional measure often has no value anywhere, and its memory then holds nothing but
 * reasons, mostly the same as its neighbours'. Of such columns with equal bytes one stays; the others point to it, and
 * their own memory goes back.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "run/collect_internal.h"

enum { PAGE = 4096, KINDS = 8 };

/* What stays: a few kinds are enough, as all reasons of a plugin's columns tend to be alike. */
struct kept {
    struct {
        char *values;
        size_t bytes;
    } kinds[KINDS];
    size_t n;
};

static bool no_numbers(const double *values, uint64_t rows)
{
    uint64_t row = 0;
    while (row < rows && isnan(values[row]))
        row++;
    return row == rows;
}

static bool no_codes(const int32_t *codes, uint64_t rows)
{
    uint64_t row = 0;
    while (row < rows && uptake_why_code(codes[row]) != UPTAKE_PRESENT)
        row++;
    return row == rows;
}

/* The section begins at a page, and nothing else is in its last one. */
static char *stand_in(struct kept *kept, char *values, size_t bytes)
{
    for (size_t k = 0; k < kept->n; k++)
        if (kept->kinds[k].bytes == bytes && memcmp(kept->kinds[k].values, values, bytes) == 0) {
            /* A wish: without it the memory only stays taken. */
            madvise(values, (bytes + PAGE - 1) / PAGE * PAGE, MADV_REMOVE);
            return kept->kinds[k].values;
        }
    if (kept->n < KINDS) {
        kept->kinds[kept->n].values = values;
        kept->kinds[kept->n++].bytes = bytes;
    }
    return values;
}

static double *stand_in_numbers(struct kept *kept, double *values, uint64_t rows)
{
    if (!values || !no_numbers(values, rows))
        return values;
    return (double *)(void *)stand_in(kept, (char *)values, rows * sizeof *values);
}

/* Texts that no row has need no places. */
static void drop_texts(struct result_column *column)
{
    uint64_t row = 0;
    while (row < column->rows && column->texts[row] == UINT32_MAX)
        row++;
    if (row < column->rows)
        return;
    free(column->texts);
    column->texts = NULL;
}

void collect_empty(struct collecting *c)
{
    struct kept kept = {.n = 0};
    for (size_t w = 0; w < c->out->n_columns; w++) {
        struct result_column *column = &c->out->columns[w];
        struct share_out *out = &c->job->share.outs[w];
        if (column->texts)
            drop_texts(column);
        if (column->rows < PAGE)
            continue; /* not worth a look */
        column->values = stand_in_numbers(&kept, column->values, column->rows);
        column->low = stand_in_numbers(&kept, column->low, column->rows);
        column->high = stand_in_numbers(&kept, column->high, column->rows);
        if (column->codes && c->plugin->writes[w].type == UPTAKE_CHOICE &&
            no_codes(column->codes, column->rows))
            column->codes = (int32_t *)(void *)stand_in(&kept, (char *)column->codes,
                                                        column->rows * sizeof *column->codes);
        out->values = column->values ? (char *)column->values : (char *)column->codes;
        out->low = column->low;
        out->high = column->high;
    }
}
