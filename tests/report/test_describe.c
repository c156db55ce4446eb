/* Plugins as text and JSON; merges and keys of a spec as they stand in their tables. */
#include <criterion/criterion.h>
#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "merge/merge.h"
#include "report/sample.h"
#include "spec/spec.h"

static struct report_out out;

struct params {
    double floor;
    double weights[2];
};

static const char *const levels[] = {"low", "high", NULL};

static const struct uptake_read reads[] = {
    UPTAKE_READ(0, UPTAKE_NUMBER, UPTAKE_REQUIRED | UPTAKE_DOUBT, "support[].needed", "gbp_once", 0,
                UPTAKE_NO_LIMIT, NULL, "what it takes"),
    UPTAKE_READ_CHOICE(1, "spells[].implementation", levels, "how it went"),
};
static const struct uptake_param params[] = {
    UPTAKE_PARAM_TABLE(struct params, weights, 1, 0, UPTAKE_NO_LIMIT, "", levels,
                       "what each counts for"),
    UPTAKE_PARAM_NUMBER(struct params, floor, 0.5, 0, 1, "", "the least share"),
};
static const struct uptake_write writes[] = {
    UPTAKE_WRITE_NUMBER(0, "gap", "gbp_once", 0, UPTAKE_NO_LIMIT, UPTAKE_LOWER, UPTAKE_BOUNDS,
                        "what lacks"),
    UPTAKE_WRITE_CHOICE(1, "level", levels, 0, ""),
};
static const struct plugin plugin = {.bundle = "plugins/gap.so",
                                     .id = "gap",
                                     .version = "1.2.3",
                                     .revision = 4,
                                     .title = "Gaps",
                                     .summary = "What lacks.",
                                     .source = "Nobody (2020)",
                                     .reads = reads,
                                     .n_reads = 2,
                                     .params = params,
                                     .n_params = 2,
                                     .writes = writes,
                                     .n_writes = 2};

Test(report_describe, text)
{
    static const char expected[] =
        "gap 1.2.3 (revision 4): Gaps\n"
        "What lacks.\n"
        "Source: Nobody (2020)\n"
        "\n"
        "Reads\n"
        "  support[].needed: number (gbp once), 0 or more, with its range; without it the "
        "innovation is not\n"
        "      assessed\n"
        "      what it takes\n"
        "  spells[].implementation: choice of low, high\n"
        "      how it went\n"
        "\n"
        "Can be tuned (under `with:`)\n"
        "  weights: a number for each of low, high, 0 or more; default 1\n"
        "      what each counts for\n"
        "  floor: number, 0 to 1; default 0.5\n"
        "      the least share\n"
        "\n"
        "Writes\n"
        "  gap: number (gbp once), 0 or more, with its range; lower is better; the headline\n"
        "      what lacks\n"
        "  level: choice of low, high\n"
        "\n"
        "In a spec\n"
        "  plugins:\n"
        "    NAME: {use: gap, with: {floor: 0.5}}\n";
    struct report_style style = {.width = 100};
    struct uptake_error error = {0};
    sample_out(&out);
    cr_assert_eq(report_describe(&plugin, &style, &out, &error), 0);
    char *text = sample_text(&out);
    cr_expect_str_eq(text, expected, "\n%s", text);
    free(text);
}

static json_t *document(void)
{
    json_error_t why;
    char *text = sample_text(&out);
    json_t *found = json_loads(text, JSON_REJECT_DUPLICATES, &why);
    cr_assert_not_null(found, "%s at %d:%d", why.text, why.line, why.column);
    free(text);
    return found;
}

static const char *text_at(json_t *row, const char *key)
{
    return json_string_value(json_object_get(row, key));
}

Test(report_describe, json)
{
    sample_out(&out);
    report_describe_json(&plugin, &out);
    json_t *found = document();
    cr_expect_str_eq(text_at(found, "headline"), "gap");
    json_t *read = json_array_get(json_object_get(found, "reads"), 0);
    cr_expect_str_eq(text_at(read, "path"), "support[].needed");
    cr_expect(json_is_true(json_object_get(read, "required")));
    cr_expect(json_is_null(json_object_get(read, "max")));
    json_t *param = json_array_get(json_object_get(found, "params"), 1);
    cr_expect_eq(json_number_value(json_object_get(param, "default")), 0.5);
    json_t *write = json_array_get(json_object_get(found, "writes"), 1);
    cr_expect_str_eq(text_at(write, "type"), "choice");
    cr_expect_eq(json_array_size(json_object_get(write, "choices")), 2);
    json_decref(found);
}

Test(report_describe, bundles)
{
    const struct plugin_bundle bundles[] = {
        {.path = "plugins/gap.so", .plugins = &plugin, .n_plugins = 1},
        {.path = "plugins/broken.so", .failure = "it exports no uptake_bundle_1"},
    };
    struct report_style style = {.width = 100};
    struct uptake_error error = {0};
    sample_out(&out);
    cr_assert_eq(report_plugins(bundles, 2, &style, &out, &error), 0);
    char *text = sample_text(&out);
    cr_expect_str_eq(text, "plugin  version  headline  title  bundle\n"
                           "gap     1.2.3    gap       Gaps   plugins/gap.so\n"
                           "\n"
                           "Could not be described\n"
                           "  plugins/broken.so: it exports no uptake_bundle_1\n");
    free(text);
    sample_out(&out);
    report_plugins_json(bundles, 2, &out);
    json_t *found = document();
    json_t *failure = json_array_get(json_object_get(found, "failures"), 0);
    cr_expect_str_eq(text_at(failure, "bundle"), "plugins/broken.so");
    cr_expect_eq(json_array_size(json_object_get(found, "plugins")), 1);
    json_decref(found);
}

Test(report_describe, no_plugins)
{
    struct report_style style = {.width = 100};
    struct uptake_error error = {0};
    sample_out(&out);
    cr_assert_eq(report_plugins(NULL, 0, &style, &out, &error), 0);
    char *text = sample_text(&out);
    cr_expect_str_eq(text, "No plugins were found.\n");
    free(text);
}

/* Every row of the tables is there, by name. */
Test(report_describe, merges_and_keys)
{
    size_t methods, keys;
    merge_methods(&methods);
    spec_keys(&keys);
    sample_out(&out);
    report_merges_json(&out);
    json_t *found = document();
    cr_expect_eq(json_array_size(json_object_get(found, "methods")), methods);
    json_decref(found);
    sample_out(&out);
    report_spec_keys_json(&out);
    found = document();
    cr_expect_eq(json_array_size(json_object_get(found, "keys")), keys);
    json_decref(found);
}
