/*
 * The reader's input: runs of ordinary text go past libyaml's own check, so whatever stands at a block's edge, or at
 * any place within the eight bytes that are looked at together, must be read, and refused, as anywhere else. Expected
 * are the bytes that were written, and their own line and column.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/yaml.h"
#include "base/yaml_input.h"

enum { AROUND = 12 };

/* "# xxx\na: TEXT\n", TEXT beginning at byte `at`. */
static char *document(const char *text, size_t count, size_t at, size_t *bytes)
{
    *bytes = at + count + 1;
    char *made = malloc(*bytes + 1);
    memset(made, 'x', at);
    memcpy(made, "# ", 2);
    memcpy(made + at - 4, "\na: ", 4);
    memcpy(made + at, text, count);
    made[at + count] = '\n';
    return made;
}

/* Reads the value of `a`. */
static int read_value(const char *bytes, size_t count, char value[64], struct uptake_error *error)
{
    struct yaml *yaml;
    struct yaml_event event;
    int failed = 0;
    cr_assert_eq(yaml_open_bytes(&yaml, bytes, count, "t.yaml", error), 0);
    do {
        failed = yaml_next(yaml, &event, error);
        if (!failed && event.kind == YAML_SCALAR)
            snprintf(value, 64, "%s", event.text);
    } while (!failed && event.kind != YAML_END);
    yaml_close(yaml);
    return failed;
}

/* Begins just before the end of the first block or, for the smallest, of the first words. */
#define EACH_PLACE(at)                                                                             \
    for (size_t edge = 24; edge; edge = edge == 24            ? INPUT_BLOCK                        \
                                        : edge == INPUT_BLOCK ? 3 * INPUT_BLOCK                    \
                                                              : 0)                                 \
        for (size_t at = edge - AROUND; at < edge + AROUND; at++)

Test(base_yaml_input, texts_at_every_place)
{
    static const char *const texts[] = {
        "plain",
        "caf\xc3\xa9",
        "\xe2\x82\xac 5 for two",
        "\xf0\x9f\x98\x80",
        "\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80 and \xc3\xa9\xc3\xa9 x",
        "\xe6\xbc\xa2\xe5\xad\x97\xe6\xbc\xa2\xe5\xad\x97\xe6\xbc\xa2\xe5\xad\x97",
        "a\tb ~ }",
    };
    for (size_t k = 0; k < sizeof texts / sizeof *texts; k++)
        EACH_PLACE(at)
        {
            size_t bytes;
            struct uptake_error error = {0};
            char value[64] = "", *made = document(texts[k], strlen(texts[k]), at, &bytes);
            cr_expect_eq(read_value(made, bytes, value, &error), 0, "%s at %zu", texts[k], at);
            cr_expect_str_eq(value, texts[k], "%s at %zu: %s", texts[k], at, value);
            free(made);
        }
}

Test(base_yaml_input, bad_bytes_at_every_place)
{
    static const struct {
        const char *text;
        size_t bytes, column; /* of the bad one, within the text, from 0 */
        const char *message;
    } cases[] = {
        {"ab\x01"
         "cd",
         5, 2, "found the control character 0x01; expected text in UTF-8"},
        {"ab\x1f"
         "cd",
         5, 2, "found the control character 0x1f; expected text in UTF-8"},
        {"ab\x7f"
         "cd",
         5, 2, "found the control character 0x7f; expected text in UTF-8"},
        {"ab\0cd", 5, 2, "found a NUL byte; expected text in UTF-8"},
        {"\xc3\xa9\xff", 3, 1, "found a byte that is not UTF-8 (0xff); save the file as UTF-8"},
        {"ab\x80", 3, 2, "found a byte that is not UTF-8 (0x80); save the file as UTF-8"},
        {"a\xe2\x82(bcdefghij", 13, 1,
         "found a byte that is not UTF-8 (0xe2); save the file as UTF-8"},
    };
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++)
        EACH_PLACE(at)
        {
            size_t bytes;
            struct uptake_error error = {0};
            char value[64], expected[160];
            char *made = document(cases[k].text, cases[k].bytes, at, &bytes);
            snprintf(expected, sizeof expected, "t.yaml:2:%zu: %s", 4 + cases[k].column,
                     cases[k].message);
            cr_expect_eq(read_value(made, bytes, value, &error), -1, "%zu at %zu", k, at);
            cr_expect_str_eq(error.text[0], expected, "%zu at %zu: %s", k, at, error.text[0]);
            free(made);
        }
}
