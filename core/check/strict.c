/* Strict views: see strict.h. */
#include "check/strict.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "run/caller.h"

static const size_t page = 4096;

enum { REGIONS = 4096, CANARY = 0xa5, STACK_BYTES = 1 << 16 };

/* A copy of one slice: an unreadable page, the pages, an unreadable page. */
struct region {
    char *map;
    size_t pages; /* bytes between the unreadable ones */
    char *data;
    size_t bytes;
    bool output;
    void *home; /* of an output: where it belongs */
    const char *name;
    const char *part;
};

struct strict {
    struct strict_report *report;
    bool at_start;
    struct region regions[REGIONS];
    size_t n_regions; /* ever used */
    size_t used;      /* in this call */
    const char *phase;
    struct sigaction before[2];
    stack_t stack_before;
    char *stack;
};

static struct strict *active;

/* --- Faults ------------------------------------------------------------------------------------ */

static const char *where_in(const struct region *region, const char *address)
{
    return address < region->data                    ? "before its first row"
           : address >= region->data + region->bytes ? "behind its last row"
                                                     : "";
}

static void describe(const struct region *region, const char *address)
{
    struct strict_report *report = active->report;
    const char *where = where_in(region, address);
    if (!region->output && !*where) {
        snprintf(report->text, sizeof report->text, "%s wrote to what it may only read: %s (%s)",
                 active->phase, region->name, region->part);
        atomic_store(&report->fault, FAULT_INPUT);
        return;
    }
    snprintf(report->text, sizeof report->text, "%s touched %s (%s) %s, of the rows it was given",
             active->phase, region->name, region->part, where);
    atomic_store(&report->fault, region->output ? FAULT_WRITE : FAULT_READ);
}

static void on_fault(int number, siginfo_t *info, void *context)
{
    const char *address = info->si_addr;
    (void)context;
    if (active) {
        for (size_t k = 0; k < active->n_regions; k++) {
            const struct region *region = &active->regions[k];
            if (address >= region->map && address < region->map + region->pages + 2 * page &&
                atomic_load(&active->report->fault) == FAULT_NONE)
                describe(region, address);
        }
        if (atomic_load(&active->report->fault) == FAULT_NONE) {
            snprintf(active->report->text, sizeof active->report->text, "%s ended with SIG%s",
                     active->phase, sigabbrev_np(number));
            atomic_store(&active->report->fault, FAULT_ELSEWHERE);
        }
    }
    _exit(1);
}

/* --- Slices ------------------------------------------------------------------------------------ */

static int region_grow(struct region *region, size_t bytes)
{
    size_t pages = (bytes + page - 1) / page * page;
    if (region->map && pages <= region->pages)
        return mprotect(region->map + page, region->pages, PROT_READ | PROT_WRITE);
    if (region->map)
        munmap(region->map, region->pages + 2 * page);
    pages = pages ? pages : page;
    char *map = mmap(NULL, pages + 2 * page, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    region->map = map == MAP_FAILED ? NULL : map;
    region->pages = pages;
    return region->map ? mprotect(map + page, pages, PROT_READ | PROT_WRITE) : -1;
}

/* Moves rows [first, first + rows) of an array that is addressed by absolute row. NULL stays NULL. */
static void *move(struct strict *strict, const void *array, uint64_t first, uint64_t rows,
                  size_t width, bool output, const char *name, const char *part)
{
    if (!array || strict->used == REGIONS)
        return (void *)(uintptr_t)array;
    struct region *region = &strict->regions[strict->used++];
    strict->n_regions = strict->used > strict->n_regions ? strict->used : strict->n_regions;
    const char *home = (const char *)((uintptr_t)array + first * width);
    region->bytes = rows * width;
    region->output = output;
    region->home = (void *)(uintptr_t)home;
    region->name = name;
    region->part = part;
    if (region_grow(region, region->bytes) != 0) {
        snprintf(strict->report->text, sizeof strict->report->text, "out of memory");
        atomic_store(&strict->report->fault, FAULT_ELSEWHERE);
        _exit(1);
    }
    memset(region->map + page, CANARY, region->pages);
    region->data = region->map + page + (strict->at_start ? 0 : region->pages - region->bytes);
    if (region->bytes)
        memcpy(region->data, home, region->bytes);
    if (!output || !region->bytes) /* of no rows, none may be touched */
        mprotect(region->map + page, region->pages, region->bytes ? PROT_READ : PROT_NONE);
    return (void *)((uintptr_t)region->data - (uintptr_t)(first * width));
}

/* --- Inputs ------------------------------------------------------------------------------------ */

static size_t width_of(uint32_t type)
{
    return type == UPTAKE_FLAG || type == UPTAKE_LIST || type == UPTAKE_VERDICT ? 1
           : type == UPTAKE_CHOICE || type == UPTAKE_TEXT                       ? 4
                                                                                : 8;
}

/* Parent rows of a list, whose offsets the plugin sees. */
static void parents_of(const struct caller *caller, const struct model_table *table,
                       uint64_t *first, uint64_t *count)
{
    uint64_t to = caller->call.count;
    *first = 0;
    if (table->parent != 0)
        caller_rows(caller, table->parent, first, &to);
    *count = to - *first;
}

static void move_read(struct strict *strict, struct caller *caller, size_t index)
{
    const struct share *share = caller->share;
    const struct plan_read *read = &share->of->reads[index];
    const char *name = share->of->plugin->reads[index].path;
    struct uptake_column *view = &caller->columns[index];
    if (read->provider != SIZE_MAX)
        return;
    const struct model_request *request = &share->plan->requests[read->request];
    const struct model_table *table = &share->model->tables[request->table];
    uint64_t first = 0, to = caller->call.count, parent = 0, parents = 0;
    if (request->table != 0)
        caller_rows(caller, request->table, &first, &to);
    uint64_t rows = to - first;
    if (table->offsets) {
        parents_of(caller, table, &parent, &parents);
        view->offsets = move(strict, view->offsets, parent, parents + 1, 8, false, name, "offsets");
    }
    if (request->column == UINT32_MAX) {
        view->values = move(strict, view->values, parent, parents, 1, false, name, "values");
        return;
    }
    bool same_low = view->low == view->values, same_high = view->high == view->values;
    view->values =
        move(strict, view->values, first, rows, width_of(view->type), false, name, "values");
    view->low =
        same_low ? view->values : move(strict, view->low, first, rows, 8, false, name, "low");
    view->high =
        same_high ? view->values : move(strict, view->high, first, rows, 8, false, name, "high");
    view->kinds = move(strict, view->kinds, first, rows, 1, false, name, "kinds");
    view->pair_rows = move(strict, view->pair_rows, first, rows, 8, false, name, "rules");
    view->pair_fields = move(strict, view->pair_fields, first, rows, 4, false, name, "fields");
}

/* --- Outputs ----------------------------------------------------------------------------------- */

static void move_out(struct strict *strict, struct caller *caller, size_t index)
{
    const struct uptake_write *write = &caller->share->of->plugin->writes[index];
    const struct share_out *out = &caller->share->outs[index];
    struct uptake_out *view = &caller->outs[index];
    uint64_t first = 0, to = out->rows;
    if (out->table == 0)
        to = caller->call.count;
    else if (out->table != MODEL_NO_TABLE)
        caller_rows(caller, out->table, &first, &to);
    view->values =
        move(strict, view->values, first, to - first, out->bytes, true, write->name, "values");
    view->low = move(strict, view->low, first, to - first, 8, true, write->name, "low");
    view->high = move(strict, view->high, first, to - first, 8, true, write->name, "high");
}

static bool untouched(const char *from, const char *to)
{
    while (from < to && (unsigned char)*from == CANARY)
        from++;
    return from == to;
}

static void move_back(struct strict *strict)
{
    for (size_t k = 0; k < strict->used; k++) {
        struct region *region = &strict->regions[k];
        if (!region->output || !region->bytes)
            continue;
        const char *from = region->map + page, *to = from + region->pages;
        if (!untouched(from, region->data) || !untouched(region->data + region->bytes, to)) {
            describe(region, untouched(from, region->data) ? to : from);
            _exit(1);
        }
        memcpy(region->home, region->data, region->bytes);
    }
}

/* --- Around a call ----------------------------------------------------------------------------- */

static void before(void *data, struct caller *caller, enum phase phase)
{
    static const char *const phases[] = {"update", "finish", "process"};
    struct strict *strict = data;
    const struct plugin *plugin = caller->share->of->plugin;
    strict->used = 0;
    strict->phase = phases[phase];
    for (size_t k = 0; k < plugin->n_reads; k++)
        move_read(strict, caller, k);
    for (size_t k = 0; k < plugin->n_writes; k++)
        move_out(strict, caller, k);
    caller->call.params = move(strict, caller->share->of->params, 0, 1, plugin->params_bytes, false,
                               "its parameters", "struct");
}

static void after(void *data, struct caller *caller, enum phase phase)
{
    struct strict *strict = data;
    (void)phase;
    move_back(strict);
    caller->call.params = caller->share->of->params;
}

struct watch strict_watch(struct strict *strict)
{
    return (struct watch){before, after, strict};
}

/* --- Opening and closing ----------------------------------------------------------------------- */

static const int signals[] = {SIGSEGV, SIGBUS};

struct strict *strict_open(struct strict_report *report, bool at_start)
{
    struct strict *strict = calloc(1, sizeof *strict);
    if (!strict)
        return NULL;
    strict->report = report;
    strict->at_start = at_start;
    strict->phase = "the plugin";
    strict->stack = malloc(STACK_BYTES);
    stack_t stack = {.ss_sp = strict->stack, .ss_size = STACK_BYTES};
    struct sigaction action = {.sa_sigaction = on_fault, .sa_flags = SA_SIGINFO | SA_ONSTACK};
    if (!strict->stack || sigaltstack(&stack, &strict->stack_before) != 0) {
        free(strict->stack);
        free(strict);
        return NULL;
    }
    active = strict;
    for (size_t k = 0; k < 2; k++)
        sigaction(signals[k], &action, &strict->before[k]);
    return strict;
}

void strict_close(struct strict *strict)
{
    if (!strict)
        return;
    for (size_t k = 0; k < 2; k++)
        sigaction(signals[k], &strict->before[k], NULL);
    sigaltstack(&strict->stack_before, NULL);
    active = NULL;
    for (size_t k = 0; k < strict->n_regions; k++)
        if (strict->regions[k].map)
            munmap(strict->regions[k].map, strict->regions[k].pages + 2 * page);
    free(strict->stack);
    free(strict);
}
