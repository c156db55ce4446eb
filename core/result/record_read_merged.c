/* Merges of a record: scores, ranks, the order of the listing, parts. */
#include <string.h>

#include "result/record_read_internal.h"

static bool open_merge(struct record_loader *loader, struct result_merged *merged)
{
    uint64_t n = loader->record->model.innovations;
    double **numbers[] = {&merged->score, &merged->score_low, &merged->score_high,
                          &merged->coverage};
    uint32_t **ranks[] = {&merged->rank, &merged->rank_low, &merged->rank_high};
    for (size_t k = 0; k < 4; k++)
        *numbers[k] = record_array(loader, n, sizeof **numbers[k]);
    for (size_t k = 0; k < 3; k++)
        *ranks[k] = record_array(loader, n, sizeof **ranks[k]);
    merged->order = record_array(loader, n, sizeof *merged->order);
    return !database_failed(loader->database);
}

static void read_merges(struct record_loader *loader)
{
    struct result *result = &loader->record->result;
    uint64_t count = record_rows(loader, "SELECT count(*) FROM merges");
    result->merges = record_array(loader, count, sizeof *result->merges);
    struct statement *row = statement_open(
        loader->database, "SELECT \"merge\", name, method, normalise, missing, better FROM merges "
                          "ORDER BY \"merge\"");
    if (count > loader->rows_most / result->model->innovations)
        database_refuse(loader->database, "it is damaged: it names more merges than it holds");
    while (result->n_merges < count && statement_next(row)) {
        if (statement_count(row, 0, count) != result->n_merges)
            database_refuse(loader->database, "it is damaged: merges are not counted from 0");
        struct result_merged merged = {.name = record_copy_of(loader, row, 1),
                                       .method = record_copy_of(loader, row, 2),
                                       .normalise = record_copy_of(loader, row, 3),
                                       .missing = record_copy_of(loader, row, 4),
                                       .better = record_word_of(loader, row, 5, record_better) - 1};
        if (!open_merge(loader, &merged))
            break;
        result->merges[result->n_merges++] = merged;
    }
    statement_close(row);
}

static uint32_t rank_of(struct statement *row, int column, uint64_t n)
{
    uint64_t rank = statement_count_or_none(row, column, n);
    return rank == UINT64_MAX ? 0 : (uint32_t)rank;
}

static void take_row(struct statement *row, struct result_merged *merged, uint64_t i, uint64_t n)
{
    merged->score[i] = statement_number(row, 2);
    merged->score_low[i] = statement_number(row, 3);
    merged->score_high[i] = statement_number(row, 4);
    merged->rank[i] = rank_of(row, 5, n);
    merged->rank_low[i] = rank_of(row, 6, n);
    merged->rank_high[i] = rank_of(row, 7, n);
    merged->coverage[i] = statement_number(row, 8);
}

/* Every innovation once in each merge. */
static void read_rows(struct record_loader *loader)
{
    struct result *result = &loader->record->result;
    uint64_t n = result->model->innovations, place = 0;
    size_t m = 0;
    uint8_t *seen = record_array(loader, n, 1);
    struct statement *row =
        statement_open(loader->database, "SELECT \"merge\", innovation, score, score_low, "
                                         "score_high, \"rank\", rank_low, rank_high, "
                                         "coverage, place FROM merged ORDER BY rowid");
    while (seen && statement_next(row)) {
        uint64_t i = statement_count(row, 1, n - 1);
        if (m == result->n_merges || statement_count(row, 0, INT64_MAX) != m ||
            statement_count(row, 9, n) != place || seen[i] == 1 + (m & 1)) {
            database_refuse(loader->database, "it is damaged: merged rows are out of order");
            break;
        }
        seen[i] = (uint8_t)(1 + (m & 1));
        result->merges[m].order[place] = i;
        take_row(row, &result->merges[m], i, n);
        if (++place == n)
            m++, place = 0;
    }
    if (m != result->n_merges)
        database_refuse(loader->database, "it is damaged: merged rows are missing");
    statement_close(row);
}

static void read_notes(struct record_loader *loader)
{
    struct result *result = &loader->record->result;
    uint64_t count = record_rows(loader, "SELECT count(*) FROM merge_notes");
    const char **notes = record_array(loader, count, sizeof *notes);
    struct statement *row = statement_open(
        loader->database, "SELECT \"merge\", text FROM merge_notes ORDER BY \"merge\", rowid");
    for (uint64_t k = 0; k < count && result->n_merges > 0 && statement_next(row); k++) {
        struct result_merged *merged =
            &result->merges[statement_count(row, 0, result->n_merges - 1)];
        notes[k] = record_copy_of(loader, row, 1);
        if (merged->n_notes++ == 0)
            merged->notes = notes + k;
    }
    statement_close(row);
}

/* --- Parts ------------------------------------------------------------------------------------- */

static struct result_part part_of(struct record_loader *loader, struct statement *row)
{
    const struct result *result = &loader->record->result;
    uint64_t n = result->model->innovations;
    struct result_part part = {
        .innovation = statement_count(row, 1, n - 1),
        .measure = record_copy(loader, row, 2),
        .plugin = SIZE_MAX,
        .value = statement_number(row, 4),
        .low = statement_number(row, 5),
        .high = statement_number(row, 6),
        .normalised = statement_number(row, 7),
        .weight = statement_number(row, 8),
        .contribution = statement_number(row, 9),
        .rank_low = {rank_of(row, 10, n), rank_of(row, 12, n)},
        .rank_high = {rank_of(row, 11, n), rank_of(row, 13, n)},
        .places = statement_number(row, 14),
        .score = statement_number(row, 15),
    };
    uint64_t write = statement_count_or_none(row, 3, loader->n_writes ? loader->n_writes - 1 : 0);
    if (write < loader->n_writes) {
        part.plugin = loader->write_plugins[write];
        part.write = (size_t)(loader->writes[write] - result->plugins[part.plugin].columns);
    }
    return part;
}

static void read_parts(struct record_loader *loader)
{
    struct result *result = &loader->record->result;
    uint64_t count = record_rows(loader, "SELECT count(*) FROM parts");
    struct result_part *parts = record_array(loader, count, sizeof *parts);
    struct statement *row = statement_open(
        loader->database,
        "SELECT \"merge\", innovation, measure, \"write\", value, low, high, normalised, weight, "
        "contribution, worst_rank_low, worst_rank_high, best_rank_low, best_rank_high, places, "
        "score "
        "FROM parts ORDER BY \"merge\", rowid");
    for (uint64_t k = 0; k < count && result->n_merges > 0 && statement_next(row); k++) {
        struct result_merged *merged =
            &result->merges[statement_count(row, 0, result->n_merges - 1)];
        parts[k] = part_of(loader, row);
        if (merged->n_parts++ == 0)
            merged->parts = parts + k;
    }
    statement_close(row);
}

void record_read_merged(struct record_loader *loader)
{
    read_merges(loader);
    if (database_failed(loader->database))
        return;
    read_rows(loader);
    read_notes(loader);
    read_parts(loader);
}
