/* What a model does not say: see missing.h. */
#include "check/missing.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check/missing_labels.h"
#include "model/vocabulary.h"

/* A field that is looked at: its request, and who reads it. */
struct want {
    struct missing_field field;
    struct model_request request;
    size_t room_readers;
};

struct wants {
    struct missing *missing;
    struct want *wants;
    size_t count, room;
};

/* --- What to look at --------------------------------------------------------------------------- */

static struct want *want_find(const struct wants *wants, const char *path, uint32_t type)
{
    for (size_t k = 0; k < wants->count; k++)
        if (wants->wants[k].request.type == type && strcmp(wants->wants[k].field.path, path) == 0)
            return &wants->wants[k];
    return NULL;
}

static struct want *want_add(struct wants *wants, const struct model_request *request)
{
    struct want *known = want_find(wants, request->path, request->type);
    const char *path = arena_text(&wants->missing->arena, request->path, strlen(request->path));
    if (known || wants->count == wants->room || !path)
        return known;
    struct want *want = &wants->wants[wants->count++];
    *want = (struct want){.request = *request,
                          .field = {.path = path, .type = request->type, .unit = ""}};
    want->request.path = path;
    want->request.min = want->request.max = (double)NAN;
    return want;
}

static int want_reader(struct wants *wants, struct want *want, const char *reader)
{
    if (!want)
        return -1;
    struct missing_field *field = &want->field;
    for (size_t k = 0; k < field->n_readers; k++)
        if (strcmp(field->readers[k], reader) == 0)
            return 0;
    if (field->n_readers == want->room_readers) {
        size_t room = want->room_readers ? 2 * want->room_readers : 4;
        const char **grown = arena_array(&wants->missing->arena, room, sizeof *grown);
        if (!grown)
            return -1;
        if (field->n_readers > 0)
            memcpy(grown, field->readers, field->n_readers * sizeof *grown);
        field->readers = grown;
        want->room_readers = room;
    }
    field->readers[field->n_readers++] = reader;
    return 0;
}

/* The list that a path stands in, with its brackets: "support[]"; NULL: none. */
static const char *list_of(struct arena *arena, const char *path)
{
    const char *end = strrchr(path, ']');
    return end && end[1] == '.' ? arena_text(arena, path, (size_t)(end - path) + 1) : NULL;
}

/* A list that is not there at all is one gap, not one for each field of the rows it might have had. */
static int want_lists(struct wants *wants)
{
    for (size_t k = 0, count = wants->count; k < count; k++) {
        const char *list = list_of(&wants->missing->arena, wants->wants[k].field.path);
        const struct model_request request = {
            .path = list, .type = UPTAKE_LIST, .wanted_by = "uptake check"};
        if (!list || list[0] == '/')
            continue;
        struct want *want = want_add(wants, &request);
        for (size_t r = 0; want && r < wants->wants[k].field.n_readers; r++)
            if (want_reader(wants, want, wants->wants[k].field.readers[r]) != 0)
                return -1;
        if (!want)
            return -1;
    }
    return 0;
}

static int wants_open(struct wants *wants, struct missing *missing, size_t room)
{
    *wants = (struct wants){.missing = missing, .room = 2 * room + 1};
    wants->wants = arena_array(&missing->arena, wants->room, sizeof *wants->wants);
    return wants->wants ? 0 : -1;
}

static int wants_of_plan(struct wants *wants, const struct plan *plan,
                         const struct merge_jobs *merges)
{
    for (size_t p = 0; p < plan->n_plugins; p++)
        for (size_t k = 0; k < plan->plugins[p].plugin->n_reads; k++) {
            const struct plan_read *read = &plan->plugins[p].reads[k];
            if (read->provider == SIZE_MAX &&
                want_reader(wants, want_add(wants, &plan->requests[read->request]),
                            plan->plugins[p].spec->name) != 0)
                return -1;
        }
    for (size_t m = 0; m < merges->n_jobs; m++)
        for (size_t k = 0; k < merges->jobs[m].spec->n_measures; k++) {
            const struct merge_source *source = &merges->jobs[m].sources[k];
            if (source->plugin == SIZE_MAX &&
                want_reader(wants, want_add(wants, &plan->requests[source->request]),
                            merges->jobs[m].spec->name) != 0)
                return -1;
        }
    return want_lists(wants);
}

/* Every field that can be read: "core_components[].value" is the list of scalars itself. */
static int wants_of_vocabulary(struct wants *wants)
{
    size_t count;
    const struct vocabulary_row *rows = vocabulary_rows(&count);
    for (size_t k = 0; k < count; k++) {
        size_t bytes = strlen(rows[k].path);
        bool scalars = bytes > 8 && strcmp(rows[k].path + bytes - 8, "[].value") == 0 &&
                       labels_is_scalars(rows[k].path);
        struct model_request request = {
            .path = rows[k].path, .type = rows[k].type, .wanted_by = "uptake check"};
        if (scalars) {
            request.path = arena_text(&wants->missing->arena, rows[k].path, bytes - 6);
            request.type = UPTAKE_LIST;
        }
        if (strncmp(rows[k].path, "/rules[]", 8) == 0 || rows[k].form == FORM_RATINGS ||
            rows[k].form == FORM_TREE || rows[k].flags & FIELD_DERIVED)
            continue;
        if (!request.path || !want_add(wants, &request))
            return -1;
    }
    return want_lists(wants);
}

/* --- Looking ----------------------------------------------------------------------------------- */

static int why_at(const struct model_column *column, uint64_t row)
{
    const void *values = column->values;
    if (!values)
        return UPTAKE_LEFT_OUT;
    switch (column->type) {
    case UPTAKE_NUMBER: return uptake_why(((const double *)values)[row]);
    case UPTAKE_CHOICE: return uptake_why_code(((const int16_t *)values)[row]);
    case UPTAKE_TEXT: return uptake_why_code(((const int32_t *)values)[row]);
    case UPTAKE_REF: return uptake_why_code(((const int64_t *)values)[row]);
    case UPTAKE_FLAG: return uptake_why_code(((const int8_t *)values)[row]);
    default: return uptake_why_date(((const struct uptake_period *)values)[row]);
    }
}

static uint64_t *counter_of(struct missing_field *field, int why)
{
    return why == UPTAKE_UNKNOWN      ? &field->unknown
           : why == UPTAKE_LEFT_OUT   ? &field->left_out
           : why == UPTAKE_SUPPRESSED ? &field->suppressed
                                      : NULL;
}

/* Rows come by innovation: one that is not the last is a new one. */
static int note_gap(struct wants *wants, struct missing_field *field, const struct model *model,
                    const struct labels *labels, uint64_t row, int why, uint64_t *last)
{
    uint64_t *counter = counter_of(field, why);
    if (!counter)
        return 0;
    ++*counter;
    wants->missing->values++;
    uint32_t table = labels->list ? model->tables[labels->table].parent : labels->table;
    uint64_t innovation = labels_innovation(model, table, row);
    field->innovations += innovation != UINT64_MAX && innovation != *last;
    *last = innovation;
    if (field->n_places == MISSING_PLACES)
        return 0;
    if (!field->places)
        field->places = arena_array(&wants->missing->arena, MISSING_PLACES, sizeof *field->places);
    const char *path = labels_path(&wants->missing->arena, model, labels, row);
    const char *id = innovation == UINT64_MAX
                         ? NULL
                         : labels_copy(&wants->missing->arena, model, model->ids[innovation]);
    if (!field->places || !path || (innovation != UINT64_MAX && !id))
        return -1;
    field->places[field->n_places++] = (struct missing_place){id, path, why};
    return 0;
}

static int look_at_list(struct wants *wants, struct want *want, const struct model *model,
                        const struct labels *labels)
{
    const struct model_table *table = &model->tables[want->request.table];
    uint64_t last = UINT64_MAX;
    for (uint64_t row = 0; table->why && row < table->parents; row++) {
        bool empty = table->offsets[row] == table->offsets[row + 1];
        if (empty && note_gap(wants, &want->field, model, labels, row, table->why[row], &last) != 0)
            return -1;
    }
    return 0;
}

static int look_at_column(struct wants *wants, struct want *want, const struct model *model,
                          const struct labels *labels)
{
    const struct model_table *table = &model->tables[want->request.table];
    const struct model_column *column = &table->columns[want->request.column];
    uint64_t last = UINT64_MAX;
    want->field.unit = labels_unit(&wants->missing->arena, column->unit);
    for (uint64_t row = 0; row < table->rows; row++) {
        int why = why_at(column, row);
        if (why == UPTAKE_PRESENT || (why == UPTAKE_LEFT_OUT && labels_says(model, labels, row)))
            continue;
        if (note_gap(wants, &want->field, model, labels, row, why, &last) != 0)
            return -1;
    }
    return 0;
}

/* Nobody filled it in anywhere: of a model alone no gap, or every field there is would be one. */
static bool is_unused(const struct want *want, const struct model *model)
{
    const struct model_table *table = &model->tables[want->request.table];
    if (want->request.type != UPTAKE_LIST)
        return !table->columns[want->request.column].values;
    for (uint64_t row = 0; table->why && row < table->parents; row++)
        if (table->why[row] != UPTAKE_LEFT_OUT)
            return false;
    return true;
}

static int look(struct wants *wants, const struct model *model, const struct labels *labels)
{
    wants->missing->innovations = model->innovations;
    for (size_t k = 0; k < wants->count; k++) {
        struct want *want = &wants->wants[k];
        if (!wants->missing->of_spec && is_unused(want, model))
            continue;
        if ((want->request.type == UPTAKE_LIST ? look_at_list : look_at_column)(wants, want, model,
                                                                                &labels[k]) != 0)
            return -1;
    }
    return 0;
}

/* --- The answer -------------------------------------------------------------------------------- */

static uint64_t use_of(const struct missing_field *field)
{
    uint64_t readers = field->n_readers > 0 ? field->n_readers : 1;
    return readers * (field->innovations > 0 ? field->innovations : 1);
}

static int by_use(const void *a, const void *b)
{
    const struct missing_field *x = a, *y = b;
    uint64_t ux = use_of(x), uy = use_of(y);
    if (ux != uy)
        return ux > uy ? -1 : 1;
    if (x->unknown != y->unknown)
        return x->unknown > y->unknown ? -1 : 1;
    return strcmp(x->path, y->path);
}

static int answer(const struct wants *wants)
{
    struct missing *missing = wants->missing;
    missing->fields = arena_array(&missing->arena, wants->count, sizeof *missing->fields);
    if (!missing->fields)
        return -1;
    for (size_t k = 0; k < wants->count; k++) {
        const struct missing_field *field = &wants->wants[k].field;
        if (field->unknown + field->left_out + field->suppressed > 0)
            missing->fields[missing->n_fields++] = *field;
    }
    if (missing->n_fields > 1)
        qsort(missing->fields, missing->n_fields, sizeof *missing->fields, by_use);
    return 0;
}

/* Loads what is looked at, and what tells one row from another. */
static int find(struct wants *wants, struct model_options *options, struct uptake_error *error)
{
    struct arena *arena = &wants->missing->arena;
    struct model model = {0};
    size_t room = wants->count * (1 + LABELS_EACH);
    struct model_request *requests = arena_array(arena, room, sizeof *requests);
    struct labels *labels = arena_array(arena, wants->count, sizeof *labels);
    if (!requests || !labels)
        return error_memory(error);
    for (size_t k = 0; k < wants->count; k++)
        requests[k] = wants->wants[k].request;
    options->n_requests = wants->count;
    options->requests = requests;
    for (size_t k = 0; k < wants->count; k++)
        if (labels_ask(&labels[k], &requests[k], requests, &options->n_requests, arena) != 0)
            return error_memory(error);
    if (model_load(options, &model, error) != 0)
        return -1;
    for (size_t k = 0; k < wants->count; k++) {
        wants->wants[k].request = requests[k];
        labels_found(&labels[k], requests, k);
    }
    int failed = look(wants, &model, labels) != 0 || answer(wants) != 0 ? error_memory(error) : 0;
    model_finish(&model);
    return failed;
}

int missing_of_model(const char *path, struct missing *missing, struct uptake_error *error)
{
    struct wants wants;
    size_t rows;
    struct model_options options = {.path = path, .name = path, .check_only = true};
    *missing = (struct missing){.of_spec = false};
    vocabulary_rows(&rows);
    if (wants_open(&wants, missing, rows) != 0 || wants_of_vocabulary(&wants) != 0)
        return error_memory(error);
    return find(&wants, &options, error);
}

int missing_of_spec(const struct plan *plan, const struct merge_jobs *merges,
                    struct missing *missing, struct uptake_error *error)
{
    const struct spec *spec = plan->spec;
    struct wants wants;
    struct model_options options = {.path = spec->model,
                                    .name = spec->model,
                                    .as_of_given = spec->as_of_given,
                                    .as_of = spec->as_of,
                                    .check_only = true};
    *missing = (struct missing){.of_spec = true};
    if (wants_open(&wants, missing, plan->n_requests) != 0 ||
        wants_of_plan(&wants, plan, merges) != 0)
        return error_memory(error);
    return find(&wants, &options, error);
}

void missing_finish(struct missing *missing)
{
    arena_finish(&missing->arena);
    *missing = (struct missing){0};
}
