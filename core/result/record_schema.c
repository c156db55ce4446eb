/*
 * The format of a record: the tables that every one has, each by its own SQL; those of values are made for what a run
 * writes (record_stores.c). A reader compares the SQL that a file has with this, letter by letter, before it reads a row.
 * docs/record.md says what the columns mean.
 */
#include <string.h>

#include "result/record_internal.h"

static const struct record_table tables[] = {
    {"run", "CREATE TABLE run(key TEXT PRIMARY KEY, value) WITHOUT ROWID",
     "`key, value`: uptake's version; `made` (UTC); `title`, `note`, `spec`, `model`, `as_of`, "
     "`as_of_given`; `containment`; `left_out`, `hindsight`, `desk_rows`, `basis_rows`, "
     "`innovations`; `where`, `where_kept`, `where_all`; `host`, `system`, `kernel`, "
     "`architecture`, `processor`, `processors`, `libc`, `sqlite`"},
    {"options", "CREATE TABLE options(position INTEGER PRIMARY KEY, name TEXT, value TEXT)",
     "options of the command line that change the result, in order: `set`, `only`, `innovation`, "
     "`where`"},
    {"inputs",
     "CREATE TABLE inputs(input INTEGER PRIMARY KEY, kind TEXT, path TEXT, sha256 TEXT, "
     "bytes INTEGER, content TEXT)",
     "`kind` (`spec`, `model`, `include`, `bundle`), `path`, `sha256` of its bytes, `bytes`, "
     "`content`: the text of a spec or model; NULL above 16 MiB"},
    {"timings", "CREATE TABLE timings(stage TEXT, seconds REAL)",
     "`stage` (`reading`, `plugins`, `merging`, `scenarios`), `seconds` of wall clock"},
    {"plugins",
     "CREATE TABLE plugins(plugin INTEGER PRIMARY KEY, name TEXT, id TEXT, version TEXT, revision "
     "INTEGER, title TEXT, bundle TEXT, sha256 TEXT, parameters TEXT, status TEXT, ok INTEGER, "
     "skipped INTEGER, failed INTEGER, findings_dropped INTEGER, batch_dependent INTEGER, "
     "computed TEXT, reused INTEGER)",
     "`name` in the spec, `id`, `version`, `revision`, `title`, `bundle` and its `sha256`, "
     "`parameters` as the spec tunes them, `status`; innovations that were `ok`, `skipped`, "
     "`failed`; `findings_dropped`; `batch_dependent`; `computed`: when (UTC); `reused`: 1 where "
     "that was an earlier run"},
    {"plugin_inputs",
     "CREATE TABLE plugin_inputs(plugin INTEGER, kind TEXT, name TEXT, sha256 TEXT)",
     "what a plugin's answers rest on: `kind`, `name` and the `sha256` of it; see below"},
    {"answers",
     "CREATE TABLE answers(plugin INTEGER PRIMARY KEY, values_sha256 TEXT, "
     "findings_sha256 TEXT)",
     "SHA-256 of what a plugin answered: of values, bounds, words, reasons and statuses, and of "
     "findings"},
    {"messages", "CREATE TABLE messages(plugin INTEGER, position INTEGER, text TEXT)",
     "what went wrong in a plugin"},
    {"writes",
     "CREATE TABLE writes(write INTEGER PRIMARY KEY, plugin INTEGER, name TEXT, measure TEXT, "
     "type TEXT, entity TEXT, unit TEXT, least REAL, most REAL, better TEXT, quantity TEXT, "
     "tolerance REAL, doc TEXT, list INTEGER, row_count INTEGER, bounds INTEGER, "
     "missing TEXT)",
     "a written column: `plugin`, `name`, `measure` (`NAME.WRITE`), `type`, `entity` (empty: the "
     "innovation), `unit`, limits `least` and `most`, `better`, `quantity`, `tolerance`, `doc`, "
     "`list` whose rows it has (0: the innovations; NULL: the portfolio), `row_count`, `bounds`: "
     "whether low and high stand beside the value, `missing`: why most rows without a value have "
     "none"},
    {"choices",
     "CREATE TABLE choices(write INTEGER, code INTEGER, name TEXT, "
     "PRIMARY KEY (write, code)) WITHOUT ROWID",
     "words that a choice may be, by `code`"},
    {"innovations", "CREATE TABLE innovations(innovation INTEGER PRIMARY KEY, id TEXT, name TEXT)",
     "`id`, `name`, in the order of the model"},
    {"lists",
     "CREATE TABLE lists(list INTEGER PRIMARY KEY, path TEXT, unfiltered TEXT, parent "
     "INTEGER, row_count INTEGER, has_basis INTEGER)",
     "lists of the model that results are about: `path`, `parent` (0: the innovations)"},
    {"rests_on", "CREATE TABLE rests_on(write INTEGER, list INTEGER)",
     "the lists that a write's basis counts"},
    {"absences",
     "CREATE TABLE absences(write INTEGER, row INTEGER, missing TEXT, "
     "PRIMARY KEY (write, row)) WITHOUT ROWID",
     "rows without a value whose reason is not the usual one of their write"},
    {"statuses",
     "CREATE TABLE statuses(plugin INTEGER, innovation INTEGER, status TEXT, reason TEXT)",
     "where a plugin assessed an innovation not (`skipped`, `failed`), and the `reason`; all "
     "others are `ok`"},
    {"finding_kinds",
     "CREATE TABLE finding_kinds(kind INTEGER PRIMARY KEY, plugin INTEGER, level "
     "TEXT, list INTEGER, text TEXT)",
     "a sentence of findings: `plugin`, `level`, `list`, `text` with `%s` for each value"},
    {"findings",
     "CREATE TABLE findings(kind INTEGER, innovation INTEGER, row INTEGER, v1 TEXT, v2 "
     "TEXT, v3 TEXT, v4 TEXT, v5 TEXT, v6 TEXT)",
     "`kind`, `innovation`, the `row` of the kind's list, and the values `v1` to `v6` of its "
     "sentence; `printf(text, v1, ...)` is the finding"},
    {"merges",
     "CREATE TABLE merges(merge INTEGER PRIMARY KEY, name TEXT, method TEXT, "
     "normalise TEXT, missing TEXT, better TEXT, weighting TEXT, not_a_bound INTEGER, failure "
     "TEXT, stability_reason TEXT)",
     "a merge: what it is called, its `method` and how it treats what is missing; `failure`: why "
     "its plugin failed"},
    {"merge_notes", "CREATE TABLE merge_notes(merge INTEGER, text TEXT)",
     "what a reader should know of a merge"},
    {"merge_measures",
     "CREATE TABLE merge_measures(merge INTEGER, position INTEGER, measure TEXT, weight REAL)",
     "measures of a merge, with their shares of the weight (0: left out)"},
    {"merge_figures",
     "CREATE TABLE merge_figures(merge INTEGER, name TEXT, value REAL, flag INTEGER)",
     "what a merge says of the whole (`flag` 1: `value` is yes or no)"},
    {"merge_parts",
     "CREATE TABLE merge_parts(merge INTEGER, innovation INTEGER, position INTEGER, "
     "value REAL, weight REAL, contribution REAL)",
     "up to 10,000 innovations (or `parts:` in the spec): what a measure (`position` in "
     "merge_measures) adds to a score"},
    {"merge_extras",
     "CREATE TABLE merge_extras(merge INTEGER, innovation INTEGER, name TEXT, value REAL)",
     "what a method says of an innovation beside its score"},
    {"influence",
     "CREATE TABLE influence(merge INTEGER, measure TEXT, weight REAL, kendall_tau_b REAL, "
     "largest_move REAL, top_3_changed INTEGER, reason TEXT, first_from REAL, first_to REAL, "
     "top_3_from REAL, top_3_to REAL)",
     "what the order hangs on: how much another it is without a measure; from which to which share "
     "of the weight the first stays first, and the first three"},
    {"reversals", "CREATE TABLE reversals(merge INTEGER, innovation INTEGER, moved INTEGER)",
     "how many others change places when an innovation is left out"},
    {"sources",
     "CREATE TABLE sources(source INTEGER PRIMARY KEY, id TEXT, type TEXT, year REAL, "
     "citation TEXT, url TEXT)",
     "up to 1,000 innovations: sources that rows rest on"},
    {"source_uses",
     "CREATE TABLE source_uses(innovation INTEGER, entity TEXT, row INTEGER, source INTEGER)",
     "the rows that name them"},
    {"merged",
     "CREATE TABLE merged(merge INTEGER, innovation INTEGER, score REAL, score_low REAL, "
     "score_high REAL, rank INTEGER, rank_low INTEGER, rank_high INTEGER, coverage REAL, place "
     "INTEGER)",
     "scores, ranks, coverage; `place` is the place in the listing, from 0"},
    {"parts",
     "CREATE TABLE parts(merge INTEGER, innovation INTEGER, measure TEXT, write INTEGER, "
     "value REAL, low REAL, high REAL, normalised REAL, weight REAL, contribution REAL, "
     "worst_rank_low INTEGER, worst_rank_high INTEGER, best_rank_low INTEGER, best_rank_high "
     "INTEGER, places REAL, score REAL)",
     "of runs of at most 30 innovations: the ranks if a measure were found out at its worst and "
     "best (`measure` NULL: all together)"},
    {"agreements",
     "CREATE TABLE agreements(a TEXT, b TEXT, n INTEGER, kendall_tau_b REAL, "
     "spearman REAL, reason TEXT)",
     "headlines in pairs"},
    {"comparisons",
     "CREATE TABLE comparisons(comparison INTEGER PRIMARY KEY, n INTEGER, top_k "
     "INTEGER, rbo_p REAL)",
     "what `compare:` asks for"},
    {"sides",
     "CREATE TABLE sides(comparison INTEGER, side INTEGER, name TEXT, quantity TEXT, unit "
     "TEXT, better TEXT)",
     "what a comparison holds against each other"},
    {"pairs",
     "CREATE TABLE pairs(comparison INTEGER, a INTEGER, b INTEGER, n INTEGER, only_a "
     "INTEGER, only_b INTEGER, tolerance REAL, verdict TEXT, reason TEXT)",
     "two sides, with the verdict"},
    {"figures",
     "CREATE TABLE figures(comparison INTEGER, a INTEGER, b INTEGER, name TEXT, value "
     "REAL, reason TEXT)",
     "a statistic of a pair; without `a` and `b` of all sides; `reason`: why it has no value"},
    {"differences",
     "CREATE TABLE differences(comparison INTEGER, innovation INTEGER, side "
     "INTEGER, rank REAL, gap REAL)",
     "innovations on which the sides differ most"},
    {"scenarios",
     "CREATE TABLE scenarios(scenario INTEGER PRIMARY KEY, name TEXT, title TEXT, as_of TEXT)",
     "scenarios"},
    {"scenario_changes",
     "CREATE TABLE scenario_changes(scenario INTEGER, path TEXT, change TEXT, "
     "matched INTEGER, changed INTEGER, unknown INTEGER)",
     "what each changes, and how many rows it matched and changed"},
    {"scenario_cells",
     "CREATE TABLE scenario_cells(scenario INTEGER, write INTEGER, row "
     "INTEGER, value, low REAL, high REAL, missing TEXT)",
     "values in a scenario, in long form, only of plugins that ran again"},
    {"scenario_merged",
     "CREATE TABLE scenario_merged(merge INTEGER, innovation INTEGER, score REAL, score_low "
     "REAL, score_high REAL, rank INTEGER, rank_low INTEGER, rank_high INTEGER, coverage REAL, "
     "place INTEGER, scenario INTEGER)",
     "merges in a scenario"},
};

/* Tables that are made for what a run writes, and views: record_stores.c, record_views.c. */
static const struct record_table made[] = {
    {"rows_0, rows_N, rows_portfolio", "",
     "rows of the innovations, of list N, of the portfolio, and what was written beside them: "
     "`c7`, `c7_low`, `c7_high` are write 7's value and bounds; a choice's is its code. Of a list "
     "also `parent_row`, `basis` (1: a desk reading, 2: read with hindsight, 4: without evidence; "
     "added), `because`, `rule`. Beyond 600 writes there is a rows_N_1, and so on"},
};

const struct record_table *record_tables_made(size_t *count)
{
    *count = sizeof made / sizeof *made;
    return made;
}

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
