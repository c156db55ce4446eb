/* Edits in groups, and documents with some of them made. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "compare/edits.h"

TestSuite(edits, .timeout = 60);

static struct tree read(const char *text, struct arena *arena)
{
    struct tree tree = {.kind = YAML_MAP};
    struct yaml *yaml;
    struct yaml_event event;
    struct uptake_error error = {0};
    cr_assert(yaml_open_bytes(&yaml, text, strlen(text), "test", &error) == 0);
    cr_assert(yaml_next(yaml, &event, &error) == 0);
    cr_assert(tree_read(yaml, &event, arena, &tree, &error) == 0, "%s", error.text[0]);
    yaml_close(yaml);
    return tree;
}

static const char *written(const struct tree *tree, struct arena *arena)
{
    char *text = NULL;
    size_t bytes;
    FILE *out = open_memstream(&text, &bytes);
    cr_assert(tree_write(tree, out) == 0);
    fclose(out);
    const char *kept = arena_text(arena, text, bytes);
    free(text);
    return kept;
}

/* groups: "NAME edits;" each, as they are kept apart. mixed: with the first player's edits made alone. */
static const struct {
    enum edit_document document;
    const char *a, *b, *groups, *mixed;
} cases[] = {
    {EDIT_IN_MODEL, "innovations: [{id: p, custom: {x: 1}}, {id: q, custom: {x: 1, y: 5}}]",
     "innovations: [{id: q, custom: {x: 3, y: 6}}, {id: p, custom: {x: 2}}]",
     "innovations[].custom.x 2;innovations[].custom.y 1;",
     "innovations: [{id: p, custom: {x: 2}}, {id: q, custom: {x: 3, y: 5}}]"},
    /* A value is one field in every form; rows without ids go by their place; a row that comes is the list's. */
    {EDIT_IN_MODEL, "innovations: [{id: p, support: [{needed: 1, provided: {low: 1, high: 2}}]}]",
     "innovations: [{id: p, support: [{needed: 2, provided: {low: 2, high: 3}}, {needed: 9}]}]",
     "innovations[].support[] 1;innovations[].support[].needed 1;innovations[].support[].provided "
     "1;",
     "innovations: [{id: p, support: [{needed: 1, provided: {low: 1, high: 2}}, {needed: 9}]}]"},
    {EDIT_IN_MODEL, "innovations: [{id: p, judgements: [{ratings: {a: simple, b: complex}}]}]",
     "innovations: [{id: p, judgements: [{ratings: {a: {simple: 0.5, complex: 0.5}, b: simple}}]}]",
     "innovations[].judgements[].ratings.a 1;innovations[].judgements[].ratings.b 1;",
     "innovations: [{id: p, judgements: [{ratings: {a: {simple: 0.5, complex: 0.5}, b: "
     "complex}}]}]"},
    {EDIT_IN_MODEL, "adopters: [{id: a, region: North}]", "adopters: [{id: a, region: 'North'}]",
     "adopters[].region 1;", "adopters: [{id: a, region: 'North'}]"},
    {EDIT_SPEC,
     "{title: A, as_of: 2018, plugins: {x: {use: u, with: {f: 1}}}, merge: {m: {measures: {x.s: "
     "1}}}}",
     "{title: B, as_of: 2019, plugins: {x: {use: u, version: '1', with: {f: 2, g: {h: 1}}}}, "
     "merge: {m: {measures: {x.s: 2}}}}",
     "weights and rules of merges 1;as_of 1;x.f 1;x.g 1;",
     "{as_of: 2018, plugins: {x: {use: u, with: {f: 1}}}, merge: {m: {measures: {x.s: 2}}}}"},
    /* Another plugin under the name: its parameters go with it. */
    {EDIT_SPEC, "{plugins: {x: {use: u, with: {f: 1}}}}", "{plugins: {x: {use: v}}}", "plugin x 1;",
     "{plugins: {x: {use: v}}}"},
    {EDIT_SPEC, "{plugins: {x: {use: u}}}", "{plugins: {x: {use: u, with: {f: 1}}}}", "x.f 1;",
     "{plugins: {x: {use: u, with: {f: 1}}}}"},
    {EDIT_SPEC, "{plugins: {x: {use: u}}}", "{plugins: {x: {use: u}, y: {use: v}}}",
     "weights and rules of merges 1;", "{plugins: {x: {use: u}, y: {use: v}}}"},
};

/* An empty `with` says as much as none. */
static const char *without(const char *text, const char *what, struct arena *arena)
{
    const char *at = strstr(text, what);
    return at ? arena_format(arena, "%.*s%s", (int)(at - text), text, at + strlen(what)) : text;
}

static void expect_mix(size_t k, struct edits *edits, const struct tree sides[2], unsigned made,
                       const char *expected, struct arena *arena)
{
    struct uptake_error error = {0};
    struct tree mixed, wanted = read(expected, arena);
    cr_assert(edits_mix(edits, cases[k].document, &sides[0], &sides[1], made, arena, &mixed,
                        &error) == 0);
    const char *found = without(written(&mixed, arena), "\n   with: {}", arena);
    cr_expect_str_eq(found, written(&wanted, arena), "case %zu, made %u", k, made);
}

Test(edits, groups_and_mixtures)
{
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        struct arena arena = {0};
        struct edits edits = {.arena = &arena};
        struct uptake_error error = {0};
        struct tree sides[2] = {read(cases[k].a, &arena), read(cases[k].b, &arena)}, mixed;
        cr_assert(edits_mix(&edits, cases[k].document, &sides[0], &sides[1], 0, &arena, &mixed,
                            &error) == 0);
        cr_assert(edits_settle(&edits, 10, &error) == 0);
        const char *groups = "";
        for (size_t g = 0; g < edits.n_groups; g++)
            groups = arena_format(&arena, "%s%s %zu;", groups, edits.groups[g].name,
                                  edits.groups[g].edits);
        cr_expect_str_eq(groups, cases[k].groups, "case %zu: %s", k, groups);
        expect_mix(k, &edits, sides, 1, cases[k].mixed, &arena);
        arena_finish(&arena);
    }
}

Test(edits, too_many_are_joined_and_bound)
{
    struct arena arena = {0};
    struct edits edits = {.arena = &arena};
    struct uptake_error error = {0};
    const char *const names[] = {"a", "b", "c", "d", "e", "f"};
    for (size_t k = 0; k < 6; k++)
        for (size_t times = 0; times <= k; times++)
            edits_add(&edits, EDIT_MODEL, names[k]);
    edits_add(&edits, EDIT_PARAMETER, "x.f");
    cr_assert(edits_settle(&edits, 3, &error) == 0);
    cr_assert_eq(edits.n_players, 3);
    cr_expect_str_eq(edits.players[0].name, "x.f");
    cr_expect_str_eq(edits.players[1].name, "f");
    cr_expect_str_eq(edits.players[2].name, "e, d, c and 2 more");
    cr_expect_eq(edits.players[2].edits, 15);
    cr_expect(!edits.players[0].reloads && edits.players[1].reloads);
    cr_assert(edits_bind(&edits, 0, 1, &error) == 0);
    cr_assert_eq(edits.n_players, 2);
    cr_expect_str_eq(edits.players[0].name, "x.f, f");
    cr_expect(edits.players[0].bound && edits.players[0].reloads && !edits.players[1].bound);
    cr_expect_eq(edits_player(&edits, "a"), 1);
    arena_finish(&arena);
}

/* A name for each of very many fields: those beyond the first 500 are one, and are made together. */
Test(edits, very_many_fields)
{
    struct arena arena = {0};
    struct edits edits = {.arena = &arena};
    struct uptake_error error = {0};
    const char *texts[2] = {"", ""};
    for (int k = 0; k < 600; k++)
        for (int side = 0; side < 2; side++)
            texts[side] = arena_format(&arena, "%s%sk%d: %d", texts[side], k ? ", " : "", k, side);
    struct tree sides[2], mixed;
    for (int side = 0; side < 2; side++)
        sides[side] =
            read(arena_format(&arena, "innovations: [{id: p, custom: {%s}}]", texts[side]), &arena);
    cr_assert(edits_mix(&edits, EDIT_IN_MODEL, &sides[0], &sides[1], 0, &arena, &mixed, &error) ==
              0);
    cr_assert(edits_settle(&edits, 10, &error) == 0);
    cr_expect_eq(edits.n_groups, 501);
    cr_expect_str_eq(edits.players[0].name, "other fields");
    cr_expect_eq(edits.players[0].edits, 100);
    cr_assert(edits_mix(&edits, EDIT_IN_MODEL, &sides[0], &sides[1], 1, &arena, &mixed, &error) ==
              0);
    const char *found = written(&mixed, &arena);
    cr_expect(strstr(found, "k499: 0\n") && strstr(found, "k500: 1\n") &&
              strstr(found, "k599: 1\n"));
    arena_finish(&arena);
}

/* What is written reads back to the same tree. */
Test(edits, written_yaml_reads_back)
{
    static const char *const texts[] = {"a: [1, 'two', \"th\\tree \\\"q\\\" \\\\\", {}, [], {x: "
                                        "[[1], [2, {y: }]]}]\nb: |\n  two\n  lines\n",
                                        "k: plain words, with [all] {sorts} & more\n",
                                        "'quoted key': v\n\"\\u20ac\": \xe2\x82\xac\n", "[]\n",
                                        "- a\n- - b\n"};
    for (size_t k = 0; k < sizeof texts / sizeof *texts; k++) {
        struct arena arena = {0};
        struct tree first = read(texts[k], &arena);
        const char *once = written(&first, &arena);
        struct tree second = read(once, &arena);
        cr_expect_str_eq(once, written(&second, &arena), "%zu", k);
        char line[200], again[200];
        cr_expect_str_eq(tree_line(&first, false, line, sizeof line),
                         tree_line(&second, false, again, sizeof again));
        arena_finish(&arena);
    }
}
