/*
 * Models for the tests: texts written to a folder of the test's own, loaded, and taken apart.
 * Messages are compared with "FOLDER/" taken out.
 */
#ifndef TESTS_MODEL_FIXTURE_H
#define TESTS_MODEL_FIXTURE_H

#include <criterion/criterion.h>

#include "base/date.h"
#include "model/model.h"

struct loading {
    int failed;
    struct model model;
    struct uptake_error error;
    char messages[ERROR_MESSAGES * ERROR_BYTES]; /* a line each; "" where it loaded */
};

void fixture_open(void);
void fixture_close(void);
/* "FOLDER/name", valid until the next call. */
const char *fixture_path(const char *name);
void fixture_write(const char *name, const char *text, size_t bytes);
void fixture_text(const char *name, const char *text);
void fixture_folder(const char *name);

/* Loads what options say; a path of NULL: "m.yaml". Whatever it gives is checked: a model that
 * fits together, or at least one message and exit code 2. */
struct loading *fixture_load(struct model_options options);
/* Writes m.yaml and loads it. */
struct loading *fixture_load_text(const char *text, struct model_options options);
/* "uptake: 1", TOP, and one innovation {id: a, name: A, FIELDS}. */
struct loading *fixture_load_fields(const char *top, const char *fields,
                                    struct model_options options);
void fixture_free(struct loading *loading);

/* A request of the tests, without limits. */
struct model_request fixture_read(const char *path, uint32_t type);
/* The column that a request was given, and its table. */
const struct model_column *fixture_column(const struct loading *loading,
                                          const struct model_request *request);
const struct model_table *fixture_table(const struct loading *loading,
                                        const struct model_request *request);

/* Values of a column as text, "1 2 left-out", with " | " between parent rows where the table has
 * offsets; numbers with their doubt: "3{2..4 range}". */
const char *fixture_values(const struct loading *loading, const struct model_request *request);

#endif
