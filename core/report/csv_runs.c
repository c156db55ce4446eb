/* Two runs, or two versions of a plugin, compared, as one table: a line for each difference. */
#include <math.h>
#include <stdio.h>

#include "report/csv.h"
#include "report/runs.h"

bool runs_moved(const struct runs *runs, const struct runs_merge *merge, const struct runs_row *row)
{
    return row->a != UINT64_MAX && row->b != UINT64_MAX &&
           (merge->a->rank[row->a] != merge->b->rank[row->b] ||
            !runs_equal(&runs->options, merge->a->score[row->a], merge->b->score[row->b]));
}

static void put_class(struct csv *csv, const char *id, const char *what, enum runs_class class)
{
    static const char *const words[] = {"equal", "changed", "added", "removed"};
    csv_text(csv, id);
    csv_text(csv, what);
    csv_text(csv, words[class]);
}

static void csv_side(struct csv *csv, const struct result_plugin *plugin,
                     const struct result_column *column, uint64_t row)
{
    const struct view_measure measure = {.plugin = plugin, .column = column};
    if (column && row != UINT64_MAX)
        csv_value(csv, &measure, row);
    else
        csv_empty(csv);
}

static void csv_measure_lines(struct csv *csv, const struct runs *runs,
                              const struct runs_measure *measure)
{
    for (size_t k = 0; k < runs->n_rows; k++) {
        const struct runs_row *row = &runs->rows[k];
        double difference;
        enum runs_class found = runs_cell(runs, measure, k, &difference);
        if (found == RUNS_EQUAL)
            continue;
        put_class(csv, row->id, measure->name, found);
        csv_side(csv, measure->plugin_a, measure->a, row->a);
        csv_side(csv, measure->plugin_b, measure->b, row->b);
        csv_number(csv, difference);
        csv_line(csv);
    }
}

static void csv_merge_lines(struct csv *csv, const struct runs *runs,
                            const struct runs_merge *merge)
{
    static const char *const words[] = {"score", "rank"};
    for (size_t k = 0; merge->a && merge->b && k < runs->n_rows; k++) {
        const struct runs_row *row = &runs->rows[k];
        for (int rank = 0; rank < 2 && runs_moved(runs, merge, row); rank++) {
            char name[256];
            snprintf(name, sizeof name, "merge:%s.%s", merge->name, words[rank]);
            double x = rank ? merge->a->rank[row->a] : merge->a->score[row->a];
            double y = rank ? merge->b->rank[row->b] : merge->b->score[row->b];
            if (runs_equal(&runs->options, x, y))
                continue;
            put_class(csv, row->id, name, RUNS_CHANGED);
            csv_number(csv, rank && x == 0 ? (double)NAN : x);
            csv_number(csv, rank && y == 0 ? (double)NAN : y);
            csv_number(csv, y - x);
            csv_line(csv);
        }
    }
}

/* A line without numbers. id: "": of no innovation. */
static void put_words(struct csv *csv, const char *id, const char *what, enum runs_class class,
                      const char *before, const char *after)
{
    put_class(csv, id, what, class);
    csv_text(csv, before);
    csv_text(csv, after);
    csv_empty(csv);
    csv_line(csv);
}

static void csv_list_lines(struct csv *csv, const struct runs_list *list)
{
    static const enum runs_class classes[] = {RUNS_CHANGED, RUNS_ADDED, RUNS_REMOVED};
    const uint64_t counts[] = {list->of.changed, list->added, list->removed};
    char name[256];
    snprintf(name, sizeof name, "rows:%s", list->of.name);
    for (size_t k = 0; k < 3; k++) {
        if (counts[k] == 0)
            continue;
        put_class(csv, "", name, classes[k]);
        csv_empty(csv);
        csv_count(csv, counts[k]);
        csv_number(csv, k == 0 ? list->of.largest : (double)NAN);
        csv_line(csv);
    }
}

static void csv_status_lines(struct csv *csv, const struct runs *runs)
{
    for (size_t k = 0; k < runs->n_changes; k++) {
        const struct runs_status *change = &runs->changes[k];
        char name[256];
        snprintf(name, sizeof name, "status:%s", change->plugin);
        put_words(csv, runs->rows[change->row].id, name, RUNS_CHANGED, change->a, change->b);
    }
}

static void csv_finding_lines(struct csv *csv, const struct runs *runs)
{
    for (size_t k = 0; k < runs->n_findings; k++) {
        const struct runs_finding *finding = &runs->findings[k];
        char name[256];
        snprintf(name, sizeof name, "finding:%s.%s", finding->plugin, view_level(finding->level));
        put_words(csv, finding->row == SIZE_MAX ? "" : runs->rows[finding->row].id, name,
                  finding->added ? RUNS_ADDED : RUNS_REMOVED, finding->added ? NULL : finding->text,
                  finding->added ? finding->text : NULL);
    }
}

/* What each player of an attribution brought. */
static void csv_share_lines(struct csv *csv, const struct edits *edits,
                            const struct attribution_merge *merge)
{
    char name[512];
    for (size_t k = 0; k < merge->n_rows; k++) {
        const struct attribution_row *row = &merge->rows[k];
        for (unsigned share = 0; share < 2 * edits->n_players && !row->trouble; share++) {
            unsigned p = share / 2, rank = share % 2;
            snprintf(name, sizeof name, "why:%s.%s:%.300s", merge->name, rank ? "rank" : "score",
                     edits->players[p].name);
            put_class(csv, row->id, name, RUNS_CHANGED);
            csv_empty(csv);
            csv_empty(csv);
            csv_number(csv, rank ? row->rank_shares[p] : row->score_shares[p]);
            csv_line(csv);
        }
    }
}

void report_runs_csv(const struct runs *runs, const struct attribution *why, struct report_out *out)
{
    static const char *const header[] = {"innovation", "what",       "change", "before",
                                         "after",      "difference", NULL};
    struct csv csv = {.out = out};
    csv_header(&csv, header);
    for (size_t k = 0; k < runs->n_merges; k++)
        csv_merge_lines(&csv, runs, &runs->merges[k]);
    for (size_t k = 0; k < runs->n_measures; k++)
        csv_measure_lines(&csv, runs, &runs->measures[k]);
    for (size_t k = 0; k < runs->n_lists; k++)
        csv_list_lines(&csv, &runs->lists[k]);
    csv_status_lines(&csv, runs);
    csv_finding_lines(&csv, runs);
    for (size_t m = 0; why && !why->trouble && m < why->n_merges; m++)
        csv_share_lines(&csv, &why->edits, &why->merges[m]);
}

void report_versions_csv(const struct versions_report *report, struct report_out *out)
{
    const struct versions_search *search = &report->versions->search;
    struct csv csv = {.out = out};
    report_runs_csv(&report->versions->runs, NULL, out);
    for (size_t k = 0; k < report->declared.count; k++) {
        const struct runs_input *row = &report->declared.rows[k];
        char name[320];
        snprintf(name, sizeof name, "declared:%s", row->what);
        put_words(&csv, "", name,
                  !row->a   ? RUNS_ADDED
                  : !row->b ? RUNS_REMOVED
                            : RUNS_CHANGED,
                  row->a, row->b);
    }
    if (search->done)
        put_words(&csv, "", "search", search->found ? RUNS_CHANGED : RUNS_EQUAL, NULL,
                  search->what);
}
