/* Sources: see sources.h. */
#include "report/sources.h"

#include <math.h>
#include <string.h>

#include "model/vocabulary.h"

enum { SOURCE_ID, SOURCE_TEXT, SOURCE_URL, SOURCE_TYPE, SOURCE_YEAR, SOURCE_FIELDS };

/* --- What to read ------------------------------------------------------------------------------ */

/* Whether rows of a list ("support[]") can name evidence. */
static bool names_evidence(const char *list)
{
    size_t count, bytes = strlen(list);
    const struct vocabulary_row *rows = vocabulary_rows(&count);
    for (size_t k = 0; k < count; k++)
        if (strncmp(rows[k].path, list, bytes) == 0 &&
            strcmp(rows[k].path + bytes, ".evidence[].value") == 0)
            return true;
    return false;
}

static struct model_request request_of(const char *path, uint32_t type)
{
    return (struct model_request){.path = path,
                                  .type = type,
                                  .min = (double)NAN,
                                  .max = (double)NAN,
                                  .wanted_by = "the list of sources"};
}

/* The evidence's fields, then one list of names for each list that the run looked at. */
static struct model_request *ask(struct sources *sources, const struct model *model, size_t *count)
{
    static const struct {
        const char *path;
        uint32_t type;
    } fields[SOURCE_FIELDS] = {
        [SOURCE_ID] = {"/evidence[].id", UPTAKE_TEXT},
        [SOURCE_TEXT] = {"/evidence[].source", UPTAKE_TEXT},
        [SOURCE_URL] = {"/evidence[].url", UPTAKE_TEXT},
        [SOURCE_TYPE] = {"/evidence[].type", UPTAKE_CHOICE},
        [SOURCE_YEAR] = {"/evidence[].year", UPTAKE_NUMBER},
    };
    struct model_request *requests =
        arena_array(&sources->arena, SOURCE_FIELDS + model->n_tables, sizeof *requests);
    if (!requests)
        return NULL;
    for (*count = 0; *count < SOURCE_FIELDS; ++*count)
        requests[*count] = request_of(fields[*count].path, fields[*count].type);
    for (size_t t = 1; t < model->n_tables; t++) {
        if (model->tables[t].parent != 0 || !names_evidence(model->tables[t].list))
            continue;
        const char *path = arena_format(&sources->arena, "%s.evidence[]", model->tables[t].path);
        if (!path)
            return NULL;
        requests[(*count)++] = request_of(path, UPTAKE_REF);
    }
    return requests;
}

/* --- Who names what ---------------------------------------------------------------------------- */

static const struct model_column *column_of(const struct model *model,
                                            const struct model_request *request)
{
    return &model->tables[request->table].columns[request->column];
}

/* Names in one innovation's rows of one list; counted, or put down. */
static size_t uses_in(const struct sources *sources, const struct model_request *request,
                      const char *entity, uint64_t i, uint64_t innovation, struct source_use *uses)
{
    const struct model_table *names = &sources->model.tables[request->table];
    const struct model_table *rows = &sources->model.tables[names->parent];
    const int64_t *refs = column_of(&sources->model, request)->values;
    size_t count = 0;
    for (int64_t r = rows->offsets[i]; refs && r < rows->offsets[i + 1]; r++)
        for (int64_t k = names->offsets[r]; k < names->offsets[r + 1]; k++) {
            if (refs[k] < 0)
                continue;
            if (uses)
                uses[count] = (struct source_use){
                    innovation, entity, (uint64_t)(r - rows->offsets[i]), (uint64_t)refs[k]};
            count++;
        }
    return count;
}

/* "support[]" of "support[].evidence[]" */
static const char *entity_of(struct arena *arena, const char *path)
{
    return arena_text(arena, path, strlen(path) - strlen(".evidence[]"));
}

static size_t gather(const struct sources *sources, const char *const *entities, size_t count,
                     uint64_t only, struct source_use *uses)
{
    size_t found = 0;
    for (uint64_t i = 0; i < sources->model.innovations; i++)
        for (size_t k = SOURCE_FIELDS; k < count; k++)
            found += uses_in(sources, &sources->requests[k], entities[k], i,
                             only == UINT64_MAX ? i : only, uses ? uses + found : NULL);
    return found;
}

static int list_uses(struct sources *sources, size_t count, uint64_t only)
{
    const char **entities = arena_array(&sources->arena, count, sizeof *entities);
    for (size_t k = SOURCE_FIELDS; entities && k < count; k++) {
        entities[k] = entity_of(&sources->arena, sources->requests[k].path);
        if (!entities[k])
            return -1;
    }
    if (!entities)
        return -1;
    size_t n_uses = gather(sources, entities, count, only, NULL);
    sources->uses = arena_array(&sources->arena, n_uses, sizeof *sources->uses);
    if (!sources->uses)
        return -1;
    sources->n_uses = gather(sources, entities, count, only, sources->uses);
    return 0;
}

int sources_read(const struct result *result, const struct plan *plan,
                 const struct run_options *options, uint64_t only, struct sources *sources,
                 struct uptake_error *error)
{
    struct plan asked = *plan;
    struct run_options narrowed = *options;
    *sources = (struct sources){.n_uses = 0};
    asked.requests = ask(sources, result->model, &asked.n_requests);
    if (!asked.requests)
        return error_memory(error);
    if (only != UINT64_MAX)
        narrowed.innovation = view_id(result, only);
    if (run_load(&asked, &narrowed, false, &sources->model, error) != 0)
        return -1;
    sources->requests = asked.requests;
    if (only == UINT64_MAX && sources->model.innovations != result->model->innovations)
        return error_add(error, EXIT_INPUT, "%s: changed while it was read", result->model_path);
    return list_uses(sources, asked.n_requests, only) != 0 ? error_memory(error) : 0;
}

static const char *or_nothing(const char *text)
{
    return text ? text : "";
}

int sources_of_record(const struct record *record, struct sources *sources,
                      struct uptake_error *error)
{
    *sources = (struct sources){.n_uses = 0};
    struct source *given = arena_array(&sources->arena, record->n_sources + 1, sizeof *given);
    sources->uses = arena_array(&sources->arena, record->n_uses + 1, sizeof *sources->uses);
    if (!given || !sources->uses)
        return error_memory(error);
    for (size_t k = 0; k < record->n_sources; k++) {
        const struct record_source *from = &record->sources[k];
        given[k] = (struct source){or_nothing(from->id), or_nothing(from->text),
                                   or_nothing(from->url), or_nothing(from->type), from->year};
    }
    for (size_t k = 0; k < record->n_uses; k++) {
        const struct record_use *use = &record->uses[k];
        sources->uses[k] = (struct source_use){use->innovation, use->entity, use->row, use->source};
    }
    sources->given = given;
    sources->n_uses = record->n_uses;
    return 0;
}

void sources_finish(struct sources *sources)
{
    model_finish(&sources->model);
    arena_finish(&sources->arena);
    *sources = (struct sources){.n_uses = 0};
}

/* --- Reading them ------------------------------------------------------------------------------ */

static const char *text_at(const struct sources *sources, size_t field, uint64_t row)
{
    const struct model_column *column = column_of(&sources->model, &sources->requests[field]);
    if (!column->values)
        return "";
    if (column->type == UPTAKE_TEXT)
        return model_text(&sources->model, ((const int32_t *)column->values)[row]);
    int16_t code = ((const int16_t *)column->values)[row];
    return code >= 0 && column->choices ? column->choices[code] : "";
}

struct source sources_at(const struct sources *sources, uint64_t evidence)
{
    if (sources->given)
        return sources->given[evidence];
    const double *years = column_of(&sources->model, &sources->requests[SOURCE_YEAR])->values;
    return (struct source){.id = text_at(sources, SOURCE_ID, evidence),
                           .text = text_at(sources, SOURCE_TEXT, evidence),
                           .url = text_at(sources, SOURCE_URL, evidence),
                           .type = text_at(sources, SOURCE_TYPE, evidence),
                           .year = years ? years[evidence] : (double)NAN};
}

/* The first use of that innovation, or of a later one. */
static size_t first_use(const struct sources *sources, uint64_t innovation)
{
    size_t low = 0, high = sources->n_uses;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (sources->uses[middle].innovation < innovation)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

struct view_span sources_of(const struct sources *sources, uint64_t innovation)
{
    return (struct view_span){first_use(sources, innovation), first_use(sources, innovation + 1)};
}

bool sources_is_first(const struct sources *sources, size_t use)
{
    const struct source_use *uses = sources->uses;
    for (size_t k = use; k > 0 && uses[k - 1].innovation == uses[use].innovation; k--)
        if (uses[k - 1].evidence == uses[use].evidence)
            return false;
    return true;
}
