/* JSON: the writer's escapes, and a run's document read by another parser (Jansson). */
#include <criterion/criterion.h>
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/json.h"
#include "report/sample.h"

static struct report_out out;

/* --- The writer -------------------------------------------------------------------------------- */

Test(report_json, texts)
{
    static const struct {
        const char *name, *text, *expected;
    } cases[] = {
        {"plain", "dafne", "\"dafne\""},
        {"quotes and backslashes", "a\"b\\c", "\"a\\\"b\\\\c\""},
        {"controls", "\n\t\r\b\f\x01\x1f", "\"\\n\\t\\r\\b\\f\\u0001\\u001f\""},
        {"what a terminal obeys",
         "a\xc2\x9b"
         "31m\x7f\xc2\xa0\xc2",
         "\"a\\u009b31m\\u007f\xc2\xa0\xEF\xBF\xBD\""},
        {"UTF-8 as it is", "café – £", "\"café – £\""},
        {"what is no UTF-8", "a\xff\xc3z", "\"a\xEF\xBF\xBD\xEF\xBF\xBDz\""},
        {"nothing", NULL, "null"},
        {"empty", "", "\"\""},
    };
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        sample_out(&out);
        json_put_text(&(struct json){.out = &out}, cases[k].text);
        char *text = sample_text(&out);
        cr_expect_str_eq(text, cases[k].expected, "%s", cases[k].name);
        free(text);
    }
}

Test(report_json, numbers_and_commas)
{
    struct json json = {.out = &out};
    sample_out(&out);
    json_open(&json, '{');
    json_key(&json, "a");
    json_open(&json, '[');
    json_put_number(&json, 0.1);
    json_put_number(&json, (double)NAN);
    json_put_number(&json, -(double)INFINITY);
    json_put_number(&json, -0.0);
    json_close(&json, ']');
    json_pair_count(&json, "b", 7);
    json_pair_flag(&json, "c", true);
    json_key(&json, "d");
    json_open(&json, '{');
    json_close(&json, '}');
    json_close(&json, '}');
    char *text = sample_text(&out);
    cr_expect_str_eq(text, "{\"a\": [0.1, null, null, 0], \"b\": 7, \"c\": true, \"d\": {}}");
    free(text);
}

/* --- A run ------------------------------------------------------------------------------------- */

static char *run_text(const struct result *result)
{
    struct uptake_error error = {0};
    sample_out(&out);
    cr_assert_eq(report_json(result, &out, &error), 0);
    return sample_text(&out);
}

static json_t *run_document(const struct result *result)
{
    json_error_t why;
    char *text = run_text(result);
    json_t *document = json_loads(text, JSON_REJECT_DUPLICATES, &why);
    cr_assert_not_null(document, "%s at %d:%d", why.text, why.line, why.column);
    free(text);
    return document;
}

/* The value at a path such as "innovations/1/measures/support.coverage". */
static json_t *at(json_t *value, const char *path)
{
    char words[256];
    snprintf(words, sizeof words, "%s", path);
    for (char *rest = words, *word; value && (word = strsep(&rest, "/"));)
        value = json_is_array(value) ? json_array_get(value, (size_t)atoi(word))
                                     : json_object_get(value, word);
    cr_expect_not_null(value, "%s is missing", path);
    return value;
}

Test(report_json, numbers_of_a_run)
{
    static const struct {
        const char *path;
        double expected; /* NaN: null */
    } cases[] = {
        {"innovations/0/measures/barriers.openness", 1 - 2.75 / 6},
        {"innovations/1/measures/barriers.openness", 1 - 2.5 / 7},
        {"innovations/1/ranges/barriers.openness/0", 1 - 4.5 / 7},
        {"innovations/1/ranges/support.coverage/1", 1},
        {"innovations/0/measures/support.coverage", (double)NAN},
        {"innovations/0/ranges/support.coverage/0", (double)NAN},
        {"innovations/1/merged/balanced/score", 0.65},
        {"innovations/1/merged/balanced/rank_high", 2},
        {"innovations/2/merged/balanced/rank", (double)NAN},
        {"innovations/2/merged/balanced/score", (double)NAN},
        {"innovations/2/merged/balanced/coverage", 0.25},
        {"innovations/1/basis/support.coverage/rows", 2},
        {"innovations/1/basis/support.coverage/desk_reading", 2},
        {"innovations/1/basis/support.coverage/hindsight", 1},
        {"innovations/1/basis/support.coverage/without_evidence", 0},
        {"innovations/1/findings/1/row", 1},
        {"innovations/0/findings/0/row", (double)NAN},
        {"tables/support[]/0/row", 0},
        {"tables/support[]/1/row", 1},
        {"tables/support[]/2/row", 0},
        {"tables/support[]/1/support.gap", 2000.5},
        {"tables/support[]/0/ranges/support.gap/0", 3},
        {"tables/support[]/0/ranges/support.gap/1", (double)NAN},
        {"tables/~/0/support.median", 0.7},
        {"run/left_out", 2},
        {"run/hindsight", 1},
        {"plugins/0/revision", 2},
        {"plugins/1/failed", 1},
        {"agreement/0/n", 1},
        {"agreement/0/kendall_tau_b", (double)NAN},
    };
    json_t *document = run_document(sample_result());
    json_object_set(at(document, "tables"), "~", json_object_get(at(document, "tables"), "/"));
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        json_t *found = at(document, cases[k].path);
        if (isnan(cases[k].expected))
            cr_expect(json_is_null(found), "%s must be null", cases[k].path);
        else
            cr_expect_eq(json_number_value(found), cases[k].expected, "%s", cases[k].path);
    }
    json_decref(document);
}

Test(report_json, texts_of_a_run)
{
    static const struct {
        const char *path, *expected; /* NULL: null */
    } cases[] = {
        {"uptake", UPTAKE_VERSION},
        {"run/spec", "specs/three.yaml"},
        {"run/as_of", "2018-01-24"},
        {"run/containment", "process"},
        {"run/caveats/0", "2 of 3 rows of ratings and support are one reader's desk reading, not a "
                          "published rating."},
        {"plugins/1/status", "partial"},
        {"innovations/2/name", "Rapid \"RAID\", a liaison service"},
        {"innovations/1/measures/barriers.profile", "simple, \"mostly\""},
        {"innovations/1/measures/support.weakest_resource", "time"},
        {"innovations/0/measures/support.weakest_resource", NULL},
        {"innovations/0/status/barriers", "ok"},
        {"innovations/0/status/support", "skipped: no support rows"},
        {"innovations/2/status/support", "failed: SIGSEGV"},
        {"innovations/0/findings/0/level", "unknown"},
        {"innovations/0/findings/0/entity", ""},
        {"innovations/1/findings/2/plugin", "support"},
        {"innovations/1/findings/2/level", "blocks"},
        {"innovations/1/findings/2/entity", "support[]"},
        {"innovations/1/findings/2/because", "Educators are paid for half of the week, they said."},
        {"tables/support[]/0/innovation", "dafne"},
        {"tables/support[]/2/innovation", "raid"},
        {"findings/0/text", "skills are short everywhere"},
        {"agreement/0/reason", "n_lt_8"},
    };
    json_t *document = run_document(sample_result());
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        json_t *found = at(document, cases[k].path);
        if (cases[k].expected)
            cr_expect_str_eq(json_string_value(found), cases[k].expected, "%s", cases[k].path);
        else
            cr_expect(json_is_null(found), "%s must be null", cases[k].path);
    }
    json_decref(document);
}

/* Keys of an object, in order, with a blank after each. */
static void expect_keys(json_t *object, const char *path, const char *expected)
{
    char keys[512] = "";
    const char *key;
    json_t *value;
    json_object_foreach(at(object, path), key, value)
    {
        strcat(keys, key);
        strcat(keys, " ");
    }
    cr_expect_str_eq(keys, expected, "%s", path);
}

Test(report_json, keys_stand_in_their_documented_order)
{
    json_t *document = json_object();
    json_object_set_new(document, "all", run_document(sample_result()));
    expect_keys(document, "all",
                "uptake run plugins innovations merges tables findings agreement find_out_first "
                "sources comparisons scenarios ");
    expect_keys(document, "all/run",
                "spec title note model as_of containment left_out hindsight caveats ");
    expect_keys(document, "all/plugins/0", "name id version revision status failed ");
    expect_keys(document, "all/innovations/1",
                "id name measures merged ranges basis findings status ");
    expect_keys(document, "all/innovations/1/merged/balanced",
                "score score_low score_high rank rank_low rank_high coverage ");
    expect_keys(document, "all/innovations/1/ranges", "barriers.openness support.coverage ");
    json_decref(document);
}

Test(report_json, no_date_is_null_and_said)
{
    struct result *result = sample_result();
    result->as_of_given = false;
    json_t *document = run_document(result);
    cr_expect(json_is_null(at(document, "run/as_of")));
    cr_expect_not_null(
        strstr(json_string_value(at(document, "run/caveats/0")), "nothing was left out"));
    json_decref(document);
}

Test(report_json, the_same_run_gives_the_same_bytes)
{
    char *first = run_text(sample_large(500)), *second = run_text(sample_large(500));
    cr_expect_str_eq(first, second);
    free(first);
    free(second);
}

/* Texts are looked at by words of eight bytes: what needs an escape is found at every place in one. */
Test(report_json, escapes_at_every_place)
{
    static const struct {
        char c;
        const char *escaped;
    } cases[] = {{'"', "\\\""}, {'\\', "\\\\"},     {'\x1f', "\\u001f"}, {'\n', "\\n"},
                 {'!', "!"},    {'#', "#"},         {'[', "["},          {' ', " "},
                 {'~', "~"},    {'\x7f', "\\u007f"}};
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++)
        for (int place = 0; place < 19; place++) {
            char text[] = "abcdefghijklmnopqrs", wanted[64];
            text[place] = cases[k].c;
            snprintf(wanted, sizeof wanted, "\"%.*s%s%s\"", place, text, cases[k].escaped,
                     text + place + 1);
            sample_out(&out);
            json_put_text(&(struct json){.out = &out}, text);
            char *found = sample_text(&out);
            cr_expect_str_eq(found, wanted);
            free(found);
        }
}
