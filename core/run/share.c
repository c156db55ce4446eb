/* Shared memory of a plugin's workers: see share.h. */
#include "run/share.h"

#include <string.h>
#include <sys/mman.h>

enum { PAGE = 4096 };

/* --- The grid ---------------------------------------------------------------------------------- */

struct grid grid_of(uint64_t innovations)
{
    struct grid grid = {.innovations = innovations,
                        .cell = (innovations + GRID_CELLS - 1) / GRID_CELLS,
                        .batch = GRID_BATCH};
    if (grid.cell < GRID_CELL_MIN)
        grid.cell = GRID_CELL_MIN;
    grid.cells = (innovations + grid.cell - 1) / grid.cell;
    grid.batches_in_cell = (grid.cell + GRID_BATCH - 1) / GRID_BATCH;
    grid.batch = (grid.cell + grid.batches_in_cell - 1) / grid.batches_in_cell;
    return grid;
}

struct grid grid_cut(uint64_t innovations, const struct grid_cut *cut)
{
    struct grid grid = grid_of(innovations);
    uint64_t largest = grid.cell;
    grid.batch = cut->batch ? cut->batch : cut->ends ? GRID_BATCH : grid.batch;
    if (cut->ends) {
        grid.ends = cut->ends;
        grid.cells = cut->cells;
        largest = 1;
        for (uint64_t cell = 0, first, end; cell < cut->cells; cell++) {
            grid_cell(&grid, cell, &first, &end);
            largest = end - first > largest ? end - first : largest;
        }
    }
    grid.batches_in_cell = (largest + grid.batch - 1) / grid.batch;
    return grid;
}

void grid_cell(const struct grid *grid, uint64_t cell, uint64_t *first, uint64_t *end)
{
    *first = grid->ends ? (cell ? grid->ends[cell - 1] : 0) : cell * grid->cell;
    *end = grid->ends ? grid->ends[cell] : *first + grid->cell;
    if (*end > grid->innovations)
        *end = grid->innovations;
}

void grid_batch(const struct grid *grid, uint64_t cell, uint64_t k, uint64_t *first,
                uint64_t *count)
{
    uint64_t end;
    grid_cell(grid, cell, first, &end);
    *first += k * grid->batch;
    *count = *first >= end ? 0 : end - *first < grid->batch ? end - *first : grid->batch;
}

/* --- Layout ------------------------------------------------------------------------------------ */

/* Called twice: without a map it adds the sizes up, with one it hands out addresses. */
struct layout {
    char *map;
    size_t used;
};

static size_t whole_pages(size_t bytes)
{
    return (bytes + PAGE - 1) / PAGE * PAGE;
}

static void *section(struct layout *layout, size_t bytes)
{
    size_t pages = whole_pages(bytes);
    char *start = layout->map ? layout->map + layout->used + PAGE : NULL;
    if (start && pages && mprotect(start, pages, PROT_READ | PROT_WRITE) != 0)
        start = NULL;
    layout->used += PAGE + pages;
    return start;
}

static void lay_outs(struct share *share, struct layout *layout)
{
    for (size_t w = 0; w < share->of->plugin->n_writes; w++) {
        const struct uptake_write *write = &share->of->plugin->writes[w];
        struct share_out *out = &share->outs[w];
        out->bytes = write->type == UPTAKE_NUMBER ? sizeof(double) : sizeof(int32_t);
        if (write->type != UPTAKE_TEXT)
            out->values = section(layout, out->rows * out->bytes);
        if (write->flags & UPTAKE_BOUNDS) {
            out->low = section(layout, out->rows * sizeof(double));
            out->high = section(layout, out->rows * sizeof(double));
        }
    }
}

/* A cell's own pages, so that one state cannot run over into the next. */
static void lay_cells(struct share *share, struct layout *layout)
{
    bool whole = true;
    for (uint64_t cell = 0; share->state_bytes && cell < share->grid.cells; cell++) {
        char *start = section(layout, share->state_bytes);
        whole &= start != NULL;
        if (cell == 0)
            share->cells = start;
    }
    if (!whole)
        share->cells = NULL;
}

char *share_cell(const struct share *share, uint64_t cell)
{
    size_t pages = whole_pages(share->state_bytes);
    return share->state_bytes ? share->cells + cell * (pages + PAGE) + pages - share->state_bytes
                              : NULL;
}

int share_seal_state(const struct share *share)
{
    return share->state_bytes ? mprotect(share->cells, whole_pages(share->state_bytes), PROT_READ)
                              : 0;
}

static uint64_t units(const struct share *share)
{
    return share->grid.cells * share->grid.batches_in_cell;
}

bool share_is_staged(const struct share *share, size_t write)
{
    const struct uptake_write *of = &share->of->plugin->writes[write];
    return of->flags & UPTAKE_OPTIONAL && of->type != UPTAKE_TEXT &&
           share->outs[write].table == 0 && !share->watch;
}

uint8_t *share_touched(const struct share *share, size_t write, uint64_t unit)
{
    return share->touched + write * units(share) + unit;
}

void share_touch_all(const struct share *share, size_t write)
{
    memset(share_touched(share, write, 0), 1, units(share));
}

void share_clear_rows(const struct share_out *out, uint32_t type, uint64_t from, uint64_t to)
{
    double number = uptake_missing_number(UPTAKE_LEFT_OUT);
    for (uint64_t r = from; r < to && out->values; r++) {
        if (type == UPTAKE_NUMBER)
            ((double *)(void *)out->values)[r] = number;
        else
            ((int32_t *)(void *)out->values)[r] = -UPTAKE_LEFT_OUT;
    }
    for (uint64_t r = from; r < to && out->low; r++)
        out->low[r] = out->high[r] = number;
}

static void lay_all(struct share *share, struct layout *layout)
{
    share->controls = section(layout, (size_t)share->slots * PAGE);
    share->states = section(layout, share->grid.innovations);
    share->touched = section(layout, share->of->plugin->n_writes * units(share));
    lay_outs(share, layout);
    lay_cells(share, layout);
    for (unsigned slot = 0; slot < share->slots; slot++)
        share->logs[slot] = section(layout, share->log_room);
    layout->used += PAGE;
}

static bool laid_whole(const struct share *share)
{
    bool whole =
        share->controls && share->states && share->touched && (!share->state_bytes || share->cells);
    for (size_t w = 0; w < share->of->plugin->n_writes; w++) {
        const struct uptake_write *write = &share->of->plugin->writes[w];
        whole &= write->type == UPTAKE_TEXT || share->outs[w].values;
        whole &= !(write->flags & UPTAKE_BOUNDS) || (share->outs[w].low && share->outs[w].high);
    }
    for (unsigned slot = 0; slot < share->slots; slot++)
        whole &= share->logs[slot] != NULL;
    return whole;
}

/* The table whose rows a write's rows are. */
static uint32_t entity_table(const struct share *share, const struct uptake_write *write)
{
    if (*write->entity == 0)
        return 0;
    return strcmp(write->entity, "/") == 0 ? MODEL_NO_TABLE
                                           : model_table_find(share->model, write->entity);
}

static uint64_t entity_rows(const struct share *share, uint32_t table)
{
    return table == MODEL_NO_TABLE ? 1 : share->model->tables[table].rows;
}

/* Room for every finding, reason and text that may be given; what is never written costs nothing. */
static uint64_t log_bytes(const struct share *share)
{
    const uint64_t record = 320, notes = UPTAKE_NOTES_MAX + 1;
    uint64_t rows = 0;
    for (size_t w = 0; w < share->of->plugin->n_writes; w++)
        if (share->of->plugin->writes[w].type == UPTAKE_TEXT)
            rows += share->outs[w].rows;
    uint64_t bytes = (share->grid.innovations * notes + rows + 4096) * record;
    const uint64_t most = (uint64_t)1 << 29;
    return bytes > most - PAGE ? most - PAGE : bytes;
}

int share_open(struct share *share, size_t state_bytes, unsigned slots, struct arena *arena,
               struct uptake_error *error)
{
    const struct plugin *plugin = share->of->plugin;
    share->slots = slots;
    share->state_bytes = (state_bytes + 63) / 64 * 64;
    share->outs = arena_array(arena, plugin->n_writes, sizeof *share->outs);
    if (!share->outs)
        return error_memory(error);
    for (size_t w = 0; w < plugin->n_writes; w++) {
        share->outs[w].table = entity_table(share, &plugin->writes[w]);
        share->outs[w].rows = entity_rows(share, share->outs[w].table);
    }
    share->log_room = log_bytes(share);
    struct layout sizes = {NULL, 0};
    lay_all(share, &sizes);
    void *map =
        mmap(NULL, sizes.used, PROT_NONE, MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (map == MAP_FAILED)
        return error_memory(error);
    share->map = map;
    share->map_bytes = sizes.used;
    struct layout layout = {map, 0};
    lay_all(share, &layout);
    /* No worker inherits it but those of its own plugin: see child_fork. */
    if (!laid_whole(share) || madvise(map, share->map_bytes, MADV_DONTFORK) != 0)
        return error_memory(error);
    return 0;
}

void share_close(struct share *share)
{
    if (share->map)
        munmap(share->map, share->map_bytes);
    share->map = NULL;
}
