/* Fields that differ between two YAML texts, by path. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "compare/fields.h"

TestSuite(fields, .timeout = 60);

static const struct {
    const char *a, *b;
    const char *changes; /* "PATH A B;" each; '-': it is not there */
} cases[] = {
    {"{x: 1, y: 2}", "{y: 2, x: 1}", ""},
    {"x: 1", "x: 1 # a comment", ""},
    {"x: 1", "x: 2", "x 1 2;"},
    {"x: 1", "x: '1'", "x 1 '1';"},
    {"x: 1", "y: 1", "x 1 -;y - 1;"},
    {"a: {b: {c: 1}}", "a: {b: {c: 2, d: 3}}", "a.b.c 1 2;a.b.d - 3;"},
    {"a: [1, 2]", "a: [1, 3, 4]", "a[1] 2 3;a[2] - 4;"},
    {"a: [{id: p, v: 1}, {id: q, v: 2}]", "a: [{id: q, v: 3}, {id: p, v: 1}]", "a[id=q].v 2 3;"},
    {"a: [{id: p}, {id: q}]", "a: [{id: q}]", "a[id=p] {id: p} -;"},
    {"a: [{v: 1}, {id: q}]", "a: [{id: q}]", "a[0].v 1 -;a[0].id - q;a[1] {id: q} -;"},
    {"a: 1", "a: [1]", "a 1 [1];"},
    {"", "a: 1", "the whole  {a: 1};"},
};

Test(fields, paths)
{
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        struct arena arena = {0};
        struct uptake_error error = {0};
        struct fields fields;
        char found[512] = "";
        cr_assert(fields_compare((struct fields_text){"a", cases[k].a, strlen(cases[k].a)},
                                 (struct fields_text){"b", cases[k].b, strlen(cases[k].b)}, &arena,
                                 &fields, &error) == 0,
                  "%s: %s", cases[k].a, error.text[0]);
        for (size_t c = 0; c < fields.count; c++)
            snprintf(found + strlen(found), sizeof found - strlen(found), "%s %s %s;",
                     fields.all[c].path, fields.all[c].a ? fields.all[c].a : "-",
                     fields.all[c].b ? fields.all[c].b : "-");
        cr_expect_str_eq(found, cases[k].changes);
        arena_finish(&arena);
    }
}

Test(fields, no_yaml_is_an_error)
{
    struct arena arena = {0};
    struct uptake_error error = {0};
    struct fields fields;
    cr_expect(fields_compare((struct fields_text){"a", "x: [", 4},
                             (struct fields_text){"b", "x: 1", 4}, &arena, &fields, &error) == -1);
    cr_expect(error.exit_code == EXIT_INPUT);
    arena_finish(&arena);
}
