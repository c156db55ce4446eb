/* What a case expects, held against what the plugin answered: see cases.h. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"
#include "check/cases_internal.h"

/* Where nothing else is said a number agrees to a billionth, of it or of one. */
static const double tolerance_default = 1e-9;

/* Whom a part of `expect` is about. */
struct subject {
    struct case_run *run;
    const struct result_plugin *answer;
    const struct model *model;
    uint64_t innovation; /* UINT64_MAX: the portfolio */
    const char *name;
};

static bool is_portfolio(const struct subject *subject)
{
    return subject->innovation == UINT64_MAX;
}

/* --- Numbers, choices, texts ------------------------------------------------------------------- */

static const char *number_text(char text[NUMBER_BYTES], double x)
{
    if (!isfinite(x))
        return isnan(x) ? "missing" : "open";
    number_print(text, x);
    return text;
}

/* Where a value stands, for messages: "'a': gap", "'a': gap, row 2". */
struct spot {
    const struct result_column *column;
    uint64_t row;
    char text[160];
};

/* "open": an end of a range that nobody knows. */
static bool number_of(const struct tree *tree, double *x)
{
    if (tree->kind == YAML_SCALAR && tree->plain && strcmp(tree->text, "open") == 0) {
        *x = UPTAKE_NO_LIMIT;
        return true;
    }
    return tree->kind == YAML_SCALAR && tree->plain && number_parse(tree->text, tree->bytes, x);
}

static void expect_number(const struct subject *subject, const struct spot *spot,
                          const struct tree *wanted, double found, double tolerance,
                          const char *which)
{
    char first[NUMBER_BYTES], second[NUMBER_BYTES], what[96];
    double x = (double)NAN;
    if (!tree_is_null(wanted) && !number_of(wanted, &x)) {
        cases_wrong(subject->run, wanted->place, "%s: found %s; expected a number, or null",
                    spot->column->write->name, tree_what(wanted, what));
        return;
    }
    bool same = isnan(x)   ? isnan(found)
                : isinf(x) ? isinf(found)
                           : fabs(found - x) <=
                                 (tolerance > 0 ? tolerance : tolerance_default * fmax(1, fabs(x)));
    if (!same)
        cases_differ(subject->run, wanted->place, "%s%s is %s, expected %s", spot->text, which,
                     number_text(first, found), number_text(second, x));
}

/* {value, low, high, tolerance} */
static void expect_bounds(const struct subject *subject, const struct spot *spot,
                          const struct tree *wanted)
{
    static const char *const keys[] = {"value", "low", "high", "tolerance", NULL};
    const struct result_column *column = spot->column;
    const double *const arrays[] = {column->values, column->low ? column->low : column->values,
                                    column->high ? column->high : column->values};
    static const char *const which[] = {"", ", its low,", ", its high,"};
    double tolerance = 0;
    const struct tree *given = tree_get(wanted, "tolerance");
    if (!cases_keys(subject->run, wanted, "an expected number", keys))
        return;
    if (given && (!number_of(given, &tolerance) || tolerance < 0)) {
        cases_wrong(subject->run, given->place, "tolerance: expected a number of at least 0");
        return;
    }
    for (int k = 0; k < 3; k++) {
        const struct tree *part = tree_get(wanted, keys[k]);
        if (part)
            expect_number(subject, spot, part, arrays[k][spot->row], tolerance, which[k]);
    }
}

static void expect_words(const struct subject *subject, const struct spot *spot,
                         const struct tree *wanted, const char *found)
{
    char what[96], quoted[72];
    bool missing = tree_is_null(wanted);
    if (wanted->kind != YAML_SCALAR)
        cases_wrong(subject->run, wanted->place, "%s: found %s; expected a text, or null",
                    spot->column->write->name, tree_what(wanted, what));
    else if (missing ? found != NULL : !found || strcmp(found, wanted->text) != 0)
        cases_differ(subject->run, wanted->place, "%s is %s%s%s, expected %s", spot->text,
                     found ? "'" : "", found ? text_quote(quoted, found, strlen(found)) : "missing",
                     found ? "'" : "", tree_what(wanted, what));
}

static void expect_value(const struct subject *subject, const struct spot *spot,
                         const struct tree *wanted)
{
    const struct result_column *column = spot->column;
    char text[UPTAKE_TEXT_BYTES + 1];
    if (column->write->type == UPTAKE_NUMBER && wanted->kind == YAML_MAP) {
        expect_bounds(subject, spot, wanted);
    } else if (column->write->type == UPTAKE_NUMBER) {
        expect_number(subject, spot, wanted, column->values[spot->row], 0, "");
    } else if (column->write->type == UPTAKE_CHOICE) {
        int32_t code = column->codes[spot->row];
        expect_words(subject, spot, wanted, code < 0 ? NULL : column->write->choices[code]);
    } else {
        size_t bytes = result_text(subject->answer, column, spot->row, text);
        expect_words(subject, spot, wanted, bytes ? text : NULL);
    }
}

/* --- Writes ------------------------------------------------------------------------------------ */

/* The rows of a column that are the subject's. False: none can be. */
static bool rows_of(const struct subject *subject, const struct result_column *column,
                    uint64_t *from, uint64_t *to)
{
    const struct model_table *table =
        column->table == MODEL_NO_TABLE ? NULL : &subject->model->tables[column->table];
    bool of_portfolio = !table || (column->table != 0 && table->parent == MODEL_NO_TABLE);
    *from = 0;
    *to = column->rows;
    if (of_portfolio || is_portfolio(subject))
        return of_portfolio && is_portfolio(subject);
    *from = subject->innovation;
    *to = *from + 1;
    uint32_t chain[16], depth = 0;
    for (uint32_t t = column->table; t != 0 && depth < 16; t = subject->model->tables[t].parent)
        chain[depth++] = t;
    while (depth-- > 0) {
        *from = (uint64_t)subject->model->tables[chain[depth]].offsets[*from];
        *to = (uint64_t)subject->model->tables[chain[depth]].offsets[*to];
    }
    return true;
}

static bool is_one(const struct result_column *column)
{
    return column->table == 0 || column->table == MODEL_NO_TABLE;
}

static void expect_rows(const struct subject *subject, const struct result_column *column,
                        uint64_t from, uint64_t to, const struct tree *wanted)
{
    char what[96];
    struct spot spot = {.column = column};
    if (wanted->kind != YAML_LIST) {
        cases_wrong(subject->run, wanted->place,
                    "%s: found %s; expected a list, a value for each row of %s",
                    column->write->name, tree_what(wanted, what), column->write->entity);
        return;
    }
    if (wanted->count != to - from) {
        cases_differ(subject->run, wanted->place, "'%s': %s has %llu rows, expected %zu",
                     subject->name, column->write->name, (unsigned long long)(to - from),
                     wanted->count);
        return;
    }
    for (size_t k = 0; k < wanted->count; k++) {
        spot.row = from + k;
        snprintf(spot.text, sizeof spot.text, "'%s': %s, row %zu,", subject->name,
                 column->write->name, k + 1);
        expect_value(subject, &spot, &wanted->values[k]);
    }
}

static void expect_write(const struct subject *subject, const struct tree *key,
                         const struct tree *wanted)
{
    const struct plugin *plugin = subject->answer->plugin;
    size_t index = plan_write_find(plugin, key->text);
    struct nearest nearest;
    char quoted[72], hint[96];
    uint64_t from, to;
    if (index == SIZE_MAX) {
        nearest_start(&nearest, key->text, key->bytes);
        for (size_t k = 0; k < plugin->n_writes; k++)
            nearest_offer(&nearest, plugin->writes[k].name);
        cases_wrong(subject->run, key->place, "%s writes no '%s'%s", plugin->id,
                    text_quote(quoted, key->text, key->bytes), nearest_hint(&nearest, hint));
        return;
    }
    const struct result_column *column = &subject->answer->columns[index];
    if (!rows_of(subject, column, &from, &to)) {
        cases_wrong(subject->run, key->place, "%s is written %s", key->text,
                    is_portfolio(subject) ? "for each innovation: expect it there"
                                          : "for the portfolio: expect it under /");
        return;
    }
    struct spot spot = {.column = column, .row = from};
    snprintf(spot.text, sizeof spot.text, "'%s': %s", subject->name, column->write->name);
    if (is_one(column))
        expect_value(subject, &spot, wanted);
    else
        expect_rows(subject, column, from, to, wanted);
}

/* --- Findings ---------------------------------------------------------------------------------- */

static const char *const levels[] = {"", "blocks", "risks", "helps", "unknown", NULL};

static void notes_of(const struct subject *subject, uint64_t *from, uint64_t *to)
{
    const struct result_plugin *answer = subject->answer;
    uint64_t innovations = subject->model->innovations;
    *from = is_portfolio(subject) ? answer->notes_at[innovations]
                                  : answer->notes_at[subject->innovation];
    *to = is_portfolio(subject) ? answer->n_notes : answer->notes_at[subject->innovation + 1];
}

static bool has_finding(const struct subject *subject, const char *level, const char *contains)
{
    char text[UPTAKE_TEXT_BYTES + 1];
    uint64_t from, to;
    notes_of(subject, &from, &to);
    for (; from < to; from++) {
        struct result_note note = result_note(subject->answer, from);
        result_note_text(subject->answer, &note, text);
        if ((!level || strcmp(levels[note.level], level) == 0) &&
            (!contains || strstr(text, contains)))
            return true;
    }
    return false;
}

static const char *scalar_of(const struct tree *map, const char *key)
{
    const struct tree *value = tree_get(map, key);
    return value && value->kind == YAML_SCALAR ? value->text : NULL;
}

static void expect_finding(const struct subject *subject, const struct tree *wanted)
{
    static const char *const keys[] = {"level", "contains", NULL};
    char first[UPTAKE_TEXT_BYTES + 1] = "";
    uint64_t from, to;
    if (!cases_keys(subject->run, wanted, "an expected finding", keys))
        return;
    const char *level = scalar_of(wanted, "level"), *contains = scalar_of(wanted, "contains");
    bool known = !level;
    for (size_t k = 1; levels[k] && level; k++)
        known |= strcmp(levels[k], level) == 0;
    if (!known) {
        cases_wrong(subject->run, tree_get(wanted, "level")->place,
                    "level: expected blocks, risks, helps or unknown");
        return;
    }
    if (has_finding(subject, level, contains))
        return;
    notes_of(subject, &from, &to);
    if (from < to) {
        struct result_note note = result_note(subject->answer, from);
        result_note_text(subject->answer, &note, first);
    }
    cases_differ(subject->run, wanted->place, "'%s' has no such finding among its %llu%s%.120s",
                 subject->name, (unsigned long long)(to - from), *first ? "; the first: " : "",
                 first);
}

static void expect_findings(const struct subject *subject, const struct tree *wanted)
{
    char what[96], text[UPTAKE_TEXT_BYTES + 1];
    uint64_t from, to;
    if (wanted->kind != YAML_LIST) {
        cases_wrong(subject->run, wanted->place,
                    "findings: found %s; expected a list of {level, contains}",
                    tree_what(wanted, what));
        return;
    }
    notes_of(subject, &from, &to);
    if (wanted->count == 0 && from < to) {
        struct result_note note = result_note(subject->answer, from);
        result_note_text(subject->answer, &note, text);
        cases_differ(subject->run, wanted->place, "'%s' has a finding, expected none: %.160s",
                     subject->name, text);
    }
    for (size_t k = 0; k < wanted->count; k++)
        expect_finding(subject, &wanted->values[k]);
}

/* --- Skips, and the whole ---------------------------------------------------------------------- */

static void expect_skip(const struct subject *subject, const struct tree *wanted)
{
    char status[UPTAKE_TEXT_BYTES + 32], what[96];
    result_status_text(subject->answer, subject->innovation, status);
    if (wanted->kind != YAML_SCALAR)
        cases_wrong(subject->run, wanted->place, "skip: found %s; expected words of the reason",
                    tree_what(wanted, what));
    else if (strncmp(status, "skipped", 7) != 0 || !strstr(status, wanted->text))
        cases_differ(subject->run, wanted->place, "'%s' is %.200s, expected skipped: %.60s",
                     subject->name, status, wanted->text);
}

static void expect_writes(const struct subject *subject, const struct tree *wanted)
{
    char status[UPTAKE_TEXT_BYTES + 32], what[96];
    if (wanted->kind != YAML_MAP) {
        cases_wrong(subject->run, wanted->place, "writes: found %s; expected {NAME: value}",
                    tree_what(wanted, what));
        return;
    }
    if (!is_portfolio(subject) && subject->answer->states[subject->innovation] != RESULT_OK) {
        result_status_text(subject->answer, subject->innovation, status);
        cases_differ(subject->run, wanted->place, "'%s' is %.200s, expected values", subject->name,
                     status);
        return;
    }
    for (size_t k = 0; k < wanted->count; k++)
        expect_write(subject, &wanted->keys[k], &wanted->values[k]);
}

static bool find_subject(struct subject *subject, const struct tree *key)
{
    char quoted[72];
    subject->name = key->text;
    subject->innovation = UINT64_MAX;
    if (strcmp(key->text, "/") == 0)
        return true;
    for (uint64_t i = 0; i < subject->model->innovations; i++)
        if (strcmp(model_text(subject->model, subject->model->ids[i]), key->text) == 0)
            subject->innovation = i;
    if (subject->innovation == UINT64_MAX)
        cases_wrong(subject->run, key->place, "the case's model has no innovation '%s'",
                    text_quote(quoted, key->text, key->bytes));
    return subject->innovation != UINT64_MAX;
}

void cases_expect(struct case_run *run, const struct tree *expect)
{
    static const char *const keys[] = {"writes", "findings", "skip", NULL};
    static const struct {
        const char *key;
        void (*function)(const struct subject *subject, const struct tree *wanted);
    } parts[] = {{"skip", expect_skip}, {"writes", expect_writes}, {"findings", expect_findings}};
    struct subject subject = {
        .run = run, .answer = &run->trial->result.plugins[0], .model = &run->trial->model};
    if (subject.answer->status != PLUGIN_OK)
        cases_differ(run, expect->place, "the plugin failed: %.300s",
                     subject.answer->n_messages ? subject.answer->messages[0]
                                                : "an answer of it is not as it declares");
    for (size_t k = 0; k < expect->count; k++) {
        const struct tree *wanted = &expect->values[k];
        if (!cases_keys(run, wanted, "what is expected of an innovation", keys) ||
            !find_subject(&subject, &expect->keys[k]))
            continue;
        for (size_t p = 0; p < sizeof parts / sizeof *parts; p++)
            if (tree_get(wanted, parts[p].key) && !(p == 0 && is_portfolio(&subject)))
                parts[p].function(&subject, tree_get(wanted, parts[p].key));
    }
}
