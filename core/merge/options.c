/* Parameters: one table of rows, and how a spec's keys become values: see options.h. */
#include "merge/options.h"

#include <math.h>
#include <string.h>

#include "base/number.h"
#include "base/text.h"

static const char *const forms[] = {"ratio", "reference", "multiplicative", NULL};
static const char *const estimators[] = {"DL", "PM", "REML", NULL};
static const char *const intervals[] = {"normal", "hksj", NULL};
static const char *const preferences[] = {"usual",  "u-shape",  "v-shape", "level",
                                          "linear", "gaussian", NULL};

static const struct merge_option rows[] = {
    {"v", "0.5", "weight of the group's gain against the single worst regret", NULL},
    {"lambda", "0.5", "share of the sum; the rest is the product's", NULL},
    {"p", "2", "order of the distance: 2 as the crow flies, 1 along the streets", NULL},
    {"trim", "0.1", "share of the weight that is cut at each end; 0.5 is the median", NULL},
    {"orness", "0.5", "1 counts the best value only, 0 the worst, 0.5 all alike", NULL},
    {"order_weights", "from orness", "a weight for each place, the best value's first", NULL},
    {"k", "60", "the constant added to a rank: the larger, the less the first places stand out",
     NULL},
    {"threshold", "0.02",
     "Euclidean distances that differ by less are left to the taxicab distance", NULL},
    {"concordance", "0.65", "the least share of weight that must agree for outranking", NULL},
    {"discordance", "0.35", "the largest objection that outranking bears", NULL},
    {"form", "ratio", "ratio system, reference point or full multiplicative form", forms},
    {"tau2", "REML",
     "estimator of the variance between measures: DerSimonian-Laird, Paule-Mandel or REML",
     estimators},
    {"interval", "hksj",
     "of the pooled value: normal, or Hartung-Knapp-Sidik-Jonkman, which is wider with few "
     "measures",
     intervals},
};
enum { N_ROWS = sizeof rows / sizeof *rows };

const struct merge_option *merge_options(size_t *count)
{
    *count = N_ROWS;
    return rows;
}

struct merge_options merge_options_usual(void)
{
    return (struct merge_options){.v = 0.5,
                                  .lambda = 0.5,
                                  .p = 2,
                                  .trim = 0.1,
                                  .orness = 0.5,
                                  .k = 60,
                                  .threshold = 0.02,
                                  .concordance = 0.65,
                                  .discordance = 0.35,
                                  .form = MERGE_RATIO,
                                  .tau2 = MERGE_REML,
                                  .interval = MERGE_HKSJ};
}

/* --- Which a method takes ---------------------------------------------------------------------- */

static bool takes(const char *list, const char *name)
{
    size_t bytes = strlen(name);
    for (const char *at = list; at && (at = strstr(at, name)); at += bytes)
        if ((at == list || at[-1] == ' ') && (at[bytes] == ' ' || at[bytes] == 0))
            return true;
    return false;
}

bool merge_takes(const struct merge_method *method, const char *option)
{
    return takes(method->options, option);
}

static const struct merge_method *method_of(const char *name)
{
    size_t count;
    const struct merge_method *methods = merge_methods(&count);
    for (size_t k = 0; k < count; k++)
        if (name && strcmp(methods[k].name, name) == 0)
            return &methods[k];
    return NULL;
}

static int refuse_option(const struct spec_merge *spec, const struct merge_method *method,
                         const struct tree *key, struct uptake_error *error)
{
    char takers[300] = "";
    size_t count, used = 0;
    const struct merge_method *methods = merge_methods(&count);
    for (size_t k = 0; k < count; k++)
        if (takes(methods[k].options, key->text) && used < sizeof takers - 40) {
            memcpy(takers + used, used ? ", " : "", used ? 2 : 0);
            used += used ? 2 : 0;
            used = (size_t)(stpcpy(takers + used, methods[k].name) - takers);
        }
    return error_at(error, key->place,
                    "merge %s: method %s has no parameter `%s`, which is one of %s; it takes %s",
                    spec->name, method->name, key->text, takers,
                    method->options ? method->options : "none");
}

/* --- Values ------------------------------------------------------------------------------------ */

static int word_of(const char *what, const struct tree *value, const char *const *words, int *into,
                   struct uptake_error *error)
{
    struct nearest nearest;
    char quoted[72], hint[96];
    nearest_start(&nearest, value->text, value->bytes);
    for (int k = 0; words[k]; k++) {
        if (strcmp(words[k], value->text) == 0) {
            *into = k;
            return 0;
        }
        nearest_offer(&nearest, words[k]);
    }
    return error_at(error, value->place, "%s: unknown word '%s'%s", what,
                    text_quote(quoted, value->text, value->bytes), nearest_hint(&nearest, hint));
}

static int numbers_of(const char *what, const struct tree *list, size_t least, double *into,
                      struct uptake_error *error)
{
    for (size_t k = 0; k < list->count; k++) {
        const struct tree *item = &list->values[k];
        char found[96];
        if (item->kind != YAML_SCALAR || !item->plain ||
            !number_parse(item->text, item->bytes, &into[k]) || (least == 0 && into[k] < 0))
            return error_at(error, item->place, "%s: found %s; expected a number%s", what,
                            tree_what(item, found), least == 0 ? " from 0" : "");
    }
    return 0;
}

static int read_order_weights(const struct tree *value, struct merge_options *options,
                              struct arena *arena, struct uptake_error *error)
{
    double *numbers = arena_array(arena, value->count, sizeof *numbers);
    if (!numbers)
        return error_memory(error);
    options->order_weights = numbers;
    options->n_order_weights = value->count;
    return numbers_of("order_weights", value, 0, numbers, error);
}

struct target {
    const char *name;
    size_t offset;
};
#define AT(member) offsetof(struct merge_options, member)
static const struct target numbers[] = {{"v", AT(v)},
                                        {"lambda", AT(lambda)},
                                        {"p", AT(p)},
                                        {"trim", AT(trim)},
                                        {"orness", AT(orness)},
                                        {"k", AT(k)},
                                        {"threshold", AT(threshold)},
                                        {"concordance", AT(concordance)},
                                        {"discordance", AT(discordance)}};
static const struct target choices[] = {
    {"form", AT(form)}, {"tau2", AT(tau2)}, {"interval", AT(interval)}};

static void *target_in(const struct target *targets, size_t count, const char *name,
                       struct merge_options *options)
{
    for (size_t k = 0; k < count; k++)
        if (strcmp(targets[k].name, name) == 0)
            return (char *)options + targets[k].offset;
    return NULL;
}

static int read_option(const struct merge_option *row, const struct tree *value,
                       struct merge_options *options, struct arena *arena,
                       struct uptake_error *error)
{
    double *number = target_in(numbers, sizeof numbers / sizeof *numbers, row->name, options);
    int *choice = target_in(choices, sizeof choices / sizeof *choices, row->name, options);
    if (choice)
        return word_of(row->name, value, row->words, choice, error);
    if (!number)
        return read_order_weights(value, options, arena, error);
    number_parse(value->text, value->bytes, number); /* the spec's own check has seen it */
    return 0;
}

static const struct tree *key_of(const struct tree *tree, const char *name)
{
    for (size_t k = 0; k < tree->count; k++)
        if (strcmp(tree->keys[k].text, name) == 0)
            return tree_is_null(&tree->values[k]) ? NULL : &tree->keys[k];
    return NULL;
}

int options_read(const struct spec_merge *spec, struct merge_options *options, struct arena *arena,
                 struct uptake_error *error)
{
    const struct merge_method *method = method_of(spec->method);
    int failed = 0;
    *options = merge_options_usual();
    for (size_t k = 0; method && k < N_ROWS; k++) {
        const struct tree *key = key_of(spec->options, rows[k].name);
        if (!key)
            continue;
        failed |= takes(method->options, rows[k].name)
                      ? read_option(&rows[k], tree_get(spec->options, rows[k].name), options, arena,
                                    error)
                      : refuse_option(spec, method, key, error);
    }
    return failed ? -1 : 0;
}

/* --- Of a measure ------------------------------------------------------------------------------ */

static int read_ideal(const struct tree *value, struct merge_measure *measure,
                      struct uptake_error *error)
{
    double ends[2] = {0, 0};
    measure->has_ideal = true;
    if (value->kind == YAML_SCALAR) {
        number_parse(value->text, value->bytes, &measure->ideal_low);
        measure->ideal_high = measure->ideal_low;
        return 0;
    }
    if (value->count != 2)
        return error_at(error, value->place,
                        "ideal: found a list of %zu; expected a number, or two: [from, to]",
                        value->count);
    if (numbers_of("ideal", value, 1, ends, error) != 0)
        return -1;
    measure->ideal_low = fmin(ends[0], ends[1]);
    measure->ideal_high = fmax(ends[0], ends[1]);
    return 0;
}

/* Points [x, worth], in order of x. */
static int read_points(const struct tree *list, struct merge_curve *curve, struct arena *arena,
                       struct uptake_error *error)
{
    double *points = arena_array(arena, 2 * list->count, sizeof *points);
    if (!points)
        return error_memory(error);
    *curve = (struct merge_curve){.points = points, .count = list->count};
    if (list->count < 2)
        return error_at(error, list->place,
                        "value_function: found %zu points; expected at least 2: [[x, worth], "
                        "[x, worth]]",
                        list->count);
    for (size_t k = 0; k < list->count; k++) {
        const struct tree *point = &list->values[k];
        char found[96];
        if (point->kind != YAML_LIST || point->count != 2)
            return error_at(error, point->place,
                            "value_function: found %s; expected a point, [x, worth]",
                            tree_what(point, found));
        if (numbers_of("value_function", point, 1, points + 2 * k, error) != 0)
            return -1;
        if (k && !(points[2 * k] > points[2 * k - 2]))
            return error_at(error, point->place,
                            "value_function: x is %.10g after %.10g; expected points in order of "
                            "x, each x once",
                            points[2 * k], points[2 * k - 2]);
        if (k && (isinf(points[2 * k] - points[2 * k - 2]) ||
                  isinf(points[2 * k + 1] - points[2 * k - 1])))
            return error_at(error, point->place,
                            "value_function: this point and the one before it are too far apart "
                            "to draw a line between them; set them nearer together");
    }
    return 0;
}

static int read_curve(const struct spec_merge *spec, const struct tree *options,
                      struct merge_curve *curve, struct arena *arena, struct uptake_error *error)
{
    const struct tree *points = key_of(options, "value_function");
    const struct tree *beyond = key_of(options, "outside");
    if (!points && beyond)
        return error_at(error, beyond->place,
                        "merge %s: `outside` is for a measure that has a `value_function`",
                        spec->name);
    if (!points)
        return 0;
    if (read_points(tree_get(options, "value_function"), curve, arena, error) != 0)
        return -1;
    curve->extends = beyond && strcmp(tree_get(options, "outside")->text, "extend") == 0;
    return 0;
}

static int refuse_key(const struct spec_merge *spec, const struct tree *key, const char *whose,
                      struct uptake_error *error)
{
    return error_at(error, key->place, "merge %s: method %s has no `%s` of a measure; %s",
                    spec->name, spec->method, key->text, whose);
}

int options_read_measure(const struct spec_merge *spec, const struct spec_measure *from,
                         struct merge_measure *measure, struct arena *arena,
                         struct uptake_error *error)
{
    static const char *const flows[] = {"preference", "indifferent", "preferred", "inflection"};
    const struct merge_method *method = method_of(spec->method);
    const struct tree *tree = from->options;
    double *const into[] = {NULL, &measure->indifferent, &measure->preferred, &measure->inflection};
    int failed = 0;
    if (!method || tree->kind != YAML_MAP)
        return 0;
    const struct tree *ideal = key_of(tree, "ideal");
    if (ideal)
        failed |= method->needs & (MERGE_NEEDS_IDEAL | MERGE_TAKES_IDEAL)
                      ? read_ideal(tree_get(tree, "ideal"), measure, error)
                      : refuse_key(spec, ideal, "spotis and rim have", error);
    const struct tree *points = key_of(tree, "value_function");
    if (points && (method->needs & MERGE_OWN_SCALE || !(method->needs & MERGE_NEEDS_SCALE)))
        failed |= refuse_key(spec, points, "methods whose normalisation can be chosen have", error);
    else
        failed |= read_curve(spec, tree, &measure->curve, arena, error);
    for (size_t k = 0; k < 4; k++) {
        const struct tree *key = key_of(tree, flows[k]), *value = tree_get(tree, flows[k]);
        if (!key)
            continue;
        if (strcmp(method->name, "promethee-2") != 0)
            failed |= refuse_key(spec, key, "promethee-2 has", error);
        else if (k == 0)
            failed |= word_of("preference", value, preferences, &measure->preference, error);
        else
            number_parse(value->text, value->bytes, into[k]);
    }
    return failed ? -1 : 0;
}

/* --- Weights ----------------------------------------------------------------------------------- */

/* All rows one after the other; that there are as many as measures is merge_check's business. */
static int read_pairs(const struct tree *rows_of, struct merge_weighting *weighting,
                      struct arena *arena, struct uptake_error *error)
{
    size_t n = rows_of->count;
    double *cells = arena_array(arena, n * n, sizeof *cells);
    if (!cells)
        return error_memory(error);
    for (size_t i = 0; i < n; i++) {
        const struct tree *row = &rows_of->values[i];
        char what[96];
        if (row->kind != YAML_LIST || row->count != n)
            return error_at(
                error, row->place,
                "pairwise: found %s; expected a row of %zu numbers, as many as there are "
                "rows",
                tree_what(row, what), n);
        if (numbers_of("pairwise", row, 1, cells + i * n, error) != 0)
            return -1;
    }
    weighting->pairwise = cells;
    weighting->n_pairwise = n * n;
    return 0;
}

/* The spec's own check has seen the words. */
int options_read_weights(const struct spec_merge *spec, struct merge_weighting *weighting,
                         struct arena *arena, struct uptake_error *error)
{
    const struct tree *options = spec->weights_options;
    const struct merge_word *word;
    const char *source;
    *weighting = (struct merge_weighting){.kind = MERGE_GIVEN};
    for (size_t k = 0; spec->weights && (word = merge_weighting_at(k, &source)); k++)
        if (strcmp(word->name, spec->weights) == 0)
            weighting->kind = (int)k;
    if (!options)
        return 0;
    const struct tree *scale = tree_get(options, "scale"), *by = tree_get(options, "by");
    const struct tree *pairs = tree_get(options, "pairwise");
    weighting->scale = scale && strcmp(scale->text, "none") == 0;
    weighting->by = by && strcmp(by->text, "geometric-mean") == 0;
    return pairs && pairs->kind == YAML_LIST ? read_pairs(pairs, weighting, arena, error) : 0;
}
