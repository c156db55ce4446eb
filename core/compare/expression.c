/* A condition over named figures, by recursive descent: see expression.h. */
#include "compare/expression.h"

#include <math.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"

enum { DEPTH_MOST = 50, WORD_BYTES = 64 };

/* needed: what is read decides; else it is read for its grammar only. */
struct reader {
    const char *text;
    size_t at;
    int depth;
    bool failed;
    const struct expression_name *names;
    const struct result_figure *figures; /* NULL: grammar only */
    size_t count;
    struct uptake_error *error;
};

static bool condition(struct reader *reader, bool needed);

/* --- Words and signs --------------------------------------------------------------------------- */

static void skip_blanks(struct reader *reader)
{
    reader->at += strspn(reader->text + reader->at, " \t\n");
}

static size_t word_bytes(const struct reader *reader)
{
    return strspn(reader->text + reader->at,
                  "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.");
}

static void fail(struct reader *reader, const char *expected)
{
    char quoted[72];
    size_t bytes = word_bytes(reader);
    const char *at = reader->text + reader->at;
    bytes = bytes ? bytes : *at ? 1 : 0;
    if (!reader->failed && bytes)
        error_add(reader->error, EXIT_INPUT, "--fail-if:%zu: found '%s', expected %s",
                  reader->at + 1, text_quote(quoted, at, bytes), expected);
    else if (!reader->failed)
        error_add(reader->error, EXIT_INPUT, "--fail-if:%zu: it ends where %s is expected",
                  reader->at + 1, expected);
    reader->failed = true;
}

static bool take_word(struct reader *reader, const char *word)
{
    skip_blanks(reader);
    size_t bytes = word_bytes(reader);
    if (bytes != strlen(word) || memcmp(reader->text + reader->at, word, bytes) != 0)
        return false;
    reader->at += bytes;
    return true;
}

static bool take_sign(struct reader *reader, char sign)
{
    skip_blanks(reader);
    if (reader->text[reader->at] != sign)
        return false;
    reader->at++;
    return true;
}

/* --- Sides ------------------------------------------------------------------------------------- */

static double number(struct reader *reader)
{
    double x = 0;
    size_t bytes = strspn(reader->text + reader->at, "+-.0123456789eE");
    if (!number_parse(reader->text + reader->at, bytes, &x))
        fail(reader, "a number as 0.9 or -2");
    else
        reader->at += bytes;
    return x;
}

static void unknown(struct reader *reader, size_t bytes)
{
    struct nearest nearest;
    char quoted[72], hint[96];
    const char *word = reader->text + reader->at;
    nearest_start(&nearest, word, bytes);
    for (size_t k = 0; k < reader->count; k++)
        nearest_offer(&nearest, reader->names[k].name);
    error_add(reader->error, EXIT_INPUT, "--fail-if:%zu: there is no figure '%s'%s", reader->at + 1,
              text_quote(quoted, word, bytes), nearest_hint(&nearest, hint));
    reader->failed = true;
}

static double figure(struct reader *reader, size_t k, bool needed)
{
    const struct result_figure *figure = reader->figures ? &reader->figures[k] : NULL;
    if (!figure)
        return 0;
    if (needed && isnan(figure->value) && !reader->failed) {
        error_add(reader->error, EXIT_INPUT, "--fail-if: %s cannot be told of these runs (%s)",
                  reader->names[k].name, figure->reason ? figure->reason : "undefined");
        reader->failed = true;
    }
    return figure->value;
}

static double side(struct reader *reader, bool needed)
{
    skip_blanks(reader);
    char first = reader->text[reader->at];
    if ((first >= '0' && first <= '9') || first == '-' || first == '.' || first == '+')
        return number(reader);
    size_t bytes = word_bytes(reader);
    if (bytes == 0) {
        fail(reader, "a figure or a number");
        return 0;
    }
    for (size_t k = 0; k < reader->count; k++)
        if (strlen(reader->names[k].name) == bytes &&
            memcmp(reader->names[k].name, reader->text + reader->at, bytes) == 0) {
            reader->at += bytes;
            return figure(reader, k, needed);
        }
    unknown(reader, bytes);
    return 0;
}

/* --- Comparisons ------------------------------------------------------------------------------- */

enum sign { LESS, LESS_EQUAL, MORE, MORE_EQUAL, EQUAL, NOT_EQUAL, NO_SIGN };

static enum sign take_comparison(struct reader *reader)
{
    static const struct {
        const char *text;
        enum sign sign;
    } signs[] = {{"<=", LESS_EQUAL}, {">=", MORE_EQUAL}, {"==", EQUAL},
                 {"!=", NOT_EQUAL},  {"<", LESS},        {">", MORE}};
    skip_blanks(reader);
    for (size_t k = 0; k < sizeof signs / sizeof *signs; k++) {
        size_t bytes = strlen(signs[k].text);
        if (strncmp(reader->text + reader->at, signs[k].text, bytes) == 0) {
            reader->at += bytes;
            return signs[k].sign;
        }
    }
    fail(reader, "<, <=, >, >=, == or !=");
    return NO_SIGN;
}

static bool compared(double a, enum sign sign, double b)
{
    switch (sign) {
    case LESS: return a < b;
    case LESS_EQUAL: return a <= b;
    case MORE: return a > b;
    case MORE_EQUAL: return a >= b;
    case EQUAL: return a == b;
    case NOT_EQUAL: return a != b;
    default: return false;
    }
}

static bool comparison(struct reader *reader, bool needed)
{
    if (take_sign(reader, '(')) {
        bool holds = condition(reader, needed);
        if (!reader->failed && !take_sign(reader, ')'))
            fail(reader, "')'");
        return holds;
    }
    double a = side(reader, needed);
    if (reader->failed)
        return false;
    enum sign sign = take_comparison(reader);
    if (reader->failed)
        return false;
    return compared(a, sign, side(reader, needed));
}

static bool factor(struct reader *reader, bool needed)
{
    bool turned = false;
    while (take_word(reader, "not"))
        turned = !turned;
    return comparison(reader, needed) != turned;
}

static bool term(struct reader *reader, bool needed)
{
    bool holds = factor(reader, needed);
    while (!reader->failed && take_word(reader, "and")) {
        bool next = factor(reader, needed && holds);
        holds = holds && next;
    }
    return holds;
}

static bool condition(struct reader *reader, bool needed)
{
    if (++reader->depth > DEPTH_MOST)
        fail(reader, "fewer parentheses");
    bool holds = !reader->failed && term(reader, needed);
    while (!reader->failed && take_word(reader, "or")) {
        bool next = term(reader, needed && !holds);
        holds = holds || next;
    }
    reader->depth--;
    return holds;
}

static int read_all(struct reader *reader, bool *holds)
{
    bool found = condition(reader, reader->figures != NULL);
    skip_blanks(reader);
    if (!reader->failed && reader->text[reader->at])
        fail(reader, "'and', 'or', or the end");
    if (holds)
        *holds = found;
    return reader->failed ? -1 : 0;
}

int expression_check(const char *text, const struct expression_name *names, size_t count,
                     struct uptake_error *error)
{
    struct reader reader = {.text = text, .names = names, .count = count, .error = error};
    return read_all(&reader, NULL);
}

int expression_holds(const char *text, const struct expression_name *names,
                     const struct result_figure *figures, size_t count, bool *holds,
                     struct uptake_error *error)
{
    struct reader reader = {
        .text = text, .names = names, .figures = figures, .count = count, .error = error};
    return read_all(&reader, holds);
}
