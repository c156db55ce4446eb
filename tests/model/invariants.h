/*
 * What holds for every model that was loaded, whatever stood in its files: offsets fit, every code
 * names something, low <= best <= high. Shared by the tests and the fuzzer; answers NULL, or what
 * is broken.
 */
#ifndef TESTS_MODEL_INVARIANTS_H
#define TESTS_MODEL_INVARIANTS_H

#include <math.h>
#include <stdio.h>

#include "model/model.h"

static inline bool code_fits(int64_t code, int64_t count)
{
    return (code >= 0 && code < count) || code == UPTAKE_OTHER ||
           (code <= -UPTAKE_LEFT_OUT && code >= -UPTAKE_NOT_ASSESSED);
}

static inline const char *broken_number(const struct model_column *column, uint64_t row)
{
    double best = ((const double *)column->values)[row], low, high;
    int kind = model_doubt_at(column, row, &low, &high);
    if (kind < UPTAKE_EXACT || kind > UPTAKE_IS_SUPPRESSED)
        return "a kind of doubt";
    if (kind == UPTAKE_IS_SUPPRESSED)
        return uptake_why(best) != UPTAKE_SUPPRESSED || !(low <= high) ? "suppressed" : NULL;
    if (isnan(best))
        return kind != UPTAKE_EXACT || uptake_why(best) > UPTAKE_SUPPRESSED ? "a missing number"
                                                                            : NULL;
    return isinf(best) || !(low <= best && best <= high) ? "low <= best <= high" : NULL;
}

static inline const char *broken_value(const struct model *model, const struct model_column *column,
                                       uint64_t row)
{
    int64_t choices = 0;
    struct uptake_period period;
    switch (column->type) {
    case UPTAKE_NUMBER: return broken_number(column, row);
    case UPTAKE_CHOICE:
        while (column->choices && column->choices[choices])
            choices++;
        return code_fits(((const int16_t *)column->values)[row], choices) ? NULL : "a choice";
    case UPTAKE_TEXT:
        return code_fits(((const int32_t *)column->values)[row], (int64_t)model->text_count)
                   ? NULL
                   : "a text";
    case UPTAKE_REF:
        return code_fits(((const int64_t *)column->values)[row], 1 << 30) ? NULL : "a reference";
    case UPTAKE_VERDICT:
        return code_fits(((const int8_t *)column->values)[row], UPTAKE_RULE_NOT_APPLICABLE + 1)
                   ? NULL
                   : "a verdict";
    case UPTAKE_FLAG: return code_fits(((const int8_t *)column->values)[row], 2) ? NULL : "a flag";
    case UPTAKE_DATE:
        period = ((const struct uptake_period *)column->values)[row];
        return period.start <= period.end && uptake_why_date(period) <= UPTAKE_NOT_ASSESSED
                   ? NULL
                   : "a date";
    default: return "a type";
    }
}

static inline const char *broken_column(const struct model *model, const struct model_table *table,
                                        const struct model_column *column)
{
    for (uint64_t k = 0; k < column->n_doubts; k++)
        if (column->doubts[k].row >= table->rows ||
            (k && column->doubts[k].row <= column->doubts[k - 1].row))
            return "doubts' rows ascend";
    for (uint64_t row = 0; column->values && row < table->rows; row++) {
        const char *broken = broken_value(model, column, row);
        if (broken)
            return broken;
    }
    return column->name ? NULL : "a column's name";
}

static inline const char *broken_offsets(const struct model *model, const struct model_table *table)
{
    if (table->parent == MODEL_NO_TABLE)
        return table->offsets ? "offsets without a parent" : NULL;
    if (table->parents != model->tables[table->parent].rows || table->offsets[0] != 0 ||
        table->offsets[table->parents] != (int64_t)table->rows)
        return "offsets' ends";
    for (uint64_t parent = 0; parent < table->parents; parent++) {
        if (table->offsets[parent] > table->offsets[parent + 1])
            return "offsets ascend";
        if (table->why &&
            (table->why[parent] < UPTAKE_PRESENT || table->why[parent] > UPTAKE_NOT_ASSESSED))
            return "why a list is empty";
    }
    for (uint64_t row = 0; row < table->rows; row += 1 + table->rows / 64) {
        uint64_t parent = model_parent(table, row);
        if (table->offsets[parent] > (int64_t)row || table->offsets[parent + 1] <= (int64_t)row)
            return "model_parent";
    }
    return NULL;
}

static inline const char *model_broken(const struct model *model)
{
    for (size_t t = 0; t < model->n_tables; t++) {
        const struct model_table *table = &model->tables[t];
        const char *broken = broken_offsets(model, table);
        for (size_t c = 0; !broken && c < table->n_columns; c++)
            broken = broken_column(model, table, &table->columns[c]);
        for (uint64_t row = 0; !broken && table->because && row < table->rows; row++)
            if (!code_fits(table->because[row], (int64_t)model->text_count))
                broken = "because";
        for (uint64_t row = 0; !broken && table->basis && row < table->rows; row++)
            if (table->basis[row] > (BASIS_DESK | BASIS_HINDSIGHT | BASIS_NO_EVIDENCE))
                broken = "basis";
        if (broken)
            return broken;
    }
    return NULL;
}

#endif
