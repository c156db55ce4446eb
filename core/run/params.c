/* Parameters: a plugin's rows say where each value goes in its own struct; the spec's `with:` says what. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/number.h"
#include "base/text.h"
#include "run/plan.h"

struct binding {
    const struct uptake_param *param;
    char *at; /* the member */
    struct arena *arena;
    struct uptake_error *error;
};

static size_t choice_count(const struct uptake_param *param)
{
    size_t count = 0;
    while (param->choices[count])
        count++;
    return count;
}

static int expected(const struct binding *b, const struct tree *value, const char *what)
{
    char found[96];
    return error_at(b->error, value->place, "%s: found %s; expected %s", b->param->name,
                    tree_what(value, found), what);
}

static const char *range_of(const struct uptake_param *param, char text[128])
{
    char low[NUMBER_BYTES] = "", high[NUMBER_BYTES] = "";
    if (!isinf(param->min))
        number_print(low, param->min);
    if (!isinf(param->max))
        number_print(high, param->max);
    const char *kind = param->type == UPTAKE_INTEGER ? "a whole number" : "a number";
    const char *space = *param->unit ? " " : "";
    if (*low && *high)
        snprintf(text, 128, "%s from %s to %s%s%.40s", kind, low, high, space, param->unit);
    else if (*low)
        snprintf(text, 128, "%s of at least %s%s%.40s", kind, low, space, param->unit);
    else if (*high)
        snprintf(text, 128, "%s of at most %s%s%.40s", kind, high, space, param->unit);
    else
        snprintf(text, 128, "%s%s%.40s", kind, space, param->unit);
    return text;
}

static int read_number(const struct binding *b, const struct tree *value, double *x)
{
    char range[128];
    bool number =
        value->kind == YAML_SCALAR && value->plain && number_parse(value->text, value->bytes, x);
    bool whole = b->param->type != UPTAKE_INTEGER || (number && *x == trunc(*x) && fabs(*x) < 9e15);
    if (number && whole && *x >= b->param->min && *x <= b->param->max)
        return 0;
    return expected(b, value, range_of(b->param, range));
}

static int bind_number(const struct binding *b, const struct tree *value)
{
    double x;
    if (read_number(b, value, &x) != 0)
        return -1;
    int64_t whole = (int64_t)x;
    if (b->param->type == UPTAKE_INTEGER)
        memcpy(b->at, &whole, sizeof whole);
    else
        memcpy(b->at, &x, sizeof x);
    return 0;
}

static int bind_flag(const struct binding *b, const struct tree *value)
{
    bool plain = value->kind == YAML_SCALAR && value->plain;
    if (!plain || (strcmp(value->text, "true") != 0 && strcmp(value->text, "false") != 0))
        return expected(b, value, "true or false");
    *(int8_t *)b->at = strcmp(value->text, "true") == 0;
    return 0;
}

/* The index of a choice by name; -1 after a message that offers the nearest. */
static int choice_of(const struct binding *b, const char *text, size_t bytes, struct place place)
{
    struct nearest nearest;
    char quoted[72], hint[96], listed[256];
    size_t used = 0;
    nearest_start(&nearest, text, bytes);
    for (int k = 0; b->param->choices[k]; k++) {
        if (strlen(b->param->choices[k]) == bytes && memcmp(b->param->choices[k], text, bytes) == 0)
            return k;
        nearest_offer(&nearest, b->param->choices[k]);
        if (used < sizeof listed)
            used += (size_t)snprintf(listed + used, sizeof listed - used, "%s%s", k ? ", " : "",
                                     b->param->choices[k]);
    }
    error_at(b->error, place, "%s: found '%s'; expected one of %s%s", b->param->name,
             text_quote(quoted, text, bytes), listed, nearest_hint(&nearest, hint));
    return -1;
}

static int bind_choice(const struct binding *b, const struct tree *value)
{
    if (value->kind != YAML_SCALAR)
        return expected(b, value, "one of its choices");
    int32_t code = choice_of(b, value->text, value->bytes, value->place);
    if (code < 0)
        return -1;
    memcpy(b->at, &code, sizeof code);
    return 0;
}

static int bind_text(const struct binding *b, const struct tree *value)
{
    if (value->kind != YAML_SCALAR)
        return expected(b, value, "a text");
    memcpy(b->at, &value->text, sizeof value->text);
    return 0;
}

static int bind_date(const struct binding *b, const struct tree *value)
{
    struct uptake_period period;
    if (value->kind != YAML_SCALAR || !date_parse(value->text, value->bytes, &period))
        return expected(b, value, "a date, such as 2018-01-24 or 2018");
    memcpy(b->at, &period, sizeof period);
    return 0;
}

/* {entry: number, ...}: what is not named keeps its default. */
static int bind_table(const struct binding *b, const struct tree *value)
{
    int failed = 0;
    if (value->kind != YAML_MAP)
        return expected(b, value, "a mapping, such as {NAME: number}");
    for (size_t k = 0; k < value->count; k++) {
        int entry = choice_of(b, value->keys[k].text, value->keys[k].bytes, value->keys[k].place);
        double x;
        if (entry < 0 || read_number(b, &value->values[k], &x) != 0)
            failed = -1;
        else
            memcpy(b->at + (size_t)entry * sizeof x, &x, sizeof x);
    }
    return failed;
}

static int set_default(const struct binding *b)
{
    const struct uptake_param *param = b->param;
    int64_t whole = (int64_t)param->number;
    int32_t code = (int32_t)param->number;
    struct uptake_period period = {UPTAKE_DAY_MISSING - UPTAKE_LEFT_OUT,
                                   UPTAKE_DAY_MISSING - UPTAKE_LEFT_OUT};
    switch (param->type) {
    case UPTAKE_NUMBER: memcpy(b->at, &param->number, sizeof param->number); break;
    case UPTAKE_INTEGER: memcpy(b->at, &whole, sizeof whole); break;
    case UPTAKE_FLAG: *(int8_t *)b->at = param->number != 0; break;
    case UPTAKE_CHOICE: memcpy(b->at, &code, sizeof code); break;
    case UPTAKE_TEXT: memcpy(b->at, &param->text, sizeof param->text); break;
    case UPTAKE_DATE:
        if (param->text && !date_parse(param->text, strlen(param->text), &period))
            return error_add(b->error, EXIT_INPUT,
                             "parameter '%s': its default '%.40s' is not a date", param->name,
                             param->text);
        memcpy(b->at, &period, sizeof period);
        break;
    default:
        for (size_t k = 0; k < choice_count(param); k++)
            memcpy(b->at + k * sizeof param->number, &param->number, sizeof param->number);
    }
    return 0;
}

static int bind_one(const struct binding *b, const struct tree *value)
{
    switch (b->param->type) {
    case UPTAKE_NUMBER:
    case UPTAKE_INTEGER: return bind_number(b, value);
    case UPTAKE_FLAG: return bind_flag(b, value);
    case UPTAKE_CHOICE: return bind_choice(b, value);
    case UPTAKE_TEXT: return bind_text(b, value);
    case UPTAKE_DATE: return bind_date(b, value);
    default: return bind_table(b, value);
    }
}

static int unknown_param(const struct plugin *plugin, const struct tree *key,
                         struct uptake_error *error)
{
    struct nearest nearest;
    char quoted[72], hint[96];
    nearest_start(&nearest, key->text, key->bytes);
    for (size_t k = 0; k < plugin->n_params; k++)
        nearest_offer(&nearest, plugin->params[k].name);
    return error_at(error, key->place, "%s has no parameter '%s'%s", plugin->id,
                    text_quote(quoted, key->text, key->bytes),
                    plugin->n_params ? nearest_hint(&nearest, hint) : "; it has none at all");
}

static const struct uptake_param *param_named(const struct plugin *plugin, const struct tree *key)
{
    for (size_t k = 0; k < plugin->n_params; k++)
        if (strcmp(plugin->params[k].name, key->text) == 0)
            return &plugin->params[k];
    return NULL;
}

int params_bind(const struct plugin *plugin, const struct tree *with, struct arena *arena,
                void **params, struct uptake_error *error)
{
    char *block = arena_alloc(arena, plugin->params_bytes);
    int failed = 0;
    if (!block)
        return error_memory(error);
    for (size_t k = 0; k < plugin->n_params; k++) {
        struct binding b = {&plugin->params[k], block + plugin->params[k].offset, arena, error};
        failed |= set_default(&b);
    }
    for (size_t k = 0; with && k < with->count; k++) {
        const struct uptake_param *param = param_named(plugin, &with->keys[k]);
        struct binding b = {param, param ? block + param->offset : NULL, arena, error};
        if (!param)
            failed |= unknown_param(plugin, &with->keys[k], error);
        else if (!tree_is_null(&with->values[k]))
            failed |= bind_one(&b, &with->values[k]);
    }
    *params = block;
    return failed ? -1 : 0;
}
