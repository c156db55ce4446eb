/*
 * The whole document against the format's rows: unknown keys, types, what is required, names. Every
 * fault is added and the walk goes on, so that one look shows all of them.
 */
#include "spec/format.h"

#include <stdio.h>
#include <string.h>

enum { NAME_BYTES = 64, PATH_BYTES = 256 };

struct checking {
    struct spec *spec;
    struct arena *arena;
    struct uptake_error *error;
};

/* Where the walk stands: a key, or an item, and what it is in. The top has neither row nor key. */
struct frame {
    const struct frame *up;
    const struct spec_key *row;
    const struct tree *key;
    const struct tree *tree;
    struct place place;
};

/* --- Words for messages ----------------------------------------------------------------------- */

static const char *frame_name(const struct frame *frame, char quoted[72])
{
    if (frame->key)
        return text_quote(quoted, frame->key->text, frame->key->bytes);
    return frame->row ? format_last(frame->row) : "the spec";
}

/* "merge.balanced.floor"; "the spec" at the top. Cut where it is too long. */
static const char *frame_path(const struct frame *frame, char path[PATH_BYTES])
{
    char above[PATH_BYTES], quoted[72];
    if (frame->key && frame->up && frame->up->row)
        snprintf(path, PATH_BYTES, "%.180s.%s", frame_path(frame->up, above),
                 frame_name(frame, quoted));
    else
        snprintf(path, PATH_BYTES, "%s", frame_name(frame, quoted));
    return path;
}

static int fail_value(struct checking *c, const struct frame *frame, const struct tree *tree,
                      const char *expected)
{
    char quoted[72], what[96];
    return error_at(c->error, tree->place, "%s: found %s; expected %s", frame_name(frame, quoted),
                    tree_what(tree, what), expected);
}

static int fail_scalar(struct checking *c, const struct frame *frame,
                       const struct format_type *type, const struct tree *tree)
{
    char quoted[72], what[96], hint[96];
    struct tree bare = *tree;
    bare.plain = true;
    if (!tree->plain && values_fits(type, &bare))
        return error_at(c->error, tree->place,
                        "%s: found the text %s; expected %s (remove the quotes)",
                        frame_name(frame, quoted), tree_what(tree, what), type->expected);
    struct nearest nearest;
    nearest_start(&nearest, tree->text, tree->bytes);
    for (size_t k = 0; k < sizeof type->words / sizeof *type->words && type->words[k]; k++)
        nearest_offer(&nearest, type->words[k]);
    return error_at(c->error, tree->place, "%s: found %s; expected %s%s", frame_name(frame, quoted),
                    tree_what(tree, what), type->expected, nearest_hint(&nearest, hint));
}

/* "; expected use, with or reads" */
static const char *known_keys(const struct spec_key *row, char text[PATH_BYTES])
{
    size_t used = 0;
    for (const struct spec_key *key = format_next(row, NULL); key;) {
        const struct spec_key *next = format_next(row, key);
        const char *before = used == 0 ? "; expected " : next ? ", " : " or ";
        int more = snprintf(text + used, PATH_BYTES - used, "%s%s", before, format_last(key));
        used += (size_t)more;
        if (used >= PATH_BYTES)
            break;
        key = next;
    }
    return text;
}

static int fail_key(struct checking *c, const struct frame *frame, const struct tree *key)
{
    char quoted[72], path[PATH_BYTES], known[PATH_BYTES], hint[96];
    struct nearest nearest;
    nearest_start(&nearest, key->text, key->bytes);
    for (const struct spec_key *row = NULL; (row = format_next(frame->row, row));)
        nearest_offer(&nearest, format_last(row));
    const char *help = nearest_hint(&nearest, hint);
    return error_at(c->error, key->place, "'%s' is not a key of %s%s",
                    text_quote(quoted, key->text, key->bytes), frame_path(frame, path),
                    help[0] ? help : known_keys(frame->row, known));
}

/* A name that `--set` made up may be a misspelt one of the file: the name nearest to it. */
static const char *hint_sibling(const struct frame *frame, char hint[96])
{
    struct nearest nearest;
    nearest_start(&nearest, "", 0);
    if (frame->key && frame->place.line == 0 && format_is_wild(frame->row)) {
        nearest_start(&nearest, frame->key->text, frame->key->bytes);
        for (size_t k = 0; k < frame->up->tree->count; k++)
            if (&frame->up->tree->keys[k] != frame->key)
                nearest_offer(&nearest, frame->up->tree->keys[k].text);
    }
    return nearest_hint(&nearest, hint);
}

/* --- What rows alone cannot say --------------------------------------------------------------- */

static int check_limits_of(struct checking *c, const struct frame *frame, const struct tree *tree)
{
    const struct tree *low = tree_get(tree, "min"), *high = tree_get(tree, "max");
    double min, max;
    if (!low || !high || !values_number(low, &min) || !values_number(high, &max) || min < max)
        return 0;
    char path[PATH_BYTES], what[96], other[96];
    return error_at(c->error, high->place, "%s: max is %s and min %s; expected min below max",
                    frame_path(frame, path), tree_what(high, what), tree_what(low, other));
}

static int check_between(struct checking *c, const struct frame *frame, const struct tree *tree)
{
    if (tree->count >= 2)
        return 0;
    (void)frame;
    return error_at(c->error, tree->place, "between: found one name; expected at least two");
}

static int check_change(struct checking *c, const struct frame *frame, const struct tree *tree)
{
    size_t given = 0;
    for (size_t k = 0; k < tree->count; k++)
        given += !values_left_out(&tree->values[k]);
    if (given == 1)
        return 0;
    char quoted[72];
    return error_at(c->error, tree->place,
                    "%s: found %zu of value, scale and close; expected one of them",
                    frame_name(frame, quoted), given);
}

static int check_scenario(struct checking *c, const struct frame *frame, const struct tree *tree)
{
    if (!values_left_out(tree_get(tree, "set")) || !values_left_out(tree_get(tree, "as_of")))
        return 0;
    char path[PATH_BYTES];
    return error_at(c->error, frame->place, "%s changes nothing; expected set or as_of",
                    frame_path(frame, path));
}

/* Each scenario holds a model, and each change is asked of each row. */
enum { SCENARIOS_MOST = 256, CHANGES_MOST = 1000 };

static int check_most(struct checking *c, const struct frame *frame, const struct tree *tree,
                      size_t most)
{
    char path[PATH_BYTES];
    return tree->count <= most
               ? 0
               : error_at(c->error, tree->place, "%s: found %zu; expected at most %zu",
                          frame_path(frame, path), tree->count, most);
}

static int check_scenarios(struct checking *c, const struct frame *frame, const struct tree *tree)
{
    return check_most(c, frame, tree, SCENARIOS_MOST);
}

static int check_changes(struct checking *c, const struct frame *frame, const struct tree *tree)
{
    return check_most(c, frame, tree, CHANGES_MOST);
}

static bool has_field_measure(const struct tree *merges)
{
    for (size_t m = 0; merges && merges->kind == YAML_MAP && m < merges->count; m++) {
        const struct tree *measures = tree_get(&merges->values[m], "measures");
        for (size_t k = 0; measures && measures->kind == YAML_MAP && k < measures->count; k++)
            if (strncmp(measures->keys[k].text, "field:", 6) == 0)
                return true;
    }
    return false;
}

/* A comparison of the model's own numbers. */
static bool compares_field(const struct tree *compares)
{
    for (size_t k = 0; compares && compares->kind == YAML_LIST && k < compares->count; k++) {
        const struct tree *item = &compares->values[k];
        const struct tree *between = item->kind == YAML_MAP ? tree_get(item, "between") : NULL;
        for (size_t j = 0; between && between->kind == YAML_LIST && j < between->count; j++)
            if (between->values[j].kind == YAML_SCALAR &&
                strncmp(between->values[j].text, "field:", 6) == 0)
                return true;
    }
    return false;
}

static int check_spec(struct checking *c, const struct frame *frame, const struct tree *tree)
{
    (void)frame;
    const struct tree *merges = tree_get(tree, "merge");
    if (!values_left_out(tree_get(tree, "plugins")) || has_field_measure(merges) ||
        compares_field(tree_get(tree, "compare")))
        return 0;
    return error_at(
        c->error, tree->place,
        values_left_out(merges)
            ? "there is nothing to run; a spec needs plugins, such as 'plugins: {barriers: "
              "{use: spread-barriers}}', or a merge of the model's own numbers (field:PATH)"
            : "there are no plugins, and no merge has a measure field:PATH; expected plugins, "
              "such as 'plugins: {barriers: {use: spread-barriers}}'");
}

struct extra {
    const char *path; /* "" at the top */
    int (*check)(struct checking *c, const struct frame *frame, const struct tree *tree);
};

static const struct extra extras[] = {
    {"", check_spec},
    {"merge.NAME.measures.MEASURE", check_limits_of},
    {"compare[].between", check_between},
    {"scenarios", check_scenarios},
    {"scenarios.NAME", check_scenario},
    {"scenarios.NAME.set", check_changes},
    {"scenarios.NAME.set.PATH", check_change},
};

static int check_extra(struct checking *c, const struct frame *frame, const struct tree *tree)
{
    const char *path = frame->row ? frame->row->path : "";
    for (size_t k = 0; k < sizeof extras / sizeof *extras; k++)
        if (strcmp(extras[k].path, path) == 0)
            return extras[k].check(c, frame, tree);
    return 0;
}

/* --- The walk --------------------------------------------------------------------------------- */

static int check_value(struct checking *c, const struct frame *frame, const struct tree *tree);

static int note_not_yet(struct checking *c, const struct frame *frame, const struct tree *tree)
{
    if (c->spec->not_yet || frame->row->available)
        return 0;
    char path[PATH_BYTES], quoted[72];
    bool of_value = frame->row->available && tree->kind == YAML_SCALAR;
    c->spec->not_yet =
        arena_format(c->arena, "%s%s%s", frame_path(frame, path), of_value ? ": " : "",
                     of_value ? text_quote(quoted, tree->text, tree->bytes) : "");
    c->spec->not_yet_place = frame->place;
    return c->spec->not_yet ? 0 : error_memory(c->error);
}

static bool is_name(const struct tree *key)
{
    static const char letters[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    return key->bytes > 0 && key->bytes <= NAME_BYTES && memchr(letters, key->text[0], 52) &&
           strspn(key->text, letters) == key->bytes;
}

static int check_name(struct checking *c, const struct spec_key *row, const struct tree *key)
{
    char quoted[72];
    if (strcmp(format_last(row), "NAME") != 0)
        return key->bytes ? 0
                          : error_at(c->error, key->place, "found an empty key; expected a name");
    if (is_name(key))
        return 0;
    return error_at(
        c->error, key->place,
        "'%s' is not a name; expected a letter, then letters, digits, '-' or '_', at most %d "
        "in all",
        text_quote(quoted, key->text, key->bytes), NAME_BYTES);
}

static int check_required(struct checking *c, const struct frame *frame, const struct tree *tree)
{
    int failed = 0;
    char path[PATH_BYTES], hint[96];
    for (const struct spec_key *row = NULL; (row = format_next(frame->row, row));)
        if (format_required(row) && values_left_out(tree_get(tree, format_last(row))))
            failed |=
                error_at(c->error, frame->place, "'%s' is missing from %s (%s)%s", format_last(row),
                         frame_path(frame, path), row->doc, hint_sibling(frame, hint));
    return failed;
}

static int check_key(struct checking *c, const struct frame *frame, const struct tree *key,
                     const struct tree *value)
{
    const struct spec_key *wild = format_wild(frame->row);
    const struct spec_key *row = wild ? wild : format_child(frame->row, key->text, key->bytes);
    if (!row)
        return fail_key(c, frame, key);
    struct frame inner = {frame, row, key, value, key->place};
    int failed = wild ? check_name(c, wild, key) : 0;
    return failed | check_value(c, &inner, value);
}

static int check_map(struct checking *c, const struct frame *frame, const struct tree *tree)
{
    int failed = check_required(c, frame, tree);
    for (size_t k = 0; k < tree->count; k++)
        failed |= check_key(c, frame, &tree->keys[k], &tree->values[k]);
    return failed ? failed : check_extra(c, frame, tree);
}

static int check_item(struct checking *c, const struct frame *frame, const struct format_type *type,
                      const struct tree *item)
{
    if (type->list == LIST_TEXTS)
        return item->kind == YAML_SCALAR && item->bytes && !tree_is_null(item)
                   ? 0
                   : fail_value(c, frame, item, "a text");
    struct frame inner = {frame, format_items(frame->row), NULL, item, item->place};
    return check_value(c, &inner, item);
}

static int check_list(struct checking *c, const struct frame *frame, const struct format_type *type,
                      const struct tree *tree)
{
    int failed = 0;
    for (size_t k = 0; k < tree->count; k++)
        failed |= check_item(c, frame, type, &tree->values[k]);
    return failed ? failed : check_extra(c, frame, tree);
}

/* What the user named, or listed, must be something; an empty key of the format is left out. */
static int check_empty(struct checking *c, const struct frame *frame, const struct tree *tree)
{
    if (frame->key && !format_is_wild(frame->row))
        return 0;
    int failed = check_required(c, frame, tree);
    return failed ? failed : check_extra(c, frame, tree);
}

static int check_value(struct checking *c, const struct frame *frame, const struct tree *tree)
{
    const struct format_type *type = format_type(frame->row);
    if (values_left_out(tree))
        return check_empty(c, frame, tree);
    if (note_not_yet(c, frame, tree) != 0)
        return -1;
    if (tree->kind == YAML_MAP && type->map == MAP_ROWS)
        return check_map(c, frame, tree);
    if (tree->kind == YAML_LIST && (type->list == LIST_ROWS || type->list == LIST_TEXTS))
        return check_list(c, frame, type, tree);
    if ((tree->kind == YAML_MAP && type->map == MAP_ANY) ||
        (tree->kind == YAML_LIST && type->list == LIST_ANY))
        return 0;
    if (tree->kind != YAML_SCALAR || type->scalar == SCALAR_NONE)
        return fail_value(c, frame, tree, type->expected);
    return values_fits(type, tree) ? 0 : fail_scalar(c, frame, type, tree);
}

/* --- The top ---------------------------------------------------------------------------------- */

/* What makes every other message pointless: not a spec at all, or one of a newer format. */
static int check_kind(const struct tree *root, struct uptake_error *error)
{
    char what[96];
    double format;
    if (root->kind != YAML_MAP)
        return error_at(error, root->place,
                        "found %s; expected a mapping that begins with 'uptake: 1'",
                        tree_what(root, what));
    const struct tree *given = tree_get(root, "uptake");
    if (given && values_number(given, &format) && format > 1)
        return error_at(error, given->place,
                        "format %.40s is newer than this version of uptake, which reads format 1",
                        given->text);
    if (tree_get(root, "innovations") && !tree_get(root, "model"))
        return error_at(error, root->place,
                        "this is a model (it has 'innovations'), not a spec; a spec names it: "
                        "'model: FILE'");
    return 0;
}

int check_tree(const struct tree *root, struct spec *spec, struct arena *arena,
               struct uptake_error *error)
{
    if (check_kind(root, error) != 0)
        return -1;
    struct checking checking = {spec, arena, error};
    struct frame top = {NULL, NULL, NULL, root, root->place};
    return check_map(&checking, &top, root);
}
