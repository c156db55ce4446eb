/*
 * Verdicts: every rule held against every innovation by Kleene logic (a false condition of `all` makes false, all true make
 * true, else unknown; of `any`, also inside `all`, the other way round).
 *
 * A rule that has ended, or that is of other kinds, is not applicable; one that begins after as_of is no row of the model.
 * Source: three-valued logic after Kleene, Introduction to Metamathematics (1952), section 64.
 */
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "model/schema_internal.h"
#include "model/verdict.h"

/* --- Pairs as a list ------------------------------------------------------------------------------------- */

/* The list "* x /rules[]": inside each innovation, but nothing that a file can fill. */
static struct schema_list *pair_list(struct schema *schema)
{
    static const struct vocabulary_row rows[] = {
        [MODEL_PAIR_VERDICT] = {"verdict", UPTAKE_VERDICT, FIELD_DERIVED, "", 0, 0, NULL,
                                TARGET_NONE, FORM_PLAIN, "enum uptake_verdict"},
        [MODEL_PAIR_RULE] = {"rule", UPTAKE_REF, FIELD_DERIVED, "", 0, 0, NULL, TARGET_NONE,
                             FORM_PLAIN, "the rule's row"},
        [MODEL_PAIR_FIELDS] = {"fields", UPTAKE_TEXT, FIELD_DERIVED, "", 0, 0, NULL, TARGET_NONE,
                               FORM_PLAIN, "the fields that decide"}};
    enum { COUNT = sizeof rows / sizeof *rows };
    struct arena *arena = schema->arena;
    struct schema_list *list = arena_alloc(arena, sizeof *list);
    if (!list)
        return NULL;
    memset(&list->roles, 0xff, sizeof list->roles); /* -1: it has none of them */
    list->path = list->map.path = MODEL_PAIRS;
    list->key = "rules";
    list->by_slot = arena_array(arena, COUNT, sizeof(struct schema_field *));
    for (size_t k = 0; list->by_slot && k < COUNT; k++)
        if (!schema_add_value(schema, list, &list->map, rows[k].path, &rows[k]))
            return NULL;
    for (size_t k = 0; list->by_slot && k < COUNT; k++)
        list->by_slot[k] = &list->map.fields[k];
    return list->by_slot ? list : NULL;
}

int schema_pairs(struct schema *schema, struct model_request *request, struct uptake_error *error)
{
    if (!schema->pairs) {
        struct schema_list *list = pair_list(schema);
        schema->pairs =
            list ? schema_add_table(schema, list, schema->tables[0], list->path, "") : NULL;
        for (uint32_t k = 0; schema->pairs && k < list->map.n_fields; k++)
            if (!schema_add_column(schema, schema->pairs, &list->map.fields[k], false))
                return error_memory(error);
    }
    if (!schema->pairs)
        return error_memory(error);
    request->table = schema->pairs->index;
    request->column = MODEL_PAIR_VERDICT;
    return 0;
}

/* --- What rules look at ------------------------------------------------------------------------ */

struct judging {
    struct loader *loader;
    const struct ruleset *set;
    struct look (*looks)[2];         /* a condition's */
    const struct rule **rules;       /* a row of /rules[] */
    const bool *ended;               /* a row of /rules[] */
    struct look kind, kinds;         /* the innovation's; applies_to */
    struct growing_table *rule_rows; /* /rules[] */
};

/* The rules' own requests: see make_requests in condition.c. */
static struct look look_at(const struct judging *j, size_t request)
{
    const struct model_options *options = j->loader->options;
    const struct model_request *of =
        &options->requests[options->n_requests - j->set->n_requests + request];
    struct look look = {.table = j->loader->schema.tables[of->table]};
    look.column.type = UPTAKE_LIST;
    if (of->column == UINT32_MAX)
        return look;
    const struct growing_column *column = &look.table->columns[of->column];
    look.column.type = column->type;
    look.column.values = column->filled ? column->values.data : NULL;
    look.column.doubts = (const struct model_doubt *)(const void *)column->doubts.data;
    look.column.n_doubts = column->doubts.bytes / sizeof(struct model_doubt);
    return look;
}

/* --- A rule ------------------------------------------------------------------------------------ */

/*
 * What decides, in words: of what is unknown the fields, of what is false the conditions; each once. The text stays short enough
 * for a plugin to set it into a sentence of its own.
 */
enum { SENTENCE_WORDS = 32, SENTENCE_BYTES = 160, MORE_BYTES = sizeof " and at least 32 more" };

struct sentence {
    const char *words[SENTENCE_WORDS];
    size_t count;
    bool others; /* beyond those */
    const char *mark;
};

static void sentence_add(struct sentence *sentence, const char *word)
{
    for (size_t k = 0; k < sentence->count; k++)
        if (strcmp(sentence->words[k], word) == 0)
            return;
    if (sentence->count == SENTENCE_WORDS)
        sentence->others = true;
    else
        sentence->words[sentence->count++] = word;
}

/* Bytes of a word that find room, whole characters. */
static size_t fitting(const char *word, size_t room)
{
    size_t bytes = strlen(word);
    if (bytes <= room)
        return bytes;
    while (room > 0 && ((unsigned char)word[room] & 0xc0) == 0x80)
        room--;
    return room;
}

/* "a, b and 3 more"; a first word without room is cut, and says so. Answers the bytes. */
static size_t sentence_text(const struct sentence *sentence, char text[SENTENCE_BYTES + 1])
{
    enum { ROOM = SENTENCE_BYTES - MORE_BYTES };
    size_t used = 0, k = 0;
    text[0] = 0;
    for (; k < sentence->count; k++) {
        const char *word = sentence->words[k];
        size_t lead = used ? strlen(sentence->mark) : 0, bytes = fitting(word, ROOM - 3);
        bool whole = word[bytes] == 0;
        if (used && (!whole || used + lead + bytes > ROOM))
            break;
        used += (size_t)sprintf(text + used, "%s%.*s%s", lead ? sentence->mark : "", (int)bytes,
                                word, whole ? "" : "...");
    }
    if (k < sentence->count || sentence->others)
        used += (size_t)sprintf(text + used, " and %s%zu more", sentence->others ? "at least " : "",
                                sentence->count - k + sentence->others);
    return used;
}

/* One verdict a group; of group 0 each condition is one by itself. Answers the end of the group that begins at k. */
static uint32_t group_verdict(const struct judging *j, uint32_t k, uint32_t end,
                              uint64_t innovation, uint8_t *verdicts, int *verdict)
{
    const struct condition *conditions = ruleset_conditions(j->set);
    uint32_t group = conditions[k].group;
    for (*verdict = NO; k < end && conditions[k].group == group; k++) {
        *verdicts =
            (uint8_t)condition_holds(&conditions[k], j->looks[k], innovation, &j->loader->pool);
        *verdict = either(*verdict, *verdicts++);
        if (!group)
            return k + 1;
    }
    return k;
}

/* What would settle it, field by field; or what it asks, where it does not hold. */
static void add_condition(const struct condition *condition, int verdict, struct sentence *words)
{
    words->mark = verdict == NO ? "; " : ", ";
    if (verdict == NO) {
        sentence_add(words, condition->words);
        return;
    }
    for (uint32_t k = 0; k < condition->n_operands; k++)
        if (condition->operands[k].path)
            sentence_add(words, condition->operands[k].path);
}

static int rule_verdict(const struct judging *j, const struct rule *rule, uint64_t innovation,
                        struct sentence *words)
{
    uint8_t verdicts[CONDITIONS_MAX], groups[CONDITIONS_MAX];
    int whole = YES;
    for (uint32_t k = rule->first, next; k < rule->end; k = next) {
        int verdict;
        next = group_verdict(j, k, rule->end, innovation, verdicts + (k - rule->first), &verdict);
        memset(groups + (k - rule->first), verdict, next - k);
        whole = both(whole, verdict);
    }
    for (uint32_t k = rule->first; k < rule->end && whole != YES; k++)
        if (verdicts[k - rule->first] == whole && groups[k - rule->first] == whole)
            add_condition(&ruleset_conditions(j->set)[k], whole, words);
    return whole;
}

/* Whether the rule is of the innovation's kind. */
static int of_kind(const struct judging *j, uint64_t rule, uint64_t innovation)
{
    const int64_t *offsets = (const int64_t *)(const void *)j->kinds.table->offsets.data;
    const int16_t *kinds = j->kinds.column.values;
    int64_t from = offsets[rule], to = offsets[rule + 1];
    if (from == to || !kinds)
        return YES;
    int why = look_why(&j->kind, innovation);
    if (why != UPTAKE_PRESENT)
        return known_none(why) ? NO : OPEN;
    int16_t kind = ((const int16_t *)j->kind.column.values)[innovation];
    for (int64_t k = from; k < to; k++)
        if (kinds[k] == kind)
            return YES;
    return NO;
}

static int pair_verdict(const struct judging *j, uint64_t rule, uint64_t innovation,
                        struct sentence *words)
{
    int kind = of_kind(j, rule, innovation);
    *words = (struct sentence){.mark = ""};
    if (j->ended[rule] || kind == NO) {
        sentence_add(words, j->ended[rule] ? "/rules[].ends" : "kind");
        return UPTAKE_RULE_NOT_APPLICABLE;
    }
    if (kind == OPEN) {
        sentence_add(words, "kind");
        return OPEN;
    }
    return rule_verdict(j, j->rules[rule], innovation, words);
}

/* --- The pair list ----------------------------------------------------------------------------- */

static int put_pair(const struct judging *j, struct growing_table *pairs, uint64_t rule,
                    uint64_t innovation)
{
    struct sentence words;
    int8_t verdict = (int8_t)pair_verdict(j, rule, innovation, &words);
    int64_t row = (int64_t)rule;
    char fields[SENTENCE_BYTES + 1];
    size_t bytes = sentence_text(&words, fields);
    int32_t text = bytes ? pool_add(&j->loader->pool, fields, bytes) : -UPTAKE_NONE;
    if (bytes && text < 0)
        return -1;
    struct growing_column *columns = pairs->columns;
    if (pairs->rows == UINT32_MAX - 1 ||
        buffer_append(&columns[MODEL_PAIR_VERDICT].values, &verdict, sizeof verdict) != 0 ||
        buffer_append(&columns[MODEL_PAIR_RULE].values, &row, sizeof row) != 0 ||
        buffer_append(&columns[MODEL_PAIR_FIELDS].values, &text, sizeof text) != 0)
        return -1;
    pairs->rows++;
    return 0;
}

static int put_pairs(const struct judging *j, struct growing_table *pairs)
{
    uint64_t innovations = j->loader->schema.tables[0]->rows;
    int64_t *offsets = (int64_t *)(void *)pairs->offsets.data;
    for (uint32_t c = 0; c < pairs->n_columns; c++)
        pairs->columns[c].filled = true;
    for (uint64_t i = 0; i < innovations; i++) {
        for (uint64_t rule = 0; rule < j->rule_rows->rows; rule++)
            if (put_pair(j, pairs, rule, i) != 0)
                return -1;
        offsets[i + 1] = (int64_t)pairs->rows;
    }
    return 0;
}

/* --- Opening ----------------------------------------------------------------------------------- */

static int find_rules(struct judging *j, const struct look *ids, const struct look *ends)
{
    const struct model_options *options = j->loader->options;
    struct uptake_period as_of = options->as_of_given ? options->as_of : date_today();
    uint64_t rows = j->rule_rows->rows;
    const int32_t *texts = ids->column.values;
    j->rules = arena_array(j->set->arena, rows, sizeof(struct rule *));
    bool *ended = arena_array(j->set->arena, rows, sizeof *ended);
    if (!j->rules || !ended) {
        error_memory(j->loader->error);
        return -1;
    }
    j->ended = ended;
    for (uint64_t r = 0, at = 0; r < rows; r++, at++) {
        const char *id = texts ? pool_text(&j->loader->pool, texts[r]) : "";
        while (at < ruleset_count(j->set) && strcmp(ruleset_rules(j->set)[at].id, id) != 0)
            at++; /* left out as later */
        if (at == ruleset_count(j->set))
            return error_add(j->loader->error, EXIT_INPUT, "%s: changed while it was read",
                             options->name);
        struct uptake_period end = look_date(ends, r);
        j->rules[r] = &ruleset_rules(j->set)[at];
        ended[r] = uptake_why_date(end) == UPTAKE_PRESENT && end.end < as_of.start;
    }
    return 0;
}

static int find_fields(struct judging *j)
{
    size_t n = j->set->conditions.bytes / sizeof(struct condition);
    struct uptake_period as_of =
        j->loader->options->as_of_given ? j->loader->options->as_of : date_today();
    j->looks = arena_array(j->set->arena, n, sizeof *j->looks);
    if (!j->looks) {
        error_memory(j->loader->error);
        return -1;
    }
    for (size_t c = 0; c < n; c++)
        for (uint32_t k = 0; k < ruleset_conditions(j->set)[c].n_operands; k++) {
            const struct rule_operand *operand = &ruleset_conditions(j->set)[c].operands[k];
            if (operand->path)
                j->looks[c][k] = look_at(j, operand->request);
            else
                j->looks[c][k].fixed = operand->as_of ? as_of : operand->fixed;
        }
    return 0;
}

int verdicts_evaluate(struct loader *loader, const struct ruleset *set)
{
    struct judging judging = {.loader = loader, .set = set};
    if (ruleset_count(set) == 0)
        return 0;
    struct look ids = look_at(&judging, RULE_IDS), ends = look_at(&judging, RULE_ENDS);
    judging.kinds = look_at(&judging, RULE_KINDS);
    judging.kind = look_at(&judging, INNOVATION_KIND);
    judging.rule_rows =
        loader->schema
            .tables[loader->options
                        ->requests[loader->options->n_requests - set->n_requests + RULE_IDS]
                        .table];
    if (find_rules(&judging, &ids, &ends) != 0 || find_fields(&judging) != 0)
        return -1;
    return put_pairs(&judging, loader->schema.pairs) == 0 ? 0 : error_memory(loader->error);
}
