/* What answers rest on: see inputs.h. Texts count by their bytes and choices by their words, never by their numbers. */
#include "run/inputs.h"

#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "result/record.h"

enum { KIND_PLUGIN, KIND_PROGRAM, KIND_MACHINE, KIND_DATE, KIND_ALL, KIND_PARAM, KIND_FIELD };
enum { KIND_LIST = KIND_FIELD + 1, KIND_RULES, KIND_MEASURE };

static const struct inputs_kind kinds[] = {
    {"plugin", "the plugin's bundle", false},
    {"uptake", "uptake itself", false},
    {"machine", "the machine", false},
    {"as_of", "the date", false},
    {"innovations", "the innovations", false},
    {"parameter", "parameter", true},
    {"field", "field", true},
    {"list", "rows of", true},
    {"rules", "verdicts of the rules", false},
    {"measure", "measure", true},
};

const struct inputs_kind *inputs_kinds(size_t *count)
{
    *count = sizeof kinds / sizeof *kinds;
    return kinds;
}

/* --- Hashing ----------------------------------------------------------------------------------- */

static void add_number(struct hash *hash, uint64_t x)
{
    hash_add(hash, &x, sizeof x);
}

/* With its end, so that two texts are never taken for one. */
static void add_text(struct hash *hash, const char *text)
{
    hash_add(hash, text ? text : "", text ? strlen(text) + 1 : 1);
}

static const char *end(struct hash *hash, struct arena *arena)
{
    char hex[HASH_HEX];
    hash_end(hash, hex);
    return arena_text(arena, hex, HASH_HEX - 1);
}

/* In blocks: most texts are short. */
static void add_texts(struct hash *hash, const struct model *model, const int32_t *ids,
                      uint64_t rows)
{
    char block[4096];
    size_t used = 0;
    for (uint64_t r = 0; r < rows; r++) {
        const char none[] = {'\xff', (char)ids[r]}; /* in no text */
        const char *text = ids[r] >= 0 ? model_text(model, ids[r]) : none;
        size_t bytes = ids[r] >= 0 ? strlen(text) + 1 : sizeof none;
        if (bytes > sizeof block - used) {
            hash_add(hash, block, used);
            used = 0;
        }
        if (bytes > sizeof block) {
            hash_add(hash, text, bytes);
            continue;
        }
        memcpy(block + used, text, bytes);
        used += bytes;
    }
    hash_add(hash, block, used);
}

static size_t value_bytes(uint32_t type)
{
    return type == UPTAKE_FLAG || type == UPTAKE_VERDICT ? 1 : type == UPTAKE_CHOICE ? 2 : 8;
}

static void add_column(struct hash *hash, const struct model *model,
                       const struct model_table *table, const struct model_column *column)
{
    add_number(hash, column->type);
    add_number(hash, table->rows);
    add_text(hash, column->unit);
    for (size_t k = 0; column->choices && column->choices[k]; k++)
        add_text(hash, column->choices[k]);
    if (!column->values)
        add_text(hash, "left out");
    else if (column->type == UPTAKE_TEXT)
        add_texts(hash, model, column->values, table->rows);
    else
        hash_add(hash, column->values, table->rows * value_bytes(column->type));
    hash_add(hash, column->doubts, column->n_doubts * sizeof *column->doubts);
}

static void add_list(struct hash *hash, const struct model_table *table)
{
    add_number(hash, table->rows);
    if (table->offsets)
        hash_add(hash, table->offsets, (table->parents + 1) * sizeof *table->offsets);
    if (table->why)
        hash_add(hash, table->why, table->parents);
}

/* A column's, or (UINT32_MAX) the list's. NULL: no memory. */
static const char *column_hash(struct inputs *inputs, const struct model *model, uint32_t table,
                               uint32_t column, struct arena *arena)
{
    const struct model_table *of = &model->tables[table];
    struct hash hash;
    for (size_t k = 0; k < inputs->n_columns; k++)
        if (inputs->columns[k].table == table && inputs->columns[k].column == column)
            return inputs->columns[k].sha256;
    if (inputs->n_columns == inputs->room_columns) {
        size_t room = inputs->room_columns * 2 + 32;
        struct inputs_column *more = arena_array(arena, room, sizeof *more);
        if (!more)
            return NULL;
        if (inputs->n_columns)
            memcpy(more, inputs->columns, inputs->n_columns * sizeof *more);
        inputs->columns = more;
        inputs->room_columns = room;
    }
    hash_start(&hash);
    if (column == UINT32_MAX)
        add_list(&hash, of);
    else
        add_column(&hash, model, of, &of->columns[column]);
    const char *sha256 = end(&hash, arena);
    inputs->columns[inputs->n_columns++] = (struct inputs_column){table, column, sha256};
    return sha256;
}

/* --- A plugin's list --------------------------------------------------------------------------- */

struct taking {
    struct inputs *inputs;
    const struct plan_plugin *of;
    const struct model *model;
    struct result *result;
    struct result_input *list;
    size_t count, room;
    bool failed;
};

static void put(struct taking *taking, int kind, const char *name, const char *sha256)
{
    taking->failed |= !sha256 || !name || taking->count == taking->room;
    for (size_t k = 0; k < taking->count; k++)
        if (taking->list[k].kind == kinds[kind].name && name &&
            strcmp(taking->list[k].name, name) == 0)
            return;
    if (!taking->failed)
        taking->list[taking->count++] = (struct result_input){kinds[kind].name, name, sha256};
}

static const char *of_text(const char *text, struct arena *arena)
{
    struct hash hash;
    hash_start(&hash);
    add_text(&hash, text);
    return end(&hash, arena);
}

/* The program's own bytes, which are the same as long as it runs; its version where they cannot be read. */
static const char *program_hash(struct arena *arena)
{
    static char hex[HASH_HEX];
    return hex[0] || hash_file("/proc/self/exe", hex, NULL) == 0
               ? arena_text(arena, hex, HASH_HEX - 1)
               : of_text(UPTAKE_VERSION, arena);
}

static const char *machine_hash(struct arena *arena)
{
    char words[RECORD_MACHINE_BYTES];
    record_machine_words(words);
    return of_text(words, arena);
}

static const char *as_of_hash(const struct result *result, struct arena *arena)
{
    struct hash hash;
    hash_start(&hash);
    hash_add(&hash, &result->as_of, sizeof result->as_of);
    add_number(&hash, result->as_of_given);
    return end(&hash, arena);
}

static const char *innovations_hash(const struct model *model, struct arena *arena)
{
    struct hash hash;
    hash_start(&hash);
    add_number(&hash, model->innovations);
    add_texts(&hash, model, model->ids, model->innovations);
    return end(&hash, arena);
}

static void put_common(struct taking *taking)
{
    struct inputs *inputs = taking->inputs;
    struct arena *arena = &taking->result->arena;
    if (!inputs->program)
        inputs->program = program_hash(arena);
    if (!inputs->machine)
        inputs->machine = machine_hash(arena);
    if (!inputs->as_of)
        inputs->as_of = as_of_hash(taking->result, arena);
    if (!inputs->innovations)
        inputs->innovations = innovations_hash(taking->model, arena);
    put(taking, KIND_PROGRAM, "", inputs->program);
    put(taking, KIND_MACHINE, "", inputs->machine);
    put(taking, KIND_DATE, "", inputs->as_of);
    put(taking, KIND_ALL, "", inputs->innovations);
}

/* The bundle, and which plugin of it. */
static int put_bundle(struct taking *taking, struct uptake_error *error)
{
    const struct plugin *plugin = taking->of->plugin;
    struct hash hash;
    char hex[HASH_HEX];
    if (hash_file(plugin->bundle, hex, error) != 0)
        return -1;
    hash_start(&hash);
    add_text(&hash, hex);
    add_text(&hash, plugin->id);
    add_number(&hash, plugin->position);
    put(taking, KIND_PLUGIN, "", end(&hash, &taking->result->arena));
    return 0;
}

static void put_params(struct taking *taking)
{
    const struct plugin *plugin = taking->of->plugin;
    for (size_t k = 0; k < plugin->n_params; k++) {
        const struct uptake_param *param = &plugin->params[k];
        const char *at = (const char *)taking->of->params + param->offset;
        struct hash hash;
        hash_start(&hash);
        add_number(&hash, param->type);
        if (param->type == UPTAKE_TEXT) {
            const char *text;
            memcpy(&text, at, sizeof text);
            add_number(&hash, text != NULL);
            add_text(&hash, text);
        } else {
            hash_add(&hash, at, param->bytes);
        }
        put(taking, KIND_PARAM, param->name, end(&hash, &taking->result->arena));
    }
}

/* A list, and those it stands in: whose rows are whose. */
static void put_lists(struct taking *taking, uint32_t table)
{
    for (; table != 0 && table != MODEL_NO_TABLE; table = taking->model->tables[table].parent)
        put(taking, KIND_LIST, taking->model->tables[table].path,
            column_hash(taking->inputs, taking->model, table, UINT32_MAX, &taking->result->arena));
}

static void put_verdicts(struct taking *taking, uint32_t table)
{
    struct hash hash;
    hash_start(&hash);
    for (uint32_t c = MODEL_PAIR_VERDICT; c <= MODEL_PAIR_FIELDS; c++)
        add_column(&hash, taking->model, &taking->model->tables[table],
                   &taking->model->tables[table].columns[c]);
    put(taking, KIND_RULES, "", end(&hash, &taking->result->arena));
}

/* Another plugin's measure, as it was answered. */
static void put_measure(struct taking *taking, const struct plan_read *read)
{
    const struct result_plugin *provider = &taking->result->plugins[read->provider];
    const struct result_column *column = &provider->columns[read->write];
    const double *const parts[] = {column->values, column->low, column->high};
    struct hash hash;
    hash_start(&hash);
    for (size_t k = 0; k < 3; k++)
        hash_add(&hash, parts[k] ? parts[k] : column->values, column->rows * sizeof **parts);
    put(taking, KIND_MEASURE,
        arena_format(&taking->result->arena, "%s.%s", provider->name, column->write->name),
        end(&hash, &taking->result->arena));
}

static void put_read(struct taking *taking, const struct plan *plan, size_t k)
{
    const struct uptake_read *declared = &taking->of->plugin->reads[k];
    const struct plan_read *read = &taking->of->reads[k];
    if (read->provider != SIZE_MAX) {
        put_measure(taking, read);
        return;
    }
    const struct model_request *request = &plan->requests[read->request];
    put_lists(taking, request->table);
    if (declared->type == UPTAKE_VERDICT)
        put_verdicts(taking, request->table);
    else if (request->column != UINT32_MAX)
        put(taking, KIND_FIELD, declared->path,
            column_hash(taking->inputs, taking->model, request->table, request->column,
                        &taking->result->arena));
}

/* A list and its parents, at most so deep, and the field. */
enum { INPUTS_A_READ = 8, INPUTS_FIXED = 8 };

int inputs_take(struct inputs *inputs, const struct plan *plan, const struct model *model, size_t p,
                struct result *result, struct uptake_error *error)
{
    const struct plan_plugin *of = &plan->plugins[p];
    size_t most = of->plugin->n_reads * INPUTS_A_READ + of->plugin->n_params + INPUTS_FIXED;
    struct taking taking = {.inputs = inputs,
                            .of = of,
                            .model = model,
                            .result = result,
                            .room = most,
                            .list = arena_array(&result->arena, most, sizeof *taking.list)};
    if (!taking.list)
        return error_memory(error);
    if (put_bundle(&taking, error) != 0)
        return -1;
    put_common(&taking);
    put_params(&taking);
    for (size_t k = 0; k < of->plugin->n_reads; k++)
        put_read(&taking, plan, k);
    if (taking.failed)
        return error_memory(error);
    result->plugins[p].inputs = taking.list;
    result->plugins[p].n_inputs = taking.count;
    return 0;
}
