/*
 * `--set KEY.KEY=VALUE`: the document with one value replaced, or added. What is set gets the
 * argument itself as its place, so that later messages say where it came from.
 */
#include "spec/format.h"

#include <string.h>

enum { PARTS_MAX = 64 };

struct setting {
    struct place place;
    const char *key; /* the whole path, bytes long */
    size_t bytes;
    struct tree value;
    struct arena *arena;
    struct uptake_error *error;
};

/* --- Paths ------------------------------------------------------------------------------------ */

/* Where the first of `what` stands outside of [brackets], or bytes. */
static size_t find_outside(const char *text, size_t bytes, char what)
{
    int depth = 0;
    for (size_t k = 0; k < bytes; k++) {
        if (text[k] == what && depth == 0)
            return k;
        depth += (text[k] == '[') - (text[k] == ']' && depth > 0);
    }
    return bytes;
}

static size_t first_parts(const char *path, size_t bytes, size_t parts)
{
    size_t end = 0;
    while (parts-- > 0 && end < bytes) {
        end += end ? 1 : 0;
        end += find_outside(path + end, bytes - end, '.');
    }
    return end;
}

/* Bytes of the longest key of a mapping that the path begins with, 0: none. *at: which. */
static size_t known_part(const struct tree *map, const char *path, size_t bytes, size_t *at)
{
    size_t best = 0;
    for (size_t k = 0; k < map->count; k++) {
        const struct tree *key = &map->keys[k];
        if (key->bytes > best && key->bytes <= bytes && memcmp(key->text, path, key->bytes) == 0 &&
            (key->bytes == bytes || path[key->bytes] == '.')) {
            best = key->bytes;
            *at = k;
        }
    }
    return best;
}

/* How much of a path is the new key: names of measures and of fields hold dots themselves. */
static size_t new_part(const struct spec_key *wild, const char *path, size_t bytes)
{
    const char *kind = wild ? format_last(wild) : "";
    if (strcmp(kind, "MEASURE") == 0)
        return bytes > 6 && memcmp(path, "field:", 6) == 0 ? bytes : first_parts(path, bytes, 2);
    if (strcmp(kind, "QUANTITY") == 0)
        return bytes;
    if (strcmp(kind, "PATH") != 0)
        return first_parts(path, bytes, 1);
    const char *dot = memrchr(path, '.', bytes);
    size_t name = dot ? (size_t)(dot - path) : 0;
    return name && format_child(wild, dot + 1, bytes - name - 1) ? name : bytes;
}

/* --- The tree --------------------------------------------------------------------------------- */

static int fail_inside(struct setting *s, const struct tree *tree, const char *path)
{
    char what[96], above[72], below[72];
    size_t before = (size_t)(path - s->key);
    if (tree->kind == YAML_LIST)
        return error_at(s->error, s->place,
                        "'%s' is a list, which cannot be set in part; set all of it",
                        text_quote(above, s->key, before - 1));
    return error_at(s->error, s->place, "'%s' is %s, not a mapping, so '%s' cannot be set in it",
                    text_quote(above, s->key, before - 1), tree_what(tree, what),
                    text_quote(below, path, s->bytes - before));
}

/* One key of a path: where it stands in a mapping (at == count: nowhere), its bytes, its row. */
struct step {
    size_t at;
    size_t bytes;
    const struct spec_key *row;
};

static int find_step(struct setting *s, const struct spec_key *row, bool free,
                     const struct tree *map, const char *path, struct step *step)
{
    size_t bytes = s->bytes - (size_t)(path - s->key);
    const struct spec_key *wild = free ? NULL : format_wild(row);
    *step = (struct step){.at = map->count, .row = wild};
    step->bytes = known_part(map, path, bytes, &step->at);
    if (step->bytes == 0)
        step->bytes = new_part(wild, path, bytes);
    if (step->bytes == 0 || step->bytes + 1 == bytes)
        return error_at(s->error, s->place,
                        "found an empty key in its path; expected KEY.KEY=VALUE");
    if (!wild && !free)
        step->row = format_child(row, path, step->bytes);
    return 0;
}

/* The value of a step, in a mapping whose arrays are made anew; its key is added if there is none. */
static struct tree *values_at(struct setting *s, struct tree *map, const char *path,
                              const struct step *step)
{
    size_t count = map->count + (step->at == map->count);
    struct tree *keys = arena_array(s->arena, count, sizeof *keys);
    struct tree *values = arena_array(s->arena, count, sizeof *values);
    const char *name = arena_text(s->arena, path, step->bytes);
    if (!keys || !values || !name)
        return NULL;
    if (map->count) {
        memcpy(keys, map->keys, map->count * sizeof *keys);
        memcpy(values, map->values, map->count * sizeof *values);
    }
    if (step->at == map->count) {
        keys[step->at] =
            (struct tree){YAML_SCALAR, true, s->place, name, step->bytes, 0, NULL, NULL};
        values[step->at] = (struct tree){.kind = YAML_MAP, .place = s->place};
    }
    map->keys = keys;
    map->values = values;
    map->count = count;
    return &values[step->at];
}

/* free: no row says what may stand here. */
static int set_in(struct setting *s, const struct spec_key *row, bool free, struct tree *tree,
                  const char *path, unsigned parts)
{
    struct step step;
    if (tree_is_null(tree))
        *tree = (struct tree){.kind = YAML_MAP, .place = s->place};
    if (tree->kind != YAML_MAP)
        return fail_inside(s, tree, path);
    if (find_step(s, row, free, tree, path, &step) != 0)
        return -1;
    if (parts == PARTS_MAX)
        return error_at(s->error, s->place, "its path has more than %d keys", PARTS_MAX);
    struct tree *value = values_at(s, tree, path, &step);
    if (!value)
        return error_memory(s->error);
    if (path + step.bytes < s->key + s->bytes)
        return set_in(s, step.row, !step.row, value, path + step.bytes + 1, parts + 1);
    *value = s->value;
    return 0;
}

/* --- The argument ----------------------------------------------------------------------------- */

static void place_all(struct tree *tree, struct place place)
{
    tree->place = place;
    for (size_t k = 0; tree->kind != YAML_SCALAR && k < tree->count; k++) {
        if (tree->kind == YAML_MAP)
            place_all((struct tree *)(uintptr_t)&tree->keys[k], place);
        place_all((struct tree *)(uintptr_t)&tree->values[k], place);
    }
}

/* Says again what the reader said of the value, without its lines and columns: they are no use
 * here. */
static int fail_again(struct setting *s, const char *message)
{
    const char *text = message + strlen(s->place.file);
    text += strspn(text, ":0123456789");
    text += strspn(text, " ");
    const char *line = strstr(text, " (which began at line ");
    int bytes = (int)(line ? (size_t)(line - text) : strlen(text));
    return error_at(s->error, s->place, "%.*s", bytes, text);
}

static int read_value(struct setting *s, struct yaml *yaml, struct uptake_error *error)
{
    struct yaml_event event;
    s->value = (struct tree){.kind = YAML_SCALAR, .plain = true, .text = "", .place = s->place};
    if (yaml_next(yaml, &event, error) != 0)
        return -1;
    if (event.kind == YAML_END)
        return 0;
    return tree_read(yaml, &event, s->arena, &s->value, error) != 0 ||
                   yaml_next(yaml, &event, error) != 0
               ? -1
               : 0;
}

static int parse_value(struct setting *s, const char *text)
{
    struct yaml *yaml;
    struct uptake_error error = {0};
    if (yaml_open_bytes(&yaml, text, strlen(text), s->place.file, s->error) != 0)
        return -1;
    int failed = read_value(s, yaml, &error);
    yaml_close(yaml);
    if (!failed) {
        place_all(&s->value, s->place);
        return 0;
    }
    return error.exit_code == EXIT_MACHINE ? error_memory(s->error) : fail_again(s, error.text[0]);
}

int set_apply(struct tree *root, const struct spec_set *set, struct arena *arena,
              struct uptake_error *error)
{
    char quoted[72];
    size_t bytes = strlen(set->text), equals = find_outside(set->text, bytes, '=');
    const char *name = arena_format(arena, "--set %s", text_quote(quoted, set->text, bytes));
    if (!name)
        return error_memory(error);
    struct setting s = {{name, 0, 0}, set->text, equals, {0}, arena, error};
    if (!text_is_utf8(set->text, bytes))
        return error_at(error, s.place, "found a byte that is not UTF-8");
    if (equals == bytes)
        return error_at(error, s.place,
                        "found no '='; expected KEY.KEY=VALUE, such as "
                        "merge.balanced.missing=worst");
    if (parse_value(&s, set->text + equals + 1) != 0)
        return -1;
    struct tree changed = *root; /* its arrays are copied before they are changed */
    if (set_in(&s, NULL, false, &changed, set->text, 0) != 0)
        return -1;
    *root = changed;
    return 0;
}
