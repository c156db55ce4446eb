/*
 * The spec's format: one table. Checking, messages, help and docs all come from these rows; a key
 * that is not here does not exist. A part in capitals stands for a name of the user's choice, []
 * for an item.
 */
#include "spec/format.h"

#include <float.h>
#include <string.h>

#define METHODS_OWN "the method's own"
#define DECLARED "as declared"

static const struct spec_key keys[] = {
    {"uptake", "format", "required", true, "the format of this file"},
    {"title", "text", "", true, "a title for reports"},
    {"note", "text", "", true, "what a reader must know first; printed under the title"},
    {"model", "path", "required", true, "the model's file, relative to the spec's folder"},
    {"as_of", "date", "", true,
     "the run's date: what began later is left out of every plugin, and counted"},

    {"plugins", "mapping of plugins", "", true, "the analyses to run, by a name of your choice"},
    {"plugins.NAME", "plugin", "", true, "one analysis"},
    {"plugins.NAME.use", "text", "required", true, "a plugin's id, as `uptake plugins` lists it"},
    {"plugins.NAME.with", "parameters", "", true,
     "values for what the plugin lets you tune, as `uptake describe ID` lists them"},
    {"plugins.NAME.reads", "mapping of names", "", true,
     "whose answer is read, where several plugins answer the same question"},
    {"plugins.NAME.reads.QUANTITY", "text", "", true, "the name of a plugin of this spec"},
    {"plugins.NAME.sha256", "SHA-256", "", true, "the bundle must have this hash"},
    {"plugins.NAME.version", "text", "", true,
     "the plugin must have this version, or one in this range, such as '>=1.2 <2'"},
    {"plugins.NAME.revision", "whole number from 0", "", true,
     "the plugin's method must have this revision"},
    {"plugin_path", "path or list of paths", "", true,
     "folders to look for plugins in, relative to the spec's folder"},

    {"merge", "mapping of merges", "", true,
     "rankings made of several measures, by a name of your choice"},
    {"merge.NAME", "merge", "", true, "one ranking"},
    {"merge.NAME.method", "text", "required", true, "how measures become one score"},
    {"merge.NAME.normalise", "text", METHODS_OWN, true, "how measures are brought to one scale"},
    {"merge.NAME.missing", "text", "bounds", true, "what stands in for what is missing"},
    {"merge.NAME.floor", "number from 0 to 1", "0.5", true,
     "the least share of weight that must be present to be ranked"},
    {"merge.NAME.weights", "weighting", "given", true,
     "where the weights come from: a word of `uptake describe merges`, or a mapping that says "
     "more"},
    {"merge.NAME.weights.method", "weighting word", "given", true, "the same word"},
    {"merge.NAME.weights.scale", "range or none", "range", true,
     "critic, std: of values between their least and largest, or as they are"},
    {"merge.NAME.weights.by", "eigenvector or geometric-mean", "eigenvector", true,
     "ahp: how judgements become weights"},
    {"merge.NAME.weights.pairwise", "matrix", "", true,
     "ahp: a row for each measure, in their order: how much more it counts than each other"},
    {"merge.NAME.influence", "true or false", "false", true,
     "whether to say what the order hangs on: the merge without each measure and without each of "
     "the "
     "first innovations, and how far each weight may move before the first change"},
    {"merge.NAME.parts", "true or false", "true up to 10,000 innovations", true,
     "whether each innovation's parts are written: normalised values, weights, contributions"},
    {"merge.NAME.measures", "measures", "required", true,
     "the measures to merge, with their weights"},
    {"merge.NAME.measures.MEASURE", "measure", "1", true,
     "a weight, or a mapping that says more; named PLUGIN.WRITE, or field:PATH for a number of the "
     "model"},
    {"merge.NAME.measures.MEASURE.weight", "number from 0", "1", true, "its weight"},
    {"merge.NAME.measures.MEASURE.better", "higher or lower", DECLARED, true,
     "which end is better"},
    {"merge.NAME.measures.MEASURE.min", "number", DECLARED, true, "the least it can be"},
    {"merge.NAME.measures.MEASURE.max", "number", DECLARED, true, "the most it can be"},
    {"merge.NAME.measures.MEASURE.se", "text", "", true,
     "the measure that holds its standard error"},
    {"merge.NAME.measures.MEASURE.ideal", "number or two", "", true,
     "rim, spotis: the best it can be, a number or [from, to]"},
    {"merge.NAME.measures.MEASURE.value_function", "points", "", true,
     "what its values are worth, instead of the merge's normalisation: points [x, worth] in order "
     "of x, linear between them"},
    {"merge.NAME.measures.MEASURE.outside", "nearest or extend", "nearest", true,
     "value_function: what is outside of its points is worth as much as the nearest, or goes on "
     "along the last line"},
    {"merge.NAME.measures.MEASURE.preference", "text", "usual", true,
     "promethee-2: how a difference counts: usual, u-shape, v-shape, level, linear, gaussian"},
    {"merge.NAME.measures.MEASURE.indifferent", "number from 0", "0", true,
     "promethee-2: differences up to it do not count (q)"},
    {"merge.NAME.measures.MEASURE.preferred", "number from 0", "0", true,
     "promethee-2: differences from it count in full (p)"},
    {"merge.NAME.measures.MEASURE.inflection", "number from 0", "0", true,
     "promethee-2, gaussian: where the curve bends (s)"},
    {"merge.NAME.with", "parameters", "", true,
     "values for what a method of a plugin lets you tune, as `uptake describe ID` lists them"},
    {"merge.NAME.v", "number from 0 to 1", METHODS_OWN, true, "vikor: weight of the majority"},
    {"merge.NAME.lambda", "number from 0 to 1", METHODS_OWN, true,
     "waspas: share of the sum; the rest is the product's"},
    {"merge.NAME.p", "number above 0", METHODS_OWN, true, "topsis: order of the distance"},
    {"merge.NAME.trim", "number from 0 to 0.5", METHODS_OWN, true,
     "trimmed-mean: share cut at each end"},
    {"merge.NAME.orness", "number from 0 to 1", METHODS_OWN, true,
     "owa: 1 counts the best only, 0 the worst"},
    {"merge.NAME.k", "number above 0", METHODS_OWN, true,
     "reciprocal-rank: the constant added to a rank"},
    {"merge.NAME.order_weights", "list of numbers", METHODS_OWN, true,
     "owa: a weight for each place, the best value's first"},
    {"merge.NAME.threshold", "number from 0", METHODS_OWN, true,
     "codas: Euclidean distances that differ by less are left to the taxicab distance"},
    {"merge.NAME.concordance", "number from 0 to 1", METHODS_OWN, true,
     "electre-1: the least share of weight that must agree"},
    {"merge.NAME.discordance", "number from 0 to 1", METHODS_OWN, true,
     "electre-1: the largest objection that outranking bears"},
    {"merge.NAME.form", "text", METHODS_OWN, true, "moora: ratio, reference or multiplicative"},
    {"merge.NAME.tau2", "text", METHODS_OWN, true, "pooled-random: DL, PM or REML"},
    {"merge.NAME.interval", "text", METHODS_OWN, true, "pooled-random: normal or hksj"},

    {"compare", "list of comparisons", "", true, "what is to be compared with what"},
    {"compare[]", "comparison", "", true, "one comparison"},
    {"compare[].between", "list of texts", "required", true,
     "two or more measures, plugins or merges, by name"},
    {"compare[].statistics", "all or list of texts", "a sensible few", true,
     "which statistics, as `uptake describe statistics` lists them"},
    {"compare[].top_k", "whole number from 1", "3", true, "how many of the first are looked at"},
    {"compare[].rbo_p", "number between 0 and 1", "0.9", true,
     "rank-biased overlap: the chance of looking one place further down"},
    {"compare[].quantity", "text", "", true,
     "the question that all of them answer: of a plugin, the write with this quantity; agreement "
     "of the values is then judged as well"},
    {"compare[].tolerance", "number from 0", DECLARED, true,
     "answers that differ by no more agree"},
    {"compare[].eps", "number from 0", "0", true,
     "values that round to the same multiple of this tie; 0: equal values only"},
    {"compare[].better", "mapping of directions", "", true,
     "which end comes first, by the names of `between`"},
    {"compare[].better.MEASURE", "higher or lower", DECLARED, true,
     "which end of it comes first; higher where nothing is declared"},

    {"scenarios", "mapping of scenarios", "", true,
     "what if: the model with a few fields changed, by a name of your choice; run again, and shown "
     "as change against "
     "the run without it"},
    {"scenarios.NAME", "scenario", "", true, "one scenario: set, as_of, or both"},
    {"scenarios.NAME.title", "text", "", true, "a title for reports"},
    {"scenarios.NAME.as_of", "date", "the run's as_of", true,
     "another date for the run: the model is read as of then"},
    {"scenarios.NAME.set", "mapping of changes", "", true,
     "changes, by the path of a field: `support[resource=time].provided` inside every innovation, "
     "`innovations[id=dafne].support[resource=money].provided` for one, "
     "`/adopters[region=North].size` for "
     "the portfolio; conditions between [] look at the model as it is without the scenario"},
    {"scenarios.NAME.set.PATH", "change", "", true, "one change: value, scale or close"},
    {"scenarios.NAME.set.PATH.value", "anything", "", true,
     "the new value, as the model would have it: a number in the field's unit (or with its doubt, "
     "such as {low: 2, "
     "high: 4}), a choice, true or false, a date, or the reasons unknown, none and n/a"},
    {"scenarios.NAME.set.PATH.scale", "number from 0", "", true,
     "a factor for a number and its doubt; what is unknown stays unknown"},
    {"scenarios.NAME.set.PATH.close", "number from 0 to 1", "", true,
     "for `provided` beside `needed`: the share of the gap between the two that is closed, at the "
     "best value and at "
     "both ends of the doubt; never below what is provided, and what is unknown stays unknown"},

    {"doubt", "doubt", "", false, "sampling of what is not known exactly"},
    {"doubt.samples", "whole number from 1", "1000", false, "how many samples"},
    {"doubt.seed", "whole number from 0", "0", false, "where the random numbers start"},
    {"doubt.missing", "text", "", false, "what samples do with missing values"},

    {"limits", "limits", "", true, "what a plugin may use"},
    {"limits.seconds", "number above 0", "10", true, "wall clock, for one batch"},
    {"limits.total", "number above 0", "60", true, "processor time, for one plugin, in seconds"},
    {"limits.memory", "bytes", "512MiB", true, "what a worker may grow by, above the model"},
};
enum { N_KEYS = sizeof keys / sizeof *keys };

#define BIG 1e9 /* seconds, samples: over 30 years, so that what is made of them fits an integer */

static const struct format_type types[] = {
    {"format", "1", .scalar = SCALAR_ONE},
    {"text", "a text", .scalar = SCALAR_TEXT},
    {"path", "a path", .scalar = SCALAR_TEXT},
    {"date", "a date without doubt: 2018-01-24, 2018-01, 2018, 2018Q1 or 2017/18",
     .scalar = SCALAR_DATE},
    {"SHA-256", "64 hexadecimal digits", .scalar = SCALAR_SHA256},
    {"bytes",
     "a number of bytes above 0, or one with a unit: 512MiB (B, KiB, MiB, GiB, KB, MB, GB)",
     .scalar = SCALAR_BYTES},
    {"anything", "a value", .map = MAP_ANY, .list = LIST_ANY, .scalar = SCALAR_ANY},
    {"number or two", "a number, or two: [from, to]", .list = LIST_ANY, .scalar = SCALAR_NUMBER,
     .min = -DBL_MAX, .max = DBL_MAX},
    {"list of numbers", "a list of numbers from 0", .list = LIST_ANY},
    {"number", "a number", .scalar = SCALAR_NUMBER, .min = -DBL_MAX, .max = DBL_MAX},
    {"number from 0", "a number from 0", .scalar = SCALAR_NUMBER, .max = DBL_MAX},
    {"number above 0", "a number above 0, at most 1e9", .scalar = SCALAR_NUMBER, .max = BIG,
     .above = true},
    {"number from 0 to 1", "a number from 0 to 1", .scalar = SCALAR_NUMBER, .max = 1},
    {"number from 0 to 0.5", "a number from 0 to 0.5", .scalar = SCALAR_NUMBER, .max = 0.5},
    {"number between 0 and 1", "a number above 0 and below 1", .scalar = SCALAR_NUMBER, .max = 1,
     .above = true, .below = true},
    {"whole number from 0", "a whole number from 0, at most 2^53", .scalar = SCALAR_WHOLE,
     .max = 0x1p53},
    {"whole number from 1", "a whole number from 1, at most 1e9", .scalar = SCALAR_WHOLE, .min = 1,
     .max = BIG},
    {"higher or lower", "higher or lower", .scalar = SCALAR_WORD, .words = {"higher", "lower"}},
    {"weighting",
     "given, equal, entropy, critic, std, merec, gini, rank-order-centroid, ahp, or a mapping",
     .map = MAP_ROWS, .scalar = SCALAR_WORD,
     .words = {"given", "equal", "entropy", "critic", "std", "merec", "gini", "rank-order-centroid",
               "ahp"}},
    {"weighting word",
     "given, equal, entropy, critic, std, merec, gini, rank-order-centroid or ahp",
     .scalar = SCALAR_WORD,
     .words = {"given", "equal", "entropy", "critic", "std", "merec", "gini", "rank-order-centroid",
               "ahp"}},
    {"range or none", "range or none", .scalar = SCALAR_WORD, .words = {"range", "none"}},
    {"eigenvector or geometric-mean", "eigenvector or geometric-mean", .scalar = SCALAR_WORD,
     .words = {"eigenvector", "geometric-mean"}},
    {"true or false", "true or false", .scalar = SCALAR_WORD, .words = {"true", "false"}},
    {"matrix", "a list of lists of numbers", .list = LIST_ANY},
    {"points", "a list of points such as [[0, 0], [10, 0.8], [50, 1]]", .list = LIST_ANY},
    {"nearest or extend", "nearest or extend", .scalar = SCALAR_WORD,
     .words = {"nearest", "extend"}},
    {"path or list of paths", "a path, or a list of paths", .list = LIST_TEXTS,
     .scalar = SCALAR_TEXT},
    {"list of texts", "a list of names", .list = LIST_TEXTS},
    {"all or list of texts", "'all' or a list of names", .list = LIST_TEXTS, .scalar = SCALAR_WORD,
     .words = {"all"}},
    {"mapping of plugins", "a mapping such as {barriers: {use: spread-barriers}}", .map = MAP_ROWS},
    {"plugin", "a mapping such as {use: spread-barriers}", .map = MAP_ROWS},
    {"parameters", "a mapping of parameters", .map = MAP_ANY},
    {"mapping of names", "a mapping such as {quantity: plugin}", .map = MAP_ROWS},
    {"mapping of merges", "a mapping such as {balanced: {method: weighted-sum, measures: {...}}}",
     .map = MAP_ROWS},
    {"merge", "a mapping such as {method: weighted-sum, measures: {...}}", .map = MAP_ROWS},
    {"measures",
     "a mapping from measures to weights, such as {barriers.openness: 2, support.coverage: 1}",
     .map = MAP_ROWS},
    {"measure", "a weight from 0, or a mapping such as {weight: 1, better: lower}", .map = MAP_ROWS,
     .scalar = SCALAR_NUMBER, .max = DBL_MAX},
    {"list of comparisons", "a list such as [{between: [barriers.openness, support.coverage]}]",
     .list = LIST_ROWS},
    {"comparison", "a mapping such as {between: [barriers.openness, support.coverage]}",
     .map = MAP_ROWS},
    {"mapping of directions", "a mapping such as {field:custom.cost: lower}", .map = MAP_ROWS},
    {"mapping of scenarios", "a mapping such as {later: {as_of: 2026-01-01}}", .map = MAP_ROWS},
    {"scenario", "a mapping such as {as_of: 2026-01-01}", .map = MAP_ROWS},
    {"mapping of changes", "a mapping such as {\"support[resource=time].provided\": {close: 0.5}}",
     .map = MAP_ROWS},
    {"change", "a mapping such as {value: 12}", .map = MAP_ROWS},
    {"doubt", "a mapping such as {samples: 1000, seed: 7}", .map = MAP_ROWS},
    {"limits", "a mapping such as {seconds: 10, total: 60, memory: 512MiB}", .map = MAP_ROWS},
};

const struct spec_key *spec_keys(size_t *count)
{
    *count = N_KEYS;
    return keys;
}

const struct format_type *format_type(const struct spec_key *row)
{
    for (size_t k = 0; k < sizeof types / sizeof *types; k++)
        if (strcmp(types[k].name, row->type) == 0)
            return &types[k];
    return NULL;
}

/* What follows a parent's path in a row's, where the row stands directly under it; else NULL. */
static const char *under(const struct spec_key *row, const struct spec_key *parent)
{
    size_t bytes = parent ? strlen(parent->path) : 0;
    if (bytes && (strncmp(row->path, parent->path, bytes) != 0 || row->path[bytes] != '.'))
        return NULL;
    const char *rest = row->path + bytes + (bytes != 0);
    return strpbrk(rest, ".[") ? NULL : rest;
}

bool format_is_wild(const struct spec_key *row)
{
    const char *last = format_last(row);
    return last[0] >= 'A' && last[0] <= 'Z';
}

const struct spec_key *format_next(const struct spec_key *row, const struct spec_key *after)
{
    for (size_t k = after ? (size_t)(after - keys) + 1 : 0; k < N_KEYS; k++)
        if (under(&keys[k], row))
            return &keys[k];
    return NULL;
}

const struct spec_key *format_child(const struct spec_key *row, const char *name, size_t bytes)
{
    for (const struct spec_key *child = NULL; (child = format_next(row, child));) {
        const char *last = format_last(child);
        if (!format_is_wild(child) && strlen(last) == bytes && memcmp(last, name, bytes) == 0)
            return child;
    }
    return NULL;
}

const struct spec_key *format_wild(const struct spec_key *row)
{
    for (const struct spec_key *child = NULL; (child = format_next(row, child));)
        if (format_is_wild(child))
            return child;
    return NULL;
}

const struct spec_key *format_items(const struct spec_key *row)
{
    size_t bytes = strlen(row->path);
    for (size_t k = 0; k < N_KEYS; k++)
        if (strncmp(keys[k].path, row->path, bytes) == 0 && strcmp(keys[k].path + bytes, "[]") == 0)
            return &keys[k];
    return NULL;
}

const char *format_last(const struct spec_key *row)
{
    const char *dot = strrchr(row->path, '.');
    return dot ? dot + 1 : row->path;
}

bool format_required(const struct spec_key *row)
{
    return strcmp(row->fallback, "required") == 0;
}
