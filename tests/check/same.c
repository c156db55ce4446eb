/* Whether two runs are the same: what differs is found, named, and told apart from what does not. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "check/fixture.h"
#include "check/same.h"

#define ROW(needed, provided)                                                                      \
    "{resource: time, phase: running, needed: " needed ", provided: " provided                     \
    ", unit: hours_per_week}"
#define ONE(rows) "uptake: 1\ninnovations:\n- {id: a, name: A, support: [" rows "]}\n"
#define TWO(first, a, second, b)                                                                   \
    "uptake: 1\ninnovations:\n- {id: " first ", name: N, support: [" a "]}\n- {id: " second        \
    ", name: N, support: [" b "]}\n"

/* tests/mutants/honest.c: hours missing, a row each; a finding above 10. tolerance 0: the same bits. */
Test(check_same, rows)
{
    static const struct {
        const char *what, *a, *b;
        double tolerance;
        const char *said; /* NULL: they are the same */
    } rows[] = {
        {"itself", ONE(ROW("6", "3")), ONE(ROW("6", "3")), 0, NULL},
        {"another order", TWO("a", ROW("6", "3"), "b", ROW("9", "1")),
         TWO("b", ROW("9", "1"), "a", ROW("6", "3")), 0, NULL},
        {"a value", ONE(ROW("6", "3")), ONE(ROW("6", "2")), 0, "innovation 'a': gap is 3"},
        {"a value within tolerance", ONE(ROW("6", "3")), ONE(ROW("6", "3.0000000001")), 1e-9, NULL},
        {"the same without tolerance", ONE(ROW("6", "3")), ONE(ROW("6", "3.0000000001")), 0,
         "innovation 'a': gap is"},
        {"the second of two", TWO("a", ROW("6", "3"), "b", ROW("9", "1")),
         TWO("a", ROW("6", "3"), "b", ROW("9", "2")), 0, "above is -2.5 the first time and -2"},
        {"a low", ONE(ROW("6", "{low: 1, mode: 3, high: 5}")),
         ONE(ROW("6", "{low: 1, mode: 3, high: 4}")), 0, "gap, its low, is 1"},
        {"a finding's words only", ONE(ROW("20.0", "3")), ONE(ROW("20.004", "3")), 0.01, NULL},
        {"why it was skipped", ONE(ROW("6", "unknown")), ONE(""), 0, "its status is"},
        {"skipped or not", ONE(ROW("6", "unknown")), ONE(ROW("6", "3")), 0, "its status is"},
        {"one more", ONE(ROW("6", "3")), TWO("a", ROW("6", "3"), "b", ROW("6", "3")), 0,
         "1 innovation"},
        {"one less", TWO("a", ROW("6", "3"), "b", ROW("6", "3")), ONE(ROW("6", "3")), 0,
         "2 innovations"},
        {"another id", ONE(ROW("6", "3")),
         "uptake: 1\ninnovations: [{id: z, name: Z, support: [" ROW("6", "3") "]}]\n", 0,
         "innovation 'a'"},
        {"the sum of parts", ONE(ROW("6", "3") ", " ROW("6", "3")), ONE(ROW("9", "3")), 0,
         "innovation 'a'"},
    };
    struct arena arena = {0};
    const struct plugin *plugin = check_plugin_of(TEST_MUTANTS "/honest.so", &arena);
    for (size_t k = 0; k < sizeof rows / sizeof *rows; k++) {
        struct trial a = {0}, b = {0};
        char text[SAME_BYTES] = "";
        check_trial_of(plugin, rows[k].a, NULL, &a);
        check_trial_of(plugin, rows[k].b, NULL, &b);
        bool same = same_results(&a, &b, rows[k].tolerance, text);
        cr_expect(same == !rows[k].said, "%s: %s", rows[k].what, text);
        cr_expect(!rows[k].said || strstr(text, rows[k].said), "%s: '%s'", rows[k].what, text);
        trial_finish(&a);
        trial_finish(&b);
    }
    arena_finish(&arena);
}
