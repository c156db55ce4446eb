/*
 * Scenarios as one tidy table: a line for each number, choice and text of each innovation, without the scenario and
 * with it. Of merges "merge:NAME.score", as in the one table; bounds as "NAME.WRITE.low" and "NAME.WRITE.high".
 */
#include <math.h>
#include <stdio.h>

#include "base/date.h"
#include "report/csv_folder.h"
#include "report/whatif.h"

struct line {
    struct csv *csv;
    const char *scenario, *id;
};

static void begin(const struct line *line, const char *measure, const char *part)
{
    char name[512];
    snprintf(name, sizeof name, "%s%s", measure, part);
    csv_text(line->csv, line->scenario);
    csv_text(line->csv, line->id);
    csv_text(line->csv, name);
}

static void put_numbers(const struct line *line, const char *measure, const char *part, double from,
                        double to)
{
    begin(line, measure, part);
    csv_number(line->csv, from);
    csv_number(line->csv, to);
    csv_number(line->csv, from == to ? 0 : to - from);
    csv_line(line->csv);
}

static void put_measure(const struct line *line, const struct view_measure *without,
                        const struct view_measure *with, uint64_t i)
{
    const struct result_column *a = without->column, *b = with->column;
    if (!a->values) {
        begin(line, without->name, "");
        csv_value(line->csv, without, i);
        csv_value(line->csv, with, i);
        csv_empty(line->csv);
        csv_line(line->csv);
        return;
    }
    put_numbers(line, without->name, "", a->values[i], b->values[i]);
    if (!view_has_bounds(a))
        return;
    put_numbers(line, without->name, ".low", a->low[i], b->low[i]);
    put_numbers(line, without->name, ".high", a->high[i], b->high[i]);
}

static double rank_number(uint64_t rank)
{
    return rank > 0 ? (double)rank : (double)NAN;
}

static void put_merge(const struct line *line, const struct result_merged *a,
                      const struct result_merged *b, uint64_t i)
{
    char name[300];
    snprintf(name, sizeof name, "merge:%s", a->name);
    put_numbers(line, name, ".score", a->score[i], b->score[i]);
    put_numbers(line, name, ".score_low", a->score_low[i], b->score_low[i]);
    put_numbers(line, name, ".score_high", a->score_high[i], b->score_high[i]);
    put_numbers(line, name, ".rank", rank_number(a->rank[i]), rank_number(b->rank[i]));
    put_numbers(line, name, ".rank_low", rank_number(a->rank_low[i]), rank_number(b->rank_low[i]));
    put_numbers(line, name, ".rank_high", rank_number(a->rank_high[i]),
                rank_number(b->rank_high[i]));
}

static void put_scenario(struct csv *csv, const struct view *without, const struct view *with,
                         const struct result_scenario *scenario)
{
    const struct result *result = without->result;
    for (uint64_t i = 0; i < result->model->innovations; i++) {
        struct line line = {csv, scenario->name, view_id(result, i)};
        for (size_t k = 0; k < without->n_measures; k++)
            put_measure(&line, &without->measures[k], &with->measures[k], i);
        for (size_t m = 0; m < result->n_merges; m++)
            put_merge(&line, &result->merges[m], &scenario->result->merges[m], i);
    }
}

int csv_scenarios(struct csv *csv, struct view *without, struct uptake_error *error)
{
    static const char *const header[] = {"scenario", "innovation", "measure", "baseline",
                                         "value",    "change",     NULL};
    csv_header(csv, header);
    for (size_t k = 0; k < without->result->n_scenarios; k++) {
        const struct result_scenario *scenario = &without->result->scenarios[k];
        struct view with;
        if (view_build(scenario->result, &with, error) != 0)
            return -1;
        put_scenario(csv, without, &with, scenario);
        view_finish(&with);
    }
    return 0;
}

static void put_date(struct csv *csv, struct view *view, const struct result_scenario *scenario)
{
    char date[DATE_BYTES];
    date_print(date, scenario->result->as_of);
    csv_text(csv, scenario->name);
    csv_text(csv, "as_of");
    csv_text(csv, date);
    for (size_t k = 0; k < 3; k++)
        csv_empty(csv);
    csv_text(csv, whatif_left_out(&view->texts, view->result, scenario->result));
    csv_line(csv);
}

int csv_scenario_changes(struct csv *csv, struct view *view, struct uptake_error *error)
{
    static const char *const header[] = {"scenario",     "path",         "change",  "rows_matched",
                                         "rows_changed", "rows_unknown", "outcome", NULL};
    csv_header(csv, header);
    for (size_t k = 0; k < view->result->n_scenarios; k++) {
        const struct result_scenario *scenario = &view->result->scenarios[k];
        if (scenario->as_of_given)
            put_date(csv, view, scenario);
        for (size_t c = 0; c < scenario->n_changes; c++) {
            const struct result_change *change = &scenario->changes[c];
            csv_text(csv, scenario->name);
            csv_text(csv, change->path);
            csv_text(csv, change->what);
            csv_count(csv, change->rows.matched);
            csv_count(csv, change->rows.changed);
            csv_count(csv, change->rows.unknown);
            csv_text(csv, whatif_outcome(&view->texts, change));
            csv_line(csv);
        }
    }
    return view->texts.failed ? error_memory(error) : 0;
}
