/* A result as its writers see it: see view.h. */
#include "report/view.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "report/caveat.h"

/* --- Texts ------------------------------------------------------------------------------------- */

const char *texts_make(struct texts *texts, const char *format, ...)
{
    va_list values, again;
    va_start(values, format);
    va_copy(again, values);
    int bytes = vsnprintf(NULL, 0, format, values);
    char *text = bytes < 0 ? NULL : texts_array(texts, (size_t)bytes + 1, 1);
    if (text)
        vsnprintf(text, (size_t)bytes + 1, format, again);
    va_end(again);
    va_end(values);
    return text ? text : "";
}

void *texts_array(struct texts *texts, size_t count, size_t size)
{
    void *memory = texts->failed ? NULL : arena_array(&texts->arena, count ? count : 1, size);
    if (!memory)
        texts->failed = true;
    return memory;
}

/* --- Measures and tables ----------------------------------------------------------------------- */

static bool of_innovation(const struct result_column *column)
{
    return column->write->entity[0] == '\0';
}

static struct view_measure measure_of(struct view *view, const struct result_plugin *plugin,
                                      size_t write)
{
    struct view_measure measure = {
        .plugin = plugin, .column = &plugin->columns[write], .write = write};
    measure.name = texts_make(&view->texts, "%s.%s", plugin->name, measure.column->write->name);
    measure.name_bytes = strlen(measure.name);
    return measure;
}

static size_t count_columns(const struct result *result, bool innovations)
{
    size_t count = 0;
    for (size_t p = 0; p < result->n_plugins; p++)
        for (size_t w = 0; w < result->plugins[p].n_columns; w++)
            count += of_innovation(&result->plugins[p].columns[w]) == innovations;
    return count;
}

static void list_measures(struct view *view)
{
    const struct result *result = view->result;
    view->measures = texts_array(&view->texts, count_columns(result, true), sizeof *view->measures);
    for (size_t p = 0; p < result->n_plugins && !view->texts.failed; p++)
        for (size_t w = 0; w < result->plugins[p].n_columns; w++)
            if (of_innovation(&result->plugins[p].columns[w]))
                view->measures[view->n_measures++] = measure_of(view, &result->plugins[p], w);
}

static const char *entity_of(const struct result *result, const struct result_column *column)
{
    return column->table == MODEL_NO_TABLE ? column->write->entity
                                           : result->model->tables[column->table].path;
}

static void add_table(struct view *view, const struct result_column *column)
{
    const char *entity = entity_of(view->result, column);
    for (size_t t = 0; t < view->n_tables; t++)
        if (strcmp(view->tables[t].entity, entity) == 0)
            return;
    view->tables[view->n_tables++] =
        (struct view_table){.entity = entity, .table = column->table, .rows = column->rows};
}

static void fill_table(struct view *view, struct view_table *table, size_t room)
{
    const struct result *result = view->result;
    struct view_measure *columns = texts_array(&view->texts, room, sizeof *columns);
    table->columns = columns;
    for (size_t p = 0; p < result->n_plugins && columns; p++)
        for (size_t w = 0; w < result->plugins[p].n_columns; w++) {
            const struct result_column *column = &result->plugins[p].columns[w];
            if (!of_innovation(column) && strcmp(entity_of(result, column), table->entity) == 0)
                columns[table->n_columns++] = measure_of(view, &result->plugins[p], w);
        }
}

static void list_tables(struct view *view)
{
    const struct result *result = view->result;
    size_t room = count_columns(result, false);
    view->tables = texts_array(&view->texts, room, sizeof *view->tables);
    for (size_t p = 0; p < result->n_plugins && view->tables; p++)
        for (size_t w = 0; w < result->plugins[p].n_columns; w++)
            if (!of_innovation(&result->plugins[p].columns[w]))
                add_table(view, &result->plugins[p].columns[w]);
    for (size_t t = 0; t < view->n_tables; t++)
        fill_table(view, &view->tables[t], room);
}

int view_build(const struct result *result, struct view *view, struct uptake_error *error)
{
    *view = (struct view){.result = result};
    list_measures(view);
    list_tables(view);
    caveat_list(view);
    if (!view->texts.failed)
        return 0;
    view_finish(view);
    return error_memory(error);
}

void view_finish(struct view *view)
{
    arena_finish(&view->texts.arena);
    *view = (struct view){0};
}

/* --- Words ------------------------------------------------------------------------------------- */

const char view_desk_reading[] = "one reader's desk reading, not a published rating";

const char *view_level(int level)
{
    static const char *const words[] = {
        [UPTAKE_BLOCKS] = "blocks",
        [UPTAKE_RISKS] = "risks",
        [UPTAKE_HELPS] = "helps",
        [UPTAKE_NOT_KNOWN] = "unknown",
    };
    return level >= UPTAKE_BLOCKS && level <= UPTAKE_NOT_KNOWN ? words[level] : "unknown";
}

const char *view_plugin_status(enum plugin_status status)
{
    static const char *const words[] = {
        [PLUGIN_OK] = "ok",
        [PLUGIN_PARTIAL] = "partial",
        [PLUGIN_FAILED] = "failed",
        [PLUGIN_STOPPED] = "stopped",
    };
    return words[status];
}

const char *view_missing(int why)
{
    static const char *const words[] = {
        [UPTAKE_PRESENT] = "",
        [UPTAKE_LEFT_OUT] = "–",
        [UPTAKE_UNKNOWN] = "unknown",
        [UPTAKE_NONE] = "none",
        [UPTAKE_NOT_APPLICABLE] = "n/a",
        [UPTAKE_AFTER_AS_OF] = "later",
        [UPTAKE_SUPPRESSED] = "suppressed",
        [UPTAKE_NOT_ASSESSED] = "not assessed",
    };
    return why >= 0 && why <= UPTAKE_NOT_ASSESSED ? words[why] : "–";
}

/* --- Values ------------------------------------------------------------------------------------ */

const char *view_id(const struct result *result, uint64_t innovation)
{
    return model_text(result->model, result->model->ids[innovation]);
}

const char *view_name(const struct result *result, uint64_t innovation)
{
    const struct model *model = result->model;
    int32_t name = model->names ? model->names[innovation] : -1;
    return name >= 0 ? model_text(model, name) : view_id(result, innovation);
}

const char *view_choice(const struct result_column *column, uint64_t row)
{
    return column->codes && column->codes[row] >= 0 ? column->write->choices[column->codes[row]]
                                                    : NULL;
}

bool view_has_bounds(const struct result_column *column)
{
    return column->low && column->high;
}

/* The first row, in a table, of the innovation's. */
static uint64_t first_row(const struct model *model, uint32_t table, uint64_t innovation)
{
    const struct model_table *at = &model->tables[table];
    uint64_t parent = at->parent == 0 ? innovation : first_row(model, at->parent, innovation);
    return (uint64_t)at->offsets[parent];
}

const char *view_rule(const struct model *model, uint32_t table, uint64_t row)
{
    if (table == MODEL_NO_TABLE || strcmp(model->tables[table].path, MODEL_PAIRS) != 0)
        return NULL;
    const int64_t *of = model->tables[table].columns[MODEL_PAIR_RULE].values;
    return model_text(model, model->rule_ids[of[row]]);
}

struct view_place view_place(const struct model *model, uint32_t table, uint64_t row)
{
    struct view_place place = {UINT64_MAX, row};
    uint64_t above = row;
    uint32_t at = table;
    while (at != MODEL_NO_TABLE && at != 0 && model->tables[at].offsets) {
        above = model_parent(&model->tables[at], above);
        at = model->tables[at].parent;
    }
    if (at != 0)
        return place;
    place.innovation = above;
    place.row = table == 0 ? 0 : row - first_row(model, table, above);
    return place;
}

struct view_place view_place_near(const struct model *model, uint32_t table, uint64_t row,
                                  uint64_t innovation)
{
    if (table == MODEL_NO_TABLE || model->tables[table].parent != 0)
        return view_place(model, table, row);
    const struct model_table *of = &model->tables[table];
    for (uint64_t k = innovation; k < of->parents && k - innovation < 2; k++)
        if ((uint64_t)of->offsets[k] <= row && row < (uint64_t)of->offsets[k + 1])
            return (struct view_place){k, row - (uint64_t)of->offsets[k]};
    return view_place(model, table, row);
}

bool view_is_whole(const struct result *result, const struct result_note *note)
{
    return note->table == MODEL_NO_TABLE || note->table == 0 ||
           note->row >= result->model->tables[note->table].rows;
}

const char *view_entity(const struct result *result, const struct result_note *note)
{
    return view_is_whole(result, note) ? "" : result->model->tables[note->table].path;
}

unsigned view_note_basis(const struct result *result, const struct result_plugin *plugin,
                         const struct result_note *note)
{
    if (!view_is_whole(result, note)) {
        const uint8_t *basis = result->model->tables[note->table].basis;
        return basis ? basis[note->row] : 0;
    }
    if (note->innovation == UINT64_MAX || plugin->n_columns == 0)
        return 0;
    struct result_basis basis = result_basis_of(result, plugin, 0, note->innovation);
    return basis.rows > 0 && basis.desk_reading == basis.rows ? BASIS_DESK : 0;
}

struct view_span view_notes(const struct result *result, const struct result_plugin *plugin,
                            uint64_t innovation)
{
    uint64_t n = result->model->innovations;
    if (!plugin->notes_at)
        return (struct view_span){0, 0};
    if (innovation == UINT64_MAX)
        return (struct view_span){plugin->notes_at[n], plugin->n_notes};
    return (struct view_span){plugin->notes_at[innovation], plugin->notes_at[innovation + 1]};
}
