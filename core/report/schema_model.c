/* A model's JSON Schema, from the vocabulary's rows: see schema.h. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "model/vocabulary.h"
#include "report/schema_parts.h"

enum { FIELDS_MAX = 2048, FIELD_BYTES = 128, PREFIX_BYTES = 160 };

/* A field of the vocabulary, or one that only a plugin knows. */
struct field {
    struct vocabulary_row row;
    char path[FIELD_BYTES];
    char read_by[200];
};

struct drawing {
    struct json json;
    struct field fields[FIELDS_MAX];
    size_t count;
};

/* --- Fields ------------------------------------------------------------------------------------ */

static void without_filters(const char *path, char plain[FIELD_BYTES])
{
    size_t used = 0;
    bool inside = false;
    for (; *path && used + 1 < FIELD_BYTES; path++) {
        if (*path == ']')
            inside = false;
        if (!inside)
            plain[used++] = *path;
        if (*path == '[')
            inside = true;
    }
    plain[used] = 0;
}

static struct field *find(struct drawing *d, const char *path)
{
    for (size_t k = 0; k < d->count; k++)
        if (strcmp(d->fields[k].path, path) == 0)
            return &d->fields[k];
    return NULL;
}

static struct field *add(struct drawing *d, const struct vocabulary_row *row, const char *path)
{
    if (d->count == FIELDS_MAX || strlen(path) >= sizeof d->fields[0].path)
        return NULL;
    struct field *field = &d->fields[d->count++];
    *field = (struct field){.row = *row};
    snprintf(field->path, sizeof field->path, "%s", path);
    return field;
}

static void add_read(struct drawing *d, const struct plugin *plugin, const struct uptake_read *read)
{
    char path[FIELD_BYTES];
    without_filters(read->path, path);
    if (*path == '@' || read->type == UPTAKE_LIST || read->type == UPTAKE_VERDICT ||
        strncmp(path, "custom.", 7) == 0)
        return;
    struct vocabulary_row own = {.type = read->type,
                                 .unit = read->unit,
                                 .min = read->min,
                                 .max = read->max,
                                 .choices = read->choices,
                                 .doc = read->doc};
    struct field *field = find(d, path);
    field = field ? field : add(d, &own, path);
    size_t used = field ? strlen(field->read_by) : 0;
    if (field && !strstr(field->read_by, plugin->id))
        snprintf(field->read_by + used, sizeof field->read_by - used, "%s%s", used ? ", " : "",
                 plugin->id);
}

static void collect(struct drawing *d, const struct plugin_bundle *bundles, size_t n_bundles)
{
    size_t count;
    const struct vocabulary_row *rows = vocabulary_rows(&count);
    for (size_t k = 0; k < count; k++)
        if (!(rows[k].flags & FIELD_DERIVED))
            add(d, &rows[k], rows[k].path);
    for (size_t b = 0; b < n_bundles; b++)
        for (size_t p = 0; p < bundles[b].n_plugins; p++)
            for (size_t k = 0; k < bundles[b].plugins[p].n_reads; k++)
                add_read(d, &bundles[b].plugins[p], &bundles[b].plugins[p].reads[k]);
}

/* --- One value --------------------------------------------------------------------------------- */

static void put_doc(struct json *json, const struct field *field)
{
    char text[900];
    const char *unit = field->row.unit;
    bool row_unit = unit && strcmp(unit, "row") == 0;
    int used = snprintf(text, sizeof text, "%.400s", field->row.doc);
    if (unit && *unit)
        used += snprintf(text + used, sizeof text - (size_t)used, "; in %.60s",
                         row_unit ? "the row's unit" : unit);
    if (field->read_by[0])
        snprintf(text + used, sizeof text - (size_t)used, "; read by %.200s", field->read_by);
    json_pair(json, "description", text);
}

static void put_number(struct json *json, const struct field *field)
{
    json_open(json, '{');
    json_pair(json, "type", "number");
    schema_limits(json, field->row.min, field->row.max);
    json_close(json, '}');
    schema_ref(json, "doubt");
    if (field->row.form == FORM_RATING)
        schema_ref(json, "level");
}

/* Words are offered, and not the only ones. */
static void put_constructs(struct json *json)
{
    size_t count;
    const struct construct *all = constructs(&count);
    json_open(json, '{');
    json_key(json, "enum");
    json_open(json, '[');
    for (size_t k = 0; k < count; k++) {
        bool before = false;
        for (size_t e = 0; e < k && !before; e++)
            before = strcmp(all[e].name, all[k].name) == 0;
        if (!before)
            json_put_text(json, all[k].name);
    }
    json_close(json, ']');
    json_close(json, '}');
    schema_type(json, "string");
}

static void put_alternatives(struct json *json, const struct field *field, const char *name)
{
    if (field->row.form == FORM_CONSTRUCT) {
        put_constructs(json);
        return;
    }
    if (field->row.form == FORM_TREE || field->row.form == FORM_RATINGS) {
        schema_type(json, field->row.form == FORM_TREE ? "array" : "object");
        return;
    }
    switch (field->row.type) {
    case UPTAKE_NUMBER: put_number(json, field); break;
    case UPTAKE_FLAG: schema_type(json, "boolean"); break;
    case UPTAKE_DATE: schema_ref(json, "period"); break;
    case UPTAKE_CHOICE:
        schema_words(json, field->row.choices);
        schema_type(json, "object");
        break;
    default: schema_ref(json, "text");
    }
    if (field->row.type == UPTAKE_DATE && (strcmp(name, "ends") == 0 || strcmp(name, "until") == 0))
        schema_words(json, (const char *const[]){"open", NULL});
}

static void put_value(struct json *json, const struct field *field, const char *name)
{
    json_open(json, '{');
    put_doc(json, field);
    json_key(json, "anyOf");
    json_open(json, '[');
    put_alternatives(json, field, name);
    schema_ref(json, "missing");
    json_close(json, ']');
    json_close(json, '}');
}

/* --- Mappings and lists ------------------------------------------------------------------------ */

static void put_map(struct drawing *d, const char *prefix);

static bool starts(const struct field *field, const char *prefix, size_t bytes)
{
    return strncmp(field->path, prefix, bytes) == 0 && field->path[bytes] &&
           (bytes > 0 || field->path[0] != '/');
}

/* Whether an earlier field has the same next word. */
static bool drawn(const struct drawing *d, size_t index, size_t prefix, size_t bytes)
{
    for (size_t k = 0; k < index; k++)
        if (strncmp(d->fields[k].path, d->fields[index].path, prefix + bytes) == 0 &&
            strchr(".[", d->fields[k].path[prefix + bytes]))
            return true;
    return false;
}

/* "priorities[]" has ".value" and nothing else. */
static const struct field *scalars_of(const struct drawing *d, const char *list)
{
    const struct field *only = NULL;
    size_t bytes = strlen(list), count = 0;
    for (size_t k = 0; k < d->count; k++)
        if (strncmp(d->fields[k].path, list, bytes) == 0) {
            only = &d->fields[k];
            count++;
        }
    return count == 1 && strcmp(only->path + bytes, ".value") == 0 ? only : NULL;
}

static void put_list(struct drawing *d, const char *list)
{
    char prefix[PREFIX_BYTES];
    struct json *json = &d->json;
    const struct field *scalar = scalars_of(d, list);
    snprintf(prefix, sizeof prefix, "%.150s.", list);
    json_open(json, '{');
    json_key(json, "anyOf");
    json_open(json, '[');
    json_open(json, '{');
    json_pair(json, "type", "array");
    json_key(json, "items");
    if (scalar)
        put_value(json, scalar, "value");
    else
        put_map(d, prefix);
    json_close(json, '}');
    schema_ref(json, "missing");
    json_close(json, ']');
    json_close(json, '}');
}

static void put_inner_map(struct drawing *d, const char *prefix)
{
    json_open(&d->json, '{');
    json_key(&d->json, "anyOf");
    json_open(&d->json, '[');
    put_map(d, prefix);
    schema_ref(&d->json, "missing");
    json_close(&d->json, ']');
    json_close(&d->json, '}');
}

static void put_member(struct drawing *d, size_t index, size_t before)
{
    const struct field *field = &d->fields[index];
    const char *name = field->path + before;
    size_t bytes = strcspn(name, ".[");
    char key[PREFIX_BYTES], deeper[PREFIX_BYTES];
    if (name[bytes] && drawn(d, index, before, bytes))
        return;
    snprintf(key, sizeof key, "%.*s", (int)bytes, name);
    snprintf(deeper, sizeof deeper, "%.*s%s", (int)(before + bytes), field->path,
             name[bytes] == '[' ? "[]" : ".");
    json_line(&d->json, 2);
    json_escaped_key(&d->json, key);
    if (!name[bytes])
        put_value(&d->json, field, name);
    else if (name[bytes] == '[')
        put_list(d, deeper);
    else
        put_inner_map(d, deeper);
}

static void put_required(struct drawing *d, const char *prefix, size_t before)
{
    json_key(&d->json, "required");
    json_open(&d->json, '[');
    for (size_t k = 0; k < d->count; k++)
        if (starts(&d->fields[k], prefix, before) && d->fields[k].row.flags & FIELD_REQUIRED &&
            !strpbrk(d->fields[k].path + before, ".["))
            json_put_text(&d->json, d->fields[k].path + before);
    json_close(&d->json, ']');
}

static void put_map(struct drawing *d, const char *prefix)
{
    size_t before = strlen(prefix);
    struct json *json = &d->json;
    json_open(json, '{');
    json_pair(json, "type", "object");
    json_pair_flag(json, "additionalProperties", false);
    put_required(d, prefix, before);
    json_key(json, "properties");
    json_open(json, '{');
    for (size_t k = 0; k < d->count; k++)
        if (starts(&d->fields[k], prefix, before))
            put_member(d, k, before);
    json_key(json, "note");
    schema_ref(json, "text");
    if (before == 0) {
        json_key(json, "custom");
        schema_type(json, "object");
    }
    json_close(json, '}');
    json_close(json, '}');
}

/* --- The whole --------------------------------------------------------------------------------- */

static void put_top(struct drawing *d)
{
    struct json *json = &d->json;
    json_key(json, "properties");
    json_open(json, '{');
    json_key(json, "uptake");
    json_open(json, '{');
    json_pair(json, "description", "the format of this file");
    json_pair_count(json, "const", 1);
    json_close(json, '}');
    json_key(json, "title");
    schema_ref(json, "text");
    json_key(json, "note");
    schema_ref(json, "text");
    json_key(json, "include");
    json_open(json, '{');
    json_pair(json, "description", "files or folders that are part of this model");
    json_close(json, '}');
    json_key(json, "tables");
    json_open(json, '{');
    json_pair(json, "description", "CSV files or SQLite queries that are part of this model");
    json_close(json, '}');
    for (size_t k = 0; k < d->count; k++)
        if (d->fields[k].path[0] == '/')
            put_member(d, k, 1);
    json_line(json, 1);
    json_key(json, "innovations");
    json_open(json, '{');
    json_pair(json, "type", "array");
    json_key(json, "items");
    put_map(d, "");
    json_close(json, '}');
    json_close(json, '}');
}

void report_schema_model(const struct plugin_bundle *bundles, size_t n_bundles,
                         struct report_out *out)
{
    static struct drawing drawing;
    drawing = (struct drawing){.json = {.out = out}};
    struct json *json = &drawing.json;
    collect(&drawing, bundles, n_bundles);
    schema_head(json, "model", "A model for uptake");
    json_pair(json, "type", "object");
    json_pair_flag(json, "additionalProperties", false);
    json_key(json, "required");
    json_open(json, '[');
    json_put_text(json, "uptake");
    json_close(json, ']');
    put_top(&drawing);
    schema_model_definitions(json);
    json_close(json, '}');
    out_char(out, '\n');
}
