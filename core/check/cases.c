/* The file of cases: see cases.h. */
#include "check/cases.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/text.h"
#include "check/cases_internal.h"

enum { FILE_MAX = 16 << 20 };

struct reading {
    const struct plugin *plugins;
    size_t n_plugins;
    const char *path;
    char *text; /* the file as it is */
    size_t bytes;
    struct tree root;
    struct cases *cases;
    struct uptake_error *error;
    struct arena arena;
};

/* --- Messages ---------------------------------------------------------------------------------- */

void cases_wrong(struct case_run *run, struct place place, const char *format, ...)
{
    char text[400];
    va_list values;
    va_start(values, format);
    vsnprintf(text, sizeof text, format, values);
    va_end(values);
    error_at(run->error, place, "%s", text);
    run->misshapen = true;
}

void cases_differ(struct case_run *run, struct place place, const char *format, ...)
{
    char text[400], quoted[72];
    va_list values;
    va_start(values, format);
    vsnprintf(text, sizeof text, format, values);
    va_end(values);
    error_add(run->error, EXIT_DIFFERS, "%s:%u:%u: case '%s': %s", place.file, place.line,
              place.column, text_quote(quoted, run->name, strlen(run->name)), text);
    run->differs = true;
}

bool cases_keys(struct case_run *run, const struct tree *map, const char *what,
                const char *const *words)
{
    char found[96], quoted[72], hint[96];
    if (map->kind != YAML_MAP) {
        cases_wrong(run, map->place, "%s: found %s; expected a mapping", what,
                    tree_what(map, found));
        return false;
    }
    bool good = true;
    for (size_t k = 0; k < map->count; k++) {
        const struct tree *key = &map->keys[k];
        struct nearest nearest;
        bool known = false;
        nearest_start(&nearest, key->text, key->bytes);
        for (size_t w = 0; words[w]; w++) {
            known |= strcmp(words[w], key->text) == 0;
            nearest_offer(&nearest, words[w]);
        }
        if (!known)
            cases_wrong(run, key->place, "unknown key '%s' in %s%s",
                        text_quote(quoted, key->text, key->bytes), what,
                        nearest_hint(&nearest, hint));
        good &= known;
    }
    return good;
}

/* --- The model of a case: its lines of the file, where they stand ------------------------------- */

static size_t line_start(const struct reading *reading, uint32_t line)
{
    size_t at = 0;
    for (uint32_t k = 1; k < line && at < reading->bytes; k++) {
        const char *end = memchr(reading->text + at, '\n', reading->bytes - at);
        at = end ? (size_t)(end - reading->text) + 1 : reading->bytes;
    }
    return at;
}

/* The least line behind `line` on which something else of the file begins. */
static void next_line(const struct tree *tree, const struct tree *model, uint32_t *least)
{
    for (size_t k = 0; k < tree->count; k++) {
        const struct tree *first = tree->kind == YAML_MAP ? &tree->keys[k] : &tree->values[k];
        if (first->place.line > model->place.line && first->place.line < *least)
            *least = first->place.line;
        if (&tree->values[k] != model)
            next_line(&tree->values[k], model, least);
    }
}

/* Every line but the model's is blank, so that what is wrong with it is said with its place in this file. */
static char *text_of_model(struct reading *reading, const struct tree *model, size_t *bytes)
{
    static const char format[] = "uptake: 1";
    uint32_t last = UINT32_MAX;
    next_line(&reading->root, model, &last);
    size_t from = line_start(reading, model->place.line);
    size_t to = last == UINT32_MAX ? reading->bytes : line_start(reading, last);
    char *text = arena_alloc(&reading->arena, to + 64 + model->place.column);
    size_t used = 0;
    bool headed = tree_get(model, "uptake") != NULL;
    for (uint32_t line = 1; text && line < model->place.line; line++) {
        if (line + 1 == model->place.line && !headed) { /* on the line of `model:` itself */
            memset(text + used, ' ', model->place.column - 1);
            used += model->place.column - 1;
            memcpy(text + used, format, sizeof format - 1);
            used += sizeof format - 1;
        }
        text[used++] = '\n';
    }
    if (!text)
        return NULL;
    memcpy(text + used, reading->text + from, to - from);
    *bytes = used + (to - from);
    return text;
}

/* --- One case ---------------------------------------------------------------------------------- */

static const char *const case_keys[] = {"name", "plugin", "source", "as_of",
                                        "with", "model",  "expect", NULL};

static bool read_text(struct case_run *run, const struct tree *map, const char *key, bool needed,
                      const char **text)
{
    char found[96];
    const struct tree *value = tree_get(map, key);
    *text = value && value->kind == YAML_SCALAR && value->bytes ? value->text : NULL;
    if (*text || (!value && !needed))
        return true;
    cases_wrong(run, value ? value->place : map->place, "%s: found %s; expected a text", key,
                value ? tree_what(value, found) : "nothing");
    return false;
}

static const struct plugin *plugin_of(struct reading *reading, struct case_run *run,
                                      const struct tree *map)
{
    const char *id;
    char quoted[72];
    if (!read_text(run, map, "plugin", reading->n_plugins > 1, &id))
        return NULL;
    for (size_t k = 0; k < reading->n_plugins; k++)
        if (!id || strcmp(reading->plugins[k].id, id) == 0)
            return &reading->plugins[k];
    cases_wrong(run, tree_get(map, "plugin")->place, "the bundle has no plugin '%s'",
                text_quote(quoted, id, strlen(id)));
    return NULL;
}

static bool read_as_of(struct case_run *run, const struct tree *map, struct trial_model *model)
{
    const struct tree *as_of = tree_get(map, "as_of");
    char found[96];
    if (!as_of)
        return true;
    model->as_of_given =
        as_of->kind == YAML_SCALAR && date_parse(as_of->text, as_of->bytes, &model->as_of);
    if (!model->as_of_given)
        cases_wrong(run, as_of->place, "as_of: found %s; expected a date, such as 2018-01-24",
                    tree_what(as_of, found));
    return model->as_of_given;
}

static bool read_model(struct reading *reading, struct case_run *run, const struct tree *map,
                       struct trial_model *model)
{
    const struct tree *tree = tree_get(map, "model");
    const struct tree *key = NULL;
    for (size_t k = 0; k < map->count; k++)
        if (&map->values[k] == tree)
            key = &map->keys[k];
    if (!key || tree->kind != YAML_MAP || tree->place.line <= key->place.line) {
        cases_wrong(run, key ? key->place : map->place,
                    "model: expected a model on the lines below, as in a file of its own");
        return false;
    }
    model->name = reading->path;
    model->text = text_of_model(reading, tree, &model->bytes);
    if (!model->text)
        error_memory(run->error);
    return model->text && read_as_of(run, map, model);
}

/* Messages of a stage that takes any message for its own. */
static int hand_on(const struct uptake_error *from, struct uptake_error *to)
{
    for (uint32_t k = 0; k < from->count; k++)
        error_add(to, from->exit_code, "%s", from->text[k]);
    return from->count ? -1 : 0;
}

static int run_trial(struct case_run *run, struct trial *trial, const struct plugin *plugin,
                     const struct tree *with, const struct trial_model *model)
{
    static const struct run_options options = {.jobs = 1};
    struct uptake_error *error = calloc(1, sizeof *error);
    if (!error)
        return error_memory(run->error);
    int failed = trial_plan(trial, plugin, with, error) != 0 ||
                 trial_load(trial, model, error) != 0 || trial_run(trial, &options, error) != 0;
    hand_on(error, run->error);
    free(error);
    return failed ? -1 : 0;
}

static int run_case(struct reading *reading, const struct tree *map, struct case_run *run)
{
    struct trial trial = {0};
    struct trial_model model = {0};
    const struct plugin *plugin = NULL;
    if (!cases_keys(run, map, "a case", case_keys) ||
        !read_text(run, map, "name", true, &run->name) ||
        !(plugin = plugin_of(reading, run, map)) || !read_model(reading, run, map, &model))
        return -1;
    const struct tree *expect = tree_get(map, "expect");
    if (!expect || expect->kind != YAML_MAP || expect->count == 0) {
        cases_wrong(run, expect ? expect->place : map->place,
                    "expect: expected {INNOVATION: {writes, findings, skip}}");
        return -1;
    }
    int failed = run_trial(run, &trial, plugin, tree_get(map, "with"), &model);
    run->trial = &trial;
    if (!failed)
        cases_expect(run, expect);
    run->trial = NULL;
    trial_finish(&trial);
    return failed || run->misshapen ? -1 : 0;
}

/* --- The file ---------------------------------------------------------------------------------- */

static int run_all(struct reading *reading, const struct tree *list)
{
    int failed = 0;
    for (size_t k = 0; k < list->count && !error_full(reading->error); k++) {
        struct case_run run = {.name = "", .error = reading->error};
        failed |= run_case(reading, &list->values[k], &run);
        reading->cases->count++;
        reading->cases->failed += run.differs;
    }
    return failed;
}

static int read_root(struct reading *reading)
{
    static const char *const keys[] = {"uptake", "cases", NULL};
    struct case_run top = {.name = "", .error = reading->error};
    struct yaml *yaml = NULL;
    struct yaml_event event;
    if (yaml_open_bytes(&yaml, reading->text, reading->bytes, reading->path, reading->error) != 0)
        return -1;
    int failed = yaml_next(yaml, &event, reading->error) ||
                 tree_read(yaml, &event, &reading->arena, &reading->root, reading->error) ||
                 yaml_next(yaml, &event, reading->error);
    yaml_close(yaml);
    if (failed || !cases_keys(&top, &reading->root, "a file of cases", keys))
        return -1;
    const struct tree *list = tree_get(&reading->root, "cases");
    const struct tree *format = tree_get(&reading->root, "uptake");
    if (!format || format->kind != YAML_SCALAR || strcmp(format->text, "1") != 0)
        return error_at(reading->error,
                        format ? format->place : (struct place){reading->path, 0, 0},
                        "expected 'uptake: 1', the format of this file");
    if (!list || list->kind != YAML_LIST || list->count == 0)
        return error_at(reading->error, list ? list->place : (struct place){reading->path, 0, 0},
                        "cases: expected a list of at least one case");
    return run_all(reading, list);
}

static int read_file(struct reading *reading)
{
    FILE *file = fopen(reading->path, "re");
    if (!file)
        return error_errno(reading->error, "open", reading->path);
    reading->text = malloc(FILE_MAX + 1);
    if (reading->text)
        reading->bytes = fread(reading->text, 1, FILE_MAX + 1, file);
    int failed =
        !reading->text ? error_memory(reading->error)
        : ferror(file) ? error_errno(reading->error, "read", reading->path)
        : reading->bytes > FILE_MAX
            ? error_at(reading->error, (struct place){reading->path, 0, 0}, "is larger than 16 MiB")
        : reading->bytes == 0
            ? error_at(reading->error, (struct place){reading->path, 0, 0}, "is empty")
            : 0;
    fclose(file);
    return failed;
}

int cases_run(const struct plugin *plugins, size_t n_plugins, const char *path, struct cases *cases,
              struct uptake_error *error)
{
    *cases = (struct cases){0};
    struct reading reading = {
        .plugins = plugins, .n_plugins = n_plugins, .path = path, .cases = cases, .error = error};
    int failed = read_file(&reading) != 0 || read_root(&reading) != 0 ? -1 : 0;
    free(reading.text);
    arena_finish(&reading.arena);
    return failed;
}
