/* Two results held against each other bit by bit; a missing number is its reason, however its NaN is made. */
#include "compare/identical.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { WHERE = 128 };

static bool same_bits(double a, double b)
{
    uint64_t bits_a, bits_b;
    memcpy(&bits_a, &a, sizeof a);
    memcpy(&bits_b, &b, sizeof b);
    return bits_a == bits_b;
}

static bool same_number(double a, double b)
{
    if (isnan(a) || isnan(b))
        return isnan(a) && isnan(b) && uptake_why(a) == uptake_why(b);
    return same_bits(a, b);
}

/* Scores and bounds have no reasons. */
static bool same_double(double a, double b)
{
    return isnan(a) ? isnan(b) : same_bits(a, b);
}

static bool same_bound(const double *a, const double *b, uint64_t row)
{
    return !a || !b ? !a == !b : same_double(a[row], b[row]);
}

static bool same_cell(const struct result_plugin *a, const struct result_column *x,
                      const struct result_plugin *b, const struct result_column *y, uint64_t row)
{
    char s[UPTAKE_TEXT_BYTES + 1], t[UPTAKE_TEXT_BYTES + 1];
    if (!same_bound(x->low, y->low, row) || !same_bound(x->high, y->high, row))
        return false;
    if (x->values)
        return same_number(x->values[row], y->values[row]);
    if (x->codes)
        return x->codes[row] == y->codes[row];
    result_text(a, x, row, s);
    result_text(b, y, row, t);
    return strcmp(s, t) == 0;
}

static bool same_columns(const struct result_plugin *a, const struct result_plugin *b,
                         char where[WHERE])
{
    if (a->n_columns != b->n_columns)
        return false;
    for (size_t w = 0; w < a->n_columns; w++) {
        const struct result_column *x = &a->columns[w], *y = &b->columns[w];
        snprintf(where, WHERE, "%s.%s", a->name, x->write->name);
        if (x->rows != y->rows || strcmp(x->write->name, y->write->name) != 0 ||
            x->write->type != y->write->type)
            return false;
        for (uint64_t row = 0; row < x->rows; row++)
            if (!same_cell(a, x, b, y, row)) {
                snprintf(where, WHERE, "%s.%s, row %" PRIu64, a->name, x->write->name, row);
                return false;
            }
    }
    return true;
}

static bool same_findings(const struct result_plugin *a, const struct result_plugin *b,
                          char where[WHERE])
{
    char s[UPTAKE_TEXT_BYTES + 1], t[UPTAKE_TEXT_BYTES + 1];
    snprintf(where, WHERE, "findings of %s", a->name);
    if (a->n_notes != b->n_notes)
        return false;
    for (uint64_t k = 0; k < a->n_notes; k++) {
        struct result_note x = result_note(a, k), y = result_note(b, k);
        result_note_text(a, &x, s);
        result_note_text(b, &y, t);
        if (x.innovation != y.innovation || x.level != y.level || strcmp(s, t) != 0)
            return false;
    }
    return true;
}

static bool same_statuses(const struct result_plugin *a, const struct result_plugin *b, uint64_t n,
                          char where[WHERE])
{
    char s[UPTAKE_TEXT_BYTES + 32], t[UPTAKE_TEXT_BYTES + 32];
    for (uint64_t i = 0; i < n; i++) {
        if (a->states[i] == RESULT_OK && b->states[i] == RESULT_OK)
            continue;
        result_status_text(a, i, s);
        result_status_text(b, i, t);
        snprintf(where, WHERE, "status of %s, innovation %" PRIu64, a->name, i);
        if (strcmp(s, t) != 0)
            return false;
    }
    return true;
}

static bool same_merge(const struct result_merged *a, const struct result_merged *b, uint64_t n,
                       char where[WHERE])
{
    for (uint64_t i = 0; i < n; i++) {
        snprintf(where, WHERE, "merge %s, innovation %" PRIu64, a->name, i);
        if (!same_double(a->score[i], b->score[i]) ||
            !same_double(a->score_low[i], b->score_low[i]) ||
            !same_double(a->score_high[i], b->score_high[i]) ||
            !same_double(a->coverage[i], b->coverage[i]) || a->rank[i] != b->rank[i] ||
            a->rank_low[i] != b->rank_low[i] || a->rank_high[i] != b->rank_high[i] ||
            a->order[i] != b->order[i])
            return false;
    }
    return true;
}

static bool same_ids(const struct model *a, const struct model *b)
{
    if (a->innovations != b->innovations)
        return false;
    for (uint64_t i = 0; i < a->innovations; i++)
        if (strcmp(model_text(a, a->ids[i]), model_text(b, b->ids[i])) != 0)
            return false;
    return true;
}

bool results_identical(const struct result *a, const struct result *b, char where[WHERE])
{
    uint64_t n = a->model->innovations;
    snprintf(where, WHERE, "innovations, plugins or merges");
    if (!same_ids(a->model, b->model) || a->n_plugins != b->n_plugins || a->n_merges != b->n_merges)
        return false;
    for (size_t p = 0; p < a->n_plugins; p++)
        if (!same_columns(&a->plugins[p], &b->plugins[p], where) ||
            !same_statuses(&a->plugins[p], &b->plugins[p], n, where) ||
            !same_findings(&a->plugins[p], &b->plugins[p], where))
            return false;
    for (size_t m = 0; m < a->n_merges; m++)
        if (!same_merge(&a->merges[m], &b->merges[m], n, where))
            return false;
    where[0] = '\0';
    return true;
}
