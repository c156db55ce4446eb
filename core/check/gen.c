/* A made-up model as a tree, by the fields' paths: see gen.h. */
#include "check/gen.h"

#include <string.h>

#include "model/vocabulary.h"

struct growth {
    const struct gen_schema *schema;
    const struct gen_shape *shape;
    struct rng *rng;
    struct arena *arena;
    uint64_t serial; /* rows so far, of all lists */
    bool failed;
};

/* --- Nodes ------------------------------------------------------------------------------------- */

struct node *node_add(struct node *parent, enum node_kind kind, const char *key,
                      struct arena *arena)
{
    struct node *node = arena_alloc(arena, sizeof *node);
    if (!node)
        return NULL;
    *node = (struct node){.kind = kind, .key = key, .parent = parent};
    if (!parent)
        return node;
    if (parent->last)
        parent->last->next = node;
    else
        parent->first = node;
    parent->last = node;
    return node;
}

static bool stands(const struct node *node)
{
    for (; node; node = node->parent)
        if (node->gone)
            return false;
    return true;
}

/* What cannot do without it goes too. */
void node_drop(struct node *node)
{
    while (node->required && node->parent && node->parent->parent && stands(node->parent)) {
        node->gone = true;
        node = node->parent;
    }
    node->gone = true;
}

/* --- Growing ----------------------------------------------------------------------------------- */

static void grow_map(struct growth *g, struct node *map, const char *prefix, struct gen_row *row);

static struct node *add(struct growth *g, struct node *parent, enum node_kind kind, const char *key)
{
    struct node *node = node_add(parent, kind, key, g->arena);
    g->failed |= !node;
    return node;
}

static void grow_scalar(struct growth *g, struct node *map, const struct gen_field *field,
                        const char *name, struct gen_row *row)
{
    const char *text = gen_value(row, field, name ? name : "value");
    struct node *node = text ? add(g, map, NODE_SCALAR, name) : NULL;
    if (!node)
        return;
    node->text = text;
    node->field = field;
    node->required = (field->flags & FIELD_REQUIRED) != 0;
}

static const char *conditions_for(const struct growth *g, const char *list, uint64_t number)
{
    const char *chosen = NULL;
    size_t found = 0;
    for (size_t k = 0; k < g->schema->n_filters && g->shape->tidy; k++)
        if (strcmp(g->schema->filters[k].list, list) == 0 && found++ == number)
            return g->schema->filters[k].conditions;
    if (g->shape->tidy)
        return NULL;
    for (size_t k = 0; k < g->schema->n_filters; k++)
        if (strcmp(g->schema->filters[k].list, list) == 0 && rng_below(g->rng, ++found) == 0)
            chosen = g->schema->filters[k].conditions;
    return rng_chance(g->rng, 0.85) ? chosen : NULL;
}

/* Of a tidy model: one for each filter, one more where fields exclude each other, one that follows another. */
static uint64_t tidy_rows(const struct growth *g, const char *list)
{
    size_t bytes = strlen(list);
    uint64_t rows = 0, more = 0;
    for (size_t k = 0; k < g->schema->n_filters; k++)
        rows += strcmp(g->schema->filters[k].list, list) == 0;
    for (size_t k = 0; k < g->schema->n_fields; k++) {
        const struct gen_field *field = &g->schema->fields[k];
        bool inside = strncmp(field->path, list, bytes) == 0;
        more |= inside && (field->target == TARGET_SAME_LIST ||
                           (field->read && strcmp(field->path, "support[].met") == 0));
    }
    return (rows ? rows : 1) + more;
}

static uint64_t rows_of(const struct growth *g, const char *list)
{
    const struct gen_shape *shape = g->shape;
    if (shape->tidy)
        return gen_is_scalars(list) || *list == '/' ? 1 : tidy_rows(g, list);
    if (*list == '/')
        return shape->portfolio;
    if (rng_chance(g->rng, shape->empty))
        return 0;
    if (strstr(list, "[].")) /* a list in a list */
        return rng_below(g->rng, 4);
    return shape->rows_least + rng_below(g->rng, shape->rows_most - shape->rows_least + 1);
}

static void grow_list(struct growth *g, struct node *map, const char *list, const char *key)
{
    static const char *const reasons[] = {"none", "unknown", "n/a", "[]"};
    uint64_t rows = rows_of(g, list);
    bool scalars = gen_is_scalars(list);
    if (rows == 0 && (*list == '/' || rng_chance(g->rng, 0.5)))
        return;
    struct node *node = add(g, map, rows ? NODE_LIST : NODE_SCALAR, key);
    if (!node)
        return;
    node->text = reasons[rng_below(g->rng, scalars ? 1 : 4)];
    if (scalars && rows > 3)
        rows = 3;
    const char *prefix = arena_format(g->arena, "%s.", list);
    uint64_t before = 0;
    for (uint64_t r = 0; r < rows && prefix && !g->failed; r++) {
        struct gen_row row = {.shape = g->shape,
                              .rng = g->rng,
                              .arena = g->arena,
                              .forced = conditions_for(g, list, r),
                              .number = r,
                              .serial = g->serial,
                              .before = before,
                              .portfolio = g->shape->portfolio,
                              .side = g->shape->tidy             ? (r + 1 == rows && r > 0 ? 1 : 2)
                                      : rng_chance(g->rng, 0.25) ? 1
                                                                 : 2,
                              .resource = -1};
        before = g->serial++;
        if (row.forced && strstr(row.forced, "unit="))
            row.side = 2;
        if (!scalars) {
            struct node *item = add(g, node, NODE_MAP, NULL);
            if (item)
                grow_map(g, item, prefix, &row);
            continue;
        }
        for (size_t k = 0; k < g->schema->n_fields; k++)
            if (strncmp(g->schema->fields[k].path, prefix, strlen(prefix)) == 0)
                grow_scalar(g, node, &g->schema->fields[k], NULL, &row);
    }
}

/* Whether an earlier field has the same next word. */
static bool grown(const struct growth *g, size_t index, size_t prefix, size_t bytes)
{
    const char *path = g->schema->fields[index].path;
    for (size_t k = 0; k < index; k++)
        if (strncmp(g->schema->fields[k].path, path, prefix + bytes) == 0 &&
            strchr(".[", g->schema->fields[k].path[prefix + bytes]))
            return true;
    return false;
}

static void grow_part(struct growth *g, struct node *map, const char *path, size_t prefix,
                      size_t bytes, struct gen_row *row)
{
    bool list = path[prefix + bytes] == '[';
    const char *key = arena_text(g->arena, path + prefix, bytes);
    const char *deeper =
        arena_format(g->arena, "%.*s%s", (int)(prefix + bytes), path, list ? "[]" : ".");
    if (!key || !deeper) {
        g->failed = true;
    } else if (list) {
        grow_list(g, map, deeper, key);
    } else {
        struct node *inner = add(g, map, NODE_MAP, key);
        if (inner)
            grow_map(g, inner, deeper, row);
    }
}

static void grow_map(struct growth *g, struct node *map, const char *prefix, struct gen_row *row)
{
    size_t before = strlen(prefix);
    for (size_t k = 0; k < g->schema->n_fields && !g->failed; k++) {
        const struct gen_field *field = &g->schema->fields[k];
        const char *name = field->path + before;
        if (strncmp(field->path, prefix, before) != 0 || !*name ||
            (before == 0 && *field->path == '/'))
            continue;
        size_t bytes = strcspn(name, ".[");
        if (!name[bytes])
            grow_scalar(g, map, field, name, row);
        else if (!grown(g, k, before, bytes))
            grow_part(g, map, field->path, before, bytes, row);
    }
}

static void grow_innovations(struct growth *g, struct node *root)
{
    struct node *list = add(g, root, NODE_LIST, "innovations");
    for (unsigned i = 0; list && i < g->shape->innovations && !g->failed; i++) {
        struct gen_row row = {.shape = g->shape,
                              .rng = g->rng,
                              .arena = g->arena,
                              .number = i,
                              .serial = g->serial++,
                              .portfolio = g->shape->portfolio,
                              .resource = -1};
        struct node *item = add(g, list, NODE_MAP, NULL);
        if (item)
            grow_map(g, item, "", &row);
    }
}

struct node *gen_model(const struct gen_schema *schema, const struct gen_shape *shape,
                       struct rng *rng, struct arena *arena)
{
    struct growth g = {schema, shape, rng, arena, 0, false};
    struct gen_row none = {.shape = shape, .rng = rng, .arena = arena, .resource = -1};
    struct node *root = add(&g, NULL, NODE_MAP, NULL);
    struct node *format = root ? add(&g, root, NODE_SCALAR, "uptake") : NULL;
    if (!format)
        return NULL;
    format->text = "1";
    grow_map(&g, root, "/", &none);
    grow_innovations(&g, root);
    return g.failed ? NULL : root;
}

struct gen_shape gen_some_shape(struct rng *rng)
{
    struct gen_shape shape = {.innovations = 1 + (unsigned)rng_below(rng, 30),
                              .rows_least = (unsigned)rng_below(rng, 2),
                              .rows_most = 2 + (unsigned)rng_below(rng, 12),
                              .portfolio = (unsigned)rng_below(rng, 9)};
    double *const chances[] = {&shape.empty, &shape.absent, &shape.missing, &shape.doubt,
                               &shape.extreme};
    for (size_t k = 0; k < sizeof chances / sizeof *chances; k++)
        *chances[k] = rng_chance(rng, 0.4) ? 0 : rng_unit(rng) * 0.5;
    return shape;
}
