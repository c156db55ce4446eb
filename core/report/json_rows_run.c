/* The keys of a run's JSON: see output_rows.h. */
#include "report/output_rows.h"

/* clang-format off */
static const struct output_row head[] = {
    {"spec", "text", "", "the spec's path, as it was given", NULL},
    {"title", "text or null", "", "the spec's `title:`", NULL},
    {"note", "text or null", "", "the spec's `note:`: what a reader must know first", NULL},
    {"model", "text", "", "the model's path", NULL},
    {"as_of", "text or null", "date", "null: nothing was left out as later", NULL},
    {"containment", "text", "", "how firmly plugins were held: full, no-landlock, process, in-process", NULL},
    {"left_out", "count", "rows", "that begin after as_of", NULL},
    {"hindsight", "count", "rows", "read later than the time they speak of", NULL},
    {"where", "text", "", "the conditions of --where; only where it was given", NULL},
    {"adopters", "count", "adopters", "that match --where; only where it was given", NULL},
    {"adopters_in_model", "count", "adopters", "of which those were kept; only with --where", NULL},
    {"caveats", "list", "", "what must be said wherever these figures go", NULL},
    {"caveats[]", "text", "", "a sentence", NULL},
};
const struct output_shape output_head = OUTPUT_SHAPE("head", "Which run this is.", head);

static const struct output_row finding[] = {
    {"plugin", "text", "", "its name in the spec", NULL},
    {"level", "text", "", "blocks, risks, helps or unknown", NULL},
    {"text", "text", "", "the finding, in words", NULL},
    {"entity", "text", "", "the list that it speaks of, such as support[]; empty: the whole", NULL},
    {"row", "count or null", "", "which row of that list, from 0 within the innovation; null: the whole", NULL},
    {"because", "text", "", "the reason that the model gives for that row; only where it gives one", NULL},
};
const struct output_shape output_finding = OUTPUT_SHAPE("finding", "A finding.", finding);

static const struct output_row values[] = {
    {"measures", "object", "", "every measure by its name, NAME.WRITE (`barriers.openness`)", NULL},
    {"measures.MEASURE", "number, text or null", "the measure's", "null: missing; `status` and the findings say why", NULL},
    {"merged", "object", "", "every merge by its name", NULL},
    {"merged.MERGE", "object", "", "its place and score in that merge", NULL},
    {"merged.MERGE.score", "number or null", "the method's", "null: not ranked", NULL},
    {"merged.MERGE.score_low", "number or null", "the method's", "the least that the score can be, given what is not known", NULL},
    {"merged.MERGE.score_high", "number or null", "the method's", "the most", NULL},
    {"merged.MERGE.rank", "count or null", "places", "1 is best; null: not ranked", NULL},
    {"merged.MERGE.rank_low", "count or null", "places", "the best place that is possible", NULL},
    {"merged.MERGE.rank_high", "count or null", "places", "the worst place that is possible", NULL},
    {"merged.MERGE.coverage", "number or null", "share", "of the merge's weight whose measures are known", NULL},
    {"merged.MERGE.score_reason", "text", "", "why there is no score; only where the merge itself failed", NULL},
    {"merged.MERGE.parts", "object", "", "what the score is made of; only where the method tells", NULL},
    {"merged.MERGE.parts.measures", "object", "", "by measure; only where the score is a sum of parts", NULL},
    {"merged.MERGE.parts.measures.MEASURE", "object", "", "one measure's part", NULL},
    {"merged.MERGE.parts.measures.MEASURE.value", "number or null", "", "normalised", NULL},
    {"merged.MERGE.parts.measures.MEASURE.weight", "number or null", "share", "of the whole weight", NULL},
    {"merged.MERGE.parts.measures.MEASURE.contribution", "number or null", "the score's", "what it adds", NULL},
    {"merged.MERGE.parts.EXTRA", "number or null", "", "what the method says besides; `uptake describe METHOD` lists it", NULL},
    {"ranges", "object", "", "of measures that have bounds", NULL},
    {"ranges.MEASURE", "list", "the measure's", "the least and the most that it can be", NULL},
    {"ranges.MEASURE[]", "number or null", "the measure's", "low, then high; null: no limit, or not known", NULL},
    {"basis", "object", "", "what each measure rests on", NULL},
    {"basis.MEASURE", "object", "", "of one measure", NULL},
    {"basis.MEASURE.rows", "count", "rows", "of the model that it rests on", NULL},
    {"basis.MEASURE.desk_reading", "count", "rows", "of them one reader's desk reading, not a published rating", NULL},
    {"basis.MEASURE.hindsight", "count", "rows", "of them read later than the time they speak of", NULL},
    {"basis.MEASURE.without_evidence", "count", "rows", "of them that name no evidence", NULL},
    {"status", "object", "", "what became of each plugin on this innovation", NULL},
    {"status.PLUGIN", "text", "", "`ok`, `skipped: reason` or `failed: reason`", NULL},
};
const struct output_shape output_values =
    OUTPUT_SHAPE("values", "What was found of one innovation, in figures.", values);

static const struct output_row innovation[] = {
    {"id", "text", "", "as the model has it", NULL},
    {"name", "text", "", "as the model has it", NULL},
    {"", "", "", "", &output_values},
    {"findings", "list", "", "of this innovation, in the order of plugins", NULL},
    {"findings[]", "object", "", "one of them", &output_finding},
};
const struct output_shape output_innovation =
    OUTPUT_SHAPE("innovation", "One innovation.", innovation);

static const struct output_row table_row[] = {
    {"innovation", "text or null", "", "its id; null: a row of the portfolio", NULL},
    {"row", "count", "", "which row of the list, from 0 within the innovation", NULL},
    {"rule", "text", "", "the rule's id; only in the table of pairs, `* x /rules[]`", NULL},
    {"MEASURE", "number, text or null", "the measure's", "what a plugin wrote beside the row", NULL},
    {"ranges", "object", "", "as of an innovation; only where a column has bounds", NULL},
    {"ranges.MEASURE", "list", "the measure's", "the least and the most that it can be", NULL},
    {"ranges.MEASURE[]", "number or null", "the measure's", "low, then high", NULL},
};
const struct output_shape output_table_row =
    OUTPUT_SHAPE("table row", "A row of a list that plugins wrote into.", table_row);

static const struct output_row source[] = {
    {"innovation", "text", "", "whose rows rest on it", NULL},
    {"id", "text", "", "of the evidence, as the model has it", NULL},
    {"source", "text", "", "where it is from", NULL},
    {"type", "text or null", "", "rct, audit, guidance ...", NULL},
    {"year", "number or null", "", "of its publication", NULL},
    {"url", "text or null", "", "its address", NULL},
    {"rows", "list", "", "that name it", NULL},
    {"rows[]", "object", "", "one of them", NULL},
    {"rows[].entity", "text", "", "the list, such as judgements[framework=nasss]", NULL},
    {"rows[].row", "count", "", "from 0 within the innovation", NULL},
};
const struct output_shape output_source =
    OUTPUT_SHAPE("source", "A source, and the rows that were read of it.", source);

static const struct output_row merge[] = {
    {"name", "text", "", "in the spec", NULL},
    {"method", "text", "", "`uptake describe merges` has them", NULL},
    {"normalise", "text", "", "how measures were made comparable", NULL},
    {"missing", "text", "", "the rule for what is missing", NULL},
    {"better", "text", "", "which score is better: higher or lower", NULL},
    {"not_a_bound", "flag", "", "true: score_low and score_high are worked examples, not limits", NULL},
    {"weighting", "text", "", "where the weights are from", NULL},
    {"weights", "object", "", "as they counted", NULL},
    {"weights.MEASURE", "number", "share", "of the whole weight; 0: left out", NULL},
    {"figures", "object", "", "what the method says of the whole", NULL},
    {"figures.FIGURE", "number, flag or null", "", "`uptake describe METHOD` says which", NULL},
    {"notes", "list", "", "what must be known of this merge", NULL},
    {"notes[]", "text", "", "a sentence", NULL},
    {"influence", "list", "", "the merge without each measure; only with `influence: true`", NULL},
    {"influence[]", "object", "", "without one of them", NULL},
    {"influence[].without", "text", "", "the measure", NULL},
    {"influence[].kendall_tau_b", "number or null", "", "of the order to that of the whole", NULL},
    {"influence[].largest_move", "number or null", "places", "of any innovation", NULL},
    {"influence[].top_3_changed", "count", "innovations", "of the first three that are others", NULL},
    {"influence[].reason", "text", "", "why it could not be tried; only then", NULL},
    {"influence[].weight_keeps_first", "list", "share", "how far its weight may move while the first stays first", NULL},
    {"influence[].weight_keeps_first[]", "number or null", "share", "from, to; null: not known", NULL},
    {"influence[].weight_keeps_top_3", "list", "share", "the same of the first three", NULL},
    {"influence[].weight_keeps_top_3[]", "number or null", "share", "from, to; null: not known", NULL},
    {"weight_reason", "text or null", "", "why no weights were moved; only with `influence: true`", NULL},
    {"reversal", "list", "", "the merge without each of the first innovations; only with `influence: true`", NULL},
    {"reversal[]", "object", "", "without one of them", NULL},
    {"reversal[].without", "text", "", "the innovation's id", NULL},
    {"reversal[].moved", "count", "innovations", "of the others whose order changed", NULL},
};
const struct output_shape output_merge = OUTPUT_SHAPE("merge", "How one order was made.", merge);

static const struct output_row comparison[] = {
    {"between", "list", "", "what is compared", NULL},
    {"between[]", "text", "", "a measure, a plugin or a merge", NULL},
    {"all", "object", "", "statistics of all sides together", NULL},
    {"all.n", "count", "innovations", "that every side has", NULL},
    {"all.STATISTIC", "number, object or null", "", "`uptake describe statistics` has them", NULL},
    {"all.STATISTIC.PART", "number, object or null", "", "of a statistic with several figures", NULL},
    {"all.STATISTIC.PART.END", "number or null", "", "value, low, high of such a figure", NULL},
    {"all.STATISTIC.PART_reason", "text", "", "why that figure has no value; only then", NULL},
    {"all.STATISTIC.PART.END_reason", "text", "", "why that end has no value; only then", NULL},
    {"all.STATISTIC_reason", "text", "", "why it has no value; only then", NULL},
    {"top_k", "count", "innovations", "of which the overlap counts the first", NULL},
    {"rbo_p", "number", "", "how far down rank-biased overlap looks, 0 to 1", NULL},
    {"pairs", "list", "", "each side beside each other", NULL},
    {"pairs[]", "object", "", "two sides", NULL},
    {"pairs[].a", "text", "", "one side", NULL},
    {"pairs[].b", "text", "", "the other", NULL},
    {"pairs[].n", "count", "innovations", "that both have", NULL},
    {"pairs[].only_a", "count", "innovations", "that a alone has", NULL},
    {"pairs[].only_b", "count", "innovations", "that b alone has", NULL},
    {"pairs[].STATISTIC", "number, object or null", "", "`uptake describe statistics` has them", NULL},
    {"pairs[].STATISTIC.PART", "number or null", "", "of a statistic with several figures", NULL},
    {"pairs[].STATISTIC.PART_reason", "text", "", "why that figure has no value; only then", NULL},
    {"pairs[].STATISTIC_reason", "text", "", "why it has no value; only then", NULL},
    {"pairs[].verdict", "text or null", "", "such as `agree within tolerance`; null: see verdict_reason", NULL},
    {"pairs[].verdict_reason", "text", "", "why there is none; only then", NULL},
    {"pairs[].tolerance", "number or null", "the measures'", "within which two values count as one", NULL},
    {"differ_most", "list", "", "innovations on which the sides are furthest apart", NULL},
    {"differ_most[]", "object", "", "one of them", NULL},
    {"differ_most[].id", "text", "", "the innovation", NULL},
    {"differ_most[].gap", "number", "places", "between its best and its worst place", NULL},
    {"differ_most[].ranks", "object", "", "by side", NULL},
    {"differ_most[].ranks.SIDE", "number or null", "places", "mid-rank among those that all sides have", NULL},
};
const struct output_shape output_comparison =
    OUTPUT_SHAPE("comparison", "What `compare:` asked for.", comparison);

static const struct output_row scenario[] = {
    {"title", "text or null", "", "of the scenario", NULL},
    {"as_of", "text or null", "date", "its own, or the run's", NULL},
    {"left_out", "count", "rows", "that begin after that date", NULL},
    {"hindsight", "count", "rows", "read later than the time they speak of", NULL},
    {"changes", "list", "", "what it changes in the model", NULL},
    {"changes[]", "object", "", "one of them", NULL},
    {"changes[].path", "text", "", "of the field", NULL},
    {"changes[].change", "text", "", "such as `close 0.5`", NULL},
    {"changes[].rows_matched", "count", "rows", "that the path names", NULL},
    {"changes[].rows_changed", "count", "rows", "that became others", NULL},
    {"changes[].rows_unknown", "count", "rows", "that stay as they are: their value is not known", NULL},
    {"changes[].read", "flag", "", "false: nothing in the run reads that field", NULL},
    {"changes[].outcome", "text", "", "the same in words", NULL},
    {"plugins", "list", "", "of the run", NULL},
    {"plugins[]", "object", "", "one of them", NULL},
    {"plugins[].name", "text", "", "in the spec", NULL},
    {"plugins[].run_again", "flag", "", "false: it reads nothing that changed", NULL},
    {"plugins[].status", "text", "", "ok, partial, failed or stopped", NULL},
    {"plugins[].failed", "count", "innovations", "on which it failed", NULL},
    {"innovations", "list", "", "all of them, in the model's order", NULL},
    {"innovations[]", "object", "", "one of them, as the scenario has it", NULL},
    {"innovations[].id", "text", "", "as the model has it", NULL},
    {"innovations[].changed", "flag", "", "whether anything is other than without the scenario", NULL},
    {"innovations[]", "", "", "", &output_values},
};
const struct output_shape output_scenario =
    OUTPUT_SHAPE("scenario", "What if: arithmetic of the model, not a forecast.", scenario);

static const struct output_row run[] = {
    {"uptake", "text", "", "the version that wrote it", NULL},
    {"run", "object", "", "which run this is", &output_head},
    {"plugins", "list", "", "that ran, by their names in the spec", NULL},
    {"plugins[]", "object", "", "one of them", NULL},
    {"plugins[].name", "text", "", "in the spec", NULL},
    {"plugins[].id", "text", "", "of the plugin", NULL},
    {"plugins[].version", "text", "", "of the plugin", NULL},
    {"plugins[].revision", "count", "", "of its method: another one may give other results", NULL},
    {"plugins[].status", "text", "", "ok, partial (failed on some), failed or stopped", NULL},
    {"plugins[].failed", "count", "innovations", "on which it failed", NULL},
    {"innovations", "list", "", "all of them, in the model's order", NULL},
    {"innovations[]", "object", "", "one a line", &output_innovation},
    {"merges", "list", "", "how the orders were made", NULL},
    {"merges[]", "object", "", "one of them", &output_merge},
    {"tables", "object", "", "by list, such as `support[]`; `/` is the portfolio as a whole", NULL},
    {"tables.ENTITY", "list", "", "its rows", NULL},
    {"tables.ENTITY[]", "object", "", "one of them", &output_table_row},
    {"findings", "list", "", "of all innovations together", NULL},
    {"findings[]", "object", "", "one of them", &output_finding},
    {"agreement", "list", "", "whether the headlines go together, pair by pair", NULL},
    {"agreement[]", "object", "", "one pair", NULL},
    {"agreement[].a", "text", "", "a measure", NULL},
    {"agreement[].b", "text", "", "another", NULL},
    {"agreement[].n", "count", "innovations", "that both have", NULL},
    {"agreement[].kendall_tau_b", "number or null", "-1 to 1", "null: see `reason`", NULL},
    {"agreement[].spearman", "number or null", "-1 to 1", "null: see `reason`", NULL},
    {"agreement[].reason", "text", "", "why there is none; only then", NULL},
    {"find_out_first", "list or null", "", "which figure it would pay to settle, most useful first; null: not asked", NULL},
    {"find_out_first[]", "object", "", "one of them", NULL},
    {"find_out_first[].innovation", "text", "", "its id", NULL},
    {"find_out_first[].measure", "text", "", "its name", NULL},
    {"find_out_first[].missing", "flag", "", "true: nothing is known of it yet", NULL},
    {"find_out_first[].low", "number or null", "the measure's", "the least that it can be", NULL},
    {"find_out_first[].high", "number or null", "the measure's", "the most", NULL},
    {"find_out_first[].places", "number", "places", "that the rank ranges of all innovations lose together, mean of the merges", NULL},
    {"find_out_first[].score", "number", "the score's", "by which its own score's range narrows, mean of the merges", NULL},
    {"find_out_first[].why", "text or null", "", "why it is open, as the plugin says", NULL},
    {"sources", "list or null", "", "that rows rest on; null: too many innovations to list them", NULL},
    {"sources[]", "object", "", "one of them", &output_source},
    {"comparisons", "list", "", "in the spec's order", NULL},
    {"comparisons[]", "object", "", "one of them", &output_comparison},
    {"scenarios", "object", "", "by their names in the spec", NULL},
    {"scenarios.SCENARIO", "object", "", "one of them", &output_scenario},
};
/* clang-format on */
const struct output_shape output_run =
    OUTPUT_SHAPE("run", "`uptake run SPEC --format json`. The same run gives the same bytes.", run);
