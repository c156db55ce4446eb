/*
 * A run for people: what must be known before any number, a row per innovation, what stands in the way, what
 * could not be assessed, and how the orders were made. Parts stand before any single number.
 */
#include "report/table.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

const char *table_ids(const struct table *table, const uint64_t *innovations, size_t count,
                      uint64_t total)
{
    const char *ids = "";
    size_t shown = count < TABLE_IDS ? count : TABLE_IDS;
    for (size_t k = 0; k < shown; k++)
        ids = texts_make(table->texts, "%s%s%s", ids, k > 0 ? ", " : "",
                         view_id(table->result, innovations[k]));
    return total > shown ? texts_make(table->texts, "%s and %" PRIu64 " more", ids, total - shown)
                         : ids;
}

/* --- The order of the rows --------------------------------------------------------------------- */

static int compare_ids(const void *a, const void *b, void *model)
{
    const struct model *in = model;
    uint64_t x, y;
    memcpy(&x, a, sizeof x);
    memcpy(&y, b, sizeof y);
    return strcmp(model_text(in, in->ids[x]), model_text(in, in->ids[y]));
}

static const uint64_t *order_of(const struct result *result, struct texts *texts)
{
    struct model model = *result->model;
    if (result->n_merges > 0)
        return result->merges[0].order;
    uint64_t *order = texts_array(texts, model.innovations, sizeof *order);
    for (uint64_t i = 0; order && i < model.innovations; i++)
        order[i] = i;
    if (order)
        qsort_r(order, model.innovations, sizeof *order, compare_ids, &model);
    return order;
}

/* --- All of it --------------------------------------------------------------------------------- */

void table_foot(const struct table *table)
{
    const struct model *model = table->result->model;
    if (model->desk_rows == 0)
        return;
    prose_gap(table->out, table->style);
    prose_line(table->out, table->style, 0,
               model->desk_rows == model->basis_rows
                   ? "All of this rests on desk reading, not on a published rating."
                   : "Part of this rests on desk reading, not on a published rating.");
}

int report_table(const struct result *result, const struct report_style *style,
                 struct report_out *out, struct uptake_error *error)
{
    struct texts texts = {0};
    uint64_t n = result->model->innovations;
    struct table table = {.result = result, .style = style, .out = out, .texts = &texts};
    table.order = order_of(result, &texts);
    table.n_rows = n < TABLE_ROWS ? (size_t)n : TABLE_ROWS;
    if (!texts.failed) {
        table_head(&table);
        table_rows(&table);
        table_places(&table);
        table_checks(&table);
        table_findings(&table);
        table_rules(&table);
        table_gaps(&table);
        table_scenarios(&table);
        table_methods(&table);
        table_influence(&table);
        table_compare(&table);
        if (n <= TABLE_ROWS)
            table_sources(&table, style->markdown);
        table_foot(&table);
    }
    arena_finish(&texts.arena);
    return texts.failed ? error_memory(error) : 0;
}
