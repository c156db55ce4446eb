/*
 * Broken texts: each shipped model cut short, with bits flipped, with lines gone or doubled.
 * Whatever comes of it, the loader lives, and either loads a model that fits together or says what
 * is wrong (fixture_load checks both).
 */
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "model/fixture.h"

TestSuite(model_mutations, .init = fixture_open, .fini = fixture_close, .timeout = 240);

enum { SECONDS = 4 }; /* of each kind of mutation and model */

static const struct {
    const char *path;
    uint32_t type;
} reads[] = {{"support[resource=time].provided", UPTAKE_NUMBER},
             {"judgements[framework=nasss].value", UPTAKE_NUMBER},
             {"judgements[framework=nasss].evidence[]", UPTAKE_REF},
             {"levers[].follows", UPTAKE_REF},
             {"levers[].starts", UPTAKE_DATE},
             {"vehicles[].income[].share", UPTAKE_NUMBER},
             {"spells[].status", UPTAKE_CHOICE},
             {"/evidence[].source", UPTAKE_TEXT},
             {"/adopters[].size", UPTAKE_NUMBER},
             {"observations[].value", UPTAKE_NUMBER},
             {"support[]", UPTAKE_LIST}};
enum { READS = sizeof reads / sizeof *reads };

static char *text;
static size_t bytes;

static void read_text(const char *path)
{
    FILE *file = fopen(path, "r");
    cr_assert(file, "%s", path);
    free(text);
    text = malloc(1 << 20);
    bytes = fread(text, 1, 1 << 20, file);
    cr_assert_gt(bytes, 0u);
    fclose(file);
}

static uint64_t seed = 7;

static size_t below(size_t n)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (size_t)(seed >> 33) % n;
}

static void load_broken(const char *broken, size_t count)
{
    struct model_request requests[READS];
    struct model_options options = {.check_only = seed >> 40 & 1,
                                    .as_of_given = seed >> 41 & 1,
                                    .requests = requests,
                                    .n_requests = READS};
    options.as_of = (struct uptake_period){17555, 17555};
    for (size_t k = 0; k < READS; k++)
        requests[k] = fixture_read(reads[k].path, reads[k].type);
    fixture_write("m.yaml", broken, count);
    fixture_free(fixture_load(options));
}

static void cut_short(void)
{
    time_t end = time(NULL) + SECONDS;
    for (size_t count = 1; count < bytes && time(NULL) < end; count += 1 + below(bytes / 400 + 2))
        load_broken(text, count);
}

static void flip_bits(void)
{
    time_t end = time(NULL) + SECONDS;
    for (int n = 0; n < 400 && time(NULL) < end; n++) {
        char *broken = malloc(bytes);
        memcpy(broken, text, bytes);
        for (size_t flips = 1 + below(3); flips > 0; flips--)
            broken[below(bytes)] ^= (char)(1 << below(8));
        load_broken(broken, bytes);
        free(broken);
    }
}

/* The line around a byte: [*start, *end). */
static void line_at(size_t at, size_t *start, size_t *end)
{
    for (*start = at; *start && text[*start - 1] != '\n'; (*start)--)
        ;
    for (*end = at; *end < bytes && text[*end] != '\n'; (*end)++)
        ;
    *end += *end < bytes;
}

static void break_lines(void)
{
    time_t stop = time(NULL) + SECONDS;
    for (int n = 0; n < 400 && time(NULL) < stop; n++) {
        size_t start, end, to, unused;
        line_at(below(bytes), &start, &end);
        line_at(below(bytes), &to, &unused);
        bool twice = below(2), move = below(2); /* gone, doubled, or copied elsewhere */
        char *broken = malloc(bytes * 2);
        size_t used = 0, at = move ? to : start;
        memcpy(broken, text, at);
        used = at;
        if (twice)
            memcpy(broken + used, text + start, end - start);
        used += twice ? end - start : 0;
        size_t rest = twice ? at : end;
        if (rest < at)
            rest = at;
        memcpy(broken + used, text + rest, bytes - rest);
        load_broken(broken, used + bytes - rest);
        free(broken);
    }
}

Test(model_mutations, of_each_shipped_model)
{
    glob_t found;
    cr_assert_eq(glob(TEST_ROOT "/configs/models/*.yaml", 0, NULL, &found), 0);
    for (size_t k = 0; k < found.gl_pathc; k++) {
        read_text(found.gl_pathv[k]);
        cut_short();
        flip_bits();
        break_lines();
    }
    globfree(&found);
    free(text);
}

/* And whole, they load. */
Test(model_mutations, whole_models)
{
    glob_t found;
    cr_assert_eq(glob(TEST_ROOT "/configs/models/*.yaml", 0, NULL, &found), 0);
    for (size_t k = 0; k < found.gl_pathc; k++) {
        struct loading *loading = fixture_load((struct model_options){.path = found.gl_pathv[k]});
        cr_expect_not(loading->failed, "%s: %s", found.gl_pathv[k], loading->messages);
        cr_expect_gt(loading->model.innovations, 0u);
        fixture_free(loading);
    }
    globfree(&found);
}
