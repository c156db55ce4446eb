/*
 * Values: one scalar becomes a cell, by its field's type; a small mapping is a date's, or goes to
 * doubt.c. A value that is refused leaves its cell unknown, so that no rule complains of it a
 * second time.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/number.h"
#include "base/text.h"
#include "model/load.h"

static const char *found(const struct yaml_event *event, char text[96])
{
    char quoted[72];
    if (event->kind == YAML_MAP)
        return "a mapping";
    if (event->kind == YAML_LIST)
        return "a list";
    snprintf(text, 96, "'%s'", text_quote(quoted, event->text, event->bytes));
    return text;
}

int value_complain(struct loader *loader, const struct schema_field *field,
                   const struct yaml_event *event, const char *expected)
{
    char text[96];
    error_at(loader->error, event->place, "%s: found %s; expected %s", field->label,
             found(event, text), expected);
    return 0;
}

int value_reason(const struct yaml_event *event)
{
    static const struct {
        const char *word;
        size_t bytes;
        int why;
    } words[] = {{"unknown", 7, UPTAKE_UNKNOWN},    {"none", 4, UPTAKE_NONE},
                 {"n/a", 3, UPTAKE_NOT_APPLICABLE}, {"null", 4, UPTAKE_LEFT_OUT},
                 {"~", 1, UPTAKE_LEFT_OUT},         {"Null", 4, UPTAKE_LEFT_OUT},
                 {"NULL", 4, UPTAKE_LEFT_OUT}};
    if (!event->plain)
        return UPTAKE_PRESENT;
    if (event->bytes == 0)
        return UPTAKE_LEFT_OUT;
    char first = event->text[0];
    if (event->bytes > 7 || (first != 'u' && first != 'n' && first != '~' && first != 'N'))
        return UPTAKE_PRESENT;
    for (size_t k = 0; k < sizeof words / sizeof *words; k++)
        if (words[k].bytes == event->bytes && memcmp(event->text, words[k].word, event->bytes) == 0)
            return words[k].why;
    return UPTAKE_PRESENT;
}

/* --- Numbers ---------------------------------------------------------------------------------- */

const char *value_range_text(double min, double max, const char *wanted_by, char text[160])
{
    char low[NUMBER_BYTES], high[NUMBER_BYTES];
    const char *by = wanted_by ? wanted_by : "", *of = wanted_by ? ", for " : "";
    number_print(low, isfinite(min) ? min : 0);
    number_print(high, isfinite(max) ? max : 0);
    if (!isfinite(min) && !isfinite(max))
        snprintf(text, 160, "a number%s%s", of, by);
    else if (!isfinite(max))
        snprintf(text, 160, "at least %s%s%s", low, of, by);
    else if (!isfinite(min))
        snprintf(text, 160, "at most %s%s%s", high, of, by);
    else
        snprintf(text, 160, "%s to %s%s%s", low, high, of, by);
    return text;
}

bool value_number(const struct schema_field *field, struct cell *cell,
                  const struct yaml_event *event, double *x)
{
    if (event->kind != YAML_SCALAR || !event->plain)
        return false;
    if (number_parse(event->text, event->bytes, x))
        return true;
    if (field->row.form != FORM_RATING && field->row.form != FORM_RATINGS)
        return false;
    for (int k = 0; frameworks[FRAMEWORK_NASSS].levels[k]; k++)
        if (strcmp(event->text, frameworks[FRAMEWORK_NASSS].levels[k]) == 0) {
            *x = k / 2.0;
            cell->named = true;
            return true;
        }
    return false;
}

void value_range_check(struct loader *loader, const struct schema_field *field,
                       const struct yaml_event *event, double x)
{
    char expected[160];
    if (x < field->row.min || x > field->row.max)
        value_complain(
            loader, field, event,
            value_range_text(field->row.min, field->row.max, field->wanted_by, expected));
}

void value_number_expected(struct loader *loader, const struct schema_field *field,
                           const struct yaml_event *event)
{
    double x;
    struct nearest nearest;
    char text[160] = "a number", hint[96];
    if (event->kind == YAML_SCALAR && !event->plain &&
        number_parse(event->text, event->bytes, &x)) {
        value_complain(loader, field, event, "a number; remove the quotes");
        return;
    }
    if (field->row.form == FORM_RATING || field->row.form == FORM_RATINGS) {
        nearest_start(&nearest, event->text ? event->text : "", event->bytes);
        for (int k = 0; frameworks[FRAMEWORK_NASSS].levels[k]; k++)
            nearest_offer(&nearest, frameworks[FRAMEWORK_NASSS].levels[k]);
        snprintf(text, sizeof text, "a number, or simple, complicated or complex%s",
                 nearest_hint(&nearest, hint));
    }
    value_complain(loader, field, event, text);
}

static int bind_number(struct loader *loader, const struct schema_field *field, struct cell *cell,
                       const struct yaml_event *event)
{
    double x;
    if (value_number(field, cell, event, &x)) {
        doubt_set(cell, UPTAKE_EXACT, x, x, x);
        value_range_check(loader, field, event, x);
        return 0;
    }
    if ((event->plain && strcmp(event->text, "suppressed") == 0) ||
        (!event->plain && strcmp(event->text, "*") == 0)) {
        doubt_suppressed(field, cell, -UPTAKE_NO_LIMIT, UPTAKE_NO_LIMIT);
        return 0;
    }
    value_number_expected(loader, field, event);
    return 0;
}

/* --- Choices, flags, texts -------------------------------------------------------------------- */

int value_choice(const struct schema_field *field, const char *text, size_t bytes)
{
    return words_find(&field->choices, text, bytes);
}

void value_choice_unknown(struct loader *loader, const struct schema_field *field,
                          const struct yaml_event *event)
{
    char quoted[72], hint[96], listed[320];
    size_t used = 0;
    struct nearest nearest;
    nearest_start(&nearest, event->text, event->bytes);
    for (int k = 0; field->row.choices[k]; k++) {
        nearest_offer(&nearest, field->row.choices[k]);
        if (used < sizeof listed)
            used += (size_t)snprintf(listed + used, sizeof listed - used, "%s%s", k ? ", " : "",
                                     field->row.choices[k]);
    }
    error_at(loader->error, event->place, "%s: found '%s'; expected one of %s%s", field->label,
             text_quote(quoted, event->text, event->bytes), listed, nearest_hint(&nearest, hint));
}

static int bind_choice(struct loader *loader, const struct schema_field *field, struct cell *cell,
                       const struct yaml_event *event)
{
    cell->is.code = value_choice(field, event->text, event->bytes);
    if (cell->is.code < 0)
        value_choice_unknown(loader, field, event);
    return 0;
}

static int bind_flag(struct loader *loader, const struct schema_field *field, struct cell *cell,
                     const struct yaml_event *event)
{
    bool yes = event->plain && strcmp(event->text, "true") == 0;
    if (!yes && !(event->plain && strcmp(event->text, "false") == 0))
        value_complain(loader, field, event, "true or false");
    cell->is.code = yes;
    return 0;
}

static int bind_text(struct loader *loader, const struct schema_field *field, struct cell *cell,
                     const struct yaml_event *event)
{
    bool names = field->row.type == UPTAKE_REF || (field->row.flags & FIELD_ID);
    cell->is.code = 0;
    if (names && event->bytes == 0)
        return value_complain(loader, field, event, "an id");
    if (!names && !field->kept)
        return 0;
    cell->is.code = pool_add(&loader->pool, event->text, event->bytes);
    return cell->is.code < 0 ? error_memory(loader->error) : 0;
}

/* --- Dates ------------------------------------------------------------------------------------ */

static const char date_forms[] =
    "a date: 2018, 2018-01, 2018-01-24, 2018Q1, 2018/19, {from, to} or "
    "{at_most}";

static int bind_date(struct loader *loader, const struct schema_field *field, struct cell *cell,
                     const struct yaml_event *event)
{
    bool end = strcmp(field->key, "ends") == 0 || strcmp(field->key, "until") == 0;
    if (end && event->plain && strcmp(event->text, "open") == 0) {
        cell->is.period = (struct uptake_period){UPTAKE_DAY_OPEN, UPTAKE_DAY_OPEN};
        return 0;
    }
    if (date_parse(event->text, event->bytes, &cell->is.period))
        return 0;
    return value_complain(loader, field, event, date_forms);
}

enum { FROM, TO, AT_MOST, AT_LEAST, DATE_KEYS };
static const char *const date_keys[DATE_KEYS] = {"from", "to", "at_most", "at_least"};

static int date_entry(struct loader *loader, const struct schema_field *field,
                      const struct yaml_event *key, struct uptake_period given[DATE_KEYS],
                      unsigned *has)
{
    struct yaml_event value;
    struct uptake_period period;
    int index = 0;
    while (index < DATE_KEYS && strcmp(date_keys[index], key->text) != 0)
        index++;
    if (index == DATE_KEYS)
        value_complain(loader, field, key, date_forms);
    else if (*has >> index & 1u)
        error_at(loader->error, key->place, "'%s' stands twice", date_keys[index]);
    if (load_next(loader, &value) != 0)
        return -1;
    if (value.kind != YAML_SCALAR || !date_parse(value.text, value.bytes, &period))
        value_complain(loader, field, &value, "a date");
    else if (index < DATE_KEYS)
        given[index] = period;
    *has |= index < DATE_KEYS ? 1u << index : 0;
    return load_skip(loader, &value);
}

static int bind_date_map(struct loader *loader, const struct schema_field *field, struct cell *cell,
                         const struct yaml_event *event)
{
    struct uptake_period given[DATE_KEYS] = {{0, 0}, {0, 0}, {0, 0}, {0, 0}};
    unsigned has = 0;
    uint64_t before = value_messages(loader);
    for (;;) {
        struct yaml_event key;
        if (load_next(loader, &key) != 0)
            return -1;
        if (key.kind == YAML_MAP_END)
            break;
        if (date_entry(loader, field, &key, given, &has) != 0)
            return -1;
    }
    if (has == (1u << FROM | 1u << TO))
        cell->is.period = (struct uptake_period){given[FROM].start, given[TO].end};
    else if (has == 1u << AT_MOST)
        cell->is.period = (struct uptake_period){UPTAKE_DAY_MIN, given[AT_MOST].end};
    else if (has == 1u << AT_LEAST)
        cell->is.period = (struct uptake_period){given[AT_LEAST].start, UPTAKE_DAY_OPEN};
    else if (value_messages(loader) == before)
        value_complain(loader, field, event, date_forms);
    cell->doubt = has == 1u << AT_MOST    ? UPTAKE_AT_MOST
                  : has == 1u << AT_LEAST ? UPTAKE_AT_LEAST
                                          : UPTAKE_EXACT;
    if (value_messages(loader) == before && cell->is.period.start > cell->is.period.end)
        value_complain(loader, field, event, "a `to` that is not before its `from`");
    return 0;
}

/* --- By type ---------------------------------------------------------------------------------- */

typedef int bind_function(struct loader *, const struct schema_field *, struct cell *,
                          const struct yaml_event *);
static const struct {
    bind_function *scalar;
    bind_function *map;
    const char *expected;
} binders[] = {
    [UPTAKE_NUMBER] = {bind_number, doubt_number, doubt_forms},
    [UPTAKE_CHOICE] = {bind_choice, doubt_choice, "one of its choices"},
    [UPTAKE_TEXT] = {bind_text, NULL, "a text"},
    [UPTAKE_REF] = {bind_text, NULL, "an id"},
    [UPTAKE_DATE] = {bind_date, bind_date_map, date_forms},
    [UPTAKE_FLAG] = {bind_flag, NULL, "true or false"},
};

static void put_reason(struct cell *cell, int why)
{
    double none = uptake_missing_number(why);
    cell->why = (int8_t)why;
    doubt_set(cell, UPTAKE_EXACT, none, none, none);
}

static void refuse(struct cell *cell)
{
    put_reason(cell, UPTAKE_UNKNOWN);
    cell->refused = true;
}

void value_missing(struct schema_list *list, const struct schema_field *field, int why,
                   struct place place)
{
    struct cell *cell = &list->cells[field->slot];
    *cell = (struct cell){.stamp = list->stamp, .place = place};
    put_reason(cell, why);
}

static int bind_by_type(struct loader *loader, const struct schema_field *field, struct cell *cell,
                        const struct yaml_event *event)
{
    uint32_t type = field->row.type;
    if (event->kind == YAML_SCALAR)
        return binders[type].scalar(loader, field, cell, event);
    if (event->kind == YAML_MAP && binders[type].map)
        return binders[type].map(loader, field, cell, event);
    value_complain(loader, field, event, binders[type].expected);
    return load_skip(loader, event);
}

int value_into(struct loader *loader, const struct schema_field *field, struct cell *cell,
               const struct yaml_event *event)
{
    cell->place = event->place;
    cell->doubt = UPTAKE_EXACT;
    cell->named = cell->refused = false;
    cell->why = UPTAKE_PRESENT;
    int why = event->kind == YAML_SCALAR ? value_reason(event) : UPTAKE_PRESENT;
    if (why != UPTAKE_PRESENT) {
        put_reason(cell, why);
        if (why != UPTAKE_LEFT_OUT && field->row.flags & FIELD_ID)
            value_complain(loader, field, event, "an id; put it in quotes if this is its name");
        return 0;
    }
    uint64_t before = value_messages(loader);
    int failed = bind_by_type(loader, field, cell, event);
    if (value_messages(loader) != before)
        refuse(cell);
    return failed;
}

int value_bind(struct loader *loader, struct schema_list *list, struct schema_field *field,
               const struct yaml_event *event)
{
    struct cell *cell = &list->cells[field->slot];
    if (value_into(loader, field, cell, event) != 0)
        return -1;
    if (cell->why != UPTAKE_LEFT_OUT)
        cell->stamp = list->stamp;
    if (field->row.target != TARGET_NONE && cell->why == UPTAKE_PRESENT)
        return refs_name(loader, list, field->row.target, cell);
    return 0;
}
