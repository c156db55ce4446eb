/* What a model does not say: counted by field, told apart by reason, with the place where it would be written. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "check/missing.h"

static void look(const char *text, struct missing *missing)
{
    char path[] = "/tmp/uptake-missing-XXXXXX";
    struct uptake_error error = {0};
    int file = mkstemp(path);
    cr_assert(file >= 0 && write(file, text, strlen(text)) == (ssize_t)strlen(text));
    close(file);
    int failed = missing_of_model(path, missing, &error);
    unlink(path);
    cr_assert(failed == 0, "%s", error.text[0]);
}

static const struct missing_field *field_of(const struct missing *missing, const char *path)
{
    for (size_t k = 0; k < missing->n_fields; k++)
        if (strcmp(missing->fields[k].path, path) == 0)
            return &missing->fields[k];
    return NULL;
}

/* payback: 3 of 6 say nothing of it, each in another way; none and n/a are answers. */
Test(check_missing, reasons)
{
    struct missing missing = {0};
    look("uptake: 1\ninnovations:\n"
         "- {id: a, name: A, commissioning: {payback: 3}}\n"
         "- {id: b, name: B, commissioning: {payback: unknown}}\n"
         "- {id: c, name: C, commissioning: {payback: suppressed}}\n"
         "- {id: d, name: D}\n"
         "- {id: e, name: E, commissioning: {payback: none}}\n"
         "- {id: f, name: F, commissioning: {payback: n/a}}\n",
         &missing);
    const struct missing_field *field = field_of(&missing, "commissioning.payback");
    cr_assert(field);
    cr_expect(missing.innovations == 6 && !missing.of_spec);
    cr_expect(field->unknown == 1 && field->left_out == 1 && field->suppressed == 1, "%d %d %d",
              (int)field->unknown, (int)field->left_out, (int)field->suppressed);
    cr_expect(field->innovations == 3 && field->n_places == 3);
    for (size_t k = 0; k < field->n_places; k++) {
        static const char *const ids[] = {"b", "c", "d"};
        char path[64];
        snprintf(path, sizeof path, "innovations[id=%s].commissioning.payback", ids[k]);
        cr_expect_str_eq(field->places[k].path, path);
        cr_expect_str_eq(field->places[k].innovation, ids[k]);
    }
    missing_finish(&missing);
}

/* Nothing is missing that nobody fills in anywhere, and of a model that says all nothing is. */
Test(check_missing, nothing)
{
    struct missing missing = {0};
    look("uptake: 1\ninnovations: [{id: a, name: A}, {id: b, name: B}]\n", &missing);
    cr_expect(missing.n_fields == 0 && missing.values == 0, "%s",
              missing.n_fields ? missing.fields[0].path : "");
    missing_finish(&missing);
    look("uptake: 1\ninnovations: [{id: a, name: A, kind: device}]\n", &missing);
    cr_expect(missing.n_fields == 0 && missing.values == 0);
    missing_finish(&missing);
}

/* Rows of a list are named by what tells them apart. */
Test(check_missing, rows)
{
    struct missing missing = {0};
    look("uptake: 1\ninnovations:\n- id: a\n  name: A\n  support:\n"
         "  - {resource: time, phase: running, needed: 2, provided: 1, unit: hours_per_week}\n"
         "  - {resource: skills, phase: set_up, needed: 2, provided: unknown, unit: people}\n",
         &missing);
    const struct missing_field *field = field_of(&missing, "support[].provided");
    cr_assert(field && field->n_places == 1 && field->unknown == 1);
    cr_expect(strstr(field->places[0].path, "resource=skills") &&
                  strstr(field->places[0].path, "].provided"),
              "%s", field->places[0].path);
    missing_finish(&missing);
}

/* Places are kept up to a thousand, and counted beyond. */
Test(check_missing, many)
{
    struct missing missing = {0};
    char *text = NULL;
    size_t bytes = 0;
    FILE *out = open_memstream(&text, &bytes);
    fputs("uptake: 1\ninnovations:\n- {id: x, name: X, commissioning: {payback: 1}}\n", out);
    for (int k = 0; k < 1500; k++)
        fprintf(out, "- {id: i%d, name: N, commissioning: {payback: unknown}}\n", k);
    fclose(out);
    look(text, &missing);
    const struct missing_field *field = field_of(&missing, "commissioning.payback");
    cr_assert(field);
    cr_expect(field->unknown == 1500 && field->innovations == 1500);
    cr_expect(field->n_places == MISSING_PLACES);
    missing_finish(&missing);
    free(text);
}
