/* The columns of the CSV files: see output_rows.h. */
#include "report/output_rows.h"

#define INNOVATION                                                                                 \
    {                                                                                              \
        "innovation", "text", "", "its id", NULL                                                   \
    }
#define CAVEAT                                                                                     \
    {                                                                                              \
        "caveat", "text", "", "what must be said wherever the figure goes", NULL                   \
    }

/* clang-format off */
static const struct output_row one[] = {
    INNOVATION,
    {"measure", "text", "", "NAME.WRITE; of a merge `merge:NAME.score`, `.rank` and `.coverage`", NULL},
    {"value", "number or text", "the unit's", "empty: missing; `status` says why", NULL},
    {"low", "number", "the unit's", "the least that it can be; empty: no bounds", NULL},
    {"high", "number", "the unit's", "the most", NULL},
    {"unit", "text", "", "of value, low and high", NULL},
    {"basis_rows", "count", "rows", "of the model that it rests on", NULL},
    {"desk_reading", "count", "rows", "of them one reader's desk reading", NULL},
    {"hindsight", "count", "rows", "of them read later than the time they speak of", NULL},
    {"without_evidence", "count", "rows", "of them that name no evidence", NULL},
    {"status", "text", "", "`ok`, `skipped: reason` or `failed: reason`", NULL},
    CAVEAT,
};
static const struct output_row run[] = {
    {"key", "text", "", "uptake, spec, title, note, model, as_of, containment, left_out, hindsight; with --where also where, adopters, adopters_in_model; caveat as often as there are some", NULL},
    {"value", "text or count", "", "empty: none", NULL},
};
static const struct output_row merged[] = {
    INNOVATION,
    {"merge", "text", "", "its name in the spec", NULL},
    {"score", "number", "the method's", "empty: not ranked", NULL},
    {"score_low", "number", "the method's", "the least that it can be, given what is not known", NULL},
    {"score_high", "number", "the method's", "the most", NULL},
    {"rank", "count", "places", "1 is best; empty: not ranked", NULL},
    {"rank_low", "count", "places", "the best place that is possible", NULL},
    {"rank_high", "count", "places", "the worst place that is possible", NULL},
    {"coverage", "number", "share", "of the weight whose measures are known", NULL},
    CAVEAT,
};
static const struct output_row merges[] = {
    {"merge", "text", "", "its name in the spec", NULL},
    {"what", "text", "", "weight, a figure of the method; with `influence: true` what a measure's weight may do, and what moved without one", NULL},
    {"of", "text", "", "the measure, or the innovation, that it is about", NULL},
    {"value", "number", "", "of what `what` says", NULL},
    {"low", "number", "share", "from: how far the weight may move", NULL},
    {"high", "number", "share", "to", NULL},
};
static const struct output_row parts[] = {
    INNOVATION,
    {"merge", "text", "", "its name in the spec", NULL},
    {"part", "text", "", "the measure, or what the method says besides", NULL},
    {"value", "number", "", "normalised", NULL},
    {"weight", "number", "share", "of the whole weight", NULL},
    {"contribution", "number", "the score's", "what it adds", NULL},
};
static const struct output_row findings[] = {
    {"innovation", "text", "", "its id; empty: all together", NULL},
    {"plugin", "text", "", "its name in the spec", NULL},
    {"level", "text", "", "blocks, risks, helps or unknown", NULL},
    {"text", "text", "", "the finding, in words", NULL},
    {"entity", "text", "", "the list that it speaks of; empty: the whole", NULL},
    {"row", "count", "", "which row of it, from 0 within the innovation", NULL},
    {"because", "text", "", "the reason that the model gives for that row", NULL},
    CAVEAT,
};
static const struct output_row status[] = {
    INNOVATION,
    {"plugin", "text", "", "its name in the spec", NULL},
    {"id", "text", "", "of the plugin", NULL},
    {"version", "text", "", "of the plugin", NULL},
    {"status", "text", "", "ok, skipped or failed", NULL},
    {"reason", "text", "", "why it was skipped, or failed", NULL},
};
static const struct output_row agreement[] = {
    {"a", "text", "", "a measure", NULL},
    {"b", "text", "", "another", NULL},
    {"n", "count", "innovations", "that both have", NULL},
    {"kendall_tau_b", "number", "-1 to 1", "empty: see reason", NULL},
    {"spearman", "number", "-1 to 1", "empty: see reason", NULL},
    {"reason", "text", "", "why there is none", NULL},
};
static const struct output_row comparisons[] = {
    {"comparison", "count", "", "which one of the spec's, from 1", NULL},
    {"a", "text", "", "one side; empty: all together", NULL},
    {"b", "text", "", "the other", NULL},
    {"n", "count", "innovations", "that all its sides have", NULL},
    {"statistic", "text", "", "`uptake describe statistics` has them; verdict", NULL},
    {"value", "number", "", "empty: see reason", NULL},
    {"reason", "text", "", "why there is none", NULL},
    {"text", "text", "", "the verdict, in words", NULL},
};
static const struct output_row sources[] = {
    INNOVATION,
    {"source", "text", "", "the evidence's id", NULL},
    {"type", "text", "", "rct, audit, guidance ...", NULL},
    {"year", "number", "", "of its publication", NULL},
    {"citation", "text", "", "where it is from", NULL},
    {"url", "text", "", "its address", NULL},
    {"entity", "text", "", "the list whose row names it", NULL},
    {"row", "count", "", "which row of it, from 0 within the innovation", NULL},
};
static const struct output_row scenarios[] = {
    {"scenario", "text", "", "its name in the spec", NULL},
    INNOVATION,
    {"measure", "text", "", "NAME.WRITE; of a merge `merge:NAME.score` and `.rank`", NULL},
    {"baseline", "number or text", "the measure's", "without the scenario", NULL},
    {"value", "number or text", "the measure's", "with it", NULL},
    {"change", "number", "the measure's", "value less baseline", NULL},
};
static const struct output_row changes[] = {
    {"scenario", "text", "", "its name in the spec", NULL},
    {"path", "text", "", "of the field that it changes; as_of", NULL},
    {"change", "text", "", "such as `close 0.5`", NULL},
    {"rows_matched", "count", "rows", "that the path names", NULL},
    {"rows_changed", "count", "rows", "that became others", NULL},
    {"rows_unknown", "count", "rows", "that stay as they are: their value is not known", NULL},
    {"outcome", "text", "", "the same in words", NULL},
};
static const struct output_row table[] = {
    {"innovation", "text", "", "its id; empty: a row of the portfolio", NULL},
    {"row", "count", "", "which row of the list, from 0 within the innovation", NULL},
    {"rule", "text", "", "the rule's id; only in table-rules.csv", NULL},
    {"MEASURE", "number or text", "the measure's", "what a plugin wrote beside the row, NAME.WRITE", NULL},
    {"MEASURE.low", "number", "the measure's", "the least that it can be; only where it has bounds", NULL},
    {"MEASURE.high", "number", "the measure's", "the most", NULL},
    CAVEAT,
};
static const struct output_row compare[] = {
    INNOVATION,
    {"what", "text", "", "a measure; merge:NAME.score, merge:NAME.rank; rows:NAME.WRITE; status:NAME; finding:NAME.LEVEL; why:NAME.score:CAUSE, why:NAME.rank:CAUSE; of versions declared:..., search", NULL},
    {"change", "text", "", "equal, changed, added or removed", NULL},
    {"before", "number or text", "the measure's", "empty: it was not there, or is missing; of rows: empty", NULL},
    {"after", "number or text", "the measure's", "empty: it is no longer there, or is missing; of rows: how many", NULL},
    {"difference", "number", "the measure's", "after less before; of measures without its sign", NULL},
};
/* clang-format on */

static const struct output_shape files[] = {
    OUTPUT_SHAPE("run.csv", "Which run this is: a line a key.", run),
    OUTPUT_SHAPE("measures.csv", "Every measure of every innovation, a line each.", one),
    OUTPUT_SHAPE("merged.csv", "Every innovation in every merge.", merged),
    OUTPUT_SHAPE("merges.csv", "What is said of a merge as a whole.", merges),
    OUTPUT_SHAPE("merge-parts.csv", "What each innovation's score is made of.", parts),
    OUTPUT_SHAPE("findings.csv", "Every finding.", findings),
    OUTPUT_SHAPE("status.csv", "What became of each plugin on each innovation.", status),
    OUTPUT_SHAPE("agreement.csv", "Whether the headlines go together.", agreement),
    OUTPUT_SHAPE("comparisons.csv", "What `compare:` asked for, a line a statistic.", comparisons),
    OUTPUT_SHAPE("sources.csv", "What rows rest on.", sources),
    OUTPUT_SHAPE("scenarios.csv", "Every measure with each scenario; only where there are some.",
                 scenarios),
    OUTPUT_SHAPE("scenario-changes.csv", "What each scenario changed; only where there are some.",
                 changes),
    OUTPUT_SHAPE("table-LIST.csv",
                 "Rows of a list that plugins wrote into, such as table-support.csv; of the "
                 "portfolio table-portfolio-LIST.csv.",
                 table),
    OUTPUT_SHAPE("run", "`uptake run SPEC --format csv`: measures and merges in one table.", one),
    OUTPUT_SHAPE("compare",
                 "`uptake compare BEFORE.db AFTER.db --format csv`: a line a difference.", compare),
};

const struct output_shape *const *output_csv(size_t *count)
{
    enum { FILES = sizeof files / sizeof *files };
    static const struct output_shape *all[FILES];
    for (size_t k = 0; k < FILES; k++)
        all[k] = &files[k];
    *count = FILES;
    return all;
}
