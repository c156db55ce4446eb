/* The keys of the JSON of explain, compare and rerun; and all documents in order: see output_rows.h. */
#include "report/output_rows.h"

/* clang-format off */
static const struct output_row part[] = {
    {"measure", "text", "", "its name", NULL},
    {"value", "number or null", "the measure's", "null: missing", NULL},
    {"low", "number or null", "the measure's", "the least that it can be", NULL},
    {"high", "number or null", "the measure's", "the most", NULL},
    {"missing", "flag", "", "true: nothing is known of it yet", NULL},
    {"normalised", "number or null", "", "as it enters the score", NULL},
    {"weight", "number or null", "share", "of the whole weight", NULL},
    {"contribution", "number or null", "the score's", "what it adds", NULL},
    {"settled", "object or null", "", "what finding it out would do; null: there is nothing to find out", NULL},
    {"settled.worst", "list or null", "places", "the rank range if it turns out at its worst; null: not ranked then", NULL},
    {"settled.worst[]", "count", "places", "best, then worst place", NULL},
    {"settled.best", "list or null", "places", "the rank range if it turns out at its best", NULL},
    {"settled.best[]", "count", "places", "best, then worst place", NULL},
    {"settled.places", "number", "places", "that the rank ranges of all innovations lose together", NULL},
    {"settled.score", "number", "the score's", "by which its own score's range narrows", NULL},
};
const struct output_shape output_part =
    OUTPUT_SHAPE("part", "A measure's part in one innovation's place.", part);

static const struct output_row explain[] = {
    {"uptake", "text", "", "the version that wrote it", NULL},
    {"run", "object", "", "which run this is", &output_head},
    {"innovation", "object", "", "the one that is explained", &output_innovation},
    {"sources", "list or null", "", "that its rows rest on; null: they were not kept", NULL},
    {"sources[]", "object", "", "one of them", &output_source},
    {"merges", "list", "", "its place in each", NULL},
    {"merges[]", "object", "", "one of them", NULL},
    {"merges[].name", "text", "", "in the spec", NULL},
    {"merges[].method", "text", "", "`uptake describe merges` has them", NULL},
    {"merges[].normalise", "text", "", "how measures were made comparable", NULL},
    {"merges[].missing", "text", "", "the rule for what is missing", NULL},
    {"merges[].parts", "list", "", "a measure each", NULL},
    {"merges[].parts[]", "object", "", "one of them", &output_part},
    {"merges[].together", "object or null", "", "the same as `settled` of a part, all open measures found out together", NULL},
    {"merges[].together.worst", "list or null", "places", "the rank range if all turn out at their worst", NULL},
    {"merges[].together.worst[]", "count", "places", "best, then worst place", NULL},
    {"merges[].together.best", "list or null", "places", "the rank range if all turn out at their best", NULL},
    {"merges[].together.best[]", "count", "places", "best, then worst place", NULL},
    {"merges[].together.places", "number", "places", "that all rank ranges lose together", NULL},
    {"merges[].together.score", "number", "the score's", "by which its own score's range narrows", NULL},
    {"tables", "object", "", "by list: its own rows alone", NULL},
    {"tables.ENTITY", "list", "", "its rows", NULL},
    {"tables.ENTITY[]", "object", "", "one of them", &output_table_row},
};
const struct output_shape output_explain =
    OUTPUT_SHAPE("explain", "`uptake explain SPEC ID --format json`.", explain);

static const struct output_row column[] = {
    {"name", "text", "", "NAME.WRITE", NULL},
    {"before", "flag", "", "whether the first has it", NULL},
    {"after", "flag", "", "whether the second has it", NULL},
    {"equal", "count", "innovations", "on which both say the same", NULL},
    {"changed", "count", "innovations", "on which they do not", NULL},
    {"largest_difference", "number or null", "the measure's", "of any innovation", NULL},
    {"where", "text or null", "", "the innovation of the largest difference", NULL},
    {"digits", "number or null", "digits", "that agree where they agree least; null: all, or none to compare", NULL},
};
const struct output_shape output_column =
    OUTPUT_SHAPE("column", "What became of a column's values.", column);

static const struct output_row runs[] = {
    {"uptake", "text", "", "the version that wrote it", NULL},
    {"before", "text", "", "the first record's path", NULL},
    {"after", "text", "", "the second's", NULL},
    {"figures", "object", "", "what --fail-if can name", NULL},
    {"figures.FIGURE", "number or null", "", "`uptake compare --help` says what each is", NULL},
    {"figures.FIGURE_reason", "text", "", "why it has no value; only then", NULL},
    {"inputs", "list", "", "what went in that is not the same", NULL},
    {"inputs[]", "object", "", "one of them", NULL},
    {"inputs[].what", "text", "", "a file, an option, a plugin's version ...", NULL},
    {"inputs[].before", "text or null", "", "null: it was not there", NULL},
    {"inputs[].after", "text or null", "", "null: it is no longer there", NULL},
    {"added", "list", "", "innovations that the first has not", NULL},
    {"added[]", "text", "", "an id", NULL},
    {"removed", "list", "", "innovations that the second has not", NULL},
    {"removed[]", "text", "", "an id", NULL},
    {"merges", "list", "", "of either run, by name", NULL},
    {"merges[]", "object", "", "one of them; from `tau_b` on only where both have it", NULL},
    {"merges[].name", "text", "", "in the spec", NULL},
    {"merges[].before", "flag", "", "whether the first has it", NULL},
    {"merges[].after", "flag", "", "whether the second has it", NULL},
    {"merges[].tau_b", "number or null", "-1 to 1", "Kendall's, of the two orders", NULL},
    {"merges[].tau_b_reason", "text", "", "why it has no value; only then", NULL},
    {"merges[].rbo", "number or null", "0 to 1", "rank-biased overlap of the two orders", NULL},
    {"merges[].rbo_reason", "text", "", "why it has no value; only then", NULL},
    {"merges[].scores_equal", "count", "innovations", "within the tolerances", NULL},
    {"merges[].scores_changed", "count", "innovations", "beyond them", NULL},
    {"merges[].moved", "count", "innovations", "that stand elsewhere", NULL},
    {"merges[].rank_moves", "count", "places", "of the one that moved furthest", NULL},
    {"merges[].top_k_entered", "count", "innovations", "new among the first", NULL},
    {"merges[].top_k_left", "count", "innovations", "no longer among the first", NULL},
    {"merges[].innovations", "list", "", "whose rank or score changed", NULL},
    {"merges[].innovations[]", "object", "", "one of them", NULL},
    {"merges[].innovations[].id", "text", "", "as the models have it", NULL},
    {"merges[].innovations[].rank_before", "count or null", "places", "null: not ranked", NULL},
    {"merges[].innovations[].rank_after", "count or null", "places", "null: not ranked", NULL},
    {"merges[].innovations[].score_before", "number or null", "the method's", "null: none", NULL},
    {"merges[].innovations[].score_after", "number or null", "the method's", "null: none", NULL},
    {"measures", "list", "", "of either run, by name", NULL},
    {"measures[]", "object", "", "one of them", &output_column},
    {"measures[].statistics", "object", "", "of its values in both; only where there are some", NULL},
    {"measures[].statistics.n", "count", "innovations", "that both have", NULL},
    {"measures[].statistics.only_before", "count", "innovations", "that the first alone has", NULL},
    {"measures[].statistics.only_after", "count", "innovations", "that the second alone has", NULL},
    {"measures[].statistics.STATISTIC", "number, object or null", "", "`uptake describe statistics` has them", NULL},
    {"measures[].statistics.STATISTIC.PART", "number or null", "", "of a statistic with several figures", NULL},
    {"measures[].statistics.STATISTIC.PART_reason", "text", "", "why that figure has no value; only then", NULL},
    {"measures[].statistics.STATISTIC_reason", "text", "", "why it has no value; only then", NULL},
    {"measures[].statistics.verdict", "text or null", "", "such as `agree within tolerance`", NULL},
    {"measures[].statistics.tolerance", "number or null", "the measure's", "within which two values count as one", NULL},
    {"lists", "list", "", "columns that plugins wrote beside rows of lists", NULL},
    {"lists[]", "object", "", "one of them; `equal` and `changed` count rows", &output_column},
    {"lists[].entity", "text", "", "the list, such as support[]", NULL},
    {"lists[].where_row", "count or null", "", "the row of the largest difference, from 0 within the innovation", NULL},
    {"lists[].added", "count", "rows", "that the first has not", NULL},
    {"lists[].removed", "count", "rows", "that the second has not", NULL},
    {"statuses", "list", "", "of plugins on innovations that are others now", NULL},
    {"statuses[]", "object", "", "one of them", NULL},
    {"statuses[].id", "text", "", "the innovation", NULL},
    {"statuses[].plugin", "text", "", "its name in the spec", NULL},
    {"statuses[].before", "text", "", "`ok`, `skipped: reason` or `failed: reason`", NULL},
    {"statuses[].after", "text", "", "the same", NULL},
    {"findings", "list", "", "that one run has and the other has not", NULL},
    {"findings[]", "object", "", "one of them", NULL},
    {"findings[].change", "text", "", "added or removed", NULL},
    {"findings[].id", "text or null", "", "the innovation; null: of all together", NULL},
    {"findings[].plugin", "text", "", "its name in the spec", NULL},
    {"findings[].level", "text", "", "blocks, risks, helps or unknown", NULL},
    {"findings[].text", "text", "", "the finding, in words", NULL},
};
const struct output_shape output_runs = OUTPUT_SHAPE("two runs", "What differs between two runs.", runs);

static const struct output_row verdict[] = {
    {"fail_if", "text or null", "", "the condition of --fail-if", NULL},
    {"holds", "flag or null", "", "whether it holds: then the exit code is 1", NULL},
};
const struct output_shape output_verdict = OUTPUT_SHAPE("verdict", "What --fail-if asked.", verdict);

static const struct output_row compare[] = {
    {"", "", "", "", &output_runs},
    {"attribution", "object", "", "why the ranking changed; only with --why", NULL},
    {"attribution.trouble", "text or null", "", "why nothing can be attributed; null: it can", NULL},
    {"attribution.mixtures", "count", "", "runs of the two mixed", NULL},
    {"attribution.loads", "count", "", "how often the model was read", NULL},
    {"attribution.plugin_runs", "count", "", "how often a plugin ran", NULL},
    {"attribution.players", "list", "", "causes that are told apart, in the order of the shares", NULL},
    {"attribution.players[]", "object", "", "one of them", NULL},
    {"attribution.players[].name", "text", "", "what it is; of several that are joined, the first", NULL},
    {"attribution.players[].edits", "count", "", "that it holds", NULL},
    {"attribution.players[].bound", "flag", "", "joined, because one without the other is no valid run", NULL},
    {"attribution.players[].groups", "list", "", "of edits", NULL},
    {"attribution.players[].groups[]", "text", "", "a field, a parameter, a version ...", NULL},
    {"attribution.merges", "list", "", "that both runs have", NULL},
    {"attribution.merges[]", "object", "", "one of them", NULL},
    {"attribution.merges[].name", "text", "", "in the spec", NULL},
    {"attribution.merges[].left_out", "count", "innovations", "that changed, and less than those listed", NULL},
    {"attribution.merges[].innovations", "list", "", "whose score or rank changed, the largest move first", NULL},
    {"attribution.merges[].innovations[]", "object", "", "one of them", NULL},
    {"attribution.merges[].innovations[].id", "text", "", "as the models have it", NULL},
    {"attribution.merges[].innovations[].score_before", "number", "the method's", "when run again", NULL},
    {"attribution.merges[].innovations[].score_after", "number", "the method's", "the same", NULL},
    {"attribution.merges[].innovations[].rank_before", "number", "places", "when run again", NULL},
    {"attribution.merges[].innovations[].rank_after", "number", "places", "the same", NULL},
    {"attribution.merges[].innovations[].score_shares", "list", "", "one a player; together, after less before", NULL},
    {"attribution.merges[].innovations[].score_shares[]", "number", "the method's", "its Shapley value", NULL},
    {"attribution.merges[].innovations[].rank_shares", "list", "", "one a player; together, after less before", NULL},
    {"attribution.merges[].innovations[].rank_shares[]", "number", "places", "its Shapley value; below 0: up", NULL},
    {"attribution.merges[].innovations[].trouble", "text or null", "", "why it cannot be attributed; null: it can", NULL},
    {"", "", "", "", &output_verdict},
};
const struct output_shape output_compare =
    OUTPUT_SHAPE("compare", "`uptake compare BEFORE.db AFTER.db --format json`.", compare);

static const struct output_row versions[] = {
    {"", "", "", "", &output_runs},
    {"plugin", "text", "", "its id", NULL},
    {"declared", "list", "", "what the two declare that is not the same", NULL},
    {"declared[]", "object", "", "one of them", NULL},
    {"declared[].what", "text", "", "version, revision, a read, a parameter, a write", NULL},
    {"declared[].before", "text or null", "", "null: it was not there", NULL},
    {"declared[].after", "text or null", "", "null: it is no longer there", NULL},
    {"search", "object or null", "", "for a made-up model on which they differ; null: not asked", NULL},
    {"search.seed", "count", "", "of the models", NULL},
    {"search.models", "count", "models", "that were tried", NULL},
    {"search.found", "text", "", "nothing, words or results", NULL},
    {"search.what", "text or null", "", "the first difference", NULL},
    {"search.model", "text or null", "", "the smallest model on which they differ, as YAML", NULL},
    {"search.command", "text or null", "", "what shows it again", NULL},
    {"search.trouble", "text or null", "", "why the search ended early", NULL},
    {"", "", "", "", &output_verdict},
};
const struct output_shape output_versions = OUTPUT_SHAPE(
    "compare --plugins", "`uptake compare --plugins OLD.so NEW.so --model M --format json`.", versions);

static const struct output_row rerun[] = {
    {"same", "flag", "", "whether the same came out, to the bit", NULL},
    {"first_difference", "text or null", "", "where the two part", NULL},
    {"comparison", "object", "", "the record and its rerun", &output_compare},
};
const struct output_shape output_rerun =
    OUTPUT_SHAPE("rerun", "`uptake rerun RUN.db --format json`.", rerun);
/* clang-format on */

const struct output_shape *const *output_json(size_t *count)
{
    static const struct output_shape *const all[] = {
        &output_run,       &output_explain,    &output_compare,  &output_versions, &output_rerun,
        &output_head,      &output_innovation, &output_values,   &output_finding,  &output_merge,
        &output_table_row, &output_comparison, &output_scenario, &output_source,   &output_part,
        &output_runs,      &output_column,     &output_verdict};
    *count = sizeof all / sizeof *all;
    return all;
}
