/* --where: see where.h. */
#include "run/where.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

enum { CONDITIONS_MOST = 4 };

/* A condition: "region", "=", "London". column: of the field over all adopters, where it is a text. */
struct condition {
    const char *field;
    bool is; /* '=' */
    const char *value;
    const struct model_request *request;
};

static void refuse(struct uptake_error *error, const char *condition, const char *what)
{
    char quoted[72];
    error_add(error, EXIT_INPUT, "--where '%s': %s",
              text_quote(quoted, condition, strlen(condition)), what);
}

/* --- Reading ----------------------------------------------------------------------------------- */

static int read_condition(const char *text, struct arena *arena, struct condition *condition,
                          struct uptake_error *error)
{
    size_t field = strcspn(text, "<>!=");
    const char *sign = text + field;
    size_t signs = strspn(sign, "<>!=");
    if (field == 0 || signs == 0 || sign[signs] == '\0') {
        refuse(error, text, "expected FIELD=VALUE, such as region=London");
        return -1;
    }
    if (strpbrk(text, ",[]")) {
        refuse(error, text,
               "a value may hold no ',' and no '[' or ']'; give --where again for another "
               "condition");
        return -1;
    }
    condition->field = arena_text(arena, text, field);
    condition->is = signs == 1 && *sign == '=';
    condition->value = sign + signs;
    return condition->field ? 0 : error_memory(error);
}

static const char *joined(struct arena *arena, const char *const *texts, size_t count)
{
    const char *all = "";
    for (size_t k = 0; k < count && all; k++)
        all = arena_format(arena, "%s%s%s", all, k > 0 ? ", " : "", texts[k]);
    return all;
}

/* --- Looking ----------------------------------------------------------------------------------- */

static int load(const struct spec *spec, struct model_request *requests, size_t count,
                struct model *model, struct uptake_error *error)
{
    const struct model_options options = {.path = spec->model,
                                          .name = spec->model,
                                          .check_only = true,
                                          .requests = requests,
                                          .n_requests = count};
    return model_load(&options, model, error);
}

static const struct model_column *column_of(const struct model *model,
                                            const struct model_request *request)
{
    return &model->tables[request->table].columns[request->column];
}

static int by_text(const void *a, const void *b)
{
    const char *const *x = a, *const *y = b;
    return strcmp(*x, *y);
}

static int keep(struct where *where, const struct model *model, const struct model_request *ids)
{
    const int32_t *texts = column_of(model, ids)->values;
    size_t count = texts ? model->tables[ids->table].rows : 0;
    const char **kept = arena_array(&where->arena, count, sizeof *kept);
    if (!kept)
        return -1;
    for (size_t k = 0; k < count; k++) {
        const char *id = model_text(model, texts[k]);
        kept[k] = arena_text(&where->arena, id, strlen(id));
        if (!kept[k])
            return -1;
    }
    if (count > 1)
        qsort(kept, count, sizeof *kept, by_text);
    where->kept = (struct model_adopters){kept, count};
    return 0;
}

/* --- When none is left ------------------------------------------------------------------------- */

/* A text that no adopter has: the nearest that one has. */
static bool unknown_value(const struct spec *spec, const struct condition *condition,
                          struct uptake_error *error)
{
    struct model_request request = {.type = UPTAKE_TEXT, .wanted_by = "--where"};
    struct model model = {0};
    struct arena arena = {0};
    struct nearest nearest;
    char quoted[72], hint[96];
    bool found = false, loaded = false;
    nearest_start(&nearest, condition->value, strlen(condition->value));
    request.path = arena_format(&arena, "/adopters[].%s", condition->field);
    loaded = condition->is && request.path && load(spec, &request, 1, &model, NULL) == 0;
    const int32_t *texts = loaded ? column_of(&model, &request)->values : NULL;
    for (uint64_t k = 0; texts && k < model.tables[request.table].rows; k++) {
        found = found || strcmp(model_text(&model, texts[k]), condition->value) == 0;
        if (texts[k] >= 0)
            nearest_offer(&nearest, model_text(&model, texts[k]));
    }
    if (loaded && !found)
        error_add(error, EXIT_INPUT, "--where: no adopter has %s '%s'%s", condition->field,
                  text_quote(quoted, condition->value, strlen(condition->value)),
                  nearest_hint(&nearest, hint));
    if (loaded)
        model_finish(&model);
    arena_finish(&arena);
    return loaded && !found;
}

static int none_left(const struct spec *spec, const struct where *where,
                     const struct condition *conditions, size_t count, struct uptake_error *error)
{
    if (where->all == 0)
        return error_add(error, EXIT_INPUT, "--where: %s names no adopters", spec->model_text);
    bool said = false;
    for (size_t k = 0; k < count; k++)
        said = unknown_value(spec, &conditions[k], error) || said;
    return said ? -1
                : error_add(error, EXIT_INPUT, "--where: none of %llu adopters meets: %s",
                            (unsigned long long)where->all, where->text);
}

int where_find(const struct spec *spec, const char *const *conditions, size_t count,
               struct where *where, struct uptake_error *error)
{
    struct condition read[CONDITIONS_MOST];
    struct model model = {0};
    *where = (struct where){0};
    if (count > CONDITIONS_MOST)
        return error_add(error, EXIT_INPUT, "--where: more than %d conditions", CONDITIONS_MOST);
    for (size_t k = 0; k < count; k++)
        if (read_condition(conditions[k], &where->arena, &read[k], error) != 0)
            return -1;
    where->text = joined(&where->arena, conditions, count);
    const char *path =
        where->text ? arena_format(&where->arena, "/adopters[%s].id", where->text) : NULL;
    struct model_request requests[] = {
        {.path = path, .type = UPTAKE_TEXT, .wanted_by = "--where"},
        {.path = "/adopters[].id", .type = UPTAKE_TEXT, .wanted_by = "--where"}};
    if (!path)
        return error_memory(error);
    if (load(spec, requests, 2, &model, error) != 0)
        return -1;
    where->all = model.tables[requests[1].table].rows;
    int failed = keep(where, &model, &requests[0]) != 0 ? error_memory(error) : 0;
    model_finish(&model);
    return failed                   ? failed
           : where->kept.count == 0 ? none_left(spec, where, read, count, error)
                                    : 0;
}

void where_finish(struct where *where)
{
    arena_finish(&where->arena);
    *where = (struct where){0};
}
