/* Two YAML trees walked together: see fields.h. */
#include "compare/fields.h"

#include <string.h>

enum { LINE_BYTES = 120 };

struct walk {
    struct fields *fields;
    struct arena *arena;
    bool failed;
};

static void walk_both(struct walk *walk, const char *path, const struct tree *a,
                      const struct tree *b);

static int read_tree(struct fields_text text, struct arena *arena, struct tree *tree,
                     struct uptake_error *error)
{
    struct yaml *yaml;
    struct yaml_event event;
    if (yaml_open_bytes(&yaml, text.text, text.bytes, text.name, error) != 0)
        return -1;
    int failed = yaml_next(yaml, &event, error);
    if (failed == 0 && event.kind != YAML_END)
        failed = tree_read(yaml, &event, arena, tree, error);
    yaml_close(yaml);
    return failed;
}

/* --- One field --------------------------------------------------------------------------------- */

static const char *line_of(struct walk *walk, const struct tree *tree)
{
    char line[LINE_BYTES];
    if (!tree)
        return NULL;
    tree_line(tree, false, line, sizeof line);
    bool quoted = tree->kind == YAML_SCALAR && !tree->plain;
    const char *copy = quoted ? arena_format(walk->arena, "'%s'", line)
                              : arena_text(walk->arena, line, strlen(line));
    walk->failed |= !copy;
    return copy ? copy : "";
}

static void add(struct walk *walk, const char *path, const struct tree *a, const struct tree *b)
{
    struct fields *fields = walk->fields;
    if (fields->count < FIELDS_MOST)
        fields->all[fields->count] =
            (struct fields_change){*path ? path : "the whole", line_of(walk, a), line_of(walk, b)};
    fields->count++;
}

/* --- Mappings ---------------------------------------------------------------------------------- */

static const char *below(struct walk *walk, const char *path, const char *key)
{
    const char *made = arena_format(walk->arena, "%s%s%s", path, *path ? "." : "", key);
    walk->failed |= !made;
    return made ? made : "";
}

size_t fields_find_key(const struct tree *map, const struct tree *key, size_t near)
{
    for (size_t k = 0; k < map->count; k++) {
        size_t at = (near + k) % map->count;
        if (map->keys[at].bytes == key->bytes &&
            memcmp(map->keys[at].text, key->text, key->bytes) == 0)
            return at;
    }
    return SIZE_MAX;
}

static void walk_maps(struct walk *walk, const char *path, const struct tree *a,
                      const struct tree *b)
{
    for (size_t k = 0; k < a->count && !walk->failed; k++) {
        size_t at = fields_find_key(b, &a->keys[k], k);
        walk_both(walk, below(walk, path, a->keys[k].text), &a->values[k],
                  at == SIZE_MAX ? NULL : &b->values[at]);
    }
    for (size_t k = 0; k < b->count && !walk->failed; k++)
        if (fields_find_key(a, &b->keys[k], k) == SIZE_MAX)
            walk_both(walk, below(walk, path, b->keys[k].text), NULL, &b->values[k]);
}

/* --- Lists ------------------------------------------------------------------------------------- */

static const struct tree *id_of(const struct tree *row)
{
    const struct tree *id = row->kind == YAML_MAP ? tree_get(row, "id") : NULL;
    return id && id->kind == YAML_SCALAR ? id : NULL;
}

bool fields_have_ids(const struct tree *list)
{
    for (size_t k = 0; k < list->count; k++)
        if (!id_of(&list->values[k]))
            return false;
    return list->count > 0;
}

size_t fields_find_id(const struct tree *list, const struct tree *row, size_t near)
{
    const char *id = id_of(row)->text;
    for (size_t k = 0; k < list->count; k++) {
        size_t at = (near + k) % list->count;
        if (strcmp(id_of(&list->values[at])->text, id) == 0)
            return at;
    }
    return SIZE_MAX;
}

static const char *row_path(struct walk *walk, const char *path, const struct tree *id, size_t k)
{
    const char *made = id ? arena_format(walk->arena, "%s[id=%s]", path, id->text)
                          : arena_format(walk->arena, "%s[%zu]", path, k);
    walk->failed |= !made;
    return made ? made : "";
}

static void walk_named(struct walk *walk, const char *path, const struct tree *a,
                       const struct tree *b)
{
    size_t near =
        0; /* behind the row that was found last: rows that are gone or new shift the others */
    for (size_t k = 0; k < a->count && !walk->failed; k++) {
        const struct tree *id = id_of(&a->values[k]);
        size_t at = fields_find_id(b, &a->values[k], near);
        near = at == SIZE_MAX ? near : at + 1;
        walk_both(walk, row_path(walk, path, id, k), &a->values[k],
                  at == SIZE_MAX ? NULL : &b->values[at]);
    }
    near = 0;
    for (size_t k = 0; k < b->count && !walk->failed; k++) {
        const struct tree *id = id_of(&b->values[k]);
        size_t at = fields_find_id(a, &b->values[k], near);
        near = at == SIZE_MAX ? near : at + 1;
        if (at == SIZE_MAX)
            walk_both(walk, row_path(walk, path, id, k), NULL, &b->values[k]);
    }
}

static void walk_lists(struct walk *walk, const char *path, const struct tree *a,
                       const struct tree *b)
{
    if (fields_have_ids(a) && fields_have_ids(b)) {
        walk_named(walk, path, a, b);
        return;
    }
    size_t most = a->count > b->count ? a->count : b->count;
    for (size_t k = 0; k < most && !walk->failed; k++)
        walk_both(walk, row_path(walk, path, NULL, k), k < a->count ? &a->values[k] : NULL,
                  k < b->count ? &b->values[k] : NULL);
}

/* --- Both -------------------------------------------------------------------------------------- */

static bool same_scalar(const struct tree *a, const struct tree *b)
{
    return a->plain == b->plain && a->bytes == b->bytes && memcmp(a->text, b->text, a->bytes) == 0;
}

static void walk_both(struct walk *walk, const char *path, const struct tree *a,
                      const struct tree *b)
{
    if (!a || !b || a->kind != b->kind)
        add(walk, path, a, b);
    else if (a->kind == YAML_MAP)
        walk_maps(walk, path, a, b);
    else if (a->kind == YAML_LIST)
        walk_lists(walk, path, a, b);
    else if (!same_scalar(a, b))
        add(walk, path, a, b);
}

int fields_compare(struct fields_text a, struct fields_text b, struct arena *arena,
                   struct fields *fields, struct uptake_error *error)
{
    struct tree trees[2] = {{.kind = YAML_SCALAR, .text = "", .plain = true},
                            {.kind = YAML_SCALAR, .text = "", .plain = true}};
    struct walk walk = {.fields = fields, .arena = arena};
    *fields = (struct fields){.all = arena_array(arena, FIELDS_MOST, sizeof *fields->all)};
    if (!fields->all)
        return error_memory(error);
    if (read_tree(a, arena, &trees[0], error) != 0 || read_tree(b, arena, &trees[1], error) != 0)
        return -1;
    walk_both(&walk, "", &trees[0], &trees[1]);
    return walk.failed ? error_memory(error) : 0;
}
