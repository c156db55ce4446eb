/* Merges as rows of a record: scores, parts, what an order hangs on. */
#include "result/record_internal.h"

/* --- Merges ------------------------------------------------------------------------------------ */

static struct database_value rank(uint32_t rank)
{
    return value_count_if(rank > 0, rank);
}

struct merged_rows {
    const struct result_merged *merged;
    uint64_t merge, n, place;
    struct database_value more;
};

static bool next_merged(void *data, struct database_value *values)
{
    struct merged_rows *at = data;
    const struct result_merged *merged = at->merged;
    if (at->place == at->n)
        return false;
    uint64_t i = merged->order[at->place];
    values[0] = value_count(at->merge);
    values[1] = value_count(i);
    values[2] = value_number(merged->score[i]);
    values[3] = value_number(merged->score_low[i]);
    values[4] = value_number(merged->score_high[i]);
    values[5] = rank(merged->rank[i]);
    values[6] = rank(merged->rank_low[i]);
    values[7] = rank(merged->rank_high[i]);
    values[8] = value_number(merged->coverage[i]);
    values[9] = value_count(at->place++);
    if (at->more.kind != DATABASE_NULL)
        values[10] = at->more;
    return true;
}

void record_merged_rows(struct record_saver *saver, const char *table,
                        const struct result_merged *merged, uint64_t m, struct database_value more)
{
    struct merged_rows rows = {merged, m, saver->result->model->innovations, 0, more};
    database_fill(saver->database, table, more.kind == DATABASE_NULL ? 10 : 11, next_merged, &rows);
}

static void put_part(struct statement *insert, const struct result_part *part, uint64_t m,
                     const struct result *result)
{
    bool written = part->plugin != SIZE_MAX && part->measure;
    uint64_t number = written ? record_first_write(result, part->plugin) + part->write : 0;
    STATEMENT_PUT(insert, value_count(m), value_count(part->innovation), value_text(part->measure),
                  value_count_if(written, number), value_number(part->value),
                  value_number(part->low), value_number(part->high), value_number(part->normalised),
                  value_number(part->weight), value_number(part->contribution),
                  rank(part->rank_low[0]), rank(part->rank_high[0]), rank(part->rank_low[1]),
                  rank(part->rank_high[1]), value_number(part->places), value_number(part->score));
}

static void save_parts(struct record_saver *saver)
{
    const struct result *result = saver->result;
    struct statement *insert = statement_open(
        saver->database, "INSERT INTO parts VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, "
                         "?12, ?13, ?14, ?15, ?16)");
    for (size_t m = 0; m < result->n_merges; m++)
        for (size_t k = 0; k < result->merges[m].n_parts; k++)
            put_part(insert, &result->merges[m].parts[k], m, result);
    statement_close(insert);
}

static void save_notes(struct record_saver *saver)
{
    const struct result *result = saver->result;
    struct statement *insert =
        statement_open(saver->database, "INSERT INTO merge_notes VALUES (?1, ?2)");
    for (size_t m = 0; m < result->n_merges; m++)
        for (size_t k = 0; k < result->merges[m].n_notes; k++)
            STATEMENT_PUT(insert, value_count(m), value_text(result->merges[m].notes[k]));
    statement_close(insert);
}

/* --- What each score is made of ----------------------------------------------------------------- */

struct parts {
    const struct result_merge_parts *all;
    uint64_t merge;
    size_t at; /* an innovation of a measure; an innovation of an extra */
};

static bool next_kept(void *data, struct database_value *values)
{
    struct parts *parts = data;
    const struct result_merge_parts *all = parts->all;
    if (!all->value || parts->at == all->n_measures * all->n_innovations)
        return false;
    values[0] = value_count(parts->merge);
    values[1] = value_count(parts->at % all->n_innovations);
    values[2] = value_count(parts->at / all->n_innovations);
    values[3] = value_number(all->value[parts->at]);
    values[4] = value_number(all->weight[parts->at]);
    values[5] = value_number(all->contribution[parts->at]);
    parts->at++;
    return true;
}

static bool next_extra(void *data, struct database_value *values)
{
    struct parts *parts = data;
    const struct result_merge_parts *all = parts->all;
    if (parts->at == all->n_extras * all->n_innovations)
        return false;
    uint64_t i = parts->at % all->n_innovations;
    size_t extra = parts->at++ / all->n_innovations;
    values[0] = value_count(parts->merge);
    values[1] = value_count(i);
    values[2] = value_text(all->extra_names[extra]);
    values[3] = value_number(all->extra[extra][i]);
    return true;
}

static void save_kept(struct record_saver *saver)
{
    const struct result *result = saver->result;
    struct statement *weight =
        statement_open(saver->database, "INSERT INTO merge_measures VALUES (?1, ?2, ?3, ?4)");
    struct statement *figure =
        statement_open(saver->database, "INSERT INTO merge_figures VALUES (?1, ?2, ?3, ?4)");
    for (size_t m = 0; m < result->n_merges; m++) {
        const struct result_merged *merged = &result->merges[m];
        const struct result_merge_parts *all = &merged->all;
        struct parts kept = {all, m, 0}, extra = {all, m, 0};
        for (size_t k = 0; k < all->n_measures; k++)
            STATEMENT_PUT(weight, value_count(m), value_count(k), value_text(all->measures[k]),
                          value_number(all->weights[k]));
        for (size_t k = 0; k < merged->n_figures; k++)
            STATEMENT_PUT(figure, value_count(m), value_text(merged->figures[k].name),
                          value_number(merged->figures[k].value),
                          value_count(merged->figures[k].flag));
        database_fill(saver->database, "merge_parts", 6, next_kept, &kept);
        database_fill(saver->database, "merge_extras", 4, next_extra, &extra);
    }
    statement_close(weight);
    statement_close(figure);
}

/* --- What an order hangs on ------------------------------------------------------------------------ */

static void save_influence(struct record_saver *saver)
{
    const struct result *result = saver->result;
    struct statement *of = statement_open(
        saver->database,
        "INSERT INTO influence VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)");
    struct statement *reversal =
        statement_open(saver->database, "INSERT INTO reversals VALUES (?1, ?2, ?3)");
    for (size_t m = 0; m < result->n_merges; m++) {
        const struct result_merged *merged = &result->merges[m];
        for (size_t k = 0; k < merged->n_influence; k++) {
            const struct result_influence *x = &merged->influence[k];
            STATEMENT_PUT(of, value_count(m), value_text(x->measure), value_number(x->weight),
                          value_number(x->tau_b), value_number(x->largest_move),
                          value_count(x->top_changed), value_text(x->reason),
                          value_number(x->first[0]), value_number(x->first[1]),
                          value_number(x->top[0]), value_number(x->top[1]));
        }
        for (size_t k = 0; k < merged->n_reversals; k++)
            STATEMENT_PUT(reversal, value_count(m), value_count(merged->reversals[k].innovation),
                          value_count(merged->reversals[k].moved));
    }
    statement_close(of);
    statement_close(reversal);
}

/* --- The whole ------------------------------------------------------------------------------------- */

void record_merged(struct record_saver *saver)
{
    const struct result *result = saver->result;
    struct statement *merge = statement_open(
        saver->database, "INSERT INTO merges VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)");
    for (size_t m = 0; m < result->n_merges; m++) {
        const struct result_merged *merged = &result->merges[m];
        STATEMENT_PUT(merge, value_count(m), value_text(merged->name), value_text(merged->method),
                      value_text(merged->normalise), value_text(merged->missing),
                      value_text(record_better[merged->better + 1]), value_text(merged->weighting),
                      value_count(merged->not_a_bound), value_text(merged->failure),
                      value_text(merged->stability_reason));
        record_merged_rows(saver, "merged", merged, m, value_null());
    }
    statement_close(merge);
    save_notes(saver);
    save_parts(saver);
    save_kept(saver);
    save_influence(saver);
}
