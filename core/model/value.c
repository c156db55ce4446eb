/*
 * Values: one scalar or one small mapping becomes a cell. Every form of doubt ends here, as best, low and high.
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

static int complain(struct loader *loader, const struct schema_field *field,
                    const struct yaml_event *event, const char *expected)
{
    char text[96];
    error_at(loader->error, event->place, "%s: found %s; expected %s", field->key, found(event, text),
             expected);
    return 0;
}

int value_reason(const struct yaml_event *event)
{
    static const struct {
        const char *word;
        int why;
    } words[] = {{"unknown", UPTAKE_UNKNOWN}, {"none", UPTAKE_NONE}, {"n/a", UPTAKE_NOT_APPLICABLE},
                 {"null", UPTAKE_LEFT_OUT},   {"~", UPTAKE_LEFT_OUT}, {"Null", UPTAKE_LEFT_OUT},
                 {"NULL", UPTAKE_LEFT_OUT}};
    if (!event->plain)
        return UPTAKE_PRESENT;
    if (event->bytes == 0)
        return UPTAKE_LEFT_OUT;
    if (event->bytes > 7 || !strchr("un~N", event->text[0]))
        return UPTAKE_PRESENT;
    for (size_t k = 0; k < sizeof words / sizeof *words; k++)
        if (strcmp(event->text, words[k].word) == 0)
            return words[k].why;
    return UPTAKE_PRESENT;
}

/* --- Numbers ----------------------------------------------------------------------------------- */

static const char *range_text(const struct schema_field *field, char text[160])
{
    const struct vocabulary_row *row = &field->row;
    char low[NUMBER_BYTES], high[NUMBER_BYTES];
    const char *by = field->wanted_by ? field->wanted_by : "";
    const char *of = field->wanted_by ? ", for " : "";
    number_print(low, isinf(row->min) ? 0 : row->min);
    number_print(high, isinf(row->max) ? 0 : row->max);
    if (isinf(row->max))
        snprintf(text, 160, isinf(row->min) ? "a number%s%s" : "at least %s%s%s",
                 isinf(row->min) ? of : low, isinf(row->min) ? by : of, isinf(row->min) ? "" : by);
    else if (isinf(row->min))
        snprintf(text, 160, "at most %s%s%s", high, of, by);
    else
        snprintf(text, 160, "%s to %s%s%s", low, high, of, by);
    return text;
}

/* A bare number, or one of a rating's levels by name. False: neither. */
static bool plain_number(const struct schema_field *field, struct cell *cell,
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

static void number_range_check(struct loader *loader, const struct schema_field *field,
                               const struct yaml_event *event, double x)
{
    char expected[160];
    if (x < field->row.min || x > field->row.max)
        complain(loader, field, event, range_text(field, expected));
}

static void number_expected(struct loader *loader, const struct schema_field *field,
                            const struct yaml_event *event)
{
    double x;
    struct nearest nearest;
    char text[160] = "a number", hint[96];
    if (event->kind == YAML_SCALAR && !event->plain && number_parse(event->text, event->bytes, &x)) {
        complain(loader, field, event, "a number; remove the quotes");
        return;
    }
    if (field->row.form == FORM_RATING || field->row.form == FORM_RATINGS) {
        nearest_start(&nearest, event->text ? event->text : "", event->bytes);
        for (int k = 0; frameworks[FRAMEWORK_NASSS].levels[k]; k++)
            nearest_offer(&nearest, frameworks[FRAMEWORK_NASSS].levels[k]);
        snprintf(text, sizeof text, "a number, or simple, complicated or complex%s",
                 nearest_hint(&nearest, hint));
    }
    complain(loader, field, event, text);
}

static void number_set(struct cell *cell, int doubt, double best, double low, double high)
{
    cell->doubt = (uint8_t)doubt;
    cell->is.number.best = best;
    cell->is.number.low = low;
    cell->is.number.high = high;
}

static void number_suppressed(const struct schema_field *field, struct cell *cell, double low, double high)
{
    cell->why = UPTAKE_SUPPRESSED;
    number_set(cell, UPTAKE_IS_SUPPRESSED, uptake_missing_number(UPTAKE_SUPPRESSED),
               fmax(low, field->row.min), fmin(high, field->row.max));
}

static int bind_number(struct loader *loader, const struct schema_field *field, struct cell *cell,
                       const struct yaml_event *event)
{
    double x;
    if (plain_number(field, cell, event, &x)) {
        number_set(cell, UPTAKE_EXACT, x, x, x);
        number_range_check(loader, field, event, x);
        return 0;
    }
    if ((event->plain && strcmp(event->text, "suppressed") == 0) ||
        (!event->plain && strcmp(event->text, "*") == 0)) {
        number_suppressed(field, cell, -UPTAKE_NO_LIMIT, UPTAKE_NO_LIMIT);
        return 0;
    }
    number_expected(loader, field, event);
    return 0;
}

/* --- Choices, flags, texts --------------------------------------------------------------------- */

static int choice_index(const struct schema_field *field, const char *text)
{
    const char *const *choices = field->row.choices;
    for (int k = 0; choices[k]; k++)
        if (choices[k][0] == text[0] && strcmp(choices[k], text) == 0)
            return k;
    return -1;
}

static void choice_unknown(struct loader *loader, const struct schema_field *field,
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
    error_at(loader->error, event->place, "%s: found '%s'; expected one of %s%s", field->key,
             text_quote(quoted, event->text, event->bytes), listed, nearest_hint(&nearest, hint));
}

static int bind_choice(struct loader *loader, const struct schema_field *field, struct cell *cell,
                       const struct yaml_event *event)
{
    int code = choice_index(field, event->text);
    if (code < 0)
        choice_unknown(loader, field, event);
    cell->is.code = code < 0 ? 0 : code;
    return 0;
}

/* {complicated: 0.7, complex: 0.3}: the largest share is the best value. */
static int bind_choice_map(struct loader *loader, const struct schema_field *field, struct cell *cell,
                           const struct yaml_event *event)
{
    enum { CHOICES_MAX = 64 };
    double shares[CHOICES_MAX] = {0};
    uint32_t before = loader->error->count;
    for (;;) {
        struct yaml_event key, value;
        if (yaml_next(loader->yaml, &key, loader->error) != 0)
            return -1;
        if (key.kind == YAML_MAP_END)
            break;
        int code = choice_index(field, key.text);
        if (code < 0 || code >= CHOICES_MAX)
            choice_unknown(loader, field, &key);
        if (yaml_next(loader->yaml, &value, loader->error) != 0)
            return -1;
        double share = 0;
        if (value.kind != YAML_SCALAR || !number_parse(value.text, value.bytes, &share) || share < 0 ||
            share > 1)
            complain(loader, field, &value, "a share from 0 to 1");
        if (code >= 0 && code < CHOICES_MAX)
            shares[code] = share;
        if (yaml_skip(loader->yaml, &value, loader->error) != 0)
            return -1;
    }
    int first, last, low, high;
    shares_settle(shares, CHOICES_MAX, &first, &last, &low, &high);
    if (loader->error->count == before && (first < 0 || !shares_add_up(shares, CHOICES_MAX)))
        complain(loader, field, event, "shares that add up to 1");
    cell->doubt = UPTAKE_SHARES;
    cell->is.code = first < 0 ? 0 : (first + last) / 2;
    while (cell->is.code > 0 && shares[cell->is.code] <= 0)
        cell->is.code--;
    return 0;
}

static int bind_flag(struct loader *loader, const struct schema_field *field, struct cell *cell,
                     const struct yaml_event *event)
{
    bool yes = event->plain && strcmp(event->text, "true") == 0;
    if (!yes && !(event->plain && strcmp(event->text, "false") == 0))
        complain(loader, field, event, "true or false");
    cell->is.code = yes;
    return 0;
}

static int bind_text(struct loader *loader, const struct schema_field *field, struct cell *cell,
                     const struct yaml_event *event)
{
    bool names = field->row.type == UPTAKE_REF || (field->row.flags & FIELD_ID);
    cell->is.code = 0;
    if (names && event->bytes == 0)
        return complain(loader, field, event, "an id");
    if (!names && !field->kept)
        return 0;
    cell->is.code = pool_add(&loader->pool, event->text, event->bytes);
    return cell->is.code < 0 ? error_memory(loader->error) : 0;
}

/* --- Dates ------------------------------------------------------------------------------------- */

static const char date_forms[] = "a date: 2018, 2018-01, 2018-01-24, 2018Q1, 2018/19, {from, to} or "
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
    cell->is.period = (struct uptake_period){0, 0};
    return complain(loader, field, event, date_forms);
}

static int bind_date_map(struct loader *loader, const struct schema_field *field, struct cell *cell,
                         const struct yaml_event *event)
{
    static const char *const keys[] = {"from", "to", "at_most", "at_least"};
    struct uptake_period given[4] = {{0, 0}, {0, 0}, {0, 0}, {0, 0}};
    unsigned has = 0;
    uint32_t before = loader->error->count;
    for (;;) {
        struct yaml_event key, value;
        if (yaml_next(loader->yaml, &key, loader->error) != 0)
            return -1;
        if (key.kind == YAML_MAP_END)
            break;
        int index = key_index(keys, 4, key.text);
        if (index < 0)
            complain(loader, field, &key, date_forms);
        if (yaml_next(loader->yaml, &value, loader->error) != 0)
            return -1;
        if (value.kind != YAML_SCALAR ||
            !date_parse(value.text, value.bytes, &given[index < 0 ? 0 : index]))
            complain(loader, field, &value, "a date");
        has |= index < 0 ? 0 : 1u << index;
        if (yaml_skip(loader->yaml, &value, loader->error) != 0)
            return -1;
    }
    if (has == 3)
        cell->is.period = (struct uptake_period){given[0].start, given[1].end};
    else if (has == 4)
        cell->is.period = (struct uptake_period){UPTAKE_DAY_MIN, given[2].end};
    else if (has == 8)
        cell->is.period = (struct uptake_period){given[3].start, UPTAKE_DAY_OPEN};
    cell->doubt = has == 4 ? UPTAKE_AT_MOST : has == 8 ? UPTAKE_AT_LEAST : UPTAKE_EXACT;
    bool known = has == 3 || has == 4 || has == 8;
    if (loader->error->count == before && (!known || cell->is.period.start > cell->is.period.end))
        complain(loader, field, event, date_forms);
    return 0;
}

/* --- By type ----------------------------------------------------------------------------------- */

typedef int bind_function(struct loader *, const struct schema_field *, struct cell *,
                          const struct yaml_event *);
static const struct {
    bind_function *scalar;
    bind_function *map;
    const char *expected;
} binders[] = {
    [UPTAKE_NUMBER] = {bind_number, bind_number_map, doubt_forms},
    [UPTAKE_CHOICE] = {bind_choice, bind_choice_map, "one of its choices"},
    [UPTAKE_TEXT] = {bind_text, NULL, "a text"},
    [UPTAKE_REF] = {bind_text, NULL, "an id"},
    [UPTAKE_DATE] = {bind_date, bind_date_map, date_forms},
    [UPTAKE_FLAG] = {bind_flag, NULL, "true or false"},
};

int value_into(struct loader *loader, const struct schema_field *field, struct cell *cell,
               const struct yaml_event *event)
{
    cell->place = event->place;
    cell->doubt = UPTAKE_EXACT;
    cell->named = false;
    cell->why = UPTAKE_PRESENT;
    uint32_t type = field->row.type;
    bind_function *bind = event->kind == YAML_SCALAR ? binders[type].scalar
                          : event->kind == YAML_MAP  ? binders[type].map
                                                     : NULL;
    if (!bind) {
        complain(loader, field, event, binders[type].expected);
        return yaml_skip(loader->yaml, event, loader->error);
    }
    if (event->kind == YAML_SCALAR) {
        int why = value_reason(event);
        if (why != UPTAKE_PRESENT && !(field->row.flags & FIELD_ID)) {
            cell->why = (int8_t)why;
            number_set(cell, UPTAKE_EXACT, uptake_missing_number(why), uptake_missing_number(why),
                       uptake_missing_number(why));
            return 0;
        }
    }
    return bind(loader, field, cell, event);
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
