/*
 * Doubt: a value that is not known exactly, as a small mapping. A number ends as best, low and
 * high; shares of categories as the largest, and the outermost with a share.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/number.h"
#include "model/load.h"

const char doubt_forms[] =
    "a number, {low, mode, high}, {at_least}, {at_most}, {about}, or suppressed";

void doubt_set(struct cell *cell, int doubt, double best, double low, double high)
{
    cell->doubt = (uint8_t)doubt;
    cell->is.number.best = best;
    cell->is.number.low = low;
    cell->is.number.high = high;
}

void doubt_suppressed(const struct schema_field *field, struct cell *cell, double low, double high)
{
    cell->why = UPTAKE_SUPPRESSED;
    doubt_set(cell, UPTAKE_IS_SUPPRESSED, uptake_missing_number(UPTAKE_SUPPRESSED),
              fmax(low, field->row.min), fmin(high, field->row.max));
}

/* --- Numbers ---------------------------------------------------------------------------------- */

enum doubt_key { LOW, MODE, HIGH, AT_LEAST, AT_MOST, ABOUT, VALUE, SUPPRESSED, DOUBT_KEYS };
static const char *const doubt_keys[DOUBT_KEYS] = {"low",     "mode",  "high",  "at_least",
                                                   "at_most", "about", "value", "suppressed"};

enum { LEVELS = 3 }; /* of a rating */

struct doubt {
    unsigned given; /* bits by doubt_key */
    double x[DOUBT_KEYS];
    double suppressed_low, suppressed_high;
    double shares[LEVELS];
    unsigned shared; /* bits by level */
};

static int key_index(const char *const *keys, int count, const char *text)
{
    for (int k = 0; k < count; k++)
        if (keys[k] && *keys[k] == *text && strcmp(keys[k], text) == 0)
            return k;
    return -1;
}

/* suppressed: [low, high], or true. */
static int entry_suppressed(struct loader *loader, const struct schema_field *field,
                            struct cell *cell, struct doubt *doubt, const struct yaml_event *value)
{
    doubt->suppressed_low = field->row.min;
    doubt->suppressed_high = field->row.max;
    if (value->kind == YAML_SCALAR && value->plain && strcmp(value->text, "true") == 0)
        return 0;
    if (value->kind != YAML_LIST) {
        value_complain(loader, field, value, "suppressed: [low, high]");
        return load_skip(loader, value);
    }
    double x[2] = {0, 0};
    int count = 0;
    struct yaml_event item;
    bool bad = false;
    for (;;) {
        if (load_next(loader, &item) != 0)
            return -1;
        if (item.kind == YAML_LIST_END)
            break;
        double *at = &x[count > 1 ? 1 : count];
        if (count > 1 || !value_number(field, cell, &item, at))
            bad = true;
        else
            value_range_check(loader, field, &item, *at);
        count++;
        if (load_skip(loader, &item) != 0)
            return -1;
    }
    if (bad || count != 2 || x[0] > x[1])
        value_complain(loader, field, value, "suppressed: [low, high]");
    doubt->suppressed_low = x[0];
    doubt->suppressed_high = x[1];
    return 0;
}

/* A share of a category. */
static int bind_share(struct loader *loader, const struct schema_field *field, double *share)
{
    struct yaml_event value;
    double x;
    if (load_next(loader, &value) != 0)
        return -1;
    if (value.kind == YAML_SCALAR && value.plain && number_parse(value.text, value.bytes, &x) &&
        x >= 0 && x <= 1)
        *share = x;
    else
        value_complain(loader, field, &value, "a share from 0 to 1");
    return load_skip(loader, &value);
}

static int bind_number_entry(struct loader *loader, const struct schema_field *field,
                             struct cell *cell, struct doubt *doubt, int index)
{
    struct yaml_event value;
    if (load_next(loader, &value) != 0)
        return -1;
    if (index == SUPPRESSED)
        return entry_suppressed(loader, field, cell, doubt, &value);
    if (index < 0)
        return load_skip(loader, &value);
    if (value_number(field, cell, &value, &doubt->x[index]))
        value_range_check(loader, field, &value, doubt->x[index]);
    else
        value_number_expected(loader, field, &value);
    return load_skip(loader, &value);
}

static int bind_entry(struct loader *loader, const struct schema_field *field, struct cell *cell,
                      struct doubt *doubt, const struct yaml_event *key)
{
    int index = key_index(doubt_keys, DOUBT_KEYS, key->text);
    bool rating = field->row.form == FORM_RATING || field->row.form == FORM_RATINGS;
    int level = rating ? key_index(frameworks[FRAMEWORK_NASSS].levels, LEVELS, key->text) : -1;
    unsigned *given = level >= 0 ? &doubt->shared : &doubt->given;
    unsigned bit = level >= 0 ? 1u << level : index >= 0 ? 1u << index : 0;
    if (bit == 0)
        value_complain(loader, field, key, doubt_forms);
    else if (*given & bit)
        error_at(loader->error, key->place, "'%s' stands twice", key->text);
    *given |= bit;
    return level >= 0 ? bind_share(loader, field, &doubt->shares[level])
                      : bind_number_entry(loader, field, cell, doubt, index);
}

static bool shares_add_up(const double *shares, int count)
{
    double sum = 0;
    for (int k = 0; k < count; k++)
        sum += shares[k];
    return fabs(sum - 1) <= 0.011; /* thirds written with two digits add up to .99 */
}

/* Largest share (a tie: the middle of the tied), and the outermost with a share. */
static void shares_settle(const double *shares, int count, int *first, int *last, int *low,
                          int *high)
{
    double most = 0;
    *low = *high = *first = *last = -1;
    for (int k = 0; k < count; k++) {
        if (shares[k] <= 0)
            continue;
        *low = *low < 0 ? k : *low;
        *high = k;
        if (shares[k] > most)
            *first = k;
        if (shares[k] >= most) {
            *last = k;
            most = shares[k];
        }
    }
}

/* Neither form overflows where it is used, nor leaves the range. */
static double middle(double low, double high)
{
    return (low < 0) == (high < 0) ? low + (high - low) / 2 : (low + high) / 2;
}

static void doubt_settle(struct loader *loader, const struct schema_field *field, struct cell *cell,
                         const struct doubt *doubt, const struct yaml_event *event)
{
    const double *x = doubt->x;
    double min = field->row.min, max = field->row.max;
    unsigned range = 1u << LOW | 1u << HIGH;
    if (doubt->shared) {
        int first, last, low, high;
        cell->named = true;
        shares_settle(doubt->shares, LEVELS, &first, &last, &low, &high);
        if (doubt->given || first < 0 || !shares_add_up(doubt->shares, LEVELS))
            value_complain(loader, field, event,
                           "shares of simple, complicated and complex that add up to 1");
        else
            doubt_set(cell, UPTAKE_SHARES, (first + last) / 4.0, low / 2.0, high / 2.0);
    } else if ((doubt->given & ~(1u << MODE)) == range) {
        double best = doubt->given >> MODE & 1u ? x[MODE] : middle(x[LOW], x[HIGH]);
        if (x[LOW] > best || best > x[HIGH])
            value_complain(loader, field, event, "low <= mode <= high");
        doubt_set(cell, UPTAKE_RANGE, best, x[LOW], x[HIGH]);
    } else if (doubt->given == 1u << AT_LEAST) {
        doubt_set(cell, UPTAKE_AT_LEAST, x[AT_LEAST], x[AT_LEAST], max);
    } else if (doubt->given == 1u << AT_MOST) {
        doubt_set(cell, UPTAKE_AT_MOST, x[AT_MOST], min, x[AT_MOST]);
    } else if (doubt->given == 1u << ABOUT) {
        double half = fabs(x[ABOUT]) / 10;
        doubt_set(cell, UPTAKE_ABOUT, x[ABOUT], fmax(min, x[ABOUT] - half),
                  fmin(max, x[ABOUT] + half));
    } else if (doubt->given == 1u << VALUE) {
        doubt_set(cell, UPTAKE_EXACT, x[VALUE], x[VALUE], x[VALUE]);
    } else if (doubt->given == 1u << SUPPRESSED) {
        doubt_suppressed(field, cell, doubt->suppressed_low, doubt->suppressed_high);
    } else if (doubt->given >> SUPPRESSED & 1u) {
        value_complain(loader, field, event, "either a number or suppressed, not both");
    } else {
        value_complain(loader, field, event, doubt_forms);
    }
}

int doubt_number(struct loader *loader, const struct schema_field *field, struct cell *cell,
                 const struct yaml_event *event)
{
    struct doubt doubt = {0};
    uint64_t before = value_messages(loader);
    doubt_set(cell, UPTAKE_EXACT, 0, 0, 0);
    for (;;) {
        struct yaml_event key;
        if (load_next(loader, &key) != 0)
            return -1;
        if (key.kind == YAML_MAP_END)
            break;
        if (bind_entry(loader, field, cell, &doubt, &key) != 0)
            return -1;
    }
    if (value_messages(loader) == before)
        doubt_settle(loader, field, cell, &doubt, event);
    return 0;
}

/* --- Choices ---------------------------------------------------------------------------------- */

enum { CHOICES_MAX = 64 };

struct choice_shares {
    double shares[CHOICES_MAX];
    uint64_t given;
};

static int bind_choice_entry(struct loader *loader, const struct schema_field *field,
                             struct choice_shares *shares, const struct yaml_event *key)
{
    double ignored;
    int code = value_choice(field, key->text, key->bytes);
    bool known = code >= 0 && code < CHOICES_MAX;
    if (!known)
        value_choice_unknown(loader, field, key);
    else if (shares->given >> code & 1u)
        error_at(loader->error, key->place, "'%s' stands twice", field->row.choices[code]);
    shares->given |= known ? (uint64_t)1 << code : 0;
    return bind_share(loader, field, known ? &shares->shares[code] : &ignored);
}

int doubt_choice(struct loader *loader, const struct schema_field *field, struct cell *cell,
                 const struct yaml_event *event)
{
    struct choice_shares shares = {.given = 0};
    uint64_t before = value_messages(loader);
    for (;;) {
        struct yaml_event key;
        if (load_next(loader, &key) != 0)
            return -1;
        if (key.kind == YAML_MAP_END)
            break;
        if (bind_choice_entry(loader, field, &shares, &key) != 0)
            return -1;
    }
    int first, last, low, high;
    shares_settle(shares.shares, CHOICES_MAX, &first, &last, &low, &high);
    if (value_messages(loader) == before &&
        (first < 0 || !shares_add_up(shares.shares, CHOICES_MAX)))
        value_complain(loader, field, event, "shares that add up to 1");
    cell->doubt = UPTAKE_SHARES;
    cell->is.code = first < 0 ? 0 : (first + last) / 2;
    while (cell->is.code > 0 && shares.shares[cell->is.code] <= 0)
        cell->is.code--;
    return 0;
}
