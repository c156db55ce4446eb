/* The fields that a plugin reads, with those that its rows cannot do without: see gen.h. */
#include <stdio.h>
#include <string.h>

#include "check/gen.h"
#include "check/trial.h"
#include "model/vocabulary.h"

enum { FIELDS_MAX = 1024, FILTERS_MAX = 256, PATH_MAX_BYTES = 512 };

/* What rules ask of a list's rows beyond the fields that are always required. */
static const struct {
    const char *list;
    const char *needs[5];
} companions[] = {
    {"support[]", {"needed", "unit"}},
    {"judgements[]", {"construct", "value", "adopter", "because"}},
    {"spells[]", {"adopted"}},
    {"effects[]", {"unit"}},
    {"measurements[]", {"group"}},
    {"levers[]", {"id", "unit"}},
};

/* --- Paths ------------------------------------------------------------------------------------- */

/* The path without what stands in brackets; the conditions of the last filter are noted. */
static const char *without_filters(struct gen_schema *schema, const char *path)
{
    char plain[PATH_MAX_BYTES];
    size_t used = 0;
    for (const char *c = path; *c && used < sizeof plain - 1;) {
        plain[used++] = *c++;
        if (plain[used - 1] != '[')
            continue;
        const char *end = strchr(c, ']');
        if (!end)
            break;
        plain[used++] = ']';
        if (end > c && schema->n_filters < FILTERS_MAX)
            schema->filters[schema->n_filters++] =
                (struct gen_filter){arena_text(&schema->arena, plain, used),
                                    arena_text(&schema->arena, c, (size_t)(end - c))};
        c = end + 1;
    }
    return arena_text(&schema->arena, plain, used);
}

/* "support[].needed" -> 9: the bytes of its list; 0: the innovation's own. */
static size_t list_bytes(const char *path)
{
    const char *last = NULL;
    for (const char *at = strstr(path, "[]"); at; at = strstr(at + 2, "[]"))
        last = at;
    return last ? (size_t)(last - path) + 2 : 0;
}

static bool in_list(const char *path, const char *list, size_t bytes)
{
    return list_bytes(path) == bytes && memcmp(path, list, bytes) == 0;
}

bool gen_is_scalars(const char *list)
{
    size_t count, fields = 0, values = 0, bytes = strlen(list);
    const struct vocabulary_row *rows = vocabulary_rows(&count);
    for (size_t k = 0; k < count; k++)
        if (in_list(rows[k].path, list, bytes)) {
            fields++;
            values += strcmp(rows[k].path + bytes, ".value") == 0;
        }
    return fields == 1 && values == 1;
}

/* --- Fields ------------------------------------------------------------------------------------ */

static struct gen_field *find(const struct gen_schema *schema, const char *path)
{
    for (size_t k = 0; k < schema->n_fields; k++)
        if (strcmp(schema->fields[k].path, path) == 0)
            return &schema->fields[k];
    return NULL;
}

static struct gen_field *add_field(struct gen_schema *schema, const struct gen_field *field)
{
    struct gen_field *known = find(schema, field->path);
    if (known || schema->n_fields == FIELDS_MAX)
        return known;
    schema->fields[schema->n_fields] = *field;
    return &schema->fields[schema->n_fields++];
}

static struct gen_field *add_row(struct gen_schema *schema, const struct vocabulary_row *row)
{
    return add_field(schema, &(struct gen_field){.path = row->path,
                                                 .type = row->type,
                                                 .flags = row->flags,
                                                 .form = (int)row->form,
                                                 .target = (int)row->target,
                                                 .min = row->min,
                                                 .max = row->max,
                                                 .choices = row->choices,
                                                 .unit = row->unit,
                                                 .doc = row->doc});
}

static const struct vocabulary_row *vocabulary_find(const char *path)
{
    size_t count;
    const struct vocabulary_row *rows = vocabulary_rows(&count);
    for (size_t k = 0; k < count; k++)
        if (strcmp(rows[k].path, path) == 0)
            return &rows[k];
    return NULL;
}

static void narrow(struct gen_field *field, const struct uptake_read *read)
{
    field->read = true;
    if (read->type != UPTAKE_NUMBER)
        return;
    field->min = read->min > field->min ? read->min : field->min;
    field->max = read->max < field->max ? read->max : field->max;
}

/* A rule, and what the rules that are made up look at. */
static void add_rules(struct gen_schema *schema)
{
    static const char *const paths[] = {"/rules[].all", "commissioning.payback",
                                        "commissioning.saving_5y",
                                        "commissioning.measured_outcome"};
    for (size_t k = 0; k < sizeof paths / sizeof *paths; k++)
        if (vocabulary_find(paths[k]))
            add_row(schema, vocabulary_find(paths[k]));
}

/* `domain` is made of `construct`. */
static const char *written_path(const struct gen_schema *schema, const char *path)
{
    const struct vocabulary_row *row = vocabulary_find(path);
    return row && row->flags & FIELD_DERIVED ? "judgements[].construct"
           : schema && row                   ? row->path
                                             : path;
}

static int add_read(struct gen_schema *schema, const struct uptake_read *read)
{
    const char *path = *read->path == '@' ? trial_quantity_path(&schema->arena, read->path)
                                          : without_filters(schema, read->path);
    if (!path)
        return -1;
    if (read->type == UPTAKE_LIST || read->type == UPTAKE_VERDICT) {
        add_field(schema, &(struct gen_field){.path = arena_format(&schema->arena, "%s.", path),
                                              .type = UPTAKE_LIST,
                                              .read = true});
        if (read->type == UPTAKE_VERDICT)
            add_rules(schema);
        return 0;
    }
    const struct vocabulary_row *row = vocabulary_find(written_path(schema, path));
    struct gen_field own = {.path = path,
                            .type = read->type,
                            .min = read->min,
                            .max = read->max,
                            .choices = read->choices,
                            .unit = read->unit,
                            .doc = read->doc,
                            .read = true};
    struct gen_field *field = row ? add_row(schema, row) : add_field(schema, &own);
    if (field)
        narrow(field, read);
    return 0;
}

static bool is_needed(const struct vocabulary_row *row, size_t bytes)
{
    if (row->flags & FIELD_REQUIRED)
        return true;
    for (size_t c = 0; c < sizeof companions / sizeof *companions; c++)
        for (size_t k = 0; companions[c].needs[k]; k++)
            if (strlen(companions[c].list) == bytes &&
                memcmp(companions[c].list, row->path, bytes) == 0 && row->path[bytes] == '.' &&
                strcmp(row->path + bytes + 1, companions[c].needs[k]) == 0)
                return true;
    return false;
}

/* What the rows of a list need, and what its filters look at. */
static void complete_list(struct gen_schema *schema, const char *list, size_t bytes)
{
    size_t count;
    const struct vocabulary_row *rows = vocabulary_rows(&count);
    for (size_t k = 0; k < count; k++) {
        if (!in_list(rows[k].path, list, bytes) || rows[k].flags & FIELD_DERIVED ||
            rows[k].form == FORM_RATINGS || rows[k].form == FORM_TREE)
            continue;
        bool filtered = false;
        for (size_t f = 0; bytes && f < schema->n_filters; f++)
            filtered |= strlen(schema->filters[f].list) == bytes &&
                        memcmp(schema->filters[f].list, list, bytes) == 0 &&
                        strstr(schema->filters[f].conditions, rows[k].path + bytes + 1);
        if (filtered || is_needed(&rows[k], bytes))
            add_row(schema, &rows[k]);
    }
}

/* The lists that references lead to. */
static const char *const targets[TARGET_COUNT] = {[TARGET_EVIDENCE] = "/evidence[]",
                                                  [TARGET_ADOPTERS] = "/adopters[]",
                                                  [TARGET_PRIORITIES] = "/priorities[]"};

static void complete(struct gen_schema *schema)
{
    complete_list(schema, "", 0);
    for (size_t k = 0; k < schema->n_fields; k++) { /* grows while it is walked */
        const struct gen_field field = schema->fields[k];
        size_t bytes = list_bytes(field.path);
        for (size_t outer = bytes; outer; outer = outer > 2 ? outer - 1 : 0)
            if (outer == bytes || memcmp(field.path + outer - 2, "[]", 2) == 0)
                complete_list(schema, field.path, outer);
        if (targets[field.target])
            complete_list(schema, targets[field.target], strlen(targets[field.target]));
        if (field.target == TARGET_SAME_LIST) {
            const char *id = arena_format(&schema->arena, "%.*s.id", (int)bytes, field.path);
            if (id && vocabulary_find(id))
                add_row(schema, vocabulary_find(id));
        }
    }
}

/* In the vocabulary's order, so that a row's resource stands before its unit. */
static size_t place_of(const struct gen_field *field)
{
    size_t count, k = 0;
    const struct vocabulary_row *rows = vocabulary_rows(&count);
    while (k < count && strcmp(rows[k].path, field->path) != 0)
        k++;
    return k;
}

static void sort_fields(struct gen_schema *schema)
{
    for (size_t k = 1; k < schema->n_fields; k++) {
        struct gen_field field = schema->fields[k];
        size_t at = k, place = place_of(&field);
        while (at > 0 && place_of(&schema->fields[at - 1]) > place) {
            schema->fields[at] = schema->fields[at - 1];
            at--;
        }
        schema->fields[at] = field;
    }
}

int gen_schema_open(struct gen_schema *schema, const struct plugin *plugin,
                    struct uptake_error *error)
{
    *schema = (struct gen_schema){.plugin = plugin};
    schema->fields = arena_array(&schema->arena, FIELDS_MAX, sizeof *schema->fields);
    schema->filters = arena_array(&schema->arena, FILTERS_MAX, sizeof *schema->filters);
    if (!schema->fields || !schema->filters)
        return error_memory(error);
    for (size_t k = 0; k < plugin->n_reads; k++)
        if (add_read(schema, &plugin->reads[k]) != 0)
            return error_memory(error);
    complete(schema);
    sort_fields(schema);
    return 0;
}

void gen_schema_close(struct gen_schema *schema)
{
    arena_finish(&schema->arena);
    *schema = (struct gen_schema){0};
}
