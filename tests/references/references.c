/*
 * Published and independently computed figures, through the program itself: each case of cases/ is a model of plain
 * numbers and a spec; `uptake run --format json` must give what it expects. A case needs no plugin, and a new one needs
 * no C: its format is in cases/README.md.
 */
#define _GNU_SOURCE
#include <criterion/criterion.h>
#include <glob.h>
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { COLUMNS = 64, TEXT = 1 << 16, LINE = 1 << 12, EXPECTED = 512 };

struct expected {
    char path[256];
    char value[64]; /* a number, null, true, false, or 'a text' */
    double tolerance;
};

struct one {
    char file[256];
    unsigned line;
    char id[128];
    char columns[COLUMNS][64];
    size_t n_columns;
    char rows[TEXT]; /* of the model, YAML */
    char spec[TEXT];
    int exit_code;
    char error[LINE]; /* "": none is expected */
    struct expected expected[EXPECTED];
    size_t n_expected;
};

static struct one one;
static char folder[64];

static void append(char *text, const char *more)
{
    cr_assert_lt(strlen(text) + strlen(more), TEXT, "%s: too long a case", one.id);
    strcat(text, more);
}

/* --- Reading ---------------------------------------------------------------------------------- */

static void read_columns(char *line)
{
    one.n_columns = 0;
    for (char *word = strtok(line, " "); word; word = strtok(NULL, " ")) {
        cr_assert_lt(one.n_columns, COLUMNS);
        snprintf(one.columns[one.n_columns++], sizeof one.columns[0], "%s", word);
    }
}

/* "a 12 1 -": an id and a value for each column; '-': left out. */
static void read_row(char *line)
{
    char text[256];
    size_t column = 0;
    char *id = strtok(line, " ");
    snprintf(text, sizeof text, "- {id: %s, name: %s, custom: {", id, id);
    append(one.rows, text);
    for (char *word = strtok(NULL, " "); word; word = strtok(NULL, " "), column++) {
        cr_assert_lt(column, one.n_columns, "%s:%u: more values than columns", one.file, one.line);
        if (strcmp(word, "-") == 0)
            continue;
        snprintf(text, sizeof text, "%s: %s, ", one.columns[column], word);
        append(one.rows, text);
    }
    cr_assert_eq(column, one.n_columns, "%s:%u: fewer values than columns", one.file, one.line);
    append(one.rows, "}}\n");
}

/* "PATH VALUE [TOLERANCE]" */
static void read_expected(char *line)
{
    struct expected *expected = &one.expected[one.n_expected++];
    char tolerance[64] = "0";
    cr_assert_leq(one.n_expected, EXPECTED);
    char *quote = strchr(line, '\'');
    if (quote) {
        quote[-1] = '\0';
        snprintf(expected->value, sizeof expected->value, "%s", quote);
        snprintf(expected->path, sizeof expected->path, "%s", line);
    } else {
        cr_assert_geq(sscanf(line, "%255s %63s %63s", expected->path, expected->value, tolerance),
                      2, "%s:%u: PATH VALUE [TOLERANCE]", one.file, one.line);
    }
    expected->tolerance = strtod(tolerance, NULL);
}

static bool begins(char *line, const char *word, char **rest)
{
    size_t bytes = strlen(word);
    if (strncmp(line, word, bytes) != 0 || (line[bytes] != ' ' && line[bytes] != '\0'))
        return false;
    *rest = line + bytes + (line[bytes] == ' ');
    return true;
}

/* --- Running ---------------------------------------------------------------------------------- */

static void write_file(const char *name, const char *head, const char *text)
{
    FILE *file = fopen(name, "w");
    cr_assert_not_null(file);
    fprintf(file, "uptake: 1\n%s%s", head, text);
    cr_assert_eq(fclose(file), 0);
}

/* A step of a path in an array is an id, or an index. */
static json_t *step(json_t *value, const char *part)
{
    size_t index;
    json_t *item;
    if (!json_is_array(value))
        return json_object_get(value, part);
    json_array_foreach(value, index, item)
    {
        const char *id = json_string_value(json_object_get(item, "id"));
        if (id && strcmp(id, part) == 0)
            return item;
    }
    return json_array_get(value, (size_t)strtoul(part, NULL, 10));
}

static json_t *walk(json_t *document, const char *path)
{
    char copy[256];
    char *rest = copy;
    snprintf(copy, sizeof copy, "%s", path);
    for (char *part; document && (part = strsep(&rest, "/"));)
        document = step(document, part);
    return document;
}

static void check(json_t *document, const struct expected *expected)
{
    json_t *found = walk(document, expected->path);
    if (!found) {
        cr_expect_fail("%s: %s: %s is not there", one.file, one.id, expected->path);
    } else if (strcmp(expected->value, "null") == 0) {
        cr_expect(json_is_null(found), "%s: %s: %s is not null", one.file, one.id, expected->path);
    } else if (strcmp(expected->value, "true") == 0 || strcmp(expected->value, "false") == 0) {
        cr_expect(json_is_boolean(found) && json_is_true(found) == (expected->value[0] == 't'),
                  "%s: %s: %s is not %s", one.file, one.id, expected->path, expected->value);
    } else if (expected->value[0] == '\'') {
        const char *text = json_is_string(found) ? json_string_value(found) : "(no text)";
        cr_expect(strncmp(expected->value + 1, text, strlen(text)) == 0 &&
                      strlen(text) + 2 == strlen(expected->value),
                  "%s: %s: %s is '%s', not %s", one.file, one.id, expected->path, text,
                  expected->value);
    } else {
        double x = json_is_number(found) ? json_number_value(found) : (double)NAN;
        double wanted = strtod(expected->value, NULL);
        cr_expect(fabs(x - wanted) <= expected->tolerance, "%s: %s: %s is %.17g, not %s -/+ %g",
                  one.file, one.id, expected->path, x, expected->value, expected->tolerance);
    }
}

static void run_one(void)
{
    char command[512], message[LINE] = "";
    json_error_t problem;
    if (one.id[0] == '\0')
        return;
    write_file("model.yaml", "innovations:\n", one.rows);
    write_file("spec.yaml", "model: model.yaml\n", one.spec);
    snprintf(command, sizeof command, "%s run spec.yaml --format json 2>err", TEST_PROGRAM);
    FILE *pipe = popen(command, "r");
    cr_assert_not_null(pipe);
    json_t *document = json_loadf(pipe, 0, &problem);
    int status = pclose(pipe);
    FILE *err = fopen("err", "r");
    message[fread(message, 1, sizeof message - 1, err)] = '\0';
    fclose(err);
    cr_expect(WIFEXITED(status) && WEXITSTATUS(status) == one.exit_code,
              "%s:%u: %s: exit code %d: %s", one.file, one.line, one.id, WEXITSTATUS(status),
              message);
    cr_expect(strstr(message, one.error), "%s: %s: '%s' is not in '%s'", one.file, one.id,
              one.error, message);
    cr_expect(one.exit_code != 0 || document, "%s: %s: no JSON", one.file, one.id);
    cr_expect(one.exit_code != 0 || one.n_expected > 0, "%s: %s expects nothing", one.file, one.id);
    for (size_t k = 0; document && k < one.n_expected; k++)
        check(document, &one.expected[k]);
    json_decref(document);
}

static void start(const char *file, unsigned line, const char *id)
{
    memset(&one, 0, sizeof one);
    snprintf(one.file, sizeof one.file, "%s", strrchr(file, '/') + 1);
    snprintf(one.id, sizeof one.id, "%s", id);
    one.line = line;
}

static void read_line(const char *file, unsigned number, char *line)
{
    char *rest;
    if (line[0] == '#' || line[0] == '\0')
        return;
    if (begins(line, "case", &rest)) {
        run_one();
        start(file, number, rest);
    } else if (begins(line, "source", &rest)) {
        cr_expect_gt(strlen(rest), 3, "%s:%u: where do the figures come from?", file, number);
    } else if (begins(line, "columns", &rest)) {
        read_columns(rest);
    } else if (begins(line, "row", &rest)) {
        read_row(rest);
    } else if (begins(line, "spec", &rest)) {
        append(one.spec, rest);
        append(one.spec, "\n");
    } else if (begins(line, "exit", &rest)) {
        one.exit_code = atoi(rest);
    } else if (begins(line, "error", &rest)) {
        snprintf(one.error, sizeof one.error, "%s", rest);
    } else if (begins(line, "expect", &rest)) {
        read_expected(rest);
    } else {
        cr_assert_fail("%s:%u: what is '%s'?", file, number, line);
    }
}

static void run_file(const char *path)
{
    static char line[LINE];
    unsigned number = 0;
    FILE *file = fopen(path, "r");
    cr_assert_not_null(file, "%s", path);
    one.id[0] = '\0';
    while (fgets(line, sizeof line, file)) {
        line[strcspn(line, "\n")] = '\0';
        read_line(path, ++number, line);
    }
    run_one();
    fclose(file);
}

static void enter(void)
{
    strcpy(folder, "/tmp/references-XXXXXX");
    cr_assert_not_null(mkdtemp(folder));
    cr_assert_eq(chdir(folder), 0);
}

static void leave(void)
{
    char command[96];
    cr_assert_eq(chdir("/"), 0);
    snprintf(command, sizeof command, "rm -rf %s", folder);
    cr_assert_eq(system(command), 0);
}

Test(references, through_the_program, .init = enter, .fini = leave, .timeout = 120)
{
    glob_t found;
    cr_assert_eq(glob(TEST_ROOT "/tests/references/cases/*.txt", 0, NULL, &found), 0);
    for (size_t k = 0; k < found.gl_pathc; k++)
        run_file(found.gl_pathv[k]);
    globfree(&found);
}
