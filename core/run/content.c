/* A plugin's inputs as a hash: see content.h. What run/caller.c makes views of goes in, in the order of the reads. */
#include "run/content.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/date.h"

struct content {
    struct buffer bytes;
    bool failed;
};

static void put(struct content *content, const void *bytes, size_t count)
{
    content->failed |= count > 0 && buffer_append(&content->bytes, bytes, count) != 0;
}

static void put_count(struct content *content, uint64_t count)
{
    put(content, &count, sizeof count);
}

static void put_text(struct content *content, const char *text)
{
    put(content, text ? text : "", text ? strlen(text) + 1 : 1);
}

/* --- Columns ----------------------------------------------------------------------------------- */

static size_t value_bytes(uint32_t type)
{
    switch (type) {
    case UPTAKE_NUMBER:
    case UPTAKE_DATE:
    case UPTAKE_REF: return 8;
    case UPTAKE_CHOICE: return sizeof(int16_t);
    default: return 1;
    }
}

/* A text's id says nothing: another model counts its texts otherwise. */
static void put_texts(struct content *content, const struct model *model, const int32_t *ids,
                      uint64_t rows)
{
    for (uint64_t r = 0; r < rows; r++) {
        put(content, &(int8_t){(int8_t)(ids[r] < 0 ? ids[r] : 0)}, 1);
        put_text(content, model_text(model, ids[r]));
    }
}

static void put_column(struct content *content, const struct model *model,
                       const struct model_column *column, uint64_t rows)
{
    put_count(content, column->type);
    put_count(content, column->values != NULL);
    for (size_t k = 0; column->choices && column->choices[k]; k++)
        put_text(content, column->choices[k]);
    if (column->values && column->type == UPTAKE_TEXT)
        put_texts(content, model, column->values, rows);
    else if (column->values)
        put(content, column->values, rows * value_bytes(column->type));
    put_count(content, column->n_doubts);
    for (uint64_t k = 0; k < column->n_doubts; k++) {
        const struct model_doubt *doubt = &column->doubts[k];
        put_count(content, (uint64_t)doubt->row << 32 | doubt->kind);
        put(content, &doubt->low, sizeof doubt->low);
        put(content, &doubt->high, sizeof doubt->high);
    }
}

static void put_read(struct content *content, const struct plan *plan, const struct model *model,
                     const struct plan_read *read, uint32_t type)
{
    const struct model_request *request = &plan->requests[read->request];
    const struct model_table *table = &model->tables[request->table];
    put_count(content, table->rows);
    if (table->offsets)
        put(content, table->offsets, (table->parents + 1) * sizeof *table->offsets);
    if (request->column == UINT32_MAX) {
        if (table->why)
            put(content, table->why, table->parents);
        return;
    }
    put_column(content, model, &table->columns[request->column], table->rows);
    if (type == UPTAKE_VERDICT) {
        put_column(content, model, &table->columns[MODEL_PAIR_RULE], table->rows);
        put_column(content, model, &table->columns[MODEL_PAIR_FIELDS], table->rows);
    }
}

/* --- One plugin -------------------------------------------------------------------------------- */

static void put_parameters(struct content *content, const struct tree *with)
{
    char *text = NULL;
    size_t bytes = 0;
    FILE *out = with ? open_memstream(&text, &bytes) : NULL;
    if (out) {
        content->failed |= tree_write(with, out) != 0;
        content->failed |= fclose(out) != 0;
        put_text(content, text);
    } else {
        content->failed |= with != NULL;
    }
    free(text);
}

static int make_key(const struct plan *plan, size_t p, const struct model *model,
                    struct content_key *keys, struct uptake_error *error)
{
    const struct plan_plugin *of = &plan->plugins[p];
    const struct plugin *plugin = of->plugin;
    struct uptake_period as_of = plan->spec->as_of_given ? plan->spec->as_of : date_today();
    struct content content = {0};
    put_text(&content, plugin->bundle);
    put_text(&content, plugin->id);
    put_text(&content, plugin->version);
    put_count(&content, plugin->revision);
    put_parameters(&content, of->spec->with);
    put_count(&content, plan->spec->as_of_given);
    put(&content, &as_of, sizeof as_of);
    put_count(&content, model->innovations);
    for (size_t k = 0; k < plugin->n_reads; k++) {
        const struct plan_read *read = &of->reads[k];
        put_text(&content, plugin->reads[k].path);
        put_count(&content, read->provider == SIZE_MAX ? 0 : read->write + 1);
        if (read->provider == SIZE_MAX)
            put_read(&content, plan, model, read, plugin->reads[k].type);
        else
            put(&content, keys[read->provider].bytes, HASH_BYTES);
    }
    if (!content.failed)
        hash_bytes(content.bytes.data, content.bytes.bytes, keys[p].bytes);
    buffer_finish(&content.bytes);
    return content.failed ? error_memory(error) : 0;
}

int content_keys(const struct plan *plan, const struct model *model, struct content_key *keys,
                 struct uptake_error *error)
{
    size_t made = 0;
    for (unsigned wave = 0; made < plan->n_plugins; wave++)
        for (size_t p = 0; p < plan->n_plugins; p++)
            if (plan->plugins[p].wave == wave) {
                made++;
                if (make_key(plan, p, model, keys, error) != 0)
                    return -1;
            }
    return 0;
}
