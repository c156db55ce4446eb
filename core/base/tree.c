/* A small document as a tree: for specs, whose rows are few and looked at more than once. */
#include "base/yaml.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

enum { NODES_MAX = 1000000 };

struct growing {
    struct tree *items;
    size_t count;
    size_t room;
};

static int growing_add(struct growing *list, const struct tree *item)
{
    if (list->count == list->room) {
        size_t room = list->room ? list->room * 2 : 8;
        struct tree *grown = realloc(list->items, room * sizeof *grown);
        if (!grown)
            return -1;
        list->items = grown;
        list->room = room;
    }
    list->items[list->count++] = *item;
    return 0;
}

static const struct tree *settle(struct growing *list, struct arena *arena)
{
    struct tree *kept = arena_array(arena, list->count, sizeof *kept);
    if (kept && list->count)
        memcpy(kept, list->items, list->count * sizeof *kept);
    free(list->items);
    return kept;
}

struct reading {
    struct yaml *yaml;
    struct arena *arena;
    struct uptake_error *error;
    size_t nodes;
};

static int read_value(struct reading *r, const struct yaml_event *first, struct tree *tree);

static int compare_keys(const struct tree *a, const struct tree *b)
{
    size_t shorter = a->bytes < b->bytes ? a->bytes : b->bytes;
    int order = memcmp(a->text, b->text, shorter);
    return order ? order : (a->bytes > b->bytes) - (a->bytes < b->bytes);
}

/* By text, then as written. */
static int compare_places(const void *left, const void *right)
{
    const struct tree *a = *(const struct tree *const *)left;
    const struct tree *b = *(const struct tree *const *)right;
    int order = compare_keys(a, b);
    return order ? order : (a > b) - (a < b);
}

static int twice(struct reading *r, const struct tree *key, const struct tree *before)
{
    char quoted[72];
    return error_at(r->error, key->place, "'%s' stands twice; the first is at line %u",
                    text_quote(quoted, key->text, key->bytes), before->place.line);
}

/* The first key that repeats another; sorted, because a hostile mapping may hold half a million. */
static int check_keys(struct reading *r, const struct growing *keys)
{
    const struct tree **order = malloc(keys->count * sizeof *order);
    if (!order)
        return error_memory(r->error);
    for (size_t k = 0; k < keys->count; k++)
        order[k] = &keys->items[k];
    qsort(order, keys->count, sizeof *order, compare_places);
    const struct tree *repeated = NULL, *first = NULL;
    for (size_t k = 1; k < keys->count; k++)
        if (compare_keys(order[k - 1], order[k]) == 0 && (!repeated || order[k] < repeated)) {
            first = order[k - 1];
            repeated = order[k];
        }
    free(order);
    return repeated && first ? twice(r, repeated, first) : 0;
}

static int read_child(struct reading *r, struct growing *list, const struct yaml_event *first)
{
    struct tree child;
    if (read_value(r, first, &child) != 0)
        return -1;
    return growing_add(list, &child) == 0 ? 0 : error_memory(r->error);
}

static int read_children(struct reading *r, bool map, struct growing *keys, struct growing *values)
{
    for (;;) {
        struct yaml_event event;
        if (yaml_next(r->yaml, &event, r->error) != 0)
            return -1;
        if (event.kind == YAML_MAP_END || event.kind == YAML_LIST_END)
            return 0;
        if (map && (read_child(r, keys, &event) != 0 || yaml_next(r->yaml, &event, r->error) != 0))
            return -1;
        if (read_child(r, values, &event) != 0)
            return -1;
    }
}

static int read_value(struct reading *r, const struct yaml_event *first, struct tree *tree)
{
    *tree = (struct tree){.kind = first->kind, .plain = first->plain, .place = first->place};
    if (++r->nodes > NODES_MAX)
        return error_at(r->error, first->place, "more than %d values", NODES_MAX);
    if (first->kind == YAML_SCALAR) {
        tree->text = arena_text(r->arena, first->text, first->bytes);
        tree->bytes = first->bytes;
        return tree->text ? 0 : error_memory(r->error);
    }
    struct growing keys = {0}, values = {0};
    int failed = read_children(r, first->kind == YAML_MAP, &keys, &values);
    if (!failed && keys.count > 1)
        failed = check_keys(r, &keys);
    tree->count = values.count;
    tree->keys = settle(&keys, r->arena);
    tree->values = settle(&values, r->arena);
    if (!failed && (!tree->keys || !tree->values))
        failed = error_memory(r->error);
    return failed;
}

int tree_read(struct yaml *yaml, const struct yaml_event *first, struct arena *arena,
              struct tree *tree, struct uptake_error *error)
{
    struct reading reading = {yaml, arena, error, 0};
    if (first->kind == YAML_END)
        return error_at(error, first->place, "holds no values");
    return read_value(&reading, first, tree);
}

const struct tree *tree_get(const struct tree *map, const char *key)
{
    if (!map || map->kind != YAML_MAP)
        return NULL;
    for (size_t k = 0; k < map->count; k++)
        if (strcmp(map->keys[k].text, key) == 0)
            return &map->values[k];
    return NULL;
}

bool tree_is_null(const struct tree *tree)
{
    if (tree->kind != YAML_SCALAR || !tree->plain)
        return false;
    return tree->bytes == 0 || strcmp(tree->text, "null") == 0 || strcmp(tree->text, "~") == 0;
}

struct line {
    char *text;
    size_t room;
    size_t used; /* and what did not fit */
};

static void line_add(struct line *line, const char *text)
{
    size_t bytes = strlen(text);
    if (line->used < line->room)
        snprintf(line->text + line->used, line->room - line->used, "%s", text);
    line->used += bytes;
}

static void line_tree(struct line *line, const struct tree *tree, bool bare)
{
    if (tree->kind == YAML_SCALAR) {
        line_add(line, tree->text);
        return;
    }
    if (!bare)
        line_add(line, tree->kind == YAML_MAP ? "{" : "[");
    for (size_t k = 0; k < tree->count && line->used < line->room; k++) {
        line_add(line, k ? ", " : "");
        if (tree->kind == YAML_MAP) {
            line_add(line, tree->keys[k].text);
            line_add(line, ": ");
        }
        line_tree(line, &tree->values[k], false);
    }
    if (!bare)
        line_add(line, tree->kind == YAML_MAP ? "}" : "]");
}

const char *tree_line(const struct tree *tree, bool bare, char *line, size_t room)
{
    struct line writing = {line, room - 3, 0};
    line[0] = 0;
    line_tree(&writing, tree, bare);
    if (writing.used >= writing.room)
        memcpy(line + writing.room - 1, "...", 4);
    return line;
}

const char *tree_what(const struct tree *tree, char text[96])
{
    char quoted[72];
    if (tree->kind == YAML_MAP)
        return "a mapping";
    if (tree->kind == YAML_LIST)
        return "a list";
    if (tree_is_null(tree))
        return "nothing";
    snprintf(text, 96, "'%s'", text_quote(quoted, tree->text, tree->bytes));
    return text;
}
