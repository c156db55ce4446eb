/*
 * The format of a record: its tables, each by its own SQL, and views with names for people. A reader compares the SQL that
 * a file has with this, letter by letter, before it reads a row. docs/record.md says what the columns mean.
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
     "skipped INTEGER, failed INTEGER, findings_dropped INTEGER, batch_dependent INTEGER)"},
    {"messages", "CREATE TABLE messages(plugin INTEGER, position INTEGER, text TEXT)"},
    {"writes",
     "CREATE TABLE writes(write INTEGER PRIMARY KEY, plugin INTEGER, name TEXT, measure TEXT, "
     "type TEXT, entity TEXT, unit TEXT, least REAL, most REAL, better TEXT, quantity TEXT, "
     "tolerance REAL, doc TEXT, list INTEGER, row_count INTEGER, bounds INTEGER)"},
    {"choices", "CREATE TABLE choices(write INTEGER, code INTEGER, name TEXT)"},
    {"innovations", "CREATE TABLE innovations(innovation INTEGER PRIMARY KEY, id TEXT, name TEXT)"},
    {"lists", "CREATE TABLE lists(list INTEGER PRIMARY KEY, path TEXT, unfiltered TEXT, parent "
              "INTEGER, row_count INTEGER, has_basis INTEGER)"},
    {"list_rows", "CREATE TABLE list_rows(list INTEGER, row INTEGER, parent_row INTEGER, basis "
                  "INTEGER, because TEXT, rule TEXT)"},
    {"rests_on", "CREATE TABLE rests_on(write INTEGER, list INTEGER)"},
    {"cells", "CREATE TABLE cells(write INTEGER, row INTEGER, value, low REAL, high REAL, "
              "missing TEXT)"},
    {"statuses",
     "CREATE TABLE statuses(plugin INTEGER, innovation INTEGER, status TEXT, reason TEXT)"},
    {"findings", "CREATE TABLE findings(plugin INTEGER, innovation INTEGER, level TEXT, text TEXT, "
                 "list INTEGER, row INTEGER)"},
    {"merges", "CREATE TABLE merges(merge INTEGER PRIMARY KEY, name TEXT, method TEXT, "
               "normalise TEXT, missing TEXT, better TEXT)"},
    {"merge_notes", "CREATE TABLE merge_notes(merge INTEGER, text TEXT)"},
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
    {"scenario_cells", "CREATE TABLE scenario_cells(write INTEGER, row INTEGER, value, low "
                       "REAL, high REAL, missing TEXT, scenario INTEGER)"},
    {"scenario_merged",
     "CREATE TABLE scenario_merged(merge INTEGER, innovation INTEGER, score REAL, score_low "
     "REAL, score_high REAL, rank INTEGER, rank_low INTEGER, rank_high INTEGER, coverage REAL, "
     "place INTEGER, scenario INTEGER)"},
};

static const struct record_table views[] = {
    {"measures", "CREATE VIEW measures AS SELECT i.id AS innovation, w.measure, c.value, c.low, "
                 "c.high, c.missing, w.unit FROM cells c JOIN writes w ON w.write = "
                 "c.write JOIN innovations i ON i.innovation = c.row WHERE w.entity = ''"},
    {"list_values",
     "CREATE VIEW list_values AS SELECT w.entity, c.row, w.measure, c.value, c.low, c.high, "
     "c.missing, w.unit FROM cells c JOIN writes w ON w.write = c.write WHERE w.entity <> "
     "''"},
    {"ranks",
     "CREATE VIEW ranks AS SELECT m.name AS merge, i.id AS innovation, r.score, r.score_low, "
     "r.score_high, r.rank, r.rank_low, r.rank_high, r.coverage FROM merged r JOIN merges m ON "
     "m.merge = r.merge JOIN innovations i ON i.innovation = r.innovation ORDER BY "
     "m.merge, r.place"},
    {"notes", "CREATE VIEW notes AS SELECT p.name AS plugin, i.id AS innovation, f.level, f.text, "
              "l.path AS entity, f.row FROM findings f JOIN plugins p ON p.plugin = f.plugin "
              "LEFT JOIN innovations i ON i.innovation = f.innovation LEFT JOIN lists l ON l.list "
              "= f.list"},
    {"basis",
     "CREATE VIEW basis AS SELECT i.id AS innovation, w.measure, count(*) AS rows, "
     "sum(r.basis & 1) AS desk_reading, sum(r.basis >> 1 & 1) AS hindsight, sum(r.basis >> 2 & 1) "
     "AS without_evidence FROM rests_on o JOIN writes w ON w.write = o.write JOIN "
     "list_rows r ON r.list = o.list JOIN innovations i ON i.innovation = r.parent_row WHERE "
     "w.entity = '' GROUP BY "
     "r.parent_row, o.write"},
};

const struct record_table *record_tables(size_t *count)
{
    *count = sizeof tables / sizeof *tables;
    return tables;
}

const struct record_table *record_views(size_t *count)
{
    *count = sizeof views / sizeof *views;
    return views;
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
