/* What a merge plugin's descriptor may hold: each row spoils a good one in one way, and names a part of the message. */
#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

#include "plugin/describe.h"

struct params {
    double optimism;
};

struct spoilt {
    struct uptake_param params[1];
    struct uptake_merge_plugin merge;
    struct uptake_merge_plugin second; /* a copy with another id, not in the bundle */
    const struct uptake_merge_plugin *merges[2];
    struct uptake_bundle bundle;
};

static char long_text[5000];

static int never_called(struct uptake_merge_call *call)
{
    (void)call;
    cr_assert(false, "the host calls no code to describe it");
    return -1;
}

static void start(struct spoilt *s)
{
    static const struct uptake_param param =
        UPTAKE_PARAM_NUMBER(struct params, optimism, 0.5, 0, 1, "", "a share");
    *s = (struct spoilt){.params = {param},
                         .merge = {.size = sizeof(struct uptake_merge_plugin),
                                   .id = "good-merge",
                                   .version = "1.2.0",
                                   .revision = 4,
                                   .flags = UPTAKE_MERGE_SCALE | UPTAKE_MERGE_MONOTONE,
                                   .better = UPTAKE_LOWER,
                                   .title = "Title",
                                   .summary = "Summary.",
                                   .source = "Source.",
                                   .params = {s->params, 1, sizeof s->params[0]},
                                   .params_bytes = sizeof(struct params),
                                   .min = -1,
                                   .max = 2,
                                   .merge = never_called},
                         .bundle = {sizeof(struct uptake_bundle),
                                    UPTAKE_ABI_MAJOR,
                                    UPTAKE_ABI_MINOR,
                                    UPTAKE_NO_ROWS,
                                    {s->merges, 1, sizeof s->merges[0]}}};
    s->second = s->merge;
    s->second.id = "second";
    s->merges[0] = &s->merge;
    s->merges[1] = &s->second;
}

static int read_back(const struct uptake_bundle *from, struct arena *arena,
                     struct plugin_bundle *bundle, struct uptake_error *error)
{
    static unsigned char data[65536];
    struct bytes_out out = {.data = data, .room = sizeof data};
    *bundle = (struct plugin_bundle){.path = "x.so"};
    if (describe_bundle(from, &out, error) != 0)
        return -1;
    return descriptor_read(data, out.used, arena, bundle, error);
}

/* clang-format off */
#define CASES(ROW) \
    /* Sizes, counts, strides: what the child looks at before it follows a pointer. */ \
    ROW(merges_count, s->bundle.merges.count = 1001, "the bundle: it has 1001 merge plugins, expected at most 1000") \
    ROW(merges_null, s->bundle.merges.rows = NULL, "its 1 merge plugins are at NULL") \
    ROW(merges_stride, s->bundle.merges.stride = 4, "its merge plugins are 4 bytes apart, expected at least 8") \
    ROW(none_at_all, s->bundle.merges.count = 0, "the bundle: it holds no plugin") \
    ROW(short_bundle, s->bundle.size = 40, "the bundle: it holds no plugin") \
    ROW(merge_null, s->merges[0] = NULL, "merge plugin 1 of the bundle: it is NULL") \
    ROW(merge_size, s->merge.size = 112, "merge plugin 1 of the bundle: its size says 112 bytes, expected at least 120") \
    ROW(merge_size_garbage, s->merge.size = SIZE_MAX, "its size says 18446744073709551615") \
    ROW(params_count, s->merge.params.count = 5000, "merge plugin 'good-merge': it has 5000 params") \
    ROW(params_null, s->merge.params.rows = NULL, "its 1 params are at NULL") \
    ROW(params_stride, s->merge.params.stride = SIZE_MAX, "its params are 18446744073709551615 bytes apart") \
    /* Texts. */ \
    ROW(id_null, s->merge.id = NULL, "merge plugin 1 of the bundle: its id is NULL") \
    ROW(id_long, s->merge.id = long_text, "its id is longer than 64 bytes") \
    ROW(id_path, s->merge.id = "../x", "expected an id of lower-case letters") \
    ROW(version_empty, s->merge.version = "", "its version is empty") \
    ROW(title_null, s->merge.title = NULL, "its title is NULL") \
    ROW(summary_escape, s->merge.summary = "\033[2J", "its summary holds a control character") \
    ROW(source_not_utf8, s->merge.source = "\xf6", "its source is not UTF-8") \
    ROW(twins, (s->bundle.merges.count = 2, s->second.id = "good-merge"), "it holds two plugins with the id 'good-merge'") \
    /* What it promises. */ \
    ROW(no_function, s->merge.merge = NULL, "merge plugin 'good-merge': it has no merge function") \
    ROW(flags, s->merge.flags = 128, "it has flags 0x80, of which 0x7f are known") \
    ROW(both_bounds, s->merge.flags = UPTAKE_MERGE_MONOTONE | UPTAKE_MERGE_BOUNDS, "expected one of them") \
    ROW(better, s->merge.better = 0, "its better end is 0, expected -1 or 1") \
    ROW(range_turned, s->merge.max = -2, "its range is -1 to -2") \
    ROW(range_nan, s->merge.min = NAN, "its range is nan to 2") \
    ROW(range_infinite, (s->merge.min = s->merge.max = INFINITY), "its range is inf to inf") \
    ROW(params_bytes, s->merge.params_bytes = 4, "param 0 'optimism': its member, 8 bytes from byte 0, ends outside") \
    ROW(param_default, s->params[0].number = 2, "its default is 2, expected 0 to 1")
/* clang-format on */

#define CHANGE(name, change, message)                                                              \
    static void name(struct spoilt *s)                                                             \
    {                                                                                              \
        change;                                                                                    \
    }
CASES(CHANGE)

#define ROW_OF(name, change, message) {#name, name, message},
static const struct {
    const char *name;
    void (*change)(struct spoilt *s);
    const char *message;
} cases[] = {CASES(ROW_OF)};

Test(plugin_merges, spoilt)
{
    memset(long_text, 'a', sizeof long_text - 1);
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        struct spoilt s;
        struct arena arena = {0};
        struct plugin_bundle bundle;
        struct uptake_error error = {0};
        start(&s);
        cases[k].change(&s);
        int result = read_back(&s.bundle, &arena, &bundle, &error);
        cr_expect(result == -1 && error.count == 1, "%s: %d, %u messages", cases[k].name, result,
                  error.count);
        cr_expect(strstr(error.text[0], cases[k].message), "%s: %s", cases[k].name, error.text[0]);
        cr_expect(bundle.n_merges == 0 && !bundle.merges, "%s: nothing is left of it",
                  cases[k].name);
        arena_finish(&arena);
    }
}

Test(plugin_merges, as_it_is)
{
    struct spoilt s;
    struct arena arena = {0};
    struct plugin_bundle bundle;
    struct uptake_error error = {0};
    start(&s);
    s.bundle.merges.count = 2;
    cr_assert(read_back(&s.bundle, &arena, &bundle, &error) == 0, "%s", error.text[0]);
    cr_assert(bundle.n_merges == 2 && bundle.n_plugins == 0);
    const struct plugin_merge *merge = &bundle.merges[0];
    cr_expect_str_eq(merge->plugin.id, "good-merge");
    cr_expect_str_eq(merge->plugin.version, "1.2.0");
    cr_expect_str_eq(merge->plugin.summary, "Summary.");
    cr_expect_str_eq(merge->plugin.bundle, "x.so");
    cr_expect(merge->plugin.revision == 4 && merge->better == UPTAKE_LOWER);
    cr_expect(merge->flags == (UPTAKE_MERGE_SCALE | UPTAKE_MERGE_MONOTONE));
    cr_expect(merge->min == -1 && merge->max == 2);
    cr_expect(merge->plugin.n_params == 1 && merge->plugin.params[0].number == 0.5);
    cr_expect(bundle.merges[1].plugin.position == 1);
    arena_finish(&arena);
}

/* Bytes that end early, or go on, are no description. */
Test(plugin_merges, cut_bytes)
{
    static unsigned char data[4096];
    struct spoilt s;
    struct bytes_out out = {.data = data, .room = sizeof data};
    struct uptake_error error = {0};
    start(&s);
    cr_assert(describe_bundle(&s.bundle, &out, &error) == 0);
    for (size_t used = 0; used <= out.used + 1; used++) {
        struct arena arena = {0};
        struct plugin_bundle bundle = {.path = "x.so"};
        struct uptake_error why = {0};
        int result = descriptor_read(data, used, &arena, &bundle, &why);
        cr_expect(result == (used == out.used ? 0 : -1), "%zu bytes: %d", used, result);
        arena_finish(&arena);
    }
}

/* The first folder's goes first; two of one folder are nobody's. */
Test(plugin_merges, found)
{
    static const struct plugin_merge one = {.plugin = {.id = "one", .bundle = "a/x.so"}};
    static const struct plugin_merge same = {.plugin = {.id = "one", .bundle = "a/y.so"}};
    static const struct plugin_merge later = {.plugin = {.id = "one", .bundle = "b/x.so"}};
    const struct plugin_bundle apart[] = {{.path = "a/x.so", .merges = &one, .n_merges = 1},
                                          {.path = "b/x.so", .merges = &later, .n_merges = 1}};
    const struct plugin_bundle level[] = {{.path = "a/x.so", .merges = &one, .n_merges = 1},
                                          {.path = "a/y.so", .merges = &same, .n_merges = 1}};
    const struct plugin_merge *found = NULL;
    struct uptake_error error = {0};
    cr_expect(plugin_merge_find(apart, 2, "one", &found, &error) == 0 && found == &one);
    cr_expect(plugin_merge_find(apart, 2, "two", &found, &error) == 0 && !found);
    cr_expect(plugin_merge_find(level, 2, "one", &found, &error) == -1);
    cr_expect(strstr(error.text[0], "two bundles of one folder hold the merge plugin 'one'"), "%s",
              error.text[0]);
}
