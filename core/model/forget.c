/*
 * Giving back: once the plugins are through, most columns are of no further use, and a large model's memory is better
 * spent on what was found.
 */
#include <stdint.h>
#include <sys/mman.h>

#include "model/model.h"

enum { PAGE = 4096, WORTH_IT = 16 * PAGE };

/* The whole pages of a stretch; what shares its first and last page stays. */
static void give_back(const void *start, size_t bytes)
{
    uintptr_t from = ((uintptr_t)start + PAGE - 1) / PAGE * PAGE;
    uintptr_t to = ((uintptr_t)start + bytes) / PAGE * PAGE;
    if (bytes >= WORTH_IT && to > from)
        madvise((void *)from, to - from, MADV_DONTNEED); /* a wish: nothing depends on it */
}

void model_forget(struct model *model, uint32_t table, uint32_t column)
{
    struct model_table *of = &model->tables[table];
    struct model_column *columns = (struct model_column *)(uintptr_t)of->columns;
    struct model_column *forgotten = &columns[column];
    if (!forgotten->values || forgotten->values == of->because || forgotten->values == model->ids ||
        forgotten->values == model->names || forgotten->values == model->rule_ids)
        return;
    give_back(forgotten->values, of->rows * model_stored_bytes(forgotten->type));
    give_back(forgotten->doubts, forgotten->n_doubts * sizeof *forgotten->doubts);
    forgotten->values = NULL;
    forgotten->doubts = NULL;
    forgotten->n_doubts = 0;
}
