#include "model/fixture.h"

#include <stdarg.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/number.h"
#include "model/invariants.h"

static char folder[64];

void fixture_open(void)
{
    snprintf(folder, sizeof folder, "/tmp/uptake-model-XXXXXX");
    cr_assert(mkdtemp(folder));
}

void fixture_close(void)
{
    char command[128];
    snprintf(command, sizeof command, "rm -rf %s", folder);
    cr_assert_eq(system(command), 0);
}

const char *fixture_path(const char *name)
{
    static char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

void fixture_write(const char *name, const char *text, size_t bytes)
{
    FILE *file = fopen(fixture_path(name), "w");
    cr_assert(file);
    cr_assert_eq(fwrite(text, 1, bytes, file), bytes);
    cr_assert_eq(fclose(file), 0);
}

void fixture_text(const char *name, const char *text)
{
    fixture_write(name, text, strlen(text));
}

void fixture_folder(const char *name)
{
    cr_assert_eq(mkdir(fixture_path(name), 0700), 0);
}

/* Messages as lines, without the folder. */
static void join(struct loading *loading)
{
    char *to = loading->messages;
    size_t cut = strlen(folder) + 1;
    for (uint32_t k = 0; k < loading->error.count; k++) {
        if (k)
            *to++ = '\n';
        for (const char *at = loading->error.text[k]; *at;)
            if (strncmp(at, folder, cut - 1) == 0 && at[cut - 1] == '/')
                at += cut;
            else
                *to++ = *at++;
    }
    *to = 0;
}

struct loading *fixture_load(struct model_options options)
{
    char path[256];
    struct loading *loading = calloc(1, sizeof *loading);
    cr_assert(loading);
    snprintf(path, sizeof path, "%s", options.path ? options.path : fixture_path("m.yaml"));
    options.path = path;
    options.name = options.name ? options.name : path;
    loading->failed = model_load(&options, &loading->model, &loading->error);
    join(loading);
    if (loading->failed) {
        cr_expect_gt(loading->error.count, 0u, "refused without a message");
        cr_expect_eq(loading->error.exit_code, EXIT_INPUT, "%s", loading->messages);
    } else {
        const char *broken = model_broken(&loading->model);
        cr_expect_null(broken, "%s", broken);
        cr_expect_eq(loading->error.count, 0u, "%s", loading->messages);
    }
    return loading;
}

struct loading *fixture_load_text(const char *text, struct model_options options)
{
    fixture_text("m.yaml", text);
    return fixture_load(options);
}

struct loading *fixture_load_fields(const char *top, const char *fields,
                                    struct model_options options)
{
    char *text = NULL;
    cr_assert_gt(
        asprintf(&text, "uptake: 1\n%sinnovations:\n- {id: a, name: A, %s}\n", top, fields), 0);
    struct loading *loading = fixture_load_text(text, options);
    free(text);
    return loading;
}

void fixture_free(struct loading *loading)
{
    model_finish(&loading->model);
    free(loading);
}

struct model_request fixture_read(const char *path, uint32_t type)
{
    return (struct model_request){
        .path = path, .type = type, .doubt = true, .min = NAN, .max = NAN, .wanted_by = "the test"};
}

const struct model_table *fixture_table(const struct loading *loading,
                                        const struct model_request *request)
{
    cr_assert_not(loading->failed, "%s", loading->messages);
    return &loading->model.tables[request->table];
}

const struct model_column *fixture_column(const struct loading *loading,
                                          const struct model_request *request)
{
    return &fixture_table(loading, request)->columns[request->column];
}

/* --- Values as text --------------------------------------------------------------------------- */

static const char *const reasons[] = {"present", "left-out", "unknown",   "none",
                                      "n/a",     "after",    "suppressed"};
static const char *const kinds[] = {"exact",   "range", "shares",    "at_least",
                                    "at_most", "about", "suppressed"};

static char shown[1 << 20];
static size_t used;

__attribute__((format(printf, 1, 2))) static void show(const char *format, ...)
{
    va_list values;
    va_start(values, format);
    int count = vsnprintf(shown + used, sizeof shown - used, format, values);
    va_end(values);
    if (count < 0 ||
        used + (size_t)count >= sizeof shown) /* no assertion: each one is told to the runner */
        abort();
    used += (size_t)count;
}

static void show_plain_number(double x)
{
    char text[NUMBER_BYTES];
    if (isinf(x))
        show(x > 0 ? "inf" : "-inf");
    else if (isnan(x))
        show("%s", reasons[uptake_why(x)]);
    else
        show("%.*s", (int)number_print(text, x), text);
}

static void show_number(const struct model_column *column, uint64_t row)
{
    double low, high;
    int kind = model_doubt_at(column, row, &low, &high);
    show_plain_number(((const double *)column->values)[row]);
    if (kind == UPTAKE_EXACT)
        return;
    show("{");
    show_plain_number(low);
    show("..");
    show_plain_number(high);
    show(" %s}", kinds[kind]);
}

static void show_code(int64_t code, const char *text)
{
    if (code >= 0)
        show("%s", text);
    else
        show("%s", code == UPTAKE_OTHER ? "other" : reasons[uptake_why_code(code)]);
}

static void show_date(struct uptake_period period)
{
    char text[DATE_BYTES];
    if (uptake_why_date(period))
        show("%s", reasons[uptake_why_date(period)]);
    else
        show("%.*s", (int)date_print(text, period), text);
}

static void show_value(const struct model *model, const struct model_column *column, uint64_t row)
{
    char text[24];
    int64_t code;
    switch (column->type) {
    case UPTAKE_NUMBER: show_number(column, row); break;
    case UPTAKE_CHOICE:
        code = ((const int16_t *)column->values)[row];
        show_code(code, code >= 0 ? column->choices[code] : "");
        break;
    case UPTAKE_TEXT:
        code = ((const int32_t *)column->values)[row];
        show_code(code, model_text(model, (int32_t)code));
        break;
    case UPTAKE_REF:
        code = ((const int64_t *)column->values)[row];
        snprintf(text, sizeof text, "#%ld", (long)code);
        show_code(code, text);
        break;
    case UPTAKE_DATE: show_date(((const struct uptake_period *)column->values)[row]); break;
    default: code = ((const int8_t *)column->values)[row]; show_code(code, code ? "true" : "false");
    }
}

const char *fixture_values(const struct loading *loading, const struct model_request *request)
{
    const struct model_table *table = fixture_table(loading, request);
    const struct model_column *column = &table->columns[request->column];
    uint64_t parent = 0;
    used = 0;
    shown[0] = 0;
    for (uint64_t row = 0; row < table->rows; row++) {
        for (; table->offsets && (uint64_t)table->offsets[parent + 1] <= row; parent++)
            show(" | ");
        show(row && (!table->offsets || (uint64_t)table->offsets[parent] < row) ? " " : "");
        if (column->values)
            show_value(&loading->model, column, row);
        else
            show("-");
    }
    for (; table->offsets && parent + 1 < table->parents; parent++)
        show(" | ");
    return shown;
}
