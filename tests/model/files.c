/*
 * Files: bytes that are no text, hostile YAML, what include takes and refuses, and that places
 * name the right file.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "model/fixture.h"

TestSuite(model_files, .init = fixture_open, .fini = fixture_close, .timeout = 120);

static const struct model_options plain = {.path = NULL};

#define ONE "innovations: [{id: a, name: A}]\n"

static void expect_bytes(const char *name, const char *bytes, size_t count, const char *expected)
{
    fixture_write("m.yaml", bytes, count);
    struct loading *loading = fixture_load(plain);
    cr_expect_str_eq(loading->messages, expected, "%s: %s", name, loading->messages);
    fixture_free(loading);
}

#define BYTES(name, text, expected)                                                                \
    {                                                                                              \
        name, text, sizeof text - 1, expected                                                      \
    }

Test(model_files, bytes)
{
    static const struct {
        const char *name, *text;
        size_t bytes;
        const char *expected;
    } cases[] = {
        BYTES("empty", "", "m.yaml: is empty; expected at least 'uptake: 1'"),
        BYTES("a mark only", "\xef\xbb\xbf",
              "m.yaml: is empty; expected at least 'uptake: 1' and 'innovations:'"),
        BYTES("byte order mark", "\xef\xbb\xbfuptake: 1\n" ONE, ""),
        BYTES("byte order mark, and a place", "\xef\xbb\xbfuptake: 3\n" ONE,
              "m.yaml:1:9: uptake: found '3'; this version reads format 1"),
        BYTES("CRLF", "uptake: 1\r\ninnovations:\r\n- id: a\r\n  name: A\r\n", ""),
        BYTES("CRLF, and a place", "uptake: 1\r\ninnovations:\r\n- id: a\r\n  nam: A\r\n",
              "m.yaml:4:3: unknown field 'nam' in an innovation; did you mean 'name'?\n"
              "m.yaml:3:3: innovations[]: 'name' is missing"),
        BYTES("NUL", "uptake: 1\ntitle: a\0b\n" ONE,
              "m.yaml:2:9: found a NUL byte; expected text in UTF-8"),
        BYTES("not UTF-8", "uptake: 1\ntitle: caf\xe9\n" ONE,
              "m.yaml:2:11: found a byte that is not UTF-8 (0xe9); save the file as UTF-8"),
        BYTES("cut UTF-8", "uptake: 1\ntitle: caf\xc3",
              "m.yaml:2:11: found a byte that is not UTF-8 (0xc3); save the file as UTF-8"),
        BYTES("control character", "uptake: 1\ntitle: a\001\n" ONE,
              "m.yaml:2:9: found the control character 0x01; expected text in UTF-8"),
        BYTES("UTF-8 columns are characters",
              "uptake: 1\ninnovations: [{id: \xc3\xa9, name: \xc3\xa9, x: 1}]\n",
              "m.yaml:2:32: unknown field 'x' in an innovation"),
    };
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++)
        expect_bytes(cases[k].name, cases[k].text, cases[k].bytes, cases[k].expected);
}

/* --- Hostile YAML ----------------------------------------------------------------------------- */

static char *repeated(const char *before, const char *text, size_t times, const char *after)
{
    size_t step = strlen(text), start = strlen(before);
    char *whole = malloc(start + step * times + strlen(after) + 1);
    cr_assert(whole);
    memcpy(whole, before, start);
    for (size_t k = 0; k < times; k++)
        memcpy(whole + start + k * step, text, step);
    strcpy(whole + start + step * times, after);
    return whole;
}

static void expect_text(char *text, const char *expected)
{
    struct loading *loading = fixture_load_text(text, plain);
    cr_expect_str_eq(loading->messages, expected, "%.200s: %s", text, loading->messages);
    fixture_free(loading);
    free(text);
}

Test(model_files, too_deep)
{
    char *brackets = repeated("uptake: 1\ninnovations: [{id: a, name: A, x: ", "[", 200000, "");
    expect_text(brackets, "m.yaml:2:32: unknown field 'x' in an innovation\n"
                          "m.yaml:2:96: nested deeper than 64 levels");
    expect_text(repeated("uptake: 1\ninnovations: [{id: a, name: A, custom: {x: ", "[", 100, ""),
                "m.yaml:2:104: nested deeper than 64 levels");
}

Test(model_files, too_large)
{
    expect_text(repeated("uptake: 1\ntitle: ", "x", (1 << 20) + 1, "\n" ONE),
                "m.yaml:2:8: a single value of 1048577 bytes; at most 1048576 are read");
}

/* Nine levels of ten aliases: 10^9 values. */
Test(model_files, alias_bomb)
{
    char text[2048] = "uptake: 1\ninnovations:\n- id: a\n  name: A\n  custom:\n    a0: &a0 [x]\n";
    for (int k = 1; k < 10; k++) {
        size_t used = strlen(text);
        snprintf(text + used, sizeof text - used,
                 "    a%d: &a%d [*a%d,*a%d,*a%d,*a%d,*a%d,*a%d,*a%d,*a%d,*a%d,*a%d]\n", k, k, k - 1,
                 k - 1, k - 1, k - 1, k - 1, k - 1, k - 1, k - 1, k - 1, k - 1);
    }
    struct loading *loading = fixture_load_text(text, plain);
    cr_expect_not_null(strstr(loading->messages, "aliases repeat more than 10000 values"), "%s",
                       loading->messages);
    fixture_free(loading);
}

/* Rows by alias are rows: also of rules that look at places. */
Test(model_files, rows_by_alias)
{
    struct model_request gbp = fixture_read("costs[].gbp", UPTAKE_NUMBER);
    struct model_options options = {.requests = &gbp, .n_requests = 1};
    struct loading *loading =
        fixture_load_fields("", "costs: [&c {kind: running, gbp: 5}, *c, *c]", options);
    cr_expect_str_eq(fixture_values(loading, &gbp), "5 5 5");
    fixture_free(loading);
    loading = fixture_load_fields("", "vehicles: [&v {id: v}, *v]", plain);
    cr_expect_str_eq(loading->messages,
                     "m.yaml:3:39: id: 'v' stands twice in vehicles[]; an alias repeats it");
    fixture_free(loading);
}

/* --- What is expensive for the careless ------------------------------------------------------- */

/* Distinct keys, as a row of ratings may not hold. */
Test(model_files, a_row_of_many_ratings, .timeout = 60)
{
    enum { COUNT = 100000 };
    char *text = malloc(COUNT * 16 + 200);
    size_t used = (size_t)sprintf(
        text,
        "uptake: 1\ninnovations: [{id: a, name: A, judgements: [{framework: custom, ratings: {");
    for (int k = 0; k < COUNT; k++)
        used += (size_t)sprintf(text + used, "k%06d: 1, ", k);
    sprintf(text + used, "}}]}]\n");
    struct loading *loading = fixture_load_text(text, plain);
    cr_expect_str_eq(loading->messages, "m.yaml:2:3147: ratings: more than 256 in one row");
    fixture_free(loading);
    free(text);
}

/* A chain of 20,000 vehicles, each following the next, and its end in a circle or not. */
Test(model_files, a_long_chain_of_follows, .timeout = 60)
{
    enum { COUNT = 20000 };
    char *text = malloc(COUNT * 40 + 200);
    size_t used =
        (size_t)sprintf(text, "uptake: 1\ninnovations:\n- id: a\n  name: A\n  vehicles:\n");
    for (int k = 0; k < COUNT; k++)
        used += (size_t)sprintf(text + used, "  - {id: v%d, follows: v%d}\n", k, k + 1);
    size_t end = used;
    sprintf(text + end, "  - {id: v%d}\n", COUNT);
    struct model_request follows = fixture_read("vehicles[].follows", UPTAKE_REF);
    struct loading *loading =
        fixture_load_text(text, (struct model_options){.requests = &follows, .n_requests = 1});
    const int64_t *refs = fixture_column(loading, &follows)->values;
    int wrong = 0;
    for (int k = 0; k < COUNT; k++)
        wrong += refs[k] != k + 1;
    cr_expect_eq(wrong, 0);
    fixture_free(loading);
    sprintf(text + end, "  - {id: v%d, follows: v0}\n", COUNT);
    loading = fixture_load_text(text, plain);
    cr_expect_str_eq(loading->messages, "m.yaml:6:10: 'follows' runs in a circle through 'v0'");
    fixture_free(loading);
    free(text);
}

/* Levers without ids that follow one with an id. */
Test(model_files, many_follow_one, .timeout = 60)
{
    char *text = repeated(
        "uptake: 1\ninnovations:\n- id: a\n  name: A\n  levers:\n  - {id: l, kind: tariff}\n",
        "  - {kind: tariff, follows: l}\n", 50000, "");
    struct model_request follows = fixture_read("levers[].follows", UPTAKE_REF);
    struct loading *loading =
        fixture_load_text(text, (struct model_options){.requests = &follows, .n_requests = 1});
    const int64_t *refs = fixture_column(loading, &follows)->values;
    int wrong = 0;
    for (int k = 1; k <= 50000; k++)
        wrong += refs[k] != 0;
    cr_expect_eq(wrong, 0);
    fixture_free(loading);
    free(text);
}

/* Dangling ends among many ids: twenty hints, and a count. */
Test(model_files, many_dangle, .timeout = 60)
{
    enum { COUNT = 20000 };
    char *text = malloc(COUNT * 80 + 200);
    size_t used = (size_t)sprintf(text, "uptake: 1\n" ONE "adopters:\n");
    for (int k = 0; k < COUNT; k++)
        used += (size_t)sprintf(text + used, "- {id: adopter-%d}\n", k);
    used += (size_t)sprintf(text + used, "ties:\n");
    for (int k = 0; k < COUNT; k++)
        used += (size_t)sprintf(text + used, "- {from: adopter-%d, to: adoptre-%d}\n", k, k);
    struct loading *loading = fixture_load_text(text, plain);
    cr_expect_eq(loading->error.count, 20u);
    cr_expect_eq(loading->error.more, (uint32_t)COUNT - 20);
    cr_expect_str_eq(
        loading->error.text[1] + strlen(loading->error.text[1]) - 76,
        ":20006:25: there is no 'adoptre-1' among adopters; did you mean 'adopter-1'?");
    fixture_free(loading);
    free(text);
}

/* --- Includes --------------------------------------------------------------------------------- */

static void expect_main(const char *name, const char *text, const char *expected)
{
    struct loading *loading = fixture_load_text(text, plain);
    cr_expect_str_eq(loading->messages, expected, "%s: %s", name, loading->messages);
    fixture_free(loading);
}

Test(model_files, includes)
{
    fixture_folder("sub");
    fixture_folder("sub/deep");
    fixture_folder("none");
    fixture_text("b.yaml", "uptake: 1\ninnovations: [{id: b, name: B, spells: [{adopter: q, "
                           "adopted: 2010, status: adopted}]}]\n");
    fixture_text("sub/1.yaml", "uptake: 1\nadopters: [{id: q, opened: 2009}]\n");
    fixture_text("sub/2.yml", "uptake: 1\ninclude: deep/3.yaml\n");
    fixture_text("sub/deep/3.yaml", "uptake: 1\ntitle: deep\nevidence: [{id: e, source: s}]\n");
    fixture_text("sub/ignored.txt", "x: [\n");
    fixture_text("sub/.hidden.yaml", "x: [\n");
    fixture_text("none/readme.md", "nothing\n");
    fixture_text("twin.yaml", "uptake: 1\ninclude: m.yaml\n");
    fixture_text("wrong.yaml", "uptake: 1\ninnovations: [{id: a, name: Again}]\n");
    fixture_text("format.yaml", "adopters: []\n");

    expect_main("a file, a folder, and a file of that folder's",
                "uptake: 1\ninclude: [b.yaml, sub]\n" ONE, "");
    expect_main("a folder", "uptake: 1\ninclude: sub\n" ONE, "");
    expect_main("null", "uptake: 1\ninclude: ~\n" ONE, "");
    expect_main("none at all", "uptake: 1\ninclude: []\n" ONE, "");
    expect_main("missing", "uptake: 1\ninclude: [no.yaml]\n" ONE,
                "m.yaml:2:11: include: cannot open 'no.yaml': No such file or directory");
    expect_main("missing, and another error", "uptake: 1\ninclude: no.yaml\nx: 1\n" ONE,
                "m.yaml:2:10: include: cannot open 'no.yaml': No such file or directory\n"
                "m.yaml:3:1: unknown field 'x' in the model");
    expect_main("twice", "uptake: 1\ninclude:\n- sub/1.yaml\n- sub/1.yaml\n" ONE,
                "m.yaml:4:3: include: 'sub/1.yaml' is read already; a file is included once");
    expect_main("a folder and its file", "uptake: 1\ninclude: [sub/1.yaml, sub]\n" ONE,
                "m.yaml:2:23: include: 'sub/1.yaml' is read already; a file is included once");
    expect_main("itself", "uptake: 1\ninclude: m.yaml\n" ONE,
                "m.yaml:2:10: include: 'm.yaml' is read already; a file is included once");
    expect_main("in a circle", "uptake: 1\ninclude: twin.yaml\n" ONE,
                "twin.yaml:2:10: include: 'm.yaml' is read already; a file is included once");
    expect_main("nothing in it", "uptake: 1\ninclude: none\n" ONE,
                "m.yaml:2:10: include: the folder 'none' has no .yaml file");
    expect_main("a list in it", "uptake: 1\ninclude: [[sub]]\n" ONE,
                "m.yaml:2:11: include: expected a file or a folder");
    expect_main(
        "an id of another file", "uptake: 1\ninclude: wrong.yaml\n" ONE,
        "wrong.yaml:2:20: id: 'a' stands twice in innovations[]; the first is at m.yaml:3:20");
    expect_main("no format", "uptake: 1\ninclude: format.yaml\n" ONE,
                "format.yaml: 'uptake: 1' is missing (the format's number)");
    expect_main("no adopter", "uptake: 1\ninclude: [b.yaml]\n" ONE,
                "b.yaml:2:51: there is no 'q' among adopters");
    expect_main("an adopter's life in another file",
                "uptake: 1\ninclude: [sub]\ninnovations:\n- id: a\n  name: A\n  spells:\n"
                "  - {adopter: q, adopted: 2008, status: adopted}\n",
                "m.yaml:7:27: adopted before 'q' opened");
    expect_main("evidence of an include, and of none",
                "uptake: 1\ninclude: [sub]\ninnovations:\n- {id: a, name: A, commissioning: "
                "{evidence: [e, f]}}\n",
                "m.yaml:4:50: there is no 'f' among evidence");
}

/* By another name: paths are those of the files, names those of the messages. */
Test(model_files, a_name_of_its_own)
{
    fixture_text("b.yaml", "uptake: 1\nx: 1\n");
    fixture_text("m.yaml", "uptake: 1\ninclude: b.yaml\n" ONE);
    struct loading *loading = fixture_load((struct model_options){.name = "the model"});
    cr_expect_str_eq(loading->messages, "b.yaml:2:1: unknown field 'x' in the model");
    fixture_free(loading);
}

/* An absolute path, and a title: the first one that is read. */
Test(model_files, absolute_and_titles)
{
    char text[256];
    fixture_text("b.yaml", "uptake: 1\ntitle: second\n");
    snprintf(text, sizeof text, "uptake: 1\ninclude: %s\n" ONE, fixture_path("b.yaml"));
    struct loading *loading = fixture_load_text(text, plain);
    cr_assert_not(loading->failed, "%s", loading->messages);
    cr_expect_str_eq(loading->model.title, "second");
    fixture_free(loading);
    snprintf(text, sizeof text, "uptake: 1\ntitle: first\ninclude: b.yaml\n" ONE);
    loading = fixture_load_text(text, plain);
    cr_expect_str_eq(loading->model.title, "first");
    fixture_free(loading);
}

/* Innovations and their evidence from several files: the model's own file first, then as they
 * are included. */
Test(model_files, order_of_files)
{
    struct model_request evidence = fixture_read("commissioning.evidence[]", UPTAKE_REF);
    struct model_request sources = fixture_read("/evidence[].source", UPTAKE_TEXT);
    struct model_request requests[] = {evidence, sources};
    fixture_text("b.yaml", "uptake: 1\nevidence: [{id: t2, source: T2}]\n"
                           "innovations: [{id: b, name: B, evidence: [{id: l, source: LB}], "
                           "commissioning: {evidence: [l, t1, t2]}}]\n");
    struct loading *loading = fixture_load_text(
        "uptake: 1\ninclude: b.yaml\ninnovations:\n"
        "- {id: a, name: A, evidence: [{id: l, source: LA}], commissioning: {evidence: [t2, l]}}\n"
        "evidence: [{id: t1, source: T1}]\n",
        (struct model_options){.requests = requests, .n_requests = 2});
    cr_assert_not(loading->failed, "%s", loading->messages);
    cr_expect_str_eq(fixture_values(loading, &requests[1]), "T1 T2 LA LB");
    cr_expect_str_eq(fixture_values(loading, &requests[0]), "#1 #2 | #3 #0 #1");
    cr_expect_str_eq(model_text(&loading->model, loading->model.ids[1]), "b");
    fixture_free(loading);
}

Test(model_files, no_regular_file)
{
    fixture_folder("m.yaml");
    struct loading *loading = fixture_load(plain);
    cr_expect_str_eq(loading->messages, "m.yaml: is a folder; expected a YAML file");
    fixture_free(loading);
    cr_assert_eq(mkfifo(fixture_path("pipe"), 0600), 0);
    loading = fixture_load((struct model_options){.path = fixture_path("pipe")});
    cr_expect_str_eq(loading->messages, "pipe: is not a regular file; expected a YAML file");
    fixture_free(loading);
    loading = fixture_load((struct model_options){.path = fixture_path("missing.yaml")});
    cr_expect_str_eq(loading->messages, "cannot open missing.yaml: No such file or directory");
    fixture_free(loading);
}
