/*
 * Rules that one row must hold to by itself, as rows of {list, function}; and the one that looks across an
 * innovation's measurements.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/number.h"
#include "base/text.h"
#include "model/load.h"

typedef void rule_function(struct loader *loader, struct schema_list *list, struct place place);

static const char *choice_text(const struct schema_list *list, int role)
{
    const struct cell *cell = row_value(list, role);
    return cell ? list->by_slot[role]->row.choices[cell->is.code] : "";
}

/* --- Judgements -------------------------------------------------------------------------------- */

enum { STATE_MIXED = 1, STATE_NOT_APPLICABLE = 2 };

static void construct_unknown(struct loader *loader, int framework, const struct rating *rating)
{
    char quoted[72], hint[96];
    size_t count;
    const struct construct *rows = constructs(&count);
    struct nearest nearest;
    nearest_start(&nearest, rating->text, rating->bytes);
    for (size_t k = 0; k < count; k++)
        if (rows[k].framework == framework) {
            nearest_offer(&nearest, rows[k].name);
            if (rows[k].spelling)
                nearest_offer(&nearest, rows[k].spelling);
        }
    error_at(loader->error, rating->place, "%s has no construct '%s'%s", frameworks[framework].name,
             text_quote(quoted, rating->text, rating->bytes), nearest_hint(&nearest, hint));
}

bool rules_in_framework(struct loader *loader, int framework, const struct cell *value)
{
    const struct framework *of = &frameworks[framework];
    char low[NUMBER_BYTES], high[NUMBER_BYTES], best[NUMBER_BYTES];
    if (value->named && framework != FRAMEWORK_NASSS) {
        error_at(loader->error, value->place,
                 "simple, complicated and complex are levels of nasss; %s takes numbers", of->name);
        return false;
    }
    double x = value->is.number.best, least = value->is.number.low, most = value->is.number.high;
    bool open = value->doubt == UPTAKE_AT_LEAST || value->doubt == UPTAKE_AT_MOST ||
                value->doubt == UPTAKE_ABOUT;
    bool inside = value->doubt == UPTAKE_IS_SUPPRESSED ? least <= of->max && most >= of->min
                  : value->why != UPTAKE_PRESENT       ? true
                  : open                               ? x >= of->min && x <= of->max
                                                       : least >= of->min && most <= of->max;
    if (inside)
        return true;
    number_print(low, of->min);
    number_print(high, of->max);
    number_print(best, open ? x : most > of->max ? most : least);
    error_at(loader->error, value->place, "value: found %s; %s runs from %s to %s", best, of->name,
             low, high);
    return false;
}

/* Open-ended doubt ends where the framework's scale ends. */
static void clamp(int framework, struct cell *cell)
{
    if (cell->why != UPTAKE_PRESENT && cell->doubt != UPTAKE_IS_SUPPRESSED)
        return;
    cell->is.number.low = fmax(cell->is.number.low, frameworks[framework].min);
    cell->is.number.high = fmin(cell->is.number.high, frameworks[framework].max);
}

static bool unit_of_analysis(struct loader *loader, const struct schema_list *list, int construct,
                             struct place place)
{
    const char *domain = construct_domains()[construct];
    if (strcmp(domain, "inner") != 0 && strcmp(domain, "individuals") != 0)
        return true;
    if (row_cell(list, list->roles.adopter))
        return true;
    error_at(loader->error, place, "cfir's %s is rated at one adopter: '%s' needs `adopter`",
             strcmp(domain, "inner") == 0 ? "inner setting" : "individuals domain",
             construct_names()[construct]);
    return false;
}

static void set_code(struct schema_list *list, int role, int64_t code)
{
    struct cell *cell = &list->cells[role];
    *cell = (struct cell){.stamp = list->stamp, .place = cell->place};
    cell->is.code = code;
}

static bool value_given(struct loader *loader, const struct schema_list *list,
                        const struct cell *value, struct place place)
{
    const struct cell *state = row_value(list, list->roles.state);
    if (value ||
        (state && (state->is.code == STATE_MIXED || state->is.code == STATE_NOT_APPLICABLE)))
        return true;
    error_at(loader->error, place, "judgements[]: 'value' is missing (or `ratings`)");
    return false;
}

bool rules_judgement(struct loader *loader, struct schema_list *list, const struct rating *rating,
                     const struct cell *value, struct place place)
{
    const struct cell *framework_cell = row_value(list, list->roles.framework);
    if (!framework_cell) {
        const struct cell *word = row_cell(list, list->roles.framework);
        if (word && !word->refused)
            error_at(loader->error, word->place,
                     "framework: a judgement needs one; expected its name");
        return false;
    }
    int framework = (int)framework_cell->is.code;
    if (!rating && loader->construct.value.refused)
        return false;
    if (!rating) {
        error_at(loader->error, place, "judgements[]: 'construct' is missing (or `ratings`)");
        return false;
    }
    if (!value_given(loader, list, value, place))
        return false;
    int construct = construct_find(framework, rating->text, rating->bytes);
    if (construct < 0 && framework != FRAMEWORK_CUSTOM) {
        construct_unknown(loader, framework, rating);
        return false;
    }
    if (value && !rules_in_framework(loader, framework, value))
        return false;
    if (framework == FRAMEWORK_CFIR && !unit_of_analysis(loader, list, construct, rating->place))
        return false;
    set_code(list, list->roles.construct, construct < 0 ? UPTAKE_OTHER : construct);
    set_code(list, list->roles.domain, construct < 0 ? UPTAKE_OTHER : construct);
    if (value) {
        struct cell *kept = &list->cells[list->roles.value];
        *kept = *value;
        kept->stamp = list->stamp;
        clamp(framework, kept);
    }
    return true;
}

static void judgement_rule(struct loader *loader, struct schema_list *list, struct place place)
{
    (void)place;
    const struct cell *value = row_cell(list, list->roles.value);
    if (loader->ratings.bytes && (loader->construct.bytes || value))
        error_at(loader->error, loader->construct.bytes ? loader->construct.place : value->place,
                 "either 'construct' and 'value', or 'ratings', not both");
}

/* --- The others -------------------------------------------------------------------------------- */

static void support_rule(struct loader *loader, struct schema_list *list, struct place place)
{
    const struct schema_roles *roles = &list->roles;
    const struct cell *given = row_cell(list, roles->unit);
    const struct cell *unit = row_value(list, roles->unit);
    const struct cell *resource = row_value(list, roles->resource);
    bool numbers = row_cell(list, roles->needed) || row_cell(list, roles->provided) || unit;
    const struct cell *met = row_cell(list, roles->met);
    if (met && numbers)
        error_at(loader->error, met->place,
                 "support[]: either 'met', or 'needed', 'provided' and 'unit', not both");
    else if (!met && !row_cell(list, roles->needed))
        error_at(loader->error, place,
                 "support[]: 'needed' is missing (with 'provided' and 'unit', or 'met')");
    else if (!met && !unit && !(given && given->refused))
        error_at(loader->error, place, "support[]: 'unit' is missing");
    char listed[128];
    if (unit && resource && !support_unit_fits((int)resource->is.code, (int)unit->is.code))
        error_at(loader->error, unit->place, "unit: %s is not counted in %s; expected %s",
                 choice_text(list, roles->resource), choice_text(list, roles->unit),
                 support_units_of((int)resource->is.code, listed));
}

static void spell_rule(struct loader *loader, struct schema_list *list, struct place place)
{
    const struct cell *adopted = row_value(list, list->roles.adopted);
    const struct cell *stopped = row_value(list, list->roles.stopped);
    if (!row_cell(list, list->roles.adopted) &&
        strcmp(choice_text(list, list->roles.status), "piloting") != 0)
        error_at(loader->error, place, "spells[]: 'adopted' is missing (only a pilot may lack it)");
    if (adopted && stopped && adopted->is.period.start > stopped->is.period.end)
        error_at(loader->error, stopped->place, "stopped before it was adopted (line %u)",
                 adopted->place.line);
    if (lives_spell(loader, list) != 0)
        loader->stop = true;
}

static void effect_rule(struct loader *loader, struct schema_list *list, struct place place)
{
    if (strcmp(choice_text(list, list->roles.scale), "mean_difference") == 0 &&
        !row_cell(list, list->roles.unit))
        error_at(loader->error, place, "effects[]: 'unit' is missing (a mean difference has one)");
}

static uint64_t mix(uint64_t hash, uint64_t value)
{
    hash = (hash ^ value) * 0x9e3779b97f4a7c15u;
    return hash ^ hash >> 29;
}

static void measurement_rule(struct loader *loader, struct schema_list *list, struct place place)
{
    const struct schema_roles *roles = &list->roles;
    const struct cell *group = row_value(list, roles->group),
                      *level = row_value(list, roles->level);
    if (level && !group)
        error_at(loader->error, level->place,
                 "measurements[]: 'level' needs 'group': of what is it a level?");
    const struct cell *parts[] = {row_value(list, roles->adopter), row_value(list, roles->metric),
                                  group};
    const struct cell *period = row_value(list, roles->period);
    uint64_t key = 1;
    for (size_t k = 0; k < sizeof parts / sizeof *parts; k++)
        key = mix(key, parts[k] ? (uint64_t)parts[k]->is.code + 1 : 0);
    key =
        mix(key,
            period ? (uint64_t)period->is.period.start << 32 | (uint32_t)period->is.period.end : 0);
    struct measured measured = {key, level != NULL, place};
    if (group && buffer_append(&loader->measured, &measured, sizeof measured) != 0)
        loader->stop = true;
}

static int by_key(const void *a, const void *b)
{
    const struct measured *x = a, *y = b;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    if (x->has_level != y->has_level)
        return x->has_level ? 1 : -1;
    return x->place.line < y->place.line ? -1 : x->place.line > y->place.line;
}

int rules_measured(struct loader *loader)
{
    struct measured *rows = (struct measured *)(void *)loader->measured.data;
    size_t count = loader->measured.bytes / sizeof *rows;
    if (count > 1)
        qsort(rows, count, sizeof *rows, by_key);
    for (size_t k = 1; k < count; k++)
        if (rows[k].key == rows[k - 1].key && rows[k].has_level && !rows[k - 1].has_level)
            error_at(
                loader->error, rows[k].place,
                "this level stands beside its group's total (line %u): together they would count "
                "the same people twice; give the total a group of its own",
                rows[k - 1].place.line);
    loader->measured.bytes = 0;
    return 0;
}

static void adopter_rule(struct loader *loader, struct schema_list *list, struct place place)
{
    (void)place;
    const struct cell *opened = row_value(list, list->roles.opened);
    const struct cell *closed = row_value(list, list->roles.closed);
    if (opened && closed && opened->is.period.start > closed->is.period.end)
        error_at(loader->error, closed->place, "closed before it opened (line %u)",
                 opened->place.line);
    if (lives_adopter(loader, list) != 0)
        loader->stop = true;
}

/* ends before starts, in any list that has both. */
static void period_rule(struct loader *loader, const struct schema_list *list)
{
    if (list->roles.starts < 0 || list->roles.ends < 0)
        return;
    const struct cell *starts = row_value(list, list->roles.starts);
    const struct cell *ends = row_value(list, list->roles.ends);
    if (starts && ends && starts->is.period.start > ends->is.period.end)
        error_at(loader->error, ends->place, "ends before it starts (line %u)", starts->place.line);
}

static const struct {
    const char *path;
    rule_function *rule;
} rule_rows[] = {{"judgements[]", judgement_rule},
                 {"support[]", support_rule},
                 {"spells[]", spell_rule},
                 {"effects[]", effect_rule},
                 {"measurements[]", measurement_rule},
                 {"/adopters[]", adopter_rule},
                 {"/rules[]", ruleset_row}};

void rules_bind(struct schema *schema)
{
    for (struct schema_list *list = schema->lists; list; list = list->next)
        for (size_t k = 0; k < sizeof rule_rows / sizeof *rule_rows; k++)
            if (strcmp(list->path, rule_rows[k].path) == 0)
                list->rule = rule_rows[k].rule;
}

void rules_check(struct loader *loader, struct schema_list *list, struct place place)
{
    period_rule(loader, list);
    if (list->rule)
        list->rule(loader, list, place);
}
