/*
 * Where a batch's results go. Most are written where they stay, in the memory that is shared with the host. An optional
 * measure of innovations often has no value anywhere: it is written into a batch's worth of memory of the caller's own,
 * and its share is touched only where there is something (see struct share). That memory begins at a page, and ends
 * before an unreadable one.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "run/caller_internal.h"

enum { PAGE = 4096, PARTS = 3 };

#define STAGE_BYTES ((size_t)GRID_BATCH * sizeof(double))
_Static_assert(GRID_BATCH * sizeof(double) % PAGE == 0, "a stage is whole pages");

/* --- Staging ----------------------------------------------------------------------------------- */

static size_t parts_of(const struct share_out *out)
{
    return out->low ? PARTS : 1;
}

static size_t stages_bytes(const struct share *share)
{
    size_t parts = 0;
    for (size_t w = 0; w < share->of->plugin->n_writes; w++)
        parts += share_is_staged(share, w) ? parts_of(&share->outs[w]) : 0;
    return parts ? PAGE + parts * (STAGE_BYTES + PAGE) : 0;
}

/* One part's memory, behind an unreadable page; the next such page is the next part's, or the map's last. */
static char *take(char **at)
{
    char *start = *at + PAGE;
    *at = start + STAGE_BYTES;
    return mprotect(start, STAGE_BYTES, PROT_READ | PROT_WRITE) == 0 ? start : NULL;
}

int caller_stages_open(struct caller *caller)
{
    const struct share *share = caller->share;
    size_t n = share->of->plugin->n_writes;
    bool whole = true;
    caller->stages = arena_array(&caller->arena, n, sizeof *caller->stages);
    caller->stages_bytes = stages_bytes(share);
    if (!caller->stages || caller->stages_bytes == 0)
        return caller->stages ? 0 : -1;
    char *at = mmap(NULL, caller->stages_bytes, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (at == MAP_FAILED)
        return -1;
    caller->stages_map = at;
    for (size_t w = 0; w < n; w++) {
        struct share_out *stage = &caller->stages[w];
        if (!share_is_staged(share, w))
            continue;
        *stage = share->outs[w];
        whole &= (stage->values = take(&at)) != NULL;
        if (stage->low) {
            whole &= (stage->low = (double *)(void *)take(&at)) != NULL;
            whole &= (stage->high = (double *)(void *)take(&at)) != NULL;
        }
    }
    return whole ? 0 : -1;
}

void caller_stages_close(struct caller *caller)
{
    if (caller->stages_map)
        munmap(caller->stages_map, caller->stages_bytes);
    caller->stages_map = NULL;
}

void caller_unit(struct caller *caller, uint64_t unit, uint64_t first, uint64_t count)
{
    caller->unit = unit;
    caller->unit_first = first;
    caller->unit_count = count;
}

static bool is_blank(const struct share_out *out, uint32_t type, uint64_t count)
{
    const double number = uptake_missing_number(UPTAKE_LEFT_OUT);
    const int32_t code = -UPTAKE_LEFT_OUT;
    const bool is_number = type == UPTAKE_NUMBER;
    const char *parts[] = {out->values, (const char *)out->low, (const char *)out->high};
    for (size_t p = 0; p < parts_of(out); p++)
        for (uint64_t r = 0; r < count; r++)
            if (memcmp(parts[p] + r * out->bytes, is_number ? (const void *)&number : &code,
                       out->bytes) != 0)
                return false;
    return true;
}

/* The first value of a unit: its other rows, which may be done already, were left out. */
static void keep_stage(const struct caller *caller, size_t w)
{
    const struct share_out *from = &caller->stages[w], *to = &caller->share->outs[w];
    uint64_t first = caller->call.first, count = caller->call.count;
    uint32_t type = caller->share->of->plugin->writes[w].type;
    uint8_t *touched = share_touched(caller->share, w, caller->unit);
    if (!*touched && is_blank(from, type, count))
        return;
    if (!*touched)
        share_clear_rows(to, type, caller->unit_first, caller->unit_first + caller->unit_count);
    *touched = 1;
    memcpy(to->values + first * to->bytes, from->values, count * to->bytes);
    if (to->low) {
        memcpy(to->low + first, from->low, count * sizeof(double));
        memcpy(to->high + first, from->high, count * sizeof(double));
    }
}

void caller_keep(struct caller *caller)
{
    for (size_t w = 0; caller->stages_map && w < caller->share->of->plugin->n_writes; w++)
        if (caller->stages[w].values)
            keep_stage(caller, w);
}

/* --- Views ------------------------------------------------------------------------------------- */

static bool of_portfolio(const struct share *share, const struct share_out *out)
{
    return out->table == MODEL_NO_TABLE ||
           (out->table != 0 && share->model->tables[out->table].parent == MODEL_NO_TABLE);
}

void caller_view_out(struct caller *caller, size_t index, bool finish)
{
    const struct share_out *out = &caller->share->outs[index], *stage = &caller->stages[index];
    struct uptake_out *view = &caller->outs[index];
    *view = (struct uptake_out){.index = (uint32_t)index,
                                .type = caller->share->of->plugin->writes[index].type,
                                .rows = out->rows};
    if (of_portfolio(caller->share, out) != finish)
        return;
    uint64_t first = out->table == 0 && !stage->values ? caller->call.first : 0;
    if (stage->values)
        out = stage;
    view->values = out->values ? out->values + first * out->bytes : NULL;
    view->low = out->low ? out->low + first : NULL;
    view->high = out->high ? out->high + first : NULL;
}

void caller_clear(struct caller *caller)
{
    const struct share *share = caller->share;
    for (size_t w = 0; w < share->of->plugin->n_writes; w++) {
        const struct share_out *out = &share->outs[w], *stage = &caller->stages[w];
        uint64_t from = 0, to = out->rows;
        if (!caller->outs[w].values)
            continue;
        if (stage->values)
            to = caller->call.count;
        else if (!of_portfolio(share, out))
            caller_rows(caller, out->table, &from, &to);
        share_clear_rows(stage->values ? stage : out, share->of->plugin->writes[w].type, from, to);
    }
    if (caller->call.count)
        memset(share->states + caller->call.first, 0, caller->call.count);
}
