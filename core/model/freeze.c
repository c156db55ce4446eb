/*
 * Freezing: what the load grew becomes read-only. A large block stays where it is: moving it would take its room, and
 * the time to clear and fill it, once more. Small ones move together into one region.
 */
#include <string.h>
#include <sys/mman.h>

#include "model/load.h"

enum { ALIGN = 64, PAGE = 4096, LARGE_BLOCK = 16 * PAGE };

struct region {
    struct model *model;
    char *start;
    size_t bytes;
    size_t used;
};

static size_t padded(size_t bytes)
{
    return (bytes + ALIGN - 1) / ALIGN * ALIGN + ALIGN;
}

/* What a block takes of the region. */
static size_t block_bytes(const struct buffer *buffer)
{
    return buffer->bytes < LARGE_BLOCK ? padded(buffer->bytes) : 0;
}

static size_t table_bytes(const struct growing_table *table)
{
    size_t bytes =
        block_bytes(&table->offsets) + block_bytes(&table->why) + block_bytes(&table->basis);
    for (uint32_t c = 0; c < table->n_columns; c++) {
        bytes += block_bytes(&table->columns[c].values) + block_bytes(&table->columns[c].doubts);
        if (table->also)
            bytes += padded((table->rows + table->also->rows) * 8) +
                     padded(table->also->columns[c].doubts.bytes);
    }
    return bytes + (table->also ? padded(table->also->basis.bytes) : 0);
}

/* The most blocks that a table has. */
static size_t table_blocks(const struct growing_table *table)
{
    return 3 + 2 * (size_t)table->n_columns;
}

static int region_open(struct region *region, size_t bytes, struct model *model)
{
    bytes = (bytes + PAGE - 1) / PAGE * PAGE;
    char *data = mmap(NULL, bytes, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (data == MAP_FAILED)
        return -1;
    *region = (struct region){model, data, bytes, 0};
    model->blocks[model->n_blocks++] = (struct model_block){data, bytes};
    model->bytes += bytes;
    return 0;
}

static char *region_take(struct region *region, size_t bytes)
{
    char *start = region->start + region->used;
    region->used += padded(bytes);
    return start;
}

/* The model's from here on. */
static void *keep(struct model *model, struct buffer *buffer)
{
    void *start = buffer->data;
    model->blocks[model->n_blocks++] = (struct model_block){start, buffer->room};
    model->bytes += buffer->bytes;
    *buffer = (struct buffer){0};
    return start;
}

/* A buffer's bytes as the model has them; the buffer is empty then. NULL where it was never used. */
static void *move(struct region *region, struct buffer *buffer)
{
    if (!buffer->data)
        return NULL;
    if (buffer->bytes >= LARGE_BLOCK)
        return keep(region->model, buffer);
    char *start = region_take(region, buffer->bytes);
    memcpy(start, buffer->data, buffer->bytes);
    buffer_finish(buffer);
    return start;
}

/* The top level's evidence, and the innovations' behind it, as one column. */
static int join(struct growing_column *a, uint64_t rows_a, struct growing_column *b,
                uint64_t rows_b, size_t bytes)
{
    static const int64_t left_out = -UPTAKE_LEFT_OUT;
    double number = uptake_missing_number(UPTAKE_LEFT_OUT);
    struct uptake_period day = {UPTAKE_DAY_MISSING - UPTAKE_LEFT_OUT,
                                UPTAKE_DAY_MISSING - UPTAKE_LEFT_OUT};
    const void *none = a->type == UPTAKE_NUMBER ? (const void *)&number
                       : a->type == UPTAKE_DATE ? (const void *)&day
                                                : (const void *)&left_out;
    if (!a->filled && !b->filled)
        return 0;
    for (uint64_t r = a->filled ? rows_a : 0; r < rows_a; r++)
        if (buffer_append(&a->values, none, bytes) != 0)
            return -1;
    for (uint64_t r = 0; r < rows_b; r++)
        if (buffer_append(&a->values, b->filled ? b->values.data + r * bytes : none, bytes) != 0)
            return -1;
    for (size_t at = 0; at < b->doubts.bytes; at += sizeof(struct model_doubt)) {
        struct model_doubt doubt;
        memcpy(&doubt, b->doubts.data + at, sizeof doubt);
        doubt.row += (uint32_t)rows_a;
        if (buffer_append(&a->doubts, &doubt, sizeof doubt) != 0)
            return -1;
    }
    a->filled = true;
    return 0;
}

static int join_halves(struct growing_table *table)
{
    for (uint32_t c = 0; c < table->n_columns; c++)
        if (join(&table->columns[c], table->rows, &table->also->columns[c], table->also->rows,
                 model_stored_bytes(table->columns[c].type)) != 0)
            return -1;
    return table->also->basis.bytes
               ? buffer_append(&table->basis, table->also->basis.data, table->also->basis.bytes)
               : 0;
}

/* "needed", "commissioning.payback". prefix: of the mapping, with its point. NULL: not in this mapping, or no memory. */
static const char *name_in(struct arena *arena, const struct schema_map *map, const char *prefix,
                           const struct schema_field *field)
{
    for (uint32_t k = 0; k < map->n_fields; k++) {
        const struct schema_field *at = &map->fields[k];
        if (at == field)
            return arena_format(arena, "%s%s", prefix, field->key);
        bool nested = at->shape == SHAPE_MAP || at->shape == SHAPE_CUSTOM;
        const char *inner = nested ? arena_format(arena, "%s%s.", prefix, at->key) : NULL;
        const char *name = inner ? name_in(arena, at->map, inner, field) : NULL;
        if (name)
            return name;
    }
    return NULL;
}

static int freeze_column(struct loader *loader, struct region *region, struct growing_table *table,
                         uint32_t c, struct model_column *out)
{
    struct growing_column *column = &table->columns[c];
    const struct schema_field *field = table->list->by_slot[column->slot];
    out->type = column->type;
    out->name = name_in(loader->arena, &table->list->map, "", field);
    out->unit = field->row.unit;
    out->min = field->row.min;
    out->max = field->row.max;
    out->choices = field->row.choices;
    if (field->row.form == FORM_CONSTRUCT)
        out->choices = strcmp(field->key, "domain") == 0 ? construct_domains() : construct_names();
    out->n_doubts = column->doubts.bytes / sizeof(struct model_doubt);
    out->values = column->filled ? move(region, &column->values) : NULL;
    out->doubts = move(region, &column->doubts);
    return out->name ? 0 : -1;
}

/* Lists without any row in the whole model have the same offsets: those of one frozen before, or NULL. */
static const int64_t *same_empty(const struct loader *loader, const struct model_table *table)
{
    const struct model *model = loader->model;
    for (const struct model_table *at = model->tables; at < table; at++)
        if (at->offsets && at->rows == 0 && at->parents == table->parents)
            return at->offsets;
    return NULL;
}

static int freeze_table(struct loader *loader, struct region *region, struct growing_table *table,
                        struct model_table *out)
{
    out->path = table->path;
    out->list = table->list->path;
    out->parent = table->parent ? table->parent->visible : MODEL_NO_TABLE;
    out->parents = table->parent ? table->parent->rows : 0;
    out->rows = table->rows + (table->also ? table->also->rows : 0);
    out->n_columns = table->n_columns;
    struct model_column *columns = arena_array(loader->arena, table->n_columns, sizeof *columns);
    if (!columns || (table->also && join_halves(table) != 0))
        return -1;
    out->columns = columns;
    for (uint32_t c = 0; c < table->n_columns; c++) {
        if (freeze_column(loader, region, table, c, &columns[c]) != 0)
            return -1;
        if ((int)table->columns[c].slot == table->list->roles.because)
            out->because = columns[c].values;
    }
    out->offsets = table->parent && !table->rows ? same_empty(loader, out) : NULL;
    if (!out->offsets)
        out->offsets = move(region, &table->offsets);
    buffer_finish(&table->offsets);
    out->why = move(region, &table->why);
    if (table->list->roles.basis >= 0 || table->list->evidence) {
        out->basis = move(region, &table->basis);
        if (!out->basis)
            out->basis = (const uint8_t *)region->start;
    }
    return 0;
}

static uint32_t number_tables(struct schema *schema)
{
    uint32_t count = 0;
    for (uint32_t t = 0; t < schema->n_tables; t++)
        schema->tables[t]->visible = schema->tables[t]->hidden ? MODEL_NO_TABLE : count++;
    return count;
}

static int freeze_tables(struct loader *loader, struct region *region, struct model *model)
{
    struct schema *schema = &loader->schema;
    model->n_tables = number_tables(schema);
    model->tables = arena_array(loader->arena, model->n_tables, sizeof *model->tables);
    if (!model->tables)
        return -1;
    for (uint32_t t = 0; t < schema->n_tables; t++)
        if (!schema->tables[t]->hidden &&
            freeze_table(loader, region, schema->tables[t],
                         &model->tables[schema->tables[t]->visible]) != 0)
            return -1;
    for (size_t k = 0; k < loader->options->n_requests; k++) {
        struct model_request *request = &loader->options->requests[k];
        request->table = schema->tables[request->table]->visible;
    }
    return 0;
}

static void freeze_pool(struct loader *loader, struct region *region, struct model *model)
{
    pool_close(&loader->pool);
    model->text_count = loader->pool.count;
    model->text_pool = move(region, &loader->pool.texts);
    model->text_offsets = move(region, &loader->pool.offsets);
}

static void copy_counts(const struct loader *loader, struct model *model)
{
    model->title = loader->title;
    model->innovations = model->tables[0].rows;
    model->ids = model->tables[0].columns[0].values;
    model->names = model->tables[0].columns[1].values;
    model->left_out = loader->counts.left_out;
    model->elsewhere = loader->counts.elsewhere;
    model->hindsight = loader->counts.hindsight;
    model->desk_rows = loader->counts.desk_rows;
    model->basis_rows = loader->counts.basis_rows;
}

static int protect(const struct model *model)
{
    for (size_t k = 0; k < model->n_blocks; k++)
        if (mprotect(model->blocks[k].start, model->blocks[k].bytes, PROT_READ) != 0)
            return -1;
    return 0;
}

int model_freeze(struct loader *loader, struct model *model)
{
    size_t blocks = 3; /* the region, the pool's texts and offsets */
    size_t bytes = block_bytes(&loader->pool.texts) + block_bytes(&loader->pool.offsets) + ALIGN;
    for (uint32_t t = 0; t < loader->schema.n_tables; t++) {
        blocks += table_blocks(loader->schema.tables[t]);
        bytes += table_bytes(loader->schema.tables[t]);
    }
    struct region region;
    model->blocks = arena_array(loader->arena, blocks, sizeof *model->blocks);
    if (!model->blocks || region_open(&region, bytes, model) != 0)
        return error_memory(loader->error);
    if (freeze_tables(loader, &region, model) != 0)
        return error_memory(loader->error);
    freeze_pool(loader, &region, model);
    copy_counts(loader, model);
    if (protect(model) != 0)
        return error_errno(loader->error, "protect", "the model's memory");
    return 0;
}

void model_finish(struct model *model)
{
    for (size_t k = 0; k < model->n_blocks; k++)
        munmap(model->blocks[k].start, model->blocks[k].bytes);
    arena_finish(&model->arena);
    *model = (struct model){0};
}

uint32_t model_table_find(const struct model *model, const char *path)
{
    for (uint32_t t = 0; t < model->n_tables; t++)
        if (strcmp(model->tables[t].path, path) == 0)
            return t;
    return MODEL_NO_TABLE;
}

int model_doubt_at(const struct model_column *column, uint64_t row, double *low, double *high)
{
    double value = column->values ? ((const double *)column->values)[row]
                                  : uptake_missing_number(UPTAKE_LEFT_OUT);
    uint64_t from = 0, to = column->n_doubts;
    while (from < to) {
        uint64_t middle = from + (to - from) / 2;
        if (column->doubts[middle].row < row)
            from = middle + 1;
        else
            to = middle;
    }
    bool doubtful = from < column->n_doubts && column->doubts[from].row == row;
    *low = doubtful ? column->doubts[from].low : value;
    *high = doubtful ? column->doubts[from].high : value;
    return doubtful ? (int)column->doubts[from].kind : UPTAKE_EXACT;
}

uint64_t model_parent(const struct model_table *table, uint64_t row)
{
    uint64_t low = 0, high = table->parents;
    while (high - low > 1) {
        uint64_t middle = low + (high - low) / 2;
        if ((uint64_t)table->offsets[middle] <= row)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* Lists nest, no deeper than YAML does: from the outermost one inwards. */
void model_rows(const struct model *model, uint32_t table, uint64_t innovation, uint64_t *from,
                uint64_t *to)
{
    uint32_t chain[64], depth = 0;
    *from = innovation;
    *to = innovation + 1;
    for (uint32_t t = table; t != 0 && depth < 64; t = model->tables[t].parent)
        chain[depth++] = t;
    while (depth-- > 0) {
        *from = (uint64_t)model->tables[chain[depth]].offsets[*from];
        *to = (uint64_t)model->tables[chain[depth]].offsets[*to];
    }
}
