/* Labels of rows: see missing_labels.h. */
#include "check/missing_labels.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "model/vocabulary.h"

/* --- What is no gap ---------------------------------------------------------------------------- */

/* Left out, these have a meaning of their own: whose row it is, that nothing ended, that nothing is replaced; or they
 * only describe. An ending: "*.ends" is none of them: left out it is not known. */
static const char *const silent[] = {
    "support[].adopter",       "support[].for",        "judgements[].adopter",
    "judgements[].state",      "spells[].stopped",     "spells[].ended_by",
    "vehicles[].follows",      "levers[].follows",     "levers[].id",
    "levers[].code",           "levers[].scheme",      "levers[].verdict",
    "levers[].metric",         "/adopters[].closed",   "/adopters[].merged",
    "/adopters[].merged_into", "judgements[].holds",   "support[].holds",
    "judgements[].date",       "support[].date",       "judgements[].rater",
    "support[].rater",         "support[].starts",     "support[].ends",
    "measurements[].group",    "measurements[].level", "/priorities[].ends",
    "observations[].per",      "evidence[].url",       "/evidence[].url",
    "judgements[].informants",
};

/* One or the other is given. */
static const struct {
    const char *path;
    const char *instead[2];
} either[] = {
    {"support[].needed", {"met", NULL}},     {"support[].provided", {"met", NULL}},
    {"support[].unit", {"met", NULL}},       {"support[].met", {"needed", "provided"}},
    {"judgements[].value", {"state", NULL}},
};

/* Rows of some kinds have none of it. */
static const struct {
    const char *path, *key;
    const char *kinds[8];
} not_of[] = {
    {"levers[].value", "kind", {"guidance", "mandate", "framework", "inquiry", "programme"}},
    {"levers[].unit", "kind", {"guidance", "mandate", "framework", "inquiry", "programme"}},
    {"levers[].recipient",
     "kind",
     {"guidance", "mandate", "framework", "inquiry", "programme", "target"}},
};

/* A path without what stands between its brackets. */
static const char *plain(const char *path, char text[200])
{
    size_t used = 0;
    bool inside = false;
    for (; *path && used + 1 < 200; path++) {
        inside = inside && *path != ']';
        if (!inside)
            text[used++] = *path;
        inside = inside || *path == '[';
    }
    text[used] = '\0';
    return text;
}

static bool is_silent(const char *path)
{
    const char *key = strrchr(path, '.');
    for (size_t k = 0; k < sizeof silent / sizeof *silent; k++)
        if (strcmp(silent[k], path) == 0)
            return true;
    return key && (strcmp(key, ".price_year") == 0 || strcmp(key, ".because") == 0);
}

/* --- Asking ------------------------------------------------------------------------------------ */

bool labels_is_scalars(const char *path)
{
    size_t count, bytes = strlen(path) - strlen("value");
    const struct vocabulary_row *rows = vocabulary_rows(&count);
    for (size_t k = 0; k < count; k++)
        if (strncmp(rows[k].path, path, bytes) == 0 && strcmp(rows[k].path, path) != 0)
            return false;
    return true;
}

/* "support[resource=time]." of a path in a list; bytes of it, 0: it stands in none. */
static size_t list_bytes(const char *path)
{
    const char *end = strrchr(path, ']');
    return end && end[1] == '.' ? (size_t)(end - path) + 2 : 0;
}

static int ask(struct label_key *key, const char *path, size_t bytes, const char *name,
               uint32_t type, struct model_request *requests, size_t *n_requests,
               struct arena *arena)
{
    struct model_request request = {
        .type = type, .min = (double)NAN, .max = (double)NAN, .wanted_by = "uptake check"};
    request.path = arena_format(arena, "%.*s%s", (int)bytes, path, name);
    key->key = arena_text(arena, name, strlen(name));
    key->request = *n_requests;
    requests[(*n_requests)++] = request;
    return request.path && key->key ? 0 : -1;
}

static bool tells_apart(const struct vocabulary_row *row)
{
    bool construct = row->form == FORM_CONSTRUCT && !(row->flags & FIELD_DERIVED);
    bool named = row->flags & (FIELD_REQUIRED | FIELD_ID) && row->form == FORM_PLAIN;
    return (named || construct) && (row->type == UPTAKE_CHOICE || row->type == UPTAKE_TEXT ||
                                    (row->type == UPTAKE_REF && row->target == TARGET_ADOPTERS));
}

/* Whether a filter of the path says so already. */
static bool is_given(const char *path, size_t bytes, const char *key)
{
    char text[200];
    snprintf(text, sizeof text, "%s=", key);
    const char *found = strstr(path, text);
    return found && (size_t)(found - path) < bytes &&
           (found[-1] == '[' || found[-1] == ' ' || found[-1] == ',');
}

static const struct vocabulary_row *row_of(const char *path)
{
    size_t count;
    const struct vocabulary_row *rows = vocabulary_rows(&count);
    for (size_t k = 0; k < count; k++)
        if (strcmp(rows[k].path, path) == 0)
            return &rows[k];
    return NULL;
}

static int ask_keys(struct labels *labels, const char *path, size_t bytes,
                    struct model_request *requests, size_t *n_requests, struct arena *arena)
{
    size_t count;
    char list[200];
    const struct vocabulary_row *rows = vocabulary_rows(&count);
    size_t prefix = strlen(plain(path, list)) - strlen(path + bytes);
    for (size_t k = 0; k < count && labels->n_keys < LABEL_KEYS; k++) {
        const char *key = rows[k].path + prefix;
        if (strncmp(rows[k].path, list, prefix) != 0 || strpbrk(key, ".[") ||
            !tells_apart(&rows[k]) || is_given(path, bytes, key))
            continue;
        if (ask(&labels->keys[labels->n_keys++], path, bytes, key, rows[k].type, requests,
                n_requests, arena) != 0)
            return -1;
        if (rows[k].type == UPTAKE_REF && labels->adopters.request == SIZE_MAX &&
            ask(&labels->adopters, "/adopters[].", 12, "id", UPTAKE_TEXT, requests, n_requests,
                arena) != 0)
            return -1;
        if ((rows[k].flags & FIELD_ID) && (rows[k].flags & FIELD_REQUIRED))
            return 0; /* nothing else is needed */
    }
    snprintf(list + prefix, sizeof list - prefix, "name");
    return labels->n_keys < LABEL_KEYS && row_of(list)
               ? ask(&labels->keys[labels->n_keys++], path, bytes, "name", UPTAKE_TEXT, requests,
                     n_requests, arena)
               : 0;
}

static int ask_instead(struct labels *labels, const char *path, size_t bytes,
                       struct model_request *requests, size_t *n_requests, struct arena *arena)
{
    char text[200], other[220];
    plain(path, text);
    for (size_t k = 0; k < sizeof either / sizeof *either; k++) {
        if (strcmp(either[k].path, text) != 0)
            continue;
        for (size_t o = 0; o < 2 && either[k].instead[o]; o++) {
            snprintf(other, sizeof other, "%.*s%s", (int)(strcspn(text, ".") + 1), text,
                     either[k].instead[o]);
            if (ask(&labels->instead[o], path, bytes, either[k].instead[o], row_of(other)->type,
                    requests, n_requests, arena) != 0)
                return -1;
        }
    }
    return 0;
}

int labels_ask(struct labels *labels, const struct model_request *request,
               struct model_request *requests, size_t *n_requests, struct arena *arena)
{
    char text[200];
    size_t bytes = list_bytes(request->path);
    *labels = (struct labels){.path = request->path,
                              .field = request->path + bytes,
                              .list = request->type == UPTAKE_LIST,
                              .adopters = {.request = SIZE_MAX},
                              .instead = {{.request = SIZE_MAX}, {.request = SIZE_MAX}}};
    labels->silent = is_silent(plain(request->path, text));
    if (bytes == 0)
        return 0;
    return ask_keys(labels, request->path, bytes, requests, n_requests, arena) != 0 ||
                   ask_instead(labels, request->path, bytes, requests, n_requests, arena) != 0
               ? -1
               : 0;
}

static void key_found(struct label_key *key, const struct model_request *requests)
{
    if (key->key && key->request != SIZE_MAX)
        key->found = &requests[key->request];
}

void labels_found(struct labels *labels, const struct model_request *requests, size_t request)
{
    labels->table = requests[request].table;
    for (size_t k = 0; k < labels->n_keys; k++)
        key_found(&labels->keys[k], requests);
    key_found(&labels->adopters, requests);
    for (size_t k = 0; k < 2; k++)
        key_found(&labels->instead[k], requests);
}

/* --- Reading ----------------------------------------------------------------------------------- */

static const struct model_column *column_of(const struct model *model, const struct label_key *key)
{
    return key->found ? &model->tables[key->found->table].columns[key->found->column] : NULL;
}

/* "" where there is none. */
static const char *word_at(const struct model *model, const struct labels *labels,
                           const struct label_key *key, uint64_t row)
{
    const struct model_column *column = column_of(model, key);
    if (!column || !column->values)
        return "";
    if (column->type == UPTAKE_CHOICE) {
        int16_t code = ((const int16_t *)column->values)[row];
        return code >= 0 && column->choices ? column->choices[code] : "";
    }
    if (column->type == UPTAKE_REF) {
        int64_t of = ((const int64_t *)column->values)[row];
        return of >= 0 && labels->adopters.found
                   ? word_at(model, labels, &labels->adopters, (uint64_t)of)
                   : "";
    }
    return model_text(model, ((const int32_t *)column->values)[row]);
}

static bool is_there(const struct model_column *column, uint64_t row)
{
    if (!column || !column->values)
        return false;
    if (column->type == UPTAKE_CHOICE)
        return ((const int16_t *)column->values)[row] >= 0;
    return uptake_why(((const double *)column->values)[row]) != UPTAKE_LEFT_OUT;
}

/* Of the kind that has none of it. */
static bool is_not_of(const struct model *model, const struct labels *labels, uint64_t row)
{
    char text[200];
    plain(labels->path, text);
    for (size_t n = 0; n < sizeof not_of / sizeof *not_of; n++)
        for (size_t k = 0; k < labels->n_keys && strcmp(not_of[n].path, text) == 0; k++)
            for (size_t w = 0;
                 strcmp(labels->keys[k].key, not_of[n].key) == 0 && not_of[n].kinds[w]; w++)
                if (strcmp(word_at(model, labels, &labels->keys[k], row), not_of[n].kinds[w]) == 0)
                    return true;
    return false;
}

bool labels_says(const struct model *model, const struct labels *labels, uint64_t row)
{
    if (is_not_of(model, labels, row))
        return true;
    for (size_t k = 0; k < 2; k++)
        if (is_there(column_of(model, &labels->instead[k]), row))
            return true;
    return labels->silent;
}

uint64_t labels_innovation(const struct model *model, uint32_t table, uint64_t row)
{
    while (table != 0 && table != MODEL_NO_TABLE && model->tables[table].offsets) {
        row = model_parent(&model->tables[table], row);
        table = model->tables[table].parent;
    }
    return table == 0 ? row : UINT64_MAX;
}

/* What tells the row apart, between brackets, with the filter that the path has already. */
static const char *bracket(struct arena *arena, const struct model *model,
                           const struct labels *labels, uint64_t row)
{
    const char *close = strrchr(labels->path, ']'), *open = close;
    while (open > labels->path && *open != '[')
        open--;
    const char *text = arena_text(arena, open + 1, (size_t)(close - open - 1));
    for (size_t k = 0; k < labels->n_keys && text; k++) {
        const char *word = word_at(model, labels, &labels->keys[k], row);
        if (*word)
            text = arena_format(arena, "%s%s%s=%s", text, *text ? ", " : "", labels->keys[k].key,
                                word);
    }
    return text ? arena_format(arena, "%.*s[%s].", (int)(open - labels->path), labels->path, text)
                : NULL;
}

/* A missing list is written without its brackets. */
static const char *without_brackets(struct arena *arena, const char *path)
{
    const char *open = strrchr(path, '[');
    return arena_text(arena, path, open ? (size_t)(open - path) : strlen(path));
}

const char *labels_path(struct arena *arena, const struct model *model, const struct labels *labels,
                        uint64_t row)
{
    uint32_t table = labels->list ? model->tables[labels->table].parent : labels->table;
    uint64_t innovation = labels_innovation(model, table, row);
    const char *inside = labels->list                    ? without_brackets(arena, labels->path)
                         : labels->field == labels->path ? ""
                                                         : bracket(arena, model, labels, row);
    const char *field = labels->list ? "" : labels->field;
    if (!inside)
        return NULL;
    if (innovation == UINT64_MAX)
        return arena_format(arena, "%s%s", inside, field);
    return arena_format(arena, "innovations[id=%s].%s%s", model_text(model, model->ids[innovation]),
                        inside, field);
}

const char *labels_copy(struct arena *arena, const struct model *model, int32_t text)
{
    const char *from = model_text(model, text);
    return arena_text(arena, from, strlen(from));
}

const char *labels_unit(struct arena *arena, const char *unit)
{
    bool plain_unit = unit && unit[0] && strcmp(unit, "row") != 0;
    const char *copy = plain_unit ? arena_text(arena, unit, strlen(unit)) : "";
    return copy ? copy : "";
}
