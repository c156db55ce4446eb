/* Edits in groups: see edits.h. */
#include "compare/edits.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "compare/fields.h"
#include "model/vocabulary.h"

static const char merges_name[] = "weights and rules of merges";

/* Fields beyond so many are one group: a file may have a name of its own for each. */
enum { GROUPS_MOST = 500 };
static const char others_name[] = "other fields";

/* --- Groups ------------------------------------------------------------------------------------ */

static struct edit_group *group_named(const struct edits *edits, const char *name)
{
    for (size_t k = 0; k < edits->n_groups; k++)
        if (strcmp(edits->groups[k].name, name) == 0)
            return &edits->groups[k];
    return NULL;
}

static struct edit_group *new_group(struct edits *edits, enum edit_kind kind, const char *name)
{
    if (edits->n_groups == edits->room) {
        size_t room = edits->room ? 2 * edits->room : 16;
        struct edit_group *grown = arena_array(edits->arena, room, sizeof *grown);
        if (!grown)
            return NULL;
        if (edits->n_groups)
            memcpy(grown, edits->groups, edits->n_groups * sizeof *grown);
        edits->groups = grown;
        edits->room = room;
    }
    name = arena_text(edits->arena, name, strlen(name));
    edits->groups[edits->n_groups] = (struct edit_group){.name = name, .kind = kind};
    return name ? &edits->groups[edits->n_groups++] : NULL;
}

void edits_add(struct edits *edits, enum edit_kind kind, const char *name)
{
    struct edit_group *group = group_named(edits, name);
    if (!group && edits->n_groups >= GROUPS_MOST && kind == EDIT_MODEL)
        group = group_named(edits, name = others_name);
    if (!group)
        group = new_group(edits, kind, name);
    if (group)
        group->edits++;
    else
        edits->failed = true;
}

unsigned edits_player(const struct edits *edits, const char *name)
{
    const struct edit_group *group = group_named(edits, name);
    group = group ? group : group_named(edits, others_name);
    return group ? group->bit : UINT_MAX;
}

static int by_weight(const void *a, const void *b)
{
    const struct edit_group *x = a, *y = b;
    if (x->kind != y->kind)
        return x->kind < y->kind ? -1 : 1;
    return x->edits != y->edits ? (x->edits > y->edits ? -1 : 1) : strcmp(x->name, y->name);
}

enum { NAMED_MOST = 3 };

/* "a, b, c and 4 more" */
static const char *join(struct edits *edits, unsigned player)
{
    const char *name = NULL;
    size_t count = 0;
    for (size_t k = 0; k < edits->n_groups; k++) {
        if (edits->groups[k].bit != player || count++ >= NAMED_MOST)
            continue;
        name = name ? arena_format(edits->arena, "%s, %s", name, edits->groups[k].name)
                    : edits->groups[k].name;
        if (!name)
            return NULL;
    }
    return count > NAMED_MOST
               ? arena_format(edits->arena, "%s and %zu more", name, count - NAMED_MOST)
               : name;
}

/* Of the groups' bits. */
static int make_players(struct edits *edits, struct uptake_error *error)
{
    for (unsigned p = 0; p < edits->n_players; p++)
        edits->players[p] = (struct edit_player){.bound = edits->players[p].bound};
    for (size_t k = 0; k < edits->n_groups; k++) {
        const struct edit_group *group = &edits->groups[k];
        struct edit_player *player = &edits->players[group->bit];
        player->edits += group->edits;
        player->groups++;
        player->reloads |= group->kind == EDIT_MODEL || group->kind == EDIT_AS_OF;
    }
    for (unsigned p = 0; p < edits->n_players; p++)
        if (!(edits->players[p].name = join(edits, p)))
            return error_memory(error);
    return 0;
}

int edits_settle(struct edits *edits, unsigned most, struct uptake_error *error)
{
    if (edits->n_groups)
        qsort(edits->groups, edits->n_groups, sizeof *edits->groups, by_weight);
    edits->n_players = edits->n_groups < most ? (unsigned)edits->n_groups : most;
    edits->players = arena_array(edits->arena, edits->n_players, sizeof *edits->players);
    if (!edits->players || edits->failed)
        return error_memory(error);
    for (size_t k = 0; k < edits->n_groups; k++)
        edits->groups[k].bit = k < edits->n_players ? (unsigned)k : edits->n_players - 1;
    return make_players(edits, error);
}

int edits_bind(struct edits *edits, unsigned a, unsigned b, struct uptake_error *error)
{
    edits->players[a].bound = true;
    for (unsigned p = b; p + 1 < edits->n_players; p++)
        edits->players[p].bound = edits->players[p + 1].bound;
    for (size_t k = 0; k < edits->n_groups; k++) {
        unsigned *bit = &edits->groups[k].bit;
        *bit = *bit == b ? a : *bit - (*bit > b);
    }
    edits->n_players--;
    return make_players(edits, error);
}

/* --- Paths ------------------------------------------------------------------------------------- */

/* A walk over both trees at once. path: without ids and numbers: "innovations[].support[].provided". */
struct walk {
    struct edits *edits;
    enum edit_document document;
    unsigned made;
    struct arena *arena;
    bool failed;
};

static bool begins(const char *path, const char *with)
{
    return strncmp(path, with, strlen(with)) == 0;
}

/* "plugins.NAME.with": the part behind NAME, and how long NAME is. NULL: it is not of a plugin. */
static const char *behind_name(const char *path, size_t *bytes)
{
    const char *name = path + strlen("plugins.");
    if (!begins(path, "plugins."))
        return NULL;
    *bytes = strcspn(name, ".");
    return name[*bytes] ? name + *bytes + 1 : "";
}

static const char *spec_group(const struct walk *walk, const char *path, enum edit_kind *kind)
{
    size_t bytes = 0;
    const char *rest = behind_name(path, &bytes);
    const char *name = path + strlen("plugins.");
    *kind = EDIT_MERGES;
    if (begins(path, "merge") || (rest && !*rest) || strcmp(path, "plugins") == 0)
        return merges_name; /* a plugin that comes or goes does so with the merges that name it */
    if (strcmp(path, "as_of") == 0) {
        *kind = EDIT_AS_OF;
        return path;
    }
    *kind = EDIT_OTHER;
    if (!rest)
        return arena_format(walk->arena, "%.*s of the spec", (int)strcspn(path, "."), path);
    if (begins(rest, "use")) {
        *kind = EDIT_VERSION;
        return arena_format(walk->arena, "plugin %.*s", (int)bytes, name);
    }
    *kind = EDIT_PARAMETER;
    rest += begins(rest, "with.") ? strlen("with.") : 0;
    return arena_format(walk->arena, "%.*s.%.*s", (int)bytes, name, (int)strcspn(rest, "."), rest);
}

static const char *group_of(struct walk *walk, const char *path, enum edit_kind *kind)
{
    *kind = EDIT_MODEL;
    const char *name = walk->document == EDIT_SPEC ? spec_group(walk, path, kind) : path;
    walk->failed |= !name;
    return name ? name : "";
}

/* Keys of a spec that change no score, or that a replay settles itself. */
static bool is_left_out(const struct walk *walk, const char *path)
{
    static const char *const keys[] = {"model",   "title", "note",       "scenarios",
                                       "compare", "doubt", "plugin_path"};
    static const char *const pins[] = {"sha256", "version", "revision"};
    size_t bytes;
    if (walk->document != EDIT_SPEC)
        return strcmp(path, "title") == 0;
    for (size_t k = 0; k < sizeof keys / sizeof *keys; k++)
        if (strcmp(path, keys[k]) == 0)
            return true;
    const char *rest = behind_name(path, &bytes);
    for (size_t k = 0; rest && k < sizeof pins / sizeof *pins; k++)
        if (strcmp(rest, pins[k]) == 0)
            return true;
    return false;
}

/* The row of the vocabulary that a path of the model names; NULL: none. */
static const struct vocabulary_row *row_of(const char *path, size_t bytes)
{
    static const char inside[] = "innovations[].";
    size_t count;
    const struct vocabulary_row *rows = vocabulary_rows(&count);
    bool own = begins(path, inside);
    path += own ? strlen(inside) : 0;
    bytes -= own ? strlen(inside) : 0;
    for (size_t k = 0; k < count; k++) {
        const char *name = rows[k].path + (*rows[k].path == '/');
        if (own == (*rows[k].path != '/') && strlen(name) == bytes &&
            memcmp(name, path, bytes) == 0)
            return &rows[k];
    }
    return NULL;
}

/* One field of the vocabulary, whatever form its value is written in; one construct of ratings; one of the user's own. */
static bool is_field(const struct walk *walk, const char *path)
{
    size_t bytes = strlen(path);
    const char *last = strrchr(path, '.');
    if (walk->document != EDIT_IN_MODEL || !last || path[bytes - 1] == ']')
        return false;
    if (begins(path, "innovations[].custom.") && strchr(path, '.') + strlen(".custom") == last)
        return true;
    const struct vocabulary_row *row = row_of(path, bytes);
    if (row)
        return row->form != FORM_RATINGS;
    row = row_of(path, (size_t)(last - path));
    return row && row->form == FORM_RATINGS;
}

/* --- Both sides -------------------------------------------------------------------------------- */

static bool mix(struct walk *walk, const char *path, const struct tree *a, const struct tree *b,
                struct tree *out);

static bool same_tree(const struct tree *a, const struct tree *b)
{
    if (a->kind != b->kind || a->count != b->count || a->plain != b->plain)
        return false;
    if (a->kind == YAML_SCALAR)
        return a->bytes == b->bytes && memcmp(a->text, b->text, a->bytes) == 0;
    for (size_t k = 0; k < a->count; k++)
        if ((a->kind == YAML_MAP && !same_tree(&a->keys[k], &b->keys[k])) ||
            !same_tree(&a->values[k], &b->values[k]))
            return false;
    return true;
}

/* An edit: it belongs to a group, and is made or not. False: there is nothing there then. */
static bool choose(struct walk *walk, const char *path, const struct tree *a, const struct tree *b,
                   struct tree *out)
{
    enum edit_kind kind;
    const char *name = group_of(walk, path, &kind);
    const struct edits *edits = walk->edits;
    if (!edits->players) {
        edits_add(walk->edits, kind, name);
        walk->failed |= edits->failed;
    }
    unsigned player = edits->players ? edits_player(edits, name) : UINT_MAX;
    const struct tree *taken = player != UINT_MAX && walk->made >> player & 1 ? b : a;
    if (taken)
        *out = *taken;
    return taken != NULL;
}

static struct tree *room_for(struct walk *walk, size_t count)
{
    struct tree *room = arena_array(walk->arena, count, sizeof *room);
    walk->failed |= !room;
    return room;
}

static const char *below(struct walk *walk, const char *path, const char *key)
{
    const char *made = arena_format(walk->arena, "%s%s%s", path, *path ? "." : "", key);
    walk->failed |= !made;
    return made ? made : "";
}

static void mix_maps(struct walk *walk, const char *path, const struct tree *a,
                     const struct tree *b, struct tree *out)
{
    struct tree *keys = room_for(walk, a->count + b->count);
    struct tree *values = room_for(walk, a->count + b->count);
    *out = *a;
    out->keys = keys;
    out->values = values;
    out->count = 0;
    for (size_t k = 0; k < a->count && !walk->failed; k++) {
        size_t at = fields_find_key(b, &a->keys[k], k);
        keys[out->count] = a->keys[k];
        out->count += mix(walk, below(walk, path, a->keys[k].text), &a->values[k],
                          at == SIZE_MAX ? NULL : &b->values[at], &values[out->count]);
    }
    for (size_t k = 0; k < b->count && !walk->failed; k++) {
        if (fields_find_key(a, &b->keys[k], k) != SIZE_MAX)
            continue;
        keys[out->count] = b->keys[k];
        out->count +=
            mix(walk, below(walk, path, b->keys[k].text), NULL, &b->values[k], &values[out->count]);
    }
}

/* Rows that have ids are matched by them, and the others by their place; as fields.h does. near: where to look first:
 * behind the row that was found last. */
static size_t find_row(const struct tree *list, const struct tree *row, size_t k, bool named,
                       size_t *near)
{
    if (!named)
        return k < list->count ? k : SIZE_MAX;
    size_t at = fields_find_id(list, row, *near);
    *near = at == SIZE_MAX ? *near : at + 1;
    return at;
}

static void mix_lists(struct walk *walk, const char *path, const struct tree *a,
                      const struct tree *b, struct tree *out)
{
    bool named = fields_have_ids(a) && fields_have_ids(b);
    const char *row = arena_format(walk->arena, "%s[]", path);
    struct tree *values = room_for(walk, a->count + b->count);
    size_t near = 0;
    walk->failed |= !row;
    *out = *a;
    out->values = values;
    out->count = 0;
    for (size_t k = 0; k < a->count && !walk->failed; k++) {
        size_t at = find_row(b, &a->values[k], k, named, &near);
        out->count += mix(walk, row, &a->values[k], at == SIZE_MAX ? NULL : &b->values[at],
                          &values[out->count]);
    }
    near = 0;
    for (size_t k = 0; k < b->count && !walk->failed; k++)
        if (find_row(a, &b->values[k], k, named, &near) == SIZE_MAX)
            out->count += mix(walk, row, NULL, &b->values[k], &values[out->count]);
}

/* A mapping of parameters that is not there at all has none. */
static bool is_parameters(const struct walk *walk, const char *path)
{
    size_t bytes;
    const char *rest = walk->document == EDIT_SPEC ? behind_name(path, &bytes) : NULL;
    return rest && strcmp(rest, "with") == 0;
}

static bool uses_another(const struct walk *walk, const char *path, const struct tree *a,
                         const struct tree *b)
{
    size_t bytes;
    const char *rest = walk->document == EDIT_SPEC ? behind_name(path, &bytes) : NULL;
    const struct tree *x = tree_get(a, "use"), *y = tree_get(b, "use");
    return rest && !*rest && x && y && !same_tree(x, y);
}

static bool mix(struct walk *walk, const char *path, const struct tree *a, const struct tree *b,
                struct tree *out)
{
    static const struct tree nothing = {.kind = YAML_MAP};
    if (walk->failed || is_left_out(walk, path))
        return false;
    if (is_parameters(walk, path)) {
        a = a && a->kind == YAML_MAP ? a : &nothing;
        b = b && b->kind == YAML_MAP ? b : &nothing;
    }
    if (a && b && a->kind == b->kind && a->kind == YAML_SCALAR && same_tree(a, b)) {
        *out = *a;
        return true;
    }
    if (!a || !b || a->kind != b->kind || a->kind == YAML_SCALAR || is_field(walk, path)) {
        if (!a || !b || !same_tree(a, b))
            return choose(walk, path, a, b, out);
        *out = *a;
        return true;
    }
    if (a->kind == YAML_MAP && uses_another(walk, path, a, b))
        return choose(walk, below(walk, path, "use"), a, b, out);
    (a->kind == YAML_MAP ? mix_maps : mix_lists)(walk, path, a, b, out);
    return true;
}

int edits_mix(struct edits *edits, enum edit_document document, const struct tree *a,
              const struct tree *b, unsigned made, struct arena *arena, struct tree *mixed,
              struct uptake_error *error)
{
    struct walk walk = {edits, document, made, arena, false};
    *mixed = (struct tree){.kind = YAML_MAP};
    mix(&walk, "", a, b, mixed);
    return walk.failed ? error_memory(error) : 0;
}
