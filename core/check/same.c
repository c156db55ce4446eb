/* Comparing two runs: see same.h. */
#include "check/same.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"

struct sides {
    const struct trial *a, *b;
    const struct result_plugin *one, *other;
    double tolerance;
    char *text;
    const char *id; /* of the innovation, or "the portfolio" */
};

/* --- Values ------------------------------------------------------------------------------------ */

static bool same_number(double a, double b, double tolerance)
{
    if (isnan(a) || isnan(b))
        return isnan(a) && isnan(b) && uptake_why(a) == uptake_why(b);
    if (tolerance > 0)
        return fabs(a - b) <= tolerance * fmax(1, fmax(fabs(a), fabs(b)));
    uint64_t bits_a, bits_b;
    memcpy(&bits_a, &a, sizeof a);
    memcpy(&bits_b, &b, sizeof b);
    return bits_a == bits_b;
}

static const char *number_text(char text[NUMBER_BYTES], double x)
{
    if (isfinite(x))
        number_print(text, x);
    else
        snprintf(text, NUMBER_BYTES, "%s", isnan(x) ? "missing" : "infinite");
    return text;
}

static bool numbers(const struct sides *s, const char *name, const char *part, double a, double b)
{
    char one[NUMBER_BYTES], other[NUMBER_BYTES];
    if (same_number(a, b, s->tolerance))
        return true;
    snprintf(s->text, SAME_BYTES, "%s: %s%s is %s the first time and %s the second", s->id, name,
             part, number_text(one, a), number_text(other, b));
    return false;
}

static bool words(const struct sides *s, const char *name, const char *a, const char *b)
{
    if (strcmp(a, b) == 0)
        return true;
    snprintf(s->text, SAME_BYTES, "%s: %s is '%.120s' the first time and '%.120s' the second",
             s->id, name, a, b);
    return false;
}

/* Innovations, or rows of a list. */
static bool counts(const struct sides *s, const char *of, uint64_t a, uint64_t b)
{
    if (a == b)
        return true;
    snprintf(s->text, SAME_BYTES, "%s: %llu %s%s the first time and %llu the second", s->id,
             (unsigned long long)a, of, a == 1 ? "" : "s", (unsigned long long)b);
    return false;
}

static bool row(const struct sides *s, size_t w, uint64_t i, uint64_t j)
{
    const struct result_column *a = &s->one->columns[w], *b = &s->other->columns[w];
    const char *name = a->write->name;
    char one[UPTAKE_TEXT_BYTES + 1] = "", other[UPTAKE_TEXT_BYTES + 1] = "";
    if (a->write->type == UPTAKE_NUMBER)
        return numbers(s, name, "", a->values[i], b->values[j]) &&
               (!a->low || (numbers(s, name, ", its low,", a->low[i], b->low[j]) &&
                            numbers(s, name, ", its high,", a->high[i], b->high[j])));
    if (a->write->type == UPTAKE_CHOICE)
        return words(s, name, a->codes[i] < 0 ? "missing" : a->write->choices[a->codes[i]],
                     b->codes[j] < 0 ? "missing" : b->write->choices[b->codes[j]]);
    result_text(s->one, a, i, one);
    result_text(s->other, b, j, other);
    return words(s, name, one, other);
}

/* --- Findings ---------------------------------------------------------------------------------- */

static const struct model_table *table_of(const struct trial *trial, uint32_t table)
{
    return table == MODEL_NO_TABLE ? NULL : &trial->model.tables[table];
}

static uint64_t first_row(const struct trial *trial, uint32_t table, uint64_t innovation)
{
    const struct model_table *of = table_of(trial, table);
    return of && of->parent == 0 ? (uint64_t)of->offsets[innovation] : 0;
}

/* Finding k of either side. Where numbers may differ a little, so may their words. */
static bool finding(const struct sides *s, uint64_t i, uint64_t j, uint64_t ki, uint64_t kj)
{
    char one[UPTAKE_TEXT_BYTES + 1], other[UPTAKE_TEXT_BYTES + 1];
    struct result_note a = result_note(s->one, ki), b = result_note(s->other, kj);
    bool nested = a.table != MODEL_NO_TABLE && a.table != 0 &&
                  table_of(s->a, a.table)->parent != MODEL_NO_TABLE;
    bool same = a.level == b.level && a.table == b.table &&
                (!nested || i == UINT64_MAX ||
                 a.row - first_row(s->a, a.table, i) == b.row - first_row(s->b, b.table, j));
    result_note_text(s->one, &a, one);
    result_note_text(s->other, &b, other);
    if (!same) {
        snprintf(s->text, SAME_BYTES,
                 "%s: a finding is about something else the second time: '%.150s'", s->id, other);
        return false;
    }
    return s->tolerance > 0 || words(s, "a finding", one, other);
}

static bool findings(const struct sides *s, uint64_t i, uint64_t j)
{
    uint64_t n = s->a->model.innovations;
    uint64_t from = s->one->notes_at[i == UINT64_MAX ? n : i];
    uint64_t start = s->other->notes_at[j == UINT64_MAX ? n : j];
    uint64_t to = i == UINT64_MAX ? s->one->n_notes : s->one->notes_at[i + 1];
    uint64_t end = j == UINT64_MAX ? s->other->n_notes : s->other->notes_at[j + 1];
    if (to - from != end - start) {
        snprintf(s->text, SAME_BYTES, "%s: %llu findings the first time and %llu the second", s->id,
                 (unsigned long long)(to - from), (unsigned long long)(end - start));
        return false;
    }
    for (uint64_t k = 0; k < to - from; k++)
        if (!finding(s, i, j, from + k, start + k))
            return false;
    return true;
}

/* --- Innovations, and the portfolio -------------------------------------------------------------- */

static bool of_portfolio(const struct trial *trial, const struct result_column *column)
{
    const struct model_table *table = table_of(trial, column->table);
    return !table || (column->table != 0 && table->parent == MODEL_NO_TABLE);
}

static bool innovation(struct sides *s, uint64_t i, uint64_t j)
{
    char one[UPTAKE_TEXT_BYTES + 32], other[UPTAKE_TEXT_BYTES + 32];
    result_status_text(s->one, i, one);
    result_status_text(s->other, j, other);
    if (s->one->states[i] != s->other->states[j] || !(s->tolerance > 0))
        if (!words(s, "its status", one, other))
            return false;
    for (size_t w = 0; w < s->one->n_columns; w++) {
        uint64_t from, to, start, end;
        if (of_portfolio(s->a, &s->one->columns[w]))
            continue;
        model_rows(&s->a->model, s->one->columns[w].table, i, &from, &to);
        model_rows(&s->b->model, s->other->columns[w].table, j, &start, &end);
        if (!counts(s, "row", to - from, end - start))
            return false;
        for (; from < to; from++, start++)
            if (!row(s, w, from, start))
                return false;
    }
    return findings(s, i, j);
}

static uint64_t find_innovation(const struct trial *trial, const char *id, uint64_t guess)
{
    const struct model *model = &trial->model;
    if (guess < model->innovations && strcmp(model_text(model, model->ids[guess]), id) == 0)
        return guess;
    for (uint64_t i = 0; i < model->innovations; i++)
        if (strcmp(model_text(model, model->ids[i]), id) == 0)
            return i;
    return UINT64_MAX;
}

static bool portfolio(struct sides *s)
{
    s->id = "the portfolio";
    for (size_t w = 0; w < s->one->n_columns; w++) {
        const struct result_column *one = &s->one->columns[w], *other = &s->other->columns[w];
        if (!of_portfolio(s->a, one))
            continue;
        if (!counts(s, "row", one->rows, other->rows))
            return false;
        for (uint64_t k = 0; k < one->rows; k++)
            if (!row(s, w, k, k))
                return false;
    }
    return findings(s, UINT64_MAX, UINT64_MAX);
}

bool same_results(const struct trial *a, const struct trial *b, double tolerance,
                  char text[SAME_BYTES])
{
    struct sides s = {a, b, &a->result.plugins[0], &b->result.plugins[0], tolerance, text, ""};
    char id[80];
    text[0] = 0;
    s.id = "the portfolio";
    if (!counts(&s, "innovation", a->model.innovations, b->model.innovations))
        return false;
    for (uint64_t i = 0; i < a->model.innovations; i++) {
        const char *name = model_text(&a->model, a->model.ids[i]);
        uint64_t j = find_innovation(b, name, i);
        snprintf(id, sizeof id, "innovation '%.50s'", name);
        s.id = id;
        if (j == UINT64_MAX)
            snprintf(text, SAME_BYTES, "%s is not there the second time", id);
        if (j == UINT64_MAX || !innovation(&s, i, j))
            return false;
    }
    return portfolio(&s);
}
