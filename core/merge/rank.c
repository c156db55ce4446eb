/* Ranks: see rank.h; the sort beneath them is in sort.c. */
#include "merge/rank.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "merge/sort.h"

#define HUGE_PAGE ((size_t)2 << 20)

void rank_free(void *pointer)
{
    void *memory;
    memcpy(&memory, pointer, sizeof memory);
    free(memory);
}

/* Large scratch asks for huge pages: touching it for the first time costs as much as sorting it otherwise. */
static void *alloc_large(size_t bytes)
{
    void *memory;
    if (posix_memalign(&memory, HUGE_PAGE, bytes) != 0)
        return NULL;
    madvise(memory, bytes, MADV_HUGEPAGE); /* a wish: it may be refused */
    return memory;
}

void *rank_alloc(size_t count, size_t size, struct uptake_error *error)
{
    size_t bytes;
    void *memory = __builtin_mul_overflow(count, size, &bytes) ? NULL
                   : bytes >= 2 * HUGE_PAGE                    ? alloc_large(bytes)
                                                               : malloc(bytes ? bytes : 1);
    if (!memory)
        error_memory(error);
    return memory;
}

double rank_quantise(double x, double eps)
{
    if (eps > 0) {
        double steps = x / eps;
        if (isfinite(steps))
            x = round(steps) * eps;
    }
    return x + 0.0;
}

/* --- Ranks ------------------------------------------------------------------------------------ */

/* Rows with a value, best first, and the keys they were sorted by. */
struct sorted {
    double *key;
    uint32_t *order;
    uint32_t *top;
    size_t n;
};

static void sorted_finish(struct sorted *sorted)
{
    free(sorted->key);
    free(sorted->order);
    free(sorted->top);
}

static struct sort_by key_of(const struct sorted *sorted)
{
    return (struct sort_by){sorted->key, 1, 0};
}

/* The run of equal keys that begins at `first`: its end. */
static size_t run_end(const struct sorted *sorted, size_t first)
{
    struct sort_by by = key_of(sorted);
    return sort_end(&by, sorted->order, sorted->top, first, sorted->n);
}

static int sorted_build(struct sorted *sorted, const double *value, size_t n, int better,
                        double eps, struct uptake_error *error)
{
    if (n > UINT32_MAX)
        return error_add(error, EXIT_INPUT, "%zu rows are more than can be ranked (%u)", n,
                         UINT32_MAX);
    sorted->key = rank_alloc(n, sizeof *sorted->key, error);
    sorted->order = sorted->key ? rank_alloc(n, sizeof *sorted->order, error) : NULL;
    sorted->top = sorted->order ? rank_alloc(n, sizeof *sorted->top, error) : NULL;
    if (!sorted->top)
        return -1;
    for (size_t i = 0; i < n; i++) {
        double key = rank_quantise(better > 0 ? -value[i] : value[i], eps);
        sorted->key[i] = key;
        if (!isnan(key))
            sorted->order[sorted->n++] = (uint32_t)i;
    }
    struct sort_by by = key_of(sorted);
    return sort_rows(&by, sorted->order, sorted->n, &(struct sort_room){.top = sorted->top}, error);
}

int rank_competition(const double *value, size_t n, int better, double eps, uint32_t *rank,
                     struct uptake_error *error)
{
    __attribute__((cleanup(sorted_finish))) struct sorted sorted = {0};
    if (sorted_build(&sorted, value, n, better, eps, error))
        return -1;
    for (size_t i = 0; i < n; i++)
        rank[i] = 0;
    for (size_t first = 0, end; first < sorted.n; first = end) {
        end = run_end(&sorted, first);
        for (size_t at = first; at < end; at++)
            rank[sorted.order[at]] = (uint32_t)first + 1;
    }
    return 0;
}

int rank_mid(const double *value, size_t n, int better, double eps, double *rank,
             struct uptake_error *error)
{
    __attribute__((cleanup(sorted_finish))) struct sorted sorted = {0};
    if (sorted_build(&sorted, value, n, better, eps, error))
        return -1;
    for (size_t i = 0; i < n; i++)
        rank[i] = (double)NAN;
    for (size_t first = 0, end; first < sorted.n; first = end) {
        end = run_end(&sorted, first);
        for (size_t at = first; at < end; at++)
            rank[sorted.order[at]] = ((double)first + 1.0 + (double)end) / 2;
    }
    return 0;
}
