/*
 * Columns that say nothing. An optional measure often has no value anywhere. Where no worker ever wrote one, all such
 * columns share the memory of the first. What was written and holds nothing but reasons, mostly the same as its
 * neighbours', is found at the end: of columns with equal bytes one stays; the others point to it, and their own
 * memory goes back.
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

/* --- Never written ----------------------------------------------------------------------------- */

static bool any_touched(const struct share *share, size_t w, uint64_t units)
{
    for (uint64_t unit = 0; unit < units; unit++)
        if (*share_touched(share, w, unit))
            return true;
    return false;
}

static void fill_untouched(const struct share *share, size_t w, uint64_t units)
{
    const struct grid *grid = &share->grid;
    for (uint64_t unit = 0; unit < units; unit++) {
        uint64_t first, count;
        grid_batch(grid, unit / grid->batches_in_cell, unit % grid->batches_in_cell, &first,
                   &count);
        if (!*share_touched(share, w, unit))
            share_clear_rows(&share->outs[w], share->of->plugin->writes[w].type, first,
                             first + count);
    }
}

/* The first such column's memory is the one that all have. */
static void share_blank(struct share_out *out, uint32_t type, char **blank)
{
    struct share_out values = {.rows = out->rows, .bytes = out->bytes, .values = out->values};
    if (!*blank) {
        share_clear_rows(&values, type, 0, out->rows);
        *blank = out->values;
    }
    out->values = *blank;
    if (out->low)
        out->low = out->high = (double *)(void *)*blank;
}

void collect_untouched(struct collecting *c)
{
    const struct share *share = &c->job->share;
    uint64_t units = share->grid.cells * share->grid.batches_in_cell;
    for (size_t w = 0; w < c->plugin->n_writes; w++) {
        uint32_t type = c->plugin->writes[w].type;
        if (!share_is_staged(share, w))
            continue;
        if (any_touched(share, w, units))
            fill_untouched(share, w, units);
        else
            share_blank(&share->outs[w], type,
                        type == UPTAKE_NUMBER ? &c->blank_numbers : &c->blank_codes);
    }
}

/* --- Written, and empty ------------------------------------------------------------------------ */

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
        if (kept->kinds[k].values == values)
            return values;
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
    uint64_t n = c->model->innovations;
    if (c->blank_numbers)
        stand_in(&kept, c->blank_numbers, n * sizeof(double));
    if (c->blank_codes)
        stand_in(&kept, c->blank_codes, n * sizeof(int32_t));
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
