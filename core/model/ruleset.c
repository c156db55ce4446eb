/*
 * Conditions as they are written: {field: F, at_most: X}, {within_months: [A, B, n]}. Read for shape here; what only the
 * vocabulary can say is condition.c's.
 */
#include "model/ruleset.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/number.h"
#include "base/text.h"
#include "model/load.h"

static const char *const condition_keys[] = {"at_least", "above",         "at_most", "is",  "in",
                                             "exists",   "within_months", "field",   "note"};
enum { KEY_FIELD = OPS, KEY_NOTE, KEYS };

void ruleset_finish(struct ruleset *set)
{
    buffer_finish(&set->conditions);
    buffer_finish(&set->rules);
}

/* --- Values ------------------------------------------------------------------------------------ */

struct reading {
    struct loader *loader;
    struct condition condition;
    bool wrong;
};

__attribute__((format(printf, 3, 4))) static void complain(struct reading *r, struct place place,
                                                           const char *format, ...)
{
    char text[400];
    va_list values;
    va_start(values, format);
    vsnprintf(text, sizeof text, format, values);
    va_end(values);
    error_at(r->loader->error, place, "%s", text);
    r->wrong = true;
}

static void expected(struct reading *r, const char *key, const struct tree *found, const char *what)
{
    char text[96];
    complain(r, found->place, "%s: found %s; expected %s", key, tree_what(found, text), what);
}

static bool plain_number(const struct tree *tree, double *x)
{
    return tree->kind == YAML_SCALAR && tree->plain && number_parse(tree->text, tree->bytes, x);
}

static void read_threshold(struct reading *r, int op, const struct tree *value)
{
    if (!plain_number(value, &r->condition.limit[op]))
        expected(r, condition_keys[op], value, "a number, in the field's own unit");
}

/* Their own nodes are kept: what they mean depends on the field's type. */
static void read_values(struct reading *r, int op, const struct tree *first, size_t count)
{
    struct condition *condition = &r->condition;
    for (size_t k = 0; k < count; k++)
        if (first[k].kind != YAML_SCALAR || tree_is_null(&first[k])) {
            expected(r, condition_keys[op], &first[k], "a single value");
            return;
        }
    condition->values = arena_array(r->loader->rules_read.arena, count, sizeof *condition->values);
    for (size_t k = 0; condition->values && k < count; k++)
        condition->values[k].tree = &first[k];
    condition->n_values = condition->values ? (uint32_t)count : 0;
}

static void read_in(struct reading *r, const struct tree *value)
{
    if (value->kind != YAML_LIST || value->count == 0 || value->count > RULE_VALUES_MAX)
        expected(r, "in", value, "a list of 1 to 100 values, such as [a, b]");
    else
        read_values(r, OP_IN, value->values, value->count);
}

static void read_exists(struct reading *r, const struct tree *value)
{
    bool yes = value->kind == YAML_SCALAR && value->plain && strcmp(value->text, "true") == 0;
    bool no = value->kind == YAML_SCALAR && value->plain && strcmp(value->text, "false") == 0;
    if (!yes && !no)
        expected(r, "exists", value, "true or false");
    r->condition.exists = yes;
}

/* --- Fields ------------------------------------------------------------------------------------ */

/* Some field of the vocabulary begins with that and that name. */
static bool vocabulary_has(const char *before, const char *name, size_t bytes)
{
    size_t count, lead = strlen(before);
    const struct vocabulary_row *rows = vocabulary_rows(&count);
    for (size_t k = 0; k < count; k++)
        if (strncmp(rows[k].path, before, lead) == 0 &&
            strncmp(rows[k].path + lead, name, bytes) == 0 &&
            strchr(".[", rows[k].path[lead + bytes])) /* or its end */
            return true;
    return false;
}

/* A field is looked for in the innovation, then in what commissioners ask of it. */
static const char *whole_path(struct arena *arena, const struct tree *written)
{
    static const char home[] = "commissioning.";
    size_t bytes = strcspn(written->text, ".[");
    bool short_form = bytes && !vocabulary_has("", written->text, bytes) &&
                      vocabulary_has(home, written->text, bytes);
    return short_form ? arena_format(arena, "%s%s", home, written->text) : written->text;
}

static void read_operand(struct reading *r, const char *key, const struct tree *written)
{
    if (written->kind != YAML_SCALAR || written->bytes == 0 || written->bytes > 200) {
        expected(r, key, written, "a field of an innovation, such as commissioning.payback");
        return;
    }
    if (*written->text == '/' || *written->text == '@') {
        expected(r, key, written, "a field of an innovation: a rule speaks of nothing else");
        return;
    }
    struct condition *condition = &r->condition;
    const char *path = whole_path(r->loader->rules_read.arena, written);
    condition->operands[condition->n_operands++] =
        (struct rule_operand){.path = path ? path : written->text, .place = written->place};
}

static void read_moment(struct reading *r, const struct tree *written)
{
    struct rule_operand *operand = &r->condition.operands[r->condition.n_operands];
    struct uptake_period period;
    bool scalar = written->kind == YAML_SCALAR;
    bool date = scalar && date_parse(written->text, written->bytes, &period);
    bool as_of = scalar && strcmp(written->text, "as_of") == 0;
    if (!date && !as_of) {
        read_operand(r, "within_months", written);
        return;
    }
    *operand = (struct rule_operand){.place = written->place, .as_of = as_of};
    if (date)
        operand->fixed = period;
    r->condition.n_operands++;
}

static void read_within(struct reading *r, const struct tree *value)
{
    double *months = &r->condition.limit[OP_WITHIN];
    if (r->condition.n_operands > 0) /* of 'field': check_whole refuses both together */
        return;
    if (value->kind != YAML_LIST || value->count != 3) {
        expected(r, "within_months", value,
                 "[A, B, n]: date B is at most n months after date A (fields, dates or as_of)");
        return;
    }
    read_moment(r, &value->values[0]);
    read_moment(r, &value->values[1]);
    if (!plain_number(&value->values[2], months) || *months < 0 || *months > 1200 ||
        *months != (double)(int)*months)
        expected(r, "within_months", &value->values[2], "a whole number of months, 0 to 1200");
}

/* --- A condition ------------------------------------------------------------------------------- */

static void unknown_key(struct reading *r, const struct tree *key)
{
    char quoted[72], hint[96];
    struct nearest nearest;
    nearest_start(&nearest, key->text ? key->text : "", key->bytes);
    for (int k = 0; k < KEYS; k++)
        nearest_offer(&nearest, condition_keys[k]);
    complain(r, key->place, "unknown field '%s' in a condition%s",
             text_quote(quoted, key->text ? key->text : "", key->bytes),
             nearest_hint(&nearest, hint));
}

static void read_op(struct reading *r, int op, const struct tree *value)
{
    r->condition.ops |= 1u << op;
    r->condition.places[op] = value->place;
    switch (op) {
    case OP_IS: read_values(r, op, value, 1); break;
    case OP_IN: read_in(r, value); break;
    case OP_EXISTS: read_exists(r, value); break;
    case OP_WITHIN: read_within(r, value); break;
    default: read_threshold(r, op, value);
    }
}

static void read_key(struct reading *r, const struct tree *key, const struct tree *value)
{
    int k = 0;
    while (k < KEYS && (key->kind != YAML_SCALAR || strcmp(condition_keys[k], key->text) != 0))
        k++;
    if (k == KEYS)
        unknown_key(r, key);
    else if (k < OPS)
        read_op(r, k, value);
}

static void check_whole(struct reading *r, const struct tree *tree, const char *under)
{
    unsigned ops = r->condition.ops, within = 1u << OP_WITHIN;
    bool field = tree_get(tree, "field");
    if (r->wrong)
        return;
    if (!field && !(ops & within))
        complain(r, tree->place, "%s: a condition needs 'field'", under);
    else if (ops & within && (field || ops != within))
        complain(r, tree->place,
                 "%s: within_months names its two dates itself; nothing else "
                 "stands beside it",
                 under);
    else if (!ops)
        complain(r, tree->place,
                 "%s: a condition needs one of at_least, above, at_most, is, in, exists", under);
    else if (ops & 1u << OP_IS && ops & 1u << OP_IN)
        complain(r, tree->place, "%s: either 'is' or 'in', not both", under);
}

static int read_condition(struct loader *loader, const char *under, uint32_t group,
                          const struct tree *tree)
{
    struct ruleset *set = &loader->rules_read;
    struct reading r = {.loader = loader, .condition = {.group = group}};
    const struct tree *field = tree_get(tree, "field");
    if (tree->kind != YAML_MAP)
        expected(&r, under, tree,
                 "a condition, such as {field: commissioning.payback, at_most: 12}");
    else if (field)
        read_operand(&r, "field", field);
    for (size_t k = 0; tree->kind == YAML_MAP && k < tree->count; k++)
        read_key(&r, &tree->keys[k], &tree->values[k]);
    check_whole(&r, tree, under);
    if (set->conditions.bytes / sizeof r.condition == CONDITIONS_MAX) {
        loader->stop = true;
        return error_at(loader->error, tree->place, "more than %d conditions in all rules",
                        CONDITIONS_MAX);
    }
    if (!r.wrong && buffer_append(&set->conditions, &r.condition, sizeof r.condition) != 0)
        return error_memory(loader->error);
    return 0;
}

static int read_conditions(struct loader *loader, const char *under, const struct tree *tree)
{
    struct ruleset *set = &loader->rules_read;
    uint32_t group = strcmp(under, "any") == 0 ? ++set->n_groups : 0;
    if (tree->kind != YAML_LIST || tree->count == 0)
        error_at(loader->error, tree->place, "%s: expected a list of conditions", under);
    for (size_t k = 0; tree->kind == YAML_LIST && k < tree->count; k++) {
        const struct tree *item = &tree->values[k];
        const struct tree *inner = group ? NULL : tree_get(item, "any"); /* all: [{any: [...]}] */
        if (inner && item->count > 1)
            error_at(loader->error, item->place, "all: nothing else stands beside 'any'");
        int failed = inner ? read_conditions(loader, "any", inner)
                           : read_condition(loader, under, group, item);
        if (failed)
            return -1;
    }
    return 0;
}

int ruleset_conditions_read(struct loader *loader, const struct schema_field *field,
                            const struct yaml_event *event)
{
    struct tree tree;
    if (loader->ruleset || loader->second)
        return load_skip(loader, event);
    if (tree_read(loader->yaml, event, loader->arena, &tree, loader->error) != 0)
        return -1;
    return read_conditions(loader, field->key, &tree);
}

/* --- A rule ------------------------------------------------------------------------------------ */

static bool says(struct schema_list *list, const char *key)
{
    const struct schema_field *field = schema_field(&list->map, key, strlen(key));
    return field && field->stamp == list->stamp;
}

void ruleset_row(struct loader *loader, struct schema_list *list, struct place place)
{
    struct ruleset *set = &loader->rules_read;
    const struct cell *id = row_value(list, list->roles.id);
    uint32_t end = (uint32_t)(set->conditions.bytes / sizeof(struct condition));
    if (loader->ruleset || loader->second || !id)
        return;
    const char *text = pool_text(&loader->pool, (int32_t)id->is.code);
    struct rule rule = {arena_text(loader->arena, text, strlen(text)), set->n_settled, end};
    char quoted[72];
    if (!says(list, "all") && !says(list, "any"))
        error_at(loader->error, place,
                 "rule '%s' has no condition; expected some below 'all' or 'any'",
                 text_quote(quoted, text, strlen(text)));
    set->n_settled = end;
    if (ruleset_count(set) == RULES_MAX) {
        error_at(loader->error, place, "more than %d rules", RULES_MAX);
        loader->stop = true;
    } else if (!rule.id || buffer_append(&set->rules, &rule, sizeof rule) != 0) {
        error_memory(loader->error);
        loader->stop = true;
    }
}
