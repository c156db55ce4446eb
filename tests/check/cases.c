/* What a case may expect: each body held against one answer of the tests' honest plugin, and what is said of it. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "check/cases.h"
#include "check/fixture.h"

/* a: gap 3 of 6; a mean and one row. b: nobody knows. */
static const char head[] =
    "uptake: 1\ncases:\n- name: one\n  model:\n    innovations:\n"
    "    - {id: a, name: A, support: [{resource: time, phase: running, needed: 6, provided: 3, "
    "unit: hours_per_week}]}\n"
    "    - {id: b, name: B, support: [{resource: time, phase: running, needed: 6, provided: "
    "unknown, "
    "unit: hours_per_week}]}\n  expect:\n";

Test(check_cases, bodies)
{
    static const struct {
        const char *body;
        int code; /* 0: as expected */
        const char *said;
    } rows[] = {
        {"a: {writes: {gap: 3}}", 0, ""},
        {"a: {writes: {gap: 3.0000000001}}", 0, ""}, /* within a billionth */
        {"a: {writes: {gap: 3.00000001}}", 1, "gap is 3, expected 3.00000001"},
        {"a: {writes: {gap: {value: 2, tolerance: 1}}}", 0, ""},
        {"a: {writes: {gap: {value: 2, tolerance: 0.99}}}", 1, "gap is 3, expected 2"},
        {"a: {writes: {gap: {value: 3, low: 3, high: 3}}}", 0, ""},
        {"a: {writes: {gap: {value: 3, tolerance: -1}}}", 2, "tolerance: expected a number"},
        {"a: {writes: {gap: {value: 3, hihg: 3}}}", 2, "hihg"},
        {"a: {writes: {gap: open}}", 1, "gap is 3, expected open"},
        {"a: {writes: {gap: null}}", 1, "gap is 3, expected missing"},
        {"a: {writes: {gap: much}}", 2, "expected a number, or null"},
        {"a: {writes: {gapp: 3}}", 2, "writes no 'gapp'"},
        {"a: {writes: {row: [3]}}", 0, ""},
        {"a: {writes: {row: [3, 3]}}", 1, "row has 1 rows, expected 2"},
        {"a: {writes: {row: []}}", 1, "row has 1 rows, expected 0"},
        {"a: {writes: {row: 3}}", 2, "a value for each row of support[]"},
        {"a: {writes: {mean: 3}}", 2, "for the portfolio: expect it under /"},
        {"/: {writes: {mean: 3}}", 0, ""},
        {"/: {writes: {mean: 4}}", 1, "mean is 3, expected 4"},
        {"/: {writes: {gap: 3}}", 2, "for each innovation: expect it there"},
        {"a: {findings: []}", 0, ""},
        {"a: {findings: [{level: risks, contains: hours}]}", 1, "has no such finding among its 0"},
        {"a: {findings: [{level: loud, contains: hours}]}", 2, "expected blocks, risks, helps or"},
        {"a: {findings: none}", 2, "expected a list of {level, contains}"},
        {"b: {skip: not known}", 0, ""},
        {"b: {skip: known by all}", 1, "expected skipped: known by all"},
        {"b: {writes: {gap: 3}}", 1, "expected values"},
        {"a: {skip: not known}", 1, "'a' is"},
        {"a: {}", 0, ""},
        {"c: {skip: x}", 2, "no innovation 'c'"},
        {"a: {write: {gap: 3}}", 2, "write"},
        {"a: 3", 2, ""},
        {"[]", 2, ""},
    };
    struct arena arena = {0};
    struct plugin_bundle bundle;
    struct uptake_error scan = {0};
    cr_assert(plugin_scan(TEST_MUTANTS "/honest.so", 0, &arena, &bundle, &scan) == 0);
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++) {
        char path[] = "/tmp/uptake-cases-XXXXXX";
        struct uptake_error error = {0};
        struct cases cases = {0};
        int file = mkstemp(path);
        cr_assert(file >= 0 && dprintf(file, "%s    %s\n", head, rows[k].body) > 0);
        close(file);
        int failed = cases_run(bundle.plugins, bundle.n_plugins, path, &cases, &error);
        unlink(path);
        int code = error.count ? error.exit_code : 0;
        cr_expect(code == rows[k].code, "%s: %d: %s", rows[k].body, code, error.text[0]);
        cr_expect((failed != 0) == (rows[k].code == 2), "%s: answered %d", rows[k].body, failed);
        cr_expect(strstr(error.text[0], rows[k].said), "%s: %s", rows[k].body, error.text[0]);
        cr_expect(rows[k].code != 1 || (cases.failed == 1 && cases.count == 1), "%s", rows[k].body);
    }
    arena_finish(&arena);
}
