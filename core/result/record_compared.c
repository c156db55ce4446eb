/* Agreement, comparisons and scenarios as rows of a record. */
#include "base/date.h"
#include "result/record_internal.h"

/* --- Comparisons ------------------------------------------------------------------------------- */

struct compared {
    struct statement *comparison, *side, *pair, *figure, *difference;
};

static void put_figures(struct statement *insert, uint64_t c, struct database_value a,
                        struct database_value b, const struct result_figure *figures, size_t count)
{
    for (size_t k = 0; k < count; k++)
        STATEMENT_PUT(insert, value_count(c), a, b, value_text(figures[k].name),
                      value_number(figures[k].value), value_text(figures[k].reason));
}

static void put_pair(struct compared *into, const struct result_pair *pair, uint64_t c)
{
    STATEMENT_PUT(into->pair, value_count(c), value_count(pair->a), value_count(pair->b),
                  value_count(pair->n), value_count(pair->only_a), value_count(pair->only_b),
                  value_number(pair->tolerance), value_text(pair->verdict),
                  value_text(pair->verdict_reason));
    put_figures(into->figure, c, value_count(pair->a), value_count(pair->b), pair->figures,
                pair->n_figures);
}

static void put_comparison(struct compared *into, const struct result_comparison *of, uint64_t c)
{
    STATEMENT_PUT(into->comparison, value_count(c), value_count(of->n), value_count(of->top_k),
                  value_number(of->rbo_p));
    for (size_t s = 0; s < of->n_sides; s++)
        STATEMENT_PUT(into->side, value_count(c), value_count(s), value_text(of->sides[s].name),
                      value_text(of->sides[s].quantity), value_text(of->sides[s].unit),
                      value_text(record_better[of->sides[s].better + 1]));
    for (size_t p = 0; p < of->n_pairs; p++)
        put_pair(into, &of->pairs[p], c);
    put_figures(into->figure, c, value_null(), value_null(), of->all, of->n_all);
    for (size_t d = 0; d < of->n_differences; d++)
        for (size_t s = 0; s < of->n_sides; s++)
            STATEMENT_PUT(into->difference, value_count(c),
                          value_count(of->differences[d].innovation), value_count(s),
                          value_number(of->differences[d].ranks[s]),
                          value_number(of->differences[d].gap));
}

static void save_agreements(struct record_saver *saver)
{
    const struct result *result = saver->result;
    struct statement *insert =
        statement_open(saver->database, "INSERT INTO agreements VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
    for (size_t k = 0; k < result->n_agreements; k++) {
        const struct result_agreement *of = &result->agreements[k];
        STATEMENT_PUT(insert, value_text(of->a), value_text(of->b), value_count(of->n),
                      value_number(of->kendall_tau_b), value_number(of->spearman),
                      value_text(of->reason));
    }
    statement_close(insert);
}

void record_compared(struct record_saver *saver)
{
    struct database *database = saver->database;
    struct compared into = {
        statement_open(database, "INSERT INTO comparisons VALUES (?1, ?2, ?3, ?4)"),
        statement_open(database, "INSERT INTO sides VALUES (?1, ?2, ?3, ?4, ?5, ?6)"),
        statement_open(database, "INSERT INTO pairs VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"),
        statement_open(database, "INSERT INTO figures VALUES (?1, ?2, ?3, ?4, ?5, ?6)"),
        statement_open(database, "INSERT INTO differences VALUES (?1, ?2, ?3, ?4, ?5)")};
    for (size_t c = 0; c < saver->result->n_comparisons; c++)
        put_comparison(&into, &saver->result->comparisons[c], c);
    struct statement *all[] = {into.comparison, into.side, into.pair, into.figure, into.difference};
    for (size_t k = 0; k < sizeof all / sizeof *all; k++)
        statement_close(all[k]);
    save_agreements(saver);
}

/* --- Scenarios --------------------------------------------------------------------------------- */

static void put_scenario(struct record_saver *saver, const struct result_scenario *scenario,
                         uint64_t s)
{
    struct database *database = saver->database;
    char date[DATE_BYTES] = "";
    if (scenario->as_of_given)
        date_print(date, scenario->result->as_of);
    struct statement *insert =
        statement_open(database, "INSERT INTO scenarios VALUES (?1, ?2, ?3, ?4)");
    STATEMENT_PUT(insert, value_count(s), value_text(scenario->name), value_text(scenario->title),
                  value_text(scenario->as_of_given ? date : NULL));
    statement_close(insert);
    insert =
        statement_open(database, "INSERT INTO scenario_changes VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
    for (size_t k = 0; k < scenario->n_changes; k++) {
        const struct result_change *change = &scenario->changes[k];
        STATEMENT_PUT(insert, value_count(s), value_text(change->path), value_text(change->what),
                      value_count(change->rows.matched), value_count(change->rows.changed),
                      value_count(change->rows.unknown));
    }
    statement_close(insert);
}

static void put_cells(struct statement *insert, const struct result_plugin *plugin,
                      const struct result_column *column, uint64_t write, uint64_t s)
{
    char text[UPTAKE_TEXT_BYTES + 1];
    bool bounds = column->low && column->high;
    for (uint64_t row = 0; row < column->rows; row++) {
        struct database_value value, missing;
        record_cell(plugin, column, row, text, &value, &missing);
        STATEMENT_PUT(insert, value_count(s), value_count(write), value_count(row), value,
                      bounds ? value_number(column->low[row]) : value_null(),
                      bounds ? value_number(column->high[row]) : value_null(), missing);
    }
}

/* Plugins that a scenario leaves alone have their values in the run's. */
static void put_what_if(struct record_saver *saver, const struct result_scenario *scenario,
                        struct statement *cell, uint64_t s)
{
    const struct result *result = scenario->result;
    for (size_t p = 0; p < result->n_plugins; p++) {
        if (result->plugins[p].states == saver->result->plugins[p].states)
            continue;
        uint64_t first = record_first_write(result, p);
        for (size_t w = 0; w < result->plugins[p].n_columns; w++)
            put_cells(cell, &result->plugins[p], &result->plugins[p].columns[w], first + w, s);
    }
    for (size_t m = 0; m < result->n_merges; m++)
        record_merged_rows(saver, "scenario_merged", &result->merges[m], m, value_count(s));
}

void record_scenarios(struct record_saver *saver)
{
    const struct result *result = saver->result;
    struct statement *cell = statement_open(
        saver->database, "INSERT INTO scenario_cells VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)");
    for (size_t s = 0; s < result->n_scenarios; s++) {
        put_scenario(saver, &result->scenarios[s], s);
        put_what_if(saver, &result->scenarios[s], cell, s);
    }
    statement_close(cell);
}
