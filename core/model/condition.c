/*
 * Conditions against the vocabulary. The fields are looked up as a plugin's reads are, in a schema of the rules' own;
 * then each operator is held against the type that was found.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/number.h"
#include "base/text.h"
#include "model/load.h"
#include "model/ruleset.h"

static const char *const op_keys[OPS] = {"at_least", "above",  "at_most",      "is",
                                         "in",       "exists", "within_months"};

static unsigned bit(int op)
{
    return 1u << op;
}

/* --- What is asked for ------------------------------------------------------------------------- */

/* Of a user's own field nothing is known but what the condition does with it. */
static uint32_t own_type(const struct condition *condition)
{
    double number;
    const unsigned thresholds = bit(OP_AT_LEAST) | bit(OP_ABOVE) | bit(OP_AT_MOST);
    const struct tree *value = condition->n_values ? condition->values[0].tree : NULL;
    if (condition->ops & thresholds)
        return UPTAKE_NUMBER;
    if (condition->ops & bit(OP_WITHIN))
        return UPTAKE_DATE;
    if (value && value->plain && number_parse(value->text, value->bytes, &number))
        return UPTAKE_NUMBER;
    bool flag = value && value->plain &&
                (strcmp(value->text, "true") == 0 || strcmp(value->text, "false") == 0);
    return flag ? UPTAKE_FLAG : UPTAKE_TEXT;
}

static int make_requests(struct ruleset *set)
{
    static const struct model_request firsts[RULE_REQUESTS] = {
        [RULE_IDS] = {.path = "/rules[].id", .type = UPTAKE_TEXT, .wanted_by = "a rule"},
        [RULE_ENDS] = {.path = "/rules[].ends", .type = UPTAKE_DATE, .wanted_by = "a rule"},
        [RULE_KINDS] = {.path = "/rules[].applies_to[]", .wanted_by = "a rule"},
        [INNOVATION_KIND] = {.path = "kind", .wanted_by = "a rule"}};
    size_t n = set->conditions.bytes / sizeof(struct condition);
    struct condition *conditions = ruleset_conditions(set);
    set->requests = arena_array(set->arena, 2 * n + RULE_REQUESTS, sizeof *set->requests);
    if (!set->requests)
        return -1;
    memcpy(set->requests, firsts, sizeof firsts);
    set->n_requests = RULE_REQUESTS;
    for (size_t c = 0; c < n; c++)
        for (uint32_t k = 0; k < conditions[c].n_operands; k++) {
            struct rule_operand *operand = &conditions[c].operands[k];
            if (!operand->path)
                continue;
            bool own = strncmp(operand->path, "custom.", strlen("custom.")) == 0;
            operand->request = set->n_requests;
            set->requests[set->n_requests++] =
                (struct model_request){.path = operand->path,
                                       .type = own ? own_type(&conditions[c]) : 0,
                                       .doubt = true,
                                       .min = (double)NAN,
                                       .max = (double)NAN,
                                       .wanted_by = "a rule",
                                       .place = operand->place};
        }
    return 0;
}

/* --- Values by type ---------------------------------------------------------------------------- */

static int wrong_choice(const struct model_request *request, const struct tree *value,
                        struct uptake_error *error)
{
    char quoted[72], hint[96], listed[320] = "";
    size_t used = 0;
    struct nearest nearest;
    nearest_start(&nearest, value->text, value->bytes);
    for (int k = 0; request->choices[k]; k++) {
        nearest_offer(&nearest, request->choices[k]);
        if (k < 16 && used < sizeof listed)
            used += (size_t)snprintf(listed + used, sizeof listed - used, "%s%s", k ? ", " : "",
                                     request->choices[k]);
        else if (k == 16 && used < sizeof listed)
            used += (size_t)snprintf(listed + used, sizeof listed - used, ", ...");
    }
    return error_at(error, value->place, "'%s': there is no choice '%s'; expected one of %s%s",
                    request->path, text_quote(quoted, value->text, value->bytes), listed,
                    nearest_hint(&nearest, hint));
}

static int bind_choice(const struct model_request *request, struct rule_value *value,
                       struct uptake_error *error)
{
    for (value->code = 0; request->choices[value->code]; value->code++)
        if (strcmp(request->choices[value->code], value->tree->text) == 0)
            return 0;
    return wrong_choice(request, value->tree, error);
}

static int bind_value(const struct model_request *request, struct rule_value *value,
                      struct uptake_error *error)
{
    const struct tree *tree = value->tree;
    char text[96];
    if (request->type == UPTAKE_CHOICE && request->choices)
        return bind_choice(request, value, error);
    if (request->type == UPTAKE_FLAG) {
        value->code = strcmp(tree->text, "true") == 0;
        if (tree->plain && (value->code || strcmp(tree->text, "false") == 0))
            return 0;
        return error_at(error, tree->place, "'%s': found %s; expected true or false", request->path,
                        tree_what(tree, text));
    }
    if (request->type == UPTAKE_NUMBER &&
        !(tree->plain && number_parse(tree->text, tree->bytes, &value->number)))
        return error_at(error, tree->place, "'%s': found %s; expected a number", request->path,
                        tree_what(tree, text));
    return 0;
}

/* --- Operators by type ------------------------------------------------------------------------- */

/* What each type can be asked. */
static const struct {
    uint32_t type;
    unsigned ops;
    const char *name;
} types[] = {
    {UPTAKE_NUMBER, 0x3f, "a number"}, /* all but within_months */
    {UPTAKE_CHOICE, 0x38, "a choice"}, /* is, in, exists */
    {UPTAKE_TEXT, 0x38, "a text"},     {UPTAKE_FLAG, 0x38, "a flag"},
    {UPTAKE_REF, 0x20, "a reference"}, /* exists */
    {UPTAKE_DATE, 0x60, "a date"},     /* exists, within_months */
    {UPTAKE_LIST, 0x20, "a list"},
};

static const char *op_needs(int op)
{
    return op <= OP_AT_MOST  ? "a threshold needs a number"
           : op == OP_WITHIN ? "within_months needs two dates"
           : op == OP_EXISTS ? "nothing can be asked of it"
                             : "is and in need a number, a choice, a flag or a text";
}

static int check_ops(const struct condition *condition, const struct model_request *request,
                     struct uptake_error *error)
{
    size_t t = 0;
    while (t + 1 < sizeof types / sizeof *types && types[t].type != request->type)
        t++;
    int failed = 0;
    for (int op = 0; op < OPS; op++)
        if (condition->ops & bit(op) & ~types[t].ops)
            failed |= error_at(error, condition->places[op], "%s: '%s' is %s; %s", op_keys[op],
                               request->path, types[t].name, op_needs(op));
    return failed;
}

/* --- Words ------------------------------------------------------------------------------------- */

static const char *unit_of(const struct model_request *request)
{
    const char *unit = request->unit ? request->unit : "";
    return strcmp(unit, "row") == 0 ? "" : unit;
}

static const char *threshold_words(struct arena *arena, const struct condition *condition,
                                   const char *unit, const char *words)
{
    static const char *const said[] = {"at least", "above", "at most"};
    for (int op = OP_AT_LEAST; op <= OP_AT_MOST && words; op++) {
        char number[NUMBER_BYTES];
        if (!(condition->ops & bit(op)))
            continue;
        number_print(number, condition->limit[op]);
        words =
            arena_format(arena, "%s %s %s%s%s", words, said[op], number, *unit ? " " : "", unit);
    }
    return words;
}

static const char *value_words(struct arena *arena, const struct condition *condition,
                               const char *words)
{
    for (uint32_t k = 0; k < condition->n_values && words; k++)
        words = arena_format(arena, "%s %s %s", words, k ? "or" : "is",
                             condition->values[k].tree->text);
    if (condition->ops & bit(OP_EXISTS) && words)
        words = arena_format(arena, "%s%s", words, condition->exists ? "" : " absent");
    return words;
}

static const char *operand_words(struct arena *arena, const struct rule_operand *operand)
{
    char date[DATE_BYTES];
    if (operand->path)
        return operand->path;
    if (operand->as_of)
        return "as_of";
    date_print(date, operand->fixed);
    return arena_text(arena, date, strlen(date));
}

static int within_words(struct arena *arena, struct condition *condition)
{
    const struct rule_operand *a = &condition->operands[0], *b = &condition->operands[1];
    const char *from = operand_words(arena, a), *to = operand_words(arena, b);
    condition->words = from && to ? arena_format(arena, "%s within %d months of %s", to,
                                                 (int)condition->limit[OP_WITHIN], from)
                                  : NULL;
    return condition->words ? 0 : -1;
}

static int make_words(struct ruleset *set, struct condition *condition)
{
    if (condition->ops & bit(OP_WITHIN))
        return within_words(set->arena, condition);
    const struct model_request *request = &set->requests[condition->operands[0].request];
    condition->words = threshold_words(set->arena, condition, unit_of(request), request->path);
    if (condition->words)
        condition->words = value_words(set->arena, condition, condition->words);
    return condition->words ? 0 : -1;
}

/* --- All --------------------------------------------------------------------------------------- */

static int check_condition(struct ruleset *set, struct condition *condition,
                           struct uptake_error *error)
{
    int failed = 0;
    for (uint32_t k = 0; k < condition->n_operands; k++)
        if (condition->operands[k].path)
            failed |= check_ops(condition, &set->requests[condition->operands[k].request], error);
    for (uint32_t k = 0; k < condition->n_values && !failed; k++)
        failed |= bind_value(&set->requests[condition->operands[0].request], &condition->values[k],
                             error);
    if (!failed && make_words(set, condition) != 0)
        return error_memory(error);
    return failed;
}

int ruleset_check(struct ruleset *set, struct uptake_error *error)
{
    size_t n = set->conditions.bytes / sizeof(struct condition);
    struct schema schema = {.arena = set->arena};
    struct pool pool = {0};
    if (n == 0)
        return 0;
    if (make_requests(set) != 0)
        return error_memory(error);
    int failed = schema_build(&schema, &pool, set->requests, set->n_requests, error);
    for (size_t c = 0; c < n && !failed; c++)
        if (check_condition(set, &ruleset_conditions(set)[c], error) != 0 &&
            error->exit_code == EXIT_MACHINE)
            break;
    schema_finish(&schema);
    pool_finish(&pool);
    return failed || error->count ? -1 : 0;
}
