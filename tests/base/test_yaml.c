/*
 * The reader of YAML: what is refused, in which words and at which place; that aliases play back
 * the very events they stand for; that no small file costs much time. Every case is read from
 * memory and from a file.
 */
#include <criterion/criterion.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/yaml.h"

enum { WRITTEN = 4096 };

struct outcome {
    int failed;
    char written[WRITTEN]; /* events: "{ a 1 'quoted' [ ] }" */
    struct uptake_error error;
};

static char folder[64];

static void make_folder(void)
{
    snprintf(folder, sizeof folder, "/tmp/uptake-yaml-XXXXXX");
    cr_assert(mkdtemp(folder));
}

static void remove_folder(void)
{
    char command[128];
    snprintf(command, sizeof command, "rm -rf %s", folder);
    cr_assert_eq(system(command), 0);
}

TestSuite(base_yaml, .init = make_folder, .fini = remove_folder, .timeout = 60);

/* --- Reading ---------------------------------------------------------------------------------- */

static void write_event(struct outcome *outcome, const struct yaml_event *event)
{
    static const char *const marks[] = {
        [YAML_MAP] = "{", [YAML_MAP_END] = "}", [YAML_LIST] = "[", [YAML_LIST_END] = "]"};
    size_t used = strlen(outcome->written);
    const char *before = used ? " " : "";
    if (event->kind != YAML_SCALAR)
        snprintf(outcome->written + used, WRITTEN - used, "%s%s", before, marks[event->kind]);
    else
        snprintf(outcome->written + used, WRITTEN - used, event->plain ? "%s%s" : "%s'%s'", before,
                 event->text);
}

static void drain(struct yaml *yaml, struct outcome *outcome)
{
    struct yaml_event event;
    while ((outcome->failed = yaml_next(yaml, &event, &outcome->error)) == 0 &&
           event.kind != YAML_END)
        write_event(outcome, &event);
    if (outcome->failed)
        cr_expect_eq(yaml_next(yaml, &event, &outcome->error), -1, "a failure must be final");
    else
        cr_expect(yaml_next(yaml, &event, &outcome->error) == 0 && event.kind == YAML_END);
    yaml_close(yaml);
}

static struct outcome *read_bytes(const char *bytes, size_t count)
{
    struct outcome *outcome = calloc(1, sizeof *outcome);
    struct yaml *yaml;
    cr_assert_eq(yaml_open_bytes(&yaml, bytes, count, "t.yaml", &outcome->error), 0);
    drain(yaml, outcome);
    return outcome;
}

static struct outcome *read_path(const char *path)
{
    struct outcome *outcome = calloc(1, sizeof *outcome);
    struct yaml *yaml;
    outcome->failed = yaml_open(&yaml, path, "t.yaml", &outcome->error);
    if (!outcome->failed)
        drain(yaml, outcome);
    return outcome;
}

static struct outcome *read_file(const char *bytes, size_t count)
{
    char path[128];
    snprintf(path, sizeof path, "%s/t.yaml", folder);
    FILE *file = fopen(path, "w");
    cr_assert(file);
    cr_assert_eq(fwrite(bytes, 1, count, file), count);
    cr_assert_eq(fclose(file), 0);
    return read_path(path);
}

/* Of processor time: a machine that does other work as well takes longer, and no more steps. */
static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static void expect_message(const char *name, struct outcome *outcome, const char *message)
{
    cr_expect_eq(outcome->failed, -1, "%s: was read as %s", name, outcome->written);
    cr_expect_eq(outcome->error.count, 1, "%s: %u messages", name, outcome->error.count);
    cr_expect_eq(outcome->error.exit_code, EXIT_INPUT, "%s", name);
    cr_expect_str_eq(outcome->error.text[0], message, "%s: %s", name, outcome->error.text[0]);
    free(outcome);
}

static void expect_events(const char *name, struct outcome *outcome, const char *events)
{
    cr_expect_eq(outcome->failed, 0, "%s: %s", name, outcome->error.text[0]);
    cr_expect_str_eq(outcome->written, events, "%s: %s", name, outcome->written);
    free(outcome);
}

struct faulty {
    const char *name;
    const char *text;
    size_t bytes; /* 0: up to the NUL */
    const char *message;
};

static void expect_faults(const struct faulty *cases, size_t count)
{
    for (size_t k = 0; k < count; k++) {
        size_t bytes = cases[k].bytes ? cases[k].bytes : strlen(cases[k].text);
        expect_message(cases[k].name, read_bytes(cases[k].text, bytes), cases[k].message);
        expect_message(cases[k].name, read_file(cases[k].text, bytes), cases[k].message);
    }
}

#define EXPECT_FAULTS(cases) expect_faults(cases, sizeof(cases) / sizeof *(cases))

/* --- What is read ----------------------------------------------------------------------------- */

struct good {
    const char *name;
    const char *text;
    const char *events;
};

static const struct good good_cases[] = {
    {"map", "a: 1\nb: two words\n", "{ a 1 b two words }"},
    {"flow", "{a: [1, {b: c}], d: }", "{ a [ 1 { b c } ] d  }"},
    {"quotes", "a: '1'\n\"b\": \"x\\ty\"\n", "{ a '1' 'b' 'x\ty' }"},
    {"block", "a: |\n  x\n  y\nb: >-\n  x\n  y\n", "{ a 'x\ny\n' b 'x y' }"},
    {"nothing but a comment", "# x\n", ""},
    {"nothing but marks", "---\n...\n", ""},
    {"marked document", "%YAML 1.2\n---\na: 1\n...\n", "{ a 1 }"},
    {"byte order mark",
     "\xef\xbb\xbf"
     "a: 1\nb: 2\n",
     "{ a 1 b 2 }"},
    {"windows line ends", "a: 1\r\nb:\r\n  c: 2\r\n", "{ a 1 b { c 2 } }"},
    {"UTF-8", "na\xc3\xafve: \xe2\x82\xac \xf0\x9f\x98\x80\n",
     "{ na\xc3\xafve \xe2\x82\xac \xf0\x9f\x98\x80 }"},
    {"'<<' in quotes is a name", "\"<<\": 1\n", "{ '<<' 1 }"},
    {"'<<' as a value", "a: <<\n", "{ a << }"},
    {"anchor, never used", "a: &x {b: 1}\n", "{ a { b 1 } }"},
};

Test(base_yaml, reads)
{
    for (size_t k = 0; k < sizeof good_cases / sizeof *good_cases; k++) {
        const struct good *one = &good_cases[k];
        expect_events(one->name, read_bytes(one->text, strlen(one->text)), one->events);
        expect_events(one->name, read_file(one->text, strlen(one->text)), one->events);
    }
}

static const struct good alias_cases[] = {
    {"scalar", "a: &x 1\nb: *x\n", "{ a 1 b 1 }"},
    {"quoted scalar stays quoted", "a: &x '1'\nb: *x\n", "{ a '1' b '1' }"},
    {"empty scalar", "a: &x\nb: *x\n", "{ a  b  }"},
    {"list", "a: &x [1, [2]]\nb: *x\n", "{ a [ 1 [ 2 ] ] b [ 1 [ 2 ] ] }"},
    {"map", "a: &x {b: 1, c: [2]}\nd: *x\n", "{ a { b 1 c [ 2 ] } d { b 1 c [ 2 ] } }"},
    {"twice", "a: &x [1]\nb: [*x, *x]\n", "{ a [ 1 ] b [ [ 1 ] [ 1 ] ] }"},
    {"as a key", "- &x key\n- {*x : 1}\n", "[ key { key 1 } ]"},
    {"alias in an anchored list", "a: &x 1\nb: &y [*x, 2, *x]\nc: *y\n",
     "{ a 1 b [ 1 2 1 ] c [ 1 2 1 ] }"},
    {"alias of a map in an anchored map", "a: &x {p: 1}\nb: &y {q: *x, r: 2}\nc: *y\n",
     "{ a { p 1 } b { q { p 1 } r 2 } c { q { p 1 } r 2 } }"},
    {"anchors in an anchored value", "a: &x {p: &y [1], q: &z 2}\nb: *y\nc: *z\nd: *x\n",
     "{ a { p [ 1 ] q 2 } b [ 1 ] c 2 d { p [ 1 ] q 2 } }"},
    {"a name used again means the later", "a: &x 1\nb: *x\nc: &x 2\nd: *x\n",
     "{ a 1 b 1 c 2 d 2 }"},
    {"a block text", "a: &x |\n  1\n  2\nb: *x\n", "{ a '1\n2\n' b '1\n2\n' }"},
};

Test(base_yaml, aliases)
{
    for (size_t k = 0; k < sizeof alias_cases / sizeof *alias_cases; k++) {
        const struct good *one = &alias_cases[k];
        expect_events(one->name, read_bytes(one->text, strlen(one->text)), one->events);
        expect_events(one->name, read_file(one->text, strlen(one->text)), one->events);
    }
}

static void next(struct yaml *yaml, struct yaml_event *event)
{
    struct uptake_error error = {0};
    cr_assert_eq(yaml_next(yaml, event, &error), 0, "%s", error.text[0]);
}

Test(base_yaml, places)
{
    static const char text[] = "\xef\xbb\xbf"
                               "a: 1\n\xc3\xa9t\xc3\xa9: [x, *y]\n";
    static const char fine[] = "\xef\xbb\xbf"
                               "a: &y 1\n\xc3\xa9t\xc3\xa9: [x, *y]\n";
    static const uint32_t places[][2] = {{1, 1}, {1, 1}, {1, 4}, {2, 1}, {2, 6}, {2, 7}, {1, 4}};
    struct yaml *yaml;
    struct yaml_event event;
    cr_assert_eq(yaml_open_bytes(&yaml, fine, sizeof fine - 1, "t.yaml", NULL), 0);
    for (size_t k = 0; k < sizeof places / sizeof *places; k++) {
        next(yaml, &event);
        cr_expect(event.place.line == places[k][0] && event.place.column == places[k][1],
                  "event %zu: %u:%u", k, event.place.line, event.place.column);
    }
    yaml_close(yaml);
    expect_message("alias", read_bytes(text, sizeof text - 1),
                   "t.yaml:2:10: the alias '*y' has no anchor '&y' before it");
}

Test(base_yaml, skips)
{
    static const char text[] = "a: &x {b: [1, {c: 2}]}\nd: [3]\ne: *x\nf: 4\n";
    struct yaml *yaml;
    struct yaml_event key, value;
    cr_assert_eq(yaml_open_bytes(&yaml, text, sizeof text - 1, "t.yaml", NULL), 0);
    next(yaml, &key);
    for (const char *names = "adef"; *names; names++) {
        next(yaml, &key);
        cr_expect(key.kind == YAML_SCALAR && key.text[0] == *names, "%c: %s", *names, key.text);
        next(yaml, &value);
        cr_expect_eq(yaml_skip(yaml, &value, NULL), 0);
    }
    next(yaml, &key);
    cr_expect_eq(key.kind, YAML_MAP_END);
    yaml_close(yaml);
}

Test(base_yaml, skipped_values_are_checked)
{
    static const char text[] = "a: [1, {b: !x 2}]\n";
    struct yaml *yaml;
    struct yaml_event event;
    struct uptake_error error = {0};
    cr_assert_eq(yaml_open_bytes(&yaml, text, sizeof text - 1, "t.yaml", NULL), 0);
    for (int k = 0; k < 3; k++)
        next(yaml, &event);
    cr_expect_eq(yaml_skip(yaml, &event, &error), -1);
    cr_expect_str_eq(error.text[0],
                     "t.yaml:1:12: found the tag '!x'; tags are not read, remove it");
    yaml_close(yaml);
}

/* --- What is refused -------------------------------------------------------------------------- */

static const struct faulty structure_cases[] = {
    {"second document", "a: 1\n---\nb: 2\n", 0,
     "t.yaml:2:1: a second document starts here; one file holds one document"},
    {"second document behind an end", "a: 1\n...\nb: 2\n", 0,
     "t.yaml:3:1: not valid YAML: did not find expected <document start>"},
    {"two empty documents", "---\n---\n", 0,
     "t.yaml:2:1: a second document starts here; one file holds one document"},
    {"merge key", "a: &x {b: 1}\nc:\n  <<: *x\n", 0,
     "t.yaml:3:3: merge keys ('<<') are not read; repeat the fields, or use an alias for a whole "
     "value"},
    {"merge key by alias", "a: &x <<\nb: {*x : 1}\n", 0,
     "t.yaml:1:4: merge keys ('<<') are not read; repeat the fields, or use an alias for a whole "
     "value"},
    {"tag", "a: !!str 1\n", 0,
     "t.yaml:1:4: found the tag 'tag:yaml.org,2002:str'; tags are not read, remove it"},
    {"own tag on a map", "!mine\na: 1\n", 0,
     "t.yaml:1:1: found the tag '!mine'; tags are not read, remove it"},
    {"tag on a list", "a: !mine [1]\n", 0,
     "t.yaml:1:4: found the tag '!mine'; tags are not read, remove it"},
    {"bare tag", "a: ! x\n", 0, "t.yaml:1:4: found the tag '!'; tags are not read, remove it"},
    {"list as a key", "[a]: 1\n", 0,
     "t.yaml:1:1: found a collection as a key; a key is a plain word"},
    {"map as a key", "? {a: 1}\n: 2\n", 0,
     "t.yaml:1:3: found a collection as a key; a key is a plain word"},
    {"alias of a list as a key", "- &x [1]\n- {*x : 2}\n", 0,
     "t.yaml:1:3: found a collection as a key; a key is a plain word"},
    {"no anchor", "a: *x\n", 0, "t.yaml:1:4: the alias '*x' has no anchor '&x' before it"},
    {"anchor behind its alias", "a: *x\nb: &x 1\n", 0,
     "t.yaml:1:4: the alias '*x' has no anchor '&x' before it"},
    {"alias inside its own list", "a: &x [1, *x]\n", 0,
     "t.yaml:1:11: the alias '*x' stands inside the value it repeats"},
    {"alias deep inside its own map", "a: &x {b: [{c: *x}]}\n", 0,
     "t.yaml:1:16: the alias '*x' stands inside the value it repeats"},
    {"alias inside a value of the same name", "a: &x 1\nb: &x [*x]\n", 0,
     "t.yaml:2:8: the alias '*x' stands inside the value it repeats"},
    {"format of YAML", "%YAML 2.0\n---\na: 1\n", 0,
     "t.yaml:1:1: not valid YAML: found incompatible YAML document"},
};

Test(base_yaml, structure)
{
    EXPECT_FAULTS(structure_cases);
}

#define NOT_A_START                                                                                \
    "not valid YAML: a value cannot start with this character (a tab, '@', '`' or '%'); indent "   \
    "with "                                                                                        \
    "spaces, or put the text in quotes"
#define COLON_INSIDE                                                                               \
    "not valid YAML: found ': ' inside a text; put the text in quotes, or mend the indentation"

static const struct faulty syntax_cases[] = {
    {"tab as indentation", "a:\n\tb: 1\n", 0, "t.yaml:2:1: " NOT_A_START},
    {"tab behind a value", "a: 1\n\tb: 1\n", 0,
     "t.yaml:2:1: not valid YAML: found a tab character that violates indentation, while scanning "
     "a "
     "plain scalar (which began at line 1)"},
    {"at", "a: @x\n", 0, "t.yaml:1:4: " NOT_A_START},
    {"backtick", "a: `x`\n", 0, "t.yaml:1:4: " NOT_A_START},
    {"per cent", "a: %x\n", 0, "t.yaml:1:4: " NOT_A_START},
    {"colon in a text", "a: b: c\n", 0, "t.yaml:1:5: " COLON_INSIDE},
    {"indented too far", "a: 1\n b: 2\n", 0, "t.yaml:2:3: " COLON_INSIDE},
    {"unclosed quote", "a: \"x\nb: 1\n", 0,
     "t.yaml:3:1: not valid YAML: found unexpected end of stream, while scanning a quoted scalar "
     "(which "
     "began at line 1)"},
    {"unclosed bracket", "a: [1,\n  2\nb: 1\n", 0,
     "t.yaml:3:2: not valid YAML: did not find expected ',' or ']', while parsing a flow sequence "
     "(which "
     "began at line 1)"},
    {"unclosed brace", "a: {b: 1\n", 0,
     "t.yaml:2:1: not valid YAML: did not find expected ',' or '}', while parsing a flow mapping "
     "(which "
     "began at line 1)"},
    {"closing bracket alone", "a: 1\n]\n", 0,
     "t.yaml:2:1: not valid YAML: did not find expected key, while parsing a block mapping (which "
     "began "
     "at line 1)"},
    {"list, then a key", "- 1\na: 2\n", 0,
     "t.yaml:2:1: not valid YAML: did not find expected '-' indicator, while parsing a block "
     "collection "
     "(which began at line 1)"},
    {"unknown escape", "a: \"\\q\"\n", 0,
     "t.yaml:1:5: not valid YAML: found unknown escape character, while parsing a quoted scalar "
     "(which "
     "began at line 1)"},
    {"half of a surrogate pair", "a: \"\\ud800\"\n", 0,
     "t.yaml:1:7: not valid YAML: found invalid Unicode character escape code, while parsing a "
     "quoted "
     "scalar (which began at line 1)"},
};

Test(base_yaml, syntax)
{
    EXPECT_FAULTS(syntax_cases);
}

#define NOT_UTF8(byte) "found a byte that is not UTF-8 (" byte "); save the file as UTF-8"

static const struct faulty encoding_cases[] = {
    {"never a byte of UTF-8", "a: 1\nb: x\xffy\n", 0, "t.yaml:2:5: " NOT_UTF8("0xff")},
    {"latin-1", "a: na\xefve\n", 0, "t.yaml:1:6: " NOT_UTF8("0xef")},
    {"columns count characters", "\xc3\xa9\xe2\x82\xac: \xff\n", 0,
     "t.yaml:1:5: " NOT_UTF8("0xff")},
    {"behind a byte order mark",
     "\xef\xbb\xbf"
     "a: \xff\n",
     0, "t.yaml:1:4: " NOT_UTF8("0xff")},
    {"behind windows line ends", "a: 1\r\nb: \xff\r\n", 0, "t.yaml:2:4: " NOT_UTF8("0xff")},
    {"behind old line ends", "a: 1\rb: \xff\r", 0, "t.yaml:2:4: " NOT_UTF8("0xff")},
    {"a lone byte of the inside", "a: \x80\n", 0, "t.yaml:1:4: " NOT_UTF8("0x80")},
    {"cut inside a character", "a: \xe2\x82(\n", 0, "t.yaml:1:4: " NOT_UTF8("0xe2")},
    {"ends inside a character", "a: \xe2\x82", 0, "t.yaml:1:4: " NOT_UTF8("0xe2")},
    {"longer than needed", "a: \xc0\x80\n", 0, "t.yaml:1:4: " NOT_UTF8("0xc0")},
    {"surrogate", "a: \xed\xa0\x80\n", 0, "t.yaml:1:4: " NOT_UTF8("0xed")},
    {"beyond Unicode", "a: \xf4\x90\x80\x80\n", 0, "t.yaml:1:4: " NOT_UTF8("0xf4")},
    {"in a comment", "a: 1 # \xff\n", 0, "t.yaml:1:8: " NOT_UTF8("0xff")},
    {"UTF-16, little end first",
     "\xff\xfe"
     "a\0:\0 \0001\0",
     10, "t.yaml:1:1: " NOT_UTF8("0xff")},
    {"UTF-16, big end first", "\xfe\xff\0a\0:\0 \0001", 10, "t.yaml:1:1: " NOT_UTF8("0xfe")},
    {"UTF-16 without a mark", "a\0:\0 \0001\0", 8,
     "t.yaml:1:2: found a NUL byte; expected text in UTF-8"},
    {"NUL", "a: 1\nb: x\0y\n", 11, "t.yaml:2:5: found a NUL byte; expected text in UTF-8"},
    {"NUL first", "\0a: 1\n", 6, "t.yaml:1:1: found a NUL byte; expected text in UTF-8"},
    {"NUL last", "a: 1\n\0", 6, "t.yaml:2:1: found a NUL byte; expected text in UTF-8"},
    {"escaped NUL", "a: \"x\\0\"\n", 0, "t.yaml:1:4: found an escaped NUL character; remove it"},
    {"escaped NUL in a key", "\"a\\x00\": 1\n", 0,
     "t.yaml:1:1: found an escaped NUL character; remove it"},
    {"control character", "a: \x1b[1m\n", 0,
     "t.yaml:1:4: found the control character 0x1b; expected text in UTF-8"},
    {"delete", "a: \x7f\n", 0,
     "t.yaml:1:4: found the control character 0x7f; expected text in UTF-8"},
    {"control character beyond ASCII", "a: \xc2\x81\n", 0,
     "t.yaml:1:4: found the control character 0x81; expected text in UTF-8"},
};

Test(base_yaml, encoding)
{
    EXPECT_FAULTS(encoding_cases);
}

Test(base_yaml, a_bad_byte_far_into_a_file)
{
    size_t lines = 200000, bytes = lines * 5 + 4;
    char *text = malloc(bytes + 1), message[128];
    for (size_t k = 0; k < lines; k++)
        memcpy(text + 5 * k, "- ab\n", 5);
    memcpy(text + lines * 5, "- \xff\n", 5);
    snprintf(message, sizeof message, "t.yaml:%zu:3: " NOT_UTF8("0xff"), lines + 1);
    expect_message("far", read_file(text, bytes), message);
    free(text);
}

/* --- Files ------------------------------------------------------------------------------------ */

Test(base_yaml, what_is_no_file)
{
    char path[128];
    expect_message("empty", read_file("", 0), "t.yaml: is empty; expected at least 'uptake: 1'");
    expect_message("folder", read_path(folder), "t.yaml: is a folder; expected a YAML file");
    snprintf(path, sizeof path, "%s/fifo", folder);
    cr_assert_eq(mkfifo(path, 0600), 0);
    expect_message("fifo", read_path(path), "t.yaml: is not a regular file; expected a YAML file");
    expect_message("device", read_path("/dev/null"),
                   "t.yaml: is not a regular file; expected a YAML file");
    snprintf(path, sizeof path, "%s/none.yaml", folder);
    expect_message("missing", read_path(path), "cannot open t.yaml: No such file or directory");
    expect_message("in a file", read_path("/dev/null/t.yaml"),
                   "cannot open t.yaml: Not a directory");
    expect_message("no name", read_path(""), "cannot open t.yaml: No such file or directory");
}

Test(base_yaml, no_bytes_at_all)
{
    expect_events("NULL", read_bytes(NULL, 0), "");
}

/* --- Limits ----------------------------------------------------------------------------------- */

static char *repeat(const char *text, size_t times, size_t *bytes)
{
    size_t one = strlen(text);
    char *all = malloc(one * times + 1);
    for (size_t k = 0; k < times; k++)
        memcpy(all + one * k, text, one);
    *bytes = one * times;
    return all;
}

Test(base_yaml, depth)
{
    char text[256], events[512] = "";
    for (int k = 0; k < 64; k++)
        strcat(events, k ? " [" : "[");
    for (int k = 0; k < 64; k++)
        strcat(events, " ]");
    memset(text, '[', 65);
    memset(text + 64, ']', 64);
    expect_events("64", read_bytes(text, 128), events);
    memset(text, '[', 65);
    memset(text + 65, ']', 65);
    expect_message("65", read_bytes(text, 130), "t.yaml:1:65: nested deeper than 64 levels");
}

Test(base_yaml, depth_through_an_alias)
{
    char text[512];
    memset(text, 0, sizeof text);
    strcat(text, "- &x ");
    memset(text + strlen(text), '[', 40);
    memset(text + strlen(text), ']', 40);
    strcat(text, "\n- ");
    memset(text + strlen(text), '[', 30);
    strcat(text, "*x");
    memset(text + strlen(text), ']', 30);
    expect_message("alias", read_bytes(text, strlen(text)),
                   "t.yaml:1:39: nested deeper than 64 levels");
}

static const struct {
    const char *name;
    const char *text;
    const char *message;
} deep_cases[] = {
    {"brackets", "[", "t.yaml:1:65: nested deeper than 64 levels"},
    {"brackets, a line each", "[\n", "t.yaml:65:1: nested deeper than 64 levels"},
    {"braces", "{", "t.yaml:1:2: found a collection as a key; a key is a plain word"},
    {"maps", "{a: ", "t.yaml:1:257: nested deeper than 64 levels"},
    {"dashes", "- ", "t.yaml:1:129: nested deeper than 64 levels"},
    {"question marks", "? ", "t.yaml:1:3: found a collection as a key; a key is a plain word"},
    {"anchors", "[&a ", "t.yaml:1:254: nested deeper than 64 levels"},
};

Test(base_yaml, two_hundred_thousand_fail_fast)
{
    for (size_t k = 0; k < sizeof deep_cases / sizeof *deep_cases; k++) {
        size_t bytes;
        char *text = repeat(deep_cases[k].text, 200000, &bytes);
        double start = seconds();
        expect_message(deep_cases[k].name, read_file(text, bytes), deep_cases[k].message);
        cr_expect_lt(seconds() - start, 1.0, "%s", deep_cases[k].name);
        free(text);
    }
}

#define TOO_MANY                                                                                   \
    "aliases repeat more than 10000 values or 4194304 bytes in all; write the values out"

Test(base_yaml, billion_laughs)
{
    static const char text[] = "- &a [x, x, x, x, x, x, x, x, x]\n"
                               "- &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]\n"
                               "- &c [*b, *b, *b, *b, *b, *b, *b, *b, *b]\n"
                               "- &d [*c, *c, *c, *c, *c, *c, *c, *c, *c]\n"
                               "- &e [*d, *d, *d, *d, *d, *d, *d, *d, *d]\n"
                               "- &f [*e, *e, *e, *e, *e, *e, *e, *e, *e]\n";
    double start = seconds();
    /* Events: a is 11, b 9 * 11 + 2 = 101, c 911, d 8201. Played by b 99, by c 909, by d 8199:
     * 9207; *d does not fit. */
    expect_message("laughs", read_bytes(text, sizeof text - 1), "t.yaml:5:7: " TOO_MANY);
    cr_expect_lt(seconds() - start, 1.0);
}

/* "- &x TEXT" and then so many lines "- *x". */
static char *aliases_of(size_t text_bytes, size_t times, size_t *bytes)
{
    char *text = malloc(text_bytes + 5 * times + 16);
    size_t at = (size_t)sprintf(text, "- &x \"");
    memset(text + at, 'a', text_bytes);
    at += text_bytes;
    at += (size_t)sprintf(text + at, "\"\n");
    for (size_t k = 0; k < times; k++)
        at += (size_t)sprintf(text + at, "- *x\n");
    *bytes = at;
    return text;
}

Test(base_yaml, aliases_are_counted)
{
    size_t bytes;
    char *text = aliases_of(1, 10000, &bytes);
    struct outcome *outcome = read_bytes(text, bytes);
    cr_expect_eq(outcome->failed, 0, "%s", outcome->error.text[0]);
    free(outcome);
    free(text);
    text = aliases_of(1, 10001, &bytes);
    expect_message("10001", read_bytes(text, bytes), "t.yaml:10002:3: " TOO_MANY);
    free(text);
}

Test(base_yaml, bytes_of_aliases_are_counted)
{
    size_t bytes;
    char *text = aliases_of(1 << 20, 4, &bytes);
    struct outcome *outcome = read_bytes(text, bytes);
    cr_expect_eq(outcome->failed, 0, "%s", outcome->error.text[0]);
    free(outcome);
    free(text);
    text = aliases_of(1 << 20, 5, &bytes);
    expect_message("5 MiB", read_bytes(text, bytes), "t.yaml:6:3: " TOO_MANY);
    free(text);
}

Test(base_yaml, a_large_anchor_is_read_and_only_its_alias_refused)
{
    size_t bytes;
    char *items = repeat("- 1\n", 20000, &bytes), *text = malloc(bytes + 64);
    size_t at = (size_t)sprintf(text, "a: &x\n");
    memcpy(text + at, items, bytes);
    at += bytes;
    struct outcome *outcome = read_bytes(text, at);
    cr_expect_eq(outcome->failed, 0, "%s", outcome->error.text[0]);
    free(outcome);
    at += (size_t)sprintf(text + at, "b: *x\n");
    expect_message("alias", read_bytes(text, at), "t.yaml:20002:4: " TOO_MANY);
    free(items);
    free(text);
}

Test(base_yaml, anchors_are_counted)
{
    size_t bytes;
    char *text = repeat("- &a 1\n", 10001, &bytes);
    expect_message("anchors", read_bytes(text, bytes), "t.yaml:10001:3: more than 10000 anchors");
    free(text);
}

/* Ten thousand anchors inside one, and then two million values: each value must cost the same. */
Test(base_yaml, many_anchors_inside_an_open_one)
{
    size_t anchors, values;
    char *first = repeat("- &a 1\n", 9999, &anchors), *rest = repeat("- 1\n", 1000000, &values);
    char *text = malloc(anchors + values + 8);
    memcpy(text, "&r\n", 3);
    memcpy(text + 3, first, anchors);
    memcpy(text + 3 + anchors, rest, values);
    double start = seconds();
    struct outcome *outcome = read_bytes(text, 3 + anchors + values);
    cr_expect_eq(outcome->failed, 0, "%s", outcome->error.text[0]);
    cr_expect_lt(seconds() - start, 20.0);
    free(outcome);
    free(first);
    free(rest);
    free(text);
}

Test(base_yaml, large_values)
{
    size_t bytes = (2 << 20) + 6;
    char *text = malloc(bytes + 1);
    memset(text, 'x', bytes);
    memcpy(text, "a: \"", 4);
    text[bytes - 2] = '"';
    text[bytes - 1] = '\n';
    expect_message("2 MiB in quotes", read_file(text, bytes),
                   "t.yaml:1:4: a single value of 2097152 bytes; at most 1048576 are read");
    text[3] = text[bytes - 2] = 'x';
    expect_message("2 MiB plain", read_file(text, bytes),
                   "t.yaml:1:4: a single value of 2097154 bytes; at most 1048576 are read");
    free(text);
}

static void expect_long(const char *name, const char *start, size_t bytes, const char *message)
{
    char *text = malloc(bytes);
    memset(text, 'x', bytes);
    memcpy(text, start, strlen(start));
    text[bytes - 1] = '\n';
    if (message)
        expect_message(name, read_file(text, bytes), message);
    else
        expect_events(name, read_file(text, bytes), "{ a 1 }");
    free(text);
}

Test(base_yaml, long_comments)
{
    expect_long("3 MB comment", "a: 1\n# ", 3000000, NULL);
    expect_long("5 MB comment", "a: 1\n# ", 5000000,
                "t.yaml:2:1: a single value or comment is longer than 4194304 bytes");
    expect_long("5 MB text", "a: \"", 5000000,
                "t.yaml:1:1: a single value or comment is longer than 4194304 bytes");
}

/* --- Trees ------------------------------------------------------------------------------------ */

static int read_tree(const char *text, size_t bytes, struct arena *arena, struct tree *tree,
                     struct uptake_error *error)
{
    struct yaml *yaml;
    struct yaml_event event;
    cr_assert_eq(yaml_open_bytes(&yaml, text, bytes, "t.yaml", error), 0);
    int failed = yaml_next(yaml, &event, error);
    if (!failed)
        failed = tree_read(yaml, &event, arena, tree, error);
    if (!failed)
        failed = yaml_next(yaml, &event, error);
    if (!failed)
        cr_expect_eq(event.kind, YAML_END);
    yaml_close(yaml);
    return failed;
}

static const struct faulty tree_cases[] = {
    {"twice", "a: 1\nb: 2\na: 3\n", 0, "t.yaml:3:1: 'a' stands twice; the first is at line 1"},
    {"the first that repeats", "b: 1\na: 2\nc: 3\nc: 4\na: 5\n", 0,
     "t.yaml:4:1: 'c' stands twice; the first is at line 3"},
    {"three times", "a: 1\na: 2\na: 3\n", 0,
     "t.yaml:2:1: 'a' stands twice; the first is at line 1"},
    {"quoted or not is one key", "a: 1\n\"a\": 2\n", 0,
     "t.yaml:2:1: 'a' stands twice; the first is at line 1"},
    {"nested", "x:\n- {a: 1, b: {c: 1, c: 2}}\n", 0,
     "t.yaml:2:20: 'c' stands twice; the first is at line 2"},
    {"empty keys", "{'': 1, '': 2}\n", 0, "t.yaml:1:9: '' stands twice; the first is at line 1"},
};

Test(base_yaml, keys_stand_once)
{
    for (size_t k = 0; k < sizeof tree_cases / sizeof *tree_cases; k++) {
        struct arena arena = {0};
        struct uptake_error error = {0};
        struct tree tree;
        const struct faulty *one = &tree_cases[k];
        cr_expect_eq(read_tree(one->text, strlen(one->text), &arena, &tree, &error), -1, "%s",
                     one->name);
        cr_expect_str_eq(error.text[0], one->message, "%s: %s", one->name, error.text[0]);
        arena_finish(&arena);
    }
}

Test(base_yaml, a_prefix_of_a_key_is_another_key)
{
    static const char text[] = "ab: 1\na: 2\nabc: 3\n'': 4\n";
    struct arena arena = {0};
    struct uptake_error error = {0};
    struct tree tree;
    cr_assert_eq(read_tree(text, sizeof text - 1, &arena, &tree, &error), 0, "%s", error.text[0]);
    cr_expect_eq(tree.count, 4);
    cr_expect_str_eq(tree_get(&tree, "a")->text, "2");
    cr_expect_str_eq(tree_get(&tree, "abc")->text, "3");
    cr_expect_str_eq(tree_get(&tree, "")->text, "4");
    cr_expect_null(tree_get(&tree, "b"));
    arena_finish(&arena);
}

Test(base_yaml, no_values_make_no_tree)
{
    struct arena arena = {0};
    struct uptake_error error = {0};
    struct tree tree;
    cr_expect_eq(read_tree("# one\n#\n", 8, &arena, &tree, &error), -1);
    cr_expect(strstr(error.text[0], "holds no values"), "%s", error.text[0]);
    arena_finish(&arena);
}

Test(base_yaml, trees)
{
    static const char text[] = "a: [1, '', ~, {b: null, c: \"null\"}]\nd: {}\ne:\n";
    struct arena arena = {0};
    struct uptake_error error = {0};
    struct tree tree;
    char what[96];
    cr_assert_eq(read_tree(text, sizeof text - 1, &arena, &tree, &error), 0, "%s", error.text[0]);
    const struct tree *list = tree_get(&tree, "a");
    cr_assert(list && list->kind == YAML_LIST && list->count == 4);
    cr_expect_not(tree_is_null(&list->values[0]));
    cr_expect_not(tree_is_null(&list->values[1]));
    cr_expect(tree_is_null(&list->values[2]));
    cr_expect(tree_is_null(tree_get(&list->values[3], "b")));
    cr_expect_not(tree_is_null(tree_get(&list->values[3], "c")));
    cr_expect_eq(tree_get(&tree, "d")->count, 0);
    cr_expect(tree_is_null(tree_get(&tree, "e")));
    cr_expect_null(tree_get(list, "a"));
    cr_expect_null(tree_get(NULL, "a"));
    cr_expect_str_eq(tree_what(list, what), "a list");
    cr_expect_str_eq(tree_what(&tree, what), "a mapping");
    cr_expect_str_eq(tree_what(&list->values[0], what), "'1'");
    cr_expect_str_eq(tree_what(&list->values[2], what), "nothing");
    arena_finish(&arena);
}

Test(base_yaml, a_mapping_of_many_keys)
{
    size_t count = 300000, at = 0;
    char *text = malloc(count * 12 + 16);
    for (size_t k = 0; k < count; k++)
        at += (size_t)sprintf(text + at, "k%06zu: 1\n", k);
    struct arena arena = {0};
    struct uptake_error error = {0};
    struct tree tree;
    double start = seconds();
    cr_expect_eq(read_tree(text, at, &arena, &tree, &error), 0, "%s", error.text[0]);
    cr_expect_eq(tree.count, count);
    cr_expect_lt(seconds() - start, 10.0);
    arena_finish(&arena);
    free(text);
}

Test(base_yaml, trees_are_bounded)
{
    size_t bytes;
    char *text = repeat("- 1\n", 1000000, &bytes);
    struct arena arena = {0};
    struct uptake_error error = {0};
    struct tree tree;
    cr_expect_eq(read_tree(text, bytes, &arena, &tree, &error), -1);
    cr_expect_str_eq(error.text[0], "t.yaml:1000000:3: more than 1000000 values");
    arena_finish(&arena);
    free(text);
}

/* --- Anything --------------------------------------------------------------------------------- */

static const char everything[] =
    "\xef\xbb\xbf%YAML 1.2\n---\n# \xc3\xa9\na: &x {b: [1, 'two', \"th\\u0072ee\"], c: ~}\n? "
    "key\n: - *x\n  - &y |\n"
    "    text\n    more\n  - [*y, {d: *y}, ]\n\"e\": >-\n  folded\n\n  text\n...\n";

Test(base_yaml, no_prefix_and_no_missing_byte_breaks_it)
{
    char changed[sizeof everything];
    size_t bytes = sizeof everything - 1;
    struct outcome *whole = read_bytes(everything, bytes);
    cr_expect_eq(whole->failed, 0, "%s", whole->error.text[0]);
    free(whole);
    for (size_t k = 0; k < bytes; k++) {
        free(read_bytes(everything, k));
        memcpy(changed, everything, k);
        memcpy(changed + k, everything + k + 1, bytes - k - 1);
        free(read_bytes(changed, bytes - 1));
        for (int bit = 0; bit < 8; bit++) {
            memcpy(changed, everything, bytes);
            changed[k] = (char)(changed[k] ^ (1 << bit));
            struct outcome *outcome = read_bytes(changed, bytes);
            cr_expect_eq(outcome->error.count, (uint32_t)(outcome->failed != 0), "byte %zu, bit %d",
                         k, bit);
            free(outcome);
        }
    }
}
