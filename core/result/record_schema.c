/*
 * The format of a record: the tables that every one has, each by its own SQL; those of values are made for what a run
 * writes (record_stores.c). A reader compares the SQL that a file has with this, letter by letter, before it reads a row.
 * docs/record.md says what the columns mean.
 */
#include <string.h>

#include "result/record_internal.h"

static const struct record_table tables[] = {
    {"run", "CREATE TABLE run(key TEXT PRIMARY KEY, value) WITHOUT ROWID"},
    {"options", "CREATE TABLE options(position INTEGER PRIMARY KEY, name TEXT, value TEXT)"},
    {"inputs", "CREATE TABLE inputs(input INTEGER PRIMARY KEY, kind TEXT, path TEXT, sha256 TEXT, "
               "bytes INTEGER, content TEXT)"},
    {"timings", "CREATE TABLE timings(stage TEXT, seconds REAL)"},
    {"plugins",
     "CREATE TABLE plugins(plugin INTEGER PRIMARY KEY, name TEXT, id TEXT, version TEXT, revision "
     "INTEGER, title TEXT, bundle TEXT, sha256 TEXT, parameters TEXT, status TEXT, ok INTEGER, "
     "skipped INTEGER, failed INTEGER, findings_dropped INTEGER, batch_dependent INTEGER, "
     "computed TEXT, reused INTEGER)"},
    {"plugin_inputs",
     "CREATE TABLE plugin_inputs(plugin INTEGER, kind TEXT, name TEXT, sha256 TEXT)"},
    {"answers", "CREATE TABLE answers(plugin INTEGER PRIMARY KEY, values_sha256 TEXT, "
                "findings_sha256 TEXT)"},
    {"messages", "CREATE TABLE messages(plugin INTEGER, position INTEGER, text TEXT)"},
    {"writes",
     "CREATE TABLE writes(write INTEGER PRIMARY KEY, plugin INTEGER, name TEXT, measure TEXT, "
     "type TEXT, entity TEXT, unit TEXT, least REAL, most REAL, better TEXT, quantity TEXT, "
     "tolerance REAL, doc TEXT, list INTEGER, row_count INTEGER, bounds INTEGER, "
     "missing TEXT)"},
    {"choices", "CREATE TABLE choices(write INTEGER, code INTEGER, name TEXT, "
                "PRIMARY KEY (write, code)) WITHOUT ROWID"},
    {"innovations", "CREATE TABLE innovations(innovation INTEGER PRIMARY KEY, id TEXT, name TEXT)"},
    {"lists", "CREATE TABLE lists(list INTEGER PRIMARY KEY, path TEXT, unfiltered TEXT, parent "
              "INTEGER, row_count INTEGER, has_basis INTEGER)"},
    {"rests_on", "CREATE TABLE rests_on(write INTEGER, list INTEGER)"},
    {"absences", "CREATE TABLE absences(write INTEGER, row INTEGER, missing TEXT, "
                 "PRIMARY KEY (write, row)) WITHOUT ROWID"},
    {"statuses",
     "CREATE TABLE statuses(plugin INTEGER, innovation INTEGER, status TEXT, reason TEXT)"},
    {"finding_kinds", "CREATE TABLE finding_kinds(kind INTEGER PRIMARY KEY, plugin INTEGER, level "
                      "TEXT, list INTEGER, text TEXT)"},
    {"findings", "CREATE TABLE findings(kind INTEGER, innovation INTEGER, row INTEGER, v1 TEXT, v2 "
                 "TEXT, v3 TEXT, v4 TEXT, v5 TEXT, v6 TEXT)"},
    {"merges",
     "CREATE TABLE merges(merge INTEGER PRIMARY KEY, name TEXT, method TEXT, "
     "normalise TEXT, missing TEXT, better TEXT, weighting TEXT, not_a_bound INTEGER, failure "
     "TEXT, stability_reason TEXT)"},
    {"merge_notes", "CREATE TABLE merge_notes(merge INTEGER, text TEXT)"},
    {"merge_measures",
     "CREATE TABLE merge_measures(merge INTEGER, position INTEGER, measure TEXT, weight REAL)"},
    {"merge_figures",
     "CREATE TABLE merge_figures(merge INTEGER, name TEXT, value REAL, flag INTEGER)"},
    {"merge_parts", "CREATE TABLE merge_parts(merge INTEGER, innovation INTEGER, position INTEGER, "
                    "value REAL, weight REAL, contribution REAL)"},
    {"merge_extras",
     "CREATE TABLE merge_extras(merge INTEGER, innovation INTEGER, name TEXT, value REAL)"},
    {"influence",
     "CREATE TABLE influence(merge INTEGER, measure TEXT, weight REAL, kendall_tau_b REAL, "
     "largest_move REAL, top_3_changed INTEGER, reason TEXT, first_from REAL, first_to REAL, "
     "top_3_from REAL, top_3_to REAL)"},
    {"reversals", "CREATE TABLE reversals(merge INTEGER, innovation INTEGER, moved INTEGER)"},
    {"sources", "CREATE TABLE sources(source INTEGER PRIMARY KEY, id TEXT, type TEXT, year REAL, "
                "citation TEXT, url TEXT)"},
    {"source_uses",
     "CREATE TABLE source_uses(innovation INTEGER, entity TEXT, row INTEGER, source INTEGER)"},
    {"merged",
     "CREATE TABLE merged(merge INTEGER, innovation INTEGER, score REAL, score_low REAL, "
     "score_high REAL, rank INTEGER, rank_low INTEGER, rank_high INTEGER, coverage REAL, place "
     "INTEGER)"},
    {"parts",
     "CREATE TABLE parts(merge INTEGER, innovation INTEGER, measure TEXT, write INTEGER, "
     "value REAL, low REAL, high REAL, normalised REAL, weight REAL, contribution REAL, "
     "worst_rank_low INTEGER, worst_rank_high INTEGER, best_rank_low INTEGER, best_rank_high "
     "INTEGER, places REAL, score REAL)"},
    {"agreements", "CREATE TABLE agreements(a TEXT, b TEXT, n INTEGER, kendall_tau_b REAL, "
                   "spearman REAL, reason TEXT)"},
    {"comparisons", "CREATE TABLE comparisons(comparison INTEGER PRIMARY KEY, n INTEGER, top_k "
                    "INTEGER, rbo_p REAL)"},
    {"sides", "CREATE TABLE sides(comparison INTEGER, side INTEGER, name TEXT, quantity TEXT, unit "
              "TEXT, better TEXT)"},
    {"pairs", "CREATE TABLE pairs(comparison INTEGER, a INTEGER, b INTEGER, n INTEGER, only_a "
              "INTEGER, only_b INTEGER, tolerance REAL, verdict TEXT, reason TEXT)"},
    {"figures", "CREATE TABLE figures(comparison INTEGER, a INTEGER, b INTEGER, name TEXT, value "
                "REAL, reason TEXT)"},
    {"differences", "CREATE TABLE differences(comparison INTEGER, innovation INTEGER, side "
                    "INTEGER, rank REAL, gap REAL)"},
    {"scenarios",
     "CREATE TABLE scenarios(scenario INTEGER PRIMARY KEY, name TEXT, title TEXT, as_of TEXT)"},
    {"scenario_changes", "CREATE TABLE scenario_changes(scenario INTEGER, path TEXT, change TEXT, "
                         "matched INTEGER, changed INTEGER, unknown INTEGER)"},
    {"scenario_cells", "CREATE TABLE scenario_cells(scenario INTEGER, write INTEGER, row "
                       "INTEGER, value, low REAL, high REAL, missing TEXT)"},
    {"scenario_merged",
     "CREATE TABLE scenario_merged(merge INTEGER, innovation INTEGER, score REAL, score_low "
     "REAL, score_high REAL, rank INTEGER, rank_low INTEGER, rank_high INTEGER, coverage REAL, "
     "place INTEGER, scenario INTEGER)"},
};

const struct record_table *record_tables(size_t *count)
{
    *count = sizeof tables / sizeof *tables;
    return tables;
}

/* --- Words ------------------------------------------------------------------------------------- */

const char *const record_levels[] = {"blocks", "risks", "helps", "unknown", NULL};
const char *const record_missing[] = {
    "", "left out", "unknown", "none", "n/a", "after as of", "suppressed", "not assessed", NULL};
const char *const record_better[] = {"lower", "neither", "higher", NULL};
const char *const record_types[] = {"number", "choice", "text", NULL};
const char *const record_states[] = {"", "ok", "skipped", "failed", NULL};
const char *const record_statuses[] = {"ok", "partial", "failed", "stopped", NULL};

int record_word(const char *const *words, const char *word)
{
    for (int k = 0; word && words[k]; k++)
        if (strcmp(words[k], word) == 0)
            return k;
    return -1;
}
