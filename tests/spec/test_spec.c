/*
 * Specs: every message in its exact words and place, what is bound from a good one, `--set`, and
 * that no broken text breaks the reader. A case's text is written to DIR/s.yaml beside a model
 * m.yaml; messages are compared with "DIR/" taken out.
 */
#include <criterion/criterion.h>
#include <glob.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "spec/format.h"
#include "spec/spec.h"

static char folder[64];

static void write_file(const char *name, const char *text, size_t bytes)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    cr_assert(file);
    cr_assert_eq(fwrite(text, 1, bytes, file), bytes);
    cr_assert_eq(fclose(file), 0);
}

static void make_folder(void)
{
    char path[128];
    snprintf(folder, sizeof folder, "/tmp/uptake-spec-XXXXXX");
    cr_assert(mkdtemp(folder));
    write_file("m.yaml", "uptake: 1\n", 10);
    snprintf(path, sizeof path, "%s/sub", folder);
    cr_assert_eq(mkdir(path, 0700), 0);
}

static void remove_folder(void)
{
    char command[128];
    snprintf(command, sizeof command, "rm -rf %s", folder);
    cr_assert_eq(system(command), 0);
}

TestSuite(spec, .init = make_folder, .fini = remove_folder, .timeout = 120);

/* --- Reading ---------------------------------------------------------------------------------- */

struct reading {
    int failed;
    struct arena arena;
    struct spec spec;
    struct uptake_error error;
};

static struct reading *read_path(const char *path, const struct spec_set *sets, size_t n_sets)
{
    struct reading *reading = calloc(1, sizeof *reading);
    reading->failed =
        spec_read(path, sets, n_sets, &reading->arena, &reading->spec, &reading->error);
    cr_expect_eq(reading->failed != 0, reading->error.count != 0,
                 "a failure has a message, success none");
    return reading;
}

static struct reading *read_sets(const char *text, size_t bytes, const struct spec_set *sets,
                                 size_t n_sets)
{
    char path[128];
    snprintf(path, sizeof path, "%s/s.yaml", folder);
    write_file("s.yaml", text, bytes);
    return read_path(path, sets, n_sets);
}

static struct reading *read_text(const char *text)
{
    return read_sets(text, strlen(text), NULL, 0);
}

static void finish(struct reading *reading)
{
    arena_finish(&reading->arena);
    free(reading);
}

/* All messages, a line each, "DIR/" taken out, and DIR as ".". */
static void join(const struct uptake_error *error, char *all, size_t room)
{
    size_t used = 0, name = strlen(folder);
    for (uint32_t k = 0; k < error->count; k++) {
        const char *from = error->text[k];
        while (*from && used + 2 < room) {
            if (strncmp(from, folder, name) != 0) {
                all[used++] = *from++;
                continue;
            }
            from += name;
            if (*from == '/')
                from++;
            else
                all[used++] = '.';
        }
        all[used++] = '\n';
    }
    all[used ? used - 1 : 0] = 0;
}

static void expect_messages(const char *name, struct reading *reading, const char *messages)
{
    static char all[ERROR_MESSAGES * ERROR_BYTES];
    join(&reading->error, all, sizeof all);
    cr_expect_str_eq(all, messages, "%s:\n%s\n  expected\n%s", name, all, messages);
    cr_expect_eq(reading->error.exit_code, messages[0] ? EXIT_INPUT : EXIT_OK, "%s", name);
    finish(reading);
}

/* --- Broken specs ----------------------------------------------------------------------------- */

struct broken {
    const char *name;
    const char *text;
    const char *messages;
};

static void expect_broken(const struct broken *cases, size_t count)
{
    for (size_t k = 0; k < count; k++)
        expect_messages(cases[k].name, read_text(cases[k].text), cases[k].messages);
}

#define EXPECT_BROKEN(cases) expect_broken(cases, sizeof(cases) / sizeof *(cases))

#define HEAD "uptake: 1\nmodel: m.yaml\n"
#define PLUGIN HEAD "plugins: {a: {use: x}}\n"
#define MERGE(body) PLUGIN "merge: {m: {method: x, " body "}}\n"
#define MEASURE(body) PLUGIN "merge:\n  m: {method: x, measures: {" body "}}\n"

static const struct broken top_cases[] = {
    {"not a mapping", "- uptake: 1\n",
     "s.yaml:1:1: found a list; expected a mapping that begins with 'uptake: 1'"},
    {"a text", "hello\n",
     "s.yaml:1:1: found 'hello'; expected a mapping that begins with 'uptake: 1'"},
    {"only a comment", "# x\n",
     "s.yaml: holds no values; expected at least 'uptake: 1' and 'model: FILE'"},
    {"only a mark", "---\n",
     "s.yaml: holds no values; expected at least 'uptake: 1' and 'model: FILE'"},
    {"null", "~\n", "s.yaml: holds no values; expected at least 'uptake: 1' and 'model: FILE'"},
    {"empty", "", "s.yaml: is empty; expected at least 'uptake: 1'"},
    {"empty mapping", "{}\n",
     "s.yaml:1:1: 'uptake' is missing from the spec (the format of this file)\n"
     "s.yaml:1:1: 'model' is missing from the spec (the model's file, relative to the spec's "
     "folder)"},
    {"a model", "uptake: 1\ninnovations: []\n",
     "s.yaml:1:1: this is a model (it has 'innovations'), not a spec; a spec names it: 'model: "
     "FILE'"},
    {"newer format, and nothing else is said", "uptake: 2\nmodle: x\n",
     "s.yaml:1:9: format 2 is newer than this version of uptake, which reads format 1"},
    {"format 1.5", "uptake: 1.5\nmodel: m.yaml\n",
     "s.yaml:1:9: format 1.5 is newer than this version of uptake, which reads format 1"},
    {"format 0", "uptake: 0\nmodel: m.yaml\nplugins: {a: {use: x}}\n",
     "s.yaml:1:9: uptake: found '0'; expected 1"},
    {"format in quotes", "uptake: '1'\nmodel: m.yaml\nplugins: {a: {use: x}}\n",
     "s.yaml:1:9: uptake: found the text '1'; expected 1 (remove the quotes)"},
    {"format left out", "uptake:\nmodel: m.yaml\nplugins: {a: {use: x}}\n",
     "s.yaml:1:1: 'uptake' is missing from the spec (the format of this file)"},
    {"format a list", "uptake: [1]\nmodel: m.yaml\nplugins: {a: {use: x}}\n",
     "s.yaml:1:9: uptake: found a list; expected 1"},
    {"misspelt key", PLUGIN "titel: x\n",
     "s.yaml:4:1: 'titel' is not a key of the spec; did you mean 'title'?"},
    {"underscore or hyphen", PLUGIN "as-of: 2018\n",
     "s.yaml:4:1: 'as-of' is not a key of the spec; did you mean 'as_of'?"},
    {"a key like no other", PLUGIN "zzzzz: x\n",
     "s.yaml:4:1: 'zzzzz' is not a key of the spec; expected uptake, title, note, model, as_of, "
     "plugins, "
     "plugin_path, merge, compare, scenarios, doubt or limits"},
    {"twice", PLUGIN "model: x\n", "s.yaml:4:1: 'model' stands twice; the first is at line 2"},
    {"second document", PLUGIN "---\nuptake: 1\n",
     "s.yaml:4:1: a second document starts here; one file holds one document"},
    {"not YAML", PLUGIN "merge: {\n",
     "s.yaml:5:1: not valid YAML: did not find expected node content, while parsing a flow node "
     "(which "
     "began at line 5)"},
    {"title a list", PLUGIN "title: [x]\n", "s.yaml:4:8: title: found a list; expected a text"},
    {"title empty", PLUGIN "title: ''\n", "s.yaml:4:8: title: found ''; expected a text"},
    {"nothing to run", HEAD,
     "s.yaml:1:1: there is nothing to run; a spec needs plugins, such as 'plugins: {barriers: "
     "{use: "
     "spread-barriers}}', or a merge of the model's own numbers (field:PATH)"},
    {"nothing to run, said at length", HEAD "plugins: {}\nmerge: ~\n",
     "s.yaml:1:1: there is nothing to run; a spec needs plugins, such as 'plugins: {barriers: "
     "{use: "
     "spread-barriers}}', or a merge of the model's own numbers (field:PATH)"},
    {"a merge of nobody's measures", HEAD "merge: {m: {method: x, measures: {a.b: 1}}}\n",
     "s.yaml:1:1: there are no plugins, and no merge has a measure field:PATH; expected plugins, "
     "such as "
     "'plugins: {barriers: {use: spread-barriers}}'"},
};

Test(spec, the_top)
{
    EXPECT_BROKEN(top_cases);
}

#define A_DATE "expected a date without doubt: 2018-01-24, 2018-01, 2018, 2018Q1 or 2017/18"

static const struct broken model_cases[] = {
    {"left out", "uptake: 1\nplugins: {a: {use: x}}\n",
     "s.yaml:1:1: 'model' is missing from the spec (the model's file, relative to the spec's "
     "folder)"},
    {"null", "uptake: 1\nmodel: ~\nplugins: {a: {use: x}}\n",
     "s.yaml:1:1: 'model' is missing from the spec (the model's file, relative to the spec's "
     "folder)"},
    {"missing", "uptake: 1\nmodel: no.yaml\nplugins: {a: {use: x}}\n",
     "s.yaml:2:8: model: there is no file 'no.yaml' in the spec's folder (.)"},
    {"missing, absolute", "uptake: 1\nmodel: /nowhere/no.yaml\nplugins: {a: {use: x}}\n",
     "s.yaml:2:8: model: there is no file '/nowhere/no.yaml'"},
    {"inside a file", "uptake: 1\nmodel: m.yaml/x\nplugins: {a: {use: x}}\n",
     "s.yaml:2:8: model: there is no file 'm.yaml/x' in the spec's folder (.)"},
    {"home", "uptake: 1\nmodel: ~/no.yaml\nplugins: {a: {use: x}}\n",
     "s.yaml:2:8: model: there is no file '~/no.yaml' in the spec's folder (.); '~' is not "
     "expanded"},
    {"folder", "uptake: 1\nmodel: sub\nplugins: {a: {use: x}}\n",
     "s.yaml:2:8: model: 'sub' is a folder; expected a YAML file"},
    {"this folder", "uptake: 1\nmodel: .\nplugins: {a: {use: x}}\n",
     "s.yaml:2:8: model: '.' is a folder; expected a YAML file"},
    {"list", "uptake: 1\nmodel: [m.yaml]\nplugins: {a: {use: x}}\n",
     "s.yaml:2:8: model: found a list; expected a path"},
    {"empty text", "uptake: 1\nmodel: ''\nplugins: {a: {use: x}}\n",
     "s.yaml:2:8: model: found ''; expected a path"},
    {"as_of", PLUGIN "as_of: soon\n", "s.yaml:4:8: as_of: found 'soon'; " A_DATE},
    {"as_of, no such day", PLUGIN "as_of: 2018-02-30\n",
     "s.yaml:4:8: as_of: found '2018-02-30'; " A_DATE},
    {"as_of in doubt", PLUGIN "as_of: {at_most: 2019}\n",
     "s.yaml:4:8: as_of: found a mapping; " A_DATE},
    {"as_of unknown", PLUGIN "as_of: unknown\n", "s.yaml:4:8: as_of: found 'unknown'; " A_DATE},
    {"plugin_path a mapping", PLUGIN "plugin_path: {a: b}\n",
     "s.yaml:4:14: plugin_path: found a mapping; expected a path, or a list of paths"},
    {"plugin_path with a hole", PLUGIN "plugin_path: [a, ~]\n",
     "s.yaml:4:18: plugin_path: found nothing; expected a text"},
};

Test(spec, model_and_date)
{
    EXPECT_BROKEN(model_cases);
}

#define NO_USE " (a plugin's id, as `uptake plugins` lists it)"
#define A_NAME                                                                                     \
    "is not a name; expected a letter, then letters, digits, '-' or '_', at most 64 in all"
#define SIXTY_FOUR "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_"

static const struct broken plugin_cases[] = {
    {"a list", HEAD "plugins: [x]\n",
     "s.yaml:3:10: plugins: found a list; expected a mapping such as {barriers: {use: "
     "spread-barriers}}"},
    {"an id alone", HEAD "plugins: {a: x}\n",
     "s.yaml:3:14: a: found 'x'; expected a mapping such as {use: spread-barriers}"},
    {"null", HEAD "plugins:\n  a:\n", "s.yaml:4:3: 'use' is missing from plugins.a" NO_USE},
    {"empty", HEAD "plugins: {a: {}}\n", "s.yaml:3:11: 'use' is missing from plugins.a" NO_USE},
    {"use left out", HEAD "plugins: {a: {use: , with: {}}}\n",
     "s.yaml:3:11: 'use' is missing from plugins.a" NO_USE},
    {"use a list", HEAD "plugins: {a: {use: [x]}}\n",
     "s.yaml:3:20: use: found a list; expected a text"},
    {"misspelt key", HEAD "plugins: {a: {use: x, wiht: {}}}\n",
     "s.yaml:3:23: 'wiht' is not a key of plugins.a; did you mean 'with'?"},
    {"unlike any key", HEAD "plugins: {a: {use: x, colour: red}}\n",
     "s.yaml:3:23: 'colour' is not a key of plugins.a; expected use, with, reads, sha256, version "
     "or revision"},
    {"with a number", HEAD "plugins: {a: {use: x, with: 3}}\n",
     "s.yaml:3:29: with: found '3'; expected a mapping of parameters"},
    {"with a list", HEAD "plugins: {a: {use: x, with: [3]}}\n",
     "s.yaml:3:29: with: found a list; expected a mapping of parameters"},
    {"reads a text", HEAD "plugins: {a: {use: x, reads: b}}\n",
     "s.yaml:3:30: reads: found 'b'; expected a mapping such as {quantity: plugin}"},
    {"reads a list", HEAD "plugins: {a: {use: x, reads: {spread: [b]}}}\n",
     "s.yaml:3:39: spread: found a list; expected a text"},
    {"pins", HEAD "plugins: {a: {use: x, sha256: abc, revision: 1.5}}\n",
     "s.yaml:3:31: sha256: found 'abc'; expected 64 hexadecimal digits\n"
     "s.yaml:3:46: revision: found '1.5'; expected a whole number from 0, at most 2^53"},
    {"name begins with a digit", HEAD "plugins: {2nd: {use: x}}\n", "s.yaml:3:11: '2nd' " A_NAME},
    {"name with a dot", HEAD "plugins: {a.b: {use: x}}\n", "s.yaml:3:11: 'a.b' " A_NAME},
    {"name with a space", HEAD "plugins: {a b: {use: x}}\n", "s.yaml:3:11: 'a b' " A_NAME},
    {"name of letters beyond ASCII", HEAD "plugins: {\xc3\xa9: {use: x}}\n",
     "s.yaml:3:11: '\xc3\xa9' " A_NAME},
    {"empty name", HEAD "plugins: {'': {use: x}}\n", "s.yaml:3:11: '' " A_NAME},
    {"65 bytes", HEAD "plugins:\n  " SIXTY_FOUR "x: {use: x}\n",
     "s.yaml:4:3: 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ01234567...' " A_NAME},
};

Test(spec, plugins)
{
    EXPECT_BROKEN(plugin_cases);
}

#define METHOD_MISSING " (how measures become one score)"
#define MEASURES_MISSING " (the measures to merge, with their weights)"
#define A_MEASURE "expected a weight from 0, or a mapping such as {weight: 1, better: lower}"

static const struct broken merge_cases[] = {
    {"a list", PLUGIN "merge: [x]\n",
     "s.yaml:4:8: merge: found a list; expected a mapping such as {balanced: {method: "
     "weighted-sum, "
     "measures: {...}}}"},
    {"a text", PLUGIN "merge: {m: x}\n",
     "s.yaml:4:12: m: found 'x'; expected a mapping such as {method: weighted-sum, measures: "
     "{...}}"},
    {"null", PLUGIN "merge: {m: }\n",
     "s.yaml:4:9: 'method' is missing from merge.m" METHOD_MISSING "\n"
     "s.yaml:4:9: 'measures' is missing from merge.m" MEASURES_MISSING},
    {"name", PLUGIN "merge: {-m: {method: x, measures: {a.b: 1}}}\n", "s.yaml:4:9: '-m' " A_NAME},
    {"measures empty", MERGE("measures: {}"),
     "s.yaml:4:9: 'measures' is missing from merge.m" MEASURES_MISSING},
    {"measures a list", MERGE("measures: [a.b, c.d]"),
     "s.yaml:4:34: measures: found a list; expected a mapping from measures to weights, such as "
     "{barriers.openness: 2, support.coverage: 1}"},
    {"measures a text", MERGE("measures: a.b"),
     "s.yaml:4:34: measures: found 'a.b'; expected a mapping from measures to weights, such as "
     "{barriers.openness: 2, support.coverage: 1}"},
    {"misspelt key", MERGE("measures: {a.b: 1}, mising: worst"),
     "s.yaml:4:44: 'mising' is not a key of merge.m; did you mean 'missing'?"},
    {"method, normalise, missing", MERGE("measures: {a.b: 1}, normalise: [x], missing: {a: b}"),
     "s.yaml:4:55: normalise: found a list; expected a text\n"
     "s.yaml:4:69: missing: found a mapping; expected a text"},
    {"floor above 1", MERGE("measures: {a.b: 1}, floor: 1.01"),
     "s.yaml:4:51: floor: found '1.01'; expected a number from 0 to 1"},
    {"floor below 0", MERGE("measures: {a.b: 1}, floor: -0.01"),
     "s.yaml:4:51: floor: found '-0.01'; expected a number from 0 to 1"},
    {"floor per cent", MERGE("measures: {a.b: 1}, floor: 50%"),
     "s.yaml:4:51: floor: found '50%'; expected a number from 0 to 1"},
    {"floor in quotes", MERGE("measures: {a.b: 1}, floor: \"0.5\""),
     "s.yaml:4:51: floor: found the text '0.5'; expected a number from 0 to 1 (remove the quotes)"},
    {"floor in quotes, and wrong", MERGE("measures: {a.b: 1}, floor: \"5\""),
     "s.yaml:4:51: floor: found '5'; expected a number from 0 to 1"},
    {"floor not a number", MERGE("measures: {a.b: 1}, floor: .nan"),
     "s.yaml:4:51: floor: found '.nan'; expected a number from 0 to 1"},
    {"floor without its nought", MERGE("measures: {a.b: 1}, floor: .5"),
     "s.yaml:4:51: floor: found '.5'; expected a number from 0 to 1"},
    {"weights misspelt", MERGE("measures: {a.b: 1}, weights: eqaul"),
     "s.yaml:4:53: weights: found 'eqaul'; expected given, equal, entropy, critic, std, merec, "
     "gini, rank-order-centroid, ahp, or a mapping; did you "
     "mean 'equal'?"},
    {"weights a list", MERGE("measures: {a.b: 1}, weights: [1]"),
     "s.yaml:4:53: weights: found a list; expected given, equal, entropy, critic, std, merec, "
     "gini, "
     "rank-order-centroid, ahp, or a mapping"},
    {"weights of a mapping",
     MERGE("measures: {a.b: 1}, weights: {method: ahq, scale: x, by: y, pairs: 1}"),
     "s.yaml:4:62: method: found 'ahq'; expected given, equal, entropy, critic, std, merec, gini, "
     "rank-order-centroid or ahp; did you mean 'ahp'?\n"
     "s.yaml:4:74: scale: found 'x'; expected range or none\n"
     "s.yaml:4:81: by: found 'y'; expected eigenvector or geometric-mean\n"
     "s.yaml:4:84: 'pairs' is not a key of merge.m.weights; did you mean 'pairwise'?"},
    {"methods' numbers",
     MERGE("measures: {a.b: 1}, v: 2, lambda: x, p: 0, trim: 0.6, orness: -1, k: [1]"),
     "s.yaml:4:47: v: found '2'; expected a number from 0 to 1\n"
     "s.yaml:4:58: lambda: found 'x'; expected a number from 0 to 1\n"
     "s.yaml:4:64: p: found '0'; expected a number above 0, at most 1e9\n"
     "s.yaml:4:73: trim: found '0.6'; expected a number from 0 to 0.5\n"
     "s.yaml:4:86: orness: found '-1'; expected a number from 0 to 1\n"
     "s.yaml:4:93: k: found a list; expected a number above 0, at most 1e9"},
    {"weight below 0", MEASURE("a.b: -1"), "s.yaml:5:34: a.b: found '-1'; " A_MEASURE},
    {"weight in quotes", MEASURE("a.b: '2'"),
     "s.yaml:5:34: a.b: found the text '2'; " A_MEASURE " (remove the quotes)"},
    {"weight too large", MEASURE("a.b: 1e999"), "s.yaml:5:34: a.b: found '1e999'; " A_MEASURE},
    {"weight infinite", MEASURE("a.b: .inf"), "s.yaml:5:34: a.b: found '.inf'; " A_MEASURE},
    {"weight with an underscore", MEASURE("a.b: 1_000"),
     "s.yaml:5:34: a.b: found '1_000'; " A_MEASURE},
    {"weight in hexadecimal", MEASURE("a.b: 0x10"), "s.yaml:5:34: a.b: found '0x10'; " A_MEASURE},
    {"weight a word", MEASURE("a.b: high"), "s.yaml:5:34: a.b: found 'high'; " A_MEASURE},
    {"weight a list", MEASURE("a.b: [1]"), "s.yaml:5:34: a.b: found a list; " A_MEASURE},
    {"measure without a name", MEASURE("'': 1"),
     "s.yaml:5:29: found an empty key; expected a name"},
    {"measure's keys", MEASURE("a.b: {wieght: 1, colour: 2}"),
     "s.yaml:5:35: 'wieght' is not a key of merge.m.measures.a.b; did you mean 'weight'?\n"
     "s.yaml:5:46: 'colour' is not a key of merge.m.measures.a.b; expected weight, better, min, "
     "max, se, ideal, value_function, outside, preference, indifferent, preferred or inflection"},
    {"measure's values", MEASURE("a.b: {weight: '1', better: high, min: low, max: '3', se: [x]}"),
     "s.yaml:5:43: weight: found the text '1'; expected a number from 0 (remove the quotes)\n"
     "s.yaml:5:56: better: found 'high'; expected higher or lower; did you mean 'higher'?\n"
     "s.yaml:5:67: min: found 'low'; expected a number\n"
     "s.yaml:5:77: max: found the text '3'; expected a number (remove the quotes)\n"
     "s.yaml:5:86: se: found a list; expected a text"},
    {"min above max", MEASURE("a.b: {min: 3, max: 2}"),
     "s.yaml:5:48: merge.m.measures.a.b: max is '2' and min '3'; expected min below max"},
    {"min at max", MEASURE("a.b: {min: 2, max: 2}"),
     "s.yaml:5:48: merge.m.measures.a.b: max is '2' and min '2'; expected min below max"},
};

Test(spec, merges)
{
    EXPECT_BROKEN(merge_cases);
}

#define BYTES                                                                                      \
    "expected a number of bytes above 0, or one with a unit: 512MiB (B, KiB, MiB, GiB, KB, MB, "   \
    "GB)"

static const struct broken later_cases[] = {
    {"compare a mapping", PLUGIN "compare: {between: [a, b]}\n",
     "s.yaml:4:10: compare: found a mapping; expected a list such as [{between: "
     "[barriers.openness, "
     "support.coverage]}]"},
    {"a comparison's parts",
     PLUGIN "compare:\n- x\n-\n- {between: a.b}\n- {between: [a.b]}\n- {between: [a.b, [c]]}\n"
            "- {betwen: [a, b]}\n",
     "s.yaml:5:3: compare[]: found 'x'; expected a mapping such as {between: [barriers.openness, "
     "support.coverage]}\n"
     "s.yaml:6:2: 'between' is missing from compare[] (two or more measures, plugins or merges, by "
     "name)\n"
     "s.yaml:7:13: between: found 'a.b'; expected a list of names\n"
     "s.yaml:8:13: between: found one name; expected at least two\n"
     "s.yaml:9:19: between: found a list; expected a text\n"
     "s.yaml:10:3: 'between' is missing from compare[] (two or more measures, plugins or merges, "
     "by name)\n"
     "s.yaml:10:4: 'betwen' is not a key of compare[]; did you mean 'between'?"},
    {"a comparison's options",
     PLUGIN "compare:\n- {between: [a, b], statistics: al, top_k: 0, rbo_p: 1, tolerance: -1}\n"
            "- {between: [a, b], statistics: [1, {}], top_k: 1.5, rbo_p: 0, quantity: [x]}\n",
     "s.yaml:5:33: statistics: found 'al'; expected 'all' or a list of names; did you mean 'all'?\n"
     "s.yaml:5:44: top_k: found '0'; expected a whole number from 1, at most 1e9\n"
     "s.yaml:5:54: rbo_p: found '1'; expected a number above 0 and below 1\n"
     "s.yaml:5:68: tolerance: found '-1'; expected a number from 0\n"
     "s.yaml:6:37: statistics: found a mapping; expected a text\n"
     "s.yaml:6:49: top_k: found '1.5'; expected a whole number from 1, at most 1e9\n"
     "s.yaml:6:61: rbo_p: found '0'; expected a number above 0 and below 1\n"
     "s.yaml:6:74: quantity: found a list; expected a text"},
    {"scenarios",
     PLUGIN "scenarios:\n  1st: {as_of: 2026}\n  a: {}\n  b: {title: x}\n  c: {set: {}, as_of: "
            "x}\n  d: [x]\n",
     "s.yaml:5:3: '1st' " A_NAME "\n"
     "s.yaml:6:3: scenarios.a changes nothing; expected set or as_of\n"
     "s.yaml:7:3: scenarios.b changes nothing; expected set or as_of\n"
     "s.yaml:8:23: as_of: found 'x'; " A_DATE "\n"
     "s.yaml:9:6: d: found a list; expected a mapping such as {as_of: 2026-01-01}"},
    {"changes",
     PLUGIN "scenarios:\n  a:\n    set:\n      p: {}\n      q: 3\n      r: {value: 1, scale: 2}\n"
            "      s: {close: 2}\n      t: {scale: x}\n      u: {vlaue: 1}\n      v:\n"
            "      w: {close: {}}\n      x: {value: []}\n",
     "s.yaml:7:10: p: found 0 of value, scale and close; expected one of them\n"
     "s.yaml:8:10: q: found '3'; expected a mapping such as {value: 12}\n"
     "s.yaml:9:10: r: found 2 of value, scale and close; expected one of them\n"
     "s.yaml:10:18: close: found '2'; expected a number from 0 to 1\n"
     "s.yaml:11:18: scale: found 'x'; expected a number from 0\n"
     "s.yaml:12:11: 'vlaue' is not a key of scenarios.a.set.u; did you mean 'value'?\n"
     "s.yaml:13:9: v: found 0 of value, scale and close; expected one of them\n"
     "s.yaml:14:10: w: found 0 of value, scale and close; expected one of them\n"
     "s.yaml:15:10: x: found 0 of value, scale and close; expected one of them"},
    {"doubt", PLUGIN "doubt: {samples: 0, seed: -1, missing: [x], sample: 3}\n",
     "s.yaml:4:18: samples: found '0'; expected a whole number from 1, at most 1e9\n"
     "s.yaml:4:27: seed: found '-1'; expected a whole number from 0, at most 2^53\n"
     "s.yaml:4:40: missing: found a list; expected a text\n"
     "s.yaml:4:45: 'sample' is not a key of doubt; did you mean 'samples'?"},
    {"limits a number", PLUGIN "limits: 10\n",
     "s.yaml:4:9: limits: found '10'; expected a mapping such as {seconds: 10, total: 60, memory: "
     "512MiB}"},
    {"limits", PLUGIN "limits: {seconds: 0, total: -1, memory: 0, time: 3}\n",
     "s.yaml:4:19: seconds: found '0'; expected a number above 0, at most 1e9\n"
     "s.yaml:4:29: total: found '-1'; expected a number above 0, at most 1e9\n"
     "s.yaml:4:41: memory: found '0'; " BYTES "\n"
     "s.yaml:4:44: 'time' is not a key of limits; expected seconds, total or memory"},
    {"seconds beyond any clock", PLUGIN "limits: {seconds: 1e10}\n",
     "s.yaml:4:19: seconds: found '1e10'; expected a number above 0, at most 1e9"},
    {"memory's unit", PLUGIN "limits: {memory: 512mb}\n",
     "s.yaml:4:18: memory: found '512mb'; " BYTES},
    {"memory below 0", PLUGIN "limits: {memory: -1MiB}\n",
     "s.yaml:4:18: memory: found '-1MiB'; " BYTES},
    {"memory without a number", PLUGIN "limits: {memory: MiB}\n",
     "s.yaml:4:18: memory: found 'MiB'; " BYTES},
    {"memory beyond 63 bits", PLUGIN "limits: {memory: 1e19}\n",
     "s.yaml:4:18: memory: found '1e19'; " BYTES},
    {"memory, a number in quotes", PLUGIN "limits: {memory: '512'}\n",
     "s.yaml:4:18: memory: found the text '512'; " BYTES " (remove the quotes)"},
    {"memory, less than a byte", PLUGIN "limits: {memory: 0.1B}\n",
     "s.yaml:4:18: memory: found '0.1B'; " BYTES},
    {"memory a list", PLUGIN "limits: {memory: [1]}\n",
     "s.yaml:4:18: memory: found a list; " BYTES},
};

Test(spec, the_rest)
{
    EXPECT_BROKEN(later_cases);
}

/* --- What cannot be read at all --------------------------------------------------------------- */

Test(spec, what_is_no_file)
{
    char path[128];
    expect_messages("folder", read_path(folder, NULL, 0), ".: is a folder; expected a YAML file");
    snprintf(path, sizeof path, "%s/none.yaml", folder);
    expect_messages("missing", read_path(path, NULL, 0),
                    "cannot open none.yaml: No such file or directory");
    expect_messages("no name", read_path("", NULL, 0), "cannot open '': No such file or directory");
}

/* --- Many messages ---------------------------------------------------------------------------- */

Test(spec, every_fault_is_told_in_one_go)
{
    struct reading *reading =
        read_text("uptake: 1\ntitel: x\nmodel: no.yaml\nas_of: x\nlimits: {seconds: 0}\n");
    expect_messages("four", reading,
                    "s.yaml:2:1: 'titel' is not a key of the spec; did you mean 'title'?\n"
                    "s.yaml:4:8: as_of: found 'x'; " A_DATE "\n"
                    "s.yaml:5:19: seconds: found '0'; expected a number above 0, at most 1e9\n"
                    "s.yaml:3:8: model: there is no file 'no.yaml' in the spec's folder (.)");
}

Test(spec, twenty_messages_and_the_rest_counted)
{
    char text[2048] = HEAD "plugins:\n";
    for (int k = 0; k < 30; k++)
        sprintf(text + strlen(text), "  p%d: {use: x, wiht: 1}\n", k);
    struct reading *reading = read_text(text);
    cr_expect_eq(reading->failed, -1);
    cr_expect_eq(reading->error.count, 20);
    cr_expect_eq(reading->error.more, 10);
    cr_expect_eq(reading->error.exit_code, EXIT_INPUT);
    for (uint32_t k = 0; k < 20; k++)
        cr_expect(strstr(reading->error.text[k], "did you mean 'with'?"), "%s",
                  reading->error.text[k]);
    finish(reading);
}

Test(spec, nobody_need_listen)
{
    struct arena arena = {0};
    struct spec spec = {.title = "untouched"};
    char path[128];
    snprintf(path, sizeof path, "%s/s.yaml", folder);
    write_file("s.yaml", "uptake: 1\nx: y\n", 15);
    cr_expect_eq(spec_read(path, NULL, 0, &arena, &spec, NULL), -1);
    cr_expect_str_eq(spec.title, "untouched", "outputs are written only on success");
    arena_finish(&arena);
}

/* --- Good specs ------------------------------------------------------------------------------- */

static const char whole[] =
    "uptake: 1\n"
    "title: All of it\n"
    "model: m.yaml\n"
    "as_of: 2018-01-24\n"
    "plugins:\n"
    "  barriers: {use: spread-barriers}\n"
    "  s-2_x: {use: adopter-support, with: {weights: {time: 2}}, reads: {spread: barriers}}\n"
    "plugin_path: [sub, /opt/plugins]\n"
    "merge:\n"
    "  balanced:\n"
    "    method: weighted-sum\n"
    "    normalise: declared\n"
    "    missing: worst\n"
    "    floor: 0.25\n"
    "    weights: given\n"
    "    measures: {barriers.openness: 2, s-2_x.coverage: {weight: 0.5, better: lower, min: -1, "
    "max: 1e3}, "
    "field:custom.cost: , fit.fit: {better: higher}}\n"
    "  weakest: {method: minimum, measures: {barriers.openness: -0}}\n"
    "compare: []\n"
    "scenarios: {}\n"
    "limits: {seconds: 1.5, total: 30, memory: 1GiB}\n";

static void expect_measure(const struct spec_measure *measure, const char *name, double weight,
                           int better)
{
    cr_expect_str_eq(measure->name, name);
    cr_expect_eq(measure->weight, weight, "%s: %g", name, measure->weight);
    cr_expect_eq(measure->better, better, "%s: %d", name, measure->better);
    cr_expect_null(measure->se);
}

static void expect_merges(const struct spec *spec)
{
    cr_assert_eq(spec->n_merges, 2);
    const struct spec_merge *merge = spec->merges;
    cr_expect_str_eq(merge->name, "balanced");
    cr_expect_eq(merge->place.line, 10);
    cr_expect_str_eq(merge->method, "weighted-sum");
    cr_expect(merge->method_place.line == 11 && merge->method_place.column == 13);
    cr_expect_str_eq(merge->normalise, "declared");
    cr_expect_eq(merge->normalise_place.line, 12);
    cr_expect_str_eq(merge->missing, "worst");
    cr_expect_eq(merge->missing_place.line, 13);
    cr_expect_eq(merge->floor, 0.25);
    cr_expect_str_eq(merge->weights, "given");
    cr_expect_str_eq(tree_get(merge->options, "method")->text, "weighted-sum");
    cr_assert_eq(merge->n_measures, 4);
    expect_measure(&merge->measures[0], "barriers.openness", 2, UPTAKE_NEITHER);
    expect_measure(&merge->measures[1], "s-2_x.coverage", 0.5, UPTAKE_LOWER);
    expect_measure(&merge->measures[2], "field:custom.cost", 1, UPTAKE_NEITHER);
    expect_measure(&merge->measures[3], "fit.fit", 1, UPTAKE_HIGHER);
    cr_expect(isnan(merge->measures[0].min) && isnan(merge->measures[0].max));
    cr_expect(merge->measures[1].min == -1 && merge->measures[1].max == 1000);
    cr_expect(merge->measures[1].place.line == 16 && merge->measures[1].place.column == 38);
    merge = &spec->merges[1];
    cr_expect_null(merge->normalise);
    cr_expect_null(merge->missing);
    cr_expect_null(merge->weights);
    cr_expect_eq(merge->floor, 0.5);
    cr_expect(merge->measures[0].weight == 0 && !signbit(merge->measures[0].weight));
}

Test(spec, everything_is_bound)
{
    char path[128];
    struct reading *reading = read_text(whole);
    const struct spec *spec = &reading->spec;
    cr_assert_eq(reading->failed, 0, "%s", reading->error.text[0]);
    cr_expect_str_eq(spec->title, "All of it");
    cr_expect_str_eq(spec->folder, folder);
    snprintf(path, sizeof path, "%s/s.yaml", folder);
    cr_expect_str_eq(spec->path, path);
    snprintf(path, sizeof path, "%s/m.yaml", folder);
    cr_expect_str_eq(spec->model, path);
    cr_expect_str_eq(spec->model_text, "m.yaml");
    cr_expect(spec->model_place.line == 3 && spec->model_place.column == 8);
    cr_expect(spec->as_of_given && spec->as_of.start == 17555 && spec->as_of.end == 17555,
              "2018-01-24 is day 17555");
    cr_assert_eq(spec->n_plugins, 2);
    cr_expect_str_eq(spec->plugins[0].name, "barriers");
    cr_expect_str_eq(spec->plugins[0].use, "spread-barriers");
    cr_expect_null(spec->plugins[0].with);
    cr_expect_null(spec->plugins[0].reads);
    cr_expect_str_eq(spec->plugins[1].name, "s-2_x");
    cr_expect(spec->plugins[1].place.line == 7 && spec->plugins[1].place.column == 3);
    cr_expect(spec->plugins[1].use_place.line == 7 && spec->plugins[1].use_place.column == 16);
    cr_expect_str_eq(tree_get(tree_get(spec->plugins[1].with, "weights"), "time")->text, "2");
    cr_expect_str_eq(tree_get(spec->plugins[1].reads, "spread")->text, "barriers");
    cr_assert_eq(spec->n_plugin_path, 2);
    snprintf(path, sizeof path, "%s/sub", folder);
    cr_expect_str_eq(spec->plugin_path[0], path);
    cr_expect_str_eq(spec->plugin_path[1], "/opt/plugins");
    expect_merges(spec);
    cr_expect_eq(spec->limits.seconds, 1.5);
    cr_expect_eq(spec->limits.total, 30);
    cr_expect_eq(spec->limits.memory, UINT64_C(1) << 30);
    cr_expect_null(spec->not_yet, "what is empty is not asked for: %s", spec->not_yet);
    finish(reading);
}

Test(spec, defaults)
{
    struct reading *reading = read_text(HEAD "title:\nplugins: {" SIXTY_FOUR
                                             ": {use: x}}\nmerge:\nlimits: {seconds: ~}\n");
    cr_assert_eq(reading->failed, 0, "%s", reading->error.text[0]);
    cr_expect_null(reading->spec.title);
    cr_expect_not(reading->spec.as_of_given);
    cr_expect_eq(reading->spec.n_merges, 0);
    cr_expect_eq(reading->spec.n_plugin_path, 0);
    cr_expect_eq(reading->spec.limits.seconds, 10);
    cr_expect_eq(reading->spec.limits.total, 60);
    cr_expect_eq(reading->spec.limits.memory, UINT64_C(512) << 20);
    cr_expect_str_eq(reading->spec.plugins[0].name, SIXTY_FOUR);
    finish(reading);
}

Test(spec, no_plugins_but_numbers_of_the_model)
{
    struct reading *reading =
        read_text(HEAD "merge: {m: {method: x, measures: {field:custom.cost: 1}}}\n");
    cr_assert_eq(reading->failed, 0, "%s", reading->error.text[0]);
    cr_expect_eq(reading->spec.n_plugins, 0);
    finish(reading);
}

static const struct {
    const char *text;
    uint64_t bytes;
} memory_cases[] = {
    {"1", 1},
    {"1048576", 1048576},
    {"512MiB", UINT64_C(512) << 20},
    {"512 MiB", UINT64_C(512) << 20},
    {"'2 GiB'", UINT64_C(2) << 30},
    {"1.5KiB", 1536},
    {"8B", 8},
    {"3KB", 3000},
    {"3MB", 3000000},
    {"3GB", 3000000000},
};

Test(spec, memory)
{
    for (size_t k = 0; k < sizeof memory_cases / sizeof *memory_cases; k++) {
        char text[256];
        snprintf(text, sizeof text, PLUGIN "limits: {memory: %s}\n", memory_cases[k].text);
        struct reading *reading = read_text(text);
        cr_expect_eq(reading->failed, 0, "%s", reading->error.text[0]);
        cr_expect_eq(reading->spec.limits.memory, memory_cases[k].bytes, "%s: %ju",
                     memory_cases[k].text, (uintmax_t)reading->spec.limits.memory);
        finish(reading);
    }
}

Test(spec, paths)
{
    static const struct {
        const char *path, *folder, *model, *plugins;
    } cases[] = {
        {"s.yaml", ".", "m.yaml", "sub"},
        {"./s.yaml", ".", "m.yaml", "sub"},
        {"sub/../s.yaml", "sub/..", "sub/../m.yaml", "sub/../sub"},
    };
    write_file("s.yaml", PLUGIN "plugin_path: sub\n", strlen(PLUGIN "plugin_path: sub\n"));
    cr_assert_eq(chdir(folder), 0);
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        struct reading *reading = read_path(cases[k].path, NULL, 0);
        cr_assert_eq(reading->failed, 0, "%s", reading->error.text[0]);
        cr_expect_str_eq(reading->spec.folder, cases[k].folder);
        cr_expect_str_eq(reading->spec.model, cases[k].model);
        cr_expect_eq(reading->spec.n_plugin_path, 1);
        cr_expect_str_eq(reading->spec.plugin_path[0], cases[k].plugins);
        finish(reading);
    }
    cr_assert_eq(chdir("/"), 0);
}

/* --- Comparisons ------------------------------------------------------------------------------ */

Test(spec, comparisons_are_bound)
{
    struct reading *reading = read_text(
        PLUGIN
        "compare:\n- {between: [a.b, m], statistics: all, top_k: 5, rbo_p: 0.5, quantity: q, "
        "tolerance: 0.25, eps: 0.125, better: {a.b: lower}}\n"
        "- {between: [a, b, c], statistics: [gamma, icc]}\n- {between: [a, b]}\n");
    const struct spec *spec = &reading->spec;
    cr_assert_eq(reading->failed, 0, "%s", reading->error.text[0]);
    cr_assert_eq(spec->n_compares, 3);
    const struct spec_compare *first = &spec->compares[0], *second = &spec->compares[1];
    cr_assert_eq(first->n_between, 2);
    cr_expect_str_eq(first->between[1].text, "m");
    cr_expect(first->between[1].place.line == 5 && first->between[1].place.column == 19, "%u:%u",
              first->between[1].place.line, first->between[1].place.column);
    cr_expect(first->all_statistics && first->n_statistics == 0);
    cr_expect(first->top_k == 5 && first->rbo_p == 0.5 && first->tolerance == 0.25 &&
              first->eps == 0.125);
    cr_expect_str_eq(first->quantity, "q");
    cr_assert_eq(first->n_directions, 1);
    cr_expect_eq(first->directions[0].better, UPTAKE_LOWER);
    cr_assert_eq(second->n_statistics, 2);
    cr_expect_str_eq(second->statistics[1].text, "icc");
    const struct spec_compare *plain = &spec->compares[2];
    cr_expect(!plain->all_statistics && plain->n_statistics == 0 && plain->top_k == 3 &&
              plain->rbo_p == 0.9 && isnan(plain->tolerance) && !plain->quantity);
    finish(reading);
}

Test(spec, pins)
{
    const char *hash = "0123456789abcdef0123456789ABCDEF0123456789abcdef0123456789abcdef";
    char text[512];
    snprintf(text, sizeof text,
             HEAD
             "plugins:\n  a: {use: x, version: 1.2.0, revision: 3, sha256: %s}\n  b: {use: x}\n",
             hash);
    struct reading *reading = read_text(text);
    cr_assert(reading->failed == 0, "%s", reading->error.text[0]);
    const struct spec_plugin *plugins = reading->spec.plugins;
    cr_expect_str_eq(plugins[0].version, "1.2.0");
    cr_expect_str_eq(plugins[0].sha256, hash);
    cr_expect(plugins[0].revision == 3 && plugins[0].revision_place.line == 4);
    cr_expect(!plugins[1].version && !plugins[1].sha256 && plugins[1].revision == -1);
    finish(reading);
}

/* --- What this version cannot yet do ---------------------------------------------------------- */

static const struct {
    const char *text;
    const char *not_yet;
    uint32_t line, column;
} later[] = {
    {PLUGIN "doubt: {samples: 1000, seed: 7, missing: vary}\n", "doubt", 4, 1},
};

Test(spec, not_yet)
{
    for (size_t k = 0; k < sizeof later / sizeof *later; k++) {
        struct reading *reading = read_text(later[k].text);
        cr_expect_eq(reading->failed, 0, "%s: %s", later[k].not_yet, reading->error.text[0]);
        cr_expect_str_eq(reading->spec.not_yet ? reading->spec.not_yet : "", later[k].not_yet);
        struct place place = reading->spec.not_yet_place;
        cr_expect(place.line == later[k].line && place.column == later[k].column, "%s: %u:%u",
                  later[k].not_yet, place.line, place.column);
        finish(reading);
    }
}

/* --- --set ------------------------------------------------------------------------------------ */

static const char settable[] =
    PLUGIN "merge:\n  balanced: {method: x, measures: {a.b: 1, a.c: 2}}\n"
           "compare:\n- {between: [a.b, a.c]}\n";

static const struct {
    const char *set;
    const char *messages;
} set_cases[] = {
    {"merge.balanced.missing",
     "--set merge.balanced.missing: found no '='; expected KEY.KEY=VALUE, such as "
     "merge.balanced.missing=worst"},
    {"", "--set : found no '='; expected KEY.KEY=VALUE, such as merge.balanced.missing=worst"},
    {"=1", "--set =1: found an empty key in its path; expected KEY.KEY=VALUE"},
    {".a=1", "--set .a=1: found an empty key in its path; expected KEY.KEY=VALUE"},
    {"a.=1", "--set a.=1: found an empty key in its path; expected KEY.KEY=VALUE"},
    {"merge..a=1", "--set merge..a=1: found an empty key in its path; expected KEY.KEY=VALUE"},
    {"merge.balanced.measures.=1",
     "--set merge.balanced.measures.=1: found an empty key in its path; expected KEY.KEY=VALUE"},
    {"model.x=1",
     "--set model.x=1: 'model' is 'm.yaml', not a mapping, so 'x' cannot be set in it"},
    {"plugins.a.use.x.y=1", "--set plugins.a.use.x.y=1: 'plugins.a.use' is 'x', not a mapping, so "
                            "'x.y' cannot be set in it"},
    {"compare.0=1",
     "--set compare.0=1: 'compare' is a list, which cannot be set in part; set all of it"},
    {"title=[", "--set title=[: not valid YAML: did not find expected node content, while parsing "
                "a flow node"},
    {"title=a: b: c",
     "--set title=a: b: c: not valid YAML: found ': ' inside a text; put the text in quotes, or "
     "mend the indentation"},
    {"title=\xff", "--set title=?: found a byte that is not UTF-8"},
    {"title=!x y", "--set title=!x y: found the tag '!x'; tags are not read, remove it"},
    {"title={a: 1, a: 2}", "--set title={a: 1, a: 2}: 'a' stands twice; the first is at line 1"},
    {"title=[x]", "--set title=[x]: title: found a list; expected a text"},
    {"titel=x", "--set titel=x: 'titel' is not a key of the spec; did you mean 'title'?"},
    {"merge.balanced.floor=2",
     "--set merge.balanced.floor=2: floor: found '2'; expected a number from 0 to 1"},
    {"merge.balanced.floor='1'", "--set merge.balanced.floor='1': floor: found the text '1'; "
                                 "expected a number from 0 to 1 (remove the quotes)"},
    {"merge.balanced.mising=worst", "--set merge.balanced.mising=worst: 'mising' is not a key of "
                                    "merge.balanced; did you mean 'missing'?"},
    {"merge.balancde.missing=worst",
     "--set merge.balancde.missing=worst: 'method' is missing from merge.balancde" METHOD_MISSING
     "; did you mean 'balanced'?\n"
     "--set merge.balancde.missing=worst: 'measures' is missing from "
     "merge.balancde" MEASURES_MISSING "; did you mean 'balanced'?"},
    {"merge.balanced.measures.a.b.weight=2",
     "--set merge.balanced.measures.a.b.weight=2: 'merge.balanced.measures.a.b' is '1', not a "
     "mapping, so 'weight' "
     "cannot be set in it"},
    {"merge.balanced.measures.a.d.wieght=2",
     "--set merge.balanced.measures.a.d.wieght=2: 'wieght' is not a key of "
     "merge.balanced.measures.a.d; did you mean "
     "'weight'?"},
    {"model=no.yaml",
     "--set model=no.yaml: model: there is no file 'no.yaml' in the spec's folder (.)"},
    {"uptake=2",
     "--set uptake=2: format 2 is newer than this version of uptake, which reads format 1"},
    {"plugins=", "s.yaml:1:1: there are no plugins, and no merge has a measure field:PATH; "
                 "expected plugins, such as "
                 "'plugins: {barriers: {use: spread-barriers}}'"},
    {"plugins.a=", "s.yaml:3:11: 'use' is missing from plugins.a" NO_USE},
    {"x\ny=1", "--set x?y=1: 'x?y' is not a key of the spec; expected uptake, title, note, model, "
               "as_of, plugins, "
               "plugin_path, merge, compare, scenarios, doubt or limits"},
};

Test(spec, sets_that_are_wrong)
{
    for (size_t k = 0; k < sizeof set_cases / sizeof *set_cases; k++) {
        struct spec_set set = {set_cases[k].set};
        expect_messages(set.text, read_sets(settable, sizeof settable - 1, &set, 1),
                        set_cases[k].messages);
    }
}

static struct reading *read_with(const struct spec_set *sets, size_t n_sets)
{
    struct reading *reading = read_sets(settable, sizeof settable - 1, sets, n_sets);
    cr_assert_eq(reading->failed, 0, "%s", reading->error.text[0]);
    return reading;
}

Test(spec, sets_change_what_is_there)
{
    static const struct spec_set sets[] = {{"merge.balanced.missing=worst"},
                                           {"title=A: 'b'"},
                                           {"title='A: b'"},
                                           {"merge.balanced.measures.a.b=0.5"},
                                           {"as_of=2018-01-24"},
                                           {"limits.memory=1KiB"},
                                           {"compare="}};
    struct reading *reading = read_with(sets, sizeof sets / sizeof *sets);
    const struct spec *spec = &reading->spec;
    cr_expect_str_eq(spec->merges[0].missing, "worst");
    cr_expect_str_eq(spec->merges[0].missing_place.file, "--set merge.balanced.missing=worst");
    cr_expect_eq(spec->merges[0].missing_place.line, 0);
    cr_expect_str_eq(spec->merges[0].method, "x");
    cr_expect_str_eq(spec->title, "A: b", "the last one holds");
    cr_assert_eq(spec->merges[0].n_measures, 2);
    cr_expect_eq(spec->merges[0].measures[0].weight, 0.5);
    cr_expect_eq(spec->merges[0].measures[1].weight, 2);
    cr_expect(spec->as_of_given && spec->as_of.start == 17555);
    cr_expect_eq(spec->limits.memory, 1024);
    cr_expect_null(spec->not_yet);
    finish(reading);
}

Test(spec, sets_add_what_is_not)
{
    static const struct spec_set sets[] = {
        {"merge.balanced.measures.field:custom.cost.min={weight: 3, min: 0}"},
        {"merge.balanced.measures.b.c.weight=4"},
        {"merge.balanced.measures.b.c.better=lower"},
        {"merge.other={method: y, measures: {a.b: }}"},
        {"plugins.b.use=z"},
        {"plugins.b.with.weights.time=2"},
        {"plugins.b.reads.spread.severity=a"},
        {"scenarios.paid.set.support[resource=x.y].provided.close=0.5"},
        {"scenarios.paid.set.innovations[id=dafne].commissioning.payback={value: 3}"},
    };
    struct reading *reading = read_with(sets, sizeof sets / sizeof *sets);
    const struct spec *spec = &reading->spec;
    cr_assert_eq(spec->merges[0].n_measures, 4);
    cr_expect_str_eq(spec->merges[0].measures[2].name, "field:custom.cost.min");
    cr_expect_eq(spec->merges[0].measures[2].weight, 3);
    cr_expect_eq(spec->merges[0].measures[2].min, 0);
    cr_expect_str_eq(spec->merges[0].measures[3].name, "b.c");
    cr_expect_eq(spec->merges[0].measures[3].weight, 4);
    cr_expect_eq(spec->merges[0].measures[3].better, UPTAKE_LOWER);
    cr_assert_eq(spec->n_merges, 2);
    cr_expect_str_eq(spec->merges[1].method, "y");
    cr_assert_eq(spec->n_plugins, 2);
    cr_expect_str_eq(spec->plugins[1].name, "b");
    cr_expect_str_eq(spec->plugins[1].use, "z");
    cr_expect_str_eq(tree_get(tree_get(spec->plugins[1].with, "weights"), "time")->text, "2");
    cr_expect_str_eq(tree_get(spec->plugins[1].reads, "spread.severity")->text, "a");
    finish(reading);
}

Test(spec, sets_are_bounded)
{
    char text[1024] = "plugins.a.with", message[256];
    for (int k = 0; k < 70; k++)
        strcat(text, ".a");
    strcat(text, "=1");
    struct spec_set set = {text};
    snprintf(message, sizeof message, "--set %.60s...: its path has more than 64 keys", text);
    expect_messages("long path", read_sets(settable, sizeof settable - 1, &set, 1), message);
}

Test(spec, several_wrong_sets_are_told_in_one_go)
{
    static const struct spec_set sets[] = {{"a"}, {"titel=x"}, {"merge.balanced.floor=2"}};
    expect_messages(
        "three", read_sets(settable, sizeof settable - 1, sets, 3),
        "--set a: found no '='; expected KEY.KEY=VALUE, such as merge.balanced.missing=worst\n"
        "--set merge.balanced.floor=2: floor: found '2'; expected a number from 0 to 1\n"
        "--set titel=x: 'titel' is not a key of the spec; did you mean 'title'?");
}

/* --- The format's own table ------------------------------------------------------------------- */

Test(spec, every_row_says_what_it_is)
{
    size_t count;
    const struct spec_key *keys = spec_keys(&count);
    cr_expect_gt(count, 50);
    for (size_t k = 0; k < count; k++) {
        cr_expect(keys[k].path[0] && keys[k].type[0] && keys[k].doc[0], "%s", keys[k].path);
        cr_expect_not_null(keys[k].fallback, "%s", keys[k].path);
        cr_expect_not_null(format_type(&keys[k]), "%s: type '%s'", keys[k].path, keys[k].type);
        for (size_t other = 0; other < k; other++)
            cr_expect_str_neq(keys[other].path, keys[k].path);
    }
}

/* --- The specs that come with uptake ---------------------------------------------------------- */

Test(spec, ours_are_read)
{
    glob_t found;
    if (glob(TEST_ROOT "/configs/*.yaml", 0, NULL, &found) != 0)
        cr_skip("there is no configs/*.yaml");
    for (size_t k = 0; k < found.gl_pathc; k++) {
        struct reading *reading = read_path(found.gl_pathv[k], NULL, 0);
        cr_expect_eq(reading->failed, 0, "%s", reading->error.text[0]);
        cr_expect_null(reading->spec.not_yet, "%s: %s", found.gl_pathv[k], reading->spec.not_yet);
        finish(reading);
    }
    globfree(&found);
}

/* --- Anything --------------------------------------------------------------------------------- */

static const char rich[] = "uptake: 1\nmodel: m.yaml\nas_of: 2018\nplugins:\n  a: &a {use: x, "
                           "with: {w: [1, {t: 2}]}}\n  b: *a\n"
                           "merge:\n  m: {method: x, floor: 0.5, weights: equal, measures: {a.b: "
                           "{min: 0, max: 1, se: a.c}, field:x: 1}}\n"
                           "compare: [{between: [a.b, m], statistics: [tau], top_k: 3}]\n"
                           "scenarios: {s: {set: {\"p[q=r].t\": {close: 0.5}}}}\ndoubt: {samples: "
                           "9}\nlimits: {memory: 1MiB}\n";

Test(spec, no_prefix_and_no_missing_byte_breaks_it)
{
    static const struct spec_set sets[] = {{"merge.m.measures.a.b.weight=2"},
                                           {"plugins.a.with.w=[]"}};
    char changed[sizeof rich];
    size_t bytes = sizeof rich - 1, good = 0;
    finish(read_with(NULL, 0));
    for (size_t k = 0; k <= bytes; k++) {
        struct reading *reading = read_sets(rich, k, NULL, 0);
        good += reading->failed == 0;
        finish(reading);
        finish(read_sets(rich, k, sets, 2));
    }
    cr_expect_gt(good, 0, "the whole text is a good spec");
    for (size_t k = 0; k < bytes; k++) {
        memcpy(changed, rich, k);
        memcpy(changed + k, rich + k + 1, bytes - k - 1);
        finish(read_sets(changed, bytes - 1, NULL, 0));
        for (int bit = 0; bit < 8; bit++) {
            memcpy(changed, rich, bytes);
            changed[k] = (char)(changed[k] ^ (1 << bit));
            finish(read_sets(changed, bytes, sets, 1));
        }
    }
}

/* Every set of one key, cut and with odd values. */
Test(spec, no_set_breaks_it)
{
    static const char *const values[] = {"",   "=",        "=1",      "=[", "={a: {b: [c]}}",
                                         "=~", "=\"\\0\"", "=&a [*a]"};
    static const char path[] = "scenarios.s.set.p[q=r].t.close.merge.m.measures.a.b.se";
    for (size_t from = 0; from < sizeof path; from += 3)
        for (size_t to = from; to < sizeof path; to++)
            for (size_t v = 0; v < sizeof values / sizeof *values; v += 1 + (to - from) % 3) {
                char text[128];
                snprintf(text, sizeof text, "%.*s%s", (int)(to - from), path + from, values[v]);
                struct spec_set set = {text};
                finish(read_sets(rich, sizeof rich - 1, &set, 1));
            }
}
