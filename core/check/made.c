/* Mending: a message of the loader names a line, and what stands there goes. See made.h. */
#include "check/made.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"

enum { ROUNDS = 200 };

static const char model_name[] = "model";

struct trial_model made_text(const struct made_model *made)
{
    return (struct trial_model){.text = made->text.data,
                                .bytes = made->text.bytes,
                                .name = model_name,
                                .as_of_given = made->as_of_given,
                                .as_of = made->as_of};
}

/* --- Mending ----------------------------------------------------------------------------------- */

static struct node *node_at(struct node *node, uint32_t line)
{
    struct node *found = node->line == line ? node : NULL;
    for (struct node *child = node->first; child && !found; child = child->next)
        if (!child->gone && child->line <= line)
            found = node_at(child, line);
    return found;
}

static bool drop_line(struct made_model *made, uint32_t line)
{
    struct node *node = line ? node_at(made->root, line) : NULL;
    if (!node || !node->parent || node->parent == made->root)
        return false;
    node_drop(node);
    return true;
}

/* "model:12:3: ..." */
static bool drop_named(struct made_model *made, const struct uptake_error *error)
{
    bool dropped = false;
    for (uint32_t k = 0; k < error->count; k++) {
        unsigned line = 0, column = 0;
        if (sscanf(error->text[k], "model:%u:%u:", &line, &column) == 2)
            dropped |= drop_line(made, line);
    }
    return dropped;
}

static int try_once(struct made_model *made, const struct plugin *plugin,
                    struct uptake_error *error)
{
    struct trial trial;
    struct trial_model model;
    if (gen_print(made->root, GEN_LINES, &made->text) != 0)
        return error_memory(error);
    model = made_text(made);
    int failed = trial_plan(&trial, plugin, NULL, error);
    failed = failed ? failed : trial_load(&trial, &model, error);
    trial_finish(&trial);
    return failed;
}

int made_mend(struct made_model *made, const struct plugin *plugin, struct uptake_error *error)
{
    struct uptake_error *found = calloc(1, sizeof *found);
    int failed = found ? -1 : error_memory(error);
    for (int round = 0; found && round < ROUNDS; round++) {
        *found = (struct uptake_error){0};
        failed = try_once(made, plugin, found);
        if (!failed || !drop_named(made, found))
            break;
    }
    if (failed && found)
        error_add(error, EXIT_INPUT, "no valid model could be made for %s: %.400s", plugin->id,
                  found->count ? found->text[0] : "unknown");
    free(found);
    return failed;
}

int made_open(struct made_model *made, const struct gen_schema *schema,
              const struct gen_shape *shape, uint64_t seed, struct uptake_error *error)
{
    struct rng rng = {seed};
    *made = (struct made_model){0};
    made->as_of_given = rng_chance(&rng, 0.5) && date_parse("2018-06-30", 10, &made->as_of);
    made->root = gen_model(schema, shape, &rng, &made->arena);
    if (!made->root)
        return error_memory(error);
    return made_mend(made, schema->plugin, error);
}

int made_skeleton(struct made_model *made, const struct gen_schema *schema,
                  struct uptake_error *error)
{
    static const struct gen_shape shape = {.tidy = true, .innovations = 1, .portfolio = 1};
    if (made_open(made, schema, &shape, 1, error) != 0)
        return -1;
    made->as_of_given = false;
    return gen_print(made->root, GEN_DOCUMENTED, &made->text) == 0 ? 0 : error_memory(error);
}

/* --- More of the same ---------------------------------------------------------------------------- */

static struct node *copy_of(const struct node *from, struct node *parent, struct arena *arena)
{
    struct node *copy = node_add(parent, from->kind, from->key, arena);
    if (!copy)
        return NULL;
    copy->text = from->text;
    copy->required = from->required;
    for (const struct node *child = from->first; child; child = child->next)
        if (!child->gone && !copy_of(child, copy, arena))
            return NULL;
    return copy;
}

static int name_copy(struct node *item, unsigned number, struct arena *arena)
{
    for (struct node *child = item->first; child; child = child->next)
        if (child->key && strcmp(child->key, "id") == 0)
            child->text = arena_format(arena, "%s-%u", child->text, number);
    return item->first && item->first->text ? 0 : -1;
}

int made_repeat(struct made_model *made, unsigned times)
{
    struct node *list = made->root->first;
    while (list && !(list->key && strcmp(list->key, "innovations") == 0))
        list = list->next;
    struct node *end = list ? list->last : NULL;
    for (unsigned k = 1; k < times && end; k++)
        for (struct node *item = list->first; item; item = item == end ? NULL : item->next) {
            struct node *copy = item->gone ? NULL : copy_of(item, list, &made->arena);
            if (!item->gone && (!copy || name_copy(copy, k, &made->arena) != 0))
                return -1;
        }
    return gen_print(made->root, GEN_LINES, &made->text);
}

void made_finish(struct made_model *made)
{
    buffer_finish(&made->text);
    arena_finish(&made->arena);
    *made = (struct made_model){0};
}
