/*
 * The rules that a descriptor keeps beyond its shape, so that the rest of the host may rely on them: types that are
 * known, ranges that are ranges, parameters that lie inside their struct, outputs that have a place.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/date.h"
#include "plugin/check.h"

void check_look_at(struct checking *c, const char *kind, size_t row, const char *name)
{
    c->spot.kind = kind;
    c->spot.row = row;
    c->spot.name = name;
}

/* --- Parts ------------------------------------------------------------------------------------- */

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

const char *check_twice(const char *const *texts, size_t count, struct arena *scratch, bool *failed)
{
    const char **sorted = arena_array(scratch, count + 1, sizeof(const char *));
    *failed = !sorted;
    if (!sorted || count < 2)
        return NULL;
    memcpy(sorted, texts, count * sizeof(const char *));
    qsort(sorted, count, sizeof(const char *), by_text);
    for (size_t k = 1; k < count; k++)
        if (strcmp(sorted[k - 1], sorted[k]) == 0)
            return sorted[k];
    return NULL;
}

/* Texts at a stride (a member of every row), all different. */
int check_different(struct checking *c, const void *first, size_t count, size_t stride,
                    const char *what)
{
    bool failed = false;
    const char **texts = arena_array(c->scratch, count + 1, sizeof(const char *));
    for (size_t k = 0; texts && k < count; k++)
        memcpy(&texts[k], (const char *)first + k * stride, sizeof(const char *));
    const char *same = texts ? check_twice(texts, count, c->scratch, &failed) : NULL;
    if (!texts || failed)
        return error_memory(c->error);
    return same ? refuse(c, "%s '%.60s' stands twice", what, same) : 0;
}

size_t check_count_choices(const char *const *choices)
{
    size_t count = 0;
    while (choices && choices[count])
        count++;
    return count;
}

int check_choices(struct checking *c, const char *const *choices, bool wanted)
{
    size_t count = check_count_choices(choices);
    if (!wanted)
        return choices ? refuse(c, "it has choices, but is not of a type with choices") : 0;
    if (count == 0)
        return refuse(c, "it has no choices");
    for (size_t k = 0; k < count; k++)
        if (!*choices[k])
            return refuse(c, "its choice %zu is empty", k);
    return check_different(c, choices, count, sizeof *choices, "its choice");
}

int check_range(const struct checking *c, double min, double max)
{
    if (min <= max && min < UPTAKE_NO_LIMIT && max > -UPTAKE_NO_LIMIT)
        return 0;
    return refuse(c, "its range is %g to %g, expected the lower number first", min, max);
}

static int check_index(const struct checking *c, uint32_t index, const char *kinds)
{
    if (index == c->spot.row)
        return 0;
    return refuse(c,
                  "it has index %u, expected %zu: the enum of the %s and their array are in "
                  "different order",
                  index, c->spot.row, kinds);
}

int check_flags(const struct checking *c, uint32_t flags, uint32_t known)
{
    return flags & ~known ? refuse(c, "it has flags %#x, of which %#x are known", flags, known) : 0;
}

/* --- Reads ------------------------------------------------------------------------------------- */

static int check_read_type(const struct checking *c, const struct uptake_read *read)
{
    const char *path = read->path;
    if (read->type < UPTAKE_NUMBER || read->type > UPTAKE_VERDICT)
        return refuse(c, "its type is %u, expected UPTAKE_NUMBER to UPTAKE_VERDICT", read->type);
    if (read->type == UPTAKE_LIST && path[strlen(path) - 1] != ']')
        return refuse(c, "its type is UPTAKE_LIST, expected a path that ends with []");
    if (read->type == UPTAKE_VERDICT && strcmp(path, "/rules[]") != 0)
        return refuse(c, "its type is UPTAKE_VERDICT, expected the path /rules[]");
    if (read->type != UPTAKE_NUMBER && (read->flags & UPTAKE_DOUBT))
        return refuse(c, "it asks for UPTAKE_DOUBT, which only numbers have");
    return 0;
}

static int check_read(struct checking *c, const struct uptake_read *read)
{
    const char *problem = path_problem(read->path);
    if (check_index(c, read->index, "reads") != 0)
        return -1;
    if (problem)
        return refuse(c, "its path is none: %s", problem);
    if (check_flags(c, read->flags, UPTAKE_REQUIRED | UPTAKE_DOUBT) != 0 ||
        check_read_type(c, read) != 0)
        return -1;
    if (read->type == UPTAKE_NUMBER && check_range(c, read->min, read->max) != 0)
        return -1;
    return check_choices(c, read->choices, read->type == UPTAKE_CHOICE);
}

static int check_reads(struct checking *c)
{
    const struct uptake_read *reads = c->plugin->reads;
    for (size_t k = 0; k < c->plugin->n_reads; k++) {
        check_look_at(c, "read", k, reads[k].path);
        if (check_read(c, &reads[k]) != 0)
            return -1;
    }
    check_look_at(c, NULL, 0, NULL);
    return check_different(c, &reads->path, c->plugin->n_reads, sizeof *reads, "its read");
}

/* --- Writes ------------------------------------------------------------------------------------ */

/* Some read stands in that list, or names it. */
static bool reads_list(const struct plugin *plugin, const char *list)
{
    size_t bytes = strlen(list);
    for (size_t k = 0; k < plugin->n_reads; k++) {
        const char *path = plugin->reads[k].path;
        if (strncmp(path, list, bytes) == 0 && (path[bytes] == 0 || path[bytes] == '.'))
            return true;
    }
    return false;
}

static bool reads_verdicts(const struct plugin *plugin)
{
    for (size_t k = 0; k < plugin->n_reads; k++)
        if (plugin->reads[k].type == UPTAKE_VERDICT)
            return true;
    return false;
}

static int check_entity(const struct checking *c, const char *entity)
{
    size_t bytes = strlen(entity);
    if (bytes == 0)
        return 0;
    if (strcmp(entity, "* x /rules[]") == 0)
        return reads_verdicts(c->plugin) ? 0
                                         : refuse(c, "it is about the rules, which no read names");
    bool portfolio = *entity == '/', whole = portfolio && bytes == 1;
    if (!whole && (entity[bytes - 1] != ']' || path_problem(entity)))
        return refuse(c, "its entity is '%s', expected \"\", LIST[], /, /LIST[] or * x /rules[]",
                      entity);
    if (portfolio && !c->plugin->has_state)
        return refuse(c, "its entity '%s' is written in finish, and the plugin has no finish",
                      entity);
    if (!portfolio && !reads_list(c->plugin, entity))
        return refuse(c, "its entity is '%s', a list that no read stands in", entity);
    return 0;
}

static int check_write_number(const struct checking *c, const struct uptake_write *write)
{
    if (check_range(c, write->min, write->max) != 0)
        return -1;
    if (!(write->tolerance >= 0 && write->tolerance < UPTAKE_NO_LIMIT))
        return refuse(c, "its tolerance is %g, expected 0 or more", write->tolerance);
    if (write->better < UPTAKE_LOWER || write->better > UPTAKE_HIGHER)
        return refuse(c, "its better end is %d, expected -1, 0 or 1", write->better);
    return 0;
}

static int check_write_type(const struct checking *c, const struct uptake_write *write)
{
    if (write->type == UPTAKE_NUMBER)
        return check_write_number(c, write);
    if (write->type != UPTAKE_CHOICE && write->type != UPTAKE_TEXT)
        return refuse(c, "its type is %u, expected UPTAKE_NUMBER, UPTAKE_CHOICE or UPTAKE_TEXT",
                      write->type);
    if (write->flags & UPTAKE_BOUNDS)
        return refuse(c, "it has UPTAKE_BOUNDS, which only numbers have");
    if (write->better != UPTAKE_NEITHER)
        return refuse(c, "it has a better end, which only numbers have");
    return 0;
}

static int check_rests_on(const struct checking *c, const struct uptake_rows *rests_on)
{
    const uint32_t *reads = rests_on->rows;
    bool seen[ROWS_MAX] = {false};
    for (size_t k = 0; k < rests_on->count; k++) {
        if (reads[k] >= c->plugin->n_reads)
            return refuse(c, "it rests on read %u of %zu", reads[k], c->plugin->n_reads);
        if (seen[reads[k]])
            return refuse(c, "it rests on read %u twice", reads[k]);
        seen[reads[k]] = true;
    }
    return 0;
}

/* One answer to a question: who reads it by its quantity could not tell two apart. */
static int check_quantity(const struct checking *c, size_t k)
{
    const struct uptake_write *writes = c->plugin->writes, *a = &writes[k];
    if (!*a->quantity)
        return 0;
    if (!name_is_plain(a->quantity, "-_"))
        return refuse(c, "its quantity is '%s', expected lower-case letters, digits and hyphens",
                      a->quantity);
    for (size_t j = 0; j < k; j++)
        if (strcmp(writes[j].quantity, a->quantity) == 0 &&
            strcmp(writes[j].entity, a->entity) == 0)
            return refuse(c, "write %zu '%s' has the same quantity '%s' and entity", j,
                          writes[j].name, a->quantity);
    return 0;
}

static int check_write(struct checking *c, const struct uptake_write *write)
{
    if (check_index(c, write->index, "writes") != 0)
        return -1;
    if (!name_is_plain(write->name, "_"))
        return refuse(c, "expected a name of lower-case letters, digits and underscores");
    if (check_flags(c, write->flags, UPTAKE_BOUNDS | UPTAKE_OPTIONAL) != 0 ||
        check_write_type(c, write) != 0 || check_entity(c, write->entity) != 0 ||
        check_choices(c, write->choices, write->type == UPTAKE_CHOICE) != 0)
        return -1;
    return check_rests_on(c, &write->rests_on);
}

static int check_writes(struct checking *c)
{
    const struct uptake_write *writes = c->plugin->writes;
    if (c->plugin->n_writes == 0)
        return refuse(c, "it writes nothing");
    for (size_t k = 0; k < c->plugin->n_writes; k++) {
        check_look_at(c, "write", k, writes[k].name);
        if (check_write(c, &writes[k]) != 0 || check_quantity(c, k) != 0)
            return -1;
    }
    check_look_at(c, NULL, 0, NULL);
    return check_different(c, &writes->name, c->plugin->n_writes, sizeof *writes, "its write");
}

/* --- The plugin -------------------------------------------------------------------------------- */

static int check_functions(const struct checking *c, unsigned functions)
{
    unsigned state = functions & HAS_WHOLE_STATE;
    if (!(functions & HAS_PROCESS))
        return refuse(c, "it has no process function");
    if (state && state != HAS_WHOLE_STATE)
        return refuse(c, "it has%s%s%s, expected all of update, combine and finish, or none",
                      state & HAS_UPDATE ? " update" : "", state & HAS_COMBINE ? " combine" : "",
                      state & HAS_FINISH ? " finish" : "");
    return 0;
}

static int check_head(const struct checking *c)
{
    if (!name_is_plain(c->plugin->id, "-"))
        return refuse(c, "expected an id of lower-case letters, digits and hyphens");
    return *c->plugin->version ? 0 : refuse(c, "its version is empty");
}

static int check_itself(const struct checking *c, unsigned functions)
{
    const struct plugin *plugin = c->plugin;
    uint32_t known = UPTAKE_ORDER_SENSITIVE | UPTAKE_BATCH_SENSITIVE | UPTAKE_NOT_REPEATABLE;
    if (check_head(c) != 0)
        return -1;
    if (plugin->properties & ~known)
        return refuse(c, "it has properties %#x, of which %#x are known", plugin->properties,
                      known);
    if (plugin->state_bytes > STATE_BYTES_MAX)
        return refuse(c, "its state takes %zu bytes, expected at most %d", plugin->state_bytes,
                      STATE_BYTES_MAX);
    return check_functions(c, functions);
}

int plugin_check(const struct plugin *plugin, size_t position, unsigned functions,
                 struct arena *scratch, struct uptake_error *error)
{
    struct checking c = {.plugin = plugin,
                         .scratch = scratch,
                         .error = error,
                         .spot = {.plugin = position, .id = plugin->id}};
    if (check_itself(&c, functions) != 0 || check_reads(&c) != 0 || check_params(&c) != 0)
        return -1;
    return check_writes(&c);
}

int plugin_head_check(const struct plugin *plugin, const struct spot *spot, struct arena *scratch,
                      struct uptake_error *error)
{
    struct checking c = {.plugin = plugin, .scratch = scratch, .error = error, .spot = *spot};
    return check_head(&c) != 0 || check_params(&c) != 0 ? -1 : 0;
}
